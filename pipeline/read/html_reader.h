// HTML markup to text, blocks and tables: what a reader of the page sees, and where each byte of it stands.
//
// No tree is built. A stack holds the open elements that matter (at most kMaxDepth, deeper ones are
// flattened); end tags left out (p, li, dt, dd, tr, td, thead, option) are implied. Blanks collapse as in
// CSS, `pre` keeps them. Left out: script, style, template, select, svg, ruby readings, and what `hidden` or
// a style attribute hides. Time and memory are linear in the input.
#ifndef YORAN_READ_HTML_READER_H_
#define YORAN_READ_HTML_READER_H_

#include <cstdint>
#include <optional>
#include <string_view>

#include "types/document.h"

namespace yoran {

inline constexpr std::size_t kMaxDepth = 512;    // open elements
inline constexpr std::uint32_t kMaxSpan = 1000;  // rows or columns a cell may span
inline constexpr std::uint32_t kMaxColumns = 65536;
inline constexpr std::size_t kMaxSpanning = 512;  // cells that reach into one row from above

struct HtmlNotes {
  std::optional<SourceSpan> unclosed;   // markup the input ended in, which hides what follows
  std::optional<SourceSpan> flattened;  // first element deeper than kMaxDepth
};

// Fills text, source_map (to bytes of `html`), blocks, cells and tables of `document`; `start` is the first
// byte read.
HtmlNotes read_html(std::string_view html, std::size_t start, Document& document);

}  // namespace yoran

#endif  // YORAN_READ_HTML_READER_H_
