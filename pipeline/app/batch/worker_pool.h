// Several workers on items that come one after the other.
#ifndef YORAN_APP_BATCH_WORKER_POOL_H_
#define YORAN_APP_BATCH_WORKER_POOL_H_

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

#include "app/batch/result_queue.h"

namespace yoran {

// Workers take items from next() and leave results of work(item) in a queue, which the caller's thread
// empties; a worker that is far ahead waits until there is room again.
template <class Result, class Next, class Work, class Weigh>
class WorkerPool {
 public:
  WorkerPool(const PoolOptions& options, Next& next, const Work& work, const Weigh& weigh)
      : options_(options), next_(next), work_(work), weigh_(weigh), results_(options) {}

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
    std::size_t number = 0;
    auto item = begin_item(number);
    if (!item) return false;
    Result result = work_(std::move(*item));
    const std::size_t bytes = weigh_(result);
    const std::lock_guard lock(mutex_);
    results_.put(number, std::move(result), bytes);
    if (is_worth_waking()) ready_.notify_one();
    return true;
  }

  // One worker at a time asks for an item; the others go on meanwhile.
  auto begin_item(std::size_t& number) -> decltype(std::declval<Next&>()()) {
    const std::lock_guard one(next_mutex_);
    {
      std::unique_lock lock(mutex_);
      if (is_worth_waking()) ready_.notify_one();
      room_.wait(lock, [this] { return ended_ || results_.has_room(); });
      if (ended_) return std::nullopt;
    }
    auto item = next_();
    const std::lock_guard lock(mutex_);
    if (item) {
      number = results_.begin();
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

  // Waking the caller's thread for each small document costs more than the document: it is woken for several
  // results, when there are no more, or when the workers wait for it.
  [[nodiscard]] bool is_worth_waking() const {
    if (failed_ || (ended_ && results_.is_empty())) return true;
    return results_.is_ready() && (ended_ || results_.held() >= kTogether || !results_.has_room());
  }

  // Once awake it takes what is ready; after a while, too, for the next item may be long in coming.
  std::optional<Result> next_result() {
    constexpr std::chrono::milliseconds kLongestDelay{10};
    std::unique_lock lock(mutex_);
    while (!results_.is_ready()) {
      if (ready_.wait_for(lock, kLongestDelay, [this] { return is_worth_waking(); })) break;
    }
    std::optional<Result> result = results_.take();
    room_.notify_all();
    return result;
  }

  void end() {
    const std::lock_guard lock(mutex_);
    ended_ = true;
    room_.notify_all();
  }

  static constexpr std::size_t kTogether = 32;

  const PoolOptions& options_;
  Next& next_;
  const Work& work_;
  const Weigh& weigh_;
  ResultQueue<Result> results_;
  std::mutex next_mutex_;
  std::mutex mutex_;
  std::condition_variable room_;
  std::condition_variable ready_;
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

#endif  // YORAN_APP_BATCH_WORKER_POOL_H_
