#include "interpret/address_pieces.h"

#include <algorithm>

#include "interpret/address_lines.h"
#include "types/ascii.h"

namespace yoran {
namespace {

bool has_digit(std::string_view token) { return std::any_of(token.begin(), token.end(), is_ascii_digit); }

// "12", "12a", "12-14", "6/6A", "#32", "121/3b": digits, and at most one letter to a number.
bool is_house_number(std::string_view token) {
  if (token.starts_with('#')) token.remove_prefix(1);
  const bool lettered = token.size() > 2 && token[1] == '-';
  if (token.empty() || token.size() > 11) return false;
  if (!is_ascii_digit(token.front()) && !lettered) return false;
  std::size_t letters = 0;
  for (const char c : token) {
    if (is_ascii_digit(c)) letters = 0;
    if (is_ascii_letter(c) && ++letters > 2) return false;
    const bool mark = c == '-' || c == '/' || c == '.' || static_cast<unsigned char>(c) >= 0x80;
    if (!mark && !is_ascii_alnum(c)) return false;
  }
  return has_digit(token);
}

// "5F", "15/F": a number and the letters of a unit.
bool is_numbered_unit(const AddressRules& words, std::string_view token) {
  std::size_t digits = 0;
  while (digits < token.size() && is_ascii_digit(token[digits])) ++digits;
  return digits > 0 && digits <= 3 && token.size() - digits <= 3 &&
         words.is(token.substr(digits), AddressWord::unit);
}

// A rank, as numbered streets have it: 16th, 1st.
bool is_rank(std::string_view token) {
  return token.size() >= 3 && is_ascii_digit(token.front()) && is_ascii_letter(token[token.size() - 1]) &&
         is_ascii_letter(token[token.size() - 2]) && is_ascii_digit(token[token.size() - 3]);
}

// What stands between the words of a piece.
bool is_gap(std::string_view text, std::uint32_t i) {
  const char c = text[i];
  if (c == ' ' || c == '\t' || c == '(' || c == ')') return true;
  if (c != ',') return false;
  // Not the comma of a figure: 1,234.
  return i == 0 || i + 1 >= text.size() || !is_ascii_digit(text[i - 1]) || !is_ascii_digit(text[i + 1]);
}

// "Hauptstrasse": the word for a street ends a longer one.
bool is_glued_street(const AddressRules& words, std::string_view token) {
  constexpr std::size_t kShortestStem = 5;
  return token.size() > kShortestStem && !has_digit(token) &&
         words.has_ending(token, AddressWord::street_ending);
}

// "385", "X7", "GP 385": the number of a box, behind the letters of its post office.
bool is_box_number(std::string_view text) {
  constexpr std::size_t kMostLetters = 3;
  std::size_t at = 0;
  while (at < text.size() && at < kMostLetters && is_ascii_upper(text[at])) ++at;
  if (at > 1 && at < text.size() && (text[at] == ' ' || text[at] == '-')) ++at;
  return at < text.size() && is_ascii_digit(text[at]);
}

}  // namespace

PieceTokens::PieceTokens(std::string_view text) : text_(text) {
  for (std::uint32_t i = 0; i < text.size(); ++i) {
    if (is_gap(text, i)) continue;
    const std::uint32_t start = i;
    while (i < text.size() && !is_gap(text, i)) ++i;
    tokens_.push_back({start, i});
  }
}

PieceWords::PieceWords(const RulePack& rules, std::string_view text) : PieceTokens(text), rules_(rules) {
  look();
}

std::uint32_t PieceWords::size_at(std::uint32_t position, AddressWord meaning) const {
  return static_cast<std::uint32_t>(rules_.addresses.at(text(), position, meaning));
}

bool PieceWords::may_lead_to_door(const RulePack& rules, std::string_view text) {
  const AddressRules& words = rules.addresses;
  for (std::uint32_t i = 0; i < text.size(); ++i) {
    if (is_gap(text, i)) continue;
    const std::uint32_t start = i;
    while (i < text.size() && !is_gap(text, i)) ++i;
    if (words.may_begin(text, start, AddressWord::street) ||
        words.may_begin(text, start, AddressWord::po_box) ||
        is_glued_street(words, text.substr(start, i - start)))
      return true;
  }
  return words.may_begin(text, 0, AddressWord::po_box);
}

void PieceWords::look() {
  const AddressRules& words = rules_.addresses;
  unit_ = words.is(text(), AddressWord::unit);
  po_box_ = words.is(text(), AddressWord::po_box);
  care_of_ = size_at(0, AddressWord::care_of) > 0;
  attention_ = size_at(0, AddressWord::attention) > 0;
  std::size_t numbers = 0;
  for (std::size_t i = 0; i < tokens().size(); ++i) {
    const std::uint32_t at = tokens()[i].start;
    const std::string_view word = token(i);
    const bool named = words.may_begin(text(), at);  // most words of a text are none of addresses
    const bool number = is_house_number(word) && !is_rank(word);
    numbers += number ? 1 : 0;
    if (number && (i == 0 || i + 1 == tokens().size() || tokens()[i - 1].end == street_end_))
      house_number_ = true;
    // "6 B", "s/n"
    const bool letter =
        i > 0 && i + 1 == tokens().size() && word.size() == 1 && is_house_number(token(i - 1));
    if (letter || (i > 0 && named && words.is(word, AddressWord::no_block))) house_number_ = true;
    if (i == 0 && (is_numbered_unit(words, word) || (word.front() == '#' && has_digit(word)))) unit_ = true;
    if (number && i > 0 && number_start_ == 0) number_start_ = at;
    if (number && street_end_ > 0 && street_end_ + 1 >= at) street_end_ = tokens()[i].end;
    if (const std::uint32_t size = named ? size_at(at, AddressWord::po_box) : 0) {
      std::uint32_t next = skip_blanks(text(), at + size, static_cast<std::uint32_t>(text().size()));
      next += size_at(next, AddressWord::box_number);
      next = skip_blanks(text(), next, static_cast<std::uint32_t>(text().size()));
      if (!po_box_ && is_box_number(text().substr(next))) {
        po_box_ = true;
        po_box_start_ = at;
      }
    }
    const bool leads_number = named && i + 1 < tokens().size() && has_digit(token(i + 1));
    const bool behind_number = named && i > 0 && has_digit(token(i - 1));
    if (named && size_at(at, AddressWord::unit) > 0 && (leads_number || behind_number)) {
      if (i == 0 || (i == 1 && behind_number) || (i <= 2 && !has_street_word() && behind_number))
        unit_ = true;
      if (has_street_word() && unit_start_ == kNowhere)
        unit_start_ = behind_number && !leads_number ? tokens()[i - 1].start : at;
    }
    // "Lower Ground Floor"
    if (named && i + 1 == tokens().size() && i > 0 && !has_street_word() &&
        words.is(word, AddressWord::floor))
      unit_ = true;
    if (leads_number && size_at(at, AddressWord::house_number) > 0) house_number_ = true;
    const std::uint32_t street = named ? size_at(at, AddressWord::street) : 0;
    const bool direction = named && street_end_ > 0 && i > 0 && tokens()[i - 1].end == street_end_ &&
                           words.is(word, AddressWord::quarter_letters);
    const bool whole = street > 0 && (at + street >= tokens()[i].end || at + street == text().size() ||
                                      street + 1 >= word.size());
    if ((whole && tokens().size() > 1) || is_glued_street(words, word) || direction)
      street_end_ = std::max(tokens()[i].end, at + street);
    if (named && size_at(at, AddressWord::building_name) > 0) building_ = true;
    if (named && size_at(at, AddressWord::organisation) > 0) organisation_ = true;
  }
  only_number_ = numbers > 0 && numbers == tokens().size();
  if (tokens().size() == 2 && numbers == 1 && words.is(token(0), AddressWord::house_number))
    only_number_ = true;
}

}  // namespace yoran
