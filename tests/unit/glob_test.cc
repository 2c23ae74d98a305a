#include "app/input/glob.h"

#include <gtest/gtest.h>

#include <string>

namespace yoran {
namespace {

struct GlobCase {
  const char* pattern;
  const char* path;
  bool matches;
};

constexpr GlobCase kCases[] = {
    {"a.txt", "a.txt", true},
    {"a.txt", "b/a.txt", false},
    {"*.txt", "a.txt", true},
    {"*.txt", "b/a.txt", false},
    {"**/*.txt", "a.txt", true},
    {"**/*.txt", "b/c/a.txt", true},
    {"b/**", "b/c/a.txt", true},
    {"b/**", "bc/a.txt", false},
    {"b/**/a.txt", "b/a.txt", true},
    {"b/**/a.txt", "b/c/d/a.txt", true},
    {"b/**/a.txt", "b/c/da.txt", false},
    {"**/d/**", "a/d/e", true},
    {"**/d/**", "a/cd/e", false},
    {"?.txt", "a.txt", true},
    {"?.txt", "/.txt", false},
    {"[a-c]*", "b1", true},
    {"[!a-c]*", "b1", false},
    {"[]]x", "]x", true},
    {"[ab", "[ab", true},
    {"\\*", "*", true},
    {"\\*", "a", false},
    {"*a*b*", "xxaxxbxx", true},
    {"*a*b*", "xxbxxaxx", false},
    {"", "", true},
    {"", "a", false},
    {"**", "a/b/c", true},
};

TEST(GlobTest, Matches) {
  for (const GlobCase& test : kCases)
    EXPECT_EQ(glob_matches(test.pattern, test.path), test.matches) << test.pattern << " " << test.path;
}

TEST(GlobTest, ManyStarsStayCheap) {
  std::string pattern;
  for (int i = 0; i < 2000; ++i) pattern += "*a";
  EXPECT_FALSE(glob_matches(pattern, std::string(20'000, 'a') + "b"));
}

}  // namespace
}  // namespace yoran
