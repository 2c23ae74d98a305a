// What stage 2 makes of the decoded text: the form that rules are matched against.
#ifndef YORAN_TYPES_TEXT_H_
#define YORAN_TYPES_TEXT_H_

#include <string>

#include "types/document.h"
#include "types/offset_map.h"
#include "types/span.h"

namespace yoran {

struct Text {
  std::string folded;  // valid UTF-8: width, dashes, spaces and digits folded
  OffsetMap map;       // folded -> Document::text

  [[nodiscard]] std::string_view at(TextSpan span) const { return slice(folded, span); }
  [[nodiscard]] DecodedSpan decoded(TextSpan span) const { return map.origin<DecodedSpan>(span); }
};

[[nodiscard]] inline SourceSpan source_of(const Document& document, DecodedSpan span) {
  return document.source_map.origin<SourceSpan>(span);
}
[[nodiscard]] inline SourceSpan source_of(const Document& document, const Text& text, TextSpan span) {
  return source_of(document, text.decoded(span));
}

}  // namespace yoran

#endif  // YORAN_TYPES_TEXT_H_
