// Labels to values, by layout.
#ifndef YORAN_LINK_LAYOUTS_H_
#define YORAN_LINK_LAYOUTS_H_

#include <vector>

#include "link/context.h"
#include "types/cost.h"

namespace yoran {

// Candidates for every label of a field with a value behind it: one field's rules, one label.
void link_label(const LinkContext& context, const WordMention& label, std::vector<Candidate>& out);

// Candidates from the sentence patterns of the fields.
// `costs`, if given, by index of RulePack::field_patterns.
void link_patterns(const LinkContext& context, std::vector<Candidate>& out, std::vector<RuleCost>* costs);

}  // namespace yoran

#endif  // YORAN_LINK_LAYOUTS_H_
