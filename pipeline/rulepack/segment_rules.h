// Signs that lay out a text: marks of headings, bullets, leader dots, column rules, underlines. Read from the
// lexicon of type "layout". Folded forms: a full-width bar is "|" here.
#ifndef YORAN_RULEPACK_SEGMENT_RULES_H_
#define YORAN_RULEPACK_SEGMENT_RULES_H_

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rulepack/fold_table.h"
#include "rulepack/table_reader.h"
#include "types/code_point_set.h"

namespace yoran {

struct SegmentRules {
  CodePointSet heading_marks;                           // a short line that begins with one is a heading
  std::vector<std::pair<char32_t, char32_t>> brackets;  // a short line in a pair of these is a heading
  CodePointSet bullets;                                 // a line that begins with one is a list item
  CodePointSet spaced_bullets;                          // the same if a blank follows
  CodePointSet leaders;                                 // three dots or more lead from a label to its value
  CodePointSet long_leaders;                            // leaders of three dots each
  CodePointSet separators;                              // divide a line into cells
  CodePointSet underlines;                              // three or more under a line make it a heading

  CodePointSet dividers;  // separators and leaders
  CodePointSet starts;    // whatever a heading, a list item or a rule begins with

  // What a block of 64 code points holds, as bits: the unit of the scan over lines.
  enum Block : std::uint8_t { kKana = 1, kIdeograph = 2, kDivider = 4 };
  std::array<std::uint8_t, 1024> blocks = blocks_of({});

  // What an ASCII character is, as bits.
  enum Class : std::uint8_t { kSpace = 1, kTab = 2, kComma = 4, kDot = 8, kSeparator = 16, kLetter = 128 };
  std::array<std::uint8_t, 128> classes = classes_of({}, {});

  [[nodiscard]] static std::array<std::uint8_t, 1024> blocks_of(const CodePointSet& dividers);
  [[nodiscard]] static std::array<std::uint8_t, 128> classes_of(const CodePointSet& separators,
                                                                const CodePointSet& leaders);

  void read(TableReader& root, const FoldTable& folds);
};

}  // namespace yoran

#endif  // YORAN_RULEPACK_SEGMENT_RULES_H_
