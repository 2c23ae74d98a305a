// Stage 7, select: Candidates -> Records.
// In:     candidates of all fields and parts.
// Out:    for each part a record: per field one primary claim about the part's subject and the others, or all
// claims in
//         document order; a part without any claim has no record.
// Errors: diagnostics <field>.conflict and <field>.unit-assumed.
#ifndef YORAN_SELECT_H_
#define YORAN_SELECT_H_

#include <span>
#include <vector>

#include "rulepack/rulepack.h"
#include "types/candidate.h"
#include "types/document.h"
#include "types/mention.h"
#include "types/record.h"
#include "types/segments.h"
#include "types/text.h"
#include "types/trace.h"

namespace yoran {

struct SelectInput {
  const Document& document;
  const Text& text;
  const Segments& segments;
  const RulePack& rules;
  const SourceInfo& source;  // of the input; part and parts are set here
};

// `trace`, if given, gets an entry for every candidate.
[[nodiscard]] std::vector<Record> select(const SelectInput& input, Linked linked, Trace* trace);

// Every reading as a claim of its own, in text order.
[[nodiscard]] std::vector<MentionClaim> list_mentions(const SelectInput& input,
                                                      std::span<const Reading> readings);

}  // namespace yoran

#endif  // YORAN_SELECT_H_
