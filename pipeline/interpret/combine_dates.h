// Stage 5, interpret: what only all dates of a document together tell.
// In:     the readings of interpret_date in text order, and the text between them.
// Out:    the same vector: ranges and both calendars of one day joined, years left out completed, the order
//         of day and month settled; what turns out to be no date is gone.
// Errors: none.
#ifndef YORAN_INTERPRET_COMBINE_DATES_H_
#define YORAN_INTERPRET_COMBINE_DATES_H_

#include <optional>
#include <vector>

#include "interpret/context.h"

namespace yoran {

// The day that the document gives for itself ("Last updated: ..."); none if it gives several or none.
[[nodiscard]] std::optional<DatePoint> stated_day(const std::vector<Reading>& dates,
                                                  const InterpretContext& context);

void combine_dates(std::vector<Reading>& dates, InterpretContext& context);

}  // namespace yoran

#endif  // YORAN_INTERPRET_COMBINE_DATES_H_
