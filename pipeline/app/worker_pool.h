// Several workers on items that come one after the other.
#ifndef YORAN_APP_WORKER_POOL_H_
#define YORAN_APP_WORKER_POOL_H_

#include <condition_variable>
#include <cstddef>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

namespace yoran {

struct PoolOptions {
  std::size_t jobs = 1;
  bool ordered = true;  // results in the order of the items; else as they are ready
};

// Workers take items from next() and leave results of work(item) in a ring, which the caller's thread
// empties. A worker that is far ahead waits, so that memory stays bounded: kAhead results for each worker,
// and no new item is begun while results of kBytesAhead or more wait (but for the one that all wait for).
template <class Result, class Next, class Work, class Weigh>
class WorkerPool {
 public:
  WorkerPool(const PoolOptions& options, Next& next, const Work& work, const Weigh& weigh)
      : options_(options), next_(next), work_(work), weigh_(weigh), ring_(options.jobs * kAhead) {}

  template <class Take>
  void run(Take&& take) {
    {
      const std::lock_guard lock(mutex_);
      add_worker();
    }
    try {
      while (auto result = next_result()) take(std::move(*result));
    } catch (...) {
      end();
      throw;
    }
    if (fault_) std::rethrow_exception(fault_);
  }

 private:
  static constexpr std::size_t kAhead = 64;
  static constexpr std::size_t kBytesAhead = 16U << 20U;

  struct Slot {
    std::optional<Result> result;
    std::size_t bytes = 0;
  };

  void work_safely() {
    try {
      while (work()) continue;
    } catch (...) {
      const std::lock_guard lock(mutex_);
      if (!fault_) fault_ = std::current_exception();
      ended_ = failed_ = true;
      room_.notify_all();
      ready_.notify_one();
    }
  }

  bool work() {
    std::size_t index = 0;
    auto item = begin_item(index);
    if (!item) return false;
    Result result = work_(std::move(*item));
    const std::size_t bytes = weigh_(result);
    const std::lock_guard lock(mutex_);
    if (!options_.ordered) index = finished_++;
    ring_[index % ring_.size()] = {std::move(result), bytes};
    bytes_ahead_ += bytes;
    if (index == taken_) ready_.notify_one();
    return true;
  }

  // One worker at a time asks for an item; the others go on meanwhile.
  auto begin_item(std::size_t& index) -> decltype(std::declval<Next&>()()) {
    const std::lock_guard one(next_mutex_);
    {
      std::unique_lock lock(mutex_);
      room_.wait(lock, [this] { return ended_ || has_room(); });
      if (ended_) return std::nullopt;
      index = begun_;
    }
    auto item = next_();
    const std::lock_guard lock(mutex_);
    if (item) {
      ++begun_;
      if (!ended_) add_worker();
    } else {
      ended_ = true;
      ready_.notify_one();
    }
    return item;
  }

  // As long as there are items to begin, another worker up to the number wished for: one input needs one.
  void add_worker() {
    if (workers_.size() < options_.jobs) workers_.emplace_back([this] { work_safely(); });
  }

  [[nodiscard]] bool has_room() const {
    return begun_ == taken_ || (begun_ < taken_ + ring_.size() && bytes_ahead_ < kBytesAhead);
  }

  std::optional<Result> next_result() {
    Slot& slot = ring_[taken_ % ring_.size()];
    std::unique_lock lock(mutex_);
    ready_.wait(lock, [&] { return slot.result || failed_ || (ended_ && taken_ == begun_); });
    if (!slot.result) return std::nullopt;
    std::optional<Result> result = std::move(slot.result);
    bytes_ahead_ -= slot.bytes;
    slot = {};
    ++taken_;
    room_.notify_all();
    return result;
  }

  void end() {
    const std::lock_guard lock(mutex_);
    ended_ = true;
    room_.notify_all();
  }

  const PoolOptions& options_;
  Next& next_;
  const Work& work_;
  const Weigh& weigh_;
  std::vector<Slot> ring_;
  std::mutex next_mutex_;
  std::mutex mutex_;
  std::condition_variable room_;
  std::condition_variable ready_;
  std::size_t begun_ = 0;
  std::size_t finished_ = 0;
  std::size_t taken_ = 0;
  std::size_t bytes_ahead_ = 0;
  bool ended_ = false;   // no item is begun any more
  bool failed_ = false;  // a worker has thrown: results are missing
  std::exception_ptr fault_;
  std::vector<std::jthread> workers_;  // the last member: they end before what they use
};

// work(item) for each item that next() gives until it gives none, take(result) in the caller's thread.
// weigh(result): the bytes it needs while it waits.
template <class Next, class Work, class Take, class Weigh>
void run_pool(const PoolOptions& options, Next&& next, const Work& work, Take&& take, const Weigh& weigh) {
  using Result = decltype(work(*next()));
  if (options.jobs > 1) {
    WorkerPool<Result, std::remove_reference_t<Next>, Work, Weigh>(options, next, work, weigh)
        .run(std::forward<Take>(take));
    return;
  }
  while (auto item = next()) take(work(std::move(*item)));
}

// work(index) for each of `count` inputs, take(result) in their order.
template <class Work, class Take>
void run_in_order(std::size_t count, std::size_t jobs, const Work& work, Take&& take) {
  auto next = [count, i = std::size_t{0}]() mutable { return i < count ? std::optional(i++) : std::nullopt; };
  run_pool({jobs}, next, work, std::forward<Take>(take), [](const auto&) { return std::size_t{0}; });
}

}  // namespace yoran

#endif  // YORAN_APP_WORKER_POOL_H_
