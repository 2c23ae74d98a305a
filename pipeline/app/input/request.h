// A line of the filter protocol: one strict JSON object. Read by our own scanner, because the id has to be
// given back byte for byte, and because foreign JSON must neither exhaust the stack nor hide a key behind a
// second one.
#ifndef YORAN_APP_INPUT_REQUEST_H_
#define YORAN_APP_INPUT_REQUEST_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "pipeline.h"

namespace yoran {

inline constexpr std::uint32_t kMaxJsonDepth = 64;

struct Request {
  std::string id = "null";  // as it stands in the line
  std::string text;         // UTF-8, or the bytes of bytes_base64
  ExtractOptions options;
  std::optional<Diagnostic> fault;  // why the line is rejected
  Diagnostics notes;
};

// `defaults` holds what the line does not say. Never throws; of a bad line the id is kept if it could be
// read.
[[nodiscard]] Request read_request(std::string_view line, const ExtractOptions& defaults);

// One JSON value and nothing behind it, by RFC 8259: no deeper than kMaxJsonDepth, no key twice in an object,
// no half surrogate, valid UTF-8. None: it is; else what is wrong.
[[nodiscard]] std::optional<Diagnostic> json_fault(std::string_view text);

}  // namespace yoran

#endif  // YORAN_APP_INPUT_REQUEST_H_
