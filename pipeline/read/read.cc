#include "read/read.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "read/charset.h"
#include "read/html_reader.h"
#include "read/plain_reader.h"
#include "types/ascii.h"

namespace yoran {
namespace {

// Positions are 32 bits, and a byte may become three in UTF-8 and a line end.
constexpr std::uint64_t kMaxAddressable = 1U << 30U;

// --- Media type ---

bool equals_lower(std::string_view text, std::string_view lower_case) {
  return text.size() == lower_case.size() && std::equal(text.begin(), text.end(), lower_case.begin(),
                                                        [](char a, char b) { return ascii_lower(a) == b; });
}

bool starts_lower(std::string_view text, std::string_view lower_case) {
  return equals_lower(text.substr(0, lower_case.size()), lower_case);
}

std::optional<MediaType> media_type_of_name(std::string_view name) {
  const auto ends = [name](std::string_view ending) {
    return name.size() >= ending.size() && equals_lower(name.substr(name.size() - ending.size()), ending);
  };
  if (ends(".html") || ends(".htm") || ends(".xhtml")) return MediaType::html;
  if (ends(".md") || ends(".markdown")) return MediaType::markdown;
  return std::nullopt;
}

constexpr std::string_view kFirstTags[] = {
    "html",  "head",   "body", "title",  "meta",   "link", "base",    "script",  "style", "table",
    "tbody", "tr",     "td",   "th",     "div",    "p",    "h1",      "h2",      "h3",    "h4",
    "h5",    "h6",     "ul",   "ol",     "li",     "dl",   "dt",      "dd",      "span",  "a",
    "b",     "i",      "em",   "strong", "font",   "br",   "hr",      "center",  "img",   "pre",
    "form",  "iframe", "main", "header", "footer", "nav",  "section", "article", "aside", "blockquote"};

// Does the input begin with markup, after blanks, comments and processing instructions?
bool looks_like_html(std::string_view text) {
  constexpr std::size_t kLook = 4096;
  text = text.substr(0, kLook);
  for (;;) {
    const std::size_t first = text.find_first_not_of(" \t\n\f\r");
    if (first == std::string_view::npos || text[first] != '<') return false;
    text = text.substr(first + 1);
    const bool is_comment = text.starts_with("!--");
    if (!is_comment && !text.starts_with("?")) break;
    const std::string_view close = is_comment ? "-->" : ">";
    const std::size_t end = text.find(close);
    if (end == std::string_view::npos) return is_comment;
    text = text.substr(end + close.size());
  }
  if (starts_lower(text, "!doctype")) return true;
  return std::any_of(std::begin(kFirstTags), std::end(kFirstTags), [&](std::string_view tag) {
    return text.size() > tag.size() && starts_lower(text, tag) &&
           std::string_view(" \t\n\f\r/>").find(text[tag.size()]) != std::string_view::npos;
  });
}

// --- Binary input ---

// Formats that may begin with much readable text.
constexpr std::string_view kMagic[] = {"%PDF-", "PK\x03\x04", "GIF87a", "GIF89a", "Rar!\x1A"};

// Control characters no text has; blanks, line ends and the escape of terminals and ISO-2022-JP are not among
// them.
constexpr bool is_control(unsigned char byte) {
  return byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\v' && byte != '\f' && byte != '\r' &&
         byte != 0x1B;
}

// Behind bytes from 0x20 on, which no control character is; eight at a time.
std::size_t behind_graphic(std::string_view bytes, std::size_t at) {
  constexpr std::uint64_t kEachByte = 0x0101'0101'0101'0101U;
  std::uint64_t word = 0;
  for (; at + sizeof word <= bytes.size(); at += sizeof word) {
    std::memcpy(&word, bytes.data() + at, sizeof word);
    if (((word - kEachByte * 0x20U) & ~word & kEachByte * 0x80U) != 0) break;
  }
  while (at < bytes.size() && static_cast<unsigned char>(bytes[at]) >= 0x20) ++at;
  return at;
}

bool is_binary(std::string_view bytes) {
  constexpr std::size_t kLook = 8192;
  constexpr std::size_t kFewControls = 33;  // one in so many bytes
  constexpr std::size_t kFewZeros = 100;
  const std::string_view sample = bytes.substr(0, kLook);
  const auto starts = [&](std::string_view magic) { return sample.starts_with(magic); };
  if (std::any_of(std::begin(kMagic), std::end(kMagic), starts)) return true;
  std::size_t controls = 0;
  std::size_t zeros = 0;
  for (std::size_t i = behind_graphic(sample, 0); i < sample.size(); i = behind_graphic(sample, i + 1)) {
    controls += is_control(static_cast<unsigned char>(sample[i])) ? 1 : 0;
    zeros += sample[i] == '\0' ? 1 : 0;
  }
  return zeros * kFewZeros > sample.size() || controls * kFewControls > sample.size();
}

// --- The reader of one input ---

class Reader {
 public:
  Reader(std::string_view bytes, const ReadOptions& options) : bytes_(bytes), options_(options) {}

