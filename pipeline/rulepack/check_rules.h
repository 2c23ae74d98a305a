// Check rules: what `yoran check` demands of a document. One rules/checks/*.toml is one check.
#ifndef YORAN_RULEPACK_CHECK_RULES_H_
#define YORAN_RULEPACK_CHECK_RULES_H_

#include <re2/re2.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rulepack/example.h"
#include "rulepack/fold_table.h"
#include "rulepack/table_reader.h"
#include "types/diagnostic.h"

namespace yoran {

// What a check does; the only part of it that is C++.
enum class CheckKind : std::uint8_t {
  stage,            // takes over what a stage says under one of `codes`
  required,         // a field that the configuration demands is missing
  empty_label,      // a label without a value
  as_of_missing,    // a figure of `fields` without its day
  as_of_old,        // a figure of `fields` older than `years`
  as_of_future,     // a figure of `fields` of a day to come
  country_missing,  // an address whose country nothing tells
  date_order,       // a body of `fields` younger than its own figures
  range_order,      // a range of dates that ends before it begins
  total,            // parts that do not add up to their whole
  two_units,        // one measure in two units that differ
  conflict,         // one fact of `fields`, two values
  prefecture,       // a municipality behind a prefecture it is not in
  postal_code,      // not of the form of the country
  postal_district,  // not of the prefecture of the address
  phone,            // behind a word for telephones, and none
  pattern,          // text that one of `patterns` matches
  mixed_digits,     // full-width and ASCII digits in one document
  not_composed,     // a letter and a mark instead of the letter with the mark
  unused_ignore,    // a comment suppresses nothing
  unknown_ignore,   // a comment names no check
};

struct CheckRule {
  std::string id;
  CheckKind kind = CheckKind::stage;
  Severity severity = Severity::warning;
  std::string title;                 // one sentence without full stop
  std::string help;                  // Markdown
  std::vector<std::string> codes;    // stage: "date.impossible", "*.out-of-range"; phone: countries
  std::vector<std::string> fields;   // ids
  std::vector<std::string> undated;  // conflict: fields whose figures count without a day too
  std::vector<std::string> words;    // folded; meaning by kind
  std::vector<std::vector<std::string>>
      parts;  // total: each a list of parts, "male|men" for words of one part
  std::vector<std::shared_ptr<const RE2>> patterns;
  std::optional<std::string> replacement;  // pattern: what a match becomes, \\1 is its first group
  bool links = false;                      // pattern: addresses in the markup of links count too
  double tolerance = 0;                    // a share: 0.01 is 1 %
  double near = 0;                         // a larger share is no mistake but something else
  std::int64_t years = 0;
  std::vector<Example> examples;
  std::string path;
};

using CheckRules = std::vector<CheckRule>;

[[nodiscard]] CheckRule read_check(TableReader& root, const FoldTable& folds);
[[nodiscard]] std::string_view to_string(CheckKind kind);

// "*.conflict" takes "population.conflict".
[[nodiscard]] bool takes_code(std::string_view wanted, std::string_view code);

}  // namespace yoran

#endif  // YORAN_RULEPACK_CHECK_RULES_H_
