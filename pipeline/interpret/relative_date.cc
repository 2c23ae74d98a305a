#include "interpret/relative_date.h"

#include <algorithm>
#include <array>

#include "interpret/calendar.h"
#include "rulepack/guards.h"

namespace yoran {
namespace {

constexpr std::int32_t kMostUnits = 999;  // "5000 years ago" is no calendar date
constexpr int kMostParts = 3;             // 2 years 1 month 21 days

// Days in the units of the lexicon: the key says which unit it is.
enum SpanUnit : std::int32_t {
  kWithinDay = 0,
  kDay = 1,
  kWeek = 7,
  kMonth = 30,
  kQuarter = 91,
  kYear = 365,
  kDecade = 3650
};

std::int64_t monday_of(const DatePoint& day) { return day_number(day) - (weekday_of(day) + 6) % 7; }

// A day moved by months; a day its month does not have becomes the month's last.
DatePoint move_months(const DatePoint& day, std::int32_t months) {
  DatePoint moved = add_months(make_point(day.year, day.month), months);
  moved.day = static_cast<std::uint8_t>(std::min<int>(day.day, days_in_month(moved.year, moved.month)));
  moved.precision = DatePrecision::day;
  return moved;
}

DatePoint move(const DatePoint& day, std::int32_t count, std::int32_t unit) {
  if (unit == kMonth) return move_months(day, count);
  if (unit == kQuarter) return move_months(day, count * 3);
  if (unit == kYear) return move_months(day, count * 12);
  if (unit == kDecade) return move_months(day, count * 120);
  return civil_from_days(day_number(day) + std::int64_t{count} * unit);
}

DatePoint quarter_of(const DatePoint& day) {
  constexpr std::int32_t kFirstQuarter = 33;  // EDTF
  return part_of_year(day.year, kFirstQuarter + (day.month - 1) / 3);
}

DatePoint coarsened(DatePoint day, std::int32_t unit) {
  if (unit == kMonth) return make_point(day.year, day.month);
  if (unit == kQuarter) return quarter_of(day);
  if (unit == kYear || unit == kDecade) return make_point(day.year);
  return day;
}

Date interval(const DatePoint& first, const DatePoint& last) {
  Date date = point_date(first);
  if (first == last) return date;
  date.form = DateForm::interval;
  date.last = last;
  return date;
}

// Numbered as ISO 8601 does it: week 1 has the year's first Thursday.
Date week_of_year(std::int32_t year, std::int32_t week) {
  const std::int64_t monday = monday_of(make_point(year, 1, 4)) + std::int64_t{week - 1} * 7;
  return interval(civil_from_days(monday), civil_from_days(monday + 6));
}

struct Counted {
  std::int32_t count = 0;
  std::uint32_t start = 0;
  std::uint32_t end = 0;
};

class RelativeReader {
 public:
  RelativeReader(const DateText& text, TextSpan word, const DatePoint& today)
      : text_(text), today_(today), word_(word) {
    result_.span = word;
  }

  std::optional<RelativeDate> read() {
    if (!read_word() || !is_valid(result_.date.first)) return std::nullopt;
    if (result_.date.form == DateForm::interval && !is_valid(result_.date.last)) return std::nullopt;
    result_.date.relative = true;
    if (result_.other) result_.other->relative = true;
    return result_;
  }

 private:
  bool read_word() {
    if (is_ascii_digit(text_.at(word_.start)) || word_at_in() > 0) return in_units();
    // The pattern is only a trigger: of all words that begin here the longest counts.
    constexpr DateWord kMeanings[] = {
        DateWord::relative_fiscal, DateWord::relative_day,     DateWord::relative_week,
        DateWord::relative_month,  DateWord::relative_quarter, DateWord::relative_year,
        DateWord::weekday,         DateWord::relative_after,   DateWord::relative_span};
    std::optional<DateWord> meaning;
    word_.end = word_.start;
    for (const DateWord candidate : kMeanings) {
      const auto match = text_.match_at(word_.start, candidate);
      if (!match || match->size <= word_.size()) continue;
      meaning = candidate;
      word_.end = word_.start + match->size;
      offset_ = CalendarRules::value_of(*match->word);
    }
    result_.span = word_;
    return meaning && read_as(*meaning);
  }

