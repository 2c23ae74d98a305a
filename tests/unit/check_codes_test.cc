// Every diagnostic that a stage can give about a document has a check that takes it, or is named here with
// the reason why none does.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "pipeline.h"
#include "rulepack/check_rules.h"

namespace yoran {
namespace {

namespace fs = std::filesystem;

// Stages and what they are made of; rules and the command line have faults of their own, which are not of
// documents.
constexpr const char* kStages[] = {"read",        "interpret",    "link",       "select.cc",
                                   "validate.cc", "recognize.cc", "pipeline.cc"};

// code -> why no check takes it.
const std::map<std::string, const char*> kNotChecked = {
    {"read.empty", "no fault of its own; field.required demands fields"},
    {"read.binary", "the input is rejected with it"},
    {"read.too-large", "the input is rejected with it"},
    {"recognize.too-many-mentions", "a limit of the run"},
    {"select.nothing-found", "no fault of its own; field.required demands fields"},
    {"*.conflict", "figure.conflict judges the claims themselves, with tolerances"},
};

// What is written like a code: ends of names of files and hosts.
const std::set<std::string> kNoCodes = {"*.xhtml", "*.markdown", "*.invalid"};

std::string text_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

void add_codes(const fs::path& path, std::set<std::string>& codes) {
  static const RE2 kCode(R"re("([a-z]*\.[a-z][a-z-]{4,})")re");
  const std::string text = text_of(path);
  re2::StringPiece rest(text);
  std::string code;
  while (RE2::FindAndConsume(&rest, kCode, &code)) {
    if (code.front() == '.') code.insert(0, "*");
    if (!kNoCodes.contains(code)) codes.insert(code);
  }
}

std::set<std::string> codes_of_stages() {
  std::set<std::string> codes;
  for (const char* stage : kStages) {
    const fs::path path = fs::path("pipeline") / stage;
    if (!fs::is_directory(path)) {
      add_codes(path, codes);
      continue;
    }
    for (const auto& entry : fs::recursive_directory_iterator(path)) add_codes(entry.path(), codes);
  }
  return codes;
}

// Whether one of two sets of codes has what the other asks for; a field's id may stand before either.
bool has(const std::set<std::string>& codes, const std::string& wanted) {
  return codes.contains(wanted) || std::any_of(codes.begin(), codes.end(), [&](const std::string& code) {
           return takes_code(wanted, code) || (code.starts_with('*') && takes_code(code, wanted));
         });
}

TEST(CheckCodesTest, EveryCodeOfAStageHasACheck) {
  const LoadedRules loaded = load_rules(default_rule_files());
  std::set<std::string> taken;
  for (const CheckRule& check : loaded.pack->checks) {
    if (check.kind == CheckKind::stage) taken.insert(check.codes.begin(), check.codes.end());
  }
  const std::set<std::string> said = codes_of_stages();
  for (const std::string& code : said) EXPECT_TRUE(has(taken, code) || kNotChecked.contains(code)) << code;
  for (const std::string& code : taken) EXPECT_TRUE(has(said, code)) << code;
  for (const auto& [code, why] : kNotChecked) EXPECT_TRUE(said.contains(code)) << code << ": " << why;
}

}  // namespace
}  // namespace yoran
