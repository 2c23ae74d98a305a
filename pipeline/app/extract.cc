// yoran extract: documents in, records out.
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <limits>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "app/batch/batch_output.h"
#include "app/batch/child_pool.h"
#include "app/batch/extractor.h"
#include "app/batch/isolated_extractor.h"
#include "app/batch/metrics.h"
#include "app/batch/progress.h"
#include "app/batch/rejects.h"
#include "app/batch/run_log.h"
#include "app/batch/tally.h"
#include "app/batch/worker_pool.h"
#include "app/commands.h"
#include "app/console.h"
#include "app/extract_options.h"
#include "app/input/document_source.h"
#include "app/input/ignore_files.h"
#include "app/input/input_list.h"
#include "app/input/input_walk.h"
#include "app/rules_source.h"
#include "emit/version.h"
#include "rulepack/table_reader.h"
#include "source_digest.h"

namespace yoran {
namespace {

constexpr int kExitInterrupted = 130;  // as shells have it

// Set by Ctrl-C: what is being worked on is finished, nothing new is begun. The second one ends at once.
std::atomic<bool> interrupted = false;
static_assert(std::atomic<bool>::is_always_lock_free, "it is set by a signal handler");
struct Interrupted {};

void finish_on_interrupt() {
  struct sigaction action {};
  action.sa_handler = [](int) { interrupted.store(true); };
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  ::sigaction(SIGINT, &action, nullptr);
  ::sigaction(SIGTERM, &action, nullptr);
}

// Writes results as JSON Lines, one JSON array, or text to standard output.
class Printer {
 public:
  explicit Printer(bool array) : array_(array) {}

  void print(const Printed& printed) {
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

 private:
  static constexpr std::size_t kBufferSize = 1U << 16U;
  void flush() {
    write_stdout(buffer_);
    buffer_.clear();
  }
  bool array_;
  bool first_ = true;
  std::string buffer_;
};

// A word that is no file but a command: the order of the words is wrong, or one is misspelt.
void hint_at_commands(Input& input) {
  if (!input.fault || input.fault->code != "read.missing") return;
  if (input.path.find_first_of("./*") != std::string::npos || input.path.size() < 3) return;
  std::vector<std::string> names;
  for (const Command& command : commands())
    names.emplace_back(command.name.substr(0, command.name.find(' ')));
  const std::string near = nearest(input.path, names);
  if (near.empty()) return;
  input.fault->hint = near == input.path ? "a command comes first: yoran " + near + " ..."
                                         : "or did you mean the command '" + near + "'?";
}

// Everything that the bytes of the output depend on.
std::string settings_of(const Arguments& arguments, const RulePack& rules) {
  constexpr std::string_view kWithoutEffect[] = {
      "rules",     "jobs",       "color",      "quiet",    "out",     "resume",  "config",
      "no-config", "log-format", "files-from", "progress", "metrics", "isolate", "profile"};
  std::string settings = std::string(kVersion) + "\n" + rules.sha256 + "\n";
  for (const OptionSpec& option : arguments.command().options) {
    const bool ignored = std::find(std::begin(kWithoutEffect), std::end(kWithoutEffect), option.name) !=
                         std::end(kWithoutEffect);
    if (ignored || !arguments.has(option.name)) continue;
    settings += std::string(option.name) + "=" + arguments.value(option.name) + "\n";
  }
  return sha256_hex(settings);
}

// --out, --shard-records, --shard-bytes, --compress.
PartOptions part_options(const Arguments& arguments) {
  constexpr std::uint64_t kShardBytes = 256U << 20U;
  PartOptions options;
  options.path = arguments.value("out");
  options.folder = names_folder(options.path);
  const bool packed = arguments.value("compress") == "zstd";
  if (!options.folder && (packed || arguments.has("shard-records") || arguments.has("shard-bytes")))
    throw UsageError("--shard-records, --shard-bytes and --compress are for --out DIR",
                     "a folder ends in /, as in --out records/; a file is compressed if it ends in .zst");
  options.zstd = packed || (!options.folder && options.path.ends_with(".zst"));
  options.max_records = std::max<std::uint64_t>(arguments.number("shard-records", options.max_records), 1);
  options.max_bytes = std::max<std::uint64_t>(arguments.number("shard-bytes", kShardBytes), 1);
  if (arguments.value("format") == "text") options.ending = ".txt";
  return options;
}

void check_options(const Arguments& arguments) {
  for (const std::string_view option : {"out", "rejects", "metrics"})
    refuse_device(option, arguments.value(option));
  const bool batch = arguments.has("out");
  for (const std::string_view option : {"resume", "shard-records", "shard-bytes", "compress"}) {
    if (!batch && arguments.has(option))
      throw UsageError("--" + std::string(option) + " needs --out FILE or DIR");
  }
  for (const std::string_view option : {"max-seconds", "max-memory"}) {
    if (!arguments.has("isolate") && arguments.has(option))
      throw UsageError("--" + std::string(option) + " needs --isolate");
  }
  if (arguments.has("isolate") && arguments.has("profile"))
    throw UsageError("--profile measures one process: not with --isolate");
  if (!batch) return;
  if (arguments.value("format") == "json")
    throw UsageError("--out writes JSON Lines or text", "--format json is one array, for standard output");
  if (arguments.has("unordered")) throw UsageError("--unordered is for standard output");
}

// --max-seconds, --max-memory.
ChildLimits child_limits(const Arguments& arguments) {
  ChildLimits limits;
  limits.max_seconds = arguments.number("max-seconds", limits.max_seconds);
  limits.max_memory = arguments.number("max-memory", limits.max_memory);
  return limits;
}

class ExtractRun {
 public:
  ExtractRun(const Arguments& arguments, const RulePack& rules)
      : arguments_(arguments),
        rules_(rules),
        log_(arguments),
        progress_(arguments, log_),
        metrics_(arguments.value("metrics"), rules.sha256),
        profile_(arguments.has("profile") ? std::make_unique<Profile>(rules) : nullptr),
        extractor_(arguments, rules, log_, profile_.get()),
        format_(arguments),
        list_(arguments, [this](std::string_view name) { return format_.wants(name); }),
        pool_{jobs_of(arguments), !arguments.has("unordered")} {
    if (arguments.has("rejects")) rejects_ = std::make_unique<Rejects>(arguments.value("rejects"));
  }

