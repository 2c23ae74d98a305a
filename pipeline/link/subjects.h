// The body that a page is about.
#ifndef YORAN_LINK_SUBJECTS_H_
#define YORAN_LINK_SUBJECTS_H_

#include <cstdint>
#include <vector>

#include "link/context.h"

namespace yoran {

// Candidates for fields of type `subject`: from labels, headings, the title and the first sentences.
void link_subjects(const LinkContext& context, std::uint32_t field, std::vector<Candidate>& out);

}  // namespace yoran

#endif  // YORAN_LINK_SUBJECTS_H_
