#include "read/charset.h"

#include <simdjson.h>
#include <unicode/ucnv.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <iterator>
#include <memory>
#include <vector>

#include "read/html_tokenizer.h"
#include "types/ascii.h"
#include "types/ascii_run.h"
#include "types/utf8.h"

namespace yoran {
namespace {

constexpr char32_t kReplacement = 0xFFFD;
constexpr char32_t kFirstHalfKana = 0xFF61;
constexpr char32_t kYen = 0xA5;
constexpr char32_t kOverline = 0x203E;
constexpr unsigned char kEscape = 0x1B;
constexpr std::size_t kDeclarationBytes = 8192;  // how far into a page a declaration may stand
constexpr std::size_t kSampleBytes = 8192;       // from the first byte beyond ASCII on, for detection

unsigned char byte_at(std::string_view bytes, std::size_t at) {
  return static_cast<unsigned char>(bytes[at]);
}
constexpr bool is_high(unsigned char byte) { return byte >= 0x80; }

// First byte of `bytes` from `at` on that is not ASCII.
std::size_t end_of_ascii(std::string_view bytes, std::size_t at) {
  if (at < bytes.size() && is_high(byte_at(bytes, at))) return at;
  while (at + 8 <= bytes.size() && (eight_bytes(bytes, at) & kHighBits) == 0) at += 8;
  while (at < bytes.size() && !is_high(byte_at(bytes, at))) ++at;
  return at;
}

// --- Labels ---

constexpr char kShiftJis[] = "Shift_JIS";
constexpr char kEucJp[] = "EUC-JP";
constexpr char kIso2022Jp[] = "ISO-2022-JP";
constexpr char kWindows1252[] = "windows-1252";

struct Label {
  std::string_view label;
  const char* name;
  Encoding encoding;
  const char* converter = "";  // ICU's, where it differs from the name
};

// Labels that browsers read in their own way (https://encoding.spec.whatwg.org/#names-and-labels), and usual
// ones.
constexpr Label kLabels[] = {
    {"utf-8", "UTF-8", Encoding::utf8},
    {"utf8", "UTF-8", Encoding::utf8},
    {"unicode-1-1-utf-8", "UTF-8", Encoding::utf8},
    {"x-unicode20utf8", "UTF-8", Encoding::utf8},
    {"utf-16", "UTF-16LE", Encoding::utf16le},
    {"utf-16le", "UTF-16LE", Encoding::utf16le},
    {"unicode", "UTF-16LE", Encoding::utf16le},
    {"ucs-2", "UTF-16LE", Encoding::utf16le},
    {"iso-10646-ucs-2", "UTF-16LE", Encoding::utf16le},
    {"utf-16be", "UTF-16BE", Encoding::utf16be},
    {"unicodefffe", "UTF-16BE", Encoding::utf16be},
    {"shift_jis", kShiftJis, Encoding::shift_jis},
    {"shift-jis", kShiftJis, Encoding::shift_jis},
    {"shiftjis", kShiftJis, Encoding::shift_jis},
    {"sjis", kShiftJis, Encoding::shift_jis},
    {"x-sjis", kShiftJis, Encoding::shift_jis},
    {"csshiftjis", kShiftJis, Encoding::shift_jis},
    {"ms_kanji", kShiftJis, Encoding::shift_jis},
    {"ms932", kShiftJis, Encoding::shift_jis},
    {"cp932", kShiftJis, Encoding::shift_jis},
    {"windows-31j", kShiftJis, Encoding::shift_jis},
    {"euc-jp", kEucJp, Encoding::euc_jp},
    {"euc_jp", kEucJp, Encoding::euc_jp},
    {"eucjp", kEucJp, Encoding::euc_jp},
    {"x-euc-jp", kEucJp, Encoding::euc_jp},
    {"x-euc", kEucJp, Encoding::euc_jp},
    {"ujis", kEucJp, Encoding::euc_jp},
    {"cseucpkdfmtjapanese", kEucJp, Encoding::euc_jp},
    {"iso-2022-jp", kIso2022Jp, Encoding::iso_2022_jp},
    {"csiso2022jp", kIso2022Jp, Encoding::iso_2022_jp},
    {"iso2022jp", kIso2022Jp, Encoding::iso_2022_jp},
    {"jis", kIso2022Jp, Encoding::iso_2022_jp},
    {"windows-1252", kWindows1252, Encoding::single_byte},
    {"cp1252", kWindows1252, Encoding::single_byte},
    {"x-cp1252", kWindows1252, Encoding::single_byte},
    {"iso-8859-1", kWindows1252, Encoding::single_byte},
    {"iso8859-1", kWindows1252, Encoding::single_byte},
    {"iso88591", kWindows1252, Encoding::single_byte},
    {"iso_8859-1", kWindows1252, Encoding::single_byte},
    {"latin1", kWindows1252, Encoding::single_byte},
    {"latin-1", kWindows1252, Encoding::single_byte},
    {"l1", kWindows1252, Encoding::single_byte},
    {"ascii", kWindows1252, Encoding::single_byte},
    {"us-ascii", kWindows1252, Encoding::single_byte},
    {"ansi_x3.4-1968", kWindows1252, Encoding::single_byte},
    {"iso-8859-9", "windows-1254", Encoding::single_byte},
    {"latin5", "windows-1254", Encoding::single_byte},
    {"tis-620", "windows-874", Encoding::single_byte, "windows-874-2000"},
    {"iso-8859-11", "windows-874", Encoding::single_byte, "windows-874-2000"},
    {"gb2312", "GBK", Encoding::other, "gb18030"},
    {"gb_2312-80", "GBK", Encoding::other, "gb18030"},
    {"x-gbk", "GBK", Encoding::other, "gb18030"},
    {"gbk", "GBK", Encoding::other, "gb18030"},
    {"gb18030", "GB18030", Encoding::other, "gb18030"},
    {"big5", "Big5", Encoding::other, "Big5-HKSCS"},
    {"big5-hkscs", "Big5", Encoding::other, "Big5-HKSCS"},
    {"x-x-big5", "Big5", Encoding::other, "Big5-HKSCS"},
    {"euc-kr", "EUC-KR", Encoding::other, "windows-949-2000"},
    {"ks_c_5601-1987", "EUC-KR", Encoding::other, "windows-949-2000"},
    {"korean", "EUC-KR", Encoding::other, "windows-949-2000"},
    {"windows-949", "EUC-KR", Encoding::other, "windows-949-2000"},
};

std::string normalized_label(std::string_view label) {
  const auto first = label.find_first_not_of(" \t\n\f\r\"'");
  if (first == std::string_view::npos) return {};
  label = label.substr(first, label.find_last_not_of(" \t\n\f\r\"'") - first + 1);
  std::string lower(label);
  for (char& c : lower) {
    c = ascii_lower(c);
  }
  return lower;
}

// --- ICU ---

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, CloseConverter>;

Converter open_converter(const std::string& name) {
  UErrorCode status = U_ZERO_ERROR;
  Converter converter(ucnv_open(name.c_str(), &status));
  return U_SUCCESS(status) ? std::move(converter) : nullptr;
}

// The converter of this thread, opened when the name changes. It is reset, and null if ICU does not know it.
UConverter* thread_converter(const std::string& name) {
  thread_local std::string opened;
  thread_local Converter converter;
  if (!converter || opened != name) {
    converter = open_converter(name);
    opened = name;
  }
  if (converter) ucnv_resetToUnicode(converter.get());
  return converter.get();
}

std::string standard_name(const UConverter& converter) {
  UErrorCode status = U_ZERO_ERROR;
  const char* const name = ucnv_getName(&converter, &status);
  if (U_FAILURE(status)) return {};
  for (const char* const standard : {"MIME", "IANA"}) {
    status = U_ZERO_ERROR;
    const char* const known = ucnv_getStandardName(name, standard, &status);
    if (U_SUCCESS(status) && known != nullptr) return known;
  }
  return name;
}

std::optional<Charset> charset_of_icu(const std::string& label) {
  if (label.empty() || label.size() > 60 || label.find_first_of(",=<>\n") != std::string::npos)
    return std::nullopt;
  const Converter converter = open_converter(label);
  if (!converter) return std::nullopt;
  const UConverterType type = ucnv_getType(converter.get());
  const bool single = type == UCNV_SBCS || type == UCNV_LATIN_1 || type == UCNV_US_ASCII ||
                      (type == UCNV_MBCS && ucnv_getMaxCharSize(converter.get()) == 1);
  return Charset{standard_name(*converter), single ? Encoding::single_byte : Encoding::other, label};
}

// --- Tables, built once from ICU's converters; 0: no such character ---

// Characters of two bytes, by lead and trail byte, behind the bytes of `prefix`.
class PairTable {
 public:
  PairTable(const char* converter_name, std::string_view prefix) : units_(kPairs) {
    const Converter converter = open_converter(converter_name);
    if (!converter) return;
    // Every pair on a line of its own: what it means is what stands at its place and reaches to the line end.
    const std::size_t record = prefix.size() + 3;
    std::string bytes;
    bytes.reserve(kPairs * record);
    for (std::size_t pair = 0; pair < kPairs; ++pair) {
      bytes += prefix;
      bytes += static_cast<char>(0x80 + pair / kTrails);
      bytes += static_cast<char>(pair % kTrails);
      bytes += '\n';
    }
    read(*converter, bytes, record);
  }

