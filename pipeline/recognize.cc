#include "recognize.h"

#include <algorithm>
#include <array>
#include <optional>

#include "types/ascii.h"

namespace yoran {
namespace {

constexpr std::uint32_t kWindow = 400;  // bytes a pattern may look at
constexpr std::size_t kShortWindow = 80;
constexpr std::uint32_t kMaxBack = 64;       // bytes walked back from a trigger inside a match
constexpr std::uint32_t kLongestGlued = 32;  // bytes of a label that touches its value
constexpr std::uint32_t kShortLine = 80;     // bytes of a line that may be a label and its value
constexpr std::uint32_t kFewestDigits = 3;   // of a figure that touches its label

class Recognizer {
 public:
  Recognizer(const Text& text, const Segments& segments, const RulePack& rules, std::size_t max_mentions,
             std::vector<RuleCost>* costs)
      : text_(text.folded), segments_(segments), rules_(rules), max_mentions_(max_mentions), costs_(costs) {
    if (costs_ != nullptr) costs_->assign(rules_.entity_patterns.size(), {});
  }

  Mentions run() {
    for (line_ = 0; line_ < segments_.lines.size() && result_.unread.empty(); ++line_)
      scan(segments_.lines[line_].span);
    const auto before = [](const Mention& a, const Mention& b) { return a.span.start < b.span.start; };
    if (!std::is_sorted(result_.mentions.begin(), result_.mentions.end(), before))
      std::stable_sort(result_.mentions.begin(), result_.mentions.end(), before);
    return std::move(result_);
  }

 private:
  [[nodiscard]] bool is_full() const {
    return result_.mentions.size() > max_mentions_ || result_.words.size() > max_mentions_ * kWordsForMention;
  }

  void scan(TextSpan line) {
    line_end_ = line.end;
    number_end_ = line.start;
    label_end_ = line.start;
    value_start_ = line.start;
    see_glued(line);
    const auto next = [&](std::uint32_t from) { return rules_.words.next_candidate(text_, from, line_end_); };
    for (std::uint32_t i = next(line.start); i < line.end; i = next(next_start(text_, i, line_end_))) {
      if (is_full()) {
        result_.unread = {i, static_cast<std::uint32_t>(text_.size())};
        return;
      }
      if (is_ascii_digit(text_[i])) digit_run(i);
      words_at(i);
      keep_best();
    }
  }

  // Pages that lost their markup run a label into its value: "Population6,760", "MayorAnn Lee". At the start
  // of a line it ends where a digit, a capital or the name of a host follows a small letter; so does the name
  // of a row of an infobox behind its bullet, "Total7.08 km2".
  void see_glued(TextSpan line) {
    line.start = behind_bullet(line);
    if (line.empty() || !is_ascii_letter(text_[line.start])) return;
    const std::uint32_t reach = std::min(line.end, line.start + kLongestGlued);
    for (std::uint32_t i = line.start + 2; i < reach; ++i) {
      const char c = text_[i];
      if (is_ascii_lower(text_[i - 1])) {
        if (is_ascii_digit(c)) return take_glued({line.start, i}, begins_figure(i) ? kFigures : kDates);
        if (is_ascii_upper(c))
          return line.size() <= kShortLine ? take_glued({line.start, i}, kNames) : void();
        if (begins_host(i)) return take_glued({line.start, i}, kSites);
      }
      if (!is_ascii_letter(c) && c != ' ' && c != '-') return;
    }
  }

  // Blanks and a mark of lists before the first word of a line.
  [[nodiscard]] std::uint32_t behind_bullet(TextSpan line) const {
    const auto behind_blanks = [&](std::uint32_t at) {
      while (at < line.end && text_[at] == ' ') ++at;
      return at;
    };
    const std::uint32_t at = behind_blanks(line.start);
    if (at >= line.end || is_ascii_alnum(text_[at])) return at;
    const auto mark = rules_.linking.words.longest(text_.substr(0, line.end), at, LinkRules::separator);
    return mark ? behind_blanks(at + mark->size) : at;
  }

  // What may stand behind a label that has no end of its own.
  enum Glued : std::uint8_t { kFigures, kDates, kNames, kSites };

  [[nodiscard]] static bool takes(FieldType type, Glued glued) {
    if (type == FieldType::date) return glued != kSites;
    if (type == FieldType::url) return glued == kSites;
    const bool figure = type == FieldType::count || type == FieldType::number || type == FieldType::quantity;
    return figure && glued == kFigures;
  }

  // Heads of columns that lost the blanks between them: "MayorPopulation".
  [[nodiscard]] bool begins_label(std::uint32_t at) const {
    bool label = false;
    rules_.words.match(text_.substr(at, line_end_ - at), 0, [&](const WordMatch& match) {
      const auto category = static_cast<WordCategory>(match.word->category);
      label = label || category == WordCategory::label || category == WordCategory::title;
    });
    return label;
  }

