#include "link/bodies.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <utility>

#include "link/gap.h"
#include "link/name_text.h"
#include "link/sentence.h"

namespace yoran {
namespace {

constexpr std::uint32_t kLongestName = 90;    // bytes
constexpr std::int32_t kKindScore = 20;       // the form of a name or a sentence says its kind
constexpr std::uint32_t kFirstLines = 8;      // lines of prose in which a first sentence is looked for
constexpr std::uint32_t kFirstSentences = 3;  // of prose, one of which has to name what all of it is about
constexpr std::uint32_t kFirstProse = 2;      // lines of prose that a sentence about the subject is among
constexpr std::uint32_t kProseLine = 60;      // bytes; a shorter line is a row, a caption, a menu
constexpr std::uint32_t kLinesTried = 200;
constexpr std::size_t kTitlePieces = 4;
constexpr char32_t kIdeographicComma = 0x3001;
constexpr char32_t kIdeographicStop = 0x3002;
constexpr char32_t kMiddleDot = 0x30FB;
constexpr std::uint32_t kLongestHeading = 160;   // bytes of a line of plain text
constexpr std::uint32_t kTopLines = 6;           // lines of plain text among which its heading is
constexpr std::uint32_t kLateLines = 60;         // among which a short one that says so is a heading too
constexpr std::int32_t kUnmarkedScore = 5;       // of a name that no heading and no first sentence gives
constexpr std::uint32_t kSentenceSubject = 200;  // bytes before the word that says the kind

bool is_cjk(char32_t c) { return is_kanji(c) || is_katakana(c) || is_hiragana(c); }

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
  if (bodies.size() == 1 && !latin) return std::string(bodies.front()->code);
  std::string code;
  for (const Place* body : bodies) {
    if (!context.has_address_in(body->code)) continue;
    if (!code.empty()) return {};  // addresses in two of them decide nothing
    code = body->code;
  }
  return code;
}

// What stands before the first mark that divides a heading: "Leeds - profile", "Leeds | Home", "Leeds
// (city)". A sign in brackets that says the kind of company goes with the name.
TextSpan first_piece(const LinkContext& context, TextSpan span) {
  const std::string_view text = context.folded();
  for (std::uint32_t i = span.start; i < span.end; i += size_at(text, i)) {
    const char32_t c = code_point_at(text, i);
    const bool spaced = i > span.start && text[i - 1] == ' ' && i + 1 < span.end && text[i + 1] == ' ';
    const bool divides =
        c == '|' || c == '>' || c == 0x00BB || c == ':' || ((c == '-' || c == '~' || c == '/') && spaced);
    if (i == span.start || !(divides || is_open_bracket(c))) continue;
    const auto suffix = divides ? std::nullopt : name_word(context, i, NameRules::suffix);
    return trimmed(text, {span.start, suffix ? i + suffix->size : i});
  }
  return span;
}

// Behind the number of a chapter: the prefix of ordinals, a number, a word for the part, a blank.
std::uint32_t behind_number(const LinkContext& context, TextSpan span) {
  constexpr std::uint32_t kLongestNumber = 24;  // bytes
  const auto prefix = context.rules.numbers.at(context.folded(), span.start, NumberWord::ordinal_prefix);
  if (!prefix) return span.start;
  const std::string_view rest = context.at(span).substr(prefix->size);
  const auto blank = rest.substr(0, kLongestNumber).find(' ');
  const bool digit = !rest.empty() && is_ascii_digit(rest[0]);
  const bool number =
      digit || context.rules.numbers.is_ideograph_at(context.folded(), span.start + prefix->size);
  if (blank == std::string_view::npos || !number) return span.start;
  return span.start + prefix->size + static_cast<std::uint32_t>(blank) + 1;
}

// Behind what counts headings: "1.", "2.3", "(b)", "4)", "II."; a letter with a full stop is an initial.
std::uint32_t behind_count(const LinkContext& context, TextSpan span) {
  constexpr std::uint32_t kMostDigits = 3;
  const std::string_view text = context.folded();
  std::uint32_t at = span.start;
  const bool open = at < span.end && text[at] == '(';
  if (open) ++at;
  const std::uint32_t first = at;
  while (at < span.end && is_ascii_digit(text[at])) ++at;
  const bool digits = at > first && at - first <= kMostDigits;
  if (at == first) {
    while (at < span.end && std::string_view("IVX").find(text[at]) != std::string_view::npos) ++at;
    if (at == first && at < span.end && is_ascii_letter(text[at])) ++at;
  }
  const std::uint32_t size = at - first;
  if (at >= span.end || size == 0 || (!digits && is_ascii_digit(text[first]))) return span.start;
  bool parts = false;
  while (digits && !open && at + 1 < span.end && text[at] == '.' && is_ascii_digit(text[at + 1])) {
    for (++at; at < span.end && is_ascii_digit(text[at]);) ++at;
    parts = true;
  }
  if (at >= span.end) return span.start;
  const bool closed = text[at] == ')' || (!open && text[at] == '.' && (digits || size > 1));
  if (closed) ++at;
  if ((!closed && !parts) || at >= span.end) return span.start;
  const std::uint32_t next = skip_gap(text, at, span.end);
  const bool apart = next > at || (closed && static_cast<unsigned char>(text[at]) >= 0x80);
  return apart && next < span.end && !is_ascii_digit(text[next]) ? next : span.start;
}

// The first place of a span where a word around names may begin, and the next one; the end if there is none.
std::uint32_t name_place(const LinkContext& context, TextSpan span) {
  return context.rules.names.words.next_candidate(context.folded(), span.start, span.end);
}
std::uint32_t name_place_behind(const LinkContext& context, std::uint32_t place, std::uint32_t end) {
  return name_place(context, {next_start(context.folded(), place, end), end});
}

// "Outline of Leeds" in Japanese may write the character for "city" once, for the name and for the outline:
// it goes with the name where only that is known.
TextSpan with_shared_suffix(const LinkContext& context, TextSpan name) {
  const auto suffix = name_word(context, name.end, NameRules::suffix);
  if (!suffix || !known_bodies(context, name).empty()) return name;
  const TextSpan whole{name.start, name.end + suffix->size};
  return known_bodies(context, whole).empty() ? name : whole;
}

// Cuts words that headings add behind (or before) a name.
TextSpan without_additions(const LinkContext& context, TextSpan span) {
  span.start = behind_number(context, span);
  span.start = behind_count(context, span);
  if (const auto lead = name_word(context, span.start, NameRules::lead)) span.start += lead->size;
  span = trimmed(context.folded(), span);
  for (std::uint32_t i = name_place(context, span); i < span.end;
       i = name_place_behind(context, i, span.end)) {
    const auto tail = name_word(context, i, NameRules::tail);
    if (!tail || i == span.start) continue;
    const TextSpan name = with_shared_suffix(context, {span.start, i});
    return trimmed(context.folded(), name);
  }
  return span;
}

// The kind of a name by its first or last word; empty if its form says none.
std::string kind_of_form(const LinkContext& context, TextSpan span) {
  const NameRules& names = context.rules.names;
  if (const auto prefix = name_word(context, span.start, NameRules::prefix))
    return names.kinds[prefix->word->entry];
  std::optional<bool> known;  // looked up once a word asks
  const auto is_known = [&] {
    if (!known) known = !known_bodies(context, span).empty();
    return *known;
  };
  for (std::uint32_t i = name_place_behind(context, span.start, span.end); i < span.end;) {
    const auto suffix = name_word(context, i, NameRules::suffix);
    if (suffix && i + suffix->size == span.end) {
      const std::string& kind = names.kinds[suffix->word->entry];
      if (is_territory(kind) || !is_known()) return kind;
    }
    const auto other = name_word(context, i, NameRules::not_kind);
    i = other && !is_known() ? name_place(context, {i + other->size, span.end})
                             : name_place_behind(context, i, span.end);
  }
  return {};
}

bool is_generic(const LinkContext& context, TextSpan span) {
  bool generic = false;
  context.rules.names.words.match(context.folded(), span.start, [&](const WordMatch& word) {
    generic = generic || (word.word->category == NameRules::generic && span.start + word.size == span.end);
  });
  return generic;
}

// The suffix of a body that governs ends a name whatever follows, unless it is the second of two characters,
// as in family names; that of an island or a station may begin another word with the ideographs behind it.
bool ends_name(const LinkContext& context, TextSpan name, std::uint32_t end, std::uint32_t kind) {
  if (name.end >= end || !is_kanji(code_point_at(context.folded(), name.end))) return true;
  if (!is_territory(context.rules.names.kinds[kind])) return false;
  const std::uint32_t second = name.start + size_at(context.folded(), name.start);
  return second + size_at(context.folded(), second) < name.end || !known_bodies(context, name).empty();
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
    if (suffix && i > span.start &&
        ends_name(context, {span.start, i + suffix->size}, span.end, suffix->word->entry)) {
      best = {span.start, i + suffix->size};
    }
    // What follows the first particle is no longer the name.
    if (!best.empty() && is_hiragana(code_point_at(text, i))) break;
  }
  return best.empty() ? span : best;
}

