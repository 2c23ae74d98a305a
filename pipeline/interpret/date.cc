#include "interpret/date.h"

#include <algorithm>
#include <string>
#include <utility>

#include "interpret/calendar.h"
#include "interpret/number.h"
#include "rulepack/guards.h"

namespace yoran {
namespace {

// Years that bare digits may mean.
constexpr std::int32_t kFirstPlainYear = 1000;
constexpr std::int32_t kLastPlainYear = 2199;
// Two digits up to this one are of this century.
constexpr std::int32_t kTwoDigitPivot = 36;

bool is_era_omitted(const Date& date) { return date.assumed_year && date.first.has_year; }
bool is_reference(const Date& date) { return date.assumed_year && !date.first.has_year; }

DatePoint make_point(std::int32_t year, std::int32_t month = 0, std::int32_t day = 0) {
  DatePoint point;
  point.year = year;
  point.month = static_cast<std::uint8_t>(month);
  point.day = static_cast<std::uint8_t>(day);
  point.precision = day != 0 ? DatePrecision::day : month != 0 ? DatePrecision::month : DatePrecision::year;
  return point;
}

DatePoint yearless(std::int32_t month, std::int32_t day) {
  DatePoint point = make_point(0, month, day);
  point.has_year = false;
  return point;
}

DatePoint part_of_year(std::int32_t year, std::int32_t code) {
  DatePoint point = make_point(year);
  point.month = static_cast<std::uint8_t>(code);
  point.precision = code <= 24   ? DatePrecision::season
                    : code <= 36 ? DatePrecision::quarter
                                 : DatePrecision::half;
  return point;
}

Date point_date(const DatePoint& point) {
  Date date;
  date.first = point;
  return date;
}

Date fiscal_date(std::int32_t year) {
  Date date;
  date.form = DateForm::interval;
  date.first = make_point(year, 4);
  date.last = make_point(year + 1, 3);
  date.fiscal_year = year;
  return date;
}

// Months and days that move a point; the precision stays.
DatePoint add_months(const DatePoint& point, std::int32_t months) {
  const std::int32_t total = point.year * 12 + point.month - 1 + months;
  DatePoint result = make_point((total >= 0 ? total : total - 11) / 12, ((total % 12) + 12) % 12 + 1);
  return result;
}

// What both the reader of one date and the combiner of all need of the text.
class TextAround {
 public:
  explicit TextAround(const InterpretContext& context)
      : calendar_(context.rules.calendar), numbers_(context.rules.numbers), text_(context.folded()) {}

  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(text_.size()); }
  [[nodiscard]] char at(std::uint32_t i) const { return i < text_.size() ? text_[i] : '\0'; }
  [[nodiscard]] char before(std::uint32_t i) const { return i > 0 ? text_[i - 1] : '\0'; }
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

  // Size of the longest word of this meaning at or before a position; 0: none.
  [[nodiscard]] std::uint32_t word_at(std::uint32_t i, DateWord meaning) const {
    const auto match = i < text_.size() ? calendar_.at(text_, i, meaning) : std::nullopt;
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
    return i < text_.size() ? calendar_.at(text_, i, meaning) : std::nullopt;
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
};

struct Located {
  TextSpan span;
  Date date;
};

// ---- weekdays beside a date

// The weekday behind a date, in brackets or plain, ASCII letters after a comma; `end` moves behind it. -1:
// none.
int weekday_behind(const TextAround& text, std::uint32_t& end) {
  std::uint32_t at = text.skip_blanks(end);
  if (text.at(at) == '(') {
    const std::uint32_t inside = text.skip_blanks(at + 1);
    const auto day = text.match_at(inside, DateWord::weekday);
    if (!day) {
      // A holiday alone: (holiday).
      const std::uint32_t extra = text.word_at(inside, DateWord::bracket_extra);
      if (extra > 0 && text.at(inside + extra) == ')') end = inside + extra + 1;
      return -1;
    }
    std::uint32_t close = inside + day->size;
    close += text.word_at(close, DateWord::weekday_mark);
    for (std::uint32_t extra = 0; (extra = text.word_at(close, DateWord::bracket_extra)) > 0;) close += extra;
    close = text.skip_blanks(close);
    if (text.at(close) != ')') return -1;
    end = close + 1;
    return CalendarRules::value_of(*day->word);
  }
  if (text.at(at) == ',') at = text.skip_blanks(at + 1);
  const auto day = text.match_at(at, DateWord::weekday);
  if (!day) return -1;
  const std::uint32_t mark = text.word_at(at + day->size, DateWord::weekday_mark);
  // An ideograph alone is a weekday only with its mark; English words stand behind a comma or blank.
  if (!is_ascii_letter(day->word->text.front()) && mark == 0) return -1;
  if (is_ascii_letter(day->word->text.front()) && at == end) return -1;
  end = at + day->size + mark;
  return CalendarRules::value_of(*day->word);
}

// The weekday before a date: "Tuesday, 5 May"; `start` moves to it.
int weekday_before(const TextAround& text, std::uint32_t& start) {
  std::uint32_t at = text.back_over_blanks(start);
  if (text.before(at) == ',' || text.before(at) == '.') at = text.back_over_blanks(at - 1);
  const auto day = text.match_before(at, DateWord::weekday);
  if (!day || !is_ascii_letter(day->word->text.front())) return -1;
  start = at - day->size;
  return CalendarRules::value_of(*day->word);
}

// ---- one date

class DateReader {
 public:
  DateReader(const Mention& head, InterpretContext& context)
      : head_(head),
        context_(context),
        text_(context),
        calendar_(context.rules.calendar),
        flags_(head.pattern == kNone ? 0 : context.rules.entity_patterns[head.pattern].flags) {}

  std::optional<Reading> read() {
    if ((flags_ & kDateNumeric) != 0) return numeric();
    if ((flags_ & kDateMonthName) != 0) return month_name();
    if ((flags_ & kDatePlainYear) != 0) return plain_year();
    if ((flags_ & kDateCentury) != 0) return century();
    if ((flags_ & kDateQuarter) != 0 || (flags_ & kDateSeason) != 0) return year_part();
    if ((flags_ & kDateFiscal) != 0) return fiscal();
    if ((flags_ & kDateRelative) != 0) return relative();
    if ((flags_ & kDateReference) != 0) return reference();
    if ((flags_ & kDateSpelled) != 0) return spelled();
    return japanese();
  }

 private:
  [[nodiscard]] bool has(DateCapture capture) const { return head_.has(capture); }
  [[nodiscard]] std::int32_t value(DateCapture capture) const {
    if (!has(capture)) return 0;
    return text_.count(head_.captures[capture]).value_or(year_one(capture) ? 1 : -1);
  }
  // The word for the first year of an era is the only one that is no number.
  [[nodiscard]] bool year_one(DateCapture capture) const {
    const TextSpan span = head_.captures[capture];
    return (capture == kDateYear || capture == kDateYear2) && span.size() == 3 &&
           !is_ascii_digit(text_.at(span.start));
  }
  [[nodiscard]] std::size_t digits_of(DateCapture capture) const {
    const TextSpan span = head_.captures[capture];
    return is_ascii_digit(text_.at(span.start)) ? span.size() : 0;
  }

  [[nodiscard]] Reading reading(TextSpan span, Value value) const {
    Reading result;
    result.kind = MentionKind::date;
    result.span = span;
    result.line = head_.line;
    result.pattern = head_.pattern;
    result.value = std::move(value);
    return result;
  }

  [[nodiscard]] std::optional<Reading> block(TextSpan span) const { return reading(span, std::monostate{}); }

  void report(Severity severity, std::string code, std::string message, TextSpan span) const {
    Diagnostic diagnostic;
    diagnostic.severity = severity;
    diagnostic.code = std::move(code);
    diagnostic.message = std::move(message);
    diagnostic.at = context_.source(span);
    if (head_.pattern != kNone) diagnostic.rule = context_.rules.entity_patterns[head_.pattern].id;
    context_.diagnostics->push_back(std::move(diagnostic));
  }

  std::optional<Reading> impossible(TextSpan span) const {
    report(Severity::warning, "date.impossible",
           "No calendar has the date '" + std::string(context_.at(span)) + "'.", span);
    return block(span);
  }

  void check_weekday(const Date& date, int weekday, TextSpan span) const {
    if (weekday < 0 || date.first.precision != DatePrecision::day || !date.first.has_year) return;
    if (weekday_of(date.first) == weekday) return;
    report(Severity::warning, "date.weekday-mismatch",
           "The weekday beside " + to_edtf(date.first) + " is another one.", span);
  }

  // A date is done: weekday, part of the month, doubt.
  std::optional<Reading> finish(Date date, TextSpan span) {
    if (date.first.precision == DatePrecision::day) {
      int weekday = weekday_before(text_, span.start);
      const int behind = weekday_behind(text_, span.end);
      if (behind >= 0) weekday = behind;
      check_weekday(date, weekday, span);
    }
    mark_doubt(date, span);
    Reading result = reading(span, date);
    // "The last day" may be meant as "the end".
    if (last_day_named_) {
      date.first.precision = DatePrecision::month;
      date.first.day = 0;
      result.alternatives.emplace_back(date);
    }
    return result;
  }

  void mark_doubt(Date& date, TextSpan& span) const {
    // Before a day or month the word is a plain preposition: "how about 5 May".
    const bool coarse = date.first.precision == DatePrecision::year ||
                        date.first.precision == DatePrecision::decade ||
                        date.first.precision == DatePrecision::century;
    if (coarse && text_.preceded_by(span.start, DateWord::about_before)) date.first.approximate = true;
    if (const std::uint32_t size = text_.word_at(span.end, DateWord::about_after)) {
      date.first.approximate = true;
      span.end += size;
    }
  }

  // ---- Japanese: era, year, month, day

  std::optional<Reading> japanese() {
    TextSpan span = head_.span;
    if (!has(kDateYear)) return month_and_day(span);
    if (!has(kDateMonth) && !has(kDateEra) && !has(kDateEra2) && !year_sign_inside()) return std::nullopt;
    if ((flags_ & kDateLetter) != 0 && !letter_is_era()) return std::nullopt;
    const std::int32_t month = value(kDateMonth);
    const std::int32_t day = value(kDateDay);
    if ((has(kDateMonth) && month <= 0) || (has(kDateDay) && day <= 0)) return impossible(span);
    if (month > 12 || day > 31) return impossible(span);
    if ((flags_ & kDateBeforeChrist) != 0) return before_christ(span, month, day);
    if (has(kDateEra)) return era_date(span, month, day);
    return western_date_of(span, month, day);
  }

  // Digits and brackets may match without the sign of the year: 1,234 (12).
  [[nodiscard]] bool year_sign_inside() const {
    const std::uint32_t from = head_.captures[kDateYear].end;
    for (std::uint32_t i = from; i < head_.span.end; ++i) {
      if (text_.word_at(i, DateWord::year_unit) > 0) return true;
    }
    return false;
  }

  [[nodiscard]] bool letter_is_era() const {
    const TextSpan era = head_.captures[kDateEra];
    const char before = text_.before(era.start);
    if (is_ascii_alnum(before) || before == '-' || before == '/' || before == '.') return false;
    if (year_sign_inside()) return true;
    // A letter and digits alone: two digits, in a Japanese document.
    return head_.captures[kDateYear].size() == 2 && context_.segments.bytes_ja > 0;
  }

