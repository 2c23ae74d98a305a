// Which words of an index end at a place of the text: for what is looked for backwards.
#ifndef YORAN_RULEPACK_WORD_ENDS_H_
#define YORAN_RULEPACK_WORD_ENDS_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "rulepack/word_index.h"

namespace yoran {

class WordEnds {
 public:
  // Of an index that has been built.
  void build(const WordIndex& index);

  // The longest word of a category that ends at `position`; it begins with a whole word of ASCII letters.
  [[nodiscard]] std::optional<WordMatch> longest(const WordIndex& index, std::string_view text,
                                                 std::size_t position, std::uint16_t category) const {
    if (position == 0) return std::nullopt;
    const auto last = static_cast<unsigned char>(ascii_lower(text[position - 1]));
    if ((categories_[last] >> (category & 63U) & 1U) == 0) return std::nullopt;
    return longest_of(words_[last], index, text.substr(0, position), category);
  }

 private:
  struct Ending {
    std::uint32_t word = 0;
    std::uint16_t category = 0;
    char before = '\0';  // the byte before the last one, in lower case; of a word of one byte none
  };
  [[nodiscard]] static std::optional<WordMatch> longest_of(const std::vector<Ending>& endings,
                                                           const WordIndex& index, std::string_view text,
                                                           std::uint16_t category);

  std::array<std::vector<Ending>, 256> words_;   // by last byte in lower case, the longest first
  std::array<std::uint64_t, 256> categories_{};  // likewise: a bit for each category; those above 63 share
};

}  // namespace yoran

#endif  // YORAN_RULEPACK_WORD_ENDS_H_
