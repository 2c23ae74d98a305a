// The public API: load rules once, then extract records from bytes, from as many threads as wanted.
//
//   const yoran::LoadedRules rules = yoran::load_rules(yoran::default_rule_files());
//   const yoran::Extraction result = yoran::extract(bytes, {.name = "city.html"}, *rules.pack);
//   for (const yoran::Record& record : result.records) ...
//
// Input is bytes in any charset, plain text, Markdown or HTML. extract() does not throw, and needs memory in
// proportion to the input. Records follow the contract yoran.record/1; emit/json_writer.h writes them.
#ifndef YORAN_PIPELINE_H_
#define YORAN_PIPELINE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rulepack/rulepack.h"
#include "types/check_options.h"
#include "types/cost.h"
#include "types/date.h"
#include "types/diagnostic.h"
#include "types/document.h"
#include "types/record.h"
#include "types/split.h"
#include "types/trace.h"

namespace yoran {

struct ExtractOptions {
  std::string name = "-";                   // as the record shows it; its ending may tell the media type
  std::optional<MediaType> media_type;      // none: from the name and the bytes
  std::string charset;                      // empty: from the bytes
  std::optional<DatePoint> reference_date;  // resolves relative dates; none: they yield nothing
  std::string region;                       // ISO 3166-1 alpha-2, for national telephone numbers
  Split split = Split::automatic;           // of pages that describe several bodies
  std::uint64_t max_bytes = 64U << 20U;
  std::uint64_t max_mentions = 200000;  // numbers, dates, names, ...: what stands behind is not read
  bool mentions = false;                // fill Extraction::mentions
  bool explain = false;                 // fill Extraction::trace
  bool profile = false;                 // fill Extraction::times and patterns
  std::optional<CheckOptions> check;    // fill Extraction::findings
};

struct Extraction {
  Outcome outcome = Outcome::ok;
  std::vector<Record> records;
  Diagnostics diagnostics;  // of the input as a whole
  std::vector<MentionClaim> mentions;
  Trace trace;
  std::vector<StageTime> times;              // in the order of the stages
  RuleCosts costs;                           // by rule
  Diagnostics findings;                      // of ExtractOptions::check, in document order
  Diagnostics ignored;                       // those that comments in the document suppress
  std::shared_ptr<const Document> document;  // null if rejected; views `bytes`
};

[[nodiscard]] Extraction extract(std::string_view bytes, const ExtractOptions& options,
                                 const RulePack& rules);

}  // namespace yoran

#endif  // YORAN_PIPELINE_H_
