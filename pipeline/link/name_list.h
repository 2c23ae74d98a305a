// Names as values of fields of type `name`: one, or a list with marks between.
#ifndef YORAN_LINK_NAME_LIST_H_
#define YORAN_LINK_NAME_LIST_H_

#include <vector>

#include "link/context.h"

namespace yoran {

// The names that a span lists from its start on, up to the next label. Remarks in brackets, dates and the
// country behind a comma are passed. Empty if any of them is no name of the field: then it is prose.
[[nodiscard]] std::vector<TextSpan> name_list(const LinkContext& context, const FieldRules& field,
                                              TextSpan span);

}  // namespace yoran

#endif  // YORAN_LINK_NAME_LIST_H_
