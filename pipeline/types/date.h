// A date at the precision stated, and its EDTF form (ISO 8601-2, level 1, with yearless dates, quarters and
// halves of level 2). Years are proleptic Gregorian and astronomical: 1 BC is 0.
#ifndef YORAN_TYPES_DATE_H_
#define YORAN_TYPES_DATE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "types/bound.h"

namespace yoran {

enum class DatePrecision : std::uint8_t {
  day,
  month,
  year,
  decade,   // 198X
  century,  // 17XX
  season,   // month holds 21 spring .. 24 winter
  quarter,  // month holds 33 .. 36
  half,     // month holds 40, 41
};

struct DatePoint {
  std::int32_t year = 0;
  std::uint8_t month = 0;  // 1..12; 21..24, 33..36, 40, 41 by precision; 0 if coarser
  std::uint8_t day = 0;    // 1..31; 0 if coarser
  DatePrecision precision = DatePrecision::year;
  bool has_year = true;      // false: XXXX-10-01
  bool approximate = false;  // ~
  bool uncertain = false;    // ?
  friend bool operator==(const DatePoint&, const DatePoint&) = default;
};

enum class DateForm : std::uint8_t {
  point,
  interval,  // first/last
  open,      // first/..: to the present
};

struct Date {
  DateForm form = DateForm::point;
  DatePoint first;
  DatePoint last;                           // of an interval
  std::optional<std::int32_t> fiscal_year;  // Japanese 2025: interval 2025-04/2026-03
  std::uint16_t era = 0xFFFF;               // index into CalendarRules::eras, 0xFFFF: none written
  std::int32_t era_year = 0;
  bool assumed_year = false;  // the year comes from the context, not from the words
  bool relative = false;      // resolved against a reference date
  Bound bound = Bound::none;  // of a point: "since" it, "until" it; "before" and "after" likewise
  friend bool operator==(const Date&, const Date&) = default;
};

[[nodiscard]] bool is_leap_year(std::int32_t year);
[[nodiscard]] int days_in_month(std::int32_t year, int month);
// Days since 1970-01-01 of a Gregorian day, and back (source: H. Hinnant, chrono-compatible low-level
// algorithms).
[[nodiscard]] std::int64_t days_from_civil(std::int32_t year, int month, int day);
[[nodiscard]] DatePoint civil_from_days(std::int64_t days);

[[nodiscard]] std::string to_edtf(const DatePoint& point);
[[nodiscard]] std::string to_edtf(const Date& date);

// A day such as --reference-date gives it, YYYY-MM-DD; none if it is not one.
[[nodiscard]] std::optional<DatePoint> parse_iso_day(std::string_view text);

}  // namespace yoran

#endif  // YORAN_TYPES_DATE_H_
