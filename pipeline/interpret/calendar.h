// Arithmetic of calendars: Japanese eras, the lunisolar calendar until 1872, weekdays. No text is read here.
#ifndef YORAN_INTERPRET_CALENDAR_H_
#define YORAN_INTERPRET_CALENDAR_H_

#include <cstdint>
#include <optional>

#include "rulepack/calendar_rules.h"
#include "types/date.h"

namespace yoran {

// A date as an era gives it; 0: not stated. `day` -1: the last of the month.
struct EraDate {
  std::uint32_t era = 0;  // into CalendarRules::eras
  std::int32_t year = 0;
  std::int32_t month = 0;
  std::int32_t day = 0;
  bool leap_month = false;
};

enum class EraStatus : std::uint8_t {
  ok,
  projected,     // past the era's end, as plans printed it
  year_only,     // month and day cannot be converted: the year alone
  out_of_range,  // the era had no such year or day
  impossible,    // no calendar has this day
};

struct EraResult {
  EraStatus status = EraStatus::ok;
  DatePoint point;
};

[[nodiscard]] EraResult western_date(const CalendarRules& rules, const EraDate& date);

// A day of the lunisolar calendar; none: no such day, or the table does not reach there. `day` -1: the last.
[[nodiscard]] std::optional<DatePoint> gregorian_of_lunisolar(const CalendarRules& rules, std::int32_t year,
                                                              int month, bool leap, int day);

// True if year, month and day, as far as the precision goes, exist.
[[nodiscard]] bool is_valid(const DatePoint& point);

// Days since 1970-01-01; `point` is a day with a year.
[[nodiscard]] std::int64_t day_number(const DatePoint& point);

// 0 Sunday to 6 Saturday; `point` is a day with a year.
[[nodiscard]] int weekday_of(const DatePoint& point);

// The first to fifth of a weekday in a month, or its last one (nth < 0); none: the month has fewer.
[[nodiscard]] std::optional<DatePoint> nth_weekday_of_month(const DatePoint& month, int weekday, int nth);

// -1, 0, 1 where a lies before, around or after b, at the coarser precision of the two; years only for codes
// of parts.
[[nodiscard]] int compare(const DatePoint& a, const DatePoint& b);

}  // namespace yoran

#endif  // YORAN_INTERPRET_CALENDAR_H_
