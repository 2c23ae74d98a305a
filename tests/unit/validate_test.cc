#include "validate.h"

#include <gtest/gtest.h>

#include <functional>
#include <limits>
#include <nlohmann/json.hpp>

#include "emit/json_writer.h"
#include "emit/schema_check.h"
#include "full_record.h"

namespace yoran {
namespace {

Field& field_in(Record& record, const std::string& id) {
  return *std::find_if(record.fields.begin(), record.fields.end(),
                       [&](const Field& field) { return field.id == id; });
}

Claim& first_in(Record& record, const std::string& id) { return field_in(record, id).claims.front(); }

bool has(const Record& record, const std::string& id) {
  return std::any_of(record.fields.begin(), record.fields.end(),
                     [&](const Field& field) { return field.id == id; });
}

std::vector<std::string> codes(const Record& record) {
  std::vector<std::string> all;
  for (const Diagnostic& diagnostic : record.diagnostics) all.push_back(diagnostic.code);
  return all;
}

bool says(const Record& record, const std::string& code) {
  const std::vector<std::string> all = codes(record);
  return std::find(all.begin(), all.end(), code) != all.end();
}

TEST(Validate, LeavesAGoodRecordAlone) {
  Record record = full_record();
  validate(record, full_rules());
  EXPECT_EQ(record.fields.size(), 12U);
  EXPECT_EQ(codes(record), std::vector<std::string>{"area.unit-assumed"});
}

// Whatever is wrong with a claim: what is written after validate() is valid by the schema.
struct Damage {
  const char* name;
  std::function<void(Record&)> apply;
};

const Damage kDamages[] = {
    {"NoEvidence", [](Record& r) { first_in(r, "area").evidence = {}; }},
    {"EvidenceOutside",
     [](Record& r) {
       first_in(r, "area").evidence.span = {990, 1001};
     }},
    {"EvidenceBackwards",
     [](Record& r) {
       first_in(r, "area").evidence.span = {20, 10};
     }},
    {"PieceOutside",
     [](Record& r) {
       first_in(r, "area").evidence.spans = {{1, 2000}};
     }},
    {"LabelOutside",
     [](Record& r) {
       first_in(r, "population").evidence.label_span = {1, 2000};
     }},
    {"NoPlace",
     [](Record& r) {
       first_in(r, "head").evidence.at = {0, 0};
     }},
    {"NoRule", [](Record& r) { first_in(r, "head").evidence.rule.clear(); }},
    {"BadUtf8", [](Record& r) { first_in(r, "head").evidence.text = "\xE4\xBA"; }},
    {"BadUtf8InName",
     [](Record& r) {
       first_in(r, "head").value = Name{"\xFF", "", "", ""};
     }},
    {"NoName",
     [](Record& r) {
       first_in(r, "subject").value = Name{"", "city", "", ""};
     }},
    {"UnknownSubjectKind",
     [](Record& r) {
       first_in(r, "subject").value = Name{"X", "planet", "", ""};
     }},
    {"NoValue", [](Record& r) { first_in(r, "population").value = {}; }},
    {"OtherType", [](Record& r) { first_in(r, "population").value = Email{"a@b.c"}; }},
    {"Fraction", [](Record& r) { first_in(r, "population").amount = 1.5; }},
    {"Negative", [](Record& r) { first_in(r, "population").amount = -5; }},
    {"Infinite", [](Record& r) { first_in(r, "density").amount = std::numeric_limits<double>::infinity(); }},
    {"NotANumber",
     [](Record& r) { first_in(r, "density").amount = std::numeric_limits<double>::quiet_NaN(); }},
    {"TooLarge", [](Record& r) { first_in(r, "population").amount = 3e9; }},
    {"OtherTooLarge", [](Record& r) { first_in(r, "population").others.front().amount = 3e9; }},
    {"LongDecimal", [](Record& r) { first_in(r, "area").value = number_of(1, 200); }},
    {"UnknownUnit",
     [](Record& r) {
       first_in(r, "area").alternatives = {Quantity{number_of(1), 99}};
     }},
    {"WrongUnit", [](Record& r) { first_in(r, "area").unit = "m2"; }},
    {"YearOutOfRange", [](Record& r) { first_in(r, "established").value = day_of(12'345, 1, 1); }},
    {"NoSuchDay", [](Record& r) { first_in(r, "established").value = day_of(2021, 2, 29); }},
    {"BadAlternative",
     [](Record& r) {
       field_in(r, "dates").claims[1].alternatives = {day_of(2021, 2, 30), Email{"x"}};
     }},
    {"UnknownEra", [](Record& r) { std::get<Date>(first_in(r, "dates").value).era = 77; }},
    {"EraYearZero", [](Record& r) { std::get<Date>(first_in(r, "dates").value).era_year = 0; }},
    {"BadAsOf", [](Record& r) { first_in(r, "population").as_of = "yesterday"; }},
    {"AsOfWithoutEvidence", [](Record& r) { first_in(r, "population").as_of_evidence.reset(); }},
    {"AsOfOutside",
     [](Record& r) {
       first_in(r, "population").as_of_evidence->span = {5000, 5001};
     }},
    {"UnknownKind", [](Record& r) { first_in(r, "established").kind = "invented"; }},
    {"BadPhone",
     [](Record& r) {
       first_in(r, "phones").value = Phone{"0312345678", "", "", PhoneKind::voice, false, false};
     }},
    {"EmptyPhone", [](Record& r) { first_in(r, "phones").value = Phone{}; }},
    {"UrlWithoutScheme",
     [](Record& r) {
       first_in(r, "urls").value = Url{"example.org", "", false};
     }},
    {"BadEmail", [](Record& r) { first_in(r, "emails").value = Email{"example.org"}; }},
    {"BadCountry", [](Record& r) { address_in(first_in(r, "addresses").value)->country = "jpn"; }},
    {"BadPostalCode", [](Record& r) { address_in(first_in(r, "addresses").value)->postal_code = "123"; }},
    {"BadGovernmentCode",
     [](Record& r) { address_in(first_in(r, "addresses").value)->local_government_code = "13"; }},
    {"BadMatchLevel", [](Record& r) { address_in(first_in(r, "addresses").value)->match_level = 5; }},
    {"NoFullAddress", [](Record& r) { address_in(first_in(r, "addresses").value)->full_address.clear(); }},
    {"BadAssumed", [](Record& r) { first_in(r, "area").assumed = {"Unit!"}; }},
    {"WrongCertainty", [](Record& r) { first_in(r, "area").certainty = Certainty::stated; }},
    {"UnknownField",
     [](Record& r) {
       r.fields.push_back({"mystery", false, {population_claim()}});
     }},
    {"BadDiagnostic", [](Record& r) { r.diagnostics.front().message = "\xFF"; }},
};

TEST(Validate, WhatIsWrittenIsAlwaysValid) {
  const RulePack rules = full_rules();
  const SchemaCheck schema(rules);
  const std::string text(1000, 'x');
  const LineIndex lines(text, 0);
  for (const Damage& damage : kDamages) {
    Record record = full_record();
    damage.apply(record);
    validate(record, rules);
    std::string out;
    write_record(out, record, rules, &lines);
    EXPECT_EQ(schema.fault(std::string_view(out)), "") << damage.name;
  }
}

TEST(Validate, DropsAndSaysSo) {
  Record record = full_record();
  first_in(record, "population").amount = 3e9;
  first_in(record, "population").others.clear();
  first_in(record, "emails").value = Email{"nobody"};
  validate(record, full_rules());
  EXPECT_FALSE(has(record, "population"));
  EXPECT_FALSE(has(record, "emails"));
  EXPECT_TRUE(says(record, "population.out-of-range"));
  EXPECT_TRUE(says(record, "emails.invalid"));
}

TEST(Validate, TheNextClaimOfTheSubjectTakesOver) {
  Record record = full_record();
  Claim& primary = first_in(record, "population");
  Claim second = primary.others.front();
  second.of.clear();
  second.amount = 777;
  primary.others.push_back(second);
  primary.amount = -1;
  validate(record, full_rules());
  const Claim& now = first_in(record, "population");
  EXPECT_EQ(now.amount, 777);
  ASSERT_EQ(now.others.size(), 1U);
  EXPECT_EQ(now.others.front().of, "East \"Ward\"");
}

TEST(Validate, NoClaimAboutAnotherPlaceTakesOver) {
  Record record = full_record();
  first_in(record, "population").amount = -1;
  validate(record, full_rules());
  EXPECT_FALSE(has(record, "population"));
}

TEST(Validate, RatesHaveToAgree) {
  Record record = full_record();
  first_in(record, "density").amount = 7'000;  // 939000 / 120.5 = 7792
  validate(record, full_rules());
  EXPECT_TRUE(says(record, "density.mismatch"));
  record = full_record();
  first_in(record, "density").amount = 7'500;
  validate(record, full_rules());
  EXPECT_FALSE(says(record, "density.mismatch"));
}

TEST(Validate, Edtf) {
  for (const char* good :
       {"2020-02-29", "0000", "-0044", "XXXX-02-29", "2016/..", "../2016-01", "198X~", "2016-40"})
    EXPECT_TRUE(is_edtf(good)) << good;
  for (const char* bad :
       {"",           "2021-02-29",     "20",     "2020-",   "2020-00", "2020-13", "2020-25",
        "2020-21-01", "198X-01",        "XXXX",   "XXXX-21", "-0000",   "2020/",   "/2020",
        "../..",      "2020/2021/2022", "2020~~", "12020",   " 2020",   "2020\n"}) {
    EXPECT_FALSE(is_edtf(bad)) << bad;
  }
}

TEST(Validate, E164) {
  for (const char* good : {"+81312345678", "+12", "+123456789012345"}) EXPECT_TRUE(is_e164(good)) << good;
  for (const char* bad : {"", "+", "+1", "+0312345678", "81312345678", "+1234567890123456", "+81-3"})
    EXPECT_FALSE(is_e164(bad)) << bad;
}

}  // namespace
}  // namespace yoran
