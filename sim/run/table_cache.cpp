#include "sim/run/table_cache.hpp"

#include <unistd.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <filesystem>
#include <fstream>

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

/// Hash of the running program: another build is another cache.
std::uint64_t program_hash() {
    static std::uint64_t const hash = [] {
        std::string const program = text_of("/proc/self/exe");
        return program.empty() ? 0 : XXH3_64bits(program.data(), program.size());
    }();
    return hash;
}

/// Where a table is kept; empty where nothing is.
fs::path place_of(std::string const& identity) {
    if (std::getenv("SARX_NO_CACHE") != nullptr || program_hash() == 0) return {};
    char const* const cache = std::getenv("XDG_CACHE_HOME");
    char const* const home = std::getenv("HOME");
    fs::path folder;
    if (cache != nullptr && *cache != '\0')
        folder = fs::path(cache) / "sarx";
    else if (home != nullptr && *home != '\0')
        folder = fs::path(home) / ".cache" / "sarx";
    else
        return {};
    std::uint64_t const name = XXH3_64bits_withSeed(identity.data(), identity.size(), program_hash());
    return folder / ("table-" + std::to_string(name) + ".bin");
}

std::uint64_t checksum(std::span<double const> values) { return XXH3_64bits(values.data(), values.size_bytes()); }

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
    return values;
}

void cache_table(std::string const& identity, std::span<double const> values) noexcept {
    try {
        fs::path const place = place_of(identity);
        if (place.empty()) return;
        std::error_code error;
        fs::create_directories(place.parent_path(), error);
        fs::path const partial = place.string() + "." + std::to_string(getpid());
        std::uint64_t const sum = checksum(values);
        {
            std::ofstream out(partial, std::ios::binary);
            out.write(reinterpret_cast<char const*>(values.data()), static_cast<std::streamsize>(values.size_bytes()));
            out.write(reinterpret_cast<char const*>(&sum), sizeof sum);
            if (!out) {
                fs::remove(partial, error);
                return;
            }
        }
        fs::rename(partial, place, error);
        if (error) fs::remove(partial, error);
    } catch (std::exception const&) {
        // A cache that cannot be written is no cache.
    }
}

}  // namespace sarx
