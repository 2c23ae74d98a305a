#include "interpret/number.h"

#include <algorithm>

#include "interpret/numeral.h"
#include "interpret/quantity.h"
#include "rulepack/guards.h"
#include "types/ascii.h"

namespace yoran {
namespace {

// What stands around a number decides whether it is an amount and of what.
class RunInterpreter {
 public:
  RunInterpreter(const Mention& run, InterpretContext& context, std::vector<Reading>& out)
      : run_(run), context_(context), rules_(context.rules.numbers), text_(context.folded()), out_(out) {
    const std::vector<Line>& lines = context.segments.lines;
    limit_ = run.line < lines.size() ? lines[run.line].span.end : run.span.end;
    limit_ = std::min(limit_, run.span.end + kLookAhead);
  }

  void read() {
    std::uint32_t at = run_.span.start;
    // The digit of a unit before it may have begun this run: "20 km2 500".
    if (!out_.empty()) at = std::max(at, out_.back().span.end);
    while (at < run_.span.end) {
      const auto number = parse_number(rules_, text_, at, run_.span.end, context_.habits);
      if (!number || number->span.end <= at) {
        at = skip_token(at);
        continue;
      }
      const std::uint32_t behind = emit(*number);
      at = std::max(behind, number->span.end);
    }
  }

 private:
  // Past what is no number: all digits and points of it, or one character.
  [[nodiscard]] std::uint32_t skip_token(std::uint32_t at) const {
    if (is_ascii_digit(text_[at])) {
      while (at < run_.span.end && (is_ascii_digit(text_[at]) || (text_[at] == '.' && at + 1 < text_.size() &&
                                                                  is_ascii_digit(text_[at + 1])))) {
        ++at;
      }
      return at;
    }
    if (is_ascii_letter(text_[at])) {
      while (at < run_.span.end && is_ascii_letter(text_[at])) ++at;
      return at;
    }
    ++at;
    while (at < run_.span.end && (static_cast<unsigned char>(text_[at]) & 0xC0U) == 0x80U) ++at;
    return at;
  }

  std::uint32_t emit(const ParsedNumber& number) {
    if (is_part_of_code(number)) return end_of_code(number);
    const auto currency =
        rules_.before(text_, back_over_blanks(number.span.start), NumberWord::counter_before);
    if (!currency) {
      if (auto quantity = parse_quantity(number, context_, limit_)) {
        // What something else is counted by: per 1 km2.
        if (rules_.at(text_, quantity->span.end, NumberWord::per_after)) return quantity->span.end;
        if (!preceded_by_word(number)) return add(number, *quantity);
      }
    }
    Number value;
    value.value = number.value;
    value.stated = number.stated;
    value.multiplier = number.multiplier;
    if (currency) {
      value.counter = currency->word->entry;
      const std::uint32_t end = back_over_blanks(number.span.start);
      value.counter_span = {end - currency->size, end};
    } else {
      find_counter(number, value);
    }
    if (!is_amount(number, value)) return number.span.end;
    qualify(number.span, value);
    add(number, value);
    return number.span.end;
  }

  // ---- codes

  [[nodiscard]] std::uint32_t back_over_blanks(std::uint32_t at) const {
    while (at > 0 && text_[at - 1] == ' ') --at;
    return at;
  }

  // ASCII digits in a chain of digits, letters and marks: versions, phone numbers, clock times, ids.
  [[nodiscard]] bool is_part_of_code(const ParsedNumber& number) const {
    if (!is_ascii_digit(text_[number.span.start]) && text_[number.span.start] != '-' &&
        text_[number.span.start] != '+') {
      return false;
    }
    std::uint32_t marks = 0;
    std::uint32_t at = number.span.start;
    if (text_[at] == '-' || text_[at] == '+') ++at;
    while (marks < 2 && at > 1 && is_chain_mark(text_[at - 1]) && is_ascii_digit(text_[at - 2])) {
      ++marks;
      at -= 2;
      while (at > 0 && is_ascii_digit(text_[at - 1])) --at;
    }
    at = number.span.end;
    while (marks < 2 && at + 1 < text_.size() && is_chain_mark(text_[at]) && is_ascii_digit(text_[at + 1])) {
      ++marks;
      at = behind_digits(text_, at + 1, static_cast<std::uint32_t>(text_.size()));
    }
    if (number.fraction) return marks > 0;
    // 105-0011: no amount is written so.
    if (marks == 1 && (is_zero_padded(number.span.start) || is_zero_padded(number.span.end + 1))) return true;
    return marks > 1 || (marks == 1 && has_chain_mark(number, ':'));
  }

