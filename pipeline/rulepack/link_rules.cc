#include "rulepack/link_rules.h"

#include <string_view>

namespace yoran {

void LinkRules::read(TableReader& root, const FoldTable& folds) {
  constexpr std::string_view kKeys[count] = {"separators", "connectors",   "totals",      "parts",
                                             "scopes",     "as_of_before", "as_of_after", "not_as_of",
                                             "own_extent", "former",       "item_marks"};
  for (std::uint16_t category = 0; category < count; ++category) {
    for (const std::string& word : root.strings(kKeys[category]))
      words.add({folds.fold(word), category, 0, false});
  }
  constexpr std::string_view kSentenceKeys[sentence_count] = {"series",      "clause_openers", "inside",
                                                              "place_marks", "preliminary",    "possessives",
                                                              "pronouns",    "projections"};
  for (std::uint16_t category = 0; category < sentence_count; ++category) {
    for (const std::string& word : root.strings(kSentenceKeys[category]))
      sentences.add({folds.fold(word), category, 0, false});
  }
}

}  // namespace yoran
