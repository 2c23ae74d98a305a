#include "link/context.h"

#include <algorithm>

#include "link/sentence.h"

namespace yoran {
namespace {

// A grid of more places than this is not indexed: it is no table a value is read from.
constexpr std::uint64_t kMaxGridPlaces = 4'000'000;

}  // namespace

LinkContext::LinkContext(const Document& document_in, const Text& text_in, const Segments& segments_in,
                         const Mentions& mentions_in, std::span<const Reading> readings_in_order,
                         const RulePack& rules_in)
    : document(document_in),
      text(text_in),
      segments(segments_in),
      mentions(mentions_in),
      readings(readings_in_order),
      rules(rules_in),
      grids_(segments_in.grids.size()) {
  starts_.reserve(readings.size());
  for (const Reading& reading : readings) {
    starts_.push_back(reading.span.start);
    if (const auto* date = std::get_if<Date>(&reading.value))
      latest_year_ = std::max(latest_year_, date->first.year);
    if (const auto* address = address_in(reading.value))
      address_codes_.push_back(address->local_government_code);
  }
  std::sort(address_codes_.begin(), address_codes_.end());
  std::uint64_t places = 0;
  for (std::size_t g = 0; g < grids_.size(); ++g) {
    const Grid& grid = segments.grids[g];
    places += std::uint64_t{grid.rows} * grid.columns;
    if (places > kMaxGridPlaces) return;
    grids_[g].columns = grid.columns;
    grids_[g].cells.assign(std::size_t{grid.rows} * grid.columns, kNone);
    for (std::uint32_t c = grid.first_cell; c < grid.last_cell; ++c) {
      const GridCell& cell = segments.cells[c];
      const std::uint32_t last_row = std::min(cell.row + cell.row_span, grid.rows);
      const std::uint32_t last_column = std::min(cell.column + cell.column_span, grid.columns);
      for (std::uint32_t row = cell.row; row < last_row; ++row) {
        for (std::uint32_t column = cell.column; column < last_column; ++column) {
          grids_[g].cells[std::size_t{row} * grid.columns + column] = c;
        }
      }
    }
  }
}

std::size_t LinkContext::first_reading(std::uint32_t position) const {
  return static_cast<std::size_t>(std::lower_bound(starts_.begin(), starts_.end(), position) -
                                  starts_.begin());
}

const Reading* LinkContext::reading_at(std::uint32_t position) const {
  const std::size_t next = first_reading(position);
  if (next < readings.size() && readings[next].span.start == position) return &readings[next];
  if (next > 0 && readings[next - 1].span.end > position) return &readings[next - 1];
  return nullptr;
}

std::span<const Reading> LinkContext::readings_in(TextSpan span) const {
  const std::size_t first = first_reading(span.start);
  const std::size_t last = first_reading(span.end);
  return readings.subspan(first, last - first);
}

bool LinkContext::has_address_in(std::string_view local_government_code) const {
  return std::binary_search(address_codes_.begin(), address_codes_.end(), local_government_code);
}

std::span<const WordMention> LinkContext::words_in(TextSpan span) const { return mentions.words_in(span); }

bool LinkContext::begins_label(std::uint32_t position, std::uint32_t but) const {
  const auto words = words_in({position, position + 1});
  return std::any_of(words.begin(), words.end(), [&](const WordMention& word) {
    return static_cast<WordCategory>(word.category) == WordCategory::label &&
           rules.labels[word.entry].field != but;
  });
}

bool LinkContext::is_set_off(std::uint32_t index) const {
  if (index == 0 || index >= segments.lines.size()) return false;
  const std::uint32_t end = line(index - 1).span.end;
  const std::string_view between = folded().substr(end, line(index).span.start - end);
  return std::count(between.begin(), between.end(), '\n') > 1;
}

std::uint32_t LinkContext::line_at(std::uint32_t position) const {
  const auto after =
      std::upper_bound(segments.lines.begin(), segments.lines.end(), position,
                       [](std::uint32_t at, const Line& line) { return at < line.span.start; });
  return after == segments.lines.begin() ? 0 : static_cast<std::uint32_t>(after - segments.lines.begin()) - 1;
}

TextSpan LinkContext::sentence_of(std::uint32_t line_index, std::uint32_t position) const {
  FoundSentence& found = sentences_[position % sentences_.size()];
  if (found.line != line_index || found.position != position)
    found = {line_index, position, sentence_at(text, line(line_index), position)};
  return found.span;
}

const GridCell* LinkContext::cell_at(std::uint32_t grid, std::uint32_t row, std::uint32_t column) const {
  const GridIndex& index = grids_[grid];
  const std::size_t place = std::size_t{row} * index.columns + column;
  if (column >= index.columns || place >= index.cells.size() || index.cells[place] == kNone) return nullptr;
  return &segments.cells[index.cells[place]];
}

const GridCell* LinkContext::cell_of(std::uint32_t line_index, std::uint32_t position) const {
  const std::uint32_t html_cell = line(line_index).cell;
  if (html_cell != kNone) return &segments.cells[html_cell];
  // Cells drawn in plain text follow those of HTML, in text order.
  const auto drawn = segments.cells.begin() + static_cast<std::ptrdiff_t>(document.cells.size());
  auto after = std::upper_bound(drawn, segments.cells.end(), position,
                                [](std::uint32_t at, const GridCell& cell) { return at < cell.span.start; });
  while (after != drawn) {
    --after;
    if (!after->span.empty()) return position < after->span.end ? &*after : nullptr;
  }
  return nullptr;
}

}  // namespace yoran
