#include "decoded_source.h"

#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/ucnv_err.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <map>
#include <memory>
#include <stdexcept>

namespace yoran {
namespace {

constexpr char kEscape = '\x1B';

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, CloseConverter>;

Converter open_converter(const std::string& charset) {
  UErrorCode status = U_ZERO_ERROR;
  Converter converter(ucnv_open(charset.c_str(), &status));
  if (U_FAILURE(status)) throw std::runtime_error("ICU does not know the charset " + charset);
  return converter;
}

std::u32string to_utf32(const icu::UnicodeString& text) {
  std::u32string out;
  for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    out += static_cast<char32_t>(text.char32At(i));
  }
  return out;
}

icu::UnicodeString to_utf16(std::u32string_view text) {
  icu::UnicodeString out;
  for (const char32_t code_point : text) out.append(static_cast<UChar32>(code_point));
  return out;
}

bool starts_with(std::u32string_view text, std::size_t at, std::u32string_view prefix) {
  if (text.size() - at < prefix.size()) return false;
  return std::equal(
      prefix.begin(), prefix.end(), text.begin() + static_cast<std::ptrdiff_t>(at),
      [](char32_t a, char32_t b) { return a == (b < 0x80 && b >= U'A' && b <= U'Z' ? b + 32 : b); });
}

// Behind the next `end` after `at`, or the end of the text.
std::size_t behind(std::u32string_view text, std::size_t at, std::u32string_view end) {
  for (; at < text.size(); ++at) {
    if (starts_with(text, at, end)) return at + end.size();
  }
  return text.size();
}

// A tag or comment that begins at `at`: how it shows, and where it ends.
std::size_t skip_markup(std::u32string_view html, std::size_t at, std::u32string& out) {
  if (starts_with(html, at, U"<!--")) return behind(html, at, U"-->");
  for (const std::u32string hidden : {U"script", U"style", U"template", U"select", U"svg", U"rt", U"rp"}) {
    if (starts_with(html, at, U"<" + hidden + U">") || starts_with(html, at, U"<" + hidden + U" ")) {
      return behind(html, at, U"</" + hidden + U">");
    }
  }
  // Tags inside a line show nothing, all others end one.
  bool inline_tag = false;
  const std::size_t name = at + (at + 1 < html.size() && html[at + 1] == U'/' ? 2 : 1);
  for (const std::u32string tag :
       {U"a",    U"b", U"i",    U"em", U"strong", U"span", U"sup", U"sub",  U"small", U"font",
        U"abbr", U"u", U"ruby", U"rb", U"time",   U"wbr",  U"img", U"mark", U"cite",  U"bdi"}) {
    const std::size_t end = name + tag.size();
    if (starts_with(html, name, tag) &&
        (end >= html.size() || u_isalnum(static_cast<UChar32>(html[end])) == 0)) {
      inline_tag = true;
    }
  }
  if (!inline_tag) out += U'\n';
  return behind(html, at, U">");
}

std::size_t resolve_entity(std::u32string_view html, std::size_t at, std::u32string& out) {
  static const std::map<std::u32string, char32_t> kNamed = {
      {U"amp", U'&'},      {U"lt", U'<'},     {U"gt", U'>'},     {U"quot", U'"'},    {U"nbsp", 0xA0},
      {U"copy", 0xA9},     {U"deg", 0xB0},    {U"sup2", 0xB2},   {U"middot", 0xB7},  {U"ndash", 0x2013},
      {U"mdash", 0x2014},  {U"eacute", 0xE9}, {U"uuml", 0xFC},   {U"rsquo", 0x2019}, {U"bull", 0x2022},
      {U"hellip", 0x2026}, {U"laquo", 0xAB},  {U"raquo", 0xBB},  {U"times", 0xD7},   {U"ordm", 0xBA},
      {U"atilde", 0xE3},   {U"ccedil", 0xE7}, {U"szlig", 0xDF},  {U"auml", 0xE4},    {U"ouml", 0xF6},
      {U"iacute", 0xED},   {U"aacute", 0xE1}, {U"oacute", 0xF3}, {U"ecirc", 0xEA},   {U"thinsp", 0x2009},
      {U"ensp", 0x2002},   {U"emsp", 0x2003}, {U"yen", 0xA5},    {U"minus", 0x2212}, {U"reg", 0xAE}};
  const std::size_t end = html.find(U';', at);
  if (end == std::u32string_view::npos || end - at > 10) {
    out += html[at];
    return at + 1;
  }
  const std::u32string name(html.substr(at + 1, end - at - 1));
  if (const auto known = kNamed.find(name); known != kNamed.end()) {
    out += known->second;
  } else if (name.size() > 1 && name[0] == U'#') {
    const bool hex = name[1] == U'x' || name[1] == U'X';
    out += static_cast<char32_t>(std::stoul(to_utf8(name.substr(hex ? 2 : 1)), nullptr, hex ? 16 : 10));
  } else {
    throw std::runtime_error("the test does not know the entity " + to_utf8(name));
  }
  return end + 1;
}

}  // namespace

