// What stage 3 makes of the folded text: lines, cells and sections. One vocabulary for HTML and plain text,
// so that `link` need not know which it was.
#ifndef YORAN_TYPES_SEGMENTS_H_
#define YORAN_TYPES_SEGMENTS_H_

#include <cstdint>
#include <vector>

#include "types/document.h"
#include "types/span.h"

namespace yoran {

enum class Language : std::uint8_t { unknown, ja, en };

// One line of text inside one block, without surrounding blanks and never empty. A heading drawn with marks
// or an underline in plain text has kind `heading` like an <h2>.
struct Line {
  TextSpan span;
  BlockKind kind = BlockKind::paragraph;
  std::uint8_t level = 0;  // as in Block
  Region region = Region::content;
  Language language = Language::unknown;
  std::uint32_t block = 0;        // index into Document::blocks: lines of one block belong together
  std::uint32_t cell = kNone;     // into Segments::cells: the innermost cell that holds the line
  std::uint32_t section = kNone;  // into Segments::sections
  friend bool operator==(const Line&, const Line&) = default;
};

// A table cell of HTML, or a field of a plain-text line that tabs, pipes, leader dots or runs of blanks
// divide. Lines of plain text that follow one another and have the same number of fields form one table.
struct GridCell {
  TextSpan span;  // without surrounding blanks; may be empty
  std::uint32_t table = 0;
  std::uint32_t row = 0;
  std::uint32_t column = 0;
  std::uint32_t row_span = 1;
  std::uint32_t column_span = 1;
  bool header = false;
  friend bool operator==(const GridCell&, const GridCell&) = default;
};

struct Grid {
  std::uint32_t first_cell = 0;  // cells [first_cell, last_cell) of Segments::cells, by row, then column
  std::uint32_t last_cell = 0;
  std::uint32_t rows = 0;
  std::uint32_t columns = 0;
  std::uint32_t parent_cell = kNone;  // the cell this table stands in
  TextSpan caption;
  friend bool operator==(const Grid&, const Grid&) = default;
};

// A heading and what stands under it until the next heading of its level or above.
struct Section {
  std::uint32_t heading = kNone;  // into lines; kNone: before the first heading
  std::uint8_t level = 0;
  std::uint32_t first_line = 0;  // lines [first_line, last_line), the heading included, subsections included
  std::uint32_t last_line = 0;
  std::uint32_t parent = kNone;  // into sections
  friend bool operator==(const Section&, const Section&) = default;
};

struct Segments {
  std::vector<Line> lines;  // in text order
  std::vector<GridCell> cells;
  std::vector<Grid> grids;
  std::vector<Section> sections;
  std::uint32_t bytes_ja = 0;  // bytes of lines by language
  std::uint32_t bytes_en = 0;
};

}  // namespace yoran

#endif  // YORAN_TYPES_SEGMENTS_H_
