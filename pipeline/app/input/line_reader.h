// Lines of something that comes in pieces, one at a time, however long the whole is.
#ifndef YORAN_APP_INPUT_LINE_READER_H_
#define YORAN_APP_INPUT_LINE_READER_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace yoran {

// The next piece, which lives until the next call; empty: the end.
using ReadPiece = std::function<std::string_view()>;

class LineReader {
 public:
  // Lines longer than `max_line` are cut there and said to be too long.
  LineReader(ReadPiece read, std::uint64_t max_line) : read_(std::move(read)), max_line_(max_line) {}

  struct Line {
    std::string_view text;  // without its end; lives until the next call
    bool too_long = false;
    bool ended = true;        // false: the last one, without a line end
    std::uint64_t after = 0;  // bytes up to and with its end
  };
  [[nodiscard]] std::optional<Line> next(char end = '\n');
  // The next `size` bytes, of which `keep` at most are appended to `out`; false: there are not so many.
  bool read(std::uint64_t size, std::uint64_t keep, std::string& out);
  // Which of these characters comes first, as far as the next piece reaches; 0: none.
  [[nodiscard]] char first_of(std::string_view characters);

 private:
  ReadPiece read_;
  std::uint64_t max_line_;
  std::string_view piece_;
  std::string line_;
  std::uint64_t position_ = 0;
};

// An open file in pieces; it stays open, and belongs to the caller. A fault reads as the end and is noted.
class FilePieces {
 public:
  explicit FilePieces(int descriptor) : descriptor_(descriptor) {}
  [[nodiscard]] std::string_view next();
  [[nodiscard]] int fault() const { return fault_; }  // errno; 0: none

 private:
  int descriptor_;
  int fault_ = 0;
  std::string buffer_;
};

}  // namespace yoran

#endif  // YORAN_APP_INPUT_LINE_READER_H_
