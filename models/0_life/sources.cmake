list(APPEND sarx_stage_sources 0_life/habits.cpp 0_life/hormones.cpp 0_life/conditions.cpp 0_life/recruitment.cpp)
list(APPEND sarx_model_sources 0_life/stages.cpp)
