// Children that answer, crash, hang and need too much.
#include "app/batch/child_pool.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <vector>

namespace yoran {
namespace {

std::string serve(std::string_view request) {
  if (request == "abort") std::abort();
  if (request == "kill") ::kill(::getpid(), SIGKILL);
  if (request == "exit") ::_exit(7);
  if (request == "throw") throw 1;
  if (request == "hang") ::pause();
  if (request == "much") return std::to_string(std::vector<char>(400U << 20U, 'x').size());
  if (request == "late") ::usleep(200'000);
  return "<" + std::string(request) + ">";
}

struct Exchange {
  [[nodiscard]] std::string request(const std::string& item) const { return item; }
  [[nodiscard]] std::string result(const std::string& item, std::string_view answer) const {
    return answer.size() < 20 ? std::string(answer) : std::to_string(answer.size() - item.size());
  }
  [[nodiscard]] std::string failure(const std::string& item, const Diagnostic& fault) const {
    return item + ":" + fault.code;
  }
  [[nodiscard]] std::size_t weigh(const std::string& result) const { return result.size(); }
};

std::string run(const std::vector<std::string>& items, const PoolOptions& options) {
  const ChildLimits limits{200U << 20U, 1};
  const Serve handler = serve;
  const Exchange exchange;
  std::string out;
  ChildPool<std::string, std::string, Exchange> pool(options, limits, handler, exchange);
  pool.run(
      [&, i = std::size_t{0}]() mutable {
        return i < items.size() ? std::optional(items[i++]) : std::nullopt;
      },
      [&](const std::string& result) { out += result + " "; });
  return out;
}

struct ChildCase {
  const char* name;
  std::vector<std::string> items;
  const char* results;
};

TEST(ChildPoolTest, OneAnswerForEachItem) {
  const ChildCase cases[] = {
      {"nothing", {}, ""},
      {"answers", {"a", "b", "", "d"}, "<a> <b> <> <d> "},
      {"in order", {"late", "b", "c"}, "<late> <b> <c> "},
      {"crash", {"a", "abort", "c"}, "<a> abort:isolate.crashed <c> "},
      {"killed", {"kill", "b"}, "kill:isolate.crashed <b> "},
      {"exit", {"exit", "exit", "c"}, "exit:isolate.crashed exit:isolate.crashed <c> "},
      {"throws", {"throw", "b"}, "throw:isolate.crashed <b> "},
      {"hangs", {"a", "hang", "c"}, "<a> hang:isolate.timeout <c> "},
      {"large", {std::string(5'000'000, 'x'), "b"}, "2 <b> "},
  };
  for (const ChildCase& test : cases) {
    for (const std::size_t jobs : {1, 3}) {
      SCOPED_TRACE(test.name);
      EXPECT_EQ(run(test.items, {jobs, true}), test.results);
    }
  }
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)  // under them there is no limit
TEST(ChildPoolTest, MemoryIsLimited) {
  EXPECT_EQ(run({"a", "much", "c"}, {1, true}), "<a> much:isolate.out-of-memory <c> ");
}
#endif

TEST(ChildPoolTest, UnorderedAsTheyCome) { EXPECT_EQ(run({"late", "b"}, {2, false}), "<b> <late> "); }

TEST(ChildPoolTest, ManyItems) {
  std::vector<std::string> items;
  std::string results;
  for (int i = 0; i < 2000; ++i) {
    items.push_back(std::to_string(i));
    results += "<" + items.back() + "> ";
  }
  EXPECT_EQ(run(items, {4, true}), results);
}

}  // namespace
}  // namespace yoran
