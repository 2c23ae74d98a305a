#include "link/as_of.h"

#include <unicode/uchar.h>

#include <algorithm>

#include "link/gap.h"

namespace yoran {
namespace {

constexpr std::uint32_t kMarkReach = 40;       // bytes between a mark and its date
constexpr std::uint32_t kBehindReach = 90;     // bytes behind the value
constexpr std::uint32_t kLongestClause = 90;   // bytes before the subject of a sentence
constexpr std::uint32_t kLinesBeside = 4;      // lines above and below
constexpr std::uint32_t kLinesBesideArea = 3;  // of a measure: a day is the people's before it is its
constexpr std::uint32_t kLinesBesideTable = 2;
constexpr std::uint32_t kSentenceGap = 4;       // bytes between two sentences that follow one another
constexpr std::uint32_t kStatementReach = 160;  // bytes between a label and the date that is stated for it
constexpr std::uint32_t kLongestCounter = 12;   // bytes behind a figure
constexpr std::size_t kNearStatements = 16;     // statements looked at for one that speaks of the section

constexpr std::uint32_t kDateReach = 400;   // bytes between the value and a marked date of its line or cell
constexpr std::uint32_t kLineReach = 1000;  // bytes of another line that are looked at
constexpr std::uint32_t kCellReach = 32;    // columns, and empty cells behind the last of a table

std::uint32_t line_end(const LinkContext& context, const Reading& reading) {
  return context.line(reading.line).span.end;
}

bool has_mark_behind(const LinkContext& context, const Reading& reading) {
  const std::string_view text = context.folded();
  const std::uint32_t end = line_end(context, reading);
  std::uint32_t at = skip_gap(text, reading.span.end, end);
  if (linking_word(context, at, LinkRules::as_of_after) != 0) return true;
  if (const std::uint32_t behind = behind_bracket(text, at, end)) at = skip_gap(text, behind, end);
  return linking_word(context, at, LinkRules::as_of_after) != 0;
}

// The size of the number of a note that stands in brackets; 0 if there is none.
std::uint32_t note_at(std::string_view text, std::uint32_t at, std::uint32_t end) {
  const std::uint32_t behind = behind_bracket(text, at, end);
  const bool digits =
      behind > at + 2 && std::all_of(text.begin() + at + 1, text.begin() + behind - 1, is_ascii_digit);
  return digits ? behind - at : 0;
}

// A word of a category that ends where the date begins, blanks and connectors between; before an as-of date
// also what was done on it: "as of the census[3] of 2000".
bool has_mark_before(const LinkContext& context, const Reading& reading, std::uint16_t category) {
  const std::string_view text = context.folded();
  const std::uint32_t line_start = context.line(reading.line).span.start;
  const std::uint32_t from =
      std::max(line_start, reading.span.start > kMarkReach ? reading.span.start - kMarkReach : 0);
  for (std::uint32_t at = linking_place(context, from, reading.span.start); at < reading.span.start;
       at = linking_place(context, at + 1, reading.span.start)) {
    const std::uint32_t size = linking_word(context, at, category);
    if (size == 0 || at + size > reading.span.start) continue;
    std::uint32_t behind = skip_gap(text, at + size, reading.span.start);
    for (std::uint32_t word = 1; behind < reading.span.start && word != 0;) {
      word = std::max(linking_word(context, behind, LinkRules::connector),
                      linking_word(context, behind, LinkRules::separator));
      if (word == 0 && category == LinkRules::as_of_before) {
        word = std::max(linking_word(context, behind, LinkRules::as_of_after),
                        note_at(text, behind, reading.span.start));
      }
      behind = skip_gap(text, behind + word, reading.span.start);
    }
    if (behind >= reading.span.start) return true;
  }
  return false;
}

// A word beside the date says that figures are as of it.
bool has_as_of_mark(const LinkContext& context, const Reading& reading) {
  return (has_mark_behind(context, reading) || has_mark_before(context, reading, LinkRules::as_of_before)) &&
         !has_mark_before(context, reading, LinkRules::not_as_of);
}

class AsOfFinder {
 public:
  AsOfFinder(const LinkContext& context, const AsOfStatements& statements, const Candidate& candidate)
      : context_(context),
        statements_(statements),
        candidate_(candidate),
        text_(context.folded()),
        line_(context.line(candidate.line)),
        cell_(context.cell_of(candidate.line, candidate.span.start)) {}

