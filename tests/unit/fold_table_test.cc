#include "rulepack/fold_table.h"

#include <gtest/gtest.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/uniset.h>

#include <chrono>

namespace yoran {
namespace {

std::string utf8(char32_t code_point) {
  std::string text;
  return icu::UnicodeString(static_cast<UChar32>(code_point)).toUTF8String(text);
}

const FoldTable& table() {
  static const FoldTable kTable = FoldTable::build(std::vector<std::pair<char32_t, std::string>>{
      {0x2010, "-"}, {0x2212, "-"}, {0x301C, "~"}, {0x2019, "'"}, {0x2215, "/"}, {0xFB01, "fi"}});
  return kTable;
}

struct Case {
  const char* name;
  const char* text;
  const char* folded;
};

class FoldTableCase : public testing::TestWithParam<Case> {};

TEST_P(FoldTableCase, Folds) { EXPECT_EQ(table().fold(GetParam().text), GetParam().folded); }

constexpr Case kCases[] = {
    {"Empty", "", ""},
    {"Plain", "人口 1,234", "人口 1,234"},
    {"Width", "ＡＢ（１２）：", "AB(12):"},
    {"Square", "㎢㎡㍻㋿㌔㌖", "km2m2平成令和キロキロメートル"},
    {"HalfKana", "ｶﾞﾊﾟｰ", "ガパー"},
    {"Digits", "٣१߁", "311"},
    {"Marks", "²①⑴½", "²①⑴½"},
    {"Blanks", "　\u00A0\u2009|", "   |"},
    {"LineEnds", "a\r\nb\rc\vd\fe\u0085f\u2028g\u2029h", "a\nb\nc\nd\ne\nf\ng\nh"},
    {"Removed", "\uFEFF葛\U000E0100\u00AD\u200B城\uFE0F", "葛城"},
    {"Extra", "1‐2−3〜4’ﬁ", "1-2-3~4'fi"},
    {"ExtraInSquare", "㎧", "m/s"},
    {"LongMark", "１ー２ー３ ラーメン 9ー 二ー三", "1-2-3 ラーメン 9ー 二-三"},
    {"Nfd", "か\u3099e\u0301", "がé"},
    {"Kept", "ー〇髙﨑", "ー〇髙﨑"},
    {"Radicals", "⼀⼈", "一人"},
};
INSTANTIATE_TEST_SUITE_P(Unit, FoldTableCase, testing::ValuesIn(kCases),
                         [](const auto& test) { return test.param.name; });

// What the table says of every code point is what ICU says.
TEST(FoldTable, AgreesWithIcuOnAllCodePoints) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::UnicodeSet wide(u"[[:dt=wide:][:dt=narrow:][:dt=square:]]", status);
  const icu::FilteredNormalizer2 filtered(*icu::Normalizer2::getNFKCInstance(status), wide);
  const icu::Normalizer2& width = filtered;
  const icu::Normalizer2& nfc = *icu::Normalizer2::getNFCInstance(status);
  const FoldTable plain = FoldTable::build({});
  for (UChar32 c = 0; c <= 0x10FFFF; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    const auto at = static_cast<char32_t>(c);
    const std::string self = utf8(at);
    const std::string folded = plain.fold(self);
    if (u_charType(c) == U_SPACE_SEPARATOR) {
      ASSERT_EQ(folded, " ") << std::hex << c;
    } else if (u_charType(c) == U_DECIMAL_DIGIT_NUMBER) {
      ASSERT_EQ(folded, std::string(1, static_cast<char>('0' + u_charDigitValue(c)))) << std::hex << c;
    } else if (plain.at(at).action == FoldAction::remove) {
      ASSERT_TRUE(u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT)) << std::hex << c;
    } else if (ublock_getCode(c) != UBLOCK_KANGXI_RADICALS && folded != "\n") {
      const icu::UnicodeString expected =
          nfc.normalize(width.normalize(icu::UnicodeString(c), status), status);
      std::string text;
      ASSERT_EQ(folded, expected.toUTF8String(text)) << std::hex << c;
    }
    ASSERT_EQ(plain.fold(folded), folded) << std::hex << c;
  }
}

// The bitmap of copied code points and the entries say the same.
TEST(FoldTable, BitmapAgreesWithEntries) {
  for (std::uint32_t c = 0; c < 0x10000; ++c) {
    ASSERT_EQ(table().copies(c >> 6, c & 63), table().at(c).action == FoldAction::copy) << std::hex << c;
  }
}

TEST(FoldTable, AsciiCannotBeFolded) {
  const FoldTable folds = FoldTable::build(std::vector<std::pair<char32_t, std::string>>{{'a', "b"}});
  EXPECT_EQ(folds.fold("a"), "a");
}

TEST(FoldTable, FoldsInACircleEnd) {
  const FoldTable folds =
      FoldTable::build(std::vector<std::pair<char32_t, std::string>>{{0x300, "\u0301"}, {0x301, "\u0300"}});
  EXPECT_FALSE(folds.fold("\u0300").empty());
}

}  // namespace
}  // namespace yoran
