#include "link/directory.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <set>

#include "link/bodies.h"
#include "link/gap.h"
#include "link/name_text.h"
#include "types/ascii.h"

namespace yoran {
namespace {

constexpr std::size_t kFewestParts = 2;
constexpr std::uint32_t kLongestNameLine = 120;  // bytes of a line that is a body's name

// What divides the page: the name of each part and how to find the part of a position.
struct Division {
  std::vector<Candidate> subjects;  // by position
  std::vector<TextSpan> extents;    // of the parts, ascending, disjoint
};

bool is_single(const LinkContext& context, const Candidate& candidate) {
  const FieldRules& field = context.rules.fields[candidate.field];
  return !field.many && field.type != FieldType::subject && field.type != FieldType::head;
}

std::optional<std::uint32_t> subject_field(const LinkContext& context) {
  for (std::uint32_t f = 0; f < context.rules.fields.size(); ++f) {
    if (context.rules.fields[f].type == FieldType::subject) return f;
  }
  return std::nullopt;
}

// Rows of one table, by the names in its first column, that have a figure.
std::optional<Division> by_rows(const LinkContext& context, const std::vector<Candidate>& candidates) {
  std::map<std::uint32_t, std::set<std::uint32_t>> rows;  // grid -> rows with a figure under a head
  for (const Candidate& candidate : candidates) {
    if (candidate.layout != Layout::column || !is_single(context, candidate) || candidate.of.empty())
      continue;
    if (const GridCell* cell = context.cell_of(candidate.line, candidate.span.start))
      rows[cell->table].insert(cell->row);
  }
  const auto most = std::max_element(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
    return a.second.size() < b.second.size();
  });
  if (most == rows.end() || most->second.size() < kFewestParts) return std::nullopt;
  Division division;
  const Grid& grid = context.segments.grids[most->first];
  const std::uint32_t names = column_of_names(context, most->first);
  const GridCell* head = context.cell_at(most->first, 0, names);
  const std::string kind = head == nullptr ? std::string() : kind_of_head(context, head->span);
  for (std::uint32_t row = 0; row < grid.rows; ++row) {
    const GridCell* name = context.cell_at(most->first, row, names);
    if (name == nullptr || name->row != row || name->header) continue;
    auto subject = body_name(context, name->span);
    if (subject && std::get<Name>(subject->value).kind.empty()) std::get<Name>(subject->value).kind = kind;
    if (!subject || (!most->second.contains(row) && std::get<Name>(subject->value).kind.empty())) continue;
    TextSpan extent = name->span;
    for (std::uint32_t column = names + 1; column < grid.columns; ++column) {
      const GridCell* cell = context.cell_at(most->first, row, column);
      if (cell != nullptr && cell->row == row && !cell->span.empty()) extent = cover(extent, cell->span);
    }
    division.subjects.push_back(std::move(*subject));
    division.extents.push_back(extent);
  }
  return division;
}

// Sections of one level whose headings name bodies and whose lines hold a figure.
std::optional<Division> by_sections(const LinkContext& context, const std::vector<Candidate>& candidates) {
  std::map<std::uint8_t, std::set<std::uint32_t>> levels;
  for (const Candidate& candidate : candidates) {
    if (!is_single(context, candidate)) continue;
    for (std::uint32_t s = context.line(candidate.line).section; s != kNone;
         s = context.segments.sections[s].parent) {
      levels[context.segments.sections[s].level].insert(s);
    }
  }
  for (const auto& [level, sections] : levels) {
    if (sections.size() < kFewestParts) continue;
    Division division;
    bool all_bodies = true;
    for (const std::uint32_t s : sections) {
      const Section& section = context.segments.sections[s];
      auto subject =
          section.heading == kNone ? std::nullopt : body_name(context, context.line(section.heading).span);
      if (!subject || std::get<Name>(subject->value).kind.empty()) {
        all_bodies = false;
        break;
      }
      subject->line = section.heading;
      division.subjects.push_back(std::move(*subject));
      division.extents.push_back(
          {context.line(section.first_line).span.start, context.line(section.last_line - 1).span.end});
    }
    if (all_bodies) return division;
  }
  return std::nullopt;
}

// The part whose extent holds a span; the number of parts if none does.
std::size_t part_of(const Division& division, TextSpan span) {
  const auto behind = std::partition_point(division.extents.begin(), division.extents.end(),
                                           [&](TextSpan extent) { return extent.start <= span.start; });
  if (behind == division.extents.begin() || !std::prev(behind)->contains(span))
    return division.extents.size();
  return static_cast<std::size_t>(std::prev(behind) - division.extents.begin());
}

// A number, a date, a telephone: the name of a place may be read as an address.
bool holds_more_than_places(const LinkContext& context, TextSpan span) {
  const auto readings = context.readings_in(span);
  return std::any_of(readings.begin(), readings.end(),
                     [](const Reading& reading) { return reading.kind != MentionKind::address; });
}

// "Milwaukee, USA": a place by what stands behind the comma.
void cut_country(const LinkContext& context, Candidate& name) {
  const std::string_view text = context.at(name.span);
  const auto comma = text.find(", ");
  if (comma == std::string_view::npos) return;
  const auto meanings = context.rules.addresses.find(text.substr(comma + 2));
  const bool country = std::any_of(meanings.begin(), meanings.end(), [&](std::uint32_t place) {
    return context.rules.addresses.place(place).kind == PlaceKind::country;
  });
  if (!country) return;
  const TextSpan span{name.span.start, name.span.start + static_cast<std::uint32_t>(comma)};
  name = name_candidate(context, name.field, span, {}, name.layout);
}

// An empty line above: organisations in running lists are no heads of what follows them.
bool stands_apart(const LinkContext& context, const Line& line) {
  const std::string_view before = context.folded().substr(0, line.span.start);
  const auto mark = before.find_last_not_of(" \n");
  return mark == std::string_view::npos ||
         std::count(before.begin() + static_cast<std::ptrdiff_t>(mark), before.end(), '\n') > 1;
}

// "Leeds City (Yorkshire)", "Leeds City (Yorkshire) LEEDS" in another script: nothing but a remark in
// brackets, and the name in capitals, stands between the name of a territory and the end.
bool ends_in_remark(const LinkContext& context, const Candidate& name, std::uint32_t end) {
  const std::string_view text = context.folded();
  const std::uint32_t open = skip_gap(text, name.span.end, end);
  if (open >= end || !is_territory(std::get<Name>(name.value).kind) ||
      !is_open_bracket(code_point_at(text, open)))
    return false;
  const std::uint32_t behind = behind_bracket(text, open, end);
  const std::string_view rest = text.substr(behind, end - behind);
  return behind != 0 && std::all_of(rest.begin(), rest.end(), [](char c) {
           return is_ascii_upper(c) || std::string_view(" ,.-'").find(c) != std::string_view::npos;
         });
}

// A line that is the name of a territory, or apart from others that of another body, a bullet before it and
// its region behind it at most.
std::optional<Candidate> name_line(const LinkContext& context, const Line& line) {
  if (line.cell != kNone || line.region != Region::content || line.kind == BlockKind::title ||
      line.span.size() > kLongestNameLine || holds_more_than_places(context, line.span))
    return std::nullopt;
  TextSpan span = line.span;
  if (const std::uint32_t bullet = linking_word(context, span.start, LinkRules::separator))
    span = trimmed(context.folded(), {span.start + bullet, span.end});
  auto name = body_name(context, span);
  if (!name) return std::nullopt;
  if (std::get<Name>(name->value).kind.empty())
    cut_country(context, *name);
  else if (!is_territory(std::get<Name>(name->value).kind) && !stands_apart(context, line))
    return std::nullopt;
  if (name->span.end == span.end && std::get<Name>(name->value).kind.empty()) return std::nullopt;
  const bool whole = name->span.end == span.end || context.folded()[name->span.end] == ',' ||
                     ends_in_remark(context, *name, span.end);
  return whole && name->span.start == span.start ? name : std::nullopt;
}

// Lines of names with figures of one field below most of them: a list of members that is no table.
std::optional<Division> by_lines(const LinkContext& context, const std::vector<Candidate>& candidates) {
  std::map<std::uint32_t, std::size_t> figures;  // field -> claims
  for (const Candidate& candidate : candidates) {
    if (is_single(context, candidate) && !candidate.label.empty()) ++figures[candidate.field];
  }
  const auto most = std::max_element(figures.begin(), figures.end(),
                                     [](const auto& a, const auto& b) { return a.second < b.second; });
  if (most == figures.end() || most->second < kFewestParts) return std::nullopt;
  Division division;
  for (const Line& line : context.segments.lines) {
    if (!division.extents.empty()) division.extents.back().end = line.span.end;
    auto name = name_line(context, line);
    if (!name) continue;
    const bool repeated =
        !division.subjects.empty() &&
        std::get<Name>(division.subjects.back().value).value == std::get<Name>(name->value).value;
    if (repeated) continue;
    if (!division.extents.empty()) division.extents.back().end = line.span.start;
    division.subjects.push_back(std::move(*name));
    division.extents.push_back(line.span);
  }
  std::set<std::size_t> parts;
  for (const Candidate& candidate : candidates) {
    if (candidate.field == most->first) parts.insert(part_of(division, candidate.span));
  }
  parts.erase(division.extents.size());
  if (parts.size() < kFewestParts || parts.size() * 2 < division.extents.size()) return std::nullopt;
  return division;
}

// The page has a body of its own with a figure outside the parts.
bool has_own_figure(const LinkContext& context, const std::vector<Candidate>& candidates,
                    const Division& division) {
  return std::any_of(candidates.begin(), candidates.end(), [&](const Candidate& candidate) {
    return is_single(context, candidate) && candidate.of.empty() &&
           part_of(division, candidate.span) == division.extents.size();
  });
}

// The page as a whole describes one body: its best heading has a kind of its own that is none of the parts'.
bool describes_one_body(const LinkContext& context, const std::vector<Candidate>& candidates,
                        const Division& division) {
  const Candidate* best = nullptr;
  for (const Candidate& candidate : candidates) {
    if (context.rules.fields[candidate.field].type != FieldType::subject) continue;
    if (best == nullptr || candidate.score > best->score) best = &candidate;
  }
  if (best == nullptr) return false;
  const auto& name = std::get<Name>(best->value);
  // "Outline of the local government Leeds City": behind a blank the name of a part, which ends it.
  const auto same = [&](const Candidate& subject) {
    const std::string& part = std::get<Name>(subject.value).value;
    return part == name.value || (name.value.size() > part.size() && name.value.ends_with(part) &&
                                  name.value[name.value.size() - part.size() - 1] == ' ');
  };
  return !name.kind.empty() && std::none_of(division.subjects.begin(), division.subjects.end(), same);
}

std::optional<Division> divide(const LinkContext& context, const std::vector<Candidate>& candidates,
                               Split split) {
  if (split == Split::rows) return by_rows(context, candidates);
  if (split == Split::headings) {
    auto division = by_sections(context, candidates);
    return division ? division : by_lines(context, candidates);
  }
  auto division = by_rows(context, candidates);
  if (!division) division = by_sections(context, candidates);
  return division ? division : by_lines(context, candidates);
}

// On a page about one body the figures below the name of another one are that one's.
void name_owners(const LinkContext& context, const Division& division, std::vector<Candidate>& candidates) {
  for (Candidate& candidate : candidates) {
    if (!is_single(context, candidate) || !candidate.of.empty()) continue;
    const std::size_t part = part_of(division, candidate.span);
    if (part < division.subjects.size()) candidate.of = division.subjects[part].span;
  }
}

}  // namespace

