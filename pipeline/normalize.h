// Stage 2, normalize: Document -> Text.
// In:     document.text, valid UTF-8 (read guarantees it).
// Out:    folded UTF-8 and an OffsetMap; every TextSpan maps to the smallest DecodedSpan that covers it.
//         Width and square forms, digits, blanks, dashes and line ends are folded, zero-width characters are
//         removed (rulepack/fold_table.h), what is left is canonically composed (NFC), and a long mark
//         between digits is a dash. Letters, superscripts and circled digits stay. Of more than kMaxMarks
//         marks on one letter the rest is dropped: ordering marks costs the square of their number, and no
//         script has so many.
// Errors: none.
// Source: UAX #15, restricted to wide, narrow and square forms; why restricted: normalize_test.cc,
// FootnoteDigits.
#ifndef YORAN_NORMALIZE_H_
#define YORAN_NORMALIZE_H_

#include "rulepack/fold_table.h"
#include "types/document.h"
#include "types/text.h"

namespace yoran {

inline constexpr int kMaxMarks = 64;

[[nodiscard]] Text normalize(const Document& document, const FoldTable& folds);

}  // namespace yoran

#endif  // YORAN_NORMALIZE_H_
