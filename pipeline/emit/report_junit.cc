// JUnit XML, after the schema of Jenkins: a suite for each document, a test for each finding.
#include <map>

#include "emit/report.h"

namespace yoran {
namespace {

std::string attribute(std::string_view name, std::string_view value) {
  return " " + std::string(name) + "=\"" + xml_text(value) + "\"";
}

std::string place_of(const Finding& finding) {
  if (!finding.at) return finding.path;
  return finding.path + ":" + std::to_string(finding.at->start.line) + ":" +
         std::to_string(finding.at->start.column);
}

// Errors and warnings fail; notes and known findings are told and pass.
void write_case(std::string& out, const Finding& finding) {
  const Severity severity = shown_severity(finding);
  out += "    <testcase" + attribute("name", finding.check + " " + place_of(finding)) +
         attribute("classname", finding.path);
  const std::string text =
      place_of(finding) + ": " + std::string(to_string(severity)) + ": " + full_message(finding);
  if (severity == Severity::info)
    out += ">\n      <system-out>" + xml_text(text) + "</system-out>\n    </testcase>\n";
  else
    out += ">\n      <failure" + attribute("type", to_string(severity)) +
           attribute("message", full_message(finding)) + ">" + xml_text(text) +
           "</failure>\n    </testcase>\n";
}

void write_suite(std::string& out, const std::string& path, const std::vector<const Finding*>& findings) {
  std::size_t failures = 0;
  for (const Finding* finding : findings) failures += shown_severity(*finding) == Severity::info ? 0 : 1;
  const std::size_t tests = findings.empty() ? 1 : findings.size();
  out += "  <testsuite" + attribute("name", path) + attribute("tests", std::to_string(tests)) +
         attribute("failures", std::to_string(failures)) + " errors=\"0\"" + attribute("file", path) + ">\n";
  if (findings.empty())
    out += "    <testcase" + attribute("name", "clean") + attribute("classname", path) + "/>\n";
  for (const Finding* finding : findings) write_case(out, *finding);
  out += "  </testsuite>\n";
}

}  // namespace

void write_report_junit(std::string& out, const Report& report, const ReportContext& context) {
  (void)context;
  std::map<std::string_view, std::vector<const Finding*>> by_path;
  std::size_t tests = 0;
  std::size_t failures = 0;
  for (const Finding& finding : report.findings) {
    if (!is_shown(finding)) continue;
    by_path[finding.path].push_back(&finding);
    failures += shown_severity(finding) == Severity::info ? 0 : 1;
  }
  for (const std::string& path : report.paths) tests += by_path.contains(path) ? by_path[path].size() : 1;
  out += "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"yoran check\"" +
         attribute("tests", std::to_string(tests)) + attribute("failures", std::to_string(failures)) +
         " errors=\"0\">\n";
  for (const std::string& path : report.paths) write_suite(out, path, by_path[path]);
  if (report.left_out > 0) {
    out +=
        "  <testsuite name=\"summary\" tests=\"1\" failures=\"0\" errors=\"0\">\n    <testcase name=\"left "
        "out\" "
        "classname=\"summary\">\n      <system-out>" +
        left_out_text(report.left_out) + "</system-out>\n    </testcase>\n  </testsuite>\n";
  }
  out += "</testsuites>\n";
}

}  // namespace yoran
