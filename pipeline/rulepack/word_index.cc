#include "rulepack/word_index.h"

#include <algorithm>

namespace yoran {
namespace {

// What a text is sorted by first: its first eight bytes in lower case, the first one highest.
std::uint64_t lower_prefix(std::string_view text) {
  std::uint64_t prefix = 0;
  for (std::size_t i = 0; i < sizeof prefix; ++i)
    prefix = prefix << 8U | (i < text.size() ? static_cast<unsigned char>(ascii_lower(text[i])) : 0U);
  return prefix;
}

bool less_without_case(std::string_view a, std::string_view b) {
  return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
    return static_cast<unsigned char>(ascii_lower(x)) < static_cast<unsigned char>(ascii_lower(y));
  });
}

}  // namespace

void WordIndex::build() {
  sort_words();
  nodes_.reserve(2 * words_.size());  // about what they come to
  nodes_.assign(1, Node{});
  labels_.assign(1, '\0');
  first_ = {};
  // The root: one node for each first byte.
  for (std::uint32_t i = 0; i < words_.size();) {
    const char c = ascii_lower(words_[i].text[0]);
    std::uint32_t j = i;
    while (j < words_.size() && ascii_lower(words_[j].text[0]) == c) ++j;
    const auto node = static_cast<std::uint32_t>(nodes_.size());
    nodes_.emplace_back();
    labels_.push_back(c);
    first_[static_cast<unsigned char>(c)] = node;
    fill_node(node, i, j, 1);
    i = j;
  }
  index_pairs();
  index_characters();
  build_filters();
}

// By lower-case text; of equal ones in the order in which they were added.
void WordIndex::sort_words() {
  struct SortKey {
    std::uint64_t prefix;
    std::uint32_t word;
  };
  std::vector<SortKey> keys;
  keys.reserve(words_.size());
  for (std::uint32_t i = 0; i < words_.size(); ++i) keys.push_back({lower_prefix(words_[i].text), i});
  std::sort(keys.begin(), keys.end(), [&](const SortKey& a, const SortKey& b) {
    if (a.prefix != b.prefix) return a.prefix < b.prefix;
    const std::string_view x = words_[a.word].text;
    const std::string_view y = words_[b.word].text;
    return same_letters(x, y) ? a.word < b.word : less_without_case(x, y);
  });
  std::vector<Word> sorted;
  sorted.reserve(words_.size());
  for (const SortKey& key : keys) sorted.push_back(words_[key.word]);
  words_ = std::move(sorted);
}

void WordIndex::index_pairs() {
  rows_ = {};
  second_.assign(256, 0);
  for (std::size_t a = 0; a < 256; ++a) {
    const Node& node = nodes_[first_[a]];
    if (node.children == 0) continue;
    rows_[a] = static_cast<std::uint16_t>(second_.size() / 256);
    second_.resize(second_.size() + 256);
    for (std::uint32_t k = 0; k < node.children; ++k) {
      const auto b = static_cast<unsigned char>(labels_[node.first_child + k]);
      second_[std::size_t{rows_[a]} << 8U | b] = node.first_child + k;
    }
  }
}

void WordIndex::Filters::build(const std::vector<Word>& words, bool by_category) {
  using Keys = std::vector<FilterKey>;
  Keys of_wholes;
  Keys of_firsts;
  Keys of_shorts;
  Keys of_marked;
  for (const Word& word : words) {
    const std::uint64_t salt = by_category ? salt_of(word.category) : 0;
    const std::string_view text = word.text;
    const std::uint64_t bytes = eight_bytes(text, 0);
    // The words are sorted: most that share a key follow one another.
    const auto add = [&](Keys& keys, std::uint64_t key, unsigned char mark = 0) {
      const FilterKey salted{key ^ salt, mark};
      if (keys.empty() || keys.back() != salted) keys.push_back(salted);
    };
    const std::uint64_t lower = bytes | kLowerCase;
    if (is_ascii_letter(text[0])) {
      const LetterRun run = letter_run(bytes);
      const auto behind = static_cast<unsigned>(std::min<std::size_t>(text.size() - run.size, 3));
      add(of_firsts, run.lower);
      // One byte behind the letters tells little: it is a blank.
      add(of_wholes, text.size() >= sizeof bytes ? lower
                     : behind < 2                ? run.lower
                                                 : whole_of(lower, run, behind));
    } else if (is_wide_lead(text[0]) && text.size() >= kTwoCharacters) {
      add(of_firsts, bytes & kOneCharacterMask, mark_of_next(bytes));
      add(of_wholes, text.size() < sizeof bytes ? bytes & kTwoCharactersMask : lower);
    } else if (is_wide_lead(text[0])) {
      add(of_shorts, bytes & kOneCharacterMask);
      for (unsigned mark = 0; mark < kMarks; ++mark)
        add(of_firsts, bytes & kOneCharacterMask, static_cast<unsigned char>(mark));
    } else if (text.size() > 1 && is_ascii_letter(text[1])) {
      add(of_marked, letter_run(eight_bytes(text, 1)).lower, static_cast<unsigned char>(text[0]));
    }
  }
  wholes.build(of_wholes);
  firsts.build(of_firsts);
  shorts.build(of_shorts);
  marked.build(of_marked);
}

