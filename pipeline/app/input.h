// From the words on the command line to the bytes of documents.
#ifndef YORAN_APP_INPUT_H_
#define YORAN_APP_INPUT_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "types/diagnostic.h"

namespace yoran {

// A document to read, or why there is none under this name.
struct Input {
  std::string path;  // as the record names it; "-" is standard input
  std::optional<Diagnostic> fault;
};

// Files and "-" as they are; folders give the text-like files below them, sorted; patterns that are no file
// are expanded like the shell's. Every word gives at least one input. `skip` leaves out what is found below
// folders.
using SkipPath = std::function<bool(const std::string& path, bool is_folder)>;
[[nodiscard]] std::vector<Input> expand_inputs(const std::vector<std::string>& words,
                                               const SkipPath& skip = nullptr);

struct InputBytes {
  std::string bytes;
  std::optional<Diagnostic> fault;
};

// All of it, or a fault: read.missing, read.unreadable, read.directory, read.too-large. Nothing is read half.
[[nodiscard]] InputBytes read_input(const std::string& path, std::uint64_t max_bytes);

}  // namespace yoran

#endif  // YORAN_APP_INPUT_H_
