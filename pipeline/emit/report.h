// Findings of many files as one report, in the formats that people and other programs read.
//
//   format       read by                                   columns count
//   text         people                                    code points, from 1
//   json, jsonl  programs                                  code points, UTF-16 units and UTF-8 bytes, from 1
//   sarif        SARIF 2.1.0: GitHub, editors              code points (columnKind unicodeCodePoints)
//   junit        JUnit XML: test reports of CI systems     in the text
//   github       annotations of a GitHub workflow          UTF-16 units, from 1
//   checkstyle   Checkstyle XML: Jenkins, reviewdog        code points, from 1
//   rdjsonl      reviewdog's own, one object a line        UTF-8 bytes, from 1
//   gitlab       GitLab Code Quality                       lines only
#ifndef YORAN_EMIT_REPORT_H_
#define YORAN_EMIT_REPORT_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "emit/diagnostic_text.h"
#include "rulepack/check_rules.h"
#include "types/finding.h"

namespace yoran {

struct Report {
  Findings findings;               // by file, then place
  std::vector<std::string> paths;  // of all files that were checked
  std::size_t left_out = 0;        // further findings, over a limit
};

struct ReportContext {
  const CheckRules& checks;  // titles, help
  TextStyle style;           // text only
};

using ReportWriter = void (*)(std::string& out, const Report& report, const ReportContext& context);

// "text|json|..." as --format takes it.
inline constexpr std::string_view kReportFormats =
    "text|json|jsonl|sarif|junit|github|checkstyle|rdjsonl|gitlab";
// null: no such format.
[[nodiscard]] ReportWriter report_writer(std::string_view format);

void write_report_text(std::string& out, const Report& report, const ReportContext& context);
void write_report_json(std::string& out, const Report& report, const ReportContext& context);
void write_report_jsonl(std::string& out, const Report& report, const ReportContext& context);
void write_report_sarif(std::string& out, const Report& report, const ReportContext& context);
void write_report_junit(std::string& out, const Report& report, const ReportContext& context);
void write_report_github(std::string& out, const Report& report, const ReportContext& context);
void write_report_checkstyle(std::string& out, const Report& report, const ReportContext& context);
void write_report_rdjsonl(std::string& out, const Report& report, const ReportContext& context);
void write_report_gitlab(std::string& out, const Report& report, const ReportContext& context);

// What the formats share.

// The message with its hint, and a word if the finding is known.
[[nodiscard]] std::string full_message(const Finding& finding);
// Shown at all by formats that know no suppression.
[[nodiscard]] bool is_shown(const Finding& finding);
// Known findings are no more than a note.
[[nodiscard]] Severity shown_severity(const Finding& finding);
// "3 more findings"; empty if none was left out.
[[nodiscard]] std::string left_out_text(std::size_t left_out);
// At most `most` of the findings that are shown, the most serious first to stay; adds to report.left_out.
[[nodiscard]] Report limited(const Report& report, std::size_t most);
// Text for XML, between tags or in an attribute; what XML cannot hold becomes U+FFFD.
[[nodiscard]] std::string xml_text(std::string_view utf8);

}  // namespace yoran

#endif  // YORAN_EMIT_REPORT_H_
