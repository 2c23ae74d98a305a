// Stage 5, interpret: a number and the unit beside it -> a quantity.
// In:     a parsed number and the text around it.
// Out:    the quantity with the span of number and unit; several parts of one measure (5 ft 2 in) are one, in
// the
//         smallest unit. None: no unit stands there.
// Errors: none.
#ifndef YORAN_INTERPRET_QUANTITY_H_
#define YORAN_INTERPRET_QUANTITY_H_

#include <optional>

#include "interpret/context.h"
#include "interpret/numeral.h"

namespace yoran {

struct ParsedQuantity {
  TextSpan span;
  Quantity quantity;
  std::optional<Quantity> alternative;  // the other reading of a doubtful word
};

// `number.value` is the amount before the unit; `limit` ends the text that may be read (the line).
[[nodiscard]] std::optional<ParsedQuantity> parse_quantity(const ParsedNumber& number,
                                                           const InterpretContext& context,
                                                           std::uint32_t limit);

}  // namespace yoran

#endif  // YORAN_INTERPRET_QUANTITY_H_
