#include "rulepack/link_rules.h"

#include <string_view>

namespace yoran {

void LinkRules::read(TableReader& root, const FoldTable& folds) {
  constexpr std::string_view kKeys[kinds_] = {"separators",   "connectors",  "totals",    "parts", "scopes",
                                              "as_of_before", "as_of_after", "not_as_of", "former"};
  for (std::uint16_t category = 0; category < kinds_; ++category) {
    for (const std::string& word : root.strings(kKeys[category]))
      words.add({folds.fold(word), category, 0, false});
  }
}

}  // namespace yoran
