#include "interpret/address.h"

#include <algorithm>
#include <string>
#include <utility>

#include "interpret/address_jp.h"
#include "interpret/address_lines.h"
#include "interpret/address_romaji.h"
#include "interpret/address_world.h"

namespace yoran {
namespace {

constexpr std::size_t kLongestLabel = 90;  // bytes
constexpr std::uint32_t kLinesAbove = 4;   // between a label and its block
constexpr std::uint32_t kLinesToArea = 120;
constexpr std::uint32_t kLinesBetween = 8;  // two addresses of one office

// Whose address it is: the line above or the heading, and the heading above that.
class Owner {
 public:
  Owner(const AddressLines& lines, const InterpretContext& context)
      : lines_(lines), context_(context), places_(context.rules.addresses) {}

  void name(FoundAddress& found, std::uint32_t covered_until) {
    const std::uint32_t line = found.first_line;
    covered_ = covered_until;
    std::uint32_t label = label_line(line, covered_until);
    // A second address of one office: "Postal address:" below the first.
    const bool same_office = label == kNone && last_label_ != kNone && is_labelled(line) &&
                             line <= last_line_ + kLinesBetween &&
                             lines_.line(line).section == lines_.line(last_line_).section;
    if (same_office) label = last_label_;
    last_label_ = label;
    last_line_ = found.last_line;
    if (label != kNone && found.address.label.empty())
      found.address.label = std::string(cleaned(lines_.text(label)));
    found.address.section = section_of(line, label);
    if (found.address.section.empty() || is_title_heading(line, label)) name_section_above(found, label);
    found.address.kind = kind_of(found);
  }

 private:
  [[nodiscard]] static std::string_view cleaned(std::string_view text) {
    text = trimmed(text);
    while (!text.empty() && (text.back() == ':' || text.back() == ' ')) text.remove_suffix(1);
    return text;
  }

  [[nodiscard]] bool is_name(std::string_view text) const {
    text = cleaned(text);
    if (text.empty() || text.size() > kLongestLabel) return false;
    if (std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; })) return false;
    return !places_.is(text, AddressWord::label) && text.find(',') == std::string_view::npos &&
           text.find(". ") == std::string_view::npos;
  }

  // The nearest line above that names an office or is a heading; a line that says "address" is stepped over.
  [[nodiscard]] std::uint32_t label_line(std::uint32_t first, std::uint32_t covered_until) const {
    std::uint32_t plain = kNone;
    for (std::uint32_t step = 1; step <= kLinesAbove && step <= first; ++step) {
      const std::uint32_t at = first - step;
      const Line& line = lines_.line(at);
      if (line.span.start < covered_until || line.kind == BlockKind::title) break;
      const std::string_view text = cleaned(lines_.text(at));
      const bool heading = line.kind == BlockKind::heading;
      if (is_name(text) &&
          ((heading && line.level > 1) || places_.before(text, text.size(), AddressWord::office) > 0)) {
        return heading && places_.is(text, AddressWord::area) ? plain : at;
      }
      if (places_.is(text, AddressWord::area)) break;
      if (heading) break;
      if (plain == kNone && step == 1 && is_name(text) && lines_.joined(at)) plain = at;
    }
    return plain;
  }

  [[nodiscard]] std::string section_of(std::uint32_t line, std::uint32_t label) const {
    std::uint32_t section = lines_.line(line).section;
    for (; section != kNone; section = context_.segments.sections[section].parent) {
      const std::uint32_t heading = context_.segments.sections[section].heading;
      if (heading == kNone || heading == label) continue;
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
      const std::string_view text = cleaned(lines_.text(at));
      if (places_.is(text, AddressWord::area)) return std::string(text);
    }
    return otherwise;
  }

  [[nodiscard]] AddressKind kind_of(const FoundAddress& found) const {
    const std::uint32_t line = found.first_line;
    const std::string_view own = lines_.text(line);
    for (const std::string_view text :
         {own, line > 0 ? cleaned(lines_.text(line - 1)) : std::string_view()}) {
      if (places_.at(text, 0, AddressWord::postal) > 0) return AddressKind::postal;
      if (places_.at(text, 0, AddressWord::physical) > 0) return AddressKind::physical;
    }
    if (!found.address.po_box.empty() && found.address.street_address.empty()) return AddressKind::postal;
    return AddressKind::unspecified;
  }

  // No heading but the page's own is above it.
  [[nodiscard]] bool is_title_heading(std::uint32_t line, std::uint32_t label) const {
    for (std::uint32_t section = lines_.line(line).section; section != kNone;
         section = context_.segments.sections[section].parent) {
      const Section& at = context_.segments.sections[section];
      if (at.heading == kNone || at.heading == label) continue;
      return at.level <= 1 && cleaned(lines_.text(at.heading)) == section_of(line, label);
    }
    return true;
  }

  // A name on a line of its own above the label, in a page without headings; it holds for the offices below
  // it too.
  void name_section_above(FoundAddress& found, std::uint32_t label) {
    if (label == kNone || label == 0 || lines_.line(label).kind == BlockKind::heading) return;
    const std::uint32_t above = label - 1;
    const Line& line = lines_.line(above);
    if (line.span.start >= covered_ && line.kind != BlockKind::heading && line.kind != BlockKind::title &&
        is_name(lines_.text(above)) && line.cell == lines_.line(label).cell &&
        places_.at(lines_.text(above), 0, AddressWord::contact) == 0) {
      last_section_ = std::string(cleaned(lines_.text(above)));
      section_of_last_ = line.section;
    }
    if (!last_section_.empty() && section_of_last_ == lines_.line(label).section)
      found.address.section = last_section_;
  }

  [[nodiscard]] bool is_labelled(std::uint32_t line) const {
    const std::string_view above = line > 0 ? cleaned(lines_.text(line - 1)) : std::string_view();
    return places_.at(lines_.text(line), 0, AddressWord::label) > 0 || places_.is(above, AddressWord::label);
  }

  const AddressLines& lines_;
  const InterpretContext& context_;
  const AddressRules& places_;
  std::uint32_t last_label_ = kNone;
  std::uint32_t last_line_ = 0;
  std::uint32_t covered_ = 0;
  std::string last_section_;
  std::uint32_t section_of_last_ = kNone;
};

Diagnostic merged_municipality(const FoundAddress& found, const InterpretContext& context) {
  const Place& place = context.rules.addresses.place(found.merged);
  Diagnostic diagnostic;
  diagnostic.severity = Severity::info;
  diagnostic.code = "address.merged-municipality";
  diagnostic.message = place.name + " is " + place.successor + " since " + place.until;
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
  Owner owner(lines, context);
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
