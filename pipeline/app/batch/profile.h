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
  explicit Profile(const RulePack& rules) : rules_(rules) {}

  // Thread-safe. `emit`: what writing the records took.
  void add(const Extraction& extraction, std::chrono::nanoseconds emit);

  [[nodiscard]] std::string as_text() const;
  [[nodiscard]] std::string as_json() const;

 private:
  // A rule by its id, what it took, and whether that is more than its share.
  struct Row {
    std::string id;
    std::string place;  // path and line of its file, as far as they are known
    RuleCost cost;
    bool costly = false;
  };
  // Those that were called, the costliest first.
  [[nodiscard]] std::vector<Row> rows() const;
  void add_patterns(std::vector<Row>& rows) const;

  const RulePack& rules_;
  std::mutex mutex_;
  std::uint64_t documents_ = 0;
  std::vector<StageTime> stages_;
  RuleCosts costs_;
};

}  // namespace yoran

#endif  // YORAN_APP_BATCH_PROFILE_H_
