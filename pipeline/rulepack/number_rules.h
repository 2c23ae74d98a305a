// Words of numbers: numerals of both scripts, magnitudes, signs, and what is counted. Read from lexicons of
// the types "numerals" and "counters".
#ifndef YORAN_RULEPACK_NUMBER_RULES_H_
#define YORAN_RULEPACK_NUMBER_RULES_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rulepack/entity.h"
#include "rulepack/first_characters.h"
#include "rulepack/fold_table.h"
#include "rulepack/table_reader.h"
#include "rulepack/word_ends.h"
#include "rulepack/word_index.h"
#include "types/decimal.h"
#include "types/span.h"

namespace yoran {

enum class CounterClass : std::uint8_t {
  other,
  person,
  household,
  percent,
  ordinal,  // a rank or an address-like number: 3rd of a row, room 5
  currency,
  age,
  duration,
  clock,  // a time of day
  temperature,
  angle,
  data,     // bytes and the like
  density,  // per area: `unit` has the UCUM code, "{person}/km2"
  rate,     // the amount something else is counted by: per 100,000 people
  none,     // looks like a counter and is the beginning of another word
};

struct Counter {
  std::string id;
  CounterClass kind = CounterClass::other;
  std::string unit;  // UCUM, where there is one: {person}, {household}, %, {person}/km2
};

// What a word of `words` is to a number. The entry of a numeral is an index into `values`.
enum class NumberWord : std::uint16_t {
  digit,            // ideograph 0 to 9
  tens_digit,       // one ideograph for 20, 30, 40
  small,            // ideograph 10, 100, 1000
  large,            // 10^4, 10^8, ...
  ones,             // English 0 to 19
  tens,             // English 20 to 90
  hundred,          // English
  magnitude,        // English: thousand, million, lakh
  glued_magnitude,  // letters behind digits: K, M, bn
  dozen,            // a multiplier that ends a number
  fraction,         // English: the denominator of a fraction
  half,
  kana_digit,  // syllabic spellings
  kana_small,
  kana_large,
  vulgar,   // one character for a fraction; the entry is an index into `fractions`
  point,    // decimal point in words
  join,     // "and" inside an English number
  article,  // "a" before hundred, million, dozen
  minus,
  plus,
  parts_of,        // between denominator and numerator, in this order
  mixed,           // between integer and fraction
  ordinal_prefix,  // before a number: makes it an ordinal
  ordinal_suffix,  // glued behind digits: makes it an ordinal, which is no number
  list_mark,       // between the numbers of a list, and between the groups of one number
  middle_dot,      // decimal point of ideographic digits
  idiom,           // begins with a numeral and is no number
  name_suffix,     // behind a counter: then numeral and counter are a name
  not_after,       // a character that makes a short numeral before it part of a word
  about_before,
  about_after,
  minimum_before,
  minimum_after,
  maximum_before,
  maximum_after,
  per,             // between a number and the unit it is counted by
  per_after,       // behind the unit a number is counted by
  counter,         // entry: into `counters`
  counter_before,  // currency signs; entry: into `counters`
  id_before,       // before a number: makes it a name, not an amount
};

struct NumberRules {
  WordIndex words;
  std::vector<std::int64_t> values;
  std::vector<Fraction> fractions;
  std::vector<Counter> counters;

  // Reads one lexicon; may be called again with another.
  void read(TableReader& root, const FoldTable& folds, WordLists& lists);

  // The loose maximal run of numerals around `position`, where an ASCII digit or a word of start_words
  // begins. It may begin before `position` (a sign, a leading point). None: nothing here.
  [[nodiscard]] std::optional<TextSpan> run_at(std::string_view text, std::uint32_t position) const;

  // True if a character that begins an ideographic numeral stands here. One load and one bit test for a
  // three-byte character.
  [[nodiscard]] bool is_ideograph_at(std::string_view text, std::size_t position) const {
    if (position + 2 >= text.size() || (static_cast<unsigned char>(text[position]) & 0xF0U) != 0xE0U)
      return false;
    const auto a = static_cast<std::uint32_t>(static_cast<unsigned char>(text[position]) & 0x0FU);
    const auto b = static_cast<std::uint32_t>(static_cast<unsigned char>(text[position + 1]) & 0x3FU);
    const auto c = static_cast<std::uint32_t>(static_cast<unsigned char>(text[position + 2]) & 0x3FU);
    const std::uint32_t code = a << 12U | b << 6U | c;
    return (ideographs_[code >> 6U] >> (code & 63U) & 1U) != 0;
  }
  // Whether a numeral, or a word that joins two, may begin here: what is behind most numbers does not.
  [[nodiscard]] bool may_go_on(std::string_view text, std::size_t position) const {
    return numerals_.has(text, position) || joiners_.has(text, position);
  }
  // Words that begin a number: ideographs, nineteen, half, a minus in letters.
  [[nodiscard]] std::vector<std::string> start_words() const;

  // The longest word of this meaning that begins at `position`.
  [[nodiscard]] std::optional<WordMatch> at(std::string_view text, std::size_t position,
                                            NumberWord meaning) const {
    return words.longest(text, position, static_cast<std::uint16_t>(meaning));
  }
  // The longest word of this meaning that ends at `position`; 0: none.
  [[nodiscard]] std::uint32_t size_before(std::string_view text, std::size_t position,
                                          NumberWord meaning) const;
  // The same, and which one.
  [[nodiscard]] std::optional<WordMatch> before(std::string_view text, std::size_t position,
                                                NumberWord meaning) const {
    return ends_.longest(words, text, position, static_cast<std::uint16_t>(meaning));
  }

  [[nodiscard]] std::int64_t value_of(const Word& word) const { return values[word.entry]; }
  // The counter with this unit; kNone if there is none.
  [[nodiscard]] std::uint32_t counter_of_unit(std::string_view unit) const;

 private:
  void read_numerals(TableReader& root, const FoldTable& folds);
  void read_counters(TableReader& root, const FoldTable& folds);
  void add(std::string_view word, NumberWord meaning, std::uint32_t entry, bool exact = false);
  void add_values(TableReader& root, const FoldTable& folds, std::string_view key, NumberWord meaning,
                  bool exact = false);
  void add_kana_starts(const Word& word, std::vector<std::string>& starts) const;
  void build();
  [[nodiscard]] std::uint32_t token_end(std::string_view text, std::uint32_t position) const;
  [[nodiscard]] std::uint32_t joiner_end(std::string_view text, std::uint32_t position) const;

  std::array<std::uint64_t, 1024> ideographs_{};  // bit by code point: begins an ideographic numeral
  FirstCharacters numerals_;
  FirstCharacters joiners_;
  WordEnds ends_;
};

[[nodiscard]] EntityVocabulary number_vocabulary();

}  // namespace yoran

#endif  // YORAN_RULEPACK_NUMBER_RULES_H_
