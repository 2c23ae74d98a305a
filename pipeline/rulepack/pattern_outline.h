// What every match of a pattern has, read off the pattern: a cheap look before RE2 is asked.
#ifndef YORAN_RULEPACK_PATTERN_OUTLINE_H_
#define YORAN_RULEPACK_PATTERN_OUTLINE_H_

#include <algorithm>
#include <cstdint>
#include <string_view>

namespace yoran {

// Begins a kana, an ideograph or one of their signs: U+3000 to U+9FFF.
[[nodiscard]] constexpr bool is_cjk_lead(char c) { return static_cast<unsigned char>(c) - 0xE3U <= 6U; }

struct PatternOutline {
  static constexpr std::uint32_t kEndless = 0xFFFFFFFF;

  std::uint32_t longest = kEndless;  // bytes of a match, at most
  bool needs_cjk = false;            // no match is without a kana, an ideograph or one of their signs

  // False for most texts without a match.
  [[nodiscard]] bool may_match(std::string_view text) const {
    if (!needs_cjk) return true;
    return !text.empty() &&
           (is_cjk_lead(text.front()) || std::count_if(text.begin(), text.end(), is_cjk_lead) > 0);
  }
};

// Of a pattern that RE2 accepts. Where it has something unusual, nothing is known.
[[nodiscard]] PatternOutline outline_of(std::string_view pattern);

}  // namespace yoran

#endif  // YORAN_RULEPACK_PATTERN_OUTLINE_H_