  [[nodiscard]] char32_t at(unsigned char lead, unsigned char trail) const {
    return units_[(lead - 0x80U) * kTrails + trail];
  }

 private:
  static constexpr std::size_t kTrails = 256;
  static constexpr std::size_t kPairs = 128 * kTrails;

  void read(UConverter& converter, const std::string& bytes, std::size_t record) {
    std::vector<UChar> units(bytes.size() + 16);
    std::vector<std::int32_t> offsets(units.size());
    const char* source = bytes.data();
    UChar* target = units.data();
    UErrorCode status = U_ZERO_ERROR;
    ucnv_toUnicode(&converter, &target, units.data() + units.size(), &source, bytes.data() + bytes.size(),
                   offsets.data(), true, &status);
    const auto count = static_cast<std::size_t>(target - units.data());
    for (std::size_t i = 0; i + 1 < count; ++i) {
      const auto place = static_cast<std::size_t>(offsets[i]);
      const bool whole =
          place % record == 0 && static_cast<std::size_t>(offsets[i + 1]) == place + record - 1;
      const bool lone = units[i] < 0xD800 || units[i] > 0xDFFF;
      if (whole && lone && units[i] >= 0x80 && units[i] != kReplacement) units_[place / record] = units[i];
    }
  }

  std::vector<char16_t> units_;
};

const PairTable& shift_jis_pairs() {
  static const PairTable kTable("windows-31j", "");
  return kTable;
}

const PairTable& euc_jp_pairs() {
  static const PairTable kTable("EUC-JP", "");
  return kTable;
}

// JIS X 0212.
const PairTable& euc_jp_triples() {
  static const PairTable kTable = [] {
    const char prefix = static_cast<char>(0x8F);
    return PairTable("EUC-JP", {&prefix, 1});
  }();
  return kTable;
}

using ByteTable = std::array<char16_t, 256>;

ByteTable byte_table(const std::string& converter_name) {
  ByteTable table{};
  UConverter* const converter = thread_converter(converter_name);
  if (converter == nullptr) return table;
  for (std::size_t byte = 0; byte < table.size(); ++byte) {
    const char source = static_cast<char>(byte);
    UChar units[4];
    UErrorCode status = U_ZERO_ERROR;
    const std::int32_t size = ucnv_toUChars(converter, units, 4, &source, 1, &status);
    const bool is_known = U_SUCCESS(status) && size == 1 && units[0] != kReplacement;
    if (is_known && (units[0] != 0x1A || byte == 0x1A)) table[byte] = units[0];
  }
  return table;
}

// --- Writing ---

// Text and map of what is decoded, in pieces.
class Writer {
 public:
  explicit Writer(Decoded& decoded) : decoded_(decoded) {}
  ~Writer() { flush(); }
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  void copy(std::string_view ascii, std::size_t from) {
    if (ascii.empty()) return;
    flush();
    decoded_.text.append(ascii);
    decoded_.map.append_copy(static_cast<std::uint32_t>(ascii.size()), static_cast<std::uint32_t>(from));
  }

