// Stage 9, emit: Diagnostic -> text for people.
//
//   page.txt:3:5: warning: no unit is printed; km2 is assumed [area.unit-assumed]
//     3 | ....120.50
//       |     ^~~~~~
//
// The caret stands right under wide glyphs; control characters are escaped; of a long line only the part
// around the caret is shown.
#ifndef YORAN_EMIT_DIAGNOSTIC_TEXT_H_
#define YORAN_EMIT_DIAGNOSTIC_TEXT_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "types/diagnostic.h"
#include "types/line_index.h"

namespace yoran {

struct TextStyle {
  bool color = false;
};

// Appends to `out`. `lines` may be null: then there is neither position nor frame.
void write_diagnostic(std::string& out, std::string_view path, const Diagnostic& diagnostic,
                      const LineIndex* lines, const TextStyle& style = {});

// The line with a caret under `columns` code points from `at`. `note` follows the caret.
void write_frame(std::string& out, std::string_view line_text, LineColumn at, std::uint32_t columns,
                 const TextStyle& style = {}, std::string_view note = {});

// "path:line:col: severity: " with colours, if wanted.
void write_head(std::string& out, std::string_view path, const LineColumn* at, Severity severity,
                const TextStyle& style = {});

// A file of text that has no LineIndex, such as a rule file: its line `number`, from 1, without its end.
[[nodiscard]] std::string_view line_of(std::string_view text, std::uint32_t number);

}  // namespace yoran

#endif  // YORAN_EMIT_DIAGNOSTIC_TEXT_H_
