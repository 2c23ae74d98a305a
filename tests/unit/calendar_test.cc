#include "interpret/calendar.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "value_text.h"

namespace yoran {
namespace {

using testing_values::default_rules;

struct EraCase {
  const char* era;
  std::int32_t year;
  std::int32_t month;
  std::int32_t day;
  EraStatus status;
  const char* edtf;
};

// The first and last day of every modern era, and the days beside them.
constexpr EraCase kEras[] = {
    {"meiji", 1, 1, 1, EraStatus::ok, "1868-01-25"},     {"meiji", 5, 12, 2, EraStatus::ok, "1872-12-31"},
    {"meiji", 5, 12, 3, EraStatus::impossible, ""},      {"meiji", 5, 12, 31, EraStatus::impossible, ""},
    {"meiji", 6, 1, 1, EraStatus::ok, "1873-01-01"},     {"meiji", 45, 7, 29, EraStatus::ok, "1912-07-29"},
    {"meiji", 45, 8, 0, EraStatus::out_of_range, ""},    {"meiji", 46, 0, 0, EraStatus::out_of_range, ""},
    {"taisho", 1, 7, 29, EraStatus::out_of_range, ""},   {"taisho", 1, 7, 30, EraStatus::ok, "1912-07-30"},
    {"taisho", 15, 12, 24, EraStatus::ok, "1926-12-24"}, {"taisho", 16, 1, 1, EraStatus::out_of_range, ""},
    {"showa", 1, 12, 24, EraStatus::out_of_range, ""},   {"showa", 1, 12, 25, EraStatus::ok, "1926-12-25"},
    {"showa", 1, 0, 0, EraStatus::ok, "1926"},           {"showa", 64, 1, 7, EraStatus::ok, "1989-01-07"},
    {"showa", 64, 1, 8, EraStatus::out_of_range, ""},    {"showa", 64, 1, 0, EraStatus::ok, "1989-01"},
    {"showa", 64, 2, 0, EraStatus::out_of_range, ""},    {"showa", 65, 0, 0, EraStatus::out_of_range, ""},
    {"heisei", 1, 1, 7, EraStatus::out_of_range, ""},    {"heisei", 1, 1, 8, EraStatus::ok, "1989-01-08"},
    {"heisei", 31, 4, 30, EraStatus::ok, "2019-04-30"},  {"heisei", 31, 5, 1, EraStatus::out_of_range, ""},
    {"heisei", 33, 0, 0, EraStatus::projected, "2021"},  {"heisei", 33, 4, 1, EraStatus::out_of_range, ""},
    {"reiwa", 1, 4, 30, EraStatus::out_of_range, ""},    {"reiwa", 1, 5, 1, EraStatus::ok, "2019-05-01"},
    {"reiwa", 2, 2, 29, EraStatus::ok, "2020-02-29"},    {"reiwa", 3, 2, 29, EraStatus::impossible, ""},
    {"reiwa", 2, 2, -1, EraStatus::ok, "2020-02-29"},    {"reiwa", 0, 0, 0, EraStatus::impossible, ""},
    {"reiwa", 2, 13, 0, EraStatus::impossible, ""},      {"keio", 4, 9, 7, EraStatus::ok, "1868-10-22"},
    {"ansei", 7, 3, 17, EraStatus::ok, "1860-04-07"},    {"genroku", 15, 12, 14, EraStatus::ok, "1703-01-30"},
    {"meitoku", 3, 10, 5, EraStatus::year_only, "1392"},
};

TEST(Calendar, ConvertsEras) {
  const CalendarRules& rules = default_rules().calendar;
  for (const EraCase& test : kEras) {
    const auto era =
        std::find_if(rules.eras.begin(), rules.eras.end(), [&](const Era& e) { return e.id == test.era; });
    ASSERT_NE(era, rules.eras.end()) << test.era;
    EraDate date;
    date.era = static_cast<std::uint32_t>(era - rules.eras.begin());
    date.year = test.year;
    date.month = test.month;
    date.day = test.day;
    const EraResult result = western_date(rules, date);
    const std::string name = std::string(test.era) + " " + std::to_string(test.year) + "-" +
                             std::to_string(test.month) + "-" + std::to_string(test.day);
    EXPECT_EQ(result.status, test.status) << name;
    if (*test.edtf != '\0') {
      EXPECT_EQ(to_edtf(result.point), test.edtf) << name;
    }
  }
}

TEST(Calendar, LunisolarYearsFollowOneAnother) {
  const auto& table = default_rules().calendar.lunisolar;
  ASSERT_EQ(table.front().year, 1600);
  ASSERT_EQ(table.back().year, 1872);
  for (std::size_t i = 0; i + 1 < table.size(); ++i) {
    std::int64_t days = 0;
    for (std::size_t m = 0; m < table[i].months; ++m) days += table[i].lengths[m];
    EXPECT_EQ(table[i].first_day + days, table[i + 1].first_day) << table[i].year;
    EXPECT_EQ(table[i].months, table[i].leap != 0 ? 13 : 12) << table[i].year;
  }
}

TEST(Calendar, ReadsLeapMonths) {
  const CalendarRules& rules = default_rules().calendar;
  EXPECT_EQ(to_edtf(*gregorian_of_lunisolar(rules, 1868, 4, true, 21)), "1868-06-11");
  EXPECT_FALSE(gregorian_of_lunisolar(rules, 1868, 5, true, 1));
  EXPECT_FALSE(gregorian_of_lunisolar(rules, 1872, 12, false, 3));
  EXPECT_FALSE(gregorian_of_lunisolar(rules, 1599, 1, false, 1));
}

TEST(Calendar, EveryLunisolarDayIsTheNextOne) {
  const CalendarRules& rules = default_rules().calendar;
  std::int64_t expected = days_from_civil(1600, 2, 15);
  for (const LunisolarYear& year : rules.lunisolar) {
    for (int m = 0; m < year.months; ++m) {
      const bool leap = year.leap != 0 && m == year.leap;
      const int month = year.leap != 0 && m >= year.leap ? m : m + 1;
      for (int day = 1; day <= year.lengths[static_cast<std::size_t>(m)]; ++day) {
        const auto found = gregorian_of_lunisolar(rules, year.year, month, leap, day);
        ASSERT_TRUE(found) << year.year << " " << month << " " << day;
        ASSERT_EQ(days_from_civil(found->year, found->month, found->day), expected++);
      }
    }
  }
  EXPECT_EQ(expected, days_from_civil(1873, 1, 1));
}

// The lunisolar date of a day, as an era counts it.
EraDate lunisolar_of(const CalendarRules& rules, std::uint32_t era, std::int64_t day) {
  for (const LunisolarYear& year : rules.lunisolar) {
    std::int64_t first = year.first_day;
    for (int m = 0; m < year.months; ++m) {
      const int length = year.lengths[static_cast<std::size_t>(m)];
      if (day >= first && day < first + length) {
        const bool leap = year.leap != 0 && m == year.leap;
        const int month = year.leap != 0 && m >= year.leap ? m : m + 1;
        return {era, year.year - rules.eras[era].year1 + 1, month, static_cast<std::int32_t>(day - first) + 1,
                leap};
      }
      first += length;
    }
  }
  return {era, 0, 0, 0, false};
}

// Every era whose bounds are known and in reach of the lunisolar table: its first and last day are its own,
// the days beside them are not.
TEST(Calendar, ErasBeginAndEndOnTheirDays) {
  const CalendarRules& rules = default_rules().calendar;
  const std::int64_t table_begins = rules.lunisolar.front().first_day;
  const std::int64_t gregorian = days_from_civil(1873, 1, 1);
  int bounds = 0;
  for (std::uint32_t i = 0; i < rules.eras.size(); ++i) {
    const Era& era = rules.eras[i];
    if (!era.certain) continue;
    const auto status = [&](std::int64_t day) {
      const EraDate date = lunisolar_of(rules, i, day);
      const EraResult result = western_date(rules, date);
      if (result.status != EraStatus::ok) return result.status;
      EXPECT_EQ(days_from_civil(result.point.year, result.point.month, result.point.day), day) << era.id;
      return result.status;
    };
    const auto number = [](const DatePoint& day) { return days_from_civil(day.year, day.month, day.day); };
    if (era.first && number(*era.first) > table_begins && number(*era.first) < gregorian) {
      EXPECT_EQ(status(number(*era.first)), EraStatus::ok) << era.id;
      EXPECT_NE(status(number(*era.first) - 1), EraStatus::ok) << era.id;
      ++bounds;
    }
    if (era.last && number(*era.last) > table_begins && number(*era.last) < gregorian) {
      EXPECT_EQ(status(number(*era.last)), EraStatus::ok) << era.id;
      EXPECT_NE(status(number(*era.last) + 1), EraStatus::ok) << era.id;
      ++bounds;
    }
  }
  EXPECT_GT(bounds, 60);
}

TEST(Calendar, NamesWeekdays) {
  EXPECT_EQ(weekday_of(*parse_iso_day("1970-01-01")), 4);
  EXPECT_EQ(weekday_of(*parse_iso_day("2024-02-29")), 4);
  EXPECT_EQ(weekday_of(*parse_iso_day("1868-01-25")), 6);
  EXPECT_EQ(weekday_of(*parse_iso_day("2022-05-01")), 0);
}

}  // namespace
}  // namespace yoran
