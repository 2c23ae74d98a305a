// Reviewdog Diagnostic Format, one Diagnostic a line. Columns count bytes of the line as UTF-8. Releases of
// reviewdog refuse members that they do not know, so that only those which all of them know are written;
// messages name the related places.
#include <nlohmann/json.hpp>

#include "emit/finding_json.h"
#include "emit/report.h"

namespace yoran {
namespace {

using Json = nlohmann::ordered_json;

Json range_of(const Stretch& at) {
  const auto position = [](const Spot& spot) { return Json{{"line", spot.line}, {"column", spot.utf8}}; };
  return {{"start", position(at.start)}, {"end", position(at.end)}};
}

std::string_view severity_of(Severity severity) {
  constexpr std::string_view kNames[] = {"INFO", "WARNING", "ERROR"};
  return kNames[static_cast<std::size_t>(severity)];
}

Json source() { return {{"name", "yoran"}}; }

}  // namespace

void write_report_rdjsonl(std::string& out, const Report& report, const ReportContext& context) {
  (void)context;
  for (const Finding& finding : report.findings) {
    if (!is_shown(finding)) continue;
    Json location = {{"path", finding.path}};
    if (finding.at) location["range"] = range_of(*finding.at);
    const Json line = {{"message", full_message(finding)},
                       {"location", std::move(location)},
                       {"severity", severity_of(shown_severity(finding))},
                       {"source", source()},
                       {"code", {{"value", finding.check}}}};
    out += dumped(line) + "\n";
  }
  if (report.left_out > 0) {
    const Json line = {{"message", left_out_text(report.left_out)},
                       {"location", {{"path", report.paths.empty() ? "." : report.paths.front()}}},
                       {"severity", "INFO"},
                       {"source", source()},
                       {"code", {{"value", "summary"}}}};
    out += dumped(line) + "\n";
  }
}

}  // namespace yoran
