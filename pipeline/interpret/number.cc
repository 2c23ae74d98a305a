#include "interpret/number.h"

#include <algorithm>
#include <array>
#include <limits>

#include "interpret/quantity.h"
#include "rulepack/guards.h"

namespace yoran {
namespace {

__extension__ typedef __int128 Int128;

constexpr std::int64_t kNoLimit = std::numeric_limits<std::int64_t>::max();
constexpr std::uint32_t kLookAhead = 256;  // bytes looked at behind a number: lines may be long

std::uint32_t skip_blanks(std::string_view text, std::uint32_t position, std::uint32_t limit) {
  while (position < limit && text[position] == ' ') ++position;
  return position;
}

std::uint32_t digits_end(std::string_view text, std::uint32_t position, std::uint32_t limit) {
  while (position < limit && is_ascii_digit(text[position])) ++position;
  return position;
}

// Han characters with the iteration mark and the ideographic zero.
bool is_ideograph(char32_t c) {
  return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || c == 0x3005 || c == 0x3007;
}

// numerator / denominator as a decimal: exact where it ends within 18 digits, else rounded to 15 significant
// ones.
std::optional<Decimal> quotient(const Decimal& numerator, const Decimal& denominator) {
  const auto below = denominator.normalized();
  const auto above = numerator.normalized();
  if (below.digits == 0 || below.digits == std::numeric_limits<std::int64_t>::min()) return std::nullopt;
  Int128 rest = above.digits;
  const bool negative = (rest < 0) != (below.digits < 0);
  if (rest < 0) rest = -rest;
  const Int128 divisor = below.digits < 0 ? -static_cast<Int128>(below.digits) : below.digits;
  constexpr Int128 kEnough = 1'000'000'000'000'000;  // 15 significant digits
  std::int32_t exponent = above.exponent - below.exponent;
  while (rest != 0 && rest % divisor != 0 && rest / divisor < kEnough * 10) rest *= 10, --exponent;
  Int128 digits = rest / divisor;
  if (rest != 0 && rest % divisor != 0) {
    while (digits >= kEnough * 10) digits /= 10, ++exponent;
    digits = (digits + 5) / 10;
    ++exponent;
  }
  if (digits > kNoLimit) return std::nullopt;
  return Decimal{static_cast<std::int64_t>(negative ? -digits : digits), exponent}.normalized();
}

// ASCII digits with their grouping and decimal mark.
class AsciiNumber {
 public:
  AsciiNumber(const NumberRules& rules, std::string_view text, std::uint32_t limit,
              const DocumentHabits& habits)
      : rules_(rules), text_(text), limit_(limit), habits_(habits) {}

  // False: what stands there is no amount (a version, an address of numbers); `end` is then behind it.
  bool parse(std::uint32_t position) {
    end = position;
    if (end < limit_ && text_[end] == '.') return parse_fraction_part();
    const std::uint32_t first = digits_end(text_, end, limit_);
    if (first == end || !take(end, first)) return false;
    end = first;
    first_size_ = first - position;
    if (end >= limit_) return true;
    switch (text_[end]) {
      case ',':
        return parse_commas();
      case '.':
        return parse_points();
      case '\'':
        return parse_groups_of_three(1) ? parse_mark() : true;
      case ' ':
        return parse_blanks();
      default:
        break;
    }
    if (const auto mark = rules_.at(text_, end, NumberWord::list_mark); mark && first_size_ <= 2) {
      parse_groups_of_three(mark->size);
    }
    return true;
  }

  Decimal value;
  std::uint32_t end = 0;
  bool doubtful_mark = false;

 private:
  static constexpr std::size_t kMostGroups = 8;

  bool take(std::uint32_t from, std::uint32_t to) {
    for (std::uint32_t i = from; i < to; ++i) {
      if (value.digits > (kNoLimit - 9) / 10) return false;
      value.digits = value.digits * 10 + (text_[i] - '0');
    }
    return true;
  }

  bool parse_fraction_part() {
    const std::uint32_t stop = digits_end(text_, end + 1, limit_);
    if (stop == end + 1 || !take(end + 1, stop)) return false;
    value.exponent = -static_cast<std::int32_t>(stop - end - 1);
    end = stop;
    return true;
  }

  // Sizes of the groups of digits behind separators of `size` bytes equal to the one at `end`.
  std::size_t group_sizes(std::uint32_t size, std::array<std::uint32_t, kMostGroups>& sizes) const {
    const std::string_view separator = text_.substr(end, size);
    std::size_t count = 0;
    std::uint32_t at = end;
    while (count < kMostGroups && text_.substr(at, size) == separator) {
      const std::uint32_t stop = digits_end(text_, at + size, limit_);
      if (stop == at + size) break;
      sizes[count++] = stop - at - size;
      at = stop;
    }
    return count;
  }

  bool take_groups(std::size_t count, std::uint32_t separator,
                   const std::array<std::uint32_t, kMostGroups>& sizes) {
    for (std::size_t i = 0; i < count; ++i) {
      if (!take(end + separator, end + separator + sizes[i])) return false;
      end += separator + sizes[i];
    }
    return true;
  }

  static bool all_three(std::size_t count, const std::array<std::uint32_t, kMostGroups>& sizes) {
    return count > 0 && std::all_of(sizes.begin(), sizes.begin() + static_cast<std::ptrdiff_t>(count),
                                    [](std::uint32_t size) { return size == 3; });
  }

  bool parse_groups_of_three(std::uint32_t separator) {
    std::array<std::uint32_t, kMostGroups> sizes{};
    const std::size_t count = group_sizes(separator, sizes);
    if (first_size_ > 3 || !all_three(count, sizes)) return false;
    grouped_ = take_groups(count, separator, sizes);
    return grouped_;
  }

  // A decimal mark behind groups, of either kind.
  bool parse_mark() {
    if (end + 1 < limit_ && (text_[end] == '.' || text_[end] == ',') && is_ascii_digit(text_[end + 1])) {
      return parse_fraction_part();
    }
    return true;
  }

