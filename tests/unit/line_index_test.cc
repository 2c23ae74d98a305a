#include "types/line_index.h"

#include <gtest/gtest.h>

#include <random>

namespace yoran {

void PrintTo(const LineColumn& at, std::ostream* out) { *out << at.line << ":" << at.column; }

namespace {

struct Case {
  const char* name;
  const char* text;
  std::uint32_t offset;
  LineColumn at;
};
class LineIndexCase : public testing::TestWithParam<Case> {};
TEST_P(LineIndexCase, At) { EXPECT_EQ(LineIndex(GetParam().text, 0).at(GetParam().offset), GetParam().at); }
constexpr Case kCases[] = {
    {"Empty", "", 0, {1, 1}},
    {"EmptyBehind", "", 9, {1, 1}},
    {"First", "abc", 0, {1, 1}},
    {"End", "abc", 3, {1, 4}},
    {"Behind", "abc", 9, {1, 4}},
    {"Lf", "a\nb", 2, {2, 1}},
    {"LfItself", "a\nb", 1, {1, 2}},
    {"CrLf", "a\r\nb", 3, {2, 1}},
    {"Cr", "a\rb", 2, {2, 1}},
    {"CrCrLf", "a\r\r\nb", 4, {3, 1}},
    {"LastLineEmpty", "a\n", 2, {2, 1}},
    {"CodePoints", "人口1", 6, {1, 3}},
    {"BeyondBmp", "𠮷a", 4, {1, 2}},
    {"SecondLine", "人\n口x", 7, {2, 2}},
    {"NoLineEndIsNel", "a\u0085b", 3, {1, 3}},
};
INSTANTIATE_TEST_SUITE_P(Unit, LineIndexCase, testing::ValuesIn(kCases),
                         [](const auto& test) { return test.param.name; });

TEST(LineIndex, ByteOrderMarkHasNoColumn) {
  const LineIndex index(
      "\xEF\xBB\xBF"
      "ab\nc",
      3);
  EXPECT_EQ(index.at(0), (LineColumn{1, 1}));
  EXPECT_EQ(index.at(3), (LineColumn{1, 1}));
  EXPECT_EQ(index.at(4), (LineColumn{1, 2}));
  EXPECT_EQ(index.at(6), (LineColumn{2, 1}));
  EXPECT_EQ(index.line_text(1), "ab");
}

TEST(LineIndex, LineText) {
  const LineIndex index("a\r\n\nbc\rd", 0);
  EXPECT_EQ(index.line_text(0), "");
  EXPECT_EQ(index.line_text(1), "a");
  EXPECT_EQ(index.line_text(2), "");
  EXPECT_EQ(index.line_text(3), "bc");
  EXPECT_EQ(index.line_text(4), "d");
  EXPECT_EQ(index.line_text(5), "");
}

// Two kanji of two bytes each, a line end, one more kanji.
TEST(LineIndex, OtherCharset) {
  OffsetMap map;
  map.append(6, 0, 3, 2);
  map.append_copy(1, 4);
  map.append(3, 5, 3, 2);
  const LineIndex index("人口\n市", map);
  EXPECT_EQ(index.at(2), (LineColumn{1, 2}));
  EXPECT_EQ(index.at(5), (LineColumn{2, 1}));
  EXPECT_EQ(index.at(7), (LineColumn{2, 2}));
  EXPECT_EQ(index.line_text(2), "市");
}

TEST(LineIndex, EmptyOfOtherCharset) {
  EXPECT_EQ(LineIndex(std::string(), OffsetMap()).at(0), (LineColumn{1, 1}));
}

// Copies answer alone: the decoded text moves with them.
TEST(LineIndex, Copied) {
  LineIndex copy;
  {
    OffsetMap map;
    map.append_copy(3, 0);
    copy = LineIndex(std::string("a\nb"), map);
  }
  EXPECT_EQ(copy.at(2), (LineColumn{2, 1}));
}

LineColumn walked(const std::string& text, std::uint32_t offset) {
  LineColumn at;
  for (std::uint32_t i = 0; i < offset; ++i) {
    const bool ends = text[i] == '\n' || (text[i] == '\r' && !(i + 1 < text.size() && text[i + 1] == '\n'));
    if (ends) {
      at = {at.line + 1, 1};
    } else if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) {
      ++at.column;
    }
  }
  return at;
}

// At every place of a text of several blocks, also in the longest lines.
TEST(LineIndexProperty, AgreesWithAWalk) {
  std::mt19937 random(6);
  for (const int rareness : {3, 50, 5000}) {
    std::string text;
    while (text.size() < 5000) {
      const auto pick = static_cast<int>(random() % static_cast<unsigned>(rareness));
      text += pick == 0 ? "\n" : pick == 1 ? "\r" : pick == 2 ? "\r\n" : pick % 2 == 0 ? "人" : "a";
    }
    const LineIndex index(text, 0);
    for (std::uint32_t offset = 0; offset <= text.size(); ++offset) {
      if (offset < text.size() && (static_cast<unsigned char>(text[offset]) & 0xC0) == 0x80) continue;
      ASSERT_EQ(index.at(offset), walked(text, offset)) << offset;
    }
  }
}

}  // namespace
}  // namespace yoran
