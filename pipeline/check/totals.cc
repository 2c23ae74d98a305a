// Parts that do not add up to the whole that stands beside them: in a row or column of a table, or in a
// sentence.
//
// A total that is far from the sum of the rest is not wrong but something else (a mean, a density, the total
// of a longer table), so that only near misses are findings. In a table one column that adds up proves what
// the row of totals is, and the other columns of that table are then held against it.
#include <algorithm>
#include <cmath>
#include <set>
#include <string>

#include "check/context.h"

namespace yoran {
namespace {

constexpr std::size_t kMostCells = 20'000;  // of a table; larger ones are data, not profiles
constexpr std::size_t kMostParts = 2'000;
constexpr std::size_t kMostRest = 8;      // figures behind the parts that may be the rest
constexpr std::uint32_t kLinesApart = 3;  // between labelled figures that belong together

// A figure that can be added: exact, and no rate, percentage or rank.
const Number* summand(const Reading& reading, const NumberRules& rules) {
  const auto* number = std::get_if<Number>(&reading.value);
  if (number == nullptr || number->approximate || number->bound != Bound::none) return nullptr;
  if (number->multiplier != 1 || !reading.alternatives.empty()) return nullptr;
  if (number->counter == kNone) return number;
  switch (rules.counters[number->counter].kind) {
    case CounterClass::person:
    case CounterClass::household:
    case CounterClass::other:
    case CounterClass::none:
      return number;
    default:
      return nullptr;
  }
}

struct Sum {
  double total = 0;
  double parts = 0;
  double rounding = 0;

  [[nodiscard]] double difference() const { return std::abs(total - parts); }
  [[nodiscard]] bool holds(double tolerance) const { return difference() <= rounding + tolerance * total; }
  [[nodiscard]] bool is_near(double share) const { return difference() <= share * total; }
};

std::string plain(double amount) {
  const double rounded = std::round(amount * 1e6) / 1e6;
  const auto whole = static_cast<std::int64_t>(rounded);
  if (static_cast<double>(whole) == rounded) return std::to_string(whole);
  std::string text = std::to_string(rounded);
  text.erase(text.find_last_not_of('0') + 1);
  return text;
}

class Totals {
 public:
  Totals(const CheckRule& rule, CheckContext& context) : rule_(rule), context_(context) {}

  void run() {
    for (const Grid& grid : context_.input.segments.grids) check_grid(grid);
    if (!rule_.parts.empty()) check_lines();
  }

 private:
  struct Slot {
    const GridCell* cell = nullptr;
    const Reading* figure = nullptr;  // the only figure of the cell
  };
  using Slots = std::vector<Slot>;

  // ---- Tables

  struct Matrix {
    std::uint32_t rows = 0;
    std::uint32_t columns = 0;
    std::vector<Slot> slots;
    [[nodiscard]] const Slot& at(std::uint32_t row, std::uint32_t column) const {
      return slots[std::size_t{row} * columns + column];
    }
  };

  [[nodiscard]] const Reading* figure_of(const GridCell& cell) const {
    const auto readings = context_.readings_in(cell.span);
    if (readings.size() != 1 || summand(readings[0], context_.input.rules.numbers) == nullptr) return nullptr;
    const TextSpan before{cell.span.start, readings[0].span.start};
    return bare(context_.at(before)).empty() ? &readings[0] : nullptr;
  }

  [[nodiscard]] Matrix matrix_of(const Grid& grid, bool turned) const {
    Matrix matrix{grid.rows, grid.columns, {}};
    if (turned) std::swap(matrix.rows, matrix.columns);
    if (std::size_t{grid.rows} * grid.columns > kMostCells) return {};
    matrix.slots.resize(std::size_t{grid.rows} * grid.columns);
    for (std::uint32_t i = grid.first_cell; i < grid.last_cell; ++i) {
      const GridCell& cell = context_.input.segments.cells[i];
      const std::uint32_t row = turned ? cell.column : cell.row;
      const std::uint32_t column = turned ? cell.row : cell.column;
      if (row < matrix.rows && column < matrix.columns)
        matrix.slots[std::size_t{row} * matrix.columns + column] = {&cell, figure_of(cell)};
    }
    return matrix;
  }

