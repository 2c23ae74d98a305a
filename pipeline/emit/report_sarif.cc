// SARIF 2.1.0 (OASIS Standard, 27 March 2020).
#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "emit/finding_json.h"
#include "emit/report.h"
#include "emit/version.h"
#include "types/ascii.h"

namespace yoran {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMostResults = 5000;  // GitHub shows no more of a run
constexpr std::string_view kSummaryRule = "summary";

std::string_view level_of(Severity severity) {
  constexpr std::string_view kLevels[] = {"note", "warning", "error"};
  return kLevels[static_cast<std::size_t>(severity)];
}

// A path as a URI reference: what RFC 3986 does not allow in a segment is percent-encoded.
std::string uri_of(std::string_view path) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  constexpr std::string_view kPlain = "-._~/!$&'()*+,;=@";
  std::string uri;
  for (const char c : path) {
    const bool alnum = is_ascii_alnum(c);
    if (alnum || kPlain.find(c) != std::string_view::npos) {
      uri += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      uri += {'%', kDigits[byte >> 4U], kDigits[byte & 15U]};
    }
  }
  return uri.starts_with('/') ? "file://" + uri : uri;
}

Json region_of(const Stretch& at) {
  return {{"startLine", at.start.line},    {"startColumn", at.start.column},
          {"endLine", at.end.line},        {"endColumn", at.end.column},
          {"byteOffset", at.start.offset}, {"byteLength", at.end.offset - at.start.offset}};
}

Json location_of(const std::string& path, const std::optional<Stretch>& at) {
  Json physical = {{"artifactLocation", {{"uri", uri_of(path)}}}};
  if (at) physical["region"] = region_of(*at);
  return {{"physicalLocation", std::move(physical)}};
}

Json rule_of(const CheckRule& rule) {
  return {{"id", rule.id},
          {"shortDescription", {{"text", rule.title}}},
          {"fullDescription", {{"text", rule.title + "."}}},
          {"help", {{"text", rule.help}, {"markdown", rule.help}}},
          {"defaultConfiguration", {{"level", level_of(rule.severity)}}}};
}

Json suppressions_of(const Finding& finding) {
  if (finding.standing == Standing::open) return Json::array();
  const bool in_source = finding.standing == Standing::ignored;
  return Json::array({{{"kind", in_source ? "inSource" : "external"}, {"status", "accepted"}}});
}

Json fix_of(const Finding& finding) {
  Json replacements = Json::array();
  for (const Edit& edit : finding.edits) {
    replacements.push_back(
        {{"deletedRegion", {{"byteOffset", edit.at.start}, {"byteLength", edit.at.size()}}},
         {"insertedContent", {{"text", edit.text}}}});
  }
  return {{"description", {{"text", "what would mend it"}}},
          {"artifactChanges", Json::array({{{"artifactLocation", {{"uri", uri_of(finding.path)}}},
                                            {"replacements", std::move(replacements)}}})}};
}

Json result_of(const Finding& finding, std::size_t rule) {
  Json result = {{"ruleId", finding.check},
                 {"ruleIndex", rule},
                 {"level", level_of(finding.severity)},
                 {"message", {{"text", full_message(finding)}}},
                 {"locations", Json::array({location_of(finding.path, finding.at)})},
                 {"partialFingerprints", {{"yoranFinding/v1", finding.fingerprint}}},
                 {"suppressions", suppressions_of(finding)}};
  int id = 0;
  for (const RelatedSpot& related : finding.related) {
    Json location = location_of(finding.path, related.at);
    location["id"] = id++;
    location["message"] = {{"text", related.note}};
    result["relatedLocations"].push_back(std::move(location));
  }
  if (!finding.edits.empty()) result["fixes"] = Json::array({fix_of(finding)});
  return result;
}

}  // namespace

void write_report_sarif(std::string& out, const Report& report, const ReportContext& context) {
  const Report shown = limited(report, kMostResults);
  std::map<std::string_view, std::size_t> index;
  Json rules = Json::array();
  for (const CheckRule& rule : context.checks) {
    index[rule.id] = rules.size();
    rules.push_back(rule_of(rule));
  }
  Json results = Json::array();
  for (const Finding& finding : shown.findings) {
    const auto rule = index.find(finding.check);
    if (rule != index.end()) results.push_back(result_of(finding, rule->second));
  }
  if (shown.left_out > 0) {
    rules.push_back({{"id", kSummaryRule}, {"shortDescription", {{"text", "Findings that are not listed"}}}});
    results.push_back({{"ruleId", kSummaryRule},
                       {"ruleIndex", rules.size() - 1},
                       {"level", "note"},
                       {"message", {{"text", left_out_text(shown.left_out)}}}});
  }
  const Json log = {
      {"$schema",
       "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"},
      {"version", "2.1.0"},
      {"runs",
       Json::array(
           {{{"tool",
              {{"driver", {{"name", kProgramName}, {"version", kVersion}, {"rules", std::move(rules)}}}}},
             {"columnKind", "unicodeCodePoints"},
             {"results", std::move(results)}}})}};
  out += dumped(log, 2) + "\n";
}

}  // namespace yoran
