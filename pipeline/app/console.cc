#include "app/console.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <system_error>

namespace yoran {

int write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

void write_stdout(std::string_view text) {
  const int fault = write_all(STDOUT_FILENO, text);
  if (fault == 0) return;
  throw OutputError("cannot write to standard output: " + std::generic_category().message(fault),
                    fault == EPIPE);
}

void write_stderr(std::string_view text) { (void)write_all(STDERR_FILENO, text); }

TextStyle style_for(const Arguments& arguments, int descriptor) {
  const std::string wish = arguments.value("color", "auto");
  if (wish != "auto") return {wish == "always"};
  const char* const no_color = std::getenv("NO_COLOR");  // see no-color.org
  return {::isatty(descriptor) != 0 && (no_color == nullptr || *no_color == '\0')};
}

int worse_exit(int a, int b) {
  constexpr int kOrder[] = {kExitOk, kExitFindings, kExitRejected, kExitUsage, kExitInternal};
  const auto rank = [&](int code) { return std::find(std::begin(kOrder), std::end(kOrder), code); };
  return rank(a) < rank(b) ? b : a;
}

}  // namespace yoran
