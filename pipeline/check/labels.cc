// Labels behind which nothing stands.
#include <algorithm>
#include <set>

#include "check/context.h"

namespace yoran {
namespace {

constexpr std::string_view kListEnd = "</dl";
constexpr std::string_view kEnds[] = {"</dd", "<dt", kListEnd};
constexpr std::string_view kPictures[] = {"<img",   "<svg",   "<canvas", "<object", "<iframe",
                                          "<video", "<input", "<select", "<script"};

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
      if (is_empty_line(word) || is_empty_row(word) || is_empty_term(word)) report(word);
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

  // "Population:" and then an empty line, another label, or nothing. A row that ends behind its label is one
  // too.
  [[nodiscard]] bool is_empty_line(const WordMention& word) const {
    const Segments& segments = context_.input.segments;
    const Line& line = segments.lines[word.line];
    if (line.cell != kNone || line.kind == BlockKind::heading || !is_whole(word, line.span)) return false;
    const std::string_view behind = context_.at({word.span.end, line.span.end});
    if (behind.find_first_of(":|") == std::string_view::npos) return false;
    if (word.line + 1 == segments.lines.size()) return true;
    const Line& next = segments.lines[word.line + 1];
    const std::string_view between = context_.at({line.span.end, next.span.start});
    return std::count(between.begin(), between.end(), '\n') > 1 || is_label_line(word.line + 1);
  }

  // A line that begins with a label and its colon.
  [[nodiscard]] bool is_label_line(std::uint32_t number) const {
    const TextSpan line = context_.input.segments.lines[number].span;
    const std::string_view text = bare(context_.at(line));  // a label may be set in bold: **Area**
    const auto start = static_cast<std::uint32_t>(text.data() - context_.input.text.folded.data());
    for (const WordMention& next : context_.input.mentions.words_in({start, start + 1})) {
      if (next.category != static_cast<std::uint16_t>(WordCategory::label)) continue;
      const std::string_view rest = context_.at({next.span.end, std::max(line.end, next.span.end)});
      if (rest.substr(0, rest.find_first_not_of(" *:")).find(':') != std::string_view::npos) return true;
    }
    return false;
  }

  // A row whose first cell is the label and whose other cells are empty. The row below must be of the same
  // make: a row of a heading has its figures further down.
  [[nodiscard]] bool is_empty_row(const WordMention& word) const {
    const Segments& segments = context_.input.segments;
    const std::uint32_t index = cell_of(word);
    if (index == kNone) return false;
    const GridCell& cell = segments.cells[index];
    if (cell.column != 0 || cell.row_span > 1 || !is_whole(word, cell.span)) return false;
    const Grid& grid = segments.grids[cell.table];
    std::size_t others = 0;
    for (std::uint32_t i = index + 1; i < grid.last_cell && segments.cells[i].row == cell.row;
         ++i, ++others) {
      if (!bare(context_.at(segments.cells[i].span)).empty()) return false;
    }
    const auto behind = index + 1 + static_cast<std::uint32_t>(others);
    return others > 0 && !shows_a_picture(word.span.end, end_of_row(behind, grid)) &&
           is_plain_row(grid, behind);
  }

  // The cell that holds the word; those of rows drawn in text are in text order behind those of markup.
  [[nodiscard]] std::uint32_t cell_of(const WordMention& word) const {
    const Segments& segments = context_.input.segments;
    if (segments.lines[word.line].cell != kNone) return segments.lines[word.line].cell;
    const auto first =
        segments.cells.begin() + static_cast<std::ptrdiff_t>(context_.input.document.cells.size());
    const auto cell =
        std::lower_bound(first, segments.cells.end(), word.span.end,
                         [](const GridCell& each, std::uint32_t end) { return each.span.end < end; });
    if (cell == segments.cells.end() || !cell->span.contains(word.span)) return kNone;
    return static_cast<std::uint32_t>(cell - segments.cells.begin());
  }

  // Where the row before this cell ends at the latest.
  [[nodiscard]] std::uint32_t end_of_row(std::uint32_t cell, const Grid& grid) const {
    const Segments& segments = context_.input.segments;
    return segments.cells[std::min(cell, grid.last_cell - 1)].span.start;
  }

  // <dt>Population</dt><dd></dd>. Several terms may share a definition, so that what says that this one has
  // none is an element that ends without text.
  [[nodiscard]] bool is_empty_term(const WordMention& word) const {
    const Segments& segments = context_.input.segments;
    const Line& line = segments.lines[word.line];
    if (line.kind != BlockKind::term || !is_whole(word, line.span)) return false;
    const bool is_last = word.line + 1 == segments.lines.size();
    std::string markup =
        markup_between(line.span.end, is_last ? kNone : segments.lines[word.line + 1].span.start);
    if (const std::size_t end = markup.find(kListEnd); end != std::string::npos)
      markup.resize(end + kListEnd.size());
    if (shows_a_picture(markup)) return false;
    const std::size_t definition = markup.rfind("<dd");
    if (definition == std::string::npos) return markup.ends_with(kListEnd);
    return std::any_of(std::begin(kEnds), std::end(kEnds), [&](std::string_view end) {
      return markup.find(end, definition) != std::string::npos;
    });
  }

  // The tags between two places of the text, lower case. kNone: to the end.
  [[nodiscard]] std::string markup_between(std::uint32_t start, std::uint32_t end) const {
    const std::uint32_t first = context_.source({start, start}).start;
    const std::string_view source = context_.input.document.source;
    const auto last =
        end == kNone ? static_cast<std::uint32_t>(source.size()) : context_.source({end, end}).start;
    std::string markup(slice(source, SourceSpan{first, std::max(first, last)}));
    std::transform(markup.begin(), markup.end(), markup.begin(), ascii_lower);
    return markup;
  }

  // What is no text may be the value.
  [[nodiscard]] static bool shows_a_picture(std::string_view markup) {
    return std::any_of(std::begin(kPictures), std::end(kPictures),
                       [&](std::string_view tag) { return markup.find(tag) != std::string_view::npos; });
  }
  [[nodiscard]] bool shows_a_picture(std::uint32_t start, std::uint32_t end) const {
    return context_.input.document.media_type == MediaType::html &&
           shows_a_picture(markup_between(start, std::max(start, end)));
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
