// Bytes of any charset to UTF-8, and the way back; and which charset it is.
//
// UTF-8, UTF-16, ISO-2022-JP, Shift_JIS, EUC-JP and single bytes are decoded here, by tables that are built
// once from ICU's converters; all else that ICU knows by ICU. What cannot be decoded becomes U+FFFD.
#ifndef YORAN_READ_CHARSET_H_
#define YORAN_READ_CHARSET_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "types/offset_map.h"
#include "types/span.h"

namespace yoran {

enum class Encoding : std::uint8_t {
  utf8,
  utf16le,
  utf16be,
  shift_jis,
  euc_jp,
  iso_2022_jp,
  single_byte,
  other
};

struct Charset {
  std::string name;  // as written to the record
  Encoding encoding = Encoding::utf8;
  std::string converter;  // ICU's name, for single_byte and other
  friend bool operator==(const Charset&, const Charset&) = default;
};

// The charset of a label as pages and users write it ("sjis", "latin1"), the way browsers read labels; labels
// they do not know are asked of ICU.
[[nodiscard]] std::optional<Charset> find_charset(std::string_view label);

// The label an HTML page or XML document declares for itself near its beginning; empty: none.
[[nodiscard]] std::string declared_charset(std::string_view html);

// BOM in front of the bytes: 0, 2 or 3 bytes, and the charset it means.
struct ByteOrderMark {
  std::uint32_t size = 0;
  Encoding encoding = Encoding::utf8;
};
[[nodiscard]] ByteOrderMark byte_order_mark(std::string_view bytes);

// What the bytes look like, without a word from anyone. Never fails: windows-1252 takes all.
[[nodiscard]] Charset detect_charset(std::string_view bytes);

// UTF-16 by the look of a first few kilobytes, for bytes without a BOM.
[[nodiscard]] std::optional<Encoding> detect_utf16(std::string_view bytes);

[[nodiscard]] bool is_ascii(std::string_view bytes);
[[nodiscard]] bool is_utf8(std::string_view bytes);

// Are the bytes UTF-8 beyond doubt: valid, and with sequences no other charset has by chance?
[[nodiscard]] bool is_surely_utf8(std::string_view bytes);

struct Decoded {
  std::string text;              // valid UTF-8
  OffsetMap map;                 // text -> bytes
  std::uint32_t characters = 0;  // beyond ASCII, roughly
  std::uint32_t invalid = 0;     // places that could not be decoded
  SourceSpan first_invalid;
};

// Decodes the bytes from `start` on.
[[nodiscard]] Decoded decode(std::string_view bytes, std::size_t start, const Charset& charset);

}  // namespace yoran

#endif  // YORAN_READ_CHARSET_H_
