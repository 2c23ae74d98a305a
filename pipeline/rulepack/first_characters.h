// The characters that some words begin with: one look where an index would be walked for nothing.
#ifndef YORAN_RULEPACK_FIRST_CHARACTERS_H_
#define YORAN_RULEPACK_FIRST_CHARACTERS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "types/ascii.h"
#include "types/code_point_set.h"
#include "types/utf8.h"

namespace yoran {

class FirstCharacters {
 public:
  // Of a word that is not empty; its case does not matter.
  void add(std::string_view word) {
    if (is_wide_lead(word[0])) return wide_.insert(code_point_at(word, 0));
    bytes_[byte_of(word[0])] = true;
  }
  [[nodiscard]] bool has(std::string_view text, std::size_t position) const {
    if (position >= text.size()) return false;
    return is_wide_lead(text[position]) ? wide_.contains(code_point_at(text, position))
                                        : bytes_[byte_of(text[position])];
  }

 private:
  [[nodiscard]] static std::size_t byte_of(char c) { return static_cast<unsigned char>(ascii_lower(c)); }

  CodePointSet wide_;              // characters of three bytes, those of Japanese
  std::array<bool, 256> bytes_{};  // first bytes of others, in lower case
};

}  // namespace yoran

#endif  // YORAN_RULEPACK_FIRST_CHARACTERS_H_
