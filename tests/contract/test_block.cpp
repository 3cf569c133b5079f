#include <algorithm>
#include <cstdint>
#include <cstring>
#include <vector>

#include "sim/contract/block.hpp"
#include "sim/contract/random.hpp"
#include "support/catch.hpp"

using namespace sarx;

namespace {

constexpr ColumnSpec columns[] = {
    {.name = "age"},
    {.name = "area", .level = Level::muscle},
    {.name = "presence", .level = Level::unit},
    {.name = "fibres", .level = Level::unit},
    {.name = "bouts", .level = Level::muscle, .width = 3},
    {.name = "mass"},
};
consteval ColumnId column(std::string_view name) { return column_in(columns, name); }

struct Fixture {
    BlockShape shape{columns, {12, 7}};
    ParameterLanes parameters{2, std::vector<float>(2 * 2 * lanes)};
    Block block{shape, parameters};

    Fixture() {
        Random const random(3);
        for (std::size_t i = 0; i < parameters.values.size(); ++i) parameters.values[i] = static_cast<float>(i);
        for (int m = 0; m < 2; ++m) {
            int const rows = block.unit_capacity(m);
            block.set_unit_rows(m, rows);
            for (int row = 0; row < rows; ++row)
                for (int lane = 0; lane < lanes; ++lane) {
                    auto const u = static_cast<float>(random.uniform(static_cast<std::uint64_t>(lane),
                                                                     Purpose{"unit"}.of(static_cast<std::uint32_t>(m)),
                                                                     static_cast<std::uint32_t>(row)));
                    bool const lives = u > 0.5F || lane == 4;
                    block.unit(column("presence"), m)[row * lanes + lane] = lives ? 1.0F + u : 0.0F;
                    // The dead hold exact zeros, as stages leave them.
                    block.unit(column("fibres"), m)[row * lanes + lane] =
                        lives ? u * 1e3F + static_cast<float>(row) * 1e-3F : 0.0F;
                }
            for (int lane = 0; lane < lanes; ++lane)
                block.muscle(column("area"), m)[lane] = static_cast<float>(100 * m + lane);
        }
        for (int lane = 0; lane < lanes; ++lane) {
            block.person(column("age"))[lane] = static_cast<float>(20 + lane);
            block.person(column("mass"))[lane] = static_cast<float>(60 + lane);
        }
    }

    float sum(int m, int lane) const {
        float total = 0.0F;
        for (int row = 0; row < block.unit_rows(m); ++row) total += block.unit(column("fibres"), m)[row * lanes + lane];
        return total;
    }
};

bool same_bits(float a, float b) { return std::memcmp(&a, &b, sizeof a) == 0; }

}  // namespace

TEST_CASE("columns of a block do not overlap and start at zero", "[block]") {
    BlockShape const shape(columns, {12, 7});
    CHECK(shape.floats == (2 + 2 * 1 + 2 * 3 + 2 * (12 + 8)) * lanes);  // pools in whole groups of rows
    ParameterLanes const parameters{2, std::vector<float>(2 * lanes)};
    Block block(shape, parameters);
    std::vector<float*> rows;
    for (char const* name : {"age", "mass"})
        rows.push_back(block.person(name == std::string_view("age") ? column("age") : column("mass")));
    for (int m = 0; m < 2; ++m) {
        rows.push_back(block.muscle(column("area"), m));
        for (int w = 0; w < 3; ++w) rows.push_back(block.muscle(column("bouts"), m) + w * lanes);
        for (int row = 0; row < block.unit_capacity(m); ++row) {
            rows.push_back(block.unit(column("presence"), m) + row * lanes);
            rows.push_back(block.unit(column("fibres"), m) + row * lanes);
        }
    }
    CHECK(rows.size() * lanes == shape.floats);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        CHECK(reinterpret_cast<std::uintptr_t>(rows[i]) % 64 == 0);
        for (int lane = 0; lane < lanes; ++lane) {
            CHECK((rows[i][lane] == 0.0F));
            rows[i][lane] = static_cast<float>(i + 1);
        }
    }
    for (std::size_t i = 0; i < rows.size(); ++i) CHECK((rows[i][lanes - 1] == static_cast<float>(i + 1)));
    CHECK(block.person(column("age")) == block.muscle(column("age"), 1));  // a person's value whatever the muscle
}

