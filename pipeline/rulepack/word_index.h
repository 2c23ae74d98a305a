// All words of the rules in one trie: which words begin at a place of the text.
//
// Letters of ASCII compare without case unless a word was added as exact; a word that begins or ends in an
// ASCII letter matches only where no other letter touches that end, and likewise for digits. Building sorts
// the words once; looking up walks one node per byte and stops at the first byte no word has, or where one
// word is left: for text without words that is the first character or two.
#ifndef YORAN_RULEPACK_WORD_INDEX_H_
#define YORAN_RULEPACK_WORD_INDEX_H_

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "rulepack/key_filter.h"
#include "rulepack/text_store.h"
#include "types/ascii.h"
#include "types/ascii_run.h"
#include "types/utf8.h"

namespace yoran {

struct Word {
  std::string_view text;       // folded
  std::uint16_t category = 0;  // who asked for it
  std::uint32_t entry = 0;     // what it means to them
  bool exact = false;          // case matters
};

struct WordMatch {
  std::uint32_t size = 0;  // bytes
  const Word* word = nullptr;
};

// Two letters, or two digits, side by side belong to one word; "8km" and "H26" are two.
[[nodiscard]] constexpr bool joins(char a, char b) {
  return (is_ascii_letter(a) && is_ascii_letter(b)) || (is_ascii_digit(a) && is_ascii_digit(b));
}

// The end of the run of ASCII letters that begins at `position`; at most `end`.
[[nodiscard]] inline std::uint32_t behind_letters(std::string_view text, std::uint32_t position,
                                                  std::uint32_t end) {
  for (std::uint32_t size = sizeof(std::uint64_t); position < end && size == sizeof(std::uint64_t);
       position += size)
    size = letter_run(eight_bytes(text, position)).size;
  return std::min(position, end);
}

// The next place after `position` where a word or a number may begin: behind the run of ASCII letters or
// digits there, or behind the character. At most `end`.
[[nodiscard]] inline std::uint32_t next_start(std::string_view text, std::uint32_t position,
                                              std::uint32_t end) {
  const char c = text[position];
  if (is_ascii_letter(c)) return behind_letters(text, position, end);
  ++position;
  if (is_ascii_digit(c)) {
    while (position < end && is_ascii_digit(text[position])) ++position;
  } else {
    while (position < end && (static_cast<unsigned char>(text[position]) & 0xC0U) == 0x80U) ++position;
  }
  return position;
}

class WordIndex {
 public:
  // Keeps a copy of the text.
  void add(Word word) {
    if (word.text.empty()) return;
    word.text = texts_.keep(word.text);
    words_.push_back(word);
  }
  void build();

  [[nodiscard]] const std::vector<Word>& words() const { return words_; }

  // False for nearly every place where no word begins, of the category if one is given: by a filter over the
  // beginnings of the words.
  [[nodiscard]] bool may_start(std::string_view text, std::size_t position,
                               std::uint16_t category = kAnyCategory) const {
    if (position >= text.size()) return false;
    const Filters& filters = category == kAnyCategory ? filters_ : salted_;
    const std::uint64_t salt = salt_of(category);
    if (is_ascii_letter(text[position])) {
      const std::uint64_t bytes = eight_bytes(text, position);
      return filters.may_start_in_letters(bytes, letter_run(bytes), salt);
    }
    if (is_wide_lead(text[position])) return filters.may_start_wide(eight_bytes(text, position), salt);
    if (position + 1 < text.size() && is_ascii_letter(text[position + 1]))
      return may_start_before(text[position], letter_run(eight_bytes(text, position + 1)), filters, salt);
    const std::uint32_t node = node_of_byte(text[position]);
    if (node == 0 || position + 1 >= text.size() || is_word(node)) return is_word(node);
    return node_of_pair(text[position], text[position + 1]) != 0;
  }

  // The first place from `position` on and before `end` where a word may begin or a run of digits begins;
  // `end` if there is none. `position` is a place that next_start() has found, or the start of a line.
  [[nodiscard]] std::uint32_t next_candidate(std::string_view text, std::uint32_t position,
                                             std::uint32_t end) const;

