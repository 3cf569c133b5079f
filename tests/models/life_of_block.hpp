#pragma once
// Sixteen people and a cascade, stepped by hand: for tests of the biology without the engine.

#include <functional>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "models/columns.hpp"
#include "models/model.hpp"
#include "sim/contract/math.hpp"
#include "sim/scenario/parameter_file.hpp"

namespace sarx::testing {

inline ModelData const& model_data() {
    static ModelData const all = [] {
        std::vector<EmbeddedFile> files;
        for (auto const& [name, text] : models::parameter_files()) files.push_back({name, text});
        ModelData data;
        Problems problems;
        if (!read_model_data(files, data, problems)) throw std::runtime_error(problems.text());
        return data;
    }();
    return all;
}

inline Model const& whole_model() {
    static std::unique_ptr<Model> const model =
        models::make_model(model_data().parameters, model_data().cascades, model_data().muscles);
    return *model;
}

/// Stages upstream of function: what these tests run unless they say otherwise.
inline std::vector<std::string> const& upstream_stages() {
    static std::vector<std::string> const names = {
        "habits",       "hormones",        "conditions",      "recruitment",     "er_mitochondria_contacts",
        "mitochondria", "protein_quality", "nmj_instability", "motor_unit_loss", "reinnervation",
        "atrophy"};
    return names;
}

struct LifeOptions {
    Sex sex = Sex::male;
    std::vector<std::string> stages = upstream_stages();
    std::map<std::string, double> parameters = {};  ///< path (or path@muscle) -> value for all lanes
    std::string instruction_set{};
    bool drawn = false;  ///< traits drawn between people, else the middle of each
    std::uint64_t seed = 1;
};

/// The middle of a distribution, or its value at a standard normal deviate (gamma and uniform: the middle).
inline double middle_of(Value const& value, double z) {
    double x = value.a;
    if (value.shape == Shape::normal) x = value.a + value.b * z;
    if (value.shape == Shape::lognormal) x = value.a * sarx::exp(value.b * z);
    if (value.shape == Shape::uniform) x = 0.5 * (value.a + value.b);
    return std::min(std::max(x, value.low), value.high);
}

class LifeOfBlock {
public:
    explicit LifeOfBlock(LifeOptions const& options = {})
        : model_(whole_model()), lanes_(draw(options)), shape_(shape(options)), block_(shape_, lanes_) {
        Random const random(options.seed);
        std::vector<int> muscles;
        for (int m = 0; m < block_.muscle_count(); ++m) muscles.push_back(m);
        for (std::size_t c = 0; c < model_.columns().size(); ++c) {
            auto const& spec = model_.columns()[c];
            if (spec.level == Level::unit) continue;
            int const muscle_rows = spec.level == Level::person ? 1 : block_.muscle_count();
            for (int m = 0; m < muscle_rows; ++m)
                for (int i = 0; i < lanes * spec.width; ++i)
                    block_.muscle(ColumnId{static_cast<std::uint16_t>(c)}, m)[i] = spec.youth;
        }
        for (int lane = 0; lane < lanes; ++lane)
            model_.be_young(block_, lane, {.key = static_cast<PersonKey>(lane), .sex = options.sex}, random, muscles);
        for (auto const& name : options.stages) {
            stages_.push_back(model_.make_stage(name, options.instruction_set));
            for (auto const& spec : model_.stages())
                if (spec.name == name) is_life_.push_back(spec.phase == Phase::life);
        }
        std::fill_n(age_, lanes, 20.0F);
    }

    /// One step of all lanes; `stimuli` is called between life and body. `still` lanes take no time.
    void step(double dt_years, std::function<void(Block&)> const& stimuli = {}, int still = -1) {
        float dt[lanes];
        float middle[lanes];
        for (int lane = 0; lane < lanes; ++lane) {
            dt[lane] = lane == still ? 0.0F : static_cast<float>(dt_years);
            middle[lane] = age_[lane] + 0.5F * dt[lane];
        }
        LaneTime const span{.dt_years = dt, .age_years = middle};
        for (bool const life : {true, false}) {
            for (std::size_t s = 0; s < stages_.size(); ++s)
                if (is_life_[s] == life) stages_[s]->step(block_, span);
            if (life && stimuli) stimuli(block_);
        }
        time_ += dt_years;
        for (int lane = 0; lane < lanes; ++lane)
            if (lane != still) age_[lane] = static_cast<float>(20.0 + time_);
    }

