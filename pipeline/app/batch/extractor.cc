#include "app/batch/extractor.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <limits>
#include <utility>

#include "app/batch/output_file.h"
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

Extractor::Extractor(const Arguments& arguments, const RulePack& rules, const RunLog& log, Profile* profile)
    : rules_(rules),
      log_(log),
      profile_(profile),
      options_(extract_options(arguments)),
      write_(write_options(arguments, rules)),
      strict_(arguments, rules, write_),
      text_style_(style_for(arguments, STDOUT_FILENO)),
      pretty_(arguments.has("pretty")),
      as_text_(arguments.value("format") == "text"),
      keep_rejects_(arguments.has("rejects")) {
  options_.profile = profile != nullptr;
}

Printed Extractor::run(SourceDocument document) const {
  const auto start = std::chrono::steady_clock::now();
  const std::size_t member = document.member;
  Printed printed = run_untimed(std::move(document));
  const auto passed = std::chrono::steady_clock::now() - start;
  printed.report.milliseconds =
      static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::milliseconds>(passed).count());
  printed.report.member = member;
  return printed;
}

Printed Extractor::run_untimed(SourceDocument document) const {
  if (document.members) return report_container(document);
  if (document.input.fault) return report_fault(document.input.path, *document.input.fault);
  if (document.bytes) {
    std::string bytes = std::move(*document.bytes);
    return extract_from(document, std::move(bytes));
  }
  InputBytes read = read_input(document.input, options_.max_bytes);
  if (read.fault) return report_fault(document.input.path, *read.fault);
  return extract_from(document, std::move(read.bytes));
}

Printed Extractor::extract_from(const SourceDocument& document, std::string bytes) const {
  Printed printed;
  ExtractOptions options = options_;
  const std::string& name = options.name = document.input.path;
  if (!options.media_type) options.media_type = document.media_type;
  if (options.charset.empty()) options.charset = document.charset;
  Extraction extraction = extract_safely(bytes, options, rules_);
  const auto start = std::chrono::steady_clock::now();
  const std::size_t written = print(extraction, printed);
  if (profile_ != nullptr) profile_->add(extraction, std::chrono::steady_clock::now() - start);
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

Printed Extractor::reject(SourceDocument document, const Diagnostic& fault) const {
  Printed printed = report_fault(document.input.path, fault);
  printed.report.member = document.member;
  printed.report.members = document.members;
  if (!document.bytes) {
    if (document.input.path == "-" || document.input.any_kind) return printed;  // it can be read only once
    InputBytes read = read_input(document.input, options_.max_bytes);
    if (read.fault) return printed;
    document.bytes = std::move(read.bytes);
  }
  printed.report.bytes = document.bytes->size();
  printed.report.sha256 = sha256_hex(*document.bytes);
  if (keep_rejects_) printed.rejected_bytes = std::move(*document.bytes);
  return printed;
}

// Its documents have been reported; what is left to say is whether all of it could be read.
Printed Extractor::report_container(const SourceDocument& container) const {
  const Input& input = container.input;
  Printed printed;
  if (input.fault) printed = report_fault(input.path, *input.fault);
  printed.report.name = input.path;
  printed.report.members = container.members;
  if (*container.members > 0 && input.fault) {
    printed.report.outcome = "partial";
    printed.exit = kExitOk;
  }
  if (input.path == "-" || input.any_kind) return printed;  // they can be read only once
  Input file = input;
  file.fault.reset();
  const std::string content = content_of(file, std::numeric_limits<std::uint64_t>::max());
  constexpr std::size_t kDigest = 64;
  if (content.size() == kDigest) printed.report.sha256 = content;
  printed.report.bytes = size_of_file(input.path);
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
