// Dates: any text, with and without a reference date, gives only dates that calendars have. The first byte
// says whether there is a reference date.
#include "interpret/calendar.h"
#include "value_input.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0 || size > yoran::kMaxInput) return 0;
  const std::optional<yoran::DatePoint> reference =
      data[0] % 2 == 0 ? yoran::parse_iso_day("2020-02-29") : std::nullopt;
  const yoran::ValueInput input =
      yoran::read_values({reinterpret_cast<const char*>(data) + 1, size - 1}, reference);
  std::uint32_t end = 0;
  for (const yoran::Reading& reading : input.readings) {
    const auto* date = std::get_if<yoran::Date>(&reading.value);
    if (date == nullptr) continue;
    yoran::require(reading.span.start >= end, "dates do not overlap");
    end = reading.span.end;
    yoran::require(yoran::is_valid(date->first), "the date exists");
    if (date->form == yoran::DateForm::interval) {
      yoran::require(yoran::is_valid(date->last), "the end of the range exists");
      yoran::require(
          !date->first.has_year || !date->last.has_year || yoran::compare(date->first, date->last) <= 0,
          "a range ends after it begins");
    }
    yoran::require(reference || !date->relative, "without a reference date nothing is relative");
  }
  return 0;
}
