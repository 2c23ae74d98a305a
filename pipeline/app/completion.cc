// yoran completion: scripts for shells, made from the table of commands.
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "app/commands.h"
#include "app/console.h"

namespace yoran {
namespace {

std::string first_word(std::string_view name) { return std::string(name.substr(0, name.find(' '))); }
std::string second_word(std::string_view name) {
  return name.find(' ') == std::string_view::npos ? std::string()
                                                  : std::string(name.substr(name.find(' ') + 1));
}

std::vector<std::string> first_words() {
  std::vector<std::string> words;
  for (const Command& command : commands()) {
    const std::string word = first_word(command.name);
    if (std::find(words.begin(), words.end(), word) == words.end()) words.push_back(word);
  }
  return words;
}

std::string second_words(std::string_view first) {
  std::string words;
  for (const Command& command : commands()) {
    if (first_word(command.name) != first || second_word(command.name).empty()) continue;
    words += (words.empty() ? "" : " ") + second_word(command.name);
  }
  return words;
}

// First words of commands of two.
std::vector<std::string> groups() {
  std::vector<std::string> words;
  for (const Command& command : commands()) {
    const std::string first = first_word(command.name);
    if (second_word(command.name).empty() || std::find(words.begin(), words.end(), first) != words.end())
      continue;
    words.push_back(first);
  }
  return words;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

std::string with_blanks(std::string_view choices) {
  std::string text(choices);
  std::replace(text.begin(), text.end(), '|', ' ');
  return text;
}

std::string options_of(const Command& command) {
  std::string text = "--help";
  for (const OptionSpec& option : command.options) text += " --" + std::string(option.name);
  return text;
}

// What stands behind an option: a choice, a path, or nothing that a shell could know.
std::string bash_values() {
  std::vector<std::string> seen;
  std::string out;
  for (const Command& command : commands()) {
    for (const OptionSpec& option : command.options) {
      const std::string key = std::string(option.name) + " " + std::string(option.choices);
      if (option.argument.empty() || std::find(seen.begin(), seen.end(), key) != seen.end()) continue;
      seen.push_back(key);
      const std::string name = option.choices.empty() ? "*" : std::string(command.name);
      out += "    '" + name + " --" + std::string(option.name) + "')\n";
      if (!option.choices.empty())
        out +=
            "      COMPREPLY=($(compgen -W '" + with_blanks(option.choices) + "' -- \"$word\")); return ;;\n";
      else if (option.file)
        out += "      COMPREPLY=($(compgen -d -- \"$word\")); return ;;\n";
      else
        out += "      COMPREPLY=(); return ;;\n";
    }
  }
  return out;
}

std::string bash() {
  std::string out =
      "# bash completion of yoran; made by: yoran completion bash\n_yoran() {\n"
      "  local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} command=${COMP_WORDS[1]}\n"
      "  if [[ $COMP_CWORD -eq 1 ]]; then\n"
      "    COMPREPLY=($(compgen -W '" +
      joined(first_words()) +
      " --help --version' -- \"$word\") $(compgen -f -- \"$word\")); return\n"
      "  fi\n"
      "  if [[ $COMP_CWORD -eq 2 && $command == completion ]]; then\n"
      "    COMPREPLY=($(compgen -W 'bash zsh fish' -- \"$word\")); return\n"
      "  fi\n";
  for (const std::string& group : groups()) {
    out += fmt::format(
        "  if [[ $command == {0} ]]; then\n"
        "    if [[ $COMP_CWORD -eq 2 ]]; then COMPREPLY=($(compgen -W '{1}' -- \"$word\")); return; fi\n"
        "    command=\"{0} ${{COMP_WORDS[2]}}\"\n  fi\n",
        group, second_words(group));
  }
  out += "  case \"$command $previous\" in\n";
  // Wildcards come last: an option may have choices in one command only.
  std::string values = bash_values();
  std::string exact;
  std::string general;
  for (std::size_t at = 0; at < values.size();) {
    std::size_t end = values.find(";;\n", at) + 3;
    std::string& part = values.compare(at, 6, "    '*") == 0 ? general : exact;
    part += values.substr(at, end - at);
    at = end;
  }
  for (std::size_t at = general.find("'* "); at != std::string::npos; at = general.find("'* ", at + 1))
    general.replace(at, 3, "*' ");
  out += exact + general + "  esac\n  if [[ $word == -* ]]; then\n    case $command in\n";
  for (const Command& command : commands()) {
    out += "    '" + std::string(command.name) + "') COMPREPLY=($(compgen -W '" + options_of(command) +
           "' -- \"$word\")); return ;;\n";
  }
  return out + "    *) COMPREPLY=($(compgen -W '" + options_of(commands().front()) +
         "' -- \"$word\")); return ;;\n    esac\n  fi\n  COMPREPLY=($(compgen -f -- \"$word\"))\n}\n"
         "complete -o filenames -F _yoran yoran\n";
}

// A text between single quotes, in a place where zsh or fish reads them.
std::string quoted(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\'')
      out += "'\\''";
    else if (c == '[' || c == ']' || c == ':')
      out += std::string("\\") + c;
    else
      out += c;
  }
  return out;
}

std::string zsh_option(const OptionSpec& option) {
  std::string out = "'--" + std::string(option.name) + (option.argument.empty() ? "" : "=") + "[" +
                    quoted(option.help) + "]";
  if (!option.argument.empty()) {
    out += ":" + std::string(option.name) + ":";
    if (!option.choices.empty())
      out += "(" + with_blanks(option.choices) + ")";
    else if (option.file)
      out += "_files -/";
  }
  return out + "'";
}

std::string zsh() {
  std::string out =
      "#compdef yoran\n# made by: yoran completion zsh\n_yoran() {\n  local -a names\n  names=(\n";
  for (const std::string& word : first_words()) {
    const auto command = std::find_if(commands().begin(), commands().end(),
                                      [&](const Command& c) { return first_word(c.name) == word; });
    out += "    '" + word + ":" +
           quoted(second_word(command->name).empty() ? command->summary
                                                     : "followed by one of: " + second_words(word)) +
           "'\n";
  }
  out +=
      "  )\n  if (( CURRENT == 2 )); then _describe command names; _files; return; fi\n"
      "  local command=$words[2]\n";
  for (const std::string& group : groups()) {
    out += fmt::format(
        "  if [[ $command == {0} ]]; then\n    if (( CURRENT == 3 )); then compadd {1}; return; fi\n"
        "    command=\"{0} $words[3]\"\n  fi\n",
        group, second_words(group));
  }
  out +=
      "  if [[ $command == completion ]]; then compadd bash zsh fish; return; fi\n"
      "  case $command in\n";
  const auto arguments = [](const Command& command) {
    std::string text = "_arguments '--help[this text]'";
    for (const OptionSpec& option : command.options) text += " \\\n      " + zsh_option(option);
    return text + " \\\n      '*:path:_files' ;;\n";
  };
  for (const Command& command : commands())
    out += "  '" + std::string(command.name) + "') " + arguments(command);
  return out + "  *) " + arguments(commands().front()) + "  esac\n}\n_yoran \"$@\"\n";
}

std::string fish_quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out + "'";
}

