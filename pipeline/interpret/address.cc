#include "interpret/address.h"

#include <algorithm>
#include <span>
#include <string>
#include <utility>

#include "interpret/address_jp.h"
#include "interpret/address_lines.h"
#include "interpret/address_romaji.h"
#include "interpret/address_world.h"
#include "rulepack/guards.h"

namespace yoran {
namespace {

constexpr std::size_t kLongestLabel = 90;  // bytes
constexpr std::uint32_t kLinesAbove = 4;   // between a label and its block
constexpr std::uint32_t kLinesToArea = 120;
constexpr std::uint32_t kLinesBetween = 8;  // two addresses of one office
constexpr std::uint32_t kMostColumns = 30;  // looked at in a row

// Whose address it is: what leads to it in its line or row, the line above or the heading, and the heading
// above that.
class Owner {
 public:
  Owner(const Mentions& mentions, const AddressLines& lines, const InterpretContext& context)
      : mentions_(mentions), lines_(lines), context_(context), places_(context.rules.addresses) {}

  // `covered_until`: where the address before it ends.
  void name(FoundAddress& found, std::uint32_t covered_until) {
    covered_ = covered_until;
    Address& address = found.address;
    const std::uint32_t line = found.first_line;
    if (address.label.empty()) address.label = std::string(lead_of(found));
    if (address.label.empty() && address.organization.empty()) read_name_before(found);
    if (address.label.empty()) address.label = std::string(row_label(line));
    std::uint32_t label = kNone;
    if (address.label.empty()) {
      label = label_line(line);
      if (label != kNone) address.label = std::string(cleaned(lines_.text(label)));
      // An office, and below it the institute it is at.
      if (label != kNone && address.organization.empty() && is_office_above(label)) {
        address.organization = address.label;
        address.label = std::string(cleaned(lines_.text(--label)));
      }
    }
    if (is_same_office(found)) {
      if (address.label.empty()) address.label = last_.label, label = last_.label_line;
      if (address.organization.empty()) address.organization = last_.organization;
    }
    if (address.label.empty() && address.organization.empty() && line > 0 && is_head(line - 1))
      address.label = std::string(cleaned(lines_.text(line - 1)));
    address.section = section_of(line, label);
    if (address.section.empty()) name_section_above(found, label);
    address.kind = kind_of(found);
    last_ = {address.label, address.organization, label, found.last_line,
             lines_.line(found.last_line).section};
  }

 private:
  struct Office {
    std::string label;
    std::string organization;
    std::uint32_t label_line = kNone;
    std::uint32_t last_line = kNone;
    std::uint32_t section = kNone;
  };

  // Without what only sets a name off: a colon, emphasis, brackets around it and what follows them.
  [[nodiscard]] std::string_view cleaned(std::string_view text) const {
    text = trimmed(text);
    if (!text.empty()) {
      const char32_t first = code_point_at(text, 0);
      for (const auto& [open, close] : context_.rules.layout.brackets) {
        if (first != open) continue;
        const std::uint32_t start = size_at(text, 0);
        for (std::uint32_t at = start; at < text.size(); at += size_at(text, at)) {
          if (code_point_at(text, at) == close) return trimmed(text.substr(start, at - start));
        }
      }
    }
    while (!text.empty() &&
           (text.back() == ':' || text.back() == ' ' || text.back() == '*' || text.back() == '|'))
      text.remove_suffix(1);
    while (!text.empty() && (text.front() == '|' || text.front() == ' ')) text.remove_prefix(1);
    return without_remark(text);
  }

  // Brackets glued to a name of ideographs and kana say more than the name.
  [[nodiscard]] static std::string_view without_remark(std::string_view text) {
    const std::size_t open = text.ends_with(')') ? text.rfind('(') : std::string_view::npos;
    const bool glued =
        open != std::string_view::npos && open > 0 && static_cast<unsigned char>(text[open - 1]) >= 0x80;
    return glued ? text.substr(0, open) : text;
  }

