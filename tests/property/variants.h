// The same document in other bytes: another charset, other line ends, wide digits, text around it.
#ifndef YORAN_TESTS_PROPERTY_VARIANTS_H_
#define YORAN_TESTS_PROPERTY_VARIANTS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "types/document.h"

namespace yoran {

inline constexpr std::size_t kInserted = SIZE_MAX;

struct Variant {
  std::string name;
  std::string charset;   // in which it is encoded
  bool declared = true;  // the charset is told to the program; false: a BOM says it
  std::string bytes;
  std::vector<std::size_t> origins;  // of each character: which one of the document it stands for
};

// Those that can be made: what a charset does not hold is left out.
[[nodiscard]] std::vector<Variant> charset_variants(std::u32string_view text);
[[nodiscard]] Variant decomposed(std::u32string_view text);
[[nodiscard]] Variant with_wide_digits(std::u32string_view text, MediaType type);
[[nodiscard]] Variant with_crlf(std::u32string_view text);
[[nodiscard]] Variant with_filler(std::u32string_view text, MediaType type);

}  // namespace yoran

#endif  // YORAN_TESTS_PROPERTY_VARIANTS_H_
