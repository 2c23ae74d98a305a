#include "rulepack/unit_rules.h"

#include <algorithm>
#include <charconv>
#include <numeric>

namespace yoran {
namespace {

constexpr std::string_view kDimensions[] = {"length", "area", "volume", "mass", "speed"};

std::optional<Fraction> parse_fraction(std::string_view text) {
  const auto integer = [](std::string_view part) -> std::optional<std::int64_t> {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), value);
    if (error != std::errc() || end != part.data() + part.size() || value <= 0) return std::nullopt;
    return value;
  };
  const std::size_t slash = text.find('/');
  const auto numerator = integer(text.substr(0, slash));
  const auto denominator =
      slash == std::string_view::npos ? std::optional<std::int64_t>(1) : integer(text.substr(slash + 1));
  if (!numerator || !denominator) return std::nullopt;
  const std::int64_t common = std::gcd(*numerator, *denominator);
  return Fraction{*numerator / common, *denominator / common};
}

}  // namespace

std::uint32_t UnitRules::unit_of_code(std::string_view code) const {
  const auto found =
      std::find_if(units.begin(), units.end(), [&](const Unit& unit) { return unit.code == code; });
  return found == units.end() ? kNone : static_cast<std::uint32_t>(found - units.begin());
}

void UnitRules::read_unit(TableReader& table, const FoldTable& folds) {
  Unit unit;
  unit.code = table.required_string("code");
  const std::string dimension = table.required_string("dimension");
  const auto* known = std::find(std::begin(kDimensions), std::end(kDimensions), dimension);
  if (known == std::end(kDimensions)) {
    table.error_at("dimension", "rule.bad-value", "unknown dimension '" + dimension + "'",
                   suggestion(dimension, {std::begin(kDimensions), std::end(kDimensions)}));
  } else {
    unit.dimension = static_cast<Dimension>(known - std::begin(kDimensions));
  }
  const std::string factor = table.required_string("factor");
  if (const auto fraction = parse_fraction(factor)) {
    unit.factor = *fraction;
  } else {
    table.error_at("factor", "rule.bad-value", "'" + factor + "' is not a positive fraction", "\"1/100\"");
  }
  if (unit_of_code(unit.code) != kNone) {
    table.error_at("code", "rule.duplicate-id", "a second unit has the code '" + unit.code + "'");
  }
  const auto entry = static_cast<std::uint32_t>(units.size());
  const auto add = [&](std::string_view key, UnitMeaning meaning, bool exact) {
    for (const TableReader::Item& item : table.items(key)) {
      words.add({folds.fold(item.text), static_cast<std::uint16_t>(meaning), entry, exact});
    }
  };
  add("words", table.boolean("glued") ? UnitMeaning::glued : UnitMeaning::unit, false);
  add("symbols", UnitMeaning::unit, true);
  add("chained", UnitMeaning::chained, false);
  add("doubtful", UnitMeaning::doubtful, false);
  if (const std::string other = table.string("instead"); !other.empty()) doubts_.emplace_back(entry, other);
  const std::string quote = table.string("quote");
  if (quote == "double") {
    for (const char* mark : {"\"", "''"}) {
      words.add({mark, static_cast<std::uint16_t>(UnitMeaning::double_quote), entry, false});
    }
  } else if (quote == "single") {
    words.add({"'", static_cast<std::uint16_t>(UnitMeaning::single_quote), entry, false});
  } else if (!quote.empty()) {
    table.error_at("quote", "rule.bad-value", "'quote' is \"single\" or \"double\"");
  }
  table.finish();
  units.push_back(std::move(unit));
}

void UnitRules::read(TableReader& root, const FoldTable& folds, WordLists& lists) {
  for (TableReader& table : root.tables("speed")) {
    const auto entry = static_cast<std::uint32_t>(speeds.size());
    speeds.push_back({table.required_string("per")});
    for (const TableReader::Item& item : table.items("before")) {
      words.add({folds.fold(item.text), static_cast<std::uint16_t>(UnitMeaning::speed_before), entry, false});
    }
    for (const TableReader::Item& item : table.items("after")) {
      words.add({folds.fold(item.text), static_cast<std::uint16_t>(UnitMeaning::speed_after), entry, false});
    }
    table.finish();
  }
  for (TableReader& table : root.tables("unit")) read_unit(table, folds);
  for (const auto& [unit, code] : doubts_) {
    units[unit].instead = unit_of_code(code);
    if (units[unit].instead == kNone)
      root.error(root.at(), "rule.unknown-name", "unknown unit '" + code + "'");
  }
  for (const Word& word : words.words()) {
    if (static_cast<UnitMeaning>(word.category) == UnitMeaning::unit) lists["unit"].emplace_back(word.text);
  }
  words.build();
  for (auto& list : words_by_last_byte_) list.clear();
  for (std::uint32_t i = 0; i < words.words().size(); ++i) {
    words_by_last_byte_[static_cast<unsigned char>(words.words()[i].text.back())].push_back(i);
  }
}

std::optional<WordMatch> UnitRules::before(std::string_view text, std::size_t position,
                                           UnitMeaning meaning) const {
  std::optional<WordMatch> best;
  if (position == 0) return best;
  for (const std::uint32_t i : words_by_last_byte_[static_cast<unsigned char>(text[position - 1])]) {
    const Word& word = words.words()[i];
    if (static_cast<UnitMeaning>(word.category) != meaning || word.text.size() > position) continue;
    if (!text.substr(0, position).ends_with(word.text)) continue;
    if (!best || best->size < word.text.size())
      best = WordMatch{static_cast<std::uint32_t>(word.text.size()), &word};
  }
  return best;
}

std::optional<Decimal> UnitRules::convert(const Decimal& value, std::uint32_t from, std::uint32_t to) const {
  const Unit& a = units[from];
  const Unit& b = units[to];
  if (a.dimension != b.dimension) return std::nullopt;
  const std::int64_t g1 = std::gcd(a.factor.numerator, b.factor.numerator);
  const std::int64_t g2 = std::gcd(a.factor.denominator, b.factor.denominator);
  std::int64_t numerator = 0;
  std::int64_t denominator = 0;
  if (__builtin_mul_overflow(a.factor.numerator / g1, b.factor.denominator / g2, &numerator))
    return std::nullopt;
  if (__builtin_mul_overflow(a.factor.denominator / g2, b.factor.numerator / g1, &denominator))
    return std::nullopt;
  // A denominator of twos and fives only becomes a power of ten.
  std::int32_t exponent = 0;
  while (denominator % 10 == 0) denominator /= 10, --exponent;
  while (denominator % 2 == 0) denominator /= 2, numerator *= 5, --exponent;
  while (denominator % 5 == 0) denominator /= 5, numerator *= 2, --exponent;
  if (denominator != 1) return std::nullopt;
  auto result = value.times(numerator);
  if (result) result->exponent += exponent;
  return result ? std::optional(result->normalized()) : std::nullopt;
}

}  // namespace yoran
