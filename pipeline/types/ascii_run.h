// Eight bytes of a text at once: the run of ASCII letters they begin with.
#ifndef YORAN_TYPES_ASCII_RUN_H_
#define YORAN_TYPES_ASCII_RUN_H_

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace yoran {

static_assert(std::endian::native == std::endian::little, "the first byte of a text is the lowest one");

// The bytes from `position` on, zeros behind the end of the text.
[[nodiscard]] inline std::uint64_t eight_bytes(std::string_view text, std::size_t position) {
  std::uint64_t bytes = 0;
  if (position + sizeof bytes <= text.size()) {
    std::memcpy(&bytes, text.data() + position, sizeof bytes);
  } else {
    std::memcpy(&bytes, text.data() + position, text.size() - position);
  }
  return bytes;
}

inline constexpr std::uint64_t kEachByte = 0x0101'0101'0101'0101U;

struct LetterRun {
  std::uint64_t lower = 0;  // the letters in lower case, zeros behind them
  std::uint32_t size = 0;   // 8: the run may go on
};

// Bytes of 0x80 mark letters: adding moves those from 'a' on, and those behind 'z', to 0x80 and above.
[[nodiscard]] inline LetterRun letter_run(std::uint64_t bytes) {
  const std::uint64_t lower = bytes | kEachByte * 0x20U;
  const std::uint64_t low_bits = lower & kEachByte * 0x7FU;
  const std::uint64_t from_a = low_bits + kEachByte * (0x80U - 'a');
  const std::uint64_t behind_z = low_bits + kEachByte * (0x80U - 'z' - 1U);
  const std::uint64_t others = ~(from_a & ~behind_z & ~bytes) & kEachByte * 0x80U;
  if (others == 0) return {lower, 8};
  const auto bits = static_cast<unsigned>(std::countr_zero(others)) & ~7U;
  return {lower & ((std::uint64_t{1} << bits) - 1), bits / 8};
}

}  // namespace yoran

#endif  // YORAN_TYPES_ASCII_RUN_H_
