#include "normalize.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <string>
#include <string_view>

namespace yoran {
namespace {

using Entry = FoldTable::Entry;

const icu::Normalizer2& nfc() {
  UErrorCode status = U_ZERO_ERROR;
  return *icu::Normalizer2::getNFCInstance(status);
}

struct Decoded {
  char32_t code_point = 0;
  std::size_t end = 0;  // of its bytes
};

class Folder {
 public:
  Folder(std::string_view in, const FoldTable& folds, Text& text)
      : in_(in), bytes_(reinterpret_cast<const unsigned char*>(in.data())), folds_(folds), text_(text) {}

  void run() {
    while ((position_ = end_of_copied(position_)) < in_.size()) fold_one();
    copy_until(in_.size());
    flush();
  }

 private:
  static bool is_copied_ascii(unsigned char byte) {
    return byte < 0x80 && static_cast<unsigned char>(byte - 0x0B) > 2;
  }

  // Blocks of a fixed size and no early exit: the compiler makes vector code of it.
  std::size_t end_of_ascii_blocks(std::size_t i) const {
    constexpr std::size_t kBlock = 32;
    for (; i + kBlock <= in_.size(); i += kBlock) {
      unsigned char stop = 0;
      for (std::size_t k = 0; k < kBlock; ++k) {
        const unsigned char byte = bytes_[i + k];
        stop |= static_cast<unsigned char>((byte & 0x80) |
                                           (static_cast<unsigned char>(byte - 0x0B) <= 2 ? 1 : 0));
      }
      if (stop != 0) break;
    }
    return i;
  }

  // The first byte from `i` on whose character is not simply copied.
  std::size_t end_of_copied(std::size_t i) const {
    const std::size_t size = in_.size();
    while (i < size) {
      const unsigned char byte = bytes_[i];
      if (byte < 0x80) {
        const std::size_t start = i;
        while (i < size && i - start < 16 && is_copied_ascii(bytes_[i])) ++i;
        if (i - start == 16) {
          i = end_of_ascii_blocks(i);
        } else if (i < size && bytes_[i] < 0x80) {
          return i;
        }
      } else if (byte < 0xE0) {
        if (!folds_.copies(byte & 0x1F, bytes_[i + 1] & 0x3F)) return i;
        i += 2;
      } else if (byte < 0xF0) {
        do {
          if (!folds_.copies(((bytes_[i] & 0x0FU) << 6) | (bytes_[i + 1] & 0x3FU), bytes_[i + 2] & 0x3F))
            return i;
          i += 3;
        } while (i < size && (bytes_[i] & 0xF0) == 0xE0);
      } else {
        if (folds_.at(decode(i).code_point).action != FoldAction::copy) return i;
        i += 4;
      }
    }
    return size;
  }

  Decoded decode(std::size_t at) const {
    Decoded result{0, at};
    UChar32 c;
    U8_NEXT_UNSAFE(bytes_, result.end, c);
    result.code_point = static_cast<char32_t>(c);
    return result;
  }

  FoldAction action_at(std::size_t at) const {
    if (at >= in_.size()) return FoldAction::copy;
    return folds_.at(bytes_[at] < 0x80 ? bytes_[at] : decode(at).code_point).action;
  }

  std::size_t skip_removed(std::size_t at) const {
    while (action_at(at) == FoldAction::remove) at = decode(at).end;
    return at;
  }

  // Writes what was passed over since the last change.
  void copy_until(std::size_t end) {
    if (end == copied_) return;
    put(in_.data() + copied_, end - copied_);
    text_.map.append_copy(static_cast<std::uint32_t>(end - copied_), static_cast<std::uint32_t>(copied_));
    copied_ = end;
  }

  void write(std::string_view replacement, std::size_t end) {
    put(replacement.data(), replacement.size());
    text_.map.append_unit(static_cast<std::uint32_t>(replacement.size()), static_cast<std::uint32_t>(copied_),
                          static_cast<std::uint32_t>(end - copied_));
    skip_to(end);
  }

  // letter_ to composed_. A text in NFD has few letters with marks, again and again: the last ones are
  // remembered.
  void compose_letter() {
    std::uint64_t key = 0;
    if (letter_.size() <= sizeof key) std::memcpy(&key, letter_.data(), letter_.size());
    Composed& known = known_[(key * 0x9E3779B97F4A7C15U) >> 58];
    if (key != 0 && known.letter == key) {
      composed_.assign(known.text.data(), known.size);
      return;
    }
    composed_.clear();
    icu::StringByteSink<std::string> sink(&composed_);
    UErrorCode status = U_ZERO_ERROR;
    const icu::StringPiece letter(letter_.data(), static_cast<int32_t>(letter_.size()));
    nfc_.normalizeUTF8(0, letter, sink, nullptr, status);
    if (key == 0 || composed_.size() > known.text.size()) return;
    known.letter = key;
    known.size = composed_.size();
    std::copy(composed_.begin(), composed_.end(), known.text.begin());
  }

  // Short pieces are gathered first: a call of append for each digit is half of the time of a table of
  // numbers.
  void put(const char* bytes, std::size_t size) {
    if (staged_size_ + size > staged_.size()) flush();
    if (size > kStagedMost) {
      flush();
      text_.folded.append(bytes, size);
      return;
    }
    char* to = staged_.data() + staged_size_;
    for (std::size_t i = 0; i < size; ++i) to[i] = bytes[i];
    staged_size_ += size;
  }