  std::optional<Reading> before_christ(TextSpan span, std::int32_t month, std::int32_t day) {
    const std::int32_t year = value(kDateYear);
    if (year <= 0) return impossible(span);
    Date date = point_date(make_point(1 - year, month, day));
    take_named_day(date, span);
    if (!is_valid(date.first)) return impossible(span);
    return finish(date, span);
  }

  // The last or first day of a month, in words behind it.
  void take_named_day(Date& date, TextSpan& span) {
    if (date.first.precision != DatePrecision::month) return;
    if (const std::uint32_t size = text_.word_at(span.end, DateWord::last_day)) {
      date.first.day = static_cast<std::uint8_t>(
          days_in_month(date.first.has_year ? date.first.year : 2000, date.first.month));
      if (!date.first.has_year && date.first.month == 2) return;
      date.first.precision = DatePrecision::day;
      last_day_named_ = true;
      span.end += size;
    } else if (const std::uint32_t first = text_.word_at(span.end, DateWord::first_day)) {
      date.first.day = 1;
      date.first.precision = DatePrecision::day;
      span.end += first;
    }
  }

  [[nodiscard]] std::uint32_t era_at(std::uint32_t position) const {
    auto era = text_.match_at(position, DateWord::era);
    if (!era) era = text_.match_at(position, DateWord::era_letter);
    return era ? era->word->entry : kNone;
  }

  std::optional<Reading> era_date(TextSpan span, std::int32_t month, std::int32_t day) {
    EraDate stated;
    stated.era = era_at(head_.captures[kDateEra].start);
    if (stated.era == kNone) return std::nullopt;
    stated.year = value(kDateYear);
    stated.month = month;
    stated.day = day;
    stated.leap_month = has(kDateLeap);
    take_lunisolar_day(stated, span);
    if (stated.month == 0 && is_part_of_word(span)) return std::nullopt;
    const EraResult result = western_date(calendar_, stated);
    if (result.status == EraStatus::impossible) return impossible(span);
    if (result.status == EraStatus::out_of_range || result.status == EraStatus::projected) {
      const bool none = result.status == EraStatus::out_of_range;
      report(Severity::warning, none ? "date.era-out-of-range" : "date.era-projected",
             "The era had ended, or not begun, at '" + std::string(context_.at(span)) + "'.", span);
      if (none) return block(span);
    }
    Date date = point_date(result.point);
    date.era = static_cast<std::uint16_t>(stated.era);
    date.era_year = stated.year;
    check_other_calendar(date, span);
    if (stated.month == 0) {
      if (auto part = fiscal_or_decade(date, span)) return part;
    }
    return finish(date, span);
  }

  // Last and first days in words, in the calendar the date is stated in.
  void take_lunisolar_day(EraDate& stated, TextSpan& span) {
    if (stated.month == 0 || stated.day != 0) return;
    if (const std::uint32_t last = text_.word_at(text_.skip_blanks(span.end), DateWord::last_day)) {
      stated.day = -1;
      last_day_named_ = calendar_.eras[stated.era].year1 + stated.year > 1873;
      span.end = text_.skip_blanks(span.end) + last;
    } else if (const std::uint32_t first = text_.word_at(text_.skip_blanks(span.end), DateWord::first_day)) {
      stated.day = 1;
      span.end = text_.skip_blanks(span.end) + first;
    }
  }

  // Both calendars side by side have to agree.
  void check_other_calendar(const Date& date, TextSpan span) const {
    if (!has(kDateYear2)) return;
    const std::int32_t other = value(kDateYear2);
    if (other > 100 && other != date.first.year) {
      report(Severity::warning, "date.era-year-mismatch",
             "The years of the two calendars differ: " + std::to_string(date.first.year) + " and " +
                 std::to_string(other) + ".",
             span);
    }
  }

  std::optional<Reading> western_date_of(TextSpan span, std::int32_t month, std::int32_t day) {
    const std::int32_t year = value(kDateYear);
    if (year < 0 || (year == 0 && digits_of(kDateYear) != 2)) return impossible(span);
    if (month == 0 && is_duration(span, year)) return std::nullopt;
    Date date = point_date(make_point(year, month, day));
    if (has(kDateEra2)) note_era(date, span);
    if (has(kDateYear2) && !has(kDateEra2) && (month == 0 || !year_sign_inside())) return std::nullopt;
    const bool era_word = head_.pattern != kNone && head_.captures[kDateYear].start != head_.span.start;
    if (!era_word && !has(kDateEra2)) {
      if (digits_of(kDateYear) > 0 && digits_of(kDateYear) <= 2) return short_year(date, span);
      if (digits_of(kDateYear) == 0 && year < 100) return short_year(date, span);
    }
    take_named_day(date, span);
    if (!is_valid(date.first)) return impossible(span);
    if (month == 0) {
      if (auto part = fiscal_or_decade(date, span)) return part;
      if (auto part = part_behind(date, span)) return part;
    }
    return finish(date, span);
  }

  void note_era(Date& date, TextSpan span) const {
    const std::uint32_t era = era_at(head_.captures[kDateEra2].start);
    if (era == kNone) return;
    date.era = static_cast<std::uint16_t>(era);
    date.era_year = value(kDateYear2);
    const std::int32_t western = calendar_.eras[era].year1 + date.era_year - 1;
    // Old eras share their names with those of other countries, centuries apart.
    constexpr std::int32_t kFirstModern = 1868;
    constexpr std::int32_t kLongestEra = 64;
    if (calendar_.eras[era].year1 < kFirstModern && std::abs(western - date.first.year) > kLongestEra) return;
    if (western != date.first.year) {
      report(Severity::warning, "date.era-year-mismatch",
             "The years of the two calendars differ: " + std::to_string(date.first.year) + " and " +
                 std::to_string(western) + ".",
             span);
    }
  }

  // One or two digits: an era or a century is left out. The combiner decides; here only shape.
  std::optional<Reading> short_year(Date date, TextSpan span) {
    take_named_day(date, span);
    if (date.first.month != 0 && !is_valid(date.first)) return impossible(span);
    const bool fiscal = text_.word_at(head_.captures[kDateYear].end, DateWord::fiscal_after) > 0;
    const std::uint32_t decade = text_.word_at(head_.captures[kDateYear].end, DateWord::decade_after);
    if (date.first.month == 0 && decade > 0 && date.first.year % 10 == 0 && digits_of(kDateYear) == 2) {
      date.first.precision = DatePrecision::decade;
      date.first.year += date.first.year < 30 ? 2000 : 1900;
      span.end = std::max(span.end, head_.captures[kDateYear].end + decade);
      return finish(date, span);
    }
    if (fiscal) {
      span.end = std::max(span.end, head_.captures[kDateYear].end +
                                        text_.word_at(head_.captures[kDateYear].end, DateWord::fiscal_after));
      date.fiscal_year = date.first.year;
    } else if (date.first.month == 0 && !shares_era(span.start)) {
      return std::nullopt;
    }
    if (digits_of(kDateYear) == 2 &&
        (text_.at(head_.captures[kDateYear].start) == '0' || date.first.year > 64)) {
      date.first.year += date.first.year <= kTwoDigitPivot ? 2000 : 1900;
      date.era_year = date.first.year % 100;
      if (fiscal) date = fiscal_date(date.first.year);
      return finish(date, span);
    }
    date.assumed_year = true;
    date.era_year = date.first.year;
    return finish(date, span);
  }

  // The second of a list or range of years whose first has the era: the combiner gives it to both.
  [[nodiscard]] bool shares_era(std::uint32_t start) const {
    const std::uint32_t left = text_.back_over_blanks(start);
    std::uint32_t size = text_.word_before(left, DateWord::range);
    if (size == 0) size = text_.word_before(left, DateWord::list);
    if (size == 0) return false;
    const std::uint32_t end = text_.back_over_blanks(left - size);
    const std::uint32_t digits = text_.digits_start(end);
    return digits < end && end - digits <= 2 &&
           text_.word_before(text_.back_over_blanks(digits), DateWord::era) > 0;
  }

  // "for 100 years", "300 years old": not a year of the calendar.
  [[nodiscard]] bool is_duration(TextSpan span, std::int32_t year) const {
    if (text_.word_at(span.end, DateWord::not_after_year) > 0 &&
        text_.word_at(span.end, DateWord::about_after) == 0)
      return true;
    if (digits_of(kDateYear) == 3 || (digits_of(kDateYear) == 0 && year < 1000)) return year % 50 == 0;
    if (digits_of(kDateYear) == 0 && year % 1000 == 0 && year != 2000 && year != 1000) return true;
    const char before = text_.before(span.start);
    return before == ',' || before == '.' || is_ascii_digit(before) || before == '-';
  }

  [[nodiscard]] bool is_part_of_word(TextSpan span) const {
    return text_.word_at(span.end, DateWord::not_after_year) > 0 && !has(kDateEra);
  }

  std::optional<Reading> fiscal_or_decade(const Date& date, TextSpan span) {
    // The sign of the year is the last character of the match; the longer words begin there.
    const std::uint32_t sign =
        span.end - std::min(span.end, text_.word_before(span.end, DateWord::year_unit));
    if (const std::uint32_t size = text_.word_at(sign, DateWord::fiscal_after)) {
      Date fiscal = fiscal_date(date.first.year);
      fiscal.era = date.era;
      fiscal.era_year = date.era_year;
      span.end = sign + size;
      if (const std::uint32_t late = text_.word_at(span.end, DateWord::late_part)) {
        // The end of a fiscal year is its last month.
        const std::uint32_t word = text_.word_at(span.end, DateWord::last_day);
        Date end = point_date(word > 0 ? make_point(date.first.year + 1, 3, 31)
                                       : make_point(date.first.year + 1, 3));
        end.era = date.era;
        end.era_year = date.era_year;
        span.end += std::max(late, word);
        return reading(span, end);
      }
      if (auto part = fiscal_part(fiscal, span)) return part;
      return reading(span, fiscal);
    }
    if (const std::uint32_t size = text_.word_at(sign, DateWord::decade_after)) {
      if (date.first.year % 10 != 0) return std::nullopt;
      Date decade = date;
      decade.first.precision = DatePrecision::decade;
      span.end = sign + size;
      return reading(span, decade);
    }
    return std::nullopt;
  }

  // A quarter of a fiscal year: months, since the codes of quarters are of calendar years.
  std::optional<Reading> fiscal_part(const Date& fiscal, TextSpan span) {
    const std::uint32_t at = text_.skip_blanks(span.end);
    const auto part = text_.match_at(skip_of(at), DateWord::quarter);
    if (!part) return std::nullopt;
    const std::int32_t code = CalendarRules::value_of(*part->word);
    const std::int32_t length = code < 40 ? 3 : 6;
    const std::int32_t index = code < 40 ? code - 33 : code - 40;
    Date date = fiscal;
    date.first = add_months(fiscal.first, index * length);
    date.last = add_months(date.first, length - 1);
    date.fiscal_year.reset();
    span.end = skip_of(at) + part->size;
    return reading(span, date);
  }

  // Past the particle between a year and its part.
  [[nodiscard]] std::uint32_t skip_of(std::uint32_t at) const {
    return at + text_.word_at(at, DateWord::of_particle);
  }

  // Quarter, half or season behind a year.
  std::optional<Reading> part_behind(const Date& date, TextSpan span) {
    std::uint32_t at = skip_of(text_.skip_blanks(span.end));
    auto part = text_.match_at(at, DateWord::quarter);
    if (!part) part = text_.match_at(at, DateWord::season);
    if (!part) return std::nullopt;
    Date result = date;
    result.first = part_of_year(date.first.year, CalendarRules::value_of(*part->word));
    span.end = at + part->size;
    return reading(span, result);
  }

