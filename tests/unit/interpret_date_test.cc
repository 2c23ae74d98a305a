#include <gtest/gtest.h>

#include <array>
#include <random>
#include <string>
#include <vector>

#include "interpret/calendar.h"
#include "interpret/date.h"
#include "value_text.h"

namespace yoran {
namespace {

using testing_values::codes_in;
using testing_values::dates_in;

struct Case {
  const char* text;
  const char* expected;
};

constexpr Case kJapanese[] = {
    {"令和2年1月1日現在", "2020-01-01"},
    {"昭和五一年一二月二三日", "1976-12-23"},
    {"昭和四十六年五月五日", "1971-05-05"},
    {"㍻26年", "2014"},
    {"㋿6年4月", "2024-04"},
    {"令和元年5月1日", "2019-05-01"},
    {"R3/7/18", "2021-07-18"},
    {"R2.1.1", "2020-01-01"},
    {"H26.4.1", "2014-04-01"},
    {"R4(2022).10.1", "2022-10-01"},
    {"S39年10月10日", "1964-10-10"},
    {"平成26年度", "2014-04/2015-03"},
    {"2015年度末", "2016-03"},
    {"平成23・24年度", "2011-04/2012-03; 2012-04/2013-03"},
    {"昭和50～55年", "1975/1980"},
    {"平成元年から5年", "1989/1993"},
    {"1960～70年代", "196X/197X"},
    {"1889年（明治22年）4月1日", "1889-04-01"},
    {"2008（平成20）年", "2008"},
    {"令和4(2022)年4月29日（金）～5月8日（日）", "2022-04-29/2022-05-08"},
    {"天保6年（1835年）", "1835"},
    {"1854年10月21日（嘉永7年8月30日）", "1854-10-21"},
    {"明治5年12月2日", "1872-12-31"},
    {"慶応4年閏4月21日", "1868-06-11"},
    {"安政7年3月17日", "1860-04-07"},
    {"10月1日現在", "XXXX-10-01"},
    {"9月末日現在", "XXXX-09-30|XXXX-09"},
    {"2021年9月末日", "2021-09-30|2021-09"},
    {"平成12年2月晦日", "2000-02-29|2000-02"},
    {"8月27日（水）", "XXXX-08-27"},
    {"2012/8/27（月・祝）", "2012-08-27"},
    {"2016年の第3四半期", "2016-35"},
    {"2016年下半期", "2016-41"},
    {"2021年秋", "2021-23"},
    {"11世紀", "10XX"},
    {"紀元前1年", "0000"},
    {"2016年1月10日から12日", "2016-01-10/2016-01-12"},
    {"2016年1月10日から2月3日まで", "2016-01-10/2016-02-03"},
    {"4月1日から9月30日", "XXXX-04-01/XXXX-09-30"},
    {"2005年11月から翌2006年7月", "2005-11/2006-07"},
    {"2012/4/3~6", "2012-04-03/2012-04-06"},
    {"2018年4～6月", "2018-04/2018-06"},
    {"2018年3月1日に着工、6月2日に竣工", "2018-03-01; 2018-06-02"},
    {"2010年に起工し、翌年3月に完成。同年9月に開館", "2010; 2011-03; 2011-09"},
    {"令和6年5月1日、7年6月1日", "2024-05-01; 2025-06-01"},
    {"1900年頃", "1900~"},
    {"平成33年", "2021"},
    {"昭和50年代", "1975/1984"},
    {"平成の町", ""},
    {"1960年代", "196X"},
};

constexpr Case kEnglish[] = {
    {"more than 1000 local governments", ""},
    {"less than 1500 of them", ""},
    {"earlier than 2010", "2010"},
    {"up to 2010", "2010"},
    {"on 7 January 1943", "1943-01-07"},
    {"August 10, 2012", "2012-08-10"},
    {"1st of March, 2011", "2011-03-01"},
    {"the second of March", "XXXX-03-02"},
    {"Tuesday, 5 May 2015", "2015-05-05"},
    {"Sept. 2012", "2012-09"},
    {"Aug 96", "1996-08"},
    {"2019/aug/01", "2019-08-01"},
    {"2014-04-18T08:15:30", "2014-04-18"},
    {"27.11.2007", "2007-11-27"},
    {"25/12/2007", "2007-12-25"},
    {"12/25/2007", "2007-12-25"},
    {"6/4/2005", "2005-06-04|2005-04-06"},
    {"6/4/2005 and 25/12/2005", "2005-04-06; 2005-12-25"},
    {"6/4/2005 and 12/25/2005", "2005-06-04; 2005-12-25"},
    {"04/2016", "2016-04"},
    {"1850-58", "1850/1858"},
    {"1998-2004", "1998/2004"},
    {"from 1998 to 2004", "1998/2004"},
    {"between 2014 and 2018", "2014/2018"},
    {"15-17 May 2019", "2019-05-15/2019-05-17"},
    {"10 August - 12 September 2013", "2013-08-10/2013-09-12"},
    {"from the 13th to the 15th of July", "XXXX-07-13/XXXX-07-15"},
    {"Nov-Feb 2017", "2016-11/2017-02"},
    {"5/1-5/7/2020", "2020-05-01/2020-05-07"},
    {"the 1980s", "198X"},
    {"the nineteen seventies", "197X"},
    {"the 18th century", "17XX"},
    {"Q3 2021", "2021-35"},
    {"2019-H2", "2019-41"},
    {"the third quarter of 2016", "2016-35"},
    {"summer 1998", "1998-22"},
    {"FY2019", "2019"},
    {"circa 1890", "1890~"},
    {"the 2010 census", "2010"},
    {"a population of 5,000 (2014 est.)", "2014"},
    {"in nineteen eighty six", "1986"},
    {"May twenty-fourth", "XXXX-05-24"},
    {"October two thousand and five", "2005-10"},
    {"in 44 BC", ""},
    {"in 476 BC", "-0475"},
    {"in March", "XXXX-03"},
    {"Independence Day, 5 July (1962)", "1962-07-05"},
    {"Founded 12 October 1955 (from Spain)", "1955-10-12"},
    {"Independence\n1839 (from the Netherlands)", "1839"},
    {"in 2014 AD", "2014"},
    {"2024 AD August", "2024-08"},
    {"January 3, 2017 - February 1st", "2017-01-03/2017-02-01"},
    {"the 2019/20 season", "2019/2020"},
    {"2010/2011", "2010/2011"},
    {"2010/11", "2010-11|2010/2011"},
    {"昭和63年7月 / July 1988", "1988-07; 1988-07"},
};

constexpr const char* kNone[] = {
    "2015-1-32",
    "2015-32",
    "February 29, 2022",
    "June 31, 2022",
    "2014-02-30",
    "平成12年13月3日",
    "昭和65年",
    "明治5年12月31日",
    "令和0年",
    "1.1.30",
    "Version: 1.1.30",
    "3-2で敗れた",
    "1/50の縮小模型",
    "サイズ16.1mm",
    "電話 138-2010-2015",
    "〒105-0011",
    "10:30",
    "$2,015",
    "2000 pieces",
    "We may march on",
    "She may ask",
    "May I ask?",
    "100年の歴史",
    "2年生",
    "三年間",
    "春日",
    "13/13は1",
    "0.5",
    "a 2000 km road",
    "昨年",
    "march 4 people",
    "5 July Street (from France)",
};

TEST(InterpretDate, ReadsJapanese) {
  for (const Case& test : kJapanese) EXPECT_EQ(dates_in(test.text), test.expected) << test.text;
}

TEST(InterpretDate, ReadsEnglish) {
  for (const Case& test : kEnglish) EXPECT_EQ(dates_in(test.text), test.expected) << test.text;
}

TEST(InterpretDate, IsNotMisled) {
  for (const char* text : kNone) EXPECT_EQ(dates_in(text), "") << text;
}

TEST(InterpretDate, SaysWhatIsWrong) {
  EXPECT_EQ(codes_in("2020年2月30日"), "date.impossible");
  EXPECT_EQ(codes_in("昭和65年1月1日"), "date.era-out-of-range");
  EXPECT_EQ(codes_in("1943年（昭和17年）"), "date.era-year-mismatch");
  EXPECT_EQ(codes_in("2021年5月1日（金）"), "date.weekday-mismatch");
  EXPECT_EQ(codes_in("2021年5月1日（土）"), "");
  EXPECT_EQ(codes_in("1943年（昭和18年）"), "");
  EXPECT_EQ(codes_in("昭和62年（1988年）"), "date.era-year-mismatch");
  EXPECT_EQ(codes_in("昭和63年（1988年）"), "");
}

TEST(InterpretDate, RegionsTellTheOrderOfDayAndMonth) {
  EXPECT_EQ(dates_in("on 6/4/2005", "", "US"), "2005-06-04");
  EXPECT_EQ(dates_in("on 6/4/2005", "", "GB"), "2005-04-06");
  EXPECT_EQ(dates_in("on 6/4/2005", "", "CA"), "2005-06-04|2005-04-06");
  EXPECT_EQ(dates_in("on 6/4/2005 and 25/12/2005", "", "US"), "2005-04-06; 2005-12-25");
}

TEST(InterpretDate, ImpossibleDatesLeaveNoNumbers) {
  EXPECT_EQ(testing_values::amounts_in("2020年2月30日"), "");
  EXPECT_EQ(testing_values::amounts_in("2023-02-29"), "");
  EXPECT_EQ(testing_values::amounts_in("3/5"), "0.6");
}

TEST(InterpretDate, KeepsTheEra) {
  testing_values::Values values;
  testing_values::read_values("令和2年1月1日", "", values);
  const Date& date = std::get<Date>(values.dates.at(0).value);
  EXPECT_EQ(testing_values::default_rules().calendar.eras[date.era].id, "reiwa");
  EXPECT_EQ(date.era_year, 2);
}

TEST(InterpretDate, AnyBytesOfAnAlphabetAreRead) {
  const std::vector<std::string> alphabet = {"1",  "20", "2019", "年",   "月",     "日",   "/",    "-",  ".",
                                             " ",  "(",  ")",    "令和", "明治",   "元",   "から", "〜", "・",
                                             "度", "代", "世紀", "May",  "March ", " to ", "th",   ",",  "Q3",
                                             "閏", "五", "十",   "末日", "同年",   "the ", "s",    "\n"};
  std::mt19937_64 random(19);
  for (int i = 0; i < 6000; ++i) {
    std::string text;
    for (std::uint64_t n = random() % 24; n > 0; --n) text += alphabet[random() % alphabet.size()];
    testing_values::Values values;
    testing_values::read_values(text, i % 2 == 0 ? "2020-02-29" : "", values);
    for (const Reading& reading : values.dates) {
      ASSERT_LT(reading.span.start, reading.span.end) << text;
      ASSERT_LE(reading.span.end, values.text.folded.size()) << text;
      const Date& date = std::get<Date>(reading.value);
      ASSERT_TRUE(is_valid(date.first)) << text << " " << to_edtf(date);
      ASSERT_TRUE(date.form != DateForm::interval || is_valid(date.last)) << text << " " << to_edtf(date);
    }
  }
}

}  // namespace
}  // namespace yoran