  bool read_as(DateWord meaning) {
    if (meaning == DateWord::relative_after) return counted();
    if (meaning == DateWord::relative_span) return span();
    if (meaning == DateWord::weekday) return weekday();
    if (!stands_alone()) return false;
    if (meaning == DateWord::relative_fiscal) return fiscal();
    if (meaning == DateWord::relative_day) return day();
    if (meaning == DateWord::relative_week) return week();
    if (meaning == DateWord::relative_month) return month();
    if (meaning == DateWord::relative_quarter) return quarter();
    return year();
  }

  [[nodiscard]] bool is_ascii() const { return is_ascii_letter(text_.at(word_.start)); }

  // An ideograph before makes the word the end of another one.
  [[nodiscard]] bool stands_alone() const {
    if (text_.word_at(text_.skip_blanks(word_.end), DateWord::not_after_relative) > 0) return false;
    return is_ascii() || !is_han(code_point_before(text_.text(), word_.start));
  }

  // ---- one number of units

  // Digits, ideographs or words that end at a position.
  [[nodiscard]] std::optional<Counted> count_before(std::uint32_t end) const {
    end = text_.back_over_blanks(end);
    std::uint32_t start = text_.digits_start(end);
    if (start < end) {
      const char before = text_.before(start);
      if (end - start > 3 || before == '.' || before == ',' || before == '-' || before == '/')
        return std::nullopt;
      return Counted{text_.digits(start, end), start, end};
    }
    while (start >= 3 && text_.numbers().is_ideograph_at(text_.text(), start - 3)) start -= 3;
    if (start < end) {
      const auto count = text_.count({start, end});
      if (!count || *count > kMostUnits) return std::nullopt;
      return Counted{*count, start, end};
    }
    return spelled_before(end);
  }

  // Two words at most: twenty-one, twenty one, a.
  [[nodiscard]] std::optional<Counted> spelled_before(std::uint32_t end) const {
    std::optional<Counted> found;
    std::uint32_t start = end;
    for (int words = 0; words < 2; ++words) {
      std::uint32_t from = words == 0 ? end : text_.back_over_blanks(start);
      start = from;
      while (start > 0 && (is_ascii_letter(text_.before(start)) || text_.before(start) == '-')) --start;
      if (start == from) break;
      if (auto counted = spelled_at(start); counted && counted->end == end) found = counted;
    }
    return found;
  }

  [[nodiscard]] std::optional<Counted> spelled_at(std::uint32_t start) const {
    const auto limit = static_cast<std::uint32_t>(std::min<std::size_t>(start + 40, text_.size()));
    auto number = parse_spoken(text_.numbers(), text_.text(), start, limit);
    // "three quarters" are three of the unit here and no fraction.
    if (!number) number = parse_spoken(text_.numbers(), text_.text(), start, letters_end(start));
    if (number) {
      if (number->value < 1 || number->value > kMostUnits) return std::nullopt;
      return Counted{static_cast<std::int32_t>(number->value), start, number->end};
    }
    const auto article = text_.numbers().at(text_.text(), start, NumberWord::article);
    if (!article) return std::nullopt;
    return Counted{1, start, start + article->size};
  }

  [[nodiscard]] std::uint32_t letters_end(std::uint32_t at) const {
    while (is_ascii_letter(text_.at(at))) ++at;
    return at;
  }

  [[nodiscard]] std::optional<Counted> count_at(std::uint32_t start) const {
    std::uint32_t end = text_.digits_end(start);
    if (end > start) {
      if (end - start > 3) return std::nullopt;
      return Counted{text_.digits(start, end), start, end};
    }
    while (end < text_.size() && text_.numbers().is_ideograph_at(text_.text(), end)) end += 3;
    if (end == start) return spelled_at(start);
    const auto count = text_.count({start, end});
    if (!count || *count > kMostUnits) return std::nullopt;
    return Counted{*count, start, end};
  }