  std::optional<Reading> month_and_day(TextSpan span) {
    const std::int32_t month = value(kDateMonth);
    const std::int32_t day = value(kDateDay);
    const char before = text_.before(span.start);
    if (is_ascii_digit(before) || before == '.' || before == ',') return std::nullopt;
    // A year stands before it that no pattern knew: the date is not without a year.
    if (text_.word_before(span.start, DateWord::year_unit) > 0) return block(span);
    if (!has(kDateDay) && text_.word_at(span.end, DateWord::not_after_month) > 0) return std::nullopt;
    if (month < 1 || month > 12 || (has(kDateDay) && day < 1))
      return has(kDateDay) ? impossible(span) : std::nullopt;
    Date date = point_date(yearless(month, day));
    take_named_day(date, span);
    if (!is_valid(date.first)) return impossible(span);
    return finish(date, span);
  }

  // "in March of the same year": the combiner finds the year.
  std::optional<Reading> reference() {
    const std::int32_t month = value(kDateMonth);
    const std::int32_t day = value(kDateDay);
    if (month < 1 || month > 12 || (has(kDateDay) && day < 1)) return std::nullopt;
    Date date = point_date(yearless(month, day));
    if (!is_valid(date.first)) return impossible(head_.span);
    date.assumed_year = true;
    const TextSpan word = head_.captures[kDateWord];
    date.era_year = text_.word_at(word.start, DateWord::reference_next_year) == word.size() ? 1 : 0;
    return finish(date, head_.span);
  }

  // ---- numeric

  struct Part {
    std::int32_t value = 0;
    std::uint32_t digits = 0;
  };

  std::optional<Reading> numeric() {
    const Part a{value(kDateYear), head_.captures[kDateYear].size()};
    const Part b{value(kDateMonth), head_.captures[kDateMonth].size()};
    TextSpan span = head_.span;
    const char first_mark = mark_behind(head_.captures[kDateYear].end);
    const bool two_dates =
        has(kDateDay) && first_mark == '/' && mark_behind(head_.captures[kDateMonth].end) == '-';
    if (two_dates) span.end = head_.captures[kDateMonth].end;  // 2/28-3/1
    // "in 1413. 14 towns": the mark ends a sentence.
    if (a.digits == 4 && first_mark == '.' && text_.before(head_.captures[kDateMonth].start) == ' ')
      return year_alone();
    if (!numeric_context(span)) return block(span);
    if (two_dates) return two_parts(a, b, first_mark, span);
    if (!has(kDateDay) && !has(kDateYear2)) return two_parts(a, b, first_mark, span);
    const DateCapture third = has(kDateDay) ? kDateDay : kDateYear2;
    const Part c{value(third), head_.captures[third].size()};
    const char second_mark = mark_behind(head_.captures[kDateMonth].end);
    if (has(kDateDay) && first_mark != second_mark) return block(span);
    return three_parts(a, b, c, first_mark, span);
  }

  std::optional<Reading> year_alone() {
    Mention year = head_;
    year.span = head_.captures[kDateYear];
    return DateReader(year, context_).plain_year();
  }

  [[nodiscard]] char mark_behind(std::uint32_t at) const { return text_.at(text_.skip_blanks(at)); }

  // Nothing of a code, version or amount may touch the digits.
  [[nodiscard]] bool numeric_context(TextSpan span) const {
    const char before = text_.before(span.start);
    if (is_ascii_letter(before) || before == '.' || before == '$' || before == ',' || before == '#')
      return false;
    if (before == '/' || before == ':' ||
        (before == '-' && is_ascii_digit(text_.before(span.start - 1)) &&
         head_.captures[kDateYear].size() != 4 && !has(kDateDay) &&
         mark_behind(head_.captures[kDateYear].end) != '/')) {
      return false;
    }
    const std::uint32_t left = text_.back_over_blanks(span.start);
    if (text_.word_before(left, DateWord::not_before) > 0) return false;
    if (left > 0 && text_.before(left) == ':' && text_.word_before(left - 1, DateWord::not_before) > 0)
      return false;
    const char after = text_.at(span.end);
    const char next = text_.at(span.end + 1);
    if (is_ascii_digit(after)) return false;
    if ((after == '.' || after == ':' || after == ',') && is_ascii_digit(next) && !has(kDateDay))
      return false;
    if (after == '/' && is_ascii_digit(next)) return false;
    return text_.word_at(text_.skip_blanks(span.end), DateWord::not_after_date) == 0;
  }

  std::optional<Reading> three_parts(Part a, Part b, Part c, char mark, TextSpan span) {
    if (a.digits == 4 && b.digits <= 2 && c.digits <= 2) {
      const Date date = point_date(make_point(a.value, b.value, c.value));
      if (b.value == 0 || c.value == 0 || !is_valid(date.first)) return impossible(span);
      return finish(date, span);
    }
    if (a.digits > 2 || b.digits > 2 || (c.digits != 4 && c.digits != 2)) return block(span);
    if (c.digits == 2 && !short_year_fits(a, b, mark)) return block(span);
    const std::int32_t year = c.digits == 4 ? c.value : c.value + (c.value <= kTwoDigitPivot ? 2000 : 1900);
    if (c.digits == 2 && a.value > 31) {
      // Year first with two digits: 99/12/31.
      const Date date = point_date(make_point(a.value + 1900, b.value, c.value));
      if (b.value == 0 || c.value == 0 || !is_valid(date.first)) return block(span);
      return finish(date, span);
    }
    return day_and_month(a.value, b.value, year, mark == '.', span);
  }

  [[nodiscard]] bool short_year_fits(Part a, Part b, char mark) const {
    if (mark == '/') return true;
    if (mark == '.') return a.digits == 2 && b.digits == 2;
    return text_.preceded_by(head_.span.start, DateWord::on) || (a.digits == 2 && b.digits == 2) ||
           context_.segments.bytes_ja == 0;
  }

  std::optional<Reading> day_and_month(std::int32_t a, std::int32_t b, std::optional<std::int32_t> year,
                                       bool day_first, TextSpan span) {
    const auto make = [&](std::int32_t month, std::int32_t day) {
      DatePoint point = make_point(year.value_or(0), month, day);
      point.has_year = year.has_value();
      return point;
    };
    if (a == 0 || b == 0 || a > 31 || b > 31) return year ? impossible(span) : block(span);
    const DatePoint by_month = make(a, b);
    const DatePoint by_day = make(b, a);
    const bool month_fits = a <= 12 && is_valid(by_month);
    // Japanese writes no day before its month without a year.
    const bool day_fits = b <= 12 && is_valid(by_day) && (year || is_english_line());
    if (!month_fits && !day_fits) return year ? impossible(span) : block(span);
    if (month_fits != day_fits || a == b) return finish(point_date(month_fits ? by_month : by_day), span);
    using Order = DocumentHabits::DayMonthOrder;
    const Order order = context_.habits.order;
    const bool day = order == Order::day_first || (order == Order::unknown && day_first);
    auto result = finish(point_date(day ? by_day : by_month), span);
    if (order == Order::unknown && !day_first && is_english_line()) {
      result->alternatives.emplace_back(point_date(day ? by_month : by_day));
    }
    return result;
  }

  [[nodiscard]] bool is_english_line() const {
    return head_.line >= context_.segments.lines.size() ||
           context_.segments.lines[head_.line].language != Language::ja;
  }

  std::optional<Reading> two_parts(Part a, Part b, char mark, TextSpan span) {
    const auto plausible = [](Part part) {
      return part.value >= kFirstPlainYear && part.value <= kLastPlainYear;
    };
    if (a.digits == 4 && b.digits == 4) {
      if (mark != '-' || !plausible(a) || !plausible(b) || a.value >= b.value) return block(span);
      return year_range(a.value, b.value, span);
    }
    if (a.digits == 4) return year_and_month(a, b, mark, span);
    if (b.digits == 4) {
      if (a.digits > 2 || a.value < 1 || a.value > 12 || !plausible(b) || mark == '.') return block(span);
      return finish(point_date(make_point(b.value, a.value)), span);
    }
    if (a.digits > 2 || b.digits > 2) return block(span);
    if (mark == '/' ? is_fraction(a, b, span) : !has_date_word(span)) return block(span);
    return day_and_month(a.value, b.value, std::nullopt, false, span);
  }

  std::optional<Reading> year_range(std::int32_t first, std::int32_t last, TextSpan span) const {
    Date date = point_date(make_point(first));
    date.form = DateForm::interval;
    date.last = make_point(last);
    return reading(span, date);
  }

  std::optional<Reading> year_and_month(Part a, Part b, char mark, TextSpan span) {
    if (a.value < kFirstPlainYear || a.value > kLastPlainYear || b.digits > 2) return block(span);
    if (b.value > 12 && mark == '-' && b.value > a.value % 100 && a.value < 2100) {
      // 1850-58; further apart the digits are of a code.
      constexpr std::int32_t kLongestRange = 15;
      const std::int32_t last = a.value / 100 * 100 + b.value;
      return last - a.value <= kLongestRange ? year_range(a.value, last, span) : block(span);
    }
    if (b.value < 1 || b.value > 12) return block(span);
    if (mark == '.') {
      // A decimal fraction looks the same: a unit or counter behind decides.
      const std::uint32_t behind = text_.skip_blanks(span.end);
      const bool counted = text_.numbers().at(text_.text(), behind, NumberWord::counter).has_value() ||
                           context_.rules.units.at(text_.text(), behind, UnitMeaning::unit).has_value();
      if (counted || a.value < 1900 || a.value > 2100) return block(span);
    }
    return finish(point_date(make_point(a.value, b.value)), span);
  }

  // 3/5 alone is a fraction, 8/27 a day.
  [[nodiscard]] bool is_fraction(Part a, Part b, TextSpan span) const {
    const char before = text_.before(span.start);
    if (before == '-' && !is_ascii_digit(text_.before(span.start - 1))) return true;
    const std::uint32_t left = text_.back_over_blanks(span.start);
    // The fraction of a mixed number: 1 3/5.
    if (left + 1 == span.start && is_ascii_digit(text_.before(left)) && !has_date_word(span)) return true;
    const std::uint32_t behind = text_.skip_blanks(span.end);
    if (context_.rules.units.at(text_.text(), behind, UnitMeaning::unit)) return true;
    if (has_date_word(span)) return false;
    return a.digits == 1 && b.digits == 1 && b.value >= 2 && b.value <= 5 && a.value < b.value;
  }

  // A weekday or "on" before, or a weekday behind: the numbers are a day.
  [[nodiscard]] bool has_date_word(TextSpan span) const {
    std::uint32_t start = span.start;
    std::uint32_t end = span.end;
    if (text_.preceded_by(start, DateWord::on) || weekday_before(text_, start) >= 0) return true;
    return weekday_behind(text_, end) >= 0;
  }

  // ---- a year in bare digits

