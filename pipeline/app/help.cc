// yoran help, yoran version, yoran man.
#include <string>

#include "app/commands.h"
#include "app/console.h"
#include "app/rules_source.h"
#include "emit/version.h"

namespace yoran {
namespace {

// Text for roff: its own signs escaped.
std::string roff(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool line_start = out.empty() || out.back() == '\n';
    if (line_start && (c == '.' || c == '\'')) out += "\\&";
    if (c == '\\')
      out += "\\e";
    else if (c == '-')
      out += "\\-";
    else
      out += c;
  }
  return out;
}

void write_command(std::string& out, const Command& command) {
  out += ".SS \"yoran " + roff(command.name);
  if (!command.arguments.empty()) out += " " + roff(command.arguments);
  out += "\"\n" + roff(command.summary) + "\n";
  if (!command.details.empty()) out += ".br\n" + roff(command.details) + "\n";
  for (const OptionSpec& option : command.options) {
    out += ".TP\n.B \\-\\-" + roff(option.name);
    if (!option.argument.empty())
      out += " " + roff(option.choices.empty() ? option.argument : option.choices);
    out += "\n" + roff(option.help) + "\n";
  }
}

std::string manual() {
  std::string out = ".TH YORAN 1 \"\" \"yoran " + std::string(kVersion) + "\" \"User Commands\"\n";
  out += ".SH NAME\nyoran \\- validated records from profile documents\n";
  out += ".SH SYNOPSIS\n.B yoran\n.RI [ command ]\n.RI [ options ]\n.RI [ path ...]\n";
  out +=
      ".SH DESCRIPTION\nReads plain text, Markdown and HTML in Japanese and English and writes one JSON "
      "object for each "
      "profile found: subject, head, population, area, dates, addresses, telephone numbers and more. Every "
      "value carries the "
      "bytes it was read from.\n";
  out += ".SH EXAMPLES\n";
  for (const Command& command : commands()) {
    for (const UsageExample& example : command.examples) {
      out += ".TP\n.B " + roff(example.command) + "\n" +
             (example.says.empty() ? std::string("\\&") : roff(example.says)) + "\n";
    }
  }
  out += ".SH COMMANDS\n";
  for (const Command& command : commands()) write_command(out, command);
  out += ".SH \"EXIT STATUS\"\n";
  constexpr std::pair<std::string_view, std::string_view> kCodes[] = {
      {"0", "done, whatever the diagnostics"},
      {"1", "findings of check, or an example of a rule failed"},
      {"2", "usage, configuration or rules at fault"},
      {"3", "an input was rejected"},
      {"4", "internal error"}};
  for (const auto& [code, meaning] : kCodes)
    out += ".TP\n.B " + std::string(code) + "\n" + std::string(meaning) + "\n";
  out += ".SH ENVIRONMENT\n.TP\n.B NO_COLOR\nif set and not empty, no colours unless asked for\n";
  return out;
}

}  // namespace

int run_help(const Arguments& arguments) {
  std::string name;
  for (const std::string& word : arguments.positionals()) name += (name.empty() ? "" : " ") + word;
  if (name.empty()) {
    write_stdout(overview());
    return kExitOk;
  }
  bool found = false;
  for (const Command& command : commands()) {
    if (command.name != name && !command.name.starts_with(name + " ")) continue;
    write_stdout((found ? "\n" : "") + help_of(command));
    found = true;
  }
  if (!found) throw UsageError("no command '" + name + "'", "see `yoran help`");
  return kExitOk;
}

int run_version(const Arguments& arguments) {
  (void)arguments;
  std::string out = std::string(kProgramName) + " " + std::string(kVersion);
  const LoadedRules rules = load_rules(default_rule_files());
  if (rules.pack != nullptr) out += " (rules " + rules.pack->sha256.substr(0, 12) + ")";
  write_stdout(out + "\n");
  return kExitOk;
}

int run_man(const Arguments& arguments) {
  (void)arguments;
  write_stdout(manual());
  return kExitOk;
}

}  // namespace yoran
