list(APPEND sarx_stage_sources 3_motor_units/motor_unit_loss.cpp 3_motor_units/reinnervation.cpp)
list(APPEND sarx_model_sources 3_motor_units/stages.cpp)
