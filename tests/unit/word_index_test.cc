#include "rulepack/word_index.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace yoran {
namespace {

WordIndex index_of(const std::vector<std::string>& words, bool exact = false) {
  WordIndex index;
  for (std::uint32_t i = 0; i < words.size(); ++i) index.add({words[i], 0, i, exact});
  index.build();
  return index;
}

// Every match as start:word, in the order of the text.
std::string matches(const WordIndex& index, std::string_view text) {
  std::string found;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!index.may_start(text, i)) continue;
    index.match(text, i, [&](const WordMatch& match) {
      found += (found.empty() ? "" : " ") + std::to_string(i) + ":" + std::string(text.substr(i, match.size));
    });
  }
  return found;
}

TEST(WordIndex, FindsWordsWhereTheyStand) {
  struct Case {
    std::vector<std::string> words;
    std::string text;
    std::string expected;
  };
  const Case cases[] = {
      {{"人口", "人口密度"}, "総人口密度", "3:人口 3:人口密度"},
      {{"area"}, "Area: the AREA", "0:Area 10:AREA"},
      {{"area"}, "areas, subarea", ""},
      {{"km", "km2"}, "8km2", "1:km 1:km2"},
      {{"H"}, "H26 Ha", "0:H"},
      {{"a", "ab", "abc"}, "abc", "0:abc"},
      {{"市"}, "市", "0:市"},
      {{"市"}, "", ""},
      {{"x"}, "x", "0:x"},
      {{"é"}, "é", "0:é"},
      {{"May"}, "Mayor may", "6:may"},
      // Where one word is left, all of it is compared.
      {{"緑が丘市民会館"}, "緑が丘市民会 緑が丘市民会館", "19:緑が丘市民会館"},
      {{"緑が丘", "緑が丘市民会館"}, "緑が丘市民会場", "0:緑が丘"},
      {{"United Kingdom"}, "the united kingdom, a United Kin", "4:united kingdom"},
      {{"in the", "in the year", "in spring"},
       "in the years in THE YEAR in Spring",
       "0:in the 13:in THE 13:in THE YEAR 25:in Spring"},
      {{"St. Helens"}, "St. Helen St. Helens", "10:St. Helens"},
  };
  for (const Case& c : cases) EXPECT_EQ(matches(index_of(c.words), c.text), c.expected) << c.text;
}

TEST(WordIndex, ExactWordsKeepTheirCase) {
  EXPECT_EQ(matches(index_of({"R"}, true), "R2 r2"), "0:R");
  EXPECT_EQ(matches(index_of({"Reading", "READING"}, true), "reading Reading READING"),
            "8:Reading 16:READING");
}

TEST(WordIndex, LongestTakesTheCategoryAskedFor) {
  WordIndex index;
  index.add({"人", 1, 0, false});
  index.add({"人口", 2, 0, false});
  index.build();
  EXPECT_EQ(index.longest("人口", 0)->size, 6U);
  EXPECT_EQ(index.longest("人口", 0, 1)->size, 3U);
  EXPECT_FALSE(index.longest("人口", 0, 3));
}

TEST(WordIndex, TextMayBeCutInsideACharacter) {
  const WordIndex index = index_of({"人", "人口"});
  EXPECT_EQ(matches(index, std::string_view("人口").substr(0, 4)), "0:人");
  EXPECT_FALSE(index.longest(std::string_view("人口").substr(3, 2), 0, 0));
}

TEST(WordIndex, EmptyIndexFindsNothing) { EXPECT_EQ(matches(index_of({}), "any text"), ""); }

}  // namespace
}  // namespace yoran
