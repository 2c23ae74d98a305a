// yoran.toml: what a repository sets once for extract, filter and check.
//
//   [options]            for every command that has the option
//   [extract] [filter] [check]   for one of them; wins over [options]; the command line wins over both
//   [check.severity]     id = "off", "info", "warning", "error"
//   [[check.files]]      paths, required, severity: for some of the documents
#ifndef YORAN_APP_CONFIG_H_
#define YORAN_APP_CONFIG_H_

#include <filesystem>
#include <list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/command_line.h"
#include "emit/diagnostic_text.h"
#include "rulepack/rulepack.h"

namespace yoran {

struct Setting {
  std::string value;
  std::string origin;  // "yoran.toml:7"
};

// For an id of a check: none is "off".
struct SeveritySetting {
  std::optional<Severity> severity;
  std::string origin;
  RulePosition at;
};
using Severities = std::map<std::string, SeveritySetting>;

struct FileSettings {
  std::vector<std::string> paths;  // globs, relative to the folder of yoran.toml
  std::vector<std::string> required;
  Severities severities;
};

struct Config {
  std::string path;                        // empty: there is none
  std::string folder;                      // of it; globs are relative to this
  std::map<std::string, Setting> options;  // "check.fail-on", or "region" for all commands
  std::vector<std::string> exclude;        // globs
  std::vector<std::string> required;       // ids of fields
  Severities severities;
  std::vector<FileSettings> files;

  // The setting of an option for a command; null if the file says nothing.
  [[nodiscard]] const Setting* option(std::string_view command, std::string_view name) const;
  // A path as globs see it: relative to the folder of yoran.toml, with slashes.
  [[nodiscard]] std::string relative(const std::string& document) const;
};

// The configurations of a run: the file of --config for all of it, or for each document the nearest
// yoran.toml, from its folder upwards to the root of the repository. Every file is read once. Throws
// UsageError after all faults of a file have been written to standard error. Not thread-safe.
class ConfigTree {
 public:
  explicit ConfigTree(const Arguments& arguments);
  // References stay good as long as the tree.
  // For what is in a folder: a document or a folder.
  [[nodiscard]] const Config& above(const std::string& path);
  // For what concerns the run as a whole: the nearest to its first path, or to the current folder.
  [[nodiscard]] const Config& of_run(const Arguments& arguments);

 private:
  [[nodiscard]] const Config& of_folder(const std::filesystem::path& folder);
  [[nodiscard]] Config read(const std::string& file) const;

  TextStyle style_;
  std::optional<Config> named_;
  Config none_;
  std::list<Config> files_;
  std::map<std::string, const Config*> folders_;
};

// Throws UsageError, with the place, if a check or field that the file names does not exist.
void check_names(const Config& config, const RulePack& rules);

// Whether an option can stand in the file: those that name the file, and those of one run, cannot.
[[nodiscard]] bool is_setting(const OptionSpec& option);

// Fills in the options that the command line leaves open, in place of what another configuration said.
void apply_config(const Config& config, Arguments& arguments);

}  // namespace yoran

#endif  // YORAN_APP_CONFIG_H_
