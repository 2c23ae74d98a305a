#include "link/heads.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <optional>
#include <string>

#include "link/bodies.h"
#include "link/gap.h"
#include "link/name_text.h"
#include "types/ascii.h"

namespace yoran {
namespace {

constexpr std::uint32_t kLongestName = 90;    // bytes
constexpr std::uint32_t kLongestBullet = 10;  // bytes before a title that has a line of its own
constexpr std::uint32_t kCopulaReach = 24;    // bytes between a copula and the title behind it
constexpr std::uint32_t kFewestBeforeHonorific = 2;
constexpr std::uint32_t kMostOfPlace = 8;       // characters of a place's name before a title
constexpr std::uint32_t kMostBlanks = 3;        // between family and given name of one spread over a column
constexpr std::uint32_t kMostOfFamily = 3;      // letters of such a name's halves
constexpr std::uint32_t kMostLetters = 30;      // of a person's name in katakana
constexpr std::int64_t kFewestOfName = 3;       // characters of a person's name that only its place shows
constexpr std::uint32_t kFewestOfReading = 3;   // kana that a person's name is read with
constexpr std::uint32_t kLongestNickname = 24;  // bytes
constexpr std::uint32_t kMostOfParticle = 2;    // letters before a capital inside a name: McDonald, DeAndre
constexpr std::uint32_t kNamesOfPerson = 2;     // given and family
constexpr std::uint32_t kLowestRank = 90;       // titles further down the list score alike
constexpr std::uint32_t kDateReach = 200;       // bytes between the day of a sentence and a title in it
constexpr std::int32_t kLongestLife = 90;       // years
constexpr std::uint32_t kColumnRows = 400;      // cells below a head

bool is_no_person(const LinkContext& context, TextSpan span) {
  const std::string_view text = context.folded();
  // The first word is one of its own, even where the title touches it.
  if (context.rules.names.words.longest(text.substr(span.start), 0, NameRules::not_name)) return true;
  for (std::uint32_t i = span.start; i < span.end; i += size_at(text, i)) {
    if (name_word(context, i, NameRules::not_name)) return true;
  }
  for (const WordMention& word : context.words_in(span)) {
    const auto category = static_cast<WordCategory>(word.category);
    if (category == WordCategory::title || category == WordCategory::label) return true;
  }
  return false;
}

// Kanji with at most one blank (family and given name), or katakana with middle dots.
TextSpan japanese_person(std::string_view text, std::uint32_t start, std::uint32_t end) {
  std::uint32_t at = start;
  std::uint32_t letters = 0;
  std::uint32_t blanks = 0;
  std::uint32_t name_end = start;
  while (at < end && letters <= kMostLetters) {
    const char32_t c = code_point_at(text, at);
    if (is_kanji(c) || is_katakana(c) || (letters > 0 && is_hiragana(c) && blanks > 0)) {
      ++letters;
      at += size_at(text, at);
      name_end = at;
    } else if (c == ' ' && blanks == 0 && letters > 0 && at + 1 < end &&
               (is_kanji(code_point_at(text, at + 1)) || is_katakana(code_point_at(text, at + 1)))) {
      ++blanks;
      ++at;
    } else {
      break;
    }
  }
  const bool katakana = is_katakana(code_point_at(text, start));
  return letters >= 2 && letters <= (katakana ? kMostLetters : 8U) ? TextSpan{start, name_end} : TextSpan{};
}

// "NameCityPopulation": heads of columns without blanks. A "McDonald" has one capital inside.
bool holds_words(std::string_view text, std::uint32_t start, std::uint32_t end) {
  std::uint32_t capitals = 0;
  for (std::uint32_t i = start + 1; i < end; ++i) {
    if (is_ascii_upper(text[i]) && is_ascii_lower(text[i - 1])) ++capitals;
  }
  return capitals > 1;
}

// Behind a nickname and its blank: in quotes anywhere between the names, in brackets behind the first one.
// Where it stands if it is none.
std::uint32_t behind_nickname(const LinkContext& context, std::uint32_t at, std::uint32_t end, bool first) {
  const std::string_view text = context.folded();
  const bool opens = at < end && (text[at] == '"' || (first && text[at] == '('));
  if (!opens || linking_word(context, at + 1, LinkRules::former) != 0) return at;
  const std::size_t close = text.substr(0, end).find(text[at] == '"' ? '"' : ')', at + 1);
  if (close == std::string_view::npos || close > at + kLongestNickname || close + 2 >= end) return at;
  const auto next = static_cast<std::uint32_t>(close + 2);
  const bool named = is_upper(code_point_at(text, at + 1)) && is_upper(code_point_at(text, next));
  return named && text[close + 1] == ' ' ? next : at;
}

// Two to six capitalised words, particles between them.
TextSpan latin_person(const LinkContext& context, std::uint32_t start, std::uint32_t end) {
  const std::string_view text = context.folded();
  std::uint32_t at = start;
  std::uint32_t name_end = start;
  std::uint32_t words = 0;
  end = std::min(end, start + 2 * kLongestName);
  while (at < end && words < 7) {
    std::uint32_t word_end = at;
    while (word_end < end && is_latin_word(code_point_at(text, word_end)))
      word_end += size_at(text, word_end);
    if (word_end == at || holds_words(text, at, word_end)) break;
    const bool capital = is_upper(code_point_at(text, at));
    const bool particle = word_end - at <= 3 && words > 0;
    // "Ann Lee and the deputy": a small word that no name has.
    if (!capital && (!particle || (words > 1 && name_word(context, at, NameRules::not_name)))) break;
    if (capital) {
      name_end = word_end;
      ++words;
    }
    // A full stop ends a sentence unless it marks an initial or a form of address.
    if (text[word_end - 1] == '.' && word_end - at > 3 && !name_word(context, at, NameRules::style)) {
      name_end = word_end - 1;
      break;
    }
    at = word_end;
    if (at >= end || text[at] != ' ') break;
    at = behind_nickname(context, at + 1, end, words == 1);
  }
  return words >= 2 && words <= 6 ? TextSpan{start, name_end} : TextSpan{};
}

// A form of address that ends a word of the name ends the name: it may begin a family name elsewhere.
TextSpan before_honorific(const LinkContext& context, TextSpan name) {
  const std::string_view text = context.folded();
  std::uint32_t letters = 0;
  for (std::uint32_t i = name.start; i < name.end; i += size_at(text, i), ++letters) {
    const auto honorific = name_word(context, i, NameRules::honorific);
    if (!honorific || letters < kFewestBeforeHonorific) continue;
    const std::uint32_t behind = i + honorific->size;
    if (behind >= name.end || text[behind] == ' ') return {name.start, i};
  }
  return name;
}

TextSpan person_at(const LinkContext& context, std::uint32_t start, std::uint32_t end) {
  const std::string_view text = context.folded();
  if (start >= end) return {};
  const char32_t first = code_point_at(text, start);
  TextSpan name;
  if (is_kanji(first) || (is_katakana(first) && first != '=')) name = japanese_person(text, start, end);
  if (is_upper(first)) name = latin_person(context, start, end);
  name = before_honorific(context, name);
  return name.empty() || is_no_person(context, name) ? TextSpan{} : name;
}

class HeadLinker {
 public:
  HeadLinker(const LinkContext& context, const WordMention& title)
      : context_(context),
        title_(title),
        text_(context.folded()),
        line_(context.line(title.line)),
        cell_(context.cell_of(title.line, title.span.start)),
        end_(cell_ == nullptr ? line_.span.end : std::min(line_.span.end, cell_->span.end)),
        start_(cell_ == nullptr ? line_.span.start : std::max(line_.span.start, cell_->span.start)) {}

