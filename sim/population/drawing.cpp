#include "sim/population/drawing.hpp"

#include <algorithm>
#include <string>

#include "sim/contract/errors.hpp"
#include "sim/contract/math.hpp"

namespace sarx {

namespace {

constexpr PersonKey run_key = 0xffff'ffff'0000'0000ULL;  // luck of runs, apart from that of people

double quantile(Value const& v, double u, double z) {
    switch (v.shape) {
        case Shape::constant: return v.a;
        case Shape::normal: return v.a + v.b * z;
        case Shape::lognormal: return v.a * exp(v.b * z);
        case Shape::gamma: return v.a / v.b * gamma_quantile(v.b, u);
        case Shape::uniform: return v.a + (v.b - v.a) * u;
        case Shape::bernoulli: return u < v.a ? 1.0 : 0.0;
    }
    return v.a;
}

double clamped(Value const& v, double x) { return std::clamp(x, v.low, v.high); }

}  // namespace

double value_at(Value const& value, double z) { return clamped(value, quantile(value, normal_cdf(z), z)); }

Drawing::Drawing(Plan const& plan) : plan_(&plan), random_(plan.seed), muscles_(plan.muscles.size()) {
    auto const& specs = plan.model->parameters().parameters;
    auto const& values = plan.parameters.values;
    for (auto& c : constants_) c.assign(specs.size() * muscles_, 0.0F);

    std::vector<int> copula_row(specs.size(), -1);
    std::vector<int> involved;
    auto const row_of = [&](int p) {
        auto& row = copula_row[static_cast<std::size_t>(p)];
        if (row < 0) {
            row = static_cast<int>(involved.size());
            involved.push_back(p);
        }
        return static_cast<std::size_t>(row);
    };
    for (auto const& c : plan.parameters.correlations) {
        row_of(c.a);
        row_of(c.b);
    }
    std::size_t const n = involved.size();
    std::vector<std::vector<double>> matrix(n, std::vector<double>(n, 0.0));
    for (std::size_t i = 0; i < n; ++i) {
        matrix[i][i] = 1.0;
        copula_purposes_.emplace_back(specs[static_cast<std::size_t>(involved[i])].path);
    }
    for (auto const& c : plan.parameters.correlations)
        matrix[row_of(c.a)][row_of(c.b)] = matrix[row_of(c.b)][row_of(c.a)] = c.rho;
    cholesky_.assign(n, std::vector<double>(n, 0.0));
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j <= i; ++j) {
            double sum = matrix[i][j];
            for (std::size_t k = 0; k < j; ++k) sum -= cholesky_[i][k] * cholesky_[j][k];
            if (i != j) {
                cholesky_[i][j] = sum / cholesky_[j][j];
            } else if (sum > 1e-9) {
                cholesky_[i][i] = sqrt(sum);
            } else {
                throw InputError(
                    "the correlations between parameters contradict each other (the matrix is not positive definite at "
                    "'" +
                    specs[static_cast<std::size_t>(involved[i])].path + "')");
            }
        }

    for (std::size_t p = 0; p < specs.size(); ++p) {
        bool any_drawn = false;
        for (std::size_t m = 0; m < muscles_; ++m)
            for (std::size_t sex = 0; sex < 2; ++sex) {
                Value const& v = values[p][std::min(m, values[p].size() - 1)][sex];
                double x = v.a;
                if (v.shape != Shape::constant) {
                    if (v.between == Between::people) {
                        any_drawn = true;
                        continue;
                    }
                    double z = 0.0;
                    if (auto const number = plan.parameters.draw.number; number > 0)
                        z = random_.normal(run_key + number, Purpose(specs[p].path));
                    x = quantile(v, normal_cdf(z), z);
                }
                constants_[sex][p * muscles_ + m] = static_cast<float>(clamped(v, x));
            }
        if (any_drawn) drawn_.push_back({p, Purpose(specs[p].path), copula_row[p]});
    }
}

Person Drawing::person(std::uint32_t row) const {
    auto const& population = plan_->population;
    if (!population.given.empty()) {
        auto const& g = population.given[row];
        return {g.key, g.sex, g.age_years};
    }
    return candidate(population.where.empty() ? row : population.chosen[row]);
}

Person Drawing::candidate(std::uint32_t number) const {
    auto const& population = plan_->population;
    Person p;
    p.key = number;
    p.sex = random_.uniform(p.key, Purpose("sex")) < population.female_fraction ? Sex::female : Sex::male;
    p.start_age_years = population.start_age_from_years;
    if (population.start_age_to_years > population.start_age_from_years)
        p.start_age_years += (population.start_age_to_years - population.start_age_from_years) *
                             random_.uniform(p.key, Purpose("start_age"));
    return p;
}

ParameterLanes Drawing::empty_lanes() const {
    ParameterLanes lanes_of_block;
    lanes_of_block.muscle_count = static_cast<int>(muscles_);
    lanes_of_block.values.assign(constants_[0].size() * lanes, 0.0F);
    return lanes_of_block;
}

double Drawing::normal_of(Drawn const& drawn, PersonKey key, std::uint32_t muscle) const {
    if (drawn.copula < 0) return random_.normal(key, drawn.purpose, muscle);
    auto const i = static_cast<std::size_t>(drawn.copula);
    double z = 0.0;
    for (std::size_t j = 0; j <= i; ++j)
        if (cholesky_[i][j] != 0.0) z += cholesky_[i][j] * random_.normal(key, copula_purposes_[j], muscle);
    return z;
}

void Drawing::draw(Person const& person, std::vector<std::optional<double>> const* given, ParameterLanes& to,
                   int lane) const {
    auto const sex = static_cast<std::size_t>(person.sex);
    auto const& constants = constants_[sex];
    for (std::size_t i = 0; i < constants.size(); ++i)
        to.values[i * lanes + static_cast<std::size_t>(lane)] = constants[i];

    auto const& values = plan_->parameters.values;
    auto const& specs = plan_->model->parameters().parameters;
    for (auto const& d : drawn_) {
        bool const by_muscle = specs[d.parameter].by_muscle;
        double z = 0.0;
        for (std::size_t m = 0; m < muscles_; ++m) {
            Value const& v = values[d.parameter][std::min(m, values[d.parameter].size() - 1)][sex];
            // Index 0 is the person's own draw; a muscle's is keyed by the muscle, not by its place in the plan.
            if (m == 0 || by_muscle)
                z = normal_of(d, person.key, by_muscle ? static_cast<std::uint32_t>(plan_->muscles[m]) + 1U : 0U);
            bool const plain = v.shape == Shape::normal || v.shape == Shape::lognormal;
            double const x = clamped(v, quantile(v, plain ? 0.5 : normal_cdf(z), z));
            to.values[(d.parameter * muscles_ + m) * lanes + static_cast<std::size_t>(lane)] = static_cast<float>(x);
        }
    }
    if (given == nullptr) return;
    auto const facts = plan_->model->given();
    for (std::size_t g = 0; g < facts.size(); ++g) {
        if (facts[g].use != GivenSpec::Use::parameter || !(*given)[g]) continue;
        auto const p = plan_->model->parameters().id(facts[g].parameter).index;
        for (std::size_t m = 0; m < muscles_; ++m)
            to.values[(p * muscles_ + m) * lanes + static_cast<std::size_t>(lane)] = static_cast<float>(*(*given)[g]);
    }
}

}  // namespace sarx
