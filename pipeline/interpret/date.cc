#include "interpret/date.h"

#include <algorithm>
#include <string>
#include <utility>

#include "interpret/calendar.h"
#include "interpret/date_bounds.h"
#include "interpret/date_text.h"
#include "interpret/numeral.h"
#include "interpret/relative_date.h"
#include "types/ascii.h"

namespace yoran {
namespace {

// "M8.5" is a magnitude and "T2.5" a thickness more often than a month of the eras before this year.
constexpr std::int32_t kFirstShortForm = 1926;

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

  // No date, and nothing in it is one; it may hold numbers.
  [[nodiscard]] std::optional<Reading> block(TextSpan span) const {
    Reading result = reading(span, std::monostate{});
    result.kind = MentionKind::number;
    return result;
  }

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
    return reading(span, std::monostate{});
  }

  void check_weekday(const Date& date, int weekday, TextSpan span) const {
    if (weekday < 0 || date.first.precision != DatePrecision::day || !date.first.has_year) return;
    if (weekday_of(date.first) == weekday) return;
    report(Severity::warning, "date.weekday-mismatch",
           "The weekday beside " + to_edtf(date.first) + " is another one.", span);
  }

  // A date is done: weekday, part of the month, doubt.
  std::optional<Reading> finish(Date date, TextSpan span) {
    if (date.first.precision == DatePrecision::month && date.first.has_year)
      take_numbered_weekday(date, span);
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
    if (!has(kDateMonth) && !has(kDateEra) && !has(kDateEra2) && !year_sign_inside()) {
      // Digits before a bracket: a year in figures after all?
      return digits_of(kDateYear) >= 3 ? year_alone() : std::nullopt;
    }
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

  // The second Sunday, as Japanese says it behind the month: a prefix, a number, a weekday.
  void take_numbered_weekday(Date& date, TextSpan& span) const {
    std::uint32_t at = span.end + text_.word_at(span.end, DateWord::of_particle);
    const auto prefix = text_.numbers().at(text_.text(), at, NumberWord::ordinal_prefix);
    if (!prefix) return;
    at += prefix->size;
    std::uint32_t end = text_.digits_end(at);
    if (end == at && text_.numbers().is_ideograph_at(text_.text(), at)) end += 3;
    const std::int32_t nth = text_.count({at, end}).value_or(0);
    const auto weekday = text_.match_at(end, DateWord::weekday);
    if (nth < 1 || nth > 5 || !weekday) return;
    const auto day = nth_weekday_of_month(date.first, CalendarRules::value_of(*weekday->word), nth);
    if (!day) return;
    date.first = *day;
    span.end = end + weekday->size;
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
    // Numbers and marks alone: names of older eras are common words as well.
    if (!calendar_.eras[stated.era].lettered && !year_sign_inside()) return std::nullopt;
    stated.year = value(kDateYear);
    stated.month = month;
    stated.day = day;
    stated.leap_month = has(kDateLeap);
    take_lunisolar_day(stated, span);
    if (stated.month == 0 && is_part_of_word(span)) return std::nullopt;
    const EraResult result = western_date(calendar_, stated);
    if (is_short_form() && result.point.year < kFirstShortForm) return std::nullopt;
    if (result.status == EraStatus::impossible) return impossible(span);
    if (result.status == EraStatus::out_of_range || result.status == EraStatus::projected) {
      const bool none = result.status == EraStatus::out_of_range;
      report(Severity::warning, none ? "date.era-out-of-range" : "date.era-projected",
             "The era had ended, or not begun, at '" + std::string(context_.at(span)) + "'.", span);
      if (none) return reading(span, std::monostate{});
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

  // The letter of an era, a year and a month: "H26.4".
  [[nodiscard]] bool is_short_form() const {
    return head_.captures[kDateEra].size() == 1 && !has(kDateDay) && !year_sign_inside();
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
    const std::int32_t other = has(kDateYear2) ? value(kDateYear2) : bracketed_year();
    if (other > 100 && other != date.first.year) {
      report(Severity::warning, "date.era-year-mismatch",
             "The years of the two calendars differ: " + std::to_string(date.first.year) + " and " +
                 std::to_string(other) + ".",
             span);
    }
  }

  // The Western year in brackets behind the sign of the year; 0: none.
  [[nodiscard]] std::int32_t bracketed_year() const {
    const std::uint32_t limit = has(kDateMonth) ? head_.captures[kDateMonth].start : head_.span.end;
    std::uint32_t at = head_.captures[kDateYear].end;
    while (at < limit && text_.at(at) != '(') ++at;
    while (at < limit && !is_ascii_digit(text_.at(at))) ++at;
    return at < limit ? text_.digits(at, text_.digits_end(at)) : 0;
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
      if (date.era != 0xFFFF && date.era_year % 10 == 0)
        return reading({span.start, sign + size}, era_decade(date));
      if (date.first.year % 10 != 0) return std::nullopt;
      Date decade = date;
      decade.first.precision = DatePrecision::decade;
      span.end = sign + size;
      return reading(span, decade);
    }
    return std::nullopt;
  }

  // Ten years of an era are no decade of the Western calendar.
  static Date era_decade(const Date& date) {
    Date decade = date;
    decade.form = DateForm::interval;
    decade.last = make_point(date.first.year + 9);
    return decade;
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
    year.span = year.captures[kDateYear];
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
    // The combiner settles the order, if the document or its region tells it.
    auto result = finish(point_date(day_first ? by_day : by_month), span);
    if (!day_first && is_english_line()) result->alternatives.emplace_back(point_date(by_day));
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
      // 2010/2011 is a season or a fiscal year.
      const bool pair = mark == '-' || (mark == '/' && b.value == a.value + 1);
      if (!pair || !plausible(a) || !plausible(b) || a.value >= b.value) return block(span);
      return year_range(a.value, b.value, span);
    }
    if (a.digits == 4) return year_and_month(a, b, mark, span);
    if (b.digits == 4) {
      if (a.digits > 2 || a.value < 1 || a.value > 12 || !plausible(b) || mark == '.') return block(span);
      return finish(point_date(make_point(b.value, a.value)), span);
    }
    if (a.digits > 2 || b.digits > 2) return block(span);
    // A custom has no date and no numbers.
    if (text_.word_at(span.start, DateWord::not_date) > 0 && !has_date_word(span))
      return reading(span, std::monostate{});
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
    const bool next_year = mark == '/' && b.digits == 2 && b.value == (a.value + 1) % 100;
    if (next_year && b.value > 12) return year_range(a.value, a.value + 1, span);
    if (b.value < 1 || b.value > 12) return block(span);
    if (mark == '.') {
      // A decimal fraction looks the same: a unit or counter behind decides.
      const std::uint32_t behind = text_.skip_blanks(span.end);
      const bool counted = text_.numbers().at(text_.text(), behind, NumberWord::counter).has_value() ||
                           context_.rules.units.at(text_.text(), behind, UnitMeaning::unit).has_value();
      if (counted || a.value < 1900 || a.value > 2100) return block(span);
    }
    auto result = finish(point_date(make_point(a.value, b.value)), span);
    // 2010/11 may be November or the season that ended in 2011.
    if (!next_year || !is_english_line()) return result;
    Value years = year_range(a.value, a.value + 1, span)->value;
    if (text_.word_at(text_.skip_blanks(span.end), DateWord::year_noun) > 0) std::swap(years, result->value);
    result->alternatives.push_back(std::move(years));
    return result;
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
    if (is_ascii_digit(text_.at(span.end))) return std::nullopt;
    if (is_ascii_alnum(before) || before == '.' || before == ',' || before == '/' || before == ':' ||
        before == '$' || before == '#' || (before == '-' && !may_follow_hyphen(span.start))) {
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
    if (present_end(text_, span.end) > 0 && !text_.line_starts(left))
      return finish(point_date(make_point(year)), span);
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

  // A range, or a part of the time: "1998-2004", "mid-1990s".
  [[nodiscard]] bool may_follow_hyphen(std::uint32_t start) const {
    return is_ascii_digit(text_.before(start - 1)) || text_.word_before(start, DateWord::part_before) > 0;
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
    return is_ascii_upper(next);
  }

  // Digits are a year where the words on both sides allow it.
  [[nodiscard]] bool year_context(std::uint32_t left, std::int32_t year, TextSpan span) const {
    const std::uint32_t behind = text_.skip_blanks(span.end);
    if (is_counted(behind) || is_bounded(left)) return false;
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

  // "more than 1000 members": the longer of two words before says that it is an amount.
  [[nodiscard]] bool is_bounded(std::uint32_t left) const {
    const NumberRules& numbers = text_.numbers();
    const std::uint32_t bound = std::max(numbers.size_before(text_.text(), left, NumberWord::minimum_before),
                                         numbers.size_before(text_.text(), left, NumberWord::maximum_before));
    return bound > text_.word_before(left, DateWord::year_before) &&
           bound > text_.word_before(left, DateWord::range);
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
    while (start >= 3 && text_.numbers().is_ideograph_at(text_.text(), start - 3)) start -= 3;
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
    const auto part =
        text_.match_at(word.start, (flags_ & kDateQuarter) != 0 ? DateWord::quarter : DateWord::season);
    if (!part) return std::nullopt;
    return reading({word.start, end}, point_date(part_of_year(year, CalendarRules::value_of(*part->word))));
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
    const std::uint32_t limit = text_.line_limit(word.start);
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
    const bool verb = text_.word_at(word.start, DateWord::month_word) > 0 && text_.at(word.start) >= 'a';
    if (!day && !year && !verb && context_.reference_date) {
      if (const auto date = relative_month(text_, month_, span.start, *context_.reference_date))
        return reading(span, *date);
    }
    if (!day && !year && !is_month_alone(word, *name)) return std::nullopt;
    if (day && !year && !day->ordinal && (!may_be_month(word) || is_counted_noun(word, *day)))
      return std::nullopt;
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
    if (!day && year) take_day_of_month(date, span);
    if (day) take_the_before(span);
    return finish(date, span);
  }

  // "the last day of March 2014", "the third Tuesday in May 2016".
  void take_day_of_month(Date& date, TextSpan& span) {
    const std::uint32_t end = text_.back_over_blanks(span.start);
    const std::uint32_t of = text_.word_before(end, DateWord::of);
    if (of == 0 || text_.before(end) == ',') return;
    const std::uint32_t unit_end = text_.back_over_blanks(end - of);
    const auto weekday = text_.match_before(unit_end, DateWord::weekday);
    const std::uint32_t unit = weekday ? weekday->size : text_.word_before(unit_end, DateWord::day_word);
    if (unit == 0) return;
    const std::uint32_t nth_end = text_.back_over_blanks(unit_end - unit);
    const auto nth = nth_before(nth_end);
    if (!nth) return;
    if (weekday) {
      const auto point =
          nth_weekday_of_month(date.first, CalendarRules::value_of(*weekday->word), nth->count);
      if (!point) return;
      date.first = *point;
    } else if (nth->count < 0) {
      date.first = make_point(date.first.year, month_, days_in_month(date.first.year, month_));
      last_day_named_ = true;
    } else {
      return;
    }
    span.start = nth->start;
    take_the_before(span);
  }

  struct Nth {
    std::int32_t count = 0;  // -1: the last
    std::uint32_t start = 0;
  };

  [[nodiscard]] std::optional<Nth> nth_before(std::uint32_t end) const {
    if (const auto ordinal = text_.match_before(end, DateWord::ordinal_day)) {
      const std::int32_t count = CalendarRules::value_of(*ordinal->word);
      return count <= 5 ? std::optional(Nth{count, end - ordinal->size}) : std::nullopt;
    }
    if (const auto last = text_.match_before(end, DateWord::relative_modifier))
      return CalendarRules::value_of(*last->word) == -1 ? std::optional(Nth{-1, end - last->size})
                                                        : std::nullopt;
    const std::uint32_t suffix = text_.ordinal_suffix_before(end);
    const std::uint32_t digit = end - suffix - 1;
    if (suffix == 0 || text_.at(digit) < '1' || text_.at(digit) > '5' || text_.before(digit) != ' ')
      return std::nullopt;
    return Nth{text_.at(digit) - '0', digit};
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
    const std::uint32_t suffix = text_.ordinal_suffix_before(end);
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
    const std::uint32_t limit = text_.line_limit(at);
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
    const std::uint32_t mark = text_.back_over_blanks(start);
    if (text_.before(mark) == '.' && text_.before(start) == ' ') return std::nullopt;
    // Between blanks a dash is a range: "2017 - February".
    if (text_.before(mark) == '-' && text_.before(mark - 1) == ' ') return std::nullopt;
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

  // 5 July (1962)
  [[nodiscard]] std::optional<std::int32_t> year_in_brackets(std::uint32_t at, TextSpan& span) const {
    const std::uint32_t end = text_.digits_end(at + 1);
    if (end - at != 5 || text_.at(end) != ')') return std::nullopt;
    const std::int32_t year = text_.digits(at + 1, end);
    if (year < kFirstPlainYear || year > kLastPlainYear) return std::nullopt;
    span.end = end + 1;
    return year;
  }

  std::optional<std::int32_t> year_behind(TextSpan& span) const {
    std::uint32_t at = text_.skip_blanks(span.end);
    if (text_.at(at) == '(') return year_in_brackets(at, span);
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
    const std::uint32_t limit = text_.line_limit(at);
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
    const bool prepared = text_.word_before(left, DateWord::month_before) > 0 || range_with_month(word) ||
                          text_.word_at(text_.skip_blanks(word.end), DateWord::relative_year) > 0;
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
    return is_ascii_upper(next) && !text_.preceded_by(word.start, DateWord::month_before);
  }

  // With a bare day, a verb in small letters is no month: "may 3 people".
  [[nodiscard]] bool is_counted_noun(TextSpan word, const DayFound& day) const {
    if (text_.word_at(word.start, DateWord::month_word) == 0 || day.start < word.start) return false;
    const auto counter = text_.numbers().at(text_.text(), text_.skip_blanks(day.end), NumberWord::counter);
    return counter && counter->size > 2;
  }
  [[nodiscard]] bool may_be_month(TextSpan word) const {
    if (text_.word_at(word.start, DateWord::month_word) == 0 || text_.at(word.start) < 'a') return true;
    return text_.preceded_by(word.start, DateWord::month_before) ||
           text_.preceded_by(word.start, DateWord::of);
  }

  std::optional<Reading> relative() {
    if (!context_.reference_date) return std::nullopt;
    const auto found = read_relative_date(text_, head_.captures[kDateWord], *context_.reference_date);
    if (!found) return std::nullopt;
    Reading result = reading(found->span, found->date);
    if (found->other) result.alternatives.emplace_back(*found->other);
    return result;
  }

  const Mention& head_;
  InterpretContext& context_;
  DateText text_;
  const CalendarRules& calendar_;
  std::uint32_t flags_;
  std::int32_t month_ = 0;
  bool last_day_named_ = false;
};

}  // namespace

std::optional<Reading> interpret_date(const Mention& head, InterpretContext& context) {
  return DateReader(head, context).read();
}

}  // namespace yoran
