#include "link/as_of.h"

#include <unicode/uchar.h>

#include <algorithm>

#include "link/gap.h"

namespace yoran {
namespace {

constexpr std::uint32_t kMarkReach = 40;    // bytes between a mark and its date
constexpr std::uint32_t kBehindReach = 90;  // bytes behind the value
constexpr std::uint32_t kLinesBeside = 3;   // lines above and below

class AsOfFinder {
 public:
  AsOfFinder(const LinkContext& context, const Candidate& candidate)
      : context_(context),
        candidate_(candidate),
        text_(context.folded()),
        line_(context.line(candidate.line)),
        cell_(context.cell_of(candidate.line, candidate.span.start)) {}

  std::optional<AsOf> run() const {
    if (auto found = behind_value()) return found;
    if (auto found = marked_in(cell_ == nullptr ? line_.span : cell_->span)) return found;
    if (auto found = in_row()) return found;
    for (std::uint32_t distance = 1; distance <= kLinesBeside; ++distance) {
      if (auto found = marked_beside(distance)) return found;
    }
    if (auto found = under_table()) return found;
    if (auto found = in_caption()) return found;
    return in_headings();
  }

 private:
  [[nodiscard]] static AsOf as_of(const Reading& reading) {
    return {std::get<Date>(reading.value), reading.span};
  }

  // "939,450 (1 January 2020)", "939,450 as of 1 January 2020".
  [[nodiscard]] std::optional<AsOf> behind_value() const {
    const std::uint32_t end = std::min(line_.span.end, candidate_.span.end + kBehindReach);
    std::uint32_t at = candidate_.span.end;
    bool marked = false;
    while ((at = skip_gap(text_, at, end)) < end) {
      if (const std::uint32_t behind = behind_bracket(text_, at, end)) {
        for (const Reading& reading : context_.readings_in({at, behind})) {
          if (reading.kind == MentionKind::date) return as_of(reading);
        }
        at = behind;
        continue;
      }
      if (const Reading* reading = context_.reading_at(at);
          marked && reading != nullptr && reading->span.start == at && reading->kind == MentionKind::date) {
        return as_of(*reading);
      }
      const std::uint32_t before = linking_word(context_, at, LinkRules::as_of_before);
      const std::uint32_t size = before != 0 ? before : linking_word(context_, at, LinkRules::as_of_after);
      marked = marked || before != 0;
      if (size != 0) {
        at += size;
      } else if (marked && linking_word(context_, at, LinkRules::connector) != 0) {
        at += linking_word(context_, at, LinkRules::connector);
      } else {
        return std::nullopt;
      }
    }
    return std::nullopt;
  }

  [[nodiscard]] bool has_mark_behind(const Reading& reading) const {
    std::uint32_t at = skip_gap(text_, reading.span.end, line_end(reading));
    if (linking_word(context_, at, LinkRules::as_of_after) != 0) return true;
    if (const std::uint32_t behind = behind_bracket(text_, at, line_end(reading)))
      at = skip_gap(text_, behind, line_end(reading));
    return linking_word(context_, at, LinkRules::as_of_after) != 0;
  }

  [[nodiscard]] std::uint32_t line_end(const Reading& reading) const {
    return context_.line(reading.line).span.end;
  }

  // A word of a category that ends where the date begins, blanks and connectors between.
  [[nodiscard]] bool has_mark_before(const Reading& reading, std::uint16_t category) const {
    const std::uint32_t line_start = context_.line(reading.line).span.start;
    const std::uint32_t from =
        std::max(line_start, reading.span.start > kMarkReach ? reading.span.start - kMarkReach : 0);
    for (std::uint32_t at = from; at < reading.span.start; ++at) {
      const std::uint32_t size = linking_word(context_, at, category);
      if (size == 0 || at + size > reading.span.start) continue;
      std::uint32_t behind = skip_gap(text_, at + size, reading.span.start);
      for (std::uint32_t word = 1; behind < reading.span.start && word != 0;) {
        word = std::max(linking_word(context_, behind, LinkRules::connector),
                        linking_word(context_, behind, LinkRules::separator));
        behind = skip_gap(text_, behind + word, reading.span.start);
      }
      if (behind >= reading.span.start) return true;
    }
    return false;
  }

  [[nodiscard]] bool is_marked(const Reading& reading) const {
    const bool marked = has_mark_behind(reading) || has_mark_before(reading, LinkRules::as_of_before) ||
                        opens_sentence(reading);
    return marked && !has_mark_before(reading, LinkRules::not_as_of);
  }

  // "On 31 December 2020 the town had": the date opens the sentence of the value, one word before it at most.
  [[nodiscard]] bool opens_sentence(const Reading& reading) const {
    if (reading.line != candidate_.line || candidate_.layout == Layout::row ||
        candidate_.layout == Layout::column)
      return false;
    const TextSpan sentence = context_.sentence_of(candidate_.line, candidate_.span.start);
    if (!sentence.contains(reading.span) || reading.span.end > candidate_.span.start) return false;
    const std::uint32_t word = linking_word(context_, sentence.start, LinkRules::connector);
    return word != 0 && skip_gap(text_, sentence.start + word, reading.span.start) == reading.span.start;
  }

