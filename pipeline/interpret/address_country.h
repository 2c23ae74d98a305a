// Which country an address is in when it does not say so.
#ifndef YORAN_INTERPRET_ADDRESS_COUNTRY_H_
#define YORAN_INTERPRET_ADDRESS_COUNTRY_H_

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "interpret/address_lines.h"
#include "interpret/address_pieces.h"
#include "interpret/context.h"

namespace yoran {

struct CountryGuess {
  const Country* country = nullptr;
  std::int32_t strength = 0;  // 1: the block itself says so, by a region and its code, a town, a form of code
};

class CountryEvidence {
 public:
  CountryEvidence(const AddressLines& lines, const InterpretContext& context)
      : lines_(lines), context_(context), places_(context.rules.addresses), text_(context.folded()) {}

  // In the order: the block (region with postal code, letters before the code, town), its heading or label,
  // the form of the postal code, the telephone numbers below it, the document, the hosts below it.
  [[nodiscard]] CountryGuess guess(const std::vector<Piece>& pieces) const;

 private:
  [[nodiscard]] const Country* by_region(const std::vector<Piece>& pieces) const;
  [[nodiscard]] const Country* by_last_region(const std::vector<Piece>& pieces) const;
  [[nodiscard]] std::vector<const Country*> by_town(const std::vector<Piece>& pieces) const;
  [[nodiscard]] TextSpan without_number(TextSpan piece) const;
  void add_countries_of(TextSpan town, std::vector<const Country*>& countries) const;
  [[nodiscard]] const Country* by_heading(std::uint32_t line) const;
  [[nodiscard]] const Country* by_row(std::uint32_t line) const;
  [[nodiscard]] const Country* by_code(const std::vector<Piece>& pieces) const;
  [[nodiscard]] const Country* by_lead(const std::vector<Piece>& pieces) const;
  [[nodiscard]] const Country* by_phone(std::uint32_t last_line) const;
  [[nodiscard]] const Country* by_host(const std::vector<Piece>& pieces) const;
  [[nodiscard]] std::span<const Reading> contacts_below(std::uint32_t last_line) const;
  [[nodiscard]] const Country* by_document() const;
  [[nodiscard]] const Country* named_in(std::string_view text) const;
  [[nodiscard]] bool leads_to_place(std::string_view text) const;
  [[nodiscard]] const Country* meaning(std::string_view name) const;
  [[nodiscard]] const Country* by_calling_code(std::string_view e164) const;
  [[nodiscard]] std::string_view view(TextSpan span) const { return text_.substr(span.start, span.size()); }

  const AddressLines& lines_;
  const InterpretContext& context_;
  const AddressRules& places_;
  std::string_view text_;
};

}  // namespace yoran

#endif  // YORAN_INTERPRET_ADDRESS_COUNTRY_H_