  void run(std::uint32_t field, std::vector<Candidate>& out) const {
    if (is_former() || is_of_department() || is_of_old()) return;
    if (auto candidate = beside(field))
      out.push_back(std::move(*candidate));
    else
      in_column(field, out);
  }

 private:
  [[nodiscard]] std::optional<Candidate> beside(std::uint32_t field) const {
    TextSpan name = behind_title();
    if (name.empty()) name = behind_copula();
    Layout layout = Layout::same_line;
    if (name.empty()) {
      name = in_next_cell();
      layout = Layout::row;
    }
    if (name.empty()) {
      name = in_definition();
      layout = Layout::definition;
    }
    if (name.empty()) {
      name = on_line_above();
      layout = Layout::previous_line;
    }
    if (name.empty()) {
      name = before_bracketed_title();
      layout = Layout::same_line;
    }
    if (name.empty()) {
      name = before_title();
      layout = Layout::sentence;
    }
    if (name.empty()) return std::nullopt;
    Candidate result = candidate(field, name, layout);
    result.of = territory();
    if (result.of.empty()) result.of = organisation();
    return result;
  }

  [[nodiscard]] Candidate candidate(std::uint32_t field, TextSpan name, Layout layout) const {
    Candidate candidate = name_candidate(context_, field, name, {}, layout);
    std::get<Name>(candidate.value).title = std::string(context_.at(title_.span));
    candidate.label = title_.span;
    candidate.line = context_.line_at(name.start);
    const std::uint32_t rank = std::min(context_.rules.names.titles[title_.entry].rank, kLowestRank);
    candidate.score = 100 - static_cast<std::int32_t>(rank);
    return candidate;
  }