  bool parse_commas() {
    std::array<std::uint32_t, kMostGroups> sizes{};
    const std::size_t count = group_sizes(1, sizes);
    if (count == 0) return true;
    const bool decimal_comma = habits_.decimal_mark == DocumentHabits::DecimalMark::comma;
    if (all_three(count, sizes) && first_size_ <= 3 && !(count == 1 && decimal_comma && value.digits == 0)) {
      doubtful_mark = count == 1 && decimal_comma;
      grouped_ = take_groups(count, 1, sizes);
    } else if (count > 1 && sizes[count - 1] == 3 && first_size_ <= 2 &&
               std::all_of(sizes.begin(), sizes.begin() + static_cast<std::ptrdiff_t>(count) - 1,
                           [](std::uint32_t size) { return size == 2; })) {
      grouped_ = take_groups(count, 1, sizes);  // the Indian way
    } else {
      if (count == 1 && sizes[0] <= 2 && habits_.decimal_mark != DocumentHabits::DecimalMark::point) {
        return parse_fraction_part();
      }
      return true;
    }
    if (end + 1 < limit_ && text_[end] == '.' && is_ascii_digit(text_[end + 1])) return parse_fraction_part();
    return grouped_;
  }

  bool parse_points() {
    std::array<std::uint32_t, kMostGroups> sizes{};
    const std::size_t count = group_sizes(1, sizes);
    if (count == 0) return true;
    const bool threes = all_three(count, sizes) && first_size_ <= 3 && value.digits > 0;
    if (count > 1) {
      if (!threes) {
        for (std::size_t i = 0; i < count; ++i) end += 1 + sizes[i];
        return false;
      }
      return take_groups(count, 1, sizes) && parse_mark();
    }
    // 1.234,5 and, where the document writes so, 1.234.
    const bool comma =
        end + 5 < limit_ && text_[end + 4] == ',' && digits_end(text_, end + 5, limit_) - end - 5 - 1 < 2;
    if (threes && (comma || habits_.decimal_mark == DocumentHabits::DecimalMark::comma)) {
      return take_groups(1, 1, sizes) && parse_mark();
    }
    doubtful_mark = threes && habits_.decimal_mark == DocumentHabits::DecimalMark::unknown;
    return parse_fraction_part();
  }

  // Blanks divide columns as often as thousands: they count as grouping when the first group is short or what
  // follows shows that the number goes on.
  bool parse_blanks() {
    std::array<std::uint32_t, kMostGroups> sizes{};
    const std::size_t count = group_sizes(1, sizes);
    if (count == 0 || first_size_ > 3 || value.digits == 0 || !all_three(count, sizes)) return true;
    const auto behind = end + static_cast<std::uint32_t>(count * 4);
    const bool mark = behind + 1 < limit_ && (text_[behind] == '.' || text_[behind] == ',') &&
                      is_ascii_digit(text_[behind + 1]);
    const std::uint32_t next = skip_blanks(text_, behind, static_cast<std::uint32_t>(text_.size()));
    if (first_size_ == 3 && !mark && !rules_.at(text_, next, NumberWord::counter)) return true;
    if (next + 1 < text_.size() && next > behind && is_ascii_digit(text_[next])) return true;
    return take_groups(count, 1, sizes) && parse_mark();
  }

  const NumberRules& rules_;
  std::string_view text_;
  std::uint32_t limit_;
  const DocumentHabits& habits_;
  std::uint32_t first_size_ = 0;
  bool grouped_ = false;
};

// Ideographs, mixed with ASCII digits: total of the large magnitudes, section below 10^4, chunk of digits.
class IdeographNumber {
 public:
  IdeographNumber(const NumberRules& rules, std::string_view text, std::uint32_t limit,
                  const DocumentHabits& habits)
      : rules_(rules), text_(text), limit_(limit), habits_(habits) {}

  bool parse(std::uint32_t position) {
    end = position;
    spaced_ = has_spaced_magnitude(position);
    while (step(spaced_ && end > position ? skip_blanks(text_, end, limit_) : end)) ++tokens;
    return any_ && finish();
  }

  Decimal value;
  Decimal stated;               // the first chunk, when one magnitude multiplies it
  std::int64_t multiplier = 1;  // that magnitude; 0: several
  std::uint32_t end = 0;
  std::uint8_t tokens = 0;
  std::uint8_t magnitudes = 0;
  bool ascii = false;
  bool ideographs = false;
  bool zeros_only = false;

 private:
  [[nodiscard]] bool has_spaced_magnitude(std::uint32_t position) const {
    const std::uint32_t stop = std::min(limit_, position + kLookAhead);
    for (std::uint32_t i = position; i + 1 < stop; ++i) {
      if (text_[i] == ' ' && rules_.at(text_, i + 1, NumberWord::large)) return true;
    }
    return false;
  }

  bool step(std::uint32_t at) {
    if (at >= limit_) return false;
    if (is_ascii_digit(text_[at])) return !has_chunk_ && !closed_ && ascii_chunk(at);
    if (!rules_.words.may_start(text_, at)) return false;
    if (rules_.at(text_, at, NumberWord::digit)) return !has_chunk_ && !closed_ && digit_chunk(at);
    if (const auto word = rules_.at(text_, at, NumberWord::tens_digit)) return tens_digit(at, *word);
    if (const auto word = rules_.at(text_, at, NumberWord::small)) return small(at, *word);
    if (const auto word = rules_.at(text_, at, NumberWord::large)) return large(at, *word);
    return false;
  }

  // The chunk must fit below the magnitude before it: 100 and 20 is 120, 100 and 200 are two numbers.
  [[nodiscard]] bool fits(const Decimal& number) const {
    const std::int64_t above = std::min(last_small_, last_large_);
    return above == kNoLimit || number.to_double() < static_cast<double>(above);
  }

  bool ascii_chunk(std::uint32_t at) {
    AsciiNumber number(rules_, text_, limit_, habits_);
    if (!number.parse(at) || number.value.digits < 0) return false;
    const bool magnitude_follows =
        rules_.at(text_, number.end, NumberWord::small) || rules_.at(text_, number.end, NumberWord::large);
    if (any_ && !magnitude_follows && !fits(number.value)) return false;
    chunk_ = number.value;
    has_chunk_ = any_ = ascii = true;
    end = number.end;
    return true;
  }

  bool digit_chunk(std::uint32_t at) {
    Decimal number;
    std::uint32_t stop = at;
    std::uint32_t count = 0;
    while (stop < limit_) {
      const auto word = rules_.at(text_, stop, NumberWord::digit);
      if (!word) break;
      if (number.digits > (kNoLimit - 9) / 10) return false;
      number.digits = number.digits * 10 + rules_.value_of(*word->word);
      stop += word->size;
      ++count;
    }
    const bool only_zeros = number.digits == 0;
    if (only_zeros && count > 1 && !any_) return false;  // two circles stand for a name left out
    const bool magnitude_follows = rules_.at(text_, stop, NumberWord::small) ||
                                   rules_.at(text_, stop, NumberWord::large) ||
                                   rules_.at(text_, stop, NumberWord::tens_digit);
    if (any_ && !magnitude_follows && !fits(number)) return false;
    tokens = static_cast<std::uint8_t>(std::min<std::uint32_t>(tokens + count - 1, 200));
    ideographs = any_ = true;
    end = stop;
    // A zero before a magnitude only holds the place.
    if (only_zeros && magnitude_follows) return true;
    zeros_only = only_zeros && tokens == 0;
    chunk_ = number;
    has_chunk_ = true;
    if (!magnitude_follows) decimals();
    return true;
  }

