// What a document costs, for ExtractOptions::profile.
#ifndef YORAN_TYPES_COST_H_
#define YORAN_TYPES_COST_H_

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace yoran {

// What a stage took, by a steady clock.
struct StageTime {
  std::string_view stage;
  std::uint64_t nanoseconds = 0;
};

// What a rule took at the places where it was tried, one look at the clock for each included.
struct RuleCost {
  std::uint64_t calls = 0;
  std::uint64_t matches = 0;
  std::uint64_t nanoseconds = 0;

  RuleCost& operator+=(const RuleCost& other) {
    calls += other.calls;
    matches += other.matches;
    nanoseconds += other.nanoseconds;
    return *this;
  }
};

struct RuleCosts {
  std::vector<RuleCost> entities;  // by index of RulePack::entity_patterns
  std::vector<RuleCost> patterns;  // of RulePack::field_patterns
  std::vector<RuleCost> fields;    // of RulePack::fields: their labels
};

// Tries a rule, and notes what that took if it is wanted. What the attempt returns is false if it found
// nothing.
template <class Attempt>
auto measured(std::vector<RuleCost>* costs, std::size_t rule, Attempt&& attempt) {
  if (costs == nullptr) return attempt();
  using Clock = std::chrono::steady_clock;
  RuleCost& cost = (*costs)[rule];
  const Clock::time_point start = Clock::now();
  auto result = attempt();
  cost.nanoseconds += static_cast<std::uint64_t>(std::chrono::nanoseconds(Clock::now() - start).count());
  ++cost.calls;
  cost.matches += result ? 1 : 0;
  return result;
}

}  // namespace yoran

#endif  // YORAN_TYPES_COST_H_