// "The City of Leeds": without the article before the word for the kind, and without that word where it is no
// part of the name, "the city of Leeds". "The Hague" keeps its article.
TextSpan without_article(const LinkContext& context, TextSpan span) {
  const auto article = name_word(context, span.start, NameRules::determiner);
  if (!article) return span;
  const std::uint32_t behind = skip_gap(context.folded(), span.start + article->size, span.end);
  const auto prefix = name_word(context, behind, NameRules::prefix);
  if (!prefix) return span;
  const bool part = is_upper(code_point_at(context.folded(), behind));
  return {part ? behind : skip_gap(context.folded(), behind + prefix->size, span.end), span.end};
}

Candidate body_candidate(const LinkContext& context, std::uint32_t field, TextSpan span, std::string kind,
                         Layout layout) {
  span = without_article(context, span);
  Candidate candidate = name_candidate(context, field, span, std::move(kind), layout);
  Name& name = std::get<Name>(candidate.value);
  if (is_territory(name.kind)) name.local_government_code = government_code(context, span);
  return candidate;
}

// "The old brewery of Leeds 'Green Works'": of a heading that ends in a quoted name that name, unless what
// stands before the quotes is one itself; the first piece otherwise.
TextSpan quoted_at_end(const LinkContext& context, TextSpan heading, TextSpan first) {
  const std::string_view text = context.folded();
  if (first.end >= heading.end || !is_quote(code_point_at(text, first.end)) ||
      !kind_of_form(context, first).empty())
    return first;
  const std::uint32_t behind = behind_bracket(text, first.end, heading.end);
  const TextSpan quoted{first.end + size_at(text, first.end), behind - size_before(text, behind)};
  return behind == heading.end && !quoted.empty() ? quoted : first;
}