  struct Distance {
    DatePoint day;
    std::int32_t finest = kYear;
    std::uint32_t start = 0;
  };

  // "2 years 1 month 21 days" that end at a position, counted from a day.
  [[nodiscard]] std::optional<Distance> distance_before(std::uint32_t end, std::int32_t direction,
                                                        const DatePoint& from) const {
    struct Part {
      std::int32_t count;
      std::int32_t unit;
    };
    std::array<Part, kMostParts> parts{};
    int count = 0;
    Distance result;
    result.start = end;
    for (; count < kMostParts; ++count) {
      std::uint32_t at = text_.back_over_blanks(result.start);
      if (count > 0) {
        if (text_.before(at) == ',') at = text_.back_over_blanks(at - 1);
        at = text_.back_over_blanks(at - text_.word_before(at, DateWord::list));
      }
      const auto unit = text_.match_before(at, DateWord::span_unit);
      if (!unit) break;
      const auto number = count_before(at - unit->size);
      if (!number) break;
      parts[static_cast<std::size_t>(count)] = {number->count, CalendarRules::value_of(*unit->word)};
      result.start = number->start;
    }
    if (count == 0) return std::nullopt;
    result.day = from;
    for (int i = count; i-- > 0;) {
      const Part part = parts[static_cast<std::size_t>(i)];
      result.day = move(result.day, direction * part.count, part.unit);
      result.finest = std::min(result.finest, part.unit);
    }
    if (result.day.year < 1 || result.day.year > 9999) return std::nullopt;
    return result;
  }

  // What is so many units away is known to the unit; to the day it is another reading.
  void set_distance(const Distance& distance) {
    result_.date = point_date(coarsened(distance.day, distance.finest));
    if (distance.finest >= kMonth) result_.other = point_date(distance.day);
    result_.span.start = std::min(result_.span.start, distance.start);
  }

  // ---- 3 days ago, 2 weeks from now

  bool counted() {
    if (!is_ascii() && is_han(code_point_at(text_.text(), word_.end))) return false;
    if (counted_weekdays()) return true;
    auto distance = distance_before(word_.start, offset_, today_);
    if (!distance) return false;
    if (is_ascii()) {
      set_distance(*distance);
    } else if (!anchored(*distance)) {
      return false;
    }
    take_weekday_beside(distance->day);
    return true;
  }

  // In Japanese the day counted from stands before the number: today, another day, or something else.
  bool anchored(const Distance& distance) {
    std::uint32_t at = distance.start;
    if (const std::uint32_t now = text_.word_before(at, DateWord::from_now)) {
      set_distance(distance);
      result_.span.start = at - now;
      return true;
    }
    if (const std::uint32_t particle = text_.word_before(at, DateWord::from_day)) {
      at -= particle;
      const auto day = text_.match_before(at, DateWord::relative_day);
      if (!day) return false;
      const DatePoint from = civil_from_days(day_number(today_) + CalendarRules::value_of(*day->word));
      const auto moved = distance_before(word_.start, offset_, from);
      if (!moved) return false;
      set_distance(*moved);
      result_.span.start = at - day->size;
      return true;
    }
    if (is_han(code_point_before(text_.text(), at))) return false;
    set_distance(distance);
    return true;
  }

  // 3 Fridays from now
  bool counted_weekdays() {
    const std::uint32_t end = text_.back_over_blanks(word_.start);
    const std::uint32_t stem = text_.before(end) == 's' ? end - 1 : end;
    std::uint32_t start = stem;
    while (start > 0 && is_ascii_letter(text_.before(start))) --start;
    if (start == stem) return false;
    const std::int32_t day = weekday_named(start, stem);
    if (day < 0) return false;
    const auto number = count_before(start);
    if (!number || number->count < 1) return false;
    result_.span.start = number->start;
    const DatePoint first = nearest(day, offset_);
    result_.date =
        point_date(civil_from_days(day_number(first) + std::int64_t{offset_} * 7 * (number->count - 1)));
    return true;
  }

