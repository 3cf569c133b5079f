list(APPEND sarx_stage_sources
  6_outcomes/sarcopenia.cpp
  6_outcomes/capacity.cpp
  6_outcomes/adverse_events.cpp
  6_outcomes/mortality.cpp)
list(APPEND sarx_model_sources 6_outcomes/outcomes.cpp 6_outcomes/stages.cpp)
