// Results that come in any order and are handed on in that of their numbers, or as they come.
#ifndef YORAN_APP_BATCH_RESULT_QUEUE_H_
#define YORAN_APP_BATCH_RESULT_QUEUE_H_

#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

namespace yoran {

struct PoolOptions {
  std::size_t jobs = 1;
  bool ordered = true;  // results in the order of the items; else as they are ready
};

// Bounded: an item may be begun while fewer than kAhead results for each worker, and fewer than kBytesAhead
// bytes of them, wait for one before them; and always the one that all the others wait for.
template <class Result>
class ResultQueue {
 public:
  explicit ResultQueue(const PoolOptions& options)
      : ordered_(options.ordered), ring_(options.jobs * kAhead) {}

  [[nodiscard]] bool has_room() const {
    return begun_ == taken_ || (begun_ < taken_ + ring_.size() && bytes_ahead_ < kBytesAhead);
  }
  // The number of an item that is begun.
  std::size_t begin() { return begun_++; }
  void put(std::size_t number, Result result, std::size_t bytes) {
    if (!ordered_) number = finished_++;
    ring_[number % ring_.size()] = {std::move(result), bytes};
    bytes_ahead_ += bytes;
    ++held_;
  }
  // The next result; none: it is not there yet.
  std::optional<Result> take() {
    Slot& slot = ring_[taken_ % ring_.size()];
    std::optional<Result> result = std::move(slot.result);
    if (!result) return result;
    bytes_ahead_ -= slot.bytes;
    slot = {};
    ++taken_;
    --held_;
    return result;
  }
  [[nodiscard]] bool is_ready() const { return ring_[taken_ % ring_.size()].result.has_value(); }
  // How many results are there, in order or not.
  [[nodiscard]] std::size_t held() const { return held_; }
  // All that was begun has been taken.
  [[nodiscard]] bool is_empty() const { return taken_ == begun_; }

 private:
  static constexpr std::size_t kAhead = 64;
  static constexpr std::size_t kBytesAhead = 16U << 20U;

  struct Slot {
    std::optional<Result> result;
    std::size_t bytes = 0;
  };

  bool ordered_;
  std::vector<Slot> ring_;
  std::size_t begun_ = 0;
  std::size_t finished_ = 0;
  std::size_t taken_ = 0;
  std::size_t held_ = 0;
  std::size_t bytes_ahead_ = 0;
};

}  // namespace yoran

#endif  // YORAN_APP_BATCH_RESULT_QUEUE_H_
