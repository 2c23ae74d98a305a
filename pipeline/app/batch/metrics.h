// --metrics FILE: the figures of a run in the text format of Prometheus, for its collector of text files. The
// file is replaced as a whole, every few seconds and at the end.
#ifndef YORAN_APP_BATCH_METRICS_H_
#define YORAN_APP_BATCH_METRICS_H_

#include <chrono>
#include <string>

#include "app/batch/tally.h"

namespace yoran {

class Metrics {
 public:
  // An empty path: none are wanted.
  Metrics(std::string path, std::string rules_sha256)
      : path_(std::move(path)), rules_sha256_(std::move(rules_sha256)) {}

  void tick(const Tally& tally);
  // Throws OutputError if the file cannot be written.
  void write(const Tally& tally, bool finished) const;
  [[nodiscard]] std::string text(const Tally& tally, bool finished, double seconds) const;

 private:
  using Clock = std::chrono::steady_clock;
  std::string path_;
  std::string rules_sha256_;
  Clock::time_point start_ = Clock::now();
  Clock::time_point last_{};
};

}  // namespace yoran

#endif  // YORAN_APP_BATCH_METRICS_H_