  // One character, of `from_size` bytes at `from`.
  void character(char32_t c, std::size_t from, std::uint32_t from_size) {
    if (used_ + 4 > sizeof buffer_) flush_text();
    const std::uint32_t size = encode_utf8(c, buffer_ + used_);
    used_ += size;
    if (size != unit_ || from_size != from_unit_ || from != next_) begin_run(size, from, from_size);
    run_size_ += size;
    next_ += from_size;
    decoded_.characters += c >= 0x80 ? 1 : 0;
  }

  // Characters one after the other, each of kSize bytes in UTF-8 and `from_size` in the input, as long as
  // `next` (the character at a place, or 0) has such a one. Returns the place behind them.
  template <std::uint32_t kSize, class Next>
  std::size_t characters(std::size_t at, std::uint32_t from_size, Next next) {
    constexpr char32_t kFirst = kSize == 1 ? 1 : 0x800;
    constexpr char32_t kLast = kSize == 1 ? 0x7F : 0xFFFF;
    const std::size_t start = at;
    for (char32_t c = next(at); c >= kFirst && c <= kLast; c = next(at)) {
      if (used_ + kSize > sizeof buffer_) flush_text();
      used_ += encode_utf8(c, buffer_ + used_);
      at += from_size;
    }
    const auto count = static_cast<std::uint32_t>((at - start) / from_size);
    if (count == 0) return at;
    if (kSize != unit_ || from_size != from_unit_ || start != next_) begin_run(kSize, start, from_size);
    run_size_ += count * kSize;
    next_ = at;
    if (kSize > 1) decoded_.characters += count;
    return at;
  }

  void invalid(std::size_t from, std::uint32_t from_size) {
    const auto start = static_cast<std::uint32_t>(from);
    if (decoded_.invalid++ == 0) decoded_.first_invalid = {start, start + from_size};
    flush_run();  // a replacement is a unit of its own
    character(kReplacement, from, from_size);
  }

 private:
  void begin_run(std::uint32_t unit, std::size_t from, std::uint32_t from_unit) {
    flush_run();
    unit_ = unit;
    from_unit_ = from_unit;
    run_from_ = next_ = from;
  }

  void flush_run() {
    if (run_size_ != 0)
      decoded_.map.append(run_size_, static_cast<std::uint32_t>(run_from_), unit_, from_unit_);
    run_size_ = unit_ = 0;
  }

  void flush_text() {
    decoded_.text.append(buffer_, used_);
    used_ = 0;
  }

  void flush() {
    flush_run();
    flush_text();
  }

