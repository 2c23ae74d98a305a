#include "interpret/combine_dates.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "interpret/calendar.h"
#include "interpret/date_bounds.h"
#include "interpret/date_text.h"

namespace yoran {
namespace {

class DateCombiner {
 public:
  DateCombiner(std::vector<Reading>& dates, InterpretContext& context)
      : dates_(dates), context_(context), text_(context) {}

  // Every step passes once over the readings.
  void run() {
    drop_what_is_no_date();
    settle_order();
    settle_relative();
    for (std::size_t i = 0; i < dates_.size(); ++i) {
      take_left_part(i);
      complete_era(i);
      if (is_stated_year(dates_[i])) last_stated_ = i;
    }
    add_first_of_lists();
    merge_calendars();
    merge_ranges();
    drop_what_is_no_date();
    inherit_years();
    settle_bounds(dates_, text_);
  }

 private:
  [[nodiscard]] static Date& date_of(Reading& reading) { return std::get<Date>(reading.value); }
  [[nodiscard]] static bool is_date(const Reading& reading) {
    return std::holds_alternative<Date>(reading.value);
  }

  void drop_what_is_no_date() {
    std::erase_if(dates_, [](const Reading& reading) { return !is_date(reading); });
  }

  // ---- day-first or month-first

  void settle_order() {
    int day_first = 0;
    int month_first = 0;
    for (const Reading& reading : dates_) count_order(reading, day_first, month_first);
    if (day_first == 0 && month_first == 0) {
      const std::string_view region = context_.region;
      if (context_.rules.calendar.at(region, 0, DateWord::day_first_region)) day_first = 1;
      if (context_.rules.calendar.at(region, 0, DateWord::month_first_region)) month_first = 1;
    }
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

  // ---- relative dates

  // A relative date beside an absolute one is said again by it ("this year, 2020"), a month before a relative
  // year is of that year, and words that tell a story leave the reference date alone once there is a date.
  void settle_relative() {
    bool dated = false;
    for (std::size_t i = 0; i < dates_.size(); ++i) {
      Date& date = date_of(dates_[i]);
      if (!date.relative) {
        dated = dated || date.first.has_year;
        continue;
      }
      const bool story = dated && is_narrative(dates_[i].span);
      if (story || (i + 1 < dates_.size() && says_again(dates_[i], dates_[i + 1]))) {
        dates_[i].value = std::monostate{};
      } else if (i > 0 && is_date(dates_[i - 1]) && takes_year(dates_[i - 1], dates_[i])) {
        Reading& month = dates_[i - 1];
        date_of(month).first.year = date.first.year;
        date_of(month).first.has_year = true;
        date_of(month).relative = true;
        month.span.end = dates_[i].span.end;
        dates_[i].value = std::monostate{};
      }
    }
    drop_what_is_no_date();
  }

  [[nodiscard]] bool is_narrative(TextSpan span) const {
    return text_.word_before(span.end, DateWord::narrative) > 0 ||
           text_.word_at(span.start, DateWord::narrative) > 0;
  }

  [[nodiscard]] bool says_again(const Reading& relative, const Reading& next) const {
    const Date& date = std::get<Date>(next.value);
    if (date.relative || !date.first.has_year) return false;
    std::uint32_t at = text_.skip_blanks(relative.span.end);
    if (text_.at(at) == ',' || text_.at(at) == '(') at = text_.skip_blanks(at + 1);
    return at == next.span.start;
  }

  [[nodiscard]] bool takes_year(const Reading& month, const Reading& year) const {
    const Date& date = std::get<Date>(month.value);
    const Date& source = std::get<Date>(year.value);
    if (date.form != DateForm::point || date.first.has_year || date.relative) return false;
    if (source.form != DateForm::point || source.first.precision != DatePrecision::year) return false;
    std::uint32_t at = text_.skip_blanks(month.span.end);
    if (const std::uint32_t of = text_.word_at(at, DateWord::of)) at = text_.skip_blanks(at + of);
    DatePoint whole = date.first;
    whole.year = source.first.year;
    whole.has_year = true;
    return at == year.span.start && is_valid(whole);
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
      first_of_lists_.push_back(std::move(other));
    }
  }

