#include "interpret/address_block.h"

#include <algorithm>
#include <optional>

#include "interpret/address_lines.h"
#include "types/ascii.h"

namespace yoran {
namespace {

std::uint32_t word_size(const RulePack& rules, std::string_view text, std::uint32_t position,
                        AddressWord meaning) {
  return static_cast<std::uint32_t>(rules.addresses.at(text, position, meaning));
}

bool starts_number(const RulePack& rules, std::string_view text, std::uint32_t position) {
  return number_end(rules, text, position) > position;
}

std::uint32_t digits_end(std::string_view text, std::uint32_t position) {
  while (position < text.size() && is_ascii_digit(text[position])) ++position;
  return position;
}

// A letter may lead a lot: "A-5".
std::uint32_t lot_letter(std::string_view text, std::uint32_t position) {
  const bool lot = position + 2 < text.size() && is_ascii_upper(text[position]) &&
                   text[position + 1] == '-' && is_ascii_digit(text[position + 2]);
  return lot ? position + 2 : position;
}

// ASCII digits of a numeral in ideographs, positional or multiplicative up to 9999.
std::string ascii_number(const RulePack& rules, std::string_view text) {
  std::int64_t total = 0;
  std::int64_t digits = -1;
  for (std::uint32_t i = 0; i < text.size(); i += size_at(text, i)) {
    if (is_ascii_digit(text[i])) return std::string(text);
    if (const auto word = rules.numbers.at(text, i, NumberWord::digit)) {
      digits = (digits < 0 ? 0 : digits * 10) + rules.numbers.value_of(*word->word);
    } else if (const auto small = rules.numbers.at(text, i, NumberWord::small)) {
      total += (digits < 0 ? 1 : digits) * rules.numbers.value_of(*small->word);
      digits = -1;
    } else {
      return std::string(text);
    }
    if (total + digits > 99999) return std::string(text);
  }
  return std::to_string(total + (digits < 0 ? 0 : digits));
}

// 20,000: digits in groups are a figure; glued to the next one they are more than three. So is 825.97.
bool is_grouped(std::string_view text, std::uint32_t number_end) {
  if (number_end + 1 >= text.size()) return false;
  if (text[number_end] == '.') return is_ascii_digit(text[number_end + 1]);
  if (number_end + 3 >= text.size() || text[number_end] != ',') return false;
  const std::string_view group = text.substr(number_end + 1, 3);
  return std::all_of(group.begin(), group.end(), is_ascii_digit);
}

// A bare number in a column of its own is a figure too.
bool is_figure(std::string_view text, std::uint32_t position, const AddressBlock& block) {
  if (is_grouped(text, digits_end(text, position))) return true;
  return block.numbers == 1 && !block.units && position > 0 && text[position - 1] == '\t';
}

}  // namespace

std::uint32_t number_end(const RulePack& rules, std::string_view text, std::uint32_t position) {
  std::uint32_t end = digits_end(text, position);
  if (end > position) return end;
  while (const std::uint32_t size = word_size(rules, text, end, AddressWord::numeral)) end += size;
  return end;
}

AddressBlock block_at(const RulePack& rules, std::string_view text, std::uint32_t position,
                      std::uint32_t limit) {
  AddressBlock block;
  block.end = position;
  text = text.substr(0, limit);
  if (const std::uint32_t size = word_size(rules, text, position, AddressWord::no_block)) {
    block.end = position + size;
    block.units = true;
    return block;
  }
  std::uint32_t at = lot_letter(text, position);
  while (starts_number(rules, text, at)) {
    const std::uint32_t end = number_end(rules, text, at);
    std::uint32_t unit = word_size(rules, text, end, AddressWord::block_unit);
    if (word_size(rules, text, end, AddressWord::town_unit) > unit) {
      if (block.numbers == 0) return {position, 0, false};
      break;
    }
    // Three linked numbers are a block whatever follows: "3-8-15" and a building that begins like a counter.
    if (block.numbers < 2 && word_size(rules, text, end, AddressWord::counted) > unit)
      return {position, 0, false};
    // Part of a building in its number's place: a floor behind a finished block.
    if (block.numbers > 0 && word_size(rules, text, end, AddressWord::building_part) > unit) break;
    ++block.numbers;
    block.end = end + unit;
    block.units = block.units || unit > 0;
    const bool closed = unit > 0 && word_size(rules, text, end, AddressWord::closed_unit) == unit;
    at = block.end;
    if (unit > 0) at = skip_blanks(text, at, std::min(at + 1, limit));
    const std::uint32_t link = word_size(rules, text, at, AddressWord::block_link);
    if (link > 0 && starts_number(rules, text, at + link)) {
      at += link;
    } else if (closed || unit == 0) {
      break;
    }
    if (!is_ascii_digit(text[std::min<std::size_t>(at, text.size() - 1)]) && is_ascii_digit(text[position]) &&
        unit == 0 && link == 0)
      break;
  }
  if (is_figure(text, position, block)) return {position, 0, false};
  return block;
}

std::string short_form(const RulePack& rules, std::string_view street, std::string_view block) {
  std::string result;
  for (std::uint32_t i = 0; i < street.size();) {
    const std::uint32_t end = number_end(rules, street, i);
    const std::uint32_t unit = end > i ? word_size(rules, street, end, AddressWord::hyphen_unit) : 0;
    if (unit == 0) {
      const std::uint32_t next = end > i ? end : i + size_at(street, i);
      result += street.substr(i, next - i);
      i = next;
      continue;
    }
    result += ascii_number(rules, street.substr(i, end - i));
    const bool last = end + unit >= street.size() && !block.empty();
    result += last ? std::string("-") : std::string(street.substr(end, unit));
    i = end + unit;
  }
  if (!block.empty() && word_size(rules, block, 0, AddressWord::no_block) > 0) {
    if (result.ends_with('-')) result.pop_back();
    return result + std::string(block);
  }
  for (std::uint32_t i = 0; i < block.size();) {
    const std::uint32_t end = number_end(rules, block, i);
    if (end == i) {
      result += block.substr(i, size_at(block, i));
      i += size_at(block, i);
      continue;
    }
    result += ascii_number(rules, block.substr(i, end - i));
    i = end + word_size(rules, block, end, AddressWord::block_unit);
    i = skip_blanks(block, i, static_cast<std::uint32_t>(block.size()));
    const std::uint32_t link = word_size(rules, block, i, AddressWord::block_link);
    if (link > 0 && starts_number(rules, block, i + link)) i += link;
    if (starts_number(rules, block, i)) result += '-';
  }
  return result;
}

}  // namespace yoran
