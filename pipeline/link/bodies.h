// Names of bodies, which pages are about: their form, their kind, what headings add to them.
#ifndef YORAN_LINK_BODIES_H_
#define YORAN_LINK_BODIES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "link/context.h"

namespace yoran {

inline constexpr std::uint32_t kLongestBodyName = 90;  // bytes
inline constexpr std::string_view kOtherKind = "other";

// A body's name in a heading or cell, without what headings add; its kind from the name's form, or empty.
// None if the span names nobody.
[[nodiscard]] std::optional<Candidate> body_name(const LinkContext& context, TextSpan span);

// The kind named by the head of a column of names: City, Country; empty if it names none.
[[nodiscard]] std::string kind_of_head(const LinkContext& context, TextSpan span);

// The column of a table that names what its rows are about: the first, or where several heads name kinds of
// bodies (state, city, ward) that of the smallest.
[[nodiscard]] std::uint32_t column_of_names(const LinkContext& context, std::uint32_t table);

// ---- forms of names

// Places of the gazetteer of Japan with this whole name: municipalities, wards, prefectures.
[[nodiscard]] std::vector<const Place*> known_bodies(const LinkContext& context, TextSpan name);

// The first place of a span where a word around names may begin, and the next one; the end if there is none.
[[nodiscard]] std::uint32_t name_place(const LinkContext& context, TextSpan span);
[[nodiscard]] std::uint32_t name_place_behind(const LinkContext& context, std::uint32_t place,
                                              std::uint32_t end);

// Cuts words that headings add behind (or before) a name.
[[nodiscard]] TextSpan without_additions(const LinkContext& context, TextSpan span);

// The kind of a name by its first or last word; empty if its form says none.
[[nodiscard]] std::string kind_of_form(const LinkContext& context, TextSpan span);

// Whole, it is a heading that names nobody: "Quick facts".
[[nodiscard]] bool is_generic(const LinkContext& context, TextSpan span);

// The subject that a name stands for, its article left out, with its code if it governs a territory.
[[nodiscard]] Candidate body_candidate(const LinkContext& context, std::uint32_t field, TextSpan span,
                                       std::string kind, Layout layout);

// A title names the page and the site, in either order: "Profile | Leeds", "Leeds - Members - The network".
[[nodiscard]] std::vector<TextSpan> title_pieces(const LinkContext& context, TextSpan span);

// A name printed in two scripts: the first piece, if what is behind its blank is the name in the other one.
struct ScriptPieces {
  TextSpan first;
  TextSpan second;
};
[[nodiscard]] ScriptPieces script_pieces(const LinkContext& context, TextSpan span);

// "Ann's blog of Leeds", "in the south lies Leeds": the territory that a Japanese phrase ends with, behind
// kana, if it is one that is known; empty if the phrase lists several.
[[nodiscard]] TextSpan behind_phrase(const LinkContext& context, TextSpan span);

// Hiragana only: the reading of a name, or an adverb.
[[nodiscard]] bool is_in_hiragana(const LinkContext& context, TextSpan span);

// A sentence ends inside, or the last word has a small letter and is no kind of body: "Most towns had a".
[[nodiscard]] bool reads_like_prose(const LinkContext& context, TextSpan name);

// "Moves of people", "Census time!": inside a name that says no kind, a word or mark that names lack.
[[nodiscard]] bool is_phrase(const LinkContext& context, TextSpan span);

// "Chambers of commerce are", "Purpose: chamber of commerce": of a Japanese name, or behind its last blank,
// stands but a word for a kind. A company's kind may stand apart, and a few are names themselves.
[[nodiscard]] bool is_bare_kind(const LinkContext& context, TextSpan name);

// "Total area of the District": behind an article stand but words for kinds.
[[nodiscard]] bool ends_in_common_noun(const LinkContext& context, TextSpan name);

// Labels of figures, and of names: a heading such as "Name, purpose and so on" is none.
[[nodiscard]] bool begins_no_name(const LinkContext& context, const WordMention& label);

// The known territory that a span is the name of, its prefecture before it left out; empty if it is none.
[[nodiscard]] TextSpan known_territory(const LinkContext& context, TextSpan span);

}  // namespace yoran

#endif  // YORAN_LINK_BODIES_H_
