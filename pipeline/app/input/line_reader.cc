#include "app/input/line_reader.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace yoran {

std::optional<LineReader::Line> LineReader::next(char end) {
  line_.clear();
  Line line;
  for (bool any = false;; any = true) {
    if (piece_.empty()) piece_ = read_();
    if (piece_.empty()) {
      if (!any) return std::nullopt;
      line.ended = false;
      break;
    }
    const std::size_t found = piece_.find(end);
    const std::string_view part = piece_.substr(0, found);
    const bool whole = found != std::string_view::npos;
    piece_.remove_prefix(part.size() + (whole ? 1 : 0));
    position_ += part.size() + (whole ? 1 : 0);
    if (whole && !any && part.size() <= max_line_) {
      line.text = part;  // the usual case: nothing is copied
      line.after = position_;
      return line;
    }
    const std::size_t room = max_line_ - std::min<std::uint64_t>(max_line_, line_.size());
    line.too_long = line.too_long || part.size() > room;
    line_.append(part.substr(0, room));
    if (whole) break;
  }
  line.text = line_;
  line.after = position_;
  return line;
}

bool LineReader::read(std::uint64_t size, std::uint64_t keep, std::string& out) {
  while (size > 0) {
    if (piece_.empty()) piece_ = read_();
    if (piece_.empty()) return false;
    const std::string_view part = piece_.substr(0, size);
    const std::string_view kept = part.substr(0, keep);
    out += kept;
    keep -= kept.size();
    size -= part.size();
    position_ += part.size();
    piece_.remove_prefix(part.size());
  }
  return true;
}

char LineReader::first_of(std::string_view characters) {
  if (piece_.empty()) piece_ = read_();
  const std::size_t found = piece_.find_first_of(characters);
  return found == std::string_view::npos ? '\0' : piece_[found];
}

std::string_view FilePieces::next() {
  constexpr std::size_t kPiece = 1U << 18U;
  buffer_.resize(kPiece);
  for (;;) {
    const ssize_t got = ::read(descriptor_, buffer_.data(), buffer_.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fault_ = errno;
    return std::string_view(buffer_).substr(0, got < 0 ? 0 : static_cast<std::size_t>(got));
  }
}

}  // namespace yoran
