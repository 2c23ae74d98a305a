#include "read/html_tokenizer.h"

#include <array>
#include <cstring>

#include "read/html_entities.h"
#include "types/ascii.h"
#include "types/utf8.h"

namespace yoran {
namespace {

constexpr char32_t kReplacement = 0xFFFD;
constexpr char32_t kLastCodePoint = 0x10FFFF;

constexpr bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r'; }

bool equals_lower(std::string_view text, std::string_view lower_case) {
  if (text.size() != lower_case.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (ascii_lower(text[i]) != lower_case[i]) return false;
  }
  return true;
}

// --- Character references ---

// Names by a running hash, so that one walk along the input finds the longest of them.
class EntityTable {
 public:
  EntityTable() {
    const auto entities = html_entities();
    for (std::size_t i = 0; i < entities.size(); ++i) {
      std::uint32_t hash = kStart;
      for (const char c : entities[i].name) hash = step(hash, c);
      std::size_t slot = hash % kSlots;
      while (slots_[slot] != 0) slot = (slot + 1) % kSlots;
      slots_[slot] = static_cast<std::uint16_t>(i + 1);
    }
  }

  // The longest entity `text` begins with, or null.
  [[nodiscard]] const HtmlEntity* longest(std::string_view text) const {
    const HtmlEntity* found = nullptr;
    std::uint32_t hash = kStart;
    for (std::size_t i = 0; i < text.size() && i < kMaxEntityName; ++i) {
      const char c = text[i];
      if (!is_ascii_alnum(c) && c != ';') break;
      hash = step(hash, c);
      if (const HtmlEntity* entity = find(hash, text.substr(0, i + 1))) found = entity;
      if (c == ';') break;
    }
    return found;
  }

 private:
  static constexpr std::uint32_t kStart = 2166136261U;
  static constexpr std::size_t kSlots = 8192;
  static std::uint32_t step(std::uint32_t hash, char c) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
    return hash ^ (hash >> 15);
  }

  [[nodiscard]] const HtmlEntity* find(std::uint32_t hash, std::string_view name) const {
    const auto entities = html_entities();
    for (std::size_t slot = hash % kSlots; slots_[slot] != 0; slot = (slot + 1) % kSlots) {
      const HtmlEntity& entity = entities[slots_[slot] - 1U];
      if (entity.name == name) return &entity;
    }
    return nullptr;
  }

