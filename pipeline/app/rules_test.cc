// yoran rules test: runs the examples that rule files carry.
#include <unistd.h>

#include <set>

#include "app/commands.h"
#include "app/console.h"
#include "app/rule_examples.h"
#include "app/rules_source.h"
#include "emit/display.h"

namespace yoran {
namespace {

void write_failure(std::string& out, const ExampleResult& result, const RuleSet& rules,
                   const TextStyle& style) {
  const LineColumn at{result.at.line, result.at.column};
  write_head(out, rules.shown_path(result.path), &at, Severity::error, style);
  out += "example of '" + result.id + "' fails: " + visible(result.message) + " [example.failed]\n";
  if (!result.line.empty())
    write_frame(out, result.line, result.found_at, result.found_columns, style, result.found);
}

void write_unfired(std::string& out, const UnfiredRule& rule, const RuleSet& rules, const TextStyle& style) {
  write_head(out, rules.shown_path(rule.path), nullptr, Severity::error, style);
  out += "no example fires '" + rule.rule + "' [example.unfired]\n";
}

// Files named on the command line are laid over the rules, so that a new one needs no folder and no rebuilt
// program.
std::set<std::string> lay_over(const std::vector<std::string>& files, RuleSet& rules) {
  std::set<std::string> paths;
  for (const std::string& file : files) {
    const bool built_in = ::access(file.c_str(), F_OK) != 0 && rules.shown.contains(file);
    paths.insert(built_in ? file : rules.lay_over_file(file));
  }
  return paths;
}

}  // namespace

int run_rules_test(const Arguments& arguments) {
  const TextStyle style = style_for(arguments, STDOUT_FILENO);
  RuleSet rules = rules_of(arguments);
  const std::set<std::string> paths = lay_over(arguments.positionals(), rules);
  const auto pack = compile(rules, style_for(arguments, STDERR_FILENO));
  const PathFilter wanted = [&paths](const std::string& path) {
    return paths.empty() || paths.contains(path);
  };
  const std::vector<ExampleResult> results = run_examples(*pack, wanted);
  const std::vector<UnfiredRule> unfired = unfired_rules(*pack, results, wanted);
  std::string out;
  std::size_t failed = 0;
  for (const ExampleResult& result : results) {
    if (result.passed) continue;
    ++failed;
    write_failure(out, result, rules, style);
  }
  for (const UnfiredRule& rule : unfired) write_unfired(out, rule, rules, style);
  out += std::to_string(results.size()) + " examples, " + std::to_string(failed) + " failed, " +
         std::to_string(unfired.size()) + " layouts or patterns without an example\n";
  write_stdout(out);
  return failed == 0 && unfired.empty() ? kExitOk : kExitFindings;
}

}  // namespace yoran