  // The title heads a column of a table of bodies: a name in each row. A table that counts those who had the
  // office has a number or a day where the bodies would stand.
  void in_column(std::uint32_t field, std::vector<Candidate>& out) const {
    if (cell_ == nullptr || cell_->row != 0 || !alone()) return;
    const Grid& grid = context_.segments.grids[cell_->table];
    const std::uint32_t names = column_of_names(context_, cell_->table);
    if (names == cell_->column) return;
    const std::uint32_t last = std::min(grid.rows, cell_->row_span + kColumnRows);
    for (std::uint32_t row = cell_->row_span; row < last; ++row) {
      const GridCell* cell = context_.cell_at(cell_->table, row, cell_->column);
      const GridCell* body = context_.cell_at(cell_->table, row, names);
      if (cell == nullptr || body == nullptr || cell->row != row || body->row != row || body->span.empty())
        continue;
      if (!context_.readings_in(body->span).empty()) return;
      const TextSpan name =
          person_at(context_, skip_gap(text_, cell->span.start, cell->span.end), cell->span.end);
      if (name.empty() || skip_gap(text_, name.end, cell->span.end) != cell->span.end) continue;
      out.push_back(candidate(field, name, Layout::column));
      out.back().of = body->span;
    }
  }

  // The territory that stands beside the title, if it is one that is known: "Mayor of Turku", and before a
  // title that begins with the last character of the name. Empty: the head is the subject's own.
  [[nodiscard]] TextSpan territory() const {
    const std::uint32_t first = skip_gap(text_, title_.span.end, end_);
    if (const std::uint32_t of = linking_word(context_, first, LinkRules::connector)) {
      const std::uint32_t start = skip_gap(text_, first + of, end_);
      const std::uint32_t end = end_of_capitals(start);
      if (is_known({start, end})) return {start, end};
    }
    const std::uint32_t last = title_.span.start + size_at(text_, title_.span.start);
    std::uint32_t start = title_.span.start;
    for (std::uint32_t letters = 0; letters < kMostOfPlace && start > start_; ++letters) {
      if (!is_kanji(code_point_before(text_, start))) break;
      start -= size_before(text_, start);
      if (letters > 0 && is_known({start, last})) return {start, last};
    }
    return {};
  }

  // What stands before the title from the start of its line or cell on, if it is an organisation's name and
  // nothing else: "Red Cross Society, President Ann Lee".
  [[nodiscard]] TextSpan organisation() const {
    if (title_.span.start - start_ > kLongestName) return {};
    const TextSpan before = trimmed(text_, {start_, title_.span.start});
    if (before.empty() || before.end == title_.span.start) return {};
    const auto body = body_name(context_, before);
    const bool named = body && body->span == before && !std::get<Name>(body->value).kind.empty();
    return named && !is_territory(std::get<Name>(body->value).kind) ? before : TextSpan{};
  }

  [[nodiscard]] bool is_known(TextSpan name) const {
    return !name.empty() && !context_.rules.addresses.find(context_.at(name)).empty();
  }

  // "former mayor", "vice-president": a word that touches the title from the left.
  [[nodiscard]] bool is_former() const {
    const std::uint32_t from = title_.span.start > 24 ? std::max(start_, title_.span.start - 24) : start_;
    for (std::uint32_t at = from; at < title_.span.start; ++at) {
      const std::uint32_t size = linking_word(context_, at, LinkRules::former);
      if (size == 0) continue;
      std::uint32_t behind = at + size;
      while (behind < title_.span.start && (text_[behind] == ' ' || text_[behind] == '-')) ++behind;
      if (behind == title_.span.start) return true;
    }
    return false;
  }

