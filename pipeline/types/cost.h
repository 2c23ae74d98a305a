// What a document costs, for ExtractOptions::profile.
#ifndef YORAN_TYPES_COST_H_
#define YORAN_TYPES_COST_H_

#include <cstdint>
#include <string_view>

namespace yoran {

// What a stage took, by a steady clock.
struct StageTime {
  std::string_view stage;
  std::uint64_t nanoseconds = 0;
};

// What an entity pattern took at the places where it was tried, one look at the clock for each included.
struct PatternCost {
  std::uint64_t calls = 0;
  std::uint64_t matches = 0;
  std::uint64_t nanoseconds = 0;
};

}  // namespace yoran

#endif  // YORAN_TYPES_COST_H_
