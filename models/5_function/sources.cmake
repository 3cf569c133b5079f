list(APPEND sarx_stage_sources 5_function/muscle_function.cpp 5_function/body_composition.cpp 5_function/performance.cpp)
list(APPEND sarx_model_sources 5_function/stages.cpp)
