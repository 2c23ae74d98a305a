// Stage 5, interpret: a date mention -> a date.
// In:     one match of a date pattern; the text on either side of it.
// Out:    a reading whose span may reach beyond the match on both sides (day and year beside an English
//         month, the weekday in brackets). None: no date. A reading with std::monostate as its value: no date
//         either, and nothing inside its span is one; combine_dates removes it. Of the kind date it is an
//         impossible date, of the kind number it may hold numbers (3/5).
// Errors: date.impossible, date.era-out-of-range, date.era-year-mismatch, date.weekday-mismatch.
#ifndef YORAN_INTERPRET_DATE_H_
#define YORAN_INTERPRET_DATE_H_

#include <optional>

#include "interpret/context.h"

namespace yoran {

[[nodiscard]] std::optional<Reading> interpret_date(const Mention& head, InterpretContext& context);

}  // namespace yoran

#endif  // YORAN_INTERPRET_DATE_H_
