#pragma once
// One block of people through life: a trunk that carries all arms, splitting where what is done to
// somebody first differs; branches run depth first. See README.md of this folder for a step's three parts.

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "sim/contract/block.hpp"
#include "sim/result/batch.hpp"
#include "sim/run/world.hpp"

namespace sarx {

inline constexpr double never = 1e30;

/// What is done to one person during a time: an intervention (or a standing delivery) with its window.
struct Exposure {
    int lane = 0;
    int source = 0;  ///< intervention (first of the same content); standing deliveries: -1 - index
    int twin = 0;    ///< tells interventions of the same content that one person gets at once
    std::uint32_t muscles = ~0U;
    unsigned sides = both_sides;
    double start_years = 0.0;
    double stop_years = never;  ///< end of full dose; waning follows
    double adherence = 1.0;
    friend bool operator==(Exposure const&, Exposure const&) = default;
};

/// One course of a delivery to one person.
struct Course {
    double start_years = never;
    double stop_years = never;  ///< end of full dose, as planned or by dropping out; fading follows
    double ends_years = never;  ///< what counts as its end: its stop, or where the next course begins
    double adherence = 0.0;
    bool drops_out = false;  ///< its stop is dropping out
    bool begun = false;      ///< its start has come, and is written
    bool ended = false;
};

/// Where one person stands in one delivery.
struct Enrolment {
    enum class Stage : std::uint8_t { waiting, active, over } stage = Stage::waiting;
    /// How far it came when `from` first fired.
    enum class Answer : std::uint8_t { none, eligible, offered, reached } answer = Answer::none;
    double asked_years = never;
    Course course;  ///< the present one
    std::uint32_t episodes = 0;
    int adherent_record = -1;  ///< the last one for which flow counts this person as adherent
    bool held = false;         ///< whether the condition held when it was last looked at
    bool counted = false;
    bool counted_dropped = false;
};

/// A course that others follow or that has ended, and of which something may be left.
struct EarlierCourse {
    std::size_t delivery = 0;
    int lane = 0;
    Course course;
};

/// One arm inside a branch.
struct ArmState {
    int arm = 0;
    std::vector<std::array<Enrolment, lanes>> deliveries;
    std::vector<EarlierCourse> earlier;
    std::vector<Exposure> exposures;  ///< of this step, sorted by lane, source, twin, start
    std::array<float, lanes> divergence_years{};
    std::array<float, lanes> offer_years{};     ///< of the first offer; NaN: none
    std::array<float, lanes> reach_years{};     ///< when a delivery first reached the person; NaN: none
    std::array<float, lanes> protocol_years{};  ///< until when the protocol was kept; NaN: not reached
};

/// What happened to a person in a step.
struct Happening {
    int lane = 0;
    int event = 0;
    double time_years = 0.0;
    float value = 0.0F;
    std::uint32_t cell = 0;   ///< address of the point: year of life ...
    std::uint32_t point = 0;  ///< ... and number within it
};

/// A keyed Poisson point: an event where the rate at that age is above its height.
struct Point {
    double age_years = 0.0;
    double height_per_year = 0.0;
    std::uint32_t number = 0;
};

/// Points of one person, one kind of event and one year of life, made when first needed.
struct PointCell {
    std::int32_t year = -1;
    std::uint32_t bands = 0;
    std::vector<Point> points;
    /// Between these ages, below this rate, there is no point: most steps have no need to look.
    double quiet_from_age = 0.0;
    double quiet_to_age = 0.0;
    float quiet_below_per_year = 0.0F;
};

/// An event of the last year that a column counts.
struct Recent {
    int lane = 0;
    int event = 0;
    double time_years = 0.0;
};

/// Everything that moves: one copy a branch.
struct LifeState {
    Block block;
    std::vector<ArmState> arms;
    std::vector<Exposure> standing;                        ///< hospital stays and the like under way
    std::vector<std::array<double, lanes>> hazard_left;    ///< by once_slot
    std::vector<std::array<std::uint8_t, lanes>> crossed;  ///< by event: a crossing or once-only event has been
    std::array<std::uint8_t, lanes> living{};              ///< in follow-up and alive
    std::array<double, lanes> died_years{};                ///< or `never`
    std::array<int, lanes> next_record{};                  ///< the first that is not made yet
    /// Where a person stands whose last step was left unfinished: its rest is lived with the next. Else `never`.
    std::array<double, lanes> late_from_years{};
    std::vector<Happening> last;  ///< events of the last step, for triggers
    std::vector<Recent> recent;   ///< events of the last year and a little more, of kinds that a column counts
    std::vector<std::array<std::uint8_t, lanes>> burdened;  ///< by burden: it is there
};

/// The people of one block.
struct Crew {
    std::array<Person, lanes> person{};
    std::array<std::uint8_t, lanes> present{};
    std::array<double, lanes> follow_years{};  ///< observation ends here (years from the run's start)
    std::array<std::uint32_t, lanes> row{};    ///< row in the run
    std::array<float, lanes> weight{};
};

/// How a block is to be lived.
struct LifeOptions {
    Random random;  ///< the plan's luck, or the reference cohort's own
    bool deaths = true;
    double step_years = 1.0 / 12.0;  ///< of the years before entry
    bool holds = true;               ///< whether what the plan holds is held
};

/// Draws the units of all present lanes and puts them at 20.
LifeState born(World const& world, Crew const& crew, BlockShape const& shape, ParameterLanes const& parameters,
               Random const& random);

class Life {
public:
    Life(World const& world, Crew const& crew, LifeOptions options);

