// How far a run has come: one line on a terminal, redrawn; plain lines or JSON elsewhere, if asked for.
#ifndef YORAN_APP_BATCH_PROGRESS_H_
#define YORAN_APP_BATCH_PROGRESS_H_

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

#include "app/batch/run_log.h"
#include "app/batch/tally.h"
#include "app/command_line.h"

namespace yoran {

class Progress {
 public:
  // --progress, --quiet.
  Progress(const Arguments& arguments, const RunLog& log);

  // So many inputs are still to come, beside those of the tally; without it no share is shown.
  void expect(std::size_t inputs, const Tally& before);
  void tick(const Tally& tally);
  // Before anything else is written to standard error.
  void clear();

 private:
  using Clock = std::chrono::steady_clock;
  [[nodiscard]] std::string as_text(const Tally& tally, double seconds) const;
  [[nodiscard]] std::string as_json(const Tally& tally, double seconds) const;
  [[nodiscard]] double seconds_left(const Tally& tally, double seconds) const;

  const RunLog& log_;
  bool terminal_;
  bool shown_;          // at all
  bool drawn_ = false;  // a line stands on the terminal
  std::optional<std::size_t> expected_;
  std::size_t inputs_before_ = 0;
  std::uint64_t bytes_before_ = 0;
  Clock::time_point start_ = Clock::now();
  Clock::time_point last_ = start_;
};

}  // namespace yoran

#endif  // YORAN_APP_BATCH_PROGRESS_H_
