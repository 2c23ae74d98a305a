#include "link/topic.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "link/bodies.h"
#include "link/first_sentences.h"
#include "link/gap.h"
#include "link/name_text.h"
#include "types/ascii.h"
#include "types/utf8.h"

namespace yoran {
namespace {

constexpr std::uint32_t kLongestPlace = 40;  // bytes
constexpr std::uint32_t kTopicReach = 600;   // bytes between the beginning of a sentence and its figure
constexpr std::size_t kMostSubjects = 64;    // candidates for the subject that are looked at

// What a sentence is about, and whether that governs a territory, if it is known.
struct Topic {
  TextSpan name;
  std::optional<bool> territory;
};
Topic of_sort(const SentenceTopic& body) {
  return {body.name, body.name.empty() ? std::nullopt : std::optional(body.territory)};
}

bool is_letter_of_place(char32_t c) { return is_kanji(c) || is_katakana(c) || is_hiragana(c); }

bool is_body(const LinkContext& context, std::string_view name) {
  const auto places = context.rules.addresses.find(name);
  return std::any_of(places.begin(), places.end(), [&](std::uint32_t index) {
    const PlaceKind kind = context.rules.addresses.place(index).kind;
    return kind != PlaceKind::sign && kind != PlaceKind::merged && kind != PlaceKind::county;
  });
}

// The longest name of a known place in kanji or kana that ends at `end`.
TextSpan place_before(const LinkContext& context, std::uint32_t from, std::uint32_t end) {
  const std::string_view text = context.folded();
  TextSpan longest;
  for (std::uint32_t at = end; at > from && end - at < kLongestPlace;) {
    const std::uint32_t start = at - size_before(text, at);
    if (!is_letter_of_place(code_point_at(text, start))) break;
    at = start;
    if (is_body(context, context.at({at, end}))) longest = {at, end};
  }
  return longest;
}

// What a Japanese sentence is about: the last known place before a copula, or before the connector of the
// label.
TextSpan japanese_topic(const LinkContext& context, TextSpan sentence, std::uint32_t label) {
  const std::string_view text = context.folded();
  TextSpan topic;
  for (std::uint32_t i = sentence.start; i < label; i += size_at(text, i)) {
    if (i == sentence.start || static_cast<unsigned char>(text[i]) < 0x80U) continue;
    const std::uint32_t connector = linking_word(context, i, LinkRules::connector);
    if (connector == 0) continue;
    if (!context.begins_label(i + connector) && !name_word(context, i, NameRules::copula)) continue;
    if (const TextSpan place = place_before(context, sentence.start, i); !place.empty()) topic = place;
  }
  return topic;
}

// The words with a capital that an English sentence begins with, behind an article; empty if a small letter
// or a mark comes first.
TextSpan leading_name(const LinkContext& context, TextSpan sentence, std::uint32_t end) {
  const std::string_view text = context.folded();
  std::uint32_t start = sentence.start;
  if (const auto article = name_word(context, start, NameRules::determiner))
    start = skip_gap(text, start + article->size, end);
  TextSpan name{start, start};
  for (std::uint32_t at = start; at < end && is_upper(code_point_at(text, at));) {
    while (at < end && is_latin_word(code_point_at(text, at))) at += size_at(text, at);
    name.end = at;
    if (at >= end || text[at] != ' ') break;
    ++at;
  }
  return name.end < end && text[name.end] == ' ' ? name : TextSpan{};
}

// What an English sentence is about: the known place that it begins with.
TextSpan english_topic(const LinkContext& context, TextSpan sentence, std::uint32_t label) {
  const TextSpan name = leading_name(context, sentence, label);
  if (name.empty()) return {};
  const bool verb = linking_word(context, name.end + 1, LinkRules::connector) != 0 ||
                    linking_word(context, name.end + 1, LinkRules::separator) != 0;
  return verb && is_body(context, context.at(name)) ? name : TextSpan{};
}

// "The library was founded in": the words behind the article that an English sentence begins with, in small
// letters up to its verb.
TextSpan leading_noun(const LinkContext& context, TextSpan sentence, std::uint32_t end) {
  const std::string_view text = context.folded();
  const auto article = name_word(context, sentence.start, NameRules::determiner);
  if (!article) return {};
  const std::uint32_t first = skip_gap(text, sentence.start + article->size, end);
  for (std::uint32_t at = first; at < end && at < first + kLongestPlace && is_ascii_lower(text[at]); ++at) {
    if (at > first && name_word(context, at, NameRules::copula)) return {first, at - 1};
    while (at < end && text[at] != ' ') ++at;
  }
  return {};
}

// Whether a common noun may stand for one of the subjects: both are territories, or neither is one.
bool may_name(const LinkContext& context, TextSpan noun, const std::vector<std::string>& kinds) {
  for (std::uint32_t i = name_place(context, noun); i < noun.end;
       i = name_place_behind(context, i, noun.end)) {
    const auto word = name_word(context, i, NameRules::noun);
    if (!word || i + word->size != noun.end) continue;
    const bool territory = is_territory(context.rules.names.kinds[word->word->entry]);
    return std::any_of(kinds.begin(), kinds.end(), [&](const std::string& kind) {
      return kind.empty() || kind == kOtherKind || is_territory(kind) == territory;
    });
  }
  return false;
}

// Of what a sentence tells a day: the body that it begins with, in English also a name right before its verb,
// what is said to be the subject's, "its school", or a thing of another kind, "the school".
Topic owner_of_day(const LinkContext& context, TextSpan sentence, std::uint32_t day,
                   const std::vector<std::string>& kinds) {
  const std::string_view text = context.folded();
  const Topic body = of_sort(topic_of_sentence(context, {sentence.start, day}));
  if (!body.name.empty() || !is_latin_word(code_point_at(text, sentence.start))) return body;
  const TextSpan name = leading_name(context, sentence, day);
  if (!name.empty() && name_word(context, name.end + 1, NameRules::copula)) {
    // "The Ministry was founded in": a kind with a capital.
    const bool own = is_bare_kind(context, name) ? may_name(context, name, kinds) : is_generic(context, name);
    if (!own) return {name, {}};
  }
  const TextSpan noun = leading_noun(context, sentence, day);
  if (!noun.empty() && !is_generic(context, {sentence.start, noun.end}) && !may_name(context, noun, kinds))
    return {noun, {}};
  TextSpan owned;
  bool begins = true;  // a clause
  for (std::uint32_t at = sentence.start, next = at; at < day; at = skip_gap(text, next, day)) {
    next = next_start(text, at, day);
    const std::uint32_t possessive = begins ? sentence_word(context, at, LinkRules::possessive) : 0;
    const bool another = begins && (is_upper(code_point_at(text, at)) || is_generic(context, {at, next}) ||
                                    name_word(context, at, NameRules::determiner));
    if (possessive != 0 || another) owned = {at, at + possessive};
    begins = linking_word(context, at, LinkRules::item_mark) != 0;
  }
  return {owned, {}};
}

bool holds(std::string_view whole, std::string_view part) {
  return std::search(whole.begin(), whole.end(), part.begin(), part.end(),
                     [](char a, char b) { return ascii_lower(a) == ascii_lower(b); }) != whole.end();
}

// One name says the other, both are names of one place, or they are of two scripts.
bool may_be_one(const LinkContext& context, TextSpan subject, TextSpan topic) {
  const std::string_view a = context.at(subject);
  const std::string_view b = context.at(topic);
  if (holds(a, b) || holds(b, a)) return true;
  const bool latin = is_latin_word(code_point_at(a, 0));
  if (latin != is_latin_word(code_point_at(b, 0))) return true;
  const auto places = context.rules.addresses.find(b);
  const auto own = context.rules.addresses.find(a);
  return std::any_of(own.begin(), own.end(), [&](std::uint32_t place) {
    return std::find(places.begin(), places.end(), place) != places.end();
  });
}

// A sentence goes on about what the one before it told: it begins with the label itself, as Japanese does
// where the subject is known, or with a word for the subject, "It covers".
bool goes_on(const LinkContext& context, TextSpan sentence, std::uint32_t label) {
  if (label == sentence.start) return !is_latin_word(code_point_at(context.folded(), label));
  return sentence_word(context, sentence.start, LinkRules::pronoun) != 0 ||
         sentence_word(context, sentence.start, LinkRules::possessive) != 0;
}

// What the sentence before this one of the line is about, if it says what kind of body that is.
SentenceTopic topic_before(const LinkContext& context, std::uint32_t line, TextSpan sentence) {
  const std::string_view text = context.folded();
  std::uint32_t end = sentence.start;
  while (end > context.line(line).span.start && text[end - 1] == ' ') --end;
  if (end <= context.line(line).span.start) return {};
  return topic_of_sentence(context, context.sentence_of(line, end - size_before(text, end)));
}

bool is_figure(FieldType type) {
  return type == FieldType::count || type == FieldType::number || type == FieldType::quantity;
}

// What the sentence of a figure or a day is about: it says so before the label, or goes on about what the one
// before it told.
Topic topic_of(const LinkContext& context, const Candidate& candidate, FieldType type,
               const std::vector<std::string>& kinds) {
  const TextSpan sentence = context.sentence_of(candidate.line, candidate.span.start);
  const std::uint32_t label =
      candidate.label.empty() ? candidate.span.start : std::min(candidate.label.start, candidate.span.start);
  if (label < sentence.start || label - sentence.start > kTopicReach) return {};
  const bool day = type == FieldType::date;
  Topic topic;
  if (label > sentence.start) {
    const bool latin = is_latin_word(code_point_at(context.folded(), sentence.start));
    topic = day     ? owner_of_day(context, sentence, label, kinds)
            : latin ? Topic{english_topic(context, sentence, label), {}}
                    : Topic{japanese_topic(context, sentence, label), {}};
  }
  if (!topic.name.empty()) return topic;
  SentenceTopic body;
  if (goes_on(context, sentence, label)) {
    body = topic_before(context, candidate.line, sentence);
  } else if (!day) {
    body = topic_of_sentence(context, {sentence.start, label});
  }
  // A school has an area; people live in territories.
  return type == FieldType::count && !body.territory ? Topic{} : of_sort(body);
}

}  // namespace

void name_topics(const LinkContext& context, std::size_t first, std::vector<Candidate>& candidates) {
  std::vector<TextSpan> subjects;
  std::vector<std::string> kinds;
  for (const Candidate& candidate : candidates) {
    if (context.rules.fields[candidate.field].type != FieldType::subject || subjects.size() >= kMostSubjects)
      continue;
    subjects.push_back(candidate.span);
    kinds.push_back(std::get<Name>(candidate.value).kind);
  }
  if (subjects.empty()) return;
  for (std::size_t i = first; i < candidates.size(); ++i) {
    Candidate& candidate = candidates[i];
    const FieldType type = context.rules.fields[candidate.field].type;
    const bool day = type == FieldType::date && candidate.layout == Layout::pattern;
    const bool prose = candidate.layout == Layout::sentence || candidate.layout == Layout::pattern ||
                       candidate.layout == Layout::same_line;
    if (!(prose && is_figure(type)) && !day) continue;
    if (!candidate.of.empty()) continue;
    const Topic topic = topic_of(context, candidate, type, kinds);
    // "Leeds University" is not Leeds, though its name has the town's.
    candidate.institution = candidate.institution || !topic.territory.value_or(true);
    const bool own = topic.name.empty() ||
                     std::any_of(subjects.begin(), subjects.end(),
                                 [&](TextSpan subject) { return may_be_one(context, subject, topic.name); });
    if (!own) candidate.of = topic.name;
  }
}

}  // namespace yoran
