// One measure in two units: 467 sq mi (1,210 km2).
#include <algorithm>
#include <cmath>

#include "check/context.h"
#include "types/decimal.h"

namespace yoran {
namespace {

struct Measure {
  double amount = 0;    // in the base unit of its dimension
  double rounding = 0;  // half of its last digit that is not a zero
  Dimension dimension = Dimension::length;
  std::uint32_t unit = kNone;
};

std::optional<Measure> measure_of(const Reading& reading, const UnitRules& rules) {
  const auto* quantity = std::get_if<Quantity>(&reading.value);
  if (quantity == nullptr || quantity->unit >= rules.units.size() || !reading.alternatives.empty())
    return std::nullopt;
  if (quantity->number.value.digits == 0 || quantity->number.bound != Bound::none) return std::nullopt;
  const Unit& unit = rules.units[quantity->unit];
  const Decimal exact = quantity->number.value.normalized();
  Measure measure{scaled(exact, unit.factor), 0, unit.dimension, quantity->unit};
  measure.rounding = std::abs(scaled(Decimal{1, exact.exponent}, unit.factor)) / 2;
  return measure;
}

// In one line, or in two lines of one block: 46.5 sq mi<br>(120.5 km2).
bool stand_together(const Reading& first, const Reading& second, const Segments& segments) {
  if (first.span.end > second.span.start) return false;
  if (first.line == second.line) return true;
  return first.line + 1 == second.line &&
         segments.lines[first.line].block == segments.lines[second.line].block;
}

}  // namespace

void check_two_units(const CheckRule& rule, CheckContext& context) {
  const auto readings = context.input.readings;
  for (std::size_t i = 0; i + 1 < readings.size(); ++i) {
    const Reading& first = readings[i];
    const Reading& second = readings[i + 1];
    if (!stand_together(first, second, context.input.segments)) continue;
    if (word_in(bare(context.at({first.span.end, second.span.start})), rule.words) == kNone) continue;
    const std::string_view behind = std::string_view(context.input.text.folded).substr(second.span.end);
    const bool bracketed = bare(context.at({first.span.end, second.span.start})).ends_with('(');
    if (bracketed && !behind.starts_with(')')) continue;
    const auto a = measure_of(first, context.input.rules.units);
    const auto b = measure_of(second, context.input.rules.units);
    if (!a || !b || a->dimension != b->dimension || a->unit == b->unit) continue;
    const double difference = std::abs(a->amount - b->amount);
    const double larger = std::max(std::abs(a->amount), std::abs(b->amount));
    if (difference <= a->rounding + b->rounding + rule.tolerance * larger) continue;
    const auto percent = static_cast<int>(std::lround(100 * difference / larger));
    context.report(rule, context.source(second.span),
                   "'" + context.shown(second.span) + "' is not '" + context.shown(first.span) + "' at " +
                       context.place(context.source(first.span)) + ": they differ by " +
                       std::to_string(percent) + " %",
                   {{context.source(first.span), "the same measure"}});
  }
}

}  // namespace yoran
