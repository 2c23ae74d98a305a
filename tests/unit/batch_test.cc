// Parts of a batch output: what they are called, when one is full, what is kept of earlier runs.
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "app/batch/part_files.h"
#include "app/batch/tally.h"
#include "app/batch/worker_pool.h"
#include "app/command_line.h"
#include "app/input/input.h"
#include "app/input/zstd_file.h"

namespace yoran {
namespace {

namespace fs = std::filesystem;

class TemporaryFolder {
 public:
  TemporaryFolder()  // tests run side by side
      : path_(fs::temp_directory_path() / ("yoran-batch-test-" + std::to_string(::getpid()))) {
    fs::remove_all(path_);
  }
  ~TemporaryFolder() { fs::remove_all(path_); }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  [[nodiscard]] std::string operator/(const char* name) const { return (path_ / name).string(); }
  // "name=content" of the files, sorted.
  [[nodiscard]] std::string contents(const std::string& folder) const {
    std::vector<std::string> files;
    for (const auto& entry : fs::directory_iterator(folder)) {
      std::ostringstream text;
      text << std::ifstream(entry.path(), std::ios::binary).rdbuf();
      files.push_back(entry.path().filename().string() + "=" + text.str());
    }
    std::sort(files.begin(), files.end());
    std::string out;
    for (const std::string& file : files) out += file + " ";
    return out;
  }

