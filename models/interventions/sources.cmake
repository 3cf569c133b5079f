list(APPEND sarx_model_sources
  interventions/disease.cpp
  interventions/disuse.cpp
  interventions/electrostimulation.cpp
  interventions/hormones.cpp
  interventions/kinds.cpp
  interventions/nerve_injury.cpp
  interventions/notch_inhibitor.cpp
  interventions/nutrition.cpp
  interventions/sleep.cpp
  interventions/training.cpp)