  // The index of words wants whole words: the plural is looked at without its last letter.
  [[nodiscard]] std::int32_t weekday_named(std::uint32_t start, std::uint32_t end) const {
    const auto day = text_.calendar().at(text_.slice(start, end), 0, DateWord::weekday);
    return day && day->size == end - start ? CalendarRules::value_of(*day->word) : -1;
  }

  // "Monday two weeks from now": the Monday of that week.
  void take_weekday_beside(const DatePoint& day) {
    if (!is_ascii()) {
      const std::uint32_t at = word_.end + text_.word_at(word_.end, DateWord::of_particle);
      const auto name = at > word_.end ? text_.match_at(at, DateWord::weekday) : std::nullopt;
      if (!name) return;
      set_weekday(day, CalendarRules::value_of(*name->word));
      result_.span.end = at + name->size;
      return;
    }
    std::uint32_t at = text_.back_over_blanks(result_.span.start);
    if (text_.before(at) == ',') at = text_.back_over_blanks(at - 1);
    const auto name = text_.match_before(at, DateWord::weekday);
    if (!name) return;
    set_weekday(day, CalendarRules::value_of(*name->word));
    result_.span.start = at - name->size;
  }

  void set_weekday(const DatePoint& of_week, std::int32_t weekday) {
    result_.date = point_date(civil_from_days(monday_of(of_week) + (weekday + 6) % 7));
    result_.other.reset();
  }

  // ---- in 3 days

  [[nodiscard]] std::uint32_t word_at_in() const { return text_.word_at(word_.start, DateWord::relative_in); }

  // Inside a sentence that is how long something took; at its beginning it is a day to come.
  bool in_units() {
    std::uint32_t at = word_.start;
    std::uint32_t start = at;
    if (const std::uint32_t in = word_at_in()) {
      at = text_.skip_blanks(at + in);
    } else {
      const std::uint32_t left = text_.back_over_blanks(at);
      start = left - text_.word_before(left, DateWord::relative_in);
      if (start == left) return false;
    }
    const auto number = count_at(at);
    if (!number || !text_.line_starts(start)) return false;
    const std::uint32_t unit_at = text_.skip_blanks(number->end);
    const auto unit = text_.match_at(unit_at, DateWord::span_unit);
    if (!unit) return false;
    const std::int32_t days = CalendarRules::value_of(*unit->word);
    set_distance({move(today_, number->count, days), days, start});
    result_.span = {start, unit_at + unit->size};
    return true;
  }

  // ---- the last 3 days, the next two years

  bool span() {
    if (is_ascii() && season()) return true;
    const std::uint32_t at = text_.skip_blanks(word_.end);
    std::uint32_t unit_at = at;
    if (const auto number = count_at(at)) {
      count_ = number->count;
      unit_at = text_.skip_blanks(number->end);
    } else if (const auto before = is_ascii() ? count_before(word_.start) : std::nullopt) {
      count_ = before->count;
      result_.span.start = before->start;
    } else {
      return false;
    }
    if (count_ < 1) return false;
    const auto unit = text_.match_at(unit_at, DateWord::span_unit);
    if (!unit) return false;
    result_.span.end = unit_at + unit->size;
    // Of a longer whole: "the last four months of 2021". A single day in Japanese is a date: "this 1st".
    if (text_.word_at(text_.skip_blanks(result_.span.end), DateWord::not_after_relative) > 0) return false;
    if (!is_ascii() && count_ == 1 && CalendarRules::value_of(*unit->word) == kDay) return false;
    set_span(CalendarRules::value_of(*unit->word));
    return true;
  }

