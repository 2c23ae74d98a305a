// What bodies and persons have in common: the letters of names, the words around them, a candidate of them.
#ifndef YORAN_LINK_NAME_TEXT_H_
#define YORAN_LINK_NAME_TEXT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "link/context.h"

namespace yoran {

inline constexpr char32_t kIdeographicComma = 0x3001;

[[nodiscard]] bool is_kanji(char32_t c);
[[nodiscard]] bool is_katakana(char32_t c);  // with the marks that stand between words in katakana
[[nodiscard]] bool is_cjk(char32_t c);       // a kanji or kana
[[nodiscard]] bool is_upper(char32_t c);
[[nodiscard]] bool is_latin_word(char32_t c);  // a letter, or a mark inside words

[[nodiscard]] TextSpan trimmed(std::string_view text, TextSpan span);

// The longest word of NameRules of a category that begins at a position.
[[nodiscard]] inline std::optional<WordMatch> name_word(const LinkContext& context, std::uint32_t position,
                                                        std::uint16_t category) {
  return context.rules.names.words.longest(context.folded(), position, category);
}

[[nodiscard]] Candidate name_candidate(const LinkContext& context, std::uint32_t field, TextSpan span,
                                       std::string kind, Layout layout);

// The text of a labelled value: the rest of the line, or the next cell or definition; empty if there is none.
[[nodiscard]] TextSpan labelled_text(const LinkContext& context, const WordMention& label);

// The candidate of a label of a field of type `text`.
[[nodiscard]] std::optional<Candidate> link_text(const LinkContext& context, const WordMention& label);

}  // namespace yoran

#endif  // YORAN_LINK_NAME_TEXT_H_
