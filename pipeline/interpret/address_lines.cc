#include "interpret/address_lines.h"

#include <algorithm>

#include "rulepack/guards.h"

namespace yoran {

std::uint32_t AddressLines::line_of(std::uint32_t position) const {
  const auto after =
      std::upper_bound(lines().begin(), lines().end(), position,
                       [](std::uint32_t at, const Line& line) { return at < line.span.start; });
  return after == lines().begin() ? 0 : static_cast<std::uint32_t>(after - lines().begin() - 1);
}

bool AddressLines::adjoins(std::uint32_t index) const {
  if (index + 1 >= size()) return false;
  const Line& a = lines()[index];
  const Line& b = lines()[index + 1];
  if (a.cell != b.cell || a.region != b.region || a.kind == BlockKind::title) return false;
  const std::string_view between = context_.folded().substr(a.span.end, b.span.start - a.span.end);
  return std::count(between.begin(), between.end(), '\n') <= 1;
}

bool AddressLines::joined(std::uint32_t index) const {
  if (!adjoins(index)) return false;
  const Line& a = lines()[index];
  const Line& b = lines()[index + 1];
  const auto is_head = [](const Line& line) {
    return line.kind == BlockKind::heading || line.kind == BlockKind::term;
  };
  if (is_head(a) || is_head(b)) return false;
  return a.block == b.block || (is_whole_block(index) && is_whole_block(index + 1));
}

bool AddressLines::is_whole_block(std::uint32_t index) const {
  const std::uint32_t block = lines()[index].block;
  return (index == 0 || lines()[index - 1].block != block) &&
         (index + 1 >= size() || lines()[index + 1].block != block);
}

std::span<const GridCell> AddressLines::row_of(std::uint32_t index) const {
  constexpr std::uint32_t kMostCells = 30;
  const std::vector<GridCell>& cells = context_.segments.cells;
  const std::uint32_t own = lines()[index].cell;
  if (own >= cells.size()) return {};
  const auto in_row = [&](std::uint32_t cell) {
    return cells[cell].table == cells[own].table && cells[cell].row == cells[own].row;
  };
  std::uint32_t first = own;
  while (first > 0 && own - first < kMostCells / 2 && in_row(first - 1)) --first;
  std::uint32_t last = own + 1;
  while (last < cells.size() && last < first + kMostCells && in_row(last)) ++last;
  return std::span(cells).subspan(first, last - first);
}

std::span<const Reading> AddressLines::contacts_from(std::uint32_t position) const {
  const auto first =
      std::lower_bound(contacts_.begin(), contacts_.end(), position,
                       [](const Reading& contact, std::uint32_t at) { return contact.span.end <= at; });
  return contacts_.subspan(static_cast<std::size_t>(first - contacts_.begin()));
}

std::uint32_t AddressLines::contact_in(std::uint32_t start, std::uint32_t end) const {
  const std::span<const Reading> contacts = contacts_from(start);
  if (contacts.empty() || contacts.front().span.start >= end) return end;
  return std::max(contacts.front().span.start, start);
}

std::uint32_t AddressLines::row_end(std::uint32_t index, std::uint32_t position) const {
  const Line& line = lines()[index];
  if (context_.document.media_type == MediaType::html) return line.span.end;
  const std::vector<Block>& blocks = context_.document.blocks;
  const std::size_t last = index + 1 < size() ? lines()[index + 1].block : blocks.size();
  const auto next = std::upper_bound(
      blocks.begin() + line.block, blocks.begin() + static_cast<std::ptrdiff_t>(last), position,
      [&](std::uint32_t at, const Block& block) { return at < context_.text.map.derived(block.span.start); });
  if (next == blocks.begin() + static_cast<std::ptrdiff_t>(last)) return line.span.end;
  return std::min(context_.text.map.derived(next->span.start), line.span.end);
}

std::uint32_t AddressLines::contact_end(std::uint32_t position) const {
  const std::span<const Reading> contacts = contacts_from(position);
  return contacts.empty() ? position : contacts.front().span.end;
}

std::uint32_t AddressLines::contact_words_in(std::uint32_t start, std::uint32_t end) const {
  std::uint32_t at = contact_in(start, end);
  if (at == end) return end;
  const std::string_view text = context_.folded();
  const auto is_mark = [](char c) {
    return std::string_view(" \t:./([|+-,").find(c) != std::string_view::npos;
  };
  for (bool moved = true; moved;) {
    moved = false;
    while (at > start && is_mark(text[at - 1])) --at;
    const std::size_t size = context_.rules.addresses.before(text.substr(0, at), at, AddressWord::contact);
    // "2F TEL": the letter of a floor is none.
    const bool floor = size == 1 && at > start + 1 && is_ascii_digit(text[at - 2]);
    if (size > 0 && at >= start + size && !floor) at -= static_cast<std::uint32_t>(size), moved = true;
  }
  while (at > start && is_mark(text[at - 1])) --at;
  return at;
}

std::uint32_t skip_blanks(std::string_view text, std::uint32_t position, std::uint32_t end) {
  while (position < end && (text[position] == ' ' || text[position] == '\t')) ++position;
  return position;
}

std::string_view trimmed(std::string_view text) {
  const TextSpan span = trimmed_span(text, {0, static_cast<std::uint32_t>(text.size())});
  return text.substr(span.start, span.size());
}

TextSpan trimmed_span(std::string_view text, TextSpan span) {
  const auto is_edge = [](char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == ',' || c == ';' || c == '*';
  };
  while (span.start < span.end && is_edge(text[span.start])) ++span.start;
  while (span.start < span.end && is_edge(text[span.end - 1])) --span.end;
  return span;
}

bool is_ideograph(char32_t c) {
  return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || c == 0x3005 ||
         (c >= 0x20000 && c <= 0x3FFFF) || (c >= 0xF900 && c <= 0xFAFF);
}

bool is_kana(char32_t c) { return (c >= 0x3041 && c <= 0x30FF && c != 0x30FB); }

}  // namespace yoran