  // "It was chartered in 1761 by Governor Ann Lee": nobody lives for so long.
  [[nodiscard]] bool is_of_old() const {
    if (cell_ != nullptr || begins_line()) return false;
    const std::uint32_t reach = std::min(title_.span.start, kDateReach);
    const TextSpan sentence = context_.sentence_of(title_.line, title_.span.start);
    const TextSpan before{std::max(sentence.start, title_.span.start - reach), title_.span.start};
    for (const Reading& reading : context_.readings_in(before)) {
      const auto* date = std::get_if<Date>(&reading.value);
      if (date != nullptr && date->first.has_year && date->first.year + kLongestLife < context_.latest_year())
        return true;
    }
    return false;
  }

  // "Finance Director: Ann Lee", "Director of Finance: Ann Lee", "Principal Planner Ann Lee": a title of one
  // kind of bodies only is one that many posts have, and has to stand for itself. Diplomats have theirs
  // alone.
  [[nodiscard]] bool is_of_department() const {
    const std::string& kind = context_.rules.names.titles[title_.entry].kind;
    if (kind.empty() || kind == "office" || !is_ascii_letter(text_[title_.span.start])) return false;
    const std::uint32_t behind = skip_gap(text_, title_.span.end, end_);
    if (behind > title_.span.end && behind < end_ && is_upper(code_point_at(text_, behind)))
      return !fills_line(behind);
    if (linking_word(context_, behind, LinkRules::connector) != 0) return true;
    std::uint32_t before = title_.span.start;
    while (before > start_ && text_[before - 1] == ' ') --before;
    std::uint32_t word = before;
    while (word > start_ && is_ascii_letter(text_[word - 1])) --word;
    if (word == before) return before > start_ && text_[before - 1] == '&';
    return !name_word(context_, word, NameRules::determiner) && !name_word(context_, word, NameRules::copula);
  }

  // The title begins its line, behind a bullet at most, and a given and a family name end it: initials and
  // short forms do not count.
  [[nodiscard]] bool fills_line(std::uint32_t name) const {
    if (!begins_line()) return false;
    std::uint32_t words = 0;
    for (std::uint32_t i = name; i < end_; ++i) {
      if ((i + 1 == end_ || text_[i + 1] == ' ') && text_[i] != ' ' && text_[i] != '.') ++words;
    }
    return words == kNamesOfPerson;
  }

  // Where the title ends, or the words behind it that say that a name follows: "mayor's name".
  [[nodiscard]] std::uint32_t behind_title_words() const {
    const auto name_of = name_word(context_, title_.span.end, NameRules::name_of);
    return title_.span.end + (name_of ? name_of->size : 0);
  }

  // Behind the copula of Japanese, which begins any sentence about the head: a name with its reading in
  // brackets or a form of address, or what the present head is.
  [[nodiscard]] TextSpan behind_copula() const {
    const auto copula = name_word(context_, title_.span.end, NameRules::copula);
    if (!copula || !is_hiragana(code_point_at(text_, title_.span.end))) return {};
    const std::uint32_t start = skip_gap(text_, title_.span.end + copula->size, end_);
    const TextSpan name = person_at(context_, start, end_);
    if (name.empty()) return {};
    const bool addressed = name_word(context_, name.end, NameRules::honorific).has_value();
    return addressed || is_reading(name.end) || names_present_head(name) ? name : TextSpan{};
  }

  // "The present mayor is Ann Lee."
  [[nodiscard]] bool names_present_head(TextSpan name) const {
    if (std::count_if(text_.begin() + name.start, text_.begin() + name.end, [](char c) {
          return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
        }) < kFewestOfName)
      return false;
    const std::uint32_t from =
        std::max(start_, title_.span.start - std::min(title_.span.start, kCopulaReach));
    for (std::uint32_t i = from; i < title_.span.start; ++i) {
      const auto current = name_word(context_, i, NameRules::current);
      if (current && i + current->size == title_.span.start)
        return name_word(context_, name.end, NameRules::predicate).has_value();
    }
    return false;
  }

  // A bracket that holds kana only.
  [[nodiscard]] bool is_reading(std::uint32_t at) const {
    const std::uint32_t behind = behind_bracket(text_, at, end_);
    if (behind == 0) return false;
    const std::uint32_t last = behind - size_before(text_, behind);
    std::uint32_t kana = 0;
    for (std::uint32_t i = at + size_at(text_, at); i < last; i += size_at(text_, i)) {
      if (is_hiragana(code_point_at(text_, i)))
        ++kana;
      else if (text_[i] != ' ')
        return false;
    }
    return kana >= kFewestOfReading;
  }