  [[nodiscard]] bool is_name(std::string_view text) const {
    text = cleaned(text);
    if (text.empty() || text.size() > kLongestLabel || text.find('|') != std::string_view::npos) return false;
    if (std::any_of(text.begin(), text.end(), is_ascii_digit)) return false;
    if (places_.before(text, text.size(), AddressWord::sentence_lead) > 0) return false;
    return !is_label_only(text) && !places_.is(text, AddressWord::contact) &&
           !places_.is(text, AddressWord::component) && text.find(',') == std::string_view::npos &&
           text.find(". ") == std::string_view::npos;
  }

  // A word for addresses that names no office beside it, as "Headquarters" does.
  [[nodiscard]] bool is_label_only(std::string_view text) const {
    return places_.is(text, AddressWord::label) && !places_.is(text, AddressWord::office);
  }

  [[nodiscard]] bool is_label(std::string_view text) const {
    if (places_.is(text, AddressWord::office)) return false;
    return places_.at(text, 0, AddressWord::label) > 0 ||
           places_.before(text, text.size(), AddressWord::label) > 0;
  }

  [[nodiscard]] std::string_view lead_of(const FoundAddress& found) const {
    const std::string_view lead = cleaned(context_.at(found.lead));
    return is_label(lead) || !is_name(lead) ? std::string_view() : lead;
  }

  // "A. Institute, <address>": a name and a mark that divides, where the address begins within its line.
  void read_name_before(FoundAddress& found) const {
    std::uint32_t start = std::max(lines_.line(found.first_line).span.start, covered_);
    if (found.span.start <= start || !found.lead.empty()) return;
    std::string_view before = context_.folded().substr(start, found.span.start - start);
    if (before.ends_with(' ')) before.remove_suffix(1);
    before.remove_suffix(places_.before(before, before.size(), AddressWord::postal_label));
    if (before.empty()) return;
    const std::string_view name = cleaned(before);
    const char last = before.back();
    const char mark = trimmed_mark(before);
    if (!is_name(name) || is_label(name) || (last != ' ' && last != '\t' && mark == 0)) return;
    (mark == ',' ? found.address.organization : found.address.label) = std::string(name);
  }

  // The comma, colon or bar a text ends in; 0: none.
  [[nodiscard]] static char trimmed_mark(std::string_view text) {
    while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
    return !text.empty() && std::string_view(",:|").find(text.back()) != std::string_view::npos ? text.back()
                                                                                                : '\0';
  }

  // The head of the row, or of the column, the address stands in.
  [[nodiscard]] std::string_view row_label(std::uint32_t line) const {
    const std::span<const GridCell> row = lines_.row_of(line);
    if (row.empty() || row.front().span.contains(lines_.line(line).span)) return {};
    const std::string_view head = cleaned(context_.at(row.front().span));
    if (head.find('\n') != std::string_view::npos) return {};  // a column of the page, no head of a row
    if (is_name(head) && !is_label(head)) return head;
    const std::vector<GridCell>& cells = context_.segments.cells;
    const std::uint32_t cell = lines_.line(line).cell;
    const std::uint32_t top = context_.segments.grids[cells[cell].table].first_cell;
    for (std::uint32_t at = top; at < cells.size() && at < top + kMostColumns; ++at) {
      if (cells[at].row > 0 || cells[at].table != cells[cell].table) break;
      const std::string_view name = cleaned(context_.at(cells[at].span));
      if (cells[at].column == cells[cell].column && cells[cell].row > 0 && is_name(name) && !is_label(name))
        return name;
    }
    return {};
  }