  int to_stdout() {
    Tally tally;
    if (rejects_) rejects_->open(0);
    Printer printer(arguments_.value("format") == "json");
    DocumentSource source([this] { return next_listed(); }, format_, 0);
    work_on([&] { return source.next(); },
            [&](const Printed& printed) {
              tally.add(printed.report);
              if (rejects_ && printed.report.outcome == "rejected")
                rejects_->add(printed.report, printed.rejected_bytes);
              printer.print(printed);
              watch(tally);
            });
    printer.finish();
    const bool for_people = ::isatty(STDERR_FILENO) != 0 && tally.inputs() > 1;
    metrics_.write(tally, true);
    if (for_people || rejects_ || log_.is_json()) summarize(tally);
    show_profile();
    return exit_;
  }

  int to_files() {
    finish_on_interrupt();
    std::signal(SIGPIPE, SIG_IGN);  // whoever reads the messages may go away
    std::signal(SIGXFSZ, SIG_IGN);  // a limit on the size of files is an error of write()
    BatchOutput output(part_options(arguments_), settings_of(arguments_, rules_), rejects_.get());
    try {
      start(output);
    } catch (const Interrupted&) {
      log_.event("interrupted", Severity::error, "interrupted while the inputs were listed");
      return kExitInterrupted;
    }
    progress_.expect(output.inputs_left(), output.tally());
    bool cut_short = false;
    DocumentSource source([&] { return output.next_input(); }, format_, output.members_done());
    const auto next = [&]() -> std::optional<SourceDocument> {
      if (!interrupted) return source.next();
      cut_short = true;
      return std::nullopt;
    };
    work_on(next, [&](const Printed& printed) {
      std::string lines = printed.text;
      for (const std::string& record : printed.records) lines += record + '\n';
      output.add(lines, printed.report, printed.rejected_bytes);
      watch(output.tally());
    });
    if (cut_short) return finish_early(output);
    output.finish();
    metrics_.write(output.tally(), true);
    summarize(output.tally());
    show_profile();
    return output.tally().of("rejected") > 0 ? worse_exit(exit_, kExitRejected) : exit_;
  }

