// Line and column of a byte of the source, without walking the document for each question.
//
// Lines end in LF, CRLF or CR. Line and column count from 1; columns count code points of the decoded source,
// markup included; a BOM has no column. Memory: 4 bytes a line and, with lines longer than kBlock, 4 for
// every kBlock bytes of source.
#ifndef YORAN_TYPES_LINE_INDEX_H_
#define YORAN_TYPES_LINE_INDEX_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "types/offset_map.h"

namespace yoran {

struct LineColumn {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
  friend bool operator==(const LineColumn&, const LineColumn&) = default;
};

class LineIndex {
 public:
  LineIndex() = default;
  // Source is UTF-8 already: `utf8` views the source bytes, which must outlive the index. `bom_bytes` is 0
  // or 3.
  LineIndex(std::string_view utf8, std::uint32_t bom_bytes);
  // Any other charset: the source decoded as a whole (markup and all) with the map from it to the source
  // bytes.
  LineIndex(std::string decoded, OffsetMap to_source);

  // Logarithmic in the number of lines plus at most kBlock bytes.
  [[nodiscard]] LineColumn at(std::uint32_t source_offset) const;

  // The whole text of a line (from 1), without its end, as UTF-8; for code frames.
  [[nodiscard]] std::string_view line_text(std::uint32_t line) const;

  // The whole source as UTF-8, markup and BOM included, and where a part of it stands in the source.
  [[nodiscard]] std::string_view text() const {
    return decoded_.empty() ? view_ : std::string_view(decoded_);
  }
  [[nodiscard]] SourceSpan source_of(DecodedSpan of_text) const;

 private:
  static constexpr std::uint32_t kBlock = 1024;
  void build() const;         // on the first question: most documents ask none
  void count_blocks() const;  // on the first one about a long line
  [[nodiscard]] std::uint32_t code_points_between(std::uint32_t line_start, std::uint32_t offset) const;
  [[nodiscard]] std::uint32_t code_points_before(std::uint32_t offset) const;

  std::string_view view_;
  std::string decoded_;
  OffsetMap to_source_;
  std::uint32_t bom_bytes_ = 0;
  mutable bool built_ = false;
  mutable std::vector<std::uint32_t> line_starts_;
  mutable std::vector<std::uint32_t> code_points_;  // before each block of kBlock bytes
};

}  // namespace yoran

#endif  // YORAN_TYPES_LINE_INDEX_H_
