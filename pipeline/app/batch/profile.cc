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

void add_all(std::vector<RuleCost>& sums, const std::vector<RuleCost>& costs) {
  sums.resize(std::max(sums.size(), costs.size()));
  for (std::size_t i = 0; i < costs.size(); ++i) sums[i] += costs[i];
}

template <class Rows>
std::uint64_t nanoseconds_of(const Rows& rows) {
  return std::accumulate(rows.begin(), rows.end(), std::uint64_t{0},
                         [](std::uint64_t sum, const auto& row) { return sum + row.cost.nanoseconds; });
}

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
  add_all(costs_.entities, extraction.costs.entities);
  add_all(costs_.patterns, extraction.costs.patterns);
  add_all(costs_.fields, extraction.costs.fields);
}

// Patterns are compared with each other: what a field's labels took is the work of many.
void Profile::add_patterns(std::vector<Row>& rows) const {
  for (std::size_t i = 0; i < costs_.entities.size(); ++i) {
    const EntityPattern& pattern = rules_.entity_patterns[i];
    rows.push_back(
        {pattern.id, fmt::format("{}:{}", pattern.path, pattern.at.line), costs_.entities[i], false});
  }
  for (std::size_t i = 0; i < costs_.patterns.size(); ++i) {
    const FieldPatternRef ref = rules_.field_patterns[i];
    const FieldRules& field = rules_.fields[ref.field];
    rows.push_back({field.id + "/" + field.patterns[ref.pattern].id, field.path, costs_.patterns[i], false});
  }
  std::erase_if(rows, [](const Row& row) { return row.cost.calls == 0; });
  const std::uint64_t whole = nanoseconds_of(rows);
  for (Row& row : rows) row.costly = row.cost.nanoseconds * rows.size() > whole * kShare;
}

std::vector<Profile::Row> Profile::rows() const {
  std::vector<Row> rows;
  add_patterns(rows);
  for (std::size_t i = 0; i < costs_.fields.size(); ++i) {
    if (costs_.fields[i].calls > 0)
      rows.push_back({rules_.fields[i].id + " labels", rules_.fields[i].path, costs_.fields[i], false});
  }
  std::stable_sort(rows.begin(), rows.end(),
                   [](const Row& a, const Row& b) { return a.cost.nanoseconds > b.cost.nanoseconds; });
  return rows;
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
  const std::vector<Row> all = rows();
  const std::uint64_t of_rules = nanoseconds_of(all);
  out += fmt::format("  {:<32}{:>10}{:>8}{:>10}{:>10}{:>8}\n", "rule", "ms", "share", "calls", "matches",
                     "ns/call");
  for (std::size_t rank = 0; rank < std::min(all.size(), kShown); ++rank) {
    const Row& row = all[rank];
    out += fmt::format("  {:<32}{:>10.2f}{:>6} %{:>10}{:>10}{:>8}\n", row.id,
                       milliseconds(row.cost.nanoseconds), percent(row.cost.nanoseconds, of_rules),
                       row.cost.calls, row.cost.matches, row.cost.nanoseconds / row.cost.calls);
  }
  for (const Row& row : all) {
    if (!row.costly) continue;
    out += fmt::format("  more than its share: {}, {} % of the time of {} rules ({})\n", row.id,
                       percent(row.cost.nanoseconds, of_rules), all.size(), row.place);
  }
  return out;
}

std::string Profile::as_json() const {
  std::string out = fmt::format("\"documents\":{},\"stages\":{{", documents_);
  for (const StageTime& time : stages_)
    out += fmt::format("{}\"{}\":{}", out.ends_with('{') ? "" : ",", time.stage, seconds(time.nanoseconds));
  out += "},\"rules\":[";
  for (const Row& row : rows()) {
    out += fmt::format(R"({}{{"rule":"{}","seconds":{},"calls":{},"matches":{},"costly":{}}})",
                       out.ends_with('[') ? "" : ",", row.id, seconds(row.cost.nanoseconds), row.cost.calls,
                       row.cost.matches, row.costly);
  }
  return out + "]";
}

}  // namespace yoran
