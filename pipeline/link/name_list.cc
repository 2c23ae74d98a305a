#include "link/name_list.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "link/bodies.h"
#include "link/gap.h"
#include "link/name_text.h"
#include "link/sentence.h"

namespace yoran {
namespace {

constexpr std::uint32_t kLongestName = 90;  // bytes
constexpr std::ptrdiff_t kMostWords = 6;    // of a name in Latin letters
constexpr std::ptrdiff_t kMostPieces = 2;   // of a name in other letters, where blanks divide sentences
constexpr std::uint32_t kShortWord = 3;     // letters of an abbreviation that a full stop ends
constexpr std::size_t kMostNames = 200;
constexpr char32_t kMiddleDot = 0x30FB;

bool is_letter(char32_t c) { return u_isalpha(static_cast<UChar32>(c)) != 0; }

// The part of a span before its first label.
TextSpan before_label(const LinkContext& context, TextSpan span) {
  for (const WordMention& word : context.words_in(span)) {
    if (static_cast<WordCategory>(word.category) == WordCategory::label) return {span.start, word.span.start};
  }
  return span;
}

class NameList {
 public:
  NameList(const LinkContext& context, const FieldRules& field, TextSpan span)
      : context_(context), field_(field), text_(context.folded()), at_(span.start), end_(span.end) {}

  std::vector<TextSpan> read() {
    // Where semicolons divide, a comma stands before the country.
    commas_divide_ = slice(text_, TextSpan{at_, end_}).find(';') == std::string_view::npos;
    std::vector<TextSpan> names;
    bool countries = false;
    while (names.size() < kMostNames && pass_between(names.empty())) {
      const auto name = next_name();
      if (!name) return {};
      const bool country = is_country(*name);
      if (names.empty()) countries = country;
      if (country && !countries) continue;
      if (!may_be_value(*name)) return {};
      names.push_back(*name);
    }
    return names;
  }

 private:
  // Moves over what stands between two names; false at the end, and where nothing divides them.
  bool pass_between(bool first) {
    bool divided = first;
    while (true) {
      const std::uint32_t before = at_;
      at_ = skip_gap(text_, at_, end_);
      divided = divided || slice(text_, TextSpan{before, at_}).find('\n') != std::string_view::npos;
      if (at_ >= end_) return false;
      if (const char32_t c = code_point_at(text_, at_); is_quote(c)) {
        divided = divided || is_open_bracket(c);  // behind the name in quotes the sentence may go on
        at_ += size_at(text_, at_);
      } else if (const std::uint32_t behind = behind_bracket(text_, at_, end_)) {
        divided = true;
        at_ = behind;
      } else if (const Reading* reading = context_.reading_at(at_);
                 !first && reading != nullptr && reading->span.start == at_) {
        at_ = reading->span.end;
      } else if (const std::uint32_t mark = first ? 0 : linking_word(context_, at_, LinkRules::item_mark)) {
        if (text_[at_] == ',' && !commas_divide_) return pass_to_semicolon();
        divided = true;
        at_ += mark;
      } else {
        return divided;
      }
    }
  }

  bool pass_to_semicolon() {
    at_ = static_cast<std::uint32_t>(std::min<std::size_t>(text_.find(';', at_), end_));
    return at_ < end_ && pass_between(false);
  }

  // The run of letters, blanks and marks of names that begins here.
  std::optional<TextSpan> next_name() {
    if (const auto article = name_word(context_, at_, NameRules::determiner))
      at_ = skip_gap(text_, at_ + article->size, end_);
    const std::uint32_t start = at_;
    if (start >= end_ || !is_letter(code_point_at(text_, start))) return std::nullopt;
    while (at_ < end_ && at_ - start <= kLongestName) {
      const char32_t c = code_point_at(text_, at_);
      if (c == ':' || (c >= 0x80 && is_terminator(c))) return std::nullopt;
      if (ends_name(c, start)) break;
      at_ += size_at(text_, at_);
    }
    return trimmed(text_, {start, at_});
  }

