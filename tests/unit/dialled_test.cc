#include "interpret/dialled.h"

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

// What the library makes of it: 0 if it is no number for it.
std::string asked(const std::string& dialled, const std::string& region) {
  PhoneNumber number;
  const auto error = PhoneNumberUtil::GetInstance()->Parse(dialled, region, &number);
  return error == PhoneNumberUtil::NO_PARSING_ERROR ? number.SerializeAsString() : "0";
}

// Digits as drawn, so that each run asks the same.
class Digits {
 public:
  std::string draw(std::size_t size) {
    std::string digits;
    while (digits.size() < size) digits += static_cast<char>('0' + random_() % 10);
    return digits;
  }

 private:
  std::minstd_rand random_{7};
};

TEST(Dialled, InternationalNumbersAreSplitAsTheLibraryDoes) {
  std::set<int> codes;
  PhoneNumberUtil::GetInstance()->GetSupportedCallingCodes(&codes);
  ASSERT_GT(codes.size(), 200U);
  Digits digits;
  std::size_t split = 0;
  for (const int code : codes) {
    for (int lead = 0; lead < 100; ++lead) {
      const std::string begin = std::to_string(code) + (lead < 10 ? "0" : "") + std::to_string(lead);
      for (std::size_t size = begin.size() + 4; size <= 15; ++size) {
        const std::string whole = begin + digits.draw(size - begin.size());
        PhoneNumber number;
        if (!split_international(whole, number)) continue;
        ++split;
        ASSERT_EQ(number.SerializeAsString(), asked("+" + whole, "ZZ")) << whole;
      }
    }
  }
  EXPECT_GT(split, 50'000U);
}

TEST(Dialled, DigitsWithoutACountryAreLeftToTheLibrary) {
  Digits digits;
  for (int code = 0; code < 1000; ++code) {
    const std::string whole = std::to_string(code) + digits.draw(10);
    PhoneNumber number;
    if (!split_international(whole, number)) continue;
    ASSERT_EQ(number.SerializeAsString(), asked("+" + whole, "ZZ")) << whole;
  }
  for (const char* whole : {"", "0", "00", "8112", "0335810101", "999123456789"}) {
    PhoneNumber number;
    EXPECT_FALSE(split_international(whole, number)) << whole;
  }
}

TEST(Dialled, JapaneseNumbersAreSplitAsTheLibraryDoes) {
  Digits digits;
  for (int i = 0; i < 20'000; ++i) {
    const std::string dialled = "0" + digits.draw(i % 2 == 0 ? 9 : 10);
    PhoneNumber number;
    if (!split_japanese(dialled, number)) continue;
    ASSERT_EQ(number.SerializeAsString(), asked(dialled, "JP")) << dialled;
  }
}

// The numbers that the library itself gives as examples, of every country and kind.
TEST(Dialled, ExampleNumbers) {
  const PhoneNumberUtil& book = *PhoneNumberUtil::GetInstance();
  std::set<std::string> regions;
  book.GetSupportedRegions(&regions);
  for (const std::string& region : regions) {
    for (int type = PhoneNumberUtil::FIXED_LINE; type <= PhoneNumberUtil::VOICEMAIL; ++type) {
      PhoneNumber example;
      if (!book.GetExampleNumberForType(region, static_cast<PhoneNumberUtil::PhoneNumberType>(type),
                                        &example))
        continue;
      std::string dialled;
      book.Format(example, PhoneNumberUtil::E164, &dialled);
      PhoneNumber number;
      if (!split_international(dialled.substr(1), number)) continue;
      EXPECT_EQ(number.SerializeAsString(), asked(dialled, "ZZ")) << dialled;
    }
  }
}

}  // namespace
}  // namespace yoran
