#include "app/check/baseline.h"

#include <nlohmann/json.hpp>

#include "app/check/fix.h"
#include "app/command_line.h"
#include "app/input/input.h"
#include "emit/finding_json.h"

namespace yoran {
namespace {

constexpr std::string_view kSchema = "yoran.baseline/1";
constexpr std::uint64_t kMaxBytes = 64U << 20U;

}  // namespace

Baseline Baseline::read(const std::string& file) {
  Baseline baseline;
  const InputBytes input = read_input(file, kMaxBytes);
  if (input.fault && input.fault->code == "read.missing") return baseline;
  if (input.fault) throw UsageError(file + ": " + input.fault->message);
  const auto json = nlohmann::ordered_json::parse(input.bytes, nullptr, false);
  const bool ours = json.is_object() && json.contains("schema") && json["schema"] == kSchema &&
                    json.contains("findings") && json["findings"].is_array();
  if (!ours) throw UsageError(file + " is no baseline", "write it with --update-baseline");
  for (const auto& entry : json["findings"]) {
    if (entry.is_object() && entry.contains("fingerprint") && entry["fingerprint"].is_string())
      baseline.fingerprints_.insert(entry["fingerprint"].get<std::string>());
  }
  return baseline;
}

void Baseline::write(const std::string& file, const Findings& findings) {
  nlohmann::ordered_json json = {{"schema", kSchema}, {"findings", nlohmann::ordered_json::array()}};
  for (const Finding& finding : findings) {
    if (finding.standing == Standing::ignored) continue;
    json["findings"].push_back({{"path", finding.path},
                                {"check", finding.check},
                                {"message", finding.message},
                                {"fingerprint", finding.fingerprint}});
  }
  const std::string fault = write_atomically(file, dumped(json, 2) + "\n");
  if (!fault.empty()) throw UsageError("cannot write " + file + ": " + fault);
}

void Baseline::mark(Findings& findings) {
  for (Finding& finding : findings) {
    if (finding.standing != Standing::open || !fingerprints_.contains(finding.fingerprint)) continue;
    finding.standing = Standing::baseline;
    used_.insert(finding.fingerprint);
  }
}

}  // namespace yoran