  [[nodiscard]] bool is_zero_padded(std::uint32_t at) const {
    return at + 1 < text_.size() && text_[at] == '0' && is_ascii_digit(text_[at + 1]);
  }

  static bool is_chain_mark(char c) { return c == '-' || c == '/' || c == ':'; }

  [[nodiscard]] bool has_chain_mark(const ParsedNumber& number, char mark) const {
    const bool before = number.span.start > 0 && text_[number.span.start - 1] == mark;
    return before || (number.span.end < text_.size() && text_[number.span.end] == mark);
  }

  [[nodiscard]] std::uint32_t end_of_code(const ParsedNumber& number) const {
    std::uint32_t at = number.span.end;
    while (at + 1 < run_.span.end && is_chain_mark(text_[at]) && is_ascii_digit(text_[at + 1])) {
      at = behind_digits(text_, at + 1, run_.span.end);
    }
    return at;
  }

  // A letter glued before makes it a name (A4, H26); so does a mark of ids.
  [[nodiscard]] bool preceded_by_word(const ParsedNumber& number) const {
    const std::uint32_t start = number.span.start;
    if (start == 0 || number.words) return false;
    const char before = text_[start - 1];
    if (before == '_' || before == '@') return true;
    if (rules_.size_before(text_, back_over_blanks(start), NumberWord::id_before) > 0) return true;
    if (!is_ascii_digit(text_[start]) || context_.is_glued(start)) return false;
    return is_ascii_letter(before) || (before == '-' && start > 1 && is_ascii_letter(text_[start - 2]));
  }

  // ---- counters

  void find_counter(const ParsedNumber& number, Number& value) const {
    std::uint32_t at = number.span.end;
    std::uint32_t place = skip_counter_gap(at);
    auto word = rules_.at(text_, place, NumberWord::counter);
    if (word && place + word->size > limit_) word = std::nullopt;
    if (word && rules_.counters[word->word->entry].kind == CounterClass::none) word = std::nullopt;
    if (word) {
      value.counter = word->word->entry;
      value.counter_span = {place, place + word->size};
      at = place + word->size;
    }
    const bool counted = !word || rules_.counters[value.counter].kind == CounterClass::person;
    if (counted && find_density_behind(at, value)) return;
    if (counted && find_density_before(number.span.start, value)) return;
    if (is_rate(number, at)) value.counter = rules_.counter_of_unit("{rate}");
    if (!word &&
        rules_.size_before(text_, back_over_blanks(number.span.start), NumberWord::ordinal_prefix) > 0) {
      value.counter = rules_.counter_of_unit("{ordinal}");
    }
  }

  [[nodiscard]] std::uint32_t skip_counter_gap(std::uint32_t at) const {
    if (at < limit_ && text_[at] == ' ') return at + 1;
    if (at + 1 < limit_ && text_[at] == '-' && is_ascii_letter(text_[at + 1]) &&
        !rules_.at(text_, at, NumberWord::counter)) {
      return at + 1;
    }
    return at;
  }

