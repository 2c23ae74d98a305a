// What a user demands of documents, beside the rules.
#ifndef YORAN_TYPES_CHECK_OPTIONS_H_
#define YORAN_TYPES_CHECK_OPTIONS_H_

#include <optional>
#include <string>
#include <vector>

#include "types/date.h"

namespace yoran {

struct CheckOptions {
  std::optional<DatePoint> today;     // none: nothing is too old; the clock is never asked
  std::vector<std::string> required;  // ids of fields
};

}  // namespace yoran

#endif  // YORAN_TYPES_CHECK_OPTIONS_H_
