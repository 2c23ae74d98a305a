#include "rulepack/pattern_outline.h"

#include <gtest/gtest.h>
#include <re2/re2.h>

#include <string>

namespace yoran {
namespace {

TEST(PatternOutline, SaysWhatMatchesHave) {
  constexpr std::uint32_t kEndless = PatternOutline::kEndless;
  struct Case {
    std::string pattern;
    std::uint32_t longest;
    bool needs_cjk;
  };
  const Case cases[] = {
      {"", 0, false},
      {"of", 2, false},
      {"(?i)was", 4, false},  // the long s
      {"(?i)ok", 4, false},   // the sign of Kelvin
      {"a(?:bc|d)?", 3, false},
      {"a\\.\\d", 9, false},
      {"^a$", 1, false},
      {"a{2}b{1,3}", 5, false},
      {"a{2,}", kEndless, false},
      {"a{0}", 0, false},
      {"(?:a{2}){3}", 6, false},
      {"a{", 2, false},
      {"(?P<x>ab)(c)", 3, false},
      {"[ab-]+", kEndless, false},
      {"[^]]b*", kEndless, false},
      {"a.", 5, false},
      {"市", 4, true},
      {"市?", 4, false},
      {"市*", kEndless, false},
      {"市+?", kEndless, false},
      {"市{0,2}", 8, false},
      {"市{1,2}", 8, true},
      {"[市町]村?", 8, true},
      {"[市a]", 4, false},
      {"[^市]", 4, false},
      {"(?:市|町) ", 5, true},
      {"(?:市|)", 4, false},
      {"a|市", 4, false},
      {"é", 4, false},
      {"\\pL市", kEndless, false},
      {"[[:alpha:]]市", kEndless, false},
      {"\\x{5E02}", kEndless, false},
  };
  for (const Case& c : cases) {
    ASSERT_TRUE(RE2(c.pattern).ok()) << c.pattern;
    const PatternOutline outline = outline_of(c.pattern);
    EXPECT_EQ(outline.longest, c.longest) << c.pattern;
    EXPECT_EQ(outline.needs_cjk, c.needs_cjk) << c.pattern;
  }
}

TEST(PatternOutline, RefusesTextsThatCannotMatch) {
  struct Case {
    std::string pattern;
    std::string text;
    bool may_match;
  };
  const Case cases[] = {
      {"[^。]*合併", ", it merged – with a neighbour", false},
      {"[^。]*合併", " JR 合併", true},
      {"[^。]*合併", "", false},
      {"merged", "", true},
  };
  for (const Case& c : cases) EXPECT_EQ(outline_of(c.pattern).may_match(c.text), c.may_match) << c.text;
}

}  // namespace
}  // namespace yoran