  [[nodiscard]] TextSpan behind_title() const {
    std::uint32_t at = behind_territory(behind_title_words());
    bool separated = context_.mentions.is_glued(title_.span.end);
    bool comma = false;
    while (true) {
      const std::uint32_t next = skip_gap(text_, at, end_);
      separated = separated || next > at;
      at = next;
      if (at >= end_) return {};
      if (const std::uint32_t behind = behind_bracket(text_, at, end_)) {
        at = behind;
        separated = true;
        continue;
      }
      const std::uint32_t word = linking_word(context_, at, LinkRules::separator);
      if (word == 0) break;
      comma = comma || text_[at] == ',';
      separated = true;
      at += word;
    }
    // A further title between, as in "head of government: Prime Minister": that one has the name.
    if (!separated) return {};
    // "Ann Lee, President, Leeds Bank": what she heads, not who.
    if (comma && !before_title().empty()) return {};
    const TextSpan name = with_given_name(person_at(context_, at, end_));
    // "Mayor, Fort Collins, CO": where, not who, unless a form of address begins it.
    const bool styled = name_word(context_, name.start, NameRules::style).has_value();
    const bool place = comma && !styled && (is_known(name) || (name.end < end_ && text_[name.end] == ','));
    // A name that touches its title is all that the line holds.
    const bool glued = context_.mentions.is_glued(title_.span.end);
    if (glued && (!ends_line(name.end) || runs_together(name))) return {};
    return name.empty() || place || (name.end <= end_ && !ends_well(name)) ? TextSpan{} : name;
  }

  // Nothing but remarks in brackets follows.
  [[nodiscard]] bool ends_line(std::uint32_t at) const {
    at = skip_gap(text_, at, end_);
    while (const std::uint32_t behind = behind_bracket(text_, at, end_)) at = skip_gap(text_, behind, end_);
    return at >= end_;
  }

  // "AndCouncil", "Deputy MayorCouncil": a word is two, or the first one belongs to another title.
  [[nodiscard]] bool runs_together(TextSpan name) const {
    if (context_.rules.linking.words.longest(text_.substr(name.start), 0, LinkRules::former)) return true;
    std::uint32_t word = name.start;
    for (std::uint32_t i = name.start; i < name.end; ++i) {
      if (text_[i] == ' ') word = i + 1;
      const bool capital = is_ascii_upper(text_[i]);
      if (capital && i > word + kMostOfParticle && is_ascii_letter(text_[i - 1])) return true;
    }
    return false;
  }

  // Short names are spread to the width of longer ones, by blanks that elsewhere divide cells.
  [[nodiscard]] TextSpan with_given_name(TextSpan name) const {
    if (name.empty() || name.end != end_ || line_.cell != kNone || letters_from(name.start) != name.end)
      return name;
    std::uint32_t given = name.end;
    while (given < line_.span.end && given < name.end + kMostBlanks && text_[given] == ' ') ++given;
    const std::uint32_t end = letters_from(given);
    if (given == name.end || end == given) return name;
    const bool ends =
        end >= line_.span.end || text_[end] == ' ' || is_open_bracket(code_point_at(text_, end));
    return ends && !is_no_person(context_, {given, end}) ? TextSpan{name.start, end} : name;
  }

  // Where a run of a few ideographs ends; its start if there are more.
  [[nodiscard]] std::uint32_t letters_from(std::uint32_t start) const {
    std::uint32_t at = start;
    std::uint32_t letters = 0;
    while (at < line_.span.end && is_kanji(code_point_at(text_, at))) {
      if (++letters > kMostOfFamily) return start;
      at += size_at(text_, at);
    }
    return at;
  }

  // The end of a run of capitalised words.
  [[nodiscard]] std::uint32_t end_of_capitals(std::uint32_t end) const {
    while (end < end_ && is_upper(code_point_at(text_, end))) {
      while (end < end_ && is_latin_word(code_point_at(text_, end))) end += size_at(text_, end);
      const std::uint32_t next = skip_gap(text_, end, end_);
      if (next == end || next >= end_ || !is_upper(code_point_at(text_, next))) break;
      end = next;
    }
    return end;
  }