  std::optional<Reading> plain_year() {
    TextSpan span = head_.span;
    const std::int32_t year = value(kDateYear);
    const char before = text_.before(span.start);
    if (is_ascii_alnum(before) || before == '.' || before == ',' || before == '/' || before == ':' ||
        before == '$' || before == '#' || (before == '-' && !is_ascii_digit(text_.before(span.start - 1)))) {
      return std::nullopt;
    }
    const std::uint32_t left = text_.back_over_blanks(span.start);
    if (const std::uint32_t size = text_.word_at(text_.skip_blanks(span.end), DateWord::before_christ)) {
      span.end = text_.skip_blanks(span.end) + size;
      return finish(point_date(make_point(1 - year)), span);
    }
    if (const std::uint32_t size = text_.word_at(text_.skip_blanks(span.end), DateWord::christian)) {
      span.end = text_.skip_blanks(span.end) + size;
      return finish(point_date(make_point(year)), span);
    }
    if (year < kFirstPlainYear) return early_year(left, year, span);
    if (year > kLastPlainYear) return std::nullopt;
    if (auto decade = decade_behind(year, span)) return decade;
    if (text_.at(span.end) == '-' && is_ascii_letter(text_.at(span.end + 1)) &&
        !text_.match_at(span.end + 1, DateWord::quarter)) {
      return std::nullopt;
    }
    if (auto part = quarter_behind(year, span)) return part;
    if (text_.at(span.end) == ',' && is_ascii_digit(text_.at(span.end + 1))) return std::nullopt;
    if (text_.at(span.end) == '.' && is_ascii_digit(text_.at(span.end + 1))) return std::nullopt;
    if (is_ascii_letter(text_.at(span.end)) || text_.at(span.end) == '%' || text_.at(span.end) == '_')
      return std::nullopt;
    if (!year_context(left, year, span)) return std::nullopt;
    return finish(point_date(make_point(year)), span);
  }

  // Three digits are a year behind a preposition and before the end of a clause: "in 851,".
  std::optional<Reading> early_year(std::uint32_t left, std::int32_t year, TextSpan span) {
    const char after = text_.at(span.end);
    const bool ends = text_.line_ends(span.end) || ((after == ',' || after == '.' || after == ';') &&
                                                    !is_ascii_digit(text_.at(span.end + 1)));
    if (year < 200 || !ends || text_.word_before(left, DateWord::year_in) == 0) return std::nullopt;
    return finish(point_date(make_point(year)), span);
  }

  std::optional<Reading> decade_behind(std::int32_t year, TextSpan span) {
    const std::uint32_t size = text_.word_at(span.end, DateWord::plural);
    if (size == 0 || year % 10 != 0 || is_ascii_alnum(text_.at(span.end + size))) return std::nullopt;
    Date date = point_date(make_point(year));
    date.first.precision = year % 100 == 0 && year != 2000 ? DatePrecision::century : DatePrecision::decade;
    span.end += size;
    return finish(date, span);
  }

  std::optional<Reading> quarter_behind(std::int32_t year, TextSpan span) {
    std::uint32_t at = text_.skip_blanks(span.end);
    if (text_.at(at) == '-') ++at;
    if (const std::uint32_t the = text_.word_at(at, DateWord::the)) at = text_.skip_blanks(at + the);
    auto part = text_.match_at(at, DateWord::quarter);
    if (!part) {
      part = text_.match_at(at, DateWord::season);
      // "2012 summer", but not "in 2012 fall into": only ideographs touch, English seasons need a capital or
      // an end.
      if (part && is_ascii_letter(part->word->text.front()) &&
          (text_.at(at) >= 'a' || capital_behind(at + part->size))) {
        return std::nullopt;
      }
    }
    if (!part) return std::nullopt;
    span.end = at + part->size;
    return reading(span, point_date(part_of_year(year, CalendarRules::value_of(*part->word))));
  }

  // The season is part of a name: "2004 Summer Games".
  [[nodiscard]] bool capital_behind(std::uint32_t end) const {
    const char next = text_.at(text_.skip_blanks(end));
    return next >= 'A' && next <= 'Z';
  }

  // Digits are a year where the words on both sides allow it.
  [[nodiscard]] bool year_context(std::uint32_t left, std::int32_t year, TextSpan span) const {
    const std::uint32_t behind = text_.skip_blanks(span.end);
    if (is_counted(behind)) return false;
    const char before = text_.before(left);
    const char after = text_.at(behind);
    const bool closed = after == ')' || after == ',' || after == ';';
    if (before == '(' && (closed || after == '-' || after == ':' || is_sentence_word(behind))) return true;
    if (before == ',' && after == ')') return true;
    if (text_.word_before(left, DateWord::year_before) > 0) return is_sentence_behind(behind, year);
    if (is_range_before(left)) return is_sentence_behind(behind, year);
    if (is_list_before(left)) return is_sentence_behind(behind, year);
    if (year < 1500 || year > 2100) return false;
    if (text_.word_at(behind, DateWord::year_noun) > 0) return true;
    if (text_.word_before(left, DateWord::year_article) > 0) {
      return is_ascii_letter(after) && behind > span.end &&
             (is_sentence_word(behind) || !is_plural_word(behind));
    }
    if (!text_.line_starts(span.start) || text_.line_ends(span.end)) return false;
    const std::uint32_t inside = after == '(' ? text_.skip_blanks(behind + 1) : behind;
    return (after == ':' || after == '.' || is_sentence_word(inside)) && year >= 1800;
  }

  [[nodiscard]] bool is_sentence_word(std::uint32_t at) const {
    return text_.word_at(at, DateWord::sentence_words) > 0;
  }

  [[nodiscard]] bool is_counted(std::uint32_t behind) const {
    if (text_.word_at(behind, DateWord::month) > 0) return false;
    if (text_.word_at(behind, DateWord::sentence_words) > 0) return false;
    return text_.numbers().at(text_.text(), behind, NumberWord::counter).has_value() ||
           text_.numbers().at(text_.text(), behind, NumberWord::magnitude).has_value() ||
           context_.rules.units.at(text_.text(), behind, UnitMeaning::unit).has_value();
  }

  // What follows is no noun that the digits could count.
  [[nodiscard]] bool is_sentence_behind(std::uint32_t behind, std::int32_t year) const {
    if (!is_ascii_letter(text_.at(behind)) || text_.word_at(behind, DateWord::sentence_words) > 0)
      return true;
    if (year % 100 != 0 && year >= 1500) return !is_plural_word(behind) || year % 10 != 0;
    return !is_plural_word(behind);
  }

  [[nodiscard]] bool is_plural_word(std::uint32_t at) const {
    std::uint32_t end = at;
    while (is_ascii_letter(text_.at(end))) ++end;
    return end - at > 3 && text_.at(end - 1) == 's' && text_.at(end - 2) != 's' && text_.at(at) >= 'a';
  }

  // Four digits and a connector before: 1998 to 2004.
  [[nodiscard]] bool is_range_before(std::uint32_t left) const {
    const std::uint32_t size = text_.word_before(left, DateWord::range);
    return size > 0 && ends_in_year(text_.back_over_blanks(left - size));
  }
  [[nodiscard]] bool is_list_before(std::uint32_t left) const {
    std::uint32_t size = text_.word_before(left, DateWord::list);
    if (size == 0) return false;
    left = text_.back_over_blanks(left - size);
    if (text_.before(left) == ',') left = text_.back_over_blanks(left - 1);
    return ends_in_year(left);
  }
  [[nodiscard]] bool ends_in_year(std::uint32_t end) const {
    const std::uint32_t start = text_.digits_start(end);
    if (end - start != 4) return false;
    const std::int32_t year = text_.digits(start, end);
    return year >= kFirstPlainYear && year <= kLastPlainYear && text_.before(start) != ',' &&
           text_.before(start) != '.';
  }

  // ---- centuries, parts of years, fiscal years, spelled years

  std::optional<Reading> century() {
    const TextSpan word = head_.captures[kDateWord];
    std::uint32_t at = text_.back_over_blanks(word.start);
    if (text_.before(at) == '-') at = text_.back_over_blanks(at - 1);
    std::int32_t number = 0;
    std::uint32_t start = at;
    if (const auto ordinal = text_.match_before(at, DateWord::ordinal_day)) {
      number = CalendarRules::value_of(*ordinal->word);
      start = at - ordinal->size;
    } else {
      const std::uint32_t suffix = text_.word_before(at, DateWord::ordinal_suffix);
      const std::uint32_t end = at - suffix;
      start = text_.digits_start(end);
      if (start == end) {
        start = ideographs_start(end);
        number = start == end ? 0 : text_.count({start, end}).value_or(0);
      } else {
        if (end - start > 2 || (suffix == 0 && is_ascii_letter(text_.at(word.start)))) return std::nullopt;
        number = text_.digits(start, end);
      }
    }
    if (number < 1 || number > 30 || is_ascii_alnum(text_.before(start)) || text_.before(start) == '.')
      return std::nullopt;
    if (text_.word_at(word.end, DateWord::not_after_year) > 0) return std::nullopt;
    TextSpan span{start, word.end};
    Date date = point_date(make_point((number - 1) * 100));
    date.first.precision = DatePrecision::century;
    if (take_before_christ(span)) {
      // Years of a century before Christ have no EDTF code.
      date.first = make_point(1 - number * 100);
      date.form = DateForm::interval;
      date.last = make_point(-(number - 1) * 100);
    }
    return finish(date, span);
  }

  [[nodiscard]] std::uint32_t ideographs_start(std::uint32_t end) const {
    std::uint32_t start = end;
    while (start >= 3 && text_.numbers().may_start(text_.text(), start - 3)) start -= 3;
    return start;
  }

  bool take_before_christ(TextSpan& span) const {
    const std::uint32_t behind = text_.skip_blanks(span.end);
    if (const std::uint32_t size = text_.word_at(behind, DateWord::before_christ)) {
      span.end = behind + size;
      return true;
    }
    if (const std::uint32_t size =
            text_.word_before(text_.back_over_blanks(span.start), DateWord::before_christ)) {
      span.start = text_.back_over_blanks(span.start) - size;
      return true;
    }
    return false;
  }

  // "Q3 2021", "the third quarter of 2016", "summer 2019", "2021 H1": the year stands on one side.
  std::optional<Reading> year_part() {
    const TextSpan word = head_.captures[kDateWord];
    const auto part =
        text_.match_at(word.start, (flags_ & kDateQuarter) != 0 ? DateWord::quarter : DateWord::season);
    if (!part) return std::nullopt;
    const std::int32_t code = CalendarRules::value_of(*part->word);
    std::uint32_t at = text_.skip_blanks(word.end);
    if (const std::uint32_t of = text_.word_at(at, DateWord::of)) at = text_.skip_blanks(at + of);
    if (text_.at(at) == '/' || text_.at(at) == '-') ++at;
    const bool fiscal = text_.word_at(at, DateWord::fiscal_before) > 0;
    if (fiscal) at = text_.skip_blanks(at + text_.word_at(at, DateWord::fiscal_before));
    const std::uint32_t end = text_.digits_end(at);
    if (end - at != 4 || is_ascii_alnum(text_.at(end))) return std::nullopt;
    const std::int32_t year = text_.digits(at, end);
    if (year < kFirstPlainYear || year > kLastPlainYear) return std::nullopt;
    // "fall 1990 metres"
    if ((flags_ & kDateSeason) != 0 && is_counted(text_.skip_blanks(end))) return std::nullopt;
    return reading({word.start, end}, point_date(part_of_year(year, code)));
  }

  std::optional<Reading> fiscal() {
    std::int32_t year = value(kDateYear);
    if (digits_of(kDateYear) == 2) year += year <= kTwoDigitPivot ? 2000 : 1900;
    if (year < kFirstPlainYear || year > kLastPlainYear) return std::nullopt;
    Date date = point_date(make_point(year));
    date.fiscal_year = year;
    return finish(date, head_.span);
  }