  // The nearest line above that names an office or is a heading; a line that says "address" is stepped over.
  [[nodiscard]] std::uint32_t label_line(std::uint32_t first) const {
    std::uint32_t plain = kNone;
    for (std::uint32_t step = 1; step <= kLinesAbove && step <= first; ++step) {
      const std::uint32_t at = first - step;
      const Line& line = lines_.line(at);
      if (line.span.start < covered_ || line.kind == BlockKind::title) break;
      const std::string_view text = cleaned(lines_.text(at));
      const bool heading = line.kind == BlockKind::heading;
      if (line.kind == BlockKind::term && is_name(text)) return at;
      if (heading && line.level <= 1 && plain != kNone) break;
      if (is_name(text) &&
          ((heading && line.level > 1) || places_.before(text, text.size(), AddressWord::office) > 0)) {
        return heading && places_.is(text, AddressWord::area) ? plain : at;
      }
      if (places_.is(text, AddressWord::area)) break;
      if (heading) break;
      if (plain == kNone && step == 1 && is_name(text) && lines_.adjoins(at) && !has_contact(line) &&
          !states_fact(line))
        plain = at;
    }
    return plain;
  }

  [[nodiscard]] bool is_head(std::uint32_t index) const {
    const Line& line = lines_.line(index);
    return (line.kind == BlockKind::heading && line.level > 1) || line.kind == BlockKind::term ||
           (lines_.adjoins(index) && places_.is(cleaned(lines_.text(index)), AddressWord::area));
  }

  [[nodiscard]] bool has_contact(const Line& line) const {
    return lines_.contact_in(line.span.start, line.span.end) < line.span.end;
  }

  // "Mayor A. Name": the line above has the label of a field, or a title, and what goes with it.
  [[nodiscard]] bool states_fact(const Line& line) const {
    const auto words = mentions_.words_in({line.span.start, line.span.start + 1});
    return std::any_of(words.begin(), words.end(), [&](const WordMention& word) {
      const auto category = static_cast<WordCategory>(word.category);
      const bool label = category == WordCategory::label || category == WordCategory::title;
      return label && word.span.end < line.span.end;
    });
  }

  [[nodiscard]] bool is_office_above(std::uint32_t label) const {
    if (label == 0 || lines_.line(label).kind == BlockKind::heading || !lines_.joined(label - 1))
      return false;
    const std::string_view text = cleaned(lines_.text(label - 1));
    return lines_.line(label - 1).span.start >= covered_ && is_name(text) &&
           places_.before(text, text.size(), AddressWord::office) > 0;
  }

  // A second address of the office before it: in its line, or below under a word of its own ("Postal
  // address:").
  [[nodiscard]] bool is_same_office(const FoundAddress& found) const {
    const std::uint32_t line = found.first_line;
    if (last_.last_line == kNone || line < last_.last_line) return false;
    const bool next =
        line == last_.last_line || (line == last_.last_line + 1 && lines_.joined(last_.last_line));
    if (next) return !found.address.po_box.empty() || is_labelled(found);
    return is_labelled(found) && line <= last_.last_line + kLinesBetween &&
           lines_.line(line).section == last_.section;
  }

  [[nodiscard]] bool is_labelled(const FoundAddress& found) const {
    if (!found.lead.empty()) return is_label(context_.at(found.lead));
    const std::uint32_t line = found.first_line;
    return line > 0 && places_.is(cleaned(lines_.text(line - 1)), AddressWord::label);
  }

  [[nodiscard]] std::string section_of(std::uint32_t line, std::uint32_t label) const {
    std::uint32_t section = lines_.line(line).section;
    for (; section != kNone; section = context_.segments.sections[section].parent) {
      const std::uint32_t heading = context_.segments.sections[section].heading;
      if (heading == kNone || heading == label) continue;
      if (context_.segments.sections[section].level <= 1) break;  // the page's title heads no section of it
      return area_between(line, heading, std::string(cleaned(lines_.text(heading))));
    }
    return area_between(line, kNone, "");
  }

  // A part of the world on a line of its own between a heading and the block is nearer than the heading.
  [[nodiscard]] std::string area_between(std::uint32_t line, std::uint32_t heading,
                                         std::string otherwise) const {
    for (std::uint32_t step = 1; step <= kLinesToArea && step <= line; ++step) {
      const std::uint32_t at = line - step;
      if (at == heading) break;
      if (lines_.line(at).kind == BlockKind::heading) continue;  // for the sections below it
      const std::string_view text = cleaned(lines_.text(at));
      if (places_.is(text, AddressWord::area)) return std::string(text);
    }
    return otherwise;
  }

