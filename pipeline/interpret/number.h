// Stage 5, interpret: a run of numerals -> numbers and quantities.
// In:     a run as NumberRules::run_at found it; text, rules and habits of the context.
// Out:    zero or more readings inside the run; a quantity's span includes its unit. What is no amount (ids,
// versions,
//         ordinals, names with numerals) yields nothing.
// Errors: none; a value that 18 digits do not hold yields nothing.
#ifndef YORAN_INTERPRET_NUMBER_H_
#define YORAN_INTERPRET_NUMBER_H_

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "interpret/context.h"
#include "rulepack/number_rules.h"
#include "types/decimal.h"
#include "types/mention.h"

namespace yoran {

// One number as written, without what stands around it.
struct ParsedNumber {
  TextSpan span;
  Decimal value;
  Decimal stated;
  std::int64_t multiplier = 1;
  bool ascii = false;          // digits only, perhaps grouped, signed, with a decimal mark
  bool ideographic = false;    // ideographs only
  bool words = false;          // letters take part
  bool kana = false;           // spelled in syllables
  bool fraction = false;       // written as a fraction
  bool doubtful_mark = false;  // 3.825: the point may divide thousands
  std::uint8_t tokens = 0;     // ideographs
};

// The longest number that begins at `position` and ends at or before `limit`.
[[nodiscard]] std::optional<ParsedNumber> parse_number(const NumberRules& rules, std::string_view text,
                                                       std::uint32_t position, std::uint32_t limit,
                                                       const DocumentHabits& habits = {});

// The whole of `text` as a small count: ASCII digits or ideographs, both kinds of ideographic notation.
[[nodiscard]] std::optional<std::int32_t> parse_count(const NumberRules& rules, std::string_view text);

// English numerals in letters from `position`: the value and the end; years as spoken (nineteen eighty six)
// too.
struct SpokenNumber {
  std::int64_t value = 0;
  std::uint32_t end = 0;
  std::uint8_t words = 0;
};
[[nodiscard]] std::optional<SpokenNumber> parse_spoken(const NumberRules& rules, std::string_view text,
                                                       std::uint32_t position, std::uint32_t limit);

void interpret_numbers(const Mention& run, InterpretContext& context, std::vector<Reading>& out);

// What the numbers of a document say about its decimal mark; call it for every run before the first is
// interpreted.
class NumberHabits {
 public:
  void see(std::string_view run);
  [[nodiscard]] DocumentHabits::DecimalMark decimal_mark() const;

 private:
  void see_one(std::string_view number);
  std::uint32_t point_ = 0;  // points that must be decimal
  std::uint32_t comma_ = 0;  // commas that must be decimal
};

}  // namespace yoran

#endif  // YORAN_INTERPRET_NUMBER_H_
