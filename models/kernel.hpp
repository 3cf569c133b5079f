#pragma once
// What every kernel (a stage's .cpp) includes: how a description (description.hpp) becomes a stage, and the views
// through which its step sees people, muscles and motor units. A view gives what the description declares and nothing
// else, for writing only what it writes. A kernel lives in namespace sarx::models::SARX_ISA, so that nothing compiled
// for one instruction set is ever linked into another; it holds no std:: templates for the same reason.

#include "models/columns.hpp"
#include "models/description.hpp"
#include "models/relaxation.hpp"
#include "sim/contract/lane.hpp"
#include "sim/contract/stage.hpp"

/// Lambdas inside kernels are inlined, so that none is a symbol of its own.
#define SARX_LAMBDA __attribute__((always_inline))

namespace sarx::models::SARX_ISA {
using namespace sarx::SARX_ISA;  // NOLINT: Lane and its functions are this namespace's vocabulary

/// What a description says, at compile time.
template <class D>
inline constexpr Description description_of = D{};

template <class D, Text name, Role role>
inline constexpr bool declares = description_of<D>.has(Column<name, role>::id, role);

/// The units of one muscle, a column of them: `rows_together` rows at a time, from a row on.
template <class Float>
class UnitColumn {
public:
    SARX_INLINE explicit UnitColumn(Float* first) : first_(first) {}
    SARX_INLINE Units operator[](int row) const {
        Units x;
        for (int i = 0; i < rows_together; ++i) x.row[i] = load(first_ + (row + i) * lanes);
        return x;
    }
    /// A unit without fibres may hold anything, but a span of no time moves no bit: write relaxations.
    SARX_INLINE void put(int row, Units const& x) const {
        for (int i = 0; i < rows_together; ++i) store(first_ + (row + i) * lanes, x.row[i]);
    }

private:
    Float* first_;
};

template <class D>
class MuscleOf;

/// Some people side by side, as the kernel of `D` sees them over a span of time.
template <class D>
class People {
public:
    SARX_INLINE People(Block& block, LaneTime const& time, int first, ParameterId const* parameters)
        : dt_years(load(time.dt_years + first)),
          age_years(load(time.age_years + first)),
          block_(&block),
          parameters_(parameters),
          first_(first) {}

    Lane const dt_years;   ///< 0 where no time passes: not a bit may move
    Lane const age_years;  ///< at the middle of the span

    /// A person's value of a column or parameter of the description.
    template <Text name, Role role>
    SARX_INLINE Lane operator()(Column<name, role> column) const {
        return load(row(column));
    }
    template <Text path>
    SARX_INLINE Lane operator()(Parameter<path> parameter) const {
        return of(parameter, 0);
    }
    /// Stores a person's value where time passes.
    template <Text name, Role role>
    SARX_INLINE void put(Column<name, role> column, Lane x) const {
        static_assert(Column<name, role>::written, "this description only reads the column");
        store_where_time_passes(row(column), x);
    }

    SARX_INLINE int muscle_count() const { return block_->muscle_count(); }
    SARX_INLINE MuscleOf<D> muscle(int m) const { return {*this, m}; }

protected:
    template <Text path>
    SARX_INLINE Lane of(Parameter<path>, int m) const {
        constexpr int place = description_of<D>.place(Parameter<path>::path);
        static_assert(place < description_of<D>.parameter_count, "the description does not declare this parameter");
        return load(block_->parameter(parameters_[place], m) + first_);
    }
    template <Text name, Role role>
    SARX_INLINE float* row(Column<name, role> column) const {
        static_assert(declares<D, name, role>, "the description does not declare this column");
        static_assert(column.level == Level::person, "a column of a muscle or unit: ask a muscle for it");
        return block_->person(column.id) + first_;
    }
    SARX_INLINE void store_where_time_passes(float* row, Lane x) const {
        store(row, select(dt_years > Lane(0.0F), x, load(row)));
    }

    Block* block_;
    ParameterId const* parameters_;
    int first_;
};

/// One muscle of these people. It knows what is the person's too.
template <class D>
class MuscleOf : public People<D> {
public:
    SARX_INLINE MuscleOf(People<D> const& people, int m) : People<D>(people), m_(m) {}

    /// The muscle's or the person's value of a column or parameter; of a wide column the place named.
    template <Text name, Role role>
    SARX_INLINE Lane operator()(Column<name, role> column, int place = 0) const {
        if constexpr (column.level == Level::person)
            return load(this->row(column));
        else
            return load(muscle_row(column) + place * lanes);
    }
    template <Text path>
    SARX_INLINE Lane operator()(Parameter<path> parameter) const {
        return this->of(parameter, m_);
    }
    /// Stores the muscle's value where time passes.
    template <Text name, Role role>
    SARX_INLINE void put(Column<name, role> column, Lane x, int place = 0) const {
        static_assert(Column<name, role>::written, "this description only reads the column");
        this->store_where_time_passes(muscle_row(column) + place * lanes, x);
    }

    /// A column of the muscle's units; only what is written can be put.
    template <Text name, Role role>
    SARX_INLINE auto units(Column<name, role> column) const {
        static_assert(declares<D, name, role>, "the description does not declare this column");
        static_assert(column.level == Level::unit, "not a column of units");
        float* const first = this->block_->unit(column.id, m_) + this->first_;
        if constexpr (column.written)
            return UnitColumn<float>(first);
        else
            return UnitColumn<float const>(first);
    }
    /// Rows of units to go through, in steps of `rows_together`.
    SARX_INLINE int rows() const { return this->block_->unit_rows(m_); }

private:
    template <Text name, Role role>
    SARX_INLINE float* muscle_row(Column<name, role> column) const {
        static_assert(declares<D, name, role>, "the description does not declare this column");
        static_assert(column.level == Level::muscle, "a column of a person or of units: it has no muscle's value");
        return this->block_->muscle(column.id, m_) + this->first_;
    }

    int m_;
};

/// The stage of a description: its parameters found once, its step taken a register of people at a time.
template <class D>
class StageOf final : public Stage {
public:
    explicit StageOf(ParameterTable const& table) {
        for (int i = 0; i < description_of<D>.parameter_count; ++i)
            parameters_[i] = table.id(description_of<D>.parameters[i]);
    }

    void step(Block& block, LaneTime const& time) const override {
        for_chunks(time, [&](int first) SARX_LAMBDA { kernel.step(People<D>(block, time, first, parameters_)); });
    }

private:
    static constexpr D kernel{};
    ParameterId parameters_[description_of<D>.parameter_count + 1];
};

template <class D>
Stage* make_stage(ParameterTable const& table) {
    return new StageOf<D>(table);
}

/// What a kernel's file hands out: `StageCode mitochondria_stage() { return code_of<Mitochondria>(); }`. The file is
/// called as its stage; the build finds it by its folder, which is the stage's level.
template <class D>
StageCode code_of() {
    StageCode code{.about = D::about, .description = &description_of<D>, .make = &make_stage<D>};
    if constexpr (requires { D::replaces; }) code.replaces = D::replaces;
    return code;
}

/// The largest of the lanes' whole numbers.
SARX_INLINE int largest(Lane x) {
    float most = 0.0F;
    for (int i = 0; i < width; ++i) most = most < x.v[i] ? x.v[i] : most;
    return static_cast<int>(most);
}

}  // namespace sarx::models::SARX_ISA
