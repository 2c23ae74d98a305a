// Whole files into and out of zstd, by way of libzstd. Faults are OutputErrors.
#ifndef YORAN_APP_INPUT_ZSTD_FILE_H_
#define YORAN_APP_INPUT_ZSTD_FILE_H_

#include <cstdint>
#include <string>

namespace yoran {

// One frame that names the size of its content.
void compress_file(const std::string& from, const std::string& to);
// The first `limit` bytes of the content.
void decompress_file(const std::string& from, const std::string& to, std::uint64_t limit);
// As the frame says; 0: it is no such file.
[[nodiscard]] std::uint64_t zstd_content_size(const std::string& path);

}  // namespace yoran

#endif  // YORAN_APP_INPUT_ZSTD_FILE_H_
