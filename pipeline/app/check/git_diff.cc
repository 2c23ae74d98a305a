#include "app/check/git_diff.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>

#include "app/command_line.h"

namespace yoran {
namespace {

// What a command writes to standard output. Its standard error is ours.
std::string output_of(std::vector<std::string> words) {
  std::vector<char*> argv;
  argv.reserve(words.size() + 1);
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  int pipe[2];
  if (::pipe2(pipe, O_CLOEXEC) != 0) throw UsageError(std::string("cannot run git: ") + std::strerror(errno));
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, pipe[1], STDOUT_FILENO);
  pid_t child = 0;
  const int fault = ::posix_spawnp(&child, argv[0], &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  ::close(pipe[1]);
  std::string out;
  char buffer[1U << 16U];
  for (ssize_t got = 0; fault == 0 && (got = ::read(pipe[0], buffer, sizeof buffer)) != 0;) {
    if (got > 0) out.append(buffer, static_cast<std::size_t>(got));
    if (got < 0 && errno != EINTR) break;
  }
  ::close(pipe[0]);
  if (fault != 0) throw UsageError(std::string("cannot run git: ") + std::strerror(fault));
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
    throw UsageError("git cannot say what changed", "--diff-base takes a commit, a branch or a tag");
  return out;
}

std::uint32_t number_at(std::string_view& text) {
  std::uint32_t number = 0;
  const auto [rest, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  text.remove_prefix(static_cast<std::size_t>(rest - text.data()));
  return fault == std::errc() ? number : 0;
}

}  // namespace

ChangedLines ChangedLines::since(const std::string& commit) {
  // A commit that begins with a hyphen would be an option.
  if (commit.empty() || commit.front() == '-')
    throw UsageError("--diff-base takes a commit, a branch or a tag");
  ChangedLines lines;
  lines.read_diff(
      output_of({"git", "-c", "core.quotePath=false", "diff", "-U0", "--no-color", "--no-ext-diff",
                 "--no-renames", "--relative", "--src-prefix=a/", "--dst-prefix=b/", commit, "--"}));
  std::string names = output_of({"git", "ls-files", "-z", "--others", "--exclude-standard"});
  for (std::string_view rest = names; !rest.empty();) {
    const std::size_t end = std::min(rest.find('\0'), rest.size());
    lines.add_whole(std::string(rest.substr(0, end)));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return lines;
}

void ChangedLines::read_diff(std::string_view diff) {
  std::string path;
  while (!diff.empty()) {
    const std::size_t end = std::min(diff.find('\n'), diff.size());
    std::string_view line = diff.substr(0, end);
    diff.remove_prefix(std::min(end + 1, diff.size()));
    if (line.starts_with("+++ b/")) {
      path = std::string(line.substr(6));
      while (path.ends_with('\t')) path.pop_back();  // behind names with blanks
      files_[path];
    } else if (line.starts_with("+++ ")) {
      path.clear();  // the file is gone
    } else if (line.starts_with("@@ -") && !path.empty()) {
      line.remove_prefix(std::min(line.find('+'), line.size() - 1) + 1);
      const std::uint32_t first = number_at(line);
      std::uint32_t count = 1;
      if (line.starts_with(',')) {
        line.remove_prefix(1);
        count = number_at(line);
      }
      if (count > 0) files_[path].emplace_back(first, first + count - 1);
    }
  }
}

bool ChangedLines::touches(const std::string& path, std::uint32_t first, std::uint32_t last) const {
  const auto file = files_.find(path);
  if (file == files_.end()) return false;
  return std::any_of(file->second.begin(), file->second.end(),
                     [&](const auto& range) { return range.first <= last && first <= range.second; });
}

}  // namespace yoran
