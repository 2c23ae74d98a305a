// Figures that follow the one behind the label, in its sentence, its row or the lines below, each with its
// day.
#ifndef YORAN_LINK_SERIES_H_
#define YORAN_LINK_SERIES_H_

#include <cstddef>
#include <vector>

#include "link/context.h"
#include "types/candidate.h"

namespace yoran {

// Adds to the candidates from `first` on, whose days are known, what their sentences go on with: "was 12,345
// in 2001 and 13,456 in 2011", and what stands behind or below a labelled figure with its day: "9,876 (2011),
// 10,234 (2021)". A figure without a day of its own ends the series, as does one that is only expected.
void link_series(const LinkContext& context, std::size_t first, std::vector<Candidate>& candidates);

}  // namespace yoran

#endif  // YORAN_LINK_SERIES_H_