  void set_span(std::int32_t unit) {
    const std::int64_t now = day_number(today_);
    const DatePoint far = move(today_, offset_ * count_, unit);
    const Date days =
        offset_ < 0 ? interval(far, civil_from_days(now - 1)) : interval(civil_from_days(now + 1), far);
    if (unit < kMonth) {
      result_.date = days;
      return;
    }
    // Whole months and years; counted to the day it is another reading.
    const DatePoint near = coarsened(move(today_, offset_, std::min<std::int32_t>(unit, kYear)), unit);
    const DatePoint end = coarsened(far, unit);
    result_.date = offset_ < 0 ? interval(end, near) : interval(near, end);
    result_.other = days;
  }

  // "last summer"; a winter lies in two years.
  bool season() {
    constexpr std::int32_t kWinter = 24;
    const std::uint32_t at = text_.skip_blanks(word_.end);
    const auto season = text_.match_at(at, DateWord::season);
    if (!season) return false;
    const std::int32_t code = CalendarRules::value_of(*season->word);
    if (code >= kWinter) return false;
    const std::int32_t last_month = (code - 20) * 3 + 2;
    std::int32_t year = today_.year;
    if (offset_ < 0 && today_.month <= last_month) --year;
    if (offset_ > 0 && today_.month >= last_month - 2) ++year;
    result_.date = point_date(part_of_year(year, code));
    result_.span.end = at + season->size;
    return true;
  }

  // ---- weekdays

  [[nodiscard]] DatePoint nearest(std::int32_t weekday, std::int32_t direction) const {
    std::int32_t days = (weekday - weekday_of(today_) + 7) % 7;
    if (direction > 0 && days == 0) days = 7;
    if (direction < 0) days = days == 0 ? -7 : days - 7;
    return civil_from_days(day_number(today_) + days);
  }

  bool weekday() {
    const std::int32_t weekday = offset_;
    if (nth_weekday(weekday)) return true;
    const std::uint32_t left = is_ascii() ? text_.back_over_blanks(word_.start) : word_.start;
    if (const auto modifier = text_.match_before(left, DateWord::relative_modifier)) {
      result_.span.start = left - modifier->size;
      take_modified(weekday, CalendarRules::value_of(*modifier->word));
      return true;
    }
    return lone_weekday(weekday);
  }

  void take_modified(std::int32_t weekday, std::int32_t modifier) {
    if (modifier == 2 || modifier == -2) {
      result_.date = point_date(nearest(weekday, modifier));
      return;
    }
    const std::int64_t monday = monday_of(today_) + std::int64_t{7} * modifier;
    const DatePoint day = civil_from_days(monday + (weekday + 6) % 7);
    result_.date = point_date(day);
    const DatePoint near = nearest(weekday, modifier);
    if (modifier != 0 && near != day) result_.other = point_date(near);
  }

  // Among other words a weekday is a custom of every week more often than a day.
  bool lone_weekday(std::int32_t weekday) {
    std::uint32_t start = word_.start;
    if (const std::uint32_t on = text_.word_before(text_.back_over_blanks(start), DateWord::on))
      start = text_.back_over_blanks(start) - on;
    const std::uint32_t end = text_.at(word_.end) == '.' ? word_.end + 1 : word_.end;
    if (!text_.line_starts(start) || !text_.line_ends(end)) return false;
    result_.date = point_date(nearest(weekday, 1));
    DatePoint last = weekday_of(today_) == weekday ? today_ : nearest(weekday, -1);
    result_.other = point_date(last);
    return true;
  }

