#include "link/gap.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <cmath>

#include "link/name_list.h"
#include "link/name_text.h"

namespace yoran {
namespace {

constexpr double kSamePair = 0.03;             // two units of one fact, each rounded
constexpr std::uint32_t kLongestRemark = 160;  // bytes in brackets between label and value

// A letter that touches a number makes a counter of its own: 1,234 units. Hiragana are particles.
bool glues_to_number(std::string_view text, std::uint32_t position) {
  const auto c = static_cast<UChar32>(code_point_at(text, position));
  if (c == 0 || u_isalpha(c) == 0) return false;
  UErrorCode status = U_ZERO_ERROR;
  return uscript_getScript(c, &status) != USCRIPT_HIRAGANA;
}

bool starts_with_word(std::string_view text, std::uint32_t position, std::string_view word) {
  if (text.size() < position + word.size() || !same_letters(text.substr(position, word.size()), word))
    return false;
  const std::size_t end = position + word.size();
  return end == text.size() || !is_ascii_letter(word.back()) || !is_ascii_letter(text[end]);
}

// Most words of a list differ from the text in their first byte.
bool may_be(std::string_view word, char first) { return !word.empty() && ascii_lower(word[0]) == first; }
char first_at(std::string_view text, std::uint32_t position) {
  return position < text.size() ? ascii_lower(text[position]) : '\0';
}

// The longest word of a list at a position; 0 if there is none.
std::uint32_t word_of(const std::vector<std::string>& words, std::string_view text, std::uint32_t position) {
  const char first = first_at(text, position);
  std::size_t longest = 0;
  for (const std::string& word : words) {
    if (may_be(word, first) && word.size() > longest && starts_with_word(text, position, word))
      longest = word.size();
  }
  return static_cast<std::uint32_t>(longest);
}

const UnitWord* unit_at(const FieldRules& field, std::string_view text, std::uint32_t position) {
  const char first = first_at(text, position);
  const UnitWord* longest = nullptr;
  for (const UnitWord& unit : field.units) {
    if (may_be(unit.word, first) && starts_with_word(text, position, unit.word) &&
        (longest == nullptr || unit.word.size() > longest->word.size())) {
      longest = &unit;
    }
  }
  return longest;
}

// Four digits without grouping or unit are more often a year than a figure.
bool looks_like_year(std::string_view written) {
  return written.size() == 4 &&
         (written.starts_with("18") || written.starts_with("19") || written.starts_with("20")) &&
         std::all_of(written.begin(), written.end(), is_ascii_digit);
}

// A unit in brackets behind a label or in a head, such as (persons) or (in thousands); null if there is no
// unit of the field in the span.
const UnitWord* counter_in(const LinkContext& context, const FieldRules& field, TextSpan span) {
  const std::string_view text = context.folded();
  for (std::uint32_t i = span.start; i < span.end; ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0U) == 0x80U) continue;
    const char32_t before = code_point_before(text, i);
    const bool whole =
        i == span.start || before == ' ' || before == ':' || before == '/' || is_open_bracket(before);
    if (!whole) continue;
    if (const UnitWord* unit = unit_at(field, text.substr(0, span.end), i)) return unit;
  }
  return nullptr;
}

// The unit of the field's dimension that a remark consists of, brackets and blanks aside; kNone if it is
// another.
std::uint32_t unit_in(const LinkContext& context, const FieldRules& field, TextSpan span) {
  const UnitRules& units = context.rules.units;
  const std::uint32_t target = units.unit_of_code(field.unit);
  if (field.type != FieldType::quantity || target == kNone) return kNone;
  const std::string_view text = context.folded();
  for (std::uint32_t i = span.start; i < span.end; i += size_at(text, i)) {
    if (u_isalnum(static_cast<UChar32>(code_point_at(text, i))) == 0) continue;
    for (const UnitMeaning meaning : {UnitMeaning::unit, UnitMeaning::glued}) {
      const auto unit = units.at(text, i, meaning);
      if (!unit || units.units[unit->word->entry].dimension != units.units[target].dimension) continue;
      const char32_t behind = code_point_at(text, i + unit->size);
      if (i + unit->size >= span.end || u_isalnum(static_cast<UChar32>(behind)) == 0)
        return unit->word->entry;
    }
    return kNone;  // a remark that begins with another word
  }
  return kNone;
}

