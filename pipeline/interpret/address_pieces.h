// The pieces of an address outside Japan, between commas and line ends, and what their words say.
#ifndef YORAN_INTERPRET_ADDRESS_PIECES_H_
#define YORAN_INTERPRET_ADDRESS_PIECES_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "rulepack/rulepack.h"
#include "types/span.h"

namespace yoran {

enum class PieceRole : std::uint8_t {
  unknown,
  organisation,
  attention,
  care_of,
  po_box,
  street,
  house_number,
  unit,
  building,
  postal_code,
  locality,
  region,
  country,
};

struct Piece {
  TextSpan span;
  std::uint32_t line = 0;  // into Segments::lines
  std::uint32_t row = 0;   // of the block: a line may hold several that were wrapped
  PieceRole role = PieceRole::unknown;
};

// The words of one piece.
class PieceTokens {
 public:
  explicit PieceTokens(std::string_view text);

  struct Token {
    std::uint32_t start = 0;
    std::uint32_t end = 0;
  };
  [[nodiscard]] const std::vector<Token>& tokens() const { return tokens_; }
  [[nodiscard]] std::string_view token(std::size_t index) const {
    return text_.substr(tokens_[index].start, tokens_[index].end - tokens_[index].start);
  }
  [[nodiscard]] std::string_view text() const { return text_; }

 private:
  std::string_view text_;
  std::vector<Token> tokens_;
};

// What the words of one piece say.
class PieceWords : public PieceTokens {
 public:
  PieceWords(const RulePack& rules, std::string_view text);

  // False for most texts without a street's word and without a box, by a cheap look at their words.
  [[nodiscard]] static bool may_lead_to_door(const RulePack& rules, std::string_view text);

  // Behind the last word of streets: direction letters and numbers of the same street included; 0: no such
  // word.
  [[nodiscard]] std::uint32_t street_end() const { return street_end_; }
  [[nodiscard]] bool has_street_word() const { return street_end_ > 0; }
  // Digits as a house bears them: at either end of the piece, or behind a street's word.
  [[nodiscard]] bool has_house_number() const { return house_number_; }
  [[nodiscard]] bool only_number() const { return only_number_; }
  // Where a street number behind other words begins: "the office is at 30 ..."; 0 if it leads or there is
  // none.
  [[nodiscard]] std::uint32_t number_start() const { return number_start_; }
  [[nodiscard]] bool has_po_box() const { return po_box_; }
  [[nodiscard]] std::uint32_t po_box_start() const { return po_box_start_; }
  [[nodiscard]] bool is_unit() const { return unit_; }
  [[nodiscard]] std::uint32_t unit_start() const { return unit_start_; }  // behind a street; npos: none
  [[nodiscard]] bool has_building() const { return building_; }
  [[nodiscard]] bool has_organisation() const { return organisation_; }
  [[nodiscard]] bool is_attention() const { return attention_; }
  [[nodiscard]] bool is_care_of() const { return care_of_; }

  static constexpr std::uint32_t kNowhere = 0xFFFFFFFF;

 private:
  void look();
  [[nodiscard]] std::uint32_t size_at(std::uint32_t position, AddressWord meaning) const;

  const RulePack& rules_;
  std::uint32_t street_end_ = 0;
  std::uint32_t number_start_ = 0;
  std::uint32_t unit_start_ = kNowhere;
  std::uint32_t po_box_start_ = 0;
  bool house_number_ = false;
  bool only_number_ = false;
  bool po_box_ = false;
  bool unit_ = false;
  bool building_ = false;
  bool organisation_ = false;
  bool attention_ = false;
  bool care_of_ = false;
};

}  // namespace yoran

#endif  // YORAN_INTERPRET_ADDRESS_PIECES_H_
