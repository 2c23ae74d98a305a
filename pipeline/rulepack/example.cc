#include "rulepack/example.h"

#include <algorithm>

namespace yoran {

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
    if (example.text.empty() == example.html.empty()) {
      table.error(table.at(), "rule.bad-example", "an example has either 'text' or 'html'");
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
