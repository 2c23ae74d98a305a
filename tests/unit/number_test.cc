#include "interpret/number.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "value_text.h"

namespace yoran {
namespace {

using testing_values::amounts_in;
using testing_values::default_rules;

struct Case {
  const char* text;
  const char* expected;
};

constexpr Case kJapanese[] = {
    {"人口５２,３４０人", "52340"},
    {"９３万９,４５０人", "939450"},
    {"1億2653万", "126530000"},
    {"60万0370", "600370"},
    {"1,419万90人", "14190090"},
    {"104.7万人", "1047000"},
    {"約530万", "5300000"},
    {"3億4千8百万", "348000000"},
    {"29万1,890", "291890"},
    {"105千万", "1050000000"},
    {"二〇二四", "2024"},
    {"二千二十四", "2024"},
    {"三十七万人", "370000"},
    {"千六〇〇", "1600"},
    {"千〇十", "1010"},
    {"四千零四万", "40040000"},
    {"一万五千億", "1500000000000"},
    {"壱阡陌拾壱", "1111"},
    {"廿三人", "23"},
    {"卅人", "30"},
    {"肆陸", "46"},
    {"百2十3万4千5百6十7", "1234567"},
    {"四・八〇〇です", "4.8"},
    {"三分の二", "0.666666666666667"},
    {"1と2分の1", "1.5"},
    {"100億分の1", "0.0000000001"},
    {"マイナス三十二", "-32"},
    {"▲120人", "-120"},
    {"−5.5", "-5.5"},
    {"3ダース", "36"},
    {"1、234、567", "1234567"},
    {"3 万 4,500", "34500"},
    {"5万 1,234世帯", "50000; 1234"},
    {"二十一兆三百", "21000000000300"},
    {"せんにひゃく", "1200"},
    {"第十の扉", "10"},
    {"１と２３４", "1; 234"},
    {"十万以上", "100000"},
    {"〇〇市", ""},
    {"三重県", ""},
    {"八戸市", ""},
    {"四川料理", ""},
    {"千秋楽", ""},
    {"五十嵐", ""},
    {"千代田区", ""},
    {"一部の人", ""},
    {"万が一", "1"},
    {"105-0011", ""},
    {"3割", "3"},
    {"十人十色の町", ""},
    {"七五三の祝い", ""},
    {"七五三人", "753"},
    {"八百万の神", ""},
    {"八百万人", "8000000"},
    {"三三五五集まる", ""},
    {"三三五五人", "3355"},
    {"七五三五億人", "753500000000"},
    {"十分な量", ""},
};

constexpr Case kEnglish[] = {
    {"52,340 people", "52340"},
    {"13 562 people", "13562"},
    {"1 234 567.5", "1234567.5"},
    {"1'234'567", "1234567"},
    {"18,44,934 people", "1844934"},
    {"1.234.567", "1234567"},
    {"12,5 percent", "12.5"},
    {"-1.2M", "-1200000"},
    {"100K", "100000"},
    {".0012G", "1200000"},
    {"3/4", "0.75"},
    {"1 3/5", "1.6"},
    {"⅔", "0.666666666666667"},
    {"½", "0.5"},
    {"two", "2"},
    {"twenty-one thousand Eleven", "21011"},
    {"two thousand and thirty two seats", "2032"},
    {"half a million", "500000"},
    {"half a dozen", "6"},
    {"a hundred", "100"},
    {"2.4 billion", "2400000000"},
    {"30 lakh", "3000000"},
    {"three lakh crore", "3000000000000"},
    {"4 thousand 3 hundred and 21", "4321"},
    {"3 hundred and 2.12 hundred", "300; 212"},
    {"five eighths", "0.625"},
    {"twenty and three fifths", "20.6"},
    {"five and a quarter", "5.25"},
    {"nine point nought four", "9.04"},
    {"one twenty two", "122"},
    {"forty-five (45)", "45"},
    {"minus one", "-1"},
    {"3 million and 5 million", "3000000; 5000000"},
    {"$1,500", "1500"},
    {"Which one?", ""},
    {"Seven Sisters Road", ""},
    {"A4", ""},
    {"MD-90", ""},
    {"12th", ""},
    {"1.10.30", ""},
    {"1-14-2", ""},
    {"12:30", ""},
    {"4a", ""},
    {"twenty-first", ""},
    {"the one hundred and first visitor", ""},
    {"thirty seconds", "30"},
    {"No. 5", ""},
    {"3.825 people", "3.825|3825"},
    {"3.825 and 12.5", "3.825; 12.5"},
    {"3.825 and 1.234,5", "3825; 1234.5"},
};

TEST(Number, ReadsJapanese) {
  for (const Case& test : kJapanese) EXPECT_EQ(amounts_in(test.text), test.expected) << test.text;
}

TEST(Number, ReadsEnglish) {
  for (const Case& test : kEnglish) EXPECT_EQ(amounts_in(test.text), test.expected) << test.text;
}

const Number& only_number(const testing_values::Values& values) {
  return std::get<Number>(values.amounts.at(0).value);
}

TEST(Number, KeepsWhatWasStated) {
  testing_values::Values values;
  testing_values::read_values("93.9万人", "", values);
  EXPECT_EQ(only_number(values).stated.to_string(), "93.9");
  EXPECT_EQ(only_number(values).multiplier, 10000);
  EXPECT_EQ(only_number(values).value.to_integer(), 939000);
}

struct CounterCase {
  const char* text;
  CounterClass kind;
  const char* unit;
};

constexpr CounterCase kCounters[] = {
    {"52,340人", CounterClass::person, "{person}"},
    {"１２３世帯", CounterClass::household, "{household}"},
    {"1,234戸", CounterClass::household, "{household}"},
    {"12.5%", CounterClass::percent, "%"},
    {"￥1,200", CounterClass::currency, ""},
    {"1,200円", CounterClass::currency, ""},
    {"65歳", CounterClass::age, ""},
    {"第3位", CounterClass::ordinal, "{ordinal}"},
    {"434人/km2", CounterClass::density, "{person}/km2"},
    {"8.5人/ha", CounterClass::density, "{person}/har"},
    {"1平方キロメートル当たり434人", CounterClass::density, "{person}/km2"},
    {"1,580 per square kilometre", CounterClass::density, "{person}/km2"},
    {"1,580 people per sq mi", CounterClass::density, "{person}/[mi_i]2"},
    {"3.2 per 100,000 people", CounterClass::rate, "{rate}"},
    {"3割", CounterClass::percent, "10*-1"},
    {"12‰", CounterClass::percent, "[ppth]"},
};

TEST(Number, SeesWhatIsCounted) {
  for (const CounterCase& test : kCounters) {
    testing_values::Values values;
    testing_values::read_values(test.text, "", values);
    ASSERT_FALSE(values.amounts.empty()) << test.text;
    const auto* number = std::get_if<Number>(&values.amounts.back().value);
    ASSERT_NE(number, nullptr) << test.text;
    ASSERT_NE(number->counter, kNone) << test.text;
    const Counter& counter = default_rules().numbers.counters[number->counter];
    EXPECT_EQ(counter.kind, test.kind) << test.text;
    EXPECT_EQ(counter.unit, test.unit) << test.text;
  }
}

TEST(Number, SeesBoundsAndApproximations) {
  for (const auto& [text, approximate, bound] :
       std::vector<std::tuple<std::string, bool, Bound>>{{"52,340人", false, Bound::none},
                                                         {"約5万人", true, Bound::none},
                                                         {"5万人余り", true, Bound::none},
                                                         {"5万人以上", true, Bound::minimum},
                                                         {"5万人未満", true, Bound::maximum},
                                                         {"about 50,000 people", true, Bound::none},
                                                         {"over 50,000 people", true, Bound::minimum},
                                                         {"up to 50,000 people", true, Bound::maximum}}) {
    testing_values::Values values;
    testing_values::read_values(text, "", values);
    EXPECT_EQ(only_number(values).approximate, approximate) << text;
    EXPECT_EQ(only_number(values).bound, bound) << text;
  }
}

TEST(Number, LearnsTheDecimalMark) {
  EXPECT_EQ(amounts_in("1.234,5 and 7.890,25; 3.825 people"), "1234.5; 7890.25; 3825");
  EXPECT_EQ(amounts_in("1,234.5 and 7,890.25; 3.825 people"), "1234.5; 7890.25; 3.825");
}

TEST(Number, AnyBytesOfAnAlphabetAreRead) {
  const std::vector<std::string> alphabet = {
      "1",  "9",    "0",  ",",   ".",       "-",       "/",   " ",    "万", "億",  "千", "十", "二", "〇",
      "・", "分の", "と", "two", "hundred", "million", "and", "half", "a",  "km2", "%",  "$",  "人", "\n"};
  std::mt19937_64 random(13);
  for (int i = 0; i < 4000; ++i) {
    std::string text;
    for (std::uint64_t n = random() % 24; n > 0; --n) text += alphabet[random() % alphabet.size()];
    testing_values::Values values;
    testing_values::read_values(text, "", values);
    std::uint32_t end = 0;
    for (const Reading& reading : values.amounts) {
      ASSERT_LE(end, reading.span.start) << text;
      ASSERT_LT(reading.span.start, reading.span.end) << text;
      end = reading.span.end;
    }
    ASSERT_LE(end, values.text.folded.size()) << text;
  }
}

}  // namespace
}  // namespace yoran
