// Stage 9, emit: Record -> a table for people.
// In:     a record as the JSON writer takes it.
// Out:    a head line and one line for each claim: field, value, what is said about it, line:column.
// Errors: none.
#ifndef YORAN_EMIT_TEXT_H_
#define YORAN_EMIT_TEXT_H_

#include <string>

#include "emit/diagnostic_text.h"
#include "emit/json_writer.h"
#include "types/record.h"

namespace yoran {

void write_text(std::string& out, const Record& record, const RulePack& rules,
                const WriteOptions& options = {}, const TextStyle& style = {});
// The same for recognised mentions.
void write_text(std::string& out, const std::vector<MentionClaim>& mentions);

// One value as a person writes it: 52,340; 2020-01-01; +81 ...
[[nodiscard]] std::string readable(const Value& value, double amount, const FieldRules& field);

}  // namespace yoran

#endif  // YORAN_EMIT_TEXT_H_
