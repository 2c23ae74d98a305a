#include "app/input/input_list.h"

#include <unistd.h>

#include "app/extract_options.h"

namespace yoran {
namespace {

constexpr std::uint64_t kMaxName = 1U << 16U;

OpenInput open_list(const Arguments& arguments) {
  if (!arguments.has("files-from")) return {};
  OpenInput open = open_input({arguments.value("files-from"), std::nullopt, true});
  if (open.fault)
    throw UsageError("--files-from " + arguments.value("files-from") + ": " + open.fault->message);
  return open;
}

}  // namespace

InputList::InputList(const Arguments& arguments, const WantName& want)
    : words_(arguments.has("files-from") ? arguments.positionals() : paths_of(arguments)),
      walk_(words_of(words_), want, skip(), true),
      file_(open_list(arguments)),
      pieces_(file_.descriptor),
      lines_([this] { return pieces_.next(); }, kMaxName),
      file_walk_([this] { return next_in_file(); }, want, skip(), false) {}

InputList::~InputList() {
  if (file_.descriptor > STDIN_FILENO) ::close(file_.descriptor);
}

SkipPath InputList::skip() {
  return [this](const std::string& path, bool is_folder) { return ignore_.ignores(path, is_folder); };
}

std::optional<Input> InputList::next() {
  auto input = walk_.next();
  if (!input && file_.descriptor >= 0) input = file_walk_.next();
  return input;
}

std::optional<std::string> InputList::next_in_file() {
  // `find -print0` or lines: the first end tells.
  if (!end_) end_ = lines_.first_of(std::string_view("\n\0", 2));
  while (auto line = lines_.next(*end_)) {
    if (!line->text.empty()) return std::string(line->text);
  }
  return std::nullopt;
}

}  // namespace yoran
