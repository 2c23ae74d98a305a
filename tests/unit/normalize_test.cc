#include "normalize.h"

#include <gtest/gtest.h>
#include <unicode/unistr.h>

#include <random>

namespace yoran {
namespace {

const FoldTable& folds() {
  static const FoldTable kFolds =
      FoldTable::build(std::vector<std::pair<char32_t, std::string>>{{0x2010, "-"},
                                                                     {0x2013, "-"},
                                                                     {0x2212, "-"},
                                                                     {0x301C, "~"},
                                                                     {0x2019, "'"},
                                                                     {0x2215, "/"},
                                                                     {0xFB01, "fi"}});
  return kFolds;
}

Document document_of(std::string text) {
  Document document;
  document.source_map.append_copy(static_cast<std::uint32_t>(text.size()), 0);
  document.text = std::move(text);
  return document;
}

Text normalized(const std::string& text) { return normalize(document_of(text), folds()); }

// The piece of the text that stands for a piece of the folded text.
std::string origin_of(const std::string& text, const std::string& piece) {
  const Text folded = normalized(text);
  const std::size_t at = folded.folded.find(piece);
  if (at == std::string::npos) return "(not found)";
  const TextSpan span{static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + piece.size())};
  return std::string(slice(text, folded.decoded(span)));
}

struct Case {
  const char* name;
  const char* text;
  const char* folded;
};
class NormalizeCase : public testing::TestWithParam<Case> {};
TEST_P(NormalizeCase, Folds) { EXPECT_EQ(normalized(GetParam().text).folded, GetParam().folded); }

constexpr Case kCases[] = {
    {"Empty", "", ""},
    {"Ascii", "City of 1,234 people\n", "City of 1,234 people\n"},
    {"Width", "人口　９３万９,４５０人", "人口 93万9,450人"},
    {"FootnoteDigits", "1,234²人 ①1,234 1,234⁽¹⁾", "1,234²人 ①1,234 1,234⁽¹⁾"},
    {"Square", "906.69㎢ ㋿6年 ㍻元年", "906.69km2 令和6年 平成元年"},
    {"Dash", "０７６―２２０－２１１１ 03ー3264ー2111", "076―220-2111 03-3264-2111"},
    {"LongMarkInWord", "センター1ー センター ー2 1ーメートル", "センター1ー センター ー2 1ーメートル"},
    {"LongMarkHalfWidth", "１ｰ２", "1-2"},
    {"LongMarkOverRemoved", "1ー\u200B2", "1-2"},
    {"LongMarkKanji", "一ー二", "一-二"},
    {"LongMarkBeforeWide", "1ー２", "1-2"},
    {"CrLf", "a\r\nb\r\rc", "a\nb\n\nc"},
    {"LineEnds", "a\vb\fc\u0085d\u2028e\u2029f", "a\nb\nc\nd\ne\nf"},
    {"Tab", "a\tb", "a\tb"},
    {"BomShyVs", "\uFEFFa\u00ADb葛\U000E0100城", "ab葛城"},
    {"NfdKana", "か\u3099は\u309Aあ", "がぱあ"},
    {"NfdLatin", "Na\u0308sija\u0308rvi", "Näsijärvi"},
    {"NfdReordered", "e\u0301\u0323", "ẹ\u0301"},
    {"NfdOverRemoved", "か\u00AD\u3099", "が"},
    {"HalfWidthVoiced", "ｶﾞｷﾞﾊﾟｱ", "ガギパア"},
    {"HalfWidthHangul", "\uFFA1\uFFC2", "가"},
    {"Jamo", "\u1112\u1161\u11AB", "한"},
    {"MarkFirst", "\u3099か", "\u3099か"},
    {"MarkAfterLineEnd", "a\r\n\u3099", "a\n\u3099"},
    {"MarkOnWide", "Ａ\u0300", "À"},
    {"DecomposedAgain", "\u0958\u212B\u2126", "\u0915\u093CÅΩ"},
    {"DigitsOfOthers", "٣٤ १२ 𝟗", "34 12 9"},
    {"RemovedAtEnd", "a\u200B", "a"},
    {"OnlyRemoved", "\u200B\uFEFF", ""},
    {"Emoji", "👨\u200D👩 ☎\uFE0F", "👨👩 ☎"},
};
INSTANTIATE_TEST_SUITE_P(Unit, NormalizeCase, testing::ValuesIn(kCases),
                         [](const auto& test) { return test.param.name; });

struct OriginCase {
  const char* name;
  const char* text;
  const char* piece;
  const char* origin;
};
class NormalizeOrigin : public testing::TestWithParam<OriginCase> {};
TEST_P(NormalizeOrigin, Maps) { EXPECT_EQ(origin_of(GetParam().text, GetParam().piece), GetParam().origin); }

constexpr OriginCase kOrigins[] = {
    {"Copied", "人口は1,234人", "1,234", "1,234"},
    {"Wide", "人口１，２３４人", "1,234", "１，２３４"},
    {"WideMiddle", "１２３４", "23", "２３"},
    {"PartOfSquare", "10㎢", "2", "㎢"},
    {"Square", "10㎢", "km2", "㎢"},
    {"Voiced", "ｱｶﾞｱ", "ガ", "ｶﾞ"},
    {"Nfd", "あか\u3099あ", "が", "か\u3099"},
    {"RemovedInside", "1\u00AD2", "12", "1\u00AD2"},
    {"RemovedBefore", "a\u00ADb", "b", "b"},
    {"RemovedAfter", "a\u00ADb", "a", "a"},
    {"SelectorAfterWide", "Ａ\uFE0Fb", "A", "Ａ"},
    {"LineEnd", "a\r\nb", "\nb", "\nb"},
    {"CarriageReturn", "a\rb", "\n", "\r"},
    {"LongMark", "1ー2", "-", "ー"},
};
INSTANTIATE_TEST_SUITE_P(Unit, NormalizeOrigin, testing::ValuesIn(kOrigins),
                         [](const auto& test) { return test.param.name; });

// --- Properties ---

// Every unit begins where or after the one before ends, and the ends are those of the text.
void expect_sound_map(const std::string& text, const Text& folded) {
  ASSERT_EQ(folded.map.size(), folded.folded.size());
  std::uint32_t last_end = 0;
  for (std::uint32_t i = 0; i < folded.folded.size(); ++i) {
    const DecodedSpan span = folded.decoded({i, i + 1});
    const bool new_unit = span.start >= last_end;
    ASSERT_TRUE(new_unit || span.end == last_end) << i;
    ASSERT_LE(span.start, span.end);
    last_end = span.end;
  }
  ASSERT_LE(last_end, text.size());
}

void expect_sound(const std::string& text) {
  const Text once = normalized(text);
  ASSERT_EQ(once.folded, folds().fold(text)) << testing::PrintToString(text);
  ASSERT_EQ(normalized(once.folded).folded, once.folded) << testing::PrintToString(text);
  ASSERT_NO_FATAL_FAILURE(expect_sound_map(text, once)) << testing::PrintToString(text);
}

std::string utf8(const std::u32string& text) {
  std::string result;
  return icu::UnicodeString::fromUTF32(reinterpret_cast<const UChar32*>(text.data()),
                                       static_cast<int32_t>(text.size()))
      .toUTF8String(result);
}

TEST(NormalizeProperty, AllCodePoints) {
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    const std::string text = utf8({c});
    ASSERT_EQ(normalized(text).folded, folds().fold(text)) << std::hex << static_cast<std::uint32_t>(c);
  }
}

