#include "link/series.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "link/gap.h"

namespace yoran {
namespace {

constexpr std::size_t kMostFigures = 8;  // of one sentence
constexpr std::uint32_t kReach = 120;    // bytes between two figures
constexpr double kMostGrowth = 10;       // from one figure to the next: else they count different things
constexpr std::size_t kMostCandidates = 4096;  // looked at: a page of prose has a few

AsOf as_of(const Reading& reading) { return {std::get<Date>(reading.value), reading.span}; }

bool is_prose(const Candidate& candidate) {
  return candidate.layout == Layout::sentence || candidate.layout == Layout::pattern;
}

class Series {
 public:
  Series(const LinkContext& context, const Candidate& first)
      : context_(context),
        field_(context.rules.fields[first.field]),
        text_(context.folded()),
        prose_(is_prose(first)),
        end_(prose_ ? context.sentence_of(first.line, first.span.start).end : end_of_list(first.line)) {}

  // The figure that follows `last`, none if the sentence goes on with something else.
  std::optional<Candidate> next(Candidate& last) const {
    std::uint32_t at = last.span.end;
    const std::uint32_t end = std::min(end_, at + kReach);
    std::optional<AsOf> between;
    bool joined = false;
    while ((at = skip_gap(text_, at, end)) < end) {
      if (const auto found = joined ? value_at(context_, field_, at, {end, true}) : std::nullopt)
        return candidate(last, *found, between);
      if (const auto date = date_at(at, end)) {
        if (between) return std::nullopt;
        between = as_of(*date->first);
        at = date->second;
        // "2015: 12,345 people (3,456 households) 2020: 13,456 people"
        joined = joined || !prose_;
      } else if (const std::uint32_t mark = sentence_word(context_, at, LinkRules::series)) {
        joined = true;
        at += mark;
      } else if (const std::uint32_t word = passable(at)) {
        at += word;
      } else if (const std::uint32_t behind = prose_ ? 0 : behind_bracket(text_, at, end)) {
        at = behind;
      } else if (!prose_ && text_[at] == '\n') {
        ++at;
      } else {
        return std::nullopt;
      }
    }
    return std::nullopt;
  }

 private:
  // Outside prose figures may stand on lines of their own, one below the other.
  [[nodiscard]] std::uint32_t end_of_list(std::uint32_t line) const {
    const Line& first = context_.line(line);
    std::uint32_t end = first.span.end;
    for (std::uint32_t i = line + 1; i < context_.segments.lines.size() && i < line + kMostFigures; ++i) {
      const Line& next = context_.line(i);
      const Reading* date = context_.reading_at(next.span.start);
      if (next.section != first.section || next.cell != first.cell || next.kind != first.kind ||
          date == nullptr || date->kind != MentionKind::date)
        break;
      end = next.span.end;
    }
    return end;
  }

  // A date at a position, or in brackets there, and where it ends.
  [[nodiscard]] std::optional<std::pair<const Reading*, std::uint32_t>> date_at(std::uint32_t at,
                                                                                std::uint32_t end) const {
    const std::uint32_t behind = behind_bracket(text_, at, end);
    const std::uint32_t start = behind == 0 ? at : at + size_at(text_, at);
    const Reading* reading = context_.reading_at(start);
    if (reading == nullptr || reading->span.start != start || reading->kind != MentionKind::date)
      return std::nullopt;
    return std::pair(reading, behind == 0 ? reading->span.end : behind);
  }

  [[nodiscard]] std::uint32_t passable(std::uint32_t at) const {
    std::uint32_t size = 0;
    for (const auto category : {LinkRules::separator, LinkRules::connector, LinkRules::as_of_before,
                                LinkRules::as_of_after, LinkRules::own_extent}) {
      size = std::max(size, linking_word(context_, at, category));
    }
    return size;
  }

  [[nodiscard]] std::optional<AsOf> date_behind(std::uint32_t at) const {
    const std::uint32_t end = std::min(end_, at + kReach);
    while ((at = skip_gap(text_, at, end)) < end) {
      if (const auto date = date_at(at, end)) return as_of(*date->first);
      const std::uint32_t word = std::max(linking_word(context_, at, LinkRules::connector),
                                          linking_word(context_, at, LinkRules::as_of_before));
      if (word == 0 || u_isalpha(static_cast<UChar32>(code_point_at(text_, at))) == 0) return std::nullopt;
      at += word;
    }
    return std::nullopt;
  }

  // A counter of its own, or no word behind it that would be one.
  [[nodiscard]] bool is_own(const GapValue& found) const {
    if (found.span.end > found.reading->span.end) return true;
    if (static_cast<unsigned char>(text_[found.span.start - 1]) >= 0x80) return false;
    const std::uint32_t behind = skip_gap(text_, found.span.end, end_);
    return behind >= end_ || u_isalpha(static_cast<UChar32>(code_point_at(text_, behind))) == 0 ||
           passable(behind) != 0 || sentence_word(context_, behind, LinkRules::series) != 0;
  }

  // A word between the figures or in the remark behind the second one says that it is only expected.
  [[nodiscard]] bool is_projected(std::uint32_t from, std::uint32_t at) const {
    const std::uint32_t behind = behind_bracket(text_, skip_gap(text_, at, end_), end_);
    for (std::uint32_t i = from; i < std::max(at, behind); i += size_at(text_, i)) {
      if (sentence_word(context_, i, LinkRules::projection) != 0) return true;
    }
    return false;
  }

  // A date between two figures is the second one's if the first has its own, else the first one's.
  [[nodiscard]] std::optional<Candidate> candidate(Candidate& last, const GapValue& found,
                                                   std::optional<AsOf> between) const {
    if (!is_own(found) || is_projected(last.span.end, found.span.end) ||
        found.amount > last.amount * kMostGrowth || found.amount * kMostGrowth < last.amount)
      return std::nullopt;
    const bool first_has_date = last.as_of && !(between && last.as_of->span == between->span);
    const auto own = first_has_date && between ? between : date_behind(found.span.end);
    if (!own || (!first_has_date && !between)) return std::nullopt;
    Candidate result = last;
    if (!first_has_date) last.as_of = between;
    result.value = found.reading->value;
    result.alternatives = found.reading->alternatives;
    result.amount = found.amount;
    result.span = found.span;
    result.pieces = found.reading->pieces;
    result.as_of = own;
    return result;
  }

  const LinkContext& context_;
  const FieldRules& field_;
  std::string_view text_;
  bool prose_;
  std::uint32_t end_;
};

// In a table each figure has its own head; elsewhere others may follow the one behind the label.
bool may_go_on(const Candidate& candidate) {
  const bool list = candidate.layout == Layout::same_line || candidate.layout == Layout::next_line ||
                    candidate.layout == Layout::section;
  return is_prose(candidate) || (list && candidate.as_of);
}

}  // namespace

void link_series(const LinkContext& context, std::size_t first, std::vector<Candidate>& candidates) {
  const std::size_t last = std::min(candidates.size(), first + kMostCandidates);
  for (std::size_t i = first; i < last; ++i) {
    if (!may_go_on(candidates[i]) || context.rules.fields[candidates[i].field].type != FieldType::count)
      continue;
    const Series series(context, candidates[i]);
    std::size_t at = i;
    for (std::size_t figures = 1; figures < kMostFigures; ++figures) {
      auto next = series.next(candidates[at]);
      if (!next) break;
      at = candidates.size();
      candidates.push_back(std::move(*next));
    }
  }
}

}  // namespace yoran
