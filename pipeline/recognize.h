// Stage 4, recognize: Segments -> Mentions.
// In:     folded text, its lines, the rules.
// Out:    spans of labels, titles, places, numbers, dates, phones, URLs, e-mails and postal codes, in text
// order. They
//         may overlap: whether a run of characters is a value is decided in stage 5.
// Errors: none.
// One scan of the text finds every trigger (a digit, a word of the trie); a pattern runs only where its
// trigger stands, anchored, on the rest of that line. Cost is linear in the text: a window is at most kWindow
// bytes.
#ifndef YORAN_RECOGNIZE_H_
#define YORAN_RECOGNIZE_H_

#include "rulepack/rulepack.h"
#include "types/mention.h"
#include "types/segments.h"
#include "types/text.h"

namespace yoran {

[[nodiscard]] Mentions recognize(const Text& text, const Segments& segments, const RulePack& rules);

}  // namespace yoran

#endif  // YORAN_RECOGNIZE_H_