// Under the label of a date a bare number of four digits is a year.
std::optional<GapValue> year_at(const LinkContext& context, const Reading& reading, const GapLimits& limits) {
  constexpr std::int64_t kFirstYear = 1000;
  constexpr std::int64_t kLastYear = 2100;
  const std::string_view written = context.at(reading.span);
  const std::uint32_t behind = skip_gap(context.folded(), reading.span.end, limits.end);
  const bool alone =
      behind >= limits.end || u_isalnum(static_cast<UChar32>(code_point_at(context.folded(), behind))) == 0 ||
      linking_word(context, behind, LinkRules::connector) != 0;  // "Founded: 1889 as Green Works"
  if (!alone || written.size() != 4 || !std::all_of(written.begin(), written.end(), is_ascii_digit))
    return std::nullopt;
  const auto year = std::get<Number>(reading.value).value.to_integer();
  if (!year || *year < kFirstYear || *year > kLastYear) return std::nullopt;
  Date date;
  date.first.year = static_cast<std::int32_t>(*year);
  return GapValue{.reading = &reading, .year = date, .span = reading.span};
}

// A sign of money before a number: "US$ 1,234".
std::uint32_t behind_sign(const FieldRules& field, std::string_view text, std::uint32_t position,
                          std::uint32_t end) {
  if (field.unit_codes.empty()) return position;
  const UnitWord* sign = unit_at(field, text, position);
  return sign == nullptr ? position
                         : skip_gap(text, position + static_cast<std::uint32_t>(sign->word.size()), end);
}

// The unit of a count: behind it, before it where units have codes, else from the label or the head.
const UnitWord* unit_of_count(const FieldRules& field, std::string_view text, TextSpan& span,
                              std::uint32_t sign, const GapLimits& limits) {
  std::uint32_t behind = span.end;
  if (behind < limits.end && text[behind] == ' ') ++behind;
  if (const UnitWord* unit = unit_at(field, text, behind)) {
    span.end = behind + static_cast<std::uint32_t>(unit->word.size());
    span.start = sign;
    return unit;
  }
  if (sign == span.start) return nullptr;
  span.start = sign;
  return unit_at(field, text, sign);
}

// `sign`: where a sign before the number begins; else the number's start.
std::optional<GapValue> count_at(const LinkContext& context, const FieldRules& field, const Reading& reading,
                                 std::uint32_t sign, const GapLimits& limits) {
  const auto& number = std::get<Number>(reading.value);
  const std::string_view text = context.folded();
  GapValue found;
  found.reading = &reading;
  found.span = reading.span;
  const UnitWord* unit = unit_of_count(field, text, found.span, sign, limits);
  if (unit == nullptr) {
    const bool glued = reading.span.end < limits.end && glues_to_number(text, reading.span.end);
    if (number.counter != kNone || glued) return std::nullopt;
    unit = limits.counter == nullptr ? counter_in(context, field, limits.head) : limits.counter;
    const bool year = (unit == nullptr || unit->multiplier == 1) && looks_like_year(context.at(reading.span));
    if ((field.unit_required && unit == nullptr) || year) return std::nullopt;
  }
  const auto value = number.value.times(unit == nullptr ? 1 : unit->multiplier);
  if (!value || value->digits < 0) return std::nullopt;
  if (field.type == FieldType::count && !value->to_integer()) return std::nullopt;
  found.amount = scaled(*value, {});
  if (unit != nullptr) {
    found.unit = unit->code;
    found.unit_assumed = unit->doubtful;
  }
  return found;
}

// "Area: 537.2km" at the end of a line or cell, or before a bracket: the exponent was lost on the way.
bool lost_its_exponent(const LinkContext& context, const Unit& unit, const Unit& wanted,
                       const Reading& reading, const GapLimits& limits) {
  if (limits.connectors || unit.code + "2" != wanted.code) return false;
  const std::uint32_t behind = skip_gap(context.folded(), reading.span.end, limits.end);
  return behind >= limits.end || is_open_bracket(code_point_at(context.folded(), behind));
}

