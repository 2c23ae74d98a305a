// The JSON Schema of the records that a set of rules yields: draft-07, closed objects, required keys,
// enumerations and anchored ASCII patterns. Generated, so that a field that is a rule file alone is in it
// too.
#ifndef YORAN_EMIT_SCHEMA_H_
#define YORAN_EMIT_SCHEMA_H_

#include <string>

#include "rulepack/rulepack.h"

namespace yoran {

// Indented JSON with a line end. `evidence` false: of records written without it.
[[nodiscard]] std::string record_schema(const RulePack& rules, bool evidence = true);

}  // namespace yoran

#endif  // YORAN_EMIT_SCHEMA_H_
