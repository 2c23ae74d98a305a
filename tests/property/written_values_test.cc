// Random numbers, dates and quantities, each written in dozens of ways, are read back. The seed is
// fixed, so that a change fails for what it changes; YORAN_SEED=N tries another.
#include <gtest/gtest.h>

#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include "../unit/value_text.h"
#include "interpret/calendar.h"

namespace yoran {
namespace {

using testing_values::amounts_in;
using testing_values::codes_in;
using testing_values::dates_in;

std::uint64_t seed() {
  static const std::uint64_t kSeed = [] {
    const char* const given = std::getenv("YORAN_SEED");
    return given != nullptr ? std::strtoull(given, nullptr, 10) : 20260401;
  }();
  return kSeed;
}

std::string trace() { return "YORAN_SEED=" + std::to_string(seed()); }

// ---- numbers written in many ways

std::string grouped(std::uint64_t value, const std::string& mark) {
  std::string digits = std::to_string(value);
  for (int at = static_cast<int>(digits.size()) - 3; at > 0; at -= 3)
    digits.insert(static_cast<std::size_t>(at), mark);
  return digits;
}

std::string widened(const std::string& ascii) {
  std::string result;
  for (const char c : ascii) {
    result += c >= '0' && c <= '9' ? std::string("\xEF\xBC") + static_cast<char>(0x90 + (c - '0'))
                                   : std::string(1, c);
  }
  return result;
}

const char* const kDigits[] = {"〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"};

std::string below_ten_thousand(std::uint64_t value) {
  const char* const units[] = {"千", "百", "十", ""};
  std::string result;
  std::uint64_t place = 1000;
  for (const char* unit : units) {
    const std::uint64_t digit = value / place % 10;
    if (digit > 0) result += (digit == 1 && place > 1 ? "" : kDigits[digit]) + std::string(unit);
    place /= 10;
  }
  return result;
}

std::string by_myriads(std::uint64_t value, std::string (*below)(std::uint64_t)) {
  const char* const units[] = {"", "万", "億", "兆"};
  std::string result;
  for (int i = 0; value > 0; ++i, value /= 10000) {
    if (value % 10000 > 0) result = below(value % 10000) + units[i] + result;
  }
  return result;
}

std::string positional(std::uint64_t value) {
  std::string result;
  for (const char c : std::to_string(value)) result += kDigits[c - '0'];
  return result;
}

const char* const kOnes[] = {"",         "one",     "two",     "three",     "four",     "five",    "six",
                             "seven",    "eight",   "nine",    "ten",       "eleven",   "twelve",  "thirteen",
                             "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"};
const char* const kTens[] = {"",      "",      "twenty",  "thirty", "forty",
                             "fifty", "sixty", "seventy", "eighty", "ninety"};

std::string below_thousand(std::uint64_t value, const std::string& join) {
  std::string result;
  if (value >= 100) result = std::string(kOnes[value / 100]) + " hundred" + (value % 100 > 0 ? join : "");
  value %= 100;
  if (value < 20) return result + kOnes[value];
  return result + kTens[value / 10] + (value % 10 > 0 ? "-" + std::string(kOnes[value % 10]) : "");
}

std::string spelled(std::uint64_t value, const std::string& join) {
  const char* const units[] = {"", " thousand", " million", " billion"};
  std::string result;
  for (int i = 0; value > 0; ++i, value /= 1000) {
    if (value % 1000 > 0)
      result = below_thousand(value % 1000, join) + units[i] + (result.empty() ? "" : " " + result);
  }
  return result;
}

std::string capitalised(std::string text) {
  text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

// Legal numerals and the iteration of digits and units.
std::string daiji(std::uint64_t value) {
  std::string result = by_myriads(value, below_ten_thousand);
  for (const auto& [plain, legal] : std::vector<std::pair<std::string, std::string>>{
           {"一", "壱"}, {"二", "弐"}, {"三", "参"}, {"十", "拾"}, {"万", "萬"}}) {
    for (std::size_t at = 0; (at = result.find(plain, at)) != std::string::npos; at += legal.size())
      result.replace(at, plain.size(), legal);
  }
  return result;
}

std::string indian(std::uint64_t value) {
  std::string digits = std::to_string(value);
  int at = static_cast<int>(digits.size()) - 3;
  for (; at > 0; at -= 2) digits.insert(static_cast<std::size_t>(at), ",");
  return digits;
}

TEST(WrittenValues, IntegersAreReadBack) {
  SCOPED_TRACE(trace());
  std::mt19937_64 random(seed());
  for (int i = 0; i < 1500; ++i) {
    const std::uint64_t limits[] = {9000, 90'000'000, 900'000'000'000};
    const std::uint64_t value = 2 + random() % limits[i % 3];
    const std::string plain = std::to_string(value);
    const std::vector<std::string> forms = {
        plain + " people",
        "a total of " + plain + " inhabitants",
        "Population: " + grouped(value, ","),
        grouped(value, ",") + " people",
        grouped(value, "'") + " people",
        grouped(value, " ") + " people",
        indian(value) + " people",
        spelled(value, " and ") + " people",
        spelled(value, " ") + " people",
        capitalised(spelled(value, " and ")) + " people",
        plain + "人",
        "人口" + plain + "人",
        "人口：" + grouped(value, ",") + "人",
        widened(plain) + "人",
        widened(grouped(value, "，")) + "人",
        by_myriads(value, [](std::uint64_t v) { return std::to_string(v); }) + "人",
        by_myriads(value, [](std::uint64_t v) { return grouped(v, ","); }) + "人",
        by_myriads(value, [](std::uint64_t v) { return widened(grouped(v, ",")); }) + "人",
        by_myriads(value, below_ten_thousand) + "人",
        by_myriads(value, positional) + "人",
        positional(value) + "人",
        daiji(value) + "人",
    };
    for (const std::string& form : forms) ASSERT_EQ(amounts_in(form), plain) << form;
    ASSERT_EQ(amounts_in("▲" + grouped(value, ",")), "-" + plain);
    ASSERT_EQ(amounts_in("マイナス" + plain), "-" + plain);
    ASSERT_EQ(amounts_in("−" + plain), "-" + plain);
    ASSERT_EQ(amounts_in("minus " + spelled(value, " and ")), "-" + plain);
  }
}

TEST(WrittenValues, DecimalsAndQuantitiesAreReadBack) {
  SCOPED_TRACE(trace());
  std::mt19937_64 random(seed() + 1);
  for (int i = 0; i < 1500; ++i) {
    const std::uint64_t whole = 1 + random() % (i % 2 == 0 ? 900 : 9'000'000);
    const std::uint64_t part = 1 + random() % 9 + 10 * (random() % 10);  // two places, the last not 0
    const std::string places = (part < 10 ? "0" : "") + std::to_string(part);
    const std::string plain = std::to_string(whole) + "." + places;
    const std::string printed = Decimal::parse(plain)->normalized().to_string();
    const std::vector<std::string> numbers = {
        plain,
        grouped(whole, ",") + "." + places,
        widened(plain),
        widened(grouped(whole, ",")) + "．" + widened(places),
        grouped(whole, ".") + "," + places,
        grouped(whole, " ") + "." + places,
    };
    for (const std::string& number : numbers) {
      ASSERT_EQ(amounts_in(number + "%"), printed) << number;
      ASSERT_EQ(amounts_in(number + " km2"), printed + " km2") << number;
      ASSERT_EQ(amounts_in("面積は" + number + "平方キロメートル"), printed + " km2") << number;
      ASSERT_EQ(amounts_in(number + "㎢"), printed + " km2") << number;
      ASSERT_EQ(amounts_in(number + " square miles"), printed + " [mi_i]2") << number;
      ASSERT_EQ(amounts_in(number + "ヘクタール"), printed + " har") << number;
    }
  }
}

std::string ideographs(int value) {
  return value == 0 ? kDigits[0] : below_ten_thousand(static_cast<std::uint64_t>(value));
}

std::string two(int value) { return (value < 10 ? "0" : "") + std::to_string(value); }

std::string ordinal(int day) {
  const bool teen = day / 10 == 1;
  const char* const suffix = teen            ? "th"
                             : day % 10 == 1 ? "st"
                             : day % 10 == 2 ? "nd"
                             : day % 10 == 3 ? "rd"
                                             : "th";
  return std::to_string(day) + suffix;
}

struct ModernEra {
  const char* word;
  const char* letter;
  const char* square;
  const char* first;
  const char* last;
};

constexpr ModernEra kEras[] = {
    {"大正", "T", "㍽", "1912-07-30", "1926-12-24"},
    {"昭和", "S", "㍼", "1926-12-26", "1989-01-07"},
    {"平成", "H", "㍻", "1989-01-08", "2019-04-30"},
    {"令和", "R", "㋿", "2019-05-01", "2099-12-31"},
};

void add_era_forms(const DatePoint& day, std::vector<std::string>& forms) {
  const std::string m = std::to_string(day.month);
  const std::string d = std::to_string(day.day);
  const std::string y = std::to_string(day.year);
  const std::string edtf = to_edtf(day);
  for (const ModernEra& era : kEras) {
    if (edtf < era.first || edtf > era.last) continue;
    const int year = day.year - std::stoi(era.first) + 1;
    const std::string number = year == 1 ? "元" : std::to_string(year);
    forms.push_back(era.word + number + "年" + m + "月" + d + "日");
    forms.push_back(era.word + std::string(" ") + number + " 年 " + m + " 月 " + d + " 日");
    forms.push_back(era.word + ideographs(year) + "年" + ideographs(day.month) + "月" + ideographs(day.day) +
                    "日");
    forms.push_back(era.square + number + "年" + m + "月" + d + "日");
    forms.push_back(era.letter + two(year) + "." + m + "." + d);
    forms.push_back(era.letter + two(year) + "/" + two(day.month) + "/" + two(day.day));
    forms.push_back(y + "年（" + era.word + number + "年）" + m + "月" + d + "日");
    forms.push_back(y + "（" + era.word + number + "）年" + m + "月" + d + "日");
    forms.push_back(era.word + number + "（" + y + "）年" + m + "月" + d + "日");
    forms.push_back(era.word + number + "年（" + y + "年）" + m + "月" + d + "日");
  }
}

TEST(WrittenValues, DaysAreReadBack) {
  SCOPED_TRACE(trace());
  const char* const months[] = {"January", "February", "March",     "April",   "May",      "June",
                                "July",    "August",   "September", "October", "November", "December"};
  const char* const weekdays[] = {"日", "月", "火", "水", "木", "金", "土"};
  const char* const names[] = {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
  std::mt19937_64 random(seed() + 2);
  for (int i = 0; i < 1500; ++i) {
    const DatePoint day = civil_from_days(static_cast<std::int64_t>(random() % 62000) - 20000);
    const std::string y = std::to_string(day.year);
    const std::string m = std::to_string(day.month);
    const std::string d = std::to_string(day.day);
    const std::string month = months[day.month - 1];
    const std::string weekday = weekdays[weekday_of(day)];
    const std::string name = names[weekday_of(day)];
    std::vector<std::string> forms = {
        y + "年" + m + "月" + d + "日",
        y + "年 " + m + "月 " + d + "日",
        widened(y) + "年" + widened(m) + "月" + widened(d) + "日",
        positional(static_cast<std::uint64_t>(day.year)) + "年" + ideographs(day.month) + "月" +
            ideographs(day.day) + "日",
        y + "年" + ideographs(day.month) + "月" + ideographs(day.day) + "日",
        y + "年" + m + "月" + d + "日（" + weekday + "）",
        y + "年" + m + "月" + d + "日" + weekday + "曜日",
        y + "/" + m + "/" + d + "(" + weekday + ")",
        y + "/" + m + "/" + d,
        y + "-" + two(day.month) + "-" + two(day.day),
        y + "-" + two(day.month) + "-" + two(day.day) + "T08:30:00",
        y + "." + two(day.month) + "." + two(day.day),
        two(day.day) + "." + two(day.month) + "." + y,
        "西暦" + y + "年" + m + "月" + d + "日",
        month + " " + d + ", " + y,
        month + " " + ordinal(day.day) + ", " + y,
        d + " " + month + " " + y,
        d + " " + month + ", " + y,
        ordinal(day.day) + " " + month + " " + y,
        "the " + ordinal(day.day) + " of " + month + ", " + y,
        "the " + ordinal(day.day) + " day of " + month + " " + y,
        month.substr(0, 3) + " " + d + ", " + y,
        month.substr(0, 3) + ". " + d + ", " + y,
        d + "-" + month.substr(0, 3) + "-" + y,
        y + " " + month + " " + d,
        name + ", " + month + " " + d + ", " + y,
        name + ", " + d + " " + month + " " + y,
        d + " " + month + " (" + y + ")",
    };
    add_era_forms(day, forms);
    for (const std::string& form : forms) {
      ASSERT_EQ(dates_in(form), to_edtf(day)) << form;
      ASSERT_EQ(codes_in(form), "") << form;
    }
  }
}

TEST(WrittenValues, RangesAreReadBack) {
  SCOPED_TRACE(trace());
  std::mt19937_64 random(seed() + 3);
  for (int i = 0; i < 1000; ++i) {
    const int first = 1900 + static_cast<int>(random() % 100);
    const int last = first + 1 + static_cast<int>(random() % 90);
    const std::string a = std::to_string(first);
    const std::string b = std::to_string(last);
    for (const std::string& form :
         {a + "年から" + b + "年まで", a + "年～" + b + "年", a + "～" + b + "年", a + "年〜" + b + "年",
          "from " + a + " to " + b, "between " + a + " and " + b, a + "-" + b, a + "–" + b}) {
      ASSERT_EQ(dates_in(form), a + "/" + b) << form;
    }
  }
}

TEST(WrittenValues, DistancesAreExact) {
  SCOPED_TRACE(trace());
  std::mt19937_64 random(seed() + 4);
  for (int i = 0; i < 1000; ++i) {
    const std::int64_t today = static_cast<std::int64_t>(random() % 20000);
    const int days = 2 + static_cast<int>(random() % 400);
    const std::string reference = to_edtf(civil_from_days(today));
    const std::string n = std::to_string(days);
    const std::string before = to_edtf(civil_from_days(today - days));
    const std::string behind = to_edtf(civil_from_days(today + days));
    for (const std::string& form : {n + " days ago", n + "日前", "今から" + n + "日前"})
      ASSERT_EQ(dates_in(form, reference), before) << reference << " " << form;
    for (const std::string& form :
         {n + " days from now", n + "日後", n + " days after today", "今日から" + n + "日後"})
      ASSERT_EQ(dates_in(form, reference), behind) << reference << " " << form;
  }
}

}  // namespace
}  // namespace yoran
