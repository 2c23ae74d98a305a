#include "emit/display.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <cstdio>

#include "types/utf8.h"

namespace yoran {

Glyph glyph_at(std::string_view text, std::size_t position) {
  const auto first = static_cast<unsigned char>(text[position]);
  if (first < 0x80) return {text.substr(position, 1), first};
  const std::string_view window = text.substr(position, 4);
  std::int32_t i = 0;
  UChar32 code_point = 0;
  U8_NEXT(window.data(), i, static_cast<std::int32_t>(window.size()), code_point);
  if (code_point < 0) return {window.substr(0, 1), -1};
  return {window.substr(0, static_cast<std::size_t>(i)), code_point};
}

std::size_t display_width(std::int32_t code_point) {
  if (code_point < 0x300) return 1;
  const int category = u_charType(code_point);
  if (category == U_NON_SPACING_MARK || category == U_ENCLOSING_MARK) return 0;
  const int width = u_getIntPropertyValue(code_point, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

std::size_t display_width(std::string_view utf8) {
  std::size_t width = 0;
  for (std::size_t i = 0; i < utf8.size();) {
    const Glyph glyph = glyph_at(utf8, i);
    width += display_width(glyph.code_point);
    i += glyph.bytes.size();
  }
  return width;
}

namespace {

// What moves the cursor, colours the screen or turns the writing direction.
bool is_unsafe(std::int32_t code_point) {
  if (code_point < 0x20 || code_point == 0x7F) return true;
  if (code_point < 0x80) return false;
  const int category = u_charType(code_point);
  return category == U_CONTROL_CHAR || category == U_FORMAT_CHAR || category == U_LINE_SEPARATOR ||
         category == U_PARAGRAPH_SEPARATOR;
}

}  // namespace

void append_visible(std::string& out, const Glyph& glyph) {
  char escaped[16];
  if (glyph.code_point == '\t') {
    out += ' ';
  } else if (glyph.code_point == '\n') {
    out += "\\n";
  } else if (glyph.code_point < 0) {
    std::snprintf(escaped, sizeof escaped, "\\x%02x", static_cast<unsigned char>(glyph.bytes.front()));
    out += escaped;
  } else if (is_unsafe(glyph.code_point)) {
    std::snprintf(escaped, sizeof escaped, glyph.code_point < 0x100 ? "\\x%02x" : "\\u%04x",
                  static_cast<unsigned>(glyph.code_point));
    out += escaped;
  } else {
    out += glyph.bytes;
  }
}

std::string visible(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const Glyph glyph = glyph_at(text, i);
    append_visible(out, glyph);
    i += glyph.bytes.size();
  }
  return out;
}

std::string shortened(std::string_view utf8, std::size_t width) {
  constexpr std::string_view kCut = "...";
  std::size_t used = 0;
  std::size_t cut = 0;  // where the text ends if the mark of the cut has to follow
  for (std::size_t i = 0; i < utf8.size();) {
    const Glyph glyph = glyph_at(utf8, i);
    used += display_width(glyph.code_point);
    i += glyph.bytes.size();
    if (used > width) return std::string(utf8.substr(0, cut)) + std::string(kCut);
    if (used + kCut.size() <= width) cut = i;
  }
  return std::string(utf8);
}

std::string padded(std::string utf8, std::size_t width) {
  const std::size_t used = display_width(utf8);
  if (used < width) utf8.append(width - used, ' ');
  return utf8;
}

bool is_valid_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    if (static_cast<unsigned char>(text[i]) < 0x80) {
      ++i;
      continue;
    }
    const Glyph glyph = glyph_at(text, i);
    if (glyph.code_point < 0) return false;
    i += glyph.bytes.size();
  }
  return true;
}

std::string well_formed(std::string_view text) {
  constexpr char32_t kReplacement = 0xFFFD;
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const Glyph glyph = glyph_at(text, i);
    if (glyph.code_point < 0)
      append_utf8(out, kReplacement);
    else
      out += glyph.bytes;
    i += glyph.bytes.size();
  }
  return out;
}

}  // namespace yoran
