#include "link/layouts.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <optional>

#include "link/bodies.h"
#include "link/gap.h"
#include "link/name_text.h"
#include "link/sentence.h"
#include "types/ascii.h"

namespace yoran {
namespace {

// Largest distances, in bytes of folded text unless named otherwise.
constexpr std::uint32_t kSameLineReach = 120;
constexpr std::uint32_t kSentenceReach = 240;
constexpr std::uint32_t kScopeReach = 240;    // a wider extent named before the value
constexpr std::uint32_t kScopeBehind = 60;    // and behind it
constexpr std::uint32_t kLabelLine = 90;      // a label that has a line of its own
constexpr std::uint32_t kLongestBullet = 10;  // what numbers or marks a label in a list
constexpr std::uint32_t kMostItemDigits = 2;  // of its number
constexpr std::uint32_t kLabelTail = 400;     // remarks behind a label that has its value elsewhere
constexpr std::uint32_t kLabelLead = 200;     // blanks and dots before a label
constexpr std::uint32_t kNameReach = 400;     // a pattern with its names and values
constexpr std::uint32_t kSectionLines = 12;   // lines under a heading
constexpr std::uint32_t kListLines = 200;     // and of a list under one
constexpr std::uint32_t kRowCells = 8;        // cells right of a label
constexpr std::uint32_t kColumnRows = 400;    // cells below a head
constexpr std::uint32_t kLongestCounter = 9;  // behind a number that has a line of its own
constexpr std::uint32_t kGroupRows = 12;      // rows under a head of the whole width
constexpr std::uint32_t kHeadCells = 64;      // cells of a row looked at to tell heads from figures
constexpr std::uint32_t kClauseWords = 6;     // before the verb of a clause
constexpr std::uint32_t kStackLines = 40;     // lines looked at to tell label-value from value-label

// "The metropolitan area, with a population of 52,000", "1.2 million in its metropolitan area": a wider
// extent named in the same clause, which a figure before it, a mark behind it or the sentence
// bounds.
TextSpan scope_of(const LinkContext& context, const Candidate& candidate) {
  const std::string_view text = context.folded();
  const std::uint32_t value = candidate.span.start;
  const TextSpan sentence = context.sentence_of(candidate.line, value);
  std::uint32_t from = std::max(sentence.start, value > kScopeReach ? value - kScopeReach : 0);
  for (const Reading& reading : context.readings_in({from, value})) {
    // Another count, or another measure; a measure beside a count is about the same extent.
    if (reading.value.index() == candidate.value.index()) from = reading.span.end;
  }
  const auto semicolon = text.substr(from, value - from).rfind(';');
  if (semicolon != std::string_view::npos) from += static_cast<std::uint32_t>(semicolon);
  TextSpan scope;
  for (std::uint32_t at = linking_place(context, from, value); at < value;
       at = linking_place(context, at + 1, value)) {
    if (const std::uint32_t size = linking_word(context, at, LinkRules::scope)) scope = {at, at + size};
  }
  if (!scope.empty() || candidate.layout != Layout::pattern) return scope;
  // Behind the value: only words between, no mark.
  const std::uint32_t end = std::min(sentence.end, candidate.span.end + kScopeBehind);
  for (std::uint32_t at = candidate.span.end; at < end; ++at) {
    if (const std::uint32_t size = linking_word(context, at, LinkRules::scope)) return {at, at + size};
    if (u_ispunct(static_cast<UChar32>(text[at])) != 0 && text[at] != '-') return {};
  }
  return {};
}

// "Its old town covers an area of 12 ha": who has the area is a thing inside a town, named among the first
// words of the clause of the label.
TextSpan place_inside(const LinkContext& context, std::uint32_t line, std::uint32_t label) {
  const std::string_view text = context.folded();
  std::uint32_t at = context.sentence_of(line, label).start;
  for (std::uint32_t i = at; i < label; ++i) {
    if (text[i] == ',' || text[i] == ';') at = i + 1;
  }
  at = skip_gap(text, at, label);
  for (std::uint32_t word = 0; word < kClauseWords && at < label; ++word) {
    if (const std::uint32_t size = sentence_word(context, at, LinkRules::inside)) return {at, at + size};
    while (at < label && text[at] != ' ') ++at;
    at = skip_gap(text, at, label);
  }
  return {};
}

void take_value(const GapValue& found, Candidate& candidate) {
  candidate.value = found.year ? Value(*found.year) : found.reading->value;
  candidate.amount = found.amount;
  candidate.stated_unit = found.stated_unit;
  candidate.unit = found.unit;
  candidate.span = found.span;
  candidate.pieces = found.reading->pieces;
  candidate.alternatives = found.reading->alternatives;
  if (found.unit_assumed) candidate.assumed.emplace_back("unit");
}

class LabelLinker {
 public:
  LabelLinker(const LinkContext& context, const WordMention& label, std::vector<Candidate>& out)
      : context_(context),
        field_index_(context.rules.labels[label.entry].field),
        field_(context.rules.fields[field_index_]),
        label_(label),
        text_(context.folded()),
        line_(context.line(label.line)),
        cell_(context.cell_of(label.line, label.span.start)),
        owner_(is_bracketed_alone() ? BracketOwner() : bracket_owner(text_, label.span.start, own_start())),
        out_(out) {}

  void run() {
    if (follows_its_own_kind() || (owner_.bracketed && owner_.name.empty() && !is_behind_figure())) return;
    extend_label();
    const std::size_t before = out_.size();
    const bool inside = field_.at_start && !label_begins() && !is_flattened();
    for (const Layout layout : field_.layouts) {
      if (inside && layout != Layout::previous_line) continue;  // only a value before it may be its own
      layout_ = layout;
      try_layout();
      // A label has one place for its value: the first layout that finds one is it.
      if (out_.size() > before) return;
    }
  }

 private:
  // Brackets that hold the label and nothing else set it off; they do not make it a remark on what stands
  // before.
  [[nodiscard]] bool is_bracketed_alone() const {
    return label_.span.end < text_.size() && is_open_bracket(code_point_before(text_, label_.span.start)) &&
           is_close_bracket(code_point_at(text_, label_.span.end));
  }

