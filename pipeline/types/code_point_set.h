// A set of code points below 0x10000, where all signs of the rules are; others are ignored.
#ifndef YORAN_TYPES_CODE_POINT_SET_H_
#define YORAN_TYPES_CODE_POINT_SET_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "types/utf8.h"

namespace yoran {

class CodePointSet {
 public:
  CodePointSet() = default;
  explicit CodePointSet(std::string_view utf8) {
    for (std::size_t i = 0; i < utf8.size(); i += size_at(utf8, i)) insert(code_point_at(utf8, i));
  }
  void insert(char32_t code_point) {
    if (code_point < kEnd) bits_[code_point >> 6U] |= std::uint64_t{1} << (code_point & 63U);
  }
  void insert(const CodePointSet& other) {
    for (std::size_t i = 0; i < bits_.size(); ++i) bits_[i] |= other.bits_[i];
  }
  [[nodiscard]] bool contains(char32_t code_point) const {
    return code_point < kEnd && has(code_point >> 6U, code_point & 63U);
  }
  [[nodiscard]] bool has(std::uint32_t high, std::uint32_t low) const {
    return (bits_[high] >> low & 1U) != 0;
  }
  // Whether any of the 64 code points with these high bits is in the set.
  [[nodiscard]] bool has_any(std::uint32_t high) const { return bits_[high] != 0; }

 private:
  static constexpr char32_t kEnd = 0x10000;
  std::array<std::uint64_t, kEnd / 64> bits_{};
};

}  // namespace yoran

#endif  // YORAN_TYPES_CODE_POINT_SET_H_
