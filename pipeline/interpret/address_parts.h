// What the parts of the address interpreter hand each other.
#ifndef YORAN_INTERPRET_ADDRESS_PARTS_H_
#define YORAN_INTERPRET_ADDRESS_PARTS_H_

#include <cstdint>
#include <vector>

#include "types/span.h"
#include "types/value.h"

namespace yoran {

struct FoundAddress {
  Address address;
  TextSpan span;
  std::vector<Address> alternatives;  // when evidence does not tell places of one name apart
  std::vector<TextSpan> pieces;       // when it is in pieces that do not touch
  std::uint32_t first_line = 0;       // into Segments::lines
  std::uint32_t last_line = 0;
  std::uint32_t merged = kNone;  // the place that is part of another one today
  TextSpan merged_span;
  TextSpan lead;  // words before it in its line: "Address", "Berlin office"
};

}  // namespace yoran

#endif  // YORAN_INTERPRET_ADDRESS_PARTS_H_