  // "5,678 people (households: 2,345)": brackets behind the figure of another label say more of the same
  // place.
  [[nodiscard]] bool is_behind_figure() const {
    const bool prose =
        line_.span.size() >= kProseLine && is_terminator(code_point_before(text_, line_.span.end));
    const std::uint32_t open = label_.span.start - size_before(text_, label_.span.start);
    if (prose || open <= own_start() || !is_open_bracket(code_point_at(text_, open))) return false;
    const std::size_t next = context_.first_reading(open);
    if (next == 0) return false;
    const Reading& before = context_.readings[next - 1];
    return before.line == label_.line && before.span.start >= own_start() && before.span.end <= open &&
           open - before.span.end <= kLongestCounter &&
           (before.kind == MentionKind::number || before.kind == MentionKind::quantity) &&
           context_.at({before.span.end, open}).find_first_of("0123456789,") == std::string_view::npos;
  }

  [[nodiscard]] std::uint32_t behind_label() const {
    return is_bracketed_alone() ? label_.span.end + size_at(text_, label_.span.end) : label_.span.end;
  }

  // What may stand between two names of one label: blanks, one separator, an opening bracket.
  [[nodiscard]] std::uint32_t skip_between(std::uint32_t at, std::uint32_t end) const {
    at = skip_gap(text_, at, end);
    if (const std::uint32_t separator = linking_word(context_, at, LinkRules::separator)) {
      return skip_gap(text_, at + separator, end);
    }
    return at < end && is_open_bracket(code_point_at(text_, at)) ? at + size_at(text_, at) : at;
  }

  // A label of this field that begins at a position, the longest.
  [[nodiscard]] TextSpan own_label_at(std::uint32_t position) const {
    TextSpan longest;
    for (const WordMention& word : context_.words_in({position, position + 1})) {
      if (static_cast<WordCategory>(word.category) != WordCategory::label ||
          context_.rules.labels[word.entry].field != field_index_) {
        continue;
      }
      if (word.span.size() > longest.size()) longest = word.span;
    }
    return longest;
  }

  // The second name of a label in two languages leaves the value to the first.
  [[nodiscard]] bool follows_its_own_kind() const {
    const std::uint32_t from =
        std::max(own_start(), label_.span.start > kLabelLine ? label_.span.start - kLabelLine : 0);
    for (const WordMention& word : context_.words_in({from, label_.span.start})) {
      if (static_cast<WordCategory>(word.category) != WordCategory::label ||
          context_.rules.labels[word.entry].field != field_index_ || word.span.end > label_.span.start) {
        continue;
      }
      if (word.span.end < label_.span.start &&
          skip_between(word.span.end, label_.span.start) == label_.span.start) {
        return true;
      }
    }
    return false;
  }

  // A label in two languages is one label.
  void extend_label() {
    for (TextSpan next = label_.span; !next.empty();) {
      label_.span.end = next.end;
      const std::uint32_t at = skip_between(next.end, own_end());
      next = at > label_.span.end && at < own_end() ? own_label_at(at) : TextSpan{};
      // A second name in brackets has them for itself.
      if (next.empty() || !is_open_bracket(code_point_before(text_, at))) continue;
      const std::uint32_t behind = behind_bracket(text_, at - size_before(text_, at), own_end());
      if (behind != next.end + size_at(text_, next.end)) return;
      next.end = behind;
    }
  }

  void try_layout() {
    switch (layout_) {
      case Layout::same_line:
        return same_line();
      case Layout::next_line:
        return next_line();
      case Layout::previous_line:
        return previous_line();
      case Layout::row:
        return row();
      case Layout::column:
        return column();
      case Layout::definition:
        return definition();
      case Layout::section:
        return section();
      case Layout::sentence:
        return sentence();
      default:
        return;
    }
  }

  // The end of what belongs to the label on its line: of its cell in a table of plain text, else of the line.
  [[nodiscard]] std::uint32_t own_end() const {
    return cell_ == nullptr ? line_.span.end
                            : std::min(line_.span.end, std::max(cell_->span.end, label_.span.end));
  }
  [[nodiscard]] std::uint32_t own_start() const {
    return cell_ == nullptr ? line_.span.start
                            : std::max(line_.span.start, std::min(cell_->span.start, label_.span.start));
  }

  // Nothing but remarks and separators stands between the label and the end of its line or cell.
  [[nodiscard]] bool label_ends() const {
    std::uint32_t at = label_.span.end;
    const std::uint32_t end = own_end();
    if (end - at > kLabelTail) return false;
    while (true) {
      at = skip_gap(text_, at, end);
      if (at >= end) return true;
      if (field_.type == FieldType::name && is_quote(code_point_at(text_, at))) return false;
      if (const std::uint32_t behind = behind_bracket(text_, at, end)) {
        at = behind;
        continue;
      }
      if (const Reading* reading = context_.reading_at(at);
          reading != nullptr && reading->kind == MentionKind::date) {
        at = reading->span.end;
        continue;
      }
      const auto found = context_.rules.linking.words.longest(text_, at);
      if (!found || found->word->category == LinkRules::part ||
          found->word->category == LinkRules::connector || found->word->category == LinkRules::own_extent)
        return false;
      at += found->size;
    }
  }

  // Nothing but a bullet, a mark or a number stands before the label.
  [[nodiscard]] bool label_begins() const {
    if (label_.span.start - own_start() > kLabelLead) return false;
    const std::uint32_t at = skip_gap(text_, own_start(), label_.span.start);
    if (at == label_.span.start) return true;
    const char32_t before = code_point_before(text_, label_.span.start);
    return label_.span.start - at <= kLongestBullet && u_isalnum(static_cast<UChar32>(before)) == 0;
  }

  // A row of a table that became one line: another label with its colon, or its value, stands before, a colon
  // behind; or both have their values in quotes.
  [[nodiscard]] bool is_flattened() const {
    if (label_.span.end >= own_end() || label_.span.start == 0) return false;
    const char32_t behind = code_point_at(text_, label_.span.end);
    if (is_quote(behind)) return has_label_before(behind);
    if (behind != ':' && code_point_before(text_, label_.span.end) != ':') return false;
    const std::uint32_t before = label_.span.start - 1;
    if (text_[before] != ' ' || before == 0) return false;
    const Reading* reading = context_.reading_at(before - 1);
    return reading != nullptr || u_isdigit(static_cast<UChar32>(code_point_before(text_, before))) != 0 ||
           has_label_before(':');
  }

  // Another label, with the same mark behind it.
  [[nodiscard]] bool has_label_before(char32_t mark) const {
    const std::uint32_t from =
        std::max(own_start(), label_.span.start > kLabelLine ? label_.span.start - kLabelLine : 0);
    const auto words = context_.words_in({from, label_.span.start});
    return std::any_of(words.begin(), words.end(), [&](const WordMention& word) {
      return static_cast<WordCategory>(word.category) == WordCategory::label &&
             (code_point_at(text_, word.span.end) == mark || code_point_before(text_, word.span.end) == mark);
    });
  }

