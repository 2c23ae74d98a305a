// A rule file as bytes.
#ifndef YORAN_RULEPACK_RULE_FILE_H_
#define YORAN_RULEPACK_RULE_FILE_H_

#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace yoran {

// The path decides its kind: fields/, entities/, lexicon/, gazetteer/, checks/. Copies share the text.
struct RuleFile {
  RuleFile() = default;
  RuleFile(std::string path_in_rules, std::string bytes)
      : path(std::move(path_in_rules)),
        kept(std::make_shared<const std::string>(std::move(bytes))),
        text(*kept) {}

  // Of the program itself: a literal, which need not be kept.
  [[nodiscard]] static RuleFile embedded(std::string_view path, std::string_view literal) {
    RuleFile file;
    file.path = path;
    file.text = literal;
    return file;
  }

  std::string path;  // relative to the rules folder, as errors show it: "fields/population.toml"
  std::shared_ptr<const std::string> kept;
  std::string_view text;
};

}  // namespace yoran

#endif  // YORAN_RULEPACK_RULE_FILE_H_