  std::optional<Reading> spelled() {
    const TextSpan word = head_.captures[kDateWord];
    if (const auto decade = text_.match_at(word.start, DateWord::decade))
      return spelled_decade(word, *decade);
    const std::size_t line_end = text_.text().find('\n', word.start);
    const auto limit = static_cast<std::uint32_t>(std::min<std::size_t>(line_end, text_.size()));
    const auto number = parse_spoken(text_.numbers(), text_.text(), word.start, limit);
    if (!number || number->value < kFirstPlainYear || number->value > kLastPlainYear || number->words < 2)
      return std::nullopt;
    // Nothing of a longer number before: twenty-one thousand and eleven.
    if (text_.before(word.start) == '-' || is_numeral_before(word.start)) return std::nullopt;
    if (!text_.preceded_by(word.start, DateWord::year_before) &&
        !text_.preceded_by(word.start, DateWord::range))
      return std::nullopt;
    if (is_counted(text_.skip_blanks(number->end))) return std::nullopt;
    const TextSpan span{word.start, number->end};
    if (!is_sentence_behind(text_.skip_blanks(span.end), 2000)) return std::nullopt;
    return finish(point_date(make_point(static_cast<std::int32_t>(number->value))), span);
  }

  [[nodiscard]] bool is_numeral_before(std::uint32_t at) const {
    const std::uint32_t end = text_.back_over_blanks(at);
    return spelled_before(end, NumberWord::ones) || spelled_before(end, NumberWord::tens) ||
           spelled_before(end, NumberWord::hundred) || spelled_before(end, NumberWord::magnitude);
  }

  std::optional<Reading> spelled_decade(TextSpan word, const WordMatch& match) {
    const std::int32_t tens = CalendarRules::value_of(*match.word);
    std::uint32_t start = text_.back_over_blanks(word.start);
    if (text_.before(start) == '-') start = text_.back_over_blanks(start - 1);
    std::int32_t century = 1900;
    std::uint32_t from = word.start;
    bool stated = false;
    for (const NumberWord kind : {NumberWord::ones, NumberWord::tens}) {
      const auto size = spelled_before(start, kind);
      if (!size) continue;
      const std::int64_t v = text_.numbers().value_of(*size->word);
      if (v >= 15 && v <= 20) {
        century = static_cast<std::int32_t>(v) * 100;
        from = start - size->size;
        stated = true;
      }
    }
    if (tens == 0) century = 2000;
    if (tens == 10 && !stated) return std::nullopt;
    if (!stated && tens != 0 && text_.word_before(text_.back_over_blanks(word.start), DateWord::the) == 0)
      return std::nullopt;
    Date date = point_date(make_point(century + tens));
    date.first.precision = DatePrecision::decade;
    return finish(date, {from, word.end});
  }

  // A number word that ends before a position: the words are few and short.
  [[nodiscard]] std::optional<WordMatch> spelled_before(std::uint32_t end, NumberWord kind) const {
    std::uint32_t start = end;
    while (start > 0 && is_ascii_letter(text_.before(start))) --start;
    if (start == end) return std::nullopt;
    const auto word = text_.numbers().at(text_.text(), start, kind);
    return word && start + word->size == end ? word : std::nullopt;
  }

  // ---- English months

  struct DayFound {
    std::int32_t day = 0;
    std::uint32_t start = 0;
    std::uint32_t end = 0;
    bool ordinal = false;
  };

  std::optional<Reading> month_name() {
    const TextSpan word = head_.captures[kDateWord];
    const auto name = text_.match_at(word.start, DateWord::month);
    if (!name) return std::nullopt;
    month_ = CalendarRules::value_of(*name->word);
    TextSpan span = word;
    if (text_.at(span.end) == '.') ++span.end;
    std::optional<std::int32_t> year;
    std::optional<DayFound> first;  // of a range of days
    auto day = day_before(word.start);
    const auto behind = day_behind(span.end);
    // "July 13 July 14": the day on the left belongs to the month before it.
    if (day && behind && is_of_month_before(*day)) day.reset();
    if (day) {
      first = first_day_before(*day);
      span.start = first ? first->start : day->start;
    } else if (behind) {
      day = behind;
      span.end = day->end;
      if (auto last = last_day_behind(*day)) {
        first = day;
        day = last;
        span.end = last->end;
      }
    }
    year = year_behind(span);
    if (year && !day) {
      day = day_behind_year(span);
      if (day) span.end = day->end;
    }
    if (!year) year = year_before(span.start, span);
    if (year && !day) day = day_before_year(span);
    if (text_.before(span.start) == '$' || text_.before(span.start) == '#') return std::nullopt;
    if (!day && !year && !is_month_alone(word, *name)) return std::nullopt;
    if (day && !year && !day->ordinal && !may_be_month(word)) return std::nullopt;
    return month_date(span, year, first, day);
  }

  std::optional<Reading> month_date(TextSpan span, std::optional<std::int32_t> year,
                                    const std::optional<DayFound>& first,
                                    const std::optional<DayFound>& day) {
    const auto make = [&](std::int32_t d) {
      DatePoint point = make_point(year.value_or(0), month_, d);
      point.has_year = year.has_value();
      return point;
    };
    Date date = point_date(make(first ? first->day : day ? day->day : 0));
    if (!is_valid(date.first) || (day && !is_valid(make(day->day)))) return impossible(span);
    if (first) {
      date.form = DateForm::interval;
      date.last = make(day->day);
      take_the_before(span);
      return reading(span, date);
    }
    if (day) take_the_before(span);
    return finish(date, span);
  }

  void take_the_before(TextSpan& span) const {
    const std::uint32_t at = text_.back_over_blanks(span.start);
    if (const std::uint32_t size = text_.word_before(at, DateWord::the)) span.start = at - size;
  }

  // The separators that may stand between day, month and year.
  [[nodiscard]] std::uint32_t back_over_separator(std::uint32_t at) const {
    std::uint32_t left = text_.back_over_blanks(at);
    const char c = text_.before(left);
    if (c == '-' || c == '/' || c == '.' || c == ',') return text_.back_over_blanks(left - 1);
    if (const std::uint32_t of = text_.word_before(left, DateWord::of))
      return text_.back_over_blanks(left - of);
    return left;
  }

  std::optional<DayFound> day_before(std::uint32_t month_start) const {
    if (text_.before(text_.back_over_blanks(month_start)) == ',') return std::nullopt;
    std::uint32_t left = back_over_separator(month_start);
    // "the 15th day of June"
    if (const std::uint32_t unit = text_.word_before(left, DateWord::day_word))
      left = text_.back_over_blanks(left - unit);
    if (left == 0 || (left == month_start && !is_ascii_digit(text_.before(left)))) return std::nullopt;
    return day_ending_at(left);
  }

  std::optional<DayFound> day_ending_at(std::uint32_t end) const {
    if (const auto ordinal = text_.match_before(end, DateWord::ordinal_day)) {
      return DayFound{CalendarRules::value_of(*ordinal->word), end - ordinal->size, end, true};
    }
    const std::uint32_t suffix = suffix_before(end);
    const std::uint32_t stop = end - suffix;
    const std::uint32_t start = text_.digits_start(stop);
    if (start == stop || stop - start > 2) return std::nullopt;
    const char before = text_.before(start);
    const bool fraction = (before == '.' || before == ',') && is_ascii_digit(text_.before(start - 1));
    const bool clock = before == ':' && is_ascii_digit(text_.before(start - 1));
    if (is_ascii_letter(before) || fraction || before == '$' || clock || before == '_') return std::nullopt;
    const std::int32_t day = text_.digits(start, stop);
    if (day < 1 || day > 31) return std::nullopt;
    return DayFound{day, start, end, suffix > 0};
  }

  // Letters glued behind digits: the word tables want whole words, so this looks at the digits first.
  [[nodiscard]] std::uint32_t suffix_before(std::uint32_t end) const {
    if (end < 3 || !is_ascii_letter(text_.before(end)) || !is_ascii_letter(text_.before(end - 1)) ||
        !is_ascii_digit(text_.before(end - 2))) {
      return 0;
    }
    return text_.word_at(end - 2, DateWord::ordinal_suffix) == 2 ? 2 : 0;
  }

  // "from the 13th to the 15th of July", "15-17 May": the day before the day.
  std::optional<DayFound> first_day_before(const DayFound& day) const {
    std::uint32_t left = text_.back_over_blanks(day.start);
    if (const std::uint32_t the = text_.word_before(left, DateWord::the))
      left = text_.back_over_blanks(left - the);
    std::uint32_t size = text_.word_before(left, DateWord::range);
    if (size == 0) {
      size = text_.word_before(left, DateWord::range_and);
      if (size == 0) return std::nullopt;
      const auto other = day_ending_at(text_.back_over_blanks(left - size));
      if (!other || !between_before(other->start)) return std::nullopt;
      return other->day < day.day ? other : std::nullopt;
    }
    const auto other = day_ending_at(text_.back_over_blanks(left - size));
    return other && other->day < day.day ? other : std::nullopt;
  }

  [[nodiscard]] bool between_before(std::uint32_t at) const {
    at = text_.back_over_blanks(at);
    if (const std::uint32_t the = text_.word_before(at, DateWord::the)) at = text_.back_over_blanks(at - the);
    return text_.word_before(at, DateWord::range_between) > 0;
  }

  [[nodiscard]] bool is_of_month_before(const DayFound& day) const {
    std::uint32_t at = text_.back_over_blanks(day.start);
    if (const std::uint32_t the = text_.word_before(at, DateWord::the)) at = text_.back_over_blanks(at - the);
    if (text_.before(at) == '.') --at;
    return text_.word_before(at, DateWord::month) > 0;
  }

  // September-2020-23
  std::optional<DayFound> day_behind_year(TextSpan span) const {
    const char mark = text_.at(span.end);
    if ((mark != '-' && mark != '/') || !is_ascii_digit(text_.at(span.end + 1))) return std::nullopt;
    const char before = text_.before(span.end - 4);
    return before == mark ? day_starting_at(span.end + 1) : std::nullopt;
  }

  std::optional<DayFound> day_behind(std::uint32_t end) const {
    std::uint32_t at = text_.skip_blanks(end);
    if (text_.at(at) == '-' || text_.at(at) == '/' || text_.at(at) == ',') at = text_.skip_blanks(at + 1);
    if (const std::uint32_t between = text_.word_at(at, DateWord::range_between))
      at = text_.skip_blanks(at + between);
    if (const std::uint32_t the = text_.word_at(at, DateWord::the)) at = text_.skip_blanks(at + the);
    return day_starting_at(at);
  }

  std::optional<DayFound> day_starting_at(std::uint32_t at) const {
    if (const auto ordinal = text_.match_at(at, DateWord::ordinal_day)) {
      return DayFound{CalendarRules::value_of(*ordinal->word), at, at + ordinal->size, true};
    }
    const std::uint32_t stop = text_.digits_end(at);
    if (stop == at) return spoken_day(at);
    if (stop - at > 2) return std::nullopt;
    const std::int32_t day = text_.digits(at, stop);
    const std::uint32_t suffix = text_.word_at(stop, DateWord::ordinal_suffix);
    if (day < 1 || day > 31 || (suffix == 0 && is_ascii_letter(text_.at(stop)))) return std::nullopt;
    // A clock time or an amount: May 10:30, June 1,500, March 2.5.
    const char mark = text_.at(stop);
    if ((mark == ':' || mark == '.') && is_ascii_digit(text_.at(stop + 1))) return std::nullopt;
    if (mark == '%' ||
        (mark == ',' && is_ascii_digit(text_.at(stop + 1)) && text_.digits_end(stop + 1) - stop - 1 == 3)) {
      return std::nullopt;
    }
    return DayFound{day, at, stop + suffix, suffix > 0};
  }

