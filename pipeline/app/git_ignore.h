// What the .gitignore files of a repository leave out.
#ifndef YORAN_APP_GIT_IGNORE_H_
#define YORAN_APP_GIT_IGNORE_H_

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace yoran {

class GitIgnore {
 public:
  // Whether git would leave out this path, by the .gitignore files of its folder and the folders above it up
  // to the one that holds .git. Parents of the path are not judged: who walks does not enter them.
  [[nodiscard]] bool ignores(const std::string& path, bool is_folder);

 private:
  struct Pattern {
    std::string glob;       // of the path below the file's folder, or of the name
    bool anchored = false;  // of the path
    bool folder = false;
    bool taken_back = false;  // "!"
  };
  struct Folder {
    std::vector<Pattern> patterns;
    bool is_root = false;  // holds .git
  };
  const Folder& folder_of(const std::string& path);
  static void read(std::string_view text, std::vector<Pattern>& patterns);

  std::map<std::string, Folder> folders_;
};

}  // namespace yoran

#endif  // YORAN_APP_GIT_IGNORE_H_
