#include "app/batch/profile.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace yoran {
namespace {

constexpr std::size_t kShown = 15;
constexpr std::uint64_t kShare = 5;  // of so many times the mean a rule is named

double seconds(std::uint64_t nanoseconds) { return static_cast<double>(nanoseconds) / 1e9; }
double milliseconds(std::uint64_t nanoseconds) { return static_cast<double>(nanoseconds) / 1e6; }

std::uint64_t percent(std::uint64_t part, std::uint64_t whole) { return whole == 0 ? 0 : part * 100 / whole; }

}  // namespace

void Profile::add(const Extraction& extraction, std::chrono::nanoseconds emit) {
  const std::lock_guard lock(mutex_);
  ++documents_;
  const auto add_stage = [&](std::string_view stage, std::uint64_t nanoseconds) {
    const auto found = std::find_if(stages_.begin(), stages_.end(),
                                    [&](const StageTime& time) { return time.stage == stage; });
    if (found == stages_.end())
      stages_.push_back({stage, nanoseconds});
    else
      found->nanoseconds += nanoseconds;
  };
  for (const StageTime& time : extraction.times) add_stage(time.stage, time.nanoseconds);
  if (extraction.document != nullptr) add_stage("emit", static_cast<std::uint64_t>(emit.count()));
  for (std::size_t i = 0; i < extraction.patterns.size(); ++i) {
    patterns_[i].calls += extraction.patterns[i].calls;
    patterns_[i].matches += extraction.patterns[i].matches;
    patterns_[i].nanoseconds += extraction.patterns[i].nanoseconds;
  }
}

std::vector<std::size_t> Profile::ranked() const {
  std::vector<std::size_t> indices;
  for (std::size_t i = 0; i < patterns_.size(); ++i) {
    if (patterns_[i].calls > 0) indices.push_back(i);
  }
  std::stable_sort(indices.begin(), indices.end(), [this](std::size_t a, std::size_t b) {
    return patterns_[a].nanoseconds > patterns_[b].nanoseconds;
  });
  return indices;
}

std::uint64_t Profile::nanoseconds_of_patterns() const {
  return std::accumulate(patterns_.begin(), patterns_.end(), std::uint64_t{0},
                         [](std::uint64_t sum, const PatternCost& cost) { return sum + cost.nanoseconds; });
}

// More than its share of the time that all patterns take.
bool Profile::is_costly(const PatternCost& cost, std::size_t called) const {
  return cost.nanoseconds * called > nanoseconds_of_patterns() * kShare;
}

std::string Profile::as_text() const {
  const std::uint64_t whole =
      std::accumulate(stages_.begin(), stages_.end(), std::uint64_t{0},
                      [](std::uint64_t sum, const StageTime& time) { return sum + time.nanoseconds; });
  std::string out =
      fmt::format("profile of {} documents\n  {:<32}{:>10}{:>8}\n", documents_, "stage", "ms", "share");
  for (const StageTime& time : stages_)
    out += fmt::format("  {:<32}{:>10.2f}{:>6} %\n", time.stage, milliseconds(time.nanoseconds),
                       percent(time.nanoseconds, whole));
  const auto indices = ranked();
  out += fmt::format("  {:<32}{:>10}{:>8}{:>10}{:>10}{:>8}\n", "rule", "ms", "share", "calls", "matches",
                     "ns/call");
  for (std::size_t rank = 0; rank < std::min(indices.size(), kShown); ++rank) {
    const PatternCost& cost = patterns_[indices[rank]];
    out +=
        fmt::format("  {:<32}{:>10.2f}{:>6} %{:>10}{:>10}{:>8}\n", rules_.entity_patterns[indices[rank]].id,
                    milliseconds(cost.nanoseconds), percent(cost.nanoseconds, nanoseconds_of_patterns()),
                    cost.calls, cost.matches, cost.nanoseconds / cost.calls);
  }
  for (const std::size_t i : indices) {
    if (!is_costly(patterns_[i], indices.size())) continue;
    out += fmt::format("  more than its share: {}, {} % of the time of {} rules ({}:{})\n",
                       rules_.entity_patterns[i].id,
                       percent(patterns_[i].nanoseconds, nanoseconds_of_patterns()), indices.size(),
                       rules_.entity_patterns[i].path, rules_.entity_patterns[i].at.line);
  }
  return out;
}

std::string Profile::as_json() const {
  std::string out = fmt::format("\"documents\":{},\"stages\":{{", documents_);
  for (const StageTime& time : stages_)
    out += fmt::format("{}\"{}\":{}", out.ends_with('{') ? "" : ",", time.stage, seconds(time.nanoseconds));
  out += "},\"rules\":[";
  const auto indices = ranked();
  for (const std::size_t i : indices) {
    const PatternCost& cost = patterns_[i];
    out += fmt::format(R"({}{{"rule":"{}","seconds":{},"calls":{},"matches":{},"costly":{}}})",
                       out.ends_with('[') ? "" : ",", rules_.entity_patterns[i].id, seconds(cost.nanoseconds),
                       cost.calls, cost.matches, is_costly(cost, indices.size()));
  }
  return out + "]";
}

}  // namespace yoran
