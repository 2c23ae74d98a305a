#include "interpret/dialled.h"

#include <phonenumbers/phonenumberutil.h>

#include <algorithm>
#include <bitset>
#include <set>
#include <string_view>

#include "types/ascii.h"

namespace yoran {
namespace {

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

constexpr std::size_t kCodes = 1000;  // of three digits at most
constexpr int kJapan = 81;
// Their numbers have codes of carriers and of mobile networks inside, whatever they begin with.
constexpr int kArgentina = 54;
constexpr int kBrazil = 55;

// Those whose numbers are written with the digit that leads out of the own town or without it, no otherwise.
const std::bitset<kCodes>& plain_codes() {
  static const std::bitset<kCodes> kPlain = [] {
    std::set<int> known;
    PhoneNumberUtil::GetInstance()->GetSupportedCallingCodes(&known);
    std::bitset<kCodes> codes;
    for (const int code : known) codes.set(static_cast<std::size_t>(code));
    codes.reset(kArgentina);
    codes.reset(kBrazil);
    return codes;
  }();
  return kPlain;
}

bool are_digits(std::string_view text) { return std::all_of(text.begin(), text.end(), is_ascii_digit); }

}  // namespace

bool split_japanese(const std::string& digits, PhoneNumber& number) {
  constexpr std::string_view kExitCode = "010";
  const bool usual = (digits.size() == 10 || digits.size() == 11) && digits[0] == '0' && digits[1] != '0' &&
                     !digits.starts_with(kExitCode) && are_digits(digits);
  if (!usual) return false;
  number.set_country_code(kJapan);
  number.set_national_number(std::stoull(digits));
  return true;
}

bool split_international(const std::string& digits, PhoneNumber& number) {
  constexpr std::size_t kWhole = 8;  // shorter ones may lack the code of their town
  constexpr std::size_t kLongest = 15;
  constexpr std::string_view kTrunkDigits = "018";  // what leads out of the own town begins with one of them
  if (digits.size() > kLongest || digits[0] == '0' || !are_digits(digits)) return false;
  int code = 0;
  std::size_t size = 0;
  do {
    if (size + kWhole >= digits.size() || size == 3) return false;
    code = code * 10 + (digits[size++] - '0');
  } while (code == 0 || !plain_codes()[static_cast<std::size_t>(code)]);
  if (kTrunkDigits.find(digits[size]) != std::string_view::npos) return false;
  number.set_country_code(code);
  number.set_national_number(std::stoull(digits.substr(size)));
  return true;
}

}  // namespace yoran
