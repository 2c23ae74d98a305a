#include "app/rule_examples.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "app/extract_options.h"
#include "emit/diagnostic_text.h"
#include "emit/display.h"
#include "emit/json_writer.h"
#include "normalize.h"
#include "recognize.h"
#include "segment.h"
#include "types/evidence.h"

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
  if (expected.is_array() && expected.empty()) return found.is_null();
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

// A postal code comes out as a part of an address only: what its rules recognise is looked at as it is.
Found recognised_claims(const Document& document, const RulePack& rules, MentionKind kind) {
  Found found;
  Text text = normalize(document, rules.folds);
  const Segments segments = segment(document, text, rules.layout);
  for (const Mention& mention : recognize(text, segments, rules).mentions) {
    if (mention.kind != kind) continue;
    const Evidence evidence =
        evidence_of(document, text, mention.span, rules.entity_patterns[mention.pattern].id);
    found.claims.push_back({{"value", evidence.text},
                            {"evidence",
                             {{"text", evidence.text},
                              {"rule", evidence.rule},
                              {"line", evidence.at.line},
                              {"column", evidence.at.column}}}});
    add_fired(found.claims.back(), found);
  }
  return found;
}

Found mention_claims(const Extraction& extraction, const RulePack& rules, const RuleExample& example) {
  const auto entity = std::find_if(rules.entities.begin(), rules.entities.end(),
                                   [&](const EntityRules& rule) { return rule.id == example.id; });
  if (entity == rules.entities.end()) return {};
  if (entity->kind == MentionKind::postal_code)
    return recognised_claims(*extraction.document, rules, entity->kind);
  Found found;
  std::string text;
  write_mentions(text, extraction.mentions, rules);
  for (const Json& mention : Json::parse(text)) {
    add_fired(mention, found);
    // A number with a unit comes out as a quantity.
    const bool quantity =
        entity->kind == MentionKind::number && mention.at("kind") == to_string(MentionKind::quantity);
    if (quantity || mention.at("kind") == to_string(entity->kind)) found.claims.push_back(mention);
  }
  return found;
}

// Findings of a check, in the shape of claims. The value of a finding is its message.
Found check_claims(const Extraction& extraction, const std::string& text, const std::string& id) {
  Found found;
  for (const Diagnostic& finding : extraction.findings) {
    found.fired.push_back(finding.code);
    if (finding.code != id) continue;
    Json evidence = {{"rule", finding.code}, {"text", ""}, {"line", 1}, {"column", 1}};
    if (finding.at && extraction.document != nullptr) {
      const LineColumn at = extraction.document->lines.at(finding.at->start);
      evidence["text"] = well_formed(slice(std::string_view(text), *finding.at));
      evidence["line"] = at.line;
      evidence["column"] = at.column;
    }
    found.claims.push_back({{"value", finding.message}, {"evidence", std::move(evidence)}});
  }
  return found;
}

const std::string& text_of(const Example& example) {
  if (!example.bytes.empty()) return example.bytes;
  return example.html.empty() ? example.text : example.html;
}

ExtractOptions options_of(const Example& example, ExampleOf of) {
  ExtractOptions options;
  options.name = example.html.empty() ? "example.txt" : "example.html";
  options.media_type = example.html.empty() ? MediaType::plain : MediaType::html;
  if (of != ExampleOf::check) options.charset = "UTF-8";
  if (!example.reference_date.empty()) options.reference_date = parse_iso_day(example.reference_date);
  options.region = example.region;
  options.mentions = of == ExampleOf::entity;
  if (of == ExampleOf::check) {
    options.check = CheckOptions{{}, example.required};
    if (!example.today.empty()) options.check->today = parse_iso_day(example.today);
  }
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
  const std::string& text = text_of(example);
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
  const auto add = [&](const auto& rule, ExampleOf of) {
    if (wanted && !wanted(rule.path)) return;
    for (std::size_t i = 0; i < rule.examples.size(); ++i)
      tests.push_back({rule.id, of, &rule.examples[i], i + 1});
  };
  for (const EntityRules& entity : rules.entities) add(entity, ExampleOf::entity);
  for (const FieldRules& field : rules.fields) add(field, ExampleOf::field);
  for (const CheckRule& check : rules.checks) add(check, ExampleOf::check);
  return tests;
}

ExampleResult run_example(const RulePack& rules, const RuleExample& test) {
  const Example& example = *test.example;
  ExampleResult result;
  result.path = example.path;
  result.at = example.at;
  result.id = test.id;
  const Extraction extraction = extract_safely(text_of(example), options_of(example, test.of), rules);
  Found found = test.of == ExampleOf::entity  ? mention_claims(extraction, rules, test)
                : test.of == ExampleOf::field ? field_claims(extraction, rules, test.id)
                                              : check_claims(extraction, text_of(example), test.id);
  const FieldRules* field = test.of == ExampleOf::field ? rules.field(test.id) : nullptr;
  judge(test, found, test.of != ExampleOf::field || (field != nullptr && field->many), result);
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
