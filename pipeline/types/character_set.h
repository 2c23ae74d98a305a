// A set of code points below 0x10000.
#ifndef YORAN_TYPES_CHARACTER_SET_H_
#define YORAN_TYPES_CHARACTER_SET_H_

#include <array>
#include <cstdint>

namespace yoran {

class CharacterSet {
 public:
  void add(std::uint32_t character) { bits_[character >> 6U] |= std::uint64_t{1} << (character & 63U); }
  [[nodiscard]] bool has(std::uint32_t character) const {
    return (bits_[character >> 6U] >> (character & 63U) & 1U) != 0;
  }

 private:
  std::array<std::uint64_t, 1024> bits_{};
};

}  // namespace yoran

#endif  // YORAN_TYPES_CHARACTER_SET_H_
