// Which code points stage 2 folds, and to what. Built once: from ICU (width and square forms, digits, blanks,
// what is not printed) and from the folds of the lexicon (dashes, quotes), which win.
#ifndef YORAN_RULEPACK_FOLD_TABLE_H_
#define YORAN_RULEPACK_FOLD_TABLE_H_

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace yoran {

enum class FoldAction : std::uint8_t {
  copy,     // stays, and never combines with what stands before it
  replace,  // becomes FoldTable::replacement, which may not combine with what stands before it
  remove,   // zero-width: variation selector, soft hyphen, byte order mark
  join,  // becomes its replacement, and that may combine with what stands before it: a voiced mark, an accent
  carriage_return,  // a line end unless LF follows
  long_mark,        // U+30FC: a letter of katakana, but a dash between digits
};

struct FoldTable {
  struct Entry {
    std::uint32_t text = 0;  // into `texts`
    std::uint8_t size = 0;
    FoldAction action = FoldAction::copy;
  };

  // `extra`: code point and replacement in UTF-8, empty to remove it. ASCII cannot be folded and is ignored.
  // Replacements are folded themselves until nothing changes, so that folding twice is folding once.
  [[nodiscard]] static FoldTable build(std::span<const std::pair<char32_t, std::string>> extra);

  [[nodiscard]] const Entry& at(char32_t code_point) const {
    return entries[page_entries[(std::size_t{pages[code_point >> 6]} << 6) | (code_point & 63)]];
  }
  [[nodiscard]] std::string_view replacement(const Entry& entry) const {
    return {texts.data() + entry.text, entry.size};
  }

  // True for what is copied, by the high and the low six bits of a code point below 0x10000.
  [[nodiscard]] bool copies(std::uint32_t high, std::uint32_t low) const {
    return (copied[high] >> low & 1) != 0;
  }

  // True for a text that folding leaves as it is: by a look at its characters, so that some are missed.
  [[nodiscard]] bool leaves(std::string_view utf8) const;

  // The folded form of a word of the rules. Same result as stage 2, made simply and without a map.
  [[nodiscard]] std::string fold(std::string_view utf8) const;

  std::array<std::uint64_t, 1024> copied{};
  std::vector<std::uint16_t> pages;         // by code point / 64; page 0 is all `copy`
  std::vector<std::uint16_t> page_entries;  // 64 for each page
  std::vector<Entry> entries;               // entry 0 is `copy`
  std::string texts;
};

// A long mark between two of these is a dash: ASCII digits and all else that stands for 0 to 9.
[[nodiscard]] bool is_digit_like(char32_t code_point);

}  // namespace yoran

#endif  // YORAN_RULEPACK_FOLD_TABLE_H_
