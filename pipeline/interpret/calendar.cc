#include "interpret/calendar.h"

#include <tuple>

namespace yoran {
namespace {

// The first day of Japan's Gregorian calendar; the day before was a day of the lunisolar one.
constexpr std::int32_t kFirstGregorianYear = 1873;

DatePoint year_point(std::int32_t year) {
  DatePoint point;
  point.year = year;
  return point;
}

DatePoint day_of(const DatePoint& month, int day) {
  DatePoint point = month;
  point.day = static_cast<std::uint8_t>(day);
  point.precision = DatePrecision::day;
  return point;
}

// The days of an era; the day of a change belongs to both unless the table says otherwise.
bool contains_day(const Era& era, const DatePoint& day) {
  if (era.first && day_number(day) < day_number(*era.first)) return false;
  return !era.last || day_number(day) <= day_number(*era.last);
}

bool overlaps_month(const Era& era, std::int32_t year, int month) {
  const std::int32_t at = year * 12 + month;
  if (era.first && at < era.first->year * 12 + era.first->month) return false;
  return !era.last || at <= era.last->year * 12 + era.last->month;
}

// The last era year that was counted at all.
std::int32_t last_western_year(const CalendarRules& rules, const Era& era) {
  if (era.running) return 9999;
  if (!era.last) return era.last_year.value_or(era.year1);
  const std::int32_t year = era.last->year;
  if (year >= kFirstGregorianYear) return year;
  // The lunisolar year begins some weeks after the Western one.
  if (const LunisolarYear* row = rules.lunisolar_year(year))
    return day_number(*era.last) < row->first_day ? year - 1 : year;
  return era.last->month <= 2 ? year - 1 : year;
}

EraResult lunisolar_date(const CalendarRules& rules, const Era& era, const EraDate& date, std::int32_t year) {
  if (date.month > 12 || date.day > 30) return {EraStatus::impossible, {}};
  const LunisolarYear* row = rules.lunisolar_year(year);
  if (row == nullptr || date.day == 0) return {EraStatus::year_only, year_point(year)};
  const auto day = gregorian_of_lunisolar(rules, year, date.month, date.leap_month, date.day);
  if (!day) return {EraStatus::impossible, {}};
  if (!contains_day(era, *day))
    return {era.certain ? EraStatus::out_of_range : EraStatus::year_only, year_point(year)};
  return {EraStatus::ok, *day};
}

}  // namespace

EraResult western_date(const CalendarRules& rules, const EraDate& date) {
  const Era& era = rules.eras[date.era];
  if (date.year < 1) return {EraStatus::impossible, {}};
  const std::int32_t year = era.year1 + date.year - 1;
  if (year > last_western_year(rules, era)) {
    const bool projected = date.month == 0 && year <= era.projected_to;
    return {projected ? EraStatus::projected : EraStatus::out_of_range, year_point(year)};
  }
  if (date.month == 0) return {EraStatus::ok, year_point(year)};
  if (year < kFirstGregorianYear) return lunisolar_date(rules, era, date, year);
  DatePoint point = year_point(year);
  point.month = static_cast<std::uint8_t>(date.month);
  point.precision = DatePrecision::month;
  if (date.month > 12 || date.leap_month) return {EraStatus::impossible, {}};
  if (date.day == 0)
    return {overlaps_month(era, year, date.month) ? EraStatus::ok : EraStatus::out_of_range, point};
  const int last = days_in_month(year, date.month);
  if (date.day > last) return {EraStatus::impossible, {}};
  point.day = static_cast<std::uint8_t>(date.day < 0 ? last : date.day);
  point.precision = DatePrecision::day;
  return {contains_day(era, point) ? EraStatus::ok : EraStatus::out_of_range, point};
}

std::optional<DatePoint> gregorian_of_lunisolar(const CalendarRules& rules, std::int32_t year, int month,
                                                bool leap, int day) {
  const LunisolarYear* row = rules.lunisolar_year(year);
  if (row == nullptr || month < 1 || month > 12 || (leap && row->leap != month)) return std::nullopt;
  int index = month - 1;
  if (row->leap != 0 && (month > row->leap || leap)) ++index;
  if (index >= row->months) return std::nullopt;
  std::int64_t first = row->first_day;
  for (int i = 0; i < index; ++i) first += row->lengths[static_cast<std::size_t>(i)];
  const int length = row->lengths[static_cast<std::size_t>(index)];
  if (day < 0) day = length;
  if (day < 1 || day > length) return std::nullopt;
  return civil_from_days(first + day - 1);
}

bool is_valid(const DatePoint& point) {
  switch (point.precision) {
    case DatePrecision::day: {
      if (point.month < 1 || point.month > 12 || point.day < 1) return false;
      // A day without a year may be of a leap year.
      return point.day <= days_in_month(point.has_year ? point.year : 2000, point.month);
    }
    case DatePrecision::month:
      return point.month >= 1 && point.month <= 12;
    default:
      return true;
  }
}

std::int64_t day_number(const DatePoint& point) {
  return days_from_civil(point.year, point.month, point.day);
}

int weekday_of(const DatePoint& point) {
  const std::int64_t days = day_number(point);  // 1970-01-01 was a Thursday
  return static_cast<int>(((days + 4) % 7 + 7) % 7);
}

std::optional<DatePoint> nth_weekday_of_month(const DatePoint& month, int weekday, int nth) {
  const int days = days_in_month(month.year, month.month);
  if (nth < 0) {
    const DatePoint last = day_of(month, days);
    return civil_from_days(day_number(last) - (weekday_of(last) - weekday + 7) % 7);
  }
  const int day = 1 + (weekday - weekday_of(day_of(month, 1)) + 7) % 7 + (nth - 1) * 7;
  if (day > days) return std::nullopt;
  return day_of(month, day);
}

int compare(const DatePoint& a, const DatePoint& b) {
  const auto has_month = [](const DatePoint& p) {
    return p.precision == DatePrecision::month || p.precision == DatePrecision::day;
  };
  const bool months = has_month(a) && has_month(b);
  const bool days = a.precision == DatePrecision::day && b.precision == DatePrecision::day;
  const std::tuple x(a.year, months ? a.month : 0, days ? a.day : 0);
  const std::tuple y(b.year, months ? b.month : 0, days ? b.day : 0);
  return x < y ? -1 : y < x ? 1 : 0;
}

}  // namespace yoran
