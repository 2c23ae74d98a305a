#include "app/input.h"

#include <fcntl.h>
#include <glob.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

namespace yoran {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kReadSize = 1U << 18U;

Diagnostic fault(std::string code, std::string message, std::string hint = {}) {
  return {Severity::error, std::move(code), std::move(message), std::nullopt, "", std::move(hint)};
}

Diagnostic fault_of(int number) {
  const std::string why = std::generic_category().message(number);
  if (number == ENOENT || number == ENOTDIR) return fault("read.missing", "cannot read: " + why);
  return fault("read.unreadable", "cannot read: " + why);
}

Diagnostic too_large(std::uint64_t max_bytes) {
  return fault("read.too-large", "the input is larger than " + std::to_string(max_bytes) + " bytes",
               "see --max-bytes");
}

// What a folder is searched for; a file named on the command line may have any name.
bool is_text_like(const fs::path& path) {
  constexpr std::array<std::string_view, 8> kEndings = {"",          ".txt",  ".text", ".md",
                                                        ".markdown", ".html", ".htm",  ".xhtml"};
  std::string ending = path.extension().string();
  std::transform(ending.begin(), ending.end(), ending.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return std::find(kEndings.begin(), kEndings.end(), ending) != kEndings.end();
}

bool is_hidden(const fs::path& path) { return path.filename().string().starts_with('.'); }

// The documents below a folder in the order of their names; links to folders are not followed, they may go in
// circles.
void walk(const fs::path& folder, const SkipPath& skip, std::vector<Input>& inputs) {
  std::error_code failure;
  std::vector<fs::directory_entry> entries;
  for (fs::directory_iterator next(folder, failure), end; !failure && next != end; next.increment(failure))
    entries.push_back(*next);
  if (failure) inputs.push_back({folder.string(), fault_of(failure.value())});
  std::sort(entries.begin(), entries.end());
  for (const fs::directory_entry& entry : entries) {
    std::error_code ignored;
    if (is_hidden(entry.path())) continue;
    const bool is_folder = entry.is_directory(ignored);
    if (!is_folder && !is_text_like(entry.path())) continue;
    if (skip && skip(entry.path().string(), is_folder)) continue;
    if (is_folder) {
      if (!entry.is_symlink(ignored)) walk(entry.path(), skip, inputs);
    } else if (entry.is_regular_file(ignored)) {
      inputs.push_back({entry.path().string(), std::nullopt});
    }
  }
}

void expand_pattern(const std::string& word, const SkipPath& skip, std::vector<Input>& inputs);

void expand(const std::string& word, const SkipPath& skip, std::vector<Input>& inputs) {
  struct stat status {};
  const bool path = word != "-";
  if (path && ::stat(word.c_str(), &status) != 0) {
    const int number = errno;
    if (word.find_first_of("*?[") != std::string::npos)
      expand_pattern(word, skip, inputs);
    else
      inputs.push_back({word, fault_of(number)});
  } else if (path && S_ISDIR(status.st_mode)) {
    const std::size_t before = inputs.size();
    walk(word, skip, inputs);
    if (inputs.size() == before) {
      Diagnostic empty{
          Severity::warning, "read.empty-folder", "no document in this folder", std::nullopt, "", ""};
      inputs.push_back({word, std::move(empty)});
    }
  } else {
    inputs.push_back({word, std::nullopt});
  }
}

void expand_pattern(const std::string& word, const SkipPath& skip, std::vector<Input>& inputs) {
  glob_t found{};
  if (::glob(word.c_str(), 0, nullptr, &found) == 0) {
    for (std::size_t i = 0; i < found.gl_pathc; ++i) expand(found.gl_pathv[i], skip, inputs);
  } else {
    inputs.push_back({word, fault("read.missing", "no file matches")});
  }
  ::globfree(&found);
}

// Everything from an open file, unless it is more than `max_bytes`.
InputBytes read_all(int descriptor, std::uint64_t max_bytes, std::uint64_t expected) {
  InputBytes input;
  input.bytes.reserve(static_cast<std::size_t>(std::min<std::uint64_t>(expected, max_bytes)) + 1);
  std::size_t size = 0;
  for (;;) {
    if (size == input.bytes.size()) input.bytes.resize(std::max(input.bytes.capacity(), size + kReadSize));
    const ssize_t got = ::read(descriptor, input.bytes.data() + size, input.bytes.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) input.fault = errno == EISDIR ? fault("read.directory", "is a folder") : fault_of(errno);
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

std::vector<Input> expand_inputs(const std::vector<std::string>& words, const SkipPath& skip) {
  std::vector<Input> inputs;
  for (const std::string& word : words) expand(word, skip, inputs);
  return inputs;
}

InputBytes read_input(const std::string& path, std::uint64_t max_bytes) {
  if (path == "-") return read_all(STDIN_FILENO, max_bytes, 0);
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return {{}, fault_of(errno)};
  struct stat status {};
  InputBytes input;
  const bool known = ::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
  const auto size = known ? static_cast<std::uint64_t>(status.st_size) : 0;
  if (size > max_bytes)
    input.fault = too_large(max_bytes);
  else
    input = read_all(descriptor, max_bytes, size);
  ::close(descriptor);
  return input;
}

}  // namespace yoran
