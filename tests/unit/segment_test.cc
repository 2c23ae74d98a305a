#include "segment.h"

#include <gtest/gtest.h>

#include <ctime>

#include "link/sentence.h"
#include "normalize.h"
#include "rulepack/table_reader.h"

namespace yoran {
namespace {

constexpr char kLayout[] = R"toml(
[layout]
heading_marks = "■□●○◎◆◇▼▽★☆"
brackets = ["【】", "〔〕"]
bullets = "・•●○◆■□"
spaced_bullets = "-*+"
leaders = ".・…‥"
long_leaders = "…"
separators = "|｜│"
underlines = "=-~_─＿"
)toml";

const FoldTable& folds() {
  static const FoldTable kFolds =
      FoldTable::build(std::vector<std::pair<char32_t, std::string>>{{0x2500, "-"}});
  return kFolds;
}

const SegmentRules& rules() {
  static const SegmentRules kRules = [] {
    RuleErrors errors;
    const auto file = RuleDocument::parse("layout.toml", kLayout, errors);
    TableReader root = file->root(errors);
    SegmentRules read;
    read.read(root, folds());
    EXPECT_TRUE(errors.empty());
    return read;
  }();
  return kRules;
}

// A plain text: a block per line, its end not included.
Document plain(std::string text) {
  Document document;
  document.source_map.append_copy(static_cast<std::uint32_t>(text.size()), 0);
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    document.blocks.push_back({{static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(end)}});
    start = end + 1;
  }
  document.text = std::move(text);
  return document;
}

struct Result {
  Document document;
  Text text;
  Segments segments;
  std::string_view at(TextSpan span) const { return text.at(span); }
};

Result segmented(Document document) {
  Result result;
  result.document = std::move(document);
  result.text = normalize(result.document, folds());
  result.segments = segment(result.document, result.text, rules());
  return result;
}

// Lines as "kind level text", one after the other.
std::string lines_of(const Result& result) {
  constexpr const char* kKinds[] = {"title", "h", "p", "li", "dt", "dd", "td", "cap"};
  std::string shown;
  for (const Line& line : result.segments.lines) {
    shown += kKinds[static_cast<int>(line.kind)];
    if (line.level > 0) shown += std::to_string(line.level);
    shown += "{" + std::string(result.at(line.span)) + "}";
  }
  return shown;
}

// Grids as cells "[a][b]", rows with "/", grids with " ", a header row with "*".
std::string grids_of(const Result& result) {
  std::string shown;
  for (const Grid& grid : result.segments.grids) {
    if (!shown.empty()) shown += " ";
    std::uint32_t row = 0;
    for (std::uint32_t i = grid.first_cell; i < grid.last_cell; ++i) {
      const GridCell& cell = result.segments.cells[i];
      if (cell.row != row) shown += "/";
      row = cell.row;
      shown += (cell.header ? "*[" : "[") + std::string(result.at(cell.span)) + "]";
    }
  }
  return shown;
}

struct Case {
  const char* name;
  const char* text;
  const char* expected;
};

class SegmentLines : public testing::TestWithParam<Case> {};
TEST_P(SegmentLines, Are) { EXPECT_EQ(lines_of(segmented(plain(GetParam().text))), GetParam().expected); }

