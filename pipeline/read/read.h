// Stage 1, read: bytes -> Document.
// In:     any bytes; what the user knows of them.
// Out:    decoded text, its blocks, cells and tables, and the map from each byte of the text to bytes of the
// input.
//         Blocks of HTML end in "\n" (which is not part of them; in `pre` blanks may stand between), plain
//         text is kept as it is. The charset is that of the BOM, else the user's, else what the page declares
//         (unless the bytes say otherwise), else UTF-8 if valid, else the likeliest one.
// Errors: rejected: read.too-large, read.binary, read.unknown-charset (of the options).
//         read.invalid-bytes and read.unclosed-markup mean that part of the input was lost.
// Source: WHATWG Encoding and HTML; tested against html5lib's tokenizer cases and ICU.
#ifndef YORAN_READ_READ_H_
#define YORAN_READ_READ_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "types/diagnostic.h"
#include "types/document.h"

namespace yoran {

struct ReadOptions {
  std::uint64_t max_bytes = 64U << 20U;
  std::optional<MediaType> media_type;  // none: from the name, then from the bytes
  std::string charset;                  // a label; empty: from the bytes
  std::string name;                     // only its ending is looked at
};

struct ReadResult {
  std::optional<Document> document;  // none: rejected. It views the bytes.
  Diagnostics diagnostics;
};

[[nodiscard]] ReadResult read(std::string_view bytes, const ReadOptions& options);

}  // namespace yoran

#endif  // YORAN_READ_READ_H_
