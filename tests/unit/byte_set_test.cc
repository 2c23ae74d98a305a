#include "types/byte_set.h"

#include <gtest/gtest.h>

namespace yoran {
namespace {

TEST(ByteSet, FindsTheFirstOfItsBytes) {
  constexpr ByteSet kMarks(",;");
  struct Case {
    std::string_view text;
    std::uint32_t at;
    std::uint32_t end;
    std::uint32_t expected;
  };
  const Case cases[] = {
      {"a,b;c", 0, 5, 1}, {"a,b;c", 2, 5, 3}, {"a,b;c", 4, 5, 5},
      {"a,b;c", 2, 3, 3}, {",", 0, 1, 0},     {"", 0, 0, 0},
  };
  for (const Case& c : cases) EXPECT_EQ(kMarks.find(c.text, c.at, c.end), c.expected) << c.text << c.at;
}

}  // namespace
}  // namespace yoran
