#include "link/link.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <span>
#include <vector>

#include "link/as_of.h"
#include "link/bodies.h"
#include "link/directory.h"
#include "link/gap.h"
#include "link/heads.h"
#include "link/layouts.h"
#include "link/name_text.h"
#include "link/series.h"
#include "link/subjects.h"
#include "link/topic.h"

namespace yoran {
namespace {

constexpr std::size_t kMostDated = 64;    // figures with a day among which one is looked for
constexpr std::uint32_t kRemark = 80;     // bytes beside a figure in which a word may qualify it
constexpr std::uint32_t kLinesBelow = 2;  // below a figure, of what is counted on its day

// A field of many values without labels takes every mention of its kind.
void link_mentions(const LinkContext& context, std::uint32_t field, std::vector<Candidate>& out) {
  const auto kind = mention_kind_of(context.rules.fields[field].type);
  if (!kind) return;
  for (const Reading& reading : context.readings) {
    if (reading.kind != *kind) continue;
    Candidate candidate;
    candidate.field = field;
    candidate.value = reading.value;
    candidate.alternatives = reading.alternatives;
    candidate.span = reading.span;
    candidate.pieces = reading.pieces;
    candidate.line = reading.line;
    if (reading.pattern != kNone) candidate.pattern = context.rules.entity_patterns[reading.pattern].id;
    out.push_back(std::move(candidate));
  }
}

// Whether the label found a value.
bool link_word(const LinkContext& context, const WordMention& label, std::vector<Candidate>& candidates) {
  const std::size_t before = candidates.size();
  if (context.rules.fields[context.rules.labels[label.entry].field].type == FieldType::text) {
    if (auto candidate = link_text(context, label)) candidates.push_back(std::move(*candidate));
  } else {
    link_label(context, label, candidates);
  }
  return candidates.size() > before;
}

// A page that names its subject nowhere is about the body whose head it names: "Leeds Hospital, Director Ann
// Lee".
void subject_of_head(const LinkContext& context, std::uint32_t field, std::vector<Candidate>& candidates) {
  const auto type_of = [&](const Candidate& candidate) { return context.rules.fields[candidate.field].type; };
  const bool named = std::any_of(candidates.begin(), candidates.end(), [&](const Candidate& candidate) {
    return type_of(candidate) == FieldType::subject;
  });
  const auto head = std::find_if(candidates.begin(), candidates.end(), [&](const Candidate& candidate) {
    return type_of(candidate) == FieldType::head && candidate.layout == Layout::same_line &&
           !candidate.of.empty();
  });
  if (named || head == candidates.end()) return;
  auto body = body_name(context, head->of);
  if (!body || std::get<Name>(body->value).kind.empty()) return;
  body->field = field;
  body->layout = Layout::same_line;
  body->line = head->line;
  candidates.push_back(std::move(*body));
}

bool has_as_of(FieldType type) {
  return type == FieldType::count || type == FieldType::number || type == FieldType::quantity;
}

// Where dates stand that are the value of a date field's label: none of them is the as-of date of a figure.
std::vector<std::uint32_t> dates_of_facts(const LinkContext& context, std::span<const Candidate> candidates) {
  std::vector<std::uint32_t> starts;
  for (const Candidate& candidate : candidates) {
    if (context.rules.fields[candidate.field].type == FieldType::date && !candidate.label.empty())
      starts.push_back(candidate.span.start);
  }
  std::sort(starts.begin(), starts.end());
  return starts;
}

// Whether two figures are the same one said twice: exact to the last digits, or it may be chance.
bool says_the_same(const Candidate& a, const Candidate& b) {
  constexpr double kLeast = 100;
  return a.field == b.field && a.part == b.part && a.of == b.of && a.amount == b.amount &&
         a.amount >= kLeast && std::fmod(a.amount, kLeast) != 0;
}

// Where a figure stood that has the day of another one.
struct SharedDay {
  std::uint32_t line = 0;
  std::uint32_t part = 0;
  AsOf as_of;
};

// The figures beside it, such as households and density below a population, are of its day; measures are not.
void share_with_neighbours(const LinkContext& context, const std::vector<SharedDay>& days,
                           std::vector<Candidate>& candidates) {
  for (Candidate& candidate : candidates) {
    const FieldType type = context.rules.fields[candidate.field].type;
    const bool counted = type == FieldType::count || type == FieldType::number;
    const bool prose = candidate.layout == Layout::sentence;
    if (candidate.as_of || !counted || prose || candidate.amount == 0 || !candidate.of.empty()) continue;
    for (const SharedDay& day : days) {
      const std::uint32_t below = candidate.line - std::min(day.line, candidate.line);
      if (day.part == candidate.part && candidate.line >= day.line && below <= kLinesBelow)
        candidate.as_of = day.as_of;
    }
  }
}

// A figure without a day has that of the same figure elsewhere, as a table and the sentence below it, if all
// of these agree.
void share_days(const LinkContext& context, std::vector<Candidate>& candidates) {
  std::vector<const Candidate*> dated;
  for (const Candidate& candidate : candidates) {
    if (candidate.as_of && candidate.amount != 0) dated.push_back(&candidate);
  }
  if (dated.empty() || dated.size() > kMostDated) return;
  std::vector<SharedDay> shared;
  for (Candidate& candidate : candidates) {
    if (candidate.as_of || !has_as_of(context.rules.fields[candidate.field].type)) continue;
    std::optional<AsOf> day;
    bool agree = true;
    for (const Candidate* other : dated) {
      if (!says_the_same(candidate, *other)) continue;
      agree = agree && (!day || day->date == other->as_of->date);
      day = other->as_of;
    }
    if (!day || !agree) continue;
    candidate.as_of = day;
    shared.push_back({candidate.line, candidate.part, *day});
  }
  // So many are no infobox and the text beside it.
  if (!shared.empty() && shared.size() <= kMostDated) share_with_neighbours(context, shared, candidates);
}

// Between the figure and the next one, or between it and its label, a word says that it is not final.
bool is_preliminary(const LinkContext& context, const Candidate& candidate) {
  const std::uint32_t reach = std::min(context.line(candidate.line).span.end, candidate.span.end + kRemark);
  std::uint32_t end = std::max(reach, candidate.span.end);
  for (const Reading& reading : context.readings_in({candidate.span.end, end})) {
    if (reading.kind == MentionKind::number || reading.kind == MentionKind::quantity) {
      end = reading.span.start;
      break;
    }
  }
  const bool before = !candidate.label.empty() && candidate.label.end <= candidate.span.start;
  const TextSpan gap = before ? TextSpan{candidate.label.end, candidate.span.start} : TextSpan{};
  for (const TextSpan span : {TextSpan{candidate.span.end, end}, gap}) {
    for (std::uint32_t i = span.start; i < std::min(span.end, span.start + kRemark); ++i) {
      if (sentence_word(context, i, LinkRules::preliminary) != 0) return true;
    }
  }
  return false;
}

// A final figure of the same day goes before a preliminary one.
void yield_to_final(const LinkContext& context, std::vector<Candidate>& candidates) {
  std::vector<Candidate*> dated;
  for (Candidate& candidate : candidates) {
    if (candidate.as_of && has_as_of(context.rules.fields[candidate.field].type)) dated.push_back(&candidate);
  }
  if (dated.size() > kMostDated) return;
  for (Candidate* candidate : dated) {
    const auto replaces = [&](const Candidate* other) {
      return other->field == candidate->field && other->part == candidate->part &&
             other->of == candidate->of && other->amount != candidate->amount &&
             other->as_of->date == candidate->as_of->date;
    };
    if (std::none_of(dated.begin(), dated.end(), replaces) || !is_preliminary(context, *candidate)) continue;
    const bool final = std::any_of(dated.begin(), dated.end(), [&](const Candidate* other) {
      return replaces(other) && !is_preliminary(context, *other);
    });
    if (final) candidate->label_rank = LabelRank::weak;
  }
}

}  // namespace

Linked link(const LinkContext& context, Split split, RuleCosts* costs) {
  if (costs != nullptr) {
    costs->patterns.assign(context.rules.field_patterns.size(), {});
    costs->fields.assign(context.rules.fields.size(), {});
  }
  Linked linked;
  std::vector<Candidate>& candidates = linked.candidates;
  for (std::uint32_t f = 0; f < context.rules.fields.size(); ++f) {
    const FieldRules& field = context.rules.fields[f];
    if (field.type == FieldType::subject) link_subjects(context, f, candidates);
    if (field.type == FieldType::head) link_heads(context, f, candidates);
    if (field.many && field.labels.empty()) link_mentions(context, f, candidates);
  }
  for (std::uint32_t f = 0; f < context.rules.fields.size(); ++f) {
    if (context.rules.fields[f].type == FieldType::subject) subject_of_head(context, f, candidates);
  }
  const std::size_t first = candidates.size();
  for (const WordMention& word : context.mentions.words) {
    if (static_cast<WordCategory>(word.category) != WordCategory::label) continue;
    measured(costs == nullptr ? nullptr : &costs->fields, context.rules.labels[word.entry].field,
             [&] { return link_word(context, word, candidates); });
  }
  link_patterns(context, candidates, costs == nullptr ? nullptr : &costs->patterns);
  const AsOfStatements statements(context);
  const auto facts = dates_of_facts(context, std::span(candidates).subspan(first));
  for (std::size_t i = first; i < candidates.size(); ++i) {
    Candidate& candidate = candidates[i];
    if (!candidate.as_of && has_as_of(context.rules.fields[candidate.field].type)) {
      candidate.as_of = find_as_of(context, statements, candidate);
    }
    if (candidate.as_of && std::binary_search(facts.begin(), facts.end(), candidate.as_of->span.start))
      candidate.as_of.reset();
  }
  link_series(context, first, candidates);
  name_topics(context, first, candidates);
  linked.parts = divide_directory(context, candidates, split);
  share_days(context, candidates);
  yield_to_final(context, candidates);
  return linked;
}

}  // namespace yoran
