#include "types/decimal.h"

#include <charconv>
#include <cstdio>
#include <limits>

namespace yoran {
namespace {

bool multiply(std::int64_t a, std::int64_t b, std::int64_t& product) {
  return !__builtin_mul_overflow(a, b, &product);
}

constexpr std::int64_t kSignificant = 1'000'000'000'000'000;  // 15 digits

// digits * 10^exponent when one operation on doubles rounds it correctly: both operands are exact (Clinger's
// fast path).
std::optional<double> exact_double(std::int64_t digits, std::int32_t exponent) {
  constexpr double kPowers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
  if (digits <= -kSignificant || digits >= kSignificant || exponent < -22 || exponent > 22)
    return std::nullopt;
  const auto exact = static_cast<double>(digits);
  return exponent < 0 ? exact / kPowers[-exponent] : exact * kPowers[exponent];
}

}  // namespace

std::optional<Decimal> Decimal::parse(std::string_view ascii) {
  Decimal result;
  bool negative = false;
  bool fraction = false;
  bool any = false;
  if (!ascii.empty() && ascii.front() == '-') {
    negative = true;
    ascii.remove_prefix(1);
  }
  for (const char c : ascii) {
    if (c == '.' && !fraction && any) {
      fraction = true;
      continue;
    }
    if (c < '0' || c > '9') return std::nullopt;
    any = true;
    if (result.digits > (std::numeric_limits<std::int64_t>::max() - 9) / 10) return std::nullopt;
    result.digits = result.digits * 10 + (c - '0');
    if (fraction) --result.exponent;
  }
  if (!any || ascii.back() == '.') return std::nullopt;
  if (negative) result.digits = -result.digits;
  return result;
}

Decimal Decimal::normalized() const {
  Decimal result = *this;
  if (result.digits == 0) return {0, 0};
  while (result.digits % 10 == 0) {
    result.digits /= 10;
    ++result.exponent;
  }
  return result;
}

bool Decimal::is_integer() const { return normalized().exponent >= 0; }

std::optional<std::int64_t> Decimal::to_integer() const {
  Decimal value = normalized();
  if (value.exponent < 0) return std::nullopt;
  for (; value.exponent > 0; --value.exponent) {
    if (!multiply(value.digits, 10, value.digits)) return std::nullopt;
  }
  return value.digits;
}

double Decimal::to_double() const {
  if (const auto fast = exact_double(digits, exponent)) return *fast;
  // The decimal library routine rounds correctly; arithmetic with powers of ten would round twice.
  const std::string text = std::to_string(digits) + "e" + std::to_string(exponent);
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::string Decimal::to_string() const {
  std::string text = std::to_string(digits < 0 ? -digits : digits);
  if (exponent > 0 && digits != 0) text.append(static_cast<std::size_t>(exponent), '0');
  if (exponent < 0) {
    const auto scale = static_cast<std::size_t>(-exponent);
    if (text.size() <= scale) text.insert(0, scale + 1 - text.size(), '0');
    text.insert(text.size() - scale, 1, '.');
  }
  return digits < 0 ? "-" + text : text;
}

std::optional<Decimal> Decimal::times(std::int64_t factor) const {
  // A power of ten in the factor goes to the exponent first, so that 93.9 * 10000 stays small.
  Decimal result = *this;
  while (factor != 0 && factor % 10 == 0 && result.exponent < 0) {
    factor /= 10;
    ++result.exponent;
  }
  if (!multiply(result.digits, factor, result.digits)) return std::nullopt;
  return result;
}

std::optional<Decimal> Decimal::plus(const Decimal& other) const {
  Decimal a = *this;
  Decimal b = other;
  if (a.exponent < b.exponent) std::swap(a, b);
  for (; a.exponent > b.exponent; --a.exponent) {
    if (!multiply(a.digits, 10, a.digits)) return std::nullopt;
  }
  if (__builtin_add_overflow(a.digits, b.digits, &a.digits)) return std::nullopt;
  return a;
}

double scaled(const Decimal& value, const Fraction& factor) {
  // 113 bits of mantissa in __float128, or 64 in an x87 long double, are more than the 15 digits asked for.
  const Decimal plain = value.normalized();
  std::int64_t product = 0;
  if (factor.denominator != 0 && multiply(plain.digits, factor.numerator, product) &&
      product % factor.denominator == 0) {
    if (const auto fast = exact_double(product / factor.denominator, plain.exponent)) return *fast;
  }
  auto exact = static_cast<__float128>(plain.digits) * factor.numerator / factor.denominator;
  for (std::int32_t e = plain.exponent; e > 0; --e) exact *= 10;
  __float128 divisor = 1;
  for (std::int32_t e = plain.exponent; e < 0; ++e) divisor *= 10;
  exact /= divisor;
  char text[64];
  const auto as_long = static_cast<long double>(exact);
  const int size = std::snprintf(text, sizeof text, "%.14Le", as_long);
  double rounded = 0;
  std::from_chars(text, text + size, rounded);
  return rounded;
}

}  // namespace yoran