constexpr Case kLines[] = {
    {"Empty", "", ""},
    {"OnlyBlanks", " \n\t\n　\n", ""},
    {"Trimmed", "　七飯町の概要 \n\n  a\tb \n", "p{七飯町の概要}p{a\tb}"},
    {"Underlined", "概要\n====\n本文\n", "h1{概要}p{本文}"},
    {"UnderlinedTwice", "a\n===\n\nb\n---\nc\n\nd\n===\n", "h1{a}h2{b}p{c}h1{d}"},
    {"UnderlinedBox", "令和2年のすがた\n────────\n本文\n", "h1{令和2年のすがた}p{本文}"},
    {"OverAndUnder", "=====\nTitle\n=====\ntext\n", "h1{Title}p{text}"},
    {"RuleAlone", "a\n\n-----\n\nb\n", "p{a}p{b}"},
    {"RuleUnderParagraph", "one\ntwo\n-----\nthree\n", "p{one}p{two}p{three}"},
    {"FrontMatter", "---\ntitle: x\nlang: en\n---\ntext\n", "p{title: x}p{lang: en}p{text}"},
    {"Hashes", "# A\ntext\n## B ##\n#tag\n", "h1{A}p{text}h2{B}p{#tag}"},
    {"Brackets", "【連絡先】\n電話：1\n【市役所】\n", "h2{【連絡先】}p{電話:1}h2{【市役所】}"},
    {"BracketTail", "【ロンドン / London】 1989年\n15 Whitehall\n",
     "h2{【ロンドン / London】 1989年}p{15 Whitehall}"},
    {"BracketLabels", "【人口】1人\n【面積】2\n", "p{【人口】1人}p{【面積】2}"},
    {"Marks", "■概要\n本文\n■人口\n12人\n", "h2{概要}p{本文}h2{人口}p{12人}"},
    {"MarksNested", "■概要\n●位置\n本文\n■人口\n12人\n", "h2{概要}h3{位置}p{本文}h2{人口}p{12人}"},
    {"MarksAroundTitle", "■■■　市のプロフィール　■■■\n■概要\n本文\n", "h2{市のプロフィール}h3{概要}p{本文}"},
    {"MarkList", "●東\n●西\n●南\n", "li1{東}li1{西}li1{南}"},
    {"MarkWithValue", "●人口：12人\n", "li1{人口:12人}"},
    {"MarkSentence", "■ どうぞお越しください。\n", "li1{どうぞお越しください。}"},
    {"Bullets", "・東\n- west\n* south\n-5\n*bold*\n", "li1{東}li1{west}li1{south}p{-5}p{*bold*}"},
    {"DashLine", "a － b\n", "p{a - b}"},
};
INSTANTIATE_TEST_SUITE_P(Unit, SegmentLines, testing::ValuesIn(kLines),
                         [](const auto& test) { return test.param.name; });

class SegmentGrids : public testing::TestWithParam<Case> {};
TEST_P(SegmentGrids, Are) { EXPECT_EQ(grids_of(segmented(plain(GetParam().text))), GetParam().expected); }

constexpr Case kGrids[] = {
    {"None", "人口は1,234人、面積は5.6です。\n", ""},
    {"Tabs", "項目\t数値\t備考\n人口\t1人\t\n　男\t2人\t\n", "[項目][数値][備考]/[人口][1人][]/[男][2人][]"},
    {"TabsAlone", "Population:\t\t12,345\n", "[Population:][12,345]"},
    {"Indented", "\tHello world\n", ""},
    {"Blanks", "Name      People\nA B       12\n", "[Name][People]/[A B][12]"},
    {"FullWidthBlanks", "人口　　12人\n", "[人口][12人]"},
    {"OneBlank", "〒102-8688　千代田区\n", ""},
    {"Typewriter", "It is old.  It is big.\n", ""},
    {"SpacedLabel", "人　　口：12人　　男：3人\n", "[人  口:12人][男:3人]"},
    {"SpacedLabelGap", "市　　長　　村山卓\n", "[市  長][村山卓]"},
    {"NarrowHeads", "年　　男　　女\n元　　１　　２\n", "[年][男][女]/[元][1][2]"},
    {"Leaders", "●位　置 …………… 本州\n総人口 ･･･････ 12人\n", "[位 置][本州]/[総人口][12人]"},
    {"LeaderDots", "Area ....... 12 km2\n", "[Area][12 km2]"},
    {"LeaderTouches", "人口...12人\n", "[人口][12人]"},
    {"Ellipsis", "And so... it goes… on\n", ""},
    {"LeaderToNothing", "人口 ........\n", ""},
    {"Pipes", "人口｜12人\n面積｜3\n", "[人口][12人]/[面積][3]"},
    {"Markdown", "| Figure | 2021 |\n|--------|-----:|\n| People | 9 |\n| Area | |\n",
     "*[Figure]*[2021]/[People][9]/[Area][]"},
    {"Box", "┌──┬──┐\n│人口│12人│\n├──┼──┤\n│面積│3│\n└──┴──┘\n", "[人口][12人]/[面積][3]"},
    {"BlankLineDivides", "a\tb\n\nc\td\n", "[a][b] [c][d]"},
    {"CountDivides", "a\tb\nc\td\te\n", "[a][b] [c][d][e]"},
    {"Csv", "name,people,area\nA,1,2\n\"B, C\",\"1,234\",5\n",
     "[name][people][area]/[A][1][2]/[B, C][1,234][5]"},
    {"CsvTooFew", "name,people,area\nA,1,2\n", ""},
    {"CommaProse", "one, two, three\nfour, five, six\nseven, eight, nine\n", ""},
    {"GroupedNumbers", "1,234,567\n2,345,678\n3,456,789\n", ""},
};
INSTANTIATE_TEST_SUITE_P(Unit, SegmentGrids, testing::ValuesIn(kGrids),
                         [](const auto& test) { return test.param.name; });

