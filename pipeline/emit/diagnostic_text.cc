#include "emit/diagnostic_text.h"

#include <algorithm>
#include <vector>

#include "emit/display.h"

namespace yoran {
namespace {

constexpr std::size_t kWidthBefore = 48;  // columns shown before the caret at most
constexpr std::size_t kWidthAfter = 64;   // and from the caret on
constexpr std::string_view kCut = "...";
constexpr std::uint32_t kFarthestColumn =
    20'000;  // further right there is no frame: finding the place takes too long

constexpr std::string_view kReset = "\x1b[0m";
constexpr std::string_view kBold = "\x1b[1m";

std::string_view color_of(Severity severity) {
  constexpr std::string_view kColors[] = {"\x1b[1;36m", "\x1b[1;35m", "\x1b[1;31m"};
  return kColors[static_cast<std::size_t>(severity)];
}

void write_colored(std::string& out, std::string_view text, std::string_view color, const TextStyle& style) {
  if (style.color) out += color;
  out += text;
  if (style.color) out += kReset;
}

// A line as shown: each glyph escaped, with its width.
struct Piece {
  std::string shown;
  std::size_t width = 0;
};

Piece piece_at(std::string_view line, std::size_t& position) {
  const Glyph glyph = glyph_at(line, position);
  position += glyph.bytes.size();
  Piece piece;
  append_visible(piece.shown, glyph);
  piece.width = display_width(piece.shown);
  return piece;
}

// The part of a line before the caret, cut on the left; `position` ends at the caret.
Piece before_caret(std::string_view line, std::uint32_t column, std::size_t& position) {
  std::vector<Piece> pieces;
  std::size_t width = 0;
  for (std::uint32_t i = 1; i < column && position < line.size(); ++i) {
    pieces.push_back(piece_at(line, position));
    width += pieces.back().width;
  }
  Piece all;
  std::size_t first = 0;
  const bool cut = width > kWidthBefore;
  for (; width > kWidthBefore; ++first) width -= pieces[first].width;
  if (cut) all = {std::string(kCut), kCut.size()};
  for (; first < pieces.size(); ++first) all.shown += pieces[first].shown;
  all.width += width;
  return all;
}

// The part from the caret on, cut on the right, and the width of its first `marked` glyphs.
struct Tail {
  std::string shown;
  std::size_t marked_width = 0;
};

Tail from_caret(std::string_view line, std::uint32_t marked, std::size_t position) {
  Tail tail;
  std::size_t width = 0;
  for (std::uint32_t i = 0; position < line.size(); ++i) {
    const Piece piece = piece_at(line, position);
    if (width + piece.width > kWidthAfter) {
      tail.shown += kCut;
      break;
    }
    tail.shown += piece.shown;
    width += piece.width;
    if (i < marked) tail.marked_width = width;
  }
  return tail;
}

}  // namespace

void write_head(std::string& out, std::string_view path, const LineColumn* at, Severity severity,
                const TextStyle& style) {
  std::string place = visible(path);
  if (at != nullptr) place += ":" + std::to_string(at->line) + ":" + std::to_string(at->column);
  place += ":";
  write_colored(out, place, kBold, style);
  out += ' ';
  write_colored(out, std::string(to_string(severity)) + ":", color_of(severity), style);
  out += ' ';
}

void write_frame(std::string& out, std::string_view line_text, LineColumn at, std::uint32_t columns,
                 const TextStyle& style, std::string_view note) {
  if (at.column > kFarthestColumn) return;
  const std::string number = std::to_string(at.line);
  const std::string margin(std::max<std::size_t>(number.size(), 4) - number.size() + 1, ' ');
  std::size_t position = 0;
  const Piece before = before_caret(line_text, at.column, position);
  const Tail tail = from_caret(line_text, columns, position);
  out += margin + number + " | " + before.shown + tail.shown + "\n";
  out.append(margin.size() + number.size(), ' ');
  out += " | " + std::string(before.width, ' ');
  std::string mark = "^";
  if (tail.marked_width > 1) mark.append(tail.marked_width - 1, '~');
  if (!note.empty()) mark += " " + visible(note);
  write_colored(out, mark, color_of(Severity::error), style);
  out += '\n';
}

void write_diagnostic(std::string& out, std::string_view path, const Diagnostic& diagnostic,
                      const LineIndex* lines, const TextStyle& style) {
  const bool placed = diagnostic.at && lines != nullptr;
  const LineColumn at = placed ? lines->at(diagnostic.at->start) : LineColumn{};
  write_head(out, path, placed ? &at : nullptr, diagnostic.severity, style);
  out += visible(diagnostic.message);
  if (!diagnostic.hint.empty()) out += " (" + visible(diagnostic.hint) + ")";
  out += " [" + diagnostic.code + "]\n";
  if (!placed || at.column > kFarthestColumn) return;
  const LineColumn end = lines->at(diagnostic.at->end);
  const std::uint32_t columns = end.line == at.line ? end.column - at.column : kWidthAfter;
  write_frame(out, lines->line_text(at.line), at, std::max(columns, 1U), style);
}

std::string_view line_of(std::string_view text, std::uint32_t number) {
  for (; number > 1; --number) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return {};
    text.remove_prefix(end + 1);
  }
  text = text.substr(0, text.find('\n'));
  if (text.ends_with('\r')) text.remove_suffix(1);
  return text;
}

}  // namespace yoran
