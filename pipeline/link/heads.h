// Heads: who leads the body that the page describes.
#ifndef YORAN_LINK_HEADS_H_
#define YORAN_LINK_HEADS_H_

#include <vector>

#include "link/context.h"

namespace yoran {

// Candidates for fields of type `head`: a title of the lexicon with a person's name beside it.
void link_heads(const LinkContext& context, std::uint32_t field, std::vector<Candidate>& out);

}  // namespace yoran

#endif  // YORAN_LINK_HEADS_H_
