// Field rules: what a record contains and how a document says it.
#ifndef YORAN_RULEPACK_FIELD_H_
#define YORAN_RULEPACK_FIELD_H_

#include <re2/re2.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "rulepack/entity.h"
#include "rulepack/example.h"
#include "rulepack/guards.h"
#include "rulepack/pattern_outline.h"
#include "types/candidate.h"
#include "types/decimal.h"
#include "types/mention.h"
#include "types/utf8.h"

namespace yoran {

// The interpreter behind a field; the only part of a field that is C++.
// count: an integer. number: any number. quantity: a number with a unit of the field's dimension. text: the
// rest of the line. name: one name, or several with marks between them.
enum class FieldType : std::uint8_t {
  count,
  number,
  quantity,
  date,
  address,
  subject,
  head,
  text,
  name,
  phone,
  url,
  email
};

[[nodiscard]] std::string_view to_string(Layout layout);

// A sentence with slots for recognised mentions: pieces of RE2 around {number}, {quantity}, {date}, {name}.
struct PatternStep {
  enum class Kind : std::uint8_t { piece, number, quantity, date, unit, name };
  Kind kind = Kind::piece;
  std::shared_ptr<const RE2> re;  // piece: anchored at the start
  std::string expanded;           // piece: the pattern with {names} filled in, for `yoran rules show`
  std::string capture;            // slot: value, as_of, of, title; empty: only has to be there
  // Piece, if `bounded`: its matches lie between these, bytewise; the upper one may be cut and then covers
  // what it begins.
  bool bounded = false;
  std::string lowest;
  std::string highest;
  PatternOutline outline;  // piece

  // False for most texts that the piece does not match. The upper bound holds for the match, of which the
  // first character is known.
  [[nodiscard]] bool may_match(std::string_view text) const {
    const std::string_view first = text.substr(0, size_at(text, 0));
    if (bounded &&
        (first.empty() || text < lowest || first > std::string_view(highest).substr(0, first.size())))
      return false;
    return outline.may_match(text);
  }
  // The end of the piece's match at the start of a text.
  [[nodiscard]] std::optional<std::uint32_t> match(std::string_view text) const;
  [[nodiscard]] bool matches(std::string_view text) const;
};

[[nodiscard]] constexpr bool is_of_reading(PatternStep::Kind kind) {
  return kind == PatternStep::Kind::number || kind == PatternStep::Kind::quantity ||
         kind == PatternStep::Kind::date;
}

// Whether a value of this kind can fill the slot.
[[nodiscard]] bool slot_takes(PatternStep::Kind slot, MentionKind kind);

struct FieldPattern {
  std::string id;
  std::vector<PatternStep> steps;
  std::vector<std::string>
      starts;                // folded literals that trigger it; empty: a mention of the first slot does
  bool scoped = false;       // claims only where a wider extent is named, which is then `of`
  bool institution = false;  // said of what no territory is
  Guards guards;             // beside the match
  std::string kind;          // written to the claim: municipal, founded, ...
  std::string source;        // as written in the rule file

  [[nodiscard]] bool has_piece_behind_first() const {
    return steps.size() > 1 && steps[1].kind == PatternStep::Kind::piece;
  }
  // A number, a quantity or a date, which the text has read already.
  [[nodiscard]] bool has_reading_behind_first() const {
    return steps.size() > 1 && is_of_reading(steps[1].kind);
  }
};

struct UnitWord {
  std::string word;  // folded
  std::int64_t multiplier = 1;
  std::string code;       // the unit of a claim with this word, such as a currency; empty: the field's
  bool doubtful = false;  // the code is assumed: there are dollars of several countries
};

struct FieldRules {
  std::string id;
  FieldType type = FieldType::text;
  bool many = false;
  std::vector<std::string> labels;              // folded
  std::vector<std::string> weak_labels;         // of them: lose to any other label
  std::vector<std::string> fallback_labels;     // of them: claim only where no other label does
  std::vector<std::string> institution_labels;  // of them: said of what no territory is
  std::vector<UnitWord> units;          // count: counters that make a number this field's, with multipliers
  std::string unit;                     // UCUM, written to the record
  std::vector<std::string> unit_codes;  // those that words of `units` have of their own
  bool unit_required = false;           // a bare number under the label is not enough
  std::optional<Decimal> range_min;
  std::optional<Decimal> range_max;
  std::vector<Layout> layouts;          // accepted, best first
  bool at_start = false;                // a label counts only at the start of its line or cell
  bool places = false;                  // names of places only
  std::vector<std::string> not_values;  // names, whole, that say there is no value
  Guards guards;                        // beside the label
  Guards value_guards;                  // beside the value and its unit
  std::vector<std::string> part_words;  // words between label and value, or naming a row, that make it a part
  std::vector<std::string> total_words;  // words that make it the whole although parts stand around
  std::vector<FieldPattern> patterns;
  std::vector<std::string> kinds;  // of [[kind]]: written to the claim when one of its words is the label
  std::vector<std::pair<std::string, std::string>> kind_of_label;  // label -> kind
  std::vector<Example> examples;
  std::string description;
  std::string path;
};

// A piece that matches where any of some does; none if RE2 refuses it.
[[nodiscard]] std::optional<PatternStep> any_of_pieces(const std::vector<const PatternStep*>& pieces);

// Reads one rules/fields/*.toml. `order` places the field in records: smaller first, 500 if not given.
struct LoadedField {
  FieldRules rules;
  std::int64_t order = 500;
};
[[nodiscard]] LoadedField read_field(TableReader& root, const WordLists& lists, const FoldTable& folds);

}  // namespace yoran

#endif  // YORAN_RULEPACK_FIELD_H_
