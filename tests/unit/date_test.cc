#include "types/date.h"

#include <gtest/gtest.h>

#include <string>

namespace yoran {
namespace {

DatePoint point(std::int32_t year, int month, int day, DatePrecision precision) {
  DatePoint result;
  result.year = year;
  result.month = static_cast<std::uint8_t>(month);
  result.day = static_cast<std::uint8_t>(day);
  result.precision = precision;
  return result;
}

TEST(Date, WritesEdtf) {
  EXPECT_EQ(to_edtf(point(2020, 1, 1, DatePrecision::day)), "2020-01-01");
  EXPECT_EQ(to_edtf(point(2020, 10, 0, DatePrecision::month)), "2020-10");
  EXPECT_EQ(to_edtf(point(794, 0, 0, DatePrecision::year)), "0794");
  EXPECT_EQ(to_edtf(point(-201, 0, 0, DatePrecision::year)), "-0201");
  EXPECT_EQ(to_edtf(point(0, 12, 31, DatePrecision::day)), "0000-12-31");
  EXPECT_EQ(to_edtf(point(1980, 0, 0, DatePrecision::decade)), "198X");
  EXPECT_EQ(to_edtf(point(1700, 0, 0, DatePrecision::century)), "17XX");
  EXPECT_EQ(to_edtf(point(2016, 33, 0, DatePrecision::quarter)), "2016-33");
  EXPECT_EQ(to_edtf(point(2016, 41, 0, DatePrecision::half)), "2016-41");
  EXPECT_EQ(to_edtf(point(2016, 21, 0, DatePrecision::season)), "2016-21");
}

TEST(Date, WritesWhatIsOpenOrInDoubt) {
  DatePoint yearless = point(0, 10, 1, DatePrecision::day);
  yearless.has_year = false;
  EXPECT_EQ(to_edtf(yearless), "XXXX-10-01");
  DatePoint about = point(1922, 0, 0, DatePrecision::year);
  about.approximate = true;
  EXPECT_EQ(to_edtf(about), "1922~");
  about.uncertain = true;
  EXPECT_EQ(to_edtf(about), "1922%");
  Date date;
  date.first = point(2016, 0, 0, DatePrecision::year);
  date.last = point(2020, 3, 0, DatePrecision::month);
  date.form = DateForm::interval;
  EXPECT_EQ(to_edtf(date), "2016/2020-03");
  date.form = DateForm::open;
  EXPECT_EQ(to_edtf(date), "2016/..");
}

TEST(Date, KnowsTheGregorianCalendar) {
  EXPECT_TRUE(is_leap_year(2000));
  EXPECT_FALSE(is_leap_year(1900));
  EXPECT_TRUE(is_leap_year(2024));
  EXPECT_TRUE(is_leap_year(0));
  EXPECT_EQ(days_in_month(2023, 2), 28);
  EXPECT_EQ(days_in_month(2024, 2), 29);
  EXPECT_EQ(days_from_civil(1970, 1, 1), 0);
  EXPECT_EQ(days_from_civil(2000, 3, 1), 11017);
}

TEST(Date, CountsEveryDayOnce) {
  std::int64_t expected = days_from_civil(-1, 1, 1);
  for (std::int32_t year = -1; year <= 2200; ++year) {
    for (int month = 1; month <= 12; ++month) {
      for (int day = 1; day <= days_in_month(year, month); ++day, ++expected) {
        ASSERT_EQ(days_from_civil(year, month, day), expected);
        ASSERT_EQ(civil_from_days(expected), point(year, month, day, DatePrecision::day));
      }
    }
  }
}

TEST(Date, ParsesIsoDays) {
  EXPECT_EQ(parse_iso_day("2020-02-29"), point(2020, 2, 29, DatePrecision::day));
  for (const char* text :
       {"2021-02-29", "2020-13-01", "2020-1-1", "2020-01-01T", "20200101", "", "2020-00-10"}) {
    EXPECT_FALSE(parse_iso_day(text)) << text;
  }
}

}  // namespace
}  // namespace yoran