  // The label has the whole line, not only a cell of it.
  [[nodiscard]] bool has_line_of_its_own() const {
    return line_.span.size() <= kLabelLine && is_empty_row({line_.span.start, own_start()}) &&
           is_empty_row({own_end(), line_.span.end}) && label_begins() && label_ends();
  }

  // Blanks and the lines that part columns.
  [[nodiscard]] bool is_empty_row(TextSpan span) const {
    const std::string_view text = context_.at(span);
    return std::all_of(text.begin(), text.end(), [](char c) { return c == ' ' || c == '\t' || c == '|'; });
  }

  // What belongs to the label: the rest of its cell, or of its line.
  [[nodiscard]] TextSpan label_rest() const {
    const std::uint32_t end = cell_ == nullptr ? own_end() : std::max(cell_->span.end, label_.span.end);
    return {label_.span.end, std::min(end, label_.span.end + kLabelTail)};
  }

  // The remark behind the label may hold its unit.
  [[nodiscard]] GapLimits limits(std::uint32_t end) const { return {.end = end, .head = label_rest()}; }

  // A date in the remark behind a label that has its value elsewhere.
  [[nodiscard]] std::optional<AsOf> label_date() const {
    const bool apart = layout_ != Layout::same_line && layout_ != Layout::sentence;
    return apart ? date_in(label_rest()) : std::nullopt;
  }

  void add(const GapValue& found, std::uint32_t line, TextSpan of = {}) {
    Candidate candidate = found.reading == nullptr
                              ? name_candidate(context_, field_index_, found.span, {}, layout_)
                              : reading_candidate(found);
    candidate.line = line;
    candidate.label = label_.span;
    candidate.layout = layout_;
    candidate.as_of = found.as_of ? found.as_of : label_date();
    candidate.of = found.of.empty() ? of : found.of;
    candidate.total = found.total;
    for (const auto& [word, kind] : field_.kind_of_label) {
      if (word == context_.rules.labels[label_.entry].text) candidate.kind = kind;
    }
    const std::string& label = context_.rules.labels[label_.entry].text;
    candidate.label_rank = rank_of(label);
    candidate.institution = is_listed(field_.institution_labels, label);
    if (candidate.of.empty()) {
      candidate.of = scope_of(context_, candidate);
      candidate.wider = !candidate.of.empty();
    }
    if (candidate.of.empty()) candidate.of = owner_.name;
    if (candidate.of.empty() && layout_ == Layout::sentence && field_.type == FieldType::quantity)
      candidate.of = place_inside(context_, label_.line, label_.span.start);
    candidate.bracketed = owner_.bracketed;
    out_.push_back(std::move(candidate));
    for (const TextSpan name : found.more) {
      out_.push_back(out_.back());
      Candidate& further = out_.back();
      further.value = name_candidate(context_, field_index_, name, {}, layout_).value;
      further.span = name;
      further.line = context_.line_at(name.start);
    }
  }

  [[nodiscard]] Candidate reading_candidate(const GapValue& found) const {
    Candidate candidate;
    candidate.field = field_index_;
    take_value(found, candidate);
    return candidate;
  }

  [[nodiscard]] static bool is_listed(const std::vector<std::string>& labels, const std::string& label) {
    return std::find(labels.begin(), labels.end(), label) != labels.end();
  }

  [[nodiscard]] LabelRank rank_of(const std::string& label) const {
    if (is_listed(field_.weak_labels, label) && layout_ != Layout::sentence) return LabelRank::weak;
    return is_listed(field_.fallback_labels, label) ? LabelRank::fallback : LabelRank::full;
  }

  void same_line() {
    const bool name = field_.type == FieldType::name;
    if (name && !is_marked_off()) return;
    const std::uint32_t end = name ? own_end() : std::min(own_end(), label_.span.end + kSameLineReach);
    if (const auto found = find_value(context_, field_, behind_label(), limits(end))) {
      if (stands_in_prose()) layout_ = Layout::sentence;
      add(*found, label_.line);
    }
  }

  // In the middle of a line that is a sentence a label says no more than the sentence does.
  [[nodiscard]] bool stands_in_prose() const {
    if (cell_ != nullptr || line_.span.size() < kProseLine || label_begins() || is_flattened()) return false;
    const bool takes_sentences =
        std::find(field_.layouts.begin(), field_.layouts.end(), Layout::sentence) != field_.layouts.end();
    const TextSpan sentence = context_.sentence_of(label_.line, label_.span.start);
    const bool ends =
        is_terminator(code_point_before(text_, line_.span.end)) ||
        (sentence.size() >= kProseLine && is_terminator(code_point_before(text_, sentence.end)));
    return takes_sentences && ends;
  }

  // A mark or a bracket stands behind the label of a name; a blank will do where words have none between
  // them.
  [[nodiscard]] bool is_marked_off() const {
    const std::uint32_t at = skip_gap(text_, label_.span.end, own_end());
    if (at > label_.span.end && !is_ascii_letter(text_[label_.span.end - 1])) return true;
    return at < own_end() && u_isalnum(static_cast<UChar32>(code_point_at(text_, at))) == 0;
  }

  void sentence() {
    // In prose a label of a part is said of many things besides the subject.
    if (rank_of(context_.rules.labels[label_.entry].text) == LabelRank::fallback) return;
    const TextSpan around = context_.sentence_of(label_.line, label_.span.start);
    const std::uint32_t end = std::min({own_end(), around.end, label_.span.end + kSentenceReach});
    if (const auto found = find_value(context_, field_, label_.span.end, {end, true}))
      add(*found, label_.line);
  }

  // A line that holds a value of the field and nothing else of weight.
  [[nodiscard]] std::optional<GapValue> value_line(std::uint32_t index) const {
    return value_in(context_.line(index).span);
  }

  [[nodiscard]] std::optional<GapValue> value_in(TextSpan span) const {
    auto found = find_value(context_, field_, span.start, limits(span.end));
    if (!found || found->part) return std::nullopt;
    if (field_.type == FieldType::name) {
      const bool bare = field_.places && is_bare_word(found->span, span);
      return span.size() <= kLabelLine && !bare ? found : std::nullopt;
    }
    // Behind the value only remarks, dates, as-of words, and what another label begins; the value may have
    // stood in brackets itself, behind the same in another unit.
    std::uint32_t at = found->span.end;
    if (at < span.end && is_close_bracket(code_point_at(text_, at))) at += size_at(text_, at);
    while ((at = skip_gap(text_, at, span.end)) < span.end) {
      if (const std::uint32_t behind = behind_bracket(text_, at, span.end)) {
        at = behind;
      } else if (const Reading* reading = context_.reading_at(at);
                 reading != nullptr && reading->span.start == at && reading->kind == MentionKind::date) {
        at = reading->span.end;
      } else if (context_.begins_label(at, field_index_)) {
        return found;
      } else if (const auto word = context_.rules.linking.words.longest(text_, at);
                 word && word->word->category != LinkRules::connector &&
                 word->word->category != LinkRules::own_extent && word->word->category != LinkRules::part) {
        at += word->size;
      } else {
        return std::nullopt;
      }
    }
    return found;
  }

