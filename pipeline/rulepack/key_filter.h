// Whether a key may be one of a set: a Bloom filter whose bits of one key, one or two, lie in one word, so
// that asking costs one look at memory (F. Putze, P. Sanders, J. Singler, "Cache-, hash- and space-efficient
// Bloom filters", 2007). A key of the set always may; of other keys about one in 16, or with two bits one
// in 60.
#ifndef YORAN_RULEPACK_KEY_FILTER_H_
#define YORAN_RULEPACK_KEY_FILTER_H_

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace yoran {

// Keys of one text lie in one word.
struct FilterKey {
  std::uint64_t text = 0;
  unsigned char mark = 0;
  bool operator==(const FilterKey&) const = default;
};

template <unsigned kBitsOfKey>
class KeyFilter {
  static_assert(kBitsOfKey == 1 || kBitsOfKey == 2);

 public:
  // A key that comes twice only makes it larger.
  void build(const std::vector<FilterKey>& keys) {
    constexpr std::size_t kKeysPerWord = 4;
    const std::size_t size = std::bit_ceil(std::max<std::size_t>(keys.size() / kKeysPerWord, 2));
    words_.assign(size, 0);
    shift_ = static_cast<unsigned>(64 - std::countr_zero(size));
    for (const FilterKey& key : keys) {
      const std::uint64_t hash = hash_of(key.text);
      const std::uint64_t bit = std::uint64_t{1} << bit_of(hash, key.mark);
      words_[hash >> shift_] |= bit | (kBitsOfKey == 2 ? std::rotl(bit, distance_of(hash)) : 0);
    }
  }
  [[nodiscard]] bool has(std::uint64_t text, unsigned char mark = 0) const {
    const std::uint64_t hash = hash_of(text);
    std::uint64_t word = words_[hash >> shift_];
    if constexpr (kBitsOfKey == 2) word &= std::rotr(word, distance_of(hash));
    return (word >> bit_of(hash, mark) & 1U) != 0;
  }

 private:
  // Fibonacci hashing: 2^64 by the golden ratio. The upper bits choose the word, those in the middle its
  // bits.
  [[nodiscard]] static std::uint64_t hash_of(std::uint64_t text) { return text * 0x9E37'79B9'7F4A'7C15U; }
  // The first bit of a key, and how far the second one is from it.
  [[nodiscard]] static unsigned bit_of(std::uint64_t hash, unsigned char mark) {
    return (static_cast<unsigned>(hash >> 40U) + mark) & 63U;
  }
  [[nodiscard]] static int distance_of(std::uint64_t hash) { return static_cast<int>(hash >> 34U & 63U); }

  std::vector<std::uint64_t> words_ = std::vector<std::uint64_t>(2);
  unsigned shift_ = 63;
};

}  // namespace yoran

#endif  // YORAN_RULEPACK_KEY_FILTER_H_