  Decoded& decoded_;
  char buffer_[4096];
  std::size_t used_ = 0;
  std::uint32_t unit_ = 0;  // 0: no run
  std::uint32_t from_unit_ = 0;
  std::uint32_t run_size_ = 0;
  std::size_t run_from_ = 0;
  std::size_t next_ = 0;
};

// --- Decoders ---

// Length of the well-formed UTF-8 sequence at a place; else 0 and in `bad` the length of what one U+FFFD
// stands for.
std::uint32_t utf8_sequence(std::string_view bytes, std::size_t at, std::uint32_t& bad) {
  const unsigned char lead = byte_at(bytes, at);
  bad = 1;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  const std::uint32_t size = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  unsigned char low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  unsigned char high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  for (; bad < size; ++bad) {
    if (at + bad >= bytes.size()) return 0;
    const unsigned char byte = byte_at(bytes, at + bad);
    if (byte < low || byte > high) return 0;
    low = 0x80;
    high = 0xBF;
  }
  return size;
}

void decode_utf8(std::string_view bytes, std::size_t at, Decoded& decoded) {
  Writer out(decoded);
  while (at < bytes.size()) {
    const std::size_t start = at;
    std::uint32_t bad = 0;
    for (at = end_of_ascii(bytes, at); at < bytes.size(); at = end_of_ascii(bytes, at)) {
      const std::uint32_t size = utf8_sequence(bytes, at, bad);
      if (size == 0) break;
      at += size;
      ++decoded.characters;
    }
    out.copy(bytes.substr(start, at - start), start);
    if (at >= bytes.size()) return;
    out.invalid(at, bad);
    at += bad;
  }
}

template <bool kBigEndian>
void decode_utf16(std::string_view bytes, std::size_t at, Decoded& decoded) {
  Writer out(decoded);
  const auto unit = [&](std::size_t i) -> char32_t {
    return static_cast<char32_t>(byte_at(bytes, i + (kBigEndian ? 1 : 0)) |
                                 byte_at(bytes, i + (kBigEndian ? 0 : 1)) << 8);
  };
  const auto simple = [&](std::size_t i) -> char32_t {
    const char32_t c = i + 2 <= bytes.size() ? unit(i) : 0;
    return c < 0xD800 || c > 0xDFFF ? c : 0;
  };
  while (at + 2 <= bytes.size()) {
    at = out.characters<1>(at, 2, simple);
    at = out.characters<3>(at, 2, simple);
    if (at + 2 > bytes.size()) break;
    const char32_t first = unit(at);
    if (first < 0xD800 || first > 0xDFFF) {
      out.character(first, at, 2);
      at += 2;
      continue;
    }
    const char32_t second = first < 0xDC00 && at + 4 <= bytes.size() ? unit(at + 2) : 0;
    if (second >= 0xDC00 && second <= 0xDFFF) {
      out.character(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00), at, 4);
      at += 4;
      continue;
    }
    out.invalid(at, 2);
    at += 2;
  }
  if (at < bytes.size()) out.invalid(at, 1);
}

void decode_shift_jis(std::string_view bytes, std::size_t at, Decoded& decoded) {
  const PairTable& pairs = shift_jis_pairs();
  // The table has nothing where a byte is no lead byte.
  const auto pair_at = [&](std::size_t i) -> char32_t {
    const bool is_pair = i + 1 < bytes.size() && is_high(byte_at(bytes, i));
    return is_pair ? pairs.at(byte_at(bytes, i), byte_at(bytes, i + 1)) : 0;
  };
  Writer out(decoded);
  while (at < bytes.size()) {
    const std::size_t start = at;
    at = end_of_ascii(bytes, at);
    out.copy(bytes.substr(start, at - start), start);
    while (at < bytes.size() && is_high(byte_at(bytes, at))) {
      at = out.characters<3>(at, 2, pair_at);
      if (at >= bytes.size() || !is_high(byte_at(bytes, at))) break;
      const unsigned char lead = byte_at(bytes, at);
      if (lead >= 0xA1 && lead <= 0xDF) {
        out.character(kFirstHalfKana + (lead - 0xA1U), at++, 1);
        continue;
      }
      if (const char32_t c = pair_at(at); c != 0) {
        out.character(c, at, 2);
        at += 2;
        continue;
      }
      const bool is_lead = lead != 0x80 && lead != 0xA0 && lead < 0xFD;
      // An ASCII trail byte stays: it may be the "<" of a tag.
      const std::uint32_t size = is_lead && at + 1 < bytes.size() && is_high(byte_at(bytes, at + 1)) ? 2 : 1;
      out.invalid(at, size);
      at += size;
    }
  }
}

void decode_euc_jp(std::string_view bytes, std::size_t at, Decoded& decoded) {
  const PairTable& pairs = euc_jp_pairs();
  const auto trail_at = [&](std::size_t i) -> unsigned char {
    return i < bytes.size() && byte_at(bytes, i) >= 0xA1 && byte_at(bytes, i) <= 0xFE ? byte_at(bytes, i) : 0;
  };
  const auto pair_at = [&](std::size_t i) -> char32_t {
    const bool is_pair = i + 1 < bytes.size() && byte_at(bytes, i) >= 0xA1;
    return is_pair ? pairs.at(byte_at(bytes, i), byte_at(bytes, i + 1)) : 0;
  };
  Writer out(decoded);
  while (at < bytes.size()) {
    const std::size_t start = at;
    at = end_of_ascii(bytes, at);
    out.copy(bytes.substr(start, at - start), start);
    while (at < bytes.size() && is_high(byte_at(bytes, at))) {
      at = out.characters<3>(at, 2, pair_at);
      if (at >= bytes.size() || !is_high(byte_at(bytes, at))) break;
      const unsigned char lead = byte_at(bytes, at);
      const unsigned char second = trail_at(at + 1);
      char32_t c = 0;
      std::uint32_t size = second == 0 ? 1 : 2;
      if (lead == 0x8E && second != 0 && second <= 0xDF) {
        c = kFirstHalfKana + (second - 0xA1U);
      } else if (lead == 0x8F && second != 0) {
        const unsigned char third = trail_at(at + 2);
        if (third != 0) c = euc_jp_triples().at(second, third);
        if (third != 0) size = 3;
      } else if (lead >= 0xA1 && lead <= 0xFE && second != 0) {
        c = pairs.at(lead, second);
      }
      if (c != 0) {
        out.character(c, at, size);
      } else {
        out.invalid(at, size);
      }
      at += size;
    }
  }
}

enum class JisSet : std::uint8_t { ascii, roman, half_kana, pairs, supplement };

struct JisEscape {
  std::string_view bytes;  // behind the escape character
  JisSet set;
};
constexpr JisEscape kJisEscapes[] = {
    {"(B", JisSet::ascii},     {"(J", JisSet::roman},  {"(H", JisSet::roman},
    {"(I", JisSet::half_kana}, {"$@", JisSet::pairs},  {"$B", JisSet::pairs},
    {"$(@", JisSet::pairs},    {"$(B", JisSet::pairs}, {"$(D", JisSet::supplement},
};

// The escape sequence at a place, or null.
const JisEscape* jis_escape(std::string_view bytes, std::size_t at) {
  const std::string_view rest = bytes.substr(at + 1, 3);
  const auto* const found =
      std::find_if(std::begin(kJisEscapes), std::end(kJisEscapes),
                   [&](const JisEscape& escape) { return rest.starts_with(escape.bytes); });
  return found == std::end(kJisEscapes) ? nullptr : found;
}

// The escape sequences belong to no character. A line begins in ASCII, as the standard has it.
void decode_iso_2022_jp(std::string_view bytes, std::size_t at, Decoded& decoded) {
  Writer out(decoded);
  JisSet set = JisSet::ascii;
  while (at < bytes.size()) {
    const unsigned char byte = byte_at(bytes, at);
    if (byte == kEscape) {
      const JisEscape* const escape = jis_escape(bytes, at);
      if (escape != nullptr) set = escape->set;
      if (escape == nullptr) out.invalid(at, 1);
      at += escape != nullptr ? 1 + escape->bytes.size() : 1;
      continue;
    }
    if (byte == '\n' || byte == '\r') set = JisSet::ascii;
    if (is_high(byte)) {
      out.invalid(at++, 1);
    } else if (byte <= 0x20 || byte == 0x7F || set == JisSet::ascii) {
      out.character(byte, at++, 1);
    } else if (set == JisSet::roman) {
      out.character(byte == '\\' ? kYen : byte == '~' ? kOverline : byte, at++, 1);
    } else if (set == JisSet::half_kana) {
      if (byte <= 0x5F) {
        out.character(kFirstHalfKana + (byte - 0x21U), at, 1);
      } else {
        out.invalid(at, 1);
      }
      ++at;
    } else {
      const unsigned char trail = at + 1 < bytes.size() ? byte_at(bytes, at + 1) : 0;
      const bool is_pair = trail > 0x20 && trail < 0x7F;
      const PairTable& table = set == JisSet::pairs ? euc_jp_pairs() : euc_jp_triples();
      const char32_t c = is_pair ? table.at(static_cast<unsigned char>(byte | 0x80),
                                            static_cast<unsigned char>(trail | 0x80))
                                 : 0;
      const std::uint32_t size = is_pair ? 2 : 1;
      if (c != 0) {
        out.character(c, at, size);
      } else {
        out.invalid(at, size);
      }
      at += size;
    }
  }
}

void decode_single_byte(std::string_view bytes, std::size_t at, const std::string& converter,
                        Decoded& decoded) {
  const ByteTable table = byte_table(converter);
  Writer out(decoded);
  for (; at < bytes.size(); ++at) {
    const unsigned char byte = byte_at(bytes, at);
    if (table[byte] != 0 || byte == 0) {
      out.character(table[byte], at, 1);
    } else {
      out.invalid(at, 1);
    }
  }
}

// Characters ICU made of one chunk; `pending` is where the bytes begin that it kept back from the chunk
// before.
void write_units(const std::vector<UChar>& units, const std::vector<std::int32_t>& offsets, std::size_t count,
                 std::size_t chunk, std::size_t chunk_end, std::size_t& pending, Writer& out) {
  const auto start_of = [&](std::size_t i) {
    return offsets[i] < 0 ? pending : std::max(pending, chunk + static_cast<std::size_t>(offsets[i]));
  };
  for (std::size_t i = 0; i < count;) {
    char32_t c = units[i];
    std::size_t next = i + 1;
    const bool is_pair =
        c >= 0xD800 && c <= 0xDBFF && next < count && units[next] >= 0xDC00 && units[next] <= 0xDFFF;
    if (is_pair) c = 0x10000 + ((c - 0xD800) << 10) + (units[next++] - 0xDC00U);
    if (c >= 0xD800 && c <= 0xDFFF) c = kReplacement;
    const std::size_t from = start_of(i);
    // What follows from the same bytes has none of its own.
    const std::size_t end = next < count ? std::max(start_of(next), from) : chunk_end;
    const auto size = static_cast<std::uint32_t>(end - from);
    if (c == kReplacement) {
      out.invalid(from, size);
    } else {
      out.character(c, from, size);
    }
    pending = end;
    i = next;
  }
}

void decode_with_icu(std::string_view bytes, std::size_t at, const std::string& name, Decoded& decoded) {
  constexpr std::size_t kChunk = 32768;
  UConverter* const converter = thread_converter(name);
  Writer out(decoded);
  if (converter == nullptr) return out.invalid(at, static_cast<std::uint32_t>(bytes.size() - at));
  std::vector<UChar> units(2 * kChunk + 64);
  std::vector<std::int32_t> offsets(units.size());
  std::size_t pending = at;
  while (at < bytes.size()) {
    const std::size_t end = std::min(at + kChunk, bytes.size());
    const char* source = bytes.data() + at;
    UChar* target = units.data();
    UErrorCode status = U_ZERO_ERROR;
    ucnv_toUnicode(converter, &target, units.data() + units.size(), &source, bytes.data() + end,
                   offsets.data(), end == bytes.size(), &status);
    const auto consumed = static_cast<std::size_t>(source - bytes.data());
    // The last character of a chunk ends where the bytes kept back for the next one begin.
    UErrorCode ignored = U_ZERO_ERROR;
    const std::int32_t kept = end == bytes.size() ? 0 : ucnv_toUCountPending(converter, &ignored);
    const std::size_t whole = consumed - std::min(consumed - at, static_cast<std::size_t>(std::max(kept, 0)));
    write_units(units, offsets, static_cast<std::size_t>(target - units.data()), at, std::max(whole, pending),
                pending, out);
    const bool stuck = consumed == at && target == units.data();
    at = consumed;
    if (stuck || (U_FAILURE(status) && status != U_BUFFER_OVERFLOW_ERROR)) break;
  }
  if (at < bytes.size())
    out.invalid(std::max(at, pending), static_cast<std::uint32_t>(bytes.size() - std::max(at, pending)));
}

// --- Detection ---

// How much the bytes look like text of a charset: points for what is usual, by the share of the bytes beyond
// ASCII.
class Score {
 public:
  void add(int points, std::uint32_t bytes = 1) {
    points_ += points * static_cast<int>(bytes);
    bytes_ += bytes;
  }
  void error() { add(kError); }
  // Whether that many bytes more, each with at most that many points, leave it below another score.
  [[nodiscard]] bool stays_below(double other, std::size_t more, int most) const {
    const auto count = static_cast<double>(more);
    return points_ + most * count < other * (bytes_ + count);
  }
  [[nodiscard]] double value() const { return bytes_ == 0 ? 0 : static_cast<double>(points_) / bytes_; }

