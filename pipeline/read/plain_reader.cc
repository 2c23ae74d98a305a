#include "read/plain_reader.h"

#include <algorithm>

namespace yoran {
namespace {

constexpr std::size_t kMaxIndent = 3;  // deeper is code, not a heading
constexpr std::size_t kMaxLevel = 6;
constexpr std::size_t kListIndent = 2;
constexpr std::size_t kFence = 3;

// Calls `take` with the span of each line that is not empty.
template <class Take>
void each_line(std::string_view text, Take take) {
  const std::size_t size = text.size();
  // Most texts have no CR at all; then only LF is looked for.
  const bool only_lf = text.find('\r') == std::string_view::npos;
  for (std::size_t start = 0; start < size;) {
    const std::size_t found = only_lf ? text.find('\n', start) : text.find_first_of("\r\n", start);
    const std::size_t end = std::min(found, size);
    if (end > start) take(DecodedSpan{static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(end)});
    start = end + 1;
  }
}

class MarkdownLines {
 public:
  explicit MarkdownLines(std::string_view text) : text_(text) {}

  std::vector<Block> read() {
    each_line(text_, [this](DecodedSpan span) { read_line(span); });
    return std::move(blocks_);
  }

 private:
  void read_line(DecodedSpan span) {
    const std::string_view line = slice(text_, span);
    const std::size_t indent = std::min(line.find_first_not_of(" \t"), line.size());
    const std::string_view content = line.substr(indent);
    const bool is_first = span.start == 0;
    if (in_front_matter_ || (is_first && is_rule(content) && indent == 0)) {
      const bool is_edge = indent == 0 && (is_rule(content) || content == "...");
      if (is_edge) in_front_matter_ = is_first;
      if (!is_edge) blocks_.push_back({span});
      return;
    }
    if (read_fence(content, indent)) return;
    if (fence_ != 0 || (indent <= kMaxIndent && read_heading(span, indent)) || read_item(span, indent)) {
      if (fence_ != 0) blocks_.push_back({span});
      return;
    }
    blocks_.push_back({span});
  }

  static bool is_rule(std::string_view content) {
    return content.substr(0, content.find_last_not_of(" \t") + 1) == "---";
  }

  bool read_fence(std::string_view content, std::size_t indent) {
    if (content.empty() || indent > kMaxIndent || (content[0] != '`' && content[0] != '~')) return false;
    const std::size_t size = std::min(content.find_first_not_of(content[0]), content.size());
    if (size < kFence) return false;
    const std::string_view rest = content.substr(size);
    if (fence_ != 0) {
      const bool closes = content[0] == fence_ && size >= fence_size_ &&
                          rest.find_first_not_of(" \t") == std::string_view::npos;
      if (closes) fence_ = 0;
      return closes;
    }
    if (content[0] == '`' && rest.find('`') != std::string_view::npos) return false;  // code in a line
    fence_ = content[0];
    fence_size_ = size;
    return true;
  }

  // "## Heading ##": the signs do not belong to the text.
  bool read_heading(DecodedSpan span, std::size_t indent) {
    const std::string_view line = slice(text_, span);
    const std::size_t text = line.find_first_not_of('#', indent);
    const std::size_t level = std::min(text, line.size()) - indent;
    if (level == 0 || level > kMaxLevel) return false;
    if (text == std::string_view::npos) return true;  // a heading without text
    if (line[text] != ' ' && line[text] != '\t') return false;
    const std::size_t start = line.find_first_not_of(" \t", text);
    if (start == std::string_view::npos) return true;
    std::size_t end = line.find_last_not_of(" \t") + 1;
    const std::size_t before = line.find_last_not_of('#', end - 1);
    const bool has_tail =
        before + 1 < end && before != std::string_view::npos && (line[before] == ' ' || line[before] == '\t');
    if (has_tail) end = line.find_last_not_of(" \t", before) + 1;
    if (end <= start) return true;
    blocks_.push_back(
        {{span.start + static_cast<std::uint32_t>(start), span.start + static_cast<std::uint32_t>(end)},
         BlockKind::heading,
         static_cast<std::uint8_t>(level)});
    return true;
  }

  bool read_item(DecodedSpan span, std::size_t indent) {
    const std::string_view line = slice(text_, span);
    if (indent + 1 >= line.size() || std::string_view("-*+").find(line[indent]) == std::string_view::npos)
      return false;
    const std::size_t start = line.find_first_not_of(" \t", indent + 1);
    if (start == indent + 1 || start == std::string_view::npos) return false;
    // "* * *" and "- - -" are rules.
    if (line.find_first_not_of(std::string{line[indent], ' ', '\t'}, indent) == std::string_view::npos)
      return false;
    const std::size_t level = std::min<std::size_t>(1 + indent / kListIndent, 255);
    blocks_.push_back({{span.start + static_cast<std::uint32_t>(start), span.end},
                       BlockKind::list_item,
                       static_cast<std::uint8_t>(level)});
    return true;
  }

  std::string_view text_;
  std::vector<Block> blocks_;
  bool in_front_matter_ = false;
  char fence_ = 0;  // sign of the open fence
  std::size_t fence_size_ = 0;
};

}  // namespace

std::vector<Block> plain_blocks(std::string_view text) {
  std::vector<Block> blocks;
  each_line(text, [&blocks](DecodedSpan span) { blocks.push_back({span}); });
  return blocks;
}

std::vector<Block> markdown_blocks(std::string_view text) { return MarkdownLines(text).read(); }

}  // namespace yoran