  std::array<std::uint16_t, kSlots> slots_{};
};

// Numbers 0x80 to 0x9F mean windows-1252; 0: themselves.
constexpr std::uint16_t kWindows1252[32] = {0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                            0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
                                            0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                            0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

char32_t character_of_number(char32_t number) {
  if (number == 0 || number > kLastCodePoint || (number >= 0xD800 && number <= 0xDFFF)) return kReplacement;
  if (number >= 0x80 && number <= 0x9F && kWindows1252[number - 0x80] != 0)
    return kWindows1252[number - 0x80];
  return number;
}

int hex_value(char c) {
  if (is_ascii_digit(c)) return c - '0';
  if (ascii_lower(c) >= 'a' && ascii_lower(c) <= 'f') return ascii_lower(c) - 'a' + 10;
  return -1;
}

CharacterReference numeric_reference(std::string_view html, std::size_t ampersand) {
  std::size_t at = ampersand + 2;
  const bool hex = at < html.size() && ascii_lower(html[at]) == 'x';
  if (hex) ++at;
  const std::size_t digits = at;
  const char32_t base = hex ? 16 : 10;
  char32_t number = 0;
  for (; at < html.size(); ++at) {
    const int digit = hex_value(html[at]);
    if (digit < 0 || static_cast<char32_t>(digit) >= base) break;
    if (number <= kLastCodePoint) number = number * base + static_cast<char32_t>(digit);
  }
  if (at == digits) return {};
  if (at < html.size() && html[at] == ';') ++at;
  return {static_cast<std::uint32_t>(at - ampersand), character_of_number(number), 0};
}

}  // namespace

CharacterReference read_reference(std::string_view html, std::size_t ampersand, bool in_attribute) {
  static const EntityTable kTable;
  const std::size_t at = ampersand + 1;
  if (at >= html.size()) return {};
  if (html[at] == '#') return numeric_reference(html, ampersand);
  if (!is_ascii_letter(html[at])) return {};
  const HtmlEntity* entity = kTable.longest(html.substr(at));
  if (entity == nullptr) return {};
  const std::size_t end = at + entity->name.size();
  if (in_attribute && entity->name.back() != ';' && end < html.size() &&
      (html[end] == '=' || is_ascii_alnum(html[end])))
    return {};
  return {static_cast<std::uint32_t>(end - ampersand), entity->first, entity->second};
}

bool HtmlToken::attribute(std::string_view attribute_name, std::string& value) const {
  for (const HtmlAttribute& attribute : attributes) {
    if (!equals_lower(attribute.name, attribute_name)) continue;
    value.clear();
    const std::string_view raw = attribute.value;
    for (std::size_t at = 0; at < raw.size();) {
      const CharacterReference found = raw[at] == '&' ? read_reference(raw, at, true) : CharacterReference{};
      if (found.size == 0) {
        value += raw[at++];
        continue;
      }
      append_utf8(value, found.first);
      if (found.second != 0) append_utf8(value, found.second);
      at += found.size;
    }
    return true;
  }
  return false;
}

// --- Emitting ---

const HtmlToken& HtmlTokenizer::emit(HtmlTokenKind kind, std::size_t start, std::size_t end) {
  token_.kind = kind;
  token_.start = static_cast<std::uint32_t>(start);
  token_.end = static_cast<std::uint32_t>(end);
  token_.reference = false;
  token_.unclosed = false;
  at_ = end;
  return token_;
}

const HtmlToken& HtmlTokenizer::emit_text(std::size_t start, std::size_t end) {
  token_.text = html_.substr(start, end - start);
  return emit(HtmlTokenKind::text, start, end);
}

// Markup that is nothing, as an empty text: a call of next() for it could nest as deep as there is such
// markup.
const HtmlToken& HtmlTokenizer::emit_nothing(std::size_t end) {
  token_.text = {};
  return emit(HtmlTokenKind::text, at_, end);
}

const HtmlToken& HtmlTokenizer::emit_reference(const CharacterReference& reference) {
  std::size_t size = encode_utf8(reference.first, characters_);
  if (reference.second != 0) size += encode_utf8(reference.second, characters_ + size);
  token_.text = {characters_, size};
  const std::size_t start = at_;
  emit(HtmlTokenKind::text, start, start + reference.size);
  token_.reference = true;
  pending_ = {};
  return token_;
}

// --- States ---

const HtmlToken& HtmlTokenizer::next() {
  if (pending_.size != 0) return emit_reference(pending_);
  if (at_ >= html_.size()) return emit(HtmlTokenKind::end, html_.size(), html_.size());
  switch (state_) {
    case State::data:
      return html_[at_] == '<' && is_markup(at_) ? markup() : text_with_references();
    case State::rcdata:
      return is_end_of_content(at_) ? markup() : text_with_references();
    case State::rawtext:
      return is_end_of_content(at_) ? markup() : raw_text(end_of_raw_text(at_));
    case State::script_data:
      return is_end_of_content(at_) ? markup() : raw_text(end_of_script(at_));
    case State::plaintext:
      return raw_text(html_.size());
    case State::cdata_section:
      break;
  }
  const std::size_t start = at_;
  const std::size_t close = html_.find("]]>", start);
  state_ = State::data;
  emit_text(start, std::min(close, html_.size()));
  if (close != std::string_view::npos) at_ = close + 3;
  return token_;
}

// Data and RCDATA: text up to markup or a reference.
const HtmlToken& HtmlTokenizer::text_with_references() {
  const char* const html = html_.data();
  const std::size_t size = html_.size();
  for (std::size_t at = at_;; ++at) {
    while (at < size && html[at] != '<' && html[at] != '&') ++at;
    if (at >= size) return emit_text(at_, size);
    if (html[at] == '<') {
      if (state_ == State::data ? is_markup(at) : is_end_of_content(at)) return emit_text(at_, at);
      continue;
    }
    const CharacterReference reference = read_reference(html_, at, false);
    if (reference.size == 0) continue;
    if (at == at_) return emit_reference(reference);
    pending_ = reference;
    return emit_text(at_, at);
  }
}

const HtmlToken& HtmlTokenizer::raw_text(std::size_t end) {
  const bool unclosed = end == html_.size() && state_ != State::plaintext;
  emit_text(at_, end);
  token_.unclosed = unclosed;
  return token_;
}

// Tag open: what follows the "<" makes it more than text.
bool HtmlTokenizer::is_markup(std::size_t at) const {
  const char c = peek(at + 1);
  if (c == '/') return at + 2 < html_.size();
  return is_ascii_letter(c) || c == '!' || c == '?';
}

const HtmlToken& HtmlTokenizer::markup() {
  const char c = html_[at_ + 1];
  if (is_ascii_letter(c)) return tag(HtmlTokenKind::start_tag, at_ + 1);
  if (c == '!') return markup_declaration();
  if (c == '?') return bogus_comment(at_ + 1);
  if (is_ascii_letter(html_[at_ + 2])) return tag(HtmlTokenKind::end_tag, at_ + 2);
  if (html_[at_ + 2] != '>') return bogus_comment(at_ + 2);
  return emit_nothing(at_ + 3);
}

const HtmlToken& HtmlTokenizer::markup_declaration() {
  const std::string_view rest = html_.substr(at_ + 2);
  if (rest.substr(0, 2) == "--") return comment();
  if (equals_lower(rest.substr(0, 7), "doctype")) {
    const std::size_t close = html_.find('>', at_);
    emit(HtmlTokenKind::doctype, at_, close == std::string_view::npos ? html_.size() : close + 1);
    token_.unclosed = close == std::string_view::npos;
    return token_;
  }
  if (!foreign_ || rest.substr(0, 7) != "[CDATA[") return bogus_comment(at_ + 2);
  state_ = State::cdata_section;
  return emit_nothing(at_ + 9);
}

const HtmlToken& HtmlTokenizer::bogus_comment(std::size_t inner) {
  const std::size_t close = html_.find('>', inner);
  const std::size_t end = std::min(close, html_.size());
  token_.text = html_.substr(inner, end - inner);
  emit(HtmlTokenKind::comment, at_, close == std::string_view::npos ? end : end + 1);
  token_.unclosed = close == std::string_view::npos;
  return token_;
}

const HtmlToken& HtmlTokenizer::comment() {
  const std::size_t inner = at_ + 4;
  const auto closed = [&](std::size_t inner_end, std::size_t end) -> const HtmlToken& {
    token_.text = html_.substr(inner, inner_end - inner);
    return emit(HtmlTokenKind::comment, at_, end);
  };
  if (peek(inner) == '>') return closed(inner, inner + 1);
  if (html_.substr(inner, 2) == "->") return closed(inner, inner + 2);
  for (std::size_t at = html_.find('>', inner); at != std::string_view::npos; at = html_.find('>', at + 1)) {
    const std::string_view before = html_.substr(inner, at - inner);
    if (before.ends_with("--")) return closed(at - 2, at + 1);
    if (before.ends_with("--!")) return closed(at - 3, at + 1);
  }
  const std::string_view rest = html_.substr(inner);
  const std::size_t dashes = rest.ends_with("--!")  ? 3
                             : rest.ends_with("--") ? 2
                             : rest.ends_with("-")  ? 1
                                                    : 0;
  closed(html_.size() - dashes, html_.size());
  token_.unclosed = true;
  return token_;
}

// --- Tags ---

const HtmlToken& HtmlTokenizer::tag(HtmlTokenKind kind, std::size_t name_start) {
  const std::size_t start = at_;
  token_.attributes.clear();
  token_.self_closing = false;
  const std::size_t close = attributes(tag_name(name_start));
  if (close >= html_.size()) {
    emit(HtmlTokenKind::end, start, html_.size());
    token_.unclosed = true;
    return token_;
  }
  state_ = State::data;
  if (kind == HtmlTokenKind::start_tag && !foreign_) enter_content(token_.name);
  return emit(kind, start, close + 1);
}

std::size_t HtmlTokenizer::tag_name(std::size_t at) {
  const std::size_t start = at;
  bool plain = true;
  for (; at < html_.size(); ++at) {
    const char c = html_[at];
    if (c == '>' || c == '/' || is_blank(c)) break;
    plain &= c != '\0' && ascii_lower(c) == c;
  }
  token_.name = html_.substr(start, at - start);
  if (!plain) token_.name = plain_name(token_.name);
  return at;
}

// In lower case; a NUL is no letter of a name.
std::string_view HtmlTokenizer::plain_name(std::string_view name) {
  name_.clear();
  for (const char c : name) {
    if (c == '\0') {
      append_utf8(name_, kReplacement);
    } else {
      name_ += ascii_lower(c);
    }
  }
  return name_;
}

// From behind the name to the ">" of the tag, or the end of the input.
std::size_t HtmlTokenizer::attributes(std::size_t at) {
  const std::size_t size = html_.size();
  while (at < size) {
    const char c = html_[at];
    if (c == '>') return at;
    if (c == '/' && peek(at + 1) == '>') {
      token_.self_closing = true;
      return at + 1;
    }
    if (c == '/' || is_blank(c)) {
      ++at;
      continue;
    }
    const std::size_t name = at++;
    while (at < size && !is_blank(html_[at]) && html_[at] != '/' && html_[at] != '>' && html_[at] != '=')
      ++at;
    HtmlAttribute attribute{html_.substr(name, at - name), {}};
    while (at < size && is_blank(html_[at])) ++at;
    if (at < size && html_[at] == '=') at = attribute_value(at + 1, attribute.value);
    if (token_.attributes.size() < kMaxAttributes) token_.attributes.push_back(attribute);
  }
  return size;
}

std::size_t HtmlTokenizer::attribute_value(std::size_t at, std::string_view& value) const {
  const std::size_t size = html_.size();
  while (at < size && is_blank(html_[at])) ++at;
  if (at >= size || html_[at] == '>') return at;
  if (html_[at] == '"' || html_[at] == '\'') {
    const std::size_t close = html_.find(html_[at], at + 1);
    if (close == std::string_view::npos) return size;
    value = html_.substr(at + 1, close - at - 1);
    return close + 1;
  }
  const std::size_t start = at;
  while (at < size && !is_blank(html_[at]) && html_[at] != '>') ++at;
  value = html_.substr(start, at - start);
  return at;
}

// --- Elements whose content is not markup ---

void HtmlTokenizer::enter_content(std::string_view name) {
  struct Content {
    std::string_view name;
    State state;
  };
  constexpr Content kContents[] = {
      {"title", State::rcdata},     {"textarea", State::rcdata},    {"style", State::rawtext},
      {"xmp", State::rawtext},      {"iframe", State::rawtext},     {"noembed", State::rawtext},
      {"noframes", State::rawtext}, {"script", State::script_data}, {"plaintext", State::plaintext}};
  // Nearly all tags are none of these.
  if (name.size() < 3 || std::string_view("tsxinp").find(name[0]) == std::string_view::npos) return;
  for (const Content& content : kContents) {
    if (name != content.name) continue;
    state_ = content.state;
    last_tag_ = name;
    return;
  }
}

// "<script" or "</script" with a blank, "/" or ">" behind it; `at` is where the name should stand.
bool HtmlTokenizer::is_tag_named(std::size_t at, std::string_view name) const {
  const char behind = peek(at + name.size());
  return (behind == '>' || behind == '/' || is_blank(behind)) && !name.empty() &&
         equals_lower(html_.substr(at, name.size()), name);
}

bool HtmlTokenizer::is_end_of_content(std::size_t at) const {
  return html_[at] == '<' && peek(at + 1) == '/' && is_tag_named(at + 2, last_tag_);
}

std::size_t HtmlTokenizer::end_of_raw_text(std::size_t at) const {
  for (at = html_.find('<', at); at != std::string_view::npos; at = html_.find('<', at + 1)) {
    if (is_end_of_content(at)) return at;
  }
  return html_.size();
}

// Script data with its escaped ("<!--") and double escaped ("<!-- <script>") states.
std::size_t HtmlTokenizer::end_of_script(std::size_t at) const {
  enum { plain, escaped, double_escaped } state = plain;
  for (at = html_.find_first_of("<-", at); at != std::string_view::npos; at = html_.find_first_of("<-", at)) {
    if (html_[at] == '-') {
      const std::size_t end = std::min(html_.find_first_not_of('-', at), html_.size());
      if (state != plain && end - at >= 2 && peek(end) == '>') state = plain;
      at = end;
      continue;
    }
    if (is_end_of_content(at)) {
      if (state != double_escaped) return at;
      state = escaped;
    } else if (state == plain && html_.substr(at, 4) == "<!--") {
      state = escaped;
      at += 2;  // its dashes may also be those of "-->"
      continue;
    } else if (state == escaped && is_tag_named(at + 1, last_tag_)) {
      state = double_escaped;
    }
    ++at;
  }
  return html_.size();
}

}  // namespace yoran