  void flush() {
    text_.folded.append(staged_.data(), staged_size_);
    staged_size_ = 0;
  }

  void skip_to(std::size_t end) { position_ = copied_ = end; }

  void fold_one() {
    const Decoded here = decode(position_);
    const Entry& entry = folds_.at(here.code_point);
    switch (entry.action) {
      case FoldAction::copy:
        position_ = here.end;
        break;
      case FoldAction::replace:
        replace(here, entry);
        break;
      case FoldAction::join:
        compose(start_of_last_copied());
        break;
      case FoldAction::remove:
        remove();
        break;
      case FoldAction::carriage_return:
        end_line(here.end);
        break;
      case FoldAction::long_mark:
        long_mark(here.end, entry);
        break;
    }
  }

  // Characters to be replaced stand side by side, as the digits of a wide number: each is looked up once.
  void replace(Decoded here, const Entry& first) {
    const Entry* entry = &first;
    while (true) {
      const bool last = here.end >= in_.size();
      const Decoded next = last ? Decoded{} : decode(here.end);
      const Entry& following = last ? folds_.at(0) : folds_.at(next.code_point);
      if (following.action == FoldAction::join || following.action == FoldAction::remove)
        return compose(position_);
      copy_until(position_);
      write(folds_.replacement(*entry), here.end);
      if (following.action != FoldAction::replace) return;
      here = next;
      entry = &following;
    }
  }

  void remove() {
    const std::size_t end = skip_removed(position_);
    if (action_at(end) == FoldAction::join) return compose(start_of_last_copied());
    copy_until(position_);
    skip_to(end);
  }

  void end_line(std::size_t end) {
    copy_until(position_);
    if (end < in_.size() && in_[end] == '\n') return skip_to(end);
    write("\n", end);
  }

  void long_mark(std::size_t end, const Entry& entry) {
    if (!is_digit_like(last_code_point()) || !is_digit_like(first_folded(skip_removed(end)))) {
      if (folds_.replacement(entry) != in_.substr(position_, end - position_))
        return replace({0, end}, entry);
      position_ = end;
      return;
    }
    copy_until(position_);
    write("-", end);
  }

  // The character a mark at position_ joins; position_ itself if what stands before was changed and written.
  std::size_t start_of_last_copied() const {
    std::size_t i = position_;
    if (i > copied_) U8_BACK_1_UNSAFE(bytes_, i);
    return i;
  }

  // Before position_, as written.
  char32_t last_code_point() {
    flush();
    const std::string_view before =
        position_ > copied_ ? in_.substr(0, position_) : std::string_view(text_.folded);
    if (before.empty()) return 0;
    std::size_t i = before.size();
    UChar32 c;
    U8_PREV_UNSAFE(before.data(), i, c);
    return static_cast<char32_t>(c);
  }

  char32_t first_folded(std::size_t at) const {
    if (at >= in_.size()) return 0;
    const char32_t code_point = decode(at).code_point;
    const Entry& entry = folds_.at(code_point);
    if (entry.size == 0) return code_point;
    UChar32 c;
    U8_GET_UNSAFE(folds_.replacement(entry).data(), 0, c);
    return static_cast<char32_t>(c);
  }

  // One letter with its marks, from `start` on, through ICU. It is one unit of the map.
  void compose(std::size_t start) {
    letter_.clear();
    std::size_t end = start;  // behind the last character that is not removed
    std::size_t next = start;
    for (int marks = 0; next < in_.size();) {
      const Decoded here = decode(next);
      const Entry& entry = folds_.at(here.code_point);
      const bool joins = entry.action == FoldAction::join;
      if (next > start && !joins && entry.action != FoldAction::remove) break;
      if (entry.action != FoldAction::remove && (!joins || ++marks <= kMaxMarks)) {
        letter_ += entry.size == 0 ? in_.substr(next, here.end - next) : folds_.replacement(entry);
        end = here.end;
      }
      next = here.end;
    }
    write_composed(start, end, next);
  }

  void write_composed(std::size_t start, std::size_t end, std::size_t next) {
    compose_letter();
    if (composed_ == in_.substr(start, next - start)) {
      position_ = next;
      return;
    }
    copy_until(start);
    write(composed_, end);
    skip_to(next);
  }

  struct Composed {
    std::uint64_t letter = 0;  // its bytes
    std::size_t size = 0;
    std::array<char, 16> text{};
  };

  std::string_view in_;
  const unsigned char* bytes_;
  const FoldTable& folds_;
  Text& text_;
  const icu::Normalizer2& nfc_ = nfc();
  static constexpr std::size_t kStagedMost = 24;
  std::array<char, 512> staged_;
  std::size_t staged_size_ = 0;
  std::string letter_;  // scratch of compose
  std::string composed_;
  std::array<Composed, 64> known_;
  std::size_t copied_ = 0;    // everything before it is written
  std::size_t position_ = 0;  // everything from copied_ up to it is to be copied
};

}  // namespace

Text normalize(const Document& document, const FoldTable& folds) {
  Text text;
  text.folded.reserve(document.text.size());
  Folder(document.text, folds, text).run();
  return text;
}

}  // namespace yoran