 private:
  static constexpr int kError = -400;
  int points_ = 0;
  std::uint32_t bytes_ = 0;
};

// Points in hundredths.
constexpr int kWellFormed = 120;  // a sequence of UTF-8: other charsets rarely make one
constexpr int kKana = 100;
constexpr int kSigns = 80;
constexpr int kFirstLevel = 65;  // kanji in use every day
constexpr int kSecondLevel = 5;
constexpr int kExtension = 40;  // of makers of computers
constexpr int kHalfKana = 50;
constexpr int kVoiced = 150;  // a voice mark where one may stand
constexpr int kImprobable = -100;
constexpr int kAccented = 60;  // of windows-1252, whose letters and signs get no more

// The scores below end at an error behind which they cannot reach `to_beat` any more; so do most at once.
Score score_utf8(std::string_view bytes, double to_beat) {
  Score score;
  for (std::size_t at = end_of_ascii(bytes, 0); at < bytes.size(); at = end_of_ascii(bytes, at)) {
    std::uint32_t bad = 0;
    const std::uint32_t size = utf8_sequence(bytes, at, bad);
    const bool is_cut = size == 0 && at + bad >= bytes.size() && bad > 1;
    if (size != 0) score.add(kWellFormed, size);
    if (size == 0 && !is_cut) {
      score.error();
      if (score.stays_below(to_beat, bytes.size() - at, kWellFormed)) break;
    }
    at += size != 0 ? size : bad;
  }
  return score;
}

// Kana of half width come in words; voice marks stand behind the letters that have a voiced form.
int score_half_kana(std::string_view bytes, std::size_t at) {
  const unsigned char byte = byte_at(bytes, at);
  const unsigned char before = at > 0 ? byte_at(bytes, at - 1) : 0;
  const bool is_alone = !is_high(before) && (at + 1 >= bytes.size() || !is_high(byte_at(bytes, at + 1)));
  if (is_alone) return kSecondLevel;
  if (byte <= 0xA5) return before >= 0xA1 && before <= 0xDF ? kImprobable : 0;
  const bool may_be_half_voiced = before >= 0xCA && before <= 0xCE;
  const bool may_be_voiced = may_be_half_voiced || before == 0xB3 || (before >= 0xB6 && before <= 0xC4);
  if (byte == 0xDF) return may_be_half_voiced ? kVoiced : kImprobable;
  if (byte == 0xDE) return may_be_voiced ? kVoiced : kImprobable;
  return kHalfKana;
}

int score_shift_jis_pair(unsigned char lead, unsigned char trail) {
  if (lead == 0x82) return trail >= 0x9F ? kKana : kSigns;
  if (lead == 0x83) return trail <= 0x96 ? kKana : kExtension / 2;
  if (lead == 0x81) return kSigns;
  if (lead >= 0x88 && lead <= 0x97) return kFirstLevel;
  if (lead == 0x98) return trail <= 0x72 ? kFirstLevel : kSecondLevel;
  if (lead == 0x87 || lead >= 0xFA) return kExtension;
  if (lead >= 0xF0) return kImprobable;  // left to users
  return kSecondLevel;
}

// The points of every pair by lead and trail byte, 0 where there is no such character: which kind of
// character comes next no processor foretells.
class ShiftJisPoints {
 public:
  ShiftJisPoints() : points_(kLeads * kTrails) {
    for (unsigned lead = kFirstLead; lead <= kLastLead; ++lead) {
      for (unsigned trail = 0; trail < kTrails; ++trail) {
        const auto first = static_cast<unsigned char>(lead);
        const auto second = static_cast<unsigned char>(trail);
        if (first != 0xA0 && shift_jis_pairs().at(first, second) != 0)
          points_[(lead - kHigh) * kTrails + trail] =
              static_cast<std::int8_t>(score_shift_jis_pair(first, second));
      }
    }
  }
  [[nodiscard]] int at(unsigned char lead, unsigned char trail) const {
    return points_[(lead - kHigh) * kTrails + trail];
  }

