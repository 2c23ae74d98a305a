#include "rulepack/text_table.h"

#include <algorithm>
#include <cstring>

#include "types/ascii.h"
#include "types/document.h"

namespace yoran {
namespace {

// Eight bytes at a time, each with the bit that tells the cases of a letter apart set.
std::uint32_t hash_of(std::string_view text) {
  constexpr std::uint64_t kMultiplier = 0x9E37'79B9'7F4A'7C15U;
  constexpr std::uint64_t kLower = 0x2020'2020'2020'2020U;
  std::uint64_t hash = text.size();
  for (std::size_t i = 0; i < text.size(); i += sizeof hash) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, text.data() + i, std::min(sizeof bytes, text.size() - i));
    hash = (hash ^ (bytes | kLower)) * kMultiplier;
    hash ^= hash >> 32U;
  }
  return static_cast<std::uint32_t>(hash);
}

}  // namespace

template <class Equal>
std::uint32_t TextTable::find_if(std::string_view text, std::uint32_t hash, Equal equal) const {
  if (slots_.empty()) return kNone;
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t slot = hash & mask; slots_[slot] != 0; slot = (slot + 1) & mask) {
    const std::uint32_t number = slots_[slot] - 1;
    if (hashes_[number] == hash && equal(texts_[number], text)) return number;
  }
  return kNone;
}

std::uint32_t TextTable::find(std::string_view text) const {
  return find_if(text, hash_of(text), std::equal_to<std::string_view>());
}

std::uint32_t TextTable::find_loosely(std::string_view text) const {
  return find_if(text, hash_of(text), same_letters);
}

std::uint32_t TextTable::add(std::string_view text) {
  const std::uint32_t hash = hash_of(text);
  const std::uint32_t known = find_if(text, hash, std::equal_to<std::string_view>());
  if (known != kNone) return known;
  if (slots_.size() < 2 * (texts_.size() + 1)) grow();
  texts_.push_back(store_.keep(text));
  hashes_.push_back(hash);
  put(size() - 1);
  return size() - 1;
}

void TextTable::put(std::uint32_t number) {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = hashes_[number] & mask;
  while (slots_[slot] != 0) slot = (slot + 1) & mask;
  slots_[slot] = number + 1;
}

void TextTable::grow() {
  constexpr std::size_t kFirst = 64;
  slots_.assign(std::max(kFirst, 4 * slots_.size()), 0);
  for (std::uint32_t number = 0; number < size(); ++number) put(number);
}

}  // namespace yoran