struct LanguageCase {
  const char* name;
  const char* text;
  Language language;
};
class SegmentLanguage : public testing::TestWithParam<LanguageCase> {};
TEST_P(SegmentLanguage, Is) {
  EXPECT_EQ(segmented(plain(GetParam().text)).segments.lines[0].language, GetParam().language);
}
constexpr LanguageCase kLanguages[] = {
    {"Kana", "ひらがな", Language::ja},
    {"Ideographs", "人口", Language::ja},
    {"Address", "ホームページ https://www.town.nanae.hokkaido.jp/", Language::ja},
    {"English", "Population", Language::en},
    {"NameInEnglish", "The town of Nanae (七飯) lies in the south", Language::en},
    {"Digits", "1,234", Language::unknown},
    {"Accents", "Ää", Language::en},
};
INSTANTIATE_TEST_SUITE_P(Unit, SegmentLanguage, testing::ValuesIn(kLanguages),
                         [](const auto& test) { return test.param.name; });

TEST(Segment, BytesByLanguage) {
  const Result result = segmented(plain("人口\nab\n12\n"));
  EXPECT_EQ(result.segments.bytes_ja, 6U);
  EXPECT_EQ(result.segments.bytes_en, 2U);
}

// "heading first-last parent" of each section.
std::string sections_of(const Result& result) {
  std::string shown;
  for (const Section& section : result.segments.sections) {
    shown +=
        section.heading == kNone ? "-" : std::string(result.at(result.segments.lines[section.heading].span));
    shown += " " + std::to_string(section.first_line) + "-" + std::to_string(section.last_line);
    shown += section.parent == kNone ? ";" : "<" + std::to_string(section.parent) + ";";
  }
  return shown;
}

class SegmentSections : public testing::TestWithParam<Case> {};
TEST_P(SegmentSections, Are) {
  EXPECT_EQ(sections_of(segmented(plain(GetParam().text))), GetParam().expected);
}
constexpr Case kSections[] = {
    {"None", "a\nb\n", "- 0-2;"},
    {"Empty", "", ""},
    {"Flat", "x\n# A\na\n# B\nb\n", "- 0-1;A 1-3;B 3-5;"},
    {"Nested", "# A\na\n## B\nb\n## C\n# D\n", "A 0-5;B 2-4<0;C 4-5<0;D 5-6;"},
    {"Skipped", "### A\na\n# B\nb\n", "A 0-2;B 2-4;"},
};
INSTANTIATE_TEST_SUITE_P(Unit, SegmentSections, testing::ValuesIn(kSections),
                         [](const auto& test) { return test.param.name; });

// --- HTML: blocks and cells as read makes them ---

class HtmlBuilder {
 public:
  HtmlBuilder& block(const std::string& text, BlockKind kind, std::uint8_t level = 0,
                     std::uint32_t cell = kNone, Region region = Region::content) {
    const auto start = static_cast<std::uint32_t>(document_.text.size());
    document_.text += text;
    document_.blocks.push_back(
        {{start, static_cast<std::uint32_t>(document_.text.size())}, kind, level, region, cell});
    document_.text += "\n";
    return *this;
  }
  HtmlBuilder& cell(const std::string& text, std::uint32_t table, std::uint32_t row, std::uint32_t column,
                    bool header) {
    const auto start = static_cast<std::uint32_t>(document_.text.size());
    document_.cells.push_back({{}, table, row, column, 1, 1, header});
    const auto index = static_cast<std::uint32_t>(document_.cells.size() - 1);
    if (!text.empty()) block(text, BlockKind::cell, 0, index);
    document_.cells.back().span = {start, static_cast<std::uint32_t>(document_.text.size())};
    return *this;
  }
  HtmlBuilder& table(std::uint32_t rows, std::uint32_t columns) {
    document_.tables.push_back({rows, columns, kNone, {}});
    return *this;
  }
  Document done() {
    document_.media_type = MediaType::html;
    document_.source_map.append_copy(static_cast<std::uint32_t>(document_.text.size()), 0);
    return std::move(document_);
  }

 private:
  Document document_;
};

