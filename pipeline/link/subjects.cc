#include "link/subjects.h"

#include <algorithm>
#include <string>
#include <utility>

#include "link/bodies.h"
#include "link/first_sentences.h"
#include "link/gap.h"
#include "link/name_text.h"
#include "link/sentence.h"
#include "types/ascii.h"

namespace yoran {
namespace {

constexpr std::int32_t kKindScore = 20;   // the form of a name or a sentence says its kind
constexpr std::uint32_t kFirstProse = 2;  // lines of prose that a sentence about the subject is among
constexpr char32_t kMiddleDot = 0x30FB;
constexpr std::uint32_t kLongestHeading = 160;  // bytes of a line of plain text
constexpr std::uint32_t kTopLines = 6;          // lines of plain text among which its heading is
constexpr std::uint32_t kLateLines = 60;        // among which a short one that says so is a heading too
constexpr std::int32_t kLabelScore = 45;
constexpr std::int32_t kRegionScore = 20;
constexpr std::int32_t kUnmarkedScore = 5;  // of a name that no heading and no first sentence gives

bool is_known_territory(const LinkContext& context, std::uint32_t line) {
  return line < context.segments.lines.size() &&
         known_territory(context, context.line(line).span) == context.line(line).span;
}

// "Sister cities": the line below has the value.
bool is_label_alone(const LinkContext& context, std::uint32_t line) {
  const auto words = context.words_in(context.line(line).span);
  return std::any_of(words.begin(), words.end(), [&](const WordMention& word) {
    return static_cast<WordCategory>(word.category) == WordCategory::label &&
           word.span == context.line(line).span;
  });
}

// A table that became lines: near its top the name of a known territory has a line for itself. In a list of
// them none is the subject.
std::optional<Candidate> first_line_of_name(const LinkContext& context, std::uint32_t field) {
  for (std::uint32_t i = 0; i < std::min<std::size_t>(context.segments.lines.size(), kTopLines); ++i) {
    if (!is_known_territory(context, i)) continue;
    if (is_known_territory(context, i + 1) || (i > 0 && is_label_alone(context, i - 1))) return std::nullopt;
    const TextSpan span = context.line(i).span;
    return body_candidate(context, field, span, kind_of_form(context, span), Layout::section);
  }
  return std::nullopt;
}

// The body whose address stands on the lines below its name, if all addresses are of one.
std::optional<Candidate> name_above_address(const LinkContext& context, std::uint32_t field) {
  std::optional<Candidate> found;
  for (const Reading& reading : context.readings) {
    if (reading.kind != MentionKind::address) continue;
    const std::uint32_t first = context.line_at(reading.span.start);
    if (first == 0 || context.line(first - 1).span.size() > kLongestBodyName) continue;
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
  const auto ends_at = [&](std::uint32_t line) {  // an empty line, or the text
    return line + 1 >= lines.size() || context.is_set_off(line + 1);
  };
  const TextSpan line = lines[index].span;
  const bool sentence =
      line.size() > kProseLine && is_terminator(code_point_before(context.folded(), line.end));
  if (line.size() > kLongestHeading || sentence) return false;
  // "Class: town", "State: Oakland": the first of a list of labels and values.
  const auto labels = [&](std::uint32_t other) {
    return context.at(lines[other].span).find(": ") != std::string_view::npos;
  };
  if (index == 0 && !ends_at(0) && labels(0) && labels(1)) return false;
  if (index > 0) {
    if (context.document.media_type == MediaType::html || !context.is_set_off(index)) return false;
    if (!ends_at(index) && !ends_at(index + 1)) return false;
  }
  if (context.at(line).find(" > ") != std::string_view::npos) return false;  // the way to the page
  return !is_question(context, line);
}

// "Leeds is a town in the county of": a sentence that was broken into lines, or that leads to what follows.
bool is_clause(const LinkContext& context, TextSpan line) {
  const TextSpan piece = title_pieces(context, line).front();
  const std::string_view text = context.folded();
  for (std::uint32_t i = name_place_behind(context, piece.start, piece.end); i < piece.end;
       i = name_place_behind(context, i, piece.end)) {
    if (text[i - 1] == ' ' && is_ascii_lower(text[i]) && name_word(context, i, NameRules::copula))
      return true;
  }
  return false;
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
// holds a head's title, "Mayor Ann Lee", "Message from the Mayor".
bool is_label(const LinkContext& context, TextSpan name, bool has_kind) {
  const ScriptPieces pieces = script_pieces(context, name);
  if (!pieces.second.empty() && is_generic(context, pieces.second)) return true;
  const auto words = context.words_in(name);
  return std::any_of(words.begin(), words.end(), [&](const WordMention& word) {
    const auto category = static_cast<WordCategory>(word.category);
    if (category == WordCategory::title) return !has_kind;
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
  const bool colon = label.span.end + 1 == line.span.end && context.folded()[label.span.end] == ':';
  return label.span.start == line.span.start && (colon || label.span.end == line.span.end) &&
         line.cell == kNone && below.cell == kNone && line.section == below.section &&
         line.kind != BlockKind::heading && below.kind != BlockKind::heading;
}

const std::string& kind_of(const Candidate& candidate) { return std::get<Name>(candidate.value).kind; }

class SubjectLinker {
 public:
  SubjectLinker(const LinkContext& context, std::uint32_t field, std::vector<Candidate>& out)
      : context_(context), field_(field), first_(out.size()), out_(out) {}

  void run() {
    for (const WordMention& word : context_.mentions.words) {
      const bool label = static_cast<WordCategory>(word.category) == WordCategory::label;
      if (label && context_.rules.labels[word.entry].field == field_) add_labelled(word);
    }
    std::uint32_t prose = 0;
    const auto lines =
        static_cast<std::uint32_t>(std::min<std::size_t>(context_.segments.lines.size(), kLinesTried));
    for (std::uint32_t i = 0; i < lines && prose < kFirstLines; ++i) {
      const Line& line = context_.line(i);
      if (line.kind == BlockKind::title) {
        add_title(line);
      } else if (line.kind == BlockKind::heading && line.region != Region::footer &&
                 line.region != Region::navigation && !is_question(context_, line.span)) {
        add_heading(line);
      } else if (line.region == Region::content) {
        if (line.span.size() >= kProseLine) ++prose;
        add(first_sentence(context_, field_, i, prose > kFirstProse), 35 - static_cast<std::int32_t>(prose),
            Layout::sentence);
        const bool may_head = i < kTopLines || (i < kLateLines && line.span.size() <= kProseLine);
        if (may_head && stands_alone(context_, i)) add_unmarked_heading(i);
      }
    }
    if (out_.size() > first_) return;
    add(first_line_of_name(context_, field_), kUnmarkedScore, Layout::section);
    add(topic_of_prose(context_, field_), kUnmarkedScore, Layout::sentence);
    add(name_above_address(context_, field_), kUnmarkedScore, Layout::previous_line);
  }

 private:
  void add(std::optional<Candidate> candidate, std::int32_t score, Layout layout) {
    if (!candidate) return;
    const std::string& kind = kind_of(*candidate);
    if (is_label(context_, candidate->span, !kind.empty())) return;
    if (is_bare_kind(context_, candidate->span) || reads_like_prose(context_, candidate->span)) return;
    if (is_territory(kind) && ends_in_common_noun(context_, candidate->span)) return;
    if (layout == Layout::section && kind.empty() && is_phrase(context_, candidate->span)) return;
    candidate->field = field_;
    candidate->layout = layout;
    candidate->score = score + (kind.empty() ? 0 : kKindScore);
    // A heading about a day, a year or a figure.
    if (const auto readings = context_.readings_in(candidate->span); !readings.empty()) {
      // "9 January: Council meeting": a day in front is that of a sitting.
      const bool dated =
          readings.front().kind == MentionKind::date && readings.front().span.start == candidate->span.start;
      if (kind.empty() || (dated && !is_territory(kind))) return;
      candidate->score -= kKindScore;
    }
    out_.push_back(std::move(*candidate));
  }

  void add_labelled(const WordMention& label) {
    // "Name, purpose and so on": a middle dot joins two labels.
    const std::uint32_t behind = label.span.end;
    if (behind < context_.folded().size() && code_point_at(context_.folded(), behind) == kMiddleDot) return;
    TextSpan labelled = labelled_text(context_, label);
    const bool below = labelled.empty() && has_line_to_itself(context_, label);
    if (below) labelled = context_.line(label.line + 1).span;
    // Labels and values on one line: where the name ends nobody can tell.
    if (context_.at(labelled).find(": ") != std::string_view::npos) return;
    auto candidate = body_name(context_, labelled);
    if (!candidate || (below && kind_of(*candidate).empty())) return;
    candidate->label = label.span;
    // The label of a region that the body may lie in says less than that of the body, and than a sentence
    // that says what the body is.
    const auto& weak = context_.rules.fields[field_].weak_labels;
    const bool region =
        std::find(weak.begin(), weak.end(), context_.rules.labels[label.entry].text) != weak.end();
    add(std::move(candidate), region ? kRegionScore : kLabelScore,
        below ? Layout::next_line : Layout::same_line);
  }

  void add_title(const Line& line) {
    std::int32_t score = 30;
    for (const TextSpan piece : title_pieces(context_, line.span)) {
      add(body_name(context_, piece), score, Layout::section);
      score = 25;
    }
  }

  void add_heading(const Line& line) {
    auto name = body_name(context_, line.span);
    // Below the page's own heading a name has to look like one.
    if (line.level > 1 && name && kind_of(*name).empty()) return;
    add(std::move(name), line.level <= 1 ? 50 : 10, Layout::section);
  }

  void add_unmarked_heading(std::uint32_t index) {
    const Line& line = context_.line(index);
    if (is_in_hiragana(context_, line.span) && is_known_territory(context_, index + 1)) return;
    if (is_clause(context_, line.span)) return;
    auto name = body_name(context_, line.span);
    const bool has_kind = name && !kind_of(*name).empty();
    // Further down it has to say that it is a heading: "Profile of Leeds Association".
    if (index >= kTopLines && !(has_kind && is_cut(context_, line.span, name->span))) return;
    // Below the first line, and in a table, a name has to look like one.
    const bool row = line.cell != kNone || context_.at(line.span).find('\t') != std::string_view::npos;
    if ((index > 0 || row) && !has_kind) return;
    add(std::move(name), index == 0 ? 15 : (index < kTopLines ? 12 : 5), Layout::section);
    // The first line may name the page and the site, as titles do: "Statistics 2009 - Leeds Town Hall".
    if (index > 0 || has_kind) return;
    for (const TextSpan piece : title_pieces(context_, line.span)) {
      auto other = body_name(context_, piece);
      if (other && !kind_of(*other).empty()) return add(std::move(other), 15, Layout::section);
    }
  }

  const LinkContext& context_;
  std::uint32_t field_;
  std::size_t first_;  // of `out_`
  std::vector<Candidate>& out_;
};

}  // namespace

void link_subjects(const LinkContext& context, std::uint32_t field, std::vector<Candidate>& out) {
  SubjectLinker(context, field, out).run();
}

}  // namespace yoran