  // A counter ends at a blank or a bracket.
  [[nodiscard]] std::uint32_t counter_end(std::uint32_t at, std::uint32_t end) const {
    const std::uint32_t last = std::min(end, at + kLongestCounter);
    for (std::uint32_t i = at; i < last; i += size_at(text_, i)) {
      if (text_[i] == ' ' || is_open_bracket(code_point_at(text_, i))) return i;
    }
    return at;
  }

  // "(1) Area": what numbers a label in a list is no value.
  [[nodiscard]] bool is_numbered_label(std::uint32_t index) const {
    const TextSpan span = context_.line(index).span;
    const std::uint32_t reach = std::min(span.end, span.start + kLongestBullet);
    std::uint32_t at = span.start;
    std::uint32_t digits = 0;
    for (; at < reach && u_isalpha(static_cast<UChar32>(code_point_at(text_, at))) == 0;
         at += size_at(text_, at))
      digits += is_ascii_digit(text_[at]) ? 1 : 0;
    return digits >= 1 && digits <= kMostItemDigits && at < span.end && context_.begins_label(at) &&
           context_.readings_in({at, span.end}).empty();
  }

  // The line is a number, a quantity or a date: an approximator before it, a counter and a remark behind it
  // at most.
  [[nodiscard]] bool holds_value(std::uint32_t index) const {
    const TextSpan span = context_.line(index).span;
    const std::uint32_t word = linking_word(context_, span.start, LinkRules::separator);
    const Reading* reading = context_.reading_at(skip_gap(text_, span.start + word, span.end));
    if (reading == nullptr) return false;
    std::uint32_t behind = skip_gap(text_, reading->span.end, span.end);
    if (behind < span.end && !is_open_bracket(code_point_at(text_, behind)))
      behind = skip_gap(text_, counter_end(behind, span.end), span.end);
    while (const std::uint32_t remark = behind_bracket(text_, behind, span.end))
      behind = skip_gap(text_, remark, span.end);
    return behind + kLongestCounter >= span.end;
  }

  // What a line is in a stack of labels and values; a label and its figure on one line are no part of it.
  enum class StackLine : std::uint8_t { label, value, both };
  [[nodiscard]] StackLine stack_line(std::uint32_t index) const {
    if (is_numbered_label(index)) return StackLine::label;
    if (holds_value(index)) return StackLine::value;
    const auto readings = context_.readings_in(context_.line(index).span);
    const bool figure = std::any_of(readings.begin(), readings.end(), [](const Reading& reading) {
      return reading.kind == MentionKind::number || reading.kind == MentionKind::quantity;
    });
    return figure ? StackLine::both : StackLine::label;
  }

  // Lines that belong to one list of labels and values: neighbours outside headings, in one section.
  [[nodiscard]] bool neighbours(std::uint32_t a, std::uint32_t b) const {
    if (a >= context_.segments.lines.size() || b >= context_.segments.lines.size()) return false;
    const Line& first = context_.line(a);
    const Line& second = context_.line(b);
    return first.section == second.section && first.kind != BlockKind::heading &&
           second.kind != BlockKind::heading && first.kind != BlockKind::title && first.cell == second.cell;
  }

  // In a stack of labels and values, whether values stand above their labels. The stack's upper end tells;
  // where it begins with a word that is no label of any field and ends with a label, its first line is a
  // caption.
  [[nodiscard]] bool values_above() const {
    std::uint32_t top = label_.line;
    StackLine last = StackLine::label;  // what the line at `top` is
    for (std::uint32_t step = 0; step < kStackLines && top > 0 && neighbours(top - 1, top); ++step) {
      const StackLine above = stack_line(top - 1);
      if (above == last || above == StackLine::both) break;
      last = above;
      --top;
    }
    if (last == StackLine::value) return true;
    std::uint32_t bottom = label_.line;
    StackLine below = StackLine::label;
    for (std::uint32_t step = 0; step < kStackLines && neighbours(bottom, bottom + 1); ++step) {
      const StackLine next = stack_line(bottom + 1);
      if (next == below || next == StackLine::both) break;
      below = next;
      ++bottom;
    }
    return below == StackLine::label && top != label_.line && !begins_with_label(top);
  }

  // A label of a field, or of an address, which no field has.
  [[nodiscard]] bool begins_with_label(std::uint32_t index) const {
    const std::uint32_t start = context_.line(index).span.start;
    if (context_.rules.addresses.at(text_, start, AddressWord::label) > 0) return true;
    const auto words = context_.words_in(context_.line(index).span);
    return !words.empty() && static_cast<WordCategory>(words.front().category) == WordCategory::label &&
           words.front().span.start == start;
  }

  // Whose figure it is stands before the label on its line, "Total: 8,765" below.
  bool heads_total() {
    const std::uint32_t next = label_.line + 1;
    if (cell_ != nullptr || line_.span.size() > kLabelLine || !label_ends() || !neighbours(label_.line, next))
      return false;
    const auto found = value_line(next);
    if (!found || !found->total) return false;
    add(*found, next);
    return true;
  }

  // "Population (2011)", "City", "12,340": the rows of an infobox that became lines, each with a
  // bullet. The figure stands behind the word for the subject's own extent or the whole, or on a line of its
  // own.
  bool heads_extent() {
    if (cell_ != nullptr || line_.span.size() > kLabelLine || !label_ends() || !label_begins()) return false;
    std::uint32_t row = label_.line + 1;
    const bool dated = neighbours(label_.line, row) && is_remark(row);
    if (dated) ++row;
    if (!neighbours(label_.line, row)) return false;
    const TextSpan span = context_.line(row).span;
    const std::uint32_t bullet = linking_word(context_, span.start, LinkRules::separator);
    const std::uint32_t at = skip_gap(text_, span.start + bullet, span.end);
    const std::uint32_t own = linking_word(context_, at, LinkRules::own_extent);
    const std::uint32_t word = own != 0 ? own : linking_word(context_, at, LinkRules::total);
    const bool listed = bullet != 0 || context_.line(row).kind == BlockKind::list_item ||
                        context_.mentions.is_glued(at + word);
    if (!listed || word == 0) return false;
    const bool apart = skip_gap(text_, at + word, span.end) == span.end;
    if (apart && !neighbours(row, row + 1)) return false;
    auto found = apart ? value_line(row + 1) : value_in({at + word, span.end});
    if (!found) return false;
    found->total = true;
    if (dated && !found->as_of) found->as_of = date_in(context_.line(label_.line + 1).span);
    add(*found, apart ? row + 1 : row);
    return true;
  }

