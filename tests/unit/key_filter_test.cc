#include "rulepack/key_filter.h"

#include <gtest/gtest.h>

#include <random>

namespace yoran {
namespace {

// Of `kAsked` keys that are not in the set, how many pass; all keys of the set must.
template <unsigned kBits>
std::size_t passed(unsigned char mark, std::size_t asked) {
  std::mt19937_64 random(7);
  std::vector<FilterKey> keys;
  for (int i = 0; i < 10'000; ++i) keys.push_back({random(), mark});
  KeyFilter<kBits> filter;
  filter.build(keys);
  for (const FilterKey& key : keys) EXPECT_TRUE(filter.has(key.text, key.mark));
  std::size_t count = 0;
  for (std::size_t i = 0; i < asked; ++i) count += filter.has(random(), mark) ? 1 : 0;
  return count;
}

TEST(KeyFilter, KeepsItsKeysAndFewOthers) {
  constexpr std::size_t kAsked = 100'000;
  for (const unsigned char mark : {'\0', ' ', '('}) {
    EXPECT_LT(passed<1>(mark, kAsked), kAsked / 14);
    EXPECT_LT(passed<2>(mark, kAsked), kAsked / 50);
  }
}

TEST(KeyFilter, MarksOfOneTextDiffer) {
  KeyFilter<2> filter;
  filter.build({{42, ' '}});
  EXPECT_TRUE(filter.has(42, ' '));
  EXPECT_FALSE(filter.has(42));
  EXPECT_FALSE(filter.has(42, '('));
}

TEST(KeyFilter, Empty) {
  KeyFilter<1> filter;
  EXPECT_FALSE(filter.has(0));
  filter.build({});
  EXPECT_FALSE(filter.has(0));
}

}  // namespace
}  // namespace yoran
