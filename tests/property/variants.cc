#include "variants.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>

#include <optional>
#include <stdexcept>
#include <utility>

#include "decoded_source.h"

namespace yoran {
namespace {

// A text under construction, each character with the one it stands for.
class Builder {
 public:
  void add(std::u32string_view text, std::size_t origin) {
    text_ += text;
    origins_.insert(origins_.end(), text.size(), origin);
  }
  void add(char32_t code_point, std::size_t origin) { add(std::u32string_view(&code_point, 1), origin); }
  [[nodiscard]] Variant in_utf8(std::string name) && {
    return {std::move(name), "UTF-8", true, to_utf8(text_), std::move(origins_)};
  }

 private:
  std::u32string text_;
  std::vector<std::size_t> origins_;
};

bool is_blank(char32_t code_point) { return u_isUWhiteSpace(static_cast<UChar32>(code_point)) != 0; }

// True for the characters of markup (tags, comments, scripts, entities) and of URLs and mailboxes, whose
// digits are not digits of the text.
std::vector<bool> untouchable(std::u32string_view text, MediaType type) {
  std::vector<bool> mask(text.size(), false);
  const auto cover = [&](std::u32string_view begin, std::u32string_view end) {
    for (std::size_t at = text.find(begin); at != std::u32string_view::npos; at = text.find(begin, at + 1)) {
      const std::size_t close = std::min(text.find(end, at + begin.size()), text.size() - end.size());
      for (std::size_t i = at; i < close + end.size(); ++i) mask[i] = true;
    }
  };
  if (type == MediaType::html) {
    cover(U"<!--", U"-->");
    cover(U"<script", U"</script>");
    cover(U"<style", U"</style>");
    cover(U"<", U">");
    cover(U"&", U";");
  }
  for (std::size_t start = 0; start < text.size();) {
    std::size_t end = start;
    bool link = false;
    for (; end < text.size() && !is_blank(text[end]) && text[end] != U'<'; ++end) {
      link = link || text[end] == U'@' || text.substr(end).starts_with(U"://") ||
             text.substr(end).starts_with(U"www.");
    }
    for (std::size_t i = start; link && i < end; ++i) mask[i] = true;
    start = end + 1;
  }
  return mask;
}

// Where the visible text begins and ends.
std::pair<std::size_t, std::size_t> body(std::u32string_view text, MediaType type) {
  if (type == MediaType::markdown && text.starts_with(U"---\n")) {
    const std::size_t end = text.find(U"\n---\n", 4);
    if (end != std::u32string_view::npos) return {end + 5, text.size()};
  }
  if (type != MediaType::html) return {0, text.size()};
  const std::size_t open = text.find(U"<body");
  const std::size_t close = text.find(U"</body>");
  const std::size_t start = open == std::u32string_view::npos ? 0 : text.find(U'>', open) + 1;
  return {start, close == std::u32string_view::npos ? text.size() : close};
}

}  // namespace

std::vector<Variant> charset_variants(std::u32string_view text) {
  std::vector<std::size_t> origins(text.size());
  for (std::size_t i = 0; i < origins.size(); ++i) origins[i] = i;
  std::vector<Variant> variants;
  for (const std::string charset : {"UTF-8", "Shift_JIS", "EUC-JP", "ISO-2022-JP"}) {
    std::optional<std::string> bytes = encode(text, charset);
    if (bytes) variants.push_back({charset, charset, true, std::move(*bytes), origins});
  }
  for (const std::string charset : {"UTF-16LE", "UTF-8"}) {
    std::optional<std::string> bytes = encode(U"\xFEFF" + std::u32string(text), charset);
    const std::string bom = charset == "UTF-8" ? "\xEF\xBB\xBF" : "\xFF\xFE";
    if (!bytes) bytes = bom + encode(text, charset).value();
    variants.push_back({charset + " with BOM", charset, false, std::move(*bytes), origins});
  }
  return variants;
}

Variant decomposed(std::u32string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfd = icu::Normalizer2::getNFDInstance(status);
  if (U_FAILURE(status)) throw std::runtime_error("no NFD");
  Builder builder;
  for (std::size_t i = 0; i < text.size(); ++i) {
    icu::UnicodeString pieces;
    const bool splits = nfd->getDecomposition(static_cast<UChar32>(text[i]), pieces) != 0;
    std::string utf8;
    pieces.toUTF8String(utf8);
    builder.add(splits ? to_utf32(utf8) : std::u32string(1, text[i]), i);
  }
  return std::move(builder).in_utf8("NFD");
}

Variant with_wide_digits(std::u32string_view text, MediaType type) {
  const std::vector<bool> kept = untouchable(text, type);
  Builder builder;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool digit = text[i] >= U'0' && text[i] <= U'9' && !kept[i];
    builder.add(digit ? text[i] - U'0' + 0xFF10 : text[i], i);
  }
  return std::move(builder).in_utf8("wide digits");
}

Variant with_crlf(std::u32string_view text) {
  Builder builder;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == U'\n' && (i == 0 || text[i - 1] != U'\r')) builder.add(U'\r', kInserted);
    builder.add(text[i], i);
  }
  return std::move(builder).in_utf8("CRLF");
}

Variant with_filler(std::u32string_view text, MediaType type) {
  const bool html = type == MediaType::html;
  const std::u32string before = html ? U"<p>このページを印刷する</p>\n" : U"このページを印刷する\n\n";
  const std::u32string after =
      html ? U"\n<p>Thank you for your visit.</p>\n" : U"\n\nThank you for your visit.\n";
  const auto [start, end] = body(text, type);
  Builder builder;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i == start) builder.add(before, kInserted);
    if (i == end) builder.add(after, kInserted);
    if (i < text.size()) builder.add(text[i], i);
  }
  return std::move(builder).in_utf8("filler");
}

}  // namespace yoran
