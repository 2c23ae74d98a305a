// Dates of which one end is said: "since 2016" and "until May" keep their date and get a bound; "2016 to the
// present" is an open interval, for both of its ends are said.
// Cost: a few lookups of words on either side of a date.
#ifndef YORAN_INTERPRET_DATE_BOUNDS_H_
#define YORAN_INTERPRET_DATE_BOUNDS_H_

#include <cstdint>
#include <vector>

#include "interpret/date_text.h"
#include "types/mention.h"

namespace yoran {

// Where "to the present" ends, if it begins at or behind blanks after `at`; 0: it does not.
[[nodiscard]] std::uint32_t present_end(const DateText& text, std::uint32_t at);

void settle_bounds(std::vector<Reading>& dates, const DateText& text);

}  // namespace yoran

#endif  // YORAN_INTERPRET_DATE_BOUNDS_H_
