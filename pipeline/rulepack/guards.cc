#include "rulepack/guards.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <array>

#include "rulepack/fold_table.h"
#include "types/ascii.h"

namespace yoran {
namespace {

// In the order of GuardClass.
constexpr std::array<std::string_view, 7> kClasses = {"@digit",    "@letter", "@kanji", "@hiragana",
                                                      "@katakana", "@word",   "@edge"};

bool in_class(GuardClass guard, char32_t c) {
  if (guard == GuardClass::edge) return c == 0;
  if (c == 0) return false;
  const auto code = static_cast<UChar32>(c);
  if (guard == GuardClass::digit) return c >= '0' && c <= '9';
  if (guard == GuardClass::letter) return c < 0x80 && is_ascii_letter(static_cast<char>(c));
  if (guard == GuardClass::word) return u_isalnum(code) != 0;
  if (c < 0x80) return false;  // the scripts
  UErrorCode status = U_ZERO_ERROR;
  const UScriptCode script = uscript_getScript(code, &status);
  if (guard == GuardClass::kanji) return script == USCRIPT_HAN;
  if (guard == GuardClass::hiragana) return script == USCRIPT_HIRAGANA;
  return script == USCRIPT_KATAKANA || c == 0x30FC;  // the long mark is common to both syllabaries
}

bool any_class(const GuardList& guards, char32_t c) {
  return std::any_of(guards.classes.begin(), guards.classes.end(),
                     [c](GuardClass guard) { return in_class(guard, c); });
}

bool ends_with(std::string_view text, std::string_view tail) {
  if (text.size() < tail.size()) return false;
  const std::size_t before = text.size() - tail.size();
  // An English word ends a text only as a whole word.
  const bool cut = before > 0 && is_ascii_letter(tail.front()) && is_ascii_letter(text[before - 1]);
  return !cut && same_letters(text.substr(before), tail);
}

bool starts_with(std::string_view text, std::string_view head) {
  if (text.size() < head.size()) return false;
  const bool cut =
      text.size() > head.size() && is_ascii_letter(head.back()) && is_ascii_letter(text[head.size()]);
  return !cut && same_letters(text.substr(0, head.size()), head);
}

// Whether any of the literals that touch the match with this byte stands there.
template <typename Stands>
bool any_literal(const GuardList& guards, char touching, const Stands& stands) {
  const char byte = ascii_lower(touching);
  for (std::size_t i = guards.touching.find(byte); i != std::string::npos;
       i = guards.touching.find(byte, i + 1)) {
    if (stands(guards.literals[i])) return true;
  }
  return false;
}

// The literals touch the match with their last byte on its left, with their first byte on its right.
GuardList read_list(TableReader& table, std::string_view key, const FoldTable& folds, bool left) {
  GuardList guards;
  for (TableReader::Item& item : table.items(key)) {
    if (item.text.size() > 1 && item.text.starts_with('@')) {
      const auto* known_class = std::find(kClasses.begin(), kClasses.end(), item.text);
      if (known_class == kClasses.end()) {
        const std::vector<std::string> known(kClasses.begin(), kClasses.end());
        table.error(item.at, "rule.unknown-class", "unknown character class '" + item.text + "'",
                    suggestion(item.text, known));
      } else {
        guards.classes.push_back(static_cast<GuardClass>(known_class - kClasses.begin()));
      }
      continue;
    }
    std::string literal = folds.fold(item.text);
    if (literal.empty()) continue;
    guards.touching += ascii_lower(left ? literal.back() : literal.front());
    guards.literals.push_back(std::move(literal));
  }
  return guards;
}

}  // namespace

bool Guards::allow(std::string_view text, TextSpan span) const {
  if (any_class(not_preceded_by, code_point_before(text, span.start)) ||
      any_class(not_followed_by, code_point_at(text, span.end)))
    return false;
  std::string_view before = text.substr(0, span.start);
  std::string_view after = text.substr(span.end);
  if (before.ends_with(' ')) before.remove_suffix(1);
  if (after.starts_with(' ')) after.remove_prefix(1);
  if (!before.empty() && any_literal(not_preceded_by, before.back(),
                                     [&](const std::string& guard) { return ends_with(before, guard); }))
    return false;
  return after.empty() || !any_literal(not_followed_by, after.front(),
                                       [&](const std::string& guard) { return starts_with(after, guard); });
}

Guards read_guards(TableReader& table, const FoldTable& folds) {
  Guards guards;
  guards.not_preceded_by = read_list(table, "not_preceded_by", folds, true);
  guards.not_followed_by = read_list(table, "not_followed_by", folds, false);
  return guards;
}

}  // namespace yoran
