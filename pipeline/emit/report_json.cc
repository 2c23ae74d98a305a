// Findings for programs: one JSON document, or one object a line.
#include <nlohmann/json.hpp>

#include "emit/finding_json.h"
#include "emit/report.h"
#include "emit/version.h"

namespace yoran {

void write_report_json(std::string& out, const Report& report, const ReportContext& context) {
  (void)context;
  nlohmann::ordered_json json = {{"schema", "yoran.findings/1"},
                                 {"generator", {{"name", kProgramName}, {"version", kVersion}}},
                                 {"documents", report.paths.size()},
                                 {"left_out", report.left_out},
                                 {"findings", nlohmann::ordered_json::array()}};
  for (const Finding& finding : report.findings) json["findings"].push_back(to_json(finding));
  out += dumped(json, 2) + "\n";
}

void write_report_jsonl(std::string& out, const Report& report, const ReportContext& context) {
  (void)context;
  for (const Finding& finding : report.findings) out += dumped(to_json(finding)) + "\n";
}

}  // namespace yoran