  // "the first Tuesday in October", "last Friday of next month"
  bool nth_weekday(std::int32_t weekday) {
    if (!is_ascii()) return false;
    const std::uint32_t left = text_.back_over_blanks(word_.start);
    std::int32_t nth = 0;
    std::uint32_t size = 0;
    if (const auto ordinal = text_.match_before(left, DateWord::ordinal_day)) {
      nth = CalendarRules::value_of(*ordinal->word);
      size = ordinal->size;
    } else if (const auto last = text_.match_before(left, DateWord::relative_modifier);
               last && CalendarRules::value_of(*last->word) == -1) {
      nth = -1;
      size = last->size;
    }
    std::uint32_t at = text_.skip_blanks(word_.end);
    const std::uint32_t of = text_.word_at(at, DateWord::of);
    if (nth == 0 || nth > 5 || of == 0 || text_.at(at) == ',') return false;
    at = text_.skip_blanks(at + of);
    DatePoint month;
    if (const auto name = text_.match_at(at, DateWord::month)) {
      at += name->size;
      const std::int32_t number = CalendarRules::value_of(*name->word);
      month = make_point(number < today_.month ? today_.year + 1 : today_.year, number);
    } else if (const auto word = text_.match_at(at, DateWord::relative_month)) {
      at += word->size;
      month = add_months(make_point(today_.year, today_.month), CalendarRules::value_of(*word->word));
    } else {
      return false;
    }
    const auto day = nth_weekday_of_month(month, weekday, nth);
    if (!day) return false;
    result_.date = point_date(*day);
    result_.span = {left - size, at};
    return true;
  }

  // ---- days, weeks, months, years

  bool day() {
    const DatePoint day = civil_from_days(day_number(today_) + offset_);
    result_.date = point_date(day);
    if (!is_ascii()) return true;
    // "a week after tomorrow"
    const std::uint32_t left = text_.back_over_blanks(word_.start);
    const auto from = text_.match_before(left, DateWord::relative_from);
    if (!from) return counted_day();
    const std::int32_t direction = CalendarRules::value_of(*from->word);
    const auto distance = distance_before(left - from->size, direction, day);
    if (distance) set_distance(*distance);
    return true;
  }

  // "2 days after tomorrow": what looks like the day after tomorrow is a part of it.
  [[nodiscard]] bool counted_day() const {
    return !text_.match_at(word_.start, DateWord::span_unit) || !count_before(word_.start);
  }

  bool week() {
    const std::int64_t monday = monday_of(today_) + std::int64_t{7} * offset_;
    result_.date = interval(civil_from_days(monday), civil_from_days(monday + 6));
    if (!take_weekday_behind(monday)) take_weekday_before(monday);
    return true;
  }

  [[nodiscard]] DatePoint day_of_week(std::int64_t monday, const WordMatch& name) const {
    return civil_from_days(monday + (CalendarRules::value_of(*name.word) + 6) % 7);
  }

  // "next week on Friday"; in Japanese with the particle between, and a second weekday after a range.
  bool take_weekday_behind(std::int64_t monday) {
    std::uint32_t at = text_.skip_blanks(skip_of(word_.end));
    if (const std::uint32_t on = text_.word_at(at, DateWord::on)) at = text_.skip_blanks(at + on);
    const auto name = text_.match_at(at, DateWord::weekday);
    if (!name) return false;
    const DatePoint first = day_of_week(monday, *name);
    result_.date = point_date(first);
    result_.span.end = at + name->size;
    const std::uint32_t behind = text_.skip_blanks(result_.span.end);
    const std::uint32_t range = text_.word_at(behind, DateWord::range);
    const auto second =
        range > 0 ? text_.match_at(text_.skip_blanks(behind + range), DateWord::weekday) : std::nullopt;
    if (!second) return true;
    const DatePoint last = day_of_week(monday, *second);
    if (day_number(last) <= day_number(first)) return true;
    result_.date = interval(first, last);
    result_.span.end = text_.skip_blanks(behind + range) + second->size;
    return true;
  }

  // "Sunday of next week", "on Tuesday, next week"
  void take_weekday_before(std::int64_t monday) {
    const std::uint32_t at = back_over_of(word_.start);
    const auto name = text_.match_before(at, DateWord::weekday);
    if (!name || !is_ascii()) return;
    result_.date = point_date(day_of_week(monday, *name));
    result_.span.start = at - name->size;
  }

  bool month() {
    result_.date = point_date(add_months(make_point(today_.year, today_.month), offset_));
    if (take_day_behind()) return true;
    take_part_behind();
    if (is_ascii()) take_day_before();
    return true;
  }

