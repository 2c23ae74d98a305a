// --profile: time by stage and by rule.
//
// Both are timed as they run. A look at the clock takes as long as the shortest patterns: their share is an
// upper bound. A run that is not profiled pays nothing.
#ifndef YORAN_APP_BATCH_PROFILE_H_
#define YORAN_APP_BATCH_PROFILE_H_

#include <chrono>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline.h"

namespace yoran {

class Profile {
 public:
  explicit Profile(const RulePack& rules) : rules_(rules), patterns_(rules.entity_patterns.size()) {}

  // Thread-safe. `emit`: what writing the records took.
  void add(const Extraction& extraction, std::chrono::nanoseconds emit);

  [[nodiscard]] std::string as_text() const;
  [[nodiscard]] std::string as_json() const;

 private:
  // Indices of the patterns that were called, the costliest first.
  [[nodiscard]] std::vector<std::size_t> ranked() const;
  [[nodiscard]] std::uint64_t nanoseconds_of_patterns() const;
  [[nodiscard]] bool is_costly(const PatternCost& cost, std::size_t called) const;

  const RulePack& rules_;
  std::mutex mutex_;
  std::uint64_t documents_ = 0;
  std::vector<StageTime> stages_;
  std::vector<PatternCost> patterns_;
};

}  // namespace yoran

#endif  // YORAN_APP_BATCH_PROFILE_H_
