#include "app/batch/run_log.h"

#include <fmt/format.h>
#include <unistd.h>

#include "app/console.h"
#include "emit/display.h"
#include "emit/json_writer.h"

namespace yoran {
namespace {

void append_member(std::string& out, std::string_view key, std::string_view text) {
  if (text.empty()) return;
  out += fmt::format(",\"{}\":", key);
  append_json(out, text);
}

}  // namespace

RunLog::RunLog(const Arguments& arguments)
    : style_(style_for(arguments, STDERR_FILENO)),
      json_(arguments.value("log-format") == "json"),
      quiet_(arguments.has("quiet")) {}

void RunLog::add(std::string& out, std::string_view input, const Diagnostic& diagnostic,
                 const LineIndex* lines, bool frame) const {
  if (!wants(diagnostic.severity)) return;
  if (!json_) return write_diagnostic(out, input, diagnostic, frame ? lines : nullptr, style_);
  out += fmt::format(R"({{"event":"diagnostic","severity":"{}","code":"{}")", to_string(diagnostic.severity),
                     diagnostic.code);
  append_member(out, "input", well_formed(input));
  if (diagnostic.at && lines != nullptr) {
    const LineColumn at = lines->at(diagnostic.at->start);
    out += fmt::format(R"(,"line":{},"column":{})", at.line, at.column);
  }
  append_member(out, "message", diagnostic.message);
  append_member(out, "rule", diagnostic.rule);
  append_member(out, "hint", diagnostic.hint);
  out += "}\n";
}

void RunLog::event(std::string_view name, Severity severity, std::string_view text,
                   std::string_view members) const {
  if (!wants(severity)) return;
  std::string out;
  if (json_) {
    out = fmt::format(R"({{"event":"{}","severity":"{}")", name, to_string(severity));
    if (members.empty()) append_member(out, "message", text);
    if (!members.empty()) out += fmt::format(",{}", members);
    out += '}';
  } else {
    out = fmt::format("yoran: {}", text);
  }
  if (!out.ends_with('\n')) out += '\n';
  write_stderr(out);
}

}  // namespace yoran