  void add_first_of_lists() {
    if (first_of_lists_.empty()) return;
    dates_.insert(dates_.end(), std::make_move_iterator(first_of_lists_.begin()),
                  std::make_move_iterator(first_of_lists_.end()));
    std::stable_sort(dates_.begin(), dates_.end(),
                     [](const Reading& a, const Reading& b) { return a.span.start < b.span.start; });
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

  [[nodiscard]] static bool is_stated_year(const Reading& reading) {
    const auto* date = std::get_if<Date>(&reading.value);
    return date != nullptr && date->first.has_year && !date->assumed_year;
  }

  // From the last date before that states its year.
  bool complete_from_before(std::size_t index, std::int32_t short_year) {
    if (last_stated_ >= index || !is_stated_year(dates_[last_stated_])) return false;
    Date& date = date_of(dates_[index]);
    const Date& other = date_of(dates_[last_stated_]);
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
    if (short_year < 10 && dates_[index].span.start > dates_[last_stated_].span.end + 12) return false;
    const std::int32_t century = other.first.year / 100 * 100;
    set_year(date, century + short_year);
    date.assumed_year = true;
    return true;
  }

  // ---- both calendars of one date

  void merge_calendars() {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < dates_.size(); ++i) {
      if (kept > 0 && merge_calendar(dates_[kept - 1], dates_[i])) continue;
      keep(kept++, i);
    }
    dates_.resize(kept);
  }

  void keep(std::size_t place, std::size_t index) {
    if (place != index) dates_[place] = std::move(dates_[index]);
  }

  bool merge_calendar(Reading& a, const Reading& b) const {
    if (!is_date(a) || !is_date(b)) return false;
    const auto end = other_calendar_end(a, b);
    const Date& other = std::get<Date>(b.value);
    Date& date = date_of(a);
    if (!end || !same_day(date, other)) return false;
    if (date.era == 0xFFFF) {
      date.era = other.era;
      date.era_year = other.era_year;
    }
    // A lunisolar year names the Western year that it mostly falls in; the finer date wins.
    if (date.first.precision == DatePrecision::year && other.first.precision != DatePrecision::year)
      date.first = other.first;
    a.span.end = *end;
    return true;
  }

  // The end of "b" in brackets or behind a stroke, directly behind "a".
  [[nodiscard]] std::optional<std::uint32_t> other_calendar_end(const Reading& a, const Reading& b) const {
    const std::uint32_t open = text_.skip_blanks(a.span.end);
    const char mark = text_.at(open);
    // Behind a stroke a date of another language is said a second time, not in a second calendar.
    if (mark == '/' && text_.skip_blanks(open + 1) == b.span.start && is_english(a) == is_english(b))
      return b.span.end;
    if (mark != '(' || text_.skip_blanks(open + 1) != b.span.start) return std::nullopt;
    const std::uint32_t close = text_.skip_blanks(b.span.end);
    return text_.at(close) == ')' ? std::optional(close + 1) : std::nullopt;
  }

  [[nodiscard]] bool is_english(const Reading& reading) const {
    return reading.pattern != kNone &&
           (context_.rules.entity_patterns[reading.pattern].flags & kDateMonthName) != 0;
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
    std::size_t kept = 0;
    for (std::size_t i = 0; i < dates_.size(); ++i) {
      if (is_date(dates_[i])) {
        const std::size_t next = i + 1;
        if (next < dates_.size() && merge_range(dates_[i], dates_[next])) {
          keep(kept++, i++);
          continue;
        }
        take_right_part(i);
      }
      keep(kept++, i);
    }
    dates_.resize(kept);
  }

  bool merge_range(Reading& a, const Reading& b) const {
    if (!is_date(b) || !connects(a, b)) return false;
    Date first = date_of(a);
    Date last = std::get<Date>(b.value);
    if (first.form != DateForm::point && !first.fiscal_year) return false;
    if (last.form != DateForm::point && !last.fiscal_year) return false;
    share_year(first, last);
    if (first.first.has_year != last.first.has_year) return false;
    const DatePoint end = last.form == DateForm::interval ? last.last : last.first;
    if (!is_valid(first.first) || !is_valid(end)) return false;  // February 29 of a year taken over
    if (first.first.has_year && compare(first.first, end) > 0) return false;
    if (!first.first.has_year && first.first.precision != last.first.precision) return false;
    make_interval(a, first, last, a.span.start);
    a.span.end = b.span.end;
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
      while (text_.numbers().is_ideograph_at(text_.text(), end) && end - at < 12) end += 3;
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
    const auto days = years_of_days();
    const Date* before = nullptr;  // the last date with a year
    std::uint32_t before_line = kNone;
    for (Reading& reading : dates_) {
      Date& date = date_of(reading);
      if (!date.first.has_year && !date.relative) {
        // On the same line; for words that refer to it, anywhere before; else in the title.
        const bool reference = is_reference(date);
        const Date* source = reference || before_line == reading.line ? before : nullptr;
        if (source == nullptr && !reference) source = title_year_;
        if (source == nullptr && is_marked_day(reading)) source = days[day_of_year(date.first)].date;
        date.assumed_year = false;
        const std::int32_t later = reference ? date.era_year : 0;
        if (source != nullptr) {
          give_year(date, *source, later);
        } else {
          date.era_year = 0;
        }
      }
      if (!date.first.has_year || !is_plain(date)) continue;
      before = &date;
      before_line = reading.line;
      see_title(reading, date);
    }
  }