  [[nodiscard]] AddressKind kind_of(const FoundAddress& found) const {
    const std::uint32_t line = found.first_line;
    const std::string_view above = line > 0 ? cleaned(lines_.text(line - 1)) : std::string_view();
    for (const std::string_view text : {cleaned(context_.at(found.lead)), above}) {
      if (text.empty()) continue;
      const bool whole = places_.is(text, AddressWord::label) || text.data() != above.data();
      if (whole && has_word(text, AddressWord::postal)) return AddressKind::postal;
      if (whole && has_word(text, AddressWord::physical)) return AddressKind::physical;
    }
    if (!found.address.po_box.empty() && found.address.street_address.empty()) return AddressKind::postal;
    return AddressKind::unspecified;
  }

  [[nodiscard]] bool has_word(std::string_view text, AddressWord meaning) const {
    return places_.at(text, 0, meaning) > 0 || places_.before(text, text.size(), meaning) > 0;
  }

  // A name on a line of its own above the label, in a page without headings; it holds for the offices below
  // it too.
  void name_section_above(FoundAddress& found, std::uint32_t label) {
    if (label == kNone || label == 0 || lines_.line(label).kind == BlockKind::heading) return;
    const std::uint32_t above = label - 1;
    const Line& line = lines_.line(above);
    if (above > 0 && lines_.adjoins(above - 1)) return;  // the last line of something else
    if (line.span.start >= covered_ && line.kind != BlockKind::heading && line.kind != BlockKind::title &&
        is_name(lines_.text(above)) && line.cell == lines_.line(label).cell &&
        places_.at(lines_.text(above), 0, AddressWord::contact) == 0) {
      last_section_ = std::string(cleaned(lines_.text(above)));
      section_of_last_ = line.section;
    }
    if (!last_section_.empty() && section_of_last_ == lines_.line(label).section)
      found.address.section = last_section_;
  }

  const Mentions& mentions_;
  const AddressLines& lines_;
  const InterpretContext& context_;
  const AddressRules& places_;
  Office last_;
  std::uint32_t covered_ = 0;
  std::string last_section_;
  std::uint32_t section_of_last_ = kNone;
};

Diagnostic merged_municipality(const FoundAddress& found, const InterpretContext& context) {
  const Place& place = context.rules.addresses.place(found.merged);
  Diagnostic diagnostic;
  diagnostic.severity = Severity::info;
  diagnostic.code = "address.merged-municipality";
  diagnostic.message =
      std::string(place.name).append(" is ").append(place.successor).append(" since ").append(place.until);
  diagnostic.at = context.source(found.merged_span);
  diagnostic.rule = "address";
  return diagnostic;
}

}  // namespace

void interpret_addresses(const Mentions& mentions, std::span<const Reading> contacts,
                         InterpretContext& context, std::vector<Reading>& out) {
  if (context.segments.lines.empty()) return;
  const AddressLines lines(context, contacts);
  std::vector<FoundAddress> all = find_japanese_addresses(mentions, lines, context);
  for (FoundAddress& found : find_romaji_addresses(mentions, lines, context)) all.push_back(std::move(found));
  for (FoundAddress& found : find_world_addresses(mentions, lines, context, all))
    all.push_back(std::move(found));
  std::sort(all.begin(), all.end(),
            [](const FoundAddress& a, const FoundAddress& b) { return a.span < b.span; });
  Owner owner(mentions, lines, context);
  std::uint32_t covered = 0;
  for (FoundAddress& found : all) {
    if (found.span.start < covered) continue;
    owner.name(found, covered);
    if (found.merged != kNone) context.diagnostics->push_back(merged_municipality(found, context));
    covered = found.span.end;
    Reading reading;
    reading.kind = MentionKind::address;
    reading.span = found.span;
    reading.line = found.first_line;
    reading.pieces = std::move(found.pieces);
    reading.value = std::move(found.address);
    for (Address& other : found.alternatives) reading.alternatives.emplace_back(std::move(other));
    out.push_back(std::move(reading));
  }
}

}  // namespace yoran
