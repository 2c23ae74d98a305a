// Checked access to a table of a rule file: every key is asked for by name and type; what nobody asked for is
// an unknown key. All faults go to one list with their line and column; a reader never throws and answers a
// default value after a fault, so that one run finds them all.
#ifndef YORAN_RULEPACK_TABLE_READER_H_
#define YORAN_RULEPACK_TABLE_READER_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rulepack/rule_error.h"

namespace yoran {

// One rule file, parsed; none if it is not TOML (the fault is in `errors`).
class RuleDocument;

struct LocalDay {
  int year = 0;
  int month = 0;
  int day = 0;
};

class TableReader {
 public:
  // A word of a list with its own place, for messages.
  struct Item {
    std::string text;
    RulePosition at;
  };

  [[nodiscard]] bool has(std::string_view key) const;

  [[nodiscard]] std::string required_string(std::string_view key);
  [[nodiscard]] std::string string(std::string_view key, std::string_view fallback = {});
  [[nodiscard]] std::optional<std::int64_t> integer(std::string_view key);
  [[nodiscard]] std::optional<double> number(std::string_view key);
  [[nodiscard]] bool boolean(std::string_view key, bool fallback = false);
  [[nodiscard]] std::optional<LocalDay> day(std::string_view key);
  [[nodiscard]] std::vector<Item> items(std::string_view key);           // a string or an array of strings
  [[nodiscard]] std::vector<std::string> strings(std::string_view key);  // the same without places
  [[nodiscard]] std::vector<std::int64_t> integers(std::string_view key);
  // A table of strings, arrays of strings or integers, in file order: {"10000", {"man", ...}}; integers as
  // text.
  [[nodiscard]] std::vector<std::pair<Item, std::vector<Item>>> lists(std::string_view key);
  [[nodiscard]] std::optional<TableReader> table(std::string_view key);
  [[nodiscard]] std::vector<TableReader> tables(std::string_view key);  // an array of tables, [[key]]
  // Any scalar or array of scalars as canonical JSON text, for the expected values of examples.
  [[nodiscard]] std::optional<std::string> json(std::string_view key);

  // Reports every key nobody asked for, with the nearest known one as a hint. Call it last.
  void finish();

  [[nodiscard]] RulePosition at() const;                      // of the table
  [[nodiscard]] RulePosition at(std::string_view key) const;  // of the key's value
  [[nodiscard]] const std::string& path() const { return *path_; }
  void error(RulePosition at, std::string_view code, std::string message, std::string hint = {});
  void error_at(std::string_view key, std::string_view code, std::string message, std::string hint = {}) {
    error(at(key), code, std::move(message), std::move(hint));
  }

 private:
  friend class RuleDocument;
  TableReader(const void* table, const std::string* path, RuleErrors* errors);
  const void* table_;  // toml::table; toml++ stays out of this header, it costs a second of compile time
  const std::string* path_;
  RuleErrors* errors_;
  std::vector<std::string> asked_;
};

class RuleDocument {
 public:
  [[nodiscard]] static std::optional<RuleDocument> parse(std::string path, std::string_view text,
                                                         RuleErrors& errors);
  RuleDocument(RuleDocument&&) noexcept;
  RuleDocument& operator=(RuleDocument&&) noexcept;
  ~RuleDocument();
  [[nodiscard]] TableReader root(RuleErrors& errors) const;
  [[nodiscard]] const std::string& path() const { return *path_; }

 private:
  struct Impl;
  RuleDocument();
  std::unique_ptr<Impl> impl_;
  std::unique_ptr<std::string> path_;
};

// The word of `known` nearest to `word` by edit distance, if it is near enough to be meant; else empty.
[[nodiscard]] std::string nearest(std::string_view word, const std::vector<std::string>& known);
// The hint that names it: "did you mean 'count'?"; `otherwise` if there is none.
[[nodiscard]] std::string suggestion(std::string_view word, const std::vector<std::string>& known,
                                     std::string otherwise = {});

}  // namespace yoran

#endif  // YORAN_RULEPACK_TABLE_READER_H_
