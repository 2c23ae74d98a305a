// Which date a figure is as of.
#ifndef YORAN_LINK_AS_OF_H_
#define YORAN_LINK_AS_OF_H_

#include <optional>

#include "link/context.h"

namespace yoran {

// Looks behind the value, around it on its line, on the lines beside it, in the caption and in the headings
// above. Only the first place is trusted without a word that marks the date.
[[nodiscard]] std::optional<AsOf> find_as_of(const LinkContext& context, const Candidate& candidate);

}  // namespace yoran

#endif  // YORAN_LINK_AS_OF_H_