Document directory() {
  HtmlBuilder html;
  html.block("Towns", BlockKind::title)
      .block("Towns", BlockKind::heading, 1)
      .block("all of them", BlockKind::paragraph);
  html.table(3, 2).cell("Town", 0, 0, 0, true).cell("People", 0, 0, 1, true);
  html.cell("Ａ市", 0, 1, 0, false).cell("１２", 0, 1, 1, false);
  html.cell("B", 0, 2, 0, false).cell("", 0, 2, 1, false);
  return html.block("notes", BlockKind::paragraph).done();
}

TEST(SegmentHtml, Grid) {
  const Result result = segmented(directory());
  EXPECT_EQ(lines_of(result),
            "title{Towns}h1{Towns}p{all of them}td{Town}td{People}td{A市}td{12}td{B}p{notes}");
  EXPECT_EQ(grids_of(result), "*[Town]*[People]/[A市][12]/[B][]");
  EXPECT_EQ(sections_of(result), "Towns 1-9;");
  EXPECT_EQ(result.segments.lines[0].section, kNone);
  EXPECT_EQ(result.segments.lines[5].cell, 2U);
}

TEST(SegmentHtml, FooterClosesSections) {
  HtmlBuilder html;
  html.block("City", BlockKind::heading, 1)
      .block("Area", BlockKind::heading, 2)
      .block("12", BlockKind::paragraph);
  const Result result = segmented(html.block("Tel", BlockKind::paragraph, 0, kNone, Region::footer).done());
  EXPECT_EQ(sections_of(result), "City 0-4;Area 1-3<0;");
}

TEST(SegmentHtml, LineEndsInBlocks) {
  HtmlBuilder html;
  const Result result = segmented(html.block("City Hall\n 1 Street \n\nLeeds", BlockKind::paragraph).done());
  EXPECT_EQ(lines_of(result), "p{City Hall}p{1 Street}p{Leeds}");
  EXPECT_EQ(result.segments.lines[2].block, 0U);
}

TEST(SegmentHtml, MarksStandBelowMarkup) {
  HtmlBuilder html;
  html.block("City", BlockKind::heading, 2)
      .block("■人口", BlockKind::paragraph)
      .block("12", BlockKind::paragraph);
  EXPECT_EQ(lines_of(segmented(html.done())), "h2{City}h4{人口}p{12}");
}

// --- Sentences ---

struct SentenceCase {
  const char* name;
  const char* text;
  const char* around;
  const char* sentence;
};
class SentenceAt : public testing::TestWithParam<SentenceCase> {};
TEST_P(SentenceAt, Is) {
  const Result result = segmented(plain(GetParam().text));
  const auto at = static_cast<std::uint32_t>(result.text.folded.find(GetParam().around));
  for (const Line& line : result.segments.lines) {
    if (at < line.span.start || at >= line.span.end) continue;
    EXPECT_EQ(result.at(sentence_at(result.text, line, at)), GetParam().sentence);
    return;
  }
  FAIL() << "not in a line";
}
constexpr SentenceCase kSentences[] = {
    {"Japanese", "人口は12人。面積は3です。終わり", "面積", "面積は3です。"},
    {"First", "人口は12人。面積は3です。", "人口", "人口は12人。"},
    {"Last", "人口は12人。面積は3", "3", "面積は3"},
    {"Quoted", "「そうです。」と言う。次", "次", "次"},
    {"Wide", "本当！　次は？はい", "次", "次は?"},
    {"English", "It is old. It has 1.5 people! Is it?", "1.5", "It has 1.5 people!"},
    {"Initial", "Mayor J. Smith came. He left.", "Smith", "Mayor J. Smith came."},
    {"Abbreviation", "In St. Louis live 5. More.", "Louis", "In St. Louis live 5."},
    {"Letters", "The U.S. Census counts. Yes.", "Census", "The U.S. Census counts."},
    {"SmallLetter", "It has 5 sq. mi. of land. Yes.", "land", "It has 5 sq. mi. of land."},
    {"Version", "See 3.11.2 for it. Yes.", "for", "See 3.11.2 for it."},
    {"ClosingQuote", "He said \"no.\" Then he left.", "said", "He said \"no.\""},
    {"LineEnd", "one line\nanother. End", "another", "another."},
};
INSTANTIATE_TEST_SUITE_P(Unit, SentenceAt, testing::ValuesIn(kSentences),
                         [](const auto& test) { return test.param.name; });

