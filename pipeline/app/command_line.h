// What the program understands on its command line, as tables: parsing, help, completion and the man page are
// all made from them, so that none can forget an option.
#ifndef YORAN_APP_COMMAND_LINE_H_
#define YORAN_APP_COMMAND_LINE_H_

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace yoran {

// Exit codes; of several the most serious wins, in the order internal, usage, rejected, findings.
inline constexpr int kExitOk = 0;
inline constexpr int kExitFindings = 1;
inline constexpr int kExitUsage = 2;
inline constexpr int kExitRejected = 3;
inline constexpr int kExitInternal = 4;

// A mistake on the command line, in rules or in other configuration: exit code 2.
class UsageError : public std::runtime_error {
 public:
  explicit UsageError(const std::string& message, std::string hint = {})
      : std::runtime_error(message), hint_(std::move(hint)) {}
  [[nodiscard]] const std::string& hint() const { return hint_; }

 private:
  std::string hint_;
};

struct OptionSpec {
  std::string_view name;      // "format", given as --format
  std::string_view argument;  // "DIR"; empty: a flag
  std::string_view help;
  std::string_view choices;  // "jsonl|json|text"; empty: anything
  bool file = false;         // completes to paths
};

struct UsageExample {
  std::string_view command;
  std::string_view says;
};

class Arguments;

struct Command {
  std::string_view name;
  std::string_view arguments;  // "[PATH...]"
  std::string_view summary;    // one sentence, for lists
  std::string_view details;    // a paragraph for its own help, or empty
  std::span<const UsageExample> examples;
  std::span<const OptionSpec> options;
  int (*run)(const Arguments&) = nullptr;
};

// A parsed command line.
class Arguments {
 public:
  // Throws UsageError, with the nearest known option as a hint.
  Arguments(const Command& command, const std::vector<std::string>& words);

  [[nodiscard]] const std::vector<std::string>& positionals() const { return positionals_; }
  [[nodiscard]] bool has(std::string_view option) const { return find(option) != nullptr; }
  [[nodiscard]] std::string value(std::string_view option, std::string_view fallback = {}) const;
  // A number with an optional K, M or G (powers of 1024); throws UsageError.
  [[nodiscard]] std::uint64_t number(std::string_view option, std::uint64_t fallback) const;
  // Comma-separated.
  [[nodiscard]] std::vector<std::string> list(std::string_view option) const;
  // What a configuration says of options that the command line leaves open; of the last one given.
  void configure(std::map<std::string, std::string> settings) { settings_ = std::move(settings); }
  [[nodiscard]] bool help() const { return help_; }
  [[nodiscard]] const Command& command() const { return *command_; }

 private:
  [[nodiscard]] const std::string* find(std::string_view option) const;

  const Command* command_;
  std::map<std::string, std::string> values_;
  std::map<std::string, std::string> settings_;
  std::vector<std::string> positionals_;
  bool help_ = false;
};

[[nodiscard]] std::string help_of(const Command& command);

}  // namespace yoran

#endif  // YORAN_APP_COMMAND_LINE_H_