  std::optional<AsOf> run() const {
    if (auto found = behind_value()) return found;
    if (auto found = said_behind()) return found;
    if (auto found = dated_label_below()) return found;
    if (auto found = bracket_below()) return found;
    if (auto found = marked_in(cell_ == nullptr ? line_.span : cell_->span)) return found;
    if (auto found = in_row()) return found;
    const bool count = context_.rules.fields[candidate_.field].type == FieldType::count;
    for (std::uint32_t distance = 1; distance <= (count ? kLinesBeside : kLinesBesideArea); ++distance) {
      if (auto found = marked_beside(distance)) return found;
    }
    if (auto found = beside_table()) return found;
    if (auto found = in_caption()) return found;
    if (auto found = in_headings()) return found;
    return statements_.find(context_, candidate_);
  }

 private:
  [[nodiscard]] static AsOf as_of(const Reading& reading) {
    return {std::get<Date>(reading.value), reading.span};
  }

  // "939,450 (1 January 2020)", "939,450 as of 1 January 2020", "939,450 / 421,300 households (1 January
  // 2020)".
  [[nodiscard]] std::optional<AsOf> behind_value() const {
    const std::uint32_t end = std::min(line_.span.end, candidate_.span.end + kBehindReach);
    std::uint32_t at = behind_second_figure(candidate_.span.end, end);
    bool marked = false;
    while ((at = skip_gap(text_, at, end)) < end) {
      if (const std::uint32_t behind = behind_bracket(text_, at, end)) {
        for (const Reading& reading : context_.readings_in({at, behind})) {
          if (reading.kind != MentionKind::date) continue;
          return leads_to_another_figure(reading, behind) ? std::nullopt : std::optional(as_of(reading));
        }
        at = behind;
        continue;
      }
      if (const Reading* reading = context_.reading_at(at); reading != nullptr && reading->span.start == at &&
                                                            reading->kind == MentionKind::date &&
                                                            (marked || ends_cell(reading->span.end))) {
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

  // In prose right behind a count: "a population of 957 in 2015", "in the year 2015".
  [[nodiscard]] std::optional<AsOf> said_behind() const {
    const bool prose = candidate_.layout == Layout::sentence || candidate_.layout == Layout::pattern;
    if (!prose || context_.rules.fields[candidate_.field].type != FieldType::count) return std::nullopt;
    const std::uint32_t end = std::min(line_.span.end, candidate_.span.end + kMarkReach);
    std::uint32_t at = skip_gap(text_, candidate_.span.end, end);
    std::uint32_t word = at < end ? sentence_word(context_, at, LinkRules::clause_opener) : 0;
    while (word != 0 && at < end) {
      at = skip_gap(text_, at + word, end);
      const Reading* reading = context_.reading_at(at);
      if (reading != nullptr && reading->kind == MentionKind::date && reading->span.start == at)
        return as_of(*reading);
      word = linking_word(context_, at, LinkRules::connector);
    }
    return std::nullopt;
  }

  // Behind a second figure with its counter and before brackets, which are about both; the position
  // otherwise.
  [[nodiscard]] std::uint32_t behind_second_figure(std::uint32_t at, std::uint32_t end) const {
    const std::uint32_t mark = linking_word(context_, at, LinkRules::separator);
    const std::uint32_t start = skip_gap(text_, at + mark, end);
    const Reading* figure = mark == 0 ? nullptr : context_.reading_at(start);
    if (figure == nullptr || figure->span.start != start || figure->kind != MentionKind::number) return at;
    std::uint32_t behind = figure->span.end;
    while (behind < std::min(end, figure->span.end + kLongestCounter) &&
           is_kana_or_ideograph(code_point_at(text_, behind)))
      behind += size_at(text_, behind);
    return behind < end && is_open_bracket(code_point_at(text_, behind)) ? behind : at;
  }

  // Nothing follows in the cell: "4,394,694 2020".
  [[nodiscard]] bool ends_cell(std::uint32_t at) const {
    return cell_ != nullptr && at <= cell_->span.end &&
           skip_gap(text_, at, cell_->span.end) == cell_->span.end;
  }

  // "52,591 (though a July 2011 estimate placed the population at 53,278)": the field's own label stands
  // between the date and the next figure, whose day it is.
  [[nodiscard]] bool leads_to_another_figure(const Reading& date, std::uint32_t end) const {
    const auto behind = context_.readings_in({date.span.end, end});
    if (behind.empty() || behind.front().kind != MentionKind::number) return false;
    const WordMention* last = nullptr;
    for (const WordMention& word : context_.words_in({date.span.end, behind.front().span.start})) {
      if (is_label(word)) last = &word;
    }
    return last != nullptr && is_own_label(*last);
  }

  // "It covers 197 km2 and had 46,012 inhabitants in 2020": behind an area the day of the people named with
  // it is theirs.
  [[nodiscard]] bool is_of_people_behind(const Reading& date, std::uint32_t end) const {
    if (context_.rules.fields[candidate_.field].type != FieldType::quantity) return false;
    const auto behind = context_.readings_in({date.span.end, end});
    const std::uint32_t reach = behind.empty() ? date.span.end : behind.front().span.start;
    const auto words = context_.words_in({candidate_.span.end, reach});
    return std::any_of(words.begin(), words.end(), [&](const WordMention& word) {
      return is_label(word) &&
             context_.rules.fields[context_.rules.labels[word.entry].field].type == FieldType::count;
    });
  }

  [[nodiscard]] bool is_marked(const Reading& reading) const {
    return has_as_of_mark(context_, reading) ||
           ((opens_sentence(reading) || opens_clause(reading) || qualifies_label(reading)) &&
            !has_mark_before(context_, reading, LinkRules::not_as_of));
  }

  // "Its 2023 population of", "2010 Population: 10,840" at the start of a line, and where words have no
  // blanks between them the same anywhere.
  [[nodiscard]] bool qualifies_label(const Reading& reading) const {
    if (candidate_.label.empty() || reading.span.end > candidate_.label.start) return false;
    if (reading.span.end == candidate_.label.start) return true;
    const bool begins = reading.span.start == line_.span.start && reading.line == candidate_.line;
    return (candidate_.layout == Layout::sentence || begins) &&
           reading.span.end + 1 == candidate_.label.start && text_[reading.span.end] == ' ' &&
           is_ascii_letter(text_[candidate_.label.start]);
  }

  // "It covers 30 km2 and, in June 2018, had a population", "and by 2016 the population rose": behind a comma
  // or a word that joins clauses a word that opens one, the date, and up to the label connectors only.
  [[nodiscard]] bool opens_clause(const Reading& reading) const {
    const std::uint32_t label = candidate_.label.start;
    if (candidate_.label.empty() || candidate_.layout != Layout::sentence ||
        reading.line != candidate_.line || reading.span.end >= label || label - reading.span.end > kMarkReach)
      return false;
    std::uint32_t at = reading.span.end + (text_[reading.span.end] == ',' ? 1 : 0);
    while ((at = skip_gap(text_, at, label)) < label) {
      const std::uint32_t word = linking_word(context_, at, LinkRules::connector);
      if (word == 0) return false;
      at += word;
    }
    const TextSpan sentence = context_.sentence_of(candidate_.line, candidate_.span.start);
    const std::uint32_t from =
        std::max(sentence.start, reading.span.start - std::min(reading.span.start, kMarkReach));
    for (std::uint32_t i = from + 1; i < reading.span.start; ++i) {
      if (text_[i - 1] != ' ') continue;
      const std::uint32_t word = sentence_word(context_, i, LinkRules::clause_opener);
      if (word != 0 && skip_gap(text_, i + word, reading.span.start) == reading.span.start)
        return begins_clause(sentence.start, i - 1);
    }
    return false;
  }

  // Before the blank at `end` stands a comma or a word that joins clauses.
  [[nodiscard]] bool begins_clause(std::uint32_t start, std::uint32_t end) const {
    if (end <= start) return false;
    if (text_[end - 1] == ',') return true;
    const auto blank = context_.at({start, end}).rfind(' ');
    const std::uint32_t word =
        blank == std::string_view::npos ? start : start + static_cast<std::uint32_t>(blank) + 1;
    return word + sentence_word(context_, word, LinkRules::series) == end;
  }

  // "On 31 December 2020 the town had": the date opens the sentence of the value, one word before it at most.
  [[nodiscard]] bool opens_sentence(const Reading& reading) const {
    if (reading.line != candidate_.line || candidate_.layout == Layout::row ||
        candidate_.layout == Layout::column)
      return false;
    const TextSpan sentence = context_.sentence_of(candidate_.line, candidate_.span.start);
    if (!sentence.contains(reading.span) || reading.span.end > candidate_.span.start) return false;
    if (ends_clause(reading, sentence)) return true;
    const std::uint32_t word = linking_word(context_, sentence.start, LinkRules::connector);
    return word != 0 && skip_gap(text_, sentence.start + word, reading.span.start) == reading.span.start;
  }

  // "By the time of independence in 1960, the town had": the clause before the subject ends in the date.
  [[nodiscard]] bool ends_clause(const Reading& reading, TextSpan sentence) const {
    if (reading.span.end - sentence.start > kLongestClause || reading.span.end >= sentence.end) return false;
    return text_[reading.span.end] == ',' &&
           sentence_word(context_, sentence.start, LinkRules::clause_opener) != 0 &&
           context_.at({sentence.start, reading.span.start}).find(',') == std::string_view::npos;
  }

  // The marked date nearest to the value.
  [[nodiscard]] std::optional<AsOf> marked_in(TextSpan span) const {
    const Reading* nearest = nullptr;
    const auto distance = [&](const Reading& reading) {
      if (reading.span.start < candidate_.span.start) return candidate_.span.start - reading.span.start;
      const std::uint32_t further = is_behind_numbers(reading) ? kDateReach : 0;
      return reading.span.start - candidate_.span.start + further;
    };
    span.start = std::max(span.start, candidate_.span.start - std::min(candidate_.span.start, kDateReach));
    span.end = std::max(span.start, std::min(span.end, candidate_.span.start + kDateReach + 1));
    for (const Reading& reading : context_.readings_in(span)) {
      if (reading.kind != MentionKind::date) continue;
      if (!is_marked(reading) || beyond_another_figure(reading)) continue;
      if (nearest == nullptr || distance(reading) < distance(*nearest)) nearest = &reading;
    }
    return nearest == nullptr ? std::nullopt : std::optional(as_of(*nearest));
  }

  // "As of 2020 the population was 26,900, a decrease of 1,010 from the 2010 census": another number stands
  // between, so that a date before the value is nearer.
  [[nodiscard]] bool is_behind_numbers(const Reading& date) const {
    if (candidate_.layout != Layout::sentence && candidate_.layout != Layout::pattern) return false;
    if (date.span.start < candidate_.span.end) return false;
    const auto between = context_.readings_in({candidate_.span.end, date.span.start});
    return std::any_of(between.begin(), between.end(),
                       [](const Reading& reading) { return reading.kind == MentionKind::number; });
  }

  // In prose a date belongs to the figure it is nearest to: not over another one of the field, and from the
  // sentence before only if that one says nothing of the field.
  [[nodiscard]] bool beyond_another_figure(const Reading& date) const {
    if (candidate_.layout != Layout::sentence && candidate_.layout != Layout::pattern) return false;
    const TextSpan sentence = context_.sentence_of(candidate_.line, candidate_.span.start);
    if (sentence.contains(date.span)) {
      return date.span.start >= candidate_.span.end &&
             (has_own_label({candidate_.span.end, date.span.start}) ||
              leads_to_another_figure(date, sentence.end) || is_of_people_behind(date, sentence.end));
    }
    // An area holds for years: the day of a census in another sentence is not its own.
    if (context_.rules.fields[candidate_.field].type == FieldType::quantity) return true;
    const TextSpan other = context_.sentence_of(candidate_.line, date.span.start);
    return date.span.start > candidate_.span.start || sentence.start > other.end + kSentenceGap ||
           has_own_label(other);
  }

  [[nodiscard]] static bool is_label(const WordMention& word) {
    return static_cast<WordCategory>(word.category) == WordCategory::label;
  }

  [[nodiscard]] bool has_own_label(TextSpan span) const {
    const auto words = context_.words_in(span);
    return std::any_of(words.begin(), words.end(),
                       [&](const WordMention& word) { return is_label(word) && is_own_label(word); });
  }

  // A cell or line with a label of another field and none of this one.
  [[nodiscard]] bool is_of_another_label(TextSpan span) const {
    span = beginning(span);
    const auto words = context_.words_in(span);
    return std::any_of(words.begin(), words.end(), is_label) && !has_own_label(span);
  }

  // The value ends its line, and the line below is nothing but brackets with a date: a break of the cell of a
  // table lies between.
  [[nodiscard]] std::optional<AsOf> bracket_below() const {
    const std::uint32_t below = candidate_.line + 1;
    if (below >= context_.segments.lines.size() || context_.line(below).cell != line_.cell ||
        context_.line(below).section != line_.section || context_.is_set_off(below) ||
        !holds_brackets_only({candidate_.span.end, line_.span.end}))
      return std::nullopt;
    const TextSpan span = context_.line(below).span;
    if (behind_bracket(text_, span.start, span.end) == 0 || !holds_brackets_only(span)) return std::nullopt;
    for (const Reading& reading : context_.readings_in(span)) {
      if (reading.kind == MentionKind::date) return as_of(reading);
    }
    return std::nullopt;
  }

  [[nodiscard]] bool holds_brackets_only(TextSpan span) const {
    std::uint32_t at = skip_gap(text_, span.start, span.end);
    while (at < span.end) {
      const std::uint32_t behind = behind_bracket(text_, at, span.end);
      if (behind == 0) return false;
      at = skip_gap(text_, behind, span.end);
    }
    return true;
  }

  // The line below is the field's label with a date and nothing else, the rest of brackets that a line break
  // took apart: "6,263", "estimate, 1 March 2024)".
  [[nodiscard]] std::optional<AsOf> dated_label_below() const {
    const std::uint32_t below = candidate_.line + 1;
    if (below >= context_.segments.lines.size() || context_.line(below).section != line_.section)
      return std::nullopt;
    const TextSpan span = context_.line(below).span;
    const auto words = context_.words_in({span.start, span.start + 1});
    const auto label = std::find_if(words.begin(), words.end(), [&](const WordMention& word) {
      return is_label(word) && is_own_label(word);
    });
    if (label == words.end()) return std::nullopt;
    std::uint32_t at = label->span.end;
    while (at < span.end && u_isalnum(static_cast<UChar32>(code_point_at(text_, at))) == 0)
      at += size_at(text_, at);
    const Reading* reading = context_.reading_at(at);
    const bool alone = reading != nullptr && reading->span.start == at &&
                       reading->kind == MentionKind::date && reading->span.end + 1 >= span.end;
    return alone ? std::optional(as_of(*reading)) : std::nullopt;
  }

  // A remark above or below: a line without labels of its own, outside the row of a table. One that an empty
  // line parts from the figure yields to one that touches it.
  [[nodiscard]] std::optional<AsOf> marked_beside(std::uint32_t distance) const {
    const std::uint32_t below = candidate_.line + distance;
    auto found = marked_at(below);
    if (!found || context_.is_set_off(below)) {
      if (auto above = marked_above(distance); above && !(found && context_.is_set_off(candidate_.line)))
        found = above;
    }
    return found;
  }

  [[nodiscard]] std::optional<AsOf> marked_above(std::uint32_t distance) const {
    if (candidate_.line < distance) return std::nullopt;
    auto found = marked_at(candidate_.line - distance);
    if (!found || candidate_.line == distance) return found;
    // Two days in a row head two columns: which is the figure's nobody can tell.
    const auto other = marked_at(candidate_.line - distance - 1);
    return other && !(other->date == found->date) ? std::nullopt : found;
  }

  [[nodiscard]] std::optional<AsOf> marked_at(std::uint32_t index) const {
    return is_remark(index) ? marked_in(context_.line(index).span) : std::nullopt;
  }

  // It begins with a sign, a bracket, a date or a word that marks one.
  [[nodiscard]] bool is_remark(std::uint32_t index) const {
    if (index >= context_.segments.lines.size() || context_.line(index).section != line_.section)
      return false;
    return context_.cell_of(index, context_.line(index).span.start) == cell_ && reads_as_remark(index) &&
           !is_remark_of_another(index);
  }

  // A remark in the block of another field's label belongs to that one.
  [[nodiscard]] bool is_remark_of_another(std::uint32_t index) const {
    const std::uint32_t block = context_.line(index).block;
    if (block == line_.block) return false;
    for (std::uint32_t step = 1; step <= std::min(index, kLinesBeside); ++step) {
      const Line& above = context_.line(index - step);
      if (above.block != block || has_own_label(beginning(above.span))) return false;
      if (is_of_another_label(above.span)) return true;
    }
    return false;
  }

  [[nodiscard]] bool reads_as_remark(std::uint32_t index) const {
    const TextSpan span = beginning(context_.line(index).span);
    const auto readings = context_.readings_in(span);
    const auto figure = [](const Reading& reading) {
      return reading.kind == MentionKind::number || reading.kind == MentionKind::quantity;
    };
    if (std::any_of(readings.begin(), readings.end(), figure)) return false;  // prose with figures of its own
    const bool word = u_isalnum(static_cast<UChar32>(code_point_at(text_, span.start))) != 0;
    const Reading* first = context_.reading_at(span.start);
    const bool date = first != nullptr && first->kind == MentionKind::date;
    if (word && !date && linking_word(context_, span.start, LinkRules::as_of_before) == 0) return false;
    const auto words = context_.words_in(span);
    return std::none_of(words.begin(), words.end(), is_label) || has_own_label(span);
  }

  [[nodiscard]] static TextSpan beginning(TextSpan span) {
    return {span.start, std::min(span.end, span.start + kLineReach)};
  }

  [[nodiscard]] bool is_own_label(const WordMention& word) const {
    return context_.rules.labels[word.entry].field == candidate_.field;
  }

  // A remark right under the table, or right above it.
  [[nodiscard]] std::optional<AsOf> beside_table() const {
    if (cell_ == nullptr) return std::nullopt;
    const Grid& grid = context_.segments.grids[cell_->table];
    std::uint32_t last = grid.last_cell;
    const std::uint32_t floor = std::max(grid.first_cell, last - std::min(last, kCellReach));
    while (last > floor && context_.segments.cells[last - 1].span.empty()) --last;
    const std::uint32_t end =
        std::max(cell_->span.end, context_.segments.cells[std::max(last, 1U) - 1].span.end);
    const std::uint32_t below = context_.line_at(end) + 1;
    for (std::uint32_t index = below; index < below + kLinesBesideTable; ++index) {
      if (auto found = remark_at(index)) return found;
    }
    const std::uint32_t top = context_.line_at(context_.segments.cells[grid.first_cell].span.start);
    for (std::uint32_t step = 1; step <= std::min(top, kLinesBesideTable); ++step) {
      if (auto found = remark_at(top - step)) return found;
    }
    return std::nullopt;
  }

  [[nodiscard]] std::optional<AsOf> remark_at(std::uint32_t index) const {
    if (index >= context_.segments.lines.size() || !reads_as_remark(index)) return std::nullopt;
    for (const Reading& reading : context_.readings_in(beginning(context_.line(index).span))) {
      if (reading.kind == MentionKind::date && is_marked(reading)) return as_of(reading);
    }
    return std::nullopt;
  }

  // A date in another cell of the value's row.
  [[nodiscard]] std::optional<AsOf> in_row() const {
    if (cell_ == nullptr) return std::nullopt;
    const Grid& grid = context_.segments.grids[cell_->table];
    const std::uint32_t last = std::min(grid.columns, cell_->column + kCellReach);
    for (std::uint32_t column = cell_->column - std::min(cell_->column, kCellReach); column < last;
         ++column) {
      const GridCell* cell = context_.cell_at(cell_->table, cell_->row, column);
      if (cell == nullptr || cell == cell_ || cell->row_span > 1 || is_of_another_label(cell->span)) continue;
      // Right behind the figure of a row with a label the date needs no mark.
      const Reading* only = column == cell_->column + cell_->column_span && candidate_.layout == Layout::row
                                ? only_date_in(cell->span)
                                : nullptr;
      if (only != nullptr) return as_of(*only);
      if (auto found = marked_in(cell->span)) return found;
    }
    return std::nullopt;
  }

  // The date that a cell consists of; null if it holds more or something else.
  [[nodiscard]] const Reading* only_date_in(TextSpan cell) const {
    const Reading* reading = context_.reading_at(skip_gap(text_, cell.start, cell.end));
    const bool alone = reading != nullptr && reading->kind == MentionKind::date &&
                       reading->span.start <= skip_gap(text_, cell.start, cell.end) &&
                       skip_gap(text_, reading->span.end, cell.end) == cell.end;
    return alone ? reading : nullptr;
  }

  [[nodiscard]] std::optional<AsOf> in_caption() const {
    if (cell_ == nullptr) return std::nullopt;
    for (const Reading& reading :
         context_.readings_in(beginning(context_.segments.grids[cell_->table].caption))) {
      if (reading.kind == MentionKind::date) return as_of(reading);
    }
    return std::nullopt;
  }

  [[nodiscard]] std::optional<AsOf> in_headings() const {
    for (std::uint32_t section = line_.section; section != kNone;
         section = context_.segments.sections[section].parent) {
      const std::uint32_t heading = context_.segments.sections[section].heading;
      if (heading == kNone) continue;
      for (const Reading& reading : context_.readings_in(beginning(context_.line(heading).span))) {
        if (reading.kind == MentionKind::date && is_marked(reading)) return as_of(reading);
      }
    }
    return std::nullopt;
  }

  const LinkContext& context_;
  const AsOfStatements& statements_;
  const Candidate& candidate_;
  std::string_view text_;
  const Line& line_;
  const GridCell* cell_;  // null outside tables
};

}  // namespace

AsOfStatements::AsOfStatements(const LinkContext& context) : by_field_(context.rules.fields.size()) {
  for (const WordMention& word : context.mentions.words) {
    if (static_cast<WordCategory>(word.category) != WordCategory::label) continue;
    const Line& line = context.line(word.line);
    if (line.kind == BlockKind::heading || line.kind == BlockKind::title || line.cell != kNone) continue;
    const std::size_t next = context.first_reading(word.span.end);
    if (next == context.readings.size() || context.readings[next].kind != MentionKind::date) continue;
    const TextSpan sentence = context.sentence_of(word.line, word.span.start);
    const TextSpan reach{word.span.end, std::min(sentence.end, word.span.end + kStatementReach)};
    for (const Reading& reading : context.readings_in(reach)) {
      if (reading.kind != MentionKind::date) break;  // a figure: the sentence gives a value
      if (!has_as_of_mark(context, reading)) continue;
      by_field_[context.rules.labels[word.entry].field].push_back(
          {line.section, {std::get<Date>(reading.value), reading.span}});
      break;
    }
  }
}

std::optional<AsOf> AsOfStatements::find(const LinkContext& context, const Candidate& candidate) const {
  const auto& statements = by_field_[candidate.field];
  const auto around = [&](const Statement& statement) {
    for (std::uint32_t s = context.line(candidate.line).section;; s = context.segments.sections[s].parent) {
      if (s == statement.section) return true;
      if (s == kNone) return false;
    }
  };
  const auto behind = std::partition_point(
      statements.begin(), statements.end(),
      [&](const Statement& statement) { return statement.as_of.span.start < candidate.span.start; });
  const auto first = behind - std::min<std::ptrdiff_t>(behind - statements.begin(), kNearStatements);
  for (auto it = behind; it != first;) {
    if (around(*--it)) return it->as_of;
  }
  const auto last = behind + std::min<std::ptrdiff_t>(statements.end() - behind, kNearStatements);
  const auto found = std::find_if(behind, last, around);
  return found == last ? std::nullopt : std::optional(found->as_of);
}

std::optional<AsOf> find_as_of(const LinkContext& context, const AsOfStatements& statements,
                               const Candidate& candidate) {
  return AsOfFinder(context, statements, candidate).run();
}

}  // namespace yoran
