// Typed values: what stage 5 reads out of a mention.
#ifndef YORAN_TYPES_VALUE_H_
#define YORAN_TYPES_VALUE_H_

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "types/bound.h"
#include "types/boxed.h"
#include "types/date.h"
#include "types/decimal.h"
#include "types/document.h"
#include "types/span.h"

namespace yoran {

// A number with what stands around it that changes its meaning. A percentage, a price, a count: all are
// numbers.
struct Number {
  Decimal value;                // multipliers applied: 93.9 with a multiplier of 10000 is 939000
  Decimal stated;               // the digits as written
  std::int64_t multiplier = 1;  // 1: none; 0: several, or words, `stated` is then the value
  bool approximate = false;
  Bound bound = Bound::none;      // "more than", "up to"
  std::uint32_t counter = kNone;  // into CounterRules: the counter or sign that follows or precedes it
  TextSpan counter_span;          // outside the number's own span
  friend bool operator==(const Number&, const Number&) = default;
};

// A measured quantity: length, area, volume, mass, speed.
struct Quantity {
  Number number;
  std::uint32_t unit = kNone;  // into UnitRules::units: UCUM code, dimension, factor
  friend bool operator==(const Quantity&, const Quantity&) = default;
};

enum class PhoneKind : std::uint8_t { voice, fax, mobile, toll_free };

struct Phone {
  std::string e164;  // "+81935822102"; empty: could not be completed
  std::string extension;
  std::string stated;  // digits as written, when e164 is empty
  PhoneKind kind = PhoneKind::voice;
  bool assumed_region = false;  // the country is not printed
  bool assumed_area_code = false;
  friend bool operator==(const Phone&, const Phone&) = default;
};

struct Url {
  std::string value;  // scheme and host in lower case
  std::string ascii;  // IDNA form when it differs
  bool assumed_scheme = false;
  friend bool operator==(const Url&, const Url&) = default;
};

struct Email {
  std::string value;
  friend bool operator==(const Email&, const Email&) = default;
};

enum class AddressKind : std::uint8_t { unspecified, physical, postal };

// Names after the address model of the Japanese government's interoperability framework (GIF). Components
// keep the printed wording, width folded. Empty: not printed and not implied.
struct Address {
  std::string country;  // ISO 3166-1 alpha-2
  std::string postal_code;
  std::string prefecture;       // Japan
  std::string region;           // elsewhere
  std::string city_and_county;  // Japan
  std::string locality;         // elsewhere
  std::string street_address;
  std::string city_block;
  std::string building_name_etc;
  std::string care_of;
  std::string po_box;
  std::string organization;
  std::string local_government_code;
  std::uint8_t match_level = 0;  // 0 none, 1 prefecture or region, 2 municipality, 3 town, 8 block
  std::string label;
  std::string section;
  AddressKind kind = AddressKind::unspecified;
  std::string full_address;
  std::vector<std::string> assumed;  // names of the members that are not printed
  friend bool operator==(const Address&, const Address&) = default;
};

// A name of a place, person or body as the document writes it.
struct Name {
  std::string value;
  std::string kind;                   // of the subject: city, ... ; empty otherwise
  std::string title;                  // of a head: as written
  std::string local_government_code;  // of a subject
  friend bool operator==(const Name&, const Name&) = default;
};

// An address is several times as large as any other value, and rare.
using Value = std::variant<std::monostate, Number, Quantity, Date, Phone, Url, Email, Boxed<Address>, Name>;

// The address that a value is; null: it is something else.
[[nodiscard]] inline Address* address_in(Value& value) {
  auto* boxed = std::get_if<Boxed<Address>>(&value);
  return boxed == nullptr ? nullptr : &**boxed;
}
[[nodiscard]] inline const Address* address_in(const Value& value) {
  const auto* boxed = std::get_if<Boxed<Address>>(&value);
  return boxed == nullptr ? nullptr : &**boxed;
}

}  // namespace yoran

#endif  // YORAN_TYPES_VALUE_H_
