#include "rulepack/word_ends.h"

#include <algorithm>

namespace yoran {

void WordEnds::build(const WordIndex& index) {
  words_ = {};
  categories_ = {};
  const std::vector<Word>& words = index.words();
  for (std::uint32_t i = 0; i < words.size(); ++i) {
    const std::string_view text = words[i].text;
    const auto last = static_cast<unsigned char>(ascii_lower(text.back()));
    const char before = text.size() > 1 ? ascii_lower(text[text.size() - 2]) : '\0';
    words_[last].push_back({i, words[i].category, before});
    categories_[last] |= std::uint64_t{1} << (words[i].category & 63U);
  }
  for (std::vector<Ending>& endings : words_) {
    std::stable_sort(endings.begin(), endings.end(), [&](const Ending& a, const Ending& b) {
      return words[a.word].text.size() > words[b.word].text.size();
    });
  }
}

std::optional<WordMatch> WordEnds::longest_of(const std::vector<Ending>& endings, const WordIndex& index,
                                              std::string_view text, std::uint16_t category) {
  const char before = text.size() > 1 ? ascii_lower(text[text.size() - 2]) : '\0';
  for (const Ending& ending : endings) {
    if (ending.category != category || (ending.before != '\0' && ending.before != before)) continue;
    const Word& word = index.words()[ending.word];
    const auto size = static_cast<std::uint32_t>(word.text.size());
    if (size > text.size()) continue;
    const std::string_view there = text.substr(text.size() - size);
    const bool cut = size < text.size() && is_ascii_letter(word.text.front()) &&
                     is_ascii_letter(text[text.size() - size - 1]);
    if (!cut && (word.exact ? there == word.text : same_letters(there, word.text)))
      return WordMatch{size, &word};
  }
  return std::nullopt;
}

}  // namespace yoran
