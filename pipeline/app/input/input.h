// One document to read: its name, and the bytes behind it.
#ifndef YORAN_APP_INPUT_INPUT_H_
#define YORAN_APP_INPUT_INPUT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "types/diagnostic.h"

namespace yoran {

// A document, or why there is none under this name.
struct Input {
  std::string path;  // as the record names it; "-" is standard input
  std::optional<Diagnostic> fault{};
  bool any_kind = false;  // a pipe or a device will do: it was named itself, not found below a folder
};

struct InputBytes {
  std::string bytes;
  std::optional<Diagnostic> fault;
};

// All of it, or a fault: read.missing, read.unreadable, read.symlink-loop, read.directory, read.not-a-file,
// read.too-large. Nothing is read half.
[[nodiscard]] InputBytes read_input(const Input& input, std::uint64_t max_bytes);
// A file that the program itself needs, of any kind.
[[nodiscard]] InputBytes read_input(const std::string& path, std::uint64_t max_bytes);

// An input opened for reading.
struct OpenInput {
  int descriptor = -1;     // standard input is not to be closed
  std::uint64_t size = 0;  // as the file system says; 0: it does not
  std::optional<Diagnostic> fault;
};
[[nodiscard]] OpenInput open_input(const Input& input);

// The fault that an error number means.
[[nodiscard]] Diagnostic read_fault(int error_number);
[[nodiscard]] Diagnostic too_large(std::uint64_t max_bytes);

// What becomes of an input that has a fault: "rejected" or, if that is a warning only, "skipped".
[[nodiscard]] std::string_view outcome_of(const Diagnostic& fault);

// The SHA-256 of the bytes, read piece by piece, or the code of the fault. Of standard input, pipes and
// devices: empty, they can be read only once.
[[nodiscard]] std::string content_of(const Input& input, std::uint64_t max_bytes);

}  // namespace yoran

#endif  // YORAN_APP_INPUT_INPUT_H_