  ReadResult read() {
    if (!is_acceptable()) return std::move(result_);
    Document& document = result_.document.emplace();
    document.source = bytes_;
    document.media_type = media_type_;
    document.charset = charset_.name;
    if (bytes_.size() == bom_bytes_) say(Severity::info, "read.empty", "the input is empty");
    if (is_utf8_as_it_is()) {
      read_utf8(document);
    } else {
      read_decoded(document);
    }
    return std::move(result_);
  }

 private:
  void say(Severity severity, const char* code, std::string message, std::optional<SourceSpan> at = {},
           std::string hint = "") {
    result_.diagnostics.push_back({severity, code, std::move(message), at, "", std::move(hint)});
  }

  bool is_acceptable() {
    const std::uint64_t limit = std::min(options_.max_bytes, kMaxAddressable);
    if (bytes_.size() > limit) {
      say(Severity::error, "read.too-large",
          "the input has " + std::to_string(bytes_.size()) + " bytes, more than " + std::to_string(limit), {},
          limit < kMaxAddressable ? "raise --max-bytes" : "");
      return false;
    }
    return choose_charset();
  }

  // --- Charset ---

  bool choose_charset() {
    const ByteOrderMark mark = byte_order_mark(bytes_);
    std::optional<Charset> given;
    if (!options_.charset.empty()) {
      given = find_charset(options_.charset);
      if (!given) {
        say(Severity::error, "read.unknown-charset", "the charset \"" + options_.charset + "\" is not known",
            {}, "names are those of IANA and of HTML, such as UTF-8 or Shift_JIS");
        return false;
      }
    }
    bom_bytes_ = mark.size;
    if (mark.size > 0) {
      charset_ = charset_of(mark.encoding);
    } else if (given) {
      charset_ = *given;
    } else if (const auto utf16 = detect_utf16(bytes_)) {
      charset_ = charset_of(*utf16);
    }
    const bool is_wide = charset_.encoding == Encoding::utf16le || charset_.encoding == Encoding::utf16be ||
                         (given && charset_.encoding == Encoding::other);
    if (!is_wide && is_binary(bytes_)) {
      say(Severity::error, "read.binary", "the input is not text");
      return false;
    }
    choose_media_type(is_wide);
    if (charset_.name.empty()) choose_charset_by_content();
    return true;
  }

  static Charset charset_of(Encoding encoding) {
    constexpr const char* kNames[] = {"UTF-8", "UTF-16LE", "UTF-16BE"};
    return {kNames[static_cast<std::size_t>(encoding)], encoding, ""};
  }

  void choose_charset_by_content() {
    const std::string label = media_type_ == MediaType::html ? declared_charset(bytes_) : "";
    std::optional<Charset> declared;
    if (!label.empty()) {
      declared = find_charset(label);
      // A declaration that could be read at all is not written in two bytes a character.
      const bool is_wide =
          declared && (declared->encoding == Encoding::utf16le || declared->encoding == Encoding::utf16be);
      if (is_wide) declared = charset_of(Encoding::utf8);
      if (declared && !has_ascii(*declared)) declared.reset();
      if (!declared)
        say(Severity::warning, "read.unknown-charset",
            "the page declares the charset \"" + label + "\", which is not known");
    }
    charset_ = declared ? checked(*declared) : detect_charset(bytes_);
  }

  static bool has_ascii(const Charset& charset) {
    constexpr std::string_view kMarkup = "<A>=";
    return decode(kMarkup, 0, charset).text == kMarkup;
  }

  // What a page declares is often not what it is written in.
  Charset checked(const Charset& declared) {
    Charset found = found_instead_of(declared);
    if (found.name != declared.name)
      say(Severity::warning, "read.charset-mismatch",
          "the page declares " + declared.name + " but is written in " + found.name);
    return found;
  }

