#pragma once
// What a key of a scenario is: its name, how its value is written, where the value goes, and what is said of it. A
// mapping is a list of keys. The reader, the schema, the resolved plan, `sarx describe` and the reference page all walk
// these lists and hold none of their own; keys.cpp is the one place where a key is written down.

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "sim/scenario/schema_parts.hpp"
#include "sim/scenario/value_types.hpp"

namespace sarx::grammar {

/// What is said of a key beside its type.
struct About {
    std::string_view help;           ///< one line
    std::string_view fallback = {};  ///< what holds where it is left out; empty: the plan's own default
    std::string_view example = {};   ///< it and what it needs beside it; empty: it stands in that of the mapping around
    std::string_view frame = {};     ///< around examples of the keys inside, which stand for "..."; empty: "key: {...}"
    std::string_view needed = {};    ///< what is missing without it; empty: it may be left out
    std::string_view unless = {};    ///< the key beside which it is not needed
    std::string_view beside = {};    ///< the key beside which alone it means something
    std::vector<std::string_view> in_place_of = {};  ///< keys of a parent scenario whose place it takes
    bool merges = false;                             ///< with a parent's key by key; all else is replaced as a whole
    bool always = false;          ///< read as empty where it is left out: its defaults follow from others
    std::string_view check = {};  ///< its name in `sarx check`, where no sentence tells it
    int since = 1;                ///< format from which on it exists
};

struct AnyKey;

/// What does not depend on where a value goes.
struct Shown {
    std::function<Told(Model const&)> told = {};
    std::function<nlohmann::json(Model const&)> schema = {};
    std::function<std::string()> usual = {};                 ///< the plan's own default
    std::function<std::vector<AnyKey const*>()> inner = {};  ///< keys of the mapping
    int names_before = 0;       ///< names, or numbers of entries, that stand between the key and the inner ones
    bool chosen_among = false;  ///< of such keys a mapping holds exactly one
};

struct AnyKey {
    std::string_view name;
    About about;
    Shown shown;
    bool written = true;  ///< false: a line of the resolved plan that follows from others

    /// In whatever else stands there.
    [[nodiscard]] bool must_be_given() const { return !about.needed.empty() && about.unless.empty(); }
};

/// How the value of a key is read into a T, and written from it.
template <class T>
struct Form {
    Shown shown = {};
    /// Whether it could be read; what is wrong is told. Without it, code that is called later reads the value.
    std::function<bool(Reading const&, YamlNode const&, std::string const& path, T&)> read = {};
    /// As YAML of the resolved plan, ready to stand behind "key: "; a line end where nothing stands behind "key:", and
    /// empty where nothing is to be said.
    std::function<std::string(Plan const&, T const&)> text = {};
};

template <class T>
struct Key : AnyKey {
    Key(std::string_view key, Form<T> form, About said)
        : AnyKey{key, std::move(said), std::move(form.shown)}, read(std::move(form.read)), text(std::move(form.text)) {}
    decltype(Form<T>::read) read;
    decltype(Form<T>::text) text;
};

template <class T>
using Keys = std::vector<Key<T>>;

/// What a mapping that was read holds.
struct Given {
    YamlNode const& node;
    std::vector<std::string_view> sound;  ///< keys whose values could be read