  // "Mayor of Hamamatsu: Yasutomo Suzuki", "The mayor of Leeds is Ann Lee": behind the name of the territory,
  // if a separator follows it.
  [[nodiscard]] std::uint32_t behind_territory(std::uint32_t at) const {
    const std::uint32_t first = skip_gap(text_, at, end_);
    const std::uint32_t of = linking_word(context_, first, LinkRules::connector);
    if (of == 0) return at;
    const std::uint32_t start = skip_gap(text_, first + of, end_);
    const std::uint32_t end = end_of_capitals(start);
    const std::uint32_t next = skip_gap(text_, end, end_);
    if (end == start || next >= end_ || text_[next] == ',') return at;
    return linking_word(context_, next, LinkRules::separator) != 0 ? next : at;
  }

  // Behind a Japanese name stands the end of the line, a blank, a bracket or a particle; behind kanji of
  // prose it does not end there.
  [[nodiscard]] bool ends_well(TextSpan name) const {
    if (name.end >= end_ || name_word(context_, name.end, NameRules::honorific)) return true;
    const char32_t c = code_point_at(text_, name.end);
    return !is_kanji(c) && !is_katakana(c);
  }

  // The title is a cell of its own, the name is the next one.
  [[nodiscard]] TextSpan in_next_cell() const {
    if (cell_ == nullptr || !alone()) return {};
    const GridCell* next = context_.cell_at(cell_->table, cell_->row, cell_->column + cell_->column_span);
    return next == nullptr
               ? TextSpan{}
               : person_at(context_, skip_gap(text_, next->span.start, next->span.end), next->span.end);
  }

  // The title is a term, a heading or a line of its own; the name is the definition or the line below.
  [[nodiscard]] TextSpan in_definition() const { return alone() ? name_on(title_.line + 1) : TextSpan{}; }

  // The title stands below the name, both have their line: a card with the figure or name above its label.
  [[nodiscard]] TextSpan on_line_above() const {
    return alone() && title_.line > 0 && line_.kind != BlockKind::heading ? name_on(title_.line - 1)
                                                                          : TextSpan{};
  }

  // A line of the same list or cell that is a person's name.
  [[nodiscard]] TextSpan name_on(std::uint32_t index) const {
    if (index >= context_.segments.lines.size()) return {};
    const Line& next = context_.line(index);
    if (next.section != line_.section || next.kind == BlockKind::heading || next.cell != line_.cell)
      return {};
    const TextSpan name = person_at(context_, next.span.start, next.span.end);
    if (name.empty()) return {};
    std::uint32_t behind = skip_gap(text_, name.end, next.span.end);
    if (const std::uint32_t remark = behind_bracket(text_, behind, next.span.end)) behind = remark;
    return behind == next.span.end ? name : TextSpan{};
  }

  // Nothing but a bullet stands before the title.
  [[nodiscard]] bool begins_line() const {
    const std::uint32_t first = skip_gap(text_, start_, title_.span.start);
    return title_.span.start - first <= kLongestBullet &&
           (first == title_.span.start ||
            u_isalnum(static_cast<UChar32>(code_point_before(text_, title_.span.start))) == 0);
  }

  // The title has its cell or line for itself, a bullet before it at most.
  [[nodiscard]] bool alone() const {
    if (title_.span.start - start_ > kLongestName || end_ - title_.span.end > kLongestName) return false;
    std::uint32_t behind = skip_gap(text_, behind_title_words(), end_);
    // A remark, as in "President (interim)", goes with the title.
    if (const std::uint32_t remark = behind_bracket(text_, behind, end_))
      behind = skip_gap(text_, remark, end_);
    behind = skip_gap(text_, behind + linking_word(context_, behind, LinkRules::separator), end_);
    return begins_line() && behind >= end_;
  }

  // "Ann Lee (Mayor)": the name begins the line or cell, and brackets hold the title and nothing else.
  [[nodiscard]] TextSpan before_bracketed_title() const {
    if (title_.span.start == start_ || title_.span.start - start_ > kLongestName || title_.span.end >= end_ ||
        !is_close_bracket(code_point_at(text_, title_.span.end)))
      return {};
    const std::uint32_t open = title_.span.start - size_before(text_, title_.span.start);
    if (!is_open_bracket(code_point_at(text_, open))) return {};
    const TextSpan before = trimmed(text_, {start_, open});
    TextSpan name = person_at(context_, before.start, before.end);
    // Behind another word, such as a label: "Manager Ann Lee (Director)" in a script without blanks.
    const auto blank = context_.at(before).rfind(' ');
    if (name.empty() && blank != std::string_view::npos)
      name = person_at(context_, before.start + static_cast<std::uint32_t>(blank) + 1, before.end);
    return name.end == before.end ? name : TextSpan{};
  }

