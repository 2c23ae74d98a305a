// Strips: the stretches of a line that may hold an address or a part of one.
//
// A line is cut where a contact stands, before a word for addresses ("Postal address:"), behind a sentence
// and at a semicolon between long parts; what leads to an address ("Address:", "Berlin office:") is kept
// beside it. Strips are made when a line is asked for, once; cost: linear in the line.
#ifndef YORAN_INTERPRET_ADDRESS_STRIPS_H_
#define YORAN_INTERPRET_ADDRESS_STRIPS_H_

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "interpret/address_lines.h"
#include "interpret/context.h"

namespace yoran {

enum class StripLead : std::uint8_t {
  none,
  label,      // a word for addresses
  component,  // a word for a part of an address: "City:"
  name,       // other words before a colon or a wide gap
  sentence,   // words of running text: "is located at"
};

struct Strip {
  TextSpan span;  // never empty
  std::uint32_t line = 0;
  std::uint32_t index = 0;  // among the strips of its line
  StripLead lead = StripLead::none;
  TextSpan lead_span;
  bool closed = false;  // something else follows in the line: it does not go on in the next one
  bool prose = false;   // running text
};

class AddressStrips {
 public:
  AddressStrips(const AddressLines& lines, const InterpretContext& context)
      : lines_(lines), words_(context.rules.addresses), text_(context.folded()) {}

  // Valid until the next call.
  [[nodiscard]] std::span<const Strip> of(std::uint32_t line);
  // The line is nothing but a word for addresses.
  // Running text by its length and its words in small letters.
  [[nodiscard]] bool is_prose(TextSpan span) const;
  [[nodiscard]] bool is_label_line(std::uint32_t line) const;

 private:
  struct Range {
    std::uint32_t first = 0;
    std::uint32_t last = 0;
    bool made = false;
  };

  void make(std::uint32_t line);
  void cut(TextSpan span, std::uint32_t line, bool contact_follows);
  void add(TextSpan span, std::uint32_t line, bool closed);
  [[nodiscard]] bool is_lead_line(TextSpan span) const;
  void read_lead(Strip& strip) const;
  void read_bare_label(Strip& strip) const;
  [[nodiscard]] bool leads_house_number(std::uint32_t colon, TextSpan span) const;
  void read_office(Strip& strip, std::uint32_t number) const;
  [[nodiscard]] std::uint32_t next_cut(std::uint32_t at, TextSpan span) const;
  [[nodiscard]] bool ends_sentence(std::uint32_t dot, TextSpan span) const;
  [[nodiscard]] bool ends_number(std::uint32_t dot, TextSpan span) const;
  [[nodiscard]] bool ends_code(std::uint32_t word, std::uint32_t dot, TextSpan span) const;
  [[nodiscard]] std::uint32_t label_before(std::uint32_t colon, std::uint32_t start) const;
  [[nodiscard]] bool is_contact_words(TextSpan span) const;
  [[nodiscard]] bool begins_with_contact(TextSpan span) const;
  [[nodiscard]] bool has_lower_words(std::string_view text, std::size_t count) const;
  [[nodiscard]] std::string_view view(TextSpan span) const { return text_.substr(span.start, span.size()); }

  const AddressLines& lines_;
  const AddressRules& words_;
  std::string_view text_;
  std::vector<Range> ranges_;  // by line
  std::vector<Strip> strips_;
};

}  // namespace yoran

#endif  // YORAN_INTERPRET_ADDRESS_STRIPS_H_
