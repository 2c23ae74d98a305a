// Stage 8, validate: Record -> Record and Diagnostics.
// In:     a record as `select` made it.
// Out:    a record that the JSON Schema of the same rules accepts: what would break it is taken out. The
// checks run over
//         the typed values; schema_test.cc holds that they are not weaker than the schema.
// Errors: <field>.out-of-range and <field>.invalid, claims dropped; <field>.mismatch, figures that contradict
// each other.
#ifndef YORAN_VALIDATE_H_
#define YORAN_VALIDATE_H_

#include <string_view>

#include "rulepack/rulepack.h"
#include "types/record.h"

namespace yoran {

void validate(Record& record, const RulePack& rules);

// EDTF as the contract has it (see types/date.h), with days that exist.
[[nodiscard]] bool is_edtf(std::string_view text);
[[nodiscard]] bool is_e164(std::string_view text);

}  // namespace yoran

#endif  // YORAN_VALIDATE_H_
