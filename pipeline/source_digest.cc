#include "source_digest.h"

#include <openssl/evp.h>

#include <array>

namespace yoran {
namespace {

using Digest = std::array<unsigned char, EVP_MAX_MD_SIZE>;

// Looked up once: EVP_sha256() alone makes OpenSSL 3 search its providers for every digest, 1 us each time.
const EVP_MD* sha256_method() {
  static const EVP_MD* const kMethod = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  return kMethod;
}

std::string hexadecimal(const Digest& digest, unsigned int size) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string hex;
  hex.reserve(2 * std::size_t{size});
  for (unsigned int i = 0; i < size; ++i) {
    hex += kDigits[digest[i] >> 4U];
    hex += kDigits[digest[i] & 15U];
  }
  return hex;
}

}  // namespace

std::string sha256_hex(std::string_view bytes) {
  Digest digest{};
  unsigned int size = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, sha256_method(), nullptr) != 1) return {};
  return hexadecimal(digest, size);
}

struct Sha256::Context {
  Context() { EVP_DigestInit_ex(state.get(), sha256_method(), nullptr); }
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> state{EVP_MD_CTX_new(), &EVP_MD_CTX_free};
};

Sha256::Sha256() : context_(std::make_unique<Context>()) {}
Sha256::~Sha256() = default;

void Sha256::add(std::string_view bytes) {
  EVP_DigestUpdate(context_->state.get(), bytes.data(), bytes.size());
}

std::string Sha256::hex() {
  Digest digest{};
  unsigned int size = 0;
  if (EVP_DigestFinal_ex(context_->state.get(), digest.data(), &size) != 1) return {};
  return hexadecimal(digest, size);
}

}  // namespace yoran