DecodedSource::DecodedSource(std::string_view bytes, const std::string& charset) {
  const Converter converter = open_converter(charset);
  std::vector<UChar> units(bytes.size() + 1);
  std::vector<std::int32_t> offsets(units.size());
  UChar* target = units.data();
  const char* source = bytes.data();
  UErrorCode status = U_ZERO_ERROR;
  ucnv_toUnicode(converter.get(), &target, units.data() + units.size(), &source, bytes.data() + bytes.size(),
                 offsets.data(), true, &status);
  if (U_FAILURE(status)) throw std::runtime_error("ICU cannot decode " + charset);
  const auto count = static_cast<std::size_t>(target - units.data());
  for (std::size_t i = 0; i < count; ++i) {
    const auto start = static_cast<std::uint32_t>(offsets[i]);
    if (U16_IS_TRAIL(units[i]) && i > 0 && U16_IS_LEAD(units[i - 1])) {
      characters_.back().code_point = static_cast<char32_t>(U16_GET_SUPPLEMENTARY(units[i - 1], units[i]));
    } else {
      characters_.push_back({units[i], start, 0});
    }
  }
  for (std::size_t i = 0; i < characters_.size(); ++i) {
    const std::size_t next = i + 1 < characters_.size() ? characters_[i + 1].start : bytes.size();
    const std::size_t escape = bytes.substr(0, next).find(kEscape, characters_[i].start + 1);
    characters_[i].end = static_cast<std::uint32_t>(std::min(next, escape));
  }
  if (!characters_.empty() && characters_.front().code_point == 0xFEFF)
    characters_.erase(characters_.begin());
}

std::u32string DecodedSource::text() const { return text({0, characters_.size()}); }

std::optional<DecodedSource::Range> DecodedSource::range(std::uint32_t start, std::uint32_t end) const {
  const auto first =
      std::lower_bound(characters_.begin(), characters_.end(), start,
                       [](const Character& character, std::uint32_t at) { return character.start < at; });
  const auto last =
      std::lower_bound(first, characters_.end(), end,
                       [](const Character& character, std::uint32_t at) { return character.end < at; });
  if (first == characters_.end() || last == characters_.end() || first->start != start || last->end != end)
    return {};
  return Range{static_cast<std::size_t>(first - characters_.begin()),
               static_cast<std::size_t>(last - characters_.begin()) + 1};
}

std::u32string DecodedSource::text(Range range) const {
  std::u32string out;
  for (std::size_t i = range.first; i < range.last; ++i) out += characters_[i].code_point;
  return out;
}

LineColumn DecodedSource::place(std::size_t character) const {
  LineColumn place;
  for (std::size_t i = 0; i < character; ++i) {
    const char32_t now = characters_[i].code_point;
    const bool before_lf = i + 1 < characters_.size() && characters_[i + 1].code_point == U'\n';
    if (now == U'\n' || (now == U'\r' && !before_lf)) {
      ++place.line;
      place.column = 1;
    } else {
      ++place.column;
    }
  }
  return place;
}

std::string to_utf8(std::u32string_view text) {
  std::string out;
  to_utf16(text).toUTF8String(out);
  return out;
}

std::u32string to_utf32(std::string_view utf8) {
  return to_utf32(icu::UnicodeString::fromUTF8({utf8.data(), static_cast<std::int32_t>(utf8.size())}));
}

std::optional<std::string> encode(std::u32string_view text, const std::string& charset) {
  const Converter converter = open_converter(charset);
  UErrorCode status = U_ZERO_ERROR;
  ucnv_setFromUCallBack(converter.get(), UCNV_FROM_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
  const icu::UnicodeString utf16 = to_utf16(text);
  std::string bytes(static_cast<std::size_t>(utf16.length()) * 8 + 16, '\0');
  const std::int32_t size =
      ucnv_fromUChars(converter.get(), bytes.data(), static_cast<std::int32_t>(bytes.size()),
                      utf16.getBuffer(), utf16.length(), &status);
  if (U_FAILURE(status)) return {};
  bytes.resize(static_cast<std::size_t>(size));
  if (DecodedSource(bytes, charset).text() != text) return {};  // some characters go one way only
  return bytes;
}

std::u32string with_lf(std::u32string_view text) {
  std::u32string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != U'\r') {
      out += text[i];
    } else if (i + 1 == text.size() || text[i + 1] != U'\n') {
      out += U'\n';
    }
  }
  return out;
}

std::u32string without_markup(std::u32string_view html) {
  std::u32string out;
  for (std::size_t i = 0; i < html.size();) {
    const char32_t next = i + 1 < html.size() ? html[i + 1] : U' ';
    if (html[i] == U'<' && (u_isalpha(static_cast<UChar32>(next)) != 0 || next == U'/' || next == U'!')) {
      i = skip_markup(html, i, out);
    } else if (html[i] == U'&') {
      i = resolve_entity(html, i, out);
    } else {
      out += html[i++];
    }
  }
  return out;
}

std::u32string without_blanks(std::u32string_view text) {
  std::u32string out;
  std::copy_if(text.begin(), text.end(), std::back_inserter(out),
               [](char32_t code_point) { return u_isUWhiteSpace(static_cast<UChar32>(code_point)) == 0; });
  return out;
}

}  // namespace yoran