  void take_glued(TextSpan label, Glued glued) {
    if (glued == kNames && begins_label(label.end)) return;
    bool found = false;
    rules_.words.match(text_.substr(0, label.end), label.start, [&](const WordMatch& match) {
      if (match.size != label.size()) return;
      const auto category = static_cast<WordCategory>(match.word->category);
      const bool title = category == WordCategory::title && glued == kNames;
      const bool field = category == WordCategory::label &&
                         takes(rules_.fields[rules_.labels[match.word->entry].field].type, glued);
      if (!title && !field) return;
      found = true;
      // Before a digit the label is found as any other.
      if (title) result_.words.push_back({label, line_, match.word->category, match.word->entry});
      if (field && glued >= kNames) add_label(label, *match.word);
    });
    // A row under its label: the whole, the subject's own extent.
    for (const auto category : {LinkRules::total, LinkRules::own_extent}) {
      const auto row = rules_.linking.words.longest(text_.substr(0, label.end), label.start, category);
      found = found || (glued == kFigures && row && row->size == label.size());
    }
    if (!found) return;
    result_.glued.push_back(label.end);
    value_start_ = label.end;
    // The name of a month, which is looked for at the start of a word.
    if (glued == kNames) {
      rules_.words.match(text_.substr(label.end, line_end_ - label.end), 0, [&](const WordMatch& match) {
        if (static_cast<WordCategory>(match.word->category) == WordCategory::entity)
          try_pattern(match.word->entry, {label.end, label.end + match.size});
      });
      keep_best();
    }
  }

  // Not "Area51": digits enough, or marks between them.
  [[nodiscard]] bool begins_figure(std::uint32_t start) const {
    std::uint32_t end = start;
    while (end < line_end_ && is_ascii_digit(text_[end])) ++end;
    if (end - start >= kFewestDigits) return true;
    return end + 1 < line_end_ && (text_[end] == ',' || text_[end] == '.') && is_ascii_digit(text_[end + 1]);
  }

  [[nodiscard]] bool begins_host(std::uint32_t at) const {
    const std::string_view rest = text_.substr(at, line_end_ - at);
    return rest.starts_with("www.") || rest.starts_with("http://") || rest.starts_with("https://");
  }

  void digit_run(std::uint32_t start) {
    const std::uint32_t end = next_start(text_, start, line_end_);
    const std::string_view rest = text_.substr(end, line_end_ - end);
    const auto behind = rest.empty() ? '\0' : static_cast<unsigned char>(rest.front());
    for (const std::uint32_t index : rules_.digit_patterns[behind]) {
      if (rules_.entity_patterns[index].takes_run_of(end - start, rest)) try_pattern(index, {start, end});
    }
    number_run(start);
  }

  void number_run(std::uint32_t start) {
    if (start < number_end_) return;
    const auto run = rules_.numbers.run_at(text_, start);
    if (!run || run->end > line_end_) return;
    number_end_ = run->end;
    Mention mention;
    mention.kind = MentionKind::number;
    mention.span = *run;
    mention.line = line_;
    result_.mentions.push_back(mention);
  }

  void words_at(std::uint32_t start) {
    rules_.words.match(text_, start, [&](const WordMatch& found) {
      const TextSpan span{start, start + found.size};
      if (span.end > line_end_) return;
      const auto category = static_cast<WordCategory>(found.word->category);
      if (category == WordCategory::entity) {
        try_pattern(found.word->entry, span);
      } else if (category == WordCategory::number) {
        number_run(start);
      } else if (category == WordCategory::label) {
        add_label(span, *found.word);
      } else {
        result_.words.push_back({span, line_, found.word->category, found.word->entry});
      }
    });
  }

  // A label inside a longer one is a part of that word: "population" of "population density". Several fields
  // may share a label.
  void add_label(TextSpan span, const Word& word) {
    if (span.end <= label_end_ && span != last_label_) return;
    drop_labels_at(span.start, span.end);
    label_end_ = std::max(label_end_, span.end);
    last_label_ = span;
    const FieldRules& field = rules_.fields[rules_.labels[word.entry].field];
    if (field.guards.allow(text_, span)) result_.words.push_back({span, line_, word.category, word.entry});
  }

  // The labels that begin at `start` and end before `end`; other words may stand between them.
  void drop_labels_at(std::uint32_t start, std::uint32_t end) {
    auto first = result_.words.end();
    while (first != result_.words.begin() && std::prev(first)->span.start == start) --first;
    const auto is_shorter_label = [&](const WordMention& found) {
      return found.category == static_cast<std::uint16_t>(WordCategory::label) && found.span.end < end;
    };
    result_.words.erase(std::remove_if(first, result_.words.end(), is_shorter_label), result_.words.end());
  }