  void next_line() {
    if (heads_total() || heads_extent()) return;
    if (!has_line_of_its_own() || !neighbours(label_.line, label_.line + 1) || values_above()) return;
    const std::uint32_t next = label_.line + 1;
    if (const auto found = value_line(next)) return add(*found, next);
    if (!is_remark(next) || !neighbours(next, next + 1)) return;
    auto found = value_line(next + 1);
    if (!found) return;
    if (!found->as_of) found->as_of = date_in(context_.line(next).span);
    add(*found, next + 1);
  }

  // "(2023)", "(2023)[2]": the line is remarks in brackets.
  [[nodiscard]] bool is_remark(std::uint32_t index) const {
    const TextSpan span = context_.line(index).span;
    std::uint32_t at = skip_gap(text_, span.start, span.end);
    if (span.size() > kLabelLine || at >= span.end) return false;
    while (const std::uint32_t behind = behind_bracket(text_, at, span.end))
      at = skip_gap(text_, behind, span.end);
    return at == span.end;
  }

  // "215,133 Population": a figure and its label, and nothing else on the line.
  [[nodiscard]] bool value_before_label() {
    if (own_start() == label_.span.start || !label_ends()) return false;
    const auto found = find_value(context_, field_, own_start(), limits(label_.span.start));
    if (!found || skip_gap(text_, found->span.end, label_.span.start) != label_.span.start) return false;
    add(*found, label_.line);
    return true;
  }

  void previous_line() {
    if (value_before_label()) return;
    const bool card = heads_card();
    if (label_.line == 0 || !has_line_of_its_own() || (!card && !neighbours(label_.line - 1, label_.line))) {
      return cell_ == nullptr ? void() : cell_above();
    }
    if (!card && !values_above()) return;
    if (const auto found = value_line(label_.line - 1)) add(*found, label_.line - 1);
  }

  // A card of markup: the figure is a heading and nothing else, the label the line it heads.
  [[nodiscard]] bool heads_card() const {
    if (label_.line == 0 || context_.line(label_.line - 1).kind != BlockKind::heading) return false;
    const std::uint32_t section = line_.section;
    if (section == kNone || context_.segments.sections[section].heading != label_.line - 1) return false;
    const TextSpan heading = context_.line(label_.line - 1).span;
    const Reading* reading = context_.reading_at(heading.start);
    return reading != nullptr && reading->span.start == heading.start &&
           skip_gap(text_, reading->span.end, heading.end) == heading.end;
  }

  // A table of figures with their labels below: its first row holds figures and no label.
  [[nodiscard]] bool table_of_values_above() const {
    const Grid& grid = context_.segments.grids[cell_->table];
    for (std::uint32_t column = 0; column < std::min(grid.columns, kHeadCells); ++column) {
      const GridCell* cell = context_.cell_at(cell_->table, 0, column);
      if (cell == nullptr || cell->span.empty()) continue;
      const bool value = context_.reading_at(cell->span.start) != nullptr;
      if (!value || has_label(*cell)) return false;
    }
    return true;
  }

  void cell_above() {
    if (cell_->row == 0 || !label_begins() || !label_ends() || !in_head_row() || !table_of_values_above())
      return;
    const GridCell* cell = context_.cell_at(cell_->table, cell_->row - 1, cell_->column);
    if (cell == nullptr || cell->column_span != cell_->column_span) return;
    if (const auto found = value_in_cell(*cell)) add(*found, context_.line_at(found->span.start));
  }

  // A value anywhere from the start of a cell, its words allowed as on one line.
  [[nodiscard]] std::optional<GapValue> value_in_cell(const GridCell& cell) const {
    return find_value(context_, field_, cell.span.start, limits(cell.span.end));
  }

  // The head of a column is the label of another value than a name: its cells are no names of rows.
  [[nodiscard]] bool heads_figures(std::uint32_t column) const {
    const GridCell* head = context_.cell_at(cell_->table, cell_->row, column);
    if (head == nullptr) return false;
    const auto words = context_.words_in(head->span);
    return std::any_of(words.begin(), words.end(), [&](const WordMention& word) {
      return static_cast<WordCategory>(word.category) == WordCategory::label &&
             context_.rules.fields[context_.rules.labels[word.entry].field].type != FieldType::subject;
    });
  }

  [[nodiscard]] bool has_label(const GridCell& cell) const {
    const auto words = context_.words_in(cell.span);
    return std::any_of(words.begin(), words.end(), [](const WordMention& word) {
      return static_cast<WordCategory>(word.category) == WordCategory::label;
    });
  }

  [[nodiscard]] bool has_other_label(const GridCell& cell) const {
    for (const WordMention& word : context_.words_in(cell.span)) {
      if (static_cast<WordCategory>(word.category) == WordCategory::label &&
          context_.rules.labels[word.entry].field != field_index_) {
        return true;
      }
    }
    return false;
  }

  enum class CellRole : std::uint8_t { own, whole, part, date, other };

  [[nodiscard]] CellRole role_of(const GridCell& cell) const {
    std::uint32_t at = skip_gap(text_, cell.span.start, cell.span.end);
    while (const std::uint32_t bullet = linking_word(context_, at, LinkRules::separator)) {
      at = skip_gap(text_, at + bullet, cell.span.end);
    }
    if (const Reading* reading = context_.reading_at(at);
        reading != nullptr && reading->kind == MentionKind::date) {
      return CellRole::date;
    }
    if (year_alone(context_, cell.span)) return CellRole::date;
    if (linking_word(context_, at, LinkRules::own_extent) != 0) return CellRole::own;
    const auto listed = [&](const std::vector<std::string>& words) {
      return std::any_of(words.begin(), words.end(),
                         [&](const std::string& word) { return text_.substr(at).starts_with(word); });
    };
    if (linking_word(context_, at, LinkRules::part) != 0 || listed(field_.part_words)) return CellRole::part;
    if (linking_word(context_, at, LinkRules::total) != 0 || listed(field_.total_words))
      return CellRole::whole;
    return CellRole::other;
  }