  // The marked day with a year that names a day of the year; none where the document gives it two years.
  struct DayWithYear {
    const Date* date = nullptr;
    bool differs = false;
  };
  static constexpr std::size_t kDaysOfMonth = 32;
  static constexpr std::size_t kDaysOfYear = 13 * kDaysOfMonth;

  [[nodiscard]] static std::size_t day_of_year(const DatePoint& day) {
    return static_cast<std::size_t>(day.month) * kDaysOfMonth + static_cast<std::size_t>(day.day);
  }

  [[nodiscard]] static bool is_day(const Date& date) {
    return date.form == DateForm::point && date.first.precision == DatePrecision::day && !date.relative;
  }

  [[nodiscard]] std::array<DayWithYear, kDaysOfYear> years_of_days() const {
    std::array<DayWithYear, kDaysOfYear> days{};
    for (const Reading& reading : dates_) {
      const Date& date = std::get<Date>(reading.value);
      if (!date.first.has_year || !is_marked_day(reading)) continue;
      DayWithYear& day = days[day_of_year(date.first)];
      day.differs = day.differs || (day.date != nullptr && day.date->first.year != date.first.year);
      day.date = day.differs ? nullptr : &date;
    }
    return days;
  }

  // "As of 1 December", where "1 December 2024" stands elsewhere: figures are of this day, no custom is.
  [[nodiscard]] bool is_marked_day(const Reading& reading) const {
    return is_day(std::get<Date>(reading.value)) &&
           context_.rules.linking.words.longest(context_.folded(), text_.skip_blanks(reading.span.end),
                                                LinkRules::as_of_after);
  }

  // The one year that title and headings state.
  void see_title(const Reading& reading, const Date& date) {
    if (titles_differ_ || !in_heading(reading)) return;
    titles_differ_ = title_year_ != nullptr && title_year_->first.year != date.first.year;
    title_year_ = titles_differ_ ? nullptr : &date;
  }

  [[nodiscard]] static bool is_plain(const Date& date) {
    return date.first.precision <= DatePrecision::year || date.fiscal_year.has_value();
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
    DatePoint last = date.last;
    last.year = date.last.month < date.first.month ? year + 1 : year;
    last.has_year = true;
    if (!is_valid(first) || (date.form == DateForm::interval && !is_valid(last))) return;
    date.first = first;
    if (date.form == DateForm::interval) date.last = last;
    date.assumed_year = true;
    date.era_year = 0;
  }

  std::vector<Reading>& dates_;
  InterpretContext& context_;
  DateText text_;
  std::vector<Reading> first_of_lists_;
  std::size_t last_stated_ = static_cast<std::size_t>(-1);  // the last date before that states its year
  const Date* title_year_ = nullptr;
  bool titles_differ_ = false;
};

}  // namespace

std::optional<DatePoint> stated_day(const std::vector<Reading>& dates, const InterpretContext& context) {
  const DateText text(context);
  std::optional<DatePoint> found;
  for (const Reading& reading : dates) {
    const auto* date = std::get_if<Date>(&reading.value);
    if (date == nullptr || date->form != DateForm::point || date->first.precision != DatePrecision::day ||
        !date->first.has_year || !reading.alternatives.empty())
      continue;
    std::uint32_t left = text.back_over_blanks(reading.span.start);
    if (text.before(left) == ':') left = text.back_over_blanks(left - 1);
    if (text.word_before(left, DateWord::stated_before) == 0 &&
        text.word_at(text.skip_blanks(reading.span.end), DateWord::stated_after) == 0)
      continue;
    if (found && *found != date->first) return std::nullopt;
    found = date->first;
  }
  return found;
}

void combine_dates(std::vector<Reading>& dates, InterpretContext& context) {
  DateCombiner(dates, context).run();
}

}  // namespace yoran
