// The program: finds the command, runs it, turns what is thrown into exit codes.
#include <algorithm>
#include <csignal>
#include <exception>
#include <string>
#include <vector>

#include "app/commands.h"
#include "app/config.h"
#include "app/console.h"
#include "emit/display.h"
#include "rulepack/table_reader.h"

namespace yoran {
namespace {

const Command* find_command(std::string_view name) {
  for (const Command& command : commands()) {
    if (command.name == name) return &command;
  }
  return nullptr;
}

bool is_group(const std::string& word) {
  for (const Command& command : commands()) {
    if (command.name.starts_with(word + " ")) return true;
  }
  return false;
}

[[noreturn]] void refuse_group(const std::string& group, const std::string& word) {
  std::vector<std::string> known;
  std::string all;
  for (const Command& command : commands()) {
    if (!command.name.starts_with(group + " ")) continue;
    known.emplace_back(command.name.substr(group.size() + 1));
    all += (all.empty() ? "" : ", ") + known.back();
  }
  if (word.empty()) throw UsageError("'" + group + "' needs one of " + all);
  throw UsageError("no command '" + group + " " + word + "'", suggestion(word, known, "one of " + all));
}

// The command that the first words name, taken off them; without one it is `extract`.
const Command& take_command(std::vector<std::string>& words) {
  if (words.empty()) return *find_command("help");
  if (words[0] == "--version") {
    words.erase(words.begin());
    return *find_command("version");
  }
  if (words[0] == "--help" || words[0] == "-h") {
    words.clear();
    return *find_command("help");
  }
  if (is_group(words[0])) {
    const std::string second = words.size() > 1 ? words[1] : std::string();
    if (second == "--help" || second == "-h") {
      words.erase(words.begin() + 1);
      return *find_command("help");
    }
    const Command* command = find_command(words[0] + " " + second);
    if (command == nullptr) refuse_group(words[0], second);
    words.erase(words.begin(), words.begin() + 2);
    return *command;
  }
  if (const Command* command = find_command(words[0])) {
    words.erase(words.begin());
    return *command;
  }
  return *find_command("extract");
}

int complain(const std::string& message, const std::string& hint, int exit) {
  std::string text = "yoran: error: " + visible(message);
  if (!hint.empty()) text += " (" + visible(hint) + ")";
  write_stderr(text + "\n");
  return exit;
}

int run(std::vector<std::string> words) {
  const Command& command = take_command(words);
  Arguments arguments(command, words);
  if (!arguments.help()) {
    const bool configured = std::any_of(command.options.begin(), command.options.end(),
                                        [](const OptionSpec& option) { return option.name == "config"; });
    if (configured) {
      ConfigTree configs(arguments);
      apply_config(configs.of_run(arguments), arguments);
    }
    return command.run(arguments);
  }
  write_stdout(help_of(command));
  return kExitOk;
}

}  // namespace
}  // namespace yoran

int main(int argc, char** argv) {
  std::signal(SIGPIPE,
              SIG_DFL);  // a reader that has gone away ends us quietly, even if our parent ignored it
  try {
    return yoran::run({argv + 1, argv + argc});
  } catch (const yoran::UsageError& error) {
    return yoran::complain(error.what(), error.hint(), yoran::kExitUsage);
  } catch (const yoran::OutputError& error) {
    return error.reader_gone() ? yoran::kExitOk : yoran::complain(error.what(), "", yoran::kExitInternal);
  } catch (const std::exception& error) {
    return yoran::complain(std::string("internal error: ") + error.what(), "", yoran::kExitInternal);
  }
}
