// A set of bytes: texts are scanned for those at which something may begin or end.
#ifndef YORAN_TYPES_BYTE_SET_H_
#define YORAN_TYPES_BYTE_SET_H_

#include <array>
#include <cstdint>
#include <string_view>

namespace yoran {

class ByteSet {
 public:
  constexpr explicit ByteSet(std::string_view bytes) {
    for (const char c : bytes) bytes_[static_cast<unsigned char>(c)] = true;
  }
  [[nodiscard]] constexpr bool contains(char c) const { return bytes_[static_cast<unsigned char>(c)]; }
  // The first place in [at, end) with a byte of the set; `end` if there is none.
  [[nodiscard]] constexpr std::uint32_t find(std::string_view text, std::uint32_t at,
                                             std::uint32_t end) const {
    const char* const behind = text.data() + end;
    const char* next = text.data() + at;
    while (next < behind && !contains(*next)) ++next;
    return static_cast<std::uint32_t>(next - text.data());
  }

 private:
  std::array<bool, 256> bytes_{};
};

}  // namespace yoran

#endif  // YORAN_TYPES_BYTE_SET_H_
