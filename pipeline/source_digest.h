// SHA-256 of an input, the stable half of a record's id.
#ifndef YORAN_SOURCE_DIGEST_H_
#define YORAN_SOURCE_DIGEST_H_

#include <memory>
#include <string>
#include <string_view>

namespace yoran {

// Lower-case hexadecimal, 64 characters; empty if libcrypto has no SHA-256 (it always has).
[[nodiscard]] std::string sha256_hex(std::string_view bytes);

// The same of bytes that come in pieces.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;
  void add(std::string_view bytes);
  [[nodiscard]] std::string hex();  // once, at the end

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

}  // namespace yoran

#endif  // YORAN_SOURCE_DIGEST_H_