  // The label's own cell may hold its value, on a line above.
  [[nodiscard]] bool has_figure_above() const {
    const std::uint32_t reach = line_.span.start - std::min(line_.span.start, kLabelLine);
    const std::uint32_t from = std::max(cell_->span.start, reach);
    const auto readings = context_.readings_in({from, std::max(from, line_.span.start)});
    return std::any_of(readings.begin(), readings.end(), [](const Reading& reading) {
      return reading.kind == MentionKind::number || reading.kind == MentionKind::quantity;
    });
  }

  void row() {
    if (cell_ == nullptr || cell_->table >= context_.segments.grids.size() || !label_ends() ||
        !label_begins() || has_figure_above())
      return;
    const std::uint32_t last_row = cell_->row + cell_->row_span;
    for (std::uint32_t row = cell_->row; row < last_row; ++row) {
      if (row_cells(row) && !field_.many) return;
    }
    if (cell_->column == 0 && has_row_for_itself()) rows_below();
  }

  // The label is all that its row holds: it heads the rows below, as in infoboxes that became bars.
  [[nodiscard]] bool has_row_for_itself() const {
    std::uint32_t others = 0;
    for (std::uint32_t column = cell_->column_span; column < kRowCells; ++column, ++others) {
      const GridCell* cell = context_.cell_at(cell_->table, cell_->row, column);
      if (cell == nullptr) break;
      if (!cell->span.empty()) return false;
    }
    return others > 0;
  }

  // The first of the rows below that is named as the whole, or as the subject's own.
  void rows_below() {
    const std::uint32_t first = cell_->row + 1;
    for (std::uint32_t row = first; row < first + kRowCells; ++row) {
      const GridCell* name = context_.cell_at(cell_->table, row, 0);
      const GridCell* cell = context_.cell_at(cell_->table, row, 1);
      if (name == nullptr || cell == nullptr || name->span.empty() || has_other_label(*name)) return;
      const CellRole role = role_of(*name);
      if (role == CellRole::part) continue;
      if (role != CellRole::whole && role != CellRole::own) return;
      if (const auto found = value_in_cell(*cell)) return add(*found, context_.line_at(found->span.start));
    }
  }

  // The cells right of the label in one row; true when a value was added.
  bool row_cells(std::uint32_t row) {
    bool added = false;
    bool part = false;
    bool total = false;
    std::optional<AsOf> as_of;
    std::uint32_t column = cell_->column + cell_->column_span;
    for (std::uint32_t count = 0; count < kRowCells; ++count) {
      const GridCell* cell = context_.cell_at(cell_->table, row, column);
      if (cell == nullptr) break;
      column = cell->column + cell->column_span;
      if (cell->span.empty()) continue;
      // A head beside a head is no name.
      if (field_.type == FieldType::name && cell->header) break;
      if (!part) {
        if (auto found = value_in_cell(*cell)) {
          if (added && !head_date(*cell)) break;  // a second figure counts only under a date of its own
          if (!found->as_of) found->as_of = as_of;
          if (!found->as_of) found->as_of = head_date(*cell);
          found->total = found->total || total;
          add(*found, context_.line_at(found->span.start));
          added = true;
          continue;
        }
      }
      if (added || has_other_label(*cell)) break;
      const CellRole role = role_of(*cell);
      part = role == CellRole::part || (part && role != CellRole::whole);
      total = role == CellRole::whole;
      if (const auto date = date_in(cell->span)) as_of = date;
      if (role == CellRole::other) break;
    }
    return added;
  }

  [[nodiscard]] std::optional<AsOf> date_in(TextSpan span) const {
    for (const Reading& reading : context_.readings_in(span)) {
      if (reading.kind == MentionKind::date) return AsOf{std::get<Date>(reading.value), reading.span};
    }
    return std::nullopt;
  }

  // The day that a head stands for; a bare year is one there.
  [[nodiscard]] std::optional<AsOf> day_of_head(const GridCell& head) const {
    if (auto date = date_in(head.span)) return date;
    const auto year = year_alone(context_, head.span);
    return year ? std::optional(AsOf{*year, head.span}) : std::nullopt;
  }

  // A date at the head of a cell's column. The first row is one of heads when its first cell is no label.
  [[nodiscard]] std::optional<AsOf> head_date(const GridCell& cell) const {
    const GridCell* head = context_.cell_at(cell.table, 0, cell.column);
    const GridCell* corner = context_.cell_at(cell.table, 0, 0);
    if (head == nullptr || head == &cell || head->row == cell.row) return std::nullopt;
    const bool labelled = corner != nullptr && (has_label(*corner) || corner == cell_);
    return head->header || !labelled ? day_of_head(*head) : std::nullopt;
  }

  // A row of heads holds no figures.
  [[nodiscard]] bool in_head_row() const {
    const Grid& grid = context_.segments.grids[cell_->table];
    for (std::uint32_t column = 0; column < std::min(grid.columns, kHeadCells); ++column) {
      const GridCell* cell = context_.cell_at(cell_->table, cell_->row, column);
      if (cell == nullptr || cell->span.empty()) continue;
      const Reading* reading = context_.reading_at(cell->span.start);
      if (reading != nullptr &&
          (reading->kind == MentionKind::number || reading->kind == MentionKind::quantity))
        return false;
    }
    return true;
  }

  // Under a head that spans several columns, the one whose own head says that it is the whole; else the first
  // that is no part's.
  [[nodiscard]] std::uint32_t column_of_whole() const {
    const std::uint32_t below = cell_->row + cell_->row_span;
    std::optional<std::uint32_t> first;
    for (std::uint32_t column = cell_->column;
         column < cell_->column + std::min(cell_->column_span, kHeadCells); ++column) {
      const GridCell* head =
          cell_->column_span == 1 ? nullptr : context_.cell_at(cell_->table, below, column);
      const CellRole role = head == nullptr ? CellRole::other : role_of(*head);
      if (role == CellRole::whole) return column;
      if (role != CellRole::part && !first) first = column;
    }
    return first.value_or(cell_->column);
  }

  // A head over the whole width of the table, its first column included: the rows below it are its group.
  [[nodiscard]] bool heads_group() const {
    const GridCell* below = context_.cell_at(cell_->table, cell_->row + cell_->row_span, 0);
    return cell_->column == 0 && cell_->column_span > 1 &&
           cell_->column_span == context_.segments.grids[cell_->table].columns && below != nullptr &&
           below->column_span < cell_->column_span;
  }