std::optional<GapValue> quantity_at(const LinkContext& context, const FieldRules& field,
                                    const Reading& reading, const GapLimits& limits) {
  const UnitRules& units = context.rules.units;
  const std::uint32_t target = units.unit_of_code(field.unit);
  if (target == kNone) return std::nullopt;
  GapValue found;
  found.reading = &reading;
  found.span = reading.span;
  if (const auto* quantity = std::get_if<Quantity>(&reading.value)) {
    const Unit& unit = units.units[quantity->unit];
    const Unit& wanted = units.units[target];
    if (unit.dimension != wanted.dimension) {
      if (!lost_its_exponent(context, unit, wanted, reading, limits)) return std::nullopt;
      found.amount = scaled(quantity->number.value, {});
      found.stated_unit = unit.code;
      found.unit_assumed = true;
      return found;
    }
    found.amount = scaled(quantity->number.value, {unit.factor.numerator * wanted.factor.denominator,
                                                   unit.factor.denominator * wanted.factor.numerator});
    found.stated_unit = unit.code;
    return found;
  }
  const auto* number = std::get_if<Number>(&reading.value);
  if (number == nullptr || number->counter != kNone || limits.connectors) return std::nullopt;
  const bool glued = reading.span.end < limits.end && glues_to_number(context.folded(), reading.span.end);
  if (glued) return std::nullopt;
  const std::uint32_t named = unit_in(context, field, limits.head);
  if (field.unit_required && named == kNone) return std::nullopt;
  if (named != kNone) {
    const Unit& unit = units.units[named];
    const Unit& wanted = units.units[target];
    found.amount = scaled(number->value, {unit.factor.numerator * wanted.factor.denominator,
                                          unit.factor.denominator * wanted.factor.numerator});
    found.stated_unit = unit.code;
    return found;
  }
  if (looks_like_year(context.at(reading.span))) return std::nullopt;
  found.amount = scaled(number->value, {});
  found.unit_assumed = true;
  return found;
}

}  // namespace

bool is_wide_open_bracket(char32_t c) {
  return u_getIntPropertyValue(static_cast<UChar32>(c), UCHAR_BIDI_PAIRED_BRACKET_TYPE) == U_BPT_OPEN;
}

bool is_wide_close_bracket(char32_t c) {
  return u_getIntPropertyValue(static_cast<UChar32>(c), UCHAR_BIDI_PAIRED_BRACKET_TYPE) == U_BPT_CLOSE;
}

bool is_quote(char32_t c) { return c >= 0x300C && c <= 0x300F; }

std::uint32_t skip_gap(std::string_view text, std::uint32_t position, std::uint32_t end) {
  for (;;) {
    while (position < end && (text[position] == ' ' || text[position] == '\t' || text[position] == '\n'))
      ++position;
    std::uint32_t dots = position;
    while (dots < end && text[dots] == '.') ++dots;
    if (dots - position < 2) return position;
    position = dots;
  }
}

std::uint32_t behind_bracket(std::string_view text, std::uint32_t position, std::uint32_t end) {
  end = std::min(end, position + kLongestRemark);
  int depth = 0;
  for (std::uint32_t i = position; i < end;) {
    const char32_t c = code_point_at(text, i);
    i += size_at(text, i);
    if (is_open_bracket(c)) ++depth;
    if (is_close_bracket(c) && --depth == 0) return i;
    if (depth == 0) return 0;
  }
  return 0;
}

namespace {

bool is_name_letter(char32_t c) {
  UErrorCode status = U_ZERO_ERROR;
  const UScriptCode script = uscript_getScript(static_cast<UChar32>(c), &status);
  return u_isalpha(static_cast<UChar32>(c)) != 0 && script != USCRIPT_HIRAGANA;
}

// The start of the run of letters that ends at `end`; hiragana belong to a name of which only the last
// ideograph was met, as in the names of towns that are written in kana.
std::uint32_t start_of_run(std::string_view text, std::uint32_t end, std::uint32_t from) {
  std::uint32_t at = end;
  std::uint32_t letters = 0;
  while (at > from) {
    const char32_t c = code_point_before(text, at);
    const bool kana = letters == 1 && u_isalpha(static_cast<UChar32>(c)) != 0;
    if (!is_name_letter(c) && !kana && c != '-' && c != '\'') break;
    if (is_name_letter(c)) ++letters;
    at -= size_before(text, at);
  }
  return at;
}

}  // namespace

