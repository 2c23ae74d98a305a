#include "interpret/number_plan.h"

#include <gtest/gtest.h>
#include <phonenumbers/phonenumberutil.h>

#include <cstdint>
#include <random>
#include <set>
#include <string>

namespace yoran {
namespace {

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

// The library is asked about the same number; drawn numbers are the same in each run.
class NumberPlan : public testing::Test {
 protected:
  void expect_type_of_library(const PhoneNumber& number) {
    ++asked_;
    const auto type = book_.GetNumberType(number);
    known_ += type == PhoneNumberUtil::UNKNOWN ? 0 : 1;
    ASSERT_EQ(number_type(number), type) << number.country_code() << ' ' << number.national_number();
  }

  const PhoneNumberUtil& book_ = *PhoneNumberUtil::GetInstance();
  std::minstd_rand random_{7};
  int asked_ = 0;
  int known_ = 0;
};

TEST_F(NumberPlan, DrawnNumbers) {
  std::set<int> codes;
  book_.GetSupportedCallingCodes(&codes);
  for (const int code : codes) {
    for (std::size_t size = 3; size <= 15; ++size) {
      for (int i = 0; i < 20; ++i) {
        PhoneNumber number;
        number.set_country_code(code);
        std::string digits;
        while (digits.size() < size) digits += static_cast<char>('0' + random_() % 10);
        number.set_national_number(std::stoull(digits));
        expect_type_of_library(number);
      }
    }
  }
  EXPECT_GT(asked_, 40'000);
}

// The numbers that the library gives as examples, and others with a digit changed: most are of some type.
TEST_F(NumberPlan, ExamplesAndTheirNeighbours) {
  std::set<std::string> regions;
  book_.GetSupportedRegions(&regions);
  for (const std::string& region : regions) {
    for (int type = PhoneNumberUtil::FIXED_LINE; type <= PhoneNumberUtil::VOICEMAIL; ++type) {
      PhoneNumber number;
      if (!book_.GetExampleNumberForType(region, static_cast<PhoneNumberUtil::PhoneNumberType>(type),
                                         &number))
        continue;
      expect_type_of_library(number);
      for (int i = 0; i < 20; ++i) {
        std::string digits = std::to_string(number.national_number());
        digits[random_() % digits.size()] = static_cast<char>('0' + random_() % 10);
        PhoneNumber other = number;
        other.set_national_number(std::stoull(digits));
        expect_type_of_library(other);
      }
    }
  }
  EXPECT_GT(known_, asked_ / 2);
}

TEST_F(NumberPlan, NoPlan) {
  for (const int code : {0, 2, 210, 999, 1234567}) {
    PhoneNumber number;
    number.set_country_code(code);
    number.set_national_number(335810101);
    EXPECT_EQ(number_type(number), PhoneNumberUtil::UNKNOWN) << code;
  }
}

}  // namespace
}  // namespace yoran
