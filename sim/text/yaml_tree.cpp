#include "sim/text/yaml_tree.hpp"

#include <yaml-cpp/anchor.h>
#include <yaml-cpp/emitterstyle.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <sstream>
#include <unordered_set>
#include <utility>

#include "sim/text/words.hpp"

namespace sarx {
namespace {

constexpr std::size_t most_bytes = 4U << 20U;
constexpr std::size_t most_nodes = 200'000;
constexpr std::size_t most_depth = 64;
constexpr std::size_t most_problems = 20;

/// Thrown by the builder to leave the parser where going on makes no sense; never leaves this file.
struct Refused {};

Mark place(YAML::Mark const& mark, int file) { return {file, mark.line + 1, mark.column + 1}; }

/// Makes the tree from the parser's events.
class Builder final : public YAML::EventHandler {
public:
    Builder(int file, Problems& problems) : file_(file), problems_(problems) {}

    void OnDocumentStart(YAML::Mark const&) override {}
    void OnDocumentEnd() override {}

    void OnNull(YAML::Mark const& mark, YAML::anchor_t anchor) override {
        YamlNode node;
        node.mark = place(mark, file_);
        put(std::move(node), anchor);
    }

    void OnAlias(YAML::Mark const& mark, YAML::anchor_t anchor) override {
        auto const at = anchors_.find(anchor);
        if (at == anchors_.end()) {
            refuse(place(mark, file_), "an alias inside the node it stands for", "it would never end");
            throw Refused{};
        }
        if (open_.size() + at->second.depth > most_depth) too_deep(place(mark, file_));
        count(at->second.nodes, place(mark, file_));
        YamlNode copy = at->second.node;
        copy.mark = place(mark, file_);
        attach(std::move(copy), at->second.nodes, at->second.depth);
    }

    void OnScalar(YAML::Mark const& mark, std::string const& tag, YAML::anchor_t anchor,
                  std::string const& value) override {
        check_tag(mark, tag);
        YamlNode node;
        node.mark = place(mark, file_);
        node.quoted = tag == "!";  // the parser's sign of quotes and blocks
        node.text = value;
        bool const empty =
            !node.quoted && (value.empty() || value == "~" || value == "null" || value == "Null" || value == "NULL");
        node.kind = empty ? YamlNode::Kind::null : YamlNode::Kind::scalar;
        put(std::move(node), anchor);
    }

