list(APPEND sarx_stage_sources measures/blood_markers.cpp measures/body_water.cpp measures/electrophysiology.cpp)
list(APPEND sarx_model_sources measures/measures.cpp measures/stages.cpp)
