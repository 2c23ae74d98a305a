// Edits and diffs.
#include "app/check/fix.h"

#include <gtest/gtest.h>

#include "app/check/git_diff.h"

namespace yoran {
namespace {

Finding finding_with(std::vector<Edit> edits, Standing standing = Standing::open) {
  Finding finding;
  finding.edits = std::move(edits);
  finding.standing = standing;
  return finding;
}

TEST(FixTest, EditsComeInOrderAndDoNotOverlap) {
  const auto edits =
      edits_of({finding_with({{{8, 9}, "c"}}), finding_with({{{0, 4}, "a"}}), finding_with({{{2, 6}, "b"}}),
                finding_with({{{5, 6}, "x"}}, Standing::ignored)});
  EXPECT_EQ(edits, (std::vector<Edit>{{{0, 4}, "a"}, {{8, 9}, "c"}}));
  EXPECT_EQ(edited("0123456789", edits), "a4567c9");
}

struct DiffCase {
  const char* name;
  const char* bytes;
  std::vector<Edit> edits;
  const char* diff;  // behind the two lines of the head
};

TEST(FixTest, UnifiedDiff) {
  const DiffCase cases[] = {
      {"nothing", "a\n", {}, nullptr},
      {"one line", "a\nb\nc\n", {{{2, 3}, "B"}}, "@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n"},
      {"two edits of a line", "ab\n", {{{0, 1}, "A"}, {{1, 2}, "B"}}, "@@ -1,1 +1,1 @@\n-ab\n+AB\n"},
      {"no end of line",
       "a\nb",
       {{{2, 3}, "B"}},
       "@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+B\n\\ No newline at end of file\n"},
      {"carriage returns stay", "a\r\n", {{{0, 1}, "A"}}, "@@ -1,1 +1,1 @@\n-a\r\n+A\r\n"},
      {"far apart",
       "a\n2\n3\n4\n5\n6\n7\n8\nb\n",
       {{{0, 1}, "A"}, {{16, 17}, "B"}},
       "@@ -1,4 +1,4 @@\n-a\n+A\n 2\n 3\n 4\n@@ -6,4 +6,4 @@\n 6\n 7\n 8\n-b\n+B\n"},
      {"near", "a\n2\n3\nb\n", {{{0, 1}, "A"}, {{6, 7}, "B"}}, "@@ -1,4 +1,4 @@\n-a\n+A\n 2\n 3\n-b\n+B\n"},
  };
  for (const DiffCase& test : cases) {
    const std::string expected =
        test.diff == nullptr ? std::string() : "--- a/x y.txt\n+++ b/x y.txt\n" + std::string(test.diff);
    EXPECT_EQ(unified_diff("x y.txt", test.bytes, test.edits), expected) << test.name;
  }
}

TEST(ChangedLinesTest, ReadsWhatGitWrites) {
  ChangedLines lines;
  lines.read_diff(
      "diff --git a/a.txt b/a.txt\n--- a/a.txt\n+++ b/a.txt\n@@ -3 +3,2 @@ head\n-x\n+y\n+z\n@@ -9,2 +10,0 "
      "@@\n-p\n-q\n"
      "diff --git a/gone.txt b/gone.txt\n--- a/gone.txt\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n"
      "diff --git a/with blank.txt b/with blank.txt\n--- /dev/null\n+++ b/with blank.txt\t\n@@ -0,0 +1 "
      "@@\n+x\n");
  EXPECT_TRUE(lines.touches("a.txt", 3, 3));
  EXPECT_TRUE(lines.touches("a.txt", 4, 8));
  EXPECT_FALSE(lines.touches("a.txt", 5, 20));
  EXPECT_FALSE(lines.touches("a.txt", 1, 2));
  EXPECT_TRUE(lines.touches("with blank.txt", 1, 1));
  EXPECT_FALSE(lines.has("gone.txt"));
}

}  // namespace
}  // namespace yoran
