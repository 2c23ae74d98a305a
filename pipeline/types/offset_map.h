// From positions in a derived text back to the text it was made from.
//
// A map is a list of runs. A run pairs units of `to_unit` derived bytes with units of `from_unit` bytes of
// the origin, one after the other, until the next run begins:
//
//   ASCII copied              to_unit 1  from_unit 1   any number of bytes
//   full-width digits folded  to_unit 1  from_unit 3
//   Shift_JIS kanji           to_unit 3  from_unit 2
//   one entity, &amp;         to_unit 1  from_unit 5   a single unit
//   a line end inserted       to_unit 1  from_unit 0   exists in the derived text only
//
// Bytes of the origin between two runs (tags, escape sequences, removed characters) belong to no derived
// byte. A unit is never split: spans are rounded outwards to whole units at both ends.
#ifndef YORAN_TYPES_OFFSET_MAP_H_
#define YORAN_TYPES_OFFSET_MAP_H_

#include <cstdint>
#include <vector>

#include "types/span.h"

namespace yoran {

class OffsetMap {
 public:
  struct Run {
    std::uint32_t to = 0;         // first derived byte
    std::uint32_t from = 0;       // first byte of the origin
    std::uint32_t to_unit = 1;    // > 0
    std::uint32_t from_unit = 1;  // 0 for inserted bytes
    friend bool operator==(const Run&, const Run&) = default;
  };

  // Appends `to_size` derived bytes that stand for the origin from `from` on, in units; `to_size` must be a
  // multiple of `to_unit`. Runs that continue the previous one are merged into it.
  void append(std::uint32_t to_size, std::uint32_t from, std::uint32_t to_unit, std::uint32_t from_unit) {
    if (to_size == 0) return;
    const bool continues = from_unit != 0 && from == next_ && !runs_.empty() &&
                           runs_.back().to_unit == to_unit && runs_.back().from_unit == from_unit;
    if (!continues) runs_.push_back({size_, from, to_unit, from_unit});
    // Most are one unit, or copied: dividing takes longer than all else here.
    const std::uint32_t from_size = to_unit == from_unit ? to_size
                                    : to_unit == to_size ? from_unit
                                                         : to_size / to_unit * from_unit;
    next_ = from + from_size;
    size_ += to_size;
  }
  void append_copy(std::uint32_t size, std::uint32_t from) { append(size, from, 1, 1); }
  void append_unit(std::uint32_t to_size, std::uint32_t from, std::uint32_t from_size) {
    append(to_size, from, to_size, from_size);
  }
  void append_inserted(std::uint32_t to_size, std::uint32_t from) { append(to_size, from, to_size, 0); }
  void clear() { runs_.clear(), size_ = 0, next_ = 0; }
  void reserve(std::size_t runs) { runs_.reserve(runs); }

  // Number of derived bytes mapped so far.
  [[nodiscard]] std::uint32_t size() const { return size_; }
  [[nodiscard]] const std::vector<Run>& runs() const { return runs_; }

  // Origin of the first byte at or after a derived position (`start`) and just behind the byte before it
  // (`end`).
  [[nodiscard]] std::uint32_t start_of(std::uint32_t to) const;
  [[nodiscard]] std::uint32_t end_of(std::uint32_t to) const;

  // The smallest span of the origin that covers the derived bytes [start, end).
  template <class From, class To>
  [[nodiscard]] From origin(To span) const {
    if (span.empty()) return {start_of(span.start), start_of(span.start)};
    return {start_of(span.start), end_of(span.end)};
  }

  // The derived position of the first unit that begins at or after `from` of the origin; needs a map whose
  // origins increase, as all of ours do.
  [[nodiscard]] std::uint32_t derived(std::uint32_t from) const;

  // A map from the derived text of `outer` straight to the origin of `inner`: outer's origin is inner's
  // derived text.
  [[nodiscard]] static OffsetMap compose(const OffsetMap& outer, const OffsetMap& inner);

 private:
  [[nodiscard]] std::size_t run_at(std::uint32_t to) const;

  std::vector<Run> runs_;
  std::uint32_t size_ = 0;
  std::uint32_t next_ = 0;  // behind the origin of the last run
};

}  // namespace yoran

#endif  // YORAN_TYPES_OFFSET_MAP_H_
