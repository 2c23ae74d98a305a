#include "types/date.h"

#include <cstdio>
#include <cstdlib>

namespace yoran {

bool is_leap_year(std::int32_t year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

int days_in_month(std::int32_t year, int month) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap_year(year) ? 29 : kDays[month - 1];
}

std::int64_t days_from_civil(std::int32_t year, int month, int day) {
  const std::int64_t y = month <= 2 ? std::int64_t{year} - 1 : year;
  const std::int64_t era = (y >= 0 ? y : y - 399) / 400;
  const std::int64_t year_of_era = y - era * 400;
  const std::int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  const std::int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

DatePoint civil_from_days(std::int64_t days) {
  days += 719468;
  const std::int64_t era = (days >= 0 ? days : days - 146096) / 146097;
  const std::int64_t day_of_era = days - era * 146097;
  const std::int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t shifted_month = (5 * day_of_year + 2) / 153;
  DatePoint point;
  point.precision = DatePrecision::day;
  point.day = static_cast<std::uint8_t>(day_of_year - (153 * shifted_month + 2) / 5 + 1);
  point.month = static_cast<std::uint8_t>(shifted_month < 10 ? shifted_month + 3 : shifted_month - 9);
  point.year = static_cast<std::int32_t>(year_of_era + era * 400 + (point.month <= 2 ? 1 : 0));
  return point;
}

namespace {

std::string year_digits(std::int32_t year) {
  if (year >= 1000 && year <= 9999) return std::to_string(year);
  std::string digits = std::to_string(std::abs(year));
  if (digits.size() < 4) digits.insert(0, 4 - digits.size(), '0');
  return year < 0 ? "-" + digits : digits;
}

void append_two_digits(std::string& text, std::uint8_t number) {
  const char digits[] = {'-', static_cast<char>('0' + number / 10 % 10),
                         static_cast<char>('0' + number % 10)};
  text.append(digits, sizeof digits);
}

}  // namespace

std::string to_edtf(const DatePoint& point) {
  std::string text = point.has_year ? year_digits(point.year) : "XXXX";
  switch (point.precision) {
    case DatePrecision::day:
      append_two_digits(text, point.month);
      append_two_digits(text, point.day);
      break;
    case DatePrecision::month:
    case DatePrecision::season:
    case DatePrecision::quarter:
    case DatePrecision::half:
      append_two_digits(text, point.month);
      break;
    case DatePrecision::year:
      break;
    case DatePrecision::decade:
      text.replace(text.size() - 1, 1, "X");
      break;
    case DatePrecision::century:
      text.replace(text.size() - 2, 2, "XX");
      break;
  }
  if (point.approximate && point.uncertain) return text + "%";
  if (point.approximate) return text + "~";
  if (point.uncertain) return text + "?";
  return text;
}

std::string to_edtf(const Date& date) {
  switch (date.form) {
    case DateForm::point:
      return to_edtf(date.first);
    case DateForm::interval:
      return to_edtf(date.first) + "/" + to_edtf(date.last);
    case DateForm::open:
      return to_edtf(date.first) + "/..";
  }
  return {};
}

std::optional<DatePoint> parse_iso_day(std::string_view text) {
  int year = 0;
  int month = 0;
  int day = 0;
  char rest = 0;
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  if (std::sscanf(std::string(text).c_str(), "%4d-%2d-%2d%c", &year, &month, &day, &rest) != 3)
    return std::nullopt;
  if (month < 1 || month > 12 || day < 1 || day > days_in_month(year, month)) return std::nullopt;
  DatePoint point;
  point.year = year;
  point.month = static_cast<std::uint8_t>(month);
  point.day = static_cast<std::uint8_t>(day);
  point.precision = DatePrecision::day;
  return point;
}

}  // namespace yoran