    /// Steps of a month until an age.
    void live_to(double age_years, std::function<void(Block&)> const& stimuli = {}, int steps_per_year = 12) {
        auto const steps = static_cast<int>((age_years - 20.0 - time_) * steps_per_year + 0.5);
        for (int i = 0; i < steps; ++i) step(1.0 / steps_per_year, stimuli);
    }

    Block& block() { return block_; }
    [[nodiscard]] double age_years() const { return 20.0 + time_; }

    /// Mean over lanes of a person's or muscle's column.
    [[nodiscard]] double mean(std::string_view name, int m = 0) const {
        double sum = 0.0;
        for (int lane = 0; lane < lanes; ++lane) sum += value(name, m, lane);
        return sum / lanes;
    }
    [[nodiscard]] double value(std::string_view name, int m, int lane) const {
        for (std::size_t c = 0; c < model_.columns().size(); ++c)
            if (model_.columns()[c].name == name)
                return static_cast<double>(block_.muscle(ColumnId{static_cast<std::uint16_t>(c)}, m)[lane]);
        throw std::runtime_error("no column " + std::string(name));
    }

    /// All floats of the block that a lane owns, for comparing bits.
    [[nodiscard]] std::vector<float> bits_of_lane(int lane) const {
        std::vector<float> all;
        float const* const data = block_.person(ColumnId{0});
        for (std::size_t row = 0; row < shape_.floats / lanes; ++row)
            all.push_back(data[row * lanes + static_cast<std::size_t>(lane)]);
        return all;
    }

private:
    ParameterLanes draw(LifeOptions const& options) const {
        auto const& table = model_.parameters();
        ParameterLanes out;
        out.muscle_count = static_cast<int>(model_.muscles().size());
        auto const muscles = model_.muscles().size();
        out.values.resize(table.parameters.size() * muscles * lanes);
        Random const random(options.seed + 1000);
        for (std::size_t p = 0; p < table.parameters.size(); ++p)
            for (std::size_t m = 0; m < muscles; ++m)
                for (std::size_t lane = 0; lane < lanes; ++lane) {
                    auto const& spec = table.parameters[p];
                    auto const& value =
                        spec.values.at(spec.by_muscle ? std::string(model_.muscles()[m])
                                                      : std::string())[static_cast<std::size_t>(options.sex)];
                    double const z = options.drawn ? random.normal(lane, Purpose(spec.path)) : 0.0;
                    double x = middle_of(value, z);
                    if (auto const at = options.parameters.find(spec.path); at != options.parameters.end())
                        x = at->second;
                    if (auto const at = options.parameters.find(spec.path + "@" + std::string(model_.muscles()[m]));
                        at != options.parameters.end())
                        x = at->second;
                    out.values[(p * muscles + m) * lanes + lane] = static_cast<float>(x);
                }
        return out;
    }

    BlockShape shape(LifeOptions const&) const {
        auto const id = model_.parameters().id(model_.unit_count_parameter());
        std::vector<int> rows;
        for (std::size_t m = 0; m < model_.muscles().size(); ++m) {
            double most = 1.0;
            for (std::size_t lane = 0; lane < lanes; ++lane)
                most = std::max(
                    most, static_cast<double>(lanes_.values[(id.index * model_.muscles().size() + m) * lanes + lane]));
            rows.push_back(model_.unit_capacity(most));
        }
        return BlockShape(model_.columns(), rows);
    }

    Model const& model_;
    ParameterLanes lanes_;
    BlockShape shape_;
    Block block_;
    std::vector<std::unique_ptr<Stage>> stages_;
    std::vector<bool> is_life_;
    float age_[lanes];
    double time_ = 0.0;
};

}  // namespace sarx::testing
