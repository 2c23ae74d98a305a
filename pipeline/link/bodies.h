// Bodies: what the page describes.
#ifndef YORAN_LINK_BODIES_H_
#define YORAN_LINK_BODIES_H_

#include <optional>
#include <string>
#include <vector>

#include "link/context.h"

namespace yoran {

// Candidates for fields of type `subject`: from labels, headings, the title and the first sentences.
void link_subjects(const LinkContext& context, std::uint32_t field, std::vector<Candidate>& out);

// A body's name in a heading or cell: without what headings add; its kind from the name's form, or empty.
// None if the span names nobody.
[[nodiscard]] std::optional<Candidate> body_name(const LinkContext& context, TextSpan span);

// A body that governs a territory, as against an office, a company or a school.
[[nodiscard]] bool is_territory(std::string_view kind);

// The kind named by the head of a column of names: City, Country; empty if it names none.
[[nodiscard]] std::string kind_of_head(const LinkContext& context, TextSpan span);

// The column of a table that names what its rows are about: the first, or where several heads name kinds of
// bodies (state, city, ward) that of the smallest.
[[nodiscard]] std::uint32_t column_of_names(const LinkContext& context, std::uint32_t table);

}  // namespace yoran

#endif  // YORAN_LINK_BODIES_H_
