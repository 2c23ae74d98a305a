#include "rulepack/entity.h"

#include <algorithm>

#include "rulepack/fold_table.h"

namespace yoran {
namespace {

bool is_name(std::string_view text) {
  return !text.empty() && (is_ascii_letter(text.front()) || text.front() == '_') &&
         std::all_of(text.begin(), text.end(), [](char c) { return is_ascii_alnum(c) || c == '_'; });
}

std::string alternation(const std::vector<std::string>& words) {
  std::string result = "(?:";
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) result += '|';
    result += RE2::QuoteMeta(words[i]);
  }
  return result + ")";
}

std::vector<std::string> names_of(const WordLists& lists, const std::map<std::string, std::string>& defines) {
  std::vector<std::string> names;
  for (const auto& [name, words] : lists) names.push_back(name);
  for (const auto& [name, pattern] : defines) names.push_back(name);
  return names;
}

// A counted repeat whose bound is more than a few multiplies the automaton's states; see rules/README.md.
bool has_wide_repeat(std::string_view pattern) {
  constexpr int kLargestRepeat = 20;
  for (std::size_t i = pattern.find('{'); i != std::string_view::npos; i = pattern.find('{', i + 1)) {
    int value = 0;
    for (std::size_t k = i + 1; k < pattern.size() && pattern[k] != '}'; ++k) {
      if (is_ascii_digit(pattern[k])) value = std::min(value * 10 + (pattern[k] - '0'), 10000);
      if (pattern[k] == ',') value = 0;
      if (value > kLargestRepeat) return true;
    }
  }
  return false;
}

std::vector<std::string> literals(TableReader& table, std::string_view key, const WordLists& lists,
                                  const FoldTable& folds) {
  std::vector<std::string> result;
  for (const TableReader::Item& item : table.items(key)) {
    if (item.text.size() > 2 && item.text.front() == '{' && item.text.back() == '}') {
      const auto list = lists.find(item.text.substr(1, item.text.size() - 2));
      if (list == lists.end()) {
        table.error(item.at, "rule.unknown-name", "unknown name '" + item.text + "'",
                    suggestion(item.text.substr(1, item.text.size() - 2), names_of(lists, {})));
      } else {
        result.insert(result.end(), list->second.begin(), list->second.end());
      }
    } else {
      result.push_back(folds.fold(item.text));
    }
  }
  return result;
}

void read_captures(TableReader& table, const EntityVocabulary& vocabulary, EntityForm& form) {
  const auto& names = form.re->CapturingGroupNames();
  form.capture_of_group.assign(static_cast<std::size_t>(form.re->NumberOfCapturingGroups()), -1);
  std::vector<std::string> seen;
  for (const auto& [group, name] : names) {
    const auto known = std::find(vocabulary.captures.begin(), vocabulary.captures.end(), name);
    if (known == vocabulary.captures.end()) {
      const std::vector<std::string> all(vocabulary.captures.begin(), vocabulary.captures.end());
      table.error_at("re", "rule.unknown-capture", "unknown capture '" + name + "'", suggestion(name, all));
      continue;
    }
    if (std::find(seen.begin(), seen.end(), name) != seen.end()) {
      table.error_at("re", "rule.duplicate-capture", "capture '" + name + "' stands twice");
    }
    seen.push_back(name);
    form.capture_of_group[static_cast<std::size_t>(group - 1)] =
        static_cast<std::int8_t>(known - vocabulary.captures.begin());
  }
}

void read_trigger_capture(TableReader& table, const EntityVocabulary& vocabulary, EntityPattern& pattern) {
  const std::string name = table.string("capture");
  if (name.empty()) return;
  const auto known = std::find(vocabulary.captures.begin(), vocabulary.captures.end(), name);
  if (known == vocabulary.captures.end()) {
    const std::vector<std::string> all(vocabulary.captures.begin(), vocabulary.captures.end());
    table.error_at("capture", "rule.unknown-capture", "unknown capture '" + name + "'",
                   suggestion(name, all));
  } else if (pattern.walks_back) {
    table.error_at("capture", "rule.bad-value", "'capture' names the trigger that a match begins with");
  } else {
    pattern.capture_of_trigger = static_cast<std::int8_t>(known - vocabulary.captures.begin());
  }
}

void read_trigger(TableReader& table, const WordLists& lists, const FoldTable& folds,
                  EntityPattern& pattern) {
  pattern.starts = literals(table, "starts", lists, folds);
  // Words that are written in two ways may fold to one.
  std::sort(pattern.starts.begin(), pattern.starts.end());
  pattern.starts.erase(std::unique(pattern.starts.begin(), pattern.starts.end()), pattern.starts.end());
  std::erase(pattern.starts, std::string());
  const auto digit = std::find(pattern.starts.begin(), pattern.starts.end(), "digit");
  if (digit != pattern.starts.end()) {
    pattern.starts_with_digit = true;
    pattern.starts.erase(digit);
  }
  if (pattern.starts.empty() && !pattern.starts_with_digit) {
    table.error_at("starts", "rule.no-trigger",
                   "a pattern needs 'starts': \"digit\" or literals it begins with");
  }
  pattern.next = literals(table, "next", lists, folds);
  std::erase(pattern.next, std::string());
  for (const std::string& literal : pattern.next)
    pattern.next_bytes.set(static_cast<unsigned char>(literal.front()));
  for (const std::int64_t length : table.integers("digits")) {
    if (length >= 1 && length <= 31) {
      pattern.digits |= 1U << length;
    } else {
      table.error_at("digits", "rule.bad-value", "'digits' are lengths of a run, 1 to 31");
    }
  }
  const std::string back = table.string("back");
  if (back.empty()) return;
  pattern.walks_back = true;
  const RE2 one_byte("[" + back + "]", RE2::Latin1);
  if (!one_byte.ok()) {
    table.error_at("back", "rule.bad-pattern",
                   "'back' is not the inside of a character class: " + one_byte.error());
    return;
  }
  for (int c = 0; c < 128; ++c) {
    const char byte = static_cast<char>(c);
    pattern.back[static_cast<std::size_t>(c)] = RE2::FullMatch(re2::StringPiece(&byte, 1), one_byte);
  }
}

}  // namespace

