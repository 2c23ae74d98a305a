// What the readers of dates share: making points of dates, and looking at the text around a position.
#ifndef YORAN_INTERPRET_DATE_TEXT_H_
#define YORAN_INTERPRET_DATE_TEXT_H_

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>

#include "interpret/context.h"
#include "interpret/numeral.h"
#include "rulepack/calendar_rules.h"
#include "types/date.h"

namespace yoran {

// Years that bare digits may mean.
inline constexpr std::int32_t kFirstPlainYear = 1000;
inline constexpr std::int32_t kLastPlainYear = 2199;
// Two digits up to this one are of this century.
inline constexpr std::int32_t kTwoDigitPivot = 36;

[[nodiscard]] bool is_era_omitted(const Date& date);
// "in March of the same year": the date before it in the text has the year.
[[nodiscard]] bool is_reference(const Date& date);

[[nodiscard]] DatePoint make_point(std::int32_t year, std::int32_t month = 0, std::int32_t day = 0);
[[nodiscard]] DatePoint yearless(std::int32_t month, std::int32_t day);
// `code`: an EDTF code of a season, quarter or half.
[[nodiscard]] DatePoint part_of_year(std::int32_t year, std::int32_t code);
[[nodiscard]] Date point_date(const DatePoint& point);
[[nodiscard]] Date fiscal_date(std::int32_t year);
// A month moved by months.
[[nodiscard]] DatePoint add_months(const DatePoint& point, std::int32_t months);

// What both the reader of one date and the combiner of all need of the text.
class DateText {
 public:
  explicit DateText(const InterpretContext& context)
      : calendar_(context.rules.calendar),
        numbers_(context.rules.numbers),
        text_(context.folded()),
        context_(context) {}

  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(text_.size()); }
  [[nodiscard]] char at(std::uint32_t i) const { return i < text_.size() ? text_[i] : '\0'; }
  // The letter of a label that a value touches counts as the blank that it lacks.
  [[nodiscard]] char before(std::uint32_t i) const {
    if (i == 0) return '\0';
    return is_ascii_letter(text_[i - 1]) && context_.is_glued(i) ? ' ' : text_[i - 1];
  }
  [[nodiscard]] std::string_view slice(std::uint32_t from, std::uint32_t to) const {
    return text_.substr(from, to - from);
  }

  [[nodiscard]] std::uint32_t skip_blanks(std::uint32_t i) const {
    while (i < text_.size() && text_[i] == ' ') ++i;
    return i;
  }
  [[nodiscard]] std::uint32_t back_over_blanks(std::uint32_t i) const {
    while (i > 0 && text_[i - 1] == ' ') --i;
    return i;
  }
  [[nodiscard]] std::uint32_t digits_end(std::uint32_t i) const {
    while (i < text_.size() && is_ascii_digit(text_[i])) ++i;
    return i;
  }
  [[nodiscard]] std::uint32_t digits_start(std::uint32_t i) const {
    while (i > 0 && is_ascii_digit(text_[i - 1])) --i;
    return i;
  }

  // Size of the letters that make an ordinal of the digits before them. The word tables want whole words, so
  // this looks at the digits first.
  [[nodiscard]] std::uint32_t ordinal_suffix_before(std::uint32_t end) const {
    if (end < 3 || !is_ascii_letter(before(end)) || !is_ascii_letter(before(end - 1)) ||
        !is_ascii_digit(before(end - 2))) {
      return 0;
    }
    return word_at(end - 2, DateWord::ordinal_suffix) == 2 ? 2 : 0;
  }

  // Size of the longest word of this meaning at or before a position; 0: none.
  [[nodiscard]] std::uint32_t word_at(std::uint32_t i, DateWord meaning) const {
    const auto match = match_at(i, meaning);
    return match ? match->size : 0;
  }
  [[nodiscard]] std::uint32_t word_before(std::uint32_t i, DateWord meaning) const {
    const auto match = calendar_.before(text_, i, meaning);
    return match ? match->size : 0;
  }
  // Before a position and blanks.
  [[nodiscard]] bool preceded_by(std::uint32_t i, DateWord meaning) const {
    return word_before(back_over_blanks(i), meaning) > 0;
  }
  [[nodiscard]] std::optional<WordMatch> match_at(std::uint32_t i, DateWord meaning) const {
    if (i >= text_.size()) return std::nullopt;
    return context_.is_glued(i) ? calendar_.at(text_.substr(i), 0, meaning) : calendar_.at(text_, i, meaning);
  }
  [[nodiscard]] std::optional<WordMatch> match_before(std::uint32_t i, DateWord meaning) const {
    return calendar_.before(text_, i, meaning);
  }

  [[nodiscard]] std::optional<std::int32_t> count(TextSpan span) const {
    return parse_count(numbers_, text_.substr(span.start, span.size()));
  }
  [[nodiscard]] std::int32_t digits(std::uint32_t from, std::uint32_t to) const {
    std::int32_t value = 0;
    for (std::uint32_t i = from; i < to && i < from + 9; ++i) value = value * 10 + (text_[i] - '0');
    return value;
  }
  // Where a number in words that begins here ends at the latest: with its line, or after a few words.
  [[nodiscard]] std::uint32_t line_limit(std::uint32_t at) const {
    constexpr std::size_t kLongestNumber = 120;
    const std::string_view ahead = text_.substr(at, kLongestNumber);
    return at + static_cast<std::uint32_t>(std::min(ahead.find('\n'), ahead.size()));
  }
  [[nodiscard]] bool line_starts(std::uint32_t i) const {
    i = back_over_blanks(i);
    return i == 0 || text_[i - 1] == '\n';
  }
  [[nodiscard]] bool line_ends(std::uint32_t i) const {
    i = skip_blanks(i);
    return i >= text_.size() || text_[i] == '\n';
  }
  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] const CalendarRules& calendar() const { return calendar_; }
  [[nodiscard]] const NumberRules& numbers() const { return numbers_; }

 private:
  const CalendarRules& calendar_;
  const NumberRules& numbers_;
  std::string_view text_;
  const InterpretContext& context_;
};

// The weekday behind a date, in brackets or plain, ASCII letters after a comma; `end` moves behind it. -1:
// none.
int weekday_behind(const DateText& text, std::uint32_t& end);
// The weekday before a date: "Tuesday, 5 May"; `start` moves to it.
int weekday_before(const DateText& text, std::uint32_t& start);

}  // namespace yoran

#endif  // YORAN_INTERPRET_DATE_TEXT_H_