std::uint32_t divide_directory(const LinkContext& context, std::vector<Candidate>& candidates, Split split) {
  for (Candidate& candidate : candidates) candidate.part = 0;
  const auto field = subject_field(context);
  if (!field || split == Split::never) return 1;
  const auto division = divide(context, candidates, split);
  if (!division || division->extents.size() < kFewestParts) return 1;
  const bool one =
      has_own_figure(context, candidates, *division) || describes_one_body(context, candidates, *division);
  if (one && split == Split::automatic) {
    name_owners(context, *division, candidates);
    return 1;
  }
  std::vector<Candidate> kept;
  for (Candidate& candidate : candidates) {
    if (context.rules.fields[candidate.field].type == FieldType::subject) continue;
    const std::size_t part = part_of(*division, candidate.span);
    const bool outside = part == division->extents.size();
    // What the page says about all of its bodies is nobody's own; dates and contacts of the page go with the
    // first.
    if (outside && is_single(context, candidate)) continue;
    candidate.part = outside ? 0 : static_cast<std::uint32_t>(part);
    if (candidate.layout == Layout::column) candidate.of = {};
    kept.push_back(std::move(candidate));
  }
  for (std::uint32_t part = 0; part < division->subjects.size(); ++part) {
    Candidate subject = division->subjects[part];
    subject.field = *field;
    subject.part = part;
    subject.score = 100;
    kept.push_back(std::move(subject));
  }
  candidates = std::move(kept);
  return static_cast<std::uint32_t>(division->extents.size());
}

}  // namespace yoran
