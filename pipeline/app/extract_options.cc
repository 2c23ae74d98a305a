#include "app/extract_options.h"

#include <unistd.h>

#include <algorithm>
#include <exception>
#include <thread>
#include <utility>

#include "rulepack/table_reader.h"
#include "types/ascii.h"

namespace yoran {

namespace {

// The command line has made sure that it is one of them.
Split split_of(std::string_view name) {
  if (name == "never") return Split::never;
  if (name == "rows") return Split::rows;
  return name == "headings" ? Split::headings : Split::automatic;
}

}  // namespace

ExtractOptions extract_options(const Arguments& arguments) {
  ExtractOptions options;
  options.max_bytes = arguments.number("max-bytes", kDefaultMaxBytes);
  options.max_mentions = arguments.number("max-mentions", options.max_mentions);
  options.split = split_of(arguments.value("split"));
  options.mentions = arguments.has("mentions");
  options.charset = arguments.value("charset");
  options.region = arguments.value("region");
  if (!options.region.empty() && !is_region(options.region)) {
    throw UsageError("--region is two capital letters after ISO 3166-1, such as JP, not '" + options.region +
                     "'");
  }
  if (const std::string day = arguments.value("reference-date"); arguments.has("reference-date")) {
    options.reference_date = parse_iso_day(day);
    if (!options.reference_date)
      throw UsageError("--reference-date is a day such as 2020-01-31, not '" + day + "'");
  }
  if (const std::string type = arguments.value("media-type"); !type.empty())
    options.media_type = media_type_of(type);
  return options;
}

std::vector<std::string> paths_of(const Arguments& arguments) {
  if (!arguments.positionals().empty()) return arguments.positionals();
  if (::isatty(STDIN_FILENO) != 0)
    throw UsageError("no input", "name a file or a folder, or - for standard input");
  return {"-"};
}

std::size_t jobs_of(const Arguments& arguments, std::size_t inputs) {
  constexpr std::uint64_t kMostJobs = 256;
  const std::uint64_t wanted = arguments.number("jobs", 0);
  if (wanted > kMostJobs) throw UsageError("--jobs is at most " + std::to_string(kMostJobs));
  const std::size_t cores = std::max(1U, std::thread::hardware_concurrency());
  return std::min(wanted == 0 ? cores : static_cast<std::size_t>(wanted), inputs);
}

WriteOptions write_options(const Arguments& arguments, const RulePack& rules) {
  WriteOptions options;
  options.evidence = !arguments.has("no-evidence");
  options.fields = arguments.list("fields");
  std::vector<std::string> known;
  known.reserve(rules.fields.size());
  for (const FieldRules& field : rules.fields) known.push_back(field.id);
  for (const std::string& field : options.fields) {
    if (rules.field(field) != nullptr) continue;
    throw UsageError("unknown field '" + field + "'", suggestion(field, known, "see `yoran rules list`"));
  }
  return options;
}

std::optional<MediaType> media_type_of(std::string_view name) {
  name = name.substr(0, name.find(';'));
  while (name.ends_with(' ')) name.remove_suffix(1);
  std::string lower(name);
  std::transform(lower.begin(), lower.end(), lower.begin(), ascii_lower);
  if (lower == "text/plain") return MediaType::plain;
  if (lower == "text/html" || lower == "application/xhtml+xml") return MediaType::html;
  if (lower == "text/markdown") return MediaType::markdown;
  return std::nullopt;
}

bool is_region(std::string_view text) {
  return text.size() == 2 && std::all_of(text.begin(), text.end(), is_ascii_upper);
}

Extraction extract_safely(std::string_view bytes, const ExtractOptions& options, const RulePack& rules) {
  std::string why = "out of memory";
  try {
    return extract(bytes, options, rules);
  } catch (const std::bad_alloc&) {
  } catch (const std::exception& fault) {
    why = fault.what();
  }
  Extraction rejected;
  rejected.outcome = Outcome::rejected;
  rejected.diagnostics.push_back(
      {Severity::error, "internal.failure", "the input could not be worked on: " + why, {}, "", ""});
  return rejected;
}

StrictCheck::StrictCheck(const Arguments& arguments, const RulePack& rules, const WriteOptions& options) {
  if (arguments.has("strict")) schema_ = std::make_unique<SchemaCheck>(rules, options.evidence);
}

std::string StrictCheck::fault(std::string_view record) const {
  return schema_ == nullptr ? std::string() : schema_->fault(record);
}

std::vector<std::string> records_as_json(Extraction& extraction, const RulePack& rules,
                                         const WriteOptions& options, const StrictCheck& strict) {
  std::vector<std::string> texts;
  const LineIndex* lines = extraction.document == nullptr ? nullptr : &extraction.document->lines;
  for (const Record& record : extraction.records) {
    std::string text;
    write_record(text, record, rules, lines, options);
    if (const std::string fault = strict.fault(text); !fault.empty()) {
      extraction.diagnostics.push_back(
          {Severity::error, "schema.invalid", "a record was not written: " + fault, {}, "", ""});
      extraction.outcome = Outcome::partial;
      continue;
    }
    texts.push_back(std::move(text));
  }
  return texts;
}

}  // namespace yoran
