// What link and select considered, for `yoran explain`.
#ifndef YORAN_TYPES_TRACE_H_
#define YORAN_TYPES_TRACE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "types/line_index.h"
#include "types/span.h"

namespace yoran {

struct TraceEntry {
  std::string field;
  std::string value;  // as a reader writes it: number, EDTF date, name
  std::string text;   // evidence
  std::string label;  // empty: none
  std::string layout;
  std::string rule;
  std::string as_of;  // EDTF or empty
  std::string of;     // another place, or empty
  SourceSpan span;
  LineColumn at;
  std::uint32_t part = 1;
  std::int32_t score = 0;
  bool won = false;
  std::vector<std::string> reasons;  // why it won or lost
};

using Trace = std::vector<TraceEntry>;

}  // namespace yoran

#endif  // YORAN_TYPES_TRACE_H_
