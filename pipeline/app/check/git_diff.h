// Which lines of which files differ from a commit.
#ifndef YORAN_APP_CHECK_GIT_DIFF_H_
#define YORAN_APP_CHECK_GIT_DIFF_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace yoran {

class ChangedLines {
 public:
  // Asks git about the working tree below the current folder; throws UsageError with what git said.
  static ChangedLines since(const std::string& commit);
  // Reads what `git diff -U0` wrote. Paths are those behind "+++ b/".
  void read_diff(std::string_view diff);
  void add_whole(std::string path) { files_[std::move(path)] = {{1, UINT32_MAX}}; }

  [[nodiscard]] bool has(const std::string& path) const { return files_.contains(path); }
  // Whether a line of [first, last] was changed.
  [[nodiscard]] bool touches(const std::string& path, std::uint32_t first, std::uint32_t last) const;

 private:
  std::map<std::string, std::vector<std::pair<std::uint32_t, std::uint32_t>>> files_;
};

}  // namespace yoran

#endif  // YORAN_APP_CHECK_GIT_DIFF_H_
