#include "app/batch/tally.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "emit/display.h"
#include "emit/json_writer.h"

namespace yoran {
namespace {

constexpr std::size_t kSlowest = 3;
constexpr std::size_t kReasons = 5;

}  // namespace

void Tally::add(const InputReport& report) {
  const auto* const found = std::find(kOutcomes.begin(), kOutcomes.end(), report.outcome);
  if (found != kOutcomes.end()) ++counts_[static_cast<std::size_t>(found - kOutcomes.begin())];
  records_ += report.records;
  if (!report.members) bytes_ += report.bytes;  // those of a container are counted by its documents
  if (!report.reason.empty()) ++reasons_[report.reason];
  if (report.member == 0) ++own_inputs_;
  milliseconds_ += report.milliseconds;
  const auto* const bound = std::lower_bound(kTimeBounds.begin(), kTimeBounds.end(), report.milliseconds);
  ++times_[static_cast<std::size_t>(bound - kTimeBounds.begin())];
  if (report.milliseconds == 0) return;
  if (slowest_.size() == kSlowest && report.milliseconds <= slowest_.back().first) return;
  const auto place = std::find_if(slowest_.begin(), slowest_.end(),
                                  [&](const auto& other) { return other.first < report.milliseconds; });
  slowest_.insert(place, {report.milliseconds, report.name});
  if (slowest_.size() > kSlowest) slowest_.pop_back();
}

std::size_t Tally::inputs() const { return std::accumulate(counts_.begin(), counts_.end(), std::size_t{0}); }

std::size_t Tally::of(std::string_view outcome) const {
  const auto* const found = std::find(kOutcomes.begin(), kOutcomes.end(), outcome);
  return found == kOutcomes.end() ? 0 : counts_[static_cast<std::size_t>(found - kOutcomes.begin())];
}

std::vector<std::pair<std::string, std::size_t>> Tally::reasons() const {
  std::vector<std::pair<std::string, std::size_t>> sorted(reasons_.begin(), reasons_.end());
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  return sorted;
}

std::string Tally::line() const {
  std::string text = fmt::format("{} {}: {} {}", inputs(), inputs() == 1 ? "input" : "inputs", records_,
                                 records_ == 1 ? "record" : "records");
  for (const std::string_view outcome : kOutcomes) {
    if (of(outcome) > 0) text += fmt::format(", {} {}", of(outcome), outcome);
  }
  return text;
}

std::string Tally::as_text() const {
  std::string text = line() + "\n";
  const auto list = [&](std::string_view head, const auto& items, std::string_view form) {
    std::string_view before = head;
    for (const auto& [a, b] : items) {
      text += before;
      text += fmt::format(fmt::runtime(form), a, b);
      before = ", ";
    }
    if (!items.empty()) text += '\n';
  };
  auto why = reasons();
  if (why.size() > kReasons) why.resize(kReasons);
  list("  reasons: ", why, "{1} {0}");
  auto slow = slowest_;
  if (inputs() < 2) slow.clear();
  for (auto& [milliseconds, name] : slow) name = visible(name);
  list("  slowest: ", slow, "{1} ({0} ms)");
  return text;
}

std::string Tally::as_json() const {
  std::string out = fmt::format(R"("inputs":{},"records":{},"bytes":{})", inputs(), records_, bytes_);
  for (const std::string_view outcome : kOutcomes) out += fmt::format(R"(,"{}":{})", outcome, of(outcome));
  out += ",\"reasons\":{";
  for (const auto& [code, count] : reasons())
    out += fmt::format(R"({}"{}":{})", out.back() == '{' ? "" : ",", code, count);
  out += "},\"slowest\":[";
  for (const auto& [milliseconds, name] : slowest_) {
    out += out.back() == '[' ? "{\"name\":" : ",{\"name\":";
    append_json(out, well_formed(name));
    out += fmt::format(",\"ms\":{}}}", milliseconds);
  }
  return out + "]";
}

}  // namespace yoran
