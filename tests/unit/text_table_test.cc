#include "rulepack/text_table.h"

#include <gtest/gtest.h>

#include <string>

#include "types/document.h"

namespace yoran {
namespace {

TEST(TextTable, NumbersTextsInTheirOrder) {
  TextTable table;
  EXPECT_EQ(table.add("松山市"), 0U);
  EXPECT_EQ(table.add("Leeds"), 1U);
  EXPECT_EQ(table.add("松山市"), 0U);
  EXPECT_EQ(table.size(), 2U);
  EXPECT_EQ(table.text(1), "Leeds");
  EXPECT_EQ(table.find("leeds"), kNone);
  EXPECT_EQ(TextTable().find("Leeds"), kNone);
}

TEST(TextTable, FindsTheFirstThatDiffersInCaseOnly) {
  TextTable table;
  for (const std::string_view text :
       {"U.S.A.", "Åland", "united states of america", "United States of America"})
    table.add(text);
  EXPECT_EQ(table.find_loosely("UNITED STATES OF AMERICA"), 2U);
  EXPECT_EQ(table.find("United States of America"), 3U);
  EXPECT_EQ(table.find_loosely("u.s.a."), 0U);
  EXPECT_EQ(table.find_loosely("u.s.a"), kNone);
  EXPECT_EQ(table.find_loosely("ålAND"), kNone);  // case is a matter of ASCII
}

TEST(TextTable, GrowsAndKeepsWhatItHandedOut) {
  TextTable table;
  table.add("first");
  const std::string_view first = table.text(0);
  for (int i = 0; i < 20000; ++i) EXPECT_EQ(table.add(std::to_string(i)), static_cast<std::uint32_t>(i + 1));
  EXPECT_EQ(first, "first");
  for (int i = 0; i < 20000; ++i) EXPECT_EQ(table.find(std::to_string(i)), static_cast<std::uint32_t>(i + 1));
}

}  // namespace
}  // namespace yoran
