#include "app/check/fix.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>

#include "app/console.h"

namespace yoran {
namespace {

constexpr std::size_t kContext = 3;  // lines around a change

// Lines of the old text that change, and what they become.
struct Change {
  std::size_t first = 0;
  std::size_t last = 0;  // behind the last
  std::string text;
};

class DiffWriter {
 public:
  DiffWriter(std::string_view bytes, const std::vector<Edit>& edits) : bytes_(bytes) {
    for (std::size_t at = 0; at < bytes.size();) {
      starts_.push_back(at);
      const std::size_t end = bytes.find('\n', at);
      at = end == std::string_view::npos ? bytes.size() : end + 1;
    }
    starts_.push_back(bytes.size());
    for (const Edit& edit : edits) add(edit);
    for (Change& change : changes_) change.text = edited_lines(change, edits);
  }

  [[nodiscard]] std::string text() const {
    std::string out;
    for (std::size_t i = 0; i < changes_.size();) {
      std::size_t next = i + 1;
      while (next < changes_.size() && changes_[next].first <= changes_[next - 1].last + 2 * kContext) ++next;
      write_hunk(out, i, next);
      i = next;
    }
    return out;
  }

 private:
  [[nodiscard]] std::size_t lines() const { return starts_.size() - 1; }

  [[nodiscard]] std::size_t line_of(std::size_t offset) const {
    const auto after = std::upper_bound(starts_.begin(), starts_.end() - 1, offset);
    return static_cast<std::size_t>(after - starts_.begin()) - 1;
  }

  void add(const Edit& edit) {
    const std::size_t first = line_of(edit.at.start);
    const std::size_t last = line_of(std::max(edit.at.start, edit.at.end - 1)) + 1;
    if (!changes_.empty() && first < changes_.back().last)
      changes_.back().last = std::max(changes_.back().last, last);
    else
      changes_.push_back({first, last, {}});
  }

  [[nodiscard]] std::string edited_lines(const Change& change, const std::vector<Edit>& edits) const {
    const std::size_t start = starts_[change.first];
    const std::size_t end = starts_[change.last];
    std::vector<Edit> own;
    for (Edit edit : edits) {
      if (edit.at.start < start || edit.at.start >= end) continue;
      edit.at.start -= static_cast<std::uint32_t>(start);
      edit.at.end -= static_cast<std::uint32_t>(start);
      own.push_back(std::move(edit));
    }
    return edited(bytes_.substr(start, end - start), own);
  }

  static void write_lines(std::string& out, char sign, std::string_view text) {
    while (!text.empty()) {
      const std::size_t end = text.find('\n');
      out += sign;
      out += text.substr(0, end);
      out += '\n';
      if (end == std::string_view::npos) {
        out += "\\ No newline at end of file\n";
        return;
      }
      text.remove_prefix(end + 1);
    }
  }

  [[nodiscard]] std::string_view old_lines(std::size_t first, std::size_t last) const {
    return bytes_.substr(starts_[first], starts_[last] - starts_[first]);
  }

  static std::size_t count_lines(std::string_view text) {
    const auto ends = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
    return ends + (text.empty() || text.ends_with('\n') ? 0 : 1);
  }

  // Changes [from, to) and the lines around them.
  void write_hunk(std::string& out, std::size_t from, std::size_t to) const {
    const std::size_t first = changes_[from].first - std::min(changes_[from].first, kContext);
    const std::size_t last = std::min(changes_[to - 1].last + kContext, lines());
    std::string body;
    std::size_t at = first;
    std::size_t new_lines = 0;
    for (std::size_t i = from; i < to; ++i) {
      write_lines(body, ' ', old_lines(at, changes_[i].first));
      write_lines(body, '-', old_lines(changes_[i].first, changes_[i].last));
      write_lines(body, '+', changes_[i].text);
      new_lines += changes_[i].first - at + count_lines(changes_[i].text);
      at = changes_[i].last;
    }
    write_lines(body, ' ', old_lines(at, last));
    new_lines += last - at;
    out += "@@ -" + std::to_string(first + 1) + "," + std::to_string(last - first) + " +" +
           std::to_string(first + 1 + shift(from)) + "," + std::to_string(new_lines) + " @@\n" + body;
  }

  // Edits are inside lines, so that lines keep their numbers unless an edit took a line's end.
  [[nodiscard]] std::size_t shift(std::size_t before) const {
    std::size_t lines = 0;
    for (std::size_t i = 0; i < before; ++i)
      lines += count_lines(changes_[i].text) - (changes_[i].last - changes_[i].first);
    return lines;
  }

  std::string_view bytes_;
  std::vector<std::size_t> starts_;  // of lines, and the end
  std::vector<Change> changes_;
};

}  // namespace

std::vector<Edit> edits_of(const Findings& findings) {
  std::vector<Edit> edits;
  for (const Finding& finding : findings) {
    if (finding.standing == Standing::open)
      edits.insert(edits.end(), finding.edits.begin(), finding.edits.end());
  }
  std::stable_sort(edits.begin(), edits.end(),
                   [](const Edit& a, const Edit& b) { return a.at.start < b.at.start; });
  std::uint32_t end = 0;
  std::erase_if(edits, [&end](const Edit& edit) {
    if (edit.at.start < end || edit.at.empty()) return true;
    end = edit.at.end;
    return false;
  });
  return edits;
}

std::string edited(std::string_view bytes, const std::vector<Edit>& edits) {
  std::string out;
  std::size_t at = 0;
  for (const Edit& edit : edits) {
    out += bytes.substr(at, edit.at.start - at);
    out += edit.text;
    at = edit.at.end;
  }
  return out += bytes.substr(at);
}

std::string unified_diff(std::string_view path, std::string_view bytes, const std::vector<Edit>& edits) {
  if (edits.empty()) return {};
  const std::string name(path);
  return "--- a/" + name + "\n+++ b/" + name + "\n" + DiffWriter(bytes, edits).text();
}

std::string write_atomically(const std::string& path, std::string_view bytes) {
  namespace fs = std::filesystem;
  std::error_code failure;
  const fs::path target = fs::is_symlink(path, failure) ? fs::canonical(path, failure) : fs::path(path);
  std::string name = (target.parent_path() / ("." + target.filename().string() + ".XXXXXX")).string();
  const int file = ::mkstemp(name.data());
  const auto why = [] { return std::generic_category().message(errno); };
  if (file < 0) return why();
  struct stat status {};
  const mode_t mode = ::stat(target.c_str(), &status) == 0 ? status.st_mode & 07777U : 0644U;
  std::string fault;
  if (write_all(file, bytes) != 0 || ::fchmod(file, mode) != 0) fault = why();
  if (::close(file) != 0 && fault.empty()) fault = why();
  if (fault.empty() && ::rename(name.c_str(), target.c_str()) != 0) fault = why();
  if (!fault.empty()) ::unlink(name.c_str());
  return fault;
}

}  // namespace yoran