  // A middle dot and ideographic digits behind digits or a small magnitude.
  void decimals() {
    const auto dot = rules_.at(text_, end, NumberWord::middle_dot);
    if (!dot) return;
    std::uint32_t stop = end + dot->size;
    Decimal number = has_chunk_ ? chunk_ : Decimal{};
    std::int32_t exponent = 0;
    while (stop < limit_) {
      const auto word = rules_.at(text_, stop, NumberWord::digit);
      if (!word) break;
      if (number.digits > (kNoLimit - 9) / 10) return;
      number.digits = number.digits * 10 + rules_.value_of(*word->word);
      --exponent;
      stop += word->size;
    }
    if (exponent == 0 || rules_.at(text_, stop, NumberWord::small) ||
        rules_.at(text_, stop, NumberWord::middle_dot))
      return;
    number.exponent = exponent;
    chunk_ = number;
    has_chunk_ = closed_ = true;
    end = stop;
  }

  bool tens_digit(std::uint32_t at, const WordMatch& word) {
    if (has_chunk_ || closed_ || last_small_ <= 10) return false;
    const auto sum = section_.plus({rules_.value_of(*word.word), 0});
    if (!sum) return false;
    section_ = *sum;
    last_small_ = 10;
    any_ = ideographs = has_section_ = true;
    end = at + word.size;
    return true;
  }

  bool small(std::uint32_t at, const WordMatch& word) {
    const std::int64_t magnitude = rules_.value_of(*word.word);
    if (closed_ || magnitude >= last_small_) return false;
    const auto product = (has_chunk_ ? chunk_ : Decimal{1, 0}).times(magnitude);
    const auto sum = product ? section_.plus(*product) : std::nullopt;
    if (!sum) return false;
    if (has_chunk_ && ascii) note_multiplier(magnitude);
    section_ = *sum;
    has_section_ = any_ = ideographs = true;
    has_chunk_ = false;
    last_small_ = magnitude;
    end = at + word.size;
    if (const auto dot = rules_.at(text_, end, NumberWord::middle_dot)) decimals();
    return true;
  }

  bool large(std::uint32_t at, const WordMatch& word) {
    if (!has_chunk_ && !has_section_) return false;
    const std::int64_t magnitude = rules_.value_of(*word.word);
    const auto below = has_chunk_ ? section_.plus(chunk_) : std::optional(section_);
    if (!below || magnitude == last_large_) return false;
    // 1 man 5 sen oku: the larger magnitude multiplies all that stands before it.
    const bool over = magnitude > last_large_;
    const auto factor = over ? total_.plus(*below) : below;
    const auto product = factor ? factor->times(magnitude) : std::nullopt;
    const auto sum = product && !over ? total_.plus(*product) : product;
    if (!sum) return false;
    if (has_chunk_ && !has_section_ && magnitudes == 0) {
      note_multiplier(magnitude);
    } else {
      multiplier = 0;
    }
    total_ = *sum;
    section_ = {};
    has_section_ = has_chunk_ = closed_ = false;
    last_small_ = kNoLimit;
    last_large_ = magnitude;
    ++magnitudes;
    ideographs = true;
    end = at + word.size;
    return true;
  }

  void note_multiplier(std::int64_t magnitude) {
    if (multiplier != 1 || tokens > 1) {
      multiplier = 0;
      return;
    }
    stated = chunk_;
    multiplier = magnitude;
  }

  bool finish() {
    const auto below = has_chunk_ ? section_.plus(chunk_) : std::optional(section_);
    const auto sum = below ? total_.plus(*below) : std::nullopt;
    if (!sum) return false;
    value = *sum;
    if (multiplier != 1 && (has_chunk_ || has_section_)) multiplier = 0;
    if (multiplier <= 1) stated = value;
    return true;
  }

  const NumberRules& rules_;
  std::string_view text_;
  std::uint32_t limit_;
  const DocumentHabits& habits_;
  Decimal total_;
  Decimal section_;
  Decimal chunk_;
  bool has_section_ = false;
  bool has_chunk_ = false;
  bool any_ = false;
  bool closed_ = false;
  bool spaced_ = false;
  std::int64_t last_small_ = kNoLimit;
  std::int64_t last_large_ = kNoLimit;
};

// English words, mixed with ASCII digits: the same idea with hundreds.
class SpelledNumber {
 public:
  SpelledNumber(const NumberRules& rules, std::string_view text, std::uint32_t limit,
                const DocumentHabits& habits)
      : rules_(rules), text_(text), limit_(limit), habits_(habits) {}

  bool parse(std::uint32_t position) {
    end = position;
    std::uint32_t at = position;
    while (at < limit_ && step(at)) at = skip_joiner(end);
    if (words == 0 && !digits) return false;
    return finish();
  }

  Decimal value;
  Decimal stated;
  std::int64_t multiplier = 1;
  std::uint32_t end = 0;
  std::uint8_t words = 0;
  bool digits = false;
  bool fraction = false;

 private:
  std::uint32_t skip_joiner(std::uint32_t at) const {
    std::uint32_t next = skip_blanks(text_, at, limit_);
    if (next < limit_ && text_[next] == '-' && words > 0) next = skip_blanks(text_, next + 1, limit_);
    return next;
  }

  bool step(std::uint32_t at) {
    if (done_) return false;
    if (is_ascii_digit(text_[at])) return digit_chunk(at);
    if (!rules_.words.may_start(text_, at)) return false;
    if (const auto word = rules_.at(text_, at, NumberWord::fraction)) {
      if (fraction_word(at, *word)) return true;
    }
    if (const auto word = rules_.at(text_, at, NumberWord::ones)) return ones(at, *word);
    if (const auto word = rules_.at(text_, at, NumberWord::tens)) return tens(at, *word);
    if (const auto word = rules_.at(text_, at, NumberWord::hundred)) return hundred(at, *word);
    if (const auto word = rules_.at(text_, at, NumberWord::magnitude)) return magnitude(at, *word);
    if (const auto word = rules_.at(text_, at, NumberWord::dozen)) return dozen(at, *word);
    if (const auto word = rules_.at(text_, at, NumberWord::join)) return joined(at + word->size);
    if (const auto word = rules_.at(text_, at, NumberWord::half)) return half(at, *word);
    if (const auto word = rules_.at(text_, at, NumberWord::article)) return article(at, *word);
    if (const auto word = rules_.at(text_, at, NumberWord::point)) return point(at + word->size);
    return false;
  }