std::optional<Date> year_alone(const LinkContext& context, TextSpan cell) {
  const std::uint32_t start = skip_gap(context.folded(), cell.start, cell.end);
  const Reading* reading = context.reading_at(start);
  const bool alone = reading != nullptr && reading->kind == MentionKind::number &&
                     reading->span.start == start &&
                     skip_gap(context.folded(), reading->span.end, cell.end) == cell.end;
  if (!alone || !looks_like_year(context.at(reading->span))) return std::nullopt;
  const auto found = year_at(context, *reading, {.end = cell.end});
  return found ? found->year : std::nullopt;
}

BracketOwner bracket_owner(std::string_view text, std::uint32_t position, std::uint32_t line_start) {
  std::uint32_t from = std::max(line_start, position > kLongestRemark ? position - kLongestRemark : 0);
  while (from < position && (static_cast<unsigned char>(text[from]) & 0xC0U) == 0x80U) ++from;
  std::uint32_t open = position;
  for (int depth = 0; depth >= 0;) {
    if (open == from) return {};
    // Most characters are letters and blanks of one byte.
    if (is_ascii_letter(text[open - 1]) || text[open - 1] == ' ') {
      --open;
      continue;
    }
    const char32_t c = code_point_before(text, open);
    open -= size_before(text, open);
    if (is_close_bracket(c)) ++depth;
    if (is_open_bracket(c)) --depth;
  }
  BracketOwner owner;
  std::uint32_t end = open;
  while (end > from && text[end - 1] == ' ') --end;
  if (end == from) return owner;
  owner.bracketed = true;
  owner.name.end = owner.name.start = end;
  // Capitalised words one after the other; one word of any other script.
  while (owner.name.start > from) {
    const std::uint32_t last = owner.name.start == end ? end : owner.name.start - 1;
    const std::uint32_t start = start_of_run(text, last, from);
    const auto first = static_cast<UChar32>(code_point_at(text, start));
    const bool counter = start > from && is_ascii_digit(text[start - 1]);  // "1,234 people (area 12 km2)"
    if (start == last || u_islower(first) != 0 || counter) break;
    owner.name.start = start;
    if (u_isupper(first) == 0 || start == from || text[start - 1] != ' ') break;
  }
  return owner;
}

std::uint32_t linking_word(const LinkContext& context, std::uint32_t position, std::uint16_t category) {
  const auto found = context.rules.linking.words.longest(context.folded(), position, category);
  return found ? found->size : 0;
}

std::uint32_t sentence_word(const LinkContext& context, std::uint32_t position, std::uint16_t category) {
  const auto found = context.rules.linking.sentences.longest(context.folded(), position, category);
  return found ? found->size : 0;
}

std::uint32_t linking_place(const LinkContext& context, std::uint32_t position, std::uint32_t end) {
  const std::string_view text = context.folded();
  // Inside a character, or a word, none begins.
  while (position < end && (static_cast<unsigned char>(text[position]) & 0xC0U) == 0x80U) ++position;
  return context.rules.linking.words.next_candidate(text, position, end);
}

namespace {

// "213 sq mi (552 km2)" is one fact: the figure in the field's own unit is the one to take.
std::optional<GapValue> in_own_unit(const LinkContext& context, const FieldRules& field,
                                    const GapValue& found, const GapLimits& limits) {
  if (field.type != FieldType::quantity || found.unit_assumed || found.stated_unit == field.unit)
    return std::nullopt;
  const std::string_view text = context.folded();
  std::uint32_t at = skip_gap(text, found.span.end, limits.end);
  if (at >= limits.end) return std::nullopt;
  const bool bracket = is_open_bracket(code_point_at(text, at));
  const std::uint32_t separator =
      bracket ? size_at(text, at) : linking_word(context, at, LinkRules::separator);
  if (separator == 0) return std::nullopt;
  at = skip_gap(text, at + separator, limits.end);
  const Reading* reading = context.reading_at(at);
  if (reading == nullptr || reading->span.start != at) return std::nullopt;
  auto other = quantity_at(context, field, *reading, limits);
  const bool same = other && other->stated_unit == field.unit && other->amount > 0 &&
                    std::abs(other->amount - found.amount) <= kSamePair * other->amount;
  return same ? other : std::nullopt;
}

}  // namespace

