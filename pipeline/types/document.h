// What stage 1 makes of the bytes: decoded text, its layout, and the way back.
#ifndef YORAN_TYPES_DOCUMENT_H_
#define YORAN_TYPES_DOCUMENT_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "types/line_index.h"
#include "types/offset_map.h"
#include "types/span.h"

namespace yoran {

inline constexpr std::uint32_t kNone = 0xFFFFFFFF;  // "no index" in every table of ours

enum class MediaType : std::uint8_t { plain, html, markdown };

// A block is a run of text without a block boundary inside; it may hold line ends (<br>, wrapped source lines
// are blanks). Plain text: a block is a line. Blocks are in document order and do not overlap.
enum class BlockKind : std::uint8_t {
  title,    // <title>; not shown on the page, evidence for the subject
  heading,  // level 1 to 6
  paragraph,
  list_item,   // level = depth of the list, from 1
  term,        // <dt>
  definition,  // <dd>
  cell,        // text in <td> or <th>, see `cell`
  caption,     // <caption>, <figcaption>, <legend>
};

// The part of the page a block stands in, after the elements header, nav, main, footer, aside and their ARIA
// roles.
enum class Region : std::uint8_t { content, header, navigation, footer, aside };

struct Block {
  DecodedSpan span;
  BlockKind kind = BlockKind::paragraph;
  std::uint8_t level = 0;
  Region region = Region::content;
  std::uint32_t cell = kNone;  // innermost table cell the block stands in, whatever the block's kind
  friend bool operator==(const Block&, const Block&) = default;
};

// A cell of an HTML table at its place in the grid, spans resolved as the HTML table model does.
struct Cell {
  DecodedSpan span;  // all the text of the cell, nested tables included
  std::uint32_t table = 0;
  std::uint32_t row = 0;
  std::uint32_t column = 0;
  std::uint32_t row_span = 1;
  std::uint32_t column_span = 1;
  bool header = false;  // <th>
  friend bool operator==(const Cell&, const Cell&) = default;
};

struct Table {
  std::uint32_t rows = 0;
  std::uint32_t columns = 0;
  std::uint32_t parent_cell = kNone;  // nested tables
  DecodedSpan caption;
  friend bool operator==(const Table&, const Table&) = default;
};

struct Document {
  std::string_view source;  // the original bytes; they must outlive the document
  MediaType media_type = MediaType::plain;
  std::string charset;   // IANA name as written to the record: UTF-8, Shift_JIS, EUC-JP, ...
  std::string text;      // valid UTF-8; blocks end in "\n"
  OffsetMap source_map;  // text -> source
  LineIndex lines;       // source position -> line and column
  std::vector<Block> blocks;
  std::vector<Cell> cells;  // by table, then row, then column
  std::vector<Table> tables;
  bool lossy = false;  // some input could not be decoded: the outcome is `partial`
};

}  // namespace yoran

#endif  // YORAN_TYPES_DOCUMENT_H_
