// What every check may look at, and how it reports. A check is a function of a rule and this.
#ifndef YORAN_CHECK_CONTEXT_H_
#define YORAN_CHECK_CONTEXT_H_

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "check/check.h"

namespace yoran {

class CheckContext {
 public:
  explicit CheckContext(const CheckInput& checked) : input(checked) {}

  const CheckInput& input;

  void report(const CheckRule& rule, std::optional<SourceSpan> at, std::string message,
              std::vector<RelatedPlace> related = {}, std::vector<Edit> edits = {});
  void report(const CheckRule& rule, Diagnostic diagnostic);
  [[nodiscard]] Diagnostics take();
  // Whether a rule of the kind has reported what begins at this place before.
  [[nodiscard]] bool has_reported(CheckKind kind, SourceSpan at) const;

  [[nodiscard]] std::string_view at(TextSpan span) const { return input.text.at(span); }
  [[nodiscard]] SourceSpan source(TextSpan span) const { return source_of(input.document, input.text, span); }
  // The characters there, as the document has them.
  [[nodiscard]] std::string shown(TextSpan span) const;
  // "3:5": line and column.
  [[nodiscard]] std::string place(SourceSpan span) const;

  // The readings that begin inside a span.
  [[nodiscard]] std::span<const Reading> readings_in(TextSpan span) const;

 private:
  Diagnostics findings_;
  std::set<std::pair<CheckKind, std::uint32_t>> reported_;
  std::vector<std::pair<const CheckRule*, std::size_t>> counts_;
};

// The days an EDTF date may mean, as days since 1970-01-01; none if it has no year or is open.
struct DayRange {
  std::int64_t first = 0;
  std::int64_t last = 0;
};
[[nodiscard]] std::optional<DayRange> days_of(std::string_view edtf);

// A text without the blanks and marks around it that lay out a label: "  Total: " is "Total".
[[nodiscard]] std::string_view bare(std::string_view folded);
// Equal but for ASCII case and blanks.
[[nodiscard]] bool same_word(std::string_view a, std::string_view b);
// The place in `words` of a text; each entry may hold several words, divided by "|". kNone: none of them.
[[nodiscard]] std::uint32_t word_in(std::string_view text, const std::vector<std::string>& words);

// The checks, by what they look at. claims.cc:
void check_stage(const CheckRule& rule, CheckContext& context);
void check_required(const CheckRule& rule, CheckContext& context);
void check_as_of(const CheckRule& rule, CheckContext& context);
void check_country(const CheckRule& rule, CheckContext& context);
void check_conflict(const CheckRule& rule, CheckContext& context);
// dates.cc
void check_date_order(const CheckRule& rule, CheckContext& context);
void check_range_order(const CheckRule& rule, CheckContext& context);
// calendars.cc: for a finding that the years of two calendars differ.
[[nodiscard]] std::vector<Edit> calendar_edits(const Diagnostic& differ, const CheckContext& context);
// totals.cc
void check_totals(const CheckRule& rule, CheckContext& context);
// measures.cc
void check_two_units(const CheckRule& rule, CheckContext& context);
// places.cc
void check_prefecture(const CheckRule& rule, CheckContext& context);
void check_postal_code(const CheckRule& rule, CheckContext& context);
void check_postal_district(const CheckRule& rule, CheckContext& context);
void check_phone(const CheckRule& rule, CheckContext& context);
// labels.cc
void check_empty_label(const CheckRule& rule, CheckContext& context);
// writing.cc
void check_pattern(const CheckRule& rule, CheckContext& context);
void check_mixed_digits(const CheckRule& rule, CheckContext& context);
void check_not_composed(const CheckRule& rule, CheckContext& context);

// ignores.cc: parts the findings by the comments of the document, and adds what is wrong with those.
[[nodiscard]] CheckResult apply_ignores(CheckContext& context);

}  // namespace yoran

#endif  // YORAN_CHECK_CONTEXT_H_
