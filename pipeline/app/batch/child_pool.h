// Several children on items that come one after the other: what WorkerPool does with threads.
#ifndef YORAN_APP_BATCH_CHILD_POOL_H_
#define YORAN_APP_BATCH_CHILD_POOL_H_

#include <poll.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/batch/child_process.h"
#include "app/batch/result_queue.h"

namespace yoran {

// One thread, so that children can be made at any time. `Exchange` tells how an item is asked for and what
// becomes of the answer:
//   std::string request(const Item&)             Result result(Item, std::string_view answer)
//   Result failure(Item, const Diagnostic&)      std::size_t weigh(const Result&)
template <class Item, class Result, class Exchange>
class ChildPool {
 public:
  ChildPool(const PoolOptions& options, const ChildLimits& limits, const Serve& serve,
            const Exchange& exchange)
      : exchange_(exchange), results_(options) {
    for (std::size_t i = 0; i < options.jobs; ++i)
      seats_.push_back({std::make_unique<ChildProcess>(serve, limits), 0, std::nullopt});
  }

  template <class Next, class Take>
  void run(Next&& next, Take&& take) {
    bool ended = false;
    for (;;) {
      for (Seat& seat : seats_) {
        if (ended || seat.item || !results_.has_room()) continue;
        seat.item = next();
        ended = !seat.item;
        if (seat.item) begin(seat);
      }
      if (ended && results_.is_empty()) return;
      wait();
      for (Seat& seat : seats_) {
        if (seat.item) advance(seat);
      }
      while (auto result = results_.take()) take(std::move(*result));
    }
  }

 private:
  struct Seat {
    std::unique_ptr<ChildProcess> child;
    std::size_t number = 0;
    std::optional<Item> item;  // that it works on
  };

  void begin(Seat& seat) {
    std::vector<int> others;
    for (const Seat& other : seats_) {
      if (other.child->descriptor() >= 0) others.push_back(other.child->descriptor());
    }
    seat.number = results_.begin();
    seat.child->ask(exchange_.request(*seat.item), others);
  }

  // Until a child has something to say, or its time is up.
  void wait() {
    using Milliseconds = std::chrono::milliseconds;
    std::vector<pollfd> polls;
    const auto now = std::chrono::steady_clock::now();
    auto longest = Milliseconds(1000);
    for (const Seat& seat : seats_) {
      if (!seat.item) continue;
      const bool sending = seat.child->is_sending();
      polls.push_back({seat.child->descriptor(), static_cast<short>(sending ? POLLIN | POLLOUT : POLLIN), 0});
      longest = std::min(longest, std::chrono::ceil<Milliseconds>(seat.child->deadline() - now));
    }
    (void)::poll(polls.data(), polls.size(), static_cast<int>(std::max(longest, Milliseconds(0)).count()));
  }

  void advance(Seat& seat) {
    auto answer = seat.child->advance();
    if (!answer) return;
    Item item = std::move(*seat.item);
    seat.item.reset();
    Result result = answer->fault ? exchange_.failure(std::move(item), *answer->fault)
                                  : exchange_.result(std::move(item), answer->text);
    const std::size_t bytes = exchange_.weigh(result);
    results_.put(seat.number, std::move(result), bytes);
  }

  const Exchange& exchange_;
  ResultQueue<Result> results_;
  std::vector<Seat> seats_;
};

}  // namespace yoran

#endif  // YORAN_APP_BATCH_CHILD_POOL_H_
