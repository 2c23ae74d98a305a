#include "rulepack/fold_table.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/uniset.h>
#include <unicode/unistr.h>
#include <unicode/usetiter.h>
#include <unicode/utf8.h>

#include <map>

namespace yoran {
namespace {

constexpr char32_t kCarriageReturn = 0x0D;
constexpr char32_t kLongMark = 0x30FC;
constexpr char32_t kGraphemeJoiner = 0x034F;
constexpr char32_t kLineEnds[] = {0x0B, 0x0C, 0x85, 0x2028, 0x2029};  // VT FF NEL LS PS
constexpr std::size_t kPages = 0x110000 / 64;

// Width and square forms; Kangxi radicals come out of PDF files in the place of the ideographs they look
// like.
constexpr char kWidthForms[] = "[[:dt=wide:][:dt=narrow:][:dt=square:][:block=Kangxi_Radicals:]]";
constexpr char kDigits[] = "[[:Nd:]-[0-9]]";
constexpr char kBlanks[] = "[[:Zs:]-[\\ ]]";
// What takes no room: format characters, variation selectors; and the combining grapheme joiner, below.
constexpr char kZeroWidth[] = "[[:DI:]&[[:Cf:][:Variation_Selector:]]]";
// What canonical composition changes or may join to the character before it.
constexpr char kNotInert[] = "[[:NFC_QC=No:][:NFC_QC=Maybe:][:^ccc=0:]]";

using Folds = std::map<char32_t, std::string>;

std::string to_utf8(const icu::UnicodeString& text) {
  std::string utf8;
  return text.toUTF8String(utf8);
}

const icu::Normalizer2& nfc() {
  UErrorCode status = U_ZERO_ERROR;
  return *icu::Normalizer2::getNFCInstance(status);
}

const icu::Normalizer2& nfkc() {
  UErrorCode status = U_ZERO_ERROR;
  return *icu::Normalizer2::getNFKCInstance(status);
}

std::string normalized(const icu::Normalizer2& normalizer, std::string_view utf8) {
  std::string result;
  icu::StringByteSink<std::string> sink(&result);
  UErrorCode status = U_ZERO_ERROR;
  normalizer.normalizeUTF8(0, icu::StringPiece(utf8.data(), static_cast<int32_t>(utf8.size())), sink, nullptr,
                           status);
  return result;
}

std::string utf8_of(char32_t code_point) {
  return to_utf8(icu::UnicodeString(static_cast<UChar32>(code_point)));
}

template <class Visit>
void for_each_in(const char* pattern, Visit visit) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::UnicodeSet set(icu::UnicodeString(pattern, -1, US_INV), status);
  for (int32_t range = 0; range < set.getRangeCount(); ++range) {
    for (UChar32 c = set.getRangeStart(range); c <= set.getRangeEnd(range); ++c)
      visit(static_cast<char32_t>(c));
  }
}

template <class Visit>
void for_each_code_point(std::string_view utf8, Visit visit) {
  for (std::size_t i = 0; i < utf8.size();) {
    const std::size_t start = i;
    UChar32 c;
    U8_NEXT_UNSAFE(utf8.data(), i, c);
    visit(static_cast<char32_t>(c), utf8.substr(start, i - start));
  }
}

Folds folds_of_icu() {
  Folds folds;
  for_each_in(kNotInert, [&](char32_t c) { folds[c] = normalized(nfc(), utf8_of(c)); });
  for_each_in(kWidthForms, [&](char32_t c) { folds[c] = normalized(nfkc(), utf8_of(c)); });
  for_each_in(kDigits, [&](char32_t c) {
    folds[c] = std::string(1, static_cast<char>('0' + u_charDigitValue(static_cast<UChar32>(c))));
  });
  for_each_in(kBlanks, [&](char32_t c) { folds[c] = " "; });
  for (const char32_t c : kLineEnds) folds[c] = "\n";
  for_each_in(kZeroWidth, [&](char32_t c) { folds[c].clear(); });
  folds[kGraphemeJoiner].clear();
  return folds;
}

// Folds the replacement itself. The depth is a guard against extra folds that run in a circle.
std::string closed(const Folds& folds, std::string_view replacement, int depth = 0) {
  constexpr int kMaxDepth = 8;
  std::string result;
  for_each_code_point(replacement, [&](char32_t c, std::string_view self) {
    const auto fold = folds.find(c);
    const bool stays = fold == folds.end() || fold->second == self || depth == kMaxDepth;
    result += stays ? std::string(self) : closed(folds, fold->second, depth + 1);
  });
  return normalized(nfc(), result);
}

FoldAction action_of(std::string_view replacement) {
  if (replacement.empty()) return FoldAction::remove;
  UChar32 first;
  std::size_t size = 0;
  U8_NEXT_UNSAFE(replacement.data(), size, first);
  if (first == kLongMark && size == replacement.size()) return FoldAction::long_mark;  // the half-width one
  return nfc().hasBoundaryBefore(first) ? FoldAction::replace : FoldAction::join;
}

void put(FoldTable& table, char32_t code_point, FoldAction action, std::string_view replacement) {
  std::uint16_t& page = table.pages[code_point >> 6];
  if (page == 0) {
    page = static_cast<std::uint16_t>(table.page_entries.size() / 64);
    table.page_entries.resize(table.page_entries.size() + 64);
  }
  table.page_entries[(std::size_t{page} << 6) | (code_point & 63)] =
      static_cast<std::uint16_t>(table.entries.size());
  table.entries.push_back({static_cast<std::uint32_t>(table.texts.size()),
                           static_cast<std::uint8_t>(replacement.size()), action});
  table.texts += replacement;
  if (code_point < 0x10000) table.copied[code_point >> 6] &= ~(std::uint64_t{1} << (code_point & 63));
}

// Every step of FoldTable::fold is one sentence of the header of stage 2.
std::string replaced(const FoldTable& table, std::string_view utf8) {
  std::string result;
  std::string_view rest = utf8;
  for_each_code_point(utf8, [&](char32_t c, std::string_view self) {
    rest.remove_prefix(self.size());
    const FoldTable::Entry& entry = table.at(c);
    switch (entry.action) {
      case FoldAction::copy:
        result += self;
        break;
      case FoldAction::carriage_return:
        result += rest.starts_with('\n') ? "" : "\n";
        break;
      default:
        result += table.replacement(entry);
    }
  });
  return result;
}

std::string with_dashes(std::string_view utf8) {
  std::string result;
  std::size_t last_size = 0;
  char32_t last = 0;
  bool pending = false;  // a long mark behind a digit is the last of `result`
  for_each_code_point(utf8, [&](char32_t c, std::string_view self) {
    if (pending && is_digit_like(c)) result.replace(result.size() - last_size, last_size, "-");
    pending = c == kLongMark && is_digit_like(last);
    result += self;
    last = c;
    last_size = self.size();
  });
  return result;
}

}  // namespace

