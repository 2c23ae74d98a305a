// Guards: what may not touch a match. RE2 has no look-around, and a guard inside a pattern would eat a
// character of the next match, so guards are literals and character classes tested beside the match.
#ifndef YORAN_RULEPACK_GUARDS_H_
#define YORAN_RULEPACK_GUARDS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "rulepack/table_reader.h"
#include "types/span.h"
#include "types/utf8.h"

namespace yoran {

struct FoldTable;

// Classes of characters that a guard names: @digit, @letter (ASCII), @kanji, @hiragana, @katakana, @word (any
// letter or digit), @edge (the text begins or ends here).
enum class GuardClass : std::uint8_t { digit, letter, kanji, hiragana, katakana, word, edge };

// What may not stand on one side.
struct GuardList {
  std::vector<GuardClass> classes;
  std::vector<std::string> literals;  // folded, compared without ASCII case
  std::string touching;               // of each literal the byte that touches the match, in lower case
};

struct Guards {
  GuardList not_preceded_by;
  GuardList not_followed_by;

  // True if nothing forbidden touches `span`; one blank between is looked through for literals.
  [[nodiscard]] bool allow(std::string_view text, TextSpan span) const;
};

// Reads the keys not_preceded_by and not_followed_by.
[[nodiscard]] Guards read_guards(TableReader& table, const FoldTable& folds);

[[nodiscard]] constexpr bool is_hiragana(char32_t c) { return c >= 0x3041 && c <= 0x309F; }

}  // namespace yoran

#endif  // YORAN_RULEPACK_GUARDS_H_
