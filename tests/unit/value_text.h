// Dates, numbers and quantities of a small text, read with the default rules by stages 2, 4 and 5. A line is
// a line.
#ifndef YORAN_TESTS_UNIT_VALUE_TEXT_H_
#define YORAN_TESTS_UNIT_VALUE_TEXT_H_

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "interpret/interpret.h"
#include "normalize.h"
#include "recognize.h"
#include "rulepack/rulepack.h"

namespace yoran::testing_values {

inline const RulePack& default_rules() {
  static const LoadedRules loaded = load_rules(default_rule_files());
  for (const RuleError& error : loaded.errors) ADD_FAILURE() << error.to_string();
  return *loaded.pack;
}

struct Values {
  Document document;
  Text text;
  Segments segments;
  Diagnostics diagnostics;
  std::vector<Reading> dates;
  std::vector<Reading> amounts;  // outside dates
};

inline bool is_japanese(std::string_view line) {
  return std::any_of(line.begin(), line.end(), [](char c) {
    return static_cast<unsigned char>(c) >= 0xE3 && static_cast<unsigned char>(c) <= 0xE9;
  });
}

inline void split_lines(Values& values) {
  const std::string_view folded = values.text.folded;
  for (std::size_t start = 0; start < folded.size();) {
    const std::size_t end = std::min(folded.find('\n', start), folded.size());
    Line line;
    line.span = {static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(end)};
    const bool japanese = is_japanese(folded.substr(start, end - start));
    line.language = japanese ? Language::ja : Language::en;
    (japanese ? values.segments.bytes_ja : values.segments.bytes_en) +=
        static_cast<std::uint32_t>(end - start);
    if (end > start) values.segments.lines.push_back(line);
    start = end + 1;
  }
}

// Stages 1 to 3.
inline void prepare(const std::string& text, Values& values) {
  values.document.text = text;
  values.document.source = values.document.text;
  values.document.source_map.append_copy(static_cast<std::uint32_t>(text.size()), 0);
  values.text = normalize(values.document, default_rules().folds);
  split_lines(values);
}

// The dates, numbers and quantities that stage 5 reads.
inline void read_values(const std::string& text, const std::string& reference_date, Values& values,
                        const std::string& region = {}) {
  prepare(text, values);
  const Mentions mentions = recognize(values.text, values.segments, default_rules());
  InterpretContext context{
      values.document, values.text, values.segments,    default_rules(), parse_iso_day(reference_date),
      region,          {},          &values.diagnostics};
  for (Reading& reading : interpret(mentions, context)) {
    const bool amount = reading.kind == MentionKind::number || reading.kind == MentionKind::quantity;
    if (reading.kind == MentionKind::date) values.dates.push_back(std::move(reading));
    if (amount) values.amounts.push_back(std::move(reading));
  }
}

// "2020-01-01; 1998/2004", each with its alternatives behind "|".
inline std::string dates_in(const std::string& text, const std::string& reference_date = {},
                            const std::string& region = {}) {
  Values values;
  read_values(text, reference_date, values, region);
  std::string result;
  for (const Reading& reading : values.dates) {
    if (!result.empty()) result += "; ";
    result += to_edtf(std::get<Date>(reading.value));
    for (const Value& other : reading.alternatives) result += "|" + to_edtf(std::get<Date>(other));
  }
  return result;
}

// "939450; 120.5 km2"
inline std::string amounts_in(const std::string& text) {
  Values values;
  read_values(text, {}, values);
  std::string result;
  for (const Reading& reading : values.amounts) {
    if (!result.empty()) result += "; ";
    if (const auto* number = std::get_if<Number>(&reading.value)) {
      result += number->value.normalized().to_string();
      for (const Value& other : reading.alternatives)
        result += "|" + std::get<Number>(other).value.normalized().to_string();
    } else {
      const auto& quantity = std::get<Quantity>(reading.value);
      result += quantity.number.value.normalized().to_string() + " " +
                default_rules().units.units[quantity.unit].code;
    }
  }
  return result;
}

inline std::string codes_in(const std::string& text) {
  Values values;
  read_values(text, {}, values);
  std::string result;
  for (const Diagnostic& diagnostic : values.diagnostics)
    result += (result.empty() ? "" : "; ") + diagnostic.code;
  return result;
}

}  // namespace yoran::testing_values

#endif  // YORAN_TESTS_UNIT_VALUE_TEXT_H_
