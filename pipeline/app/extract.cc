// yoran extract: documents in, records out.
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "app/batch_output.h"
#include "app/commands.h"
#include "app/console.h"
#include "app/extract_options.h"
#include "app/input.h"
#include "app/ordered_batch.h"
#include "app/rules_source.h"
#include "emit/diagnostic_text.h"
#include "emit/text.h"
#include "emit/version.h"
#include "rulepack/table_reader.h"
#include "source_digest.h"

namespace yoran {
namespace {

constexpr std::size_t kFramesPerInput = 20;  // diagnostics shown with their line; the rest only named

// What one input gives: texts for both streams and an exit code.
struct Printed {
  std::vector<std::string> records;  // JSON, one each
  std::string text;                  // for people
  std::string errors;
  int exit = kExitOk;
  InputReport report;
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
    const auto start = std::chrono::steady_clock::now();
    Printed printed = run_timed(input);
    printed.report.milliseconds = static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start)
            .count());
    return printed;
  }

 private:
  [[nodiscard]] Printed run_timed(const Input& input) const {
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
    tell(input.path, read.bytes, extraction, printed.report);
    return printed;
  }

  static void tell(const std::string& path, std::string_view bytes, const Extraction& extraction,
                   InputReport& report) {
    report.name = path;
    report.bytes = bytes.size();
    report.sha256 = extraction.records.empty() ? sha256_hex(bytes) : extraction.records.front().source.sha256;
    report.outcome = to_string(extraction.outcome);
    report.records = extraction.records.size();
    if (extraction.outcome == Outcome::ok) return;
    const Diagnostics& said = extraction.records.empty() || !extraction.diagnostics.empty()
                                  ? extraction.diagnostics
                                  : extraction.records.front().diagnostics;
    const auto worst = std::max_element(said.begin(), said.end(),
                                        [](const auto& a, const auto& b) { return a.severity < b.severity; });
    if (worst != said.end()) report.reason = worst->code;
  }

  [[nodiscard]] Printed report_fault(const std::string& path, const Diagnostic& fault) const {
    Printed printed;
    const bool error = fault.severity == Severity::error;
    if (error) printed.exit = kExitRejected;
    if (error || !quiet_) write_diagnostic(printed.errors, path, fault, nullptr, style_);
    printed.report.name = path;
    printed.report.outcome = error ? "rejected" : "skipped";
    printed.report.reason = fault.code;
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

// Writes results in the order of the inputs, as JSON Lines, one JSON array, or text: to standard output, or
// to a file by way of a batch output.
class Printer {
 public:
  Printer(const std::string& format, BatchOutput* file) : array_(format == "json"), file_(file) {}

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
    if (file_ != nullptr) {
      file_->add(buffer_, printed.report);
      buffer_.clear();
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
  BatchOutput* file_;
  bool first_ = true;
  int exit_ = kExitOk;
  std::string buffer_;
};

// Set by Ctrl-C: what is being worked on is finished, nothing new is begun.
volatile std::sig_atomic_t interrupted = 0;
struct Interrupted {};

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

// Everything that the bytes of the output depend on.
std::string settings_of(const Arguments& arguments, const RulePack& rules) {
  constexpr std::string_view kWithoutEffect[] = {"rules", "jobs",   "color",  "quiet",
                                                 "out",   "resume", "config", "no-config"};
  std::string settings = std::string(kVersion) + "\n" + rules.sha256 + "\n";
  for (const OptionSpec& option : arguments.command().options) {
    const bool ignored = std::find(std::begin(kWithoutEffect), std::end(kWithoutEffect), option.name) !=
                         std::end(kWithoutEffect);
    if (ignored || !arguments.has(option.name)) continue;
    settings += std::string(option.name) + "=" + arguments.value(option.name) + "\n";
  }
  return sha256_hex(settings);
}

// --out FILE, --resume; null: standard output.
std::unique_ptr<BatchOutput> batch_output(const Arguments& arguments, const RulePack& rules,
                                          std::vector<Input>& inputs) {
  if (!arguments.has("out")) {
    if (arguments.has("resume")) throw UsageError("--resume needs --out FILE");
    return nullptr;
  }
  if (arguments.value("format") == "json")
    throw UsageError("--out writes JSON Lines or text", "--format json is one array, for standard output");
  std::signal(SIGINT, [](int) { interrupted = 1; });
  std::signal(SIGTERM, [](int) { interrupted = 1; });
  std::signal(SIGXFSZ, SIG_IGN);  // a limit on the size of files is an error of write()
  return std::make_unique<BatchOutput>(arguments.value("out"), settings_of(arguments, rules),
                                       arguments.has("resume"), std::move(inputs));
}

int finish_early(BatchOutput& file) {
  constexpr int kExitInterrupted = 130;  // as shells have it
  file.flush();
  write_stderr("yoran: interrupted; " + file.summary() + "; the same command with --resume goes on\n");
  return kExitInterrupted;
}

int finish(BatchOutput& file, const Arguments& arguments, int exit) {
  file.finish();
  if (!arguments.has("quiet")) write_stderr("yoran: " + file.summary() + "\n");
  return file.any_rejected() ? worse_exit(exit, kExitRejected) : exit;
}

}  // namespace

int run_extract(const Arguments& arguments) {
  const std::vector<std::string> paths = paths_of(arguments);
  const auto rules = load_rules_of(arguments);
  const Extractor extractor(arguments, *rules);
  std::vector<Input> inputs = expand_inputs(paths);
  hint_at_commands(inputs);
  const auto file = batch_output(arguments, *rules, inputs);
  const std::vector<Input>& todo = file == nullptr ? inputs : file->inputs();
  Printer printer(arguments.value("format", "jsonl"), file.get());
  const auto work = [&](std::size_t index) { return extractor.run(todo[index]); };
  const auto take = [&](const Printed& printed) {
    printer.print(printed);
    if (interrupted != 0) throw Interrupted();
  };
  try {
    run_in_order(todo.size(), jobs_of(arguments, todo.size()), work, take);
  } catch (const Interrupted&) {
    return finish_early(*file);
  }
  printer.finish();
  return file == nullptr ? printer.exit() : finish(*file, arguments, printer.exit());
}

}  // namespace yoran
