#include "app/rules_source.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <utility>

#include "app/console.h"
#include "app/input/input.h"
#include "emit/display.h"

namespace yoran {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMaxRuleFile = 64U << 20U;

std::string_view text_of(const std::vector<RuleFile>& files, const std::string& path) {
  const auto found =
      std::find_if(files.begin(), files.end(), [&](const RuleFile& file) { return file.path == path; });
  return found == files.end() ? std::string_view() : found->text;
}

void write_error(std::string& out, const RuleError& error, const RuleSet& rules, const TextStyle& style) {
  const LineColumn at{error.at.line, error.at.column};
  write_head(out, rules.shown_path(error.path), &at, Severity::error, style);
  out += visible(error.message);
  if (!error.hint.empty()) out += " (" + visible(error.hint) + ")";
  out += " [" + error.code + "]\n";
  const std::string_view text = text_of(rules.files, error.path);
  const std::string_view line = line_of(text, error.at.line);
  if (!line.empty()) write_frame(out, line, at, 1, style);
}

// The folder says what kind of rules a file holds; of one that stands by itself its first table does.
std::string path_in_pack(const std::string& file, std::string_view text) {
  const fs::path path = fs::absolute(file).lexically_normal();
  std::string folder = path.parent_path().filename().string();
  constexpr std::string_view kFolders[] = {"fields", "entities", "lexicon", "gazetteer", "checks"};
  if (std::find(std::begin(kFolders), std::end(kFolders), folder) == std::end(kFolders)) {
    folder = "fields";
    if (text.find("\n[entity]") != std::string_view::npos) folder = "entities";
    if (text.find("\n[lexicon]") != std::string_view::npos) folder = "lexicon";
    if (text.find("\n[check]") != std::string_view::npos) folder = "checks";
  }
  return folder + "/" + path.filename().string();
}

}  // namespace

const std::string& RuleSet::shown_path(const std::string& path) const {
  const auto found = shown.find(path);
  return found == shown.end() ? path : found->second;
}

void RuleSet::lay_over_folder(const std::string& folder) {
  RuleErrors errors;
  std::vector<RuleFile> more = read_rule_folder(folder, errors);
  if (!errors.empty()) throw UsageError(errors.front().path + ": " + errors.front().message);
  if (more.empty())
    throw UsageError("no rule file in '" + folder + "'",
                     "rules stand in fields/, entities/, lexicon/, gazetteer/ and checks/");
  for (const RuleFile& file : more) shown[file.path] = (fs::path(folder) / file.path).string();
  files = overlay(files, std::move(more));
}

std::string RuleSet::lay_over_file(const std::string& file) {
  InputBytes input = read_input(file, kMaxRuleFile);
  if (input.fault) throw UsageError(file + ": " + input.fault->message);
  RuleFile rule{path_in_pack(file, input.bytes), std::move(input.bytes)};
  std::string name = rule.path;
  shown[name] = file;
  std::vector<RuleFile> more;
  more.push_back(std::move(rule));
  files = overlay(files, std::move(more));
  return name;
}

RuleSet built_in_rules() {
  RuleSet rules;
  const std::span<const RuleFile> files = default_rule_files();
  rules.files.assign(files.begin(), files.end());
  for (const RuleFile& file : files) rules.shown[file.path] = "rules/" + file.path;
  return rules;
}

RuleSet rules_of(const Arguments& arguments) {
  RuleSet rules = built_in_rules();
  if (arguments.has("rules")) rules.lay_over_folder(arguments.value("rules"));
  return rules;
}

std::shared_ptr<const RulePack> compile(const RuleSet& rules, const TextStyle& style) {
  LoadedRules loaded = load_rules(rules.files);
  if (loaded.pack != nullptr) return loaded.pack;
  std::string out;
  for (const RuleError& error : loaded.errors) write_error(out, error, rules, style);
  write_stderr(out);
  const std::size_t count = loaded.errors.size();
  throw UsageError("the rules have " + std::to_string(count) + (count == 1 ? " error" : " errors"));
}

std::shared_ptr<const RulePack> load_rules_of(const Arguments& arguments) {
  return compile(rules_of(arguments), style_for(arguments, STDERR_FILENO));
}

}  // namespace yoran
