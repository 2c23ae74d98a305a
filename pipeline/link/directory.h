// Directory pages: several bodies on one page, a record for each.
#ifndef YORAN_LINK_DIRECTORY_H_
#define YORAN_LINK_DIRECTORY_H_

#include <cstdint>
#include <vector>

#include "link/context.h"
#include "types/split.h"

namespace yoran {

// Tells whether the page is a directory: rows of a table, or headings of one level, that each name a body and
// have figures of their own, on a page that names no body with figures of its own. If so, sets
// Candidate::part (0 based, in document order), adds a subject for each part, drops candidates of the page as
// a whole, and returns the number of parts; otherwise all candidates stay in part 0 and it returns 1. `split`
// may demand or forbid it.
[[nodiscard]] std::uint32_t divide_directory(const LinkContext& context, std::vector<Candidate>& candidates,
                                             Split split);

}  // namespace yoran

#endif  // YORAN_LINK_DIRECTORY_H_
