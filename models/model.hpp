#pragma once
// The one door of the biology: parameter texts out, a Model in.

#include <memory>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/contract/model.hpp"

namespace sarx::models {

/// Texts of models/parameters/*.yaml, embedded at build: (file name, text).
std::span<std::pair<std::string_view, std::string_view> const> parameter_files();
/// The model with its numbers. Throws std::logic_error where a file names a column that is none.
std::unique_ptr<Model> make_model(ParameterTable parameters, std::vector<Cascade> cascades,
                                  std::vector<MuscleSpec> muscles);

}  // namespace sarx::models
