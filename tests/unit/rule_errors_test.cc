// Every mistake a rule file can hold gives one error with its place and a code; all of them in one run.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "rulepack/rulepack.h"

namespace yoran {
namespace {

constexpr const char* kExamples = R"(
[[example]]
text = "people: 12"
value = 12
[[example]]
text = "nothing"
none = true
)";

std::vector<std::string> errors_of(const std::string& path, const std::string& text) {
  std::vector<std::string> found;
  for (const RuleError& error : load_rules(overlay(default_rule_files(), {{path, text}})).errors) {
    found.push_back(error.code + " " + std::to_string(error.at.line) + ":" + std::to_string(error.at.column));
  }
  return found;
}

struct Case {
  const char* name;
  std::string path;
  std::string text;
  std::string expected;  // "code line:column" of the first error; empty: none
};

std::string field(const std::string& keys) {
  return "format = 1\n[field]\nid = \"probe\"\ntype = \"count\"\n" + keys + kExamples;
}

std::string entity(const std::string& pattern) {
  return "format = 1\n[entity]\nid = \"probe\"\ntype = \"date\"\n[[pattern]]\nid = \"p\"\n" + pattern +
         kExamples;
}

TEST(RuleErrors, EachMistakeIsNamedAtItsPlace) {
  const Case cases[] = {
      {"good field", "fields/probe.toml", field("labels = [\"people\"]\n"), ""},
      {"not TOML", "fields/probe.toml", "format = \n", "rule.not-toml 1:10"},
      {"no format", "fields/probe.toml",
       "[field]\nid = \"probe\"\ntype = \"count\"\n" + std::string(kExamples), "rule.missing-key 1:1"},
      {"other format", "fields/probe.toml",
       "format = 2\n[field]\nid = \"probe\"\ntype = \"count\"\n" + std::string(kExamples),
       "rule.bad-value 1:10"},
      {"unknown key", "fields/probe.toml", field("lables = [\"people\"]\n"), "rule.unknown-key 5:1"},
      {"wrong type", "fields/probe.toml", field("labels = 3\n"), "rule.wrong-type 5:10"},
      {"wrong element", "fields/probe.toml", field("labels = [\"a\", 3]\n"), "rule.wrong-type 5:16"},
      {"unknown type", "fields/probe.toml",
       "format = 1\n[field]\nid = \"probe\"\ntype = \"cuont\"\n" + std::string(kExamples),
       "rule.unknown-type 4:8"},
      {"unknown layout", "fields/probe.toml", field("layouts = [\"same_lien\"]\n"),
       "rule.unknown-layout 5:12"},
      {"bad range", "fields/probe.toml", field("range = [5, 1]\n"), "rule.bad-value 5:9"},
      {"bad multiplier", "fields/probe.toml", field("units = { x = \"many\" }\n"), "rule.bad-value 5:11"},
      {"unknown class", "fields/probe.toml", field("not_followed_by = [\"@digits\"]\n"),
       "rule.unknown-class 5:20"},
      {"duplicate id", "fields/probe.toml",
       "format = 1\n[field]\nid = \"population\"\ntype = \"count\"\n" + std::string(kExamples),
       "rule.duplicate-id 2:1"},
      {"no folder", "probe.toml", "format = 1\n", "rule.unknown-folder 1:1"},
      {"no negative example", "fields/probe.toml",
       "format = 1\n[field]\nid = \"probe\"\ntype = \"count\"\n[[example]]\ntext = \"a\"\nvalue = 1\n",
       "rule.no-negative-example 1:1"},
      {"no positive example", "fields/probe.toml",
       "format = 1\n[field]\nid = \"probe\"\ntype = \"count\"\n[[example]]\ntext = \"a\"\nnone = true\n",
       "rule.no-positive-example 1:1"},
      {"refused by RE2", "entities/probe.toml", entity("starts = \"digit\"\nre = '(?P<year>[0-9]+'\n"),
       "rule.bad-pattern 8:6"},
      {"look-ahead", "entities/probe.toml", entity("starts = \"digit\"\nre = '[0-9](?=x)'\n"),
       "rule.bad-pattern 8:6"},
      {"splits characters", "entities/probe.toml", entity("starts = \"digit\"\nre = '[0-9]\\C'\n"),
       "rule.bad-pattern 8:6"},
      {"matches empty", "entities/probe.toml", entity("starts = \"digit\"\nre = '[0-9]*'\n"),
       "rule.matches-empty 8:6"},
      {"wide repeat", "entities/probe.toml", entity("starts = \"digit\"\nre = '[0-9][^x]{4,60}'\n"),
       "rule.wide-repeat 8:6"},
      {"unknown capture", "entities/probe.toml", entity("starts = \"digit\"\nre = '(?P<yaer>[0-9]+)'\n"),
       "rule.unknown-capture 8:6"},
      {"one of several forms", "entities/probe.toml",
       entity("starts = \"digit\"\nre = ['[0-9]+x', '[0-9]+(']\n"), "rule.bad-pattern 8:6"},
      {"trigger inside a match", "entities/probe.toml",
       entity("starts = \"@\"\nback = \"a-z\"\ncapture = \"word\"\nre = '[a-z]@'\n"), "rule.bad-value 9:11"},
      {"unknown name", "entities/probe.toml", entity("starts = \"digit\"\nre = '[0-9]{nobody}'\n"),
       "rule.unknown-name 8:6"},
      {"no trigger", "entities/probe.toml", entity("re = '[0-9]+'\n"), "rule.no-trigger 5:1"},
      {"table not UTF-8", "gazetteer/regions.tsv", "# source: none\nAD\t\t\xFF\n", "rule.invalid-utf8 2:1"},
      {"unknown flag", "entities/probe.toml",
       entity("starts = \"digit\"\nis = [\"nothing\"]\nre = '[0-9]+'\n"), "rule.unknown-flag 8:7"},
  };
  for (const Case& c : cases) {
    const std::vector<std::string> errors = errors_of(c.path, c.text);
    EXPECT_EQ(errors.empty() ? "" : errors.front(), c.expected) << c.name;
  }
}

TEST(RuleErrors, AllInOneRunWithHints) {
  const auto loaded = load_rules(overlay(
      default_rule_files(), {{"fields/probe.toml", field("lables = [\"a\"]\nlayouts = [\"rwo\"]\n")}}));
  ASSERT_EQ(loaded.errors.size(), 2U);
  EXPECT_EQ(loaded.pack, nullptr);
  EXPECT_EQ(loaded.errors[0].to_string(),
            "fields/probe.toml:5:1: error: unknown key 'lables' (did you mean 'labels'?) [rule.unknown-key]");
  EXPECT_EQ(loaded.errors[1].hint, "did you mean 'row'?");
}

}  // namespace
}  // namespace yoran
