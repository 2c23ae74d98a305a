#include "emit/schema.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <random>
#include <regex>
#include <set>

#include "emit/json_writer.h"
#include "emit/schema_check.h"
#include "full_record.h"
#include "validate.h"

namespace yoran {
namespace {

using Json = nlohmann::json;

Json written(Record record, const RulePack& rules, bool evidence = true) {
  static const std::string kText(1000, 'x');
  const LineIndex lines(kText, 0);
  validate(record, rules);
  std::string out;
  WriteOptions options;
  options.evidence = evidence;
  write_record(out, record, rules, &lines, options);
  return Json::parse(out);
}

class SchemaTest : public testing::Test {
 protected:
  const RulePack rules_ = full_rules();
  const SchemaCheck schema_{rules_};
  const Json record_ = written(full_record(), rules_);

  // Every place of the record, outermost first.
  static void collect(const Json& value, const Json::json_pointer& at,
                      std::vector<Json::json_pointer>& places) {
    if (!at.empty()) places.push_back(at);
    if (value.is_object()) {
      for (const auto& [key, member] : value.items()) collect(member, at / key, places);
    } else if (value.is_array()) {
      for (std::size_t i = 0; i < value.size(); ++i) collect(value[i], at / i, places);
    }
  }
  [[nodiscard]] std::vector<Json::json_pointer> places() const {
    std::vector<Json::json_pointer> all;
    collect(record_, Json::json_pointer(), all);
    return all;
  }
};

TEST_F(SchemaTest, AcceptsTheFullRecord) { EXPECT_EQ(schema_.fault(record_), ""); }

TEST_F(SchemaTest, AcceptsItWithoutEvidenceByTheOtherSchema) {
  const Json record = written(full_record(), rules_, false);
  EXPECT_EQ(SchemaCheck(rules_, false).fault(record), "");
  EXPECT_NE(schema_.fault(record), "");
  EXPECT_NE(SchemaCheck(rules_, false).fault(record_), "");
}

// Members that say something only when they are there: dropping one leaves a record that is valid and says
// less.
bool may_be_absent(const Json::json_pointer& place) {
  static const std::set<std::string> kOptional = {"hint",
                                                  "at",
                                                  "rule",
                                                  "label",
                                                  "spans",
                                                  "stated",
                                                  "multiplier",
                                                  "approximate",
                                                  "bound",
                                                  "of",
                                                  "others",
                                                  "kind",
                                                  "title",
                                                  "local_government_code",
                                                  "fiscal_year",
                                                  "calendar",
                                                  "extension",
                                                  "ascii",
                                                  "country",
                                                  "postal_code",
                                                  "prefecture",
                                                  "region",
                                                  "city_and_county",
                                                  "locality",
                                                  "street_address",
                                                  "city_block",
                                                  "building_name_etc",
                                                  "care_of",
                                                  "po_box",
                                                  "organization",
                                                  "section",
                                                  "unit"};
  const std::string text = place.to_string();
  const std::string key = place.back();
  if (key == "unit") return text.find("/stated/") != std::string::npos;
  if (key == "rule") return text.find("/diagnostics/") == 0;
  if (key == "stated") return text.find("/phones/") == std::string::npos;  // digits instead of a number
  if (key == "kind")
    return text.find("/subject/") == std::string::npos && text.find("/phones/") == std::string::npos;
  if (key == "assumed") return text.find("/area/") != std::string::npos;  // ambiguous by its alternatives
  return text.find("/fields/") == 0 && place.parent_pointer().to_string() == "/fields"
             ? true
             : kOptional.contains(key);
}

TEST_F(SchemaTest, DroppingAKeyFails) {
  for (const auto& place : places()) {
    if (!record_.at(place.parent_pointer()).is_object()) continue;
    Json mutant = record_;
    mutant.at(place.parent_pointer()).erase(place.back());
    EXPECT_EQ(schema_.fault(mutant).empty(), may_be_absent(place)) << place.to_string();
  }
}

TEST_F(SchemaTest, RetypingAnythingFails) {
  for (const auto& place : places()) {
    for (const Json& wrong :
         {Json(nullptr), Json(true), Json(-1.5), Json(""), Json::array({1}), Json{{"a", 1}}}) {
      const Json& right = record_.at(place);
      const std::string text = place.to_string();
      // The right type after all, and a value that is allowed there.
      if (right.is_boolean() && wrong.is_boolean()) continue;
      if (wrong.is_null() && text.ends_with("/stated/unit")) continue;
      if (wrong == "" && text == "/source/name") continue;
      if (wrong.is_number() && (text.ends_with("/area/value") || text.ends_with("/density/value")) &&
          !right.is_string())
        continue;
      if (wrong.is_number() && text.find("/alternatives/") != std::string::npos &&
          text.find("/area/") != std::string::npos)
        continue;
      if (wrong.is_array() && text == "/fields/area/alternatives") continue;
      Json mutant = record_;
      mutant[place] = wrong;
      EXPECT_NE(schema_.fault(mutant), "") << text << " = " << wrong.dump();
    }
  }
}

TEST_F(SchemaTest, AnUnknownKeyFails) {
  for (const auto& place : places()) {
    if (!record_.at(place).is_object()) continue;
    Json mutant = record_;
    mutant[place]["surprise"] = 1;
    EXPECT_NE(schema_.fault(mutant), "") << place.to_string();
  }
}

TEST_F(SchemaTest, RefusesWrongValues) {
  const std::pair<const char*, Json> cases[] = {
      {"/schema", "yoran.record/2"},
      {"/id", "b#1"},
      {"/fields/population/value", 0},
      {"/fields/population/value", 2'000'000'001},
      {"/fields/population/value", 1.5},
      {"/fields/population/unit", "{household}"},
      {"/fields/population/as_of", "2020-13"},
      {"/fields/area/certainty", "stated"},
      {"/fields/established/kind", "other"},
      {"/fields/dates/0/value", "2020-1-1"},
      {"/fields/addresses/0/postal_code", "100-0001"},
      {"/fields/addresses/0/country", "jp"},
      {"/fields/addresses/0/match_level", 4},
      {"/fields/phones/0/value", "03-1234-5678"},
      {"/fields/phones/0/stated", "both"},
      {"/fields/urls/0/value", "www.example.org"},
      {"/fields/emails/0/value", "nobody"},
      {"/fields/phones", Json::array()},
  };
  for (const auto& [place, value] : cases) {
    Json mutant = record_;
    mutant[Json::json_pointer(place)] = value;
    EXPECT_NE(schema_.fault(mutant), "") << place << " = " << value.dump();
  }
}

TEST_F(SchemaTest, ReportsThePlace) {
  Json mutant = record_;
  mutant["fields"]["area"]["unit"] = "m2";
  EXPECT_EQ(schema_.fault(mutant).substr(0, 17), "/fields/area/unit");
  EXPECT_EQ(schema_.fault(std::string_view("{")), "/: not JSON");
}

TEST_F(SchemaTest, PatternsAreShortAsciiAndAnchored) {
  const Json schema = Json::parse(record_schema(rules_));
  std::vector<Json::json_pointer> places;
  collect(schema, Json::json_pointer(), places);
  std::size_t patterns = 0;
  for (const auto& place : places) {
    if (place.back() != "pattern" || !schema.at(place).is_string()) continue;
    const std::string pattern = schema.at(place);
    ++patterns;
    EXPECT_TRUE(pattern.starts_with('^') && pattern.size() < 600) << pattern;
    EXPECT_TRUE(std::all_of(pattern.begin(), pattern.end(), [](char c) { return c >= 0x20 && c < 0x7F; }))
        << pattern;
    EXPECT_NO_THROW(std::regex{pattern}) << pattern;
  }
  EXPECT_GT(patterns, 20U);
}

// What the compiled check accepts the schema's pattern accepts, and what the pattern accepts is refused only
// for a day that does not exist.
TEST_F(SchemaTest, DatesAreCheckedAlike) {
  const Json schema = Json::parse(record_schema(rules_));
  const std::regex pattern(schema.at("/definitions/edtf/pattern"_json_pointer).get<std::string>());
  const std::vector<std::string> seeds = {"2020-01-01",      "2020-10",   "2018",        "198X",    "17XX",
                                          "2016-21",         "2015/2020", "2016/..",     "../1999", "1922~",
                                          "XXXX-10-01",      "XXXX-10",   "-0044-03-15", "2016-33", "2016-41",
                                          "2025-04/2026-03", "0000",      "2020?",       "2020%"};
  for (const std::string& seed : seeds) {
    EXPECT_TRUE(is_edtf(seed)) << seed;
    EXPECT_TRUE(std::regex_search(seed, pattern)) << seed;
  }
  std::mt19937 random(3);
  constexpr std::string_view kLetters = "0123456789-/X.~?";
  for (int i = 0; i < 40'000; ++i) {
    std::string text = seeds[random() % seeds.size()];
    for (std::size_t n = 1 + random() % 3; n > 0; --n) {
      const std::size_t at = random() % (text.size() + 1);
      if (random() % 3 == 0 && at < text.size())
        text.erase(at, 1);
      else if (at < text.size())
        text[at] = kLetters[random() % kLetters.size()];
      else
        text += kLetters[random() % kLetters.size()];
    }
    const bool matches = std::regex_search(text, pattern);
    if (is_edtf(text)) {
      EXPECT_TRUE(matches) << text;
    } else if (matches) {
      const bool no_such_day =
          text.find("-29") != std::string::npos || text.find("-30") != std::string::npos ||
          text.find("-31") != std::string::npos || text.find("-0000") != std::string::npos;
      EXPECT_TRUE(no_such_day) << text;
    }
  }
}

}  // namespace
}  // namespace yoran
