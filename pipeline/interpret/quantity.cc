#include "interpret/quantity.h"

#include <algorithm>
#include <string>

namespace yoran {
namespace {

class QuantityParser {
 public:
  QuantityParser(const InterpretContext& context, std::uint32_t limit)
      : rules_(context.rules.units),
        numbers_(context.rules.numbers),
        habits_(context.habits),
        text_(context.folded()),
        limit_(limit) {}

  std::optional<ParsedQuantity> parse(const ParsedNumber& number) {
    const auto unit = unit_behind(number, false);
    if (!unit) return std::nullopt;
    ParsedQuantity result;
    result.span = {number.span.start, unit->end};
    result.quantity.unit = unit->unit;
    result.quantity.number.value = number.value;
    result.quantity.number.stated = number.stated;
    result.quantity.number.multiplier = number.multiplier;
    if (take_speed(result, unit->doubtful)) return result;
    take_chain(result);
    if (unit->doubtful && rules_.units[unit->unit].instead != kNone) {
      result.alternative = result.quantity;
      result.alternative->unit = rules_.units[unit->unit].instead;
    }
    return result;
  }

 private:
  struct UnitFound {
    std::uint32_t unit = kNone;
    std::uint32_t end = 0;
    bool doubtful = false;
  };

  std::optional<UnitFound> unit_behind(const ParsedNumber& number, bool chained) const {
    const std::uint32_t end = number.span.end;
    if (end >= limit_) return std::nullopt;
    std::optional<WordMatch> best;
    bool doubtful = false;
    const auto consider = [&](std::uint32_t at, UnitMeaning meaning) {
      const auto word = rules_.at(text_, at, meaning);
      if (!word || at + word->size > limit_ || (best && best->size >= word->size)) return;
      best = word;
      place_ = at;
      doubtful = meaning == UnitMeaning::doubtful;
    };
    const std::uint32_t at = gap_end(end);
    for (const UnitMeaning meaning : {UnitMeaning::unit, UnitMeaning::doubtful}) consider(at, meaning);
    if (chained) consider(at, UnitMeaning::chained);
    if (at == end && !best) {
      consider(at, UnitMeaning::glued);
      if (number.ascii && is_measure_quote(end)) {
        consider(at, UnitMeaning::double_quote);
        if (!best) consider_feet(at, best);
      }
    }
    if (!best) return std::nullopt;
    // A counter that goes on longer is no unit.
    if (const auto counter = numbers_.at(text_, place_, NumberWord::counter);
        counter && counter->size > best->size) {
      return std::nullopt;
    }
    return UnitFound{best->word->entry, place_ + best->size, doubtful};
  }

  // A quote mark directly behind digits measures unless it closes a quotation that began shortly before.
  [[nodiscard]] bool is_measure_quote(std::uint32_t at) const {
    constexpr std::uint32_t kLongestQuotation = 200;
    if (text_[at] != '"') return text_[at] == '\'';
    bool open = false;
    for (std::uint32_t i = at > kLongestQuotation ? at - kLongestQuotation : 0; i < at; ++i) {
      if (text_[i] == '\n') open = false;
      if (text_[i] == '"' && (i == 0 || !is_ascii_digit(text_[i - 1]))) open = !open;
    }
    return !open;
  }

  // A single quote is feet only with inches behind it: 6'2".
  void consider_feet(std::uint32_t at, std::optional<WordMatch>& best) const {
    const auto word = rules_.at(text_, at, UnitMeaning::single_quote);
    if (!word) return;
    std::uint32_t stop = at + word->size;
    if (stop < limit_ && text_[stop] == ' ') ++stop;
    const std::uint32_t digits = stop;
    while (stop < limit_ && is_ascii_digit(text_[stop])) ++stop;
    if (stop == digits || !rules_.at(text_, stop, UnitMeaning::double_quote)) return;
    best = word;
    place_ = at;
  }

  [[nodiscard]] std::uint32_t gap_end(std::uint32_t at) const {
    std::uint32_t next = at;
    while (next < limit_ && text_[next] == ' ' && next - at < 2) ++next;
    if (next == at && at + 1 < limit_ && text_[at] == '-' && is_ascii_letter(text_[at + 1])) ++next;
    return next;
  }