std::optional<MentionKind> mention_kind_of(FieldType type) {
  switch (type) {
    case FieldType::count:
    case FieldType::number:
      return MentionKind::number;
    case FieldType::date:
      return MentionKind::date;
    case FieldType::address:
      return MentionKind::address;
    case FieldType::phone:
      return MentionKind::phone;
    case FieldType::url:
      return MentionKind::url;
    case FieldType::email:
      return MentionKind::email;
    default:
      return std::nullopt;
  }
}

std::optional<GapValue> value_at(const LinkContext& context, const FieldRules& field, std::uint32_t position,
                                 const GapLimits& limits) {
  const std::uint32_t start = behind_sign(field, context.folded(), position, limits.end);
  const Reading* reading = context.reading_at(start);
  if (reading == nullptr || reading->span.start != start) return std::nullopt;
  std::optional<GapValue> found;
  if (field.type == FieldType::quantity) {
    found = quantity_at(context, field, *reading, limits);
    // Below zero there are no areas, but there are elevations.
    const bool below_zero = field.range_min && field.range_min->digits < 0;
    if (found && found->amount < 0 && !below_zero) return std::nullopt;
    if (found) {
      if (auto own = in_own_unit(context, field, *found, limits)) found = std::move(own);
    }
  } else if (reading->kind == MentionKind::number && mention_kind_of(field.type) == reading->kind) {
    found = count_at(context, field, *reading, position, limits);
  } else if (reading->kind == MentionKind::number && field.type == FieldType::date && !limits.connectors) {
    found = year_at(context, *reading, limits);
  } else if (mention_kind_of(field.type) == reading->kind) {
    found = GapValue{.reading = reading, .span = reading->span};
  }
  if (found && !field.value_guards.allow(context.folded(), found->span)) return std::nullopt;
  return found;
}

namespace {

// One walk from a label to its value.
class Walk {
 public:
  Walk(const LinkContext& context, const FieldRules& field, std::uint32_t position, const GapLimits& limits)
      : context_(context), field_(field), limits_(limits), text_(context.folded()), at_(position) {}

  std::optional<GapValue> run() {
    while (true) {
      at_ = skip_gap(text_, at_, limits_.end);
      if (at_ >= limits_.end) return std::nullopt;
      if (field_.type == FieldType::name) {
        if ((!is_quote(code_point_at(text_, at_)) && pass_remark()) || pass_mark()) continue;
        return take_names();
      }
      if (auto found = take_reading()) return found;
      if (stopped_) return std::nullopt;
      if (moved_) continue;
      if (!pass_remark() && !pass_word() && !pass_name()) return std::nullopt;
    }
  }

 private:
  // Between a label and a name stand marks only: a word would be prose.
  bool pass_mark() {
    const std::uint32_t mark = linking_word(context_, at_, LinkRules::separator);
    if (mark == 0 || u_isalnum(static_cast<UChar32>(code_point_at(text_, at_))) != 0) return false;
    at_ += mark;
    return true;
  }

  [[nodiscard]] std::optional<GapValue> take_names() const {
    const std::vector<TextSpan> names = name_list(context_, field_, {at_, limits_.end});
    if (names.empty()) return std::nullopt;
    return GapValue{.span = names.front(), .more = {names.begin() + 1, names.end()}};
  }

  // A reading at this place: a date is passed, a part's value too, another value of the field is the answer.
  std::optional<GapValue> take_reading() {
    moved_ = false;
    const Reading* reading = context_.reading_at(at_);
    if (reading != nullptr && reading->span.start != at_) reading = nullptr;
    if (reading == nullptr && field_.unit_codes.empty()) return std::nullopt;
    auto found = value_at(context_, field_, at_, limits_);
    if (!found && reading == nullptr) return std::nullopt;
    if (!found && reading->kind == MentionKind::date && field_.type != FieldType::date) {
      as_of_ = AsOf{std::get<Date>(reading->value), reading->span};
      return pass(reading->span.end);
    }
    if (!found && counts_households(*reading))
      return pass(reading->span.end + counter_size(reading->span.end));
    if (!found) {
      stopped_ = true;
      return std::nullopt;
    }
    if (part_ || (want_total_ && !total_)) {
      part_ = false;
      want_total_ = true;
      return pass(found->span.end);
    }
    found->as_of = as_of_;
    found->of = of_;
    found->total = total_;
    found->scope = scope_;
    return found;
  }

