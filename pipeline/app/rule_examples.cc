#include "app/rule_examples.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "app/extract_options.h"
#include "emit/diagnostic_text.h"
#include "emit/display.h"
#include "emit/json_writer.h"

namespace yoran {
namespace {

using Json = nlohmann::json;

bool same(const Json& expected, const Json& found) {
  if (expected.is_number() && found.is_number()) return expected.get<double>() == found.get<double>();
  return expected == found;
}

// The value of a claim; an address has none and is its full form.
Json value_of(const Json& claim) {
  if (!claim.is_object()) return claim;
  if (const auto value = claim.find("value"); value != claim.end()) {
    return value->is_object() && value->contains("full_address") ? value->at("full_address") : *value;
  }
  return claim.value("full_address", Json());
}

// A member by the name that records give it, whether `claim` is a claim or a mention.
Json member_of(const Json& claim, const std::string& name) {
  if (name == "kind" && claim.contains("phone_kind")) return claim.at("phone_kind");
  if (const auto value = claim.find("value");
      value != claim.end() && value->is_object() && value->contains(name))
    return value->at(name);
  return claim.value(name, Json());
}

// Lists of claims, such as `others`, may be expected by their values.
bool member_matches(const Json& expected, const Json& found) {
  if (!expected.is_array() || !found.is_array()) return same(expected, found);
  if (expected.size() != found.size()) return false;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    if (!same(expected[i], found[i]) && !same(expected[i], value_of(found[i]))) return false;
  }
  return true;
}

std::string via_of(const Json& claim) {
  const std::string rule = claim.value("/evidence/rule"_json_pointer, std::string());
  return rule.substr(rule.find('/') == std::string::npos ? 0 : rule.find('/') + 1);
}

std::string evidence_text(const Json& claim) {
  return claim.value("/evidence/text"_json_pointer, std::string());
}

// What is wrong with a claim as the answer to an example; empty: nothing.
std::string difference(const Example& example, const Json& claim) {
  const Json expected = example.value.empty() ? Json() : Json::parse(example.value, nullptr, false);
  if (!example.value.empty() && !same(expected, value_of(claim))) return "value " + expected.dump();
  if (!example.evidence.empty() && example.evidence != evidence_text(claim))
    return "the evidence '" + example.evidence + "'";
  if (!example.via.empty() && example.via != via_of(claim)) return "via " + example.via;
  if (example.expect.empty()) return {};
  const Json members = Json::parse(example.expect, nullptr, false);
  for (const auto& [name, value] : members.items()) {
    const Json found = member_of(claim, name);
    if (!member_matches(value, found)) return name + " = " + value.dump() + ", found " + found.dump();
  }
  return {};
}

// Claims of all records, primary ones first; or the mentions of a kind.
struct Found {
  std::vector<Json> claims;
  std::vector<std::string> fired;
};

void add_fired(const Json& claim, Found& found) {
  found.fired.push_back(claim.value("/evidence/rule"_json_pointer, std::string()));
  if (!claim.contains("others")) return;
  for (const Json& other : claim.at("others")) add_fired(other, found);
}

Found field_claims(const Extraction& extraction, const RulePack& rules, const std::string& id) {
  Found found;
  for (const Record& record : extraction.records) {
    std::string text;
    write_record(text, record, rules, nullptr);
    const Json fields = Json::parse(text).at("fields");
    for (const auto& [name, field] : fields.items()) {
      const std::vector<Json> claims =
          field.is_array() ? field.get<std::vector<Json>>() : std::vector<Json>{field};
      for (const Json& claim : claims) add_fired(claim, found);
      if (name == id) found.claims.insert(found.claims.end(), claims.begin(), claims.end());
    }
  }
  return found;
}

Found mention_claims(const Extraction& extraction, const RulePack& rules, const RuleExample& example) {
  Found found;
  std::string text;
  write_mentions(text, extraction.mentions, rules);
  std::string kind;
  for (const EntityRules& entity : rules.entities) {
    if (entity.id == example.id) kind = to_string(entity.kind);
  }
  // A postal code is found as a part of an address.
  const bool postal_code = kind == to_string(MentionKind::postal_code);
  for (const Json& mention : Json::parse(text)) {
    add_fired(mention, found);
    const std::string found_kind = mention.at("kind");
    // A quantity is a number with its unit: the rules of numbers have both.
    const bool quantity = kind == "number" && found_kind == "quantity";
    if (!quantity && found_kind != (postal_code ? "address" : kind)) continue;
    Json claim = mention;
    if (postal_code) claim["value"] = mention.at("value").value("postal_code", Json());
    found.claims.push_back(std::move(claim));
  }
  return found;
}

ExtractOptions options_of(const Example& example, bool entity) {
  ExtractOptions options;
  options.name = example.html.empty() ? "example.txt" : "example.html";
  options.media_type = example.html.empty() ? MediaType::plain : MediaType::html;
  options.charset = "UTF-8";
  if (!example.reference_date.empty()) options.reference_date = parse_iso_day(example.reference_date);
  options.region = example.region;
  options.mentions = entity;
  return options;
}

void point_at(const Json& claim, std::string_view text, ExampleResult& result) {
  const Json& evidence = claim.at("evidence");
  result.found_at = {evidence.at("line").get<std::uint32_t>(), evidence.at("column").get<std::uint32_t>()};
  result.line = std::string(line_of(text, result.found_at.line));
  const std::string shown = evidence_text(claim);
  for (std::size_t i = 0; i < shown.size() && shown[i] != '\n'; i += glyph_at(shown, i).bytes.size())
    ++result.found_columns;
  result.found = "found " + value_of(claim).dump() + " via " + via_of(claim);
}

// A list of values is expected as a whole, in order.
std::string list_difference(const Json& expected, const std::vector<Json>& claims) {
  Json values = Json::array();
  for (const Json& claim : claims) values.push_back(value_of(claim));
  return member_matches(expected, values) ? std::string()
                                          : "the values " + expected.dump() + ", found " + values.dump();
}

void judge(const RuleExample& test, const Found& found, bool any_claim, ExampleResult& result) {
  const Example& example = *test.example;
  const std::string& text = example.html.empty() ? example.text : example.html;
  const Json expected = example.value.empty() ? Json() : Json::parse(example.value, nullptr, false);
  result.line = std::string(line_of(text, 1));
  if (found.claims.empty()) {
    result.passed = example.none;
    if (!result.passed)
      result.message =
          "expected " + (example.value.empty() ? example.expect : example.value) + ", found nothing";
    return;
  }
  std::string why = "nothing";
  if (expected.is_array())
    why = list_difference(expected, found.claims);
  else if (!example.none)
    why = difference(example, found.claims.front());
  for (std::size_t i = 1; any_claim && !example.none && !why.empty() && i < found.claims.size(); ++i) {
    if (difference(example, found.claims[i]).empty()) why.clear();
  }
  result.passed = why.empty();
  if (result.passed) return;
  result.message = "expected " + why;
  point_at(found.claims.front(), text, result);
}

}  // namespace

