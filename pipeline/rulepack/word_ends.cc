#include "rulepack/word_ends.h"

namespace yoran {

void WordEnds::build(const WordIndex& index) {
  words_ = {};
  categories_ = {};
  const std::vector<Word>& words = index.words();
  for (std::uint32_t i = 0; i < words.size(); ++i) {
    const auto last = static_cast<unsigned char>(ascii_lower(words[i].text.back()));
    words_[last].push_back(i);
    categories_[last] |= std::uint64_t{1} << (words[i].category & 63U);
  }
}

std::optional<WordMatch> WordEnds::longest_of(const std::vector<std::uint32_t>& words, const WordIndex& index,
                                              std::string_view text, std::uint16_t category) {
  std::optional<WordMatch> best;
  for (const std::uint32_t i : words) {
    const Word& word = index.words()[i];
    const auto size = static_cast<std::uint32_t>(word.text.size());
    if (word.category != category || size > text.size() || (best && best->size >= size)) continue;
    const std::string_view there = text.substr(text.size() - size);
    const bool cut = size < text.size() && is_ascii_letter(word.text.front()) &&
                     is_ascii_letter(text[text.size() - size - 1]);
    if (!cut && (word.exact ? there == word.text : same_letters(there, word.text)))
      best = WordMatch{size, &word};
  }
  return best;
}

}  // namespace yoran