  // A length in a time is a speed.
  bool take_speed(ParsedQuantity& result, bool) const {
    if (rules_.units[result.quantity.unit].dimension != Dimension::length) return false;
    std::uint32_t start = result.span.start;
    while (start > 0 && text_[start - 1] == ' ') --start;
    const std::uint32_t about = numbers_.size_before(text_, start, NumberWord::about_before);
    if (const auto word = rules_.before(text_, start - about, UnitMeaning::speed_before)) {
      if (!set_speed(result, word->word->entry)) return false;
      result.span.start = start - about - word->size;
      return true;
    }
    std::uint32_t at = result.span.end;
    while (at < limit_ && text_[at] == ' ') ++at;
    const auto word = rules_.at(text_, at, UnitMeaning::speed_after);
    if (!word || at + word->size > limit_ || !set_speed(result, word->word->entry)) return false;
    result.span.end = at + word->size;
    return true;
  }

  bool set_speed(ParsedQuantity& result, std::uint32_t speed) const {
    const std::uint32_t unit =
        rules_.unit_of_code(rules_.units[result.quantity.unit].code + "/" + rules_.speeds[speed].per);
    if (unit == kNone) return false;
    result.quantity.unit = unit;
    return true;
  }

  // Further parts of the measure in smaller units: 5 ft 2 in, 7 feet, 10 inches, 2 km and 1 metre. Areas in
  // decimal units with a blank between are measures of their own: "20 km2 500 m2".
  void take_chain(ParsedQuantity& result) {
    for (int parts = 0; parts < 4; ++parts) {
      std::uint32_t at = result.span.end;
      if (at < limit_ && text_[at] == ',') ++at;
      while (at < limit_ && text_[at] == ' ') ++at;
      if (const auto join = numbers_.at(text_, at, NumberWord::join)) {
        at += join->size;
        while (at < limit_ && text_[at] == ' ') ++at;
      }
      if (at >= limit_ || (!is_ascii_digit(text_[at]) && !numbers_.at(text_, at, NumberWord::ones))) return;
      const auto number = parse_number(numbers_, text_, at, limit_, habits_);
      if (!number || number->value.digits < 0) return;
      const auto unit = unit_behind(*number, true);
      if (!unit || unit->doubtful || !is_part(unit->unit, number->value, result.quantity)) return;
      if (at > result.span.end && rules_.units[unit->unit].dimension == Dimension::area &&
          is_decimal_part(unit->unit, result.quantity.unit)) {
        return;
      }
      const auto whole = rules_.convert(result.quantity.number.value, result.quantity.unit, unit->unit);
      const auto sum = whole ? whole->plus(number->value) : std::nullopt;
      if (!sum) return;
      result.quantity.number.value = result.quantity.number.stated = *sum;
      result.quantity.number.multiplier = 1;
      result.quantity.unit = unit->unit;
      result.span.end = unit->end;
    }
  }

  // A whole number of the smaller units makes one of the greater; of decimal units there are fewer here.
  [[nodiscard]] bool is_part(std::uint32_t part, const Decimal& value, const Quantity& whole) const {
    if (rules_.units[part].dimension != rules_.units[whole.unit].dimension) return false;
    if (!whole.number.value.is_integer()) return false;
    const auto ratio = rules_.convert({1, 0}, whole.unit, part);
    const auto count = ratio ? ratio->to_integer() : std::nullopt;
    return count && *count > 1 &&
           (value.to_double() < static_cast<double>(*count) || !is_decimal_part(part, whole.unit));
  }

  // A power of ten of the one makes the other.
  [[nodiscard]] bool is_decimal_part(std::uint32_t part, std::uint32_t whole) const {
    const auto ratio = rules_.convert({1, 0}, whole, part);
    return ratio && ratio->normalized().digits == 1;
  }

  const UnitRules& rules_;
  const NumberRules& numbers_;
  const DocumentHabits& habits_;
  std::string_view text_;
  std::uint32_t limit_;
  mutable std::uint32_t place_ = 0;
};

}  // namespace

std::optional<ParsedQuantity> parse_quantity(const ParsedNumber& number, const InterpretContext& context,
                                             std::uint32_t limit) {
  return QuantityParser(context, limit).parse(number);
}

}  // namespace yoran
