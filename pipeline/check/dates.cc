// Checks of dates that contradict one another.
#include <algorithm>

#include "check/context.h"

namespace yoran {
namespace {

const Claim* claim_of(const Record& record, std::string_view id) {
  for (const Field& field : record.fields) {
    if (field.id == id && !field.claims.empty()) return &field.claims.front();
  }
  return nullptr;
}

// Dates that can be put in order: points with a year and fiscal years, certain, as written.
const Date* plain_date(const Reading& reading) {
  const auto* date = std::get_if<Date>(&reading.value);
  if (date == nullptr || date->relative) return nullptr;
  if (date->form != DateForm::point && !date->fiscal_year) return nullptr;
  if (!reading.alternatives.empty() || date->assumed_year) return nullptr;
  const DatePoint& point = date->first;
  return point.has_year && !point.approximate && !point.uncertain ? date : nullptr;
}

// Only a word for "to" stands between.
bool is_range_word(std::string_view between, const CheckContext& context) {
  while (between.starts_with(' ')) between.remove_prefix(1);
  while (between.ends_with(' ')) between.remove_suffix(1);
  const auto word = context.input.rules.calendar.at(between, 0, DateWord::range);
  return !between.empty() && word && word->size == between.size();
}

// "from 2029 to 2027" may be a change; of such words a range needs its end marked as well, or whole days.
bool may_be_change(const CheckRule& rule, TextSpan span, const CheckContext& context) {
  const std::string_view folded = context.input.text.folded;
  const auto close = context.input.rules.calendar.at(folded, span.end, DateWord::range_close);
  const std::string_view text = context.at(span);
  return !close && std::any_of(rule.words.begin(), rule.words.end(), [&](const std::string& word) {
    return text.find(word) != std::string_view::npos;
  });
}

}  // namespace

void check_date_order(const CheckRule& rule, CheckContext& context) {
  for (const Record& record : context.input.records) {
    for (const std::string& id : rule.fields) {
      const Claim* founded = claim_of(record, id);
      const auto* date = founded == nullptr ? nullptr : std::get_if<Date>(&founded->value);
      const auto beginning = date == nullptr ? std::nullopt : days_of(to_edtf(*date));
      if (!beginning || !founded->alternatives.empty()) continue;
      for (const Field& field : record.fields) {
        if (field.many || field.claims.empty() || field.claims.front().as_of.empty()) continue;
        const Claim& figure = field.claims.front();
        const auto counted = days_of(figure.as_of);
        if (!counted || counted->last >= beginning->first) continue;
        context.report(rule, founded->evidence.span,
                       id + " " + to_edtf(*date) + " is after the day of the " + field.id + ", " +
                           figure.as_of + " at " + context.place(figure.as_of_evidence->span),
                       {{figure.as_of_evidence->span, field.id + " as of " + figure.as_of}});
      }
    }
  }
}

void check_range_order(const CheckRule& rule, CheckContext& context) {
  const auto readings = context.input.readings;
  const auto report = [&](TextSpan span, const DatePoint& first, const DatePoint& last) {
    const auto begins = days_of(to_edtf(first));
    const auto ends = days_of(to_edtf(last));
    if (!begins || !ends || begins->first <= ends->last || first.precision != last.precision) return;
    if (first.precision != DatePrecision::day && may_be_change(rule, span, context)) return;
    context.report(rule, context.source(span),
                   "the range begins on " + to_edtf(first) + " and ends on " + to_edtf(last));
  };
  for (std::size_t i = 0; i < readings.size(); ++i) {
    const auto* date = std::get_if<Date>(&readings[i].value);
    if (date == nullptr) continue;
    if (date->form == DateForm::interval && !date->relative)
      report(readings[i].span, date->first, date->last);
    if (i + 1 == readings.size() || readings[i].line != readings[i + 1].line) continue;
    const Date* first = plain_date(readings[i]);
    const Date* last = plain_date(readings[i + 1]);
    const TextSpan between{readings[i].span.end, readings[i + 1].span.start};
    if (first == nullptr || last == nullptr || between.start > between.end) continue;
    if (first->fiscal_year.has_value() != last->fiscal_year.has_value()) continue;
    if (!is_range_word(context.at(between), context)) continue;
    report(cover(readings[i].span, readings[i + 1].span), first->first, last->first);
  }
}

}  // namespace yoran