// A title names the page and the site, in either order: "Profile | Leeds", "Leeds - Members - The network".
std::vector<TextSpan> title_pieces(const LinkContext& context, TextSpan span) {
  std::vector<TextSpan> pieces;
  while (!span.empty() && pieces.size() < kTitlePieces) {
    const TextSpan piece = quoted_at_end(context, span, first_piece(context, span));
    pieces.push_back(piece);
    span.start = piece.end;
    const std::string_view text = context.folded();
    while (span.start < span.end && u_isalnum(static_cast<UChar32>(code_point_at(text, span.start))) == 0) {
      span.start += size_at(text, span.start);
    }
  }
  return pieces;
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
    const bool from_latin =
        (is_latin_word(before) && u_isalpha(static_cast<UChar32>(before)) != 0) && is_cjk(behind);
    if (to_latin || from_latin) return {{span.start, i}, {i + 1, span.end}};
  }
  return {span, {}};
}

// Behind a Japanese noun: the statement ends there, with the noun itself in kana or at a stop, or with what
// says so.
bool ends_statement(const LinkContext& context, std::uint32_t behind) {
  const char32_t last = code_point_before(context.folded(), behind);
  return is_hiragana(last) || is_terminator(last) || last == kIdeographicComma ||
         name_word(context, behind, NameRules::predicate).has_value();
}

