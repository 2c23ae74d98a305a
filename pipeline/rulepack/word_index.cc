#include "rulepack/word_index.h"

#include <algorithm>

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
  std::vector<std::pair<std::string, Word>> keyed;
  keyed.reserve(words_.size());
  for (Word& word : words_) {
    std::string key = lower(word.text);
    keyed.emplace_back(std::move(key), std::move(word));
  }
  std::stable_sort(keyed.begin(), keyed.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  for (std::size_t i = 0; i < keyed.size(); ++i) words_[i] = std::move(keyed[i].second);
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
  std::vector<std::uint32_t> starts;
  for (std::uint32_t k = i; k < last; ++k) {
    if (k == i || ascii_lower(words_[k].text[depth]) != ascii_lower(words_[k - 1].text[depth]))
      starts.push_back(k);
  }
  const auto first_child = static_cast<std::uint32_t>(nodes_.size());
  nodes_[node].first_child = first_child;
  nodes_[node].children = static_cast<std::uint16_t>(starts.size());
  for (const std::uint32_t start : starts) {
    nodes_.emplace_back();
    labels_.push_back(ascii_lower(words_[start].text[depth]));
  }
  for (std::size_t k = 0; k < starts.size(); ++k) {
    const std::uint32_t stop = k + 1 < starts.size() ? starts[k + 1] : last;
    fill_node(first_child + static_cast<std::uint32_t>(k), starts[k], stop, depth + 1);
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

std::optional<WordMatch> WordIndex::longest(std::string_view text, std::size_t position,
                                            std::uint16_t category) const {
  std::optional<WordMatch> best;
  match(text, position, [&](const WordMatch& found) {
    if (found.word->category == category) best = found;
  });
  return best;
}

std::optional<WordMatch> WordIndex::longest(std::string_view text, std::size_t position) const {
  std::optional<WordMatch> best;
  match(text, position, [&](const WordMatch& found) { best = found; });
  return best;
}

}  // namespace yoran
