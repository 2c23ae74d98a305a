// The tests a rule file carries: a text and what it must yield, or that it must yield nothing.
#ifndef YORAN_RULEPACK_EXAMPLE_H_
#define YORAN_RULEPACK_EXAMPLE_H_

#include <string>
#include <vector>

#include "rulepack/table_reader.h"

namespace yoran {

struct Example {
  std::string text;                   // as a document would hold it, not folded
  std::string html;                   // or as HTML; one of the three is set
  std::string bytes;                  // or as bytes that need not be text; key `hex`
  bool none = false;                  // must yield nothing
  std::string value;                  // expected primary value as JSON; empty: not stated
  std::string evidence;               // key `at`: the evidence, in the source's own characters
  std::string via;                    // layout or pattern that must have fired
  std::string expect;                 // key `expect`: further members as a JSON object, compared one by one
  std::string reference_date;         // resolves relative dates
  std::string region;                 // for phones
  std::string today;                  // of checks
  std::vector<std::string> required;  // of checks: fields the document must have
  std::string path;
  RulePosition at;
};

// Reads [[example]]; an error if there is no positive or no negative one.
[[nodiscard]] std::vector<Example> read_examples(TableReader& root);

}  // namespace yoran

#endif  // YORAN_RULEPACK_EXAMPLE_H_
