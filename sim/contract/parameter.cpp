#include "sim/contract/parameter.hpp"

#include <algorithm>
#include <stdexcept>

namespace sarx {

std::optional<ParameterId> ParameterTable::find(std::string_view path) const {
    auto const at = std::ranges::find(parameters, path, &ParameterSpec::path);
    if (at == parameters.end()) return std::nullopt;
    return ParameterId{static_cast<std::uint16_t>(at - parameters.begin())};
}

ParameterId ParameterTable::id(std::string_view path) const {
    if (auto const found = find(path)) return *found;
    throw std::logic_error("the model asks for parameter '" + std::string(path) + "', which no file defines");
}

AgeTable const& ParameterTable::age_table(std::string_view path) const {
    auto const at = std::ranges::find(age_tables, path, &AgeTable::path);
    if (at == age_tables.end())
        throw std::logic_error("the model asks for table '" + std::string(path) + "', which no file defines");
    return *at;
}

}  // namespace sarx
