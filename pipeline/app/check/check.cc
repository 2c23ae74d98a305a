// yoran check: documents in, findings out.
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <list>
#include <map>
#include <utility>

#include "app/batch/worker_pool.h"
#include "app/check/baseline.h"
#include "app/check/check_cache.h"
#include "app/check/findings.h"
#include "app/check/fix.h"
#include "app/check/git_diff.h"
#include "app/commands.h"
#include "app/config.h"
#include "app/console.h"
#include "app/extract_options.h"
#include "app/input/glob.h"
#include "app/input/ignore_files.h"
#include "app/input/input_walk.h"
#include "app/rules_source.h"
#include "emit/report.h"
#include "emit/version.h"
#include "source_digest.h"

namespace yoran {
namespace {

namespace fs = std::filesystem;

// What one document gives.
struct Checked {
  std::string path;
  Findings findings;
  std::string errors;  // for standard error
  std::string diff;    // what --diff shows
  bool whole = true;   // it was read
  int exit = kExitOk;
};

// As a report names a file: relative to the current folder, if it is below it.
std::string report_path(const std::string& path) {
  if (path == "-") return path;
  const fs::path plain = fs::path(path).lexically_normal();
  const fs::path relative = plain.is_absolute() ? plain.lexically_proximate(fs::current_path()) : plain;
  return relative.generic_string().starts_with("../") ? plain.generic_string() : relative.generic_string();
}

bool matches_any(const std::vector<std::string>& globs, const std::string& path) {
  return std::any_of(globs.begin(), globs.end(),
                     [&](const std::string& glob) { return glob_matches(glob, path); });
}

// What the configuration asks of one document.
struct Demands {
  std::vector<std::string> required;
  std::vector<const Severities*> severities;  // later ones win
};

Demands demands_of(const Config& config, const std::string& path) {
  Demands demands{config.required, {&config.severities}};
  const std::string relative = config.relative(path);
  for (const FileSettings& files : config.files) {
    if (!matches_any(files.paths, relative)) continue;
    demands.required.insert(demands.required.end(), files.required.begin(), files.required.end());
    demands.severities.push_back(&files.severities);
  }
  std::sort(demands.required.begin(), demands.required.end());
  demands.required.erase(std::unique(demands.required.begin(), demands.required.end()),
                         demands.required.end());
  return demands;
}

// The severity that the configuration gives a finding; none: it is off.
std::optional<Severity> severity_of(const Finding& finding, const Demands& demands) {
  std::optional<Severity> severity = finding.severity;
  for (const Severities* severities : demands.severities) {
    const auto found = severities->find(finding.check);
    if (found != severities->end()) severity = found->second.severity;
  }
  return severity;
}

std::string cache_folder(const Arguments& arguments) {
  return arguments.has("no-cache") ? std::string() : arguments.value("cache", default_cache_folder());
}

// What one configuration makes of the documents it holds for.
struct Setup {
  const Config& config;
  ExtractOptions options;
  CheckCache cache;
};

// `run`: the arguments of the run, whose cache counts for all documents.
Setup setup_of(const Config& config, const Arguments& run, const RulePack& rules) {
  check_names(config, rules);
  Arguments arguments = run;
  apply_config(config, arguments);
  ExtractOptions options = extract_options(arguments);
  options.check.emplace();
  const std::string today = arguments.value("today");
  options.check->today = parse_iso_day(today);
  if (arguments.has("today") && !options.check->today)
    throw UsageError("--today is a day such as 2020-01-31, not '" + today + "'");
  const std::string basis = std::string(kVersion) + ' ' + rules.sha256 + ' ' + options.region + ' ' + today +
                            ' ' + arguments.value("reference-date");
  return {config, std::move(options), CheckCache(cache_folder(run), basis)};
}

class Checker {
 public:
  Checker(const Arguments& arguments, const RulePack& rules)
      : rules_(rules),
        only_(arguments.list("only")),
        style_(style_for(arguments, STDERR_FILENO)),
        fix_(arguments.has("fix")),
        diff_(arguments.has("diff")) {}

  void check_names() const {
    std::vector<std::string> known;
    for (const CheckRule& rule : rules_.checks) known.push_back(rule.id);
    for (const std::string& id : only_) {
      if (rules_.check(id) == nullptr)
        throw UsageError("no check has the id '" + id + "'", suggestion(id, known, "see `yoran rules list`"));
    }
  }