// The fast loop and FoldTable::fold are two implementations: they agree on random strings of what makes
// trouble.
TEST(NormalizeProperty, RandomStrings) {
  const std::u32string troubled =
      U"a1 "
      U"\n\r\t\v9Ａ１　ーｰ-"
      U"かは\u3099\u309Aｶﾊﾞﾟ\u0301\u0323\u0300eo\u00AD\u200B\uFE0F\U000E0100㎢㍻²①一二〇人口"
      U"\u1112\u1161\u11AB가각\uFFA1\uFFC2\u0958\u093C\u212Bé\u0344\u2028\u0085\U0001D7D7\U0001F468〜−";
  std::mt19937 random(1);
  for (int round = 0; round < 60000; ++round) {
    std::u32string text;
    const std::size_t size = random() % 24;
    for (std::size_t i = 0; i < size; ++i) text += troubled[random() % troubled.size()];
    ASSERT_NO_FATAL_FAILURE(expect_sound(utf8(text)));
  }
}

TEST(NormalizeProperty, RandomCodePoints) {
  std::mt19937 random(2);
  for (int round = 0; round < 20000; ++round) {
    std::u32string text;
    for (int i = 0; i < 12; ++i) {
      const char32_t c = random() % (random() % 3 == 0 ? 0x110000 : 0x3400);
      if (c < 0xD800 || c > 0xDFFF) text += c;
    }
    ASSERT_NO_FATAL_FAILURE(expect_sound(utf8(text)));
  }
}

// Every position of a change relative to the blocks of the fast loop.
TEST(NormalizeProperty, AnyAlignment) {
  for (std::size_t before = 0; before < 80; ++before) {
    for (const char* middle : {"２", "\r\n", "か\u3099", "e\u0301", "\u00AD", "1ー2", "𝟗", "\v"}) {
      ASSERT_NO_FATAL_FAILURE(expect_sound(std::string(before, 'x') + middle + std::string(before, 'y')));
      ASSERT_NO_FATAL_FAILURE(expect_sound(std::string(before, 'x') + "人" + middle));
    }
  }
}

// Millions of marks in the worst order: linear, and the same again.
TEST(NormalizeProperty, ManyMarks) {
  std::string text = "e";
  for (int i = 0; i < 200000; ++i) text += "\u0301";
  for (int i = 0; i < 200000; ++i) text += "\u0323";
  const Text once = normalized(text + "z");
  EXPECT_LE(once.folded.size(), 2U * (kMaxMarks + 2));
  EXPECT_EQ(once.folded.back(), 'z');
  EXPECT_EQ(normalized(once.folded).folded, once.folded);
}

}  // namespace
}  // namespace yoran
