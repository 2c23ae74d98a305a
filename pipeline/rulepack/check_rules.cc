#include "rulepack/check_rules.h"

#include <algorithm>
#include <iterator>

namespace yoran {
namespace {

// In the order of CheckKind.
constexpr std::string_view kKinds[] = {
    "stage",           "required",      "empty_label",     "as_of_missing", "as_of_old", "as_of_future",
    "country_missing", "date_order",    "range_order",     "total",         "two_units", "conflict",
    "prefecture",      "postal_code",   "postal_district", "phone",         "pattern",   "mixed_digits",
    "not_composed",    "unused_ignore", "unknown_ignore"};
constexpr std::string_view kSeverities[] = {"info", "warning", "error"};

// The place of a key's word in a list of names; reports a word that is none of them.
template <std::size_t size>
std::size_t read_name(TableReader& table, std::string_view key, const std::string_view (&names)[size]) {
  const std::string word = table.required_string(key);
  const auto* const found = std::find(std::begin(names), std::end(names), word);
  if (found != std::end(names)) return static_cast<std::size_t>(found - std::begin(names));
  if (!word.empty()) {
    table.error_at(key, key == "kind" ? "rule.unknown-kind" : "rule.bad-value",
                   "unknown " + std::string(key) + " '" + word + "'",
                   suggestion(word, {std::begin(names), std::end(names)}));
  }
  return 0;
}

void read_patterns(TableReader& head, CheckRule& rule) {
  for (const TableReader::Item& item : head.items("patterns")) {
    auto re = std::make_shared<const RE2>(item.text, RE2::Quiet);
    if (!re->ok()) {
      head.error(item.at, "rule.bad-pattern", re->error() + ": '" + re->error_arg() + "'");
    } else if (RE2::FullMatch("", *re)) {
      head.error(item.at, "rule.matches-empty", "the pattern matches the empty text");
    } else {
      rule.patterns.push_back(std::move(re));
    }
  }
}

void read_replacement(TableReader& head, CheckRule& rule) {
  if (!head.has("replacement")) return;
  rule.replacement = head.string("replacement");
  for (const auto& re : rule.patterns) {
    std::string fault;
    if (!re->CheckRewriteString(*rule.replacement, &fault))
      head.error_at("replacement", "rule.bad-value", fault);
  }
}

// [check.parts]: name = ["male|men", "female|women"].
void read_parts(TableReader& head, const FoldTable& folds, CheckRule& rule) {
  for (const auto& [name, words] : head.lists("parts")) {
    std::vector<std::string>& group = rule.parts.emplace_back();
    for (const TableReader::Item& word : words) group.push_back(folds.fold(word.text));
    if (group.size() < 2) head.error(name.at, "rule.bad-value", "a whole has at least two parts");
  }
}

}  // namespace

std::string_view to_string(CheckKind kind) { return kKinds[static_cast<std::size_t>(kind)]; }

CheckRule read_check(TableReader& root, const FoldTable& folds) {
  CheckRule rule;
  rule.path = root.path();
  auto head = root.table("check");
  if (!head) {
    root.error(root.at(), "rule.missing-key", "missing table [check]");
    return rule;
  }
  rule.id = head->required_string("id");
  rule.kind = static_cast<CheckKind>(read_name(*head, "kind", kKinds));
  rule.severity = static_cast<Severity>(read_name(*head, "severity", kSeverities));
  rule.title = head->required_string("title");
  rule.help = head->required_string("help");
  rule.codes = head->strings("codes");
  rule.fields = head->strings("fields");
  rule.undated = head->strings("undated");
  for (const std::string& word : head->strings("words")) rule.words.push_back(folds.fold(word));
  read_patterns(*head, rule);
  read_replacement(*head, rule);
  rule.links = head->boolean("links");
  read_parts(*head, folds, rule);
  rule.tolerance = head->number("tolerance").value_or(0);
  rule.near = head->number("near").value_or(0);
  rule.years = head->integer("years").value_or(0);
  if (rule.kind == CheckKind::stage && rule.codes.empty())
    head->error(head->at(), "rule.missing-key", "a check of the kind 'stage' has 'codes'");
  if (rule.kind == CheckKind::pattern && rule.patterns.empty())
    head->error(head->at(), "rule.missing-key", "a check of the kind 'pattern' has 'patterns'");
  head->finish();
  rule.examples = read_examples(root);
  root.finish();
  return rule;
}

bool takes_code(std::string_view wanted, std::string_view code) {
  if (!wanted.starts_with('*')) return wanted == code;
  return code.ends_with(wanted.substr(1));
}

}  // namespace yoran