  [[nodiscard]] std::string_view text_of(const Slot& slot) const {
    return slot.cell == nullptr ? std::string_view() : bare(context_.at(slot.cell->span));
  }

  void check_grid(const Grid& grid) {
    if (grid.rows < 2 || grid.columns < 2) return;
    for (const bool turned : {false, true}) {
      const Matrix matrix = matrix_of(grid, turned);
      if (matrix.slots.empty()) return;
      if (rule_.parts.empty()) {
        check_total_row(matrix, turned);
      } else {
        for (const auto& group : rule_.parts) check_named_columns(matrix, group);
      }
    }
  }

  // The one row that a word of `words` begins; kNone if there is none or several.
  [[nodiscard]] std::uint32_t total_row(const Matrix& matrix) const {
    std::uint32_t found = kNone;
    for (std::uint32_t row = 0; row < matrix.rows; ++row) {
      if (word_in(text_of(matrix.at(row, 0)), rule_.words) == kNone) continue;
      if (found != kNone) return kNone;
      found = row;
    }
    return found;
  }

  // Every row between the heads and the total has a figure, or the column is left alone.
  [[nodiscard]] Slots parts_of_column(const Matrix& matrix, std::uint32_t column, std::uint32_t total) const {
    Slots parts;
    for (std::uint32_t row = 0; row < matrix.rows; ++row) {
      if (row == total) continue;
      const Slot& slot = matrix.at(row, column);
      if (slot.figure != nullptr)
        parts.push_back(slot);
      else if (row > total || !parts.empty())
        return {};
    }
    return parts.size() > kMostParts ? Slots() : parts;
  }

  // Columns beside a column of totals may be of different kinds, so that there a row that adds up is needed.
  void check_total_row(const Matrix& matrix, bool turned) {
    const std::uint32_t total = total_row(matrix);
    if (total == kNone) return;
    std::vector<std::pair<std::uint32_t, Sum>> wrong;
    bool proved = false;
    for (std::uint32_t column = 1; column < matrix.columns; ++column) {
      const Slot& whole = matrix.at(total, column);
      const Slots parts = whole.figure == nullptr ? Slots() : parts_of_column(matrix, column, total);
      if (parts.size() < 2) continue;
      const Sum sum = sum_of(*whole.figure, parts);
      if (sum.holds(rule_.tolerance))
        proved = true;
      else if (sum.total > 0)
        wrong.emplace_back(column, sum);
    }
    if (turned && !proved) return;
    for (const auto& [column, sum] : wrong) {
      if (sum.is_near(proved ? 2 * rule_.near : rule_.near))
        report(*matrix.at(total, column).figure, parts_of_column(matrix, column, total), sum);
    }
  }

  // Columns headed by the parts and by their whole, each once, in one row of heads.
  void check_named_columns(const Matrix& matrix, const std::vector<std::string>& group) {
    for (std::uint32_t head = 0; head < std::min(matrix.rows, 3U); ++head) {
      std::vector<std::uint32_t> parts(group.size(), kNone);
      std::uint32_t whole = kNone;
      bool clear = true;
      for (std::uint32_t column = 0; column < matrix.columns; ++column) {
        const std::string_view text = text_of(matrix.at(head, column));
        const std::uint32_t part = word_in(text, group);
        const bool is_whole = word_in(text, rule_.words) != kNone;
        if (part == kNone && !is_whole) continue;
        std::uint32_t& place = is_whole ? whole : parts[part];
        clear = clear && place == kNone;
        place = column;
      }
      if (!clear || whole == kNone || std::find(parts.begin(), parts.end(), kNone) != parts.end()) continue;
      for (std::uint32_t row = head + 1; row < matrix.rows; ++row) check_named_row(matrix, row, whole, parts);
      return;
    }
  }

  void check_named_row(const Matrix& matrix, std::uint32_t row, std::uint32_t whole,
                       const std::vector<std::uint32_t>& columns) {
    Slots parts;
    for (const std::uint32_t column : columns) parts.push_back(matrix.at(row, column));
    const Slot& total = matrix.at(row, whole);
    if (total.figure == nullptr ||
        std::any_of(parts.begin(), parts.end(), [](const Slot& slot) { return slot.figure == nullptr; }))
      return;
    judge(*total.figure, parts);
  }

