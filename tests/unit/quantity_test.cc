#include "interpret/quantity.h"

#include <gtest/gtest.h>

#include <string>

#include "value_text.h"

namespace yoran {
namespace {

using testing_values::amounts_in;
using testing_values::default_rules;

struct Case {
  const char* text;
  const char* expected;
};

constexpr Case kQuantities[] = {
    {"120.50平方キロメートル", "120.5 km2"},
    {"120.5㎢", "120.5 km2"},
    {"120.5k㎡", "120.5 km2"},
    {"120.5 km²", "120.5 km2"},
    {"120.5 km 2", "120.5 km2"},
    {"120.5 sqkm", "120.5 km2"},
    {"120.5 sq. km", "120.5 km2"},
    {"467 sq mi", "467 [mi_i]2"},
    {"467 mi sq", "467 [mi_i]2"},
    {"467 square miles (1,210 km2)", "467 [mi_i]2; 1210 km2"},
    {"19万平方メートル", "190000 m2"},
    {"12ヘクタール", "12 har"},
    {"12 ha", "12 har"},
    {"300坪", "300 {tsubo}"},
    {"5町歩", "5 {cho}"},
    {"a 160-acre park", "160 [acr_us]"},
    {"a 68-ounce can", "68 [oz_av]"},
    {"5 ft 2 in", "62 [in_i]"},
    {"7 feet, 10 inches", "94 [in_i]"},
    {"6'2\"", "74 [in_i]"},
    {"2 km and 1 metre", "2001 m"},
    {"10 kms, 8 meters and 6 centimeters", "1000806 cm"},
    {"時速60キロ", "60 km/h"},
    {"時速188マイル", "188 [mi_i]/h"},
    {"秒速20メートル", "20 m/s"},
    {"188 miles an hour", "188 [mi_i]/h"},
    {"15 m/s", "15 m/s"},
    {"20ノット", "20 [kn_i]"},
    {"1.5 million gallon tank", "1500000 [gal_us]"},
    {"½ teaspoon", "0.5 [tsp_us]"},
    {"1/4マイル", "0.25 [mi_i]"},
    {"0.9兆立方フィート", "900000000000 [ft_i]3"},
    {"one mile", "1 [mi_i]"},
    {"500ml", "500 mL"},
    {"100 MB", "100"},
    {"90 degrees", "90"},
    {"$5 million", "5000000"},
    {"10 in total", "10"},
    {"6'2\" and 5'10\"", "74 [in_i]; 70 [in_i]"},
    {"he said \"page 12\"", "12"},
    {"1m80cm", "180 cm"},
    {"26.2 miles 42.195 km", "26.2 [mi_i]; 42.195 km"},
    {"5 miles 2 km", "5 [mi_i]; 2 km"},
    {"10 km, 5000 m", "10 km; 5000 m"},
    {"2 yards and 7 feet", "13 [ft_i]"},
    {"1平方キロメートル当たり434人", "434"},
    {"20 km2 500 m2", "20 km2; 500 m2"},
};

TEST(Quantity, ReadsUnits) {
  for (const Case& test : kQuantities) EXPECT_EQ(amounts_in(test.text), test.expected) << test.text;
}

TEST(Quantity, KeepsTheOtherReadingOfADoubtfulUnit) {
  testing_values::Values values;
  testing_values::read_values("20キロの荷物", "", values);
  ASSERT_EQ(values.amounts.size(), 1U);
  const auto& units = default_rules().units.units;
  EXPECT_EQ(units[std::get<Quantity>(values.amounts[0].value).unit].code, "km");
  ASSERT_EQ(values.amounts[0].alternatives.size(), 1U);
  EXPECT_EQ(units[std::get<Quantity>(values.amounts[0].alternatives[0]).unit].code, "kg");
}

TEST(Quantity, ConvertsExactlyOrNotAtAll) {
  const UnitRules& units = default_rules().units;
  const auto of = [&](const char* code) { return units.unit_of_code(code); };
  EXPECT_EQ(units.convert({5, 0}, of("[ft_i]"), of("[in_i]"))->to_string(), "60");
  EXPECT_EQ(units.convert({25, -1}, of("km"), of("m"))->to_integer(), 2500);
  EXPECT_EQ(units.convert({1, 0}, of("[mi_i]"), of("m"))->to_string(), "1609.344");
  EXPECT_FALSE(units.convert({1, 0}, of("m"), of("[ft_i]")));
  EXPECT_FALSE(units.convert({1, 0}, of("m"), of("km2")));
}

TEST(Quantity, AreasInSquareKilometres) {
  const UnitRules& units = default_rules().units;
  const auto km2 = [&](const Decimal& value, const char* code) {
    return scaled(value, units.units[units.unit_of_code(code)].factor);
  };
  EXPECT_EQ(km2({12050, -2}, "km2"), 120.5);
  EXPECT_EQ(km2({467, 0}, "[mi_i]2"), 1209.52444752691);
  EXPECT_EQ(km2({100, 0}, "har"), 1.0);
  EXPECT_EQ(km2({302500, 0}, "{tsubo}"), 1.0);
  EXPECT_EQ(km2({190000, 0}, "m2"), 0.19);
}

}  // namespace
}  // namespace yoran
