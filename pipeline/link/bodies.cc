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

constexpr std::size_t kTitlePieces = 4;
constexpr std::uint32_t kLongestPreposition = 3;  // letters
constexpr char32_t kIdeographicStop = 0x3002;

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

// "Outline of Leeds" in Japanese may write the character for "city" once, for the name and for the outline:
// it goes with the name where only that is known.
TextSpan with_shared_suffix(const LinkContext& context, TextSpan name) {
  const auto suffix = name_word(context, name.end, NameRules::suffix);
  if (!suffix || !known_bodies(context, name).empty()) return name;
  const TextSpan whole{name.start, name.end + suffix->size};
  return known_bodies(context, whole).empty() ? name : whole;
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
// part of the name, "the city of Leeds"; also where a territory's name ends in that word, "The Leeds
// District". "The Hague" keeps its article.
TextSpan without_article(const LinkContext& context, TextSpan span) {
  const auto article = name_word(context, span.start, NameRules::determiner);
  if (!article) return span;
  const std::uint32_t behind = skip_gap(context.folded(), span.start + article->size, span.end);
  const auto prefix = name_word(context, behind, NameRules::prefix);
  const bool part = is_upper(code_point_at(context.folded(), behind));
  if (!prefix) {
    const bool territory = part && is_territory(kind_of_form(context, span));
    return territory && context.readings_in(span).empty() ? TextSpan{behind, span.end} : span;
  }
  return {part ? behind : skip_gap(context.folded(), behind + prefix->size, span.end), span.end};
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

// The name without the region behind it: "City of Portland, Oregon".
TextSpan before_region(const LinkContext& context, TextSpan span) {
  const std::string_view text = context.folded();
  const auto comma = slice(text, span).find(", ");
  if (comma == std::string_view::npos) return span;
  const TextSpan name{span.start, span.start + static_cast<std::uint32_t>(comma)};
  return is_territory(kind_of_form(context, name)) ? name : span;
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
  if (span.size() <= size_at(context.folded(), span.start) || span.size() > kLongestBodyName)
    return std::nullopt;
  return body_candidate(context, 0, span, std::move(kind), Layout::section);
}

// "Bureau of": the word behind it is a part of the name, "Bureau of Statistics".
bool ends_in_preposition(const LinkContext& context, TextSpan name) {
  const std::string_view text = context.at(name);
  const auto blank = text.rfind(' ');
  if (blank == std::string_view::npos || !is_ascii_letter(text.back())) return false;
  const std::uint32_t last = name.start + static_cast<std::uint32_t>(blank) + 1;
  const std::uint32_t size = linking_word(context, last, LinkRules::connector);
  return size != 0 && last + size == name.end && size <= kLongestPreposition;
}

// "The Township Board", "Federal State": words for kinds only.
bool is_bare_latin_kind(const LinkContext& context, TextSpan name) {
  const auto determiner = name_word(context, name.start, NameRules::determiner);
  std::uint32_t at = name.start + (determiner ? determiner->size : 0);
  while (at < name.end) {
    const std::uint32_t blank = context.folded()[at] == ' ' ? 1 : 0;
    const auto suffix = name_word(context, at, NameRules::suffix);
    const auto noun = name_word(context, at + blank, NameRules::noun);
    const std::uint32_t size = std::max(suffix ? suffix->size : 0, noun ? noun->size + blank : 0);
    if (size == 0) return false;
    at += size;
  }
  return true;
}

}  // namespace

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

std::uint32_t name_place(const LinkContext& context, TextSpan span) {
  return context.rules.names.words.next_candidate(context.folded(), span.start, span.end);
}
std::uint32_t name_place_behind(const LinkContext& context, std::uint32_t place, std::uint32_t end) {
  return name_place(context, {next_start(context.folded(), place, end), end});
}

TextSpan without_additions(const LinkContext& context, TextSpan span) {
  span.start = behind_number(context, span);
  span.start = behind_count(context, span);
  if (const auto lead = name_word(context, span.start, NameRules::lead)) span.start += lead->size;
  span = trimmed(context.folded(), span);
  for (std::uint32_t i = name_place(context, span); i < span.end;
       i = name_place_behind(context, i, span.end)) {
    const auto tail = name_word(context, i, NameRules::tail);
    if (!tail || i == span.start || ends_in_preposition(context, {span.start, i})) continue;
    const TextSpan name = with_shared_suffix(context, {span.start, i});
    return trimmed(context.folded(), name);
  }
  return span;
}

std::string kind_of_form(const LinkContext& context, TextSpan span) {
  const NameRules& names = context.rules.names;
  // A prefix that says little leaves it to the end: "Foundation Leeds University".
  std::string weak;
  if (const auto prefix = name_word(context, span.start, NameRules::prefix)) {
    const std::string& kind = names.kinds[prefix->word->entry];
    if (kind != kOtherKind) return kind;
    weak = kind;
  }
  if (const auto article = name_word(context, span.start, NameRules::determiner)) {
    const std::uint32_t behind = skip_gap(context.folded(), span.start + article->size, span.end);
    if (const auto prefix = name_word(context, behind, NameRules::prefix))
      return names.kinds[prefix->word->entry];
  }
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
  return weak;
}

bool is_generic(const LinkContext& context, TextSpan span) {
  bool generic = false;
  context.rules.names.words.match(context.folded(), span.start, [&](const WordMatch& word) {
    generic = generic || (word.word->category == NameRules::generic && span.start + word.size == span.end);
  });
  return generic;
}

Candidate body_candidate(const LinkContext& context, std::uint32_t field, TextSpan span, std::string kind,
                         Layout layout) {
  span = without_article(context, span);
  Candidate candidate = name_candidate(context, field, span, std::move(kind), layout);
  Name& name = std::get<Name>(candidate.value);
  if (is_territory(name.kind)) name.local_government_code = government_code(context, span);
  return candidate;
}

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

TextSpan behind_phrase(const LinkContext& context, TextSpan span) {
  const std::string_view text = context.folded();
  if (!is_cjk(code_point_at(text, span.start)) || !known_bodies(context, span).empty()) return span;
  std::uint32_t from = span.end - std::min(span.size(), kLongestBodyName);  // no name begins before
  while ((static_cast<unsigned char>(text[from]) & 0xC0U) == 0x80U) ++from;
  for (std::uint32_t i = from; i < span.end; i += size_at(text, i)) {
    const bool behind_kana = i > span.start && is_hiragana(code_point_before(text, i));
    if (!behind_kana || known_bodies(context, {i, span.end}).empty()) continue;
    return joins_known_body(context, from, i) ? TextSpan{} : TextSpan{i, span.end};
  }
  return span;
}

bool is_in_hiragana(const LinkContext& context, TextSpan span) {
  for (std::uint32_t i = span.start; i < span.end; i += size_at(context.folded(), i)) {
    if (!is_hiragana(code_point_at(context.folded(), i))) return false;
  }
  return !span.empty();
}

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

bool ends_in_common_noun(const LinkContext& context, TextSpan name) {
  const std::string_view text = context.at(name);
  for (std::size_t blank = text.find(' '); blank != std::string_view::npos;
       blank = text.find(' ', blank + 1)) {
    const TextSpan rest{name.start + static_cast<std::uint32_t>(blank) + 1, name.end};
    if (!rest.empty() && name_word(context, rest.start, NameRules::determiner) && is_bare_kind(context, rest))
      return true;
  }
  return false;
}

bool begins_no_name(const LinkContext& context, const WordMention& label) {
  const FieldType type = context.rules.fields[context.rules.labels[label.entry].field].type;
  return type == FieldType::count || type == FieldType::number || type == FieldType::quantity ||
         type == FieldType::subject;
}

TextSpan known_territory(const LinkContext& context, TextSpan span) {
  const std::string_view text = context.folded();
  if (span.empty() || span.size() > kLongestBodyName || !is_cjk(code_point_at(text, span.start)) ||
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

}  // namespace yoran
