// Stage 4, recognize: Segments -> Mentions.
// In:     folded text, its lines, the rules.
// Out:    spans of labels, titles, places, numbers, dates, phones, URLs, e-mails and postal codes, in text
// order. They
//         may overlap: whether a run of characters is a value is decided in stage 5.
// Errors: none; behind `max_mentions` the text stays unread, see Mentions::unread.
// One scan of the text finds every trigger (a digit, a word of the trie); a pattern runs only where its
// trigger stands, anchored, on the rest of that line. Cost is linear in the text: a window is at most kWindow
// bytes.
#ifndef YORAN_RECOGNIZE_H_
#define YORAN_RECOGNIZE_H_

#include <vector>

#include "rulepack/rulepack.h"
#include "types/cost.h"
#include "types/mention.h"
#include "types/segments.h"
#include "types/text.h"

namespace yoran {

// More typed things than this no page has that a record is made from; each costs memory in every later stage.
inline constexpr std::size_t kMaxMentions = 200'000;
// Words cost little, and most of them are labels.
inline constexpr std::size_t kWordsForMention = 8;

// `costs`: if given, becomes what each entity pattern took, by its index.
[[nodiscard]] Mentions recognize(const Text& text, const Segments& segments, const RulePack& rules,
                                 std::size_t max_mentions = kMaxMentions,
                                 std::vector<RuleCost>* costs = nullptr);

}  // namespace yoran

#endif  // YORAN_RECOGNIZE_H_
