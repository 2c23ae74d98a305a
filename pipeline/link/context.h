// What every part of stage 6 looks at, with the indices that make looking cheap.
#ifndef YORAN_LINK_CONTEXT_H_
#define YORAN_LINK_CONTEXT_H_

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rulepack/rulepack.h"
#include "types/candidate.h"
#include "types/document.h"
#include "types/mention.h"
#include "types/segments.h"
#include "types/text.h"

namespace yoran {

inline constexpr std::uint32_t kProseLine = 60;  // bytes; a shorter line is a row, a caption, a menu

class LinkContext {
 public:
  LinkContext(const Document& document, const Text& text, const Segments& segments, const Mentions& mentions,
              std::span<const Reading> readings, const RulePack& rules);

  const Document& document;
  const Text& text;
  const Segments& segments;
  const Mentions& mentions;
  std::span<const Reading> readings;  // by start
  const RulePack& rules;

  [[nodiscard]] std::string_view folded() const { return text.folded; }
  [[nodiscard]] std::string_view at(TextSpan span) const { return text.at(span); }
  [[nodiscard]] const Line& line(std::uint32_t index) const { return segments.lines[index]; }

  // The first reading that begins at or behind a position; readings.size() if none.
  [[nodiscard]] std::size_t first_reading(std::uint32_t position) const;
  // The reading that begins exactly at a position, or covers it.
  [[nodiscard]] const Reading* reading_at(std::uint32_t position) const;
  // Readings that begin inside a span.
  [[nodiscard]] std::span<const Reading> readings_in(TextSpan span) const;
  // Words (labels, titles, places) that begin inside a span.
  [[nodiscard]] std::span<const WordMention> words_in(TextSpan span) const;
  // A label of another field than `but` begins at a position.
  [[nodiscard]] bool begins_label(std::uint32_t position, std::uint32_t but = kNone) const;
  [[nodiscard]] std::uint32_t line_at(std::uint32_t position) const;
  // An empty line stands between a line, which is not the first, and the one before it.
  [[nodiscard]] bool is_set_off(std::uint32_t line) const;
  // The sentence around a position of a line. Every step that looks at a candidate asks for its sentence.
  [[nodiscard]] TextSpan sentence_of(std::uint32_t line, std::uint32_t position) const;

  // The latest year that a date of the document names.
  [[nodiscard]] std::int32_t latest_year() const { return latest_year_; }

  // An address of the document lies in the municipality of this code.
  [[nodiscard]] bool has_address_in(std::string_view local_government_code) const;

  // The cell of a grid at a row and column, spans included; null if there is none.
  [[nodiscard]] const GridCell* cell_at(std::uint32_t grid, std::uint32_t row, std::uint32_t column) const;
  // The innermost cell that holds a position; null outside tables.
  [[nodiscard]] const GridCell* cell_of(std::uint32_t line, std::uint32_t position) const;

 private:
  struct GridIndex {
    std::uint32_t columns = 0;
    std::vector<std::uint32_t> cells;  // row * columns + column -> cell
  };
  struct FoundSentence {
    std::uint32_t line = kNone;
    std::uint32_t position = 0;
    TextSpan span;
  };
  mutable std::array<FoundSentence, 64> sentences_{};  // the last found, by position
  std::vector<GridIndex> grids_;
  std::int32_t latest_year_ = 0;
  std::vector<std::uint32_t> starts_;            // of the readings: looked through far more often than these
  std::vector<std::string_view> address_codes_;  // sorted
};

}  // namespace yoran

#endif  // YORAN_LINK_CONTEXT_H_
