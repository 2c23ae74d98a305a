// A child that answers requests: a crash, too much time or too much memory costs one answer.
//
// Children are copies of the process, made while it has one thread only; they need no start-up. Requests and
// answers go through a pair of sockets, each with its size in front.
#ifndef YORAN_APP_BATCH_CHILD_PROCESS_H_
#define YORAN_APP_BATCH_CHILD_PROCESS_H_

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "types/diagnostic.h"

namespace yoran {

struct ChildLimits {
  std::uint64_t max_memory = 2ULL << 30U;  // bytes beyond what the process has when it is copied
  std::uint64_t max_seconds = 60;          // for one answer
};

// In the child; must not write to anything the parent has open.
using Serve = std::function<std::string(std::string_view request)>;

class ChildProcess {
 public:
  ChildProcess(const Serve& serve, const ChildLimits& limits) : serve_(serve), limits_(limits) {}
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  // Begins to send a request; makes the child if there is none. `others`: descriptors of the other children,
  // which the new one closes.
  void ask(std::string_view request, const std::vector<int>& others);
  [[nodiscard]] bool is_busy() const { return busy_; }
  [[nodiscard]] int descriptor() const { return socket_; }
  [[nodiscard]] bool is_sending() const { return sent_ < request_.size(); }
  // Until then it has to have answered.
  [[nodiscard]] std::chrono::steady_clock::time_point deadline() const { return deadline_; }

  // The answer, or why there will be none: isolate.crashed, isolate.out-of-memory, isolate.timeout.
  struct Answer {
    std::string text;
    std::optional<Diagnostic> fault;
  };
  // Sends and receives what can be without waiting. None: not yet.
  [[nodiscard]] std::optional<Answer> advance();

 private:
  void start(const std::vector<int>& others);
  [[noreturn]] void serve(int socket) const;
  bool send_some();     // false: the child has gone
  bool receive_some();  // false: the child has gone
  [[nodiscard]] bool has_answer() const;
  [[nodiscard]] Answer failed(Diagnostic fault);
  [[nodiscard]] Diagnostic reason_of_end();

  const Serve& serve_;
  const ChildLimits& limits_;
  pid_t process_ = -1;
  int socket_ = -1;
  bool busy_ = false;
  std::string request_;
  std::size_t sent_ = 0;
  std::string answer_;
  std::chrono::steady_clock::time_point deadline_;
};

}  // namespace yoran

#endif  // YORAN_APP_BATCH_CHILD_PROCESS_H_
