list(APPEND sarx_stage_sources 2_junctions/nmj_instability.cpp)
list(APPEND sarx_model_sources 2_junctions/stages.cpp)