  bool find_density_behind(std::uint32_t at, Number& value) const {
    const std::uint32_t place = behind_blanks(text_, at, limit_);
    const auto per = rules_.at(text_, place, NumberWord::per);
    if (!per) return false;
    const std::uint32_t unit_at = behind_blanks(text_, place + per->size, limit_);
    const auto unit = context_.rules.units.at(text_, unit_at, UnitMeaning::unit);
    if (!unit) return false;
    const std::uint32_t counter = density_counter(unit->word->entry);
    if (counter == kNone) return false;
    const std::uint32_t start = value.counter == kNone ? place : value.counter_span.start;
    value.counter = counter;
    value.counter_span = {start, unit_at + unit->size};
    return true;
  }

  // "per 1 km2, 434 people" with the "per" behind its unit.
  bool find_density_before(std::uint32_t start, Number& value) const {
    std::uint32_t at = back_over_blanks(start);
    at -= rules_.size_before(text_, at, NumberWord::about_before);
    at = back_over_blanks(at);
    const std::uint32_t per = rules_.size_before(text_, at, NumberWord::per_after);
    if (per == 0) return false;
    const auto unit = context_.rules.units.before(text_, back_over_blanks(at - per), UnitMeaning::unit);
    if (!unit) return false;
    const std::uint32_t counter = density_counter(unit->word->entry);
    if (counter == kNone) return false;
    value.counter = counter;
    value.counter_span = {at - per - unit->size, at};
    return true;
  }

  [[nodiscard]] std::uint32_t density_counter(std::uint32_t unit) const {
    const Unit& area = context_.rules.units.units[unit];
    if (area.dimension != Dimension::area) return kNone;
    return rules_.counter_of_unit("{person}/" + area.code);
  }

  // The amount something else is counted by: per 100,000 people.
  [[nodiscard]] bool is_rate(const ParsedNumber& number, std::uint32_t end) const {
    if (rules_.at(text_, end, NumberWord::per_after)) return true;
    const std::uint32_t start = number.span.start;
    return start > 0 && text_[start - 1] == ' ' &&
           rules_.size_before(text_, back_over_blanks(start), NumberWord::per) > 1;
  }

  // ---- amounts

  [[nodiscard]] bool is_amount(const ParsedNumber& number, const Number& value) const {
    if (number.kana) return is_kana_amount(number);
    if (number.words) return is_spelled_amount(number, value);
    if (number.ideographic) return is_ideographic_amount(number, value);
    if (preceded_by_word(number) && !has_currency_before(value, number)) return false;
    return !followed_by_letters(number, value);
  }

  [[nodiscard]] static bool has_currency_before(const Number& value, const ParsedNumber& number) {
    return value.counter != kNone && value.counter_span.end <= number.span.start &&
           !value.counter_span.empty();
  }

  // 4a, 12th, 2015x: letters that are neither counter nor unit.
  [[nodiscard]] bool followed_by_letters(const ParsedNumber& number, const Number& value) const {
    const std::uint32_t end = number.span.end;
    if (end >= text_.size()) return false;
    if (rules_.at(text_, end, NumberWord::ordinal_suffix)) return true;
    if (value.counter != kNone && value.counter_span.start >= end) return false;
    return is_ascii_letter(text_[end]) || text_[end] == '_';
  }

  [[nodiscard]] bool is_spelled_amount(const ParsedNumber& number, const Number& value) const {
    if (is_ordinal_behind(number)) return false;
    if (!is_ascii_letter(text_[number.span.start]) || number.tokens != 1) return true;
    // "one" is a pronoun more often than a number.
    if (number.value == Decimal{1, 0}) return value.counter != kNone;
    return !is_capitalised_name(number);
  }

  // "twenty-first", "one hundred and first"
  [[nodiscard]] bool is_ordinal_behind(const ParsedNumber& number) const {
    const auto value = number.value.to_integer();
    if (!value || *value < 20 || *value % 10 != 0) return false;
    std::uint32_t at = behind_blanks(text_, number.span.end, limit_);
    if (at < limit_ && text_[at] == '-') ++at;
    if (const auto join = rules_.at(text_, at, NumberWord::join))
      at = behind_blanks(text_, at + join->size, limit_);
    return at > number.span.end && context_.rules.calendar.at(text_, at, DateWord::ordinal_day).has_value();
  }

