// From a span of folded text to the bytes it was read from.
#ifndef YORAN_TYPES_EVIDENCE_H_
#define YORAN_TYPES_EVIDENCE_H_

#include <string>
#include <utility>
#include <vector>

#include "types/document.h"
#include "types/record.h"
#include "types/text.h"

namespace yoran {

[[nodiscard]] inline Evidence evidence_of(const Document& document, const Text& text, TextSpan span,
                                          std::string rule, const std::vector<TextSpan>& pieces = {}) {
  Evidence evidence;
  const DecodedSpan decoded = text.decoded(span);
  evidence.text = std::string(slice(document.text, decoded));
  evidence.span = source_of(document, decoded);
  evidence.at = document.lines.at(evidence.span.start);
  evidence.rule = std::move(rule);
  for (const TextSpan piece : pieces) evidence.spans.push_back(source_of(document, text, piece));
  return evidence;
}

}  // namespace yoran

#endif  // YORAN_TYPES_EVIDENCE_H_