  Charset found_instead_of(const Charset& declared) {
    // ASCII is all charsets, but with escape sequences it is ISO-2022-JP.
    const bool may_escape = bytes_.find('\x1B') != std::string_view::npos;
    if (is_ascii(bytes_))
      return may_escape && declared.encoding != Encoding::other ? with_escapes(declared) : declared;
    if (declared.encoding == Encoding::utf8) return is_utf8(bytes_) ? declared : detect_charset(bytes_);
    if (is_surely_utf8(bytes_)) return charset_of(Encoding::utf8);
    decoded_ = decode(bytes_, 0, declared);
    is_decoded_ = true;
    constexpr std::uint32_t kFew = 50;  // one in so many
    if (decoded_.invalid == 0 || std::uint64_t{decoded_.invalid} * kFew <= decoded_.characters)
      return declared;
    Charset detected = detect_charset(bytes_);
    if (detected == declared) return declared;
    Decoded other = decode(bytes_, 0, detected);
    if (other.invalid > 0) return declared;
    decoded_ = std::move(other);
    return detected;
  }

  Charset with_escapes(const Charset& declared) const {
    const Charset detected = detect_charset(bytes_);
    return detected.encoding == Encoding::iso_2022_jp ? detected : declared;
  }

  // --- Media type ---

  void choose_media_type(bool is_wide) {
    if (options_.media_type) {
      media_type_ = *options_.media_type;
    } else if (const auto by_name = media_type_of_name(options_.name)) {
      media_type_ = *by_name;
    } else {
      is_sniffed_ = true;
      if (!is_wide && looks_like_html(bytes_.substr(bom_bytes_))) media_type_ = MediaType::html;
    }
  }

  // --- Text ---

  // Valid UTF-8 is not decoded, nor is ASCII of a charset that holds it.
  bool is_utf8_as_it_is() const {
    switch (charset_.encoding) {
      case Encoding::utf8:
        return is_utf8(bytes_);
      case Encoding::shift_jis:
      case Encoding::euc_jp:
        return is_ascii(bytes_);
      case Encoding::single_byte:
        return is_ascii(bytes_) && has_ascii(charset_);
      case Encoding::iso_2022_jp:
        return is_ascii(bytes_) && bytes_.find('\x1B') == std::string_view::npos;
      default:
        return false;
    }
  }

  void read_utf8(Document& document) {
    document.lines = LineIndex(bytes_, bom_bytes_);
    if (media_type_ == MediaType::html) {
      note(read_html(bytes_, bom_bytes_, document), document);
      return;
    }
    document.text = bytes_.substr(bom_bytes_);
    document.source_map.append_copy(static_cast<std::uint32_t>(document.text.size()), bom_bytes_);
    read_lines(document);
  }

  void read_decoded(Document& document) {
    if (!is_decoded_) decoded_ = decode(bytes_, bom_bytes_, charset_);
    if (decoded_.invalid > 0) {
      document.lossy = true;
      say(Severity::warning, "read.invalid-bytes",
          std::to_string(decoded_.invalid) + (decoded_.invalid == 1 ? " place is" : " places are") +
              " not valid " + charset_.name,
          decoded_.first_invalid);
    }
    if (is_sniffed_ && media_type_ == MediaType::plain && looks_like_html(decoded_.text))
      document.media_type = media_type_ = MediaType::html;
    if (media_type_ == MediaType::html) {
      HtmlNotes notes = read_html(decoded_.text, 0, document);
      document.source_map = OffsetMap::compose(document.source_map, decoded_.map);
      for (auto* const span : {&notes.unclosed, &notes.flattened}) {
        if (*span) *span = decoded_.map.origin<SourceSpan>(DecodedSpan{(*span)->start, (*span)->end});
      }
      note(notes, document);
      document.lines = LineIndex(std::move(decoded_.text), std::move(decoded_.map));
      return;
    }
    document.lines = LineIndex(decoded_.text, decoded_.map);
    document.text = std::move(decoded_.text);
    document.source_map = std::move(decoded_.map);
    read_lines(document);
  }

  void read_lines(Document& document) const {
    document.blocks =
        media_type_ == MediaType::markdown ? markdown_blocks(document.text) : plain_blocks(document.text);
  }

  void note(const HtmlNotes& notes, Document& document) {
    if (notes.unclosed) {
      document.lossy = true;
      say(Severity::warning, "read.unclosed-markup",
          "the input ends in markup that begins here and is never closed", notes.unclosed);
    }
    if (notes.flattened)
      say(Severity::info, "read.nesting-flattened",
          "elements nested deeper than " + std::to_string(kMaxDepth) + " are read as if they were not",
          notes.flattened);
  }

  std::string_view bytes_;
  const ReadOptions& options_;
  ReadResult result_;
  Charset charset_{"", Encoding::utf8, ""};
  MediaType media_type_ = MediaType::plain;
  bool is_sniffed_ = false;  // the media type is a guess
  std::uint32_t bom_bytes_ = 0;
  bool is_decoded_ = false;
  Decoded decoded_;
};

}  // namespace

ReadResult read(std::string_view bytes, const ReadOptions& options) { return Reader(bytes, options).read(); }

}  // namespace yoran
