// A record that has every member the contract knows, and rules that allow it; for the tests of what writes
// and checks records. No document stands behind it: its source is 1000 bytes of nothing.
#ifndef YORAN_TESTS_FULL_RECORD_H_
#define YORAN_TESTS_FULL_RECORD_H_

#include <string>
#include <utility>
#include <vector>

#include "rulepack/rulepack.h"
#include "types/record.h"

namespace yoran {

inline FieldRules field_of(std::string id, FieldType type, bool many = false, std::string unit = {}) {
  FieldRules field;
  field.id = std::move(id);
  field.type = type;
  field.many = many;
  field.unit = std::move(unit);
  return field;
}

inline RulePack full_rules() {
  RulePack rules;
  rules.sha256 = std::string(64, 'a');
  Unit km2;
  km2.code = "km2";
  Unit hectare;
  hectare.code = "har";
  rules.units.units = {km2, hectare};
  Era reiwa;
  reiwa.id = "reiwa";
  rules.calendar.eras = {reiwa};
  rules.fields = {field_of("subject", FieldType::subject),
                  field_of("head", FieldType::head),
                  field_of("population", FieldType::count, false, "{person}"),
                  field_of("area", FieldType::quantity, false, "km2"),
                  field_of("density", FieldType::number, false, "{person}/km2"),
                  field_of("established", FieldType::date),
                  field_of("dates", FieldType::date, true),
                  field_of("addresses", FieldType::address, true),
                  field_of("phones", FieldType::phone, true),
                  field_of("urls", FieldType::url, true),
                  field_of("emails", FieldType::email, true),
                  field_of("motto", FieldType::text)};
  rules.fields[2].range_min = Decimal{1, 0};
  rules.fields[2].range_max = Decimal{2'000'000'000, 0};
  rules.fields[5].kinds = {"founded", "municipal"};
  return rules;
}

inline Evidence evidence_at(std::uint32_t start, std::string text, std::string rule) {
  Evidence evidence;
  evidence.span = {start, start + static_cast<std::uint32_t>(text.size())};
  evidence.text = std::move(text);
  evidence.at = {start / 10 + 1, start % 10 + 1};
  evidence.rule = std::move(rule);
  return evidence;
}

inline Claim claim_of(Value value, Evidence evidence) {
  Claim claim;
  claim.value = std::move(value);
  claim.evidence = std::move(evidence);
  return claim;
}

inline Number number_of(std::int64_t digits, std::int32_t exponent = 0) {
  Number number;
  number.value = number.stated = {digits, exponent};
  return number;
}

inline Date day_of(std::int32_t year, int month, int day) {
  Date date;
  date.first.year = year;
  date.first.month = static_cast<std::uint8_t>(month);
  date.first.day = static_cast<std::uint8_t>(day);
  date.first.precision = DatePrecision::day;
  return date;
}

inline Claim population_claim() {
  Number number = number_of(939, -1);
  number.value = {939'000, 0};
  number.multiplier = 10'000;
  number.approximate = true;
  number.bound = Bound::minimum;
  Claim claim = claim_of(number, evidence_at(100, "939", "population/row"));
  claim.amount = 939'000;
  claim.unit = "{person}";
  claim.as_of = "2020-01-01";
  claim.as_of_evidence = evidence_at(90, "2020-01-01", "");
  claim.evidence.label_text = "Population";
  claim.evidence.label_span = {80, 90};
  claim.evidence.spans = {{100, 101}, {102, 103}};
  Claim other = claim_of(number_of(8'120), evidence_at(200, "8,120", "population/row"));
  other.amount = 8'120;
  other.unit = "{person}";
  other.of = "East \"Ward\"";
  claim.others = {other};
  return claim;
}

inline Claim area_claim() {
  Quantity hectares{number_of(12'050), 1};
  Claim claim = claim_of(number_of(12'050, -2), evidence_at(300, "120.50", "area/next_line"));
  claim.amount = 120.5;
  claim.unit = "km2";
  claim.stated_unit = "";
  claim.assumed = {"unit"};
  claim.alternatives = {hectares, number_of(7)};
  return claim;
}

inline Claim address_claim() {
  Address address;
  address.country = "JP";
  address.postal_code = "1000001";
  address.prefecture = "prefecture";
  address.region = "region";
  address.city_and_county = "city";
  address.locality = "locality";
  address.street_address = "street";
  address.city_block = "1-1";
  address.building_name_etc = "building";
  address.care_of = "care of";
  address.po_box = "P.O. Box 1";
  address.organization = "organization";
  address.local_government_code = "131016";
  address.match_level = 8;
  address.label = "label";
  address.section = "section";
  address.kind = AddressKind::postal;
  address.full_address = "prefecture city street 1-1";
  Claim claim = claim_of(address, evidence_at(500, "100-0001 ...", "addresses/mention"));
  claim.assumed = {"prefecture"};
  return claim;
}

inline std::vector<Claim> date_claims() {
  Date fiscal = day_of(2025, 4, 0);
  fiscal.form = DateForm::interval;
  fiscal.first.precision = DatePrecision::month;
  fiscal.last = fiscal.first;
  fiscal.last.year = 2026;
  fiscal.last.month = 3;
  fiscal.fiscal_year = 2025;
  fiscal.era = 0;
  fiscal.era_year = 7;
  Date since = day_of(2020, 1, 2);
  since.bound = Bound::minimum;
  Claim doubtful = claim_of(since, evidence_at(420, "1/2/2020", "date/slashes"));
  doubtful.alternatives = {day_of(2020, 2, 1)};
  return {claim_of(fiscal, evidence_at(400, "FY2025", "date/fiscal")), doubtful};
}

inline std::vector<Claim> phone_claims() {
  Phone whole;
  whole.e164 = "+81312345678";
  whole.extension = "123";
  whole.kind = PhoneKind::fax;
  Phone cut;
  cut.stated = "12-3456";
  return {claim_of(whole, evidence_at(600, "03-1234-5678", "phone/groups")),
          claim_of(cut, evidence_at(620, "12-3456", "phone/groups"))};
}

inline Record full_record() {
  Name subject{"Leeds", "city", "", "131016"};
  Name head{"A. Person", "", "Mayor", ""};
  Url url{"http://xn--r8jz45g.example/", "http://xn--r8jz45g.example/", true};
  Record record;
  record.source = {"full.txt", std::string(64, 'b'), 1000, "text/plain", "UTF-8", 1, 2};
  record.languages = {"ja", "en"};
  record.fields.push_back({"subject", false, {claim_of(subject, evidence_at(10, "Leeds", "subject/title"))}});
  record.fields.push_back({"head", false, {claim_of(head, evidence_at(20, "A. Person", "head/same_line"))}});
  record.fields.push_back({"population", false, {population_claim()}});
  record.fields.push_back({"area", false, {area_claim()}});
  Claim density = claim_of(number_of(7'792'531, -3), evidence_at(320, "7,792.531", "density/row"));
  density.amount = 7'792.531;
  density.unit = "{person}/km2";
  record.fields.push_back({"density", false, {density}});
  Claim established = claim_of(day_of(1954, 4, 1), evidence_at(340, "1954-04-01", "established/row"));
  established.kind = "municipal";
  record.fields.push_back({"established", false, {established}});
  record.fields.push_back({"dates", true, date_claims()});
  record.fields.push_back({"addresses", true, {address_claim()}});
  record.fields.push_back({"phones", true, phone_claims()});
  Claim link = claim_of(url, evidence_at(700, "www", "url/bare"));
  link.assumed = {"scheme"};
  record.fields.push_back({"urls", true, {link}});
  record.fields.push_back(
      {"emails",
       true,
       {claim_of(Email{"a@example.org"}, evidence_at(720, "a@example.org", "email/address"))}});
  record.fields.push_back(
      {"motto", false, {claim_of(Name{"Onwards", "", "", ""}, evidence_at(740, "Onwards", "motto/row"))}});
  record.diagnostics.push_back({Severity::warning, "area.unit-assumed", "no unit\tis printed",
                                SourceSpan{300, 306}, "area/next_line", "look again"});
  return record;
}

}  // namespace yoran

#endif  // YORAN_TESTS_FULL_RECORD_H_