  void accept(std::uint32_t stop) {
    end = stop;
    ++words;
    single_word_ = words == 1;
  }

  [[nodiscard]] bool fresh() const { return !has_chunk_ && !has_section_ && total_.digits == 0; }

  bool digit_chunk(std::uint32_t at) {
    AsciiNumber number(rules_, text_, limit_, habits_);
    if (has_chunk_ || !number.parse(at)) return false;
    if (!fresh() && number.value.to_double() >= static_cast<double>(std::min(last_hundred_, last_magnitude_)))
      return false;
    // Digits only begin a number in words, or go on behind a magnitude that digits began.
    if (!fresh() && !digits) return false;
    chunk_ = number.value;
    has_chunk_ = digits = true;
    end = number.end;
    return true;
  }

  bool ones(std::uint32_t at, const WordMatch& word) {
    const std::int64_t v = rules_.value_of(*word.word);
    if (has_chunk_) {
      if (after_tens_ && v >= 1 && v <= 9) {
        chunk_.digits += v;
        after_tens_ = false;
        accept(at + word.size);
        return true;
      }
      return v >= 10 && pair(v, at + word.size);
    }
    if (!fresh() && v >= std::min(last_hundred_, last_magnitude_)) return false;
    chunk_ = {v, 0};
    has_chunk_ = true;
    after_tens_ = false;
    accept(at + word.size);
    return true;
  }

  bool tens(std::uint32_t at, const WordMatch& word) {
    const std::int64_t v = rules_.value_of(*word.word);
    if (has_chunk_) return pair(v, at + word.size);
    if (!fresh() && v >= std::min(last_hundred_, last_magnitude_)) return false;
    chunk_ = {v, 0};
    has_chunk_ = after_tens_ = true;
    accept(at + word.size);
    return true;
  }

  // Years and house numbers as spoken: nineteen eighty six, one twenty two.
  bool pair(std::int64_t v, std::uint32_t stop) {
    if (digits || paired_ || has_section_ || total_.digits != 0 || chunk_.digits < 1 || chunk_.digits > 99)
      return false;
    chunk_.digits = chunk_.digits * 100 + v;
    paired_ = true;
    after_tens_ = v >= 20;
    accept(stop);
    return true;
  }

  bool hundred(std::uint32_t at, const WordMatch& word) {
    if (!has_chunk_ || paired_ || last_hundred_ == 100) return false;
    const auto product = chunk_.times(100);
    if (!product) return false;
    section_ = *product;
    has_section_ = true;
    has_chunk_ = after_tens_ = false;
    last_hundred_ = 100;
    if (fresh_multiplier()) set_multiplier(100);
    accept(at + word.size);
    return true;
  }

  bool magnitude(std::uint32_t at, const WordMatch& word) {
    if ((!has_chunk_ && !has_section_ && !has_total_) || paired_) return false;
    const std::int64_t v = rules_.value_of(*word.word);
    if (v == last_magnitude_) return false;
    const auto below = has_chunk_ ? section_.plus(chunk_) : std::optional(section_);
    const bool over = v > last_magnitude_;  // three lakh crore
    const auto factor = below && over ? total_.plus(*below) : below;
    const auto product = factor ? factor->times(v) : std::nullopt;
    const auto sum = product && !over ? total_.plus(*product) : product;
    if (!sum || (!over && !has_chunk_ && !has_section_)) return false;
    if (fresh_multiplier() && has_chunk_ && !has_section_) {
      set_multiplier(v);
    } else {
      multiplier = 0;
    }
    total_ = *sum;
    has_total_ = true;
    section_ = {};
    has_section_ = has_chunk_ = after_tens_ = false;
    last_hundred_ = kNoLimit;
    last_magnitude_ = v;
    accept(at + word.size);
    return true;
  }

  bool dozen(std::uint32_t at, const WordMatch& word) {
    if (!fold_up()) return false;
    const auto product = chunk_.times(rules_.value_of(*word.word));
    if (!product) return false;
    chunk_ = *product;
    multiplier = 0;
    done_ = true;
    accept(at + word.size);
    return true;
  }

  // "and": between a hundred or magnitude and the rest, or before a fraction.
  bool joined(std::uint32_t at) {
    if (fresh() || paired_) return false;
    const std::uint32_t next = skip_blanks(text_, at, limit_);
    if (next == at || next >= limit_) return false;
    if (mixed_fraction(next)) return true;
    if (has_chunk_) return false;
    const SpelledNumber before = *this;
    std::uint32_t place = next;
    while (place < limit_ && step(place)) place = skip_joiner(end);
    // "3 hundred and 2.12 hundred" are two numbers.
    const bool goes_on = place < limit_ && (rules_.at(text_, place, NumberWord::hundred) ||
                                            rules_.at(text_, place, NumberWord::magnitude));
    if (end <= next || goes_on) {
      *this = before;
      return false;
    }
    return true;
  }

  // "and a quarter", "and three fifths"
  bool mixed_fraction(std::uint32_t at) {
    SpelledNumber inner(rules_, text_, limit_, habits_);
    std::uint32_t start = at;
    Decimal numerator{1, 0};
    if (const auto a = rules_.at(text_, at, NumberWord::article)) {
      start = skip_blanks(text_, at + a->size, limit_);
    } else if (const auto one = rules_.at(text_, at, NumberWord::ones)) {
      numerator = {rules_.value_of(*one->word), 0};
      start = skip_blanks(text_, at + one->size, limit_);
      if (start < limit_ && text_[start] == '-') start = skip_blanks(text_, start + 1, limit_);
    } else {
      return false;
    }
    const auto word = rules_.at(text_, start, NumberWord::fraction);
    if (!word || !fold_up()) return false;
    const auto part = quotient(numerator, {rules_.value_of(*word->word), 0});
    const auto sum = part ? chunk_.plus(*part) : std::nullopt;
    if (!sum) return false;
    chunk_ = *sum;
    fraction = true;
    multiplier = 0;
    accept(start + word->size);
    // "two and a half million"
    const auto behind = rules_.at(text_, skip_blanks(text_, end, limit_), NumberWord::magnitude);
    done_ = !behind;
    return true;
  }