    /// The value of a key that stands there; null where there is none.
    [[nodiscard]] YamlNode const* at(std::string_view key) const;
    /// The same for a value that could be read.
    [[nodiscard]] YamlNode const* sound_at(std::string_view key) const;
};

/// What is said where of several keys there must be one.
struct Choice {
    std::string_view two = "more than one moment";
    std::string_view two_why = {};  ///< empty: lists the keys
    std::string_view none = "names no moment";
    std::string_view none_why = {};
    bool at_second = false;  ///< where two stand, the second is the place of the fault
};

/// Whether exactly one of the keys that exclude each other stands there, or none is needed; tells what is wrong.
bool one_is_chosen(Reading const& reading, YamlNode const& node, std::string const& path,
                   std::vector<std::string_view> const& keys, Choice const& choice);

/// What is checked of a mapping beyond its single keys.
template <class T>
using Check = void (*)(Reading const& reading, Given const& given, std::string const& path, T& to);

template <class T>
Given read_keys(Reading const& reading, YamlNode const& node, std::string const& path, Keys<T> const& keys, T& to,
                Choice const& choice = {}) {
    Given given{node, {}};
    Fields fields(reading, node, path);
    if (!fields.is_map()) return given;
    std::vector<std::string_view> exclusive;
    for (auto const& key : keys)
        if (key.shown.chosen_among) exclusive.push_back(key.name);
    bool const one = exclusive.empty() || one_is_chosen(reading, node, path, exclusive, choice);
    for (auto const& key : keys) {
        auto const& about = key.about;
        if (!key.written || (!about.beside.empty() && node.find(about.beside) == nullptr)) continue;
        bool const must = !about.needed.empty() && (about.unless.empty() || given.at(about.unless) == nullptr);
        YamlNode const* const value = must ? fields.need(key.name, std::string(about.needed)) : fields.take(key.name);
        if (value == nullptr || !key.read || (key.shown.chosen_among && !one)) continue;
        if (key.read(reading, *value, fields.path(key.name), to)) given.sound.push_back(key.name);
    }
    fields.finish();
    return given;
}

/// "key: value" of every key that says something, in the order of the table.
template <class T>
std::vector<std::string> texts(Keys<T> const& keys, Plan const& plan, T const& from) {
    std::vector<std::string> out;
    for (auto const& key : keys) {
        std::string const value = key.text ? key.text(plan, from) : "";
        if (value == "\n")
            out.push_back(std::string(key.name) + ":");
        else if (!value.empty())
            out.push_back(std::string(key.name) + (value.front() == '\n' ? ":" : ": ") + value);
    }
    return out;
}

/// "{key: value, ...}", or nothing where no key says anything.
std::string flow_text(std::vector<std::string> const& texts);
/// The same in lines, each behind a line end and spaces.
std::string block_text(std::vector<std::string> const& texts, std::size_t indent);

/// What holds where a key is left out; empty where it must be given, or there is nothing to say.
std::string default_text(AnyKey const& key);
/// The schema of a mapping: unknown keys are refused, needed ones required; of keys among which one is chosen, a form each.
nlohmann::json mapping_schema(Model const& model, std::vector<AnyKey const*> const& keys);
/// The schema of a key's value, with what is said of it.
nlohmann::json key_schema(Model const& model, AnyKey const& key);

template <class T>
std::vector<AnyKey const*> pointers(Keys<T> const& keys) {
    std::vector<AnyKey const*> out;
    for (auto const& key : keys) out.push_back(&key);
    return out;
}

template <class T>
Key<T> const& key_named(Keys<T> const& keys, std::string_view name) {
    return *std::ranges::find(keys, name, [](Key<T> const& key) { return key.name; });
}

// Forms of values, and what they are put together from.

template <class Type>
Shown shown(Type const& type) {
    return {.told = [type](Model const& model) { return type.told(model); },
            .schema = [type](Model const& model) { return type.schema(model); }};
}

/// A value that `store(T&, value)` keeps and `load(T const&)` gives back.
template <class T, class Store, class Load, class Type>
Form<T> put(Store store, Load load, Type type) {
    Form<T> form{.shown = shown(type)};
    form.shown.usual = [load, type] { return type.usual(load(T{})); };
    form.read = [store, type](Reading const& reading, YamlNode const& node, std::string const& path, T& to) {
        auto const value = type.read(reading, node, path);
        if (value) store(to, *value);
        return value.has_value();
    };
    form.text = [load, type](Plan const& plan, T const& from) { return type.text(plan, load(from)); };
    return form;
}

/// A value that is a member of T.
template <class T, class Member, class Type>
Form<T> into(Member T::*member, Type type) {
    return put<T>([member](T& to, auto const& value) { to.*member = static_cast<Member>(value); },
                  [member](T const& from) { return from.*member; }, type);
}

/// A value that code called later reads; `text` writes it.
template <class T, class Type>
Form<T> later(Type type, std::function<std::string(Plan const&, T const&)> text = {}) {
    return {.shown = shown(type), .text = std::move(text)};
}

/// Keys that fill the same T.
template <class T>
Form<T> mapping(Keys<T> const& (*keys)(), Check<T> check = nullptr, Choice choice = {}) {
    Form<T> form;
    form.shown = {.told =
                      [](Model const&) {
                          return Told{"keys with values", "", ""};
                      },
                  .schema = [keys](Model const& model) { return mapping_schema(model, pointers(keys())); },
                  .inner = [keys] { return pointers(keys()); }};
    form.read = [keys, check, choice](Reading const& reading, YamlNode const& node, std::string const& path, T& to) {
        std::size_t const before = reading.problems.list().size();
        Given const given = read_keys(reading, node, path, keys(), to, choice);
        if (check != nullptr && node.is_map()) check(reading, given, path, to);
        return reading.problems.list().size() == before;
    };
    form.text = [keys](Plan const& plan, T const& from) { return flow_text(texts(keys(), plan, from)); };
    return form;
}

/// The same, a line each in the resolved plan.
template <class T>
Form<T> section(Keys<T> const& (*keys)(), Check<T> check = nullptr) {
    Form<T> form = mapping(keys, check);
    form.text = [keys](Plan const& plan, T const& from) { return block_text(texts(keys(), plan, from), 2); };
    return form;
}

/// What fills a part of T.
template <class T, class Part>
Form<T> at(Part T::*part, Form<Part> form) {
    Form<T> out{.shown = form.shown};
    out.read = [part, read = form.read](Reading const& reading, YamlNode const& node, std::string const& path, T& to) {
        return read(reading, node, path, to.*part);
    };
    out.text = [part, text = form.text](Plan const& plan, T const& from) { return text(plan, from.*part); };
    return out;
}

/// What fills a part of T that may be missing.
template <class T, class Part>
Form<T> perhaps(std::optional<Part> T::*part, Form<Part> form) {
    Form<T> out{.shown = form.shown};
    out.read = [part, read = form.read](Reading const& reading, YamlNode const& node, std::string const& path, T& to) {
        return read(reading, node, path, (to.*part).emplace());
    };
    out.text = [part, text = form.text](Plan const& plan, T const& from) {
        return from.*part ? text(plan, *(from.*part)) : "";
    };
    return out;
}

/// A plain value or, where there is more to say, keys with values.
template <class T>
Form<T> either(Form<T> plain, Form<T> keys) {
    Form<T> form{.shown = keys.shown};
    form.shown.usual = plain.shown.usual;
    form.shown.told = [one = plain.shown.told, other = keys.shown.told](Model const& model) {
        Told told = one(model);
        told.type += ", or " + other(model).type;
        return told;
    };
    form.shown.schema = [one = plain.shown.schema, other = keys.shown.schema](Model const& model) -> nlohmann::json {
        return {{"anyOf", {one(model), other(model)}}};
    };
    form.read = [one = plain.read, other = keys.read](Reading const& reading, YamlNode const& node,
                                                      std::string const& path, T& to) {
        return node.is_map() ? other(reading, node, path, to) : one(reading, node, path, to);
    };
    form.text = [one = plain.text, other = keys.text](Plan const& plan, T const& from) {
        std::string const text = other(plan, from);
        return text.empty() ? one(plan, from) : text;
    };
    return form;
}

/// One of the keys among which a mapping chooses; `which` remembers it.
template <class T, class Which>
Form<T> choice(Which T::*which, Which value, Form<T> form) {
    form.shown.chosen_among = true;
    form.read = [which, value, read = form.read](Reading const& reading, YamlNode const& node, std::string const& path,
                                                 T& to) {
        to.*which = value;
        return read(reading, node, path, to);
    };
    form.text = [which, value, text = form.text](Plan const& plan, T const& from) {
        return from.*which == value ? text(plan, from) : "";
    };
    return form;
}

/// Says something in the resolved plan only where `says` holds.
template <class T>
Form<T> only_if(bool (*says)(T const&), Form<T> form) {
    form.text = [says, text = form.text](Plan const& plan, T const& from) {
        return says(from) ? text(plan, from) : "";
    };
    return form;
}

/// Says it in its own way.
template <class T>
Form<T> said_by(std::string (*text)(Plan const&, T const&), Form<T> form) {
    form.text = text;
    return form;
}

/// A line of the resolved plan that follows from other keys.
template <class T>
Key<T> derived(std::string_view name, std::function<std::string(Plan const&, T const&)> text) {
    Key<T> key(name, {.text = std::move(text)}, {});
    key.written = false;
    return key;
}

}  // namespace sarx::grammar
