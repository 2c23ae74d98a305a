// Calendars: eras, lunisolar months, and the words dates are made of. Read from lexicons of the types "eras"
// and "calendar" and from the table of lunisolar months.
#ifndef YORAN_RULEPACK_CALENDAR_RULES_H_
#define YORAN_RULEPACK_CALENDAR_RULES_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rulepack/entity.h"
#include "rulepack/fold_table.h"
#include "rulepack/rule_error.h"
#include "rulepack/table_reader.h"
#include "rulepack/word_ends.h"
#include "rulepack/word_index.h"
#include "types/date.h"

namespace yoran {

struct Era {
  std::string id;
  std::int32_t year1 = 0;                 // the Western year that is year 1
  std::optional<DatePoint> first;         // none: unknown to the day
  std::optional<DatePoint> last;          // none: unknown, or the era is running
  std::optional<std::int32_t> last_year;  // of eras without days
  std::int32_t projected_to = 0;          // Western year up to which plans counted on; 0: none
  bool certain = false;                   // the bounds are certain to the day
  bool running = false;
  bool lettered = false;  // has a letter: forms and tables write it with marks, as in H26.4.1
};

// One lunisolar year.
struct LunisolarYear {
  std::int32_t year = 0;       // the Western year that it mostly falls in
  std::int64_t first_day = 0;  // of month 1, days since 1970-01-01
  std::uint8_t leap = 0;       // number of the leap month, which follows the month of that number; 0: none
  std::uint8_t months = 0;
  std::array<std::uint8_t, 13> lengths{};  // in days
};

// What a word of `words` is to a date. Words with a value have it as their entry, as a signed number.
enum class DateWord : std::uint16_t {
  era,         // entry: into `eras`
  era_letter,  // entry: into `eras`
  month,       // 1 to 12
  month_word,  // a month's name that is a common word as well
  weekday,     // 0 Sunday
  weekday_sign,
  ordinal_day,
  season,  // EDTF codes
  quarter,
  decade,
  relative_day,
  relative_month,
  relative_year,
  relative_fiscal,
  relative_quarter,
  relative_week,
  relative_after,  // -1 before the reference date, 1 after it
  relative_from,
  relative_span,
  relative_modifier,  // see the lexicon
  span_unit,          // days in it: 0, 1, 7, 14, 30, 91, 365, 3650
  // Without a value:
  year_unit,
  month_unit,
  day_unit,
  fiscal_after,
  decade_after,
  century_after,
  plural,
  spelled_start,
  fiscal_before,
  year_before,
  year_in,
  year_article,
  month_before,
  on,
  year_noun,
  pronoun,
  sentence_words,
  bracket_extra,
  ordinal_suffix,
  of,
  of_particle,
  the,
  day_word,
  christian,
  before_christ,
  early_part,
  middle_part,
  late_part,
  last_day,
  first_day,
  part_before,
  about_before,
  about_after,
  uncertain_after,
  range,
  range_and,
  range_between,
  range_open,
  range_close,
  range_mark,
  range_mark_before,
  minimum_before,
  minimum_after,
  maximum_before,
  maximum_after,
  present,
  list,
  next_year,
  same_year,
  reference_year,
  reference_next_year,
  narrative,
  from_now,
  from_day,
  relative_in,
  not_after_relative,
  week_word,
  stated_before,
  stated_after,
  day_first_region,
  month_first_region,
  not_before,
  not_after_year,
  not_after_month,
  not_after_date,
  not_date,
};

// Captures of date patterns, in the order of Mention::captures.
enum DateCapture : std::uint8_t {
  kDateEra,
  kDateYear,   // first number of a numeric date
  kDateMonth,  // second
  kDateDay,    // third
  kDateLeap,   // the mark of a leap month
  kDateEra2,   // the other calendar, in brackets
  kDateYear2,
  kDateWord,  // the word a pattern begins with
};

// Flags of date patterns: what the interpreter has to do with the match.
enum DateFlag : std::uint32_t {
  kDateNumeric = 1U << 0U,    // three or two numbers with marks between
  kDateMonthName = 1U << 1U,  // a month's name: day and year stand on either side
  kDatePlainYear = 1U << 2U,  // digits alone: the words around decide
  kDateCentury = 1U << 3U,
  kDateQuarter = 1U << 4U,
  kDateSeason = 1U << 5U,
  kDateFiscal = 1U << 6U,
  kDateBeforeChrist = 1U << 7U,
  kDateRelative = 1U << 8U,
  kDateReference = 1U << 9U,  // "the same year": of the date before
  kDateSpelled = 1U << 10U,   // a year or decade in words
  kDateLetter = 1U << 11U,    // an era by its letter
};

struct CalendarRules {
  std::vector<Era> eras;
  std::vector<LunisolarYear> lunisolar;  // by year
  WordIndex words;

  void read(TableReader& root, const FoldTable& folds, WordLists& lists);
  void read_tsv(std::string_view path, std::string_view text, RuleErrors& errors);

  [[nodiscard]] std::optional<WordMatch> at(std::string_view text, std::size_t position,
                                            DateWord meaning) const {
    return words.longest(text, position, static_cast<std::uint16_t>(meaning));
  }
  // The longest word of this meaning that ends at `position`, whole.
  [[nodiscard]] std::optional<WordMatch> before(std::string_view text, std::size_t position,
                                                DateWord meaning) const {
    return ends_.longest(words, text, position, static_cast<std::uint16_t>(meaning));
  }
  [[nodiscard]] static std::int32_t value_of(const Word& word) {
    return static_cast<std::int32_t>(word.entry);
  }
  [[nodiscard]] const LunisolarYear* lunisolar_year(std::int32_t year) const;

 private:
  void read_eras(TableReader& root, const FoldTable& folds, WordLists& lists);
  void read_words(TableReader& root, const FoldTable& folds, WordLists& lists);
  void build();
  WordEnds ends_;
  std::vector<std::pair<std::string, std::int32_t>> projected_;  // eras may be read after the calendar
};

[[nodiscard]] EntityVocabulary date_vocabulary();

}  // namespace yoran

#endif  // YORAN_RULEPACK_CALENDAR_RULES_H_
