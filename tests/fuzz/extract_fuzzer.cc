// The whole extraction: whatever is read gives JSON records whose evidence lies inside the input.
#include <nlohmann/json.hpp>

#include "emit/json_writer.h"
#include "fuzz_input.h"
#include "pipeline.h"

namespace yoran {
namespace {

void check(const Evidence& evidence, std::size_t size) {
  require(evidence.span.start < evidence.span.end && evidence.span.end <= size,
          "evidence is inside the input");
  require(!evidence.text.empty(), "evidence has a text");
  require(evidence.at.line >= 1 && evidence.at.column >= 1, "lines and columns count from 1");
  require(evidence.label_text.empty() ||
              (evidence.label_span.start < evidence.label_span.end && evidence.label_span.end <= size),
          "a label is inside the input");
  for (const SourceSpan piece : evidence.spans) require(evidence.span.contains(piece), "pieces are inside");
}

void check(const Claim& claim, std::size_t size) {
  check(claim.evidence, size);
  if (claim.as_of_evidence) check(*claim.as_of_evidence, size);
  for (const Claim& other : claim.others) check(other, size);
}

void check(const Extraction& extraction, std::size_t size) {
  require(extraction.outcome != Outcome::rejected || extraction.records.empty(),
          "a rejected input has no records");
  for (const Record& record : extraction.records) {
    for (const Field& field : record.fields) {
      require(!field.claims.empty(), "a field that is there has a claim");
      for (const Claim& claim : field.claims) check(claim, size);
    }
    std::string json;
    write_record(json, record, default_rules(), &extraction.document->lines);
    require(nlohmann::json::accept(json), "a record is JSON");
  }
  for (const MentionClaim& mention : extraction.mentions) check(mention.evidence, size);
}

}  // namespace
}  // namespace yoran

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // Mutations of whole samples are what finds things here; the largest sample is far below this.
  if (size > yoran::kMaxInput) return 0;
  const yoran::FuzzInput input = yoran::fuzz_input(data, size);
  yoran::ExtractOptions options;
  options.media_type = input.media_type;
  options.charset = input.charset;
  options.reference_date = yoran::parse_iso_day("2020-02-29");  // a day that not every year has
  options.region = "JP";
  options.mentions = true;
  options.explain = true;
  yoran::check(yoran::extract(input.bytes, options, yoran::default_rules()), input.bytes.size());
  return 0;
}
