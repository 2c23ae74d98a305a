#include "app/config.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "app/commands.h"
#include "app/console.h"
#include "app/input/input.h"
#include "emit/display.h"
#include "rulepack/table_reader.h"

namespace yoran {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kFileName = "yoran.toml";
constexpr std::array<std::string_view, 3> kCommands = {"extract", "filter", "check"};
constexpr std::uint64_t kMaxBytes = 1U << 20U;

const Command& command_named(std::string_view name) {
  const auto all = commands();
  return *std::find_if(all.begin(), all.end(), [&](const Command& command) { return command.name == name; });
}

bool is_choice(std::string_view choices, std::string_view value) {
  while (!choices.empty()) {
    const std::size_t end = std::min(choices.find('|'), choices.size());
    if (choices.substr(0, end) == value) return true;
    choices.remove_prefix(std::min(end + 1, choices.size()));
  }
  return false;
}

class ConfigReader {
 public:
  ConfigReader(TableReader root, Config& config) : root_(std::move(root)), config_(config) {}

  void read() {
    if (auto table = root_.table("options")) {
      std::vector<std::string_view> seen;
      for (const std::string_view name : kCommands) {
        for (const OptionSpec& option : command_named(name).options) {
          if (!is_setting(option) || std::find(seen.begin(), seen.end(), option.name) != seen.end()) continue;
          seen.push_back(option.name);
          read_option(*table, option, std::string(option.name));
        }
      }
      table->finish();
    }
    for (const std::string_view name : kCommands) {
      auto table = root_.table(name);
      if (!table) continue;
      for (const OptionSpec& option : command_named(name).options) {
        if (is_setting(option))
          read_option(*table, option, std::string(name) + "." + std::string(option.name));
      }
      if (name == "check") read_check(*table);
      table->finish();
    }
    root_.finish();
  }

 private:
  [[nodiscard]] std::string origin(RulePosition at) const {
    return config_.path + ":" + std::to_string(at.line);
  }

  // A flag is a boolean; a number may be written as one; the rest are strings.
  void read_option(TableReader& table, const OptionSpec& option, const std::string& key) {
    const auto json = table.json(option.name);
    if (!json) return;
    std::string value = *json;
    if (option.argument.empty()) {
      if (value != "true" && value != "false")
        return table.error_at(option.name, "rule.wrong-type",
                              "'" + std::string(option.name) + "' is true or false");
      if (value == "false") return;
      value.clear();
    } else if (value.starts_with('"')) {
      value = table.string(option.name);
    } else if (value.starts_with('[') || value == "true" || value == "false") {
      return table.error_at(option.name, "rule.wrong-type", "'" + std::string(option.name) + "' is a string");
    }
    if (!option.choices.empty() && !is_choice(option.choices, value))
      return table.error_at(option.name, "rule.bad-value",
                            "'" + std::string(option.name) + "' is one of " + std::string(option.choices) +
                                ", not '" + value + "'");
    // Files are named from where the configuration is.
    if (option.file && !fs::path(value).is_absolute() && !config_.folder.empty() && value != "-")
      value = (fs::path(config_.folder) / value).lexically_normal().string();
    config_.options[key] = {value, origin(table.at(option.name))};
  }

  void read_check(TableReader& table) {
    config_.exclude = table.strings("exclude");
    config_.required = table.strings("required");
    read_severities(table, config_.severities);
    for (TableReader& file : table.tables("files")) {
      FileSettings settings;
      settings.paths = file.strings("paths");
      settings.required = file.strings("required");
      read_severities(file, settings.severities);
      if (settings.paths.empty())
        file.error(file.at(), "rule.missing-key", "missing key 'paths'", "paths = [\"cities/**\"]");
      file.finish();
      config_.files.push_back(std::move(settings));
    }
  }

  void read_severities(TableReader& table, Severities& severities) {
    for (const auto& [id, values] : table.lists("severity")) {
      const std::string value = values.empty() ? std::string() : values.front().text;
      SeveritySetting setting{std::nullopt, origin(id.at), id.at};
      for (const Severity severity : {Severity::info, Severity::warning, Severity::error}) {
        if (value == to_string(severity)) setting.severity = severity;
      }
      if (!setting.severity && value != "off")
        table.error(id.at, "rule.bad-value", "a severity is off, info, warning or error, not '" + value + "'",
                    suggestion(value, {"off", "info", "warning", "error"}));
      severities[id.text] = setting;
    }
  }

