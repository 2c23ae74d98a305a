#include "types/ascii_run.h"

#include <gtest/gtest.h>

#include <string>

#include "types/ascii.h"

namespace yoran {
namespace {

// Every byte at each of the eight places, among letters and among other bytes.
TEST(AsciiRun, EveryByteAtEveryPlace) {
  for (const std::string around : {"aaaaaaaa", "\x81\x81\x81\x81\x81\x81\x81\x81", "        "}) {
    for (unsigned byte = 0; byte < 256; ++byte) {
      for (std::size_t place = 0; place < 8; ++place) {
        std::string text = around;
        text[place] = static_cast<char>(byte);
        const std::uint64_t bytes = eight_bytes(text, 0);
        const std::uint64_t there = std::uint64_t{0x80} << (8 * place);
        const bool letter = is_ascii_letter(text[place]);
        ASSERT_EQ((letters_of(bytes) & there) != 0, letter) << byte << " at " << place;
        ASSERT_EQ(count_marked(letters_of(bytes)), (around[0] == 'a' ? 7U : 0U) + (letter ? 1U : 0U));
        if ((bytes & kHighBits) == 0) {
          ASSERT_EQ((bytes_that_are(' ', bytes) & there) != 0, byte == ' ') << byte << " at " << place;
        }
      }
    }
  }
}

TEST(AsciiRun, Runs) {
  struct Case {
    std::string text;
    std::string lower;
    std::uint32_t size;
  };
  const Case cases[] = {
      {"", "", 0},
      {" Leeds", "", 0},
      {"A", "a", 1},
      {"City of", "city", 4},
      {"Uplands", "uplands", 7},
      {"Highland", "highland", 8},
      {"Highlands", "highland", 8},
      {"z{", "z", 1},
      {"Z[", "z", 1},
      {"caf\xC3\xA9", "caf", 3},
  };
  for (const Case& c : cases) {
    const LetterRun run = letter_run(eight_bytes(c.text, 0));
    EXPECT_EQ(run.size, c.size) << c.text;
    EXPECT_EQ(run.lower, eight_bytes(c.lower, 0)) << c.text;
  }
}

}  // namespace
}  // namespace yoran