  // Thread-safe.
  [[nodiscard]] Checked run(const Input& input, const Setup& setup) const {
    Checked checked;
    checked.path = report_path(input.path);
    if (input.fault) return refuse(std::move(checked), *input.fault);
    InputBytes read = read_input(input, setup.options.max_bytes);
    if (read.fault) return refuse(std::move(checked), *read.fault);
    const Demands demands = demands_of(setup.config, input.path);
    check_bytes(read.bytes, setup, demands, checked);
    if (diff_ || fix_) mend(input.path, read.bytes, setup, demands, checked);
    return checked;
  }

 private:
  [[nodiscard]] Checked refuse(Checked checked, const Diagnostic& fault) const {
    checked.whole = false;
    if (fault.severity == Severity::error) checked.exit = kExitRejected;
    write_diagnostic(checked.errors, checked.path, fault, nullptr, style_);
    return checked;
  }

  void check_bytes(const std::string& bytes, const Setup& setup, const Demands& demands,
                   Checked& checked) const {
    const CheckCache& cache = setup.cache;
    std::string made_from = cache.is_open() ? sha256_hex(bytes) : std::string();
    for (const std::string& id : demands.required) made_from += ' ' + id;
    if (auto known = cache.find(checked.path, made_from)) {
      checked.findings = std::move(*known);
    } else {
      ExtractOptions options = setup.options;
      options.name = checked.path;
      options.check->required = demands.required;
      const Extraction extraction = extract_safely(bytes, options, rules_);
      if (extraction.outcome == Outcome::rejected) {
        for (const Diagnostic& fault : extraction.diagnostics) checked = refuse(std::move(checked), fault);
        checked.exit = kExitRejected;
        return;
      }
      checked.findings = findings_of(extraction, checked.path);
      cache.keep(checked.path, made_from, checked.findings);
    }
    judge(demands, checked.findings);
  }

  void judge(const Demands& demands, Findings& findings) const {
    std::erase_if(findings, [&](Finding& finding) {
      const auto severity = severity_of(finding, demands);
      if (!severity) return true;
      finding.severity = *severity;
      return !only_.empty() && std::find(only_.begin(), only_.end(), finding.check) == only_.end();
    });
  }

  // Shows what --fix would do, or does it and checks again.
  void mend(const std::string& path, const std::string& bytes, const Setup& setup, const Demands& demands,
            Checked& checked) const {
    const std::vector<Edit> edits = edits_of(checked.findings);
    if (edits.empty() || path == "-") return;
    if (diff_) {
      checked.diff = unified_diff(checked.path, bytes, edits);
      return;
    }
    const std::string mended = edited(bytes, edits);
    if (const std::string fault = write_atomically(path, mended); !fault.empty()) {
      checked = refuse(std::move(checked),
                       {Severity::error, "fix.unwritable", "cannot write: " + fault, std::nullopt, "", ""});
      return;
    }
    check_bytes(mended, setup, demands, checked);
  }

  const RulePack& rules_;
  std::vector<std::string> only_;
  TextStyle style_;
  bool fix_;
  bool diff_;
};

// The documents to check: what the configuration, .gitignore and .yoranignore leave out of folders is left
// out.
std::vector<Input> inputs_of(const Arguments& arguments, ConfigTree& configs) {
  std::vector<std::string> words = arguments.positionals();
  if (words.empty()) words = {"."};
  IgnoreFiles git(".gitignore");
  IgnoreFiles own(".yoranignore");
  return expand_inputs(words, [&](const std::string& path, bool is_folder) {
    const Config& config = configs.above(path);
    const std::string relative = config.relative(path);
    return git.ignores(path, is_folder) || own.ignores(path, is_folder) ||
           matches_any(config.exclude, relative) ||
           (is_folder && matches_any(config.exclude, relative + "/"));
  });
}

// For each input the setup of the configuration that holds for it; equal ones are one.
class Setups {
 public:
  Setups(const std::vector<Input>& inputs, ConfigTree& configs, const Arguments& run, const RulePack& rules) {
    std::map<const Config*, const Setup*> known;
    for (const Input& input : inputs) {
      const Config& config = configs.above(input.path);
      const Setup*& setup = known[&config];
      if (setup == nullptr) setup = &setups_.emplace_back(setup_of(config, run, rules));
      of_inputs_.push_back(setup);
    }
  }

