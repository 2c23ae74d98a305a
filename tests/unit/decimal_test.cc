#include "types/decimal.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <random>
#include <string>

namespace yoran {
namespace {

struct ParseCase {
  const char* text;
  const char* printed;  // null: no decimal
};

constexpr ParseCase kParsed[] = {
    {"0", "0"},
    {"120.50", "120.50"},
    {"-4.5", "-4.5"},
    {"007", "7"},
    {"0.0012", "0.0012"},
    {"-0.05", "-0.05"},
    {"123456789012345678", "123456789012345678"},
    {"", nullptr},
    {"-", nullptr},
    {".5", nullptr},
    {"5.", nullptr},
    {"1.2.3", nullptr},
    {"1,000", nullptr},
    {"+1", nullptr},
    {"12345678901234567890", nullptr},
};

TEST(Decimal, ParsesAndPrints) {
  for (const ParseCase& test : kParsed) {
    const auto decimal = Decimal::parse(test.text);
    ASSERT_EQ(decimal.has_value(), test.printed != nullptr) << test.text;
    if (decimal) {
      EXPECT_EQ(decimal->to_string(), test.printed);
    }
  }
}

TEST(Decimal, MultipliesExactly) {
  EXPECT_EQ(Decimal({939, -1}).times(10000)->to_integer(), 939000);
  EXPECT_EQ(Decimal({57, -2}).times(100)->to_integer(), 57);
  EXPECT_EQ(Decimal({12, -1}).times(1)->to_string(), "1.2");
  EXPECT_FALSE(Decimal({INT64_MAX, 0}).times(3));
}

TEST(Decimal, AddsAcrossExponents) {
  EXPECT_EQ(Decimal({1, 3}).plus({25, -1})->to_string(), "1002.5");
  EXPECT_EQ(Decimal({5, 0}).plus({-5, 0})->to_integer(), 0);
  EXPECT_FALSE(Decimal({INT64_MAX, 0}).plus({1, 0}));
}

TEST(Decimal, KnowsIntegers) {
  EXPECT_TRUE(Decimal({20, -1}).is_integer());
  EXPECT_EQ(Decimal({20, -1}).to_integer(), 2);
  EXPECT_FALSE(Decimal({25, -1}).to_integer());
  EXPECT_FALSE(Decimal({1, 30}).to_integer());
}

TEST(Decimal, ScalesWithOneRounding) {
  EXPECT_EQ(scaled({57, 0}, {1, 100}), 0.57);
  EXPECT_EQ(scaled({1000000, 0}, {1, 1000000}), 1.0);
  EXPECT_EQ(scaled({467, 0}, {40468564224, 15625000000}), 1209.52444752691);
  EXPECT_EQ(scaled({-3, 0}, {1, 3}), -1.0);
}

TEST(Decimal, ReadsBackWhatItPrints) {
  std::mt19937_64 random(7);
  for (int i = 0; i < 20000; ++i) {
    const Decimal decimal{static_cast<std::int64_t>(random() % 1'000'000'000'000'000) - 500'000'000'000'000,
                          -static_cast<std::int32_t>(random() % 10)};
    const auto again = Decimal::parse(decimal.to_string());
    ASSERT_TRUE(again) << decimal.to_string();
    EXPECT_EQ(again->normalized(), decimal.normalized()) << decimal.to_string();
  }
}

}  // namespace
}  // namespace yoran
