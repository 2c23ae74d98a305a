#include "rulepack/guards.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <array>

#include "rulepack/fold_table.h"
#include "types/ascii.h"

namespace yoran {
namespace {

constexpr std::array<std::string_view, 7> kClasses = {"@digit",    "@letter", "@kanji", "@hiragana",
                                                      "@katakana", "@word",   "@edge"};

bool in_class(std::string_view name, char32_t c) {
  const auto code = static_cast<UChar32>(c);
  if (name == "@edge") return c == 0;
  if (c == 0) return false;
  if (name == "@digit") return c >= '0' && c <= '9';
  if (name == "@letter") return c < 0x80 && is_ascii_letter(static_cast<char>(c));
  if (name == "@word") return u_isalnum(code) != 0;
  UErrorCode status = U_ZERO_ERROR;
  const UScriptCode script = uscript_getScript(code, &status);
  if (name == "@kanji") return script == USCRIPT_HAN;
  if (name == "@hiragana") return script == USCRIPT_HIRAGANA;
  return script == USCRIPT_KATAKANA || c == 0x30FC;  // the long mark is common to both syllabaries
}

std::size_t byte_of(char c) { return static_cast<unsigned char>(ascii_lower(c)); }

bool ends_with(std::string_view text, std::string_view tail) {
  if (text.size() < tail.size() || ascii_lower(text.back()) != ascii_lower(tail.back())) return false;
  const std::string_view end = text.substr(text.size() - tail.size());
  if (!same_letters(end, tail)) return false;
  // An English word ends a text only as a whole word.
  const std::size_t before = text.size() - tail.size();
  return before == 0 || !is_ascii_letter(tail.front()) || !is_ascii_letter(text[before - 1]);
}

bool starts_with(std::string_view text, std::string_view head) {
  if (text.size() < head.size() || ascii_lower(text.front()) != ascii_lower(head.front()) ||
      !same_letters(text.substr(0, head.size()), head))
    return false;
  return text.size() == head.size() || !is_ascii_letter(head.back()) || !is_ascii_letter(text[head.size()]);
}

// The literals touch the match with their last byte on its left, with their first byte on its right.
GuardList read_list(TableReader& table, std::string_view key, const FoldTable& folds, bool left) {
  GuardList guards;
  for (TableReader::Item& item : table.items(key)) {
    if (item.text.size() > 1 && item.text.starts_with('@')) {
      if (std::find(kClasses.begin(), kClasses.end(), item.text) == kClasses.end()) {
        const std::vector<std::string> known(kClasses.begin(), kClasses.end());
        table.error(item.at, "rule.unknown-class", "unknown character class '" + item.text + "'",
                    suggestion(item.text, known));
      }
      guards.classes.push_back(std::move(item.text));
      continue;
    }
    std::string literal = folds.fold(item.text);
    if (literal.empty()) continue;
    guards.touching.set(byte_of(left ? literal.back() : literal.front()));
    guards.literals.push_back(std::move(literal));
  }
  return guards;
}

}  // namespace

bool Guards::allow(std::string_view text, TextSpan span) const {
  std::string_view before = text.substr(0, span.start);
  std::string_view after = text.substr(span.end);
  const char32_t left = code_point_before(text, span.start);
  const char32_t right = code_point_at(text, span.end);
  if (before.ends_with(' ')) before.remove_suffix(1);
  if (after.starts_with(' ')) after.remove_prefix(1);
  const auto any = [](const std::vector<std::string>& guards, auto forbids) {
    return std::any_of(guards.begin(), guards.end(), forbids);
  };
  if (any(not_preceded_by.classes, [&](const std::string& guard) { return in_class(guard, left); }) ||
      any(not_followed_by.classes, [&](const std::string& guard) { return in_class(guard, right); }))
    return false;
  if (!before.empty() && not_preceded_by.touching[byte_of(before.back())] &&
      any(not_preceded_by.literals, [&](const std::string& guard) { return ends_with(before, guard); }))
    return false;
  return after.empty() || !not_followed_by.touching[byte_of(after.front())] ||
         !any(not_followed_by.literals, [&](const std::string& guard) { return starts_with(after, guard); });
}

Guards read_guards(TableReader& table, const FoldTable& folds) {
  Guards guards;
  guards.not_preceded_by = read_list(table, "not_preceded_by", folds, true);
  guards.not_followed_by = read_list(table, "not_followed_by", folds, false);
  return guards;
}

}  // namespace yoran
