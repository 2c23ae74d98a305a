// yoran init, yoran config show, yoran config schema.
#include <unistd.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "app/check/fix.h"
#include "app/commands.h"
#include "app/config.h"
#include "app/console.h"
#include "app/rules_source.h"
#include "emit/display.h"
#include "emit/finding_json.h"

namespace yoran {
namespace {

constexpr std::string_view kFileName = "yoran.toml";

constexpr std::string_view kTemplate =
    R"(# Settings of yoran for this repository; `yoran config show` says what counts and why.
# The command line wins over this file. Paths are relative to this file.

[options]                 # for extract, filter and check
# region = "JP"           # country of telephone numbers without a country code
# rules = "yoran-rules"   # a folder of rules of your own

[check]
# fail-on = "warning"     # the least severity that fails: error, warning, info, never
# today = "2026-01-31"    # figures may be too old for this day; without it nothing is
# baseline = "yoran-baseline.json"
# exclude = ["drafts/**", "vendor/**"]
# required = ["subject"]  # fields that every document must state

# Severities: off, info, warning, error. `yoran rules list` names the checks.
[check.severity]
# "figure.as-of-missing" = "warning"
# "text.mixed-digits" = "off"

# More of some documents.
# [[check.files]]
# paths = ["cities/**"]
# required = ["population", "area"]
)";

struct Row {
  std::string name;
  std::string value;
  std::string origin;
};

void write_rows(std::string& out, const std::vector<Row>& rows) {
  std::array<std::size_t, 2> widths{};
  for (const Row& row : rows) {
    widths[0] = std::max(widths[0], display_width(row.name));
    widths[1] = std::max(widths[1], display_width(visible(row.value)));
  }
  for (const Row& row : rows)
    out += padded(row.name, widths[0] + 2) + padded(visible(row.value), widths[1] + 2) + row.origin + "\n";
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : ", ") + word;
  return out;
}

void add_severities(const Severities& severities, const std::string& prefix, std::vector<Row>& rows) {
  for (const auto& [id, setting] : severities) {
    rows.push_back(
        {prefix + id, setting.severity ? std::string(to_string(*setting.severity)) : "off", setting.origin});
  }
}

void add_options(std::string_view name, const Config& config, std::vector<Row>& rows) {
  for (const Command& command : commands()) {
    if (command.name != name) continue;
    for (const OptionSpec& option : command.options) {
      if (option.name == "config" || option.name == "no-config") continue;
      const Setting* setting = config.option(name, option.name);
      const std::string key = std::string(name) + "." + std::string(option.name);
      if (setting == nullptr)
        rows.push_back({key, "-", "default"});
      else
        rows.push_back({key, setting->value.empty() ? "true" : setting->value, setting->origin});
    }
  }
}

// ---- The schema

using Json = nlohmann::ordered_json;

Json strings(std::string_view description) {
  return {{"type", "array"}, {"items", {{"type", "string"}}}, {"description", description}};
}

Json schema_of(const OptionSpec& option) {
  Json schema = {{"description", option.help}};
  if (option.argument.empty()) {
    schema["type"] = "boolean";
  } else if (!option.choices.empty()) {
    for (std::string_view rest = option.choices; !rest.empty();) {
      const std::size_t end = std::min(rest.find('|'), rest.size());
      schema["enum"].push_back(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  } else if (option.argument == "N") {
    schema["type"] = Json::array({"integer", "string"});
  } else {
    schema["type"] = "string";
  }
  return schema;
}

Json table_of(std::string_view description) {
  return {{"type", "object"},
          {"description", description},
          {"additionalProperties", false},
          {"properties", Json::object()}};
}

void add_command(std::string_view name, Json& table) {
  for (const Command& command : commands()) {
    if (command.name != name) continue;
    for (const OptionSpec& option : command.options) {
      if (is_setting(option)) table["properties"][std::string(option.name)] = schema_of(option);
    }
  }
}

Json severities_of(const RulePack& rules) {
  Json table = table_of("severities of checks");
  for (const CheckRule& check : rules.checks) {
    table["properties"][check.id] = {{"description", check.title},
                                     {"enum", {"off", "info", "warning", "error"}}};
  }
  return table;
}

Json config_schema(const RulePack& rules) {
  Json options = table_of("for every command that has the option");
  for (const std::string_view name : {"extract", "filter", "check"}) add_command(name, options);
  Json schema = {{"$schema", "http://json-schema.org/draft-07/schema#"},
                 {"title", "yoran.toml"},
                 {"type", "object"},
                 {"additionalProperties", false},
                 {"properties", {{"options", std::move(options)}}}};
  for (const std::string_view name : {"extract", "filter", "check"}) {
    Json table = table_of("for yoran " + std::string(name) + " alone");
    add_command(name, table);
    schema["properties"][std::string(name)] = std::move(table);
  }
  Json& check = schema["properties"]["check"]["properties"];
  check["exclude"] = strings("globs of documents that are not checked");
  check["required"] = strings("fields that every document must state");
  check["severity"] = severities_of(rules);
  Json files = table_of("settings for some of the documents");
  files["required"] = Json::array({"paths"});
  files["properties"] = {{"paths", strings("globs of the documents")},
                         {"required", strings("further fields that they must state")},
                         {"severity", severities_of(rules)}};
  check["files"] = {{"type", "array"}, {"items", std::move(files)}};
  return schema;
}

}  // namespace

int run_init(const Arguments& arguments) {
  if (!arguments.positionals().empty()) throw UsageError("init takes no argument: it writes yoran.toml here");
  const std::string file(kFileName);
  if (::access(file.c_str(), F_OK) == 0) throw UsageError(file + " is there already", "it is left as it is");
  if (const std::string fault = write_atomically(file, kTemplate); !fault.empty())
    throw UsageError("cannot write " + file + ": " + fault);
  write_stdout("wrote " + file + "\n");
  return kExitOk;
}

int run_config_show(const Arguments& arguments) {
  ConfigTree configs(arguments);
  const Config& config = configs.of_run(arguments);
  std::vector<Row> rows;
  for (const std::string_view name : {"extract", "filter", "check"}) add_options(name, config, rows);
  if (!config.exclude.empty()) rows.push_back({"check.exclude", joined(config.exclude), config.path});
  if (!config.required.empty()) rows.push_back({"check.required", joined(config.required), config.path});
  add_severities(config.severities, "check.severity.", rows);
  for (const FileSettings& files : config.files) {
    const std::string prefix = "check.files[" + joined(files.paths) + "].";
    if (!files.required.empty()) rows.push_back({prefix + "required", joined(files.required), config.path});
    add_severities(files.severities, prefix + "severity.", rows);
  }
  std::string out = config.path.empty() ? "no yoran.toml\n" : "# " + visible(config.path) + "\n";
  write_rows(out, rows);
  write_stdout(out);
  return kExitOk;
}

int run_config_schema(const Arguments& arguments) {
  (void)arguments;
  const auto rules = compile(built_in_rules(), {});
  write_stdout(dumped(config_schema(*rules), 2) + "\n");
  return kExitOk;
}

}  // namespace yoran
