// Text on a terminal: how wide it is, and what must not reach it as it is.
#ifndef YORAN_EMIT_DISPLAY_H_
#define YORAN_EMIT_DISPLAY_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace yoran {

// One character of a byte string that need not be UTF-8.
struct Glyph {
  std::string_view bytes;       // as they stand
  std::int32_t code_point = 0;  // < 0: these bytes are no character
};

// The glyph that begins at `position`, which must be inside the text; of bad UTF-8 one byte.
[[nodiscard]] Glyph glyph_at(std::string_view text, std::size_t position);

// Columns on a terminal, after the East Asian width: 2 for wide and full-width, 0 for combining marks.
[[nodiscard]] std::size_t display_width(std::int32_t code_point);
[[nodiscard]] std::size_t display_width(std::string_view utf8);

// The glyph as it may be shown: control characters, characters that turn the writing direction and bad bytes
// as backslash, x or u, and hexadecimal digits; tabs as a blank.
void append_visible(std::string& out, const Glyph& glyph);
[[nodiscard]] std::string visible(std::string_view text);

// Cut to at most `width` columns, with "..." at the cut.
[[nodiscard]] std::string shortened(std::string_view utf8, std::size_t width);
// Filled with blanks on the right.
[[nodiscard]] std::string padded(std::string utf8, std::size_t width);

// The same text with bad bytes replaced by U+FFFD: file names need not be UTF-8, records must.
[[nodiscard]] std::string well_formed(std::string_view text);
[[nodiscard]] bool is_valid_utf8(std::string_view text);

}  // namespace yoran

#endif  // YORAN_EMIT_DISPLAY_H_
