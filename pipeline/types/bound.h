// A value that is one end of what is meant: "more than 500", "since 2016".
#ifndef YORAN_TYPES_BOUND_H_
#define YORAN_TYPES_BOUND_H_

#include <cstdint>

namespace yoran {

enum class Bound : std::uint8_t { none, minimum, maximum };

}  // namespace yoran

#endif  // YORAN_TYPES_BOUND_H_