    /// Lets a moment pass at 20, so that what follows from the state (a strength, a rate) is there to be read.
    void settle(LifeState& state) const;
    /// Settles, then ages everyone from 20 to their entry at time 0: no deaths, no deliveries, nothing recorded.
    void age_to_entry(LifeState& state);
    /// Entry into observation: selection by survival, and what a file says of a person ([lane], null: nothing).
    void enter(LifeState& state, std::array<std::vector<std::optional<double>> const*, lanes> const& given);
    /// Which conditions each lane's person meets at time 0: bit k for the k-th.
    [[nodiscard]] std::array<std::uint32_t, lanes> meeting(LifeState& state,
                                                           std::span<Expression const> conditions) const;
    /// Runs all arms from time 0 to the plan's end into `result`, the batch that the crew belongs to.
    void run(LifeState state, BatchResult& result);
    /// One step of one branch: [time, time + dt), for lanes that live and are 20 or more. Where it need not be `whole`,
    /// the part after a person's last edge may be left to that person's next step.
    void step(LifeState& state, double time_years, double dt_years, bool whole = true);

    /// Where the value of a person at a record is found.
    enum class Look : std::uint8_t { nowhere, state, copy, dead };

private:
    void branch(LifeState state, int step, bool decided);
    void part(LifeState state, int step);
    // decisions.cpp
    void decide(LifeState const& state, ArmState& arm, double time_years);
    void enrol(LifeState const& state, ArmState& arm, std::size_t delivery, int lane, double time_years);
    /// Begins a course, if the person is to have one; false where none will ever begin.
    bool begin(LifeState const& state, ArmState& arm, std::size_t delivery, int lane, double at_years);
    void find_moments(LifeState const& state, Delivery const& d, Enrolment& e, int lane, double time_years);
    [[nodiscard]] bool finds(LifeState const& state, Delivery const& d, int lane, double time_years,
                             std::uint32_t occasion) const;
    void end_course(ArmState& arm, std::size_t delivery, int lane, double at_years) const;
    /// Writes what has come of a delivery by a moment that the person has lived to see.
    void tell(ArmState& arm, std::size_t delivery, int lane, double until_years);
    void tell(ArmState& arm, std::size_t delivery, int lane, Enrolment& e, Course& course, double until_years);
    /// Writes the time of a course that lasted until then.
    void account(ArmState const& arm, std::size_t delivery, Enrolment& e, Course const& course, double until_years);
    [[nodiscard]] Flow& flow_at(ArmState const& arm, std::size_t delivery, int record) const {
        auto const number =
            static_cast<std::size_t>(world_->delivery_number[static_cast<std::size_t>(arm.arm)][delivery]);
        return result_
            ->flow[number * static_cast<std::size_t>(plan_->clock.records) + static_cast<std::size_t>(record)];
    }
    /// Life or follow-up of a person ends.
    void leave(ArmState& arm, int lane, double at_years);
    void expose(Delivery const& d, int lane, Course const& course, double stands_years, double step_end_years);
    void note_divergence(LifeState& state, double time_years);
    [[nodiscard]] double value_of(LifeState const& state, Operand const& operand, int lane, double time_years) const;
    [[nodiscard]] double reading_of(LifeState const& state, Operand const& operand, int lane, double time_years,
                                    std::uint32_t occasion) const;
    void note_reached(ArmState& arm, int lane, double time_years, double adherence) const;
    void log_event(int arm, int lane, double time_years, std::size_t kind, float value);
    // life.cpp
    void spans(LifeState& state, std::vector<Exposure> const& exposures, double time_years, double dt_years,
               bool whole);
    void move(Block& block, std::vector<StageInUse> const& stages, LaneTime const& span, Holds force) const;
    void renew(Block& block, LaneTime const& span) const;
    void find_edges(std::vector<Exposure> const& exposures, std::vector<Exposure> const& standing);
    void live(Block& block, std::vector<Exposure> const& exposures, std::vector<Exposure> const& standing, Holds force);
    void compact(LifeState& state) const;
    void apply(Block& block, std::span<Exposure const> courses, double from_years, double to_years);
    void give(Block& block, Exposure const& exposure, double share, std::uint32_t muscles, double side_share,
              double time_years);
    // happenings.cpp
    void happen(LifeState& state, double time_years, double dt_years);
    void find_once(LifeState& state, std::size_t event);
    void find_recurrent(LifeState const& state, std::size_t event);
    void find_points(std::size_t event, std::size_t lane, double from_age, double to_age, double rate);
    void find_followers(LifeState const& state, std::size_t event);
    void find_crossings(LifeState const& state, std::size_t event);
    [[nodiscard]] std::array<double, lanes> death_rates(Block& block) const;
    void note_burdens(LifeState& state);
    void count_last_year(Block& block, std::vector<Recent> const& recent, std::size_t lane, double until_years) const;
    void let_happen(LifeState& state, std::span<Happening const> found, double step_end_years, bool observed);
    void mark(Block& block, Happening const& happening) const;
    // recording.cpp
    void measure(Block& block, double time_years) const;
    /// First record after a moment; the last one where there is none.
    [[nodiscard]] int record_after(double time_years) const;
    [[nodiscard]] bool looks_within(LifeState const& state, double time_years, double dt_years) const;
    void make_records(LifeState& state, double until_years);
    void carry_copy(LifeState const& state, std::array<Look, lanes> const& where, double time_years);
    void record(LifeState const& state, std::array<Look, lanes> const& where, int record);
    void snapshot(LifeState const& state, std::array<Look, lanes> const& where, double time_years);

