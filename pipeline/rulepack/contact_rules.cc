#include "rulepack/contact_rules.h"

#include <algorithm>
#include <array>

#include "rulepack/fold_table.h"
#include "rulepack/guards.h"

namespace yoran {
namespace {

constexpr std::array<std::string_view, kContactWords> kWordNames = {
    "voice", "fax",      "mobile",    "toll_free", "shared",    "extension", "detail",
    "link",  "own_line", "area_code", "through",   "not_phone", "url",       "email"};

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), ascii_lower);
  return result;
}

bool holds(const std::vector<std::string>& sorted, std::string_view word) {
  return std::binary_search(sorted.begin(), sorted.end(), lower(word));
}

void sort_unique(std::vector<std::string>& words) {
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::vector<std::string> folded(const std::vector<TableReader::Item>& items, const FoldTable& folds) {
  std::vector<std::string> result(items.size());
  std::transform(items.begin(), items.end(), result.begin(),
                 [&](const TableReader::Item& item) { return folds.fold(item.text); });
  return result;
}

}  // namespace

std::string_view to_string(ContactWord word) { return kWordNames[static_cast<std::size_t>(word)]; }

void ContactRules::read(TableReader& root, const FoldTable& folds, WordLists& lists) {
  lists_ = &lists;
  read_words(root, folds);
  for (const auto& [digit, forms] : root.lists("digits")) {
    if (digit.text.size() != 1 || !is_ascii_digit(digit.text[0])) {
      root.error(digit.at, "rule.bad-value", "'" + digit.text + "' is not one ASCII digit");
      continue;
    }
    for (const std::string& form : folded(forms, folds)) {
      digits_.emplace_back(code_point_at(form, 0), digit.text[0]);
      lists["other_digits"].push_back(form);
      if (digit.text[0] == '0') lists["other_zeros"].push_back(form);
    }
  }
  std::sort(digits_.begin(), digits_.end());
  for (const TableReader::Item& scheme : root.items("schemes")) schemes_.push_back(lower(scheme.text));
  sort_unique(schemes_);
  for (const TableReader::Item& tld : root.items("doubtful_tlds")) doubtful_tlds_.push_back(lower(tld.text));
  sort_unique(doubtful_tlds_);
  for (const auto& [name, items] : root.lists("lists")) {
    std::vector<std::string>& list = lists[name.text];
    for (std::string& word : folded(items, folds)) list.push_back(std::move(word));
  }
}

void ContactRules::read_words(TableReader& root, const FoldTable& folds) {
  const std::vector<std::string> known(kWordNames.begin(), kWordNames.end());
  for (const auto& [name, items] : root.lists("words")) {
    const auto found = std::find(kWordNames.begin(), kWordNames.end(), name.text);
    if (found == kWordNames.end()) {
      root.error(name.at, "rule.unknown-key", "unknown kind of word '" + name.text + "'",
                 suggestion(name.text, known));
      continue;
    }
    for (const std::string& word : folded(items, folds)) {
      if (!word.empty()) first_.add(word);
      words_.add({word, static_cast<std::uint16_t>(found - kWordNames.begin()), 0, false});
    }
  }
  words_.build();
}

void ContactRules::read_tlds(const std::string& path, std::string_view text, RuleErrors& errors) {
  std::uint32_t line_number = 0;
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    const std::string_view line = text.substr(start, end - start);
    start = end + 1;
    ++line_number;
    if (line.empty() || line.front() == '#') continue;
    const std::size_t tab = line.find('\t');
    if (tab == 0 || tab == std::string_view::npos || line.find('.') != std::string_view::npos) {
      errors.push_back(
          {path, {line_number, 1}, "rule.bad-table", "expected a top-level domain and a tab", ""});
      continue;
    }
    for (const std::string_view form : {line.substr(0, tab), line.substr(tab + 1)}) {
      if (!form.empty()) tlds_.push_back(lower(form));
    }
  }
  sort_unique(tlds_);
  if (lists_ == nullptr) return;
  std::vector<std::string>& list = (*lists_)["dot_tlds"];
  for (const std::string& tld : tlds_) list.push_back("." + tld);
  lists_ = nullptr;
}

std::optional<char> ContactRules::digit(char32_t code_point) const {
  if (code_point >= '0' && code_point <= '9') return static_cast<char>(code_point);
  const auto found = std::lower_bound(digits_.begin(), digits_.end(), std::pair(code_point, '\0'));
  if (found == digits_.end() || found->first != code_point) return std::nullopt;
  return found->second;
}

bool ContactRules::is_scheme(std::string_view scheme) const { return holds(schemes_, scheme); }
bool ContactRules::is_tld(std::string_view label) const { return holds(tlds_, label); }
bool ContactRules::is_doubtful_tld(std::string_view label) const { return holds(doubtful_tlds_, label); }

std::size_t ContactRules::wide_tld_at(std::string_view text) const {
  constexpr std::size_t kLongest = 48;
  std::size_t best = 0;
  for (std::size_t size = 1; size <= std::min(text.size(), kLongest); ++size) {
    if (size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U) continue;
    if (!is_ascii(text.substr(0, size)) && is_tld(text.substr(0, size))) best = size;
  }
  return best;
}

EntityVocabulary phone_vocabulary() { return {MentionKind::phone, {}, {}}; }
EntityVocabulary url_vocabulary() { return {MentionKind::url, {}, {"bare", "local"}}; }
EntityVocabulary email_vocabulary() {
  return {MentionKind::email, {"local", "domain"}, {"hidden", "spoken"}};
}

}  // namespace yoran