bool is_digit_like(char32_t code_point) {
  if (code_point < 0x80) return code_point >= '0' && code_point <= '9';
  const double value = u_getNumericValue(static_cast<UChar32>(code_point));
  return value >= 0 && value <= 9;
}

FoldTable FoldTable::build(std::span<const std::pair<char32_t, std::string>> extra) {
  Folds folds = folds_of_icu();
  for (const auto& [code_point, replacement] : extra) {
    if (code_point >= 0x80 && code_point < 0x110000) folds[code_point] = replacement;
  }
  FoldTable table;
  table.copied.fill(~std::uint64_t{0});
  table.pages.assign(kPages, 0);
  table.page_entries.assign(64, 0);
  table.entries.push_back({});
  put(table, kCarriageReturn, FoldAction::carriage_return, "\n");
  folds.try_emplace(kLongMark, utf8_of(kLongMark));
  for (const auto& [code_point, replacement] : folds) {
    const std::string text = closed(folds, replacement).substr(0, 255);
    put(table, code_point, action_of(text), text);
  }
  return table;
}

bool FoldTable::leaves(std::string_view utf8) const {
  for (std::size_t i = 0; i < utf8.size();) {
    UChar32 c;
    U8_NEXT_UNSAFE(utf8.data(), i, c);
    if (at(static_cast<char32_t>(c)).action != FoldAction::copy) return false;
  }
  return true;
}

std::string FoldTable::fold(std::string_view utf8) const {
  if (leaves(utf8)) return std::string(utf8);
  return with_dashes(normalized(nfc(), replaced(*this, utf8)));
}

}  // namespace yoran
