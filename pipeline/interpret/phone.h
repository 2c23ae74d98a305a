// Stage 5, the kind `phone`: telephone and fax numbers.
// In:     a mention: a run of digit groups. It may hold several numbers, one and something else, or none.
// Out:    E.164 with kind and extension; what lacks its area or country code keeps its digits in `stated`.
// Errors: phone.incomplete (info).
// Source: libphonenumber 8.12 for what is valid, and for its normal form; ITU-T E.164, E.123.
//
// What a number is called decides much: a word right before it, looked for back over marks, digits of the
// same list and words that may stand between; else the cell to the left, the head of the column, the line
// above.
// Cost: bounded per mention; 20 us for each question to libphonenumber, asked only where the length is right.
#ifndef YORAN_INTERPRET_PHONE_H_
#define YORAN_INTERPRET_PHONE_H_

#include <vector>

#include "interpret/context.h"

namespace yoran {

// Appends what the mention says: nothing, one number, or the numbers of a short series in text order. A
// number for both telephone and fax gives two readings of one span. Mentions come in text order, with one
// `out` for all: what lies inside the last number read is passed over.
void interpret_phone(const Mention& mention, InterpretContext& context, std::vector<Reading>& out);

// Completes the numbers among `readings` that lack a country or an area code, from the others and from the
// addresses in the same list, corrects the country of those under an address abroad, and reports what stays
// incomplete. `readings` is in text order; other kinds are not changed. Call it once, when the addresses are
// known.
void complete_phones(std::vector<Reading>& readings, InterpretContext& context);

}  // namespace yoran

#endif  // YORAN_INTERPRET_PHONE_H_
