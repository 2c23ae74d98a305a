// What may stand between a label and its value.
#ifndef YORAN_LINK_GAP_H_
#define YORAN_LINK_GAP_H_

#include <cstdint>
#include <optional>

#include "link/context.h"
#include "types/utf8.h"

namespace yoran {

// A value met on the way from a label, and what was passed.
struct GapValue {
  const Reading* reading = nullptr;  // null: a name, which is its span
  std::optional<Date> year;          // the reading is a number that stands for a year
  double amount = 0;
  std::string_view stated_unit;
  std::string_view unit;       // of the claim, if it is not the field's
  bool unit_assumed = false;   // a quantity without a unit of its own
  TextSpan span;               // the value with its unit
  std::vector<TextSpan> more;  // further names of a list
  std::optional<AsOf> as_of;   // a date passed on the way
  TextSpan of;                 // a name passed on the way
  bool total = false;
  bool part = false;   // the nearest value was a part's and no whole came after
  bool scope = false;  // of another extent than the subject: `of` is its name
};

struct GapLimits {
  std::uint32_t end = 0;              // of the line, cell or sentence
  bool connectors = false;            // words of sentences allowed, not only separators
  TextSpan head = {};                 // the label's rest or the head, which may name the unit: area (ha)
  const UnitWord* counter = nullptr;  // from a remark on the way: persons in thousands
};

// Of Unicode, outside ASCII, kana and ideographs.
[[nodiscard]] bool is_wide_open_bracket(char32_t c);
[[nodiscard]] bool is_wide_close_bracket(char32_t c);

[[nodiscard]] inline bool is_open_bracket(char32_t c) {
  if (c < 0x80) return c == '(' || c == '[' || c == '{';
  return !is_kana_or_ideograph(c) && is_wide_open_bracket(c);
}
[[nodiscard]] inline bool is_close_bracket(char32_t c) {
  if (c < 0x80) return c == ')' || c == ']' || c == '}';
  return !is_kana_or_ideograph(c) && is_wide_close_bracket(c);
}
// Corner brackets, opening and closing: they quote a name, where other brackets hold a remark.
[[nodiscard]] bool is_quote(char32_t c);

// Walks from `position` to the first value of the field, over blanks, separators, bracketed remarks, dates,
// words for the whole or a part. None if anything else stands in the way.
[[nodiscard]] std::optional<GapValue> find_value(const LinkContext& context, const FieldRules& field,
                                                 std::uint32_t position, const GapLimits& limits);

// The kind of mention that a field of this type takes; none: names, and measures, which are two kinds.
[[nodiscard]] std::optional<MentionKind> mention_kind_of(FieldType type);

// The value that begins at a position, with its unit; none if what stands there is not one of the field's.
[[nodiscard]] std::optional<GapValue> value_at(const LinkContext& context, const FieldRules& field,
                                               std::uint32_t position, const GapLimits& limits);

// What stands in brackets is about the name before them: "Greenvale (population 52,340)".
struct BracketOwner {
  bool bracketed = false;  // the position stands in brackets that open behind a word of its line
  TextSpan name;           // empty: the word before the brackets is no name
};
[[nodiscard]] BracketOwner bracket_owner(std::string_view text, std::uint32_t position,
                                         std::uint32_t line_start);

// The year that a cell in the place of a day consists of: four digits and nothing else.
[[nodiscard]] std::optional<Date> year_alone(const LinkContext& context, TextSpan cell);

// The index behind the bracket that closes the one at `position`, or 0 if it does not close before `end`.
[[nodiscard]] std::uint32_t behind_bracket(std::string_view text, std::uint32_t position, std::uint32_t end);

// The end of a run of blanks, line ends (inside a cell) and leader dots.
[[nodiscard]] std::uint32_t skip_gap(std::string_view text, std::uint32_t position, std::uint32_t end);

// The longest word of a linking category at a position; 0 if there is none.
[[nodiscard]] std::uint32_t linking_word(const LinkContext& context, std::uint32_t position,
                                         std::uint16_t category);

// The same for the words that join the figures and clauses of sentences.
[[nodiscard]] std::uint32_t sentence_word(const LinkContext& context, std::uint32_t position,
                                          std::uint16_t category);

// The first place from a position on where a linking word may begin; the end if there is none.
[[nodiscard]] std::uint32_t linking_place(const LinkContext& context, std::uint32_t position,
                                          std::uint32_t end);

}  // namespace yoran

#endif  // YORAN_LINK_GAP_H_
