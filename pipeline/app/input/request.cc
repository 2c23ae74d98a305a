#include "app/input/request.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "app/extract_options.h"
#include "app/input/base64.h"
#include "emit/display.h"
#include "rulepack/table_reader.h"
#include "types/ascii.h"
#include "types/utf8.h"

namespace yoran {
namespace {

constexpr std::size_t kMaxId = 1U << 20U;  // a longer one is not echoed

Diagnostic fault(std::string code, std::string message) {
  return {Severity::error, std::move(code), std::move(message), std::nullopt, "", ""};
}

enum class Kind : std::uint8_t { null, truth, number, string, array, object };

struct Member {
  std::string key;
  Kind kind = Kind::null;
  std::string_view raw;
  std::string text;  // of strings, decoded
};

// Scans JSON without building it. Faults of form end the scan; faults of content are noted and the scan goes
// on, so that an id further right is still found.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  // The whole text as one value; the members of the outermost object are kept.
  void run() {
    blanks();
    const bool is_object = peek() == '{';
    if (is_object ? object(0, &members_) : value(0)) {
      blanks();
      if (position_ != text_.size())
        note("json.malformed", "more text behind the value at byte " + std::to_string(position_));
      else if (!is_object)
        is_other_ = true;
    }
  }

  [[nodiscard]] const std::vector<Member>& members() const { return members_; }
  [[nodiscard]] const std::optional<Diagnostic>& fault_found() const { return fault_; }
  [[nodiscard]] bool is_other() const { return is_other_; }  // JSON, but not an object

 private:
  [[nodiscard]] char peek() const { return position_ < text_.size() ? text_[position_] : '\0'; }

  void note(std::string code, std::string message) {
    if (!fault_) fault_ = fault(std::move(code), std::move(message));
  }

  bool fail(std::string_view what) {
    note("json.malformed", std::string(what) + " at byte " + std::to_string(position_));
    return false;
  }

  void blanks() {
    while (position_ < text_.size() &&
           std::string_view(" \t\r\n").find(text_[position_]) != std::string_view::npos)
      ++position_;
  }

  bool accept(char c) {
    if (peek() != c || position_ >= text_.size()) return false;
    ++position_;
    return true;
  }

  Kind kind_here() const {
    switch (peek()) {
      case '{':
        return Kind::object;
      case '[':
        return Kind::array;
      case '"':
        return Kind::string;
      case 't':
      case 'f':
        return Kind::truth;
      case 'n':
        return Kind::null;
      default:
        return Kind::number;
    }
  }

  bool value(std::uint32_t depth, std::string* decoded = nullptr) {
    switch (kind_here()) {
      case Kind::object:
        return object(depth, nullptr);
      case Kind::array:
        return array(depth);
      case Kind::string:
        return string(decoded);
      case Kind::truth:
        return word(peek() == 't' ? "true" : "false");
      case Kind::null:
        return word("null");
      case Kind::number:
        return number();
    }
    return false;
  }

  bool word(std::string_view word) {
    if (text_.substr(position_, word.size()) != word) return fail("unknown word");
    position_ += word.size();
    return true;
  }

  bool digits() {
    const std::size_t start = position_;
    while (is_ascii_digit(peek())) ++position_;
    return position_ > start;
  }

  bool number() {
    accept('-');
    if (accept('0')) {
      if (is_ascii_digit(peek())) return fail("a number with a leading zero");
    } else if (!digits()) {
      return fail(position_ < text_.size() ? "unexpected character" : "unexpected end");
    }
    if (accept('.') && !digits()) return fail("a number without digits behind the point");
    if (peek() == 'e' || peek() == 'E') {
      ++position_;
      if (!accept('+')) accept('-');
      if (!digits()) return fail("a number without an exponent");
    }
    return true;
  }

  bool array(std::uint32_t depth) {
    if (depth >= kMaxJsonDepth) return too_deep();
    accept('[');
    blanks();
    if (accept(']')) return true;
    for (;;) {
      blanks();
      if (!value(depth + 1)) return false;
      blanks();
      if (accept(']')) return true;
      if (!accept(',')) return fail("expected , or ]");
    }
  }