// The kind named by the first noun behind the copula of a sentence: "is the largest city in". In Latin
// letters a determiner comes first: "was incorporated as a town" says no kind.
std::string kind_of_sentence(const LinkContext& context, std::uint32_t from, std::uint32_t end) {
  from = skip_gap(context.folded(), from, end);
  const bool latin = from < end && is_latin_word(code_point_at(context.folded(), from));
  if (latin && !name_word(context, from, NameRules::determiner)) return {};
  for (std::uint32_t i = name_place(context, {from, end}); i < end; i = name_place_behind(context, i, end)) {
    const auto noun = name_word(context, i, NameRules::noun);
    if (!noun) continue;
    if (!is_ascii_letter(context.folded()[i]) && !ends_statement(context, i + noun->size)) continue;
    // With a capital it is a part of a name: "the mission of the Federal Republic".
    const bool small = u_islower(static_cast<UChar32>(noun->word->text[0])) != 0;
    if (!latin || i == from || !small || !is_upper(code_point_at(context.folded(), i)))
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

// "Moves of people", "Census time!": inside a name that says no kind, a word or mark that names lack.
bool is_phrase(const LinkContext& context, TextSpan span) {
  // "City in Norway" describes what is named elsewhere; "CC45" numbers a paper.
  const auto noun = name_word(context, span.start, NameRules::noun);
  if (noun && sentence_word(context, span.start + noun->size + 1, LinkRules::place_mark) != 0) return true;
  const std::string_view name = context.at(span);
  if (std::all_of(name.begin(), name.end(), is_ascii_alnum) &&
      std::any_of(name.begin(), name.end(), is_ascii_digit))
    return true;
  for (std::uint32_t i = name_place(context, span); i < span.end;
       i = name_place_behind(context, i, span.end)) {
    if (name_word(context, i, NameRules::phrase_mark)) return true;
  }
  return false;
}

// A known body ends before `end`, and a word that joins two names of a list stands between: "Leeds and York".
bool joins_known_body(const LinkContext& context, std::uint32_t start, std::uint32_t end) {
  for (std::uint32_t join = name_place(context, {start, end}); join < end;
       join = name_place_behind(context, join, end)) {
    const auto word = name_word(context, join, NameRules::join);
    if (!word || join + word->size != end) continue;
    for (std::uint32_t i = start; i < join; i += size_at(context.folded(), i)) {
      if (!known_bodies(context, {i, join}).empty()) return true;
    }
  }
  return false;
}

// "Ann's blog of Leeds", "in the south lies Leeds": the territory that a Japanese phrase ends with, behind
// kana, if it is one that is known; empty if the phrase lists several.
TextSpan behind_phrase(const LinkContext& context, TextSpan span) {
  const std::string_view text = context.folded();
  if (!is_cjk(code_point_at(text, span.start)) || !known_bodies(context, span).empty()) return span;
  std::uint32_t from = span.end - std::min(span.size(), kLongestName);  // no name begins before
  while ((static_cast<unsigned char>(text[from]) & 0xC0U) == 0x80U) ++from;
  for (std::uint32_t i = from; i < span.end; i += size_at(text, i)) {
    const bool behind_kana = i > span.start && is_hiragana(code_point_before(text, i));
    if (!behind_kana || known_bodies(context, {i, span.end}).empty()) continue;
    return joins_known_body(context, from, i) ? TextSpan{} : TextSpan{i, span.end};
  }
  return span;
}

// An ideographic comma divides a list or a clause, a full stop sentences.
bool holds_clauses(const LinkContext& context, TextSpan span) {
  for (std::uint32_t i = span.start; i < span.end; i += size_at(context.folded(), i)) {
    const char32_t c = code_point_at(context.folded(), i);
    const bool last = i + size_at(context.folded(), i) >= span.end;
    if (c == kIdeographicComma || (c == kIdeographicStop && !last)) return true;
  }
  return false;
}

// A body's name with the kind that its form says.
std::optional<Candidate> name_of(const LinkContext& context, TextSpan span) {
  if (holds_clauses(context, span)) return std::nullopt;
  span = before_region(context, span);
  const TextSpan suffixed = up_to_suffix(context, span);
  std::string kind = kind_of_form(context, suffixed);
  if (!kind.empty()) span = is_territory(kind) ? behind_phrase(context, suffixed) : suffixed;
  if (span.empty() || is_generic(context, span)) return std::nullopt;
  if (span.size() <= size_at(context.folded(), span.start) || span.size() > kLongestName) return std::nullopt;
  return body_candidate(context, 0, span, std::move(kind), Layout::section);
}

// "The embassy", "The work of the Embassy": a determiner and no capital behind it, or a small letter first
// that begins no name, as "The city of" does.
bool is_common_noun(const LinkContext& context, TextSpan name) {
  const std::string_view text = context.folded();
  const auto determiner = name_word(context, name.start, NameRules::determiner);
  if (!determiner) return false;
  const std::uint32_t first = skip_gap(text, name.start + determiner->size, name.end);
  const bool named =
      name_word(context, name.start, NameRules::prefix) || name_word(context, first, NameRules::prefix);
  if (!named && first < name.end && u_islower(static_cast<UChar32>(code_point_at(text, first))) != 0)
    return true;
  for (std::uint32_t i = name.start + determiner->size; i < name.end; i += size_at(text, i)) {
    const char32_t c = code_point_at(text, i);
    if (is_upper(c) || c >= 0x80) return false;
  }
  return true;
}

// A sentence ends inside, or the last word has a small letter and is no kind of body: "Most towns had a".
bool reads_like_prose(const LinkContext& context, TextSpan name) {
  const std::string_view text = context.at(name);
  if (!is_latin_word(code_point_at(text, 0)) && text.front() != '"') return false;
  const auto stop = text.find(". ");
  const bool ends_inside = stop != std::string_view::npos && stop > 3 &&
                           text.substr(stop - 3, 3).find_first_of(" .") == std::string_view::npos;
  const auto blank = text.rfind(' ');
  const std::uint32_t last = blank == std::string_view::npos ? 0 : static_cast<std::uint32_t>(blank) + 1;
  const bool small = u_islower(static_cast<UChar32>(code_point_at(text, last))) != 0;
  // "Finding a sister city", where names have no article before a small letter.
  for (std::uint32_t i = 1; small && i < last; ++i) {
    if (text[i - 1] == ' ' && name_word(context, name.start + i, NameRules::determiner)) return true;
  }
  return ends_inside || (small && !name_word(context, name.start + last, NameRules::noun));
}

// Not a question, nor a short line that no mark ends: "What the company is famous for".
bool is_statement(const LinkContext& context, TextSpan line) {
  const TextSpan sentence = context.sentence_of(context.line_at(line.start), line.start);
  const char32_t last = code_point_before(context.folded(), sentence.end);
  if (last == '?') return false;
  return line.size() >= kProseLine || is_terminator(last);
}

// "The Township Board": a determiner, and words for kinds only.
bool is_bare_latin_kind(const LinkContext& context, TextSpan name) {
  const auto determiner = name_word(context, name.start, NameRules::determiner);
  if (!determiner) return false;
  for (std::uint32_t blank = name.start + determiner->size; blank < name.end;) {
    const auto suffix = name_word(context, blank, NameRules::suffix);
    const auto noun = name_word(context, blank + 1, NameRules::noun);
    const std::uint32_t size = std::max(suffix ? suffix->size : 0, noun ? noun->size + 1 : 0);
    if (size == 0) return false;
    blank += size;
  }
  return true;
}

// "Chambers of commerce are", "Purpose: chamber of commerce": of a Japanese name, or behind its last blank,
// stands but a word for a kind. A company's kind may stand apart, and a few are names themselves.
bool is_bare_kind(const LinkContext& context, TextSpan name) {
  const std::string_view text = context.folded();
  if (is_latin_word(code_point_at(text, name.start))) return is_bare_latin_kind(context, name);
  if (!is_cjk(code_point_at(text, name.start))) return false;
  const auto blank = context.at(name).rfind(' ');
  const std::uint32_t last =
      blank == std::string_view::npos ? name.start : name.start + static_cast<std::uint32_t>(blank) + 1;
  const auto suffix = name_word(context, last, NameRules::suffix);
  return suffix && last + suffix->size == name.end && suffix->size > size_at(text, last) &&
         context.rules.names.kinds[suffix->word->entry] != "company" &&
         !name_word(context, last, NameRules::whole_name);
}

// Where the subject begins: behind the clause that an opener begins, "Founded in 1869, Leeds University is".
std::uint32_t subject_start(const LinkContext& context, TextSpan line) {
  const std::string_view text = context.folded();
  if (!name_word(context, line.start, NameRules::opener)) return line.start;
  std::uint32_t start = line.start;
  const std::uint32_t reach = std::min(line.end, line.start + kSentenceSubject);
  for (std::uint32_t i = next_start(text, line.start, reach); i < reach; i = next_start(text, i, reach)) {
    if (text[i - 1] == ' ' && name_word(context, i, NameRules::copula)) return start;
    if (i > line.start + 2 && text[i - 1] == ' ' && text[i - 2] == ',' && is_upper(code_point_at(text, i)))
      start = i;
  }
  return line.start;
}

// "The Embassy of Leeds in York": the name without the place where it is.
TextSpan without_place(const LinkContext& context, TextSpan name) {
  const std::string_view text = context.at(name);
  for (std::size_t i = text.find(' '); i != std::string_view::npos; i = text.find(' ', i + 1)) {
    const std::uint32_t blank = name.start + static_cast<std::uint32_t>(i);
    if (blank + 1 < name.end && sentence_word(context, blank + 1, LinkRules::place_mark) != 0)
      return {name.start, blank};
  }
  return name;
}

// Where the first of two names ends: "Porto or Oporto".
std::uint32_t before_alias(const LinkContext& context, TextSpan names) {
  const std::string_view text = context.at(names);
  for (std::size_t i = text.find(' ', 1); i != std::string_view::npos; i = text.find(' ', i + 1)) {
    const std::uint32_t blank = names.start + static_cast<std::uint32_t>(i);
    if (name_word(context, blank, NameRules::alias)) return blank;
  }
  return names.end;
}

// The copula of a sentence, and where the name of its subject ends before it.
struct Copula {
  TextSpan span;
  std::uint32_t name_end = 0;
};
std::optional<Copula> find_copula(const LinkContext& context, TextSpan span) {
  const std::string_view text = context.folded();
  const std::uint32_t reach = std::min(span.end, span.start + kSentenceSubject);
  std::uint32_t name_end = 0;
  for (std::uint32_t i = span.start, next = i; i < reach; i = next) {
    next = next_start(text, i, span.end);
    if (text[i] != ' ' && !is_ascii_letter(text[i])) {
      const char32_t c = code_point_at(text, i);
      const bool letter = is_kana_or_ideograph(c);
      if (const std::uint32_t behind =
              !letter && is_open_bracket(c) ? behind_bracket(text, i, span.end) : 0) {
        if (name_end == 0) name_end = i;
        next = behind;
        continue;
      }
      // A comma, or a pronunciation between slashes.
      if (name_end == 0 && (c == ',' || (c == '/' && i > span.start && text[i - 1] == ' '))) name_end = i;
      // A clause before the subject, a label.
      if (name_end == 0 && (c == kIdeographicComma || c == ':' || c == '>')) return std::nullopt;
      if (!letter && is_terminator(c) && c != '.') return std::nullopt;
    }
    const auto copula = i > span.start ? name_word(context, i, NameRules::copula) : std::nullopt;
    if (copula) return Copula{{i, i + copula->size}, name_end == 0 ? i : name_end};
  }
  return std::nullopt;
}

// "Our city, which lies by the sea" in Japanese: behind kana the words of a heading that names nobody.
bool ends_generic(const LinkContext& context, TextSpan name) {
  for (std::uint32_t i = name_place_behind(context, name.start, name.end); i < name.end;
       i = name_place_behind(context, i, name.end)) {
    // A single character is the suffix of a name in kana.
    const bool word = i + size_at(context.folded(), i) < name.end;
    if (word && is_hiragana(code_point_before(context.folded(), i)) && is_generic(context, {i, name.end}))
      return true;
  }
  return false;
}

// No remark, nothing said of kinds, of the past or of a figure.
bool may_be_subject(const LinkContext& context, TextSpan name) {
  const std::string_view text = context.folded();
  if (name.size() > kLongestName || reads_like_prose(context, name)) return false;
  if (context.at(name).find('|') != std::string_view::npos) return false;  // markup of a wiki
  if (is_cjk(code_point_at(text, name.start)) && context.at(name).find(" - ") != std::string_view::npos)
    return false;
  if (u_isalnum(static_cast<UChar32>(code_point_at(text, name.start))) == 0 && text[name.start] != '"')
    return false;
  return !is_generic(context, name) && !ends_generic(context, name) && !is_bare_kind(context, name) &&
         context.readings_in(name).empty() && !is_common_noun(context, name) &&
         linking_word(context, name.start, LinkRules::former) == 0;
}

// "In Leeds it is": before the Japanese copula stands a particle, behind an ideograph or katakana.
bool ends_in_particle(const LinkContext& context, TextSpan name) {
  const std::string_view text = context.folded();
  for (std::uint32_t i = linking_place(context, name.start + 1, name.end); i < name.end;
       i = linking_place(context, i + 1, name.end)) {
    if (!is_hiragana(code_point_at(text, i)) || is_hiragana(code_point_before(text, i))) continue;
    // The longest connector may reach past the name, into the copula itself.
    const std::uint32_t size = linking_word(context, i, LinkRules::connector);
    if (size != 0 && i + size >= name.end) return true;
  }
  return false;
}

// Labels of figures, and of names: a heading such as "Name, purpose and so on" is none.
bool begins_no_name(const LinkContext& context, const WordMention& label) {
  const FieldType type = context.rules.fields[context.rules.labels[label.entry].field].type;
  return type == FieldType::count || type == FieldType::number || type == FieldType::quantity ||
         type == FieldType::subject;
}

// Behind a word that says but the kind of body stands the name in quotes; the span otherwise.
TextSpan quoted_name(const LinkContext& context, TextSpan span) {
  const std::string_view text = context.folded();
  const auto prefix = name_word(context, span.start, NameRules::prefix);
  if (!prefix || span.start + prefix->size != span.end || !is_quote(code_point_at(text, span.end)))
    return span;
  const std::uint32_t first = span.end + size_at(text, span.end);
  const std::uint32_t behind =
      behind_bracket(text, span.end, context.line(context.line_at(span.start)).span.end);
  return behind == 0 ? span : TextSpan{first, behind - size_before(text, behind)};
}

// "This association (hereinafter ...) is called Leeds Association": a name behind the copula, brackets at
// most between it and the words that say so.
std::optional<Candidate> name_in_charter(const LinkContext& context, std::uint32_t field, TextSpan rest) {
  const std::string_view text = context.folded();
  std::uint32_t start = skip_gap(text, rest.start, rest.end);
  if (start < rest.end && code_point_at(text, start) == kIdeographicComma) start += size_at(text, start);
  const std::uint32_t reach = std::min(rest.end, start + kLongestName);
  std::uint32_t name_end = start;
  std::uint32_t behind = 0;
  for (std::uint32_t i = start; i < reach && behind == 0; i += size_at(text, i)) {
    name_end = i;
    const bool bracket = is_open_bracket(code_point_at(text, i)) && !is_quote(code_point_at(text, i));
    behind = bracket ? behind_bracket(text, i, rest.end) : (name_word(context, i, NameRules::naming) ? i : 0);
  }
  if (behind == 0 || name_end == start || !name_word(context, behind, NameRules::naming)) return std::nullopt;
  auto body = body_name(context, {start, name_end});
  if (!body || body->span != TextSpan{start, name_end} || std::get<Name>(body->value).kind.empty())
    return std::nullopt;
  body->field = field;
  return body;
}

// "Leeds is a city in", at the start of a line of prose.
std::optional<Candidate> first_sentence(const LinkContext& context, std::uint32_t field, std::uint32_t line,
                                        bool late) {
  const std::string_view text = context.folded();
  const TextSpan whole = context.line(line).span;
  const std::uint32_t start = subject_start(context, whole);
  const auto copula = find_copula(context, {start, whole.end});
  if (!copula) return std::nullopt;
  const std::uint32_t name_end = before_alias(context, {start, copula->name_end});
  const TextSpan phrase = quoted_name(context, without_additions(context, trimmed(text, {start, name_end})));
  if (phrase.empty()) return std::nullopt;
  if (is_generic(context, phrase)) return name_in_charter(context, field, {copula->span.end, whole.end});
  std::string kind = kind_of_form(context, phrase);
  const TextSpan name = is_territory(kind) ? behind_phrase(context, phrase) : phrase;
  if (name.empty() || !may_be_subject(context, name)) return std::nullopt;
  // The form of a name is surer than the first noun of the sentence: a city may be a "castle town".
  const TextSpan form = without_place(context, name);
  if (form != phrase) kind = kind_of_form(context, form);
  const bool phrase_of_prose = is_cjk(code_point_at(text, name.start)) &&
                               (ends_in_particle(context, name) || is_phrase(context, name));
  if (kind.empty() && phrase_of_prose) return std::nullopt;
  if (!is_territory(kind)) {
    const TextSpan sentence = context.sentence_of(line, copula->span.start);
    std::string said = kind_of_sentence(context, copula->span.end, sentence.end);
    // An embassy is the mission of a country, it is none.
    if (!said.empty() && (kind.empty() || !is_territory(said))) kind = std::move(said);
  }
  if (kind.empty() || !is_statement(context, whole)) return std::nullopt;
  // Further down a sentence may be about any territory, unless it says what that is, or has a figure of it.
  if (late && is_territory(kind)) {
    const TextSpan sentence = context.sentence_of(line, copula->span.start);
    const auto words = context.words_in(sentence);
    const bool figure = std::any_of(words.begin(), words.end(), [&](const WordMention& word) {
      return static_cast<WordCategory>(word.category) == WordCategory::label && begins_no_name(context, word);
    });
    if (!figure && kind_of_sentence(context, copula->span.end, sentence.end).empty()) return std::nullopt;
  }
  return body_candidate(context, field, name, kind, Layout::sentence);
}

// The known territory that a span is the name of, its prefecture before it left out; empty if it is none.
TextSpan known_territory(const LinkContext& context, TextSpan span) {
  const std::string_view text = context.folded();
  if (span.empty() || span.size() > kLongestName || !is_cjk(code_point_at(text, span.start)) ||
      !is_territory(kind_of_form(context, span)))
    return {};
  for (std::uint32_t i = span.start; i < span.end; i += size_at(text, i)) {
    const bool behind_region = i == span.start || !known_bodies(context, {span.start, i}).empty();
    if (behind_region && !known_bodies(context, {i, span.end}).empty() &&
        is_territory(kind_of_form(context, {i, span.end})))
      return {i, span.end};
  }
  return {};
}

// The known territory that a sentence is about from its first word on.
TextSpan topic_of(const LinkContext& context, TextSpan sentence) {
  const auto copula = find_copula(context, sentence);
  if (!copula || copula->name_end - sentence.start > kLongestName) return {};
  return known_territory(context, without_additions(context, {sentence.start, copula->name_end}));
}

bool is_known_territory(const LinkContext& context, std::uint32_t line) {
  return line < context.segments.lines.size() &&
         known_territory(context, context.line(line).span) == context.line(line).span;
}

// Kana only, as the reading of a name above it.
bool is_reading(const LinkContext& context, TextSpan span) {
  for (std::uint32_t i = span.start; i < span.end; i += size_at(context.folded(), i)) {
    if (!is_hiragana(code_point_at(context.folded(), i))) return false;
  }
  return !span.empty();
}

// A table that became lines: near its top the name of a known territory has a line for itself. In a list of
// them none is the subject.
std::optional<Candidate> first_line_of_name(const LinkContext& context, std::uint32_t field) {
  for (std::uint32_t i = 0; i < std::min<std::size_t>(context.segments.lines.size(), kTopLines); ++i) {
    if (!is_known_territory(context, i)) continue;
    if (is_known_territory(context, i + 1)) return std::nullopt;
    const TextSpan span = context.line(i).span;
    return body_candidate(context, field, span, kind_of_form(context, span), Layout::section);
  }
  return std::nullopt;
}

// Prose without a heading that says its subject: one of its first sentences begins with a known territory,
// and none of those near it with another one.
std::optional<Candidate> topic_of_prose(const LinkContext& context, std::uint32_t field) {
  TextSpan topic;
  std::uint32_t prose = 0;
  std::uint32_t sentences = 0;
  for (std::uint32_t i = 0; i < context.segments.lines.size() && i < kLinesTried && prose < kFirstLines;
       ++i) {
    const Line& line = context.line(i);
    if (line.region != Region::content || line.cell != kNone || line.span.size() < kProseLine) continue;
    ++prose;
    for (std::uint32_t at = line.span.start; at < line.span.end;) {
      const TextSpan sentence = context.sentence_of(i, at);
      const TextSpan found = topic_of(context, {at, sentence.end});
      if (!found.empty() && !topic.empty() && context.at(found) != context.at(topic)) return std::nullopt;
      if (topic.empty()) topic = found;
      if (topic.empty() && ++sentences == kFirstSentences) return std::nullopt;
      at = skip_gap(context.folded(), std::max(sentence.end, at + 1), line.span.end);
    }
  }
  if (topic.empty()) return std::nullopt;
  return body_candidate(context, field, topic, kind_of_form(context, topic), Layout::sentence);
}

// The body whose address stands on the lines below its name, if all addresses are of one.
std::optional<Candidate> name_above_address(const LinkContext& context, std::uint32_t field) {
  std::optional<Candidate> found;
  for (const Reading& reading : context.readings) {
    if (reading.kind != MentionKind::address) continue;
    const std::uint32_t first = context.line_at(reading.span.start);
    if (first == 0 || context.line(first - 1).span.size() > kLongestName) continue;
    const TextSpan above = context.line(first - 1).span;
    auto body = body_name(context, above);
    if (!body || body->span != above || std::get<Name>(body->value).kind.empty() ||
        is_territory(std::get<Name>(body->value).kind))
      continue;
    if (found && context.at(found->span) != context.at(above)) return std::nullopt;
    body->field = field;
    found = std::move(body);
  }
  return found;
}

bool is_question(const LinkContext& context, TextSpan line) {
  for (std::uint32_t i = name_place(context, line); i < line.end;
       i = name_place_behind(context, i, line.end)) {
    if (name_word(context, i, NameRules::question)) return true;
  }
  return false;
}

// A line of plain text with empty lines around it, a second one below it at most: a heading without marks.
bool stands_alone(const LinkContext& context, std::uint32_t index) {
  const auto& lines = context.segments.lines;
  const auto apart = [&](std::uint32_t before, std::uint32_t after) {
    if (after >= lines.size()) return true;
    const std::uint32_t end = lines[before].span.end;
    const std::string_view between = context.folded().substr(end, lines[after].span.start - end);
    return std::count(between.begin(), between.end(), '\n') > 1;
  };
  const TextSpan line = lines[index].span;
  const bool sentence =
      line.size() > kProseLine && is_terminator(code_point_before(context.folded(), line.end));
  if (line.size() > kLongestHeading || sentence) return false;
  if (index > 0) {
    if (context.document.media_type == MediaType::html || !apart(index - 1, index)) return false;
    if (!apart(index, index + 1) && !apart(index + 1, index + 2)) return false;
  }
  if (context.at(line).find(" > ") != std::string_view::npos) return false;  // the way to the page
  return !is_question(context, line);
}

// The heading adds a word such as "overview" to the name, and nothing else.
bool is_cut(const LinkContext& context, TextSpan line, TextSpan name) {
  const std::string_view text = context.folded();
  const std::uint32_t behind = skip_gap(text, name.end, line.end);
  const auto tail = name_word(context, behind, NameRules::tail);
  return name.start == line.start && tail && behind + tail->size == line.end;
}

bool is_date_label(const LinkContext& context, const WordMention& label) {
  return context.rules.fields[context.rules.labels[label.entry].field].type == FieldType::date;
}

// A heading that is the label of a field, such as "Founded" over a year, names nobody, nor does one without a
// kind that begins with the label of a figure or of a name, or ends with that of a day, "When founded", or
// begins or ends with a head's title, "Mayor Ann Lee", "Message from the Mayor".
bool is_label(const LinkContext& context, TextSpan name, bool has_kind) {
  const ScriptPieces pieces = script_pieces(context, name);
  if (!pieces.second.empty() && is_generic(context, pieces.second)) return true;
  const auto words = context.words_in(name);
  return std::any_of(words.begin(), words.end(), [&](const WordMention& word) {
    const auto category = static_cast<WordCategory>(word.category);
    if (category == WordCategory::title)
      return !has_kind && (word.span.start == name.start || word.span.end == name.end);
    if (category != WordCategory::label) return false;
    if (word.span == name || word.span == pieces.first || word.span == pieces.second) return true;
    return !has_kind && ((word.span.start == name.start && begins_no_name(context, word)) ||
                         (word.span.end == name.end && is_date_label(context, word)));
  });
}

// The label is all that its line holds, and the line below belongs to it: outside tables, in one section.
bool has_line_to_itself(const LinkContext& context, const WordMention& label) {
  if (label.line + 1 >= context.segments.lines.size()) return false;
  const Line& line = context.line(label.line);
  const Line& below = context.line(label.line + 1);
  return label.span == line.span && line.cell == kNone && below.cell == kNone &&
         line.section == below.section && line.kind != BlockKind::heading && below.kind != BlockKind::heading;
}

}  // namespace

bool is_territory(std::string_view kind) {
  constexpr std::array<std::string_view, 10> kTerritories = {
      "country", "prefecture", "state", "province", "county", "city", "town", "village", "ward", "district"};
  return std::find(kTerritories.begin(), kTerritories.end(), kind) != kTerritories.end();
}

std::optional<Candidate> body_name(const LinkContext& context, TextSpan span) {
  span = trimmed(context.folded(), span);
  if (span.empty()) return std::nullopt;
  if (context.folded()[span.start] == '|') ++span.start;  // the frame of a table
  span = trimmed(context.folded(), span);
  if (span.empty()) return std::nullopt;
  span.start = behind_count(context, span);
  span = quoted_at_end(context, span, first_piece(context, span));
  if (span.empty() || is_generic(context, span)) return std::nullopt;  // "Quick facts"
  span = without_additions(context, span);
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

std::uint32_t column_of_names(const LinkContext& context, std::uint32_t table) {
  // Countries come before cities in the list of kinds: the smaller body is what the row is about.
  const auto rank = [&](std::uint32_t column) -> std::size_t {
    const GridCell* head = context.cell_at(table, 0, column);
    if (head == nullptr || head->span.empty()) return 0;
    std::string kind = kind_of_head(context, head->span);
    const auto suffix = name_word(context, head->span.start, NameRules::suffix);
    if (kind.empty() && suffix) kind = context.rules.names.kinds[suffix->word->entry];
    const auto& kinds = subject_kinds();
    const auto known = std::find(kinds.begin(), kinds.end(), kind);
    return is_territory(kind) ? static_cast<std::size_t>(known - kinds.begin()) + 1 : 0;
  };
  std::uint32_t best = 0;
  for (std::uint32_t column = 1; rank(column - 1) > 0 && rank(column) > 0; ++column) {
    if (rank(column) > rank(best)) best = column;
  }
  return best;
}

void link_subjects(const LinkContext& context, std::uint32_t field, std::vector<Candidate>& out) {
  const auto add = [&](std::optional<Candidate> candidate, std::int32_t score, Layout layout) {
    if (!candidate) return;
    if (is_label(context, candidate->span, !std::get<Name>(candidate->value).kind.empty())) return;
    if (is_bare_kind(context, candidate->span) || reads_like_prose(context, candidate->span)) return;
    if (layout == Layout::section && std::get<Name>(candidate->value).kind.empty() &&
        is_phrase(context, candidate->span))
      return;
    candidate->field = field;
    candidate->layout = layout;
    candidate->score = score + (std::get<Name>(candidate->value).kind.empty() ? 0 : kKindScore);
    // A heading about a day, a year or a figure.
    if (const auto readings = context.readings_in(candidate->span); !readings.empty()) {
      const std::string& kind = std::get<Name>(candidate->value).kind;
      // "9 January: Council meeting": a day in front is that of a sitting.
      const bool dated =
          readings.front().kind == MentionKind::date && readings.front().span.start == candidate->span.start;
      if (kind.empty() || (dated && !is_territory(kind))) return;
      candidate->score -= kKindScore;
    }
    out.push_back(std::move(*candidate));
  };
  const auto add_unmarked_heading = [&](std::uint32_t index) {
    const Line& line = context.line(index);
    if (is_reading(context, line.span) && is_known_territory(context, index + 1)) return;
    auto name = body_name(context, line.span);
    const bool has_kind = name && !std::get<Name>(name->value).kind.empty();
    // Further down it has to say that it is a heading: "Profile of Leeds Association".
    if (index >= kTopLines && !(has_kind && is_cut(context, line.span, name->span))) return;
    // Below the first line, and in a table, a name has to look like one.
    const bool row = line.cell != kNone || context.at(line.span).find('\t') != std::string_view::npos;
    if ((index > 0 || row) && !has_kind) return;
    add(std::move(name), index == 0 ? 15 : (index < kTopLines ? 12 : 5), Layout::section);
    // The first line may name the page and the site, as titles do: "Statistics 2009 - Leeds Town Hall".
    if (index > 0 || has_kind) return;
    for (const TextSpan piece : title_pieces(context, line.span)) {
      auto other = body_name(context, piece);
      if (other && !std::get<Name>(other->value).kind.empty())
        return add(std::move(other), 15, Layout::section);
    }
  };
  for (const WordMention& word : context.mentions.words) {
    if (static_cast<WordCategory>(word.category) != WordCategory::label) continue;
    if (context.rules.labels[word.entry].field != field) continue;
    // "Name, purpose and so on": a middle dot joins two labels.
    const std::uint32_t behind = word.span.end;
    if (behind < context.folded().size() && code_point_at(context.folded(), behind) == kMiddleDot) continue;
    TextSpan labelled = labelled_text(context, word);
    const bool below = labelled.empty() && has_line_to_itself(context, word);
    if (below) labelled = context.line(word.line + 1).span;
    // Labels and values on one line: where the name ends nobody can tell.
    if (context.at(labelled).find(": ") != std::string_view::npos) continue;
    auto candidate = body_name(context, labelled);
    if (candidate && below && std::get<Name>(candidate->value).kind.empty()) continue;
    if (candidate) candidate->label = word.span;
    // The label of a region that the body may lie in says less than that of the body.
    const auto& weak = context.rules.fields[field].weak_labels;
    const bool region =
        std::find(weak.begin(), weak.end(), context.rules.labels[word.entry].text) != weak.end();
    add(std::move(candidate), region ? 44 : 45, below ? Layout::next_line : Layout::same_line);
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
               line.region != Region::navigation && !is_question(context, line.span)) {
      auto name = body_name(context, line.span);
      // Below the page's own heading a name has to look like one.
      if (line.level > 1 && name && std::get<Name>(name->value).kind.empty()) continue;
      add(std::move(name), line.level <= 1 ? 50 : 10, Layout::section);
    } else if (line.region == Region::content) {
      if (line.span.size() >= kProseLine) ++prose;
      add(first_sentence(context, field, i, prose > kFirstProse), 35 - static_cast<std::int32_t>(prose),
          Layout::sentence);
      const bool may_head = i < kTopLines || (i < kLateLines && line.span.size() <= kProseLine);
      if (may_head && stands_alone(context, i)) add_unmarked_heading(i);
    }
  }
  const bool named = std::any_of(out.begin(), out.end(),
                                 [&](const Candidate& candidate) { return candidate.field == field; });
  if (!named) add(first_line_of_name(context, field), kUnmarkedScore, Layout::section);
  if (!named) add(topic_of_prose(context, field), kUnmarkedScore, Layout::sentence);
  if (!named) add(name_above_address(context, field), kUnmarkedScore, Layout::previous_line);
}

}  // namespace yoran
