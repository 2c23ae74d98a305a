// Patterns of paths: "cities/**/*.html".
#ifndef YORAN_APP_INPUT_GLOB_H_
#define YORAN_APP_INPUT_GLOB_H_

#include <string_view>

namespace yoran {

// `*` and `?` stop at a slash, `**` does not; "**/" may be nothing. `[a-z]` and `[!a-z]` are one character of
// a set, `\` takes the next character as it is. The whole path has to match.
[[nodiscard]] bool glob_matches(std::string_view pattern, std::string_view path);

}  // namespace yoran

#endif  // YORAN_APP_INPUT_GLOB_H_
