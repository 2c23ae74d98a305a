// Half-open ranges of bytes, one type for each text they count in.
//
//   SourceSpan   bytes of the original input: its own charset, markup included
//   DecodedSpan  bytes of Document::text: UTF-8, entities resolved, tags gone
//   TextSpan     bytes of Text::folded: what the rules are matched against
//
// The three do not convert into one another; Document::source_map and Text::map are the only way across.
#ifndef YORAN_TYPES_SPAN_H_
#define YORAN_TYPES_SPAN_H_

#include <algorithm>
#include <compare>
#include <cstdint>
#include <string_view>

namespace yoran {

template <class Space>
struct Span {
  std::uint32_t start = 0;
  std::uint32_t end = 0;

  [[nodiscard]] constexpr std::uint32_t size() const { return end - start; }
  [[nodiscard]] constexpr bool empty() const { return start == end; }
  [[nodiscard]] constexpr bool contains(Span other) const { return start <= other.start && other.end <= end; }
  [[nodiscard]] constexpr bool overlaps(Span other) const { return start < other.end && other.start < end; }
  friend constexpr auto operator<=>(const Span&, const Span&) = default;
};

using SourceSpan = Span<struct SourceSpace>;
using DecodedSpan = Span<struct DecodedSpace>;
using TextSpan = Span<struct TextSpace>;

// The smallest span that covers both.
template <class Space>
[[nodiscard]] constexpr Span<Space> cover(Span<Space> a, Span<Space> b) {
  return {std::min(a.start, b.start), std::max(a.end, b.end)};
}

// The bytes of `text` at `span`; `text` must be the text the span counts in.
template <class Space>
[[nodiscard]] constexpr std::string_view slice(std::string_view text, Span<Space> span) {
  return text.substr(span.start, span.size());
}

}  // namespace yoran

#endif  // YORAN_TYPES_SPAN_H_
