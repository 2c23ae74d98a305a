#include "emit/report.h"

#include <algorithm>
#include <array>
#include <utility>

#include "emit/display.h"
#include "types/utf8.h"

namespace yoran {

ReportWriter report_writer(std::string_view format) {
  constexpr std::array<std::pair<std::string_view, ReportWriter>, 9> kWriters = {{
      {"text", write_report_text},
      {"json", write_report_json},
      {"jsonl", write_report_jsonl},
      {"sarif", write_report_sarif},
      {"junit", write_report_junit},
      {"github", write_report_github},
      {"checkstyle", write_report_checkstyle},
      {"rdjsonl", write_report_rdjsonl},
      {"gitlab", write_report_gitlab},
  }};
  for (const auto& [name, writer] : kWriters) {
    if (name == format) return writer;
  }
  return nullptr;
}

std::string full_message(const Finding& finding) {
  std::string message = finding.message;
  if (!finding.hint.empty()) message += " (" + finding.hint + ")";
  if (finding.standing == Standing::baseline) message += " (in the baseline)";
  return message;
}

bool is_shown(const Finding& finding) { return finding.standing != Standing::ignored; }

Severity shown_severity(const Finding& finding) {
  return finding.standing == Standing::open ? finding.severity : Severity::info;
}

std::string left_out_text(std::size_t left_out) {
  if (left_out == 0) return {};
  return std::to_string(left_out) + (left_out == 1 ? " more finding" : " more findings");
}

Report limited(const Report& report, std::size_t most) {
  std::vector<std::size_t> kept;
  for (std::size_t i = 0; i < report.findings.size(); ++i) kept.push_back(i);
  std::stable_sort(kept.begin(), kept.end(), [&](std::size_t a, std::size_t b) {
    return shown_severity(report.findings[a]) > shown_severity(report.findings[b]);
  });
  Report result{{}, report.paths, report.left_out};
  if (kept.size() > most) {
    result.left_out += kept.size() - most;
    kept.resize(most);
  }
  std::sort(kept.begin(), kept.end());
  for (const std::size_t index : kept) result.findings.push_back(report.findings[index]);
  return result;
}

std::string xml_text(std::string_view utf8) {
  std::string out;
  for (std::size_t i = 0; i < utf8.size();) {
    const Glyph glyph = glyph_at(utf8, i);
    i += glyph.bytes.size();
    const std::int32_t c = glyph.code_point;
    const bool allowed = c == '\t' || c == '\n' || (c >= 0x20 && c != 0xFFFE && c != 0xFFFF);
    if (!allowed) {
      append_utf8(out, 0xFFFD);
    } else if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (c == '"') {
      out += "&quot;";
    } else if (c == '\n' || c == '\t') {
      out += c == '\n' ? "&#10;" : "&#9;";
    } else {
      out += glyph.bytes;
    }
  }
  return out;
}

}  // namespace yoran
