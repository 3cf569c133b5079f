#pragma once
// The keys of a scenario told to people and to programs, from the table that the reader runs on.

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "sim/scenario/grammar.hpp"

namespace sarx::grammar {

/// A key and where it stands.
struct PlacedKey {
    std::vector<AnyKey const*> around;  ///< from the whole scenario to the key itself
    std::string path;                   ///< "arms.NAME.0.from.age": a name and an entry of a list stand for any

    [[nodiscard]] AnyKey const& key() const { return *around.back(); }
    [[nodiscard]] bool is_trigger() const;
    /// "population: {start_age: 60 years}", or what stands around the key where it has no example of its own.
    [[nodiscard]] std::string example() const;
};

/// All keys, each mapping before what is in it.
std::vector<PlacedKey> all_keys();

/// All that is known of the keys of that path, or, where no path is so called, of those whose paths end so.
std::string keys_text(Model const& model, std::string_view name);
/// Every key by its path, with its meaning.
std::vector<std::vector<std::string>> key_rows();
nlohmann::json keys_json(Model const& model);
/// A page of Markdown: a section a mapping, a row a key.
std::string reference_page(Model const& model);

}  // namespace sarx::grammar
