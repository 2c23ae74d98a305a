// Units of measurement: their words, UCUM codes and exact sizes. Read from lexicons of type "units".
#ifndef YORAN_RULEPACK_UNIT_RULES_H_
#define YORAN_RULEPACK_UNIT_RULES_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rulepack/entity.h"
#include "rulepack/fold_table.h"
#include "rulepack/table_reader.h"
#include "rulepack/word_index.h"
#include "types/decimal.h"
#include "types/document.h"

namespace yoran {

enum class Dimension : std::uint8_t { length, area, volume, mass, speed };

struct Unit {
  std::string code;  // UCUM; in braces where UCUM has none
  Dimension dimension = Dimension::length;
  Fraction factor;                // to the base unit: m, km2, m3, kg, m/s
  std::uint32_t instead = kNone;  // another reading of its doubtful words
};

// A length in this time is a speed; the words stand before the number or behind the unit.
struct SpeedWords {
  std::string per;  // UCUM: h, min, s
};

// What a word of `words` is; the entry is an index into `units` or `speeds`.
enum class UnitMeaning : std::uint16_t {
  unit,          // any distance a number and its unit may have
  glued,         // directly behind the number only: a common character
  chained,       // only behind another unit of a chain: 5 ft 2 in
  doubtful,      // may be the unit or its `instead`
  double_quote,  // marks of feet and inches: directly behind ASCII digits
  single_quote,
  speed_before,
  speed_after,
};

struct UnitRules {
  std::vector<Unit> units;
  std::vector<SpeedWords> speeds;
  WordIndex words;

  void read(TableReader& root, const FoldTable& folds, WordLists& lists);

  [[nodiscard]] std::uint32_t unit_of_code(std::string_view code) const;  // kNone: unknown
  [[nodiscard]] std::optional<WordMatch> at(std::string_view text, std::size_t position,
                                            UnitMeaning meaning) const {
    return words.longest(text, position, static_cast<std::uint16_t>(meaning));
  }
  // The longest word of this meaning that ends at `position`.
  [[nodiscard]] std::optional<WordMatch> before(std::string_view text, std::size_t position,
                                                UnitMeaning meaning) const;

  // value of `from` in `to`, exactly; none: other dimensions, or it does not end as a decimal.
  [[nodiscard]] std::optional<Decimal> convert(const Decimal& value, std::uint32_t from,
                                               std::uint32_t to) const;

 private:
  void read_unit(TableReader& table, const FoldTable& folds);
  std::array<std::vector<std::uint32_t>, 256> words_by_last_byte_;
  std::vector<std::pair<std::uint32_t, std::string>> doubts_;  // unit, code of its other reading
};

}  // namespace yoran

#endif  // YORAN_RULEPACK_UNIT_RULES_H_
