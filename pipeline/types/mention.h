// What stage 4 finds: spans, with the rule that found them and its captures, no values yet.
#ifndef YORAN_TYPES_MENTION_H_
#define YORAN_TYPES_MENTION_H_

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "types/document.h"
#include "types/span.h"
#include "types/value.h"

namespace yoran {

enum class MentionKind : std::uint8_t { number, quantity, date, phone, url, email, address, postal_code };
inline constexpr std::size_t kMentionKinds = 8;

[[nodiscard]] constexpr std::string_view to_string(MentionKind kind) {
  constexpr std::string_view kNames[kMentionKinds] = {"number", "quantity", "date",    "phone",
                                                      "url",    "email",    "address", "postal_code"};
  return kNames[static_cast<std::size_t>(kind)];
}

inline constexpr std::size_t kMaxCaptures = 12;

// Captures stand in the order of the entity's capture names (see rulepack/entity.h); one that did not take
// part is empty at 0.
struct Mention {
  MentionKind kind = MentionKind::number;
  TextSpan span;
  std::uint32_t line = 0;         // into Segments::lines: where it begins
  std::uint32_t pattern = kNone;  // into RulePack::entity_patterns
  std::array<TextSpan, kMaxCaptures> captures{};

  [[nodiscard]] bool has(std::size_t capture) const { return !captures[capture].empty(); }
};

// A word of a lexicon or a label of a field, found in the running text.
struct WordMention {
  TextSpan span;
  std::uint32_t line = 0;
  std::uint16_t category = 0;  // see rulepack/word_index.h
  std::uint32_t entry = 0;     // meaning by category
  friend bool operator==(const WordMention&, const WordMention&) = default;
};

struct Mentions {
  std::vector<Mention> mentions;     // by start; may overlap until they are interpreted
  std::vector<WordMention> words;    // by start; may nest
  std::vector<std::uint32_t> glued;  // where values begin that touch their labels, in text order
  TextSpan unread;  // the rest of the text behind the most mentions wanted; empty: all was read

  // The words that begin inside a span.
  [[nodiscard]] std::span<const WordMention> words_in(TextSpan span) const {
    const auto before = [](const WordMention& word, std::uint32_t at) { return word.span.start < at; };
    const auto first = std::lower_bound(words.begin(), words.end(), span.start, before);
    return {first, std::lower_bound(first, words.end(), span.end, before)};
  }

  // Whether a label ends here and its value begins, with nothing between.
  [[nodiscard]] bool is_glued(std::uint32_t at) const {
    return !glued.empty() && std::binary_search(glued.begin(), glued.end(), at);
  }
};

// A mention and what it means: what stage 5 returns. Readings do not overlap and are in text order.
struct Reading {
  MentionKind kind = MentionKind::number;
  TextSpan span;
  std::uint32_t line = 0;
  std::uint32_t pattern = kNone;
  Value value;
  std::vector<Value> alternatives;  // other readings of the same span
  std::vector<TextSpan> pieces;     // when the mention is in pieces that do not touch; else empty
};

}  // namespace yoran

#endif  // YORAN_TYPES_MENTION_H_