  bool too_deep() {
    note("json.too-deep", "objects and arrays nest deeper than " + std::to_string(kMaxJsonDepth));
    return false;
  }

  bool object(std::uint32_t depth, std::vector<Member>* members) {
    if (depth >= kMaxJsonDepth) return too_deep();
    accept('{');
    std::vector<std::string> keys;
    blanks();
    if (accept('}')) return true;
    for (;;) {
      Member member;
      blanks();
      if (peek() != '"') return fail("expected a key");
      if (!string(&member.key)) return false;
      keys.push_back(member.key);
      blanks();
      if (!accept(':')) return fail("expected :");
      blanks();
      if (!member_value(depth, member)) return false;
      if (members != nullptr) members->push_back(std::move(member));
      blanks();
      if (accept('}')) return check_keys(keys);
      if (!accept(',')) return fail("expected , or }");
    }
  }

  bool member_value(std::uint32_t depth, Member& member) {
    const std::size_t start = position_;
    member.kind = kind_here();
    if (!value(depth + 1, &member.text)) return false;
    member.raw = text_.substr(start, position_ - start);
    return true;
  }

  bool check_keys(std::vector<std::string>& keys) {
    std::sort(keys.begin(), keys.end());
    const auto twice = std::adjacent_find(keys.begin(), keys.end());
    if (twice != keys.end())
      note("json.duplicate-key", "the key '" + *twice + "' stands twice in one object");
    return true;
  }

  bool string(std::string* decoded) {
    accept('"');
    for (;;) {
      std::size_t end = position_;
      while (end < text_.size() && text_[end] != '"' && text_[end] != '\\' &&
             static_cast<unsigned char>(text_[end]) >= 0x20)
        ++end;
      if (decoded != nullptr) decoded->append(text_, position_, end - position_);
      position_ = end;
      if (accept('"')) return true;
      if (position_ >= text_.size()) return fail("a string without an end");
      if (!accept('\\')) return fail("a control character in a string");
      if (!escape(decoded)) return false;
    }
  }

  bool escape(std::string* decoded) {
    constexpr std::string_view kLetters = "\"\\/bfnrt";
    constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
    const std::size_t letter = kLetters.find(peek());
    if (position_ < text_.size() && letter != std::string_view::npos) {
      ++position_;
      if (decoded != nullptr) *decoded += kMeanings[letter];
      return true;
    }
    std::uint32_t unit = 0;
    if (!accept('u') || !hexadecimal(unit)) return fail("unknown escape");
    if (unit >= 0xD800 && unit < 0xDC00) return high_surrogate(unit, decoded);
    if (unit >= 0xDC00 && unit < 0xE000) return lone_surrogate(decoded);
    if (decoded != nullptr) append_utf8(*decoded, static_cast<char32_t>(unit));
    return true;
  }

  bool high_surrogate(std::uint32_t high, std::string* decoded) {
    const std::size_t after = position_;
    std::uint32_t low = 0;
    if (accept('\\') && accept('u') && hexadecimal(low) && low >= 0xDC00 && low < 0xE000) {
      const std::uint32_t code_point = 0x10000 + ((high - 0xD800) << 10U) + (low - 0xDC00);
      if (decoded != nullptr) append_utf8(*decoded, static_cast<char32_t>(code_point));
      return true;
    }
    position_ = after;
    return lone_surrogate(decoded);
  }

  bool lone_surrogate(std::string* decoded) {
    note("json.lone-surrogate", "half of a surrogate pair before byte " + std::to_string(position_));
    if (decoded != nullptr) append_utf8(*decoded, 0xFFFD);
    return true;
  }

  bool hexadecimal(std::uint32_t& number) {
    number = 0;
    for (int i = 0; i < 4; ++i) {
      const char c = peek();
      const char lower = static_cast<char>(c | 0x20);
      if (is_ascii_digit(c))
        number = number * 16 + static_cast<std::uint32_t>(c - '0');
      else if (lower >= 'a' && lower <= 'f')
        number = number * 16 + static_cast<std::uint32_t>(lower - 'a' + 10);
      else
        return false;
      ++position_;
    }
    return true;
  }

