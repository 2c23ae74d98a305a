// What `yoran check` reports: a diagnostic of a file, with every unit of place that formats of reports ask
// for. It stands alone, without the document, so that it can be kept in a cache.
#ifndef YORAN_TYPES_FINDING_H_
#define YORAN_TYPES_FINDING_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "types/diagnostic.h"

namespace yoran {

// A place in a file. Lines and columns count from 1; columns of the decoded line, a BOM has none.
struct Spot {
  std::uint32_t line = 1;
  std::uint32_t column = 1;  // in code points: text, JSON, SARIF, checkstyle
  std::uint32_t utf16 = 1;   // in UTF-16 code units: annotations
  std::uint32_t utf8 = 1;    // in bytes of the line as UTF-8: rdjsonl
  std::uint32_t offset = 0;  // in bytes of the file, in its own charset
  friend bool operator==(const Spot&, const Spot&) = default;
};

struct Stretch {
  Spot start;
  Spot end;  // behind the last character
  friend bool operator==(const Stretch&, const Stretch&) = default;
};

// A part of a line, to be shown with a caret.
struct Frame {
  std::string text;          // of a long line only what stands around the place
  std::uint32_t column = 1;  // of the place in `text`, in code points
  friend bool operator==(const Frame&, const Frame&) = default;
};

struct RelatedSpot {
  Stretch at;
  Frame frame;
  std::string note;
  friend bool operator==(const RelatedSpot&, const RelatedSpot&) = default;
};

enum class Standing : std::uint8_t {
  open,
  baseline,  // known: in the baseline file
  ignored,   // a comment in the document suppresses it
};

[[nodiscard]] constexpr std::string_view to_string(Standing standing) {
  constexpr std::string_view kNames[] = {"open", "baseline", "ignored"};
  return kNames[static_cast<std::size_t>(standing)];
}

struct Finding {
  std::string path;
  Severity severity = Severity::warning;
  std::string check;  // its id
  std::string message;
  std::string hint;
  std::optional<Stretch> at;  // none: the whole file
  Frame frame;
  std::vector<RelatedSpot> related;
  std::vector<Edit> edits;
  std::string fingerprint;  // the same wherever the line moves
  Standing standing = Standing::open;
  friend bool operator==(const Finding&, const Finding&) = default;
};

using Findings = std::vector<Finding>;

}  // namespace yoran

#endif  // YORAN_TYPES_FINDING_H_
