#include "app/command_line.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <limits>
#include <utility>

#include "rulepack/table_reader.h"

namespace yoran {
namespace {

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(separator), text.size());
    if (end > 0) parts.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

void check_choice(const OptionSpec& option, const std::string& value) {
  if (option.choices.empty()) return;
  const std::vector<std::string> choices = split(option.choices, '|');
  if (std::find(choices.begin(), choices.end(), value) != choices.end()) return;
  throw UsageError(
      "--" + std::string(option.name) + " is one of " + std::string(option.choices) + ", not '" + value + "'",
      suggestion(value, choices));
}

[[noreturn]] void refuse_unknown(const Command& command, const std::string& word) {
  const std::string name = word.substr(0, word.find('='));
  std::vector<std::string> known = {"--help"};
  for (const OptionSpec& option : command.options) known.push_back("--" + std::string(option.name));
  throw UsageError("unknown option '" + name + "'", suggestion(name, known));
}

}  // namespace

Arguments::Arguments(const Command& command, const std::vector<std::string>& words) : command_(&command) {
  CLI::App app;
  app.set_help_flag();
  app.allow_extras();
  app.add_flag("-h,--help", help_);
  std::map<std::string, std::pair<bool, std::string>> found;
  for (const OptionSpec& option : command.options) {
    const std::string name(option.name);
    auto& [flag, value] = found[name];
    if (option.argument.empty())
      app.add_flag("--" + name, flag);
    else
      app.add_option("--" + name, value)->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
  }
  app.add_option("paths", positionals_);
  try {
    std::vector<std::string> reversed(words.rbegin(), words.rend());
    app.parse(std::move(reversed));
  } catch (const CLI::ArgumentMismatch&) {
    throw UsageError(words.back() + " needs a value");  // only the last word can lack one
  } catch (const CLI::ParseError& error) {
    throw UsageError(error.what());
  }
  for (const std::string& word : app.remaining()) {
    if (word.size() > 1 && word.starts_with('-')) refuse_unknown(command, word);
    positionals_.push_back(word);
  }
  for (const OptionSpec& option : command.options) {
    const std::string name(option.name);
    if (app.count("--" + name) == 0) continue;
    const auto& [flag, value] = found[name];
    if (option.argument.empty() && !flag) continue;  // --quiet=false
    check_choice(option, value);
    values_[name] = value;
  }
}

const std::string* Arguments::find(std::string_view option) const {
  for (const auto* values : {&values_, &settings_}) {
    const auto found = values->find(std::string(option));
    if (found != values->end()) return &found->second;
  }
  return nullptr;
}

std::string Arguments::value(std::string_view option, std::string_view fallback) const {
  const std::string* found = find(option);
  return found == nullptr ? std::string(fallback) : *found;
}

std::uint64_t Arguments::number(std::string_view option, std::uint64_t fallback) const {
  if (!has(option)) return fallback;
  const std::string text = value(option);
  std::uint64_t number = 0;
  const auto [rest, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  const std::string_view suffix(rest, static_cast<std::size_t>(text.data() + text.size() - rest));
  constexpr std::string_view kSuffixes[] = {"", "K", "M", "G"};
  const auto* const found = std::find(std::begin(kSuffixes), std::end(kSuffixes), suffix);
  const auto shift = static_cast<unsigned>(10 * (found - kSuffixes));
  const bool fits =
      found != std::end(kSuffixes) && number <= (std::numeric_limits<std::uint64_t>::max() >> shift);
  if (fault != std::errc() || !fits) {
    throw UsageError("--" + std::string(option) + " is a number, perhaps with K, M or G, not '" + text + "'");
  }
  return number << shift;
}

std::vector<std::string> Arguments::list(std::string_view option) const { return split(value(option), ','); }

namespace {

constexpr std::size_t kWidestChoices = 20;  // longer ones follow the explanation

bool lists_choices(const OptionSpec& option) {
  return !option.choices.empty() && option.choices.size() <= kWidestChoices;
}

std::string left_column(const OptionSpec& option) {
  std::string text = "--" + std::string(option.name);
  if (!option.argument.empty())
    text += " " + std::string(lists_choices(option) ? option.choices : option.argument);
  return text;
}

std::string right_column(const OptionSpec& option) {
  if (option.choices.empty() || lists_choices(option)) return std::string(option.help);
  std::string text = std::string(option.help) + ": ";
  for (const std::string& choice : split(option.choices, '|'))
    text += (text.ends_with(' ') ? "" : ", ") + choice;
  return text;
}

void write_columns(std::string& out, const std::vector<std::pair<std::string, std::string>>& rows) {
  std::size_t width = 0;
  for (const auto& [left, right] : rows) width = std::max(width, left.size());
  for (const auto& [left, right] : rows) {
    out += fmt::format("  {:<{}}{}\n", left, width + 2, right);
  }
}

}  // namespace

std::string help_of(const Command& command) {
  std::string out;
  std::vector<std::pair<std::string, std::string>> rows;
  for (const UsageExample& example : command.examples) rows.emplace_back(example.command, example.says);
  write_columns(out, rows);
  out += (out.empty() ? "" : "\n") + std::string("yoran ") + std::string(command.name);
  if (!command.options.empty()) out += " [OPTIONS]";
  if (!command.arguments.empty()) out += " " + std::string(command.arguments);
  out += "\n" + std::string(command.summary) + "\n";
  if (!command.details.empty()) out += std::string(command.details) + "\n";
  rows.clear();
  for (const OptionSpec& option : command.options)
    rows.emplace_back(left_column(option), right_column(option));
  rows.emplace_back("--help", "this text");
  out += "\n";
  write_columns(out, rows);
  return out;
}

}  // namespace yoran