  TableReader root_;
  Config& config_;
};

[[noreturn]] void refuse(RuleErrors errors, std::string_view text, const TextStyle& style) {
  std::stable_sort(errors.begin(), errors.end(), [](const RuleError& a, const RuleError& b) {
    return std::pair(a.at.line, a.at.column) < std::pair(b.at.line, b.at.column);
  });
  std::string out;
  for (const RuleError& error : errors) {
    const LineColumn at{error.at.line, error.at.column};
    write_head(out, error.path, &at, Severity::error, style);
    out += visible(error.message);
    if (!error.hint.empty()) out += " (" + visible(error.hint) + ")";
    // The same faults as those of rule files; here they are of the configuration.
    out += " [config" + error.code.substr(error.code.find('.')) + "]\n";
    const std::string_view line = line_of(text, error.at.line);
    if (!line.empty()) write_frame(out, line, at, 1, style);
  }
  write_stderr(out);
  throw UsageError("the configuration has " + std::to_string(errors.size()) +
                   (errors.size() == 1 ? " error" : " errors"));
}

fs::path whole_path(const std::string& path) { return fs::absolute(path).lexically_normal(); }

// As a reader writes it: relative to where he is.
std::string shown(const std::string& path) {
  const fs::path relative = fs::path(path).lexically_proximate(fs::current_path());
  return relative.string().starts_with("..") && path.starts_with("/") ? path : relative.string();
}

}  // namespace

const Setting* Config::option(std::string_view command, std::string_view name) const {
  for (const std::string& key : {std::string(command) + "." + std::string(name), std::string(name)}) {
    const auto found = options.find(key);
    if (found != options.end()) return &found->second;
  }
  return nullptr;
}

std::string Config::relative(const std::string& document) const {
  if (document == "-") return document;
  const fs::path base = folder.empty() ? fs::current_path() : whole_path(folder);
  return whole_path(document).lexically_proximate(base).generic_string();
}

ConfigTree::ConfigTree(const Arguments& arguments) : style_(style_for(arguments, STDERR_FILENO)) {
  if (arguments.has("no-config"))
    named_.emplace();
  else if (arguments.has("config"))
    named_ = read(arguments.value("config"));
}

const Config& ConfigTree::above(const std::string& path) {
  if (named_) return *named_;
  return of_folder(path == "-" ? fs::current_path() : whole_path(path).parent_path());
}

const Config& ConfigTree::of_run(const Arguments& arguments) {
  const auto& paths = arguments.positionals();
  const std::string first = paths.empty() || paths.front() == "-" ? "." : paths.front();
  std::error_code ignored;
  return above(fs::is_directory(first, ignored) ? first + "/-" : first);
}

// A folder without a file has what the folder above it has; not beyond the root of a repository.
const Config& ConfigTree::of_folder(const fs::path& folder) {
  const auto known = folders_.find(folder.string());
  if (known != folders_.end()) return *known->second;
  const Config* config = nullptr;
  std::error_code ignored;
  if (fs::is_regular_file(folder / kFileName, ignored))
    config = &files_.emplace_back(read((folder / kFileName).string()));
  else if (fs::exists(folder / ".git", ignored) || folder == folder.root_path() || folder.empty())
    config = &none_;
  else
    config = &of_folder(folder.parent_path());
  folders_.emplace(folder.string(), config);
  return *config;
}

Config ConfigTree::read(const std::string& file) const {
  Config config;
  const InputBytes input = read_input(file, kMaxBytes);
  if (input.fault) throw UsageError(file + ": " + input.fault->message);
  config.path = shown(file);
  config.folder = fs::path(file).parent_path().string();
  if (config.folder.empty()) config.folder = ".";
  RuleErrors errors;
  if (auto document = RuleDocument::parse(config.path, input.bytes, errors))
    ConfigReader(document->root(errors), config).read();
  if (!errors.empty()) refuse(std::move(errors), input.bytes, style_);
  return config;
}

bool is_setting(const OptionSpec& option) {
  constexpr std::string_view kNot[] = {"config", "no-config", "fix", "diff", "update-baseline", "diff-base"};
  return std::find(std::begin(kNot), std::end(kNot), option.name) == std::end(kNot);
}

void check_names(const Config& config, const RulePack& rules) {
  std::vector<std::string> checks;
  checks.reserve(rules.checks.size());
  for (const CheckRule& check : rules.checks) checks.push_back(check.id);
  std::vector<std::string> fields;
  fields.reserve(rules.fields.size());
  for (const FieldRules& field : rules.fields) fields.push_back(field.id);
  const auto check_severities = [&](const Severities& severities) {
    for (const auto& [id, setting] : severities) {
      if (rules.check(id) == nullptr)
        throw UsageError(setting.origin + ": no check has the id '" + id + "'", suggestion(id, checks));
    }
  };
  const auto check_fields = [&](const std::vector<std::string>& required) {
    for (const std::string& id : required) {
      if (rules.field(id) == nullptr)
        throw UsageError(config.path + ": 'required' names an unknown field '" + id + "'",
                         suggestion(id, fields));
    }
  };
  check_severities(config.severities);
  check_fields(config.required);
  for (const FileSettings& files : config.files) {
    check_severities(files.severities);
    check_fields(files.required);
  }
}

void apply_config(const Config& config, Arguments& arguments) {
  std::map<std::string, std::string> settings;
  for (const OptionSpec& option : arguments.command().options) {
    const Setting* setting = config.option(arguments.command().name, option.name);
    if (setting != nullptr) settings[std::string(option.name)] = setting->value;
  }
  arguments.configure(std::move(settings));
}

}  // namespace yoran
