// What surely mends two years that differ: the weekday beside the date is right in one of them and wrong in
// the other.
#include <unicode/unistr.h>

#include <algorithm>
#include <charconv>

#include "check/context.h"

namespace yoran {
namespace {

constexpr UChar32 kWideZero = 0xFF10;

struct DigitRun {
  TextSpan span;
  std::int32_t value = 0;
};

std::vector<DigitRun> digit_runs(std::string_view folded, TextSpan span) {
  std::vector<DigitRun> runs;
  for (std::uint32_t i = span.start; i < span.end;) {
    const std::uint32_t start = i;
    while (i < span.end && is_ascii_digit(folded[i])) ++i;
    DigitRun run{{start, i}, 0};
    if (i > start) {
      std::from_chars(folded.data() + start, folded.data() + i, run.value);
      runs.push_back(run);
    }
    if (i == start) ++i;
  }
  return runs;
}

// The weekday behind a date that ends at `end` of the source, in brackets or not; -1: there is none.
int weekday_behind(const Reading& reading, std::uint32_t end, const CheckContext& context) {
  const std::string_view folded = context.input.text.folded;
  const CalendarRules& calendar = context.input.rules.calendar;
  std::uint32_t at = reading.span.start;
  while (at < folded.size() && context.source({at, at}).start < end) ++at;
  while (at < folded.size() && (folded[at] == ' ' || folded[at] == '(')) ++at;
  for (const DateWord kind : {DateWord::weekday, DateWord::weekday_sign}) {
    if (const auto day = calendar.at(folded, at, kind)) return CalendarRules::value_of(*day->word);
  }
  return -1;
}

bool is_weekday(std::int32_t year, const DatePoint& point, int weekday) {
  if (weekday < 0 || point.day > days_in_month(year, point.month)) return false;
  const std::int64_t days = days_from_civil(year, point.month, point.day);  // 1970-01-01 was a Thursday
  return ((days + 4) % 7 + 7) % 7 == weekday;
}

// The day is in the era, whose first year has a name of its own.
bool is_in(const Era& era, std::int32_t year, const DatePoint& point) {
  const auto days = [](const DatePoint& day) { return days_from_civil(day.year, day.month, day.day); };
  const std::int64_t day = days_from_civil(year, point.month, point.day);
  if (!era.certain || !era.first || day < days(*era.first)) return false;
  return era.running || (era.last && day <= days(*era.last));
}

// The year as the document writes numbers there: a full-width digit stays one.
std::string written_like(std::string_view old, std::int32_t year) {
  std::string digits = std::to_string(year);
  if (is_ascii_digit(old.front())) return digits;
  std::string wide;
  for (const char digit : digits) icu::UnicodeString(kWideZero + (digit - '0')).toUTF8String(wide);
  return wide;
}

// Puts a year in the place of a run of digits that stands in the source as it is in the text.
std::vector<Edit> replace(const DigitRun& run, std::int32_t year, const CheckContext& context) {
  const SourceSpan at = context.source(run.span);
  const std::string shown = context.shown(run.span);
  if (slice(context.input.document.source, at) != std::string_view(shown)) return {};
  return {{at, written_like(shown, year)}};
}

const Reading* date_at(SourceSpan at, const CheckContext& context) {
  const auto readings = context.input.readings;
  const auto found = std::find_if(readings.begin(), readings.end(), [&](const Reading& reading) {
    return std::holds_alternative<Date>(reading.value) && context.source(reading.span).start == at.start;
  });
  return found == readings.end() ? nullptr : &*found;
}

}  // namespace

std::vector<Edit> calendar_edits(const Diagnostic& differ, const CheckContext& context) {
  const Reading* reading = differ.at ? date_at(*differ.at, context) : nullptr;
  if (reading == nullptr) return {};
  const Date& date = std::get<Date>(reading->value);
  const CalendarRules& calendar = context.input.rules.calendar;
  if (date.era >= calendar.eras.size() || date.first.precision != DatePrecision::day) return {};
  const std::vector<DigitRun> runs = digit_runs(context.input.text.folded, reading->span);
  const auto western =
      std::find_if(runs.begin(), runs.end(), [](const DigitRun& run) { return run.span.size() == 4; });
  const auto of_era =
      std::find_if(runs.begin(), runs.end(), [&](const DigitRun& run) { return run.value == date.era_year; });
  if (western == runs.end() || of_era == runs.end() || runs.size() != 4) return {};
  const std::int32_t year1 = calendar.eras[date.era].year1;
  const int weekday = weekday_behind(*reading, differ.at->end, context);
  const bool era_fits = is_weekday(year1 + date.era_year - 1, date.first, weekday);
  const bool western_fits = is_weekday(western->value, date.first, weekday);
  if (era_fits == western_fits) return {};
  if (era_fits) return replace(*western, year1 + date.era_year - 1, context);
  const std::int32_t era_year = western->value - year1 + 1;
  if (era_year < 2 || !is_in(calendar.eras[date.era], western->value, date.first)) return {};
  return replace(*of_era, era_year, context);
}

}  // namespace yoran
