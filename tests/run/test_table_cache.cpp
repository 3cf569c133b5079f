// The cache of tables: what is kept comes back to the bit, damage is a miss, and it does not grow without end.

#include "sim/run/table_cache.hpp"

#include <stdlib.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <thread>

#include "support/catch.hpp"

using namespace sarx;
namespace fs = std::filesystem;

namespace {

/// A cache of its own while it lives.
class OwnCache {
public:
    OwnCache() {
        std::string name = (fs::temp_directory_path() / "sarx_cache_XXXXXX").string();
        home_ = ::mkdtemp(name.data());
        ::setenv("XDG_CACHE_HOME", home_.c_str(), 1);
    }
    ~OwnCache() {
        ::unsetenv("XDG_CACHE_HOME");
        fs::remove_all(home_);
    }
    OwnCache(OwnCache const&) = delete;
    OwnCache& operator=(OwnCache const&) = delete;

    [[nodiscard]] std::vector<fs::path> files() const {
        std::vector<fs::path> found;
        for (auto const& entry : fs::directory_iterator(home_ / "sarx")) found.push_back(entry.path());
        return found;
    }

private:
    fs::path home_;
};

std::vector<double> table(std::size_t numbers, double first) {
    std::vector<double> values(numbers);
    for (std::size_t i = 0; i < numbers; ++i) values[i] = first + 0.1 * static_cast<double>(i);
    return values;
}

/// Long enough that times of use differ on any file system.
void a_while() { std::this_thread::sleep_for(std::chrono::milliseconds(20)); }

}  // namespace

TEST_CASE("what is kept comes back to the bit, for its own text and length alone", "[cache]") {
    OwnCache const cache;
    auto const values = table(100, 3.0);
    cache_table("one", values);
    CHECK(cached_table("one", 100) == values);
    CHECK_FALSE(cached_table("one", 99));
    CHECK_FALSE(cached_table("two", 100));
}

TEST_CASE("a damaged table is none", "[cache]") {
    OwnCache const cache;
    cache_table("one", table(100, 3.0));
    REQUIRE(cache.files().size() == 1);
    std::fstream file(cache.files().front(), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(40).put('x');
    file.close();
    CHECK_FALSE(cached_table("one", 100));
}

TEST_CASE("tables that were not used for longest make room", "[cache]") {
    OwnCache const cache;
    constexpr std::size_t numbers = 1000;
    constexpr std::uintmax_t each = numbers * sizeof(double) + sizeof(std::uint64_t);
    for (std::string const name : {"a", "b", "c"}) {
        cache_table(name, table(numbers, 1.0), 3 * each);
        a_while();
    }
    CHECK(cached_table("a", numbers));  // used again: now b is the oldest
    a_while();
    cache_table("d", table(numbers, 1.0), 3 * each);
    CHECK(cached_table("a", numbers));
    CHECK_FALSE(cached_table("b", numbers));
    CHECK(cached_table("c", numbers));
    CHECK(cached_table("d", numbers));
    CHECK(cache.files().size() == 3);
}

TEST_CASE("many who write and read at once find whole tables or none", "[cache]") {
    OwnCache const cache;
    constexpr std::size_t numbers = 500;
    std::vector<std::thread> threads;
    std::vector<int> wrong(4, 0);
    for (std::size_t t = 0; t < wrong.size(); ++t)
        threads.emplace_back([&, t] {
            for (int i = 0; i < 100; ++i) {
                int const which = i % 5;
                cache_table(std::to_string(which), table(numbers, which), 3 * numbers * sizeof(double));
                auto const found = cached_table(std::to_string((which + 1) % 5), numbers);
                if (found && *found != table(numbers, (which + 1) % 5)) ++wrong[t];
            }
        });
    for (auto& thread : threads) thread.join();
    CHECK(wrong == std::vector<int>(4, 0));
    CHECK(cache.files().size() <= 3);
}
