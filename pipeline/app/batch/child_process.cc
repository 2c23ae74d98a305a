#include "app/batch/child_process.h"

#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <fstream>
#include <new>
#include <utility>

#include "app/batch/output_file.h"
#include "app/batch/wire.h"

namespace yoran {
namespace {

constexpr int kOutOfMemory = 101;  // exit codes of a child
constexpr int kThrown = 102;
constexpr std::size_t kPiece = 1U << 18U;
constexpr std::size_t kHead = sizeof(std::uint64_t);

Diagnostic isolate_fault(std::string code, std::string message, std::string hint = {}) {
  return {Severity::error, std::move(code), std::move(message), std::nullopt, "", std::move(hint)};
}

// The address sanitizer and the thread sanitizer reserve terabytes: no limit could be set below that.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kCanLimitMemory = false;
#else
constexpr bool kCanLimitMemory = true;
#endif

// Memory of the process as the limit counts it.
std::uint64_t memory_now() {
  std::uint64_t pages = 0;
  std::ifstream("/proc/self/statm") >> pages;
  return pages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

void limit_memory(std::uint64_t max_memory) {
  const rlim_t most = memory_now() + max_memory;
  const rlimit limit{most, most};
  if (kCanLimitMemory) ::setrlimit(RLIMIT_AS, &limit);
  const rlimit no_core{0, 0};
  ::setrlimit(RLIMIT_CORE, &no_core);
  std::set_new_handler([] { ::_exit(kOutOfMemory); });
}

bool receive_all(int socket, char* bytes, std::size_t size) {
  while (size > 0) {
    const ssize_t got = ::recv(socket, bytes, size, 0);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    bytes += got;
    size -= static_cast<std::size_t>(got);
  }
  return true;
}

bool send_all(int socket, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

std::string framed(std::string_view text) {
  std::string frame;
  frame.reserve(kHead + text.size());
  put_text(frame, text);
  return frame;
}

}  // namespace

ChildProcess::~ChildProcess() {
  if (process_ < 0) return;
  ::close(socket_);  // it ends when it reads this
  if (busy_) ::kill(process_, SIGKILL);
  ::waitpid(process_, nullptr, 0);
}

void ChildProcess::ask(std::string_view request, const std::vector<int>& others) {
  if (process_ < 0) start(others);
  request_ = framed(request);
  sent_ = 0;
  answer_.clear();
  busy_ = true;
  deadline_ = std::chrono::steady_clock::now() + std::chrono::seconds(limits_.max_seconds);
}

void ChildProcess::start(const std::vector<int>& others) {
  std::array<int, 2> sockets{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets.data()) != 0)
    fail_to("make", "a child process", errno);
  const pid_t parent = ::getpid();
  process_ = ::fork();
  if (process_ < 0) fail_to("make", "a child process", errno);
  if (process_ == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent) ::_exit(0);
    ::close(sockets[0]);
    for (const int other : others) ::close(other);
    serve(sockets[1]);
  }
  ::close(sockets[1]);
  socket_ = sockets[0];
}

void ChildProcess::serve(int socket) const {
  for (const int signal : {SIGINT, SIGTERM}) std::signal(signal, SIG_IGN);  // the parent lets us finish
  limit_memory(limits_.max_memory);
  for (;;) {
    std::array<char, kHead> head{};
    if (!receive_all(socket, head.data(), head.size())) ::_exit(0);
    std::string request(WireReader({head.data(), head.size()}).number(), '\0');
    if (!receive_all(socket, request.data(), request.size())) ::_exit(0);
    std::string answer;
    try {
      answer = framed(serve_(request));
    } catch (const std::bad_alloc&) {
      ::_exit(kOutOfMemory);
    } catch (...) {
      ::_exit(kThrown);  // it must not run on as a second parent
    }
    if (!send_all(socket, answer)) ::_exit(0);
  }
}

bool ChildProcess::send_some() {
  while (is_sending()) {
    const ssize_t sent =
        ::send(socket_, request_.data() + sent_, request_.size() - sent_, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0) return errno == EAGAIN || errno == EWOULDBLOCK;
    sent_ += static_cast<std::size_t>(sent);
  }
  return true;
}

bool ChildProcess::receive_some() {
  for (;;) {
    const std::size_t before = answer_.size();
    answer_.resize(before + kPiece);
    const ssize_t got = ::recv(socket_, answer_.data() + before, kPiece, MSG_DONTWAIT);
    answer_.resize(before + (got > 0 ? static_cast<std::size_t>(got) : 0));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return errno == EAGAIN || errno == EWOULDBLOCK;
    if (got == 0) return false;
    if (has_answer()) return true;
  }
}

bool ChildProcess::has_answer() const {
  return answer_.size() >= kHead && answer_.size() - kHead == WireReader(answer_).number();
}

std::optional<ChildProcess::Answer> ChildProcess::advance() {
  const bool alive = send_some() && receive_some();
  if (has_answer()) {
    busy_ = false;
    answer_.erase(0, kHead);
    return Answer{std::move(answer_), std::nullopt};
  }
  if (!alive) return failed(reason_of_end());
  if (std::chrono::steady_clock::now() < deadline_) return std::nullopt;
  ::kill(process_, SIGKILL);
  (void)reason_of_end();
  return failed(isolate_fault(
      "isolate.timeout", fmt::format("took more than {} seconds", limits_.max_seconds), "see --max-seconds"));
}

ChildProcess::Answer ChildProcess::failed(Diagnostic fault) {
  ::close(std::exchange(socket_, -1));
  process_ = -1;
  busy_ = false;
  request_.clear();
  return {"", std::move(fault)};
}

Diagnostic ChildProcess::reason_of_end() {
  int status = 0;
  while (::waitpid(process_, &status, 0) < 0 && errno == EINTR) continue;
  if (WIFEXITED(status) && WEXITSTATUS(status) == kOutOfMemory)
    return isolate_fault("isolate.out-of-memory",
                         fmt::format("needed more than {} bytes of memory", limits_.max_memory),
                         "see --max-memory");
  if (WIFSIGNALED(status))
    return isolate_fault("isolate.crashed", fmt::format("ended its process by signal {}", WTERMSIG(status)));
  return isolate_fault("isolate.crashed", fmt::format("ended its process with code {}", WEXITSTATUS(status)));
}

}  // namespace yoran