  void try_pattern(std::uint32_t index, TextSpan trigger) {
    const EntityPattern& pattern = rules_.entity_patterns[index];
    if (trigger.start < closed_end_[static_cast<std::size_t>(pattern.kind)]) return;
    std::uint32_t start = trigger.start;
    if (pattern.walks_back) {
      const std::uint32_t floor = std::max(value_start_, start > kMaxBack ? start - kMaxBack : 0);
      while (start > floor && pattern.back[static_cast<unsigned char>(text_[start - 1])]) --start;
    }
    const auto mention = measured(costs_, index, [&] { return match(pattern, start, trigger); });
    if (!mention || mention->span.end <= trigger.start) return;
    has_best_ = true;
    std::optional<Mention>& best = best_[static_cast<std::size_t>(pattern.kind)];
    if (!best || mention->span.size() > best->span.size()) best = mention;
  }

  // The longest match that begins at `start`.
  [[nodiscard]] std::optional<Mention> match(const EntityPattern& pattern, std::uint32_t start,
                                             TextSpan trigger) const {
    Mention mention = mention_of(pattern, {start, start});
    if (pattern.forms.empty()) mention.span = trigger;
    for (const EntityForm& form : pattern.forms)
      match_form(form, pattern.capture_of_trigger >= 0 ? trigger.end : start, mention);
    if (mention.span.empty() || !pattern.guards.allow(text_, mention.span)) return std::nullopt;
    if (pattern.capture_of_trigger >= 0)
      mention.captures[static_cast<std::uint8_t>(pattern.capture_of_trigger)] = trigger;
    return mention;
  }

  // Extends the mention if the form matches from `start` and ends behind it.
  void match_form(const EntityForm& form, std::uint32_t start, Mention& mention) const {
    std::uint32_t window_end = std::min(line_end_, mention.span.start + kWindow);
    while (window_end < line_end_ && (static_cast<unsigned char>(text_[window_end]) & 0xC0U) == 0x80U)
      --window_end;
    if (start > window_end) return;
    const re2::StringPiece window(text_.data() + start, window_end - start);
    std::array<re2::StringPiece, kMaxCaptures + 2> groups;
    const auto count = static_cast<int>(std::min(form.capture_of_group.size(), groups.size() - 1));
    const auto matches = [&](std::size_t size, int captures) {
      return form.re->Match(window, 0, size, RE2::ANCHOR_START, groups.data(), captures + 1);
    };
    // Where a pattern goes several ways, finding its captures costs RE2 time and memory by the window: in a
    // long one it is asked for the end of the match first.
    std::size_t size = window.size();
    if (count > 0 && size > kShortWindow) {
      if (!matches(size, 0)) return;
      size = groups[0].size();
    }
    if (!matches(size, count)) return;
    const std::uint32_t end = start + static_cast<std::uint32_t>(groups[0].size());
    if (end <= mention.span.end) return;
    mention.span.end = end;
    mention.captures = {};
    for (std::size_t group = 0; group < static_cast<std::size_t>(count); ++group) {
      const re2::StringPiece& piece = groups[group + 1];
      const std::int8_t capture = form.capture_of_group[group];
      if (capture < 0 || piece.data() == nullptr) continue;
      const auto from = static_cast<std::uint32_t>(piece.data() - text_.data());
      mention.captures[static_cast<std::uint8_t>(capture)] = {
          from, from + static_cast<std::uint32_t>(piece.size())};
    }
  }

  [[nodiscard]] Mention mention_of(const EntityPattern& pattern, TextSpan span) const {
    Mention mention;
    mention.kind = pattern.kind;
    mention.span = span;
    mention.line = line_;
    mention.pattern = static_cast<std::uint32_t>(&pattern - rules_.entity_patterns.data());
    return mention;
  }

  void keep_best() {
    if (!has_best_) return;
    has_best_ = false;
    for (std::optional<Mention>& best : best_) {
      if (!best) continue;
      result_.mentions.push_back(*best);
      if (rules_.entity_patterns[best->pattern].closed)
        closed_end_[static_cast<std::size_t>(best->kind)] = best->span.end;
      best.reset();
    }
  }

  std::string_view text_;
  const Segments& segments_;
  const RulePack& rules_;
  std::size_t max_mentions_;
  std::vector<RuleCost>* costs_;  // null: not wanted
  Mentions result_;
  std::array<std::optional<Mention>, kMentionKinds> best_;  // of each kind, begun at the present place
  bool has_best_ = false;
  std::array<std::uint32_t, kMentionKinds> closed_end_{};  // no mention of the kind begins before
  std::uint32_t line_ = 0;
  std::uint32_t line_end_ = 0;
  std::uint32_t number_end_ = 0;  // end of the last number run: it is not entered again
  std::uint32_t label_end_ = 0;
  std::uint32_t value_start_ = 0;  // start of the line, or of the value that touches its label there
  TextSpan last_label_;
};

}  // namespace

Mentions recognize(const Text& text, const Segments& segments, const RulePack& rules,
                   std::size_t max_mentions, std::vector<RuleCost>* costs) {
  return Recognizer(text, segments, rules, max_mentions, costs).run();
}

}  // namespace yoran
