#include "sim/run/table_cache.hpp"

#include <stdlib.h>
#include <unistd.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <filesystem>
#include <fstream>
#include <tuple>

#include "sim/identity/program.hpp"

namespace sarx {

namespace {

namespace fs = std::filesystem;

std::string text_of(fs::path const& path) {
    std::ifstream in(path, std::ios::binary | std::ios::ate);
    auto const size = static_cast<std::streamoff>(in.tellg());
    if (size <= 0) return {};
    std::string text(static_cast<std::size_t>(size), '\0');
    in.seekg(0);
    return in.read(text.data(), size) ? text : std::string();
}

/// Folder of all tables; empty where none are kept.
fs::path folder() {
    if (std::getenv("SARX_NO_CACHE") != nullptr || this_program().code_hash.empty()) return {};
    char const* const cache = std::getenv("XDG_CACHE_HOME");
    char const* const home = std::getenv("HOME");
    if (cache != nullptr && *cache != '\0') return fs::path(cache) / "sarx";
    if (home != nullptr && *home != '\0') return fs::path(home) / ".cache" / "sarx";
    return {};
}

/// Where a table is kept; empty where nothing is.
fs::path place_of(std::string const& identity) {
    fs::path const in = folder();
    if (in.empty()) return {};
    std::string const text = this_program().code_hash + identity;
    XXH128_hash_t const name = XXH3_128bits(text.data(), text.size());
    return in / ("table-" + std::to_string(name.high64) + "-" + std::to_string(name.low64) + ".bin");
}

std::uint64_t checksum(std::span<double const> values) { return XXH3_64bits(values.data(), values.size_bytes()); }

/// Writes a file that nobody sees before it is whole.
void write_whole(fs::path const& place, std::span<double const> values) {
    std::string partial = place.string() + ".XXXXXX";
    int const file = ::mkstemp(partial.data());
    if (file < 0) return;
    ::close(file);
    std::uint64_t const sum = checksum(values);
    std::ofstream out(partial, std::ios::binary);
    out.write(reinterpret_cast<char const*>(values.data()), static_cast<std::streamsize>(values.size_bytes()));
    out.write(reinterpret_cast<char const*>(&sum), sizeof sum);
    out.close();
    std::error_code error;
    if (out) fs::rename(partial, place, error);
    if (!out || error) fs::remove(partial, error);
}

/// Removes the files whose last use is longest ago, until all that are left fit. Another process may do the same, or use
/// one of them: it then finds nothing, and computes.
void make_room(fs::path const& in, std::uintmax_t most_bytes) {
    struct Kept {
        fs::file_time_type used;
        std::uintmax_t bytes;
        fs::path path;
    };
    std::vector<Kept> all;
    std::uintmax_t bytes = 0;
    std::error_code gone;
    for (auto const& entry : fs::directory_iterator(in, gone)) {
        if (!entry.path().filename().string().starts_with("table-")) continue;
        auto const size = entry.file_size(gone);
        if (gone) continue;
        auto const used = entry.last_write_time(gone);
        if (gone) continue;
        all.push_back({used, size, entry.path()});
        bytes += size;
    }
    if (bytes <= most_bytes) return;
    std::ranges::sort(all, {}, [](Kept const& k) { return std::tie(k.used, k.path); });
    for (auto const& kept : all) {
        if (bytes <= most_bytes) return;
        fs::remove(kept.path, gone);
        bytes -= kept.bytes;
    }
}

}  // namespace

std::optional<std::vector<double>> cached_table(std::string const& identity, std::size_t count) {
    fs::path const place = place_of(identity);
    if (place.empty()) return std::nullopt;
    std::string const bytes = text_of(place);
    if (bytes.size() != count * sizeof(double) + sizeof(std::uint64_t)) return std::nullopt;
    std::vector<double> values(count);
    std::memcpy(values.data(), bytes.data(), count * sizeof(double));
    std::uint64_t sum = 0;
    std::memcpy(&sum, bytes.data() + count * sizeof(double), sizeof sum);
    if (sum != checksum(values)) return std::nullopt;
    std::error_code error;
    fs::last_write_time(place, fs::file_time_type::clock::now(), error);  // its last use
    return values;
}

void cache_table(std::string const& identity, std::span<double const> values, std::uintmax_t most_bytes) noexcept {
    try {
        fs::path const place = place_of(identity);
        if (place.empty()) return;
        std::error_code error;
        fs::create_directories(place.parent_path(), error);
        write_whole(place, values);
        make_room(place.parent_path(), most_bytes);
    } catch (std::exception const&) {
        // A cache that cannot be written is no cache.
    }
}

}  // namespace sarx
