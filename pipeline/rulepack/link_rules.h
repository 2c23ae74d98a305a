// Words that bind a label to its value: what may stand between them, what marks a date as "as of", what makes
// a figure a part or another place's. Read from lexicons of type "linking".
#ifndef YORAN_RULEPACK_LINK_RULES_H_
#define YORAN_RULEPACK_LINK_RULES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "rulepack/fold_table.h"
#include "rulepack/table_reader.h"
#include "rulepack/word_index.h"

namespace yoran {

struct LinkRules {
  // Categories of `words`.
  enum Category : std::uint16_t {
    separator,     // between label and value on one line: ":" and the like, particles, approximators
    connector,     // further words allowed between them in a sentence
    total,         // names the whole: total, overall
    part,          // names a part of the whole: male, foreign
    scope,         // another extent than the subject: metropolitan area
    as_of_before,  // "as of", before a date
    as_of_after,   // behind a date, where Japanese has its "as of"
    not_as_of,     // "member since", "updated": a date beside them is not an as-of
    own_extent,    // the subject's own extent, where wider ones stand beside it: city, municipality
    former,        // former, acting, before a title
    item_mark,     // between the names of a list
    count
  };
  // Categories of `sentences`.
  enum SentenceCategory : std::uint16_t {
    series,         // between two figures, each with its day: and, to
    clause_opener,  // begins the clause before the subject that has the day: by 1960
    inside,         // a thing inside a town: its area is not the town's
    place_mark,     // before the place where something is: in
    preliminary,    // beside a figure that a final one replaces
    possessive,     // before a thing of the subject's: its
    pronoun,        // the subject itself, at the start of a sentence: it
    projection,     // beside a figure that is no count but expected: forecast
    sentence_count
  };
  WordIndex words;
  WordIndex sentences;

  void read(TableReader& root, const FoldTable& folds);
};

}  // namespace yoran

#endif  // YORAN_RULEPACK_LINK_RULES_H_
