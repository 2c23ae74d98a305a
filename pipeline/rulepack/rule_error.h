// What is wrong with a rule file, and where. Loading collects all of them in one run.
#ifndef YORAN_RULEPACK_RULE_ERROR_H_
#define YORAN_RULEPACK_RULE_ERROR_H_

#include <cstdint>
#include <string>
#include <vector>

namespace yoran {

struct RulePosition {
  std::uint32_t line = 1;    // from 1
  std::uint32_t column = 1;  // from 1, code points
};

struct RuleError {
  std::string path;
  RulePosition at;
  std::string code;     // rule.unknown-key, rule.bad-pattern, ...
  std::string message;  // names the offending piece
  std::string hint;     // a suggestion, or empty

  [[nodiscard]] std::string to_string() const {
    std::string text =
        path + ":" + std::to_string(at.line) + ":" + std::to_string(at.column) + ": error: " + message;
    if (!hint.empty()) text += " (" + hint + ")";
    return text + " [" + code + "]";
  }
};

using RuleErrors = std::vector<RuleError>;

}  // namespace yoran

#endif  // YORAN_RULEPACK_RULE_ERROR_H_
