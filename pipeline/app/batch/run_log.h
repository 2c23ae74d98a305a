// What a run says on standard error: text for people, or JSON, one object a line (--log-format).
#ifndef YORAN_APP_BATCH_RUN_LOG_H_
#define YORAN_APP_BATCH_RUN_LOG_H_

#include <string>
#include <string_view>

#include "app/command_line.h"
#include "emit/diagnostic_text.h"

namespace yoran {

class RunLog {
 public:
  // --log-format, --color, --quiet.
  explicit RunLog(const Arguments& arguments);

  // Whether a message of this severity is wanted at all.
  [[nodiscard]] bool wants(Severity severity) const { return !quiet_ || severity == Severity::error; }
  [[nodiscard]] bool is_json() const { return json_; }

  // Appends a diagnostic of an input. `lines` may be null: then there is no position; `frame`: show the line.
  void add(std::string& out, std::string_view input, const Diagnostic& diagnostic, const LineIndex* lines,
           bool frame) const;
  // Something of the run as a whole, at once: `text` for people, `members` of an object for programs.
  void event(std::string_view name, Severity severity, std::string_view text,
             std::string_view members = {}) const;

 private:
  TextStyle style_;
  bool json_;
  bool quiet_;
};

}  // namespace yoran

#endif  // YORAN_APP_BATCH_RUN_LOG_H_
