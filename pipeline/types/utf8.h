// Characters of valid UTF-8, which all text behind the first stage is.
#ifndef YORAN_TYPES_UTF8_H_
#define YORAN_TYPES_UTF8_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace yoran {

// Whether a byte begins a character of three bytes, of which are kana and ideographs.
[[nodiscard]] constexpr bool is_wide_lead(char c) { return (static_cast<unsigned char>(c) & 0xF0U) == 0xE0U; }

// Bytes of the character that begins at a position; 1 at the end of the text.
[[nodiscard]] constexpr std::uint32_t size_at(std::string_view text, std::size_t position) {
  if (position >= text.size()) return 1;
  const auto lead = static_cast<unsigned char>(text[position]);
  return lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

// The code point that begins at a position; 0 at the end of the text.
[[nodiscard]] constexpr char32_t code_point_at(std::string_view text, std::size_t position) {
  if (position >= text.size()) return 0;
  const auto lead = static_cast<unsigned char>(text[position]);
  if (lead < 0x80) return lead;
  const auto rest = [&](std::size_t i) {
    return static_cast<char32_t>(static_cast<unsigned char>(text[position + i]) & 0x3FU);
  };
  if (lead < 0xE0) return (lead & 0x1FU) << 6U | rest(1);
  if (lead < 0xF0) return (lead & 0x0FU) << 12U | rest(1) << 6U | rest(2);
  return (lead & 0x07U) << 18U | rest(1) << 12U | rest(2) << 6U | rest(3);
}

// Bytes of the character that ends before a position behind the start of the text.
[[nodiscard]] constexpr std::uint32_t size_before(std::string_view text, std::size_t position) {
  std::uint32_t size = 1;
  while (size < position && (static_cast<unsigned char>(text[position - size]) & 0xC0U) == 0x80U) ++size;
  return size;
}

// The code point that ends before a position; 0 at the start of the text.
[[nodiscard]] constexpr char32_t code_point_before(std::string_view text, std::size_t position) {
  return position == 0 ? 0 : code_point_at(text, position - size_before(text, position));
}

// Writes a code point; answers how many bytes it has, at most 4.
constexpr std::uint32_t encode_utf8(char32_t c, char* out) {
  if (c < 0x80) {
    out[0] = static_cast<char>(c);
    return 1;
  }
  if (c < 0x800) {
    out[0] = static_cast<char>(0xC0 | (c >> 6));
    out[1] = static_cast<char>(0x80 | (c & 0x3F));
    return 2;
  }
  if (c < 0x10000) {
    out[0] = static_cast<char>(0xE0 | (c >> 12));
    out[1] = static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out[2] = static_cast<char>(0x80 | (c & 0x3F));
    return 3;
  }
  out[0] = static_cast<char>(0xF0 | (c >> 18));
  out[1] = static_cast<char>(0x80 | ((c >> 12) & 0x3F));
  out[2] = static_cast<char>(0x80 | ((c >> 6) & 0x3F));
  out[3] = static_cast<char>(0x80 | (c & 0x3F));
  return 4;
}

inline void append_utf8(std::string& text, char32_t code_point) {
  char bytes[4] = {};
  text.append(bytes, encode_utf8(code_point, bytes));
}

// Kana and the ideographs of the basic plane: no bracket and no end of a sentence is among them.
[[nodiscard]] constexpr bool is_kana_or_ideograph(char32_t c) {
  return (c >= 0x3040 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x9FFF);
}

}  // namespace yoran

#endif  // YORAN_TYPES_UTF8_H_
