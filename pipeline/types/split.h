// Whether a page is divided into the bodies it describes, a record for each.
#ifndef YORAN_TYPES_SPLIT_H_
#define YORAN_TYPES_SPLIT_H_

#include <cstdint>

namespace yoran {

enum class Split : std::uint8_t {
  automatic,  // where the page has rows or headings that each name a body with figures, and no body of its
              // own
  never,
  rows,      // of a table, whatever else the page describes
  headings,  // likewise
};

}  // namespace yoran

#endif  // YORAN_TYPES_SPLIT_H_