  // The rows of a group: the name of each says whether it is the whole, a part, or another place's.
  void group() {
    const Grid& grid = context_.segments.grids[cell_->table];
    const std::uint32_t first = cell_->row + cell_->row_span;
    for (std::uint32_t row = first; row < std::min(grid.rows, first + kGroupRows); ++row) {
      const GridCell* name = context_.cell_at(cell_->table, row, 0);
      if (name == nullptr || name->column_span >= cell_->column_span || has_other_label(*name)) return;
      const GridCell* cell = context_.cell_at(cell_->table, row, name->column_span);
      const CellRole role = role_of(*name);
      if (cell == nullptr || role == CellRole::part) continue;
      auto found = value_in_cell(*cell);
      if (!found) continue;
      if (role == CellRole::date && !found->as_of) found->as_of = day_of_head(*name);
      found->total = found->total || role == CellRole::whole;
      add(*found, context_.line_at(found->span.start), role == CellRole::other ? name->span : TextSpan{});
    }
  }

  void column() {
    if (cell_ == nullptr || !label_ends() || !in_head_row()) return;
    if (heads_group()) return group();
    const Grid& grid = context_.segments.grids[cell_->table];
    const std::uint32_t last = std::min(grid.rows, cell_->row + cell_->row_span + kColumnRows);
    const auto head = date_in(cell_->span);
    const std::uint32_t own_column = column_of_whole();
    const std::uint32_t names = column_of_names(context_, cell_->table);
    const bool named = !heads_figures(names);
    for (std::uint32_t row = cell_->row + cell_->row_span; row < last; ++row) {
      const GridCell* cell = context_.cell_at(cell_->table, row, own_column);
      if (cell == nullptr || cell->row != row || cell->span.empty()) continue;
      if (has_other_label(*cell)) break;
      if (cell->header) continue;
      auto found = value_in_cell(*cell);
      if (!found) continue;
      const GridCell* name = context_.cell_at(cell_->table, row, names);
      TextSpan of;
      if (name != nullptr && name != cell) {
        const CellRole role = role_of(*name);
        if (role == CellRole::part) continue;
        if (role == CellRole::date && !found->as_of) found->as_of = day_of_head(*name);
        if (role == CellRole::whole) found->total = true;
        if (role == CellRole::other && named) of = name->span;
      }
      if (!found->as_of) found->as_of = head;
      add(*found, context_.line_at(found->span.start), of);
    }
  }

  void definition() {
    if (line_.kind != BlockKind::term || !label_begins() || !label_ends()) return;
    for (std::uint32_t i = label_.line + 1; i < context_.segments.lines.size(); ++i) {
      const Line& line = context_.line(i);
      if (line.kind == BlockKind::term || line.kind == BlockKind::heading || line.section != line_.section)
        return;
      if (const auto found = find_value(context_, field_, line.span.start, limits(line.span.end))) {
        add(*found, i);
        if (!field_.many) return;
      }
    }
  }

  void section() {
    if (line_.kind != BlockKind::heading && line_.kind != BlockKind::caption) return;
    if (line_.span.size() > kLabelLine) return;
    const bool name = field_.type == FieldType::name;
    if (name && !label_ends()) return;
    const std::uint32_t last =
        std::min<std::uint32_t>(label_.line + 1 + (field_.many ? kListLines : kSectionLines),
                                static_cast<std::uint32_t>(context_.segments.lines.size()));
    for (std::uint32_t i = label_.line + 1; i < last; ++i) {
      const Line& line = context_.line(i);
      if (line.kind == BlockKind::heading || line.cell != kNone) return;
      // Names stand in a list; a single one has its line. Other lines are prose about them.
      if (name && line.kind != BlockKind::list_item && (field_.many || i > label_.line + 1)) continue;
      const auto found = find_value(context_, field_, line.span.start, limits(line.span.end));
      if (!found || (field_.places && is_bare_word(found->span, line.span)) ||
          is_enumerator(*found, line.span))
        continue;
      add(*found, i);
      if (!field_.many) return;
    }
  }

  // "1. Population as of": the number of an entry in a list.
  [[nodiscard]] bool is_enumerator(const GapValue& found, TextSpan line) const {
    constexpr std::uint32_t kDigits = 2;
    return found.reading != nullptr && found.reading->kind == MentionKind::number &&
           found.span.start == line.start && found.span.size() <= kDigits && found.span.end < line.end &&
           (text_[found.span.end] == '.' || text_[found.span.end] == ')');
  }

  // A capitalised word without its country behind it may be a link of the menu, if no gazetteer knows it as a
  // place.
  [[nodiscard]] bool is_bare_word(TextSpan name, TextSpan line) const {
    const std::uint32_t behind = skip_gap(text_, name.end, line.end);
    const bool country =
        behind < line.end && (text_[behind] == ',' || is_open_bracket(code_point_at(text_, behind)));
    return !country && is_upper(code_point_at(text_, name.start)) &&
           context_.rules.addresses.find(context_.at(name)).empty();
  }

  const LinkContext& context_;
  const std::uint32_t field_index_;
  const FieldRules& field_;
  WordMention label_;
  std::string_view text_;
  const Line& line_;
  const GridCell* cell_;
  BracketOwner owner_;
  std::vector<Candidate>& out_;
  Layout layout_ = Layout::same_line;
};

// One sentence pattern tried at one place.
class PatternMatcher {
 public:
  PatternMatcher(const LinkContext& context, const FieldRules& field, const FieldPattern& pattern)
      : context_(context), field_(field), pattern_(pattern), text_(context.folded()) {}

  // The candidate, without field and part; none if the pattern does not go through.
  std::optional<Candidate> match(std::uint32_t position, std::uint32_t line_end) {
    const std::uint32_t start = position;
    if (!second_step_fits(position, line_end) || !reading_follows(position)) return std::nullopt;
    Candidate candidate;
    bool any = false;
    for (const PatternStep& step : pattern_.steps) {
      if (step.kind == PatternStep::Kind::piece) {
        const auto end = take_piece(step, position, line_end);
        if (!end) return std::nullopt;
        position = *end;
        continue;
      }
      const auto end = take_slot(step, position, line_end, candidate, any);
      if (!end) return std::nullopt;
      position = *end;
    }
    if (!any || !pattern_.guards.allow(text_, {start, position})) return std::nullopt;
    candidate.layout = Layout::pattern;
    candidate.pattern = pattern_.id;
    candidate.kind = pattern_.kind;
    candidate.institution = pattern_.institution;
    return candidate;
  }

 private:
  [[nodiscard]] std::optional<std::uint32_t> take_piece(const PatternStep& step, std::uint32_t position,
                                                        std::uint32_t line_end) const {
    const auto size = step.match(text_.substr(position, line_end - position));
    return size ? std::optional(position + *size) : std::nullopt;
  }