  std::optional<DayFound> spoken_day(std::uint32_t at) const {
    if (!text_.numbers().at(text_.text(), at, NumberWord::ones) &&
        !text_.numbers().at(text_.text(), at, NumberWord::tens)) {
      return std::nullopt;
    }
    const auto limit =
        static_cast<std::uint32_t>(std::min<std::size_t>(text_.text().find('\n', at), text_.size()));
    const auto number = parse_spoken(text_.numbers(), text_.text(), at, limit);
    if (!number || number->value < 1 || number->value > 31) return std::nullopt;
    return DayFound{static_cast<std::int32_t>(number->value), at, number->end, true};
  }

  std::optional<DayFound> last_day_behind(const DayFound& day) const {
    const std::uint32_t at = text_.skip_blanks(day.end);
    std::uint32_t size = text_.word_at(at, DateWord::range);
    if (size == 0) size = text_.word_at(at, DateWord::range_and);
    if (size == 0) return std::nullopt;
    std::uint32_t next = text_.skip_blanks(at + size);
    if (const std::uint32_t the = text_.word_at(next, DateWord::the)) next = text_.skip_blanks(next + the);
    const bool between = text_.word_at(at, DateWord::range) == 0;
    if (between && !between_before(day.start)) return std::nullopt;
    const auto last = day_starting_at(next);
    if (!last || last->day <= day.day) return std::nullopt;
    // "May 3 - 10 June": the second day has a month of its own.
    const std::uint32_t behind = text_.skip_blanks(last->end);
    if (text_.word_at(behind, DateWord::month) > 0) return std::nullopt;
    if (text_.at(last->end) == '/' || text_.at(last->end) == '-') return std::nullopt;
    return last;
  }

  // A year on the left of month or day: 2019/aug/01, 2016, nov; `span` grows.
  std::optional<std::int32_t> year_before(std::uint32_t start, TextSpan& span) const {
    if (text_.before(text_.back_over_blanks(start)) == '.' && text_.before(start) == ' ') return std::nullopt;
    std::uint32_t left = back_over_separator(start);
    if (const std::uint32_t christian = text_.word_before(left, DateWord::christian))
      left = text_.back_over_blanks(left - christian);
    const std::uint32_t from = text_.digits_start(left);
    if (left - from != 4 || left == start) return std::nullopt;
    const std::int32_t year = text_.digits(from, left);
    const char before = text_.before(from);
    if (year < kFirstPlainYear || year > kLastPlainYear || is_ascii_letter(before) || before == '.' ||
        before == ',')
      return std::nullopt;
    span.start = from;
    return year;
  }

  // 23-2020-September
  std::optional<DayFound> day_before_year(TextSpan& span) const {
    const char mark = text_.before(span.start);
    if (mark != '-' && mark != '/') return std::nullopt;
    const auto day = day_ending_at(span.start - 1);
    if (day) span.start = day->start;
    return day;
  }

  std::optional<std::int32_t> year_behind(TextSpan& span) const {
    std::uint32_t at = text_.skip_blanks(span.end);
    const bool blank = at > span.end;
    bool separated = blank;
    if (const char mark = text_.at(at); mark == ',' || mark == '-' || mark == '/' || mark == '.') {
      at = text_.skip_blanks(at + 1);
      separated = true;
    }
    if (const std::uint32_t of = text_.word_at(at, DateWord::of); of > 0 && blank)
      at = text_.skip_blanks(at + of);
    const bool apostrophe = text_.at(at) == '\'';
    if (apostrophe) ++at;
    const std::uint32_t end = text_.digits_end(at);
    if (end == at) return separated ? spoken_year(at, span) : std::nullopt;
    return numeric_year(at, end, apostrophe, span);
  }

  std::optional<std::int32_t> numeric_year(std::uint32_t at, std::uint32_t end, bool apostrophe,
                                           TextSpan& span) const {
    const std::uint32_t behind = text_.skip_blanks(end);
    const std::uint32_t christian = text_.word_at(behind, DateWord::christian);
    const std::uint32_t before = text_.word_at(behind, DateWord::before_christ);
    std::int32_t year = text_.digits(at, end);
    const char next = text_.at(end);
    if (christian > 0 || before > 0) {
      span.end = behind + std::max(christian, before);
      return before > 0 ? 1 - year : year;
    }
    if (is_ascii_letter(next) || next == '%') return std::nullopt;
    if ((next == ':' || next == ',' || next == '.' || next == '/') && is_ascii_digit(text_.at(end + 1)))
      return std::nullopt;
    if (end - at == 4 && year >= kFirstPlainYear && year <= kLastPlainYear) {
      span.end = end;
      return year;
    }
    // Two digits: behind an apostrophe, or more than a day can be.
    if (end - at != 2 || (next == '-' && is_ascii_digit(text_.at(end + 1)))) return std::nullopt;
    if (!apostrophe && (at - span.end != 1 || is_counted(behind))) return std::nullopt;
    span.end = end;
    return year + (year <= kTwoDigitPivot ? 2000 : 1900);
  }

  std::optional<std::int32_t> spoken_year(std::uint32_t at, TextSpan& span) const {
    if (!text_.numbers().at(text_.text(), at, NumberWord::ones) &&
        !text_.numbers().at(text_.text(), at, NumberWord::tens)) {
      return std::nullopt;
    }
    const auto limit =
        static_cast<std::uint32_t>(std::min<std::size_t>(text_.text().find('\n', at), text_.size()));
    const auto number = parse_spoken(text_.numbers(), text_.text(), at, limit);
    if (!number || number->value < kFirstPlainYear || number->value > kLastPlainYear) return std::nullopt;
    span.end = number->end;
    return static_cast<std::int32_t>(number->value);
  }

  // A month's name without day and year: beware of verbs and of names.
  [[nodiscard]] bool is_month_alone(TextSpan word, const WordMatch& name) const {
    const bool capital = text_.at(word.start) < 'a';
    const bool full = name.size > 4 || text_.word_at(word.start, DateWord::month_word) == 0;
    const bool whole_line = text_.line_starts(word.start) && text_.line_ends(word.end);
    if (whole_line) return capital;
    const std::uint32_t left = text_.back_over_blanks(word.start);
    const bool prepared = text_.word_before(left, DateWord::month_before) > 0 || range_with_month(word);
    if (text_.word_at(word.start, DateWord::month_word) > 0) return capital && prepared && !is_verb(word);
    if (name.size <= 4 && name.size < 4) return prepared;
    return full && (capital ? !is_name(word) : prepared);
  }

  // A range whose other end is a month as well.
  [[nodiscard]] bool range_with_month(TextSpan word) const {
    std::uint32_t at = text_.skip_blanks(word.end);
    if (const std::uint32_t size = text_.word_at(at, DateWord::range)) {
      at = text_.skip_blanks(at + size);
      if (text_.word_at(at, DateWord::month) > 0) return true;
    }
    const std::uint32_t left = text_.back_over_blanks(word.start);
    return text_.before(left) == '-' && is_ascii_letter(text_.before(text_.back_over_blanks(left - 1)));
  }

  // "Yes, May I ask": a pronoun behind.
  [[nodiscard]] bool is_verb(TextSpan word) const {
    return text_.word_at(text_.skip_blanks(word.end), DateWord::pronoun) > 0;
  }

  // "Ms April Jones": a capital behind, on the same line, and no preposition before.
  [[nodiscard]] bool is_name(TextSpan word) const {
    const std::uint32_t behind = text_.skip_blanks(word.end);
    const char next = text_.at(behind);
    return next >= 'A' && next <= 'Z' && !text_.preceded_by(word.start, DateWord::month_before);
  }

  // With a bare day, a verb in small letters is no month: "may 3 people".
  [[nodiscard]] bool may_be_month(TextSpan word) const {
    if (text_.word_at(word.start, DateWord::month_word) == 0 || text_.at(word.start) < 'a') return true;
    return text_.preceded_by(word.start, DateWord::month_before) ||
           text_.preceded_by(word.start, DateWord::of);
  }

  // ---- relative dates

  std::optional<Reading> relative() {
    if (!context_.reference_date) return std::nullopt;
    const DatePoint today = *context_.reference_date;
    const TextSpan word = head_.captures[kDateWord];
    TextSpan span = word;
    Date date;
    date.relative = true;
    const auto is = [&](DateWord meaning) {
      const auto match = text_.match_at(word.start, meaning);
      if (!match || match->size != word.size()) return false;
      offset_ = CalendarRules::value_of(*match->word);
      return true;
    };
    const std::int64_t days = days_from_civil(today.year, today.month, today.day);
    if (is(DateWord::relative_day)) {
      date.first = civil_from_days(days + offset_);
    } else if (is(DateWord::relative_week)) {
      const std::int64_t monday = days - (weekday_of(today) + 6) % 7 + 7 * offset_;
      date.form = DateForm::interval;
      date.first = civil_from_days(monday);
      date.last = civil_from_days(monday + 6);
      take_day_of_week(date, span, monday);
    } else if (is(DateWord::relative_month)) {
      date.first = add_months(make_point(today.year, today.month), offset_);
      take_day_of_month(date, span);
    } else if (is(DateWord::relative_fiscal)) {
      const std::int32_t year = today.month >= 4 ? today.year : today.year - 1;
      date = fiscal_date(year + offset_);
      date.relative = true;
    } else if (is(DateWord::relative_quarter)) {
      const DatePoint month = add_months(make_point(today.year, today.month), offset_ * 3);
      date.first = part_of_year(month.year, 33 + (month.month - 1) / 3);
    } else if (is(DateWord::relative_year)) {
      date.first = make_point(today.year + offset_);
      take_month_of_year(date, span);
      take_season_of_year(date, span);
    } else {
      return std::nullopt;
    }
    if (!is_valid(date.first)) return impossible(span);
    return reading(span, date);
  }

  // "the 25th of last month" as Japanese writes it: the day stands behind.
  void take_day_of_month(Date& date, TextSpan& span) const {
    const std::uint32_t at = skip_of(span.end);
    const std::uint32_t end = text_.digits_end(at);
    const std::uint32_t unit = end > at && end - at <= 2 ? text_.word_at(end, DateWord::day_unit) : 0;
    if (unit == 0) return;
    date.first.day = static_cast<std::uint8_t>(text_.digits(at, end));
    date.first.precision = DatePrecision::day;
    span.end = end + unit;
  }

  // "Monday of next week", with the weekday behind: the particle or preposition between is a word of either
  // language.
  void take_day_of_week(Date& date, TextSpan& span, std::int64_t monday) const {
    std::uint32_t at = text_.skip_blanks(skip_of(span.end));
    if (const std::uint32_t on = text_.word_at(at, DateWord::on)) at = text_.skip_blanks(at + on);
    const auto day = text_.match_at(at, DateWord::weekday);
    const std::uint32_t mark = day ? text_.word_at(at + day->size, DateWord::weekday_mark) : 0;
    if (!day || (mark == 0 && !is_ascii_letter(day->word->text.front()))) return;
    date.form = DateForm::point;
    date.first = civil_from_days(monday + (CalendarRules::value_of(*day->word) + 6) % 7);
    span.end = at + day->size + mark;
  }

