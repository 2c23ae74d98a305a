#include "app/input/ignore_files.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include "app/input/glob.h"

namespace yoran {

namespace fs = std::filesystem;

bool IgnoreFiles::ignores(const std::string& path, bool is_folder) {
  constexpr std::size_t kMaxFolders = 1024;
  if (folders_.size() > kMaxFolders) folders_.clear();
  const fs::path whole = fs::absolute(path).lexically_normal();
  std::vector<fs::path> above;  // nearest first
  for (fs::path folder = whole.parent_path();; folder = folder.parent_path()) {
    above.push_back(folder);
    if (folder_of(folder.string()).is_root || folder == folder.root_path()) break;
  }
  bool ignored = false;
  for (auto folder = above.rbegin(); folder != above.rend();
       ++folder) {  // the nearest file has the last word
    const std::string below = whole.lexically_relative(*folder).generic_string();
    const std::string name = whole.filename().string();
    for (const Pattern& pattern : folder_of(folder->string()).patterns) {
      if (pattern.folder && !is_folder) continue;
      if (glob_matches(pattern.glob, pattern.anchored ? below : name)) ignored = !pattern.taken_back;
    }
  }
  return ignored;
}

const IgnoreFiles::Folder& IgnoreFiles::folder_of(const std::string& path) {
  const auto [entry, is_new] = folders_.try_emplace(path);
  if (!is_new) return entry->second;
  std::error_code ignored;
  entry->second.is_root = fs::exists(fs::path(path) / ".git", ignored);
  std::ifstream in(fs::path(path) / name_, std::ios::binary);
  std::ostringstream text;
  if (in) text << in.rdbuf();
  read(text.str(), entry->second.patterns);
  return entry->second;
}

void IgnoreFiles::read(std::string_view text, std::vector<Pattern>& patterns) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    while (line.ends_with('\r') || (line.ends_with(' ') && !line.ends_with("\\ "))) line.remove_suffix(1);
    if (line.empty() || line.starts_with('#')) continue;
    Pattern pattern;
    pattern.taken_back = line.starts_with('!');
    if (pattern.taken_back) line.remove_prefix(1);
    pattern.folder = line.ends_with('/');
    if (pattern.folder) line.remove_suffix(1);
    pattern.anchored = line.find('/') != std::string_view::npos;
    if (line.starts_with('/')) line.remove_prefix(1);
    pattern.glob = std::string(line);
    if (!pattern.glob.empty()) patterns.push_back(std::move(pattern));
  }
}

}  // namespace yoran