    [[nodiscard]] double age_at(int lane, double time_years) const {
        return crew_->person[static_cast<std::size_t>(lane)].start_age_years + time_years;
    }

    /// Whether time passes for a lane in the present step.
    [[nodiscard]] bool passes(std::size_t lane) const { return lane_end_[lane] > lane_start_[lane]; }

    /// Which of the plan's holds are in force at a time.
    [[nodiscard]] Holds holds_at(double time_years) const {
        return !options_.holds ? Holds::none : time_years < 0.0 ? Holds::of_youth : Holds::all;
    }

    /// Place of a lane's person in the batch.
    [[nodiscard]] std::size_t place(std::size_t lane) const { return crew_->row[lane] - result_->first_person; }

    World const* world_;
    Plan const* plan_;
    Crew const* crew_;
    LifeOptions options_;
    BatchResult* result_ = nullptr;
    std::array<double, lanes> lane_start_{};  ///< bounds of the present step, by lane; equal: no time passes
    std::array<double, lanes> lane_end_{};
    std::array<double, lanes> stood_{};  ///< the same, kept: death does not shorten them
    std::array<double, lanes> stands_{};
    std::array<std::vector<double>, lanes> edges_;            ///< of each lane's spans in the present step
    std::vector<double> amounts_;                             ///< of the dose being given
    std::vector<std::pair<double, Exposure const*>> shares_;  ///< of the dose, by course
    std::vector<std::pair<int, Exposure>> given_;             ///< in the present step, with the intervention
    std::vector<double> moments_;                             ///< at which a delivery begins in the present step
    std::optional<Block> before_;                      ///< the block before the step, where a record lies within it
    std::optional<Block> copy_;                        ///< the same, carried to that record
    std::vector<std::array<PointCell, lanes>> cells_;  ///< by event
    std::vector<Happening> found_;                     ///< in the present step
    /// Exposures of the reference arm at each change: what the other arms are compared with.
    std::vector<std::pair<double, std::vector<Exposure>>> reference_log_;
};

}  // namespace sarx
