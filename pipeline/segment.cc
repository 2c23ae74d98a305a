#include "segment.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "rulepack/guards.h"
#include "types/ascii.h"
#include "types/ascii_run.h"
#include "types/utf8.h"

namespace yoran {
namespace {

constexpr std::uint32_t kMaxRowBytes = 16384;     // a longer line is no row of a table
constexpr std::uint32_t kLongestSpacedRow = 200;  // in a longer line two blanks are careless typing
constexpr std::uint32_t kMaxHeadingCodePoints = 60;
constexpr std::uint32_t kWrappedColumns = 56;  // a shorter line ends where its writer wanted it to
constexpr std::size_t kLongestLabel = 32;      // bytes before a colon that make a line one of a list
constexpr std::uint32_t kWidestPage = 132;     // a longer one was not wrapped by a writer or a mailer
constexpr std::size_t kLongestFootnote = 5;    // bytes with the brackets
constexpr std::uint32_t kMinRule = 3;          // signs of an underline, dots of a leader
constexpr std::uint32_t kMinCsvLines = 3;
constexpr std::uint32_t kMinCsvCommas = 2;

constexpr std::uint32_t kBoxDrawing = 0x2500 >> 7;

bool is_blank(char c) { return c == ' ' || c == '\t'; }

char32_t take_code_point(std::string_view text, std::size_t& i) {
  const char32_t c = code_point_at(text, i);
  i += size_at(text, i);
  return c;
}

std::uint32_t count_code_points(std::string_view text) {
  return static_cast<std::uint32_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

TextSpan trimmed(std::string_view text, TextSpan span) {
  while (span.start < span.end && (is_blank(text[span.start]) || text[span.start] == '\n')) ++span.start;
  while (span.start < span.end && (is_blank(text[span.end - 1]) || text[span.end - 1] == '\n')) --span.end;
  return span;
}

// OffsetMap::derived for positions that only grow: walks the runs once.
class DerivedWalk {
 public:
  explicit DerivedWalk(const OffsetMap& map) : map_(map) {}

  std::uint32_t operator()(std::uint32_t from) {
    const auto& runs = map_.runs();
    if (runs.empty() || from < runs[run_].from) return map_.derived(from);
    while (run_ + 1 < runs.size() && runs[run_ + 1].from <= from) ++run_;
    const OffsetMap::Run& run = runs[run_];
    const std::uint32_t end = run_ + 1 < runs.size() ? runs[run_ + 1].to : map_.size();
    if (run.from_unit == 0) return end;
    const std::uint64_t units = (std::uint64_t{from} - run.from + run.from_unit - 1) / run.from_unit;
    return static_cast<std::uint32_t>(std::min<std::uint64_t>(run.to + units * run.to_unit, end));
  }

 private:
  const OffsetMap& map_;
  std::size_t run_ = 0;
};

enum class Divider : std::uint8_t { none, separator, tab, gap, comma };

// What one look over the bytes of a line tells.
struct LineFacts {
  TextSpan whole;           // with surrounding blanks
  bool after_blank = true;  // an empty line, a table, another region: the line before does not touch this one
  bool after_rule = false;
  bool header = false;  // a rule with separators follows
  bool tab = false;
  bool separator = false;
  bool gap = false;             // two blanks or more
  bool dots = false;            // a leader is possible
  bool separates = false;       // false: no sign of the line is a separator
  bool leads = false;           // false: no signs of the line stand as those of a leader do
  bool comma = false;           // that may divide values
  std::uint8_t underlined = 0;  // 1: by "=", 2: by something else
  std::uint32_t kana = 0;
  std::uint32_t ideographs = 0;
  std::uint32_t latin = 0;
};

class Segmenter {
 public:
  Segmenter(const Document& document, Text& text, const SegmentRules& rules)
      : document_(document), text_(text), folded_(text.folded), rules_(rules) {}

  Segments run() {
    read_lines();
    if (document_.media_type != MediaType::html) join_wrapped_lines();
    read_html_grids();
    read_text_grids();
    mark_headings_and_lists();
    make_sections();
    return std::move(result_);
  }

 private:
  std::vector<Line>& lines() { return result_.lines; }
  [[nodiscard]] const std::vector<Line>& lines() const { return result_.lines; }
  std::string_view at(TextSpan span) const { return slice(folded_, span); }

  // --- Lines ---

  void read_lines() {
    DerivedWalk derived(text_.map);
    lines().reserve(document_.blocks.size());
    facts_.reserve(document_.blocks.size());
    for (std::uint32_t i = 0; i < document_.blocks.size(); ++i) {
      const Block& block = document_.blocks[i];
      const std::uint32_t start = derived(block.span.start);
      read_block(i, {start, std::max(start, derived(block.span.end))});
    }
  }

  void read_block(std::uint32_t index, TextSpan span) {
    while (span.start < span.end) {
      const std::size_t found = at(span).find('\n');
      const auto end =
          found == std::string_view::npos ? span.end : span.start + static_cast<std::uint32_t>(found);
      read_line(index, {span.start, end});
      span.start = std::min(end + 1, span.end);
    }
  }

  void read_line(std::uint32_t index, TextSpan whole) {
    const TextSpan span = trimmed(folded_, whole);
    if (span.empty()) return;
    const Block& block = document_.blocks[index];
    LineFacts facts = facts_of(span);
    facts.whole = whole;
    facts.after_blank = stands_apart(block, span.start);
    last_end_ = span.end;
    if (block.kind == BlockKind::paragraph && read_rule(span, facts.after_blank)) return;
    facts.after_rule = after_rule_;
    after_rule_ = false;
    const Language language = language_of(facts);
    if (language == Language::ja) result_.bytes_ja += span.size();
    if (language == Language::en) result_.bytes_en += span.size();
    lines().push_back({span, block.kind, block.level, block.region, language, index, block.cell, kNone});
    facts_.push_back(facts);
  }

  bool stands_apart(const Block& block, std::uint32_t start) {
    if (lines().empty()) return true;
    const Line& last = lines().back();
    if (last.cell != block.cell || last.region != block.region) return true;
    const std::string_view between = at({last_end_, std::max(last_end_, start)});
    return std::count(between.begin(), between.end(), '\n') > 1;
  }

  // What the ASCII characters of a line are, as bits of SegmentRules::Class.
  struct AsciiFacts {
    std::uint32_t letters = 0;
    std::uint8_t seen = 0;
    std::uint8_t twice = 0;    // seen twice running
    std::uint8_t divides = 0;  // seen with no blank behind it
    std::uint8_t before = 0;   // what the last character was

    void take(std::uint8_t now) {
      if (now != SegmentRules::kSpace) divides |= before;
      seen |= now;
      twice |= now & before;
      letters += now >> 7U;
      before = now;
    }
    // False, and nothing is taken, if there are other bytes than letters and single blanks among the eight.
    bool take_words(std::uint64_t eight) {
      const std::uint64_t are_letters = letters_of(eight);
      const std::uint64_t are_blanks = bytes_that_are(' ', eight);
      const bool starts_blank = (are_blanks & 0x80U) != 0;
      if ((are_letters ^ are_blanks ^ kHighBits) != 0 || (are_blanks & are_blanks << 8U) != 0 ||
          (starts_blank && before == SegmentRules::kSpace))
        return false;
      if (!starts_blank) divides |= before;
      letters += count_marked(are_letters);
      before = (are_blanks >> 63U) != 0 ? SegmentRules::kSpace : SegmentRules::kLetter;
      return true;
    }
  };

  LineFacts facts_of(TextSpan span) const {
    constexpr std::uint32_t kEight = 8;
    LineFacts facts;
    const auto* bytes = reinterpret_cast<const unsigned char*>(folded_.data());
    AsciiFacts ascii;
    for (std::uint32_t i = span.start; i < span.end;) {
      const unsigned char byte = bytes[i];
      if (byte < 0x80) {
        const std::uint64_t eight = i + kEight <= span.end ? eight_bytes(folded_, i) : kHighBits;
        if ((eight & kHighBits) != 0) {
          ascii.take(rules_.classes[byte]);
          ++i;
          continue;
        }
        if (!ascii.take_words(eight)) {
          for (std::uint32_t k = 0; k < kEight; ++k) ascii.take(rules_.classes[bytes[i + k]]);
        }
        i += kEight;
        continue;
      }
      ascii.divides |= ascii.before;
      ascii.before = 0;
      if (byte < 0xE0) {
        facts.latin += byte >= 0xC3 && byte <= 0xCA ? 1 : 0;
        facts.separates |= rules_.separators.has_any(byte & 0x1FU);
        facts.leads |= rules_.leaders.has_any(byte & 0x1FU);
        i += 2;
      } else if (byte < 0xF0) {
        i = wide_facts(i, span.end, facts);
      } else {
        i += 4;
      }
    }
    facts.latin += ascii.letters;
    facts.gap = (ascii.twice & SegmentRules::kSpace) != 0;
    facts.tab = (ascii.seen & SegmentRules::kTab) != 0;
    facts.comma = (ascii.divides & SegmentRules::kComma) != 0;
    facts.dots |= (ascii.twice & SegmentRules::kDot) != 0;
    facts.leads |= (ascii.seen & SegmentRules::kDot) != 0;
    facts.separator |= (ascii.seen & SegmentRules::kSeparator) != 0;
    facts.separates |= (ascii.seen & SegmentRules::kSeparator) != 0;
    return facts;
  }

  // The facts of a run of characters of three bytes from `i` on; answers where it ends.
  std::uint32_t wide_facts(std::uint32_t i, std::uint32_t end, LineFacts& facts) const {
    const auto* bytes = reinterpret_cast<const unsigned char*>(folded_.data());
    std::uint32_t kana = 0;
    std::uint32_t ideographs = 0;
    do {
      const std::uint32_t high = ((bytes[i] & 0x0FU) << 6) | (bytes[i + 1] & 0x3FU);
      const std::uint8_t kind = rules_.blocks[high];
      kana += kind & SegmentRules::kKana;
      ideographs += (kind & SegmentRules::kIdeograph) >> 1;
      if ((kind & SegmentRules::kDivider) != 0 && rules_.dividers.has(high, bytes[i + 2] & 0x3FU))
        note_divider(i, end, facts);
      i += 3;
    } while (i < end && (bytes[i] & 0xF0U) == 0xE0U);
    facts.kana += kana;
    facts.ideographs += ideographs;
    return i;
  }

  // A middle dot between two words divides nothing: a leader goes on with a further sign, blanks between.
  // Apart from the loop that calls it, whose variables then stay in registers.
  [[gnu::noinline]] void note_divider(std::uint32_t i, std::uint32_t end, LineFacts& facts) const {
    facts.separator = facts.dots = true;
    const char32_t sign = code_point_at(folded_, i);
    facts.separates |= rules_.separators.contains(sign);
    if (!rules_.leaders.contains(sign)) return;
    const char32_t next = i + 3 < end ? code_point_at(folded_, i + 3) : 0;
    facts.leads |= rules_.long_leaders.contains(sign) || next == ' ' || rules_.leaders.contains(next);
  }

  // Kana are Japanese, also beside a long address of a web page; ideographs alone may be a name in an English
  // text.
  static Language language_of(const LineFacts& facts) {
    const std::uint64_t letters = std::uint64_t{facts.kana} + facts.ideographs;
    if (letters > 0 && facts.latin <= letters * (facts.kana > 0 ? 8 : 3)) return Language::ja;
    return facts.latin > 0 ? Language::en : Language::unknown;
  }

  // --- Wrapped paragraphs ---

  // The columns of a line, ideographs and kana taking two.
  [[nodiscard]] std::uint32_t columns(std::size_t line) const {
    const LineFacts& facts = facts_[line];
    return lines()[line].span.size() - facts.kana - facts.ideographs;
  }

  // Runs of prose: each line but the last is as full as the widest, for the next one's first word.
  void join_wrapped_lines() {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < lines().size();) {
      std::size_t end = i + 1;
      while (end < lines().size() && may_continue(end)) ++end;
      kept = join_run(i, end, kept);
      i = end;
    }
    lines().resize(kept);
    facts_.resize(kept);
  }

  // The line may be the next one of the paragraph above it.
  [[nodiscard]] bool may_continue(std::size_t line) const {
    return is_prose(line - 1) && is_prose(line) && !facts_[line].after_blank && !facts_[line].after_rule &&
           columns(line - 1) >= kWrappedColumns && columns(line - 1) <= kWidestPage &&
           lines()[line].region == lines()[line - 1].region && indent(line) <= indent(line - 1) &&
           !begins_with_label(line) && !ends_sentence(line - 1) &&
           u_isalnum(static_cast<UChar32>(code_point_at(at(lines()[line].span), 0))) != 0;
  }

  [[nodiscard]] std::uint32_t indent(std::size_t line) const {
    return lines()[line].span.start - facts_[line].whole.start;
  }

  // An ideographic full stop: what follows on a line of its own is whole by itself.
  [[nodiscard]] bool ends_sentence(std::size_t line) const {
    const std::string_view text = at(lines()[line].span);
    const auto last = static_cast<UChar32>(code_point_before(text, text.size()));
    return last >= 0x80 && u_hasBinaryProperty(last, UCHAR_S_TERM) != 0;
  }

  // "Postal address: ...": a colon within the first words.
  [[nodiscard]] bool begins_with_label(std::size_t line) const {
    return at(lines()[line].span).substr(0, kLongestLabel).find(':') != std::string_view::npos;
  }

  [[nodiscard]] bool is_prose(std::size_t line) const {
    const LineFacts& facts = facts_[line];
    return lines()[line].kind == BlockKind::paragraph && lines()[line].cell == kNone &&
           facts.underlined == 0 && !facts.header && !facts.tab && !facts.separator && !facts.gap;
  }

  std::size_t join_run(std::size_t first, std::size_t end, std::size_t kept) {
    std::uint32_t widest = 0;
    for (std::size_t i = first; i < end; ++i) widest = std::max(widest, columns(i));
    for (std::size_t i = first; i < end; ++i) {
      const bool joins = i > first && columns(i - 1) + 1 + first_word_columns(i) > widest;
      if (!joins) {
        lines()[kept] = lines()[i];
        facts_[kept++] = facts_[i];
        continue;
      }
      Line& line = lines()[kept - 1];
      for (std::uint32_t at = line.span.end; at < lines()[i].span.start; ++at) {
        if (folded_[at] == '\n') text_.folded[at] = ' ';
      }
      line.span.end = lines()[i].span.end;
      facts_[kept - 1].kana += facts_[i].kana;
      facts_[kept - 1].ideographs += facts_[i].ideographs;
      facts_[kept - 1].latin += facts_[i].latin;
      facts_[kept - 1].whole.end = facts_[i].whole.end;
      facts_[kept - 1].comma |= facts_[i].comma;
      facts_[kept - 1].leads = true;  // blanks may stand where the line ended
    }
    return kept;
  }

  // Japanese breaks anywhere: its first word is its first character.
  [[nodiscard]] std::uint32_t first_word_columns(std::size_t line) const {
    const std::string_view text = at(lines()[line].span);
    if (lines()[line].language == Language::ja) return 2;
    return static_cast<std::uint32_t>(std::min(text.find(' '), text.size()));
  }

  // --- Rules: lines that only draw ---

  bool draws(char32_t c) const {
    return rules_.underlines.contains(c) || rules_.separators.contains(c) || c == '+' || c == ':' ||
           (c >> 7 == kBoxDrawing && ublock_getCode(static_cast<UChar32>(c)) == UBLOCK_BOX_DRAWING);
  }

  // True if the line is a rule. It then underlines the line before, or heads the columns of it.
  bool read_rule(TextSpan span, bool after_blank) {
    const std::string_view line = at(span);
    const char32_t sign = code_point_at(line, 0);
    if (line.size() < kMinRule || is_ascii_letter(line[0]) || is_ascii_digit(line[0]) || !draws(sign))
      return false;
    bool separators = false;
    bool underlines = false;
    bool one_sign = true;
    std::uint32_t signs = 0;
    for (std::size_t i = 0; i < line.size();) {
      const char32_t c = take_code_point(line, i);
      if (c == ' ' || c == '\t') continue;
      if (!draws(c)) return false;
      separators |= rules_.separators.contains(c);
      underlines |= rules_.underlines.contains(c);
      one_sign &= c == sign;
      ++signs;
    }
    if (signs < kMinRule || !underlines) return false;
    if (!after_blank && !facts_.empty() && !after_rule_) {
      if (separators) {
        facts_.back().header = true;
      } else if (one_sign) {
        facts_.back().underlined = sign == '=' ? 1 : 2;
      }
    }
    after_rule_ = true;
    return true;
  }

  // --- Grids ---

  void read_html_grids() {
    result_.cells.reserve(document_.cells.size());
    for (const Cell& cell : document_.cells) {
      const std::uint32_t start = text_.map.derived(cell.span.start);
      const TextSpan span = trimmed(folded_, {start, std::max(start, text_.map.derived(cell.span.end))});
      result_.cells.push_back(
          {span, cell.table, cell.row, cell.column, cell.row_span, cell.column_span, cell.header});
    }
    std::uint32_t cell = 0;
    for (std::uint32_t i = 0; i < document_.tables.size(); ++i) {
      const Table& table = document_.tables[i];
      const std::uint32_t first = cell;
      while (cell < result_.cells.size() && result_.cells[cell].table == i) ++cell;
      const std::uint32_t start = text_.map.derived(table.caption.start);
      const TextSpan caption =
          trimmed(folded_, {start, std::max(start, text_.map.derived(table.caption.end))});
      result_.grids.push_back({first, cell, table.rows, table.columns, table.parent_cell, caption});
    }
  }

  struct Row {
    std::uint32_t line = 0;
    Divider divider = Divider::none;
    std::uint32_t first_field = 0;  // fields [first_field, last_field) of fields_
    std::uint32_t last_field = 0;
    std::uint32_t size() const { return last_field - first_field; }
  };

  bool may_be_row(const Line& line) const {
    return line.cell == kNone && line.kind != BlockKind::title && line.kind != BlockKind::heading &&
           line.kind != BlockKind::cell && line.span.size() <= kMaxRowBytes;
  }

  void read_text_grids() {
    for (std::uint32_t i = 0; i < lines().size(); ++i) {
      if (may_be_row(lines()[i])) divide(i);
    }
    divide_comma_lines();
    for (std::size_t i = 0; i < rows_.size();) i = read_grid(i);
  }

  void divide(std::uint32_t line) {
    const LineFacts& facts = facts_[line];
    if (!facts.separator && !facts.tab && !facts.gap && !facts.dots) return;
    const auto first = static_cast<std::uint32_t>(fields_.size());
    Divider divider = Divider::none;
    if (facts.separator && facts.separates && divide_by_separators(line)) divider = Divider::separator;
    if (divider == Divider::none && facts.tab && divide_by_tabs(line)) divider = Divider::tab;
    if (divider == Divider::none && (facts.gap || facts.leads) && divide_by_gaps(line))
      divider = Divider::gap;
    if (divider == Divider::none) return;
    rows_.push_back({line, divider, first, static_cast<std::uint32_t>(fields_.size())});
  }

  // Keeps the fields from `first` on if they are two or more, one of them not empty; else forgets them.
  bool keep_fields(std::size_t first) {
    bool any = false;
    for (std::size_t i = first; i < fields_.size(); ++i) any |= !fields_[i].empty();
    if (any && fields_.size() - first >= 2) return true;
    fields_.resize(first);
    return false;
  }

  void add_field(std::uint32_t start, std::uint32_t end) {
    fields_.push_back(trimmed(folded_, {start, end}));
  }

  // Outer separators enclose the row and divide nothing.
  bool divide_by_separators(std::uint32_t line) {
    TextSpan span = lines()[line].span;
    const std::string_view whole = at(span);
    const std::size_t first = fields_.size();
    std::size_t start = 0;
    for (std::size_t i = 0; i < whole.size();) {
      const std::size_t before = i;
      if (!rules_.separators.contains(take_code_point(whole, i))) continue;
      if (before > 0)
        add_field(span.start + static_cast<std::uint32_t>(start),
                  span.start + static_cast<std::uint32_t>(before));
      start = i;
    }
    if (start < whole.size()) add_field(span.start + static_cast<std::uint32_t>(start), span.end);
    return keep_fields(first);
  }

  // Tabs at the ends of a line count: a row may lack its first or last cell.
  bool divide_by_tabs(std::uint32_t line) {
    TextSpan span = facts_[line].whole;
    const std::size_t first = fields_.size();
    while (true) {
      const std::size_t tab = at(span).find('\t');
      if (tab == std::string_view::npos) break;
      add_field(span.start, span.start + static_cast<std::uint32_t>(tab));
      span.start += static_cast<std::uint32_t>(tab) + 1;
    }
    add_field(span.start, span.end);
    return keep_fields(first);
  }

  // Runs of blanks and leader dots.
  bool divide_by_gaps(std::uint32_t line) {
    const TextSpan span = lines()[line].span;
    const std::size_t first = fields_.size();
    std::uint32_t start = span.start;
    for (std::size_t i = span.start; i < span.end;) {
      const auto here = static_cast<std::uint32_t>(i);
      const char32_t c = take_code_point(folded_, i);
      if (c != ' ' && !rules_.leaders.contains(c)) continue;
      const std::uint32_t end = end_of_divider(here, span);
      if (end == here) continue;
      if (here > start) {
        add_field(start, here);
        start = end;
      }
      i = end;
    }
    add_field(start, span.end);
    join_spaced_letters(first);
    return keep_fields(first);
  }

  // End of the gap or leader that begins at `i`; `i` if none does. Two blanks behind a full stop are
  // typewriting.
  std::uint32_t end_of_divider(std::uint32_t i, TextSpan line) const {
    std::uint32_t end = i;
    while (end < line.end && folded_[end] == ' ') ++end;
    const std::uint32_t blanks = end - i;
    const std::uint32_t after_leader = end_of_leader(end, blanks > 0, line);
    if (after_leader > end) return after_leader;
    const bool typed =
        i > line.start && (folded_[i - 1] == '.' || folded_[i - 1] == '!' || folded_[i - 1] == '?');
    return blanks >= (typed || line.size() > kLongestSpacedRow ? 3U : 2U) ? end : i;
  }

  std::uint32_t end_of_leader(std::uint32_t i, bool after_blank, TextSpan line) const {
    std::uint32_t dots = 0;
    std::uint32_t end = i;
    while (end < line.end) {
      std::size_t next = end;
      const char32_t c = take_code_point(folded_, next);
      if (c != ' ' && !rules_.leaders.contains(c)) break;
      if (c != ' ') dots += rules_.long_leaders.contains(c) ? 3 : 1;
      if (c == ' ' && dots == 0) break;
      end = static_cast<std::uint32_t>(next);
    }
    const bool leads = dots > kMinRule || (dots == kMinRule &&
                                           (after_blank || (end < line.end && is_ascii_digit(folded_[end]))));
    return leads ? end : i;
  }

  bool is_one_ideograph(std::string_view text) const {
    return text.size() == 3 &&
           u_hasBinaryProperty(static_cast<UChar32>(code_point_at(text, 0)), UCHAR_IDEOGRAPHIC);
  }

  // The label of a Japanese form is often spread over the width of its column, a character to a blank: such
  // fields are one. If nothing else follows, they are the heads of narrow columns.
  void join_spaced_letters(std::size_t first) {
    std::size_t last = first;
    while (last < fields_.size() && is_one_ideograph(at(fields_[last]))) ++last;
    if (last == first || last == fields_.size()) return;
    const std::string_view next = at(fields_[last]);
    const bool label_goes_on = next.size() > 3 && is_one_ideograph(next.substr(0, 3)) &&
                               (next[3] == ':' || next[3] == '(' || next[3] == ' ');
    if (label_goes_on) ++last;
    if (last - first < 2) return;
    fields_[first].end = fields_[last - 1].end;
    fields_.erase(fields_.begin() + static_cast<std::ptrdiff_t>(first) + 1,
                  fields_.begin() + static_cast<std::ptrdiff_t>(last));
  }

  // --- Lines of comma-separated values: three or more alike, no blank behind a comma ---

  void divide_comma_lines() {
    std::vector<Row> merged;
    std::size_t row = 0;
    for (std::uint32_t i = 0; i < lines().size();) {
      while (row < rows_.size() && rows_[row].line < i) merged.push_back(rows_[row++]);
      const std::uint32_t end = end_of_comma_lines(i, row);
      for (std::uint32_t k = i; k < end; ++k) merged.push_back(divide_by_commas(k));
      i = std::max(end, i + 1);
    }
    merged.insert(merged.end(), rows_.begin() + static_cast<std::ptrdiff_t>(row), rows_.end());
    rows_ = std::move(merged);
  }

  std::uint32_t end_of_comma_lines(std::uint32_t first, std::size_t row) const {
    const std::uint32_t commas = commas_of(first, row);
    if (commas < kMinCsvCommas) return first;
    std::uint32_t end = first + 1;
    while (end < lines_size() && !facts_[end].after_blank && commas_of(end, row) == commas) ++end;
    return end - first >= kMinCsvLines ? end : first;
  }

  std::uint32_t lines_size() const { return static_cast<std::uint32_t>(result_.lines.size()); }

  // 0: not a line of values. `row`: the first row that is not before the line.
  std::uint32_t commas_of(std::uint32_t line, std::size_t row) const {
    if (!facts_[line].comma || !may_be_row(result_.lines[line])) return 0;
    while (row < rows_.size() && rows_[row].line < line) ++row;
    if (row < rows_.size() && rows_[row].line == line) return 0;
    const TextSpan span = result_.lines[line].span;
    std::uint32_t count = 0;
    bool quoted = false;
    for (std::uint32_t i = span.start; i < span.end; ++i) {
      if (folded_[i] == '"') quoted = !quoted;
      if (folded_[i] != ',' || quoted || groups_digits(i, span)) continue;
      if (i + 1 < span.end && folded_[i + 1] == ' ') return 0;
      ++count;
    }
    return count;
  }

  bool groups_digits(std::uint32_t comma, TextSpan line) const {
    if (comma == line.start || comma + 3 >= line.end || !is_ascii_digit(folded_[comma - 1])) return false;
    for (std::uint32_t i = comma + 1; i <= comma + 3; ++i) {
      if (!is_ascii_digit(folded_[i])) return false;
    }
    return comma + 4 >= line.end || !is_ascii_digit(folded_[comma + 4]);
  }

  Row divide_by_commas(std::uint32_t line) {
    const TextSpan span = result_.lines[line].span;
    const auto first = static_cast<std::uint32_t>(fields_.size());
    std::uint32_t start = span.start;
    bool quoted = false;
    for (std::uint32_t i = span.start; i < span.end; ++i) {
      if (folded_[i] == '"') quoted = !quoted;
      if (folded_[i] != ',' || quoted || groups_digits(i, span)) continue;
      add_unquoted(start, i);
      start = i + 1;
    }
    add_unquoted(start, span.end);
    return {line, Divider::comma, first, static_cast<std::uint32_t>(fields_.size())};
  }

  void add_unquoted(std::uint32_t start, std::uint32_t end) {
    if (end - start >= 2 && folded_[start] == '"' && folded_[end - 1] == '"') ++start, --end;
    add_field(start, end);
  }

  // Rows that touch, with the same divider and number of fields, are one grid. Returns the row behind it.
  std::size_t read_grid(std::size_t first) {
    std::size_t end = first + 1;
    while (end < rows_.size() && continues_grid(rows_[end - 1], rows_[end])) ++end;
    if (end - first == 1) drop_empty_fields(rows_[first]);
    if (rows_[first].size() < 2) return end;
    const auto table = static_cast<std::uint32_t>(result_.grids.size());
    const auto first_cell = static_cast<std::uint32_t>(result_.cells.size());
    for (std::size_t row = first; row < end; ++row)
      add_row(rows_[row], table, static_cast<std::uint32_t>(row - first));
    result_.grids.push_back({first_cell,
                             static_cast<std::uint32_t>(result_.cells.size()),
                             static_cast<std::uint32_t>(end - first),
                             rows_[first].size(),
                             kNone,
                             {}});
    return end;
  }

  bool continues_grid(const Row& above, const Row& row) const {
    return row.line == above.line + 1 && row.divider == above.divider && row.size() == above.size() &&
           !facts_[row.line].after_blank;
  }

  // A row alone has no columns to keep: several tabs are one.
  void drop_empty_fields(Row& row) {
    const auto first = fields_.begin() + row.first_field;
    const auto last = fields_.begin() + row.last_field;
    const auto kept = std::remove_if(first, last, [](TextSpan field) { return field.empty(); });
    row.last_field = row.first_field + static_cast<std::uint32_t>(kept - first);
  }

  void add_row(const Row& row, std::uint32_t table, std::uint32_t index) {
    for (std::uint32_t i = row.first_field; i < row.last_field; ++i) {
      TextSpan field = fields_[i];
      if (i == row.first_field) field = without_mark(field);
      result_.cells.push_back(
          {field, table, index, i - row.first_field, 1, 1, index == 0 && facts_[row.line].header});
    }
    if (lines()[row.line].kind == BlockKind::paragraph) in_grid_.push_back(row.line);
  }

  TextSpan without_mark(TextSpan field) const {
    const std::uint32_t size = mark_size(at(field));
    return trimmed(folded_, {field.start + size, field.end});
  }

  // --- Headings and lists in text ---

  // Bytes of the bullets or marks a line begins with; 0: it begins with none.
  std::uint32_t mark_size(std::string_view line) const {
    std::size_t i = 0;
    std::size_t end = 0;
    while (i < line.size()) {
      const char32_t c = take_code_point(line, i);
      const bool spaced = rules_.spaced_bullets.contains(c) && i < line.size() && is_blank(line[i]);
      const bool marks =
          rules_.heading_marks.contains(c) || rules_.bullets.contains(c) || (spaced && end == 0);
      if (!marks) break;
      end = i;
    }
    return end < line.size() ? static_cast<std::uint32_t>(end) : 0;
  }

  // What a line looks like by its first characters.
  struct Look {
    enum Kind : std::uint8_t { text, bullet, mark, bracket, hashes } kind = text;
    char32_t sign = 0;
    bool repeated = false;  // the mark stands several times
    bool whole = false;     // a bracket that closes at the end of the line
    std::uint8_t hashes_count = 0;
    bool same_sign(const Look& other) const {
      return kind == other.kind && sign == other.sign && repeated == other.repeated;
    }
  };

  Look look_of(const Line& line) const {
    if (line.kind != BlockKind::paragraph || line.cell != kNone) return {};
    const std::string_view text = at(line.span);
    std::size_t next = 0;
    const char32_t c = take_code_point(text, next);
    if (!rules_.starts.contains(c)) return {};
    if (c == '#') return hashes_of(text);
    if (rules_.heading_marks.contains(c)) {
      return {Look::mark, c, code_point_at(text, next) == c, false, 0};
    }
    for (const auto& [open, close] : rules_.brackets) {
      if (c == open && text.find_first_not_of(' ', next) != std::string_view::npos)
        return bracket_of(text, open, close);
    }
    const bool bullet = rules_.bullets.contains(c) ||
                        (rules_.spaced_bullets.contains(c) && next < text.size() && is_blank(text[next]));
    return bullet ? Look{Look::bullet, c, false, false, 0} : Look{};
  }

  static Look hashes_of(std::string_view text) {
    const std::size_t count = std::min(text.find_first_not_of('#'), text.size());
    if (count > 6 || count >= text.size() || text[count] != ' ') return {};
    return {Look::hashes, '#', false, true, static_cast<std::uint8_t>(count)};
  }

  Look bracket_of(std::string_view text, char32_t open, char32_t close) const {
    if (is_footnote(text)) return {};
    for (std::size_t i = 0; i < text.size() && i < std::size_t{4} * kMaxHeadingCodePoints;) {
      if (take_code_point(text, i) == close) return {Look::bracket, open, false, i == text.size(), 0};
    }
    return {};
  }

  // "[1]", the mark of a note that lost its line.
  static bool is_footnote(std::string_view text) {
    return text.size() > 2 && text.size() <= kLongestFootnote && text.back() == ']' &&
           text.find_first_not_of("0123456789", 1) == text.size() - 1;
  }

  bool is_short(const Line& line) const {
    return line.span.size() <= 4 * kMaxHeadingCodePoints &&
           count_code_points(at(line.span)) <= kMaxHeadingCodePoints;
  }

  bool ends_sentence(const Line& line) const {
    return u_hasBinaryProperty(static_cast<UChar32>(code_point_before(folded_, line.span.end)), UCHAR_S_TERM);
  }

  // A colon with something behind it: label and value, not a heading.
  bool has_value(const Line& line) const {
    const std::string_view text = at(line.span);
    const std::size_t colon = text.find(':');
    return colon != std::string_view::npos && colon + 1 < text.size();
  }

  void mark_headings_and_lists() {
    std::size_t in_grid = 0;
    Look before;
    Look look = lines().empty() ? Look{} : look_of(lines()[0]);
    for (std::uint32_t i = 0; i < lines().size(); ++i) {
      const Look after = i + 1 < lines().size() ? look_of(lines()[i + 1]) : Look{};
      while (in_grid < in_grid_.size() && in_grid_[in_grid] < i) ++in_grid;
      const bool row = in_grid < in_grid_.size() && in_grid_[in_grid] == i;
      const bool listed = look.same_sign(before) || look.same_sign(after);
      mark_line(i, look, row, listed);
      before = look;
      look = after;
    }
    set_heading_levels();
  }

  void mark_line(std::uint32_t i, const Look& look, bool row, bool listed) {
    Line& line = lines()[i];
    if (line.kind != BlockKind::paragraph || line.cell != kNone) return;
    if (is_underlined(i) && !row) return make_heading(i, {facts_[i].underlined, 0});
    if (look.kind == Look::text) return;
    if (look.kind == Look::hashes) {
      line.kind = BlockKind::heading;
      line.level = look.hashes_count;
      const TextSpan inner =
          trimmed(folded_, {line.span.start + look.hashes_count, end_before(line.span, '#')});
      if (!inner.empty()) line.span = inner;
      return;
    }
    const bool heading = look.kind != Look::bullet && !row && is_short(line) && !ends_sentence(line) &&
                         !has_value(line) && (look.whole || !listed);
    if (heading) make_heading(i, {look.repeated ? kRepeated : kSingle, look.sign});
    if (look.kind == Look::bracket) return;
    if (!heading) line.kind = BlockKind::list_item;
    if (!heading) line.level = 1;
    const TextSpan inner =
        without_mark(heading ? TextSpan{line.span.start, end_before(line.span, look.sign)} : line.span);
    if (!inner.empty()) line.span = inner;
  }

  // End of a span without the same sign repeated at its end.
  std::uint32_t end_before(TextSpan span, char32_t sign) const {
    std::size_t end = span.end;
    while (end > span.start && code_point_before(folded_, end) == sign) end -= size_before(folded_, end);
    return static_cast<std::uint32_t>(end);
  }

  // One line alone between blank lines or rules, and a rule under it.
  bool is_underlined(std::uint32_t i) const {
    return facts_[i].underlined != 0 && (facts_[i].after_blank || facts_[i].after_rule) &&
           is_short(result_.lines[i]);
  }

  // Levels of drawn headings: below those of the markup, underlined ones first, then marks as they first
  // appear.
  struct HeadingStyle {
    std::uint8_t rank = 0;  // underlined: 1 or 2
    char32_t sign = 0;
    friend bool operator==(const HeadingStyle&, const HeadingStyle&) = default;
  };
  static constexpr std::uint8_t kRepeated = 3;
  static constexpr std::uint8_t kSingle = 4;

  void make_heading(std::uint32_t i, HeadingStyle style) {
    lines()[i].kind = BlockKind::heading;
    auto known = std::find(styles_.begin(), styles_.end(), style);
    if (known == styles_.end()) known = styles_.insert(styles_.end(), style);
    drawn_.push_back({i, static_cast<std::uint32_t>(known - styles_.begin())});
  }

  void set_heading_levels() {
    std::uint32_t base = 0;
    std::size_t next_drawn = 0;
    for (std::uint32_t i = 0; i < lines().size(); ++i) {
      const bool drawn = next_drawn < drawn_.size() && drawn_[next_drawn].line == i;
      if (drawn) ++next_drawn;
      if (!drawn && lines()[i].kind == BlockKind::heading)
        base = std::max<std::uint32_t>(base, lines()[i].level);
    }
    std::vector<std::uint8_t> levels(styles_.size());
    std::uint32_t level = base;
    for (std::uint8_t rank = 1; rank <= 2; ++rank) {
      for (std::size_t i = 0; i < styles_.size(); ++i) {
        if (styles_[i].rank == rank) levels[i] = static_cast<std::uint8_t>(++level);
      }
    }
    level = std::max(level, base + 1);
    for (std::size_t i = 0; i < styles_.size(); ++i) {
      if (styles_[i].rank > 2) levels[i] = static_cast<std::uint8_t>(++level);
    }
    for (const Drawn& drawn : drawn_) lines()[drawn.line].level = levels[drawn.style];
  }

  // --- Sections ---

  void make_sections() {
    std::vector<std::uint32_t> open;
    for (std::uint32_t i = 0; i < lines().size(); ++i) {
      Line& line = lines()[i];
      if (line.kind == BlockKind::title) continue;
      if (line.kind == BlockKind::heading && !continues_heading(i)) {
        close_sections(open, line.level, i);
        open_section(open, i, line.level, i);
      } else if (enters_footer(i)) {
        close_sections(open, 2, i);  // a footer belongs to the page, not to its last heading
      }
      if (open.empty()) open_section(open, kNone, 0, i);
      line.section = open.back();
    }
    close_sections(open, 0, lines_size());
  }

  bool continues_heading(std::uint32_t i) const {
    return i > 0 && result_.lines[i - 1].kind == BlockKind::heading &&
           result_.lines[i - 1].block == result_.lines[i].block;
  }

  bool enters_footer(std::uint32_t i) const {
    return i > 0 && result_.lines[i].region == Region::footer &&
           result_.lines[i - 1].region != Region::footer;
  }

  void close_sections(std::vector<std::uint32_t>& open, std::uint8_t level, std::uint32_t line) {
    while (!open.empty() &&
           (result_.sections[open.back()].level >= level || result_.sections[open.back()].heading == kNone)) {
      result_.sections[open.back()].last_line = line;
      open.pop_back();
    }
  }

  void open_section(std::vector<std::uint32_t>& open, std::uint32_t heading, std::uint8_t level,
                    std::uint32_t line) {
    const std::uint32_t parent = open.empty() ? kNone : open.back();
    open.push_back(static_cast<std::uint32_t>(result_.sections.size()));
    result_.sections.push_back({heading, level, line, line, parent});
  }

  struct Drawn {
    std::uint32_t line = 0;
    std::uint32_t style = 0;
  };

  const Document& document_;
  Text& text_;
  std::string_view folded_;
  const SegmentRules& rules_;
  Segments result_;
  std::vector<LineFacts> facts_;  // of each line
  std::uint32_t last_end_ = 0;    // of the last line or rule
  bool after_rule_ = false;
  std::vector<TextSpan> fields_;
  std::vector<Row> rows_;
  std::vector<std::uint32_t> in_grid_;  // lines that are rows, in order
  std::vector<HeadingStyle> styles_;
  std::vector<Drawn> drawn_;
};

}  // namespace

Segments segment(const Document& document, Text& text, const SegmentRules& rules) {
  return Segmenter(document, text, rules).run();
}

}  // namespace yoran
