// The examples of rule files as tests: run by `yoran rules test` and, one test each, by the test program.
#ifndef YORAN_APP_RULE_EXAMPLES_H_
#define YORAN_APP_RULE_EXAMPLES_H_

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "rulepack/rulepack.h"
#include "types/line_index.h"

namespace yoran {

enum class ExampleOf : std::uint8_t { field, entity, check };

// One example of a rule file.
struct RuleExample {
  std::string id;  // of the field, entity or check
  ExampleOf of = ExampleOf::field;
  const Example* example = nullptr;
  std::size_t number = 0;  // in its file, from 1
};

struct ExampleResult {
  std::string path;  // of the rule file
  RulePosition at;   // of the [[example]]
  std::string id;
  bool passed = false;
  std::string message;  // what was expected and what was found
  std::string line;     // the line of the example's text where something else was found, or its first
  LineColumn found_at;  // in it
  std::uint32_t found_columns = 0;  // 0: nothing was found
  std::string found;                // a note for the caret
  std::vector<std::string> fired;   // rules that made claims or mentions: "population/row", "date/era-day"
};

// Takes the path of a rule file in the pack.
using PathFilter = std::function<bool(const std::string&)>;

[[nodiscard]] std::vector<RuleExample> list_examples(const RulePack& rules,
                                                     const PathFilter& wanted = nullptr);
[[nodiscard]] ExampleResult run_example(const RulePack& rules, const RuleExample& example);
[[nodiscard]] std::vector<ExampleResult> run_examples(const RulePack& rules,
                                                      const PathFilter& wanted = nullptr);

// A layout or pattern that no example fires.
struct UnfiredRule {
  std::string path;
  std::string rule;  // "population/row"
};
[[nodiscard]] std::vector<UnfiredRule> unfired_rules(const RulePack& rules,
                                                     const std::vector<ExampleResult>& results,
                                                     const PathFilter& wanted = nullptr);

}  // namespace yoran

#endif  // YORAN_APP_RULE_EXAMPLES_H_