  bool fraction_word(std::uint32_t at, const WordMatch& word) {
    if (!has_chunk_ || has_section_ || has_total_ || paired_ || chunk_.exponent != 0) return false;
    const bool plural = ascii_lower(word.word->text.back()) == 's';
    if (plural == (chunk_.digits == 1) && rules_.value_of(*word.word) != 2) return false;
    const auto part = quotient(chunk_, {rules_.value_of(*word.word), 0});
    if (!part) return false;
    chunk_ = *part;
    fraction = done_ = true;
    accept(at + word.size);
    return true;
  }

  bool half(std::uint32_t at, const WordMatch& word) {
    if (!fresh() || words > 0 || digits) return false;
    std::uint32_t next = skip_blanks(text_, at + word.size, limit_);
    if (const auto a = rules_.at(text_, next, NumberWord::article))
      next = skip_blanks(text_, next + a->size, limit_);
    if (!rules_.at(text_, next, NumberWord::magnitude) && !rules_.at(text_, next, NumberWord::dozen))
      return false;
    chunk_ = {5, -1};
    has_chunk_ = true;
    accept(next);
    return true;
  }

  bool article(std::uint32_t at, const WordMatch& word) {
    if (!fresh() || words > 0 || digits) return false;
    const std::uint32_t next = skip_blanks(text_, at + word.size, limit_);
    if (!rules_.at(text_, next, NumberWord::magnitude) && !rules_.at(text_, next, NumberWord::hundred) &&
        !rules_.at(text_, next, NumberWord::dozen)) {
      return false;
    }
    chunk_ = {1, 0};
    has_chunk_ = true;
    accept(next);
    return true;
  }

  bool point(std::uint32_t at) {
    if (fresh() || done_) return false;
    std::uint32_t next = skip_blanks(text_, at, limit_);
    Decimal part;
    std::uint32_t stop = next;
    while (next < limit_) {
      std::int64_t digit = -1;
      std::uint32_t size = 0;
      if (const auto word = rules_.at(text_, next, NumberWord::ones)) {
        digit = rules_.value_of(*word->word);
        size = word->size;
      } else if (is_ascii_digit(text_[next])) {
        digit = text_[next] - '0';
        size = 1;
      }
      if (digit < 0 || digit > 9 || part.exponent < -12) break;
      part.digits = part.digits * 10 + digit;
      --part.exponent;
      stop = next + size;
      next = skip_blanks(text_, stop, limit_);
    }
    if (part.exponent == 0 || !fold_up()) return false;
    const auto sum = chunk_.plus(part);
    if (!sum) return false;
    chunk_ = *sum;
    accept(stop);
    return true;
  }

  // All read so far becomes the chunk.
  bool fold_up() {
    const auto below = has_chunk_ ? section_.plus(chunk_) : std::optional(section_);
    const auto sum = below ? total_.plus(*below) : std::nullopt;
    if (!sum || fresh()) return false;
    chunk_ = *sum;
    total_ = section_ = {};
    has_chunk_ = true;
    has_section_ = has_total_ = after_tens_ = false;
    last_magnitude_ = last_hundred_ = kNoLimit;
    return true;
  }

  [[nodiscard]] bool fresh_multiplier() const { return multiplier == 1; }
  void set_multiplier(std::int64_t v) {
    stated = chunk_;
    multiplier = v;
  }

  bool finish() {
    const auto below = has_chunk_ ? section_.plus(chunk_) : std::optional(section_);
    const auto sum = below ? total_.plus(*below) : std::nullopt;
    if (!sum) return false;
    value = *sum;
    if (multiplier != 1 && (has_chunk_ || (has_section_ && has_total_))) multiplier = 0;
    if (multiplier <= 1) stated = value;
    return true;
  }

  const NumberRules& rules_;
  std::string_view text_;
  std::uint32_t limit_;
  const DocumentHabits& habits_;
  Decimal total_;
  Decimal section_;
  Decimal chunk_;
  bool has_total_ = false;
  bool has_section_ = false;
  bool has_chunk_ = false;
  bool after_tens_ = false;
  bool paired_ = false;
  bool done_ = false;
  bool single_word_ = false;
  std::int64_t last_hundred_ = kNoLimit;
  std::int64_t last_magnitude_ = kNoLimit;

 public:
  SpelledNumber(const SpelledNumber&) = default;
  SpelledNumber& operator=(const SpelledNumber& other) {
    value = other.value, stated = other.stated, multiplier = other.multiplier, end = other.end,
    words = other.words;
    digits = other.digits, fraction = other.fraction, total_ = other.total_, section_ = other.section_;
    chunk_ = other.chunk_, has_total_ = other.has_total_, has_section_ = other.has_section_;
    has_chunk_ = other.has_chunk_, after_tens_ = other.after_tens_, paired_ = other.paired_,
    done_ = other.done_;
    single_word_ = other.single_word_, last_hundred_ = other.last_hundred_,
    last_magnitude_ = other.last_magnitude_;
    return *this;
  }
};

// Syllabic spelling: digit and magnitude in turn, as spoken.
class KanaNumber {
 public:
  KanaNumber(const NumberRules& rules, std::string_view text, std::uint32_t limit)
      : rules_(rules), text_(text), limit_(limit) {}

  bool parse(std::uint32_t position) {
    end = position;
    while (end < limit_ && step()) ++tokens;
    if (tokens == 0 || __builtin_add_overflow(value, section_, &value)) return false;
    return !__builtin_add_overflow(value, std::max<std::int64_t>(digit_, 0), &value);
  }

  std::int64_t value = 0;
  std::uint32_t end = 0;
  std::uint8_t tokens = 0;
  bool magnitudes = false;

 private:
  bool step() {
    if (const auto word = rules_.at(text_, end, NumberWord::kana_digit); word && digit_ < 0) {
      digit_ = rules_.value_of(*word->word);
      end += word->size;
      return true;
    }
    if (const auto word = rules_.at(text_, end, NumberWord::kana_small)) {
      const std::int64_t magnitude = rules_.value_of(*word->word);
      if (magnitude >= last_small_) return false;
      section_ += (digit_ < 0 ? 1 : digit_) * magnitude;
      last_small_ = magnitude;
      return magnitude_read(*word);
    }
    if (const auto word = rules_.at(text_, end, NumberWord::kana_large)) {
      const std::int64_t magnitude = rules_.value_of(*word->word);
      const std::int64_t below = section_ + std::max<std::int64_t>(digit_, 0);
      if (magnitude >= last_large_ || below == 0) return false;
      value += below * magnitude;
      section_ = 0;
      last_small_ = kNoLimit;
      last_large_ = magnitude;
      return magnitude_read(*word);
    }
    return false;
  }

  bool magnitude_read(const WordMatch& word) {
    digit_ = -1;
    magnitudes = true;
    end += word.size;
    return true;
  }

