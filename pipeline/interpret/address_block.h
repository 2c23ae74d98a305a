// Blocks of Japanese addresses: 1-14-2, 595 with its unit, numerals in ideographs, several numbers linked.
#ifndef YORAN_INTERPRET_ADDRESS_BLOCK_H_
#define YORAN_INTERPRET_ADDRESS_BLOCK_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "rulepack/rulepack.h"

namespace yoran {

struct AddressBlock {
  std::uint32_t end = 0;      // behind it; the position asked for if there is none
  std::uint32_t numbers = 0;  // how many
  bool units = false;         // a unit is printed, or a word for "no number"
};

// The end of a run of digits, or of ideographic numerals, that begins at `position`; `position` if there is
// none.
[[nodiscard]] std::uint32_t number_end(const RulePack& rules, std::string_view text, std::uint32_t position);

// The block that begins at `position`; none if what follows its number says that it counts something.
[[nodiscard]] AddressBlock block_at(const RulePack& rules, std::string_view text, std::uint32_t position,
                                    std::uint32_t limit);

// Quarter and block in the short form: ASCII digits and hyphens in the place of units.
[[nodiscard]] std::string short_form(const RulePack& rules, std::string_view street, std::string_view block);

}  // namespace yoran

#endif  // YORAN_INTERPRET_ADDRESS_BLOCK_H_
