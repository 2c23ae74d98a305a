// The record, as record.md's contract version 1 names it, before it is written.
#ifndef YORAN_TYPES_RECORD_H_
#define YORAN_TYPES_RECORD_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "types/diagnostic.h"
#include "types/line_index.h"
#include "types/span.h"
#include "types/value.h"

namespace yoran {

// Where something stands in the original input. `text` is what a reader sees there: decoded, entities
// resolved, tags gone, not normalised.
struct Evidence {
  std::string text;
  SourceSpan span;
  std::vector<SourceSpan> spans;  // the pieces, when they do not touch
  LineColumn at;
  std::string rule;        // "population/previous_line"; empty for labels and as-of
  std::string label_text;  // the label it was linked by; empty: none
  SourceSpan label_span;
};

enum class Certainty : std::uint8_t { stated, inferred, ambiguous };

// One claim of a field. Which members are written depends on the type of `value`.
struct Claim {
  Value value;
  std::string unit;                        // UCUM as written to the record, for counts and quantities
  double amount = 0;                       // quantities: in `unit`; counts: the integer value
  std::optional<std::string> stated_unit;  // UCUM of the unit as written; nullopt: no `stated` unit to write
  std::string of;                          // the place, when it is not the subject
  std::string as_of;                       // EDTF; empty: not known
  std::optional<Evidence> as_of_evidence;
  std::string kind;  // of `established`: founded, incorporated, municipal
  Certainty certainty = Certainty::stated;
  std::vector<std::string> assumed;  // names of members that are not printed
  std::vector<Value> alternatives;
  std::vector<Claim> others;  // cardinality one: further claims
  Evidence evidence;
};

struct Field {
  std::string id;
  bool many = false;
  std::vector<Claim> claims;  // cardinality one: exactly one, the primary claim
};

// A typed thing that was recognised, whether a field took it or not.
struct MentionClaim {
  std::string kind;  // number, quantity, date, phone, url, email, address
  Value value;
  std::string unit;  // UCUM, of quantities
  std::vector<std::string> assumed;
  std::vector<Value> alternatives;
  Evidence evidence;
};

struct SourceInfo {
  std::string name;
  std::string sha256;  // hex
  std::uint64_t bytes = 0;
  std::string media_type;  // text/plain, text/html, text/markdown
  std::string charset;
  std::uint32_t part = 1;
  std::uint32_t parts = 1;
};

struct Record {
  SourceInfo source;
  std::vector<std::string> languages;  // BCP 47, largest share first
  std::vector<Field> fields;           // in the order of the loaded fields
  Diagnostics diagnostics;
};

enum class Outcome : std::uint8_t { ok, partial, rejected };

[[nodiscard]] constexpr std::string_view to_string(Outcome outcome) {
  constexpr std::string_view kNames[] = {"ok", "partial", "rejected"};
  return kNames[static_cast<std::size_t>(outcome)];
}

}  // namespace yoran

#endif  // YORAN_TYPES_RECORD_H_
