#include "app/input/glob.h"

#include <cstddef>

namespace yoran {
namespace {

// The set that begins at `at`, which is its "[": its size, and whether the character is in it; size 0: no
// set.
struct SetMatch {
  std::size_t size = 0;
  bool in = false;
};

SetMatch match_set(std::string_view pattern, std::size_t at, char c) {
  std::size_t i = at + 1;
  const bool negated = i < pattern.size() && (pattern[i] == '!' || pattern[i] == '^');
  if (negated) ++i;
  bool in = false;
  for (bool first = true; i < pattern.size() && (first || pattern[i] != ']'); first = false) {
    const char low = pattern[i++];
    char high = low;
    if (i + 1 < pattern.size() && pattern[i] == '-' && pattern[i + 1] != ']') {
      high = pattern[i + 1];
      i += 2;
    }
    in = in || (c >= low && c <= high);
  }
  if (i >= pattern.size()) return {};
  return {i + 1 - at, in != negated};
}

// One element of the pattern against one character: the size of the element, 0 if they do not match.
std::size_t match_one(std::string_view pattern, std::size_t at, char c) {
  if (pattern[at] == '?') return c == '/' ? 0 : 1;
  if (pattern[at] == '[') {
    const SetMatch set = match_set(pattern, at, c);
    if (set.size > 0) return set.in && c != '/' ? set.size : 0;
  }
  const bool escaped = pattern[at] == '\\' && at + 1 < pattern.size();
  const char literal = escaped ? pattern[at + 1] : pattern[at];
  return literal != c ? 0 : escaped ? 2 : 1;
}

}  // namespace

// Two places to go back to, the last `**` and the last `*` behind it: no more are needed, and time stays
// within pattern times path.
bool glob_matches(std::string_view pattern, std::string_view path) {
  constexpr std::size_t kNowhere = std::string_view::npos;
  std::size_t p = 0;
  std::size_t t = 0;
  std::size_t star = kNowhere, star_text = 0;
  std::size_t deep = kNowhere, deep_text = 0;
  while (t < path.size() || p < pattern.size()) {
    if (pattern.substr(p).starts_with("**")) {
      p += pattern.substr(p).starts_with("**/") ? 3 : 2;
      deep = p;
      deep_text = t;
      star = kNowhere;
      continue;
    }
    if (p < pattern.size() && pattern[p] == '*') {
      star = ++p;
      star_text = t;
      continue;
    }
    const std::size_t size = p < pattern.size() && t < path.size() ? match_one(pattern, p, path[t]) : 0;
    if (size > 0) {
      p += size;
      ++t;
    } else if (star != kNowhere && star_text < path.size() && path[star_text] != '/') {
      p = star;
      t = ++star_text;
    } else if (deep != kNowhere && deep_text < path.size()) {
      // "**/" ends at the beginning of a name.
      do ++deep_text;
      while (pattern[deep - 1] == '/' && deep_text < path.size() && path[deep_text - 1] != '/');
      p = deep;
      t = deep_text;
      star = kNowhere;
    } else {
      return false;
    }
  }
  return true;
}

}  // namespace yoran
