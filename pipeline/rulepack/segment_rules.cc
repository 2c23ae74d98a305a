#include "rulepack/segment_rules.h"

#include <optional>

#include "types/ascii.h"
#include "types/utf8.h"

namespace yoran {

std::array<std::uint8_t, 1024> SegmentRules::blocks_of(const CodePointSet& dividers) {
  constexpr std::uint32_t kKanaFirst = 0x3040 >> 6, kKanaLast = 0x30FF >> 6;
  constexpr std::uint32_t kIdeographFirst = 0x3400 >> 6, kIdeographLast = 0x9FFF >> 6;
  std::array<std::uint8_t, 1024> blocks{};
  for (std::uint32_t high = 0; high < blocks.size(); ++high) {
    if (high >= kKanaFirst && high <= kKanaLast) blocks[high] |= kKana;
    if (high >= kIdeographFirst && high <= kIdeographLast) blocks[high] |= kIdeograph;
    if (dividers.has_any(high)) blocks[high] |= kDivider;
  }
  return blocks;
}

std::array<std::uint8_t, 128> SegmentRules::classes_of(const CodePointSet& separators,
                                                       const CodePointSet& leaders) {
  std::array<std::uint8_t, 128> classes{};
  for (std::size_t c = 0; c < classes.size(); ++c) {
    const auto code_point = static_cast<char32_t>(c);
    if (is_ascii_letter(static_cast<char>(c))) {
      classes[c] = kLetter;
    } else if (separators.contains(code_point)) {
      classes[c] = kSeparator;
    } else if (leaders.contains(code_point)) {
      classes[c] = kDot;
    }
  }
  classes[' '] = kSpace;
  classes['\t'] = kTab;
  classes[','] = kComma;
  return classes;
}

void SegmentRules::read(TableReader& root, const FoldTable& folds) {
  std::optional<TableReader> layout = root.table("layout");
  if (!layout) return;
  const auto signs = [&](std::string_view key) { return CodePointSet(folds.fold(layout->string(key))); };
  heading_marks = signs("heading_marks");
  bullets = signs("bullets");
  spaced_bullets = signs("spaced_bullets");
  leaders = signs("leaders");
  long_leaders = signs("long_leaders");
  separators = signs("separators");
  underlines = signs("underlines");
  for (const TableReader::Item& item : layout->items("brackets")) {
    const std::string folded = folds.fold(item.text);
    std::vector<char32_t> pair;
    for (std::size_t i = 0; i < folded.size(); i += size_at(folded, i))
      pair.push_back(code_point_at(folded, i));
    if (pair.size() == 2) {
      brackets.emplace_back(pair[0], pair[1]);
    } else {
      layout->error(item.at, "rule.bad-value",
                    "a pair of brackets has two characters, not '" + item.text + "'");
    }
  }
  layout->finish();
  for (const CodePointSet* set : {&separators, &leaders}) dividers.insert(*set);
  for (const CodePointSet* set : {&heading_marks, &bullets, &spaced_bullets, &separators, &underlines})
    starts.insert(*set);
  for (const auto& pair : brackets) starts.insert(pair.first);
  for (const char32_t c : {U'#', U'+', U':'}) starts.insert(c);
  blocks = blocks_of(dividers);
  classes = classes_of(separators, leaders);
}

}  // namespace yoran
