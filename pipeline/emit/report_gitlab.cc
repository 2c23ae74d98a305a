// GitLab Code Quality: the part of Code Climate's format that GitLab reads. It knows lines, no columns.
#include <nlohmann/json.hpp>

#include "emit/finding_json.h"
#include "emit/report.h"

namespace yoran {
namespace {

using Json = nlohmann::ordered_json;

std::string_view severity_of(Severity severity) {
  constexpr std::string_view kNames[] = {"info", "minor", "major"};
  return kNames[static_cast<std::size_t>(severity)];
}

Json issue(std::string_view description, std::string_view check, std::string_view fingerprint,
           std::string_view severity, std::string_view path, std::uint32_t first, std::uint32_t last) {
  return {{"description", description},
          {"check_name", check},
          {"fingerprint", fingerprint},
          {"severity", severity},
          {"location", {{"path", path}, {"lines", {{"begin", first}, {"end", last}}}}}};
}

}  // namespace

void write_report_gitlab(std::string& out, const Report& report, const ReportContext& context) {
  (void)context;
  Json issues = Json::array();
  for (const Finding& finding : report.findings) {
    if (!is_shown(finding)) continue;
    const std::uint32_t first = finding.at ? finding.at->start.line : 1;
    const std::uint32_t last = finding.at ? finding.at->end.line : 1;
    issues.push_back(issue(full_message(finding), finding.check, finding.fingerprint,
                           severity_of(shown_severity(finding)), finding.path, first, last));
  }
  if (report.left_out > 0) {
    issues.push_back(issue(left_out_text(report.left_out), "summary", "yoran-summary", "info",
                           report.paths.empty() ? "." : report.paths.front(), 1, 1));
  }
  out += dumped(issues, 2) + "\n";
}

}  // namespace yoran
