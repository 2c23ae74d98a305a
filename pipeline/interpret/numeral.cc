#include "interpret/numeral.h"

#include <algorithm>
#include <array>
#include <limits>

#include "rulepack/guards.h"
#include "types/ascii.h"

namespace yoran {
namespace {

__extension__ typedef __int128 Int128;

constexpr std::int64_t kNoLimit = std::numeric_limits<std::int64_t>::max();

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
    const std::uint32_t first = behind_digits(text_, end, limit_);
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
    const std::uint32_t stop = behind_digits(text_, end + 1, limit_);
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
      const std::uint32_t stop = behind_digits(text_, at + size, limit_);
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
    if (count == 0) {
      take_strayed_groups();
      return true;
    }
    const bool decimal_comma = habits_.decimal_mark == DocumentHabits::DecimalMark::comma;
    const bool fraction = count == 1 && decimal_comma && value.digits == 0;
    if (all_three(count, sizes) && first_size_ <= 3 && !fraction) {
      doubtful_mark = count == 1 && decimal_comma;
      grouped_ = take_groups(count, 1, sizes);
      if (grouped_) take_strayed_groups();
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

  // "945, 090": a blank that strayed behind the comma. No item of a list begins with a zero.
  void take_strayed_groups() {
    while (first_size_ <= 3 && text_.substr(end, 3) == ", 0" && end + 5 <= limit_ &&
           behind_digits(text_, end + 2, limit_) == end + 5 && take(end + 2, end + 5)) {
      end += 5;
    }
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
        end + 5 < limit_ && text_[end + 4] == ',' && behind_digits(text_, end + 5, limit_) - end - 5 - 1 < 2;
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
    const std::uint32_t next = behind_blanks(text_, behind, static_cast<std::uint32_t>(text_.size()));
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
    while (step(spaced_ && end > position ? behind_blanks(text_, end, limit_) : end)) ++tokens;
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
    std::uint32_t next = behind_blanks(text_, at, limit_);
    if (next < limit_ && text_[next] == '-' && words > 0) next = behind_blanks(text_, next + 1, limit_);
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
    const std::uint32_t next = behind_blanks(text_, at, limit_);
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
      start = behind_blanks(text_, at + a->size, limit_);
    } else if (const auto one = rules_.at(text_, at, NumberWord::ones)) {
      numerator = {rules_.value_of(*one->word), 0};
      start = behind_blanks(text_, at + one->size, limit_);
      if (start < limit_ && text_[start] == '-') start = behind_blanks(text_, start + 1, limit_);
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
    const auto behind = rules_.at(text_, behind_blanks(text_, end, limit_), NumberWord::magnitude);
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
    std::uint32_t next = behind_blanks(text_, at + word.size, limit_);
    if (const auto a = rules_.at(text_, next, NumberWord::article))
      next = behind_blanks(text_, next + a->size, limit_);
    if (!rules_.at(text_, next, NumberWord::magnitude) && !rules_.at(text_, next, NumberWord::dozen))
      return false;
    chunk_ = {5, -1};
    has_chunk_ = true;
    accept(next);
    return true;
  }

  bool article(std::uint32_t at, const WordMatch& word) {
    if (!fresh() || words > 0 || digits) return false;
    const std::uint32_t next = behind_blanks(text_, at + word.size, limit_);
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
    std::uint32_t next = behind_blanks(text_, at, limit_);
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
      next = behind_blanks(text_, stop, limit_);
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
    if (at >= limit_ || is_ascii_digit(text_[at])) return false;
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
    at = behind_blanks(text_, at + (minus ? minus->size : plus->size), limit_);
    return true;
  }

  std::optional<ParsedNumber> body(std::uint32_t at) const {
    if (at >= limit_) return std::nullopt;
    if (!is_ascii_digit(text_[at]) && text_[at] != '.') {
      if (auto number = vulgar(at)) return number;
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
    if (ends_with_digits(number.end)) return plain(at, number);
    const std::uint32_t next = behind_blanks(text_, number.end, limit_);
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

  // No word that goes on with a number, no slash and no fraction behind a blank follows its digits.
  [[nodiscard]] bool ends_with_digits(std::uint32_t end) const {
    const auto size = static_cast<std::uint32_t>(text_.size());
    if (end >= size) return true;
    if (text_[end] == '/' || rules_.may_go_on(text_, end)) return false;
    if (text_[end] != ' ') return true;
    const std::uint32_t next = behind_blanks(text_, end, size);
    return next >= size || (!is_ascii_digit(text_[next]) && !rules_.may_go_on(text_, next));
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
    std::uint32_t at = behind_blanks(text_, number.span.end, size);
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
    if (const auto product = number.value.times(factor)) {
      number.multiplier = number.multiplier == 1 ? factor : 0;
      number.value = *product;
      if (number.multiplier == 0) number.stated = number.value;
      number.span.end += word.size;
      number.words = true;
    }
  }

  // 3/5 and, behind an integer and one blank, 1 3/5.
  std::optional<ParsedNumber> slash(std::uint32_t at, ParsedNumber number) const {
    const std::uint32_t stop = number.span.end;
    if (stop + 1 < limit_ && text_[stop] == '/' && is_ascii_digit(text_[stop + 1]))
      return divided(at, number);
    if (stop + 3 < limit_ && text_[stop] == ' ' && is_ascii_digit(text_[stop + 1]) &&
        number.value.is_integer()) {
      const std::uint32_t second = behind_digits(text_, stop + 1, limit_);
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
    const std::uint32_t stop = behind_digits(text_, from, limit_);
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
    if (!word && at + 1 < size && text_[at] == ' ' && is_ascii_upper(text_[at + 1])) {
      word = rules_.at(text_, ++at, NumberWord::glued_magnitude);
    }
    if (!word) {
      const std::uint32_t next = behind_blanks(text_, at, size);
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
    const std::uint32_t place = behind_blanks(text_, number->span.end, limit_);
    const auto word = rules_.at(text_, place, NumberWord::parts_of);
    if (!word || place >= limit_) return number;
    const auto above = body(behind_blanks(text_, place + word->size, limit_));
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

std::optional<std::uint32_t> kana_number_end(const NumberRules& rules, std::string_view text,
                                             std::uint32_t position, std::uint32_t limit) {
  KanaNumber number(rules, text, limit);
  if (!number.parse(position)) return std::nullopt;
  return number.end;
}

// Han characters with the iteration mark and the ideographic zero.
bool is_han(char32_t c) {
  return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || c == 0x3005 || c == 0x3007;
}

}  // namespace yoran