 private:
  static constexpr unsigned kHigh = 0x80;
  static constexpr unsigned kFirstLead = 0x81;
  static constexpr unsigned kLastLead = 0xFC;
  static constexpr std::size_t kLeads = 128;
  static constexpr std::size_t kTrails = 256;
  std::vector<std::int8_t> points_;
};

Score score_shift_jis(std::string_view bytes) {
  static const ShiftJisPoints kPoints;
  Score score;
  for (std::size_t at = end_of_ascii(bytes, 0); at < bytes.size(); at = end_of_ascii(bytes, at)) {
    const unsigned char lead = byte_at(bytes, at);
    if (lead >= 0xA1 && lead <= 0xDF) {
      score.add(score_half_kana(bytes, at));
      ++at;
      continue;
    }
    if (at + 1 >= bytes.size()) break;  // perhaps cut
    const int points = kPoints.at(lead, byte_at(bytes, at + 1));
    if (points == 0) {
      score.error();
      ++at;
      continue;
    }
    score.add(points, 2);
    at += 2;
  }
  return score;
}

int score_euc_jp_pair(unsigned char lead) {
  if (lead == 0xA4 || lead == 0xA5) return kKana;
  if (lead == 0xA1 || lead == 0xA3) return kSigns;
  if (lead >= 0xB0 && lead <= 0xCF) return kFirstLevel;
  if (lead == 0x8E) return kHalfKana / 2;
  return lead == 0xA2 || lead == 0xAD ? kExtension : kSecondLevel;
}

Score score_euc_jp(std::string_view bytes, double to_beat) {
  const PairTable& pairs = euc_jp_pairs();
  Score score;
  for (std::size_t at = end_of_ascii(bytes, 0); at < bytes.size(); at = end_of_ascii(bytes, at)) {
    const unsigned char lead = byte_at(bytes, at);
    const std::size_t size = lead == 0x8F ? 3 : 2;
    if (at + size > bytes.size()) break;  // perhaps cut
    const unsigned char trail = byte_at(bytes, at + 1);
    const bool known = lead == 0x8E ? trail >= 0xA1 && trail <= 0xDF
                       : lead == 0x8F
                           ? trail >= 0xA1 && euc_jp_triples().at(trail, byte_at(bytes, at + 2)) != 0
                           : lead >= 0xA1 && trail >= 0xA1 && pairs.at(lead, trail) != 0;
    if (!known) {
      score.error();
      if (score.stays_below(to_beat, bytes.size() - at, kKana)) break;
      ++at;
      continue;
    }
    score.add(score_euc_jp_pair(lead), static_cast<std::uint32_t>(size));
    at += size;
  }
  return score;
}

constexpr bool is_letter(unsigned char byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte >= 0xC0;
}

// Letters with accents stand singly among letters, signs beside them; many in a row are another charset.
Score score_windows_1252(std::string_view bytes) {
  Score score;
  std::size_t run = 0;
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    const unsigned char byte = byte_at(bytes, at);
    run = is_high(byte) ? run + 1 : 0;
    if (run == 0) continue;
    const bool unassigned = byte == 0x81 || byte == 0x8D || byte == 0x8F || byte == 0x90 || byte == 0x9D;
    const unsigned char before = at > 0 ? byte_at(bytes, at - 1) : 0;
    const unsigned char after = at + 1 < bytes.size() ? byte_at(bytes, at + 1) : 0;
    const bool beside_letter =
        (is_letter(before) && !is_high(before)) || (is_letter(after) && !is_high(after));
    if (unassigned) {
      score.add(-150);
    } else if (run > 2) {
      score.add(-50);
    } else if (byte >= 0xC0) {
      score.add(beside_letter ? kAccented : 10);
    } else {
      score.add(run == 1 && !is_high(after) ? 45 : 10);
    }
  }
  return score;
}

