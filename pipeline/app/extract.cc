// yoran extract: documents in, records out.
#include <unistd.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "app/commands.h"
#include "app/console.h"
#include "app/extract_options.h"
#include "app/input.h"
#include "app/ordered_batch.h"
#include "app/rules_source.h"
#include "emit/diagnostic_text.h"
#include "emit/text.h"
#include "rulepack/table_reader.h"

namespace yoran {
namespace {

constexpr std::size_t kFramesPerInput = 20;  // diagnostics shown with their line; the rest only named

// What one input gives: texts for both streams and an exit code.
struct Printed {
  std::vector<std::string> records;  // JSON, one each
  std::string text;                  // for people
  std::string errors;
  int exit = kExitOk;
};

class Extractor {
 public:
  Extractor(const Arguments& arguments, const RulePack& rules)
      : rules_(rules),
        options_(extract_options(arguments)),
        write_(write_options(arguments, rules)),
        strict_(arguments, rules, write_),
        style_(style_for(arguments, STDERR_FILENO)),
        text_style_(style_for(arguments, STDOUT_FILENO)),
        quiet_(arguments.has("quiet")),
        pretty_(arguments.has("pretty")),
        as_text_(arguments.value("format") == "text") {}

  // Thread-safe.
  [[nodiscard]] Printed run(const Input& input) const {
    Printed printed;
    if (input.fault) return report_fault(input.path, *input.fault);
    const InputBytes read = read_input(input.path, options_.max_bytes);
    if (read.fault) return report_fault(input.path, *read.fault);
    ExtractOptions options = options_;
    options.name = input.path;
    Extraction extraction = extract_safely(read.bytes, options, rules_);
    print(extraction, printed);
    if (extraction.outcome == Outcome::rejected) printed.exit = kExitRejected;
    report(input.path, extraction, printed);
    return printed;
  }

 private:
  [[nodiscard]] Printed report_fault(const std::string& path, const Diagnostic& fault) const {
    Printed printed;
    const bool error = fault.severity == Severity::error;
    if (error) printed.exit = kExitRejected;
    if (error || !quiet_) write_diagnostic(printed.errors, path, fault, nullptr, style_);
    return printed;
  }

  void print(Extraction& extraction, Printed& printed) const {
    if (as_text_) {
      for (const Record& record : extraction.records)
        write_text(printed.text, record, rules_, write_, text_style_);
      if (options_.mentions) write_text(printed.text, extraction.mentions);
      return;
    }
    const std::size_t made = extraction.records.size();
    printed.records = records_as_json(extraction, rules_, write_, strict_);
    if (printed.records.size() != made) printed.exit = kExitInternal;
    if (options_.mentions) printed.records = {envelope(extraction, printed.records)};
    if (!pretty_) return;
    for (std::string& record : printed.records) record = indented(record);
  }

  // Mentions belong to the input, which may have given many records or none: one object for each input, as in
  // `filter`.
  [[nodiscard]] std::string envelope(const Extraction& extraction,
                                     const std::vector<std::string>& records) const {
    std::string out = R"({"outcome":")" + std::string(to_string(extraction.outcome)) + R"(","records":[)";
    for (const std::string& record : records) out += (&record == &records.front() ? "" : ",") + record;
    out += "],\"diagnostics\":";
    write_diagnostics(out, extraction.diagnostics, lines_of(extraction));
    out += ",\"mentions\":";
    write_mentions(out, extraction.mentions, rules_, write_);
    return out + "}";
  }

  [[nodiscard]] static const LineIndex* lines_of(const Extraction& extraction) {
    return extraction.document == nullptr ? nullptr : &extraction.document->lines;
  }

  void report(const std::string& path, const Extraction& extraction, Printed& printed) const {
    std::size_t shown = 0;
    const auto show = [&](const Diagnostics& diagnostics) {
      for (const Diagnostic& diagnostic : diagnostics) {
        if (quiet_ && diagnostic.severity != Severity::error) continue;
        const LineIndex* lines = shown++ < kFramesPerInput ? lines_of(extraction) : nullptr;
        write_diagnostic(printed.errors, path, diagnostic, lines, style_);
      }
    };
    show(extraction.diagnostics);
    if (!as_text_) return;  // JSON records carry their own
    for (const Record& record : extraction.records) show(record.diagnostics);
  }

  const RulePack& rules_;
  ExtractOptions options_;
  WriteOptions write_;
  StrictCheck strict_;
  TextStyle style_;
  TextStyle text_style_;
  bool quiet_;
  bool pretty_;
  bool as_text_;
};

// Writes results in the order of the inputs, as JSON Lines, one JSON array, or text.
class Printer {
 public:
  explicit Printer(const std::string& format) : array_(format == "json") {}

  void print(const Printed& printed) {
    exit_ = worse_exit(exit_, printed.exit);
    write_stderr(printed.errors);
    buffer_ += printed.text;
    for (const std::string& record : printed.records) {
      if (array_) buffer_ += first_ ? "[\n" : ",\n";
      buffer_ += record;
      if (!array_) buffer_ += '\n';
      first_ = false;
    }
    if (buffer_.size() > kBufferSize) flush();
  }
  void finish() {
    if (array_) buffer_ += first_ ? "[]\n" : "\n]\n";
    flush();
  }
  void flush() {
    write_stdout(buffer_);
    buffer_.clear();
  }
  [[nodiscard]] int exit() const { return exit_; }

 private:
  static constexpr std::size_t kBufferSize = 1U << 16U;
  bool array_;
  bool first_ = true;
  int exit_ = kExitOk;
  std::string buffer_;
};

// A word that is no file but a command: the order of the words is wrong, or one is misspelt.
void hint_at_commands(std::vector<Input>& inputs) {
  std::vector<std::string> names;
  for (const Command& command : commands())
    names.emplace_back(command.name.substr(0, command.name.find(' ')));
  for (Input& input : inputs) {
    if (!input.fault || input.fault->code != "read.missing") continue;
    if (input.path.find_first_of("./*") != std::string::npos || input.path.size() < 3) continue;
    const std::string near = nearest(input.path, names);
    if (near.empty()) continue;
    input.fault->hint = near == input.path ? "a command comes first: yoran " + near + " ..."
                                           : "or did you mean the command '" + near + "'?";
  }
}

}  // namespace

int run_extract(const Arguments& arguments) {
  const std::vector<std::string> paths = paths_of(arguments);
  const auto rules = load_rules_of(arguments);
  const Extractor extractor(arguments, *rules);
  std::vector<Input> inputs = expand_inputs(paths);
  hint_at_commands(inputs);
  Printer printer(arguments.value("format", "jsonl"));
  const std::size_t jobs = jobs_of(arguments, inputs.size());
  const auto work = [&](std::size_t index) { return extractor.run(inputs[index]); };
  run_in_order(inputs.size(), jobs, work, [&](const Printed& printed) { printer.print(printed); });
  printer.finish();
  return printer.exit();
}

}  // namespace yoran
