#include "sim/scenario/expression.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "sim/contract/model.hpp"
#include "sim/text/problems.hpp"
#include "sim/text/words.hpp"

namespace sarx {
namespace {

constexpr int deepest = 64;  // Expression::evaluate has a stack of so many
constexpr std::size_t longest = 1000;

enum class Type { number, condition, sex, sex_word };

struct Token {
    enum class Kind { end, number, name, symbol, bad } kind = Kind::end;
    std::size_t offset = 0;
    std::string_view text;
    double number = 0.0;
};

/// Strength of binding; a unary minus binds strongest.
enum Power { none = 0, either = 1, both = 2, inverted = 3, comparison = 4, sum = 5, product = 6, sign = 7 };

struct Binary {
    std::string_view text;
    Power power;
    Instruction::Op op;
};
using Op = Instruction::Op;
constexpr Binary binaries[] = {
    {"or", either, Op::or_},
    {"and", both, Op::and_},
    {"<", comparison, Op::less},
    {"<=", comparison, Op::less_equal},
    {">", comparison, Op::greater},
    {">=", comparison, Op::greater_equal},
    {"==", comparison, Op::equal},
    {"!=", comparison, Op::not_equal},
    {"+", sum, Op::add},
    {"-", sum, Op::subtract},
    {"*", product, Op::multiply},
    {"/", product, Op::divide},
};

/// Thrown inside this file alone, from the first fault up to parse_expression.
struct Fault {
    ExpressionProblem problem;
};

[[noreturn]] void fault(std::size_t offset, std::string what, std::string why = "", std::string suggestion = "") {
    throw Fault{{offset, std::move(what), std::move(why), std::move(suggestion)}};
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

class Parser {
public:
    Parser(std::string_view text, Model const& model, std::vector<std::string> const& muscles)
        : text_(text), model_(model), muscles_(muscles) {
        advance();
    }

    std::vector<Instruction> parse() {
        if (now_.kind == Token::Kind::end) return {};
        Type const type = expression(none, 1);
        if (now_.kind != Token::Kind::end) trailing();
        want_condition(type, 0);
        check_stack();
        return std::move(program_);
    }

private:
    void advance() {
        before_ = now_;
        while (at_ < text_.size() &&
               (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n' || text_[at_] == '\r'))
            ++at_;
        now_ = {Token::Kind::end, at_, {}, 0.0};
        if (at_ == text_.size()) return;
        char const c = text_[at_];
        std::size_t length = 1;
        if (is_letter(c)) {
            now_.kind = Token::Kind::name;
            while (at_ + length < text_.size() &&
                   (is_letter(text_[at_ + length]) || is_digit(text_[at_ + length]) || text_[at_ + length] == '.'))
                ++length;
        } else if (is_digit(c) || c == '.') {
            now_.kind = Token::Kind::number;
            auto const [end, error] = std::from_chars(text_.data() + at_, text_.data() + text_.size(), now_.number);
            length = static_cast<std::size_t>(end - (text_.data() + at_));
            if (error != std::errc{} || !std::isfinite(now_.number) || length == 0) {
                while (at_ + length < text_.size() && is_digit(text_[at_ + length])) ++length;
                fault(at_, quoted(text_.substr(at_, std::max<std::size_t>(length, 1))) + " is not a number");
            }
        } else {
            now_.kind = Token::Kind::symbol;
            std::string_view const two = text_.substr(at_, 2);
            if (two == "<=" || two == ">=" || two == "==" || two == "!=" || two == "&&" || two == "||") length = 2;
        }
        now_.text = text_.substr(at_, length);
        at_ += length;
        foreign(now_);
    }

    /// Symbols of other languages, told with ours.
    static void foreign(Token const& token) {
        if (token.kind != Token::Kind::symbol) return;
        constexpr std::pair<std::string_view, std::string_view> ours[] = {{"=", "=="},  {"&&", "and"}, {"&", "and"},
                                                                          {"||", "or"}, {"|", "or"},   {"!", "not"}};
        for (auto const& [theirs, mine] : ours)
            if (token.text == theirs)
                fault(token.offset, quoted(token.text) + " is not a sign of conditions",
                      "known: and or not < <= > >= == != + - * / ( )", std::string(mine));
        if (std::string_view("<>()+-*/").find(token.text.front()) == std::string_view::npos && token.text != "==" &&
            token.text != "!=") {
            bool const plain = static_cast<unsigned char>(token.text.front()) < 0x80;
            fault(token.offset,
                  (plain ? quoted(token.text) : std::string("a letter beyond ASCII")) + " is not a sign of conditions",
                  "known: and or not < <= > >= == != + - * / ( )");
        }
    }

    [[noreturn]] void trailing() const {
        if (before_.kind == Token::Kind::number && now_.kind == Token::Kind::name)
            fault(now_.offset, quoted(now_.text) + " follows a number",
                  "numbers stand without units here: a name carries its own, as in age_years >= 60");
        if (now_.text == ")") fault(now_.offset, "')' without '('");
        fault(now_.offset, quoted(now_.text) + " is left over", "expected 'and', 'or', a comparison or the end");
    }

    static Binary const* binary(Token const& token) {
        if (token.kind != Token::Kind::symbol && token.kind != Token::Kind::name) return nullptr;
        auto const at = std::ranges::find(binaries, token.text, &Binary::text);
        return at == std::end(binaries) ? nullptr : at;
    }

    /// Everything that binds more strongly than `power`.
    Type expression(Power power, int depth) {
        if (depth > deepest) fault(now_.offset, "too deeply nested", "at most 64 levels");
        std::size_t const start = now_.offset;
        Type left = operand(depth);
        while (Binary const* const sign = binary(now_)) {
            if (sign->power <= power) break;
            Token const at = now_;
            advance();
            Type const right = expression(sign->power, depth + 1);
            left = joined(*sign, at, left, start, right, after_);
            if (sign->power == comparison)
                if (Binary const* const next = binary(now_); next != nullptr && next->power == comparison)
                    fault(now_.offset, "comparisons in a chain", "write a < b and b < c");
        }
        after_ = start;
        return left;
    }

    Type operand(int depth) {
        Token const token = now_;
        if (token.kind == Token::Kind::end) fault(token.offset, "ends too early", "expected a name, a number or '('");
        advance();
        if (token.kind == Token::Kind::number)
            return push({.kind = Operand::Kind::number, .number = token.number, .column = {}}, Type::number);
        if (token.text == "(") {
            Type const inner = expression(none, depth + 1);
            if (now_.text != ")") {
                if (now_.kind == Token::Kind::end)
                    fault(now_.offset, "')' is missing", "opened at character " + std::to_string(token.offset + 1));
                trailing();
            }
            advance();
            return inner;
        }
        if (token.text == "-" || token.text == "+") {
            Type const inner = expression(sign, depth + 1);
            want_number(inner, token.offset);
            if (token.text == "-") program_.push_back({Op::negate, {}});
            return Type::number;
        }
        if (token.text == "not") {
            std::size_t const start = now_.offset;
            want_condition(expression(inverted, depth + 1), start);
            program_.push_back({Op::not_, {}});
            return Type::condition;
        }
        if (token.kind == Token::Kind::name && binary(token) == nullptr) return name(token);
        fault(token.offset, quoted(token.text) + " stands where a value should", "expected a name, a number or '('");
    }

    Type joined(Binary const& sign, Token const& at, Type left, std::size_t left_at, Type right, std::size_t right_at) {
        if (sign.power == either || sign.power == both) {
            want_condition(left, left_at);
            want_condition(right, right_at);
            program_.push_back({sign.op, {}});
            return Type::condition;
        }
        if (sign.power != comparison) {
            want_number(left, left_at);
            want_number(right, right_at);
            program_.push_back({sign.op, {}});
            return Type::number;
        }
        bool const left_sex = left == Type::sex || left == Type::sex_word;
        bool const right_sex = right == Type::sex || right == Type::sex_word;
        if (left_sex && right_sex && left != right) {
            if (sign.op != Op::equal && sign.op != Op::not_equal)
                fault(at.offset, "a sex is not more or less than another", "compare with == or !=");
        } else if (left_sex || right_sex) {
            fault(left_sex ? left_at : right_at, "a sex is compared with something else",
                  "write sex == female or sex == male");
        } else {
            want_number(left, left_at);
            want_number(right, right_at);
        }
        program_.push_back({sign.op, {}});
        return Type::condition;
    }

    void want_number(Type type, std::size_t at) const {
        if (type == Type::condition)
            fault(at, "a condition stands where a number should",
                  "a comparison is true or false: it cannot be counted with");
        if (type != Type::number) fault(at, "a sex stands where a number should", "write sex == female or sex == male");
    }

    void want_condition(Type type, std::size_t at) const {
        if (type == Type::number)
            fault(at, "a number stands where a condition should", "compare it, as in disability == 1");
        if (type != Type::condition)
            fault(at, "a sex stands where a condition should", "write sex == female or sex == male");
    }

    Type push(Operand const& operand, Type type) {
        program_.push_back({Op::push, operand});
        return type;
    }

    Type name(Token const& token) {
        if (token.text == "age_years") return push({.kind = Operand::Kind::age_years, .column = {}}, Type::number);
        if (token.text == "time_years") return push({.kind = Operand::Kind::time_years, .column = {}}, Type::number);
        if (token.text == "sex") return push({.kind = Operand::Kind::female, .column = {}}, Type::sex);
        if (token.text == "female" || token.text == "male")
            return push({.kind = Operand::Kind::number, .number = token.text == "female" ? 1.0 : 0.0, .column = {}},
                        Type::sex_word);

        auto const dot = token.text.find('.');
        std::string_view const column_name = token.text.substr(0, dot);
        auto const columns = model_.columns();
        auto const at = std::ranges::find(columns, column_name, &ColumnSpec::name);
        if (at == columns.end())
            fault(token.offset, "unknown name " + quoted(column_name), "`sarx describe` lists the variables",
                  nearest(column_name, names()));
        if (at->report == Report::hidden)
            fault(token.offset, quoted(column_name) + " is internal", "only what is recorded can be asked for");
        if (at->level == Level::unit)
            fault(token.offset, quoted(column_name) + " belongs to each motor unit",
                  "a condition reads persons and muscles");
        Operand operand;
        operand.column = {static_cast<std::uint16_t>(at - columns.begin())};
        if (at->level == Level::person) {
            if (dot != std::string_view::npos)
                fault(token.offset + dot, quoted(column_name) + " belongs to the whole person, not to a muscle", "",
                      std::string(column_name));
            operand.kind = Operand::Kind::person_column;
            return push(operand, Type::number);
        }
        operand.kind = Operand::Kind::muscle_column;
        operand.muscle = muscle(token, column_name, dot);
        return push(operand, Type::number);
    }

    int muscle(Token const& token, std::string_view column_name, std::size_t dot) const {
        if (dot == std::string_view::npos) {
            if (muscles_.size() == 1) return 0;
            fault(token.offset, quoted(column_name) + " differs by muscle", "name the muscle after a point",
                  muscles_.empty() ? "" : std::string(column_name) + "." + muscles_.front());
        }
        std::string_view const muscle_name = token.text.substr(dot + 1);
        auto const at = std::ranges::find(muscles_, muscle_name);
        if (at != muscles_.end()) return static_cast<int>(at - muscles_.begin());
        auto const all = model_.muscles();
        if (std::ranges::find(all, muscle_name) != all.end()) {
            std::string present;
            for (auto const& name : muscles_) present += (present.empty() ? "" : ", ") + name;
            fault(token.offset + dot + 1, quoted(muscle_name) + " is not among the muscles of this plan",
                  "model.muscles has " + present);
        }
        fault(token.offset + dot + 1, "unknown muscle " + quoted(muscle_name), "", nearest(muscle_name, muscles_));
    }

    std::vector<std::string> names() const {
        std::vector<std::string> out = {"age_years", "time_years", "sex", "female", "male", "and", "or", "not"};
        for (auto const& column : model_.columns())
            if (column.report != Report::hidden && column.level != Level::unit) out.emplace_back(column.name);
        return out;
    }

    void check_stack() const {
        int height = 0;
        for (auto const& step : program_) {
            if (step.op == Op::push)
                ++height;
            else if (step.op != Op::negate && step.op != Op::not_)
                --height;
            if (height > deepest) fault(0, "too deeply nested", "at most 64 levels");
        }
    }

    std::string_view text_;
    Model const& model_;
    std::vector<std::string> const& muscles_;
    std::size_t at_ = 0;
    std::size_t after_ = 0;  ///< where the expression read last began
    Token now_;
    Token before_;
    std::vector<Instruction> program_;
};

}  // namespace

Expression parse_expression(std::string_view text, Model const& model, std::vector<std::string> const& muscles,
                            ExpressionProblem& problem, bool& ok) {
    ok = false;
    if (text.size() > longest) {
        problem = {longest, "too long", "a condition has at most 1000 characters", ""};
        return {};
    }
    try {
        Expression expression;
        expression.program = Parser(text, model, muscles).parse();
        expression.text = std::string(text);
        ok = true;
        return expression;
    } catch (Fault const& found) {
        problem = found.problem;
        return {};
    }
}

}  // namespace sarx
