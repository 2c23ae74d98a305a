#include "app/profile.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <numeric>

#include "normalize.h"

namespace yoran {
namespace {

constexpr std::uint32_t kWindow = 400;  // bytes a pattern may look at
constexpr std::size_t kShown = 15;
constexpr std::uint64_t kShare = 5;  // of so many times the mean a rule is named

double seconds(std::uint64_t nanoseconds) { return static_cast<double>(nanoseconds) / 1e9; }
double milliseconds(std::uint64_t nanoseconds) { return static_cast<double>(nanoseconds) / 1e6; }

std::uint64_t percent(std::uint64_t part, std::uint64_t whole) { return whole == 0 ? 0 : part * 100 / whole; }

// The places where each pattern has to be tried: its words, and runs of digits. What has no RE2 costs nothing
// that could be measured.
std::vector<std::vector<std::uint32_t>> places_of(std::string_view text, const RulePack& rules) {
  std::vector<std::vector<std::uint32_t>> places(rules.entity_patterns.size());
  const auto digit_run = [&](std::uint32_t start) {
    const std::uint32_t end = next_start(text, start, static_cast<std::uint32_t>(text.size()));
    const std::string_view behind = text.substr(end);
    for (const std::uint32_t index : rules.digit_patterns) {
      const EntityPattern& pattern = rules.entity_patterns[index];
      const auto follows = [&](const std::string& literal) { return behind.starts_with(literal); };
      if (pattern.re == nullptr || !pattern.takes_run_of(end - start)) continue;
      if (pattern.next.empty() || std::any_of(pattern.next.begin(), pattern.next.end(), follows))
        places[index].push_back(start);
    }
  };
  for (std::uint32_t i = 0; i < text.size(); ++i) {
    if (is_ascii_digit(text[i]) && (i == 0 || !is_ascii_digit(text[i - 1]))) digit_run(i);
    if (!rules.words.may_start(text, i)) continue;
    rules.words.match(text, i, [&](const WordMatch& found) {
      if (static_cast<WordCategory>(found.word->category) == WordCategory::entity &&
          rules.entity_patterns[found.word->entry].re != nullptr)
        places[found.word->entry].push_back(i);
    });
  }
  return places;
}

}  // namespace

std::vector<Profile::Cost> Profile::measure_patterns(const Document& document) const {
  using Clock = std::chrono::steady_clock;
  const Text text = normalize(document, rules_.folds);
  const auto places = places_of(text.folded, rules_);
  std::vector<Cost> costs(places.size());
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (places[i].empty()) continue;
    const EntityPattern& pattern = rules_.entity_patterns[i];
    std::array<re2::StringPiece, kMaxCaptures + 2> groups;
    const auto count = static_cast<int>(std::min(pattern.capture_of_group.size() + 1, groups.size()));
    costs[i].calls = places[i].size();
    const Clock::time_point start = Clock::now();
    for (const std::uint32_t place : places[i]) {
      std::string_view window = std::string_view(text.folded).substr(place, kWindow);
      window = window.substr(0, window.find('\n'));
      const re2::StringPiece piece(window.data(), window.size());
      if (pattern.re->Match(piece, 0, piece.size(), RE2::ANCHOR_START, groups.data(), count))
        ++costs[i].matches;
    }
    costs[i].nanoseconds = static_cast<std::uint64_t>(std::chrono::nanoseconds(Clock::now() - start).count());
  }
  return costs;
}

void Profile::add(const Extraction& extraction, std::chrono::nanoseconds emit) {
  std::vector<Cost> costs;
  if (extraction.document != nullptr) costs = measure_patterns(*extraction.document);
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
  for (std::size_t i = 0; i < costs.size(); ++i) {
    patterns_[i].calls += costs[i].calls;
    patterns_[i].matches += costs[i].matches;
    patterns_[i].nanoseconds += costs[i].nanoseconds;
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
                         [](std::uint64_t sum, const Cost& cost) { return sum + cost.nanoseconds; });
}

// More than its share of the time that all patterns take.
bool Profile::is_costly(const Cost& cost, std::size_t called) const {
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
  out += fmt::format("  {:<32}{:>10}{:>8}{:>10}{:>10}{:>8}\n", "rule, run by itself", "ms", "share", "calls",
                     "matches", "ns/call");
  for (std::size_t rank = 0; rank < std::min(indices.size(), kShown); ++rank) {
    const Cost& cost = patterns_[indices[rank]];
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
    const Cost& cost = patterns_[i];
    out += fmt::format(R"({}{{"rule":"{}","seconds":{},"calls":{},"matches":{},"costly":{}}})",
                       out.ends_with('[') ? "" : ",", rules_.entity_patterns[i].id, seconds(cost.nanoseconds),
                       cost.calls, cost.matches, is_costly(cost, indices.size()));
  }
  return out + "]";
}

}  // namespace yoran
