// Stage 5, interpret: words that mean a date only on a known day: yesterday, last March, 3 days ago.
// In:     a word that a pattern of such words found, the text around it and the reference date.
// Out:    a date marked as relative; its span may reach beyond the word on both sides. Where people mean
//         different days by the same words ("next Friday", "two years ago" to the day), the other ones too.
// Errors: none; what may also refer to something else in the text is no date.
#ifndef YORAN_INTERPRET_RELATIVE_DATE_H_
#define YORAN_INTERPRET_RELATIVE_DATE_H_

#include <optional>

#include "interpret/date_text.h"

namespace yoran {

struct RelativeDate {
  TextSpan span;
  Date date;
  std::optional<Date> other;
};

[[nodiscard]] std::optional<RelativeDate> read_relative_date(const DateText& text, TextSpan word,
                                                             const DatePoint& today);

// A month's name with a word such as "next" before it; `start` moves to that word.
[[nodiscard]] std::optional<Date> relative_month(const DateText& text, std::int32_t month,
                                                 std::uint32_t& start, const DatePoint& today);

}  // namespace yoran

#endif  // YORAN_INTERPRET_RELATIVE_DATE_H_
