#include "rulepack/example.h"

#include <algorithm>

namespace yoran {

namespace {

// "e4 ba 8c": two digits a byte, blanks between.
std::string read_hex(TableReader& table) {
  std::string bytes;
  int high = -1;
  for (const char c : table.string("hex")) {
    if (c == ' ') continue;
    const int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
    if (digit < 0) {
      table.error_at("hex", "rule.bad-value", "'hex' has pairs of the digits 0 to 9 and a to f");
      return {};
    }
    if (high >= 0) bytes += static_cast<char>(high * 16 + digit);
    high = high >= 0 ? -1 : digit;
  }
  return bytes;
}

}  // namespace

std::vector<Example> read_examples(TableReader& root) {
  std::vector<Example> examples;
  for (TableReader& table : root.tables("example")) {
    Example example;
    example.path = table.path();
    example.at = table.at();
    example.text = table.string("text");
    example.html = table.string("html");
    example.none = table.boolean("none");
    example.value = table.json("value").value_or("");
    example.evidence = table.string("at");
    example.via = table.string("via");
    example.expect = table.json("expect").value_or("");
    example.reference_date = table.string("reference_date");
    example.region = table.string("region");
    example.today = table.string("today");
    example.required = table.strings("required");
    example.bytes = read_hex(table);
    const auto given = [](const std::string& text) { return text.empty() ? 0 : 1; };
    if (given(example.text) + given(example.html) + given(example.bytes) != 1) {
      table.error(table.at(), "rule.bad-example", "an example has 'text', 'html' or 'hex'");
    }
    const bool expects = !example.value.empty() || !example.evidence.empty() || !example.expect.empty();
    if (example.none == expects) {
      table.error(table.at(), "rule.bad-example",
                  "an example has 'value', 'at' or 'expect', or else 'none = true'");
    }
    table.finish();
    examples.push_back(std::move(example));
  }
  const auto negative = [](const Example& example) { return example.none; };
  if (std::all_of(examples.begin(), examples.end(), negative)) {
    root.error(root.at(), "rule.no-positive-example", "the file has no positive [[example]]");
  }
  if (std::none_of(examples.begin(), examples.end(), negative)) {
    root.error(root.at(), "rule.no-negative-example", "the file has no negative [[example]] (none = true)");
  }
  return examples;
}

}  // namespace yoran
