// yoran validate: records against the JSON Schema of the loaded rules.
#include <unistd.h>

#include "app/commands.h"
#include "app/console.h"
#include "app/input/json_lines.h"
#include "app/rules_source.h"
#include "emit/display.h"
#include "emit/schema_check.h"

namespace yoran {

int run_validate(const Arguments& arguments) {
  if (arguments.positionals().empty())
    throw UsageError("which records?", "yoran validate RECORDS.jsonl, or - for standard input");
  const auto rules = load_rules_of(arguments);
  const SchemaCheck schema(*rules, !arguments.has("no-evidence"));
  const TextStyle style = style_for(arguments, STDERR_FILENO);
  std::size_t valid = 0;
  std::size_t invalid = 0;
  int exit = kExitOk;
  for (const std::string& path : arguments.positionals()) {
    exit = worse_exit(exit,
                      for_each_json_line(path, style, [&](const nlohmann::json& record, std::uint32_t line) {
                        const std::string fault = schema.fault(record);
                        ++(fault.empty() ? valid : invalid);
                        if (fault.empty()) return;
                        std::string out;
                        const LineColumn at{line, 1};
                        write_head(out, path, &at, Severity::error, style);
                        write_stderr(out + visible(fault) + " [schema.invalid]\n");
                      }));
  }
  if (!arguments.has("quiet"))
    write_stdout(std::to_string(valid) + " valid, " + std::to_string(invalid) + " invalid\n");
  return invalid > 0 ? worse_exit(exit, kExitRejected) : exit;
}

}  // namespace yoran