  const NumberRules& rules_;
  std::string_view text_;
  std::uint32_t limit_;
  std::int64_t section_ = 0;
  std::int64_t digit_ = -1;  // none
  std::int64_t last_small_ = kNoLimit;
  std::int64_t last_large_ = kNoLimit;
};

// One number: tries the three notations, then what may be glued to it.
class NumberParser {
 public:
  NumberParser(const NumberRules& rules, std::string_view text, std::uint32_t limit,
               const DocumentHabits& habits)
      : rules_(rules), text_(text), limit_(limit), habits_(habits) {}

  std::optional<ParsedNumber> parse(std::uint32_t position) {
    bool negative = false;
    std::uint32_t at = position;
    const bool sign = skip_sign(at, negative);
    auto number = body(at);
    if (!number) return std::nullopt;
    mixed(*number);
    number->span.start = sign ? position : at;
    if (negative) {
      number->value.digits = -number->value.digits;
      number->stated.digits = -number->stated.digits;
    }
    return number;
  }

 private:
  bool skip_sign(std::uint32_t& at, bool& negative) const {
    if (at >= limit_) return false;
    if (text_[at] == '-' || text_[at] == '+') {
      const char before = at > 0 ? text_[at - 1] : ' ';
      const bool sign = !is_ascii_alnum(before) && before != ')' && before != '-' && before != '+';
      negative = sign && text_[at] == '-';
      ++at;
      return sign;
    }
    const auto minus = rules_.at(text_, at, NumberWord::minus);
    const auto plus = minus ? std::nullopt : rules_.at(text_, at, NumberWord::plus);
    if (!minus && !plus) return false;
    negative = minus.has_value();
    at = skip_blanks(text_, at + (minus ? minus->size : plus->size), limit_);
    return true;
  }

  std::optional<ParsedNumber> body(std::uint32_t at) const {
    if (at >= limit_) return std::nullopt;
    if (auto number = vulgar(at)) return number;
    if (!is_ascii_digit(text_[at]) && text_[at] != '.') {
      if (!rules_.words.may_start(text_, at)) return std::nullopt;
      if (is_ascii_letter(text_[at])) return spelled(at);
      if (auto number = kana(at)) return number;
      return parts(at, ideographs(at));
    }
    if (text_[at] == '.') {
      AsciiNumber number(rules_, text_, limit_, habits_);
      if (!number.parse(at)) return std::nullopt;
      return glued(plain(at, number));
    }
    AsciiNumber number(rules_, text_, limit_, habits_);
    if (!number.parse(at)) return std::nullopt;
    const std::uint32_t next = skip_blanks(text_, number.end, limit_);
    if (next < text_.size() && rules_.words.may_start(text_, next)) {
      if (static_cast<unsigned char>(text_[next]) >= 0x80) {
        const bool magnitude =
            rules_.at(text_, next, NumberWord::small) || rules_.at(text_, next, NumberWord::large);
        if (magnitude || rules_.at(text_, next, NumberWord::parts_of)) return parts(at, ideographs(at));
      } else if (next > number.end && goes_on_in_words(next)) {
        if (auto spelled_number = spelled(at)) return spelled_number;
      }
    }
    if (auto vulgar_part = next <= number.end + 1 ? vulgar(next) : std::nullopt) {
      if (const auto sum = number.value.plus(vulgar_part->value)) {
        vulgar_part->value = vulgar_part->stated = *sum;
        return vulgar_part;
      }
    }
    return parts(at, glued(slash(at, plain(at, number))));
  }

  [[nodiscard]] bool goes_on_in_words(std::uint32_t at) const {
    return rules_.at(text_, at, NumberWord::magnitude) || rules_.at(text_, at, NumberWord::hundred) ||
           rules_.at(text_, at, NumberWord::dozen) || rules_.at(text_, at, NumberWord::point);
  }

  static ParsedNumber plain(std::uint32_t at, const AsciiNumber& number) {
    ParsedNumber result;
    result.span = {at, number.end};
    result.value = result.stated = number.value;
    result.ascii = true;
    result.doubtful_mark = number.doubtful_mark;
    return result;
  }

  std::optional<ParsedNumber> vulgar(std::uint32_t at) const {
    const auto word = rules_.at(text_, at, NumberWord::vulgar);
    if (!word) return std::nullopt;
    const Fraction& fraction = rules_.fractions[word->word->entry];
    const auto value = quotient({fraction.numerator, 0}, {fraction.denominator, 0});
    if (!value) return std::nullopt;
    ParsedNumber result;
    result.span = {at, at + word->size};
    result.value = result.stated = *value;
    result.fraction = result.ascii = true;
    return result;
  }

  std::optional<ParsedNumber> spelled(std::uint32_t at) const {
    SpelledNumber number(rules_, text_, limit_, habits_);
    if (!number.parse(at)) return std::nullopt;
    ParsedNumber result;
    result.span = {at, number.end};
    result.value = number.value;
    result.stated = number.stated;
    result.multiplier = number.multiplier;
    result.words = number.words > 0;
    result.fraction = number.fraction;
    result.tokens = static_cast<std::uint8_t>(number.words + (number.digits ? 1 : 0));
    repeated(result);
    return result;
  }

  // "forty-five (45)": the same value in digits belongs to the number.
  void repeated(ParsedNumber& number) const {
    const auto size = static_cast<std::uint32_t>(text_.size());
    std::uint32_t at = skip_blanks(text_, number.span.end, size);
    if (at >= size || text_[at] != '(') return;
    AsciiNumber digits(rules_, text_, size, habits_);
    if (!digits.parse(at + 1) || digits.end >= size || text_[digits.end] != ')') return;
    if (digits.value.normalized() == number.value.normalized()) number.span.end = digits.end + 1;
  }

  std::optional<ParsedNumber> ideographs(std::uint32_t at) const {
    IdeographNumber number(rules_, text_, limit_, habits_);
    if (!number.parse(at)) return std::nullopt;
    ParsedNumber result;
    result.span = {at, number.end};
    result.value = number.value;
    result.stated = number.stated;
    result.multiplier = number.multiplier;
    result.ideographic = !number.ascii;
    result.ascii = !number.ideographs;
    result.tokens = number.tokens;
    if (const auto dozen = rules_.at(text_, number.end, NumberWord::dozen)) multiply(result, *dozen);
    return result;
  }

  std::optional<ParsedNumber> kana(std::uint32_t at) const {
    KanaNumber number(rules_, text_, limit_);
    if (!number.parse(at)) return std::nullopt;
    ParsedNumber result;
    result.span = {at, number.end};
    result.value = result.stated = {number.value, 0};
    result.kana = true;
    result.tokens = number.magnitudes ? number.tokens : 1;
    return result;
  }

