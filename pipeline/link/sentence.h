// Sentences: the one around a place of a line.
#ifndef YORAN_LINK_SENTENCE_H_
#define YORAN_LINK_SENTENCE_H_

#include <cstdint>

#include "types/segments.h"
#include "types/text.h"

namespace yoran {

// The sign ends sentences: Unicode's Sentence_Terminal, the full stop among them.
[[nodiscard]] bool is_terminator(char32_t c);

// A full stop ends a sentence only where it is none of a number or
// an abbreviation. Never crosses the line; looks at no more than this many bytes to each side.
inline constexpr std::uint32_t kMaxSentenceBytes = 800;
[[nodiscard]] TextSpan sentence_at(const Text& text, const Line& line, std::uint32_t position);

}  // namespace yoran

#endif  // YORAN_LINK_SENTENCE_H_
