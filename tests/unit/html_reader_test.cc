#include "read/html_reader.h"

#include <gtest/gtest.h>

namespace yoran {
namespace {

Document document_of(std::string_view html) {
  Document document;
  read_html(html, 0, document);
  return document;
}

// Blocks as "kind level region{text}"; a block in a cell has "@table.row.column" behind it.
std::string blocks_of(const Document& document) {
  constexpr const char* kKinds[] = {"title", "h", "p", "li", "dt", "dd", "td", "cap"};
  constexpr const char* kRegions[] = {"", ":head", ":nav", ":foot", ":aside"};
  std::string shown;
  for (const Block& block : document.blocks) {
    shown += kKinds[static_cast<int>(block.kind)];
    if (block.level > 0) shown += std::to_string(block.level);
    shown += kRegions[static_cast<int>(block.region)];
    if (block.cell != kNone) {
      const Cell& cell = document.cells[block.cell];
      shown += "@" + std::to_string(cell.table) + "." + std::to_string(cell.row) + "." +
               std::to_string(cell.column);
    }
    shown += "{" + std::string(slice(std::string_view(document.text), block.span)) + "}";
  }
  return shown;
}

// Tables as "rows x columns<parent(caption)[text][text*]/[row 2]"; spans as "rows,columns:" if not 1.
std::string tables_of(const Document& document) {
  std::string shown;
  for (std::size_t i = 0; i < document.tables.size(); ++i) {
    const Table& table = document.tables[i];
    shown += (i > 0 ? " " : "") + std::to_string(table.rows) + "x" + std::to_string(table.columns);
    if (table.parent_cell != kNone) shown += "<" + std::to_string(table.parent_cell);
    if (!table.caption.empty())
      shown += "(" + std::string(slice(std::string_view(document.text), table.caption)) + ")";
    std::uint32_t row = 0;
    for (const Cell& cell : document.cells) {
      if (cell.table != i) continue;
      for (; row < cell.row; ++row) shown += "/";
      shown += "[";
      if (cell.row_span != 1 || cell.column_span != 1)
        shown += std::to_string(cell.row_span) + "," + std::to_string(cell.column_span) + ":";
      shown += std::to_string(cell.column) + std::string(slice(std::string_view(document.text), cell.span));
      shown += cell.header ? "*]" : "]";
    }
  }
  return shown;
}

struct Case {
  const char* name;
  const char* html;
  const char* expected;
};

class HtmlBlocks : public testing::TestWithParam<Case> {};
TEST_P(HtmlBlocks, Are) { EXPECT_EQ(blocks_of(document_of(GetParam().html)), GetParam().expected); }

constexpr Case kBlocks[] = {
    {"Empty", "", ""},
    {"Text", "a", "p{a}"},
    {"Blanks", " a \n\t b<b> c</b>\r\nd ", "p{a b c d}"},
    {"BlankAcrossTags", "a <b> b </b> c", "p{a b c}"},
    {"BlankReference", "a&#32;&#10; b", "p{a b}"},
    {"NoBreakSpace", "&nbsp;a&nbsp; b", "p{\u00A0a\u00A0 b}"},
    {"InlineIsNothing", "12<b>,3</b><!-- x -->45<wbr>人", "p{12,345人}"},
    {"Break", "a<br> b<br/>c", "p{a\nb\nc}"},
    {"BreaksAround", "<p><br>a<br><br></p><p>b", "p{a}p{b}"},
    {"Paragraphs", "<p>a<p>b<div>c</div>d", "p{a}p{b}p{c}p{d}"},
    {"OnlyBlanks", "<p> </p><div>\n</div>", ""},
    {"Headings", "<h1>a</h1><h2>b <b>c</b></h2>d<h3>e<h4>f", "h1{a}h2{b c}p{d}h3{e}h4{f}"},
    {"HeadingEndTag", "<h1>a</h2>b", "h1{a}p{b}"},
    {"List", "<ul><li>a<li>b<ol><li>c</ol>d</ul>e", "li1{a}li1{b}li2{c}li1{d}p{e}"},
    {"ListParagraph", "<li><p>a</p><div>b</div>", "li1{a}li1{b}"},
    {"Definitions", "<dl><dt>a<dd>b<dl><dt>c<dd>d</dl>e<dt>f</dl>g", "dt{a}dd{b}dt{c}dd{d}dd{e}dt{f}p{g}"},
    {"Title", "<head><title> a\n b</title></head>c", "title{a b}p{c}"},
    {"TitleReference", "<title>a &amp; <b></title>c", "title{a & <b>}p{c}"},
    {"Captions", "<figure><figcaption>a</figcaption>b</figure><fieldset><legend>c</legend>d",
     "cap{a}p{b}cap{c}p{d}"},
    {"Pre", "<pre>\n a  b\n\tc \n</pre>d", "p{a  b\n\tc}p{d}"},
    {"PreBreak", "<pre>a<b>\nb</b></pre>", "p{a\nb}"},
    {"Textarea", "<textarea>a\n<b></textarea>c", "p{a\n<b>}p{c}"},
    {"Skipped", "a<script>b<p></script><style>c</style><template>d<p>e</template><iframe>f</iframe>g",
     "p{ag}"},
    {"Noscript", "<noscript>a</noscript>", "p{a}"},
    {"Svg", "a<svg><title>b</title><style>c</style><path d=''/><text>d</text></svg>e", "p{ae}"},
    {"SvgOpen", "a<svg><g><p>b", "p{a}p{b}"},
    {"SvgSelfClosing", "<svg/>a", "p{a}"},
    {"Select", "a<select><option>b<option>c</select>d", "p{ad}"},
    {"SelectOpen", "a<select><option>b<p>c", "p{a}p{c}"},
    {"Comment", "<!-- <p>a</p> -->b", "p{b}"},
    {"Hidden", "<p hidden>a</p>b<div style='color:red; DISPLAY : none !important'>c<div>d</div>e</div>f",
     "p{b}p{f}"},
    {"HiddenInline", "a<span style=display:none>b<span>c</span><br>d</span>e", "p{ae}"},
    {"HiddenUnclosedInline", "<p><span hidden>a</p><p>b", "p{b}"},
    {"HiddenUnclosedInBlock", "<div>x<span hidden>a</div>b", "p{x}p{b}"},
    {"HiddenImplied", "<ul><li hidden>a<li>b</ul><p hidden>c<p>d", "li1{b}p{d}"},
    {"HiddenMisnested", "<div hidden><b>a</div>b</b>", "p{b}"},
    {"Shown", "<p style='display:none;display:block'>a<p style='visibility:visible' aria-hidden=true>b",
     "p{a}p{b}"},
    {"Ruby", "<ruby>弘前<rp>(</rp><rt>ひろさき</rt><rp>)</rp></ruby>市", "p{弘前市}"},
    {"RubyImplied", "<ruby>弘<rt>ひろ<rb>前<rt>さき</ruby>市", "p{弘前市}"},
    {"RubyOpen", "<p><ruby>弘<rt>ひろ</p><p>b", "p{弘}p{b}"},
    {"SupUnit", "12 km<sup>2</sup>", "p{12 km2}"},
    {"SupNote", "811,956<sup><a>[1]</a></sup>", "p{811,956 [1]}"},
    {"SupNoteDigit", "1,234<sup>2</sup>人 (5)<sup>6</sup>", "p{1,234 2人 (5) 6}"},
    {"SupNoteBetween", "1,234<sup>2</sup>5", "p{1,234 2 5}"},
    {"SupNoteWide", "１２<sup>（３）</sup>", "p{１２ （３）}"},
    {"PhraseLabel", "<span>人口</span><span>12,345人</span>", "p{人口 12,345人}"},
    {"PhraseWords", "<b>Population</b><span>12,345</span><span>people</span>", "p{Population 12,345people}"},
    {"PhraseNames", "<span>市の花</span><span>ハマナス</span>", "p{市の花 ハマナス}"},
    {"PhraseLetters", "<span>北</span><span>九</span>州 <span>W</span><span>ales</span>", "p{北九州 Wales}"},
    {"PhraseDigits", "<span>12</span><span>,345</span><span>人</span>", "p{12,345人}"},
    {"PhraseApart", "<span>人口</span>は<span>12</span>", "p{人口は12}"},
    {"SupOrdinal", "1<sup>st</sup>", "p{1st}"},
    {"SupLetter", "a<sup>2</sup>", "p{a2}"},
    {"Template", "{{a}} <?php b ?>c<?= d", "p{{{a}} c}"},
    {"LoneLess", "a < b", "p{a < b}"},
    {"OptionOutside", "<option>a<option>b", "p{a}p{b}"},
    {"Header",
     "<header>a</header><nav>b</nav><main>c<header>d</header></main><footer>e</footer><aside>f</aside>g",
     "p:head{a}p:nav{b}p{c}p{d}p:foot{e}p:aside{f}p{g}"},
    {"Roles",
     "<div role=banner>a</div><ul role=navigation><li>b</ul><div role=contentinfo>c<div>d</div>e</div>f",
     "p:head{a}li1:nav{b}p:foot{c}p:foot{d}p:foot{e}p{f}"},
    {"Ids", "<div id=Footer>a<div>b</div>c</div>d<div id=footer2>e</div>",
     "p:foot{a}p:foot{b}p:foot{c}p{d}p{e}"},
    {"RoleInline", "a<span role=navigation>b</span>c", "p{a}p:nav{b}p{c}"},
    {"Cells", "<table><tr><td>a<td>b<tr><th>c</table>d", "td@0.0.0{a}td@0.0.1{b}td@0.1.0{c}p{d}"},
    {"CellKinds", "<table><td><p>a</p><ul><li>b</ul><h3>c</h3>d</table>",
     "td@0.0.0{a}li1@0.0.0{b}h3@0.0.0{c}td@0.0.0{d}"},
    {"CellEndTagsInside", "<div><table><td>a</div>b</p>c</table>", "td@0.0.0{a}td@0.0.0{b}td@0.0.0{c}"},
    {"CellWithoutTable", "<td>a<td>b<tr>c", "p{a}p{b}p{c}"},
    {"TextInTable", "<table>a<tr>b<td>c</table>", "p{a}p{b}td@0.0.0{c}"},
    {"HiddenRow", "<table><tr hidden><td>a<tr><td style='display:none'>b<td>c</table>", "td@0.0.0{c}"},
    {"HiddenTable", "<table hidden><caption>a<tr><td>b</table>c", "p{c}"},
    {"Zero", "a<b>\r\n</b>", "p{a}"},
};
INSTANTIATE_TEST_SUITE_P(Unit, HtmlBlocks, testing::ValuesIn(kBlocks),
                         [](const auto& test) { return test.param.name; });

class HtmlTables : public testing::TestWithParam<Case> {};
TEST_P(HtmlTables, Are) { EXPECT_EQ(tables_of(document_of(GetParam().html)), GetParam().expected); }

constexpr Case kTables[] = {
    {"None", "a", ""},
    {"Plain", "<table><tr><th>a<td>b</tr><tr><td>c</table>", "2x2[0a*][1b]/[0c]"},
    {"NoRowTag", "<table><td>a<td>b</table>", "1x2[0a][1b]"},
    {"EmptyCells", "<table><tr><td><td>b<tr><td></table>", "2x2[0][1b]/[0]"},
    {"Caption", "<table><caption>a<br>b</caption><td>c</table>", "1x1(a\nb)[0c]"},
    {"RowSpan", "<table><tr><td rowspan=2>a<td>b<tr><td>c</table>", "2x2[2,1:0a][1b]/[1c]"},
    {"RowSpanMiddle", "<table><tr><td>a<td rowspan=2>b<td>c<tr><td>d<td>e</table>",
     "2x3[0a][2,1:1b][2c]/[0d][2e]"},
    {"ColumnSpan", "<table><tr><td colspan=2>a<td>b<tr><td>c<td>d<td>e</table>",
     "2x3[1,2:0a][2b]/[0c][1d][2e]"},
    {"BothSpans", "<table><tr><td rowspan=2 colspan=2>a<td>b<tr><td>c</table>", "2x3[2,2:0a][2b]/[2c]"},
    {"RowSpanTooLong", "<table><tr><td rowspan=9>a<tr><td>b</table>", "2x2[2,1:0a]/[1b]"},
    {"RowSpanZero", "<table><tbody><tr><td rowspan=0>a<tr><td>b<tbody><tr><td>c</table>",
     "3x2[2,1:0a]/[1b]/[0c]"},
    {"SpanOdd", "<table><td colspan=x>a<td colspan=0>b<td colspan=-1>c<td colspan=99999>d</table>",
     "1x1003[0a][1b][2c][1,1000:3d]"},
    {"Groups", "<table><thead><tr><td rowspan=3>a<tbody><tr><td>b<tfoot><tr><td>c</table>",
     "3x1[0a]/[0b]/[0c]"},
    {"EmptyRow", "<table><tr><tr><td>a</table>", "2x1/[0a]"},
    {"Nested", "<table><tr><td>a<table><td>b</table>c<td>d</table>", "1x2[0a\nb\nc][1d] 1x1<0[0b]"},
    {"NestedOrder", "<table><tr><td><table><tr><td>a<tr><td>b</table><tr><td>c<table><td>d</table></table>",
     "2x1[0a\nb]/[0c\nd] 2x1<0[0a]/[0b] 1x1<1[0d]"},
    {"TableInTable", "<table><table><td>a</table>", "0x0 1x1[0a]"},
    {"Two", "<table><td>a</table><table><td>b</table>", "1x1[0a] 1x1[0b]"},
    {"Unclosed", "<table><tr><td>a<table><tr><td>b", "1x1[0a\nb] 1x1<0[0b]"},
    {"CellEndTags", "<table><tr><td>a</th></td><td>b</td></tr></tbody></table>", "1x2[0a][1b]"},
};
INSTANTIATE_TEST_SUITE_P(Unit, HtmlTables, testing::ValuesIn(kTables),
                         [](const auto& test) { return test.param.name; });

// "text<source" for each run of the map.
std::string origins_of(std::string_view html) {
  const Document document = document_of(html);
  EXPECT_EQ(document.source_map.size(), document.text.size());
  std::string shown;
  const auto& runs = document.source_map.runs();
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const std::uint32_t end = i + 1 < runs.size() ? runs[i + 1].to : document.source_map.size();
    const auto origin = document.source_map.origin<SourceSpan>(DecodedSpan{runs[i].to, end});
    shown += "{" + std::string(slice(std::string_view(document.text), DecodedSpan{runs[i].to, end})) + "<" +
             std::string(slice(html, origin)) + "}";
  }
  return shown;
}

class HtmlOrigins : public testing::TestWithParam<Case> {};
TEST_P(HtmlOrigins, Are) { EXPECT_EQ(origins_of(GetParam().html), GetParam().expected); }
constexpr Case kOrigins[] = {
    {"Copy", "<p>a b</p>", "{a b<a b}{\n<}"},        {"Entity", "a&amp;b", "{a<a}{&<&amp;}{b<b}{\n<}"},
    {"Break", "a<br>b", "{a<a}{\n<<br>}{b<b}{\n<}"}, {"BreakLast", "a<br>", "{a<a}{\n<<br>}"},
    {"Blanks", "a \n b", "{a <a }{b<b}{\n<}"},       {"LineEnd", "a\nb", "{a b<a\nb}{\n<}"},
    {"Tag", "1<b>2</b>", "{1<1}{2<2}{\n<}"},         {"Note", "1<sup>2</sup>", "{1<1}{ <}{2<2}{\n<}"},
};
INSTANTIATE_TEST_SUITE_P(Unit, HtmlOrigins, testing::ValuesIn(kOrigins),
                         [](const auto& test) { return test.param.name; });

TEST(HtmlReader, Unclosed) {
  Document document;
  EXPECT_FALSE(read_html("<p>a", 0, document).unclosed);
  const auto at = read_html("ab<!-- c", 0, document).unclosed;
  ASSERT_TRUE(at);
  EXPECT_EQ(*at, (SourceSpan{2, 8}));
}

TEST(HtmlReader, DeepNestingIsFlattened) {
  std::string html;
  for (int i = 0; i < 20000; ++i) html += "<table><tr><td>a<ul><li>b<div hidden><b>";
  Document document;
  EXPECT_TRUE(read_html(html, 0, document).flattened);
  html.clear();
  for (int i = 0; i < 1000; ++i) html += "<table><tr><td>";
  for (int i = 0; i < 1000; ++i) html += "</td></tr></table>";
  Document balanced;
  EXPECT_TRUE(read_html(html + "<table><td>x</table>", 0, balanced).flattened);
  EXPECT_EQ(balanced.cells.back().table, balanced.tables.size() - 1);
  EXPECT_EQ(balanced.tables.back().parent_cell, kNone);
}

}  // namespace
}  // namespace yoran
