#include "link/names.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <array>
#include <string>

#include "link/gap.h"

namespace yoran {
namespace {

constexpr std::uint32_t kLongestName = 90;    // bytes
constexpr std::int32_t kKindScore = 20;       // the form of a name or a sentence says its kind
constexpr std::uint32_t kLongestBullet = 10;  // bytes before a title that has a line of its own
constexpr std::uint32_t kCopulaReach = 24;    // bytes between a copula and the title behind it
constexpr std::uint32_t kLongestText = 300;   // bytes
constexpr std::uint32_t kFirstLines = 12;     // lines of prose in which a first sentence is looked for
constexpr std::uint32_t kProseLine = 60;      // bytes; a shorter line is a row, a caption, a menu
constexpr std::uint32_t kLinesTried = 400;
constexpr std::size_t kTitlePieces = 4;
constexpr char32_t kIdeographicComma = 0x3001;
constexpr std::uint32_t kFewestBeforeHonorific = 2;
constexpr std::uint32_t kLongestHeading = 160;   // bytes of a line of plain text
constexpr std::uint32_t kTopLines = 6;           // lines of plain text among which its heading is
constexpr std::uint32_t kMostLetters = 30;       // of a person's name in katakana
constexpr std::uint32_t kSentenceSubject = 200;  // bytes before the word that says the kind

UScriptCode script_of(char32_t c) {
  UErrorCode status = U_ZERO_ERROR;
  return uscript_getScript(static_cast<UChar32>(c), &status);
}

bool is_kanji(char32_t c) { return script_of(c) == USCRIPT_HAN; }
bool is_katakana(char32_t c) {
  return script_of(c) == USCRIPT_KATAKANA || c == 0x30FC || c == 0x30FB || c == 0xFF1D || c == '=';
}
bool is_hiragana(char32_t c) { return script_of(c) == USCRIPT_HIRAGANA; }
bool is_cjk(char32_t c) { return is_kanji(c) || is_katakana(c) || is_hiragana(c); }
bool is_upper(char32_t c) { return u_isupper(static_cast<UChar32>(c)) != 0; }
bool is_latin_word(char32_t c) {
  return script_of(c) == USCRIPT_LATIN || c == '\'' || c == '-' || c == '.' || c == 0x2019;
}

std::optional<WordMatch> name_word(const LinkContext& context, std::uint32_t position,
                                   std::uint16_t category) {
  return context.rules.names.words.longest(context.folded(), position, category);
}

// --- bodies
// -----------------------------------------------------------------------------------------------------

TextSpan trimmed(std::string_view text, TextSpan span) {
  while (span.start < span.end && text[span.start] == ' ') ++span.start;
  while (span.end > span.start && text[span.end - 1] == ' ') --span.end;
  return span;
}

// Places of the gazetteer of Japan with this whole name: municipalities, wards, prefectures.
std::vector<const Place*> known_bodies(const LinkContext& context, TextSpan name) {
  std::vector<const Place*> bodies;
  for (const std::uint32_t index : context.rules.addresses.find(context.at(name))) {
    const Place& place = context.rules.addresses.place(index);
    if (place.kind == PlaceKind::municipality || place.kind == PlaceKind::ward ||
        place.kind == PlaceKind::prefecture) {
      bodies.push_back(&place);
    }
  }
  return bodies;
}

// The code of a municipality of Japan: of the only one of the name, or of the one that an address of the
// document confirms; a name in Latin letters is always confirmed by one, for places elsewhere share it.
std::string government_code(const LinkContext& context, TextSpan name) {
  const auto bodies = known_bodies(context, name);
  const bool latin = is_latin_word(code_point_at(context.folded(), name.start));
  if (bodies.size() == 1 && !latin) return bodies.front()->code;
  for (const Place* body : bodies) {
    if (context.has_address_in(body->code)) return body->code;
  }
  return {};
}

// A body that governs a territory, as against an office, a company or a school.
bool is_territory(std::string_view kind) {
  constexpr std::array<std::string_view, 10> kTerritories = {
      "country", "prefecture", "state", "province", "county", "city", "town", "village", "ward", "district"};
  return std::find(kTerritories.begin(), kTerritories.end(), kind) != kTerritories.end();
}

// What stands before the first mark that divides a heading: "Leeds - profile", "Leeds | Home", "Leeds
// (city)".
TextSpan first_piece(const LinkContext& context, TextSpan span) {
  const std::string_view text = context.folded();
  for (std::uint32_t i = span.start; i < span.end; i += size_at(text, i)) {
    const char32_t c = code_point_at(text, i);
    const bool spaced = i > span.start && text[i - 1] == ' ' && i + 1 < span.end && text[i + 1] == ' ';
    const bool divides =
        c == '|' || c == '>' || c == 0x00BB || c == ':' || ((c == '-' || c == '~' || c == '/') && spaced);
    const bool bracket =
        u_getIntPropertyValue(static_cast<UChar32>(c), UCHAR_BIDI_PAIRED_BRACKET_TYPE) == U_BPT_OPEN;
    if ((divides || bracket) && i > span.start) return trimmed(text, {span.start, i});
  }
  return span;
}

// A title names the page and the site, in either order: "Profile | Leeds", "Leeds - Members - The network".
std::vector<TextSpan> title_pieces(const LinkContext& context, TextSpan span) {
  std::vector<TextSpan> pieces;
  while (!span.empty() && pieces.size() < kTitlePieces) {
    const TextSpan piece = first_piece(context, span);
    pieces.push_back(piece);
    span.start = piece.end;
    const std::string_view text = context.folded();
    while (span.start < span.end && u_isalnum(static_cast<UChar32>(code_point_at(text, span.start))) == 0) {
      span.start += size_at(text, span.start);
    }
  }
  return pieces;
}

// Cuts words that headings add behind (or before) a name.
TextSpan without_additions(const LinkContext& context, TextSpan span) {
  const std::string_view text = context.folded();
  if (const auto lead = name_word(context, span.start, NameRules::lead)) span.start += lead->size;
  span = trimmed(text, span);
  for (std::uint32_t i = span.start; i < span.end; i += size_at(text, i)) {
    const auto tail = name_word(context, i, NameRules::tail);
    if (tail && i > span.start) return trimmed(text, {span.start, i});
  }
  return span;
}

// The kind of a name by its first or last word; empty if its form says none.
std::string kind_of_form(const LinkContext& context, TextSpan span) {
  const NameRules& names = context.rules.names;
  if (const auto prefix = name_word(context, span.start, NameRules::prefix))
    return names.kinds[prefix->word->entry];
  const std::string_view text = context.folded();
  const bool known = !known_bodies(context, span).empty();
  for (std::uint32_t i = span.start + size_at(text, span.start), step = 0; i < span.end; i += step) {
    step = size_at(text, i);
    const auto suffix = name_word(context, i, NameRules::suffix);
    if (suffix && i + suffix->size == span.end &&
        (!known || is_territory(names.kinds[suffix->word->entry]))) {
      return names.kinds[suffix->word->entry];
    }
    if (known) continue;
    if (const auto other = name_word(context, i, NameRules::not_kind)) step = other->size;
  }
  return {};
}

bool is_generic(const LinkContext& context, TextSpan span) {
  const auto generic = name_word(context, span.start, NameRules::generic);
  return generic && span.start + generic->size == span.end;
}

// The suffix of a body that governs ends a name whatever follows; that of an island or a station may begin
// another word with the ideographs behind it.
bool ends_name(const LinkContext& context, std::uint32_t behind, std::uint32_t end, std::uint32_t kind) {
  return behind >= end || is_territory(context.rules.names.kinds[kind]) ||
         !is_kanji(code_point_at(context.folded(), behind));
}

// The part of a Japanese heading up to the suffix that ends a body's name, if it goes on with no further
// name.
TextSpan up_to_suffix(const LinkContext& context, TextSpan span) {
  const std::string_view text = context.folded();
  TextSpan best;
  for (std::uint32_t i = span.start, step = 0; i < span.end; i += step) {
    const auto other = name_word(context, i, NameRules::not_kind);
    step = other ? other->size : size_at(text, i);
    if (other) continue;
    if (!is_kanji(code_point_at(text, i)) && !is_katakana(code_point_at(text, i)) &&
        !is_hiragana(code_point_at(text, i)))
      break;
    const auto suffix = name_word(context, i, NameRules::suffix);
    if (suffix && i > span.start && ends_name(context, i + suffix->size, span.end, suffix->word->entry)) {
      best = {span.start, i + suffix->size};
    }
    // What follows the first particle is no longer the name.
    if (!best.empty() && is_hiragana(code_point_at(text, i))) break;
  }
  return best.empty() ? span : best;
}

// The characters of the document, not the folded ones; blanks of any width are one blank.
std::string as_printed(const LinkContext& context, TextSpan span) {
  const std::string_view source = slice(context.document.text, context.text.decoded(span));
  std::string name;
  for (std::uint32_t i = 0; i < source.size(); i += size_at(source, i)) {
    const char32_t c = code_point_at(source, i);
    if (u_isUWhiteSpace(static_cast<UChar32>(c)) == 0) {
      name.append(source, i, size_at(source, i));
    } else if (!name.empty() && name.back() != ' ') {
      name += ' ';
    }
  }
  return name;
}

Candidate name_candidate(const LinkContext& context, std::uint32_t field, TextSpan span, std::string kind,
                         Layout layout) {
  Candidate candidate;
  candidate.field = field;
  candidate.span = span;
  candidate.line = context.line_at(span.start);
  candidate.layout = layout;
  std::string code = is_territory(kind) ? government_code(context, span) : std::string();
  candidate.value = Name{as_printed(context, span), std::move(kind), {}, std::move(code)};
  return candidate;
}

// A name printed in two scripts: the first piece, if what is behind its blank is the name in the other one.
struct ScriptPieces {
  TextSpan first;
  TextSpan second;
};
ScriptPieces script_pieces(const LinkContext& context, TextSpan span) {
  const std::string_view text = context.folded();
  for (std::uint32_t i = span.start; i < span.end; i += size_at(text, i)) {
    if (text[i] != ' ' || i + 1 >= span.end) continue;
    const char32_t before = code_point_before(text, i);
    const char32_t behind = code_point_at(text, i + 1);
    const bool to_latin = is_cjk(before) && is_upper(behind);
    const bool from_latin = script_of(before) == USCRIPT_LATIN && is_cjk(behind);
    if (to_latin || from_latin) return {{span.start, i}, {i + 1, span.end}};
  }
  return {span, {}};
}

// The kind named by the first noun behind the copula of a sentence: "is the largest city in". In Latin
// letters a determiner comes first: "was incorporated as a town" says no kind.
std::string kind_of_sentence(const LinkContext& context, std::uint32_t from, std::uint32_t end) {
  from = skip_gap(context.folded(), from, end);
  const bool latin = from < end && is_latin_word(code_point_at(context.folded(), from));
  if (latin && !name_word(context, from, NameRules::determiner)) return {};
  for (std::uint32_t i = from; i < end; i += size_at(context.folded(), i)) {
    if (const auto noun = name_word(context, i, NameRules::noun))
      return context.rules.names.kinds[noun->word->entry];
  }
  return {};
}

// The name without the region behind it: "City of Portland, Oregon".
TextSpan before_region(const LinkContext& context, TextSpan span) {
  const std::string_view text = context.folded();
  const auto comma = slice(text, span).find(", ");
  if (comma == std::string_view::npos) return span;
  const TextSpan name{span.start, span.start + static_cast<std::uint32_t>(comma)};
  return is_territory(kind_of_form(context, name)) ? name : span;
}

// A body's name with the kind that its form says.
std::optional<Candidate> name_of(const LinkContext& context, TextSpan span) {
  span = before_region(context, span);
  const TextSpan suffixed = up_to_suffix(context, span);
  std::string kind = kind_of_form(context, suffixed);
  if (!kind.empty()) span = suffixed;
  if (span.size() <= size_at(context.folded(), span.start) || span.size() > kLongestName) return std::nullopt;
  return name_candidate(context, 0, span, std::move(kind), Layout::section);
}

// "Leeds is a city in", at the start of a line of prose.
std::optional<Candidate> first_sentence(const LinkContext& context, std::uint32_t field, std::uint32_t line) {
  const std::string_view text = context.folded();
  const TextSpan span = context.line(line).span;
  const std::uint32_t reach = std::min(span.end, span.start + kSentenceSubject);
  std::uint32_t name_end = 0;
  for (std::uint32_t i = span.start; i < reach;) {
    if (const std::uint32_t behind = behind_bracket(text, i, span.end)) {
      if (name_end == 0) name_end = i;
      i = behind;
      continue;
    }
    const char32_t c = code_point_at(text, i);
    if (name_end == 0 && c == ',') name_end = i;
    if (name_end == 0 && c == kIdeographicComma) return std::nullopt;  // a clause before the subject
    const auto copula = name_word(context, i, NameRules::copula);
    if (copula && i > span.start) {
      if (name_end == 0) name_end = i;
      const TextSpan name = without_additions(context, trimmed(text, {span.start, name_end}));
      if (name.empty() || name.size() > kLongestName) return std::nullopt;
      if (is_generic(context, name) || !context.readings_in(name).empty()) return std::nullopt;
      // The form of a name is surer than the first noun of the sentence: a city may be a "castle town".
      std::string kind = kind_of_form(context, name);
      if (!is_territory(kind)) {
        std::string said = kind_of_sentence(context, i + copula->size, context.sentence_of(line, i).end);
        if (!said.empty()) kind = std::move(said);
      }
      if (kind.empty()) return std::nullopt;
      return name_candidate(context, field, name, kind, Layout::sentence);
    }
    if (u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_S_TERM) != 0 && c != '.') return std::nullopt;
    i += size_at(text, i);
  }
  return std::nullopt;
}

// The text of a labelled value: the rest of the line, or the next cell or definition.
TextSpan labelled_text(const LinkContext& context, const WordMention& label) {
  const std::string_view text = context.folded();
  const Line& line = context.line(label.line);
  const GridCell* cell = context.cell_of(label.line, label.span.start);
  const std::uint32_t end = cell == nullptr ? line.span.end : std::min(line.span.end, cell->span.end);
  std::uint32_t at = skip_gap(text, label.span.end, end);
  if (at < end) {
    const std::uint32_t separator = linking_word(context, at, LinkRules::separator);
    return separator == 0 && at == label.span.end ? TextSpan{} : trimmed(text, {at + separator, end});
  }
  if (cell != nullptr) {
    const GridCell* next = context.cell_at(cell->table, cell->row, cell->column + cell->column_span);
    return next == nullptr ? TextSpan{} : next->span;
  }
  const std::uint32_t below = label.line + 1;
  const bool definition = line.kind == BlockKind::term && below < context.segments.lines.size() &&
                          context.line(below).kind == BlockKind::definition;
  return definition ? context.line(below).span : TextSpan{};
}

// A line of plain text with empty lines around it: a heading without marks.
bool stands_alone(const LinkContext& context, std::uint32_t index) {
  const auto apart = [&](std::uint32_t end, std::uint32_t start) {
    const std::string_view between = context.folded().substr(end, start - end);
    return std::count(between.begin(), between.end(), '\n') > 1;
  };
  const auto& lines = context.segments.lines;
  if (lines[index].span.size() > kLongestHeading) return false;
  if (index > 0 && (context.document.media_type == MediaType::html ||
                    !apart(lines[index - 1].span.end, lines[index].span.start)))
    return false;
  return index == 0 || index + 1 >= lines.size() || apart(lines[index].span.end, lines[index + 1].span.start);
}

// --- persons
// ----------------------------------------------------------------------------------------------------

bool is_no_person(const LinkContext& context, TextSpan span) {
  const std::string_view text = context.folded();
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

// Two to six capitalised words, particles between them.
TextSpan latin_person(std::string_view text, std::uint32_t start, std::uint32_t end) {
  std::uint32_t at = start;
  std::uint32_t name_end = start;
  std::uint32_t words = 0;
  end = std::min(end, start + 2 * kLongestName);
  while (at < end && words < 7) {
    std::uint32_t word_end = at;
    while (word_end < end && is_latin_word(code_point_at(text, word_end)))
      word_end += size_at(text, word_end);
    if (word_end == at) break;
    const bool capital = is_upper(code_point_at(text, at));
    const bool particle = word_end - at <= 3 && words > 0;
    if (!capital && !particle) break;
    if (capital) {
      name_end = word_end;
      ++words;
    }
    // A full stop ends a sentence unless it marks an initial.
    if (text[word_end - 1] == '.' && word_end - at > 3) {
      name_end = word_end - 1;
      break;
    }
    at = word_end;
    if (at >= end || text[at] != ' ') break;
    ++at;
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
  if (is_upper(first)) name = latin_person(text, start, end);
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

  std::optional<Candidate> run(std::uint32_t field) {
    if (is_former()) return std::nullopt;
    TextSpan name = behind_title();
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
      name = before_title();
      layout = Layout::sentence;
    }
    if (name.empty()) return std::nullopt;
    Candidate candidate = name_candidate(context_, field, name, {}, layout);
    std::get<Name>(candidate.value).title = std::string(context_.at(title_.span));
    candidate.label = title_.span;
    candidate.line = context_.line_at(name.start);
    return candidate;
  }

 private:
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

  [[nodiscard]] TextSpan behind_title() const {
    std::uint32_t at = behind_territory(title_.span.end);
    bool separated = false;
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
      separated = true;
      at += word;
    }
    // A further title between, as in "head of government: Prime Minister": that one has the name.
    if (!separated) return {};
    const TextSpan name = person_at(context_, at, end_);
    return name.empty() || !ends_well(name) ? TextSpan{} : name;
  }

  // "Mayor of Hamamatsu: Yasutomo Suzuki": behind the name of the territory, if a separator follows it.
  [[nodiscard]] std::uint32_t behind_territory(std::uint32_t at) const {
    const std::uint32_t first = skip_gap(text_, at, end_);
    const std::uint32_t of = linking_word(context_, first, LinkRules::connector);
    if (of == 0) return at;
    std::uint32_t end = skip_gap(text_, first + of, end_);
    const std::uint32_t start = end;
    while (end < end_ && is_upper(code_point_at(text_, end))) {
      while (end < end_ && is_latin_word(code_point_at(text_, end))) end += size_at(text_, end);
      const std::uint32_t next = skip_gap(text_, end, end_);
      if (next == end || next >= end_ || !is_upper(code_point_at(text_, next))) break;
      end = next;
    }
    const std::uint32_t next = skip_gap(text_, end, end_);
    return end > start && next < end_ && (text_[next] == ':' || text_[next] == '-') ? next : at;
  }

  // Behind a Japanese name stands the end of the line, a blank, a bracket or a particle; behind kanji of
  // prose it does not end there.
  [[nodiscard]] bool ends_well(TextSpan name) const {
    if (name.end >= end_) return true;
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

  // The title has its cell or line for itself, a bullet before it at most.
  [[nodiscard]] bool alone() const {
    if (title_.span.start - start_ > kLongestName || end_ - title_.span.end > kLongestName) return false;
    const std::uint32_t first = skip_gap(text_, start_, title_.span.start);
    const bool bullet = title_.span.start - first <= kLongestBullet &&
                        (first == title_.span.start ||
                         u_isalnum(static_cast<UChar32>(code_point_before(text_, title_.span.start))) == 0);
    std::uint32_t behind = skip_gap(text_, title_.span.end, end_);
    behind = skip_gap(text_, behind + linking_word(context_, behind, LinkRules::separator), end_);
    return bullet && behind >= end_;
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

  // Where the words end that a comma or a copula binds to the title; 0 if none does.
  [[nodiscard]] std::uint32_t end_of_name_before() const {
    std::uint32_t at = title_.span.start;
    while (at > start_ && text_[at - 1] == ' ') --at;
    if (at > start_ && text_[at - 1] == ',') return at - 1;
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

std::optional<Candidate> body_name(const LinkContext& context, TextSpan span) {
  span = trimmed(context.folded(), span);
  if (span.empty()) return std::nullopt;
  span = without_additions(context, first_piece(context, span));
  if (span.empty() || is_generic(context, span)) return std::nullopt;
  const ScriptPieces pieces = script_pieces(context, span);
  if (!pieces.second.empty()) {
    auto name = name_of(context, pieces.first);
    const auto other = name_of(context, pieces.second);
    const std::string& other_kind = other ? std::get<Name>(other->value).kind : std::string();
    const bool one_body =
        name && (is_territory(std::get<Name>(name->value).kind) || is_territory(other_kind));
    if (one_body) {
      if (std::get<Name>(name->value).kind.empty()) std::get<Name>(name->value).kind = other_kind;
      return name;
    }
  }
  return name_of(context, span);
}

std::string kind_of_head(const LinkContext& context, TextSpan span) {
  const auto noun = name_word(context, span.start, NameRules::noun);
  return noun && span.start + noun->size <= span.end ? context.rules.names.kinds[noun->word->entry]
                                                     : std::string();
}

std::optional<Candidate> link_text(const LinkContext& context, const WordMention& label) {
  const TextSpan span = labelled_text(context, label);
  if (span.empty() || span.size() > kLongestText) return std::nullopt;
  const bool alone = context.cell_of(label.line, label.span.start) != nullptr ||
                     context.line(label.line).kind == BlockKind::term;
  Candidate candidate = name_candidate(context, context.rules.labels[label.entry].field, span, {},
                                       alone ? Layout::row : Layout::same_line);
  candidate.label = label.span;
  return candidate;
}

void link_subjects(const LinkContext& context, std::uint32_t field, std::vector<Candidate>& out) {
  const auto add = [&](std::optional<Candidate> candidate, std::int32_t score, Layout layout) {
    if (!candidate) return;
    candidate->field = field;
    candidate->layout = layout;
    candidate->score = score + (std::get<Name>(candidate->value).kind.empty() ? 0 : kKindScore);
    if (!context.readings_in(candidate->span).empty())
      candidate->score -= kKindScore;  // a heading about a year or a figure
    out.push_back(std::move(*candidate));
  };
  for (const WordMention& word : context.mentions.words) {
    if (static_cast<WordCategory>(word.category) != WordCategory::label) continue;
    if (context.rules.labels[word.entry].field != field) continue;
    auto candidate = body_name(context, labelled_text(context, word));
    if (candidate) candidate->label = word.span;
    add(std::move(candidate), 45, Layout::same_line);
  }
  std::uint32_t prose = 0;
  const auto lines =
      static_cast<std::uint32_t>(std::min<std::size_t>(context.segments.lines.size(), kLinesTried));
  for (std::uint32_t i = 0; i < lines && prose < kFirstLines; ++i) {
    const Line& line = context.line(i);
    if (line.kind == BlockKind::title) {
      std::int32_t score = 30;
      for (const TextSpan piece : title_pieces(context, line.span)) {
        add(body_name(context, piece), score, Layout::section);
        score = 25;
      }
    } else if (line.kind == BlockKind::heading && line.region != Region::footer &&
               line.region != Region::navigation) {
      add(body_name(context, line.span), line.level <= 1 ? 50 : 10, Layout::section);
    } else if (line.region == Region::content) {
      if (line.span.size() >= kProseLine) ++prose;
      add(first_sentence(context, field, i), 35 - static_cast<std::int32_t>(prose), Layout::sentence);
      if (i < kTopLines && stands_alone(context, i)) {
        add(body_name(context, line.span), i == 0 ? 15 : 12, Layout::section);
      }
    }
  }
}

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
    auto candidate = HeadLinker(context, title).run(field);
    if (!candidate) continue;
    candidate->score = 100 - static_cast<std::int32_t>(
                                 std::min<std::uint32_t>(context.rules.names.titles[title.entry].rank, 90));
    out.push_back(std::move(*candidate));
  }
}

}  // namespace yoran
