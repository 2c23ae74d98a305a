// Contacts of a small text, read with the default rules by stages 2, 4 and 5: for the tables of phone_test,
// url_test and email_test. Lines become lines; a line with tabs becomes a row of a table.
#ifndef YORAN_TESTS_UNIT_CONTACT_TEXT_H_
#define YORAN_TESTS_UNIT_CONTACT_TEXT_H_

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "interpret/email.h"
#include "interpret/phone.h"
#include "interpret/url.h"
#include "normalize.h"
#include "recognize.h"
#include "rulepack/rulepack.h"

namespace yoran::testing_contacts {

struct Contacts {
  Document document;
  Text text;
  Segments segments;
  Diagnostics diagnostics;
  std::vector<Reading> readings;

  [[nodiscard]] std::string printed(const Reading& reading) const {
    return std::string(slice(std::string_view(document.text), text.decoded(reading.span)));
  }
};

inline const RulePack& default_rules() {
  static const LoadedRules loaded = load_rules(default_rule_files());
  for (const RuleError& error : loaded.errors) ADD_FAILURE() << error.to_string();
  return *loaded.pack;
}

inline bool is_japanese(std::string_view line) {
  return std::any_of(line.begin(), line.end(), [](char c) {
    return static_cast<unsigned char>(c) >= 0xE3 && static_cast<unsigned char>(c) <= 0xE9;
  });
}

// The lines or, between tabs, the cells of a text; blanks around them are left out.
inline Segments segments_of(const std::string& original, const Text& text) {
  Segments segments;
  const std::string_view folded = text.folded;
  bool table_open = false;
  std::uint32_t row = 0;
  for (std::size_t start = 0, source = 0; start < folded.size();) {
    const std::size_t end = std::min(folded.find('\n', start), folded.size());
    const std::size_t source_end = std::min(original.find('\n', source), original.size());
    const bool is_row = original.substr(source, source_end - source).find('\t') != std::string::npos;
    if (is_row && !table_open) {
      segments.grids.push_back({static_cast<std::uint32_t>(segments.cells.size()), 0, 0, 0, kNone, {}});
      row = 0;
    }
    table_open = is_row;
    std::uint32_t column = 0;
    for (std::size_t at = start; at <= end;) {
      const std::size_t stop = is_row ? std::min(folded.find('\t', at), end) : end;
      TextSpan span{static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(stop)};
      while (!span.empty() && folded[span.start] == ' ') ++span.start;
      while (!span.empty() && folded[span.end - 1] == ' ') --span.end;
      Line line;
      line.span = span;
      line.language = is_japanese(text.at(span)) ? Language::ja : Language::en;
      (line.language == Language::ja ? segments.bytes_ja : segments.bytes_en) += span.size();
      if (is_row) {
        line.cell = static_cast<std::uint32_t>(segments.cells.size());
        segments.cells.push_back(
            {span, static_cast<std::uint32_t>(segments.grids.size() - 1), row, column++, 1, 1, false});
      }
      if (!span.empty()) segments.lines.push_back(line);
      at = stop + 1;
      if (!is_row) break;
    }
    if (is_row) {
      segments.grids.back().last_cell = static_cast<std::uint32_t>(segments.cells.size());
      segments.grids.back().rows = ++row;
    }
    start = end + 1;
    source = source_end + 1;
  }
  return segments;
}

inline void drop_overlaps(std::vector<Reading>& readings) {
  std::stable_sort(readings.begin(), readings.end(), [](const Reading& a, const Reading& b) {
    return std::pair(a.span.start, b.span.end) < std::pair(b.span.start, a.span.end);
  });
  std::vector<Reading> kept;
  for (const Reading& reading : readings) {
    const bool overlaps =
        !kept.empty() && reading.span.overlaps(kept.back().span) && reading.span != kept.back().span;
    if (!overlaps) kept.push_back(reading);
  }
  readings = std::move(kept);
}

inline void read_contacts(const std::string& original, const std::string& region, Contacts& contacts) {
  contacts.document.text = original;
  contacts.document.source = contacts.document.text;
  contacts.document.source_map.append_copy(static_cast<std::uint32_t>(original.size()), 0);
  contacts.text = normalize(contacts.document, default_rules().folds);
  contacts.segments = segments_of(original, contacts.text);
  InterpretContext context{contacts.document, contacts.text, contacts.segments, default_rules(),
                           std::nullopt,      region,        DocumentHabits{},  &contacts.diagnostics};
  const Mentions mentions = recognize(contacts.text, contacts.segments, default_rules());
  for (const Mention& mention : mentions.mentions) {
    auto reading = mention.kind == MentionKind::url     ? interpret_url(mention, context)
                   : mention.kind == MentionKind::email ? interpret_email(mention, context)
                                                        : std::nullopt;
    if (reading) contacts.readings.push_back(std::move(*reading));
  }
  drop_overlaps(contacts.readings);
  std::vector<Reading> phones;
  for (const Mention& mention : mentions.mentions) {
    const bool taken =
        std::any_of(contacts.readings.begin(), contacts.readings.end(),
                    [&](const Reading& reading) { return reading.span.overlaps(mention.span); });
    if (mention.kind == MentionKind::phone && !taken) interpret_phone(mention, context, phones);
  }
  drop_overlaps(phones);
  complete_phones(phones, context);
  contacts.readings.insert(contacts.readings.end(), phones.begin(), phones.end());
  std::stable_sort(contacts.readings.begin(), contacts.readings.end(),
                   [](const Reading& a, const Reading& b) { return a.span.start < b.span.start; });
}

// What the texts of `kind` say, each by `say`, joined by "; ".
template <class Say>
std::string contacts_in(const std::string& text, const std::string& region, MentionKind kind, Say say) {
  Contacts contacts;
  read_contacts(text, region, contacts);
  std::string result;
  for (const Reading& reading : contacts.readings) {
    if (reading.kind != kind) continue;
    if (!result.empty()) result += "; ";
    result += say(contacts, reading);
  }
  return result;
}

}  // namespace yoran::testing_contacts

#endif  // YORAN_TESTS_UNIT_CONTACT_TEXT_H_
