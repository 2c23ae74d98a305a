// Numbers and quantities: any text gives readings in order that do not overlap, with values that print and
// parse back.
#include "types/decimal.h"
#include "value_input.h"

namespace yoran {
namespace {

void check(const Number& number) {
  const auto again = Decimal::parse(number.value.to_string());
  require(!again || again->normalized() == number.value.normalized(), "a printed number is the number");
}

}  // namespace
}  // namespace yoran

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > yoran::kMaxInput) return 0;
  const yoran::ValueInput input = yoran::read_values({reinterpret_cast<const char*>(data), size}, {});
  std::uint32_t end = 0;
  for (const yoran::Reading& reading : input.readings) {
    const auto* number = std::get_if<yoran::Number>(&reading.value);
    const auto* quantity = std::get_if<yoran::Quantity>(&reading.value);
    if (number == nullptr && quantity == nullptr) continue;
    yoran::require(reading.span.start >= end, "numbers do not overlap");
    end = reading.span.end;
    yoran::check(number != nullptr ? *number : quantity->number);
  }
  return 0;
}