  // "The population is 750 households, 1,431 people": the homes are named on the way.
  [[nodiscard]] bool counts_households(const Reading& reading) const {
    const auto* number = std::get_if<Number>(&reading.value);
    return number != nullptr && number->counter != kNone &&
           context_.rules.numbers.counters[number->counter].kind == CounterClass::household;
  }

  // The bytes of the counter behind a number, a blank before it at most.
  [[nodiscard]] std::uint32_t counter_size(std::uint32_t at) const {
    const std::uint32_t word = skip_gap(text_, at, limits_.end);
    std::uint32_t end = word;
    while (end < limits_.end && is_kanji(code_point_at(text_, end))) end += size_at(text_, end);
    return end - at;
  }

  std::optional<GapValue> pass(std::uint32_t end) {
    at_ = end;
    moved_ = true;
    return std::nullopt;
  }

  bool pass_remark() {
    if (!is_open_bracket(code_point_at(text_, at_))) return false;
    const std::uint32_t end = behind_bracket(text_, at_, limits_.end);
    if (end == 0) {
      at_ += size_at(text_, at_);
      return true;
    }
    for (const Reading& reading : context_.readings_in({at_, end})) {
      if (reading.kind == MentionKind::date) as_of_ = AsOf{std::get<Date>(reading.value), reading.span};
    }
    if (const UnitWord* counter = counter_in(context_, field_, {at_, end})) limits_.counter = counter;
    at_ = end;
    return true;
  }

  bool pass_word() {
    if (const std::uint32_t size = word_of(field_.part_words, text_, at_)) return pass_part(size);
    if (const std::uint32_t size = word_of(field_.total_words, text_, at_)) return pass_total(size);
    std::uint32_t size = 0;
    std::uint16_t category = LinkRules::count;
    context_.rules.linking.words.match(text_, at_, [&](const WordMatch& found) {
      const auto kind = found.word->category;
      if ((kind == LinkRules::connector || kind == LinkRules::own_extent) && !limits_.connectors) return;
      if (kind == LinkRules::item_mark) return;
      size = found.size;
      category = found.word->category;
    });
    switch (category) {
      case LinkRules::part:
        return pass_part(size);
      case LinkRules::total:
        return pass_total(size);
      case LinkRules::scope:
        scope_ = true;
        of_ = {at_, at_ + size};
        break;
      case LinkRules::separator:
      case LinkRules::connector:
      case LinkRules::own_extent:
      case LinkRules::as_of_before:
      case LinkRules::as_of_after:
        break;
      default:
        return false;
    }
    at_ += size;
    return true;
  }

  bool pass_part(std::uint32_t size) {
    part_ = true;
    total_ = false;
    at_ += size;
    return true;
  }

  bool pass_total(std::uint32_t size) {
    total_ = true;
    part_ = false;
    at_ += size;
    return true;
  }

  // A name in a sentence, "the population of Tampere is": its capitalised words.
  bool pass_name() {
    if (!limits_.connectors || text_[at_] < 'A' || text_[at_] > 'Z') return false;
    const std::uint32_t start = at_;
    while (at_ < limits_.end &&
           (is_ascii_alnum(text_[at_]) || static_cast<unsigned char>(text_[at_]) >= 0x80 ||
            text_[at_] == '-' || text_[at_] == '\'')) {
      ++at_;
    }
    of_ = of_.empty() || of_.end + 1 != start ? TextSpan{start, at_} : TextSpan{of_.start, at_};
    return true;
  }

  const LinkContext& context_;
  const FieldRules& field_;
  GapLimits limits_;
  std::string_view text_;
  std::uint32_t at_;
  std::optional<AsOf> as_of_;
  TextSpan of_;
  bool total_ = false;
  bool part_ = false;
  bool scope_ = false;
  bool want_total_ = false;  // a part's value was passed: only a whole may follow
  bool moved_ = false;
  bool stopped_ = false;
};

}  // namespace

std::optional<GapValue> find_value(const LinkContext& context, const FieldRules& field,
                                   std::uint32_t position, const GapLimits& limits) {
  return Walk(context, field, position, limits).run();
}

}  // namespace yoran
