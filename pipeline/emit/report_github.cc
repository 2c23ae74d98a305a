// Workflow commands that GitHub shows as annotations: ::error file=a.html,line=3,col=5::message
#include <array>

#include "emit/report.h"

namespace yoran {
namespace {

constexpr std::size_t kMostOfALevel = 10;  // annotations of one level that a step may have

std::string_view command_of(Severity severity) {
  constexpr std::string_view kCommands[] = {"notice", "warning", "error"};
  return kCommands[static_cast<std::size_t>(severity)];
}

// Signs of the protocol, in a message or in a property.
std::string escaped(std::string_view text, bool property) {
  std::string out;
  for (const char c : text) {
    if (c == '%')
      out += "%25";
    else if (c == '\r')
      out += "%0D";
    else if (c == '\n')
      out += "%0A";
    else if (property && c == ':')
      out += "%3A";
    else if (property && c == ',')
      out += "%2C";
    else
      out += c;
  }
  return out;
}

void write_annotation(std::string& out, const Finding& finding) {
  out += "::" + std::string(command_of(shown_severity(finding))) + " file=" + escaped(finding.path, true);
  if (finding.at) {
    const auto& [start, end] = *finding.at;
    out += ",line=" + std::to_string(start.line) + ",endLine=" + std::to_string(end.line);
    // The columns of an annotation are taken within one line only.
    if (start.line == end.line)
      out += ",col=" + std::to_string(start.utf16) + ",endColumn=" + std::to_string(end.utf16);
  }
  out += ",title=" + escaped(finding.check, true) + "::" + escaped(full_message(finding), false) + "\n";
}

}  // namespace

void write_report_github(std::string& out, const Report& report, const ReportContext& context) {
  (void)context;
  std::array<std::size_t, 3> total{};
  for (const Finding& finding : report.findings) {
    if (is_shown(finding)) ++total[static_cast<std::size_t>(shown_severity(finding))];
  }
  std::array<std::size_t, 3> written{};
  for (const Finding& finding : report.findings) {
    if (!is_shown(finding)) continue;
    const auto level = static_cast<std::size_t>(shown_severity(finding));
    // The last place of a level is kept for the number of those that have none.
    const std::size_t room = total[level] > kMostOfALevel ? kMostOfALevel - 1 : kMostOfALevel;
    if (written[level]++ < room) write_annotation(out, finding);
  }
  for (std::size_t level = 0; level < total.size(); ++level) {
    if (total[level] <= kMostOfALevel) continue;
    out += "::" + std::string(command_of(static_cast<Severity>(level))) +
           " title=yoran::" + left_out_text(total[level] - kMostOfALevel + 1) + " of this level\n";
  }
  if (report.left_out > 0) out += "yoran: " + left_out_text(report.left_out) + "\n";
}

}  // namespace yoran
