// Checkstyle XML, as its XMLLogger writes it.
#include "emit/report.h"

namespace yoran {

void write_report_checkstyle(std::string& out, const Report& report, const ReportContext& context) {
  (void)context;
  out += "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">\n";
  const std::string* open = nullptr;
  for (const Finding& finding : report.findings) {
    if (!is_shown(finding)) continue;
    if (open == nullptr || *open != finding.path) {
      if (open != nullptr) out += "  </file>\n";
      out += "  <file name=\"" + xml_text(finding.path) + "\">\n";
      open = &finding.path;
    }
    const Spot at = finding.at ? finding.at->start : Spot{};
    out += "    <error line=\"" + std::to_string(at.line) + "\" column=\"" + std::to_string(at.column) +
           "\" severity=\"" + std::string(to_string(shown_severity(finding))) + "\" message=\"" +
           xml_text(full_message(finding)) + "\" source=\"yoran." + xml_text(finding.check) + "\"/>\n";
  }
  if (open != nullptr) out += "  </file>\n";
  if (report.left_out > 0) {
    out += "  <file name=\"summary\">\n    <error line=\"1\" severity=\"info\" message=\"" +
           left_out_text(report.left_out) + "\" source=\"yoran.summary\"/>\n  </file>\n";
  }
  out += "</checkstyle>\n";
}

}  // namespace yoran
