// What the first sentences of a page say of its subject.
#ifndef YORAN_LINK_FIRST_SENTENCES_H_
#define YORAN_LINK_FIRST_SENTENCES_H_

#include <cstdint>
#include <optional>

#include "link/context.h"

namespace yoran {

inline constexpr std::uint32_t kFirstLines = 8;    // lines of prose in which a first sentence is looked for
inline constexpr std::uint32_t kLinesTried = 200;  // of a page

// "Leeds is a city in", at the start of a line of prose. `late`: further down, where a sentence may be about
// any territory.
[[nodiscard]] std::optional<Candidate> first_sentence(const LinkContext& context, std::uint32_t field,
                                                      std::uint32_t line, bool late);

// The body with a kind that a sentence is about from its first word on; `name` is empty if it begins
// otherwise. Of a territory or a company the name without its kind: "Leeds Town was founded" is said of the
// city too.
struct SentenceTopic {
  TextSpan name;
  bool territory = false;  // it governs one
};
[[nodiscard]] SentenceTopic topic_of_sentence(const LinkContext& context, TextSpan sentence);

// Prose without a heading that says its subject: one of its first sentences begins with a known territory and
// describes it, and none behind it begins with another one.
[[nodiscard]] std::optional<Candidate> topic_of_prose(const LinkContext& context, std::uint32_t field);

}  // namespace yoran

#endif  // YORAN_LINK_FIRST_SENTENCES_H_