  void take_season_of_year(Date& date, TextSpan& span) const {
    if (date.first.precision != DatePrecision::year) return;
    const std::uint32_t at = skip_of(span.end);
    auto part = text_.match_at(at, DateWord::quarter);
    if (!part) part = text_.match_at(at, DateWord::season);
    if (!part) return;
    date.first = part_of_year(date.first.year, CalendarRules::value_of(*part->word));
    span.end = at + part->size;
  }

  void take_month_of_year(Date& date, TextSpan& span) const {
    const std::uint32_t at = skip_of(span.end);
    const std::uint32_t end = text_.digits_end(at);
    const std::uint32_t unit = end > at && end - at <= 2 ? text_.word_at(end, DateWord::month_unit) : 0;
    if (unit == 0) return;
    date.first.month = static_cast<std::uint8_t>(text_.digits(at, end));
    date.first.precision = DatePrecision::month;
    span.end = end + unit;
    take_day_of_month(date, span);
  }

  const Mention& head_;
  InterpretContext& context_;
  TextAround text_;
  const CalendarRules& calendar_;
  std::uint32_t flags_;
  std::int32_t month_ = 0;
  std::int32_t offset_ = 0;
  bool last_day_named_ = false;
};

// ---- all dates of a document

class DateCombiner {
 public:
  DateCombiner(std::vector<Reading>& dates, InterpretContext& context)
      : dates_(dates), context_(context), text_(context) {}

  void run() {
    std::erase_if(
        dates_, [](const Reading& reading) { return std::holds_alternative<std::monostate>(reading.value); });
    settle_order();
    for (std::size_t i = 0; i < dates_.size(); ++i) {
      take_left_part(i);
      complete_era(i);
    }
    merge_calendars();
    merge_ranges();
    std::erase_if(
        dates_, [](const Reading& reading) { return std::holds_alternative<std::monostate>(reading.value); });
    inherit_years();
    std::erase_if(
        dates_, [](const Reading& reading) { return std::holds_alternative<std::monostate>(reading.value); });
  }

 private:
  [[nodiscard]] static Date& date_of(Reading& reading) { return std::get<Date>(reading.value); }
  [[nodiscard]] static bool is_date(const Reading& reading) {
    return std::holds_alternative<Date>(reading.value);
  }

  // ---- day-first or month-first

  void settle_order() {
    int day_first = 0;
    int month_first = 0;
    for (const Reading& reading : dates_) count_order(reading, day_first, month_first);
    if ((day_first == 0) == (month_first == 0)) return;
    for (Reading& reading : dates_) {
      if (reading.alternatives.empty() || !is_numeric(reading)) continue;
      const auto first = leading_number(reading.span);
      Date& date = date_of(reading);
      if ((date.first.day == first) != (day_first > 0))
        std::swap(date, std::get<Date>(reading.alternatives.front()));
      reading.alternatives.clear();
    }
  }

  [[nodiscard]] bool is_numeric(const Reading& reading) const {
    return is_date(reading) && reading.pattern != kNone &&
           (context_.rules.entity_patterns[reading.pattern].flags & kDateNumeric) != 0;
  }

  [[nodiscard]] std::int32_t leading_number(TextSpan span) const {
    std::uint32_t at = span.start;
    while (at < span.end && !is_ascii_digit(text_.at(at))) ++at;
    return text_.digits(at, text_.digits_end(at));
  }

  void count_order(const Reading& reading, int& day_first, int& month_first) const {
    if (!is_numeric(reading) || !reading.alternatives.empty()) return;
    const Date& date = std::get<Date>(reading.value);
    const std::int32_t first = leading_number(reading.span);
    if (date.first.precision != DatePrecision::day || first > 31 || date.first.day <= 12) return;
    ++(date.first.day == first ? day_first : month_first);
  }

  // ---- the first part of a list or range that shares what stands behind: 4-6, 23 and 24

  // Digits and a connector directly before a date: they are of its unit.
  void take_left_part(std::size_t index) {
    if (!is_date(dates_[index])) return;
    const TextSpan span = dates_[index].span;
    if (!is_ascii_digit(text_.at(span.start))) return;
    const std::uint32_t left = text_.back_over_blanks(span.start);
    std::uint32_t size = text_.word_before(left, DateWord::range);
    const bool range = size > 0;
    if (!range) size = text_.word_before(left, DateWord::list);
    if (size == 0) return;
    const std::uint32_t end = text_.back_over_blanks(left - size);
    const std::uint32_t start = text_.digits_start(end);
    if (start == end || end - start > 4 || inside_date(start, index)) return;
    const std::int32_t number = text_.digits(start, end);
    const Date date = date_of(dates_[index]);
    if (unit_is_year(date)) {
      left_year(index, number, {start, end}, range);
    } else if (date.form == DateForm::point && date.first.precision == DatePrecision::month && range &&
               !date.first.has_year) {
      left_month(index, number, start);
    }
  }

  [[nodiscard]] bool inside_date(std::uint32_t position, std::size_t index) const {
    for (std::size_t i = index; i-- > 0;) {
      if (dates_[i].span.end > position) return true;
      if (i + 4 < index) break;
    }
    return false;
  }

  [[nodiscard]] static bool unit_is_year(const Date& date) {
    if (date.fiscal_year) return true;
    return date.form == DateForm::point &&
           (date.first.precision == DatePrecision::year || date.first.precision == DatePrecision::decade);
  }

  void left_year(std::size_t index, std::int32_t number, TextSpan digits, bool range) {
    Reading& reading = dates_[index];
    Date& date = date_of(reading);
    Date first = date;
    std::uint32_t start = digits.start;
    const std::uint32_t era_at = text_.back_over_blanks(start);
    const auto era = text_.match_before(era_at, DateWord::era);
    if (era && is_era_omitted(date)) {
      start = era_at - era->size;
      set_era(first, era->word->entry, number);
      set_era(date, era->word->entry, date.era_year);
    } else if (is_era_omitted(date)) {
      // 2011-12 with the century only before.
      if (number < 1000 || number > 2199 || date.era_year >= 100) return;
      set_year(date, number / 100 * 100 + date.era_year);
      set_year(first, number);
    } else {
      if (digits.size() < 3 || number > date.first.year) {
        return;
      }
      if (date.first.precision == DatePrecision::decade && number % 10 != 0) return;
      set_year(first, number);
    }
    if (range) {
      make_interval(reading, first, date, start);
    } else {
      Reading other = reading;
      other.span = {start, digits.end};
      other.value = first;
      other.alternatives.clear();
      dates_.insert(dates_.begin() + static_cast<std::ptrdiff_t>(index), std::move(other));
    }
  }

  void set_era(Date& date, std::uint32_t era, std::int32_t era_year) const {
    date.era = static_cast<std::uint16_t>(era);
    date.era_year = era_year;
    set_year(date, context_.rules.calendar.eras[era].year1 + era_year - 1);
  }

  static void set_year(Date& date, std::int32_t year) {
    if (date.fiscal_year) {
      const Date fiscal = fiscal_date(year);
      date.form = fiscal.form;
      date.first = fiscal.first;
      date.last = fiscal.last;
      date.fiscal_year = year;
    } else {
      date.first.year = year;
    }
    date.first.has_year = true;
    date.assumed_year = false;
  }

  void make_interval(Reading& reading, const Date& first, const Date& last, std::uint32_t start) const {
    Date range = first;
    range.last = last.form == DateForm::interval ? last.last : last.first;
    range.form = DateForm::interval;
    range.fiscal_year.reset();
    range.assumed_year = first.assumed_year || last.assumed_year;
    range.relative = first.relative || last.relative;
    reading.span.start = std::min(start, reading.span.start);
    reading.value = range;
    reading.alternatives.clear();
  }

  void left_month(std::size_t index, std::int32_t number, std::uint32_t start) {
    Reading& reading = dates_[index];
    Date& date = date_of(reading);
    if (number < 1 || number >= date.first.month) return;
    Date first = date;
    first.first.month = static_cast<std::uint8_t>(number);
    // The year of a date that ends where this begins.
    if (index > 0 && is_date(dates_[index - 1]) &&
        text_.back_over_blanks(start) == dates_[index - 1].span.end) {
      Date& year = date_of(dates_[index - 1]);
      if (year.form == DateForm::point && year.first.precision == DatePrecision::year) {
        first.first.year = date.first.year = year.first.year;
        first.first.has_year = date.first.has_year = true;
        first.era = year.era;
        first.era_year = year.era_year;
        start = dates_[index - 1].span.start;
        dates_[index - 1].value = std::monostate{};
      }
    }
    make_interval(reading, first, date, start);
  }

  // ---- an era or century left out

  void complete_era(std::size_t index) {
    if (!is_date(dates_[index]) || !is_era_omitted(date_of(dates_[index]))) return;
    Reading& reading = dates_[index];
    Date& date = date_of(reading);
    const std::int32_t short_year = date.era_year;
    if (complete_from_before(index, short_year)) return;
    if (date.fiscal_year || date.first.month == 0) {
      reading.value = std::monostate{};
      return;
    }
    // Nothing tells the year: the day stands, both readings of the year are kept.
    Date era_less = date;
    era_less.assumed_year = false;
    era_less.era_year = 0;
    Date literal = era_less;
    date = era_less;
    date.first.has_year = false;
    date.first.year = 0;
    reading.alternatives.emplace_back(literal);
    if (short_year >= 10) {
      Date century = literal;
      century.first.year = short_year + (short_year <= kTwoDigitPivot ? 2000 : 1900);
      reading.alternatives.emplace_back(century);
    }
  }

  bool complete_from_before(std::size_t index, std::int32_t short_year) {
    Date& date = date_of(dates_[index]);
    for (std::size_t i = index; i-- > 0;) {
      if (!is_date(dates_[i])) continue;
      const Date& other = date_of(dates_[i]);
      if (!other.first.has_year || other.assumed_year) continue;
      if (other.era != 0xFFFF) {
        Date tried = date;
        set_era(tried, other.era, short_year);
        const Era& era = context_.rules.calendar.eras[other.era];
        if (tried.first.year < other.first.year - 40 || (era.last && tried.first.year > era.last->year))
          return false;
        date = tried;
        date.assumed_year = true;
        return true;
      }
      if (short_year < 10 && dates_[index].span.start > dates_[i].span.end + 12) return false;
      const std::int32_t century = other.first.year / 100 * 100;
      set_year(date, century + short_year);
      date.assumed_year = true;
      return true;
    }
    return false;
  }

  // ---- both calendars of one date

  void merge_calendars() {
    for (std::size_t i = 0; i + 1 < dates_.size(); ++i) {
      Reading& a = dates_[i];
      Reading& b = dates_[i + 1];
      if (!is_date(a) || !is_date(b)) continue;
      const auto end = other_calendar_end(a, b);
      if (!end) continue;
      Date& date = date_of(a);
      const Date& other = date_of(b);
      if (!same_day(date, other)) continue;
      if (date.era == 0xFFFF) {
        date.era = other.era;
        date.era_year = other.era_year;
      }
      // A lunisolar year names the Western year that it mostly falls in; the finer date wins.
      if (date.first.precision == DatePrecision::year && other.first.precision != DatePrecision::year)
        date.first = other.first;
      a.span.end = *end;
      dates_.erase(dates_.begin() + static_cast<std::ptrdiff_t>(i) + 1);
    }
  }

