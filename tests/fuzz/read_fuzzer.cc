// read: any bytes, any charset, any media type give a sound document or a rejection.
#include <unicode/utf8.h>

#include "fuzz_input.h"
#include "read/read.h"

namespace yoran {
namespace {

bool is_utf8(std::string_view text) {
  const auto size = static_cast<std::int32_t>(text.size());
  for (std::int32_t i = 0; i < size;) {
    UChar32 code_point = 0;
    U8_NEXT(text.data(), i, size, code_point);
    if (code_point < 0) return false;
  }
  return true;
}

void check(const Document& document) {
  const auto size = static_cast<std::uint32_t>(document.text.size());
  require(is_utf8(document.text), "the text is UTF-8");
  require(document.source_map.size() == size, "the map covers the text");
  std::uint32_t position = 0;
  for (const Block& block : document.blocks) {
    require(position <= block.span.start && block.span.start <= block.span.end && block.span.end <= size,
            "blocks are in order and inside");
    position = block.span.end;
    require(block.cell == kNone || block.cell < document.cells.size(), "a block's cell exists");
    const SourceSpan source = document.source_map.origin<SourceSpan>(block.span);
    require(source.start <= source.end && source.end <= document.source.size(),
            "a block is inside the source");
  }
  for (const Cell& cell : document.cells) {
    require(cell.table < document.tables.size(), "a cell's table exists");
    const Table& table = document.tables[cell.table];
    require(cell.row < table.rows && cell.column < table.columns, "a cell is inside its table");
    require(cell.span.start <= cell.span.end && cell.span.end <= size, "a cell is inside the text");
  }
  for (std::uint32_t at = 0; at < document.source.size(); at += 997) {
    const LineColumn place = document.lines.at(at);
    require(place.line >= 1 && place.column >= 1, "lines and columns count from 1");
  }
}

}  // namespace
}  // namespace yoran

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > yoran::kMaxInput) return 0;
  const yoran::FuzzInput input = yoran::fuzz_input(data, size);
  const yoran::ReadResult result =
      yoran::read(input.bytes, {yoran::kMaxInput, input.media_type, input.charset, "-"});
  if (result.document) {
    yoran::check(*result.document);
  } else {
    yoran::require(!result.diagnostics.empty(), "a rejection says why");
  }
  return 0;
}
