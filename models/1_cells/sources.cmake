list(APPEND sarx_stage_sources 1_cells/er_mitochondria_contacts.cpp 1_cells/mitochondria.cpp 1_cells/protein_quality.cpp)
list(APPEND sarx_model_sources 1_cells/stages.cpp)
