// The rules a command works with: the built-in ones and those of --rules.
#ifndef YORAN_APP_RULES_SOURCE_H_
#define YORAN_APP_RULES_SOURCE_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "app/command_line.h"
#include "emit/diagnostic_text.h"
#include "rulepack/rulepack.h"

namespace yoran {

// Rule files with the names they have outside, for messages.
struct RuleSet {
  std::vector<RuleFile> files;
  std::map<std::string, std::string> shown;  // path in the pack -> path as the user knows it

  [[nodiscard]] const std::string& shown_path(const std::string& path) const;
  // Lays a folder, or one file, over what is there. Throws UsageError if it cannot be read.
  void lay_over_folder(const std::string& folder);
  std::string lay_over_file(const std::string& file);  // its path in the pack
};

[[nodiscard]] RuleSet built_in_rules();
// With those of --rules.
[[nodiscard]] RuleSet rules_of(const Arguments& arguments);

// Compiles; throws UsageError after all errors have been written to standard error, each with its line and a
// caret.
[[nodiscard]] std::shared_ptr<const RulePack> compile(const RuleSet& rules, const TextStyle& style);
[[nodiscard]] std::shared_ptr<const RulePack> load_rules_of(const Arguments& arguments);

}  // namespace yoran

#endif  // YORAN_APP_RULES_SOURCE_H_
