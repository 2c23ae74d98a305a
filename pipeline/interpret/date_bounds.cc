#include "interpret/date_bounds.h"

#include <variant>

namespace yoran {
namespace {

// A mark that opens or closes a range has nothing on its other side: "2016-" is since, "~2016" until.
bool is_open_behind(const DateText& text, std::uint32_t end) {
  const std::uint32_t behind = text.skip_blanks(end);
  return text.line_ends(behind) || text.at(behind) == ')';
}

bool is_open_before(const DateText& text, std::uint32_t start) {
  return text.line_starts(start) || text.before(text.back_over_blanks(start)) == '(';
}

// The longer word decides: "no later than" ends in a word of its own.
Bound bound_of(std::uint32_t minimum, std::uint32_t maximum) {
  if (minimum == maximum) return Bound::none;
  return minimum > maximum ? Bound::minimum : Bound::maximum;
}

Bound bound_behind(const DateText& text, std::uint32_t end) {
  const std::uint32_t behind = text.skip_blanks(end);
  const Bound bound =
      bound_of(text.word_at(behind, DateWord::minimum_after), text.word_at(behind, DateWord::maximum_after));
  if (bound != Bound::none) return bound;
  const std::uint32_t mark = text.word_at(behind, DateWord::range_mark);
  return mark > 0 && is_open_behind(text, behind + mark) ? Bound::minimum : Bound::none;
}

Bound bound_before(const DateText& text, std::uint32_t start) {
  const std::uint32_t left = text.back_over_blanks(start);
  const Bound bound = bound_of(text.word_before(left, DateWord::minimum_before),
                               text.word_before(left, DateWord::maximum_before));
  if (bound != Bound::none) return bound;
  // No dash: that is the mark of an item of a list.
  const std::uint32_t mark = text.word_before(left, DateWord::range_mark_before);
  return mark > 0 && is_open_before(text, left - mark) ? Bound::maximum : Bound::none;
}

void settle_bound(Reading& reading, const DateText& text) {
  auto* date = std::get_if<Date>(&reading.value);
  if (date == nullptr || date->form != DateForm::point) return;
  if (const std::uint32_t end = present_end(text, reading.span.end); end > 0 && date->first.has_year) {
    date->form = DateForm::open;
    reading.span.end = end;
    return;
  }
  date->bound = bound_behind(text, reading.span.end);
  if (date->bound == Bound::none) date->bound = bound_before(text, reading.span.start);
}

}  // namespace

std::uint32_t present_end(const DateText& text, std::uint32_t at) {
  at = text.skip_blanks(at);
  const std::uint32_t range = text.word_at(at, DateWord::range);
  if (range == 0) return 0;
  at = text.skip_blanks(at + range);
  const std::uint32_t present = text.word_at(at, DateWord::present);
  // "the present mayor" is a thing of today, not its day.
  const bool goes_on = text.word_at(text.skip_blanks(at + present), DateWord::of_particle) > 0;
  return present == 0 || goes_on ? 0 : at + present;
}

void settle_bounds(std::vector<Reading>& dates, const DateText& text) {
  for (Reading& reading : dates) settle_bound(reading, text);
}

}  // namespace yoran
