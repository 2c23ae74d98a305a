// Every sample: its records are those of <document>.expected.jsonl, they are valid, and they meet the facts
// that a reader wrote by hand, but for the gaps listed in known_gaps.txt. scripts/update_goldens rewrites the
// expected ones.
#include <gtest/gtest.h>

#include <map>
#include <sstream>

#include "emit/json_writer.h"
#include "emit/schema_check.h"
#include "facts.h"
#include "pipeline.h"
#include "samples.h"

namespace yoran {
namespace {

using Json = nlohmann::json;

// The digest of the rules changes with every comment in a rule file; golden records have zeros in its place.
std::string without_digest(std::string record) {
  const std::string& digest = default_rules().sha256;
  const std::size_t at = record.find(digest);
  return at == std::string::npos ? record : record.replace(at, digest.size(), digest.size(), '0');
}

std::vector<std::string> records_of(const std::string& document) {
  const std::string bytes = read_file(document);
  ExtractOptions options;
  options.name = document;
  const Extraction result = extract(bytes, options, default_rules());
  std::vector<std::string> records;
  for (const Record& record : result.records) {
    std::string json;
    write_record(json, record, default_rules(), &result.document->lines);
    records.push_back(without_digest(std::move(json)));
  }
  return records;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

// Lines of "<document> <path into the facts> <reason>", documents without samples/; # begins a comment.
std::map<std::string, std::string> known_gaps(const std::string& document) {
  std::map<std::string, std::string> gaps;
  for (const std::string& line : lines_of(read_file("tests/golden/known_gaps.txt"))) {
    if (line.empty() || line[0] == '#') continue;
    std::istringstream in(line);
    std::string sample;
    std::string path;
    std::string reason;
    in >> sample >> path >> std::ws;
    std::getline(in, reason);
    EXPECT_TRUE(std::filesystem::exists("samples/" + sample)) << line;
    EXPECT_FALSE(reason.empty()) << "a gap needs a reason: " << line;
    if ("samples/" + sample == document) gaps[path] = reason;
  }
  return gaps;
}

class Golden : public testing::TestWithParam<std::string> {};

TEST_P(Golden, RecordsAreAsExpected) {
  const std::string golden = GetParam() + ".expected.jsonl";
  const std::vector<std::string> expected = lines_of(read_file(golden));
  const std::vector<std::string> found = records_of(GetParam());
  EXPECT_EQ(expected.size(), found.size());
  for (std::size_t i = 0; i < std::min(expected.size(), found.size()); ++i) {
    if (expected[i] == found[i]) continue;
    ADD_FAILURE() << golden << ":" << i + 1 << ": not as expected; JSON patch:\n"
                  << Json::diff(Json::parse(expected[i]), Json::parse(found[i])).dump(2)
                  << "\nscripts/update_goldens rewrites it, if the new record is right";
  }
}

TEST_P(Golden, RecordsAreValid) {
  static const SchemaCheck kSchema(default_rules());
  for (const std::string& record : records_of(GetParam()))
    EXPECT_EQ(kSchema.fault(std::string_view(record)), "");
}

TEST_P(Golden, FactsHold) {
  std::vector<Json> records;
  for (const std::string& record : records_of(GetParam())) records.push_back(Json::parse(record));
  std::map<std::string, std::string> known = known_gaps(GetParam());
  std::set<std::string> seen;
  for (const Gap& gap : compare_with_facts(Json::parse(read_file(GetParam() + ".facts.json")), records)) {
    seen.insert(gap.path);
    if (!known.contains(gap.path)) {
      ADD_FAILURE() << GetParam().substr(GetParam().find('/') + 1) << " " << gap.path << "  " << gap.message;
    }
  }
  for (const auto& [path, reason] : known) {
    EXPECT_TRUE(seen.contains(path)) << "the gap is closed, remove it from known_gaps.txt: " << path << " "
                                     << reason;
  }
}

INSTANTIATE_TEST_SUITE_P(Samples, Golden, testing::ValuesIn(sample_documents()),
                         [](const auto& sample) { return test_name(sample.param); });

TEST(Samples, AreEnoughAndComplete) {
  EXPECT_GE(sample_documents().size(), 24U);
  for (const auto& entry : std::filesystem::recursive_directory_iterator("samples")) {
    const std::string path = entry.path().generic_string();
    for (const std::string ending : {".facts.json", ".expected.jsonl"}) {
      if (!path.ends_with(ending)) continue;
      EXPECT_TRUE(std::filesystem::exists(path.substr(0, path.size() - ending.size()))) << path;
    }
  }
}

}  // namespace
}  // namespace yoran