  [[nodiscard]] bool ends_name(char32_t c, std::uint32_t start) const {
    if (c == '\n' || c == '\t' || c == '|' || is_open_bracket(c) || is_quote(c) || ends_sentence(c, start))
      return true;
    if (c == kMiddleDot && is_katakana(code_point_before(text_, at_)) &&
        is_katakana(code_point_at(text_, at_ + size_at(text_, at_))))
      return false;
    if (linking_word(context_, at_, LinkRules::item_mark) != 0) return true;
    const Reading* reading = context_.reading_at(at_);
    return reading != nullptr && reading->span.start == at_;
  }

  // A full stop behind a whole word, not behind the "St." of a name.
  [[nodiscard]] bool ends_sentence(char32_t c, std::uint32_t start) const {
    if (c != '.' || (at_ + 1 < end_ && text_[at_ + 1] != ' ')) return false;
    std::uint32_t word = at_;
    while (word > start && is_ascii_letter(text_[word - 1])) --word;
    return at_ - word > kShortWord;
  }

  [[nodiscard]] bool is_country(TextSpan name) const {
    const auto meanings = context_.rules.addresses.find(context_.at(name));
    return std::any_of(meanings.begin(), meanings.end(), [&](std::uint32_t index) {
      const PlaceKind kind = context_.rules.addresses.place(index).kind;
      return kind == PlaceKind::country || kind == PlaceKind::region || kind == PlaceKind::prefecture;
    });
  }

  [[nodiscard]] bool may_be_value(TextSpan name) const {
    const std::string_view written = context_.at(name);
    const bool no_value =
        std::any_of(field_.not_values.begin(), field_.not_values.end(), [&](const std::string& word) {
          return word.size() == written.size() &&
                 std::equal(word.begin(), word.end(), written.begin(),
                            [](char a, char b) { return ascii_lower(a) == ascii_lower(b); });
        });
    if (u_islower(static_cast<UChar32>(code_point_at(text_, name.start))) != 0 &&
        std::count(written.begin(), written.end(), ' ') >= kMostPieces)
      return false;  // "click to see"
    return !written.empty() && name.size() <= kLongestName && !no_value &&
           std::count(written.begin(), written.end(), ' ') <
               (is_ascii_letter(written.front()) ? kMostWords : kMostPieces) &&
           !has_latin_copula(name) && field_.value_guards.allow(text_, name) &&
           (!field_.places || may_be_place(name));
  }

  [[nodiscard]] bool has_latin_copula(TextSpan name) const {
    for (std::uint32_t i = name.start; i < name.end; ++i) {
      if (text_[i] == ' ' && is_ascii_letter(text_[i + 1]) && name_word(context_, i + 1, NameRules::copula))
        return true;
    }
    return false;
  }

  // A name of the gazetteer, one whose form says that it governs, katakana, or capitalised words.
  [[nodiscard]] bool may_be_place(TextSpan name) const {
    if (!context_.rules.addresses.find(context_.at(name)).empty()) return true;
    if (const auto body = body_name(context_, name); body && is_territory(std::get<Name>(body->value).kind))
      return true;
    if (is_upper(code_point_at(text_, name.start))) return true;
    for (std::uint32_t i = name.start; i < name.end; i += size_at(text_, i)) {
      if (!is_katakana(code_point_at(text_, i))) return false;
    }
    return true;
  }

  const LinkContext& context_;
  const FieldRules& field_;
  std::string_view text_;
  std::uint32_t at_;
  std::uint32_t end_;
  bool commas_divide_ = true;
};

}  // namespace

std::vector<TextSpan> name_list(const LinkContext& context, const FieldRules& field, TextSpan span) {
  return NameList(context, field, before_label(context, span)).read();
}

}  // namespace yoran
