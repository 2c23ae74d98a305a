// Words that mean a date only on a known day. Nothing here may be read without one.
#include <gtest/gtest.h>

#include <algorithm>
#include <span>
#include <string>

#include "value_text.h"

namespace yoran {
namespace {

using testing_values::dates_in;

struct Case {
  const char* text;
  const char* expected;  // on Wednesday, 2019-11-20
};

constexpr Case kJapanese[] = {
    {"昨年", "2018"},
    {"一昨年", "2017"},
    {"先月末", "2019-10"},
    {"本年度", "2019-04/2020-03"},
    {"昨年度", "2018-04/2019-03"},
    {"昨日", "2019-11-19"},
    {"明後日", "2019-11-22"},
    {"来年3月", "2020-03"},
    {"来年3月5日", "2020-03-05"},
    {"今年の十二月", "2019-12"},
    {"今月の十日", "2019-11-10"},
    {"先月25日", "2019-10-25"},
    {"来週の月曜日", "2019-11-25"},
    {"今週の火曜日から木曜日", "2019-11-19/2019-11-21"},
    {"次の金曜日", "2019-11-29|2019-11-22"},
    {"今年の夏", "2019-22"},
    {"今年初め", "2019"},
    {"今年の終わりごろ", "2019"},
    {"来年の第3週", "2020-01-13/2020-01-19"},
    {"3日前", "2019-11-17"},
    {"三日後", "2019-11-23"},
    {"2週間前", "2019-11-06"},
    {"二年前", "2017|2017-11-20"},
    {"1か月前", "2019-10|2019-10-20"},
    {"1か月と3日前", "2019-10-17"},
    {"今から5年前", "2014|2014-11-20"},
    {"明日から2日後", "2019-11-23"},
    {"昨日の2日前", "2019-11-17"},
    {"2週後の月曜日", "2019-12-02"},
    {"過去5年間", "2014/2018|2014-11-20/2019-11-19"},
    {"今後2週間", "2019-11-21/2019-12-04"},
    {"この3年間", "2016/2018|2016-11-20/2019-11-19"},
    {"月末に発表", "2019-11"},
    {"年末に発表", "2019"},
    {"水曜日", "2019-11-27|2019-11-20"},
};

constexpr Case kEnglish[] = {
    {"last year", "2018"},
    {"yesterday", "2019-11-19"},
    {"next month", "2019-12"},
    {"last quarter", "2019-35"},
    {"the current fiscal year", "2019-04/2020-03"},
    {"next week on Friday", "2019-11-29"},
    {"Sunday of next week", "2019-12-01"},
    {"on Tuesday, next week", "2019-11-26"},
    {"next week Wednesday", "2019-11-27"},
    {"3 days ago", "2019-11-17"},
    {"three weeks from now", "2019-12-11"},
    {"a week after tomorrow", "2019-11-28"},
    {"2 days after tomorrow", "2019-11-23"},
    {"two days before yesterday", "2019-11-17"},
    {"a month ago", "2019-10|2019-10-20"},
    {"two years ago", "2017|2017-11-20"},
    {"2 years 1 month 21 days ago", "2017-09-29"},
    {"1 month, 21 days ago", "2019-09-29"},
    {"10 minutes ago", "2019-11-20"},
    {"in 2 weeks", "2019-12-04"},
    {"in a month", "2019-12|2019-12-20"},
    {"Monday two weeks from now", "2019-12-02"},
    {"3 Fridays from now", "2019-12-06"},
    {"2 Thursdays back", "2019-11-07"},
    {"last Friday", "2019-11-15"},
    {"this Friday", "2019-11-22"},
    {"next Friday", "2019-11-29|2019-11-22"},
    {"this past Friday", "2019-11-15"},
    {"coming Monday", "2019-11-25"},
    {"Monday", "2019-11-25|2019-11-18"},
    {"next March", "2020-03"},
    {"last December", "2018-12"},
    {"this August", "2019-08"},
    {"March next year", "2020-03"},
    {"10 May last year", "2018-05-10"},
    {"the 20th of next month", "2019-12-20"},
    {"the 15th day of next month", "2019-12-15"},
    {"from 4 to 22 this month", "2019-11-04/2019-11-22"},
    {"the 9th month of next year", "2020-09"},
    {"the third quarter of last year", "2018-35"},
    {"week 27 of last year", "2018-07-02/2018-07-08"},
    {"the third week next year", "2020-01-13/2020-01-19"},
    {"the first Tuesday of next month", "2019-12-03"},
    {"last Friday in October", "2020-10-30"},
    {"last summer", "2019-22"},
    {"next spring", "2020-21"},
    {"the last 3 days", "2019-11-17/2019-11-19"},
    {"the next two weeks", "2019-11-21/2019-12-04"},
    {"2 upcoming days", "2019-11-21/2019-11-22"},
    {"the past five years", "2014/2018|2014-11-20/2019-11-19"},
    {"last two months", "2019-09/2019-10|2019-09-20/2019-11-19"},
    {"from 1 May 2019 to today", "2019-05-01/2019-11-20"},
    {"later this week", "2019-11-18/2019-11-24"},
    {"the end of the year", "2019"},
};

// Not counted from the reference date, or no dates at all.
constexpr const char* kNone[] = {
    "創立10年後",
    "事故の3日前",
    "開館から5年後",
    "2年前期の授業",
    "年末年始は休館",
    "大会当日",
    "今日では",
    "open from Monday to Friday",
    "月曜日は休館です",
    "completed in 3 years",
    "the last four months of the war",
    "the last year of his reign",
    "We may next march on",
    "he went back",
};

TEST(RelativeDate, IsCountedFromTheReferenceDate) {
  for (const Case& test : kJapanese) EXPECT_EQ(dates_in(test.text, "2019-11-20"), test.expected) << test.text;
  for (const Case& test : kEnglish) EXPECT_EQ(dates_in(test.text, "2019-11-20"), test.expected) << test.text;
}

bool is_relative(const Reading& reading) { return std::get<Date>(reading.value).relative; }

TEST(RelativeDate, IsNothingWithoutOne) {
  for (const auto& cases : {std::span<const Case>(kJapanese), std::span<const Case>(kEnglish)}) {
    for (const Case& test : cases) {
      testing_values::Values values;
      testing_values::read_values(test.text, "", values);
      EXPECT_TRUE(std::none_of(values.dates.begin(), values.dates.end(), is_relative)) << test.text;
    }
  }
}

TEST(RelativeDate, IsNotEverythingThatLooksLikeOne) {
  for (const char* text : kNone) EXPECT_EQ(dates_in(text, "2019-11-20"), "") << text;
}

TEST(RelativeDate, TheMonthEndIsKept) {
  EXPECT_EQ(dates_in("a month ago", "2019-03-31"), "2019-02|2019-02-28");
  EXPECT_EQ(dates_in("a year ago", "2020-02-29"), "2019|2019-02-28");
  EXPECT_EQ(dates_in("last month", "2019-01-15"), "2018-12");
  EXPECT_EQ(dates_in("昨年度", "2019-03-31"), "2017-04/2018-03");
}

TEST(RelativeDate, TheDayOfTheDocumentIsAReference) {
  EXPECT_EQ(dates_in("最終更新日：2019年11月20日\n昨年"), "2019-11-20; 2018");
  EXPECT_EQ(dates_in("昨年\n2019年11月20日更新"), "2018; 2019-11-20");
  EXPECT_EQ(dates_in("Last updated: 20 November 2019\nyesterday"), "2019-11-20; 2019-11-19");
  EXPECT_EQ(dates_in("Updated: 2019-11-20\nUpdated: 2018-11-20\nyesterday"), "2019-11-20; 2018-11-20");
  EXPECT_EQ(dates_in("opened on 20 November 2019\nyesterday"), "2019-11-20");
}

// Words that refer to what was just told are left alone once something was.
TEST(RelativeDate, AStoryHasItsOwnTime) {
  EXPECT_EQ(dates_in("翌日", "2019-11-20"), "2019-11-21");
  EXPECT_EQ(dates_in("1954年に着工し、3年後に完成した", "2019-11-20"), "1954");
  EXPECT_EQ(dates_in("It was founded in 1954. Two years later it moved.", "2019-11-20"), "1954");
}

TEST(RelativeDate, IsDroppedBesideTheSameInFigures) {
  EXPECT_EQ(dates_in("今年2020年5月", "2019-11-20"), "2020-05");
  EXPECT_EQ(dates_in("昨年（2018年）の人口", "2019-11-20"), "2018");
  EXPECT_EQ(dates_in("today, 20 November 2019", "2019-11-20"), "2019-11-20");
}

TEST(RelativeDate, IsMarked) {
  testing_values::Values values;
  testing_values::read_values("last year", "2019-11-20", values);
  ASSERT_EQ(values.dates.size(), 1U);
  EXPECT_TRUE(is_relative(values.dates[0]));
}

}  // namespace
}  // namespace yoran
