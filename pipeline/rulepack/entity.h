// Entity patterns: how a typed thing looks. A pattern says where it can begin (its trigger) and how it goes
// on from there, as an RE2 anchored at that place; no pattern is ever searched for over a text. One that
// says no more than its trigger has no RE2: the run of digits, or the literal, is the match. One that
// captures its trigger goes on behind it, and need not say again what the index of words has found.
//
//   starts = "digit"            a run of ASCII digits begins here; `digits` lists the lengths the run may
//                               have, `next` what may follow it
//   starts = ["{era}", "FY"]    one of these literals begins here; {name} stands for a list of a lexicon
//   starts = "@", back = "..."  a literal inside the match; the match begins where the run of characters of
//                               the class `back` before it begins
#ifndef YORAN_RULEPACK_ENTITY_H_
#define YORAN_RULEPACK_ENTITY_H_

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <bitset>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rulepack/example.h"
#include "rulepack/guards.h"
#include "rulepack/word_index.h"
#include "types/mention.h"

namespace yoran {

// What the interpreter of a kind understands: names of captures, in the order of Mention::captures, and
// flags.
struct EntityVocabulary {
  MentionKind kind = MentionKind::number;
  std::vector<std::string_view> captures;  // at most kMaxCaptures
  std::vector<std::string_view> flags;     // at most 32; a pattern sets some with `is = [...]`
};

// One way in which a pattern goes on.
struct EntityForm {
  std::shared_ptr<const RE2> re;              // anchored at the start
  std::string expanded;                       // with {names} filled in, for `yoran rules show`
  std::vector<std::int8_t> capture_of_group;  // group number - 1 -> index in Mention::captures
};

struct EntityPattern {
  std::string id;  // "date/era-day"
  MentionKind kind = MentionKind::number;
  bool starts_with_digit = false;
  bool closed = false;              // no mention of its kind begins inside a match
  std::vector<std::string> starts;  // folded literals
  std::vector<std::string> next;    // folded literals, for digits: one must follow the run; empty: anything
  std::bitset<256> next_bytes;      // the first bytes of `next`
  std::uint32_t digits = 0;         // bit n: a run of n digits may begin it; 0: any length
  std::array<bool, 256> back{};     // bytes walked back over from the trigger
  bool walks_back = false;
  std::vector<EntityForm> forms;        // the longest match counts; empty: the trigger is the match
  std::int8_t capture_of_trigger = -1;  // which capture the trigger is; -1: none, and the forms begin with it
  std::uint32_t flags = 0;
  Guards guards;
  std::string path;
  RulePosition at;

  // Whether a run of that many digits may begin it, with this behind it.
  [[nodiscard]] bool takes_run_of(std::size_t size, std::string_view behind) const {
    if (digits != 0 && (size >= 32 || (digits >> size & 1U) == 0)) return false;
    if (next.empty()) return true;
    return !behind.empty() && next_bytes[static_cast<unsigned char>(behind.front())] &&
           std::any_of(next.begin(), next.end(),
                       [&](const std::string& literal) { return behind.starts_with(literal); });
  }
};

struct EntityRules {
  std::string id;
  MentionKind kind = MentionKind::number;
  std::vector<Example> examples;
  std::string path;
};

// Lists of words by name, for {name} in patterns; words are folded, sorted longest first.
using WordLists = std::map<std::string, std::vector<std::string>, std::less<>>;

// Replaces {name} by the alternation of its words or by a sub-pattern of `defines`; counted repeats {1,3}
// stay.
[[nodiscard]] std::string expand_pattern(TableReader& table, std::string_view key, std::string_view pattern,
                                         const WordLists& lists,
                                         const std::map<std::string, std::string>& defines);

// Compiles with our options (quiet, UTF-8, leftmost-first); none and an error if RE2 refuses or it matches
// "".
[[nodiscard]] std::shared_ptr<const RE2> compile_pattern(TableReader& table, std::string_view key,
                                                         const std::string& pattern);

// Reads one rules/entities/*.toml. `format` has been read.
struct LoadedEntity {
  EntityRules rules;
  std::vector<EntityPattern> patterns;
};
[[nodiscard]] LoadedEntity read_entity(TableReader& root, const WordLists& lists, const FoldTable& folds,
                                       std::span<const EntityVocabulary> vocabularies);

}  // namespace yoran

#endif  // YORAN_RULEPACK_ENTITY_H_