  // ---- Sentences

  // A figure and what the word beside it makes of it: the whole, or a part of a group.
  struct Labelled {
    const Reading* figure = nullptr;
    std::uint32_t group = kNone;  // kNone: the whole
    std::uint32_t part = kNone;
  };

  void check_lines() {
    std::vector<Labelled> figures;
    for (const Reading& reading : context_.input.readings) {
      const Number* number = summand(reading, context_.input.rules.numbers);
      if (number == nullptr || !number->value.is_integer()) continue;
      if (!figures.empty() && reading.line > figures.back().figure->line + kLinesApart) figures.clear();
      figures.push_back(labelled(reading));
      for (std::uint32_t group = 0; group < rule_.parts.size(); ++group) check_tail(figures, group);
    }
  }

  // The last figures are a whole group, in any order, with the whole before or behind them.
  void check_tail(const std::vector<Labelled>& figures, std::uint32_t group) {
    const std::size_t size = rule_.parts[group].size();
    if (figures.size() < size + 1) return;
    const std::span<const Labelled> tail(figures.end() - static_cast<std::ptrdiff_t>(size + 1),
                                         figures.end());
    const bool first = is_whole(tail.front());
    if (first == is_whole(tail.back())) return;
    const std::span<const Labelled> parts = first ? tail.subspan(1) : tail.first(size);
    std::set<std::uint32_t> seen;
    Slots slots;
    for (const Labelled& labelled : parts) {
      if (labelled.group != group || !seen.insert(labelled.part).second) return;
      slots.push_back({nullptr, labelled.figure});
    }
    judge(*(first ? tail.front() : tail.back()).figure, slots);
  }

  [[nodiscard]] static bool is_whole(const Labelled& labelled) {
    return labelled.group == kNone && labelled.part == 0;
  }

  // The word that touches the figure: before it, or behind it as English has it; or the term it defines.
  [[nodiscard]] Labelled labelled(const Reading& reading) const {
    Labelled result{&reading, kNone, kNone};
    if (word_touches(reading, rule_.words) != kNone) result.part = 0;
    for (std::uint32_t group = 0; result.part == kNone && group < rule_.parts.size(); ++group) {
      const std::uint32_t part = word_touches(reading, rule_.parts[group]);
      if (part != kNone) result = {&reading, group, part};
    }
    return result;
  }

  [[nodiscard]] std::uint32_t word_touches(const Reading& reading,
                                           const std::vector<std::string>& words) const {
    const std::string_view folded = context_.input.text.folded;
    const TextSpan line = context_.input.segments.lines[reading.line].span;
    if (const auto term = term_of(reading)) return word_in(bare(context_.at(*term)), words);
    const std::string_view before = folded.substr(line.start, reading.span.start - line.start);
    const std::string_view behind =
        folded.substr(reading.span.end, line.end > reading.span.end ? line.end - reading.span.end : 0);
    for (std::uint32_t i = 0; i < words.size(); ++i) {
      for (std::string_view rest = words[i]; !rest.empty();) {
        const std::size_t end = std::min(rest.find('|'), rest.size());
        if (stands_before(before, rest.substr(0, end)) || stands_behind(behind, rest.substr(0, end)))
          return i;
        rest.remove_prefix(std::min(end + 1, rest.size()));
      }
    }
    return kNone;
  }

  // <dt>Population</dt><dd>52,340</dd>: the line of the term before a definition that begins with the figure.
  [[nodiscard]] std::optional<TextSpan> term_of(const Reading& reading) const {
    const auto& lines = context_.input.segments.lines;
    const Line& line = lines[reading.line];
    if (line.kind != BlockKind::definition || reading.line == 0 || reading.span.start != line.span.start)
      return std::nullopt;
    const Line& before = lines[reading.line - 1];
    return before.kind == BlockKind::term ? std::optional(before.span) : std::nullopt;
  }

  static bool equal(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return ascii_lower(x) == ascii_lower(y); });
  }

