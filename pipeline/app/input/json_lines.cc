#include "app/input/json_lines.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "app/command_line.h"
#include "app/console.h"
#include "app/input/input.h"
#include "app/input/request.h"

namespace yoran {
namespace {

constexpr std::uint64_t kMaxFile = 4ULL << 30U;

void report(const std::string& path, const LineColumn* at, const Diagnostic& fault, const TextStyle& style) {
  std::string out;
  write_head(out, path, at, Severity::error, style);
  write_stderr(out + fault.message + " [" + fault.code + "]\n");
}

}  // namespace

int for_each_json_line(const std::string& path, const TextStyle& style,
                       const std::function<void(const nlohmann::json&, std::uint32_t)>& use) {
  const InputBytes input = read_input(path, kMaxFile);
  if (input.fault) {
    report(path, nullptr, *input.fault, style);
    return kExitRejected;
  }
  int exit = kExitOk;
  std::string_view rest = input.bytes;
  for (std::uint32_t number = 1; !rest.empty(); ++number) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    std::optional<Diagnostic> fault = json_fault(line);
    if (!fault) {
      const nlohmann::json value = nlohmann::json::parse(line, nullptr, false);
      if (value.is_object()) {
        use(value, number);
        continue;
      }
      fault = Diagnostic{Severity::error, "json.not-an-object", "the line is not a JSON object", {}, "", ""};
    }
    const LineColumn at{number, 1};
    report(path, &at, *fault, style);
    exit = kExitRejected;
  }
  return exit;
}

}  // namespace yoran
