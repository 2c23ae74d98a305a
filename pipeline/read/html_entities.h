// The named character references of the HTML standard.
#ifndef YORAN_READ_HTML_ENTITIES_H_
#define YORAN_READ_HTML_ENTITIES_H_

#include <span>
#include <string_view>

namespace yoran {

struct HtmlEntity {
  std::string_view name;  // behind the "&", with its ";" unless the standard does without
  char32_t first = 0;
  char32_t second = 0;  // 0: one code point
};

inline constexpr std::size_t kMaxEntityName = 32;

// Sorted by the bytes of the name.
[[nodiscard]] std::span<const HtmlEntity> html_entities();

}  // namespace yoran

#endif  // YORAN_READ_HTML_ENTITIES_H_
