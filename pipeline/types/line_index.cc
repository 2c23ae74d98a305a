#include "types/line_index.h"

#include <algorithm>
#include <cstring>

namespace yoran {
namespace {

// Eight bytes at a time: a byte begins no character if its highest bit is set and the next one is not.
std::uint32_t count_code_points(std::string_view utf8) {
  constexpr std::uint64_t kLowBits = 0x0101'0101'0101'0101U;
  std::uint64_t inside = 0;
  std::size_t i = 0;
  for (std::uint64_t word = 0; i + sizeof word <= utf8.size(); i += sizeof word) {
    std::memcpy(&word, utf8.data() + i, sizeof word);
    inside += ((word >> 7U & ~(word >> 6U) & kLowBits) * kLowBits) >> 56U;
  }
  for (; i < utf8.size(); ++i) inside += (static_cast<unsigned char>(utf8[i]) & 0xC0U) == 0x80U ? 1 : 0;
  return static_cast<std::uint32_t>(utf8.size() - inside);
}

}  // namespace

LineIndex::LineIndex(std::string_view utf8, std::uint32_t bom_bytes) : view_(utf8), bom_bytes_(bom_bytes) {}

LineIndex::LineIndex(std::string decoded, OffsetMap to_source)
    : decoded_(std::move(decoded)), to_source_(std::move(to_source)) {}

void LineIndex::build() const {
  const std::string_view text = this->text();
  line_starts_.assign(1, bom_bytes_);
  // Two searches for one character each are many times faster than one search for two.
  std::size_t feed = text.find('\n');
  std::size_t carriage_return = text.find('\r');
  while (feed != std::string_view::npos || carriage_return != std::string_view::npos) {
    std::size_t end = std::min(feed, carriage_return) + 1;
    if (carriage_return + 1 == feed) end = feed + 1;
    line_starts_.push_back(static_cast<std::uint32_t>(end));
    if (feed < end) feed = text.find('\n', end);
    if (carriage_return < end) carriage_return = text.find('\r', end);
  }
  built_ = true;
}

void LineIndex::count_blocks() const {
  const std::string_view text = this->text();
  std::uint32_t count = 0;
  for (std::size_t i = 0; i < text.size(); i += kBlock) {
    code_points_.push_back(count);
    count += count_code_points(text.substr(i, kBlock));
  }
}

SourceSpan LineIndex::source_of(DecodedSpan of_text) const {
  return decoded_.empty() ? SourceSpan{of_text.start, of_text.end} : to_source_.origin<SourceSpan>(of_text);
}

std::uint32_t LineIndex::code_points_between(std::uint32_t line_start, std::uint32_t offset) const {
  if (offset - line_start <= kBlock) return count_code_points(text().substr(line_start, offset - line_start));
  if (code_points_.empty()) count_blocks();
  return code_points_before(offset) - code_points_before(line_start);
}

std::uint32_t LineIndex::code_points_before(std::uint32_t offset) const {
  const std::size_t block = offset / kBlock;
  if (block >= code_points_.size())
    return block == 0
               ? 0
               : code_points_.back() + count_code_points(text().substr((code_points_.size() - 1) * kBlock));
  return code_points_[block] + count_code_points(text().substr(block * kBlock, offset % kBlock));
}

LineColumn LineIndex::at(std::uint32_t source_offset) const {
  if (!built_) build();
  const std::uint32_t offset = std::min(decoded_.empty() ? source_offset : to_source_.derived(source_offset),
                                        static_cast<std::uint32_t>(text().size()));
  const auto after = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
  if (after == line_starts_.begin()) return {};
  const std::uint32_t line_start = *std::prev(after);
  return {static_cast<std::uint32_t>(after - line_starts_.begin()),
          code_points_between(line_start, offset) + 1};
}

std::string_view LineIndex::line_text(std::uint32_t line) const {
  if (!built_) build();
  if (line == 0 || line > line_starts_.size()) return {};
  const std::string_view rest = text().substr(line_starts_[line - 1]);
  return rest.substr(0, rest.find_first_of("\r\n"));
}

}  // namespace yoran