std::string expand_pattern(TableReader& table, std::string_view key, std::string_view pattern,
                           const WordLists& lists, const std::map<std::string, std::string>& defines) {
  std::string result;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '\\' && i + 1 < pattern.size()) {
      result += pattern.substr(i++, 2);
      continue;
    }
    const std::size_t close = pattern[i] == '{' ? pattern.find('}', i) : std::string_view::npos;
    const std::string_view name = close == std::string_view::npos ? "" : pattern.substr(i + 1, close - i - 1);
    const bool property = i > 0 && i >= 2 && (result.ends_with("\\p") || result.ends_with("\\P"));
    if (!is_name(name) || property) {
      result += pattern[i];
      continue;
    }
    if (const auto define = defines.find(std::string(name)); define != defines.end()) {
      result += "(?:" + define->second + ")";
    } else if (const auto list = lists.find(name); list != lists.end()) {
      result += alternation(list->second);
    } else {
      table.error_at(key, "rule.unknown-name", "unknown name '{" + std::string(name) + "}'",
                     suggestion(name, names_of(lists, defines)));
    }
    i = close;
  }
  return result;
}

std::shared_ptr<const RE2> compile_pattern(TableReader& table, std::string_view key,
                                           const std::string& pattern) {
  if (pattern.find("\\C") != std::string::npos) {
    table.error_at(key, "rule.bad-pattern", "\\C splits characters and is refused");
    return nullptr;
  }
  if (has_wide_repeat(pattern)) {
    table.error_at(key, "rule.wide-repeat", "a counted repeat above 20 is refused",
                   "use + and a length check");
    return nullptr;
  }
  RE2::Options options(RE2::Quiet);
  auto re = std::make_shared<const RE2>(pattern, options);
  if (!re->ok()) {
    table.error_at(key, "rule.bad-pattern", re->error() + ": '" + re->error_arg() + "'");
    return nullptr;
  }
  if (RE2::FullMatch("", *re)) {
    table.error_at(key, "rule.matches-empty", "the pattern matches the empty string");
    return nullptr;
  }
  return re;
}

LoadedEntity read_entity(TableReader& root, const WordLists& lists, const FoldTable& folds,
                         std::span<const EntityVocabulary> vocabularies) {
  LoadedEntity loaded;
  loaded.rules.path = root.path();
  const EntityVocabulary* vocabulary = nullptr;
  if (auto head = root.table("entity")) {
    loaded.rules.id = head->required_string("id");
    const std::string type = head->required_string("type");
    std::vector<std::string> types;
    for (const EntityVocabulary& known : vocabularies) {
      types.emplace_back(to_string(known.kind));
      if (to_string(known.kind) == type) vocabulary = &known;
    }
    if (vocabulary == nullptr && !type.empty()) {
      head->error_at("type", "rule.unknown-type", "unknown type '" + type + "'", suggestion(type, types));
    }
    (void)head->string("description");
    head->finish();
  } else {
    root.error(root.at(), "rule.missing-key", "missing table [entity]");
  }
  std::map<std::string, std::string> defines;
  for (const auto& [name, values] : root.lists("define")) {
    if (values.size() == 1)
      defines[name.text] = expand_pattern(root, "define", values.front().text, lists, defines);
  }
  for (TableReader& table : root.tables("pattern")) {
    EntityPattern pattern;
    pattern.path = table.path();
    pattern.at = table.at();
    pattern.id = loaded.rules.id + "/" + table.required_string("id");
    pattern.closed = table.boolean("closed");
    read_trigger(table, lists, folds, pattern);
    pattern.guards = read_guards(table, folds);
    const std::vector<std::string> sources = table.strings("re");
    for (const std::string& re : sources) {
      EntityForm form;
      form.expanded = expand_pattern(table, "re", folds.fold(re), lists, defines);
      form.re = compile_pattern(table, "re", form.expanded);
      if (form.re != nullptr) pattern.forms.push_back(std::move(form));
    }
    if (sources.empty() && pattern.walks_back) {
      table.error_at("re", "rule.missing-key", "a pattern with 'back' needs 're'");
    }
    for (const TableReader::Item& flag : table.items("is")) {
      if (vocabulary == nullptr) continue;
      const auto known = std::find(vocabulary->flags.begin(), vocabulary->flags.end(), flag.text);
      if (known == vocabulary->flags.end()) {
        const std::vector<std::string> all(vocabulary->flags.begin(), vocabulary->flags.end());
        table.error(flag.at, "rule.unknown-flag", "unknown flag '" + flag.text + "'",
                    suggestion(flag.text, all));
      } else {
        pattern.flags |= 1U << (known - vocabulary->flags.begin());
      }
    }
    if (vocabulary != nullptr) read_trigger_capture(table, *vocabulary, pattern);
    table.finish();
    if (pattern.forms.size() != sources.size() || vocabulary == nullptr) continue;
    pattern.kind = vocabulary->kind;
    for (EntityForm& form : pattern.forms) read_captures(table, *vocabulary, form);
    loaded.patterns.push_back(std::move(pattern));
  }
  if (vocabulary != nullptr) loaded.rules.kind = vocabulary->kind;
  loaded.rules.examples = read_examples(root);
  root.finish();
  return loaded;
}

}  // namespace yoran