  [[nodiscard]] const Setup& at(std::size_t input) const { return *of_inputs_[input]; }

 private:
  std::list<Setup> setups_;
  std::vector<const Setup*> of_inputs_;
};

// Leaves what stands in lines that changed.
void keep_changed(const ChangedLines& changed, Findings& findings) {
  std::erase_if(findings, [&](const Finding& finding) {
    if (!finding.at) return !changed.has(finding.path);
    return !changed.touches(finding.path, finding.at->start.line, finding.at->end.line);
  });
}

bool fails(const Findings& findings, const std::string& fail_on) {
  if (fail_on == "never") return false;
  const Severity least = fail_on == "info"      ? Severity::info
                         : fail_on == "warning" ? Severity::warning
                                                : Severity::error;
  return std::any_of(findings.begin(), findings.end(), [least](const Finding& finding) {
    return finding.standing == Standing::open && finding.severity >= least;
  });
}

void write_report(const Arguments& arguments, const Report& report, const RulePack& rules) {
  const bool to_file = arguments.has("output");
  const ReportContext context{rules.checks, to_file ? TextStyle{} : style_for(arguments, STDOUT_FILENO)};
  std::string out;
  report_writer(arguments.value("format", "text"))(out, report, context);
  if (to_file) {
    const std::string file = arguments.value("output");
    if (const std::string fault = write_atomically(file, out); !fault.empty())
      throw UsageError("cannot write " + file + ": " + fault);
    return;
  }
  // A workflow of GitHub shows both: the text in its log, annotations on the pull request.
  const char* actions = std::getenv("GITHUB_ACTIONS");
  if (!arguments.has("format") && actions != nullptr && std::string_view(actions) == "true")
    write_report_github(out, report, context);
  write_stdout(out);
}

}  // namespace

int run_check(const Arguments& arguments) {
  if (arguments.has("fix") && arguments.has("diff"))
    throw UsageError("--fix writes, --diff shows: one of the two");
  ConfigTree configs(arguments);
  const auto rules = load_rules_of(arguments);
  check_names(configs.of_run(arguments), *rules);
  const Checker checker(arguments, *rules);
  checker.check_names();
  std::vector<Input> inputs = inputs_of(arguments, configs);
  std::optional<ChangedLines> changed;
  if (arguments.has("diff-base")) {
    changed = ChangedLines::since(arguments.value("diff-base"));
    std::erase_if(inputs,
                  [&](const Input& input) { return !input.fault && !changed->has(report_path(input.path)); });
  }
  const Setups setups(inputs, configs, arguments, *rules);
  Report report;
  std::string diff;
  int exit = kExitOk;
  const auto work = [&](std::size_t index) { return checker.run(inputs[index], setups.at(index)); };
  run_in_order(inputs.size(), jobs_of(arguments, inputs.size()), work, [&](Checked checked) {
    exit = worse_exit(exit, checked.exit);
    write_stderr(checked.errors);
    diff += checked.diff;
    if (changed) keep_changed(*changed, checked.findings);
    if (checked.whole) report.paths.push_back(std::move(checked.path));
    std::move(checked.findings.begin(), checked.findings.end(), std::back_inserter(report.findings));
  });
  if (arguments.has("diff")) {
    write_stdout(diff);
    return diff.empty() ? exit : worse_exit(exit, kExitFindings);
  }
  if (arguments.has("update-baseline")) {
    if (!arguments.has("baseline")) throw UsageError("--update-baseline needs --baseline FILE");
    Baseline::write(arguments.value("baseline"), report.findings);
    return exit;
  }
  if (arguments.has("baseline")) {
    Baseline baseline = Baseline::read(arguments.value("baseline"));
    baseline.mark(report.findings);
    if (baseline.unused() > 0 && !arguments.has("quiet") && !changed)
      write_stderr("yoran: no longer found of the baseline: " + std::to_string(baseline.unused()) +
                   " (--update-baseline takes them out)\n");
  }
  if (fails(report.findings, arguments.value("fail-on", "error"))) exit = worse_exit(exit, kExitFindings);
  if (arguments.has("max-findings"))
    report = limited(report, static_cast<std::size_t>(arguments.number("max-findings", 0)));
  write_report(arguments, report, *rules);
  return exit;
}

}  // namespace yoran
