// Plain text and Markdown to blocks: a block for each line that is not empty, without its end (LF, CRLF or
// CR).
//
// Plain text gives paragraphs only; what a line means is for `segment` to see. Markdown gives headings with
// their levels, items of lists without their bullets (numbers stay: "12. March" is no item), and paragraphs;
// rows of pipe tables and underlined headings are left to `segment`. Fences of code and of front matter are
// no lines; what is between them is not parsed.
#ifndef YORAN_READ_PLAIN_READER_H_
#define YORAN_READ_PLAIN_READER_H_

#include <string_view>
#include <vector>

#include "types/document.h"

namespace yoran {

[[nodiscard]] std::vector<Block> plain_blocks(std::string_view text);
[[nodiscard]] std::vector<Block> markdown_blocks(std::string_view text);

}  // namespace yoran

#endif  // YORAN_READ_PLAIN_READER_H_