  // A capital on the numeral and on the next word, inside a sentence or a title: Seven Sisters.
  [[nodiscard]] bool is_capitalised_name(const ParsedNumber& number) const {
    const auto capital = [&](std::uint32_t at) { return at < text_.size() && is_ascii_upper(text_[at]); };
    const auto lower = [&](std::uint32_t at) { return at < text_.size() && is_ascii_lower(text_[at]); };
    const std::uint32_t next = number.span.end;
    return capital(number.span.start) && lower(number.span.start + 1) && next + 2 < text_.size() &&
           text_[next] == ' ' && capital(next + 1) && lower(next + 2);
  }

  // No syllable may touch it; a short one has to stand in a list of its kind.
  [[nodiscard]] bool is_kana_amount(const ParsedNumber& number) const {
    if (is_hiragana(code_point_before(text_, number.span.start)) ||
        is_hiragana(code_point_at(text_, number.span.end)))
      return false;
    return number.tokens > 1 || is_kana_item_behind(number.span.end) ||
           is_kana_item_before(number.span.start);
  }

  [[nodiscard]] bool is_kana_item_behind(std::uint32_t end) const {
    const auto mark = rules_.at(text_, end, NumberWord::list_mark);
    if (!mark) return false;
    const auto next = kana_number_end(rules_, text_, behind_blanks(text_, end + mark->size, limit_), limit_);
    return next && !is_hiragana(code_point_at(text_, *next));
  }

  [[nodiscard]] bool is_kana_item_before(std::uint32_t start) const {
    const std::uint32_t at = back_over_blanks(start);
    const std::uint32_t mark = rules_.size_before(text_, at, NumberWord::list_mark);
    if (mark == 0) return false;
    std::uint32_t from = at - mark;
    while (from >= 3 && is_hiragana(code_point_before(text_, from))) from -= 3;
    return kana_number_end(rules_, text_, from, at - mark) == at - mark;
  }

  [[nodiscard]] bool is_ideographic_amount(const ParsedNumber& number, const Number& value) const {
    const std::uint32_t start = number.span.start;
    const bool counted = value.counter != kNone && value.counter_span.start >= number.span.end;
    if (const auto idiom = rules_.at(text_, start, NumberWord::idiom)) {
      const std::uint32_t end = start + idiom->size;
      // One that is nothing but numerals is an amount again if something is counted with it.
      if (end > number.span.end || (end == number.span.end && !counted)) return false;
    }
    const bool ordinal = rules_.size_before(text_, start, NumberWord::ordinal_prefix) > 0;
    const char32_t before = code_point_before(text_, start);
    if (counted) {
      if (rules_.at(text_, value.counter_span.end, NumberWord::name_suffix)) return false;
      return !is_han(before) || ordinal || number.tokens > 2 || value.counter_span.size() > 3;
    }
    if (ordinal || number.fraction || number.tokens > 3) return true;
    for (const NumberWord behind :
         {NumberWord::minimum_after, NumberWord::maximum_after, NumberWord::about_after}) {
      if (rules_.at(text_, number.span.end, behind)) return true;
    }
    const char32_t after = code_point_at(text_, number.span.end);
    if (is_han(after) || is_han(before)) return false;
    if (rules_.at(text_, number.span.end, NumberWord::not_after)) return false;
    return true;
  }

  // ---- approximators and bounds

  void qualify(TextSpan span, Number& value) const {
    std::uint32_t before = back_over_blanks(span.start);
    if (value.counter_span.end <= span.start && !value.counter_span.empty())
      before = back_over_blanks(value.counter_span.start);
    std::uint32_t after = std::max(span.end, value.counter_span.end);
    if (after < text_.size() && text_[after] == ' ') ++after;
    const auto behind = [&](NumberWord meaning) { return rules_.at(text_, after, meaning).has_value(); };
    const auto ahead = [&](NumberWord meaning) { return rules_.size_before(text_, before, meaning) > 0; };
    if (ahead(NumberWord::minimum_before) || behind(NumberWord::minimum_after)) value.bound = Bound::minimum;
    if (ahead(NumberWord::maximum_before) || behind(NumberWord::maximum_after)) value.bound = Bound::maximum;
    value.approximate =
        value.bound != Bound::none || ahead(NumberWord::about_before) || behind(NumberWord::about_after);
  }