 private:
  std::optional<Input> next_listed() {
    auto input = list_.next();
    if (input) hint_at_commands(*input);
    return input;
  }

  void start(BatchOutput& output) {
    const auto list = [this] {
      if (interrupted) throw Interrupted();
      return next_listed();
    };
    if (arguments_.has("resume"))
      output.resume(list, [this](const Input& input) { return content_of(input, max_bytes_of(input)); });
    else
      output.begin(list);
  }

  [[nodiscard]] std::uint64_t max_bytes_of(const Input& input) const {
    const ContainerOptions options = format_.options_for(input.path);
    if (options.kind == ContainerKind::none) return options.limits.max_document;
    return std::numeric_limits<std::uint64_t>::max();
  }

  template <class Next, class Take>
  void work_on(Next&& next, Take&& take) {
    const auto use = [&](const Printed& printed) {
      exit_ = worse_exit(exit_, printed.exit);
      if (!printed.errors.empty()) {
        progress_.clear();
        write_stderr(printed.errors);
      }
      take(printed);
    };
    if (arguments_.has("isolate")) {
      isolated(next, use);
    } else {
      run_pool(
          pool_, next, [this](SourceDocument document) { return extractor_.run(std::move(document)); }, use,
          [](const Printed& printed) { return printed.bytes(); });
    }
    progress_.clear();
  }

  template <class Next, class Take>
  void isolated(Next& next, const Take& take) const {
    const ChildLimits limits = child_limits(arguments_);
    const IsolatedExtractor exchange(extractor_);
    const Serve serve = [&](std::string_view request) { return exchange.serve(request); };
    ChildPool<SourceDocument, Printed, IsolatedExtractor>(pool_, limits, serve, exchange).run(next, take);
  }

  void watch(const Tally& tally) {
    progress_.tick(tally);
    metrics_.tick(tally);
  }

  void show_profile() const {
    if (profile_) log_.event("profile", Severity::error, profile_->as_text(), profile_->as_json());
  }

  void summarize(const Tally& tally) const {
    log_.event("summary", Severity::info, tally.as_text(), tally.as_json());
  }

  int finish_early(BatchOutput& output) const {
    output.flush();
    metrics_.write(output.tally(), false);
    log_.event("interrupted", Severity::error,
               "interrupted; " + output.tally().line() + "; the same command with --resume goes on",
               output.tally().as_json());
    return kExitInterrupted;
  }

  const Arguments& arguments_;
  const RulePack& rules_;
  RunLog log_;
  Progress progress_;
  Metrics metrics_;
  std::unique_ptr<Profile> profile_;  // null: not wanted
  Extractor extractor_;
  InputFormat format_;
  InputList list_;
  PoolOptions pool_;
  std::unique_ptr<Rejects> rejects_;
  int exit_ = kExitOk;
};

int complain(const RunLog& log, const std::string& message, int exit) {
  log.event("failure", Severity::error, message);
  return exit;
}

}  // namespace

int run_extract(const Arguments& arguments) {
  const RunLog log(arguments);
  try {
    check_options(arguments);
    const auto rules = load_rules_of(arguments);
    ExtractRun run(arguments, *rules);
    return arguments.has("out") ? run.to_files() : run.to_stdout();
  } catch (const UsageError& error) {
    if (!log.is_json()) throw;
    return complain(log, error.what(), kExitUsage);
  } catch (const OutputError& error) {
    if (!log.is_json() || error.reader_gone()) throw;
    return complain(log, error.what(), kExitInternal);
  }
}

}  // namespace yoran
