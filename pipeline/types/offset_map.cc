#include "types/offset_map.h"

#include <algorithm>

namespace yoran {

std::size_t OffsetMap::run_at(std::uint32_t to) const {
  const auto after =
      std::upper_bound(runs_.begin(), runs_.end(), to,
                       [](std::uint32_t position, const Run& run) { return position < run.to; });
  return static_cast<std::size_t>(after - runs_.begin()) - 1;
}

std::uint32_t OffsetMap::start_of(std::uint32_t to) const {
  if (runs_.empty()) return 0;
  if (to >= size_) return end_of(size_);
  const Run& run = runs_[run_at(to)];
  return run.from + (to - run.to) / run.to_unit * run.from_unit;
}

std::uint32_t OffsetMap::end_of(std::uint32_t to) const {
  if (runs_.empty()) return 0;
  to = std::min(to, size_);
  if (to == 0) return runs_.front().from;
  const Run& run = runs_[run_at(to - 1)];
  return run.from + ((to - 1 - run.to) / run.to_unit + 1) * run.from_unit;
}

std::uint32_t OffsetMap::derived(std::uint32_t from) const {
  const auto after =
      std::upper_bound(runs_.begin(), runs_.end(), from,
                       [](std::uint32_t position, const Run& run) { return position < run.from; });
  if (after == runs_.begin()) return 0;
  const Run& run = *std::prev(after);
  const std::uint32_t run_end = after == runs_.end() ? size_ : after->to;
  if (run.from_unit == 0) return run_end;
  const std::uint32_t units = (from - run.from + run.from_unit - 1) / run.from_unit;
  return static_cast<std::uint32_t>(
      std::min<std::uint64_t>(run.to + std::uint64_t{units} * run.to_unit, run_end));
}

namespace {

// Appends the derived bytes [from, stop) of a run of the inner map. Units cut at an end (one entity may stand
// for two characters of which one is folded) count whole.
void append_part(OffsetMap& result, const OffsetMap::Run& run, std::uint32_t from, std::uint32_t stop) {
  while (from < stop) {
    const std::uint32_t unit = (from - run.to) / run.to_unit;
    const std::uint32_t into_unit = (from - run.to) % run.to_unit;
    const std::uint32_t origin = run.from + unit * run.from_unit;
    const std::uint32_t whole = (stop - from) / run.to_unit * run.to_unit;
    const bool is_cut = into_unit != 0 || whole == 0;
    const std::uint32_t size = is_cut ? std::min(run.to_unit - into_unit, stop - from) : whole;
    result.append(size, origin, is_cut ? size : run.to_unit, run.from_unit);
    from += size;
  }
}

}  // namespace

OffsetMap OffsetMap::compose(const OffsetMap& outer, const OffsetMap& inner) {
  OffsetMap result;
  for (std::size_t i = 0; i < outer.runs_.size(); ++i) {
    const Run& run = outer.runs_[i];
    const std::uint32_t run_end = i + 1 < outer.runs_.size() ? outer.runs_[i + 1].to : outer.size_;
    if (run.from_unit == 0) {
      result.append_inserted(run_end - run.to, inner.start_of(run.from));
      continue;
    }
    if (run.to_unit != 1 || run.from_unit != 1) {
      for (std::uint32_t to = run.to, from = run.from; to < run_end;
           to += run.to_unit, from += run.from_unit) {
        const std::uint32_t start = inner.start_of(from);
        result.append_unit(run.to_unit, start, inner.end_of(from + run.from_unit) - start);
      }
      continue;
    }
    // A copied run keeps the units of the inner map.
    std::uint32_t from = run.from;
    const std::uint32_t from_end = run.from + (run_end - run.to);
    for (std::size_t k = inner.run_at(from); from < from_end; ++k) {
      const Run& in = inner.runs_[k];
      const std::uint32_t in_end = k + 1 < inner.runs_.size() ? inner.runs_[k + 1].to : inner.size_;
      const std::uint32_t stop = std::min(from_end, in_end);
      append_part(result, in, from, stop);
      from = stop;
    }
  }
  return result;
}

}  // namespace yoran