  // "the 25th of last month" as Japanese writes it: the day stands behind.
  bool take_day_behind() {
    const std::uint32_t at = skip_of(result_.span.end);
    const auto number = count_at(at);
    const std::uint32_t unit = number ? text_.word_at(number->end, DateWord::day_unit) : 0;
    if (unit == 0 || !set_day(result_.date.first, number->count)) return false;
    result_.span.end = number->end + unit;
    return true;
  }

  [[nodiscard]] static bool set_day(DatePoint& point, std::int32_t day) {
    if (day < 1 || day > days_in_month(point.year, point.month)) return false;
    point.day = static_cast<std::uint8_t>(day);
    point.precision = DatePrecision::day;
    return true;
  }

  // "the 20th of next month", "from 4 to 22 this month"
  void take_day_before() {
    const std::uint32_t at = back_over_of(word_.start);
    const auto last = day_before(at);
    if (!last) return;
    const DatePoint month = result_.date.first;
    std::uint32_t left = text_.back_over_blanks(last->start);
    if (const std::uint32_t the = text_.word_before(left, DateWord::the))
      left = text_.back_over_blanks(left - the);
    std::uint32_t range = text_.word_before(left, DateWord::range);
    if (range == 0) range = text_.word_before(left, DateWord::range_and);
    DatePoint end = month;
    if (!set_day(end, last->count)) return;
    Counted first;
    if (range > 0) first = day_before(text_.back_over_blanks(left - range)).value_or(Counted());
    DatePoint begin = month;
    if (first.count < last->count && set_day(begin, first.count)) {
      result_.date = interval(begin, end);
      result_.span.start = first.start;
    } else if (last->end < at || at < text_.back_over_blanks(word_.start)) {
      // A bare number directly before counts something else.
      result_.date = point_date(end);
      result_.span.start = last->start;
    }
  }

  // 20, 20th, twentieth, the 15th day; `end` is where the digits end.
  [[nodiscard]] std::optional<Counted> day_before(std::uint32_t at) const {
    if (const std::uint32_t unit = text_.word_before(at, DateWord::day_word))
      at = text_.back_over_blanks(at - unit);
    if (const auto ordinal = text_.match_before(at, DateWord::ordinal_day)) {
      return Counted{CalendarRules::value_of(*ordinal->word), at - ordinal->size, at - ordinal->size};
    }
    const std::uint32_t stop = at - text_.ordinal_suffix_before(at);
    const std::uint32_t start = text_.digits_start(stop);
    if (start == stop || stop - start > 2 || is_ascii_letter(text_.before(start))) return std::nullopt;
    return Counted{text_.digits(start, stop), start, stop};
  }

  bool fiscal() {
    const std::int32_t year = today_.month >= 4 ? today_.year : today_.year - 1;
    result_.date = fiscal_date(year + offset_);
    return true;
  }

  bool quarter() {
    const DatePoint month = add_months(make_point(today_.year, today_.month), offset_ * 3);
    result_.date = point_date(quarter_of(month));
    return true;
  }

  bool year() {
    result_.date = point_date(make_point(today_.year + offset_));
    if (take_month_behind() || take_week_behind() || take_quarter_behind()) return true;
    if (is_ascii()) take_part_before();
    take_part_behind();
    return true;
  }

  bool take_month_behind() {
    const auto number = count_at(skip_of(word_.end));
    const std::uint32_t unit = number ? text_.word_at(number->end, DateWord::month_unit) : 0;
    if (unit == 0 || number->count < 1 || number->count > 12) return false;
    result_.date.first = make_point(result_.date.first.year, number->count);
    result_.span.end = number->end + unit;
    (void)take_day_behind();
    return true;
  }

  // The particle, the prefix of ordinals, a number and the word for week.
  bool take_week_behind() {
    std::uint32_t at = skip_of(word_.end);
    const auto prefix = text_.numbers().at(text_.text(), at, NumberWord::ordinal_prefix);
    if (!prefix) return false;
    const auto number = count_at(at + prefix->size);
    const std::uint32_t unit = number ? text_.word_at(number->end, DateWord::week_word) : 0;
    if (unit == 0 || number->count < 1 || number->count > 53) return false;
    result_.date = week_of_year(result_.date.first.year, number->count);
    result_.span.end = number->end + unit;
    return true;
  }