  // The marked date nearest to the value.
  [[nodiscard]] std::optional<AsOf> marked_in(TextSpan span) const {
    const Reading* nearest = nullptr;
    const auto distance = [&](const Reading& reading) {
      return reading.span.start > candidate_.span.start ? reading.span.start - candidate_.span.start
                                                        : candidate_.span.start - reading.span.start;
    };
    for (const Reading& reading : context_.readings_in(span)) {
      if (reading.kind != MentionKind::date || distance(reading) > 400) continue;
      if (!is_marked(reading)) continue;
      if (nearest == nullptr || distance(reading) < distance(*nearest)) nearest = &reading;
    }
    return nearest == nullptr ? std::nullopt : std::optional(as_of(*nearest));
  }

  // A remark above or below: a line without labels of its own, outside the row of a table.
  [[nodiscard]] std::optional<AsOf> marked_beside(std::uint32_t distance) const {
    if (const std::uint32_t below = candidate_.line + distance; is_remark(below)) {
      if (auto found = marked_in(context_.line(below).span)) return found;
    }
    if (candidate_.line >= distance && is_remark(candidate_.line - distance)) {
      return marked_in(context_.line(candidate_.line - distance).span);
    }
    return std::nullopt;
  }

  // It begins with a sign, a bracket, a date or a word that marks one.
  [[nodiscard]] bool is_remark(std::uint32_t index) const {
    if (index >= context_.segments.lines.size() || context_.line(index).section != line_.section)
      return false;
    return context_.cell_of(index, context_.line(index).span.start) == cell_ && reads_as_remark(index);
  }

  [[nodiscard]] bool reads_as_remark(std::uint32_t index) const {
    const TextSpan span = context_.line(index).span;
    const bool word = u_isalnum(static_cast<UChar32>(code_point_at(text_, span.start))) != 0;
    const Reading* first = context_.reading_at(span.start);
    const bool date = first != nullptr && first->kind == MentionKind::date;
    if (word && !date && linking_word(context_, span.start, LinkRules::as_of_before) == 0) return false;
    const auto words = context_.words_in(span);
    const auto label = [](const WordMention& found) {
      return static_cast<WordCategory>(found.category) == WordCategory::label;
    };
    const auto own = [&](const WordMention& found) { return label(found) && is_own_label(found); };
    return std::none_of(words.begin(), words.end(), label) || std::any_of(words.begin(), words.end(), own);
  }

  [[nodiscard]] bool is_own_label(const WordMention& word) const {
    return context_.rules.labels[word.entry].field == candidate_.field;
  }

  // A remark right under the table.
  [[nodiscard]] std::optional<AsOf> under_table() const {
    if (cell_ == nullptr) return std::nullopt;
    const Grid& grid = context_.segments.grids[cell_->table];
    std::uint32_t last = grid.last_cell;
    while (last > grid.first_cell && context_.segments.cells[last - 1].span.empty()) --last;
    const std::uint32_t end =
        std::max(cell_->span.end, context_.segments.cells[std::max(last, 1U) - 1].span.end);
    const std::uint32_t below = context_.line_at(end) + 1;
    for (std::uint32_t index = below;
         index < std::min<std::size_t>(below + 2, context_.segments.lines.size()); ++index) {
      if (!reads_as_remark(index)) continue;
      if (auto found = marked_in(context_.line(index).span)) return found;
    }
    return std::nullopt;
  }

  // A date in another cell of the value's row.
  [[nodiscard]] std::optional<AsOf> in_row() const {
    if (cell_ == nullptr) return std::nullopt;
    const Grid& grid = context_.segments.grids[cell_->table];
    for (std::uint32_t column = 0; column < grid.columns; ++column) {
      const GridCell* cell = context_.cell_at(cell_->table, cell_->row, column);
      if (cell == nullptr || cell == cell_ || cell->row_span > 1) continue;
      if (auto found = marked_in(cell->span)) return found;
    }
    return std::nullopt;
  }

  [[nodiscard]] std::optional<AsOf> in_caption() const {
    if (cell_ == nullptr) return std::nullopt;
    for (const Reading& reading : context_.readings_in(context_.segments.grids[cell_->table].caption)) {
      if (reading.kind == MentionKind::date) return as_of(reading);
    }
    return std::nullopt;
  }

  [[nodiscard]] std::optional<AsOf> in_headings() const {
    for (std::uint32_t section = line_.section; section != kNone;
         section = context_.segments.sections[section].parent) {
      const std::uint32_t heading = context_.segments.sections[section].heading;
      if (heading == kNone) continue;
      for (const Reading& reading : context_.readings_in(context_.line(heading).span)) {
        if (reading.kind == MentionKind::date && is_marked(reading)) return as_of(reading);
      }
    }
    return std::nullopt;
  }

  const LinkContext& context_;
  const Candidate& candidate_;
  std::string_view text_;
  const Line& line_;
  const GridCell* cell_;  // null outside tables
};

}  // namespace

std::optional<AsOf> find_as_of(const LinkContext& context, const Candidate& candidate) {
  return AsOfFinder(context, candidate).run();
}

}  // namespace yoran
