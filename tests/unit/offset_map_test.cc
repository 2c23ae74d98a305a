#include "types/offset_map.h"

#include <gtest/gtest.h>

#include <random>

namespace yoran {
namespace {

using Runs = std::vector<OffsetMap::Run>;

TEST(OffsetMap, Empty) {
  const OffsetMap map;
  EXPECT_EQ(map.size(), 0U);
  EXPECT_EQ(map.start_of(3), 0U);
  EXPECT_EQ(map.end_of(3), 0U);
  EXPECT_EQ(map.derived(3), 0U);
}

TEST(OffsetMap, MergesWhatContinues) {
  OffsetMap map;
  map.append_copy(5, 0);
  map.append_copy(5, 5);
  map.append(1, 10, 1, 3);
  map.append(2, 13, 1, 3);
  map.append_copy(1, 20);  // a gap before it
  map.append_copy(0, 99);
  EXPECT_EQ(map.runs(), (Runs{{0, 0, 1, 1}, {10, 10, 1, 3}, {13, 20, 1, 1}}));
}

TEST(OffsetMap, ClearedIsNew) {
  OffsetMap map;
  map.append_copy(5, 0);
  map.clear();
  map.append_copy(5, 5);
  EXPECT_EQ(map.runs(), (Runs{{0, 5, 1, 1}}));
}

// "a" copied, a full-width "12", "&amp;" as one unit, an inserted line end, three bytes removed, "z" copied.
OffsetMap example() {
  OffsetMap map;
  map.append_copy(1, 0);
  map.append(2, 1, 1, 3);
  map.append_unit(1, 7, 5);
  map.append_inserted(1, 12);
  map.append_copy(1, 15);
  return map;
}

struct Case {
  const char* name;
  TextSpan derived;
  DecodedSpan origin;
};
class OffsetMapOrigin : public testing::TestWithParam<Case> {};
TEST_P(OffsetMapOrigin, Is) {
  EXPECT_EQ(example().origin<DecodedSpan>(GetParam().derived), GetParam().origin);
}
constexpr Case kCases[] = {
    {"Copied", {0, 1}, {0, 1}},     {"Wide", {1, 2}, {1, 4}},        {"WideBoth", {1, 3}, {1, 7}},
    {"Entity", {3, 4}, {7, 12}},    {"Inserted", {4, 5}, {12, 12}},  {"AfterGap", {5, 6}, {15, 16}},
    {"OverGap", {3, 6}, {7, 16}},   {"EndInGap", {0, 5}, {0, 12}},   {"All", {0, 6}, {0, 16}},
    {"EmptyFirst", {0, 0}, {0, 0}}, {"EmptyMiddle", {2, 2}, {4, 4}}, {"EmptyEnd", {6, 6}, {16, 16}},
    {"Behind", {6, 9}, {16, 16}},
};
INSTANTIATE_TEST_SUITE_P(Unit, OffsetMapOrigin, testing::ValuesIn(kCases),
                         [](const auto& test) { return test.param.name; });

TEST(OffsetMap, Derived) {
  constexpr std::uint32_t kDerived[] = {0, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 6, 6};
  for (std::uint32_t from = 0; from < std::size(kDerived); ++from)
    EXPECT_EQ(example().derived(from), kDerived[from]) << from;
}

TEST(OffsetMap, UnitsOfSeveralBytesAreNotSplit) {
  OffsetMap map;
  map.append(9, 0, 3, 2);  // three kanji of Shift_JIS
  EXPECT_EQ(map.origin<DecodedSpan>(TextSpan{4, 5}), (DecodedSpan{2, 4}));
  EXPECT_EQ(map.origin<DecodedSpan>(TextSpan{2, 4}), (DecodedSpan{0, 4}));
  EXPECT_EQ(map.derived(2), 3U);
  EXPECT_EQ(map.derived(3), 6U);
}

// A random map of contiguous units with gaps, and what it says byte by byte.
struct RandomMap {
  OffsetMap map;
  std::vector<DecodedSpan> of_byte;
  std::uint32_t origin_size = 0;
};

RandomMap random_map(std::mt19937& random, std::uint32_t origin_size) {
  RandomMap result;
  std::uint32_t from = 0;
  while (from < origin_size) {
    if (random() % 5 == 0) from += random() % 3;
    const std::uint32_t from_unit = random() % 8 == 0 ? 0 : 1 + random() % 3;
    const std::uint32_t to_unit = random() % 3 == 0 ? 1 + random() % 3 : from_unit == 0 ? 1 : from_unit;
    if (from + from_unit > origin_size) break;
    const bool copied = from_unit == to_unit && random() % 2 == 0;
    copied ? result.map.append_copy(to_unit, from) : result.map.append(to_unit, from, to_unit, from_unit);
    for (std::uint32_t i = 0; i < to_unit; ++i) {
      result.of_byte.push_back(copied ? DecodedSpan{from + i, from + i + 1}
                                      : DecodedSpan{from, from + from_unit});
    }
    from += from_unit;
  }
  result.origin_size = origin_size;
  return result;
}

TEST(OffsetMapProperty, AgreesWithAListOfBytes) {
  std::mt19937 random(3);
  for (int round = 0; round < 3000; ++round) {
    const RandomMap expected = random_map(random, 1 + random() % 60);
    const auto size = static_cast<std::uint32_t>(expected.of_byte.size());
    ASSERT_EQ(expected.map.size(), size);
    for (std::uint32_t start = 0; start < size; ++start) {
      for (std::uint32_t end = start + 1; end <= size; ++end) {
        const DecodedSpan origin{expected.of_byte[start].start, expected.of_byte[end - 1].end};
        ASSERT_EQ(expected.map.origin<DecodedSpan>(TextSpan{start, end}), origin);
      }
    }
  }
}

// derived(from) is the first byte whose unit begins at or after `from`; inserted bytes go with what stands
// before.
TEST(OffsetMapProperty, DerivedAgreesWithAListOfBytes) {
  std::mt19937 random(4);
  for (int round = 0; round < 3000; ++round) {
    const RandomMap expected = random_map(random, 1 + random() % 60);
    for (std::uint32_t from = 0; from < expected.origin_size; ++from) {
      std::uint32_t first = 0;
      while (first < expected.of_byte.size() &&
             (expected.of_byte[first].start < from ||
              (expected.of_byte[first].start == from && expected.of_byte[first].empty()))) {
        ++first;
      }
      ASSERT_EQ(expected.map.derived(from), first) << from;
    }
  }
}

TEST(OffsetMapProperty, ComposedIsOneAfterTheOther) {
  std::mt19937 random(5);
  for (int round = 0; round < 3000; ++round) {
    const RandomMap inner = random_map(random, 1 + random() % 80);
    if (inner.map.size() == 0) continue;
    const RandomMap outer = random_map(random, inner.map.size());
    const OffsetMap both = OffsetMap::compose(outer.map, inner.map);
    ASSERT_EQ(both.size(), outer.map.size());
    for (std::uint32_t start = 0; start < both.size(); ++start) {
      const TextSpan byte{start, start + 1};
      const auto middle = outer.map.origin<DecodedSpan>(byte);
      const auto expected = inner.map.origin<SourceSpan>(middle);
      const auto got = both.origin<SourceSpan>(byte);
      ASSERT_TRUE(got.contains(expected)) << start;  // units may be rounded outwards, never inwards
    }
  }
}

}  // namespace
}  // namespace yoran
