#include "interpret/number_plan.h"

#include <phonenumbers/phonemetadata.pb.h>
#include <re2/re2.h>
#include <re2/set.h>

#include <array>
#include <bitset>
#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

// The library's plans as it was built with them, a serialized PhoneMetadataCollection: exported, but declared
// in none of the headers that are installed.
namespace i18n::phonenumbers {
int metadata_size();
const void* metadata_get();
}  // namespace i18n::phonenumbers

namespace yoran {
namespace {

using i18n::phonenumbers::PhoneMetadata;
using i18n::phonenumbers::PhoneMetadataCollection;
using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberDesc;
using Type = i18n::phonenumbers::PhoneNumberUtil::PhoneNumberType;
using Util = i18n::phonenumbers::PhoneNumberUtil;

constexpr std::size_t kLengths = 32;  // of numbers, in digits; E.164 allows 15

// The patterns of a plan; those with a type in the order in which the library asks for them.
enum Pattern : std::uint8_t {
  kAny,
  kPremiumRate,
  kTollFree,
  kSharedCost,
  kVoip,
  kPersonal,
  kPager,
  kCompany,
  kVoicemail,
  kFixedLineOrMobile,  // no pattern of its own: both
  kFixedLine,
  kMobile,
  kLeadingDigits,
  kPatterns
};
constexpr std::array<Type, kLeadingDigits> kTypes = {
    Util::UNKNOWN,   Util::PREMIUM_RATE,         Util::TOLL_FREE,  Util::SHARED_COST,
    Util::VOIP,      Util::PERSONAL_NUMBER,      Util::PAGER,      Util::UAN,
    Util::VOICEMAIL, Util::FIXED_LINE_OR_MOBILE, Util::FIXED_LINE, Util::MOBILE};

using Matches = std::bitset<kPatterns>;

// The plan of one region, compiled when its first number comes.
class RegionPlan {
 public:
  // `plan` outlives it.
  explicit RegionPlan(const PhoneMetadata& plan)
      : plan_(plan), patterns_(RE2::Options(RE2::Quiet), RE2::ANCHOR_BOTH) {}

  // None if RE2 cannot tell.
  [[nodiscard]] std::optional<Matches> match(const std::string& national) {
    std::call_once(once_, [this] { usable_ = compile(); });
    RE2::Set::ErrorInfo error{RE2::Set::kNoError};
    std::vector<int> found;
    if (!usable_ || (!patterns_.Match(national, &found, &error) && error.kind != RE2::Set::kNoError))
      return std::nullopt;
    Matches matches;
    for (const int index : found) {
      const Pattern pattern = order_[static_cast<std::size_t>(index)];
      if (lengths_[pattern].none() || (national.size() < kLengths && lengths_[pattern][national.size()]))
        matches.set(pattern);
    }
    return matches;
  }

  // Regions that share a country code are told apart by the digits their numbers begin with, the first of
  // them by its numbers.
  [[nodiscard]] bool holds(Matches matches) const {
    return plan_.has_leading_digits() ? matches[kLeadingDigits] : type_of(matches) != Util::UNKNOWN;
  }

  [[nodiscard]] Type type_of(Matches matches) const {
    if (!matches[kAny]) return Util::UNKNOWN;
    if (matches[kFixedLine] && (plan_.same_mobile_and_fixed_line_pattern() || matches[kMobile]))
      matches.set(kFixedLineOrMobile);
    for (std::size_t pattern = kPremiumRate; pattern < kTypes.size(); ++pattern) {
      if (matches[pattern]) return kTypes[pattern];
    }
    return Util::UNKNOWN;
  }

 private:
  bool compile() {
    bool usable = add(plan_.general_desc(), kAny) && add(plan_.premium_rate(), kPremiumRate) &&
                  add(plan_.toll_free(), kTollFree) && add(plan_.shared_cost(), kSharedCost) &&
                  add(plan_.voip(), kVoip) && add(plan_.personal_number(), kPersonal) &&
                  add(plan_.pager(), kPager) && add(plan_.uan(), kCompany) &&
                  add(plan_.voicemail(), kVoicemail) && add(plan_.fixed_line(), kFixedLine) &&
                  add(plan_.mobile(), kMobile);
    if (plan_.has_leading_digits())
      usable = usable && add("(?:" + plan_.leading_digits() + ")[0-9]*", kLeadingDigits);
    return usable && patterns_.Compile();
  }

  bool add(const PhoneNumberDesc& numbers, Pattern pattern) {
    for (const int length : numbers.possible_length()) {
      if (length < 0) return true;  // the region has no such numbers
      if (length < static_cast<int>(kLengths)) lengths_[pattern].set(static_cast<std::size_t>(length));
    }
    return numbers.national_number_pattern().empty() || add(numbers.national_number_pattern(), pattern);
  }

  bool add(const std::string& digits, Pattern pattern) {
    order_.push_back(pattern);
    return patterns_.Add(digits, nullptr) >= 0;
  }

  const PhoneMetadata& plan_;
  std::once_flag once_;
  bool usable_ = false;
  RE2::Set patterns_;
  std::vector<Pattern> order_;                            // what each pattern of the set says
  std::array<std::bitset<kLengths>, kPatterns> lengths_;  // digits a number may have; none: any
};

// All plans, by country code; the main region of a code comes first.
class NumberPlans {
 public:
  NumberPlans() {
    if (!all_.ParseFromArray(i18n::phonenumbers::metadata_get(), i18n::phonenumbers::metadata_size())) return;
    std::set<int> codes;
    Util::GetInstance()->GetSupportedCallingCodes(&codes);
    for (const int code : codes) {
      std::list<std::string> regions;
      Util::GetInstance()->GetRegionCodesForCountryCallingCode(code, &regions);
      for (const std::string& region : regions) add(code, region);
    }
  }

  // Empty: nothing is known of the code.
  [[nodiscard]] const std::vector<std::unique_ptr<RegionPlan>>& of(int code) const {
    static const std::vector<std::unique_ptr<RegionPlan>> kNone;
    const auto plans = by_code_.find(code);
    return plans == by_code_.end() ? kNone : plans->second;
  }

 private:
  void add(int code, const std::string& region) {
    for (const PhoneMetadata& plan : all_.metadata()) {
      if (plan.country_code() == code && plan.id() == region)
        by_code_[code].push_back(std::make_unique<RegionPlan>(plan));
    }
  }

  PhoneMetadataCollection all_;
  std::map<int, std::vector<std::unique_ptr<RegionPlan>>> by_code_;
};

}  // namespace

Type number_type(const PhoneNumber& number) {
  static const NumberPlans kPlans;
  const Util& book = *Util::GetInstance();
  std::string national;
  book.GetNationalSignificantNumber(number, &national);
  const auto& plans = kPlans.of(number.country_code());
  if (plans.empty()) return book.GetNumberType(number);
  for (const auto& plan : plans) {
    const auto matches = plan->match(national);
    if (!matches) return book.GetNumberType(number);
    if (plans.size() == 1 || plan->holds(*matches)) return plan->type_of(*matches);
  }
  return Util::UNKNOWN;
}

}  // namespace yoran