  // A pattern that begins with a value is tried at every value of the text: what stands behind it is looked
  // at before the value is worked out.
  [[nodiscard]] bool second_step_fits(std::uint32_t position, std::uint32_t line_end) const {
    if (!pattern_.starts.empty() || !pattern_.has_piece_behind_first()) return true;
    const Reading* reading = context_.reading_at(position);
    return reading == nullptr || reading->span.end > line_end ||
           pattern_.steps[1].matches(text_.substr(reading->span.end, line_end - reading->span.end));
  }

  // A pattern that begins with words is tried wherever they stand: the value behind them may be too far away.
  [[nodiscard]] bool reading_follows(std::uint32_t position) const {
    if (pattern_.starts.empty() || !pattern_.has_reading_behind_first()) return true;
    const std::size_t next = context_.first_reading(position);
    return next < context_.readings.size() &&
           context_.readings[next].span.start - position <= pattern_.steps.front().outline.longest;
  }

  std::optional<std::uint32_t> take_slot(const PatternStep& step, std::uint32_t position,
                                         std::uint32_t line_end, Candidate& candidate, bool& any) {
    if (step.kind == PatternStep::Kind::unit) {
      for (const UnitWord& unit : field_.units) {
        if (text_.substr(position).starts_with(unit.word))
          return position + static_cast<std::uint32_t>(unit.word.size());
      }
      return std::nullopt;
    }
    if (step.kind == PatternStep::Kind::name) return take_name(step, position, line_end, candidate, any);
    const Reading* reading = context_.reading_at(position);
    if (reading == nullptr || reading->span.start != position) return std::nullopt;
    if (step.kind == PatternStep::Kind::date && step.capture != "value") {
      if (reading->kind != MentionKind::date) return std::nullopt;
      if (step.capture == "as_of") candidate.as_of = AsOf{std::get<Date>(reading->value), reading->span};
      return reading->span.end;
    }
    if (step.capture == "value") {
      const auto found = value_at(context_, field_, position, {line_end, true});
      if (!found) return std::nullopt;
      any = true;
      take_value(*found, candidate);
    } else if (!slot_takes(step.kind, reading->kind)) {
      return std::nullopt;
    }
    // The unit behind a number is the next piece's or the next slot's business.
    return reading->span.end;
  }

  // A run of capitalised words, or of kanji or katakana.
  std::optional<std::uint32_t> take_name(const PatternStep& step, std::uint32_t position,
                                         std::uint32_t line_end, Candidate& candidate, bool& any) {
    std::uint32_t end = position;
    while (end < line_end && is_ascii_upper(text_[end])) {
      while (end < line_end && text_[end] != ' ' && text_[end] != ',' && text_[end] != '.') ++end;
      if (end + 1 < line_end && text_[end] == ' ' && is_ascii_upper(text_[end + 1])) ++end;
    }
    for (char32_t c = 0; end < line_end; end += size_at(text_, end)) {
      c = code_point_at(text_, end);
      if (!is_kanji(c) && !is_katakana(c)) break;
    }
    if (end == position) return std::nullopt;
    if (step.capture == "of") candidate.of = {position, end};
    if (step.capture == "value") {
      any = true;
      candidate = name_candidate(context_, 0, {position, end}, {}, Layout::pattern);
    }
    return end;
  }

  const LinkContext& context_;
  const FieldRules& field_;
  const FieldPattern& pattern_;
  std::string_view text_;
};

void try_pattern(const LinkContext& context, FieldPatternRef ref, std::uint32_t position, std::uint32_t line,
                 std::vector<Candidate>& out) {
  const FieldRules& field = context.rules.fields[ref.field];
  auto candidate = PatternMatcher(context, field, field.patterns[ref.pattern])
                       .match(position, std::min(context.line(line).span.end, position + kNameReach));
  if (!candidate) return;
  candidate->field = ref.field;
  candidate->line = line;
  // "live in the Lisbon metropolitan area": the name is that of the wider extent.
  const std::uint32_t behind = skip_gap(context.folded(), candidate->of.end, context.line(line).span.end);
  if (candidate->of.empty() || linking_word(context, behind, LinkRules::scope) != 0) {
    if (const TextSpan scope = scope_of(context, *candidate); !scope.empty()) {
      candidate->of = scope;
      candidate->wider = true;
    }
  }
  if (field.patterns[ref.pattern].scoped && candidate->of.empty()) return;
  if (candidate->of.empty() && field.type == FieldType::quantity)
    candidate->of = place_inside(context, line, position);
  out.push_back(std::move(*candidate));
}

// Whether any pattern that begins with this value may go on behind it. Most values of a document begin none.
bool may_begin_pattern(const LinkContext& context, const Reading& reading) {
  const auto& behind = context.rules.behind_values[static_cast<std::size_t>(reading.kind)];
  if (!behind) return true;
  const std::uint32_t line_end =
      std::min(context.line(reading.line).span.end, reading.span.start + kNameReach);
  return reading.span.end > line_end ||
         behind->matches(context.folded().substr(reading.span.end, line_end - reading.span.end));
}

}  // namespace

void link_label(const LinkContext& context, const WordMention& label, std::vector<Candidate>& out) {
  LabelLinker(context, label, out).run();
}

void link_patterns(const LinkContext& context, std::vector<Candidate>& out, std::vector<RuleCost>* costs) {
  const auto attempt = [&](std::size_t index, std::uint32_t position, std::uint32_t line) {
    measured(costs, index, [&] {
      const std::size_t before = out.size();
      try_pattern(context, context.rules.field_patterns[index], position, line, out);
      return out.size() > before;
    });
  };
  for (const WordMention& word : context.mentions.words) {
    if (static_cast<WordCategory>(word.category) == WordCategory::pattern)
      attempt(word.entry, word.span.start, word.line);
  }
  std::vector<const Reading*> openers;
  for (const Reading& reading : context.readings) {
    if (may_begin_pattern(context, reading)) openers.push_back(&reading);
  }
  for (std::size_t i = 0; i < context.rules.field_patterns.size(); ++i) {
    const FieldPatternRef ref = context.rules.field_patterns[i];
    const FieldPattern& pattern = context.rules.fields[ref.field].patterns[ref.pattern];
    if (!pattern.starts.empty()) continue;
    for (const Reading* reading : openers) {
      if (slot_takes(pattern.steps.front().kind, reading->kind))
        attempt(i, reading->span.start, reading->line);
    }
  }
}

}  // namespace yoran
