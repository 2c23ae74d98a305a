#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <system_error>

#include "rulepack/rulepack.h"

namespace yoran {
namespace fs = std::filesystem;

std::vector<RuleFile> read_rule_folder(const std::string& folder, RuleErrors& errors) {
  std::vector<RuleFile> files;
  std::error_code failure;
  fs::recursive_directory_iterator entries(folder, failure);
  if (failure) {
    errors.push_back({folder, {}, "rule.unreadable", "cannot read the folder: " + failure.message(), ""});
    return files;
  }
  for (const auto end = fs::end(entries); entries != end; entries.increment(failure)) {
    const fs::path& path = entries->path();
    if (failure || !entries->is_regular_file(failure)) continue;
    if (path.extension() != ".toml" && path.extension() != ".tsv") continue;
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    if (!in) {
      errors.push_back({path.string(), {}, "rule.unreadable", "cannot read the file", ""});
      continue;
    }
    files.push_back({path.lexically_relative(folder).generic_string(), std::move(text).str()});
  }
  std::sort(files.begin(), files.end(), [](const RuleFile& a, const RuleFile& b) { return a.path < b.path; });
  return files;
}

std::vector<RuleFile> overlay(std::span<const RuleFile> base, std::vector<RuleFile> more) {
  std::map<std::string, RuleFile> by_path;
  for (const RuleFile& file : base) by_path[file.path] = file;
  for (RuleFile& file : more) {
    std::string path = file.path;
    by_path[std::move(path)] = std::move(file);
  }
  std::vector<RuleFile> files;
  files.reserve(by_path.size());
  for (auto& [path, file] : by_path) files.push_back(std::move(file));
  return files;
}

}  // namespace yoran
