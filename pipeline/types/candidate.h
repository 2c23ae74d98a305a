// What stage 6 proposes: a value for a field, where it stood and why it was taken for one.
#ifndef YORAN_TYPES_CANDIDATE_H_
#define YORAN_TYPES_CANDIDATE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "types/span.h"
#include "types/value.h"

namespace yoran {

// Where a value may stand from its label. The largest distances are in link/, beside the code of each.
enum class Layout : std::uint8_t {
  same_line,      // label, separators, value
  next_line,      // value alone on the line below
  previous_line,  // value alone on the line above
  row,            // the next cells of the row
  column,         // the cells below a head
  definition,     // dt and dd
  section,        // the lines under a heading
  sentence,       // behind the label in its sentence, known words between
  pattern,        // a sentence pattern of the field
  mention,        // no label: every mention of the kind
};
inline constexpr std::size_t kLayouts = 10;
inline constexpr std::size_t kLabelLayouts = 8;  // those a field may list

// How much a label says: a weak one loses to any other, a fallback claims only where no other does.
enum class LabelRank : std::uint8_t { full, weak, fallback };

struct AsOf {
  Date date;
  TextSpan span;
  friend bool operator==(const AsOf&, const AsOf&) = default;
};

// Its words are those of the rules, which outlive it.
struct Candidate {
  std::uint32_t field = 0;  // into RulePack::fields
  std::uint32_t part = 0;   // of a directory page, from 0
  Value value;
  double amount = 0;             // counts, quantities: in the field's unit
  std::string_view stated_unit;  // UCUM as written, quantities
  std::string_view unit;         // of the claim, if it is not the field's
  TextSpan span;
  std::vector<TextSpan> pieces;
  std::vector<Value> alternatives;
  std::uint32_t line = 0;
  TextSpan label;  // empty: none
  LabelRank label_rank = LabelRank::full;
  Layout layout = Layout::mention;
  std::string_view pattern;  // Layout::pattern: its id; mentions: the entity pattern
  std::optional<AsOf> as_of;
  TextSpan of;               // the place it is about, if the words beside it name one
  bool wider = false;        // `of` is a word for a wider extent, not a name
  bool bracketed = false;    // it stands in brackets behind `of`, which must then be the subject's whole name
  bool institution = false;  // it is said of what no territory is
  bool total = false;        // a word says it is the whole
  std::string_view kind;     // of the claim, by its label or pattern
  std::vector<std::string> assumed;
  std::string_view rejected;  // a literal: why it is no claim; empty: it may be one
  std::int32_t score = 0;
};

// All candidates of an input and how many bodies it describes: records at most.
struct Linked {
  std::vector<Candidate> candidates;
  std::uint32_t parts = 1;
};

}  // namespace yoran

#endif  // YORAN_TYPES_CANDIDATE_H_