  void multiply(ParsedNumber& number, const WordMatch& word) const {
    const std::int64_t factor = rules_.value_of(*word.word);
    const auto product = number.value.times(factor);
    if (!product) return;
    number.multiplier = number.multiplier == 1 ? factor : 0;
    number.value = *product;
    if (number.multiplier == 0) number.stated = *product;
    number.span.end += word.size;
    number.words = true;
  }

  // 3/5 and, behind an integer and one blank, 1 3/5.
  std::optional<ParsedNumber> slash(std::uint32_t at, ParsedNumber number) const {
    const std::uint32_t stop = number.span.end;
    if (stop + 1 < limit_ && text_[stop] == '/' && is_ascii_digit(text_[stop + 1]))
      return divided(at, number);
    if (stop + 3 < limit_ && text_[stop] == ' ' && is_ascii_digit(text_[stop + 1]) &&
        number.value.is_integer()) {
      const std::uint32_t second = digits_end(text_, stop + 1, limit_);
      if (second - stop <= 3 && second + 1 < limit_ && text_[second] == '/' &&
          is_ascii_digit(text_[second + 1])) {
        AsciiNumber above(rules_, text_, limit_, habits_);
        if (!above.parse(stop + 1)) return number;
        const auto part = divided(stop + 1, plain(stop + 1, above));
        if (!part || !part->fraction || part->value.to_double() >= 1) return number;
        if (const auto sum = number.value.plus(part->value)) {
          number.value = number.stated = *sum;
          number.fraction = true;
          number.span.end = part->span.end;
        }
      }
    }
    return number;
  }

  std::optional<ParsedNumber> divided(std::uint32_t at, ParsedNumber number) const {
    const std::uint32_t from = number.span.end + 1;
    const std::uint32_t stop = digits_end(text_, from, limit_);
    if (stop - from > 4 || stop - at > 10) return number;
    if (stop < text_.size() && (text_[stop] == '/' || text_[stop] == ',' || is_ascii_letter(text_[stop]))) {
      // A date, a list, a code: the parts are not a fraction. A unit may follow directly, though.
      if (!is_ascii_letter(text_[stop])) return number;
    }
    if (at > 0 && text_[at - 1] == '/') return number;
    Decimal below;
    for (std::uint32_t i = from; i < stop; ++i) below.digits = below.digits * 10 + (text_[i] - '0');
    const auto value = quotient(number.value, below);
    if (!value) return number;
    number.value = number.stated = *value;
    number.fraction = true;
    number.span.end = stop;
    return number;
  }

  std::optional<ParsedNumber> glued(std::optional<ParsedNumber> number) const {
    if (!number) return number;
    const auto size = static_cast<std::uint32_t>(text_.size());
    std::uint32_t at = number->span.end;
    auto word = rules_.at(text_, at, NumberWord::glued_magnitude);
    // A capital may stand off: 2.5 M.
    if (!word && at + 1 < size && text_[at] == ' ' && text_[at + 1] >= 'A' && text_[at + 1] <= 'Z') {
      word = rules_.at(text_, ++at, NumberWord::glued_magnitude);
    }
    if (!word) {
      const std::uint32_t next = skip_blanks(text_, at, size);
      word = rules_.at(text_, next, NumberWord::dozen);
      at = next;
      if (!word || next > number->span.end + 1) return number;
    }
    const std::uint32_t blank = at - number->span.end;
    const std::uint32_t before = number->span.end;
    multiply(*number, *word);
    if (number->span.end != before) number->span.end += blank;
    return number;
  }

  // "denominator, parts of, numerator".
  std::optional<ParsedNumber> parts(std::uint32_t at, std::optional<ParsedNumber> number) const {
    if (!number) return number;
    const std::uint32_t place = skip_blanks(text_, number->span.end, limit_);
    const auto word = rules_.at(text_, place, NumberWord::parts_of);
    if (!word || place >= limit_) return number;
    const auto above = body(skip_blanks(text_, place + word->size, limit_));
    const auto value = above ? quotient(above->value, number->value) : std::nullopt;
    if (!value) return number;
    ParsedNumber result;
    result.span = {at, above->span.end};
    result.value = result.stated = *value;
    result.fraction = true;
    result.ideographic = number->ideographic;
    result.tokens = static_cast<std::uint8_t>(number->tokens + above->tokens + 2);
    return result;
  }

  // "integer, with, denominator, parts of, numerator".
  void mixed(ParsedNumber& number) const {
    if (number.fraction || !number.value.is_integer()) return;
    const auto with = rules_.at(text_, number.span.end, NumberWord::mixed);
    if (!with || number.span.end >= limit_) return;
    const auto part = body(number.span.end + with->size);
    if (!part || !part->fraction || part->span.end > limit_ || part->value.to_double() >= 1) return;
    if (const auto sum = number.value.plus(part->value)) {
      number.value = number.stated = *sum;
      number.fraction = true;
      number.span.end = part->span.end;
    }
  }

  const NumberRules& rules_;
  std::string_view text_;
  std::uint32_t limit_;
  const DocumentHabits& habits_;
};

// What stands around a number decides whether it is an amount and of what.
class RunInterpreter {
 public:
  RunInterpreter(const Mention& run, InterpretContext& context, std::vector<Reading>& out)
      : run_(run), context_(context), rules_(context.rules.numbers), text_(context.folded()), out_(out) {
    const std::string_view near = text_.substr(0, std::size_t{run.span.end} + kLookAhead);
    limit_ = static_cast<std::uint32_t>(std::min(near.find('\n', run.span.end), near.size()));
  }

  void read() {
    std::uint32_t at = run_.span.start;
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
      at = digits_end(text_, at + 1, static_cast<std::uint32_t>(text_.size()));
    }
    if (number.fraction) return marks > 0;
    return marks > 1 || (marks == 1 && has_chain_mark(number, ':'));
  }

  static bool is_chain_mark(char c) { return c == '-' || c == '/' || c == ':'; }

  [[nodiscard]] bool has_chain_mark(const ParsedNumber& number, char mark) const {
    const bool before = number.span.start > 0 && text_[number.span.start - 1] == mark;
    return before || (number.span.end < text_.size() && text_[number.span.end] == mark);
  }

  [[nodiscard]] std::uint32_t end_of_code(const ParsedNumber& number) const {
    std::uint32_t at = number.span.end;
    while (at + 1 < run_.span.end && is_chain_mark(text_[at]) && is_ascii_digit(text_[at + 1])) {
      at = digits_end(text_, at + 1, run_.span.end);
    }
    return at;
  }