std::string fish() {
  std::string out = "# made by: yoran completion fish\n";
  const std::string none = "'not __fish_seen_subcommand_from " + joined(first_words()) + "'";
  for (const std::string& word : first_words())
    out += fmt::format("complete -c yoran -n {} -a {}\n", none, word);
  for (const Command& command : commands()) {
    std::string seen = "__fish_seen_subcommand_from " + first_word(command.name);
    if (const std::string second = second_word(command.name); !second.empty()) {
      out += fmt::format("complete -c yoran -n '{}; and not __fish_seen_subcommand_from {}' -f -a {}\n", seen,
                         second_words(first_word(command.name)), second);
      seen += "; and __fish_seen_subcommand_from " + second;
    }
    for (const OptionSpec& option : command.options) {
      out += "complete -c yoran -n '" + seen + "' -l " + std::string(option.name);
      if (!option.choices.empty())
        out += " -x -a '" + with_blanks(option.choices) + "'";
      else if (!option.argument.empty())
        out += option.file ? " -r" : " -x";
      out += " -d " + fish_quoted(option.help) + "\n";
    }
  }
  return out + "complete -c yoran -n '__fish_seen_subcommand_from completion' -f -a 'bash zsh fish'\n";
}

}  // namespace

int run_completion(const Arguments& arguments) {
  const std::string shell = arguments.positionals().empty() ? std::string() : arguments.positionals().front();
  if (shell == "bash")
    write_stdout(bash());
  else if (shell == "zsh")
    write_stdout(zsh());
  else if (shell == "fish")
    write_stdout(fish());
  else
    throw UsageError("which shell?", "yoran completion bash, zsh or fish");
  return kExitOk;
}

}  // namespace yoran
