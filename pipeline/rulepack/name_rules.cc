#include "rulepack/name_rules.h"

#include <algorithm>
#include <array>

namespace yoran {

const std::vector<std::string>& subject_kinds() {
  static const std::vector<std::string> kKinds = {
      "country", "prefecture", "state",        "province", "county",     "city",   "town", "village",
      "ward",    "district",   "organisation", "company",  "university", "office", "other"};
  return kKinds;
}

bool is_territory(std::string_view kind) {
  constexpr std::array<std::string_view, 10> kTerritories = {
      "country", "prefecture", "state", "province", "county", "city", "town", "village", "ward", "district"};
  return std::find(kTerritories.begin(), kTerritories.end(), kind) != kTerritories.end();
}

void NameRules::read(TableReader& root, const FoldTable& folds) {
  const auto is_known = [&](const TableReader::Item& kind) {
    const auto& known = subject_kinds();
    if (std::find(known.begin(), known.end(), kind.text) != known.end()) return true;
    root.error(kind.at, "rule.unknown-kind", "unknown kind '" + kind.text + "'",
               suggestion(kind.text, known));
    return false;
  };
  const auto add_kinds = [&](std::string_view key, Category category) {
    for (const auto& [kind, names] : root.lists(key)) {
      if (!is_known(kind)) continue;
      kinds.push_back(kind.text);
      for (const TableReader::Item& name : names) {
        words.add({folds.fold(name.text), category, static_cast<std::uint32_t>(kinds.size() - 1), false});
      }
    }
  };
  add_kinds("suffixes", suffix);
  add_kinds("prefixes", prefix);
  add_kinds("nouns", noun);
  const auto add_words = [&](std::string_view key, Category category) {
    for (const std::string& word : root.strings(key)) words.add({folds.fold(word), category, 0, false});
  };
  add_words("not_kinds", not_kind);
  add_words("tails", tail);
  add_words("leads", lead);
  add_words("generic", generic);
  add_words("not_names", not_name);
  add_words("copulas", copula);
  add_words("past_copulas", past_copula);
  add_words("determiners", determiner);
  add_words("honorifics", honorific);
  add_words("styles", style);
  add_words("currents", current);
  add_words("predicates", predicate);
  add_words("joins", join);
  add_words("namings", naming);
  add_words("names_of", name_of);
  add_words("phrase_marks", phrase_mark);
  add_words("questions", question);
  add_words("openers", opener);
  add_words("aliases", alias);
  add_words("whole_names", whole_name);
  std::uint32_t rank = 0;
  for (const std::string& word : root.strings("titles")) titles.push_back({folds.fold(word), rank++, ""});
  for (const auto& [kind, names] : root.lists("titles_of")) {
    if (!is_known(kind)) continue;
    for (const TableReader::Item& name : names) titles.push_back({folds.fold(name.text), rank++, kind.text});
  }
}

void NameRules::build() { words.build(); }

}  // namespace yoran