void WordIndex::build_filters() {
  categories_ = {};
  for (const Word& word : words_) {
    const std::uint64_t category = std::uint64_t{1} << (word.category & 63U);
    categories_[category_slot(word.text, 0)] |= category;
    const auto first = static_cast<unsigned char>(word.text[0]);
    // Any byte may follow a word of one.
    for (std::size_t second = 0; word.text.size() == 1 && first < 0x80 && second < kLetters; ++second)
      categories_[pair_slot(first, static_cast<char>(second))] |= category;
  }
  for (std::size_t byte = 0; byte < marks_.size(); ++byte) {
    marks_[byte] = first_[byte] == 0 ? Mark::none : is_word(first_[byte]) ? Mark::word : Mark::begins_word;
  }
  filters_.build(words_, false);
  salted_.build(words_, true);
}

std::uint32_t WordIndex::next_candidate(std::string_view text, std::uint32_t position,
                                        std::uint32_t end) const {
  std::uint32_t i = position;
  while (i < end) {
    const char c = text[i];
    if (is_wide_lead(c)) {
      if (filters_.may_start_wide(eight_bytes(text, i))) return i;
      i += 3;
      continue;
    }
    const bool letter = is_ascii_letter(c);
    if (!letter && (i + 1 >= end || !is_ascii_letter(text[i + 1]))) {
      if (is_ascii_digit(c) || may_start(text, i)) return i;
      i = next_start(text, i, end);
      continue;
    }
    // Letters, and the mark before them if there is one: one look at eight bytes tells of both.
    const std::uint32_t first = letter ? i : i + 1;
    const std::uint64_t bytes = eight_bytes(text, first);
    const LetterRun letters = letter_run(bytes);
    if (!letter && (is_ascii_digit(c) || may_start_before(c, letters, filters_))) return i;
    if (filters_.may_start_in_letters(bytes, letters)) return first;
    i = letters.size < sizeof bytes ? first + letters.size : behind_letters(text, first, end);
  }
  return end;
}

void WordIndex::index_characters() {
  blocks_.assign(1024, 0);
  third_.assign(64, 0);
  for (std::size_t block = 0; block < blocks_.size(); ++block) {
    const std::uint32_t node =
        node_of_pair(static_cast<char>(0xE0U | block >> 6U), static_cast<char>(0x80U | (block & 0x3FU)));
    if (node == 0) continue;
    blocks_[block] = static_cast<std::uint32_t>(third_.size());
    third_.resize(third_.size() + 64);
    for (std::uint32_t k = 0; k < nodes_[node].children; ++k) {
      const std::uint32_t child = nodes_[node].first_child + k;
      third_[blocks_[block] + (static_cast<unsigned char>(labels_[child]) & 0x3FU)] = child;
    }
  }
}

// Words [first, last) share their first `depth` bytes. Depth is bounded by the longest word, a few dozen
// bytes.
void WordIndex::fill_node(std::uint32_t node, std::uint32_t first, std::uint32_t last, std::uint32_t depth) {
  constexpr std::uint32_t kIndexed = 3;  // bytes that are looked up by tables of nodes
  std::uint32_t i = first;
  while (i < last && words_[i].text.size() == depth) ++i;
  if (depth >= kIndexed && same_letters(words_[first].text, words_[last - 1].text)) i = last;
  nodes_[node].first_word = first;
  nodes_[node].last_word = i;
  const auto letter = [&](std::uint32_t word) { return ascii_lower(words_[word].text[depth]); };
  const auto behind_letter = [&](std::uint32_t word) {
    const char c = letter(word);
    while (word < last && letter(word) == c) ++word;
    return word;
  };
  const auto first_child = static_cast<std::uint32_t>(nodes_.size());
  for (std::uint32_t k = i; k < last; k = behind_letter(k)) {
    nodes_.emplace_back();
    labels_.push_back(letter(k));
  }
  nodes_[node].first_child = first_child;
  nodes_[node].children = static_cast<std::uint16_t>(nodes_.size() - first_child);
  std::uint32_t child = first_child;
  for (std::uint32_t k = i; k < last; ++child) {
    const std::uint32_t stop = behind_letter(k);
    fill_node(child, k, stop, depth + 1);
    k = stop;
  }
}

std::uint32_t WordIndex::child(const Node& node, char c) const {
  const char* begin = labels_.data() + node.first_child;
  const char* end = begin + node.children;
  const char* found = std::find(begin, end, ascii_lower(c));
  return found == end ? 0 : node.first_child + static_cast<std::uint32_t>(found - begin);
}

bool WordIndex::accepts(const Word& word, std::string_view text, std::size_t depth) {
  const std::size_t size = word.text.size();
  if (size > text.size() || (size < text.size() && joins(word.text.back(), text[size]))) return false;
  if (word.exact) return text.starts_with(word.text);
  return size == depth || same_letters(text.substr(depth, size - depth), word.text.substr(depth));
}

std::optional<WordMatch> WordIndex::longest_of(std::string_view text, std::size_t position,
                                               std::uint16_t category) const {
  std::optional<WordMatch> best;
  match(text, position, [&](const WordMatch& found) {
    if (category == kAnyCategory || found.word->category == category) best = found;
  });
  return best;
}

}  // namespace yoran
