// Checks of what records claim.
#include <algorithm>
#include <cmath>

#include "check/context.h"

namespace yoran {
namespace {

constexpr std::string_view kCalendarsDiffer = "date.era-year-mismatch";
constexpr double kDaysPerYear = 365.2425;

bool names(const std::vector<std::string>& fields, const Field& field) {
  return std::find(fields.begin(), fields.end(), field.id) != fields.end();
}

// Calls visit(field, claim) for the primary claims of the fields that a rule names.
template <class Visit>
void for_claims(const CheckRule& rule, const CheckContext& context, Visit&& visit) {
  for (const Record& record : context.input.records) {
    for (const Field& field : record.fields) {
      if (field.many || !names(rule.fields, field) || field.claims.empty()) continue;
      visit(field, field.claims.front());
    }
  }
}

std::string in_quotes(std::string_view text) { return "'" + std::string(text) + "'"; }

bool is_certain(const Claim& claim) {
  if (!claim.of.empty() || !claim.alternatives.empty()) return false;
  const auto* number = std::get_if<Number>(&claim.value);
  if (const auto* quantity = std::get_if<Quantity>(&claim.value)) number = &quantity->number;
  return number == nullptr || (!number->approximate && number->bound == Bound::none);
}

// How exact a figure is: half of its last digit that is not a zero.
double half_of_last_digit(const Claim& claim) {
  const auto* number = std::get_if<Number>(&claim.value);
  if (const auto* quantity = std::get_if<Quantity>(&claim.value)) number = &quantity->number;
  if (number == nullptr || number->value.digits == 0) return 0;
  const Decimal exact = number->value.normalized();
  const double step = std::pow(10.0, exact.exponent);
  return std::abs(step / exact.to_double() * claim.amount) / 2;
}

// The layouts of tables; a figure of an infobox came by one of them.
bool is_in_table(const Evidence& evidence) {
  constexpr std::string_view kTableLayouts[] = {"/row", "/column", "/definition"};
  return std::any_of(std::begin(kTableLayouts), std::end(kTableLayouts),
                     [&](std::string_view layout) { return evidence.rule.ends_with(layout); });
}

std::string where(const Evidence& evidence) { return is_in_table(evidence) ? "in the table" : "in the text"; }

bool differ(const CheckRule& rule, const Claim& a, const Claim& b) {
  const double difference = std::abs(a.amount - b.amount);
  const double rounding = std::max(half_of_last_digit(a), half_of_last_digit(b));
  const double larger = std::max(std::abs(a.amount), std::abs(b.amount));
  return difference > rounding && difference > rule.tolerance * larger && difference <= rule.near * larger;
}

// Whether two figures are of one day; `undated`: one without a day may be of any.
bool is_of_one_day(const Claim& a, const Claim& b, bool undated) {
  if (a.as_of.empty() || b.as_of.empty()) return undated;
  return a.as_of == b.as_of;
}

std::string days_of_both(const Claim& a, const Claim& b) {
  if (a.as_of == b.as_of) return a.as_of.empty() ? "" : ", both as of " + a.as_of;
  return ", one as of " + a.as_of + b.as_of + ", the other without a day";
}

// Days that exclude each other and are no more than the rule's years apart: further apart are two events.
bool dates_differ(const CheckRule& rule, const Claim& a, const Claim& b) {
  const auto first = days_of(to_edtf(std::get<Date>(a.value)));
  const auto second = days_of(to_edtf(std::get<Date>(b.value)));
  if (!first || !second) return false;
  const std::int64_t apart = std::max(first->first - second->last, second->first - first->last);
  return apart > 0 && static_cast<double>(apart) <= static_cast<double>(rule.years) * kDaysPerYear;
}

// Prose names the beginnings of neighbours too; a table is about the subject.
void compare_dates(const CheckRule& rule, const Claim& primary, const Claim& other, CheckContext& context) {
  if (!is_in_table(primary.evidence) || !is_certain(primary) || !is_certain(other) ||
      primary.kind != other.kind)
    return;
  if (!std::holds_alternative<Date>(other.value) || !dates_differ(rule, primary, other)) return;
  context.report(rule, other.evidence.span,
                 in_quotes(other.evidence.text) + " here, " + in_quotes(primary.evidence.text) + " at " +
                     context.place(primary.evidence.span),
                 {{primary.evidence.span, "the other date: " + primary.evidence.text}});
}

void compare(const CheckRule& rule, const Claim& primary, const Claim& other, bool undated,
             CheckContext& context) {
  if (std::holds_alternative<Date>(primary.value)) return compare_dates(rule, primary, other, context);
  if (!is_certain(primary) || !is_certain(other) || primary.kind != other.kind) return;
  if (!is_of_one_day(primary, other, undated) || !differ(rule, primary, other)) return;
  const bool two_places = is_in_table(primary.evidence) != is_in_table(other.evidence);
  const std::string message =
      in_quotes(other.evidence.text) + (two_places ? " " + where(other.evidence) : " here") + ", " +
      in_quotes(primary.evidence.text) + (two_places ? " " + where(primary.evidence) : "") + " at " +
      context.place(primary.evidence.span) + days_of_both(primary, other);
  context.report(rule, other.evidence.span, message,
                 {{primary.evidence.span, "the other figure: " + primary.evidence.text}});
}

// Whether a word of the rule stands directly before the place or behind it.
bool is_excused(const CheckRule& rule, const std::optional<SourceSpan>& at, const CheckContext& context) {
  if (!at || rule.words.empty()) return false;
  const auto folded_at = [&](std::uint32_t source) {
    return context.input.text.map.derived(context.input.document.source_map.derived(source));
  };
  const std::string_view folded = context.input.text.folded;
  std::string_view before = folded.substr(0, folded_at(at->start));
  std::string_view behind = folded.substr(folded_at(at->end));
  while (before.ends_with(' ')) before.remove_suffix(1);
  while (behind.starts_with(' ')) behind.remove_prefix(1);
  return std::any_of(rule.words.begin(), rule.words.end(), [&](const std::string& word) {
    return before.ends_with(word) || behind.starts_with(word);
  });
}

}  // namespace

void check_stage(const CheckRule& rule, CheckContext& context) {
  const auto take = [&](const Diagnostics& said) {
    for (const Diagnostic& diagnostic : said) {
      const bool mine = std::any_of(rule.codes.begin(), rule.codes.end(), [&](const std::string& code) {
        return takes_code(code, diagnostic.code);
      });
      if (!mine || is_excused(rule, diagnostic.at, context)) continue;
      Diagnostic finding = diagnostic;
      if (diagnostic.code == kCalendarsDiffer) finding.edits = calendar_edits(diagnostic, context);
      context.report(rule, std::move(finding));
    }
  };
  take(context.input.said);
  for (const Record& record : context.input.records) take(record.diagnostics);
}

void check_required(const CheckRule& rule, CheckContext& context) {
  for (const std::string& id : context.input.options.required) {
    const auto has = [&](const Record& record) {
      return std::any_of(record.fields.begin(), record.fields.end(),
                         [&](const Field& field) { return field.id == id; });
    };
    const auto& records = context.input.records;
    if (std::any_of(records.begin(), records.end(), has)) continue;
    context.report(rule, std::nullopt, "the document does not state the field '" + id + "'");
  }
}

void check_as_of(const CheckRule& rule, CheckContext& context) {
  const std::optional<DatePoint>& today = context.input.options.today;
  if (rule.kind != CheckKind::as_of_missing && !today) return;
  for_claims(rule, context, [&](const Field& field, const Claim& claim) {
    if (rule.kind == CheckKind::as_of_missing) {
      if (claim.as_of.empty())
        context.report(rule, claim.evidence.span,
                       "nothing says of which day this figure is (" + field.id + ")");
      return;
    }
    const auto days = days_of(claim.as_of);
    if (!days || !claim.as_of_evidence) return;
    const std::int64_t now = days_from_civil(today->year, today->month, today->day);
    const auto limit = static_cast<std::int64_t>(static_cast<double>(rule.years) * kDaysPerYear);
    std::string message;
    if (rule.kind == CheckKind::as_of_future && days->first > now)
      message = "the " + field.id + " is of " + claim.as_of + ", after " + to_edtf(*today);
    if (rule.kind == CheckKind::as_of_old && days->last + limit < now)
      message = "the " + field.id + " is of " + claim.as_of + ", more than " + std::to_string(rule.years) +
                " years before " + to_edtf(*today);
    if (message.empty()) return;
    context.report(rule, claim.as_of_evidence->span, message,
                   {{claim.evidence.span, field.id + ": " + claim.evidence.text}});
  });
}

void check_country(const CheckRule& rule, CheckContext& context) {
  for (const Reading& reading : context.input.readings) {
    const auto* address = address_in(reading.value);
    if (address == nullptr || !address->country.empty()) continue;
    context.report(rule, context.source(reading.span), "nothing tells the country of this address");
  }
}

void check_conflict(const CheckRule& rule, CheckContext& context) {
  for_claims(rule, context, [&](const Field& field, const Claim& primary) {
    for (const Claim& other : primary.others)
      compare(rule, primary, other, names(rule.undated, field), context);
  });
}

}  // namespace yoran