TEST(Sentence, Capped) {
  std::string text;
  for (int i = 0; i < 5000; ++i) text += "人";
  const Result result = segmented(plain(text));
  const TextSpan span = sentence_at(result.text, result.segments.lines[0], 7501);
  EXPECT_LE(span.size(), 2 * kMaxSentenceBytes);
  EXPECT_GE(span.size(), 2 * kMaxSentenceBytes - 6);
  EXPECT_EQ(span.start % 3, 0U);
  EXPECT_EQ(span.end % 3, 0U);
}

// --- Properties ---

// Lines do not overlap, stand in blocks, are trimmed; cells lie in the text; sections and parts cover what
// they say.
void expect_sound(const Result& result) {
  std::uint32_t last = 0;
  for (const Line& line : result.segments.lines) {
    ASSERT_LE(last, line.span.start);
    ASSERT_LT(line.span.start, line.span.end);
    ASSERT_NE(result.text.folded[line.span.start], ' ');
    ASSERT_NE(result.text.folded[line.span.end - 1], ' ');
    ASSERT_EQ(result.at(line.span).find('\n'), std::string_view::npos);
    ASSERT_TRUE(result.document.blocks[line.block].span.contains(result.text.decoded(line.span)));
    last = line.span.end;
  }
  for (const GridCell& cell : result.segments.cells) ASSERT_LE(cell.span.end, result.text.folded.size());
  for (std::size_t i = 0; i < result.segments.lines.size(); ++i) {
    const std::uint32_t section = result.segments.lines[i].section;
    if (result.segments.lines[i].kind == BlockKind::title) continue;
    ASSERT_LE(result.segments.sections[section].first_line, i);
    ASSERT_GT(result.segments.sections[section].last_line, i);
  }
}

// Lines are looked at by eight bytes: what divides one does so wherever it stands among them.
TEST(SegmentProperty, DividersAtEveryPlace) {
  for (std::size_t size = 1; size < 20; ++size) {
    for (const std::string& word :
         {std::string(size, 'a'), "a " + std::string(size, 'b'), std::string(size, '1')}) {
      const std::string other = word + "x";
      const std::string cells = "[" + word + "][" + other + "]";
      const auto grids = [&](const std::string& divider) {
        return grids_of(segmented(plain(word + divider + other + "\n")));
      };
      EXPECT_EQ(grids("\t"), cells) << size;
      EXPECT_EQ(grids("   "), cells) << size;
      EXPECT_EQ(grids(" ...... "), cells) << size;
      EXPECT_EQ(grids(" | "), cells) << size;
      EXPECT_EQ(grids(" "), "") << size;
    }
  }
}

TEST(SegmentProperty, RandomText) {
  const std::vector<std::string> pieces = {"人口", "12",  " ",   "  ",  "\t", "\n", "\n\n", "|",
                                           "…",    "...", "---", "===", "■",  "・", "# ",   "【",
                                           "】",   ",",   "a",   "。",  "１", "│",  "──",   "か\u3099"};
  std::uint32_t state = 7;
  for (int round = 0; round < 20000; ++round) {
    std::string text;
    for (int i = 0; i < 30; ++i)
      text += pieces[(state = state * 1664525 + 1013904223) >> 16 & 0xFF % pieces.size()];
    const Result result = segmented(plain(text));
    ASSERT_NO_FATAL_FAILURE(expect_sound(result)) << testing::PrintToString(text);
    for (const Line& line : result.segments.lines) {
      for (std::uint32_t at = line.span.start; at < line.span.end; at += 7) {
        ASSERT_TRUE(line.span.contains(sentence_at(result.text, line, at)));
      }
    }
  }
}

// Ten times the text takes about ten times as long.
TEST(SegmentProperty, Linear) {
  const auto seconds = [](const std::string& piece, std::size_t bytes) {
    std::string text = "x";
    while (text.size() < bytes) text += piece;
    const Document document = plain(text);
    Text folded = normalize(document, folds());
    double best = 1e9;
    for (int i = 0; i < 3; ++i) {
      const std::clock_t start = std::clock();  // processor time: other programs do not count
      EXPECT_FALSE(segment(document, folded, rules()).lines.empty());
      best = std::min(best, static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);
    }
    return best;
  };
  for (const char* piece :
       {"a  b", "....", ". . ", "a|", "人…", "a,b\n", "■", "a\tb\n", "# a\n", "a\n-\n", " ", "・a\n"}) {
    const double small = seconds(piece, 100000);
    const double large = seconds(piece, 1000000);
    EXPECT_LT(large, 60 * small + 0.05) << piece;
  }
}

}  // namespace
}  // namespace yoran