  // Calls visit(WordMatch) for every word that begins at `position`, shortest first.
  template <class Visit>
  void match(std::string_view text, std::size_t position, Visit&& visit) const {
    if (position >= text.size() || (position > 0 && joins(text[position - 1], text[position]))) return;
    // Characters of three bytes, those of Japanese, are looked up at once: their first two bytes tell
    // nothing.
    const bool three = is_wide(text, position);
    std::uint32_t node = three ? node_of_character(text, position) : node_of_byte(text[position]);
    const std::string_view rest = text.substr(position);
    for (std::size_t depth = three ? 3 : 1; node != 0; ++depth) {
      const Node& at = nodes_[node];
      for (std::uint32_t w = at.first_word; w < at.last_word; ++w) {
        const Word& word = words_[w];
        if (accepts(word, rest, depth)) visit(WordMatch{static_cast<std::uint32_t>(word.text.size()), &word});
      }
      if (depth >= rest.size() || at.children == 0) return;
      node = depth == 1 ? node_of_pair(rest[0], rest[1]) : child(at, rest[depth]);
    }
  }

  // The longest word of a category that begins at `position`.
  [[nodiscard]] std::optional<WordMatch> longest(std::string_view text, std::size_t position,
                                                 std::uint16_t category) const {
    if (position >= text.size() || !may_be_of(text, position, category)) return std::nullopt;
    if (position > 0 && joins(text[position - 1], text[position])) return std::nullopt;
    if (!may_start(text, position, category)) return std::nullopt;
    return longest_of(text, position, category);
  }
  // The longest word of any category.
  [[nodiscard]] std::optional<WordMatch> longest(std::string_view text, std::size_t position) const {
    return longest(text, position, kAnyCategory);
  }

 private:
  static constexpr std::uint16_t kAnyCategory = 0xFFFF;
  [[nodiscard]] std::optional<WordMatch> longest_of(std::string_view text, std::size_t position,
                                                    std::uint16_t category) const;

  // Whether a word of the category may begin with the character or the two bytes there: most look-ups ask for
  // another category than the words there have. Some characters, and categories above 63, share bits.
  [[nodiscard]] bool may_be_of(std::string_view text, std::size_t position, std::uint16_t category) const {
    return category == kAnyCategory ||
           (categories_[category_slot(text, position)] >> (category & 63U) & 1U) != 0;
  }
  static constexpr std::size_t kLetters = 32;  // of ASCII, whatever their case, which is the bit above
  static constexpr std::size_t kCategorySlots = kLetters * kLetters + 256;
  [[nodiscard]] static std::size_t category_slot(std::string_view text, std::size_t position) {
    const auto first = static_cast<unsigned char>(text[position]);
    if (first < 0x80) return pair_slot(first, position + 1 < text.size() ? text[position + 1] : '\0');
    return kLetters * kLetters + (is_wide(text, position) ? character_at(text, position) & 255U : first);
  }
  [[nodiscard]] static std::size_t pair_slot(unsigned char first, char second) {
    return (first % kLetters) * kLetters + static_cast<unsigned char>(second) % kLetters;
  }

  // A character of three bytes, and all of it is there: a word that is looked up may be cut inside a
  // character.
  [[nodiscard]] static bool is_wide(std::string_view text, std::size_t position) {
    return position + 2 < text.size() && is_wide_lead(text[position]);
  }
  // The code point of a character of three bytes.
  [[nodiscard]] static std::uint32_t character_at(std::string_view text, std::size_t position) {
    return static_cast<std::uint32_t>(code_point_at(text, position));
  }
  // The node behind a character of three bytes; blocks of 64 characters without words share one block.
  [[nodiscard]] std::uint32_t node_of_character(std::string_view text, std::size_t position) const {
    const std::uint32_t character = character_at(text, position);
    return third_[blocks_[character >> 6U] + (character & 63U)];
  }
  void index_characters();

  // A node whose words are one text but for case is a leaf, even if bytes of that text are still to come.
  struct Node {
    std::uint32_t first_child = 0;
    std::uint32_t first_word = 0;
    std::uint32_t last_word = 0;
    std::uint16_t children = 0;
  };

  static constexpr std::size_t kTwoCharacters = 6;  // bytes
  static constexpr std::uint64_t kOneCharacterMask = 0xFF'FFFFU;
  static constexpr std::uint64_t kTwoCharactersMask = 0xFFFF'FFFF'FFFFU;

  // Two sets of filters: of all words, and of the words by category, whose keys are salted with it.
  struct Filters {
    // A first look: the run of letters of ASCII that a word begins with, eight of them at most, or its first
    // character of three bytes, with the last bits of the next one for a mark. Letters: wherever a word
    // matches they are a whole run of letters.
    KeyFilter<1> firsts;
    // The first eight bytes in lower case. Of a shorter word: its letters, and up to three bytes behind the
    // first run of them; or two characters of three bytes.
    KeyFilter<2> wholes;
    KeyFilter<2> shorts;  // words shorter than two such characters: the first one
    KeyFilter<2>
        marked;  // another byte and letters behind it, such as a blank: the run of these, and the byte

