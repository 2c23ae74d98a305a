// Lines of the text as addresses see them: which lie together, where the next contact begins, what stands
// around.
#ifndef YORAN_INTERPRET_ADDRESS_LINES_H_
#define YORAN_INTERPRET_ADDRESS_LINES_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "interpret/context.h"

namespace yoran {

class AddressLines {
 public:
  AddressLines(const InterpretContext& context, std::span<const Reading> contacts)
      : context_(context), contacts_(contacts) {}

  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(lines().size()); }
  [[nodiscard]] const Line& line(std::uint32_t index) const { return lines()[index]; }
  [[nodiscard]] std::string_view text(std::uint32_t index) const { return context_.at(lines()[index].span); }
  [[nodiscard]] std::uint32_t line_of(std::uint32_t position) const;

  // The line after `index` stands directly below: same cell, no empty line between.
  [[nodiscard]] bool adjoins(std::uint32_t index) const;
  // It may go on with what this one says: one paragraph of HTML, one of its own lines each, or lines of plain
  // text; no heading, no term of a list.
  [[nodiscard]] bool joined(std::uint32_t index) const;
  // The cells of the table row the line stands in, at most 30; none outside of tables.
  [[nodiscard]] std::span<const GridCell> row_of(std::uint32_t index) const;
  // Where the first contact in [start, end) begins; `end` if there is none.
  [[nodiscard]] std::uint32_t contact_in(std::uint32_t start, std::uint32_t end) const;
  // Where the line of the source that holds `position` ends: a paragraph of plain text is one line of ours.
  [[nodiscard]] std::uint32_t row_end(std::uint32_t index, std::uint32_t position) const;
  // Where the contact that covers `position` ends.
  [[nodiscard]] std::uint32_t contact_end(std::uint32_t position) const;
  // Where the first contact begins, words such as "Tel" before it included.
  [[nodiscard]] std::uint32_t contact_words_in(std::uint32_t start, std::uint32_t end) const;
  [[nodiscard]] std::span<const Reading> contacts() const { return contacts_; }
  // The contacts that end behind `position`.
  [[nodiscard]] std::span<const Reading> contacts_from(std::uint32_t position) const;

 private:
  [[nodiscard]] const std::vector<Line>& lines() const { return context_.segments.lines; }
  [[nodiscard]] bool is_whole_block(std::uint32_t index) const;

  const InterpretContext& context_;
  std::span<const Reading> contacts_;
};

// At this blank end words of the sentence that lead to an address: "Town Hall is located at 12 High Street".
// The span holds them and what follows.
[[nodiscard]] inline bool is_sentence_lead(const AddressRules& words, std::string_view text,
                                           std::uint32_t blank, TextSpan span) {
  constexpr std::uint32_t kLastWord = 2;  // bytes
  if (text[blank] != ' ' || blank < span.start + 2 * kLastWord || blank + 1 >= span.end) return false;
  if (text[blank - kLastWord - 1] != ' ' || !is_ascii_lower(text[blank - 1])) return false;
  const char next = text[blank + 1];
  if (!is_ascii_digit(next) && !is_ascii_upper(next)) return false;
  const std::string_view before = text.substr(span.start, blank - span.start);
  return words.before(before, before.size(), AddressWord::sentence_lead) > 0;
}

// Behind the blanks and tabs at a position.
[[nodiscard]] std::uint32_t skip_blanks(std::string_view text, std::uint32_t position, std::uint32_t end);
[[nodiscard]] std::string_view trimmed(std::string_view text);
[[nodiscard]] TextSpan trimmed_span(std::string_view text, TextSpan span);
[[nodiscard]] bool is_ideograph(char32_t code_point);
[[nodiscard]] bool is_kana(char32_t code_point);

}  // namespace yoran

#endif  // YORAN_INTERPRET_ADDRESS_LINES_H_