  // ---- out

  void add(const ParsedNumber& number, Number& value) {
    Reading& reading = out_.emplace_back();
    reading.kind = MentionKind::number;
    reading.span = number.span;
    reading.line = run_.line;
    reading.pattern = run_.pattern;
    if (number.doubtful_mark) {
      Number other = value;
      other.value = other.stated = without_mark(number.value);
      reading.alternatives.emplace_back(other);
    }
    reading.value = value;
  }

  static Decimal without_mark(const Decimal& value) {
    // 3.825 read the other way is 3825.
    return value.exponent < 0 ? Decimal{value.digits, 0} : Decimal{value.digits, value.exponent - 3};
  }

  std::uint32_t add(const ParsedNumber& number, ParsedQuantity& quantity) {
    qualify(quantity.span, quantity.quantity.number);
    Reading& reading = out_.emplace_back();
    reading.kind = MentionKind::quantity;
    reading.span = quantity.span;
    reading.line = run_.line;
    reading.pattern = run_.pattern;
    if (quantity.alternative) reading.alternatives.emplace_back(*quantity.alternative);
    if (number.doubtful_mark) {
      Quantity other = quantity.quantity;
      other.number.value = other.number.stated = without_mark(number.value);
      reading.alternatives.emplace_back(other);
    }
    reading.value = quantity.quantity;
    return quantity.span.end;
  }

  const Mention& run_;
  InterpretContext& context_;
  const NumberRules& rules_;
  std::string_view text_;
  std::vector<Reading>& out_;
  std::uint32_t limit_ = 0;
};

}  // namespace
void interpret_numbers(const Mention& run, InterpretContext& context, std::vector<Reading>& out) {
  RunInterpreter(run, context, out).read();
}

void NumberHabits::see(std::string_view run) {
  const auto is_mark = [](char c) { return c == '.' || c == ','; };
  if (std::none_of(run.begin(), run.end(), is_mark)) return;
  const auto is_inside = [&](char c) { return is_ascii_digit(c) || is_mark(c); };
  for (std::size_t start = 0; start < run.size();) {
    std::size_t end = start;
    while (end < run.size() && is_inside(run[end])) ++end;
    see_one(run.substr(start, end - start));
    start = end + 1;
  }
}

// Only shapes that can be read in one way count.
void NumberHabits::see_one(std::string_view number) {
  while (!number.empty() && !is_ascii_digit(number.back())) number.remove_suffix(1);  // the end of a sentence
  std::size_t last = number.size();
  while (last > 0 && is_ascii_digit(number[last - 1])) --last;
  if (last < 2) return;
  const char mark = number[last - 1];
  const char other = mark == '.' ? ',' : '.';
  const auto marks = std::count(number.begin(), number.end(), mark);
  const bool mixed = std::find(number.begin(), number.end(), other) != number.end();
  const std::size_t behind = number.size() - last;
  if (marks > 1) {
    // 1,234,567: the mark divides thousands; anything else is a version or a list.
    if (behind == 3 && !mixed) ++(mark == ',' ? point_ : comma_);
  } else if (mixed || (mark == '.' ? behind != 3 : behind < 3)) {
    ++(mark == '.' ? point_ : comma_);
  }
}

DocumentHabits::DecimalMark NumberHabits::decimal_mark() const {
  if (point_ > comma_ * 2) return DocumentHabits::DecimalMark::point;
  if (comma_ > point_ * 2) return DocumentHabits::DecimalMark::comma;
  return DocumentHabits::DecimalMark::unknown;
}

}  // namespace yoran
