// From words on the command line and lists to inputs, one at a time: nothing is held but the names of the
// folders that lie on the way.
//
// Files and "-" are themselves; folders give the text-like files below them, sorted by name; patterns that
// are no file are expanded like the shell's. Every word gives at least one input. What is found below a
// folder and cannot be read is an input with a fault, not silence.
#ifndef YORAN_APP_INPUT_INPUT_WALK_H_
#define YORAN_APP_INPUT_INPUT_WALK_H_

#include <cstddef>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/input/input.h"

namespace yoran {

// Leaves out what is found below folders.
using SkipPath = std::function<bool(const std::string& path, bool is_folder)>;
// Whether a file below a folder is wanted, by its name.
using WantName = std::function<bool(std::string_view name)>;
using NextWord = std::function<std::optional<std::string>()>;

// What a folder is searched for; a file named on the command line may have any name.
[[nodiscard]] bool is_text_like(std::string_view name);
// In lower case, with its dot; empty: there is none.
[[nodiscard]] std::string ending_of(std::string_view name);

class InputWalk {
 public:
  // `any_kind`: words may name pipes and devices.
  InputWalk(NextWord words, WantName want, SkipPath skip, bool any_kind)
      : words_(std::move(words)), want_(std::move(want)), skip_(std::move(skip)), any_kind_(any_kind) {}
  [[nodiscard]] std::optional<Input> next();

 private:
  struct Folder {
    std::string path;
    std::vector<std::string> names;  // sorted, the last one first
    bool any = false;                // it gave an input
  };

  std::optional<Input> start(const std::string& word);
  void expand_pattern(const std::string& pattern);
  std::optional<Input> enter(const std::string& path);
  std::optional<Input> next_below();
  std::optional<Input> look_at(const std::string& path, std::string_view name);

  NextWord words_;
  WantName want_;
  SkipPath skip_;
  bool any_kind_;
  std::deque<std::string> matches_;  // of a pattern
  std::vector<Folder> folders_;      // the innermost last
};

// All of them.
[[nodiscard]] std::vector<Input> expand_inputs(const std::vector<std::string>& words,
                                               const SkipPath& skip = nullptr);
// The elements of a vector, which must outlive the function.
[[nodiscard]] NextWord words_of(const std::vector<std::string>& words);

}  // namespace yoran

#endif  // YORAN_APP_INPUT_INPUT_WALK_H_
