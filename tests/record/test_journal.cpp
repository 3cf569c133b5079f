// What is safe stays safe: resuming, damage, locks, parts, full disks, other orders.

#include <sys/resource.h>
#include <atomic>
#include <csignal>
#include <fstream>
#include <set>
#include <thread>

#include "read_file.hpp"
#include "sim/contract/errors.hpp"
#include "sim/record/journal.hpp"
#include "support/catch.hpp"

using namespace made_up;
namespace fs = std::filesystem;

namespace {

/// A run that was killed: two commits, and one batch after them.
void half_a_run(Plan const& plan, std::string const& file) {
    Recorder recorder(plan, {.path = file});
    recorder.accept(batch_of(plan, 0));
    recorder.accept(batch_of(plan, 2));
    recorder.save();
    recorder.accept(batch_of(plan, 3));
    recorder.save();
    recorder.accept(batch_of(plan, 1));
}

bool says(std::string const& message, std::string const& part) {
    UNSCOPED_INFO("message: " << message);
    return message.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("any order and any number of threads give the same file") {
    Plan const plan = plan_of(300);
    Folder const folder;
    std::uint64_t const want = record(plan, folder.file("one.h5"));
    auto const batches = all_batches(plan);
    {
        Recorder recorder(plan, {.path = folder.file("many.h5"), .command = "another"});
        std::vector<std::thread> threads;
        for (std::size_t k = 0; k < 4; ++k)
            threads.emplace_back([&, k] {
                for (std::size_t b = batches.size(); b-- > 0;)
                    if (b % 4 == k) recorder.accept(batches[b]);
            });
        for (auto& t : threads) t.join();
        recorder.finish();
    }
    CHECK(digest_of_file(folder.file("many.h5")) == want);
    CHECK_FALSE(fs::exists(folder.file("many.h5.parts")));
    CHECK_FALSE(fs::exists(folder.file("many.h5.partial")));
}

TEST_CASE("the digest sees a change of one value, and neither the clock nor what is only described") {
    Plan plan = plan_of(100);
    Folder const folder;
    std::uint64_t const want = record(plan, folder.file("a.h5"));
    CHECK(record(plan, folder.file("b.h5")) == want);
    {
        Recorder recorder(plan, {.path = folder.file("c.h5")});
        for (auto b : all_batches(plan)) {
            if (b.index == 3) b.traits.back() += 0.001F;
            recorder.accept(b);
        }
        recorder.finish();
    }
    CHECK(digest_of_file(folder.file("c.h5")) != want);
    plan.title = "Another";
    CHECK(record(plan, folder.file("d.h5")) == want);
}

TEST_CASE("a killed run resumes to the same file, wherever its journal ends") {
    Plan const plan = plan_of(100, 4);
    Folder const folder;
    std::uint64_t const want = record(plan, folder.file("whole.h5"));
    half_a_run(plan, folder.file("half.h5"));
    auto const size = fs::file_size(folder.file("half.h5.parts"));
    std::mt19937 luck(11);
    for (int i = 0; i < 50; ++i) {
        auto const end = i == 0 ? 0 : i == 1 ? size : luck() % size;
        INFO("cut at " << end << " of " << size);
        fs::copy_file(folder.file("half.h5.parts"), folder.file("cut.h5.parts"));
        fs::resize_file(folder.file("cut.h5.parts"), end);
        REQUIRE(resume(plan, folder.file("cut.h5")) == want);
        fs::remove(folder.file("cut.h5"));
    }
}

TEST_CASE("what was committed is not simulated again") {
    Plan const plan = plan_of(100, 4);
    Folder const folder;
    half_a_run(plan, folder.file());
    Recorder const recorder(plan, {.path = folder.file(), .resume = true});
    auto const& done = recorder.done();
    CHECK((done[0] && !done[1] && done[2] && done[3]));
    CHECK(std::count(done.begin(), done.end(), true) == 3);
}

TEST_CASE("saving while others consume: each batch is in a commit whole or not at all") {
    Plan const plan = plan_of(300);
    Folder const folder;
    std::uint64_t const want = record(plan, folder.file("whole.h5"));
    auto const batches = all_batches(plan);
    for (int run = 0; run < 3; ++run) {
        std::string const file = folder.file("run" + std::to_string(run) + ".h5");
        std::set<std::uintmax_t> ends;  // of the journal, after each commit
        {
            Recorder recorder(plan, {.path = file});
            std::atomic<std::size_t> consumed{0};
            std::vector<std::thread> threads;
            for (std::size_t k = 0; k < 3; ++k)
                threads.emplace_back([&, k] {
                    for (std::size_t b = k; b < batches.size(); b += 3) {
                        recorder.accept(batches[b]);
                        ++consumed;
                    }
                });
            while (consumed < batches.size()) {
                recorder.save();
                ends.insert(fs::file_size(file + ".parts"));
            }
            for (auto& t : threads) t.join();
        }
        for (auto const end : ends) {
            fs::copy_file(file + ".parts", folder.file("cut.h5.parts"));
            fs::resize_file(folder.file("cut.h5.parts"), end);
            REQUIRE(resume(plan, folder.file("cut.h5")) == want);
            fs::remove(folder.file("cut.h5"));
        }
    }
}

TEST_CASE("damage is refused or simulated again, and never reaches the file") {
    Plan const plan = plan_of(100, 4);
    Folder const folder;
    std::uint64_t const want = record(plan, folder.file("whole.h5"));
    half_a_run(plan, folder.file("half.h5"));
    auto const size = fs::file_size(folder.file("half.h5.parts"));
    std::mt19937 luck(12);
    int refused = 0;
    for (int i = 0; i < 50; ++i) {
        fs::copy_file(folder.file("half.h5.parts"), folder.file("bad.h5.parts"));
        auto const at = static_cast<std::streamoff>(i < 3 ? static_cast<unsigned>(i) * 20U : luck() % size);
        INFO("damaged at " << at << " of " << size);
        {
            std::fstream f(folder.file("bad.h5.parts"), std::ios::in | std::ios::out | std::ios::binary);
            f.seekg(at);
            auto const byte = static_cast<char>(f.get() ^ 0x40);
            f.seekp(at);
            f.put(byte);
        }
        try {
            std::uint64_t const digest = resume(plan, folder.file("bad.h5"));
            REQUIRE(digest == want);
            fs::remove(folder.file("bad.h5"));
        } catch (OutputError const& e) {
            CHECK(says(e.what(), "damaged at its start"));
            ++refused;
            fs::remove(folder.file("bad.h5.parts"));
        }
    }
    CHECK(refused >= 3);
    CHECK(refused < 25);
}

TEST_CASE("two runs do not write one output") {
    Plan const plan = plan_of(50);
    Folder const folder;
    Recorder const first(plan, {.path = folder.file()});
    for (bool const resumed : {false, true}) {
        auto const message = message_of<OutputError>(
            [&] { Recorder(plan, {.path = folder.file(), .overwrite = true, .resume = resumed}); });
        CHECK(says(message, "another run is writing"));
    }
}

TEST_CASE("what is there already is refused unless it may be replaced") {
    Plan const plan = plan_of(50);
    Folder const folder;
    record(plan, folder.file());
    CHECK(says(message_of<InputError>([&] { Recorder(plan, {.path = folder.file()}); }), "is there already"));
    half_a_run(plan_of(100), folder.file("half.h5"));
    CHECK(says(message_of<InputError>([&] { Recorder(plan_of(100), {.path = folder.file("half.h5")}); }),
               "unfinished run"));
    Recorder const again(plan, {.path = folder.file(), .overwrite = true});
    CHECK(fs::exists(folder.file()));
    CHECK(says(message_of<InputError>([&] { Recorder(plan, {.path = folder.file("no/such/run.h5")}); }),
               "there is no folder"));
}

TEST_CASE("a changed scenario is refused with what changed") {
    Plan plan = plan_of(100);
    Folder const folder;
    half_a_run(plan, folder.file());
    plan.resolved = "title: Made up\npeople: 100\nrate: 0.5\nseed: 1\n";
    plan.digest += 1;
    auto const message = message_of<InputError>([&] { Recorder(plan, {.path = folder.file(), .resume = true}); });
    CHECK(says(message, "- rate: 0.25"));
    CHECK(says(message, "+ rate: 0.5"));
    CHECK_FALSE(message.find("people") != std::string::npos);
}

TEST_CASE("parts merge to the file of the whole") {
    Plan plan = plan_of(300);
    plan.population.given_path = "people.csv";
    plan.origin.tables = {{"people.csv", "id,sex,age_years\n"}};
    plan.origin.options = {{"--set", "seed=7"}};
    Folder const folder;
    std::uint64_t const want = record(plan, folder.file("whole.h5"));
    std::string const file = folder.file("parts.h5");
    auto const write_part = [&](int part) {
        Recorder recorder(plan, {.path = file, .part = part, .parts = 3, .command = "part"});
        for (std::uint32_t b = static_cast<std::uint32_t>(part); b < batches_of(plan); b += 3)
            recorder.accept(batch_of(plan, b));
        recorder.finish();
        CHECK_NOTHROW(scenario_of_parts(file));  // readable though the recorder still stands
    };
    write_part(2);
    write_part(0);
    CHECK(says(message_of<InputError>([&] { merge_parts(plan, file, "merge", false); }), "missing: 2 of 3"));
    ScenarioOrigin const kept = scenario_of_parts(file);
    REQUIRE(kept.sources.size() == plan.origin.sources.size());
    CHECK(kept.sources[1].text == plan.origin.sources[1].text);
    CHECK(kept.tables.front().path == plan.origin.tables.front().path);
    CHECK(kept.options == plan.origin.options);
    write_part(1);
    merge_parts(plan, file, "merge", false);
    CHECK(digest_of_file(file) == want);
    CHECK(says(message_of<InputError>([&] { scenario_of_parts(file); }), "no parts of"));
}

TEST_CASE("an unfinished part is not merged") {
    Plan const plan = plan_of(300);
    Folder const folder;
    std::string const file = folder.file("parts.h5");
    for (int part = 0; part < 2; ++part) {
        Recorder recorder(plan, {.path = file, .part = part, .parts = 2});
        recorder.accept(batch_of(plan, static_cast<std::uint32_t>(part)));
        recorder.save();
    }
    CHECK(says(message_of<InputError>([&] { merge_parts(plan, file, "merge", false); }), "not finished"));
    CHECK_FALSE(fs::exists(file));
}

TEST_CASE("a part does not go on with the journal of another") {
    Plan const plan = plan_of(300);
    Folder const folder;
    std::string const file = folder.file("parts.h5");
    {
        Recorder recorder(plan, {.path = file, .part = 0, .parts = 2});
        recorder.accept(batch_of(plan, 0));
        recorder.save();
    }
    std::string const theirs = journal_path(file, 0, 2);
    std::string const ours = journal_path(file, 1, 2);
    fs::rename(theirs, ours);
    auto const size = fs::file_size(ours);
    CHECK(says(message_of<InputError>([&] { Recorder(plan, {.path = file, .resume = true, .part = 1, .parts = 2}); }),
               "another part"));
    CHECK(fs::file_size(ours) == size);
}

TEST_CASE("a full disk leaves what was saved, and the run can be finished later") {
    Plan const plan = plan_of(100);
    Folder const folder;
    std::uint64_t const want = record(plan, folder.file("whole.h5"));
    auto const whole = fs::file_size(folder.file("whole.h5"));
    std::string const file = folder.file("full.h5");
    struct rlimit before {};
    getrlimit(RLIMIT_FSIZE, &before);
    auto const old = std::signal(SIGXFSZ, SIG_IGN);
    auto const limit = [&](rlim_t bytes) {
        struct rlimit r = before;
        r.rlim_cur = bytes;
        setrlimit(RLIMIT_FSIZE, &r);
    };
    std::string message;
    for (rlim_t bytes = 100; bytes < 3 * whole; bytes += bytes / 3 + 1000) {
        limit(bytes);
        message = message_of<OutputError>([&] {
            Recorder recorder(plan, {.path = file, .resume = true});
            auto const done = recorder.done();
            for (std::uint32_t b = 0; b < batches_of(plan); ++b) {
                if (!done[b]) recorder.accept(batch_of(plan, b));
                recorder.save();
            }
            recorder.finish();
        });
        limit(before.rlim_cur);
        if (message.empty()) break;
        CHECK(says(message, "File too large"));
        CHECK(says(message, "safe"));
        REQUIRE_FALSE(fs::exists(file));
        REQUIRE_FALSE(fs::exists(file + ".partial"));
    }
    std::signal(SIGXFSZ, old);
    if (!message.empty()) resume(plan, file);
    CHECK(digest_of_file(file) == want);
}

TEST_CASE("a folder that goes away is reported") {
    Plan const plan = plan_of(50);
    Folder const folder;
    fs::create_directory(folder.file("sub"));
    Recorder recorder(plan, {.path = folder.file("sub/run.h5")});
    recorder.accept(batch_of(plan, 0));
    fs::remove_all(folder.file("sub"));
    CHECK(says(message_of<OutputError>([&] { recorder.save(); }), "is gone"));
}

TEST_CASE("a batch that does not fit its plan is our bug, and said") {
    Plan const plan = plan_of(50);
    Folder const folder;
    Recorder recorder(plan, {.path = folder.file()});
    auto b = batch_of(plan, 0);
    b.trajectories.pop_back();
    CHECK(says(message_of<std::logic_error>([&] { recorder.accept(b); }), "trajectories"));
    recorder.accept(batch_of(plan, 0));
    CHECK(says(message_of<std::logic_error>([&] { recorder.accept(batch_of(plan, 0)); }), "came twice"));
    CHECK_THROWS_AS(recorder.finish(), std::logic_error);
}

TEST_CASE("estimates are of the right size") {
    Plan const plan = plan_of(3000, 40);
    Folder const folder;
    record(plan, folder.file());
    double const ratio = estimated_file_bytes(plan) / static_cast<double>(fs::file_size(folder.file()));
    CHECK(ratio > 0.4);
    CHECK(ratio < 2.5);
    CHECK(estimated_recorder_bytes(plan, 8) > estimated_recorder_bytes(plan, 1));
}
