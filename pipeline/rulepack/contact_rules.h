// Words around telephone numbers, sites and mailboxes, and the list of top-level domains.
#ifndef YORAN_RULEPACK_CONTACT_RULES_H_
#define YORAN_RULEPACK_CONTACT_RULES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rulepack/entity.h"
#include "rulepack/first_characters.h"
#include "rulepack/rule_error.h"
#include "rulepack/table_reader.h"
#include "rulepack/word_index.h"

namespace yoran {

struct FoldTable;

// What a word beside a number says; the words are in a lexicon of type "contacts", under these names.
enum class ContactWord : std::uint16_t {
  voice,
  fax,
  mobile,
  toll_free,
  shared,     // one line serves telephone and fax
  extension,  // behind the number, before further digits
  detail,     // says more about the number and may stand on either side of it: direct, main line, night
  link,       // stands between label and number: "number", "is", "at"
  own_line,   // a detail that stands for a label where none is: "direct"
  area_code,  // before the digits that all local numbers of the document lack
  through,    // between the first and the last of a row of numbers
  not_phone,  // the digits that follow are something else
  url,
  email,
};
inline constexpr std::size_t kContactWords = 14;
[[nodiscard]] std::string_view to_string(ContactWord word);

class ContactRules {
 public:
  // Reads a lexicon of type "contacts"; `format` and `lexicon` have been read. Leaves lists for {name} in
  // patterns.
  void read(TableReader& root, const FoldTable& folds, WordLists& lists);
  // Reads the table of top-level domains and adds the list `dot_tlds` to the lists that read() was given.
  void read_tlds(const std::string& path, std::string_view text, RuleErrors& errors);

  // All words, category: ContactWord.
  [[nodiscard]] const WordIndex& words() const { return words_; }
  // False for nearly every place where none of them begins.
  [[nodiscard]] bool may_begin_word(std::string_view text, std::size_t position) const {
    return first_.has(text, position) && words_.may_start(text, position);
  }
  // The value of a character that stands for one decimal digit, ASCII ones included.
  [[nodiscard]] std::optional<char> digit(char32_t code_point) const;
  // Case matters to neither; a domain may be written in Unicode or in punycode.
  [[nodiscard]] bool is_scheme(std::string_view scheme) const;
  [[nodiscard]] bool is_tld(std::string_view label) const;
  // A top-level domain that is also a file ending or a common word: "main.py", "so it ended.It began".
  [[nodiscard]] bool is_doubtful_tld(std::string_view label) const;
  // The longest top-level domain, other than an ASCII one, that begins `text`; its size in bytes or 0.
  [[nodiscard]] std::size_t wide_tld_at(std::string_view text) const;

 private:
  void read_words(TableReader& root, const FoldTable& folds);

  WordIndex words_;
  FirstCharacters first_;       // of words
  WordLists* lists_ = nullptr;  // only while loading
  std::vector<std::pair<char32_t, char>> digits_;
  std::vector<std::string> schemes_;
  std::vector<std::string> tlds_;           // lower case, sorted
  std::vector<std::string> doubtful_tlds_;  // lower case, sorted
};

[[nodiscard]] EntityVocabulary phone_vocabulary();
[[nodiscard]] EntityVocabulary url_vocabulary();
[[nodiscard]] EntityVocabulary email_vocabulary();

// Flags of the patterns, in the order of the vocabularies.
// Url. Bare: no scheme, the match begins with the dot before the last label; local: a host of the machine, a
// port.
inline constexpr std::uint32_t kUrlBare = 1U << 0U;
inline constexpr std::uint32_t kUrlLocal = 1U << 1U;
// Email. Hidden: the @ is written otherwise; spoken: it is written as a common word.
inline constexpr std::uint32_t kEmailHidden = 1U << 0U;
inline constexpr std::uint32_t kEmailSpoken = 1U << 1U;
enum class EmailCapture : std::uint8_t { local, domain };

}  // namespace yoran

#endif  // YORAN_RULEPACK_CONTACT_RULES_H_