  std::string_view text_;
  std::size_t position_ = 0;
  std::vector<Member> members_;
  std::optional<Diagnostic> fault_;
  bool is_other_ = false;
};

class RequestReader {
 public:
  RequestReader(std::string_view line, const ExtractOptions& defaults) : line_(line) {
    request_.options = defaults;
  }

  Request read() {
    Scanner scanner(line_);
    scanner.run();
    keep_id(scanner);
    request_.fault = scanner.fault_found();
    if (!is_valid_utf8(line_)) request_.fault = fault("json.invalid-utf8", "the line is not UTF-8");
    if (scanner.is_other()) refuse("filter.not-an-object", "the line is not a JSON object");
    if (!request_.fault) read_members(scanner.members());
    return std::move(request_);
  }

 private:
  void refuse(std::string code, std::string message) {
    if (!request_.fault) request_.fault = fault(std::move(code), std::move(message));
  }

  // The id is given back only if it is fit to be: valid UTF-8, whole characters, once.
  void keep_id(const Scanner& scanner) {
    const Member* id = nullptr;
    for (const Member& member : scanner.members()) {
      if (member.key != "id") continue;
      if (id != nullptr) return;
      id = &member;
    }
    if (id == nullptr || id->raw.size() > kMaxId || json_fault(id->raw)) return;
    request_.id = std::string(id->raw);
  }

  void read_members(const std::vector<Member>& members) {
    static const std::vector<std::string> kKnown = {"id",      "text", "bytes_base64",   "media_type",
                                                    "charset", "name", "reference_date", "region"};
    bool has_text = false;
    bool has_bytes = false;
    for (const Member& member : members) {
      if (member.key == "id") continue;
      if (std::find(kKnown.begin(), kKnown.end(), member.key) == kKnown.end()) {
        note_unknown(member.key, kKnown);
        continue;
      }
      if (member.kind == Kind::null && member.key != "text" && member.key != "bytes_base64")
        continue;  // not stated
      if (member.kind != Kind::string)
        return refuse("filter.wrong-type", "'" + member.key + "' must be a string");
      has_text = has_text || member.key == "text";
      has_bytes = has_bytes || member.key == "bytes_base64";
      read_member(member);
    }
    if (has_text == has_bytes) refuse("filter.no-text", "a line has either 'text' or 'bytes_base64'");
    if (has_text) request_.options.charset = "UTF-8";
  }

  // A key of the caller's own is his affair; one that looks like ours is probably meant for us.
  void note_unknown(const std::string& key, const std::vector<std::string>& known) {
    const std::string hint = key.size() < 3 ? std::string() : suggestion(key, known);
    if (hint.empty()) return;
    request_.notes.push_back(
        {Severity::warning, "filter.unknown-key", "unknown key '" + key + "'", std::nullopt, "", hint});
  }

  void read_member(const Member& member) {
    ExtractOptions& options = request_.options;
    if (member.key == "text") {
      request_.text = member.text;
    } else if (member.key == "bytes_base64") {
      auto bytes = decode_base64(member.text);
      if (!bytes) return refuse("filter.bad-base64", "'bytes_base64' is not base64");
      request_.text = std::move(*bytes);
    } else if (member.key == "media_type") {
      options.media_type = media_type_of(member.text);
      if (!options.media_type) refuse("filter.bad-value", "unknown media type '" + member.text + "'");
    } else if (member.key == "charset") {
      options.charset = member.text;
    } else if (member.key == "name") {
      options.name = member.text;
    } else if (member.key == "reference_date") {
      options.reference_date = parse_iso_day(member.text);
      if (!options.reference_date)
        refuse("filter.bad-value", "'reference_date' must be a day such as 2020-01-31");
    } else if (member.key == "region") {
      options.region = member.text;
      if (!is_region(member.text))
        refuse("filter.bad-value", "'region' must be two capital letters, such as JP");
    }
  }

  std::string_view line_;
  Request request_;
};

}  // namespace

Request read_request(std::string_view line, const ExtractOptions& defaults) {
  return RequestReader(line, defaults).read();
}

std::optional<Diagnostic> json_fault(std::string_view text) {
  if (!is_valid_utf8(text)) return fault("json.invalid-utf8", "the text is not UTF-8");
  Scanner scanner(text);
  scanner.run();
  return scanner.fault_found();
}

}  // namespace yoran
