// --profile: time by stage and by rule.
//
// Stages are timed as they run. Patterns are too short for that, a look at the clock takes as long as many of
// them: after each document every pattern is run once more by itself, at all the places where its trigger
// stands. So a run that is not profiled pays nothing.
#ifndef YORAN_APP_PROFILE_H_
#define YORAN_APP_PROFILE_H_

#include <array>
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
  struct Cost {
    std::uint64_t calls = 0;
    std::uint64_t matches = 0;
    std::uint64_t nanoseconds = 0;
  };
  [[nodiscard]] std::vector<Cost> measure_patterns(const Document& document) const;
  // Indices of the patterns that were called, the costliest first.
  [[nodiscard]] std::vector<std::size_t> ranked() const;
  [[nodiscard]] std::uint64_t nanoseconds_of_patterns() const;
  [[nodiscard]] bool is_costly(const Cost& cost, std::size_t called) const;

  const RulePack& rules_;
  std::mutex mutex_;
  std::uint64_t documents_ = 0;
  std::vector<StageTime> stages_;
  std::vector<Cost> patterns_;
};

}  // namespace yoran

#endif  // YORAN_APP_PROFILE_H_