    void build(const std::vector<Word>& words, bool by_category);
    // What `wholes` has of a word that begins with a run of letters and has so many bytes behind it.
    [[nodiscard]] static std::uint64_t whole_of(std::uint64_t lower, const LetterRun& run, unsigned behind) {
      return lower & (run.mask << 8U * behind | ((std::uint64_t{1} << 8U * behind) - 1));
    }
    [[nodiscard]] bool may_start_in_letters(std::uint64_t bytes, const LetterRun& run,
                                            std::uint64_t salt = 0) const {
      return firsts.has(run.lower ^ salt) && may_go_on(bytes | kLowerCase, run, salt);
    }
    [[nodiscard]] bool may_go_on(std::uint64_t lower, const LetterRun& run, std::uint64_t salt) const {
      return wholes.has(lower ^ salt) || wholes.has(run.lower ^ salt) ||
             wholes.has(whole_of(lower, run, 3) ^ salt) || wholes.has(whole_of(lower, run, 2) ^ salt);
    }
    [[nodiscard]] bool may_start_wide(std::uint64_t bytes, std::uint64_t salt = 0) const {
      const std::uint64_t one = bytes & kOneCharacterMask;
      if (!firsts.has(one ^ salt, mark_of_next(bytes))) return false;
      const std::uint64_t two = bytes & kTwoCharactersMask;
      return wholes.has(two ^ salt) || wholes.has((bytes | kLowerCase) ^ salt) || shorts.has(one ^ salt);
    }
    // Of the character of three bytes behind the first one.
    [[nodiscard]] static unsigned char mark_of_next(std::uint64_t bytes) {
      return static_cast<unsigned char>(bytes >> 40U & (kMarks - 1));
    }
    static constexpr unsigned kMarks = 64;
  };
  [[nodiscard]] static std::uint64_t salt_of(std::uint16_t category) {
    return category == kAnyCategory ? 0 : (std::uint64_t{category} + 1) * 0xD6E8'FEB8'6659'FD93U;
  }
  [[nodiscard]] bool may_start_before(char mark, const LetterRun& run, const Filters& filters,
                                      std::uint64_t salt = 0) const {
    const auto byte = static_cast<unsigned char>(mark);
    return marks_[byte] != Mark::none &&
           (marks_[byte] == Mark::word || filters.marked.has(run.lower ^ salt, byte));
  }
  void sort_words();
  void build_filters();

  [[nodiscard]] std::uint32_t node_of_pair(char a, char b) const {
    const std::size_t row = rows_[static_cast<unsigned char>(ascii_lower(a))];
    return second_[row << 8U | static_cast<unsigned char>(ascii_lower(b))];
  }
  [[nodiscard]] std::uint32_t node_of_byte(char c) const {
    return first_[static_cast<unsigned char>(ascii_lower(c))];
  }
  [[nodiscard]] bool is_word(std::uint32_t node) const {
    return node != 0 && nodes_[node].first_word != nodes_[node].last_word;
  }
  [[nodiscard]] std::uint32_t child(const Node& node, char c) const;
  // Whether the text begins in the word, whose first `depth` bytes are known to be there but for case.
  [[nodiscard]] static bool accepts(const Word& word, std::string_view text, std::size_t depth);
  void index_pairs();
  void fill_node(std::uint32_t node, std::uint32_t first, std::uint32_t last, std::uint32_t depth);

  TextStore texts_;
  std::vector<Word> words_;                 // sorted by lower-case text
  std::vector<Node> nodes_;                 // 0: none
  std::vector<char> labels_;                // by node: the byte that leads to it
  std::array<std::uint32_t, 256> first_{};  // nodes by the first byte
  std::array<std::uint16_t, 256> rows_{};   // rows of second_ by the first byte; 0: no word goes on
  std::vector<std::uint32_t> second_ = std::vector<std::uint32_t>(256);   // rows of nodes by the second byte
  std::vector<std::uint32_t> blocks_ = std::vector<std::uint32_t>(1024);  // of third_, by the upper ten bits
  std::vector<std::uint32_t> third_ = std::vector<std::uint32_t>(64);     // nodes by the first character
  std::array<std::uint64_t, kCategorySlots>
      categories_{};  // by what a word begins with: a bit for each category
  enum class Mark : std::uint8_t { none, begins_word, word };
  std::array<Mark, 256> marks_{};  // by a byte that is no letter: what begins with it, or is a word by itself
  Filters filters_;
  Filters salted_;
};

}  // namespace yoran

#endif  // YORAN_RULEPACK_WORD_INDEX_H_