// Is the unit one that text in Japanese or a European language is made of?
bool is_usual(char32_t unit) {
  return (unit >= 0x20 && unit < 0x7F) || unit == '\t' || unit == '\n' || unit == '\r' ||
         (unit >= 0xA0 && unit < 0x250) || (unit >= 0x2000 && unit < 0x2700) ||
         (unit >= 0x3000 && unit < 0x3400) || (unit >= 0x4E00 && unit < 0xA000) ||
         (unit >= 0xFF00 && unit < 0xFFF0);
}

struct Utf16Look {
  double usual = 0;  // shares of the units
  double ascii = 0;
  double kana = 0;
};

Utf16Look look_of_utf16(std::string_view bytes, bool big_endian) {
  Utf16Look look;
  const std::size_t units = bytes.size() / 2;
  for (std::size_t i = 0; i < units; ++i) {
    const unsigned char low = byte_at(bytes, 2 * i + (big_endian ? 1 : 0));
    const unsigned char high = byte_at(bytes, 2 * i + (big_endian ? 0 : 1));
    const char32_t unit = static_cast<char32_t>(high << 8 | low);
    look.usual += is_usual(unit) ? 1 : 0;
    look.ascii += unit < 0x80 && is_usual(unit) ? 1 : 0;
    look.kana += unit >= 0x3000 && unit < 0x3100 ? 1 : 0;
  }
  const auto count = static_cast<double>(std::max<std::size_t>(units, 1));
  return {look.usual / count, look.ascii / count, look.kana / count};
}

// Without a zero only kana tell of UTF-16, whose high byte is 0x30: a look at that byte settles most texts.
constexpr double kEnoughKana = 0.2;
bool may_have_kana(std::string_view bytes) {
  constexpr char kHigh = 0x30;
  const auto kana = std::count(bytes.begin(), bytes.end(), kHigh);
  const std::size_t units = bytes.size() / 2;
  return static_cast<double>(kana) > kEnoughKana * static_cast<double>(units);
}

bool looks_like_iso_2022_jp(std::string_view bytes) {
  std::size_t at = bytes.find(static_cast<char>(kEscape));
  bool pairs = false;
  for (; at != std::string_view::npos; at = bytes.find(static_cast<char>(kEscape), at + 1)) {
    const JisEscape* const escape = jis_escape(bytes, at);
    if (escape == nullptr) return false;
    pairs |= escape->set != JisSet::ascii;
  }
  return pairs;
}

std::string inner_charset(std::string_view content) {
  for (std::size_t at = 0; at + 7 < content.size(); ++at) {
    if (normalized_label(content.substr(at, 7)) != "charset") continue;
    std::size_t value = content.find_first_not_of(" \t\n\f\r", at + 7);
    if (value == std::string_view::npos || content[value] != '=') continue;
    value = content.find_first_not_of(" \t\n\f\r\"'", value + 1);
    if (value == std::string_view::npos) return {};
    return std::string(content.substr(value, content.find_first_of(" \t\n\f\r\"';", value) - value));
  }
  return {};
}

std::string xml_encoding(std::string_view head) {
  if (!head.starts_with("<?xml")) return {};
  const std::string_view declaration = head.substr(0, head.find('>'));
  const std::size_t name = declaration.find("encoding");
  if (name == std::string_view::npos) return {};
  const std::size_t quote = declaration.find_first_of("\"'", name);
  if (quote == std::string_view::npos) return {};
  const std::size_t close = declaration.find(declaration[quote], quote + 1);
  return close == std::string_view::npos ? "" : std::string(declaration.substr(quote + 1, close - quote - 1));
}

}  // namespace

