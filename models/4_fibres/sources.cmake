list(APPEND sarx_stage_sources 4_fibres/atrophy.cpp)
list(APPEND sarx_model_sources 4_fibres/stages.cpp)
