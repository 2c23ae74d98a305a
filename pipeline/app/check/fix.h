// Edits of findings, shown as a unified diff or written to the file.
#ifndef YORAN_APP_CHECK_FIX_H_
#define YORAN_APP_CHECK_FIX_H_

#include <string>
#include <string_view>
#include <vector>

#include "types/finding.h"

namespace yoran {

// The edits of open findings in the order of their places; of two that overlap the first.
[[nodiscard]] std::vector<Edit> edits_of(const Findings& findings);
[[nodiscard]] std::string edited(std::string_view bytes, const std::vector<Edit>& edits);
// What `git apply` and `patch -p1` take; empty if there are no edits.
[[nodiscard]] std::string unified_diff(std::string_view path, std::string_view bytes,
                                       const std::vector<Edit>& edits);
// Whole or not at all: to a file beside it, which then takes its name and keeps its mode. Empty, or why not.
[[nodiscard]] std::string write_atomically(const std::string& path, std::string_view bytes);

}  // namespace yoran

#endif  // YORAN_APP_CHECK_FIX_H_
