// What a source holds at a span, read again by ICU and a few simple rules: the oracle for evidence.
#ifndef YORAN_TESTS_PROPERTY_DECODED_SOURCE_H_
#define YORAN_TESTS_PROPERTY_DECODED_SOURCE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "types/line_index.h"

namespace yoran {

class DecodedSource {
 public:
  struct Character {
    char32_t code_point = 0;
    std::uint32_t start = 0;  // bytes of the source
    std::uint32_t end = 0;    // escape sequences belong to no character
  };

  // Decodes the whole, so that it holds for charsets with states too; a BOM is no character.
  DecodedSource(std::string_view bytes, const std::string& charset);

  [[nodiscard]] const std::vector<Character>& characters() const { return characters_; }
  [[nodiscard]] std::u32string text() const;

  // The characters that stand exactly at a span: first, and behind the last. None if an end is inside a
  // character.
  struct Range {
    std::size_t first = 0;
    std::size_t last = 0;
    friend bool operator==(const Range&, const Range&) = default;
  };
  [[nodiscard]] std::optional<Range> range(std::uint32_t start, std::uint32_t end) const;
  [[nodiscard]] std::u32string text(Range range) const;
  [[nodiscard]] LineColumn place(std::size_t character) const;

 private:
  std::vector<Character> characters_;
};

// In UTF-8, and back.
[[nodiscard]] std::string to_utf8(std::u32string_view text);
[[nodiscard]] std::u32string to_utf32(std::string_view utf8);

// The bytes of a text in a charset; none if some character is not in it.
[[nodiscard]] std::optional<std::string> encode(std::u32string_view text, const std::string& charset);

// Line ends are LF.
[[nodiscard]] std::u32string with_lf(std::u32string_view text);
// Markup gone, entities resolved, <br> and tags of blocks as line ends.
[[nodiscard]] std::u32string without_markup(std::u32string_view html);
[[nodiscard]] std::u32string without_blanks(std::u32string_view text);

}  // namespace yoran

#endif  // YORAN_TESTS_PROPERTY_DECODED_SOURCE_H_
