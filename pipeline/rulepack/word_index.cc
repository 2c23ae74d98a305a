#include "rulepack/word_index.h"

#include <algorithm>
#include <numeric>

namespace yoran {
namespace {

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), ascii_lower);
  return result;
}

}  // namespace

void WordIndex::build() {
  std::erase_if(words_, [](const Word& word) { return word.text.empty(); });
  sort_words();
  nodes_.assign(1, Node{});
  labels_.assign(1, '\0');
  first_.assign(256, 0);
  second_.assign(65536, 0);
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
  for (std::size_t a = 0; a < 256; ++a) {
    if (first_[a] == 0) continue;
    const Node& node = nodes_[first_[a]];
    for (std::uint32_t k = 0; k < node.children; ++k) {
      const auto b = static_cast<unsigned char>(labels_[node.first_child + k]);
      second_[a << 8U | b] = node.first_child + k;
    }
  }
  index_characters();
  build_filter();
}

// By lower-case text; of equal ones in the order in which they were added. Words move once.
void WordIndex::sort_words() {
  std::vector<std::string> keys(words_.size());
  std::transform(words_.begin(), words_.end(), keys.begin(),
                 [](const Word& word) { return lower(word.text); });
  std::vector<std::uint32_t> order(words_.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    const int compared = keys[a].compare(keys[b]);
    return compared != 0 ? compared < 0 : a < b;
  });
  std::vector<Word> sorted;
  sorted.reserve(words_.size());
  for (const std::uint32_t place : order) sorted.push_back(std::move(words_[place]));
  words_ = std::move(sorted);
}

// Words without a key are let through by their first bytes.
std::optional<std::uint64_t> WordIndex::key_of(std::string_view word) {
  if (is_ascii_letter(word[0])) return letters_key(word, 0);
  if (is_three_bytes(word, 0))
    return word.size() < kTwoCharacters ? std::nullopt : std::optional(characters_key(word, 0));
  return word.size() > 1 && is_ascii_letter(word[1]) ? std::optional(mark_key(word, 0)) : std::nullopt;
}

void WordIndex::build_filter() {
  const std::size_t bits = std::bit_ceil(std::max<std::size_t>(words_.size() * 4, 64));
  filter_.assign(bits / 64, 0);
  filter_shift_ = static_cast<unsigned>(64 - std::countr_zero(bits));
  first_characters_ = {};
  short_words_ = {};
  for (const Word& word : words_) {
    if (is_three_bytes(word.text, 0)) {
      first_characters_.add(character_at(word.text, 0));
      if (word.text.size() < kTwoCharacters) short_words_.add(character_at(word.text, 0));
    }
    const auto key = key_of(word.text);
    if (!key) continue;
    const std::size_t bit = filter_bit(*key);
    filter_[bit >> 6U] |= std::uint64_t{1} << (bit & 63U);
  }
}

void WordIndex::index_characters() {
  blocks_.assign(1024, 0);
  third_.assign(64, 0);
  for (std::size_t block = 0; block < blocks_.size(); ++block) {
    const std::size_t lead = 0xE0U | block >> 6U;
    const std::uint32_t node = second_[lead << 8U | (0x80U | (block & 0x3FU))];
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
  std::uint32_t i = first;
  while (i < last && words_[i].text.size() == depth) ++i;
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

bool WordIndex::accepts(const Word& word, std::string_view text, std::size_t position) {
  const std::size_t end = position + word.text.size();
  if (end < text.size() && joins(word.text.back(), text[end])) return false;
  return !word.exact || text.substr(position, word.text.size()) == word.text;
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
