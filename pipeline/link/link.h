// Stage 6, link: Mentions -> Candidates.
// In:     readings, labels and titles, and the layout of the document.
// Out:    for each field, what may be its value: by label and layout, by sentence pattern, or, for fields of
// many values
//         without labels, every mention of the kind; with as-of date, place and the words around it.
// Errors: none. A candidate that cannot be a claim stays in the list with the reason, for `yoran explain`.
#ifndef YORAN_LINK_LINK_H_
#define YORAN_LINK_LINK_H_

#include "link/context.h"
#include "types/cost.h"
#include "types/split.h"

namespace yoran {

// `costs`, if given, is told what labels and patterns took.
[[nodiscard]] Linked link(const LinkContext& context, Split split, RuleCosts* costs = nullptr);

}  // namespace yoran

#endif  // YORAN_LINK_LINK_H_
