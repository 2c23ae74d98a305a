// Numerals as they are written: digits with their grouping and decimal mark, ideographs, words, syllables,
// fractions. What stands around a number, and whether it is an amount at all, is number.cc's business.
#ifndef YORAN_INTERPRET_NUMERAL_H_
#define YORAN_INTERPRET_NUMERAL_H_

#include <cstdint>
#include <optional>
#include <string_view>

#include "interpret/context.h"
#include "rulepack/number_rules.h"
#include "types/decimal.h"
#include "types/span.h"

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

// The end of a number spelled in syllables that begins at `position`.
[[nodiscard]] std::optional<std::uint32_t> kana_number_end(const NumberRules& rules, std::string_view text,
                                                           std::uint32_t position, std::uint32_t limit);

// Bytes looked at behind a number: lines may be long.
inline constexpr std::uint32_t kLookAhead = 256;

// Behind the run of blanks, or of ASCII digits, that begins at `position`.
[[nodiscard]] constexpr std::uint32_t behind_blanks(std::string_view text, std::uint32_t position,
                                                    std::uint32_t limit) {
  while (position < limit && text[position] == ' ') ++position;
  return position;
}
[[nodiscard]] constexpr std::uint32_t behind_digits(std::string_view text, std::uint32_t position,
                                                    std::uint32_t limit) {
  while (position < limit && is_ascii_digit(text[position])) ++position;
  return position;
}

// Han characters with the iteration mark and the ideographic zero.
[[nodiscard]] bool is_han(char32_t c);

}  // namespace yoran

#endif  // YORAN_INTERPRET_NUMERAL_H_
