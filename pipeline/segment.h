// Stage 3, segment: Text -> Segments.
// In:     document.blocks, cells and tables; the folded text and its map.
// Out:    lines without surrounding blanks, marks and bullets; grids of cells (HTML tables first, at the
// indices they
//         have in the document, then those drawn in the text); sections; the language of each line.
// Errors: none. What is not a line: empty lines and lines that only draw (underlines, rules of tables).
#ifndef YORAN_SEGMENT_H_
#define YORAN_SEGMENT_H_

#include "rulepack/segment_rules.h"
#include "types/document.h"
#include "types/segments.h"
#include "types/text.h"

namespace yoran {

// In plain text and Markdown the lines of a wrapped paragraph are one line; the line ends inside it become
// blanks of `text`.
[[nodiscard]] Segments segment(const Document& document, Text& text, const SegmentRules& rules);

}  // namespace yoran

#endif  // YORAN_SEGMENT_H_
