// Stage 5, interpret: a run of numerals -> numbers and quantities.
// In:     a run as NumberRules::run_at found it; text, rules and habits of the context.
// Out:    zero or more readings inside the run; a quantity's span includes its unit. What is no amount (ids,
// versions,
//         ordinals, names with numerals) yields nothing.
// Errors: none; a value that 18 digits do not hold yields nothing.
#ifndef YORAN_INTERPRET_NUMBER_H_
#define YORAN_INTERPRET_NUMBER_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "interpret/context.h"
#include "types/mention.h"

namespace yoran {

void interpret_numbers(const Mention& run, InterpretContext& context, std::vector<Reading>& out);

// What the numbers of a document say about its decimal mark; call it for every run before the first is
// interpreted.
class NumberHabits {
 public:
  void see(std::string_view run);
  [[nodiscard]] DocumentHabits::DecimalMark decimal_mark() const;

 private:
  void see_one(std::string_view number);
  std::uint32_t point_ = 0;  // points that must be decimal
  std::uint32_t comma_ = 0;  // commas that must be decimal
};

}  // namespace yoran

#endif  // YORAN_INTERPRET_NUMBER_H_
