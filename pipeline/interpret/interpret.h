// Stage 5, interpret: Mention -> Value.
// In:     mentions, which may overlap, and the text around them.
// Out:    readings that do not overlap, in text order: a mention that is no value is gone, what is inside a
// URL, phone,
//         address, date or quantity is not repeated.
// Errors: diagnostics for what looks like a value and cannot be one (date.impossible, phone.incomplete, ...).
#ifndef YORAN_INTERPRET_INTERPRET_H_
#define YORAN_INTERPRET_INTERPRET_H_

#include <vector>

#include "interpret/context.h"

namespace yoran {

[[nodiscard]] std::vector<Reading> interpret(const Mentions& mentions, InterpretContext& context);

}  // namespace yoran

#endif  // YORAN_INTERPRET_INTERPRET_H_