  // "Kenji Kitahashi, Mayor of ...", "Kenji Kitahashi is the mayor": capitalised words right before the
  // title.
  [[nodiscard]] TextSpan before_title() const {
    const std::uint32_t name_end = end_of_name_before();
    if (name_end == 0) return {};
    std::uint32_t from = name_end > 60 ? std::max(start_, name_end - 60) : start_;
    while (from < name_end && (static_cast<unsigned char>(text_[from]) & 0xC0U) == 0x80U) ++from;
    for (; from < name_end; from += size_at(text_, from)) {
      if (from > start_ && is_latin_word(code_point_before(text_, from))) continue;
      if (!is_upper(code_point_at(text_, from))) continue;
      const TextSpan name = person_at(context_, from, name_end);
      if (!name.empty() && name.end == name_end) return name;
    }
    return {};
  }

  // "Ann Lee, the mayor": where the blank before the article begins; `end` if no article ends there.
  [[nodiscard]] std::uint32_t before_article(std::uint32_t end) const {
    std::uint32_t word = end;
    while (word > start_ && is_ascii_letter(text_[word - 1])) --word;
    const auto determiner = word < end ? name_word(context_, word, NameRules::determiner) : std::nullopt;
    if (!determiner || word + determiner->size != end) return end;
    return trimmed(text_, {start_, word}).end;
  }

  // Where the words end that a comma or a copula binds to the title; 0 if none does.
  [[nodiscard]] std::uint32_t end_of_name_before() const {
    std::uint32_t at = title_.span.start;
    while (at > start_ && text_[at - 1] == ' ') --at;
    const std::uint32_t article = before_article(at);
    if (article > start_ && text_[article - 1] == ',') return trimmed(text_, {start_, article - 1}).end;
    const std::uint32_t from = at > kCopulaReach ? std::max(start_, at - kCopulaReach) : start_;
    for (std::uint32_t i = from; i < at; ++i) {
      const auto copula = name_word(context_, i, NameRules::copula);
      if (!copula || i == from || text_[i - 1] != ' ') continue;
      std::uint32_t behind = skip_gap(text_, i + copula->size, at);
      if (const auto determiner = name_word(context_, behind, NameRules::determiner))
        behind += determiner->size;
      if (skip_gap(text_, behind, title_.span.start) != title_.span.start) continue;
      return is_past(i, copula->size) && !is_current() ? 0 : i - 1;
    }
    return 0;
  }

  [[nodiscard]] bool is_past(std::uint32_t at, std::uint32_t size) const {
    const auto past = name_word(context_, at, NameRules::past_copula);
    return past && past->size == size;
  }

  // Who "was" head at the latest date that the document knows is its head; who was it earlier is not.
  [[nodiscard]] bool is_current() const {
    std::optional<std::int32_t> stated;
    for (const Reading& reading :
         context_.readings_in(context_.sentence_of(title_.line, title_.span.start))) {
      const auto* date = std::get_if<Date>(&reading.value);
      if (date == nullptr) continue;
      if (stated || date->form != DateForm::point) return false;
      stated = date->first.year;
    }
    return stated && *stated >= context_.latest_year();
  }

  const LinkContext& context_;
  const WordMention& title_;
  std::string_view text_;
  const Line& line_;
  const GridCell* cell_;
  std::uint32_t end_;
  std::uint32_t start_;
};

}  // namespace

void link_heads(const LinkContext& context, std::uint32_t field, std::vector<Candidate>& out) {
  std::uint32_t covered = 0;
  for (const WordMention& word : context.mentions.words) {
    if (static_cast<WordCategory>(word.category) != WordCategory::title || word.span.start < covered)
      continue;
    // The longest title that begins here.
    WordMention title = word;
    for (const WordMention& other : context.words_in({word.span.start, word.span.start + 1})) {
      if (other.category == word.category && other.span.end > title.span.end) title = other;
    }
    covered = title.span.end;
    HeadLinker(context, title).run(field, out);
  }
}

}  // namespace yoran
