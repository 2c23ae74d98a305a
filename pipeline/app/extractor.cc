#include "app/extractor.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "app/console.h"
#include "emit/text.h"
#include "source_digest.h"

namespace yoran {
namespace {

constexpr std::size_t kFramesPerInput = 20;  // diagnostics shown with their line; the rest only named

const LineIndex* lines_of(const Extraction& extraction) {
  return extraction.document == nullptr ? nullptr : &extraction.document->lines;
}

// Why the outcome is what it is: the most serious of what was said.
void tell_reason(const Diagnostics& said, InputReport& report) {
  const auto worst = std::max_element(said.begin(), said.end(),
                                      [](const auto& a, const auto& b) { return a.severity < b.severity; });
  if (worst == said.end()) return;
  report.reason = worst->code;
  report.message = worst->message;
}

InputReport report_on(const std::string& name, std::string_view bytes, const Extraction& extraction) {
  InputReport report;
  report.name = name;
  report.bytes = bytes.size();
  report.sha256 = extraction.records.empty() ? sha256_hex(bytes) : extraction.records.front().source.sha256;
  report.outcome = to_string(extraction.outcome);
  if (extraction.outcome == Outcome::ok) return report;
  const bool of_record = !extraction.records.empty() && extraction.diagnostics.empty();
  tell_reason(of_record ? extraction.records.front().diagnostics : extraction.diagnostics, report);
  return report;
}

}  // namespace

std::size_t Printed::bytes() const {
  std::size_t sum = text.size() + errors.size() + rejected_bytes.size();
  for (const std::string& record : records) sum += record.size();
  return sum;
}

Extractor::Extractor(const Arguments& arguments, const RulePack& rules, const RunLog& log)
    : rules_(rules),
      log_(log),
      options_(extract_options(arguments)),
      write_(write_options(arguments, rules)),
      strict_(arguments, rules, write_),
      text_style_(style_for(arguments, STDOUT_FILENO)),
      pretty_(arguments.has("pretty")),
      as_text_(arguments.value("format") == "text"),
      keep_rejects_(arguments.has("rejects")) {}

Printed Extractor::run(const Input& input) const {
  const auto start = std::chrono::steady_clock::now();
  InputBytes read = read_input(input, options_.max_bytes);
  Printed printed =
      read.fault ? report_fault(input.path, *read.fault) : extract_from(input.path, std::move(read.bytes));
  const auto passed = std::chrono::steady_clock::now() - start;
  printed.report.milliseconds =
      static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::milliseconds>(passed).count());
  return printed;
}

Printed Extractor::extract_from(const std::string& name, std::string bytes) const {
  Printed printed;
  ExtractOptions options = options_;
  options.name = name;
  Extraction extraction = extract_safely(bytes, options, rules_);
  const std::size_t written = print(extraction, printed);
  if (extraction.outcome == Outcome::rejected) printed.exit = kExitRejected;
  report(name, extraction, printed);
  printed.report = report_on(name, bytes, extraction);
  printed.report.records = written;
  if (keep_rejects_ && extraction.outcome == Outcome::rejected) printed.rejected_bytes = std::move(bytes);
  return printed;
}

Printed Extractor::report_fault(const std::string& name, const Diagnostic& fault) const {
  Printed printed;
  if (fault.severity == Severity::error) printed.exit = kExitRejected;
  log_.add(printed.errors, name, fault, nullptr, false);
  printed.report.name = name;
  printed.report.outcome = outcome_of(fault);
  printed.report.reason = fault.code;
  printed.report.message = fault.message;
  return printed;
}

// How many records were written: --strict may leave some out.
std::size_t Extractor::print(Extraction& extraction, Printed& printed) const {
  const std::size_t made = extraction.records.size();
  if (as_text_) {
    for (const Record& record : extraction.records)
      write_text(printed.text, record, rules_, write_, text_style_);
    if (options_.mentions) write_text(printed.text, extraction.mentions);
    return made;
  }
  printed.records = records_as_json(extraction, rules_, write_, strict_);
  const std::size_t written = printed.records.size();
  if (written != made) printed.exit = kExitInternal;
  if (options_.mentions) printed.records = {envelope(extraction, printed.records)};
  if (!pretty_) return written;
  for (std::string& record : printed.records) record = indented(record);
  return written;
}

// Mentions belong to the input, which may have given many records or none: one object for each input, as in
// `filter`.
std::string Extractor::envelope(const Extraction& extraction, const std::vector<std::string>& records) const {
  std::string out = R"({"outcome":")" + std::string(to_string(extraction.outcome)) + R"(","records":[)";
  for (const std::string& record : records) out += (&record == &records.front() ? "" : ",") + record;
  out += "],\"diagnostics\":";
  write_diagnostics(out, extraction.diagnostics, lines_of(extraction));
  out += ",\"mentions\":";
  write_mentions(out, extraction.mentions, rules_, write_);
  return out + "}";
}

void Extractor::report(const std::string& name, const Extraction& extraction, Printed& printed) const {
  std::size_t shown = 0;
  const auto show = [&](const Diagnostics& diagnostics) {
    for (const Diagnostic& diagnostic : diagnostics) {
      if (!log_.wants(diagnostic.severity)) continue;
      log_.add(printed.errors, name, diagnostic, lines_of(extraction), shown++ < kFramesPerInput);
    }
  };
  show(extraction.diagnostics);
  if (!as_text_) return;  // JSON records carry their own
  for (const Record& record : extraction.records) show(record.diagnostics);
}

}  // namespace yoran
