// The tokenizer of the HTML standard, over a string in memory: tokens are spans of the input.
//
// State names are those of https://html.spec.whatwg.org/multipage/parsing.html#tokenization. What differs:
// line ends are not normalised, NUL stays, of a DOCTYPE only the extent is known, of a tag at most
// kMaxAttributes attributes are kept (doubles included: the first one of a name counts). Time is linear in
// the input, memory constant.
#ifndef YORAN_READ_HTML_TOKENIZER_H_
#define YORAN_READ_HTML_TOKENIZER_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace yoran {

// A character reference at a place of the input.
struct CharacterReference {
  std::uint32_t size = 0;  // bytes of the input; 0: the ampersand is only an ampersand
  char32_t first = 0;
  char32_t second = 0;  // 0: one code point
};
[[nodiscard]] CharacterReference read_reference(std::string_view html, std::size_t ampersand,
                                                bool in_attribute);

enum class HtmlTokenKind : std::uint8_t { text, start_tag, end_tag, comment, doctype, end };

struct HtmlAttribute {
  std::string_view name;   // as written, any case
  std::string_view value;  // as written, references not decoded
};

struct HtmlToken {
  HtmlTokenKind kind = HtmlTokenKind::end;
  std::uint32_t start = 0;  // bytes of the input
  std::uint32_t end = 0;
  std::string_view text;      // text: the characters; comment: the inner bytes
  bool reference = false;     // text: one character reference, else the text is the input
  std::string_view name;      // tags: in lower case
  bool self_closing = false;  // tags: "/>"
  bool unclosed = false;      // the input ended inside; such a tag is not one (kind end)
  std::vector<HtmlAttribute> attributes;

  // Value of an attribute with references decoded; `name` in lower case. False: no such attribute.
  bool attribute(std::string_view attribute_name, std::string& value) const;
};

class HtmlTokenizer {
 public:
  static constexpr std::size_t kMaxAttributes = 256;

  enum class State : std::uint8_t { data, rcdata, rawtext, script_data, plaintext, cdata_section };

  explicit HtmlTokenizer(std::string_view html, std::size_t start = 0) : html_(html), at_(start) {}

  // The next token, `end` at last; its views hold until the next call. Text comes in pieces,
  // some of them empty.
  const HtmlToken& next();

  // Foreign content (svg, math): no element has raw text, and CDATA sections are text.
  void set_foreign(bool foreign) { foreign_ = foreign; }
  // For tests: starts in a state, as if the start tag `last_tag` stood before.
  void set_state(State state, std::string_view last_tag) { state_ = state, last_tag_ = last_tag; }

 private:
  const HtmlToken& emit(HtmlTokenKind kind, std::size_t start, std::size_t end);
  const HtmlToken& emit_text(std::size_t start, std::size_t end);
  const HtmlToken& emit_nothing(std::size_t end);
  const HtmlToken& emit_reference(const CharacterReference& reference);
  const HtmlToken& text_with_references();
  const HtmlToken& raw_text(std::size_t end);
  const HtmlToken& markup();
  const HtmlToken& markup_declaration();
  const HtmlToken& comment();
  const HtmlToken& bogus_comment(std::size_t inner);
  const HtmlToken& tag(HtmlTokenKind kind, std::size_t name_start);
  std::size_t tag_name(std::size_t at);
  std::string_view plain_name(std::string_view name);
  std::size_t attributes(std::size_t at);
  std::size_t attribute_value(std::size_t at, std::string_view& value) const;
  void enter_content(std::string_view name);
  [[nodiscard]] bool is_markup(std::size_t at) const;
  [[nodiscard]] bool is_tag_named(std::size_t at, std::string_view name) const;
  [[nodiscard]] bool is_end_of_content(std::size_t at) const;
  [[nodiscard]] std::size_t end_of_raw_text(std::size_t at) const;
  [[nodiscard]] std::size_t end_of_script(std::size_t at) const;
  [[nodiscard]] char peek(std::size_t at) const { return at < html_.size() ? html_[at] : '\0'; }

  std::string_view html_;
  std::size_t at_;
  State state_ = State::data;
  bool foreign_ = false;
  std::string last_tag_;
  std::string name_;
  char characters_[8] = {};
  CharacterReference pending_;  // found behind the text emitted last
  HtmlToken token_;
};

}  // namespace yoran

#endif  // YORAN_READ_HTML_TOKENIZER_H_