TEST_CASE("compaction keeps every sum bit for bit, the order, and the other columns", "[block]") {
    Fixture f;
    std::vector<float> before;
    std::vector<std::vector<float>> living;
    for (int m = 0; m < 2; ++m)
        for (int lane = 0; lane < lanes; ++lane) {
            before.push_back(f.sum(m, lane));
            living.emplace_back();
            for (int row = 0; row < f.block.unit_rows(m); ++row)
                if (f.block.unit(column("presence"), m)[row * lanes + lane] > 0.0F)
                    living.back().push_back(f.block.unit(column("fibres"), m)[row * lanes + lane]);
        }
    int const rows_before = f.block.unit_rows(0);
    int const needed = rows_before - row_group;
    for (int row = needed; row < rows_before; ++row)  // rows that nobody needs
        for (auto const id : {column("presence"), column("fibres")})
            std::fill_n(f.block.unit(id, 0) + row * lanes, lanes, 0.0F);
    for (int lane = 0; lane < lanes; ++lane) {
        before[static_cast<std::size_t>(lane)] = f.sum(0, lane);
        auto& units = living[static_cast<std::size_t>(lane)];
        units.clear();
        for (int row = 0; row < needed; ++row)
            if (f.block.unit(column("presence"), 0)[row * lanes + lane] > 0.0F)
                units.push_back(f.block.unit(column("fibres"), 0)[row * lanes + lane]);
    }
    f.block.compact_units(column("presence"));
    CHECK(f.block.unit_rows(0) < rows_before);
    for (int m = 0; m < 2; ++m)
        for (int lane = 0; lane < lanes; ++lane) {
            auto const at = static_cast<std::size_t>(m) * lanes + static_cast<std::size_t>(lane);
            CHECK(same_bits(f.sum(m, lane), before[at]));
            std::vector<float> still;
            for (int row = 0; row < f.block.unit_rows(m); ++row)
                if (f.block.unit(column("presence"), m)[row * lanes + lane] > 0.0F) {
                    still.push_back(f.block.unit(column("fibres"), m)[row * lanes + lane]);
                    // Where units were moved at all, they stand at the front.
                    if (m == 0) CHECK(still.size() == static_cast<std::size_t>(row) + 1);
                }
            REQUIRE(still.size() == living[at].size());
            for (std::size_t i = 0; i < still.size(); ++i) CHECK(same_bits(still[i], living[at][i]));
            CHECK((f.block.muscle(column("area"), m)[lane] == static_cast<float>(100 * m + lane)));
        }
    Block again = f.block;
    again.compact_units(column("presence"));
    CHECK(std::memcmp(again.person(column("age")), f.block.person(column("age")), f.shape.floats * sizeof(float)) == 0);
}

TEST_CASE("rows that compaction frees are empty", "[block]") {
    // A lane copied in later may bring them back to use.
    Fixture f;
    int const rows_before = f.block.unit_rows(0);
    for (int row = 0; row < rows_before; ++row)
        for (int lane = 0; lane < lanes; ++lane) {
            f.block.unit(column("presence"), 0)[row * lanes + lane] = row % 4 == 3 ? 1.0F : 0.0F;
            f.block.unit(column("fibres"), 0)[row * lanes + lane] = static_cast<float>(1 + row);
        }
    f.block.compact_units(column("presence"));
    int const rows = f.block.unit_rows(0);
    REQUIRE(rows < rows_before);
    for (int row = 0; row < rows_before; ++row)
        for (int lane = 0; lane < lanes; ++lane) {
            bool const used = row < rows_before / 4;
            CHECK((f.block.unit(column("presence"), 0)[row * lanes + lane] == (used ? 1.0F : 0.0F)));
            CHECK((f.block.unit(column("fibres"), 0)[row * lanes + lane] ==
                   (used ? static_cast<float>(4 * row + 4) : 0.0F)));
        }
}

TEST_CASE("a copied lane brings everything along and touches no other", "[block]") {
    Fixture f;
    Block other(f.shape, f.parameters);
    other.copy_lane(f.block, 4, 9);
    CHECK(other.unit_rows(0) == f.block.unit_rows(0));
    CHECK((other.person(column("mass"))[9] == 64.0F));
    for (int m = 0; m < 2; ++m)
        for (int row = 0; row < f.block.unit_capacity(m); ++row) {
            CHECK(same_bits(other.unit(column("fibres"), m)[row * lanes + 9],
                            f.block.unit(column("fibres"), m)[row * lanes + 4]));
            CHECK((other.unit(column("fibres"), m)[row * lanes + 8] == 0.0F));
        }
}

TEST_CASE("a fork is a copy that goes its own way", "[block]") {
    Fixture f;
    Block fork = f.block;
    fork.person(column("age"))[0] = 99.0F;
    CHECK((f.block.person(column("age"))[0] == 20.0F));
    f.block = fork;
    CHECK((f.block.person(column("age"))[0] == 99.0F));
    CHECK(f.block.unit_rows(1) == fork.unit_rows(1));
    CHECK((fork.parameter(ParameterId{1}, 1)[3] == 51.0F));  // (1 * 2 + 1) * 16 + 3
}