  static bool stands_before(std::string_view before, std::string_view word) {
    while (!before.empty() && std::string_view(" :(=").find(before.back()) != std::string_view::npos)
      before.remove_suffix(1);
    if (before.size() < word.size() || !equal(before.substr(before.size() - word.size()), word)) return false;
    before.remove_suffix(word.size());
    return before.empty() || !joins(code_point_before(before, before.size()));
  }

  static bool stands_behind(std::string_view behind, std::string_view word) {
    if (!is_ascii_letter(word.front()) || !behind.starts_with(' ')) return false;
    behind.remove_prefix(1);
    if (behind.size() < word.size() || !equal(behind.substr(0, word.size()), word)) return false;
    return behind.size() == word.size() || !is_ascii_letter(behind[word.size()]);
  }

  // The character before makes one word with what follows: an ideograph or a letter.
  static bool joins(char32_t c) {
    constexpr char32_t kFirstIdeograph = 0x3400;
    constexpr char32_t kLastIdeograph = 0x9FFF;
    return (c < 0x80 && is_ascii_letter(static_cast<char>(c))) ||
           (c >= kFirstIdeograph && c <= kLastIdeograph);
  }

  // ---- Both

  [[nodiscard]] static double amount_of(const Reading& reading) {
    return std::get<Number>(reading.value).value.to_double();
  }

  // Integers are exact; of decimals each may be off by half of its last digit.
  [[nodiscard]] static Sum sum_of(const Reading& total, const Slots& parts) {
    Sum sum{amount_of(total), 0, 0};
    const auto half = [](const Reading& reading) {
      const Decimal& value = std::get<Number>(reading.value).value;
      return value.exponent < 0 ? std::pow(10.0, value.exponent) / 2 : 0;
    };
    sum.rounding = half(total);
    for (const Slot& slot : parts) {
      sum.parts += amount_of(*slot.figure);
      sum.rounding += half(*slot.figure);
    }
    sum.rounding += 1e-9 * std::abs(sum.total);  // of adding
    return sum;
  }

  void judge(const Reading& total, const Slots& parts) {
    const Sum sum = sum_of(total, parts);
    if (sum.total <= 0 || sum.holds(rule_.tolerance) || !sum.is_near(rule_.near)) return;
    if (!has_rest(sum, *parts.back().figure)) report(total, parts, sum);
  }

  // What the parts lack stands behind them: those of unknown sex, the men and women of another nationality.
  [[nodiscard]] bool has_rest(const Sum& sum, const Reading& last) const {
    const auto readings = context_.input.readings;
    double rest = sum.total - sum.parts;
    std::size_t looked = 0;
    auto next =
        std::upper_bound(readings.begin(), readings.end(), last.span.start,
                         [](std::uint32_t at, const Reading& reading) { return at < reading.span.start; });
    for (; rest > 0 && next != readings.end() && next->line <= last.line + 1 && looked < kMostRest;
         ++next, ++looked) {
      if (summand(*next, context_.input.rules.numbers) != nullptr) rest -= amount_of(*next);
    }
    return std::abs(rest) <= sum.rounding;
  }

  void report(const Reading& total, const Slots& parts, const Sum& sum) {
    if (!reported_.insert(total.span.start).second) return;
    // A sum of named parts says more of the same figure than a sum of rows.
    if (rule_.parts.empty() && context_.has_reported(rule_.kind, context_.source(total.span))) return;
    constexpr std::size_t kMostRelated = 20;
    std::vector<RelatedPlace> related;
    for (const Slot& slot : parts) {
      if (related.size() == kMostRelated) break;
      related.push_back({context_.source(slot.figure->span), "part: " + context_.shown(slot.figure->span)});
    }
    const double difference = sum.parts - sum.total;
    const std::string message = "the total is " + plain(sum.total) + ", its " + std::to_string(parts.size()) +
                                " parts from " + context_.place(related.front().at) + " on add up to " +
                                plain(sum.parts) + " (" + (difference > 0 ? "+" : "") + plain(difference) +
                                ")";
    context_.report(rule_, context_.source(total.span), message, std::move(related));
  }

  const CheckRule& rule_;
  CheckContext& context_;
  std::set<std::uint32_t> reported_;
};

}  // namespace

void check_totals(const CheckRule& rule, CheckContext& context) { Totals(rule, context).run(); }

}  // namespace yoran