std::optional<Charset> find_charset(std::string_view label) {
  const std::string wanted = normalized_label(label);
  for (const Label& known : kLabels) {
    if (known.label != wanted) continue;
    const bool by_icu = known.encoding == Encoding::single_byte || known.encoding == Encoding::other;
    const std::string converter = known.converter[0] != '\0' ? known.converter : known.name;
    return Charset{known.name, known.encoding, by_icu ? converter : ""};
  }
  return charset_of_icu(wanted);
}

std::string declared_charset(std::string_view html) {
  const std::string_view head = html.substr(0, kDeclarationBytes);
  if (std::string encoding = xml_encoding(head); !encoding.empty()) return encoding;
  HtmlTokenizer tokenizer(head);
  for (;;) {
    const HtmlToken& token = tokenizer.next();
    if (token.kind == HtmlTokenKind::end) return {};
    if (token.kind != HtmlTokenKind::start_tag) continue;
    if (token.name == "body") return {};
    if (token.name != "meta") continue;
    std::string value;
    if (token.attribute("charset", value) && !value.empty()) return value;
    if (!token.attribute("http-equiv", value) || normalized_label(value) != "content-type") continue;
    if (!token.attribute("content", value)) continue;
    if (std::string charset = inner_charset(value); !charset.empty()) return charset;
  }
}

ByteOrderMark byte_order_mark(std::string_view bytes) {
  const auto starts = [&](std::initializer_list<unsigned char> mark) {
    return bytes.size() >= mark.size() &&
           std::equal(mark.begin(), mark.end(), bytes.begin(),
                      [](unsigned char a, char b) { return a == static_cast<unsigned char>(b); });
  };
  if (starts({0xEF, 0xBB, 0xBF})) return {3, Encoding::utf8};
  if (starts({0xFF, 0xFE})) return {2, Encoding::utf16le};
  if (starts({0xFE, 0xFF})) return {2, Encoding::utf16be};
  return {};
}

bool is_ascii(std::string_view bytes) { return end_of_ascii(bytes, 0) == bytes.size(); }
bool is_utf8(std::string_view bytes) { return simdjson::validate_utf8(bytes.data(), bytes.size()); }

bool is_surely_utf8(std::string_view bytes) {
  constexpr int kEnough = 3;
  if (!is_utf8(bytes)) return false;
  int pairs = 0;
  for (std::size_t at = end_of_ascii(bytes, 0); at < bytes.size(); at = end_of_ascii(bytes, at + 2)) {
    if (byte_at(bytes, at) >= 0xE0 || ++pairs >= kEnough) return true;
  }
  return false;
}

std::optional<Encoding> detect_utf16(std::string_view bytes) {
  constexpr double kNearlyAll = 0.95;
  constexpr std::size_t kLook = 8192;
  const std::string_view sample = bytes.substr(0, kLook);
  const bool zeros = sample.find('\0') != std::string_view::npos;
  if (sample.size() < 4 || (!zeros && (is_utf8(bytes) || !may_have_kana(sample)))) return std::nullopt;
  const Utf16Look little = look_of_utf16(sample, false);
  const Utf16Look big = look_of_utf16(sample, true);
  const auto is_it = [&](const Utf16Look& look, const Utf16Look& other) {
    const bool told = zeros ? look.ascii + look.kana > 0.02 : look.kana > kEnoughKana;
    return look.usual >= kNearlyAll && told && look.ascii + look.kana > other.ascii + other.kana;
  };
  if (is_it(little, big)) return Encoding::utf16le;
  if (is_it(big, little)) return Encoding::utf16be;
  return std::nullopt;
}

Charset detect_charset(std::string_view bytes) {
  const std::size_t first = end_of_ascii(bytes, 0);
  if (first == bytes.size() && looks_like_iso_2022_jp(bytes)) return *find_charset(kIso2022Jp);
  if (first == bytes.size() || is_utf8(bytes)) return *find_charset("UTF-8");
  // One byte more in front: whether a letter stands there counts.
  const std::string_view sample = bytes.substr(first > 0 ? first - 1 : 0, kSampleBytes);
  const char* label = kShiftJis;
  double best = score_shift_jis(sample).value();
  const auto offer = [&](const char* other, double score, bool as_good) {
    if (score < best || (score == best && !as_good)) return;
    label = other;
    best = score;
  };
  offer("UTF-8", score_utf8(sample, best).value(), true);
  offer(kEucJp, score_euc_jp(sample, best).value(), false);
  if (best < kAccented) offer(kWindows1252, score_windows_1252(sample).value(), false);
  return *find_charset(label);
}

Decoded decode(std::string_view bytes, std::size_t start, const Charset& charset) {
  Decoded decoded;
  decoded.text.reserve(bytes.size() - start);
  switch (charset.encoding) {
    case Encoding::utf8:
      decode_utf8(bytes, start, decoded);
      break;
    case Encoding::utf16le:
      decode_utf16<false>(bytes, start, decoded);
      break;
    case Encoding::utf16be:
      decode_utf16<true>(bytes, start, decoded);
      break;
    case Encoding::shift_jis:
      decode_shift_jis(bytes, start, decoded);
      break;
    case Encoding::euc_jp:
      decode_euc_jp(bytes, start, decoded);
      break;
    case Encoding::iso_2022_jp:
      decode_iso_2022_jp(bytes, start, decoded);
      break;
    case Encoding::single_byte:
      decode_single_byte(bytes, start, charset.converter, decoded);
      break;
    case Encoding::other:
      decode_with_icu(bytes, start, charset.converter, decoded);
      break;
  }
  return decoded;
}

}  // namespace yoran