    void OnSequenceStart(YAML::Mark const& mark, std::string const& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value) override {
        open(mark, tag, anchor, YamlNode::Kind::sequence);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapStart(YAML::Mark const& mark, std::string const& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value) override {
        open(mark, tag, anchor, YamlNode::Kind::map);
    }
    void OnMapEnd() override { close(); }

    YamlNode take() { return std::move(root_); }
    /// Keys that were given twice: told, and left out.
    [[nodiscard]] std::size_t doubled() const { return doubled_; }

private:
    struct Open {
        YamlNode node;
        YAML::anchor_t anchor = YAML::NullAnchor;
        std::size_t nodes = 1;  ///< in this subtree so far
        std::size_t depth = 1;  ///< levels in this subtree so far
        bool has_key = false;
        bool drop_value = false;  ///< of a doubled key
        YamlNode key;
        std::unordered_set<std::string> keys;
    };
    struct Anchored {
        YamlNode node;
        std::size_t nodes = 1;
        std::size_t depth = 1;
    };

    void refuse(Mark where, std::string what, std::string why) {
        problems_.add({where, "", std::move(what), std::move(why), ""});
        if (++refused_ >= most_problems) throw Refused{};
    }

    void check_tag(YAML::Mark const& mark, std::string const& tag) {
        if (!tag.empty() && tag != "?" && tag != "!")
            refuse(place(mark, file_), "a tag, " + tag.substr(0, 60), "tags mean nothing here; leave it out");
    }

    void count(std::size_t nodes, Mark where) {
        total_ += nodes;
        if (total_ > most_nodes) {
            refuse(where, "more than 200000 values after aliases are expanded", "a scenario is far smaller");
            throw Refused{};
        }
    }

    [[noreturn]] void too_deep(Mark where) {
        refuse(where, "nested more than 64 deep", "a scenario is far flatter");
        throw Refused{};
    }

    void open(YAML::Mark const& mark, std::string const& tag, YAML::anchor_t anchor, YamlNode::Kind kind) {
        check_tag(mark, tag);
        if (open_.size() >= most_depth) too_deep(place(mark, file_));
        count(1, place(mark, file_));
        Open started;
        started.node.kind = kind;
        started.node.mark = place(mark, file_);
        started.anchor = anchor;
        open_.push_back(std::move(started));
    }

    void close() {
        Open done = std::move(open_.back());
        open_.pop_back();
        if (done.anchor != YAML::NullAnchor) anchors_[done.anchor] = {done.node, done.nodes, done.depth};
        attach(std::move(done.node), done.nodes, done.depth);
    }

    void put(YamlNode node, YAML::anchor_t anchor) {
        count(1, node.mark);
        if (anchor != YAML::NullAnchor) anchors_[anchor] = {node, 1, 1};
        attach(std::move(node), 1, 1);
    }

    void attach(YamlNode node, std::size_t nodes, std::size_t depth) {
        if (open_.empty()) {
            root_ = std::move(node);
            return;
        }
        Open& parent = open_.back();
        parent.nodes += nodes;
        parent.depth = std::max(parent.depth, depth + 1);
        if (parent.node.is_sequence()) {
            parent.node.items.push_back(std::move(node));
            return;
        }
        if (!parent.has_key) {
            if (!node.is_scalar())
                refuse(node.mark, "a key that is not a plain name", "keys are single words");
            else if (node.text == "<<" && !node.quoted)
                refuse(node.mark, "a merge key, <<", "use extends to build on another scenario");
            else if (!parent.keys.insert(node.text).second) {
                // The first stays and reading goes on, so that everything else wrong is told too.
                refuse(node.mark, "'" + node.text.substr(0, 60) + "' stands here twice", "each key may be given once");
                ++doubled_;
                parent.drop_value = true;
            }
            parent.key = std::move(node);
            parent.has_key = true;
            return;
        }
        parent.has_key = false;
        if (std::exchange(parent.drop_value, false)) return;
        parent.node.fields.push_back({std::move(parent.key), std::move(node)});
    }

    int file_;
    Problems& problems_;
    std::vector<Open> open_;
    std::map<YAML::anchor_t, Anchored> anchors_;
    std::size_t total_ = 0;
    std::size_t refused_ = 0;
    std::size_t doubled_ = 0;
    YamlNode root_;
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// [-+]? ( . [0-9]+ | [0-9]+ ( . [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?, the float of YAML 1.2's core schema.
bool looks_like_number(std::string_view text) {
    std::size_t i = 0;
    auto const digits = [&] {
        std::size_t const from = i;
        while (i < text.size() && is_digit(text[i])) ++i;
        return i - from;
    };
    if (i < text.size() && (text[i] == '-' || text[i] == '+')) ++i;
    std::size_t const whole = digits();
    std::size_t part = 0;
    if (i < text.size() && text[i] == '.') {
        ++i;
        part = digits();
    }
    if (whole + part == 0) return false;
    if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
        ++i;
        if (i < text.size() && (text[i] == '-' || text[i] == '+')) ++i;
        if (digits() == 0) return false;
    }
    return i == text.size();
}

}  // namespace

YamlNode const* YamlNode::find(std::string_view key) const {
    for (auto const& [name, value] : fields)
        if (name.text == key) return &value;
    return nullptr;
}

std::optional<YamlNode> parse_yaml(std::string_view text, int file, Problems& problems) {
    auto const refuse = [&](Mark where, std::string what, std::string why) -> std::optional<YamlNode> {
        problems.add({where, "", std::move(what), std::move(why), ""});
        return std::nullopt;
    };
    if (text.size() > most_bytes) return refuse({file, 0, 0}, "larger than 4 MiB", "a scenario is far smaller");
    std::size_t const problems_before = problems.list().size();
    problems.add_faults_of(text, file);
    if (problems.list().size() != problems_before) return std::nullopt;
    Builder builder(file, problems);
    std::istringstream stream{std::string(text)};
    try {
        YAML::Parser parser(stream);
        if (!parser.HandleNextDocument(builder)) {
            YamlNode nothing;
            nothing.mark = {file, 1, 1};
            return nothing;
        }
        YamlNode root = builder.take();
        if (problems.list().size() == problems_before && parser.HandleNextDocument(builder))
            return refuse(builder.take().mark, "a second document", "a file holds one");
        if (problems.list().size() - builder.doubled() != problems_before) return std::nullopt;
        return root;
    } catch (Refused const&) { return std::nullopt; } catch (YAML::Exception const& error) {
        return refuse(place(error.mark, file), "not valid YAML", error.msg);
    }
}

std::optional<double> number_of(YamlNode const& node) {
    if (!node.is_scalar() || node.quoted || !looks_like_number(node.text)) return std::nullopt;
    std::string_view text = node.text;
    if (text.front() == '+') text.remove_prefix(1);
    double value = 0.0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
    return value;
}

std::optional<bool> bool_of(YamlNode const& node) {
    if (!node.is_scalar() || node.quoted) return std::nullopt;
    if (node.text == "true") return true;
    if (node.text == "false") return false;
    return std::nullopt;
}

std::string found(YamlNode const& node) {
    switch (node.kind) {
        case YamlNode::Kind::null: return "nothing";
        case YamlNode::Kind::scalar: return quoted(node.text);
        case YamlNode::Kind::sequence: return "a list";
        case YamlNode::Kind::map: return "keys with values";
    }
    return "";
}

}  // namespace sarx
