// The rules, read once: everything the stages know about words. Const after loading and shared by all
// threads.
#ifndef YORAN_RULEPACK_RULEPACK_H_
#define YORAN_RULEPACK_RULEPACK_H_

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rulepack/address_rules.h"
#include "rulepack/calendar_rules.h"
#include "rulepack/check_rules.h"
#include "rulepack/contact_rules.h"
#include "rulepack/entity.h"
#include "rulepack/field.h"
#include "rulepack/fold_table.h"
#include "rulepack/link_rules.h"
#include "rulepack/name_rules.h"
#include "rulepack/number_rules.h"
#include "rulepack/rule_error.h"
#include "rulepack/rule_file.h"
#include "rulepack/segment_rules.h"
#include "rulepack/unit_rules.h"
#include "rulepack/word_index.h"

namespace yoran {

// Categories of Word in RulePack::words.
enum class WordCategory : std::uint16_t {
  label,    // entry: into RulePack::labels
  entity,   // entry: into RulePack::entity_patterns, a literal it starts with
  pattern,  // entry: into RulePack::field_patterns, a literal it starts with
  title,    // entry: into NameRules::titles
  place,    // entry: into AddressRules, see there
  number,   // entry: unused: an English number word or the like begins here
};

struct Label {
  std::uint32_t field = 0;
  std::string text;
};

struct FieldPatternRef {
  std::uint32_t field = 0;
  std::uint32_t pattern = 0;
};

struct RulePack {
  FoldTable folds;
  SegmentRules layout;
  NumberRules numbers;
  UnitRules units;
  CalendarRules calendar;
  ContactRules contacts;
  AddressRules addresses;
  NameRules names;
  LinkRules linking;
  WordLists lists;

  std::vector<EntityRules> entities;
  std::vector<EntityPattern> entity_patterns;
  // Into entity_patterns: those that start with a digit, by the byte behind the run of digits (0: the line
  // ends), in file order.
  std::array<std::vector<std::uint32_t>, 256> digit_patterns;
  std::vector<FieldRules> fields;  // sorted as records write them
  CheckRules checks;               // by id
  std::vector<Label> labels;
  std::vector<FieldPatternRef> field_patterns;
  // By kind of a value: what stands behind it in the patterns that begin with one, as one piece. None: one
  // of them may have anything there.
  std::array<std::optional<PatternStep>, kMentionKinds> behind_values;
  WordIndex words;  // everything that is looked for in running text

  std::vector<RuleFile> files;
  std::string sha256;  // over the files, sorted by path

  [[nodiscard]] const FieldRules* field(std::string_view id) const;
  [[nodiscard]] const CheckRule* check(std::string_view id) const;
};

struct LoadedRules {
  std::shared_ptr<const RulePack> pack;  // null if there are errors
  RuleErrors errors;
};

// Reads, checks and compiles. A file of a later set replaces the file of the same path of an earlier one; a
// field, entity or lexicon of an id that an earlier set has under another path replaces that one.
[[nodiscard]] LoadedRules load_rules(std::span<const RuleFile> files);

// The rules embedded at build time, and those of a folder (errors: unreadable files).
[[nodiscard]] std::span<const RuleFile> default_rule_files();
[[nodiscard]] std::vector<RuleFile> read_rule_folder(const std::string& folder, RuleErrors& errors);
// The defaults with the files of a folder laid over them.
[[nodiscard]] std::vector<RuleFile> overlay(std::span<const RuleFile> base, std::vector<RuleFile> more);

}  // namespace yoran

#endif  // YORAN_RULEPACK_RULEPACK_H_
