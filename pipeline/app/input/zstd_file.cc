#include "app/input/zstd_file.h"

#include <fcntl.h>
#include <unistd.h>
#include <zstd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>
#include <string_view>

#include "app/batch/output_file.h"
#include "app/console.h"
#include "app/input/line_reader.h"

namespace yoran {
namespace {

constexpr int kLevel = 3;  // the library's default, named so that the bytes do not depend on it

struct Descriptor {
  explicit Descriptor(const std::string& path) : number(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
    if (number < 0) fail_to("read", path, errno);
  }
  ~Descriptor() { ::close(number); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number;
};

std::size_t checked(std::size_t result, const std::string& path) {
  if (ZSTD_isError(result) != 0)
    throw OutputError("zstd: '" + path + "': " + ZSTD_getErrorName(result), false);
  return result;
}

}  // namespace

void compress_file(const std::string& from, const std::string& to) {
  const Descriptor in(from);
  AppendFile out;
  out.open(to, 0);
  const std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context(ZSTD_createCCtx(), &ZSTD_freeCCtx);
  checked(ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, kLevel), to);
  checked(ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 1), to);
  checked(ZSTD_CCtx_setPledgedSrcSize(context.get(), size_of_file(from)), to);
  std::string buffer(ZSTD_CStreamOutSize(), '\0');
  FilePieces pieces(in.number);
  for (bool end = false; !end;) {
    const std::string_view piece = pieces.next();
    end = piece.empty();
    ZSTD_inBuffer input{piece.data(), piece.size(), 0};
    for (std::size_t rest = 1; end ? rest != 0 : input.pos < input.size;) {
      ZSTD_outBuffer output{buffer.data(), buffer.size(), 0};
      rest = checked(ZSTD_compressStream2(context.get(), &output, &input, end ? ZSTD_e_end : ZSTD_e_continue),
                     to);
      out.write(std::string_view(buffer).substr(0, output.pos));
    }
  }
  if (pieces.fault() != 0) fail_to("read", from, pieces.fault());
  out.close();
}

void decompress_file(const std::string& from, const std::string& to, std::uint64_t limit) {
  const Descriptor in(from);
  AppendFile out;
  out.open(to, 0);
  const std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context(ZSTD_createDCtx(), &ZSTD_freeDCtx);
  std::string buffer(ZSTD_DStreamOutSize(), '\0');
  FilePieces pieces(in.number);
  for (std::string_view piece = pieces.next(); !piece.empty() && limit > 0; piece = pieces.next()) {
    ZSTD_inBuffer input{piece.data(), piece.size(), 0};
    for (bool full = true; limit > 0 && (input.pos < input.size || full);) {
      ZSTD_outBuffer output{buffer.data(), buffer.size(), 0};
      checked(ZSTD_decompressStream(context.get(), &output, &input), from);
      full = output.pos == output.size;
      const std::size_t wanted = std::min<std::uint64_t>(limit, output.pos);
      out.write(std::string_view(buffer).substr(0, wanted));
      limit -= wanted;
    }
  }
  if (pieces.fault() != 0) fail_to("read", from, pieces.fault());
  if (limit > 0) throw OutputError("zstd: '" + from + "' is cut off", false);
  out.close();
}

std::uint64_t zstd_content_size(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return 0;
  std::array<char, 18> head{};  // the longest frame header
  const ssize_t got = ::read(descriptor, head.data(), head.size());
  ::close(descriptor);
  if (got <= 0) return 0;
  const unsigned long long size = ZSTD_getFrameContentSize(head.data(), static_cast<std::size_t>(got));
  return size == ZSTD_CONTENTSIZE_UNKNOWN || size == ZSTD_CONTENTSIZE_ERROR ? 0 : size;
}

}  // namespace yoran
