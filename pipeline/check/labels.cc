// Labels behind which nothing stands.
#include <algorithm>
#include <set>

#include "check/context.h"

namespace yoran {
namespace {

class EmptyLabels {
 public:
  EmptyLabels(const CheckRule& rule, CheckContext& context) : rule_(rule), context_(context) {
    for (const Record& record : context.input.records) {
      for (const Field& field : record.fields) {
        for (const Claim& claim : field.claims) note(claim);
      }
    }
  }

  void run() {
    for (const WordMention& word : context_.input.mentions.words) {
      if (word.category != static_cast<std::uint16_t>(WordCategory::label)) continue;
      if (used_.contains(context_.source(word.span).start)) continue;
      if (is_empty_line(word) || is_empty_row(word)) report(word);
    }
  }

 private:
  void note(const Claim& claim) {
    if (!claim.evidence.label_text.empty()) used_.insert(claim.evidence.label_span.start);
    for (const Claim& other : claim.others) note(other);
  }

  // The label is the whole text of a span, but for marks around it.
  [[nodiscard]] bool is_whole(const WordMention& word, TextSpan span) const {
    return span.contains(word.span) && same_word(bare(context_.at(span)), context_.at(word.span));
  }

  // "Population:" and then an empty line, another label, or nothing.
  [[nodiscard]] bool is_empty_line(const WordMention& word) const {
    const Segments& segments = context_.input.segments;
    const Line& line = segments.lines[word.line];
    if (line.cell != kNone || line.kind == BlockKind::heading || !is_whole(word, line.span)) return false;
    if (!context_.at(line.span).ends_with(':')) return false;
    if (word.line + 1 == segments.lines.size()) return true;
    const Line& next = segments.lines[word.line + 1];
    const std::string_view between = context_.at({line.span.end, next.span.start});
    return std::count(between.begin(), between.end(), '\n') > 1 || is_label_line(word.line + 1);
  }

  // A line that begins with a label and its colon.
  [[nodiscard]] bool is_label_line(std::uint32_t number) const {
    const TextSpan line = context_.input.segments.lines[number].span;
    const auto& words = context_.input.mentions.words;
    auto next =
        std::lower_bound(words.begin(), words.end(), line.start,
                         [](const WordMention& word, std::uint32_t at) { return word.span.start < at; });
    for (; next != words.end() && next->span.start == line.start; ++next) {
      if (next->category != static_cast<std::uint16_t>(WordCategory::label)) continue;
      const std::string_view rest = context_.at({next->span.end, std::max(line.end, next->span.end)});
      if (bare(rest.substr(0, 2)) != rest.substr(0, 2) && rest.find(':') < 2) return true;
    }
    return false;
  }

  // A row whose first cell is the label and whose other cells are empty. The row below must be of the same
  // make: a row of a heading has its figures further down.
  [[nodiscard]] bool is_empty_row(const WordMention& word) const {
    const Segments& segments = context_.input.segments;
    const std::uint32_t index = segments.lines[word.line].cell;
    if (index == kNone || index >= segments.cells.size()) return false;
    const GridCell& cell = segments.cells[index];
    if (cell.column != 0 || cell.row_span > 1 || !is_whole(word, cell.span)) return false;
    const Grid& grid = segments.grids[cell.table];
    std::size_t others = 0;
    for (std::uint32_t i = index + 1; i < grid.last_cell && segments.cells[i].row == cell.row;
         ++i, ++others) {
      if (!bare(context_.at(segments.cells[i].span)).empty()) return false;
    }
    return others > 0 && is_plain_row(grid, index + 1 + static_cast<std::uint32_t>(others));
  }

  // The row that begins at this cell is none of parts: its first cell begins neither with a mark nor with a
  // word for parts. True at the end of the table.
  [[nodiscard]] bool is_plain_row(const Grid& grid, std::uint32_t index) const {
    if (index >= grid.last_cell) return true;
    const GridCell& cell = context_.input.segments.cells[index];
    const std::string_view text = context_.at(cell.span);
    if (cell.column != 0 || text.empty() || bare(text).data() != text.data()) return false;
    return std::none_of(rule_.words.begin(), rule_.words.end(),
                        [&](const std::string& word) { return text.starts_with(word); });
  }

  void report(const WordMention& word) {
    const Label& label = context_.input.rules.labels[word.entry];
    if (!reported_.insert(word.line).second) return;
    context_.report(rule_, context_.source(word.span),
                    "no value stands behind '" + context_.shown(word.span) + "' (" +
                        context_.input.rules.fields[label.field].id + ")");
  }

  const CheckRule& rule_;
  CheckContext& context_;
  std::set<std::uint32_t> used_;      // labels that claims were linked by
  std::set<std::uint32_t> reported_;  // lines
};

}  // namespace

void check_empty_label(const CheckRule& rule, CheckContext& context) { EmptyLabels(rule, context).run(); }

}  // namespace yoran