  // A letter glued before makes it a name (A4, H26); so does a mark of ids.
  [[nodiscard]] bool preceded_by_word(const ParsedNumber& number) const {
    const std::uint32_t start = number.span.start;
    if (start == 0 || number.words) return false;
    const char before = text_[start - 1];
    if (before == '_' || before == '@') return true;
    if (rules_.size_before(text_, start, NumberWord::id_before) > 0) return true;
    if (!is_ascii_digit(text_[start])) return false;
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
    const std::uint32_t place = skip_blanks(text_, at, limit_);
    const auto per = rules_.at(text_, place, NumberWord::per);
    if (!per) return false;
    const std::uint32_t unit_at = skip_blanks(text_, place + per->size, limit_);
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
    if (!is_ascii_letter(text_[number.span.start]) || number.tokens != 1) return true;
    // "one" is a pronoun more often than a number.
    if (number.value == Decimal{1, 0}) return value.counter != kNone;
    return !is_capitalised_name(number);
  }

  // A capital on the numeral and on the next word, inside a sentence or a title: Seven Sisters.
  [[nodiscard]] bool is_capitalised_name(const ParsedNumber& number) const {
    const auto capital = [&](std::uint32_t at) {
      return at < text_.size() && text_[at] >= 'A' && text_[at] <= 'Z';
    };
    const auto lower = [&](std::uint32_t at) {
      return at < text_.size() && text_[at] >= 'a' && text_[at] <= 'z';
    };
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

  static bool is_hiragana(char32_t c) { return c >= 0x3041 && c <= 0x309F; }

  [[nodiscard]] bool is_kana_item_behind(std::uint32_t end) const {
    const auto mark = rules_.at(text_, end, NumberWord::list_mark);
    if (!mark) return false;
    KanaNumber next(rules_, text_, limit_);
    return next.parse(skip_blanks(text_, end + mark->size, limit_)) &&
           !is_hiragana(code_point_at(text_, next.end));
  }

  [[nodiscard]] bool is_kana_item_before(std::uint32_t start) const {
    const std::uint32_t at = back_over_blanks(start);
    const std::uint32_t mark = rules_.size_before(text_, at, NumberWord::list_mark);
    if (mark == 0) return false;
    std::uint32_t from = at - mark;
    while (from >= 3 && is_hiragana(code_point_before(text_, from))) from -= 3;
    KanaNumber before(rules_, text_, at - mark);
    return before.parse(from) && before.end == at - mark;
  }

  [[nodiscard]] bool is_ideographic_amount(const ParsedNumber& number, const Number& value) const {
    const std::uint32_t start = number.span.start;
    if (rules_.at(text_, start, NumberWord::idiom)) return false;
    const bool ordinal = rules_.size_before(text_, start, NumberWord::ordinal_prefix) > 0;
    const char32_t before = code_point_before(text_, start);
    const bool counted = value.counter != kNone && value.counter_span.start >= number.span.end;
    if (counted) {
      if (rules_.at(text_, value.counter_span.end, NumberWord::name_suffix)) return false;
      return !is_ideograph(before) || ordinal || number.tokens > 2 || value.counter_span.size() > 3;
    }
    if (ordinal || number.fraction || number.tokens > 3) return true;
    for (const NumberWord behind :
         {NumberWord::minimum_after, NumberWord::maximum_after, NumberWord::about_after}) {
      if (rules_.at(text_, number.span.end, behind)) return true;
    }
    const char32_t after = code_point_at(text_, number.span.end);
    if (is_ideograph(after) || is_ideograph(before)) return false;
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
    Reading reading;
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
    out_.push_back(std::move(reading));
  }

  static Decimal without_mark(const Decimal& value) {
    // 3.825 read the other way is 3825.
    return value.exponent < 0 ? Decimal{value.digits, 0} : Decimal{value.digits, value.exponent - 3};
  }

  std::uint32_t add(const ParsedNumber& number, ParsedQuantity& quantity) {
    qualify(quantity.span, quantity.quantity.number);
    Reading reading;
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
    out_.push_back(std::move(reading));
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

std::optional<ParsedNumber> parse_number(const NumberRules& rules, std::string_view text,
                                         std::uint32_t position, std::uint32_t limit,
                                         const DocumentHabits& habits) {
  return NumberParser(rules, text, limit, habits).parse(position);
}

std::optional<std::int32_t> parse_count(const NumberRules& rules, std::string_view text) {
  if (text.empty() || text.size() > 30) return std::nullopt;
  const DocumentHabits habits;
  const auto size = static_cast<std::uint32_t>(text.size());
  if (is_ascii_digit(text.front())) {
    std::int32_t value = 0;
    for (const char c : text) {
      if (!is_ascii_digit(c) || value > 99'999'999) return std::nullopt;
      value = value * 10 + (c - '0');
    }
    return value;
  }
  IdeographNumber number(rules, text, size, habits);
  if (!number.parse(0) || number.end != size) return std::nullopt;
  const auto integer = number.value.to_integer();
  if (!integer || *integer > std::numeric_limits<std::int32_t>::max()) return std::nullopt;
  return static_cast<std::int32_t>(*integer);
}

std::optional<SpokenNumber> parse_spoken(const NumberRules& rules, std::string_view text,
                                         std::uint32_t position, std::uint32_t limit) {
  const DocumentHabits habits;
  SpelledNumber number(rules, text, limit, habits);
  if (position >= limit || !number.parse(position) || number.words == 0) return std::nullopt;
  const auto value = number.value.to_integer();
  if (!value) return std::nullopt;
  return SpokenNumber{*value, number.end, number.words};
}

void interpret_numbers(const Mention& run, InterpretContext& context, std::vector<Reading>& out) {
  RunInterpreter(run, context, out).read();
}

void NumberHabits::see(std::string_view run) {
  while (!run.empty()) {
    const std::size_t end = run.find_first_not_of("0123456789.,");
    see_one(run.substr(0, end));
    run = end == std::string_view::npos ? std::string_view() : run.substr(end + 1);
  }
}

// Only shapes that can be read in one way count.
void NumberHabits::see_one(std::string_view number) {
  while (!number.empty() && !is_ascii_digit(number.back())) number.remove_suffix(1);  // the end of a sentence
  const std::size_t last = number.find_last_of(".,");
  if (last == std::string_view::npos || last == 0) return;
  const char mark = number[last];
  const char other = mark == '.' ? ',' : '.';
  const auto marks = std::count(number.begin(), number.end(), mark);
  const bool mixed = number.find(other) != std::string_view::npos;
  const std::size_t behind = number.size() - last - 1;
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
