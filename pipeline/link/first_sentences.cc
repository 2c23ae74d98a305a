#include "link/first_sentences.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <utility>

#include "link/bodies.h"
#include "link/gap.h"
#include "link/name_text.h"
#include "link/sentence.h"

namespace yoran {
namespace {

constexpr std::uint32_t kFirstSentences = 3;  // of prose, one of which has to name what all of it is about
constexpr std::string_view kCompany = "company";
constexpr std::uint32_t kSentenceSubject = 200;  // bytes before the word that says the kind

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

// Not a question, nor a short line that no mark ends: "What the company is famous for".
bool is_statement(const LinkContext& context, TextSpan line) {
  const TextSpan sentence = context.sentence_of(context.line_at(line.start), line.start);
  const char32_t last = code_point_before(context.folded(), sentence.end);
  if (last == '?') return false;
  return line.size() >= kProseLine || is_terminator(last) || last == ',';  // the sentence goes on below
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
  if (name.size() > kLongestBodyName || reads_like_prose(context, name)) return false;
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
  const std::uint32_t reach = std::min(rest.end, start + kLongestBodyName);
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

// Prose names territories in passing: a sentence that is about one says what it is, behind the copula, or has
// a figure of it.
bool describes(const LinkContext& context, TextSpan sentence, std::uint32_t behind_copula) {
  const auto words = context.words_in(sentence);
  const bool figure = std::any_of(words.begin(), words.end(), [&](const WordMention& word) {
    return static_cast<WordCategory>(word.category) == WordCategory::label && begins_no_name(context, word);
  });
  return figure || !kind_of_sentence(context, behind_copula, sentence.end).empty();
}

// The known territory that a sentence begins with, and whether the sentence describes it.
struct Topic {
  TextSpan name;
  bool described = false;
};
Topic topic_of(const LinkContext& context, TextSpan sentence) {
  const auto copula = find_copula(context, sentence);
  if (!copula || copula->name_end - sentence.start > kLongestBodyName) return {};
  const TextSpan name =
      known_territory(context, without_additions(context, {sentence.start, copula->name_end}));
  return {name, !name.empty() && describes(context, sentence, copula->span.end)};
}

// Without the words before or behind it that say what a body is.
TextSpan without_kind(const LinkContext& context, TextSpan name) {
  TextSpan core = name;
  if (const auto prefix = name_word(context, name.start, NameRules::prefix))
    core.start = skip_gap(context.folded(), name.start + prefix->size, name.end);
  for (std::uint32_t i = name_place(context, core); i < core.end;
       i = name_place_behind(context, i, core.end)) {
    const auto suffix = name_word(context, i, NameRules::suffix);
    if (suffix && i + suffix->size == core.end) core.end = i;
  }
  return core.empty() ? name : core;
}

}  // namespace

SentenceTopic topic_of_sentence(const LinkContext& context, TextSpan sentence) {
  const auto copula = find_copula(context, sentence);
  if (!copula) return {};
  const TextSpan name = without_additions(context, {sentence.start, copula->name_end});
  if (name.empty() || !may_be_subject(context, name)) return {};
  const std::string kind = kind_of_form(context, name);
  if (is_territory(kind)) {
    const TextSpan place = behind_phrase(context, name);
    return {place.empty() ? name : without_kind(context, place), true};
  }
  if (kind.empty()) return {};
  return {kind == kCompany ? without_kind(context, name) : name, false};
}

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
  if (kind.empty() && is_in_hiragana(context, name)) return std::nullopt;
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
  if (late && is_territory(kind) &&
      !describes(context, context.sentence_of(line, copula->span.start), copula->span.end))
    return std::nullopt;
  return body_candidate(context, field, name, kind, Layout::sentence);
}

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
      const Topic found = topic_of(context, {at, sentence.end});
      if (!found.name.empty() && !topic.empty() && context.at(found.name) != context.at(topic))
        return std::nullopt;
      if (topic.empty() && found.described) topic = found.name;
      if (topic.empty() && ++sentences == kFirstSentences) return std::nullopt;
      at = skip_gap(context.folded(), std::max(sentence.end, at + 1), line.span.end);
    }
  }
  if (topic.empty()) return std::nullopt;
  return body_candidate(context, field, topic, kind_of_form(context, topic), Layout::sentence);
}

}  // namespace yoran
