// Many inputs, several workers, results in the order of the inputs.
#ifndef YORAN_APP_ORDERED_BATCH_H_
#define YORAN_APP_ORDERED_BATCH_H_

#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace yoran {

// Workers call work(index) and leave results in a ring; the caller's thread takes them in order. A worker
// that is far ahead waits, so that memory stays bounded.
template <class Result, class Work>
class OrderedBatch {
 public:
  OrderedBatch(const Work& work, std::size_t count, std::size_t jobs)
      : work_(work), count_(count), jobs_(jobs), ring_(jobs * kResultsAhead) {}

  template <class Take>
  void run(Take&& take) {
    std::vector<std::jthread> workers;
    for (std::size_t i = 0; i < jobs_; ++i) workers.emplace_back([this] { work(); });
    try {
      for (std::size_t i = 0; i < count_; ++i) take(next_result(i));
    } catch (...) {
      stop();
      throw;
    }
  }

 private:
  static constexpr std::size_t kResultsAhead =
      64;  // for each worker: what may wait for a slower one before it

  struct Slot {
    bool ready = false;
    Result result;
  };

  void work() {
    for (;;) {
      std::size_t index = 0;
      {
        std::unique_lock lock(mutex_);
        room_.wait(lock, [this] { return stopped_ || next_ >= count_ || next_ < taken_ + ring_.size(); });
        if (stopped_ || next_ >= count_) return;
        index = next_++;
      }
      Result result = work_(index);
      const std::lock_guard lock(mutex_);
      ring_[index % ring_.size()] = {true, std::move(result)};
      if (index == taken_) ready_.notify_one();
    }
  }

  Result next_result(std::size_t index) {
    Slot& slot = ring_[index % ring_.size()];
    std::unique_lock lock(mutex_);
    ready_.wait(lock, [&slot] { return slot.ready; });
    Result result = std::move(slot.result);
    slot = {};
    taken_ = index + 1;
    room_.notify_all();
    return result;
  }

  void stop() {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    room_.notify_all();
  }

  const Work& work_;
  std::size_t count_;
  std::size_t jobs_;
  std::vector<Slot> ring_;
  std::mutex mutex_;
  std::condition_variable room_;
  std::condition_variable ready_;
  std::size_t next_ = 0;
  std::size_t taken_ = 0;
  bool stopped_ = false;
};

// work(index) for each of `count` inputs, take(result) in their order.
template <class Work, class Take>
void run_in_order(std::size_t count, std::size_t jobs, const Work& work, Take&& take) {
  using Result = decltype(work(std::size_t{0}));
  if (jobs > 1) {
    OrderedBatch<Result, Work>(work, count, jobs).run(std::forward<Take>(take));
    return;
  }
  for (std::size_t i = 0; i < count; ++i) take(work(i));
}

}  // namespace yoran

#endif  // YORAN_APP_ORDERED_BATCH_H_
