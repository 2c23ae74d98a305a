#include "pipeline.h"

#include <chrono>
#include <iterator>
#include <string>
#include <utility>

#include "check/check.h"
#include "interpret/interpret.h"
#include "link/link.h"
#include "normalize.h"
#include "read/read.h"
#include "recognize.h"
#include "segment.h"
#include "select.h"
#include "source_digest.h"
#include "validate.h"

namespace yoran {
namespace {

std::string_view media_type_name(MediaType type) {
  constexpr std::string_view kNames[] = {"text/plain", "text/html", "text/markdown"};
  return kNames[static_cast<std::size_t>(type)];
}

SourceInfo source_info(std::string_view bytes, const ExtractOptions& options, const Document& document) {
  SourceInfo source;
  source.name = options.name;
  source.sha256 = sha256_hex(bytes);
  source.bytes = bytes.size();
  source.media_type = media_type_name(document.media_type);
  source.charset = document.charset;
  return source;
}

// What was said of the document goes with its first record, or with the input if it has none.
void hand_over(Diagnostics found, Extraction& result) {
  Diagnostics& home = result.records.empty() ? result.diagnostics : result.records.front().diagnostics;
  home.insert(home.end(), std::make_move_iterator(found.begin()), std::make_move_iterator(found.end()));
  if (!result.records.empty()) return;
  result.diagnostics.push_back(
      {Severity::info, "select.nothing-found", "the document states nothing a field could take", {}, "", ""});
}

// Time by stage, if it is wanted.
class StageClock {
 public:
  explicit StageClock(std::vector<StageTime>* times) : times_(times) {
    if (times_ != nullptr) last_ = Clock::now();
  }
  void end_of(std::string_view stage) {
    if (times_ == nullptr) return;
    const Clock::time_point now = Clock::now();
    const auto passed = std::chrono::duration_cast<std::chrono::nanoseconds>(now - last_).count();
    times_->push_back({stage, static_cast<std::uint64_t>(passed)});
    last_ = now;
  }

 private:
  using Clock = std::chrono::steady_clock;
  std::vector<StageTime>* times_;
  Clock::time_point last_;
};

}  // namespace

Extraction extract(std::string_view bytes, const ExtractOptions& options, const RulePack& rules) {
  Extraction result;
  StageClock clock(options.profile ? &result.times : nullptr);
  ReadResult input = read(bytes, {options.max_bytes, options.media_type, options.charset, options.name});
  result.diagnostics = std::move(input.diagnostics);
  if (!input.document) {
    result.outcome = Outcome::rejected;
    return result;
  }
  result.document = std::make_shared<const Document>(std::move(*input.document));
  const Document& document = *result.document;
  result.outcome = document.lossy ? Outcome::partial : Outcome::ok;

  clock.end_of("read");
  Text text = normalize(document, rules.folds);
  clock.end_of("normalize");
  const Segments segments = segment(document, text, rules.layout);
  clock.end_of("segment");
  const Mentions mentions = recognize(text, segments, rules, options.max_mentions,
                                      options.profile ? &result.costs.entities : nullptr);
  clock.end_of("recognize");
  Diagnostics found;
  if (!mentions.unread.empty()) {
    result.outcome = Outcome::partial;
    found.push_back({Severity::warning, "recognize.too-many-mentions",
                     "the document was read up to here: more than " + std::to_string(options.max_mentions) +
                         " numbers, dates and names",
                     source_of(document, text, mentions.unread), "", "see --max-mentions"});
  }
  InterpretContext context{document,       text, segments, rules, options.reference_date,
                           options.region, {},   &found};
  const std::vector<Reading> readings = interpret(mentions, context);
  clock.end_of("interpret");
  Linked linked = link(LinkContext(document, text, segments, mentions, readings, rules), options.split,
                       options.profile ? &result.costs : nullptr);
  clock.end_of("link");
  const SourceInfo source = source_info(bytes, options, document);
  const SelectInput select_input{document, text, segments, rules, source};
  result.records = select(select_input, std::move(linked), options.explain ? &result.trace : nullptr);
  clock.end_of("select");
  if (options.mentions) result.mentions = list_mentions(select_input, readings);
  hand_over(std::move(found), result);
  for (Record& record : result.records) validate(record, rules);
  clock.end_of("validate");
  if (options.check) {
    CheckResult checked = check({document, text, segments, mentions, readings, result.records,
                                 result.diagnostics, rules, *options.check});
    result.findings = std::move(checked.findings);
    result.ignored = std::move(checked.ignored);
  }
  return result;
}

}  // namespace yoran
