// RFC 4648.
#ifndef YORAN_APP_INPUT_BASE64_H_
#define YORAN_APP_INPUT_BASE64_H_

#include <optional>
#include <string>
#include <string_view>

namespace yoran {

// Strict, padding optional; none if it is not base64.
[[nodiscard]] std::optional<std::string> decode_base64(std::string_view text);

// With padding.
[[nodiscard]] std::string encode_base64(std::string_view bytes);

}  // namespace yoran

#endif  // YORAN_APP_INPUT_BASE64_H_
