// After stage 8, check: what all stages found -> findings about the document.
// In:     the document as the stages left it; the checks of rules/checks/.
// Out:    one Diagnostic for each finding, its code the id of the check, in document order. Of one check at
//         most kMostFindings, then one that says how many more there are.
// Errors: none.
#ifndef YORAN_CHECK_CHECK_H_
#define YORAN_CHECK_CHECK_H_

#include <cstddef>
#include <span>
#include <vector>

#include "rulepack/rulepack.h"
#include "types/check_options.h"
#include "types/diagnostic.h"
#include "types/document.h"
#include "types/mention.h"
#include "types/record.h"
#include "types/segments.h"
#include "types/text.h"

namespace yoran {

inline constexpr std::size_t kMostFindings = 100;

struct CheckInput {
  const Document& document;
  const Text& text;
  const Segments& segments;
  const Mentions& mentions;
  std::span<const Reading> readings;
  const std::vector<Record>& records;
  const Diagnostics& said;  // of the input as a whole; records carry their own
  const RulePack& rules;
  const CheckOptions& options;
};

struct CheckResult {
  Diagnostics findings;
  Diagnostics ignored;  // those that comments in the document suppress
};

[[nodiscard]] CheckResult check(const CheckInput& input);

}  // namespace yoran

#endif  // YORAN_CHECK_CHECK_H_
