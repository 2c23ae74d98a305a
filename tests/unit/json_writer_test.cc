#include "emit/json_writer.h"

#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <random>

#include "full_record.h"
#include "validate.h"

namespace yoran {
namespace {

using Json = nlohmann::ordered_json;

const std::string kLines(1000, 'x');

std::string written(const Record& record, const WriteOptions& options = {}) {
  const RulePack rules = full_rules();
  const LineIndex lines(kLines, 0);
  Record valid = record;
  validate(valid, rules);
  std::string out;
  write_record(out, valid, rules, &lines, options);
  return out;
}

TEST(JsonWriter, WritesTheContract) {
  const Json json = Json::parse(written(full_record()));
  const Json expected = Json::parse(R"json({
    "schema": "yoran.record/1",
    "id": "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb#1",
    "generator": {"name": "yoran", "version": "0.1.0",
      "rules_sha256": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"},
    "source": {"name": "full.txt", "sha256": "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
      "bytes": 1000, "media_type": "text/plain", "charset": "UTF-8", "part": 1, "parts": 2},
    "languages": ["ja", "en"],
    "fields": {
      "subject": {"value": "Leeds", "kind": "city", "local_government_code": "131016", "certainty": "stated",
        "evidence": {"text": "Leeds", "start": 10, "end": 15, "line": 2, "column": 1, "rule": "subject/title"}},
      "head": {"value": "A. Person", "title": "Mayor", "certainty": "stated",
        "evidence": {"text": "A. Person", "start": 20, "end": 29, "line": 3, "column": 1, "rule": "head/same_line"}},
      "population": {"value": 939000, "unit": "{person}", "stated": {"value": "93.9", "multiplier": 10000},
        "approximate": true, "bound": "min", "as_of": "2020-01-01",
        "as_of_evidence": {"text": "2020-01-01", "start": 90, "end": 100, "line": 10, "column": 1},
        "certainty": "stated",
        "evidence": {"text": "939", "start": 100, "end": 103, "line": 11, "column": 1, "spans": [[100, 101], [102, 103]],
          "rule": "population/row", "label": {"text": "Population", "start": 80, "end": 90}},
        "others": [{"value": 8120, "unit": "{person}", "of": "East \"Ward\"", "certainty": "stated",
          "evidence": {"text": "8,120", "start": 200, "end": 205, "line": 21, "column": 1, "rule": "population/row"}}]},
      "area": {"value": 120.5, "unit": "km2", "stated": {"value": "120.50", "unit": null}, "assumed": ["unit"],
        "alternatives": [{"value": 12050, "unit": "har"}, 7], "certainty": "ambiguous",
        "evidence": {"text": "120.50", "start": 300, "end": 306, "line": 31, "column": 1, "rule": "area/next_line"}},
      "density": {"value": 7792.531, "unit": "{person}/km2", "certainty": "stated",
        "evidence": {"text": "7,792.531", "start": 320, "end": 329, "line": 33, "column": 1, "rule": "density/row"}},
      "established": {"value": "1954-04-01", "kind": "municipal", "certainty": "stated",
        "evidence": {"text": "1954-04-01", "start": 340, "end": 350, "line": 35, "column": 1, "rule": "established/row"}},
      "dates": [
        {"value": "2025-04/2026-03", "fiscal_year": 2025, "calendar": {"era": "reiwa", "year": 7}, "certainty": "stated",
          "evidence": {"text": "FY2025", "start": 400, "end": 406, "line": 41, "column": 1, "rule": "date/fiscal"}},
        {"value": "2020-01-02", "bound": "min", "alternatives": ["2020-02-01"], "certainty": "ambiguous",
          "evidence": {"text": "1/2/2020", "start": 420, "end": 428, "line": 43, "column": 1, "rule": "date/slashes"}}],
      "addresses": [{"country": "JP", "postal_code": "1000001", "prefecture": "prefecture", "region": "region",
        "city_and_county": "city", "locality": "locality", "street_address": "street", "city_block": "1-1",
        "building_name_etc": "building", "care_of": "care of", "po_box": "P.O. Box 1", "organization": "organization",
        "local_government_code": "131016", "match_level": 8, "label": "label", "section": "section", "kind": "postal",
        "full_address": "prefecture city street 1-1", "assumed": ["prefecture"], "certainty": "inferred",
        "evidence": {"text": "100-0001 ...", "start": 500, "end": 512, "line": 51, "column": 1, "rule": "addresses/mention"}}],
      "phones": [
        {"value": "+81312345678", "kind": "fax", "extension": "123", "certainty": "stated",
          "evidence": {"text": "03-1234-5678", "start": 600, "end": 612, "line": 61, "column": 1, "rule": "phone/groups"}},
        {"kind": "voice", "stated": "12-3456", "certainty": "stated",
          "evidence": {"text": "12-3456", "start": 620, "end": 627, "line": 63, "column": 1, "rule": "phone/groups"}}],
      "urls": [{"value": "http://xn--r8jz45g.example/", "ascii": "http://xn--r8jz45g.example/", "assumed": ["scheme"],
        "certainty": "inferred",
        "evidence": {"text": "www", "start": 700, "end": 703, "line": 71, "column": 1, "rule": "url/bare"}}],
      "emails": [{"value": "a@example.org", "certainty": "stated",
        "evidence": {"text": "a@example.org", "start": 720, "end": 733, "line": 73, "column": 1, "rule": "email/address"}}],
      "motto": {"value": "Onwards", "certainty": "stated",
        "evidence": {"text": "Onwards", "start": 740, "end": 747, "line": 75, "column": 1, "rule": "motto/row"}}
    },
    "diagnostics": [{"severity": "warning", "code": "area.unit-assumed", "message": "no unit\tis printed",
      "at": {"start": 300, "end": 306, "line": 1, "column": 301}, "rule": "area/next_line", "hint": "look again"}]
  })json");
  EXPECT_EQ(json.dump(1), expected.dump(1));  // the order of the keys too
}

TEST(JsonWriter, ReadsBackTheSame) {
  const std::string text = written(full_record());
  EXPECT_EQ(Json::parse(text).dump(), text);
  EXPECT_EQ(Json::parse(indented(text)).dump(), text);
}

TEST(JsonWriter, LeavesOutEvidenceAndFields) {
  WriteOptions options;
  options.evidence = false;
  options.fields = {"area", "phones"};
  const std::string text = written(full_record(), options);
  EXPECT_EQ(text.find("evidence"), std::string::npos);
  const Json fields = Json::parse(text).at("fields");
  EXPECT_EQ(fields.size(), 2U);
  EXPECT_TRUE(fields.contains("area") && fields.contains("phones"));
}

TEST(JsonWriter, ReplacesBadBytesOfFileNames) {
  Record record = full_record();
  record.source.name =
      "a\xFF"
      "b";
  EXPECT_EQ(Json::parse(written(record)).at("source").at("name"),
            "a\xEF\xBF\xBD"
            "b");
}

std::string number_text(double number) {
  std::string out;
  append_json(out, number);
  return out;
}

TEST(JsonWriter, WritesNumbersShort) {
  const std::pair<double, const char*> cases[] = {{0, "0"},          {-0.5, "-0.5"},
                                                  {120.5, "120.5"},  {13960000, "13960000"},
                                                  {0.57, "0.57"},    {1e20, "100000000000000000000"},
                                                  {1e22, "1e+22"},   {1e-9, "1e-09"},
                                                  {491.95, "491.95"}};
  for (const auto& [number, text] : cases) EXPECT_EQ(number_text(number), text);
}

TEST(JsonWriter, NumbersReadBackExactly) {
  std::mt19937_64 random(7);
  for (int i = 0; i < 20'000; ++i) {
    const double number =
        std::ldexp(static_cast<double>(random() % (1ULL << 53U)), static_cast<int>(random() % 160) - 100);
    EXPECT_EQ(Json::parse(number_text(number)).get<double>(), number);
  }
}

TEST(JsonWriter, StringsReadBackExactly) {
  std::mt19937 random(7);
  const std::vector<std::string> pieces = {"a",    "\"", "\\", "\n",           std::string(1, '\0'), "\x1f",
                                           "\x7f", "\t", "/",  "\xE4\xBA\xBA", "\xF0\x9F\x98\x80"};
  for (int i = 0; i < 5'000; ++i) {
    std::string text;
    for (std::size_t n = random() % 12; n > 0; --n) text += pieces[random() % pieces.size()];
    std::string out;
    append_json(out, std::string_view(text));
    ASSERT_EQ(Json::parse(out).get<std::string>(), text);
  }
}

TEST(JsonWriter, Mentions) {
  MentionClaim number{"number", number_of(12'050, -2), "", {}, {}, evidence_at(1, "120.50", "number")};
  MentionClaim quantity{"quantity", Quantity{number_of(5), 1},   "har",
                        {},         {Quantity{number_of(5), 0}}, evidence_at(9, "5 ha", "number")};
  Date date = day_of(2020, 10, 1);
  date.assumed_year = true;
  MentionClaim day{"date", date, "", {}, {}, evidence_at(20, "10/1", "date/day")};
  Phone cut;
  cut.stated = "123";
  MentionClaim phone{"phone", cut, "", {}, {}, evidence_at(30, "123", "phone/bare")};
  MentionClaim address{
      "address", Value(*address_in(address_claim().value)), "", {}, {}, evidence_at(40, "x", "address")};
  std::string out;
  write_mentions(out, {number, quantity, day, phone, address}, full_rules());
  const Json json = Json::parse(out);
  EXPECT_EQ(json[0].at("value"), 120.5);
  EXPECT_EQ(json[1].at("value"), 5);
  EXPECT_EQ(json[1].at("unit"), "har");
  EXPECT_EQ(json[1].at("alternatives"), Json::parse(R"([{"value":5,"unit":"km2"}])"));
  EXPECT_EQ(json[2].at("assumed"), Json::parse(R"(["year"])"));
  EXPECT_FALSE(json[3].contains("value"));
  EXPECT_EQ(json[3].at("stated"), "123");
  EXPECT_EQ(json[4].at("value").at("postal_code"), "1000001");
}

}  // namespace
}  // namespace yoran
