// Whether a key may be one of a set: a Bloom filter with one hash. A key of the set always may; of other keys
// about one in sixteen.
#ifndef YORAN_RULEPACK_KEY_FILTER_H_
#define YORAN_RULEPACK_KEY_FILTER_H_

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace yoran {

class KeyFilter {
 public:
  void build(const std::vector<std::uint64_t>& keys) {
    constexpr std::size_t kBitsPerKey = 16;
    const std::size_t bits = std::bit_ceil(std::max<std::size_t>(keys.size() * kBitsPerKey, 64));
    words_.assign(bits / 64, 0);
    shift_ = static_cast<unsigned>(64 - std::countr_zero(bits));
    for (const std::uint64_t key : keys) {
      const std::size_t bit = bit_of(key);
      words_[bit >> 6U] |= std::uint64_t{1} << (bit & 63U);
    }
  }
  [[nodiscard]] bool has(std::uint64_t key) const {
    const std::size_t bit = bit_of(key);
    return (words_[bit >> 6U] >> (bit & 63U) & 1U) != 0;
  }

 private:
  [[nodiscard]] std::size_t bit_of(std::uint64_t key) const {
    constexpr std::uint64_t kMultiplier =
        0x9E37'79B9'7F4A'7C15U;  // 2^64 by the golden ratio: Fibonacci hashing
    return (key * kMultiplier) >> shift_;
  }

  std::vector<std::uint64_t> words_ = std::vector<std::uint64_t>(1);
  unsigned shift_ = 58;
};

}  // namespace yoran

#endif  // YORAN_RULEPACK_KEY_FILTER_H_
