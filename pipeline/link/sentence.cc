#include "link/sentence.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "types/ascii.h"
#include "types/utf8.h"

namespace yoran {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t'; }

TextSpan trimmed(std::string_view text, TextSpan span) {
  while (span.start < span.end && is_blank(text[span.start])) ++span.start;
  while (span.start < span.end && is_blank(text[span.end - 1])) --span.end;
  return span;
}

// "J." and "U.S." by their single letter, "St." and "No." by their few letters and their capital.
bool is_abbreviation(std::string_view line, std::size_t stop) {
  std::size_t start = stop;
  while (start > 0 && stop - start <= 3 && is_ascii_letter(line[start - 1])) --start;
  const std::size_t letters = stop - start;
  if (letters == 1) return true;
  return letters >= 2 && letters <= 3 && !is_ascii_lower(line[start]) && is_ascii_lower(line[start + 1]);
}

// A full stop ends a sentence only before a blank that no small letter follows.
bool full_stop_ends(std::string_view line, std::size_t stop) {
  const std::size_t next = stop + 1;
  if (next == line.size()) return true;
  const bool closes = line[next] == '"' || line[next] == '\'' || line[next] == ')';
  // Glued on: the full stop of a word in small letters, a word with a capital behind it.
  std::size_t word_end = stop;
  if (word_end > 0 && (line[word_end - 1] == '"' || line[word_end - 1] == ')')) --word_end;
  const bool glued = word_end > 1 && is_ascii_lower(line[word_end - 1]) &&
                     is_ascii_lower(line[word_end - 2]) && next + 1 < line.size() &&
                     is_ascii_letter(line[next]) && !is_ascii_lower(line[next]) &&
                     is_ascii_lower(line[next + 1]);
  if (glued) return true;
  if (!is_blank(line[next]) && !closes) return false;
  const std::size_t word = line.find_first_not_of(" \t\"')", next);
  return (word == std::string_view::npos || !is_ascii_lower(line[word])) && !is_abbreviation(line, stop);
}

// Closing quotes and brackets stay with the sentence they close.
std::size_t after_closers(std::string_view line, std::size_t i) {
  while (i < line.size()) {
    const char32_t c = code_point_at(line, i);
    const std::int8_t type = u_charType(static_cast<UChar32>(c));
    if (c != '"' && c != '\'' && type != U_END_PUNCTUATION && type != U_FINAL_PUNCTUATION) break;
    i += size_at(line, i);
  }
  return i;
}

// Behind the sentence that the character [i, next) ends, or 0 if it ends none.
std::size_t sentence_end(std::string_view line, std::size_t i, std::size_t next, char32_t c) {
  if (!is_terminator(c) || (c == '.' && !full_stop_ends(line, i))) return 0;
  return after_closers(line, next);
}

// Whether a byte begins a character that may end a sentence. Most do not: other ASCII, bytes inside a
// character, the first byte of most ideographs.
constexpr std::array<bool, 256> kMayEnd = [] {
  std::array<bool, 256> may_end{};
  for (std::size_t byte = 0xC2; byte < may_end.size(); ++byte) may_end[byte] = byte < 0xE4 || byte > 0xE9;
  may_end['.'] = may_end['!'] = may_end['?'] = true;
  return may_end;
}();

bool may_end(std::string_view line, std::size_t i) { return kMayEnd[static_cast<unsigned char>(line[i])]; }

std::size_t sentence_start_before(std::string_view line, std::size_t position, std::size_t floor) {
  for (std::size_t i = position; i-- > floor;) {
    if (!may_end(line, i)) continue;
    const std::size_t end = sentence_end(line, i, i + size_at(line, i), code_point_at(line, i));
    if (end != 0 && end <= position) return end;
  }
  return floor;
}

std::size_t sentence_end_after(std::string_view line, std::size_t position, std::size_t ceiling) {
  for (std::size_t i = position; i < ceiling; ++i) {
    if (!may_end(line, i)) continue;
    const std::size_t end = sentence_end(line, i, i + size_at(line, i), code_point_at(line, i));
    if (end != 0) return std::min(end, ceiling);
  }
  return ceiling;
}

bool continues_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

}  // namespace

bool is_terminator(char32_t c) {
  if (c < 0x80) return c == '.' || c == '!' || c == '?';
  return !is_kana_or_ideograph(c) && u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_S_TERM) != 0;
}

TextSpan sentence_at(const Text& text, const Line& line, std::uint32_t position) {
  const std::string_view whole = text.at(line.span);
  std::size_t at = std::min<std::size_t>(position - line.span.start, whole.size());
  while (at > 0 && at < whole.size() && continues_character(whole[at])) --at;
  std::size_t floor = at > kMaxSentenceBytes ? at - kMaxSentenceBytes : 0;
  std::size_t ceiling = std::min<std::size_t>(at + kMaxSentenceBytes, whole.size());
  while (floor < at && continues_character(whole[floor])) ++floor;
  while (ceiling > at && ceiling < whole.size() && continues_character(whole[ceiling])) --ceiling;
  const std::string_view near = whole.substr(0, ceiling);
  const auto start = static_cast<std::uint32_t>(sentence_start_before(near, at, floor));
  const auto end = static_cast<std::uint32_t>(sentence_end_after(near, at, ceiling));
  return trimmed(text.folded, {line.span.start + start, line.span.start + std::max(start, end)});
}

}  // namespace yoran
