// Words around names: titles of heads, what kinds of bodies are called, what headings add to a name. Read
// from lexicons of type "names".
#ifndef YORAN_RULEPACK_NAME_RULES_H_
#define YORAN_RULEPACK_NAME_RULES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "rulepack/fold_table.h"
#include "rulepack/table_reader.h"
#include "rulepack/word_index.h"

namespace yoran {

struct Title {
  std::string word;
  std::uint32_t rank = 0;  // 0 goes before 1 when a body has two heads
  std::string kind;        // of the only bodies that such a head has; empty: any
};

struct NameRules {
  // Categories of `words`; the entry of `suffix`, `prefix` and `noun` is an index into `kinds`.
  enum Category : std::uint16_t {
    suffix,       // ends a name and gives its kind: County
    prefix,       // begins a name and gives its kind: City of
    noun,         // says the kind in a sentence: "is a city in"
    not_kind,     // looks like a suffix and is none
    tail,         // what headings add behind a name: Profile, overview
    lead,         // what headings add before a name: Welcome to
    generic,      // a heading that names nobody: Contents, Top page
    not_name,     // what may stand behind a title and is no person: greeting, room, election
    copula,       // binds a subject to what it is: is, was
    past_copula,  // those of the past
    honorific,    // ends a person's name
    style,        // abbreviated before a person's name: Hon.
    current,      // before a title in a sentence: who bears it is named now
    predicate,    // ends what a sentence says of its subject
    join,         // between two names of a list that have no comma: "Leeds and York"
    naming,       // behind a name in a charter: is what the body is called
    name_of,      // between a title and who has it: mayor's name
    determiner,   // before the noun behind a copula: a, the
    phrase_mark,  // inside a heading without kind: it is a phrase
    question,     // in a heading that asks
    opener,       // begins a clause before the subject: Founded in 1869, ...
    whole_name,   // ends names and is one itself: UN
    alias,        // before a second name of the subject: or, also known as
  };
  std::vector<Title> titles;
  std::vector<std::string> kinds;
  WordIndex words;

  void read(TableReader& root, const FoldTable& folds);
  void build();
};

// The values of subject.kind in records.
[[nodiscard]] const std::vector<std::string>& subject_kinds();

// The kind of a body that governs a territory, as against an office, a company or a school.
[[nodiscard]] bool is_territory(std::string_view kind);

}  // namespace yoran

#endif  // YORAN_RULEPACK_NAME_RULES_H_