  bool take_quarter_behind() {
    const std::uint32_t at = skip_of(word_.end);
    auto part = text_.match_at(at, DateWord::quarter);
    if (!part) part = text_.match_at(at, DateWord::season);
    if (!part) return false;
    result_.date.first = part_of_year(result_.date.first.year, CalendarRules::value_of(*part->word));
    result_.span.end = at + part->size;
    return true;
  }

  // Words for a part of the year or month keep its precision.
  void take_part_behind() {
    const std::uint32_t at = skip_of(result_.span.end);
    for (const DateWord part : {DateWord::early_part, DateWord::middle_part, DateWord::late_part}) {
      if (const std::uint32_t size = text_.word_at(at, part)) {
        result_.span.end = at + size + text_.word_at(at + size, DateWord::about_after);
        return;
      }
    }
  }

  // "the third quarter of last year", "week 27 of last year", "the 9th month of next year"
  void take_part_before() {
    const std::int32_t year = result_.date.first.year;
    const std::uint32_t at = back_over_of(word_.start);
    if (const auto part = text_.match_before(at, DateWord::quarter)) {
      result_.date.first = part_of_year(year, CalendarRules::value_of(*part->word));
      result_.span.start = at - part->size;
      return;
    }
    if (const auto unit = text_.match_before(at, DateWord::span_unit)) {
      const auto nth = day_before(text_.back_over_blanks(at - unit->size));
      const std::int32_t days = CalendarRules::value_of(*unit->word);
      if (!nth || nth->count < 1 || (days == kMonth ? nth->count > 12 : days != kWeek)) return;
      result_.date =
          days == kWeek ? week_of_year(year, nth->count) : point_date(make_point(year, nth->count));
      result_.span.start = nth->start;
      return;
    }
    const std::uint32_t digits = text_.digits_start(at);
    const std::uint32_t week = text_.word_before(text_.back_over_blanks(digits), DateWord::week_word);
    if (digits == at || at - digits > 2 || week == 0) return;
    const std::int32_t number = text_.digits(digits, at);
    if (number < 1 || number > 53) return;
    result_.date = week_of_year(year, number);
    result_.span.start = text_.back_over_blanks(digits) - week;
  }

  // Past the particle or preposition between a whole and its part.
  [[nodiscard]] std::uint32_t skip_of(std::uint32_t at) const {
    return at + text_.word_at(at, DateWord::of_particle);
  }
  [[nodiscard]] std::uint32_t back_over_of(std::uint32_t at) const {
    at = text_.back_over_blanks(at);
    if (text_.before(at) == ',') return text_.back_over_blanks(at - 1);
    return text_.back_over_blanks(at - text_.word_before(at, DateWord::of));
  }

  const DateText& text_;
  const DatePoint& today_;
  TextSpan word_;
  RelativeDate result_;
  std::int32_t offset_ = 0;
  std::int32_t count_ = 0;
};

}  // namespace

std::optional<RelativeDate> read_relative_date(const DateText& text, TextSpan word, const DatePoint& today) {
  return RelativeReader(text, word, today).read();
}

std::optional<Date> relative_month(const DateText& text, std::int32_t month, std::uint32_t& start,
                                   const DatePoint& today) {
  const std::uint32_t left = text.back_over_blanks(start);
  const auto modifier = text.match_before(left, DateWord::relative_modifier);
  if (!modifier) return std::nullopt;
  const std::int32_t direction = CalendarRules::value_of(*modifier->word);
  std::int32_t year = today.year;
  if (direction > 0 && month <= today.month) ++year;
  if (direction < 0 && month >= today.month) --year;
  start = left - modifier->size;
  Date date = point_date(make_point(year, month));
  date.relative = true;
  return date;
}

}  // namespace yoran
