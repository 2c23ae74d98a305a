// The options that every command that extracts has in common.
#ifndef YORAN_APP_EXTRACT_OPTIONS_H_
#define YORAN_APP_EXTRACT_OPTIONS_H_

#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/command_line.h"
#include "emit/json_writer.h"
#include "emit/schema_check.h"
#include "pipeline.h"

namespace yoran {

inline constexpr std::uint64_t kDefaultMaxBytes = 64U << 20U;

// --reference-date, --region, --split, --max-bytes, --mentions; throws UsageError.
[[nodiscard]] ExtractOptions extract_options(const Arguments& arguments);
// The paths given, or standard input; throws UsageError if that is a terminal.
[[nodiscard]] std::vector<std::string> paths_of(const Arguments& arguments);
// --jobs, at most one for each input.
[[nodiscard]] std::size_t jobs_of(const Arguments& arguments,
                                  std::size_t inputs = std::numeric_limits<std::size_t>::max());
// --fields, --no-evidence; throws UsageError if a field is unknown.
[[nodiscard]] WriteOptions write_options(const Arguments& arguments, const RulePack& rules);
// "text/html", with parameters or not; none: unknown.
[[nodiscard]] std::optional<MediaType> media_type_of(std::string_view name);
[[nodiscard]] bool is_region(std::string_view text);

// extract(), with whatever is thrown turned into a rejection.
[[nodiscard]] Extraction extract_safely(std::string_view bytes, const ExtractOptions& options,
                                        const RulePack& rules);

// --strict: every record as written is held against the JSON Schema too.
class StrictCheck {
 public:
  StrictCheck(const Arguments& arguments, const RulePack& rules, const WriteOptions& options);
  // Empty: not strict, or valid.
  [[nodiscard]] std::string fault(std::string_view record) const;

 private:
  std::unique_ptr<SchemaCheck> schema_;
};

// Records of an extraction as JSON, one string each. A record that breaks the schema is left out and
// reported.
[[nodiscard]] std::vector<std::string> records_as_json(Extraction& extraction, const RulePack& rules,
                                                       const WriteOptions& options,
                                                       const StrictCheck& strict);

}  // namespace yoran

#endif  // YORAN_APP_EXTRACT_OPTIONS_H_
