// Standard output and error of the program.
#ifndef YORAN_APP_CONSOLE_H_
#define YORAN_APP_CONSOLE_H_

#include <stdexcept>
#include <string>
#include <string_view>

#include "app/command_line.h"
#include "emit/diagnostic_text.h"

namespace yoran {

// Standard output cannot be written: exit code 4, or silence if the reader has gone away.
class OutputError : public std::runtime_error {
 public:
  OutputError(const std::string& message, bool reader_gone)
      : std::runtime_error(message), reader_gone_(reader_gone) {}
  [[nodiscard]] bool reader_gone() const { return reader_gone_; }

 private:
  bool reader_gone_;
};

// All of it: 0, or the number of the error.
[[nodiscard]] int write_all(int descriptor, std::string_view text);
// Whole and at once, unbuffered. Throws OutputError.
void write_stdout(std::string_view text);
// Never throws: there is nobody left to tell.
void write_stderr(std::string_view text);

// --color auto|always|never for what goes to a file descriptor; auto: a terminal, unless NO_COLOR is set.
[[nodiscard]] TextStyle style_for(const Arguments& arguments, int descriptor);

[[nodiscard]] int worse_exit(int a, int b);

}  // namespace yoran

#endif  // YORAN_APP_CONSOLE_H_
