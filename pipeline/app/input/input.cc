#include "app/input/input.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

#include "app/input/line_reader.h"
#include "source_digest.h"

namespace yoran {
namespace {

constexpr std::size_t kReadSize = 1U << 18U;

Diagnostic fault(std::string code, std::string message, std::string hint = {}) {
  return {Severity::error, std::move(code), std::move(message), std::nullopt, "", std::move(hint)};
}

// Everything from an open file, unless it is more than `max_bytes`.
InputBytes read_all(int descriptor, std::uint64_t max_bytes, std::uint64_t expected) {
  InputBytes input;
  input.bytes.reserve(static_cast<std::size_t>(std::min<std::uint64_t>(expected, max_bytes)) + 1);
  std::size_t size = 0;
  for (;;) {
    // What was expected first: a piece of memory of kReadSize for each small file costs more than reading it.
    if (size == input.bytes.size())
      input.bytes.resize(size < input.bytes.capacity() ? input.bytes.capacity() : size + kReadSize);
    const ssize_t got = ::read(descriptor, input.bytes.data() + size, input.bytes.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) input.fault = read_fault(errno);
    if (got <= 0) break;
    size += static_cast<std::size_t>(got);
    if (size > max_bytes) {
      input.fault = too_large(max_bytes);
      break;
    }
  }
  input.bytes.resize(input.fault ? 0 : size);
  return input;
}

}  // namespace

Diagnostic read_fault(int error_number) {
  const std::string why = std::generic_category().message(error_number);
  if (error_number == ENOENT || error_number == ENOTDIR) return fault("read.missing", "cannot read: " + why);
  if (error_number == ELOOP) return fault("read.symlink-loop", "cannot read: " + why);
  if (error_number == EISDIR) return fault("read.directory", "is a folder");
  return fault("read.unreadable", "cannot read: " + why);
}

Diagnostic too_large(std::uint64_t max_bytes) {
  return fault("read.too-large", "the input is larger than " + std::to_string(max_bytes) + " bytes",
               "see --max-bytes");
}

std::string_view outcome_of(const Diagnostic& fault) {
  return fault.severity == Severity::error ? "rejected" : "skipped";
}

OpenInput open_input(const Input& input) {
  OpenInput open;
  if (input.path == "-") {
    open.descriptor = STDIN_FILENO;
    return open;
  }
  // A pipe that nobody writes to would be waited for.
  const int flags = O_RDONLY | O_CLOEXEC | (input.any_kind ? 0 : O_NONBLOCK);
  const int descriptor = ::open(input.path.c_str(), flags);
  struct stat status {};
  if (descriptor < 0 || ::fstat(descriptor, &status) != 0) {
    open.fault = read_fault(errno);
  } else if (S_ISDIR(status.st_mode)) {
    open.fault = read_fault(EISDIR);
  } else if (!S_ISREG(status.st_mode) && !input.any_kind) {
    open.fault = fault("read.not-a-file", "is a pipe, a socket or a device");
  } else {
    open.descriptor = descriptor;
    open.size = S_ISREG(status.st_mode) ? static_cast<std::uint64_t>(status.st_size) : 0;
    return open;
  }
  if (descriptor >= 0) ::close(descriptor);
  return open;
}

InputBytes read_input(const Input& input, std::uint64_t max_bytes) {
  if (input.fault) return {{}, input.fault};
  OpenInput open = open_input(input);
  if (open.fault) return {{}, std::move(open.fault)};
  InputBytes read;
  if (open.size > max_bytes)
    read.fault = too_large(max_bytes);
  else
    read = read_all(open.descriptor, max_bytes, open.size);
  if (open.descriptor != STDIN_FILENO) ::close(open.descriptor);
  return read;
}

InputBytes read_input(const std::string& path, std::uint64_t max_bytes) {
  return read_input(Input{path, std::nullopt, true}, max_bytes);
}

std::string content_of(const Input& input, std::uint64_t max_bytes) {
  if (input.fault) return input.fault->code;
  if (input.path == "-" || input.any_kind) return {};
  const OpenInput open = open_input(input);
  if (open.fault) return open.fault->code;
  Sha256 digest;
  FilePieces pieces(open.descriptor);
  std::uint64_t size = open.size;
  if (size <= max_bytes) {
    size = 0;
    for (std::string_view piece = pieces.next(); !piece.empty() && size <= max_bytes; piece = pieces.next()) {
      digest.add(piece);
      size += piece.size();
    }
  }
  ::close(open.descriptor);
  if (pieces.fault() != 0) return read_fault(pieces.fault()).code;
  return size > max_bytes ? too_large(max_bytes).code : digest.hex();
}

}  // namespace yoran