 private:
  fs::path path_;
};

void write(PartFiles& parts, const std::string& text, std::uint64_t records) {
  if (parts.is_full_for(text.size(), records)) parts.close();
  parts.write(text, records);
}

// A batch holds many of them at once.
TEST(ReadInput, TakesNoMoreMemoryThanTheFileNeeds) {
  const TemporaryFolder folder;
  fs::create_directories(folder / "");
  for (const std::size_t size : {std::size_t{0}, std::size_t{200}, std::size_t{5000}, std::size_t{400'000}}) {
    std::ofstream(folder / "file", std::ios::binary) << std::string(size, 'x');
    const InputBytes input = read_input(folder / "file", 1U << 20U);
    EXPECT_EQ(input.bytes, std::string(size, 'x'));
    EXPECT_LE(input.bytes.capacity(), 2 * size + 64) << size;
  }
}

struct PartCase {
  const char* name;
  std::uint64_t max_records;
  std::uint64_t max_bytes;
  std::vector<const char*> records;  // of each input, a character for each record
  const char* files;
};

TEST(PartFilesTest, WhenAPartIsFull) {
  const std::uint64_t most = 1000;
  const PartCase cases[] = {
      {"nothing", 2, most, {}, "part-00000.jsonl= "},
      {"one part", 2, most, {"a", "b"}, "part-00000.jsonl=ab "},
      {"by records", 2, most, {"a", "b", "c"}, "part-00000.jsonl=ab part-00001.jsonl=c "},
      {"an input is not divided", 2, most, {"a", "bc"}, "part-00000.jsonl=a part-00001.jsonl=bc "},
      {"one larger than a part",
       2,
       most,
       {"a", "bcde", "f"},
       "part-00000.jsonl=a part-00001.jsonl=bcde part-00002.jsonl=f "},
      {"inputs without records", 1, most, {"", "a", "", "b", ""}, "part-00000.jsonl=a part-00001.jsonl=b "},
      {"by bytes", most, 3, {"ab", "c", "d"}, "part-00000.jsonl=abc part-00001.jsonl=d "},
  };
  for (const PartCase& test : cases) {
    SCOPED_TRACE(test.name);
    const TemporaryFolder folder;
    PartOptions options{folder / "out", true};
    options.max_records = test.max_records;
    options.max_bytes = test.max_bytes;
    PartFiles parts(options);
    parts.prepare();
    parts.begin();
    for (const std::string records : test.records) write(parts, records, records.size());
    parts.finish();
    EXPECT_EQ(folder.contents(folder / "out"), test.files);
  }
}

struct ResumeCase {
  const char* name;
  bool finished;  // the run before was through
  PartFiles::Position position;
  std::vector<const char*> records;
  const char* files;
};

// What was there before: ab | cd | e, two records in a part.
TEST(PartFilesTest, GoesOnFromAnyPosition) {
  const ResumeCase cases[] = {
      {"from the end",
       false,
       {2, 1, 1},
       {"f"},
       "part-00000.jsonl=ab part-00001.jsonl=cd part-00002.jsonl=ef "},
      {"back into the last part",
       false,
       {2, 0, 0},
       {"x"},
       "part-00000.jsonl=ab part-00001.jsonl=cd part-00002.jsonl=x "},
      {"at the end of a part",
       false,
       {1, 2, 2},
       {"x"},
       "part-00000.jsonl=ab part-00001.jsonl=cd part-00002.jsonl=x "},
      {"back into a part that has its name",
       false,
       {1, 1, 1},
       {"x", "y"},
       "part-00000.jsonl=ab part-00001.jsonl=cx part-00002.jsonl=y "},
      {"from the beginning", false, {0, 0, 0}, {"x"}, "part-00000.jsonl=x "},
      {"nothing more", true, {2, 1, 1}, {}, "part-00000.jsonl=ab part-00001.jsonl=cd part-00002.jsonl=e "},
      {"more behind a run that was through",
       true,
       {2, 1, 1},
       {"f"},
       "part-00000.jsonl=ab part-00001.jsonl=cd part-00002.jsonl=e part-00003.jsonl=f "},
  };
  for (const ResumeCase& test : cases) {
    SCOPED_TRACE(test.name);
    const TemporaryFolder folder;
    PartOptions options{folder / "out", true};
    options.max_records = 2;
    {
      PartFiles parts(options);
      parts.prepare();
      parts.begin();
      for (const char* record : {"a", "b", "c", "d", "e"}) write(parts, record, 1);
      parts.flush();
      if (test.finished) parts.finish();
    }
    PartFiles parts(options);
    EXPECT_GE(parts.available(test.position.part), test.position.bytes);
    parts.resume(test.position);
    for (const char* record : test.records) write(parts, record, 1);
    parts.finish();
    EXPECT_EQ(folder.contents(folder / "out"), test.files);
  }
}

TEST(PartFilesTest, FoldersOfOthersAreLeftAlone) {
  const TemporaryFolder folder;
  fs::create_directories(folder / "out");
  std::ofstream(folder / "out/thesis.txt") << "x";
  PartFiles parts({folder / "out", true});
  EXPECT_THROW(parts.prepare(), UsageError);
  EXPECT_EQ(folder.contents(folder / "out"), "thesis.txt=x ");
}

TEST(ZstdFileTest, ThereAndBack) {
  const TemporaryFolder folder;
  fs::create_directories(folder / "out");
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += std::to_string(i * 7919);
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, text.size()}) {
    std::ofstream(folder / "out/a", std::ios::binary) << text.substr(0, size);
    compress_file(folder / "out/a", folder / "out/b");
    EXPECT_EQ(zstd_content_size(folder / "out/b"), size);
    for (const std::size_t limit : {size, size / 2}) {
      decompress_file(folder / "out/b", folder / "out/c", limit);
      std::ostringstream found;
      found << std::ifstream(folder / "out/c", std::ios::binary).rdbuf();
      EXPECT_TRUE(found.str() == text.substr(0, limit)) << size << " " << limit;
    }
  }
  EXPECT_EQ(zstd_content_size(folder / "out/a"), 0U);
}

TEST(WorkerPoolTest, ThreadsThatThrowEndTheRun) {
  for (const std::size_t jobs : {1, 4}) {
    const auto work = [](std::size_t i) { return i == 50 ? throw std::runtime_error("x") : i; };
    std::size_t taken = 0;
    EXPECT_THROW(run_in_order(1000, jobs, work, [&](std::size_t) { ++taken; }), std::runtime_error);
    EXPECT_LE(taken, 1000U);
  }
}

TEST(WorkerPoolTest, ThreadsKeepTheOrderAndTheBound) {
  std::atomic<std::size_t> ahead = 0;
  std::atomic<std::size_t> most = 0;
  std::size_t next = 0;
  const auto work = [&](std::size_t i) {
    const std::size_t now = ++ahead;
    for (std::size_t before = most; now > before && !most.compare_exchange_weak(before, now);) continue;
    return i;
  };
  run_in_order(5000, 4, work, [&](std::size_t i) {
    --ahead;
    EXPECT_EQ(i, next++);
  });
  EXPECT_EQ(next, 5000U);
  EXPECT_LE(most, 4U * 64U + 4U);
}

TEST(TallyTest, AddsUp) {
  Tally tally;
  tally.add({.name = "a", .bytes = 10, .outcome = "ok", .records = 2, .milliseconds = 5});
  tally.add({.name = "z!b", .bytes = 7, .outcome = "rejected", .reason = "read.binary", .member = 1});
  tally.add({.name = "z", .bytes = 99, .outcome = "partial", .reason = "archive.damaged", .members = 1});
  tally.add({.name = "c", .outcome = "rejected", .reason = "read.binary", .milliseconds = 70});
  EXPECT_EQ(tally.as_text(),
            "4 inputs: 2 records, 1 ok, 1 partial, 2 rejected\n"
            "  reasons: 2 read.binary, 1 archive.damaged\n"
            "  slowest: c (70 ms), a (5 ms)\n");
  EXPECT_EQ(tally.bytes(), 17U);
  EXPECT_EQ(tally.own_inputs(), 3U);
  EXPECT_EQ(tally.times()[0] + tally.times()[1] + tally.times()[2], 4U);
}

}  // namespace
}  // namespace yoran
