// SHA-256 of an input, the stable half of a record's id.
#ifndef YORAN_SOURCE_DIGEST_H_
#define YORAN_SOURCE_DIGEST_H_

#include <string>
#include <string_view>

namespace yoran {

// Lower-case hexadecimal, 64 characters; empty if libcrypto has no SHA-256 (it always has).
[[nodiscard]] std::string sha256_hex(std::string_view bytes);

}  // namespace yoran

#endif  // YORAN_SOURCE_DIGEST_H_
