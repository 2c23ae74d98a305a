// Stage 5, interpret: a date mention -> a date.
// In:     one match of a date pattern; the text on either side of it.
// Out:    a reading whose span may reach beyond the match on both sides (day and year beside an English
// month, the
//         weekday in brackets). None: no date. A reading with std::monostate as its value: no date either,
//         and nothing inside its span is one (2015-1-32); combine_dates removes it.
// Errors: date.impossible, date.era-out-of-range, date.era-year-mismatch, date.weekday-mismatch.
#ifndef YORAN_INTERPRET_DATE_H_
#define YORAN_INTERPRET_DATE_H_

#include <optional>
#include <span>
#include <vector>

#include "interpret/context.h"

namespace yoran {

// `tails` are not used: what is left out at the second end of a range or list is read by combine_dates.
[[nodiscard]] std::optional<Reading> interpret_date(const Mention& head, std::span<const Mention> tails,
                                                    InterpretContext& context);

// All date readings of the document in text order: joins ranges and both calendars of one day, completes
// years left out, settles the order of day and month, and drops what turns out to be no date.
void combine_dates(std::vector<Reading>& dates, InterpretContext& context);

// Day-first or month-first, from the numeric dates that can be read in one way only.
[[nodiscard]] DocumentHabits::DayMonthOrder day_month_order(std::span<const Mention> mentions,
                                                            const InterpretContext& context);

}  // namespace yoran

#endif  // YORAN_INTERPRET_DATE_H_
