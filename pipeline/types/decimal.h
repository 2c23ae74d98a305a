// An exact decimal number: digits * 10^exponent. Never rounded; what does not fit does not parse.
#ifndef YORAN_TYPES_DECIMAL_H_
#define YORAN_TYPES_DECIMAL_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace yoran {

struct Decimal {
  std::int64_t digits = 0;
  std::int32_t exponent = 0;  // "120.50" is {12050, -2}: the precision as written is kept

  // ASCII: optional '-', digits, optional '.' and digits. Up to 18 significant digits.
  [[nodiscard]] static std::optional<Decimal> parse(std::string_view ascii);

  [[nodiscard]] bool is_integer() const;  // of value, not of spelling: 2.0 is one
  [[nodiscard]] std::optional<std::int64_t> to_integer()
      const;                                    // none: a fraction is left or it does not fit
  [[nodiscard]] double to_double() const;       // correctly rounded
  [[nodiscard]] std::string to_string() const;  // plain notation, "120.50", "93.9", "1200"
  [[nodiscard]] std::optional<Decimal> times(std::int64_t factor) const;  // none: overflow
  [[nodiscard]] std::optional<Decimal> plus(const Decimal& other) const;  // none: overflow
  [[nodiscard]] Decimal normalized() const;                               // no trailing zero in digits

  friend bool operator==(const Decimal&, const Decimal&) = default;  // of representation; 2.0 and 2 differ
};

// a/b as a fraction, for exact unit factors.
struct Fraction {
  std::int64_t numerator = 1;
  std::int64_t denominator = 1;
  friend bool operator==(const Fraction&, const Fraction&) = default;
};

// value * factor rounded once to 15 significant digits, the precision that survives a double both ways.
[[nodiscard]] double scaled(const Decimal& value, const Fraction& factor);

}  // namespace yoran

#endif  // YORAN_TYPES_DECIMAL_H_
