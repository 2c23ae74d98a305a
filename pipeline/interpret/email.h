// Stage 5, the kind `email`: a mailbox, also one whose marks are written otherwise to keep machines off.
// In:     a mention with the captures local and domain.
// Out:    local part as printed, domain in lower case.
// Errors: none; what has no known top-level domain is no mailbox.
// Source: RFC 5321 4.1.2, of its quoted strings only those inside a name.
#ifndef YORAN_INTERPRET_EMAIL_H_
#define YORAN_INTERPRET_EMAIL_H_

#include <optional>

#include "interpret/context.h"

namespace yoran {

[[nodiscard]] std::optional<Reading> interpret_email(const Mention& mention, InterpretContext& context);

}  // namespace yoran

#endif  // YORAN_INTERPRET_EMAIL_H_
