// Eight bytes of a text at once: which are ASCII letters, and the run of letters they begin with.
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

inline constexpr std::uint64_t kHighBits = kEachByte * 0x80U;
inline constexpr std::uint64_t kLowerCase = kEachByte * 0x20U;  // set: letters in lower case

// 0x80 for each byte that is a letter: adding moves those from 'a' on, and those behind 'z', to 0x80 and
// above.
[[nodiscard]] constexpr std::uint64_t letters_of(std::uint64_t bytes) {
  const std::uint64_t low_bits = (bytes | kLowerCase) & ~kHighBits;
  const std::uint64_t from_a = low_bits + kEachByte * (0x80U - 'a');
  const std::uint64_t behind_z = low_bits + kEachByte * (0x80U - 'z' - 1U);
  return from_a & ~behind_z & ~bytes & kHighBits;
}

// 0x80 for each byte that is `c`, of bytes that are all ASCII.
[[nodiscard]] constexpr std::uint64_t bytes_that_are(char c, std::uint64_t bytes) {
  const std::uint64_t differ = bytes ^ kEachByte * static_cast<unsigned char>(c);
  return ~(differ + kEachByte * 0x7FU) & kHighBits;
}

// How many bytes have 0x80 set, of a value that has no other bits.
[[nodiscard]] constexpr std::uint32_t count_marked(std::uint64_t high_bits) {
  return static_cast<std::uint32_t>((high_bits >> 7U) * kEachByte >> 56U);
}

struct LetterRun {
  std::uint64_t lower = 0;  // the letters in lower case, zeros behind them
  std::uint64_t mask = 0;   // the bytes that are letters of the run
  std::uint32_t size = 0;   // 8: the run may go on
};

// Without a branch: how long words are cannot be foretold.
[[nodiscard]] constexpr LetterRun letter_run(std::uint64_t bytes) {
  const std::uint64_t others = ~letters_of(bytes) & kHighBits;
  const std::uint64_t first = others & (~others + 1);
  const std::uint64_t before = (first >> 7U) - 1;  // all bytes if there is no other one
  return {(bytes | kLowerCase) & before, before, static_cast<std::uint32_t>(std::countr_zero(others)) / 8};
}

}  // namespace yoran

#endif  // YORAN_TYPES_ASCII_RUN_H_
