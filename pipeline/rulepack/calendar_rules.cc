#include "rulepack/calendar_rules.h"

#include <algorithm>
#include <charconv>

namespace yoran {
namespace {

constexpr std::pair<std::string_view, DateWord> kValued[] = {
    {"month", DateWord::month},
    {"month_word", DateWord::month_word},
    {"weekday", DateWord::weekday},
    {"weekday_sign", DateWord::weekday_sign},
    {"ordinal_day", DateWord::ordinal_day},
    {"season", DateWord::season},
    {"quarter", DateWord::quarter},
    {"decade", DateWord::decade},
    {"relative_day", DateWord::relative_day},
    {"relative_month", DateWord::relative_month},
    {"relative_year", DateWord::relative_year},
    {"relative_fiscal", DateWord::relative_fiscal},
    {"relative_quarter", DateWord::relative_quarter},
    {"relative_week", DateWord::relative_week},
    {"relative_after", DateWord::relative_after},
    {"relative_from", DateWord::relative_from},
    {"relative_span", DateWord::relative_span},
    {"relative_modifier", DateWord::relative_modifier},
    {"span_unit", DateWord::span_unit},
};

constexpr std::pair<std::string_view, DateWord> kPlain[] = {
    {"year_unit", DateWord::year_unit},
    {"month_unit", DateWord::month_unit},
    {"day_unit", DateWord::day_unit},
    {"fiscal_after", DateWord::fiscal_after},
    {"decade_after", DateWord::decade_after},
    {"century_after", DateWord::century_after},
    {"plural", DateWord::plural},
    {"spelled_start", DateWord::spelled_start},
    {"fiscal_before", DateWord::fiscal_before},
    {"year_before", DateWord::year_before},
    {"year_in", DateWord::year_in},
    {"year_article", DateWord::year_article},
    {"month_before", DateWord::month_before},
    {"on", DateWord::on},
    {"pronoun", DateWord::pronoun},
    {"year_noun", DateWord::year_noun},
    {"sentence_words", DateWord::sentence_words},
    {"bracket_extra", DateWord::bracket_extra},
    {"ordinal_suffix", DateWord::ordinal_suffix},
    {"of", DateWord::of},
    {"of_particle", DateWord::of_particle},
    {"the", DateWord::the},
    {"day_word", DateWord::day_word},
    {"christian", DateWord::christian},
    {"before_christ", DateWord::before_christ},
    {"early_part", DateWord::early_part},
    {"middle_part", DateWord::middle_part},
    {"late_part", DateWord::late_part},
    {"last_day", DateWord::last_day},
    {"first_day", DateWord::first_day},
    {"part_before", DateWord::part_before},
    {"about_before", DateWord::about_before},
    {"about_after", DateWord::about_after},
    {"uncertain_after", DateWord::uncertain_after},
    {"range", DateWord::range},
    {"range_and", DateWord::range_and},
    {"range_between", DateWord::range_between},
    {"range_open", DateWord::range_open},
    {"range_close", DateWord::range_close},
    {"range_mark", DateWord::range_mark},
    {"range_mark_before", DateWord::range_mark_before},
    {"minimum_before", DateWord::minimum_before},
    {"minimum_after", DateWord::minimum_after},
    {"maximum_before", DateWord::maximum_before},
    {"maximum_after", DateWord::maximum_after},
    {"present", DateWord::present},
    {"list", DateWord::list},
    {"next_year", DateWord::next_year},
    {"same_year", DateWord::same_year},
    {"reference_year", DateWord::reference_year},
    {"reference_next_year", DateWord::reference_next_year},
    {"narrative", DateWord::narrative},
    {"from_now", DateWord::from_now},
    {"from_day", DateWord::from_day},
    {"relative_in", DateWord::relative_in},
    {"not_after_relative", DateWord::not_after_relative},
    {"week_word", DateWord::week_word},
    {"stated_before", DateWord::stated_before},
    {"stated_after", DateWord::stated_after},
    {"day_first_region", DateWord::day_first_region},
    {"month_first_region", DateWord::month_first_region},
    {"not_before", DateWord::not_before},
    {"not_after_year", DateWord::not_after_year},
    {"not_after_month", DateWord::not_after_month},
    {"not_after_date", DateWord::not_after_date},
    {"not_date", DateWord::not_date},
};

std::optional<std::int64_t> integer_of(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<DatePoint> point_of(const std::optional<LocalDay>& day) {
  if (!day) return std::nullopt;
  DatePoint point;
  point.year = day->year;
  point.month = static_cast<std::uint8_t>(day->month);
  point.day = static_cast<std::uint8_t>(day->day);
  point.precision = DatePrecision::day;
  return point;
}

// The next field of a line of tab-separated values.
std::string_view take_field(std::string_view& line) {
  const std::size_t tab = line.find('\t');
  const std::string_view field = line.substr(0, tab);
  line = tab == std::string_view::npos ? std::string_view() : line.substr(tab + 1);
  return field;
}

}  // namespace

EntityVocabulary date_vocabulary() {
  return {MentionKind::date,
          {"era", "year", "month", "day", "leap", "era2", "year2", "word"},
          {"numeric", "month_name", "plain_year", "century", "quarter", "season", "fiscal", "before_christ",
           "relative", "reference", "spelled", "letter"}};
}

void CalendarRules::read_eras(TableReader& root, const FoldTable& folds, WordLists& lists) {
  for (TableReader& table : root.tables("era")) {
    Era era;
    era.id = table.required_string("id");
    era.year1 = static_cast<std::int32_t>(table.integer("year1").value_or(0));
    era.first = point_of(table.day("first"));
    era.last = point_of(table.day("last"));
    if (const auto last = table.integer("last_year")) era.last_year = static_cast<std::int32_t>(*last);
    era.certain = table.boolean("certain");
    era.running = era.first && !era.last && !era.last_year;
    const auto entry = static_cast<std::uint32_t>(eras.size());
    for (const TableReader::Item& item : table.items("words")) {
      const std::string word = folds.fold(item.text);
      words.add({word, static_cast<std::uint16_t>(DateWord::era), entry, false});
      lists["era"].push_back(word);
    }
    for (const TableReader::Item& item : table.items("letters")) {
      words.add({item.text, static_cast<std::uint16_t>(DateWord::era_letter), entry, true});
      lists["era_letter"].push_back(item.text);
      era.lettered = true;
    }
    table.finish();
    eras.push_back(std::move(era));
  }
}

void CalendarRules::read_words(TableReader& root, const FoldTable& folds, WordLists& lists) {
  for (const auto& [key, meaning] : kValued) {
    for (const auto& [name, items] : root.lists(key)) {
      const auto value = integer_of(name.text);
      if (!value) root.error(name.at, "rule.bad-value", "'" + name.text + "' is not an integer");
      for (const TableReader::Item& item : items) {
        const std::string word = folds.fold(item.text);
        words.add({word, static_cast<std::uint16_t>(meaning), static_cast<std::uint32_t>(value.value_or(0)),
                   false});
        lists[std::string(key)].push_back(word);
      }
    }
  }
  for (const auto& [key, meaning] : kPlain) {
    for (const TableReader::Item& item : root.items(key)) {
      const std::string word = folds.fold(item.text);
      words.add({word, static_cast<std::uint16_t>(meaning), 0, false});
      lists[std::string(key)].push_back(word);
    }
  }
  for (const auto& [name, items] : root.lists("projected")) {
    if (items.size() != 1) continue;
    if (const auto year = integer_of(items.front().text)) {
      projected_.emplace_back(name.text, static_cast<std::int32_t>(*year));
    } else {
      root.error(items.front().at, "rule.bad-value", "'" + items.front().text + "' is not a year");
    }
  }
}

void CalendarRules::read(TableReader& root, const FoldTable& folds, WordLists& lists) {
  read_eras(root, folds, lists);
  read_words(root, folds, lists);
  build();
}

void CalendarRules::build() {
  words.build();
  ends_.build(words);
  for (const auto& [id, year] : projected_) {
    for (Era& era : eras) {
      if (era.id == id) era.projected_to = year;
    }
  }
}

const LunisolarYear* CalendarRules::lunisolar_year(std::int32_t year) const {
  const auto found = std::lower_bound(lunisolar.begin(), lunisolar.end(), year,
                                      [](const LunisolarYear& row, std::int32_t y) { return row.year < y; });
  return found != lunisolar.end() && found->year == year ? &*found : nullptr;
}

void CalendarRules::read_tsv(std::string_view path, std::string_view text, RuleErrors& errors) {
  std::uint32_t number = 0;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    ++number;
    if (line.empty() || line.front() == '#') continue;
    LunisolarYear row;
    const auto year = integer_of(take_field(line));
    const auto first = parse_iso_day(take_field(line));
    const auto leap = integer_of(take_field(line));
    const std::string_view lengths = take_field(line);
    const bool coded = lengths.find_first_not_of("902") == std::string_view::npos;
    if (!year || !first || !leap || *leap < 0 || *leap > 12 || lengths.size() < 12 || lengths.size() > 13 ||
        !coded) {
      errors.push_back(
          {std::string(path), {number, 1}, "rule.bad-row", "not a row of the lunisolar table", ""});
      continue;
    }
    row.year = static_cast<std::int32_t>(*year);
    row.first_day = days_from_civil(first->year, first->month, first->day);
    row.leap = static_cast<std::uint8_t>(*leap);
    row.months = static_cast<std::uint8_t>(lengths.size());
    for (std::size_t i = 0; i < lengths.size(); ++i) {
      row.lengths[i] = lengths[i] == '9' ? 29 : lengths[i] == '0' ? 30 : 2;
    }
    lunisolar.push_back(row);
  }
  std::sort(lunisolar.begin(), lunisolar.end(), [](const auto& a, const auto& b) { return a.year < b.year; });
}

}  // namespace yoran
