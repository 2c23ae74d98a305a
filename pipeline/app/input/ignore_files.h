// What .gitignore files leave out, and other files of the same form.
#ifndef YORAN_APP_INPUT_IGNORE_FILES_H_
#define YORAN_APP_INPUT_IGNORE_FILES_H_

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace yoran {

class IgnoreFiles {
 public:
  // The name of the files: ".gitignore".
  explicit IgnoreFiles(std::string name) : name_(std::move(name)) {}

  // Whether git would leave out this path, by the files of its folder and the folders above it up to the one
  // that holds .git. Parents of the path are not judged: who walks does not enter them.
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

  std::string name_;
  std::map<std::string, Folder> folders_;  // those looked at last
};

}  // namespace yoran

#endif  // YORAN_APP_INPUT_IGNORE_FILES_H_
