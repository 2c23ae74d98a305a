// Stage 9, emit: Record -> JSON, written directly from the typed values.
// In:     a record that validate() has passed; the lines of its document, for the positions of diagnostics.
// Out:    one JSON object without line ends, keys in the order of the contract yoran.record/1, members that
// say nothing
//         left out.
// Errors: none.
// Why no JSON library: it costs 20 times as much (see performance.md); tests hold that what is written parses
// to it.
#ifndef YORAN_EMIT_JSON_WRITER_H_
#define YORAN_EMIT_JSON_WRITER_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "rulepack/rulepack.h"
#include "types/line_index.h"
#include "types/record.h"

namespace yoran {

struct WriteOptions {
  bool evidence = true;             // false: a shorter record, see `yoran schema --no-evidence`
  std::vector<std::string> fields;  // only these; empty: all
};

// All of them append to `out`. `lines` may be null: then the positions of diagnostics have no line and
// column.
void write_record(std::string& out, const Record& record, const RulePack& rules, const LineIndex* lines,
                  const WriteOptions& options = {});
void write_diagnostics(std::string& out, const Diagnostics& diagnostics, const LineIndex* lines);
void write_mentions(std::string& out, const std::vector<MentionClaim>& mentions, const RulePack& rules,
                    const WriteOptions& options = {});

void append_json(std::string& out, std::string_view utf8);
void append_json(std::string& out, std::int64_t number);
void append_json(std::string& out, double number);  // shortest form that reads back the same; finite

// Compact JSON with line ends and two blanks a level.
[[nodiscard]] std::string indented(std::string_view compact);

}  // namespace yoran

#endif  // YORAN_EMIT_JSON_WRITER_H_
