#include "app/batch/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cmath>

#include "app/console.h"

namespace yoran {
namespace {

constexpr std::chrono::milliseconds kRedraw{100};
constexpr std::chrono::seconds kPlainLine{5};
constexpr double kMegabyte = 1e6;

std::string clock_text(double seconds) {
  const auto whole = static_cast<std::uint64_t>(std::llround(seconds));
  if (whole < 3600) return fmt::format("{}:{:02}", whole / 60, whole % 60);
  return fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60);
}

}  // namespace

Progress::Progress(const Arguments& arguments, const RunLog& log)
    : log_(log), terminal_(::isatty(STDERR_FILENO) != 0 && !log.is_json()) {
  const std::string wish = arguments.value("progress", "auto");
  shown_ = wish == "always" || (wish == "auto" && terminal_ && log.wants(Severity::info));
}

void Progress::expect(std::size_t inputs, const Tally& before) {
  expected_ = inputs;
  inputs_before_ = before.own_inputs();
  bytes_before_ = before.bytes();
  start_ = last_ = Clock::now();
}

void Progress::tick(const Tally& tally) {
  if (!shown_) return;
  const Clock::time_point now = Clock::now();
  const bool due = terminal_ ? now - last_ >= kRedraw : now - last_ >= kPlainLine;
  if (!due) return;
  last_ = now;
  const double seconds = std::chrono::duration<double>(now - start_).count();
  if (terminal_) {
    write_stderr("\r\x1b[K" + as_text(tally, seconds));
    drawn_ = true;
  } else {
    log_.event("progress", Severity::info, as_text(tally, seconds), as_json(tally, seconds));
  }
}

void Progress::clear() {
  if (drawn_) write_stderr("\r\x1b[K");
  drawn_ = false;
}

double Progress::seconds_left(const Tally& tally, double seconds) const {
  const auto done = static_cast<double>(tally.own_inputs() - inputs_before_);
  return done > 0 ? seconds / done * (static_cast<double>(*expected_) - done) : 0;
}

std::string Progress::as_text(const Tally& tally, double seconds) const {
  const std::size_t done = tally.own_inputs() - inputs_before_;
  std::string text = std::to_string(done);
  if (expected_ && *expected_ > 0) text += fmt::format("/{} ({} %)", *expected_, done * 100 / *expected_);
  text += fmt::format(" inputs, {:.0f}/s, {:.1f} MB/s, {} rejected", static_cast<double>(done) / seconds,
                      static_cast<double>(tally.bytes() - bytes_before_) / kMegabyte / seconds,
                      tally.of("rejected"));
  if (expected_ && done > 0) text += ", " + clock_text(seconds_left(tally, seconds)) + " left";
  return text;
}

std::string Progress::as_json(const Tally& tally, double seconds) const {
  std::string out = fmt::format(R"("done":{},"bytes":{},"rejected":{},"seconds":{:.3f})",
                                tally.own_inputs() - inputs_before_, tally.bytes() - bytes_before_,
                                tally.of("rejected"), seconds);
  if (expected_)
    out += fmt::format(R"(,"inputs":{},"seconds_left":{:.0f})", *expected_, seconds_left(tally, seconds));
  return out;
}

}  // namespace yoran
