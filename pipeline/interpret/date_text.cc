#include "interpret/date_text.h"

namespace yoran {

bool is_era_omitted(const Date& date) { return date.assumed_year && date.first.has_year; }
bool is_reference(const Date& date) { return date.assumed_year && !date.first.has_year; }

DatePoint make_point(std::int32_t year, std::int32_t month, std::int32_t day) {
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

DatePoint add_months(const DatePoint& point, std::int32_t months) {
  const std::int32_t total = point.year * 12 + point.month - 1 + months;
  return make_point((total >= 0 ? total : total - 11) / 12, ((total % 12) + 12) % 12 + 1);
}

int weekday_behind(const DateText& text, std::uint32_t& end) {
  std::uint32_t at = text.skip_blanks(end);
  if (text.at(at) == '(') {
    const std::uint32_t inside = text.skip_blanks(at + 1);
    auto day = text.match_at(inside, DateWord::weekday);
    if (!day) day = text.match_at(inside, DateWord::weekday_sign);
    if (!day) {
      // A holiday alone: (holiday).
      const std::uint32_t extra = text.word_at(inside, DateWord::bracket_extra);
      if (extra > 0 && text.at(inside + extra) == ')') end = inside + extra + 1;
      return -1;
    }
    std::uint32_t close = inside + day->size;
    for (std::uint32_t extra = 0; (extra = text.word_at(close, DateWord::bracket_extra)) > 0;) close += extra;
    close = text.skip_blanks(close);
    if (text.at(close) != ')') return -1;
    end = close + 1;
    return CalendarRules::value_of(*day->word);
  }
  if (text.at(at) == ',') at = text.skip_blanks(at + 1);
  const auto day = text.match_at(at, DateWord::weekday);
  // English words stand behind a comma or blank.
  if (!day || (is_ascii_letter(day->word->text.front()) && at == end)) return -1;
  end = at + day->size;
  return CalendarRules::value_of(*day->word);
}

int weekday_before(const DateText& text, std::uint32_t& start) {
  std::uint32_t at = text.back_over_blanks(start);
  if (text.before(at) == ',' || text.before(at) == '.') at = text.back_over_blanks(at - 1);
  const auto day = text.match_before(at, DateWord::weekday);
  if (!day || !is_ascii_letter(day->word->text.front())) return -1;
  start = at - day->size;
  return CalendarRules::value_of(*day->word);
}

}  // namespace yoran
