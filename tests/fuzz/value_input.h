// Text for the interpreters of stage 5: any bytes as lines of plain text, read by stages 2 to 5.
#ifndef YORAN_TESTS_FUZZ_VALUE_INPUT_H_
#define YORAN_TESTS_FUZZ_VALUE_INPUT_H_

#include <vector>

#include "fuzz_input.h"
#include "interpret/interpret.h"
#include "normalize.h"
#include "read/read.h"
#include "recognize.h"
#include "segment.h"

namespace yoran {

struct ValueInput {
  std::string folded;
  std::vector<Reading> readings;
};

inline ValueInput read_values(std::string_view bytes, std::optional<DatePoint> reference_date) {
  const RulePack& rules = default_rules();
  ReadOptions options;
  options.media_type = MediaType::plain;
  options.charset = "UTF-8";
  const ReadResult input = read(bytes, options);
  if (!input.document) return {};
  Text text = normalize(*input.document, rules.folds);
  const Segments segments = segment(*input.document, text, rules.layout);
  const Mentions mentions = recognize(text, segments, rules);
  Diagnostics diagnostics;
  InterpretContext context{*input.document, text, segments, rules, reference_date, "", {}, &diagnostics};
  ValueInput result;
  result.readings = interpret(mentions, context);
  result.folded = text.folded;
  for (const Reading& reading : result.readings) {
    require(reading.span.start < reading.span.end && reading.span.end <= result.folded.size(),
            "a reading lies in the text");
  }
  return result;
}

}  // namespace yoran

#endif  // YORAN_TESTS_FUZZ_VALUE_INPUT_H_