std::vector<RuleExample> list_examples(const RulePack& rules, const PathFilter& wanted) {
  std::vector<RuleExample> tests;
  const auto add = [&](const std::string& id, bool entity, const std::string& path,
                       const std::vector<Example>& examples) {
    if (wanted && !wanted(path)) return;
    for (std::size_t i = 0; i < examples.size(); ++i) tests.push_back({id, entity, &examples[i], i + 1});
  };
  for (const EntityRules& entity : rules.entities) add(entity.id, true, entity.path, entity.examples);
  for (const FieldRules& field : rules.fields) add(field.id, false, field.path, field.examples);
  return tests;
}

ExampleResult run_example(const RulePack& rules, const RuleExample& test) {
  const Example& example = *test.example;
  ExampleResult result;
  result.path = example.path;
  result.at = example.at;
  result.id = test.id;
  const Extraction extraction = extract_safely(example.html.empty() ? example.text : example.html,
                                               options_of(example, test.entity), rules);
  Found found =
      test.entity ? mention_claims(extraction, rules, test) : field_claims(extraction, rules, test.id);
  const FieldRules* field = test.entity ? nullptr : rules.field(test.id);
  judge(test, found, test.entity || (field != nullptr && field->many), result);
  result.fired = std::move(found.fired);
  return result;
}

std::vector<ExampleResult> run_examples(const RulePack& rules, const PathFilter& wanted) {
  std::vector<ExampleResult> results;
  for (const RuleExample& test : list_examples(rules, wanted)) results.push_back(run_example(rules, test));
  return results;
}

std::vector<UnfiredRule> unfired_rules(const RulePack& rules, const std::vector<ExampleResult>& results,
                                       const PathFilter& wanted) {
  std::set<std::string> fired;
  for (const ExampleResult& result : results) fired.insert(result.fired.begin(), result.fired.end());
  std::vector<UnfiredRule> unfired;
  const auto check = [&](const std::string& path, const std::string& rule) {
    if (wanted && !wanted(path)) return;
    if (!fired.contains(rule)) unfired.push_back({path, rule});
  };
  for (const EntityPattern& pattern : rules.entity_patterns) check(pattern.path, pattern.id);
  for (const FieldRules& field : rules.fields) {
    for (const Layout layout : field.layouts)
      check(field.path, field.id + "/" + std::string(to_string(layout)));
    for (const FieldPattern& pattern : field.patterns) check(field.path, field.id + "/" + pattern.id);
  }
  return unfired;
}

}  // namespace yoran
