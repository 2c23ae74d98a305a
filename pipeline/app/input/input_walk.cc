#include "app/input/input_walk.h"

#include <dirent.h>
#include <glob.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <functional>
#include <utility>

#include "types/ascii.h"

namespace yoran {
namespace {

Diagnostic warning(std::string code, std::string message) {
  return {Severity::warning, std::move(code), std::move(message), std::nullopt, "", ""};
}

std::string joined(const std::string& folder, std::string_view name) {
  return folder + (folder.ends_with('/') ? "" : "/") + std::string(name);
}

// The names in a folder that are not hidden, the last one first; else an error number.
int read_folder(const std::string& path, std::vector<std::string>& names) {
  DIR* const folder = ::opendir(path.c_str());
  if (folder == nullptr) return errno;
  for (errno = 0; const dirent* const entry = ::readdir(folder); errno = 0) {
    if (entry->d_name[0] != '.') names.emplace_back(entry->d_name);
  }
  const int fault = errno;
  ::closedir(folder);
  std::sort(names.begin(), names.end(), std::greater<>());
  return fault;
}

}  // namespace

std::string ending_of(std::string_view name) {
  name.remove_prefix(name.find_last_of('/') + 1);
  const std::size_t dot = name.find_last_of('.');
  if (dot == std::string_view::npos || dot == 0) return {};
  std::string ending(name.substr(dot));
  std::transform(ending.begin(), ending.end(), ending.begin(), ascii_lower);
  return ending;
}

bool is_text_like(std::string_view name) {
  constexpr std::array<std::string_view, 8> kEndings = {"",          ".txt",  ".text", ".md",
                                                        ".markdown", ".html", ".htm",  ".xhtml"};
  return std::find(kEndings.begin(), kEndings.end(), ending_of(name)) != kEndings.end();
}

std::optional<Input> InputWalk::next() {
  for (;;) {
    std::optional<Input> input;
    if (!folders_.empty()) {
      input = next_below();
    } else if (!matches_.empty()) {
      const std::string word = std::move(matches_.front());
      matches_.pop_front();
      input = start(word);
    } else if (const auto word = words_()) {
      input = start(*word);
    } else {
      return std::nullopt;
    }
    if (input) return input;
  }
}

// None: what the word stands for is found by going on.
std::optional<Input> InputWalk::start(const std::string& word) {
  if (word == "-") return Input{word};
  struct stat status {};
  if (::stat(word.c_str(), &status) == 0) {
    if (S_ISDIR(status.st_mode)) return enter(word);
    return Input{word, std::nullopt, any_kind_ && !S_ISREG(status.st_mode)};
  }
  const int number = errno;
  if (word.find_first_of("*?[") == std::string::npos) return Input{word, read_fault(number)};
  expand_pattern(word);
  if (!matches_.empty()) return std::nullopt;
  Input none{word, read_fault(ENOENT)};
  none.fault->message = "no file matches";
  return none;
}

void InputWalk::expand_pattern(const std::string& pattern) {
  glob_t found{};
  if (::glob(pattern.c_str(), 0, nullptr, &found) == 0)
    matches_.assign(found.gl_pathv, found.gl_pathv + found.gl_pathc);
  ::globfree(&found);
}

std::optional<Input> InputWalk::enter(const std::string& path) {
  folders_.push_back({path, {}});
  const int number = read_folder(path, folders_.back().names);
  if (number == 0) return std::nullopt;
  folders_.back().any = true;
  return Input{path, read_fault(number)};
}

std::optional<Input> InputWalk::next_below() {
  Folder& folder = folders_.back();
  if (folder.names.empty()) {
    const Folder done = std::move(folder);
    folders_.pop_back();
    if (!folders_.empty()) folders_.back().any = folders_.back().any || done.any;
    if (done.any || !folders_.empty()) return std::nullopt;
    return Input{done.path, warning("read.empty-folder", "no document in this folder")};
  }
  const std::string name = std::move(folder.names.back());
  folder.names.pop_back();
  auto input = look_at(joined(folder.path, name), name);
  if (input) folders_.back().any = true;
  return input;
}

std::optional<Input> InputWalk::look_at(const std::string& path, std::string_view name) {
  struct stat status {};
  const bool is_there = ::lstat(path.c_str(), &status) == 0;
  const bool is_link = is_there && S_ISLNK(status.st_mode);
  const int number = is_there && !is_link ? 0 : ::stat(path.c_str(), &status) == 0 ? 0 : errno;
  const bool is_folder = number == 0 && S_ISDIR(status.st_mode);
  if (!is_folder && !want_(name)) return std::nullopt;
  if (skip_ && skip_(path, is_folder)) return std::nullopt;
  if (number != 0) return Input{path, read_fault(number)};
  if (is_folder && is_link)  // it may lead in circles
    return Input{path, warning("read.linked-folder", "links to folders are not followed")};
  if (is_folder) return enter(path);
  if (S_ISREG(status.st_mode)) return Input{path};
  return Input{path, warning("read.not-a-file", "is a pipe, a socket or a device")};
}

NextWord words_of(const std::vector<std::string>& words) {
  return [&words, i = std::size_t{0}]() mutable -> std::optional<std::string> {
    return i < words.size() ? std::optional(words[i++]) : std::nullopt;
  };
}

std::vector<Input> expand_inputs(const std::vector<std::string>& words, const SkipPath& skip) {
  std::vector<Input> inputs;
  InputWalk walk(words_of(words), is_text_like, skip, true);
  while (auto input = walk.next()) inputs.push_back(std::move(*input));
  return inputs;
}

}  // namespace yoran
