#include "read/charset.h"

#include <gtest/gtest.h>
#include <unicode/ucnv.h>
#include <unicode/unistr.h>

namespace yoran {
namespace {

using std::string_literals::operator""s;

std::string encode(std::string_view utf8, const char* converter) {
  UErrorCode status = U_ZERO_ERROR;
  std::string bytes(utf8.size() * 4 + 16, '\0');
  const std::string source(utf8);
  const std::int32_t size =
      ucnv_convert(converter, "UTF-8", bytes.data(), static_cast<std::int32_t>(bytes.size()), source.data(),
                   static_cast<std::int32_t>(source.size()), &status);
  EXPECT_TRUE(U_SUCCESS(status)) << u_errorName(status);
  bytes.resize(static_cast<std::size_t>(size));
  return bytes;
}

// --- Labels ---

struct LabelCase {
  const char* name;
  const char* label;
  const char* charset;  // null: not known
};
class CharsetLabel : public testing::TestWithParam<LabelCase> {};
TEST_P(CharsetLabel, Means) {
  const auto charset = find_charset(GetParam().label);
  ASSERT_EQ(charset.has_value(), GetParam().charset != nullptr);
  if (charset) {
    EXPECT_EQ(charset->name, GetParam().charset);
  }
}
constexpr LabelCase kLabels[] = {
    {"Utf8", "utf8", "UTF-8"},
    {"Blanks", " \"UTF-8\" ", "UTF-8"},
    {"Sjis", "x-sjis", "Shift_JIS"},
    {"SjisCase", "Shift_JIS", "Shift_JIS"},
    {"Cp932", "cp932", "Shift_JIS"},
    {"Euc", "x-euc-jp", "EUC-JP"},
    {"Jis", "ISO-2022-JP", "ISO-2022-JP"},
    {"Utf16", "utf-16", "UTF-16LE"},
    {"Utf16Be", "UTF-16BE", "UTF-16BE"},
    {"Latin1", "iso-8859-1", "windows-1252"},
    {"Ascii", "us-ascii", "windows-1252"},
    {"Gb2312", "gb2312", "GBK"},
    {"Gb18030", "GB18030", "GB18030"},
    {"Big5", "Big5", "Big5"},
    {"Korean", "euc-kr", "EUC-KR"},
    {"Cyrillic", "windows-1251", "windows-1251"},
    {"Koi8", "koi8-r", "KOI8-R"},
    {"Latin2", "iso-8859-2", "ISO-8859-2"},
    {"Empty", "", nullptr},
    {"Unknown", "no-such-charset", nullptr},
    {"Options", "ISO-2022-KR,version=1", nullptr},
};
INSTANTIATE_TEST_SUITE_P(Unit, CharsetLabel, testing::ValuesIn(kLabels),
                         [](const auto& test) { return test.param.name; });

TEST(CharsetLabel, AllOfThemHaveAConverter) {
  for (const char* const label :
       {"windows-874", "tis-620", "iso-8859-9", "gbk", "big5", "ks_c_5601-1987", "l1"}) {
    const auto charset = find_charset(label);
    ASSERT_TRUE(charset) << label;
    EXPECT_EQ(decode("a", 0, *charset).text, "a") << label;
  }
}

// --- Declarations ---

struct DeclarationCase {
  const char* name;
  const char* html;
  const char* label;
};
class CharsetDeclaration : public testing::TestWithParam<DeclarationCase> {};
TEST_P(CharsetDeclaration, Is) { EXPECT_EQ(declared_charset(GetParam().html), GetParam().label); }
constexpr DeclarationCase kDeclarations[] = {
    {"None", "<html><title>x</title>", ""},
    {"Meta", "<head><meta charset=\"Shift_JIS\">", "Shift_JIS"},
    {"MetaUnquoted", "<META CHARSET=euc-jp>", "euc-jp"},
    {"HttpEquiv", "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=x-sjis\">", "x-sjis"},
    {"HttpEquivTurned", "<meta content='text/html;charset = \"EUC-JP\"' http-equiv=content-type>", "EUC-JP"},
    {"OtherMeta", "<meta name=x content='charset=a'><meta charset=b>", "b"},
    {"InComment", "<!-- <meta charset=a> --><meta charset=b>", "b"},
    {"InScript", "<script>'<meta charset=a>'</script>", ""},
    {"InBody", "<body><meta charset=a>", ""},
    {"Xml", "<?xml version=\"1.0\" encoding='Shift_JIS'?><html>", "Shift_JIS"},
    {"Empty", "<meta charset=''>", ""},
};
INSTANTIATE_TEST_SUITE_P(Unit, CharsetDeclaration, testing::ValuesIn(kDeclarations),
                         [](const auto& test) { return test.param.name; });

// --- Detection ---

struct DetectionCase {
  const char* name;
  const char* text;
  const char* converter;
  const char* charset;
};
class CharsetDetection : public testing::TestWithParam<DetectionCase> {};
TEST_P(CharsetDetection, Finds) {
  EXPECT_EQ(detect_charset(encode(GetParam().text, GetParam().converter)).name, GetParam().charset);
}
constexpr DetectionCase kDetections[] = {
    {"Ascii", "Population 12", "UTF-8", "UTF-8"},
    {"Utf8", "人口は12人", "UTF-8", "UTF-8"},
    {"Sjis", "人口は1,234人、面積は5.6平方キロメートルです。", "Shift_JIS", "Shift_JIS"},
    {"SjisShort", "人口 12", "Shift_JIS", "Shift_JIS"},
    {"SjisKatakana", "メートル", "Shift_JIS", "Shift_JIS"},
    {"SjisHalfKana", "ﾃﾞﾝﾜ 03-1234 ﾄｳｷｮｳﾄﾁﾖﾀﾞｸ", "Shift_JIS", "Shift_JIS"},
    {"SjisHalfKanaAmong", "電話ﾊﾟｿｺﾝの人口", "Shift_JIS", "Shift_JIS"},
    {"Euc", "人口は1,234人、面積は5.6平方キロメートルです。", "EUC-JP", "EUC-JP"},
    {"EucShort", "東京都 12", "EUC-JP", "EUC-JP"},
    {"EucKatakana", "メートル", "EUC-JP", "EUC-JP"},
    {"Jis", "人口は12人", "ISO-2022-JP", "ISO-2022-JP"},
    {"French", "L'été à la mairie d'Orléans, où l'on fête Noël", "windows-1252", "windows-1252"},
    {"German", "Einwohner: 12 · Fläche (Größe) – Straße 5", "windows-1252", "windows-1252"},
    {"Signs", "12 km², 5 °C, £12", "windows-1252", "windows-1252"},
    {"OneSign", "Land area (km²) 19", "windows-1252", "windows-1252"},
    {"Quotes", "the “town’s” people – 12 €", "windows-1252", "windows-1252"},
};
INSTANTIATE_TEST_SUITE_P(Unit, CharsetDetection, testing::ValuesIn(kDetections),
                         [](const auto& test) { return test.param.name; });

TEST(CharsetDetection, Utf8WithAnErrorStaysUtf8) {
  EXPECT_EQ(detect_charset("人口は\xFF 1,234人です。").name, "UTF-8");
  EXPECT_EQ(detect_charset("人口は1,234人で\xE3\x81").name, "UTF-8");
}

TEST(CharsetDetection, Utf16WithoutMark) {
  const auto utf16 = [](std::string_view text, const char* converter) {
    return detect_utf16(encode(text, converter));
  };
  EXPECT_EQ(utf16("Population\n12", "UTF-16LE"), Encoding::utf16le);
  EXPECT_EQ(utf16("Population\n12", "UTF-16BE"), Encoding::utf16be);
  EXPECT_EQ(utf16("人口は、\nおよそ12人です。", "UTF-16LE"), Encoding::utf16le);
  EXPECT_EQ(utf16("人口は、およそ、ひとつのまちです。", "UTF-16BE"), Encoding::utf16be);
  EXPECT_EQ(utf16("人口は、およそ、ひとつのまちです。", "Shift_JIS"), std::nullopt);
  EXPECT_EQ(utf16("人口は、およそ、ひとつのまちです。", "EUC-JP"), std::nullopt);
  EXPECT_EQ(utf16("Bush hid the facts", "UTF-8"), std::nullopt);
  EXPECT_EQ(detect_utf16("a\0\0\0b\xFF\x01\x02\0\0\0\x07"s), std::nullopt);
}

// --- Decoding ---

// Runs as "to+to_unit<from+from_unit ".
std::string runs_of(const OffsetMap& map) {
  std::string shown;
  for (const OffsetMap::Run& run : map.runs()) {
    shown += std::to_string(run.to) + "+" + std::to_string(run.to_unit) + "<" + std::to_string(run.from) +
             "+" + std::to_string(run.from_unit) + " ";
  }
  return shown;
}

struct DecodeCase {
  const char* name;
  const char* label;
  std::string bytes;
  const char* text;
  const char* runs;
  std::uint32_t invalid = 0;
};
class CharsetDecode : public testing::TestWithParam<DecodeCase> {};
TEST_P(CharsetDecode, Is) {
  const DecodeCase& test = GetParam();
  const Decoded decoded = decode(test.bytes, 0, *find_charset(test.label));
  EXPECT_EQ(decoded.text, test.text);
  EXPECT_EQ(runs_of(decoded.map), test.runs);
  EXPECT_EQ(decoded.invalid, test.invalid);
  EXPECT_EQ(decoded.map.size(), decoded.text.size());
}
const DecodeCase kDecodes[] = {
    {"Sjis", "sjis",
     "a\x90\x6C\x8C\xFB"
     "1",
     "a人口1", "0+1<0+1 1+3<1+2 7+1<5+1 "},
    {"SjisHalfKana", "sjis", "\xB6\xDE", "ｶﾞ", "0+3<0+1 "},
    {"SjisBackslash", "sjis", "\\~", "\\~", "0+1<0+1 "},
    {"SjisWave", "sjis", "\x81\x60\x81\x7C", "～－", "0+3<0+2 "},
    {"SjisCircled", "sjis", "\x87\x40", "①", "0+3<0+2 "},
    {"SjisSection", "sjis", "\x81\x98", "§", "0+2<0+2 "},
    {"SjisCut", "sjis", "a\x90", "a\uFFFD", "0+1<0+1 1+3<1+1 ", 1},
    {"SjisBadTrail", "sjis", "\x90<b>", "\uFFFD<b>", "0+3<0+1 3+1<1+1 ", 1},
    {"SjisBad", "sjis", "\xFD\xA0\x80", "\uFFFD\uFFFD\uFFFD", "0+3<0+1 ", 3},
    {"Euc", "euc-jp", "\xBF\xCD\xB8\xFD=1", "人口=1", "0+3<0+2 6+1<4+1 "},
    {"EucHalfKana", "euc-jp", "\x8E\xB6\x8E\xDE", "ｶﾞ", "0+3<0+2 "},
    {"EucThree", "euc-jp", "\x8F\xB0\xA1", "丂", "0+3<0+3 "},
    {"EucCut", "euc-jp", "\xBF", "\uFFFD", "0+3<0+1 ", 1},
    {"EucBad", "euc-jp", "\xBF<\x8E\xE0", "\uFFFD<\uFFFD", "0+3<0+1 3+1<1+1 4+3<2+2 ", 2},
    {"Jis", "iso-2022-jp", "a\x1B$B?M8}\x1B(Bb", "a人口b", "0+1<0+1 1+3<4+2 7+1<11+1 "},
    {"JisKana", "iso-2022-jp", "\x1B(I6^\x1B(J\\", "ｶﾞ¥", "0+3<3+1 6+2<8+1 "},
    {"JisLine", "iso-2022-jp", "\x1B$B?M\nab", "人\nab", "0+3<3+2 3+1<5+1 "},
    {"JisBad", "iso-2022-jp", "\x1B$B?\x1B(Ba\xE3", "\uFFFDa\uFFFD", "0+3<3+1 3+1<7+1 4+3<8+1 ", 2},
    {"Utf8Bad", "utf-8", "a\xE3\x81z\xFF\xC0\x80", "a\uFFFDz\uFFFD\uFFFD\uFFFD",
     "0+1<0+1 1+3<1+2 4+1<3+1 5+3<4+1 ", 4},
    {"Utf8Cut", "utf-8", "人\xE4\xBA", "人\uFFFD", "0+1<0+1 3+3<3+2 ", 1},
    {"Utf16", "utf-16le", "a\0\xBA\x4E\x3D\xD8\x00\xDE"s, "a人😀", "0+1<0+2 1+3<2+2 4+4<4+4 "},
    {"Utf16Be", "utf-16be", "\0a\x4E\xBA\x00\xE9"s, "a人é", "0+1<0+2 1+3<2+2 4+2<4+2 "},
    {"Utf16Lone", "utf-16le",
     "\x3D\xD8"
     "a\0\0\xDE"
     "b"s,
     "\uFFFDa\uFFFD\uFFFD", "0+3<0+2 3+1<2+2 4+3<4+2 7+3<6+1 ", 3},
    {"Cp1252", "latin1",
     "\xE9\x80"
     "a\x81",
     "é€a\u0081", "0+2<0+1 2+3<1+1 5+1<2+1 6+2<3+1 "},
    {"Gb18030", "gb18030",
     "\xC8\xCB"
     "a",
     "人a", "0+3<0+2 3+1<2+1 "},
    {"GbCut", "gb18030", "a\xC8", "a\uFFFD", "0+1<0+1 1+3<1+1 ", 1},
    {"Big5", "big5", "\xA4H", "人", "0+3<0+2 "},
};
INSTANTIATE_TEST_SUITE_P(Unit, CharsetDecode, testing::ValuesIn(kDecodes),
                         [](const auto& test) { return test.param.name; });

// Our decoders agree with ICU on all that ICU decodes.
TEST(CharsetDecode, AgreesWithIcuOnAllPairs) {
  struct Pairing {
    const char* label;
    const char* converter;
    bool is_euc;  // 0x8F begins three bytes, and behind 0x8E ICU has more than half-width kana
  };
  for (const auto& [label, converter, is_euc] :
       {Pairing{"sjis", "windows-31j", false}, {"euc-jp", "EUC-JP", true}}) {
    const Charset charset = *find_charset(label);
    UErrorCode status = U_ZERO_ERROR;
    UConverter* const icu_converter = ucnv_open(converter, &status);
    for (int lead = 0x80; lead < 0x100; ++lead) {
      if (is_euc && (lead == 0x8E || lead == 0x8F)) continue;
      for (int trail = 0x40; trail < 0x100; ++trail) {
        const char bytes[] = {static_cast<char>(lead), static_cast<char>(trail)};
        UChar units[8];
        status = U_ZERO_ERROR;
        const std::int32_t size = ucnv_toUChars(icu_converter, units, 8, bytes, 2, &status);
        const bool known = size == 1 && units[0] != 0xFFFD && units[0] != 0x1A && units[0] >= 0x80;
        const Decoded decoded = decode({bytes, 2}, 0, charset);
        std::string expected;
        if (known) icu::UnicodeString(units, 1).toUTF8String(expected);
        if (known) {
          ASSERT_EQ(decoded.text, expected) << label << std::hex << " " << lead << " " << trail;
        }
        if (decoded.invalid == 0 && decoded.text.size() == 3 && size == 1) {
          ASSERT_TRUE(known) << label << std::hex << " " << lead << " " << trail;
        }
      }
    }
    ucnv_close(icu_converter);
  }
}

// Long inputs are decoded in pieces; where they are cut must not show.
TEST(CharsetDecode, PiecesDoNotShow) {
  for (const char* const converter :
       {"gb18030", "Big5", "EUC-KR", "ISO-2022-KR", "UTF-16BE", "Shift_JIS", "EUC-JP", "ISO-2022-JP"}) {
    std::string text = "x";
    while (text.size() < 150000) text += "人口 12\n中a";
    const Decoded decoded = decode(encode(text, converter), 0, *find_charset(converter));
    EXPECT_EQ(decoded.text, text) << converter;
    EXPECT_EQ(decoded.map.size(), text.size()) << converter;
    EXPECT_EQ(decoded.invalid, 0U) << converter;
  }
}

TEST(Utf8, Surely) {
  EXPECT_TRUE(is_surely_utf8("人"));
  EXPECT_TRUE(is_surely_utf8("ééé"));
  EXPECT_FALSE(is_surely_utf8("é"));
  EXPECT_FALSE(is_surely_utf8("abc"));
  EXPECT_FALSE(is_surely_utf8("人\xFF"));
}

}  // namespace
}  // namespace yoran
