// Findings for people: one line, the line of the document, a caret, and the other places it speaks of.
#include <array>

#include "emit/display.h"
#include "emit/report.h"

namespace yoran {
namespace {

constexpr std::uint32_t kLongestMark = 64;

std::uint32_t columns_of(const Stretch& at) {
  if (at.end.line != at.start.line) return kLongestMark;
  return at.end.column > at.start.column ? at.end.column - at.start.column : 1;
}

void write_place(std::string& out, const Frame& frame, const Stretch& at, const TextStyle& style,
                 std::string_view note) {
  write_frame(out, frame.text, {at.start.line, frame.column}, columns_of(at), style, note);
}

void write_finding(std::string& out, const Finding& finding, const TextStyle& style) {
  LineColumn at;
  if (finding.at) at = {finding.at->start.line, finding.at->start.column};
  write_head(out, finding.path, finding.at ? &at : nullptr, shown_severity(finding), style);
  out += visible(full_message(finding)) + " [" + finding.check + "]\n";
  if (finding.at) write_place(out, finding.frame, *finding.at, style, "");
  constexpr std::size_t kMostRelated = 4;
  for (std::size_t i = 0; i < finding.related.size() && i < kMostRelated; ++i)
    write_place(out, finding.related[i].frame, finding.related[i].at, style, finding.related[i].note);
}

std::string count(std::size_t number, std::string_view what) {
  return std::to_string(number) + " " + std::string(what) + (number == 1 ? "" : "s");
}

}  // namespace

void write_report_text(std::string& out, const Report& report, const ReportContext& context) {
  std::array<std::size_t, 3> counts{};
  std::size_t known = 0;
  std::size_t ignored = 0;
  for (const Finding& finding : report.findings) {
    if (finding.standing == Standing::ignored) ++ignored;
    if (finding.standing == Standing::baseline) ++known;
    if (finding.standing == Standing::open) ++counts[static_cast<std::size_t>(finding.severity)];
    if (is_shown(finding)) write_finding(out, finding, context.style);
  }
  if (!report.findings.empty()) out += '\n';
  out += count(report.paths.size(), "document") + ": " + count(counts[2], "error") + ", " +
         count(counts[1], "warning") + ", " + count(counts[0], "note");
  if (known > 0) out += ", " + std::to_string(known) + " in the baseline";
  if (ignored > 0) out += ", " + std::to_string(ignored) + " ignored by comments";
  if (report.left_out > 0) out += ", " + left_out_text(report.left_out) + " not shown";
  out += '\n';
}

}  // namespace yoran
