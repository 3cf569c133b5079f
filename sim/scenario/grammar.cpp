#include "sim/scenario/grammar.hpp"

namespace sarx::grammar {

using nlohmann::json;

YamlNode const* Given::at(std::string_view key) const {
    YamlNode const* const value = node.find(key);
    return value == nullptr || value->kind == YamlNode::Kind::null ? nullptr : value;
}

YamlNode const* Given::sound_at(std::string_view key) const {
    return std::ranges::find(sound, key) == sound.end() ? nullptr : at(key);
}

bool one_is_chosen(Reading const& reading, YamlNode const& node, std::string const& path,
                   std::vector<std::string_view> const& keys, Choice const& choice) {
    std::vector<std::string> const names(keys.begin(), keys.end());
    std::string const one_of = "give one of " + listed(names);
    std::vector<YamlNode const*> given;
    for (auto const& key : keys)
        if (YamlNode const* const value = node.find(key)) given.push_back(value);
    auto const why = [&](std::string_view said) { return said.empty() ? one_of : std::string(said); };
    if (given.size() > 1)
        reading.refuse(choice.at_second ? *given[1] : node, path, std::string(choice.two), why(choice.two_why));
    if (given.empty() && node.fields.empty())
        reading.refuse(node, path, std::string(choice.none), why(choice.none_why));
    return given.size() == 1;
}

std::string flow_text(std::vector<std::string> const& texts) {
    std::string out;
    for (auto const& text : texts) out += (out.empty() ? "{" : ", ") + text;
    return out.empty() ? out : out + "}";
}

std::string block_text(std::vector<std::string> const& texts, std::size_t indent) {
    std::string out;
    for (auto const& text : texts) out += "\n" + std::string(indent, ' ') + text;
    return out;
}

std::string default_text(AnyKey const& key) {
    if (!key.about.fallback.empty()) return std::string(key.about.fallback);
    return !key.must_be_given() && key.shown.usual ? key.shown.usual() : "";
}

json key_schema(Model const& model, AnyKey const& key) {
    std::string const unit = key.shown.told(model).unit;
    std::string const otherwise = default_text(key);
    json out = schema::described(key.shown.schema(model), std::string(key.about.help) +
                                                              (unit.empty() ? "" : " [" + unit + "]") +
                                                              (otherwise.empty() ? "" : "; left out: " + otherwise));
    // What a parent scenario has said need not be said again.
    if (key.about.merges) out.erase("required");
    return out;
}

json mapping_schema(Model const& model, std::vector<AnyKey const*> const& keys) {
    json properties = json::object();
    json required = json::array();
    json forms = json::array();
    json excluded;
    auto const add = [&](AnyKey const& key, json& to, json& needed) {
        to[std::string(key.name)] = key_schema(model, key);
        if (key.must_be_given()) needed.push_back(key.name);
    };
    for (AnyKey const* const key : keys) {
        if (!key->written || !key->about.beside.empty()) continue;
        if (!key->shown.chosen_among) {
            add(*key, properties, required);
            for (auto const& other : key->about.in_place_of)
                for (AnyKey const* const k : keys)
                    if (k->name == other &&
                        std::ranges::find(k->about.in_place_of, key->name) != k->about.in_place_of.end())
                        excluded = {{"required", json::array({other, key->name})}};
            continue;
        }
        json form = json::object();
        json needed = json::array({key->name});
        add(*key, form, needed);
        for (AnyKey const* const companion : keys)
            if (companion->about.beside == key->name) add(*companion, form, needed);
        forms.push_back(schema::needs(schema::object(std::move(form), key->about.help), std::move(needed)));
    }
    if (!forms.empty()) return {{"oneOf", std::move(forms)}};
    json out = schema::object(std::move(properties));
    if (!required.empty()) out["required"] = std::move(required);
    if (!excluded.empty()) out["not"] = std::move(excluded);
    return out;
}

}  // namespace sarx::grammar
