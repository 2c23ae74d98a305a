// The inputs that a command line names: its words, and those of --files-from.
#ifndef YORAN_APP_INPUT_INPUT_LIST_H_
#define YORAN_APP_INPUT_INPUT_LIST_H_

#include <optional>
#include <string>
#include <vector>

#include "app/command_line.h"
#include "app/input/ignore_files.h"
#include "app/input/input.h"
#include "app/input/input_walk.h"
#include "app/input/line_reader.h"

namespace yoran {

class InputList {
 public:
  // Throws UsageError if the list cannot be read or there is nothing to read.
  InputList(const Arguments& arguments, const WantName& want);
  ~InputList();
  InputList(const InputList&) = delete;
  InputList& operator=(const InputList&) = delete;
  [[nodiscard]] std::optional<Input> next();

 private:
  std::optional<std::string> next_in_file();
  [[nodiscard]] SkipPath skip();

  std::vector<std::string> words_;
  IgnoreFiles ignore_{".yoranignore"};
  InputWalk walk_;
  OpenInput file_;
  FilePieces pieces_;
  LineReader lines_;
  InputWalk file_walk_;
  std::optional<char> end_;  // of the names in the file, once it is known
};

}  // namespace yoran

#endif  // YORAN_APP_INPUT_INPUT_LIST_H_