  // The end of "b" in brackets or behind a stroke, directly behind "a".
  [[nodiscard]] std::optional<std::uint32_t> other_calendar_end(const Reading& a, const Reading& b) const {
    const std::uint32_t open = text_.skip_blanks(a.span.end);
    const char mark = text_.at(open);
    if (mark == '/' && text_.skip_blanks(open + 1) == b.span.start) return b.span.end;
    if (mark != '(' || text_.skip_blanks(open + 1) != b.span.start) return std::nullopt;
    const std::uint32_t close = text_.skip_blanks(b.span.end);
    return text_.at(close) == ')' ? std::optional(close + 1) : std::nullopt;
  }

  [[nodiscard]] static bool same_day(const Date& a, const Date& b) {
    if (a.form != DateForm::point || b.form != DateForm::point || (a.era == 0xFFFF) == (b.era == 0xFFFF))
      return false;
    if (!a.first.has_year || !b.first.has_year || a.fiscal_year.has_value() != b.fiscal_year.has_value())
      return false;
    return compare(a.first, b.first) == 0;
  }

  // ---- ranges

  void merge_ranges() {
    for (std::size_t i = 0; i < dates_.size(); ++i) {
      if (!is_date(dates_[i])) continue;
      if (i + 1 < dates_.size() && merge_with_next(i)) continue;
      take_right_part(i);
    }
  }

  bool merge_with_next(std::size_t i) {
    Reading& a = dates_[i];
    Reading& b = dates_[i + 1];
    if (!is_date(b) || !connects(a, b)) return false;
    Date first = date_of(a);
    Date last = date_of(b);
    if (first.form != DateForm::point && !first.fiscal_year) return false;
    if (last.form != DateForm::point && !last.fiscal_year) return false;
    share_year(first, last);
    if (first.first.has_year != last.first.has_year) return false;
    const DatePoint end = last.form == DateForm::interval ? last.last : last.first;
    if (first.first.has_year && compare(first.first, end) > 0) return false;
    if (!first.first.has_year && first.first.precision != last.first.precision) return false;
    const std::uint32_t stop = b.span.end;
    make_interval(a, first, last, a.span.start);
    a.span.end = stop;
    dates_.erase(dates_.begin() + static_cast<std::ptrdiff_t>(i) + 1);
    return true;
  }

  [[nodiscard]] bool connects(const Reading& a, const Reading& b) const {
    std::uint32_t at = text_.skip_blanks(a.span.end);
    if (at >= b.span.start) return false;
    // A part of the month between: "from early June".
    for (const DateWord part : {DateWord::early_part, DateWord::middle_part, DateWord::late_part}) {
      if (const std::uint32_t size = text_.word_at(at, part)) {
        at = text_.skip_blanks(at + size);
        break;
      }
    }
    std::uint32_t size = text_.word_at(at, DateWord::range);
    if (size == 0 && starts_with_between(a)) size = text_.word_at(at, DateWord::range_and);
    if (size == 0) return false;
    std::uint32_t next = text_.skip_blanks(at + size);
    if (next < b.span.start) next = text_.skip_blanks(next + text_.word_at(next, DateWord::next_year));
    if (next < b.span.start) next = text_.skip_blanks(next + text_.word_at(next, DateWord::same_year));
    if (next < b.span.start) next = text_.skip_blanks(next + text_.word_at(next, DateWord::the));
    return next == b.span.start;
  }

  [[nodiscard]] bool starts_with_between(const Reading& a) const {
    return text_.word_before(text_.back_over_blanks(a.span.start), DateWord::range_between) > 0;
  }

  // The year that only one end states. A first month behind the last is of the year before.
  static void share_year(Date& first, Date& last) {
    if (first.first.has_year && !last.first.has_year) {
      last.first.year = first.first.year;
      last.first.has_year = true;
      last.assumed_year = false;
      if (last.first.month < first.first.month && first.first.month != 0) ++last.first.year;
    } else if (!first.first.has_year && last.first.has_year && last.form == DateForm::point &&
               last.first.month != 0) {
      first.first.year = last.first.year;
      first.first.has_year = true;
      first.assumed_year = false;
      if (first.first.month > last.first.month) --first.first.year;
    }
  }

  // "from 10 January to the 12th" as Japanese writes it: a number and its unit, or after marks a number
  // alone.
  void take_right_part(std::size_t i) {
    Reading& reading = dates_[i];
    Date date = date_of(reading);
    if (date.form != DateForm::point && !date.fiscal_year) return;
    std::uint32_t at = text_.skip_blanks(reading.span.end);
    for (const DateWord part : {DateWord::early_part, DateWord::late_part}) {
      if (const std::uint32_t size = text_.word_at(at, part)) at = text_.skip_blanks(at + size);
    }
    const std::uint32_t size = text_.word_at(at, DateWord::range);
    if (size == 0) return;
    at = text_.skip_blanks(at + size);
    at += text_.word_at(at, DateWord::same_year);
    if (i + 1 < dates_.size() && dates_[i + 1].span.start <= at) return;
    std::uint32_t end = text_.digits_end(at);
    if (end == at) {
      while (text_.numbers().may_start(text_.text(), end) && end - at < 12) end += 3;
    }
    if (end == at || end - at > 12) return;
    const auto number = text_.count({at, end});
    if (!number || *number < 1) return;
    take_right_number(reading, date, *number, at, end);
  }

  void take_right_number(Reading& reading, Date& date, std::int32_t number, std::uint32_t at,
                         std::uint32_t end) const {
    const std::uint32_t unit = text_.skip_blanks(end);
    Date last = date;
    if (const std::uint32_t day = text_.word_at(unit, DateWord::day_unit);
        day > 0 || is_bare_day(reading, end)) {
      if (date.first.precision != DatePrecision::day || number > 31 || number <= date.first.day) return;
      last.first.day = static_cast<std::uint8_t>(number);
      if (!is_valid(last.first)) return;
      end = day > 0 ? unit + day : end;
      (void)weekday_behind(text_, end);
    } else if (const std::uint32_t fiscal = text_.word_at(unit, DateWord::fiscal_after);
               fiscal > 0 && date.fiscal_year) {
      if (!right_year(last, number)) return;
      end = unit + fiscal;
    } else if (const std::uint32_t year = text_.word_at(unit, DateWord::year_unit);
               year > 0 && !date.fiscal_year) {
      if (date.first.precision != DatePrecision::year || !right_year(last, number)) return;
      end = unit + year;
    } else {
      return;
    }
    (void)at;
    make_interval(reading, date, last, reading.span.start);
    reading.span.end = end;
  }

  // 2012/4/3-6: marks only, nothing else behind.
  [[nodiscard]] bool is_bare_day(const Reading& reading, std::uint32_t end) const {
    const char next = text_.at(end);
    return is_numeric(reading) && !is_ascii_alnum(next) && next != '/' && next != '-' && next != '.' &&
           next != ':' && text_.numbers().at(text_.text(), end, NumberWord::counter) == std::nullopt;
  }

  [[nodiscard]] bool right_year(Date& last, std::int32_t number) const {
    const std::int32_t before = last.first.year;
    if (last.era != 0xFFFF && number < 100) {
      set_era(last, last.era, number);
    } else {
      set_year(last, number < 100 ? before / 100 * 100 + number : number);
    }
    return last.first.year > before;
  }

  // ---- years from the context

  void inherit_years() {
    for (std::size_t i = 0; i < dates_.size(); ++i) {
      Date& date = date_of(dates_[i]);
      if (date.first.has_year || date.relative) continue;
      const bool reference = is_reference(date);
      const Date* source = year_source(i, reference);
      if (source == nullptr && !reference) source = title_year(i);
      date.assumed_year = false;
      if (source == nullptr) {
        date.era_year = 0;
        continue;
      }
      give_year(date, *source, reference ? date.era_year : 0);
    }
  }

  // The date before on the same line; for words that refer to it, anywhere before.
  [[nodiscard]] const Date* year_source(std::size_t index, bool reference) const {
    for (std::size_t i = index; i-- > 0;) {
      if (!reference && !same_line(dates_[i], dates_[index])) return nullptr;
      const Date& date = std::get<Date>(dates_[i].value);
      if (date.first.has_year && is_plain(date)) return &date;
    }
    return nullptr;
  }

  [[nodiscard]] bool same_line(const Reading& a, const Reading& b) const {
    return text_.slice(a.span.end, b.span.start).find('\n') == std::string_view::npos;
  }

  [[nodiscard]] static bool is_plain(const Date& date) {
    return date.first.precision <= DatePrecision::year || date.fiscal_year.has_value();
  }

  // The one year that title and headings state.
  [[nodiscard]] const Date* title_year(std::size_t index) const {
    const Date* found = nullptr;
    for (std::size_t i = 0; i < index; ++i) {
      const Date& date = std::get<Date>(dates_[i].value);
      if (!date.first.has_year || !is_plain(date) || !in_heading(dates_[i])) continue;
      if (found != nullptr && found->first.year != date.first.year) return nullptr;
      found = &date;
    }
    return found;
  }

  [[nodiscard]] bool in_heading(const Reading& reading) const {
    if (reading.line >= context_.segments.lines.size()) return false;
    const BlockKind kind = context_.segments.lines[reading.line].kind;
    return kind == BlockKind::title || kind == BlockKind::heading || kind == BlockKind::caption;
  }

  static void give_year(Date& date, const Date& source, std::int32_t later) {
    std::int32_t year = source.fiscal_year.value_or(source.first.year);
    // A month of a fiscal year before April is of the next year.
    if (source.fiscal_year && date.first.month <= 3) ++year;
    year += later;
    DatePoint first = date.first;
    first.year = year;
    first.has_year = true;
    if (!is_valid(first)) return;
    date.first = first;
    if (date.form == DateForm::interval) {
      date.last.year = date.last.month < date.first.month ? year + 1 : year;
      date.last.has_year = true;
    }
    date.assumed_year = true;
    date.era_year = 0;
  }

  std::vector<Reading>& dates_;
  InterpretContext& context_;
  TextAround text_;
};

}  // namespace

std::optional<Reading> interpret_date(const Mention& head, std::span<const Mention>,
                                      InterpretContext& context) {
  return DateReader(head, context).read();
}

void combine_dates(std::vector<Reading>& dates, InterpretContext& context) {
  DateCombiner(dates, context).run();
}

DocumentHabits::DayMonthOrder day_month_order(std::span<const Mention> mentions,
                                              const InterpretContext& context) {
  using Order = DocumentHabits::DayMonthOrder;
  int day_first = 0;
  int month_first = 0;
  const NumberRules& numbers = context.rules.numbers;
  for (const Mention& mention : mentions) {
    if (mention.kind != MentionKind::date || mention.pattern == kNone || !mention.has(kDateDay)) continue;
    if ((context.rules.entity_patterns[mention.pattern].flags & kDateNumeric) == 0) continue;
    const auto a = parse_count(numbers, context.at(mention.captures[kDateYear]));
    const auto b = parse_count(numbers, context.at(mention.captures[kDateMonth]));
    if (mention.captures[kDateYear].size() > 2 || !a || !b) continue;
    if (*a > 12 && *a <= 31 && *b <= 12) ++day_first;
    if (*b > 12 && *b <= 31 && *a <= 12) ++month_first;
  }
  if (day_first > 0 && month_first == 0) return Order::day_first;
  if (month_first > 0 && day_first == 0) return Order::month_first;
  return Order::unknown;
}

}  // namespace yoran
