#include "rulepack/number_rules.h"

#include <algorithm>
#include <charconv>

#include "rulepack/guards.h"
#include "types/document.h"

namespace yoran {
namespace {

constexpr std::uint32_t kLongestRun = 256;  // bytes of numerals and joiners looked at as one number

constexpr std::pair<std::string_view, CounterClass> kClasses[] = {
    {"other", CounterClass::other},
    {"person", CounterClass::person},
    {"household", CounterClass::household},
    {"percent", CounterClass::percent},
    {"ordinal", CounterClass::ordinal},
    {"currency", CounterClass::currency},
    {"age", CounterClass::age},
    {"duration", CounterClass::duration},
    {"clock", CounterClass::clock},
    {"temperature", CounterClass::temperature},
    {"angle", CounterClass::angle},
    {"data", CounterClass::data},
    {"density", CounterClass::density},
    {"rate", CounterClass::rate},
    {"none", CounterClass::none},
};

// Tables of words with a value, by key of the lexicon.
constexpr std::pair<std::string_view, NumberWord> kValued[] = {
    {"digit", NumberWord::digit},
    {"tens_digit", NumberWord::tens_digit},
    {"small", NumberWord::small},
    {"large", NumberWord::large},
    {"ones", NumberWord::ones},
    {"tens", NumberWord::tens},
    {"hundred", NumberWord::hundred},
    {"magnitude", NumberWord::magnitude},
    {"dozen", NumberWord::dozen},
    {"fraction", NumberWord::fraction},
    {"kana_digit", NumberWord::kana_digit},
    {"kana_small", NumberWord::kana_small},
    {"kana_large", NumberWord::kana_large},
};

// Lists of words without one.
constexpr std::pair<std::string_view, NumberWord> kPlain[] = {
    {"half", NumberWord::half},
    {"point", NumberWord::point},
    {"join", NumberWord::join},
    {"article", NumberWord::article},
    {"minus", NumberWord::minus},
    {"plus", NumberWord::plus},
    {"parts_of", NumberWord::parts_of},
    {"mixed", NumberWord::mixed},
    {"ordinal_prefix", NumberWord::ordinal_prefix},
    {"ordinal_suffix", NumberWord::ordinal_suffix},
    {"list_mark", NumberWord::list_mark},
    {"middle_dot", NumberWord::middle_dot},
    {"idiom", NumberWord::idiom},
    {"name_suffix", NumberWord::name_suffix},
    {"not_after", NumberWord::not_after},
    {"about_before", NumberWord::about_before},
    {"about_after", NumberWord::about_after},
    {"minimum_before", NumberWord::minimum_before},
    {"minimum_after", NumberWord::minimum_after},
    {"maximum_before", NumberWord::maximum_before},
    {"maximum_after", NumberWord::maximum_after},
    {"per", NumberWord::per},
    {"per_after", NumberWord::per_after},
    {"id_before", NumberWord::id_before},
};

std::optional<std::int64_t> integer_of(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool is_numeral(NumberWord meaning) { return meaning <= NumberWord::vulgar; }

bool is_ideographic(NumberWord meaning) { return meaning <= NumberWord::large; }

// What may stand between two numerals of a run.
bool is_joiner(NumberWord meaning) {
  switch (meaning) {
    case NumberWord::point:
    case NumberWord::join:
    case NumberWord::article:
    case NumberWord::parts_of:
    case NumberWord::mixed:
    case NumberWord::list_mark:
    case NumberWord::middle_dot:
    case NumberWord::minus:
      return true;
    default:
      return false;
  }
}
bool is_joining_mark(char c) { return c == '.' || c == ',' || c == '\'' || c == '/' || c == '-'; }

std::uint32_t skip_blanks(std::string_view text, std::uint32_t position) {
  while (position < text.size() && text[position] == ' ') ++position;
  return position;
}

}  // namespace

EntityVocabulary number_vocabulary() { return {MentionKind::number, {"number"}, {}}; }

void NumberRules::add(std::string_view word, NumberWord meaning, std::uint32_t entry, bool exact) {
  if (!word.empty()) words.add({word, static_cast<std::uint16_t>(meaning), entry, exact});
}

void NumberRules::add_values(TableReader& root, const FoldTable& folds, std::string_view key,
                             NumberWord meaning, bool exact) {
  for (const auto& [name, items] : root.lists(key)) {
    const auto value = integer_of(name.text);
    if (!value) {
      root.error(name.at, "rule.bad-value", "'" + name.text + "' is not an integer");
      continue;
    }
    values.push_back(*value);
    const auto entry = static_cast<std::uint32_t>(values.size() - 1);
    for (const TableReader::Item& item : items) add(folds.fold(item.text), meaning, entry, exact);
  }
}

void NumberRules::read_numerals(TableReader& root, const FoldTable& folds) {
  for (const auto& [key, meaning] : kValued) add_values(root, folds, key, meaning);
  add_values(root, folds, "glued_magnitude", NumberWord::glued_magnitude, true);
  for (const auto& [key, meaning] : kPlain) {
    for (const TableReader::Item& item : root.items(key)) add(folds.fold(item.text), meaning, 0);
  }
  for (const auto& [name, items] : root.lists("vulgar")) {
    const std::size_t slash = name.text.find('/');
    const auto numerator = integer_of(std::string_view(name.text).substr(0, slash));
    const auto denominator =
        slash == std::string::npos ? std::nullopt : integer_of(std::string_view(name.text).substr(slash + 1));
    if (!numerator || !denominator || *denominator == 0) {
      root.error(name.at, "rule.bad-value", "'" + name.text + "' is not a fraction such as 1/2");
      continue;
    }
    fractions.push_back({*numerator, *denominator});
    for (const TableReader::Item& item : items) {
      add(folds.fold(item.text), NumberWord::vulgar, static_cast<std::uint32_t>(fractions.size() - 1));
    }
  }
}

void NumberRules::read_counters(TableReader& root, const FoldTable& folds) {
  for (TableReader& table : root.tables("counter")) {
    Counter counter;
    counter.id = table.required_string("id");
    counter.unit = table.string("unit");
    const std::string kind = table.required_string("class");
    const auto* known = std::find_if(std::begin(kClasses), std::end(kClasses),
                                     [&](const auto& c) { return c.first == kind; });
    if (known == std::end(kClasses)) {
      std::vector<std::string> names;
      for (const auto& [name, value] : kClasses) names.emplace_back(name);
      table.error_at("class", "rule.bad-value", "unknown class '" + kind + "'", suggestion(kind, names));
    } else {
      counter.kind = known->second;
    }
    const auto entry = static_cast<std::uint32_t>(counters.size());
    for (const TableReader::Item& item : table.items("words"))
      add(folds.fold(item.text), NumberWord::counter, entry);
    for (const TableReader::Item& item : table.items("exact"))
      add(folds.fold(item.text), NumberWord::counter, entry, true);
    for (const TableReader::Item& item : table.items("before")) {
      add(folds.fold(item.text), NumberWord::counter_before, entry);
    }
    table.finish();
    counters.push_back(std::move(counter));
  }
}

void NumberRules::read(TableReader& root, const FoldTable& folds, WordLists& lists) {
  read_numerals(root, folds);
  read_counters(root, folds);
  for (const Word& word : words.words()) {
    const auto meaning = static_cast<NumberWord>(word.category);
    if (is_ideographic(meaning) && meaning != NumberWord::large) {
      auto& list = lists["ideograph"];
      if (std::find(list.begin(), list.end(), word.text) == list.end()) list.emplace_back(word.text);
    }
  }
  build();
}

void NumberRules::build() {
  words.build();
  ideographs_ = {};
  numerals_ = joiners_ = {};
  ends_.build(words);
  const std::vector<Word>& all = words.words();
  for (std::uint32_t i = 0; i < all.size(); ++i) {
    const auto meaning = static_cast<NumberWord>(all[i].category);
    if (is_numeral(meaning)) numerals_.add(all[i].text);
    if (is_joiner(meaning)) joiners_.add(all[i].text);
    if (is_ideographic(meaning) && meaning != NumberWord::large && all[i].text.size() == 3) {
      const char32_t code = code_point_at(all[i].text, 0);
      ideographs_[code >> 6U] |= std::uint64_t{1} << (code & 63U);
    }
  }
}

// One syllable alone is a particle nearly always: it begins a number only with a magnitude behind it.
void NumberRules::add_kana_starts(const Word& word, std::vector<std::string>& starts) const {
  constexpr std::size_t kSyllable = 3;
  if (word.text.size() > kSyllable) {
    starts.emplace_back(word.text);
    return;
  }
  for (const Word& behind : words.words()) {
    const auto meaning = static_cast<NumberWord>(behind.category);
    if (meaning == NumberWord::kana_small || meaning == NumberWord::kana_large)
      starts.push_back(std::string(word.text).append(behind.text));
  }
}

std::vector<std::string> NumberRules::start_words() const {
  std::vector<std::string> result;
  for (const Word& word : words.words()) {
    const auto meaning = static_cast<NumberWord>(word.category);
    if (is_ideographic(meaning) && meaning != NumberWord::large) result.emplace_back(word.text);
    switch (meaning) {
      case NumberWord::ones:
      case NumberWord::tens:
      case NumberWord::half:
      case NumberWord::vulgar:
      case NumberWord::minus:
      case NumberWord::plus:
        // Signs of one byte are seen by the recogniser before digits.
        if (word.text.size() > 1) result.emplace_back(word.text);
        break;
      case NumberWord::kana_digit:
      case NumberWord::kana_small:
        add_kana_starts(word, result);
        break;
      case NumberWord::hundred:
      case NumberWord::magnitude:
      case NumberWord::dozen:
        for (const Word& article : words.words()) {
          if (static_cast<NumberWord>(article.category) == NumberWord::article)
            result.push_back(std::string(article.text).append(" ").append(word.text));
        }
        break;
      default:
        break;
    }
  }
  return result;
}

std::uint32_t NumberRules::size_before(std::string_view text, std::size_t position,
                                       NumberWord meaning) const {
  const auto match = before(text, position, meaning);
  return match ? match->size : 0;
}

std::uint32_t NumberRules::counter_of_unit(std::string_view unit) const {
  const auto found =
      std::find_if(counters.begin(), counters.end(), [&](const Counter& c) { return c.unit == unit; });
  return found == counters.end() ? kNone : static_cast<std::uint32_t>(found - counters.begin());
}

// The end of the numeral that begins at `position`; `position` itself if none does.
std::uint32_t NumberRules::token_end(std::string_view text, std::uint32_t position) const {
  std::uint32_t end = position;
  while (end < text.size() && is_ascii_digit(text[end])) ++end;
  if (end > position) return end;
  if (!numerals_.has(text, position)) return position;
  words.match(text, position, [&](const WordMatch& found) {
    if (is_numeral(static_cast<NumberWord>(found.word->category))) end = position + found.size;
  });
  return end;
}

// The end of what may stand between two numerals of a run; `position` itself if nothing does.
std::uint32_t NumberRules::joiner_end(std::string_view text, std::uint32_t position) const {
  std::uint32_t at = skip_blanks(text, position);
  if (at - position > 2) return position;
  if (at < text.size() && is_joining_mark(text[at])) return skip_blanks(text, at + 1);
  if (!joiners_.has(text, at)) return at;
  std::uint32_t end = at;
  words.match(text, at, [&](const WordMatch& found) {
    if (is_joiner(static_cast<NumberWord>(found.word->category))) end = at + found.size;
  });
  return skip_blanks(text, end);
}

std::optional<TextSpan> NumberRules::run_at(std::string_view text, std::uint32_t position) const {
  std::uint32_t start = position;
  std::uint32_t at = position;
  if (const std::uint32_t sign =
          std::max(at < text.size() && (text[at] == '-' || text[at] == '+') ? 1U : 0U,
                   at < text.size() && !is_ascii_digit(text[at]) && words.may_start(text, at)
                       ? std::max(this->at(text, at, NumberWord::minus).value_or(WordMatch{}).size,
                                  this->at(text, at, NumberWord::plus).value_or(WordMatch{}).size)
                       : 0U);
      sign > 0) {
    at = skip_blanks(text, at + sign);
    if (at < text.size() && text[at] == '.') ++at;
  } else if (is_ascii_digit(text[at]) && at > 0 && text[at - 1] == '.' &&
             (at < 2 || !is_ascii_alnum(text[at - 2]))) {
    start = at - 1;
  }
  // A sign directly before, when nothing is before it that it could join.
  const auto is_sign = [&](std::uint32_t i) { return text[i] == '-' || text[i] == '+'; };
  if (start > 0 && is_sign(start - 1) &&
      (start < 2 || (!is_ascii_alnum(text[start - 2]) && !is_sign(start - 2) && text[start - 2] != ')'))) {
    --start;
  }
  if (const auto article = this->at(text, at, NumberWord::article))
    at = skip_blanks(text, at + article->size);
  std::uint32_t end = token_end(text, at);
  if (end == at) return std::nullopt;
  while (end - start < kLongestRun) {
    std::uint32_t next = token_end(text, end);
    if (next == end) {
      // Joiners may follow one another: "half a million", "and a quarter".
      std::uint32_t between = joiner_end(text, end);
      const std::uint32_t more = between > end ? joiner_end(text, between) : between;
      next = between > end ? token_end(text, between) : end;
      if (next == between && more > between)
        next = std::max(next, token_end(text, more) > more ? token_end(text, more) : 0);
      if (next <= between) break;
    }
    end = next;
  }
  return TextSpan{start, end};
}

}  // namespace yoran
