#include "read/read.h"

#include <gtest/gtest.h>
#include <unicode/ucnv.h>

#include <random>

namespace yoran {
namespace {

using std::string_literals::operator""s;

std::string encode(std::string_view utf8, const char* converter) {
  UErrorCode status = U_ZERO_ERROR;
  std::string bytes(utf8.size() * 4 + 16, '\0');
  const std::int32_t size =
      ucnv_convert(converter, "UTF-8", bytes.data(), static_cast<std::int32_t>(bytes.size()), utf8.data(),
                   static_cast<std::int32_t>(utf8.size()), &status);
  EXPECT_TRUE(U_SUCCESS(status)) << u_errorName(status);
  bytes.resize(static_cast<std::size_t>(size));
  return bytes;
}

std::string codes_of(const ReadResult& result) {
  std::string shown;
  for (const Diagnostic& diagnostic : result.diagnostics) {
    shown += (shown.empty() ? "" : " ") + std::string(to_string(diagnostic.severity)) + ":" + diagnostic.code;
    if (diagnostic.at)
      shown += "@" + std::to_string(diagnostic.at->start) + "-" + std::to_string(diagnostic.at->end);
  }
  return shown;
}

struct Case {
  const char* name;
  std::string bytes;
  ReadOptions options;
  const char* charset;  // null: rejected
  MediaType media_type;
  const char* text;
  const char* codes = "";
};
class Read : public testing::TestWithParam<Case> {};
TEST_P(Read, Gives) {
  const Case& test = GetParam();
  const ReadResult result = read(test.bytes, test.options);
  EXPECT_EQ(codes_of(result), test.codes);
  ASSERT_EQ(result.document.has_value(), test.charset != nullptr);
  if (!result.document) return;
  EXPECT_EQ(result.document->charset, test.charset);
  EXPECT_EQ(result.document->media_type, test.media_type);
  EXPECT_EQ(result.document->text, test.text);
  EXPECT_EQ(result.document->source_map.size(), result.document->text.size());
}

constexpr auto kPlain = MediaType::plain;
constexpr auto kHtml = MediaType::html;
constexpr auto kMarkdown = MediaType::markdown;
ReadOptions named(const char* name) {
  ReadOptions options;
  options.name = name;
  return options;
}
ReadOptions charset(const char* label) {
  ReadOptions options;
  options.charset = label;
  return options;
}

ReadOptions typed(MediaType type, const char* name = "") {
  ReadOptions options;
  options.media_type = type;
  options.name = name;
  return options;
}
ReadOptions at_most(std::uint64_t bytes) {
  ReadOptions options;
  options.max_bytes = bytes;
  return options;
}

const Case kCases[] = {
    // Media types
    {"Plain", "人口 12", {}, "UTF-8", kPlain, "人口 12"},
    {"HtmlByName", "a", named("x.HTM"), "UTF-8", kHtml, "a\n"},
    {"MarkdownByName", "# a", named("x.md"), "UTF-8", kMarkdown, "# a"},
    {"HtmlByOption", "a", typed(kHtml, "a.txt"), "UTF-8", kHtml, "a\n"},
    {"PlainByOption", "<p>a", typed(kPlain), "UTF-8", kPlain, "<p>a"},
    {"HtmlByDoctype", " <!DocType html>a", {}, "UTF-8", kHtml, "a\n"},
    {"HtmlByTag", "\n<TABLE><td>a", {}, "UTF-8", kHtml, "a\n"},
    {"HtmlBehindComment", "<!-- a --><?php b ?><p>c", {}, "UTF-8", kHtml, "c\n"},
    {"NotHtml", "<a@example.org> writes", {}, "UTF-8", kPlain, "<a@example.org> writes"},
    {"NotHtmlLater", "see <p>", {}, "UTF-8", kPlain, "see <p>"},
    // Charsets
    {"Empty", "", {}, "UTF-8", kPlain, "", "info:read.empty"},
    {"EmptyHtml", "", named("a.html"), "UTF-8", kHtml, "", "info:read.empty"},
    {"Bom", "\xEF\xBB\xBF人", {}, "UTF-8", kPlain, "人"},
    {"BomAlone", "\xEF\xBB\xBF", {}, "UTF-8", kPlain, "", "info:read.empty"},
    {"BomOverOption", "\xEF\xBB\xBF人", charset("sjis"), "UTF-8", kPlain, "人"},
    {"BomHtml", "\xEF\xBB\xBF<p>人", {}, "UTF-8", kHtml, "人\n"},
    {"Utf16", "\xFF\xFE\xBA\x4E", {}, "UTF-16LE", kPlain, "人"},
    {"Utf16Html", "\xFE\xFF" + encode("<p>人", "UTF-16BE"), {}, "UTF-16BE", kHtml, "人\n"},
    {"Utf16NoBom", encode("Population\n12", "UTF-16LE"), {}, "UTF-16LE", kPlain, "Population\n12"},
    {"Sjis", encode("人口は12人", "Shift_JIS"), {}, "Shift_JIS", kPlain, "人口は12人"},
    {"Euc", encode("人口は12人", "EUC-JP"), {}, "EUC-JP", kPlain, "人口は12人"},
    {"Jis", encode("人口は12人", "ISO-2022-JP"), {}, "ISO-2022-JP", kPlain, "人口は12人"},
    {"Latin", "caf\xE9", {}, "windows-1252", kPlain, "café"},
    {"Given", "\xE4", charset("windows-1251"), "windows-1251", kPlain, "д"},
    {"GivenBad", "人\xFF", charset("utf-8"), "UTF-8", kPlain, "人\uFFFD", "warning:read.invalid-bytes@3-4"},
    {"GivenUnknown", "a", charset("nonsense"), nullptr, kPlain, "", "error:read.unknown-charset"},
    {"Declared", encode("<meta charset=sjis>ｱ", "Shift_JIS"), {}, "Shift_JIS", kHtml, "ｱ\n"},
    {"DeclaredAscii", "<meta charset=euc-jp>a", {}, "EUC-JP", kHtml, "a\n"},
    {"DeclaredLatin1", "<meta charset=iso-8859-1>\xE9", {}, "windows-1252", kHtml, "é\n"},
    {"DeclaredUtf16", "<meta charset=utf-16>人", {}, "UTF-8", kHtml, "人\n"},
    {"DeclaredUnknown",
     "<meta charset=x-none>人",
     {},
     "UTF-8",
     kHtml,
     "人\n",
     "warning:read.unknown-charset"},
    {"DeclaredEbcdic",
     "<meta charset=ibm-037>人",
     {},
     "UTF-8",
     kHtml,
     "人\n",
     "warning:read.unknown-charset"},
    {"DeclaredSjisIsUtf8",
     "<meta charset=sjis>人口",
     {},
     "UTF-8",
     kHtml,
     "人口\n",
     "warning:read.charset-mismatch"},
    {"DeclaredLatinIsUtf8",
     "<meta charset=latin1>人口",
     {},
     "UTF-8",
     kHtml,
     "人口\n",
     "warning:read.charset-mismatch"},
    {"DeclaredUtf8IsSjis",
     encode("<meta charset=utf-8>人口は多い", "Shift_JIS"),
     {},
     "Shift_JIS",
     kHtml,
     "人口は多い\n",
     "warning:read.charset-mismatch"},
    {"DeclaredSjisIsEuc",
     encode("<meta charset=sjis>人口はとても多い町", "EUC-JP"),
     {},
     "EUC-JP",
     kHtml,
     "人口はとても多い町\n",
     "warning:read.charset-mismatch"},
    {"DeclaredUtf8IsJis",
     encode("<meta charset=utf-8>人口", "ISO-2022-JP"),
     {},
     "ISO-2022-JP",
     kHtml,
     "人口\n",
     "warning:read.charset-mismatch"},
    {"DeclaredUtf8Cut",
     "<meta charset=utf-8>人口は多い\xE3\x81",
     {},
     "UTF-8",
     kHtml,
     "人口は多い\uFFFD\n",
     "warning:read.invalid-bytes@35-37"},
    {"NotDeclaredInText", "x <meta charset=sjis>人", {}, "UTF-8", kPlain, "x <meta charset=sjis>人"},
    // Rejections and losses
    {"TooLarge", "abc", at_most(2), nullptr, kPlain, "", "error:read.too-large"},
    {"JustFits", "abc", at_most(3), "UTF-8", kPlain, "abc"},
    {"Zeros",
     "\x7F"
     "ELF\0\0\0\1\0\0\xFF\xFE"s,
     {},
     nullptr,
     kPlain,
     "",
     "error:read.binary"},
    {"Pdf", "%PDF-1.4\ntext", {}, nullptr, kPlain, "", "error:read.binary"},
    {"TwoCharsets",
     "人口は多い。\x90\x6C",
     {},
     "UTF-8",
     kPlain,
     "人口は多い。\uFFFDl",
     "warning:read.invalid-bytes@18-19"},
    {"CommentOpen", "<p>a<!-- b", {}, "UTF-8", kHtml, "a\n", "warning:read.unclosed-markup@4-10"},
    {"CommentOpenSjis",
     encode("<meta charset=sjis><p>人<!-- b", "Shift_JIS"),
     {},
     "Shift_JIS",
     kHtml,
     "人\n",
     "warning:read.unclosed-markup@24-30"},
};
INSTANTIATE_TEST_SUITE_P(Unit, Read, testing::ValuesIn(kCases),
                         [](const auto& test) { return test.param.name; });

TEST(ReadBinary, OneZeroIsNotEnough) {
  const std::string bytes = std::string(200, 'a') + "\0b"s;
  ASSERT_TRUE(read(bytes, {}).document);
  EXPECT_EQ(read(bytes, {}).document->text, bytes);
  EXPECT_EQ(read(bytes, typed(kHtml)).document->text, std::string(200, 'a') + "b\n");
}

TEST(ReadLossy, OnlyIfSomethingWasLost) {
  EXPECT_FALSE(read("人", {}).document->lossy);
  EXPECT_TRUE(read("人\xFF口は", {}).document->lossy);
  EXPECT_TRUE(read("<p>a<!--", {}).document->lossy);
}

TEST(ReadDeep, IsSaid) {
  std::string html;
  for (int i = 0; i < 600; ++i) html += "<ul>";
  EXPECT_EQ(codes_of(read(html, {})).substr(0, 30), "info:read.nesting-flattened@20");
}

// --- Lines of text ---

struct LineCase {
  const char* name;
  const char* text;
  const char* blocks;
};
std::string blocks_of(const Document& document) {
  constexpr const char* kKinds[] = {"title", "h", "p", "li", "dt", "dd", "td", "cap"};
  std::string shown;
  for (const Block& block : document.blocks) {
    shown += kKinds[static_cast<int>(block.kind)];
    if (block.level > 0) shown += std::to_string(block.level);
    shown += "{" + std::string(slice(std::string_view(document.text), block.span)) + "}";
  }
  return shown;
}

class PlainLines : public testing::TestWithParam<LineCase> {};
TEST_P(PlainLines, Are) { EXPECT_EQ(blocks_of(*read(GetParam().text, {}).document), GetParam().blocks); }
constexpr LineCase kPlainLines[] = {
    {"Lf", "a\n\nb\n", "p{a}p{b}"},
    {"CrLf", "a\r\n\r\nb", "p{a}p{b}"},
    {"Cr", "a\rb\n\rc", "p{a}p{b}p{c}"},
    {"Blanks", " a \n ", "p{ a }p{ }"},
};
INSTANTIATE_TEST_SUITE_P(Unit, PlainLines, testing::ValuesIn(kPlainLines),
                         [](const auto& test) { return test.param.name; });

class MarkdownLines : public testing::TestWithParam<LineCase> {};
TEST_P(MarkdownLines, Are) {
  EXPECT_EQ(blocks_of(*read(GetParam().text, named("a.md")).document), GetParam().blocks);
}
constexpr LineCase kMarkdownLines[] = {
    {"Headings", "# a\n## b ##\n###\n####### c\n#d\n    # e", "h1{a}h2{b}p{####### c}p{#d}p{    # e}"},
    {"HeadingSign", "# C#\n# a # b\n#\ta \n", "h1{C#}h1{a # b}h1{a}"},
    {"FrontMatter", "---\ntitle: x\n---\na\n---\n", "p{title: x}p{a}p{---}"},
    {"NoFrontMatter", "a\n---\nb\n", "p{a}p{---}p{b}"},
    {"Lists", "- a\n* b\n  + c\n-d\n- \n**e**\n", "li1{a}li1{b}li2{c}p{-d}p{- }p{**e**}"},
    {"Numbers", "1. a\n12. March 1990\n", "p{1. a}p{12. March 1990}"},
    {"Rules", "* * *\n- - -\n---\n", "p{* * *}p{- - -}p{---}"},
    {"Table", "| a | b |\n|---|---|\n| 1 | 2 |\n", "p{| a | b |}p{|---|---|}p{| 1 | 2 |}"},
    {"Fence", "```c\n# a\n- b\n```\n# c\n~~~\n```\n~~~~\nd", "p{# a}p{- b}h1{c}p{```}p{d}"},
    {"CodeInLine", "```a``` b\n# c", "p{```a``` b}h1{c}"},
    {"CrLf", "# a\r\n- b\r\n", "h1{a}li1{b}"},
};
INSTANTIATE_TEST_SUITE_P(Unit, MarkdownLines, testing::ValuesIn(kMarkdownLines),
                         [](const auto& test) { return test.param.name; });

// --- Positions ---

TEST(ReadPositions, LineAndColumn) {
  const std::string bytes = encode("<meta charset=sjis>\n<p>人口</p>\r\n<p>12", "Shift_JIS");
  const Document document = *read(bytes, {}).document;
  const auto at = document.text.find("12");
  const auto origin = document.source_map.origin<SourceSpan>(
      DecodedSpan{static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + 2)});
  EXPECT_EQ(slice(std::string_view(bytes), origin), "12");
  EXPECT_EQ(document.lines.at(origin.start), (LineColumn{3, 4}));
  EXPECT_EQ(document.lines.line_text(2), "<p>人口</p>");
}

TEST(ReadPositions, BomHasNoColumn) {
  const std::string bytes = "\xEF\xBB\xBF<p>人口 12";
  const Document document = *read(bytes, {}).document;
  EXPECT_EQ(document.source_map.start_of(0), 6U);
  EXPECT_EQ(document.lines.at(6), (LineColumn{1, 4}));
}

// --- Whatever the bytes ---

// What every document must be.
void expect_sound(std::string_view bytes, const Document& document) {
  ASSERT_EQ(document.source_map.size(), document.text.size());
  std::uint32_t end = 0;
  for (const Block& block : document.blocks) {
    ASSERT_LE(end, block.span.start);
    ASSERT_LT(block.span.start, block.span.end);
    ASSERT_LE(block.span.end, document.text.size());
    end = block.span.end;
    const auto origin = document.source_map.origin<SourceSpan>(block.span);
    ASSERT_LE(origin.start, origin.end);
    ASSERT_LE(origin.end, bytes.size());
    if (block.cell == kNone) continue;
    ASSERT_LT(block.cell, document.cells.size());
    ASSERT_TRUE(document.cells[block.cell].span.contains(block.span));
  }
  for (std::size_t i = 0; i < document.cells.size(); ++i) {
    const Cell& cell = document.cells[i];
    ASSERT_LT(cell.table, document.tables.size());
    ASSERT_LE(cell.row + cell.row_span, document.tables[cell.table].rows);
    ASSERT_LE(cell.column + cell.column_span, document.tables[cell.table].columns);
    ASSERT_LE(cell.span.start, cell.span.end);
    ASSERT_LE(cell.span.end, document.text.size());
    if (i == 0) continue;
    const Cell& before = document.cells[i - 1];
    ASSERT_LE(std::tie(before.table, before.row, before.column), std::tie(cell.table, cell.row, cell.column));
  }
  std::uint32_t from = 0;
  for (const OffsetMap::Run& run : document.source_map.runs()) {
    ASSERT_LE(from, run.from);
    from = run.from;
  }
}

TEST(ReadAnything, IsSound) {
  constexpr const char* kPieces[] = {"<table>",
                                     "</table>",
                                     "<tr>",
                                     "<td>",
                                     "<td rowspan=3 colspan=2>",
                                     "<th rowspan=0>",
                                     "</td>",
                                     "<caption>",
                                     "<tbody>",
                                     "<p>",
                                     "<p hidden>",
                                     "</p>",
                                     "<div id=footer>",
                                     "</div>",
                                     "<ul>",
                                     "<li>",
                                     "</ul>",
                                     "<dl><dt>",
                                     "<dd>",
                                     "<h2>",
                                     "</h2>",
                                     "<br>",
                                     "<sup>",
                                     "</sup>",
                                     "<ruby>",
                                     "<rt>",
                                     "</ruby>",
                                     "<pre>",
                                     "</pre>",
                                     "<svg>",
                                     "</svg>",
                                     "<![CDATA[",
                                     "]]>",
                                     "<select>",
                                     "<option>",
                                     "<template>",
                                     "</template>",
                                     "<title>",
                                     "</title>",
                                     "<script>",
                                     "</script>",
                                     "<!--",
                                     "-->",
                                     "<span role=navigation>",
                                     "</span>",
                                     "&amp;",
                                     "&#x3000;",
                                     "&",
                                     "<",
                                     "1",
                                     "[2]",
                                     " ",
                                     "\n",
                                     "人口",
                                     "\xE4\xBA",
                                     "\xFF",
                                     "<textarea>",
                                     "</textarea>",
                                     "<header>",
                                     "<main>",
                                     "<nav>",
                                     "</nav>",
                                     "<math>",
                                     "<span style='display:none'>"};
  std::mt19937 random(20240611);
  for (int round = 0; round < 4000; ++round) {
    std::string html = "<p>";
    for (std::uint32_t n = random() % 60; n > 0; --n) html += kPieces[random() % std::size(kPieces)];
    const ReadResult result = read(html, {});
    ASSERT_TRUE(result.document);
    expect_sound(html, *result.document);
    if (HasFatalFailure()) FAIL() << html;
  }
}

TEST(ReadAnything, AnyCharsetIsSound) {
  constexpr const char* kCharsets[] = {"",       "utf-8",        "utf-16", "utf-16be",   "sjis",
                                       "euc-jp", "iso-2022-jp",  "latin1", "gb18030",    "big5",
                                       "euc-kr", "windows-1251", "koi8-r", "hz-gb-2312", "utf-32le",
                                       "scsu",   "ISO-2022-KR",  "utf-7"};
  std::mt19937 random(7);
  for (int round = 0; round < 4000; ++round) {
    std::string bytes;
    for (std::uint32_t n = random() % 80; n > 0; --n)
      bytes += static_cast<char>(random() % 4 == 0 ? random() : 0x20 + random() % 0x5F);
    for (const char* const label : kCharsets) {
      const ReadResult result = read(bytes, charset(label));
      if (result.document) expect_sound(bytes, *result.document);
      if (HasFatalFailure()) FAIL() << label << " " << testing::PrintToString(bytes);
    }
  }
}

}  // namespace
}  // namespace yoran
