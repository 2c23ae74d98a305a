// Values as bytes between a process and its children, which are copies of it: sizes before texts, numbers as
// they lie in memory.
#ifndef YORAN_APP_BATCH_WIRE_H_
#define YORAN_APP_BATCH_WIRE_H_

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace yoran {

inline void put_number(std::string& out, std::uint64_t number) {
  char bytes[sizeof number];
  std::memcpy(bytes, &number, sizeof number);
  out.append(bytes, sizeof number);
}

inline void put_text(std::string& out, std::string_view text) {
  put_number(out, text.size());
  out += text;
}

// What put_number() and put_text() have written, in that order.
class WireReader {
 public:
  explicit WireReader(std::string_view bytes) : rest_(bytes) {}
  std::uint64_t number() {
    std::uint64_t number = 0;
    if (rest_.size() < sizeof number) return 0;
    std::memcpy(&number, rest_.data(), sizeof number);
    rest_.remove_prefix(sizeof number);
    return number;
  }
  std::string text() {
    const std::uint64_t size = number();
    std::string text(rest_.substr(0, size));
    rest_.remove_prefix(text.size());
    return text;
  }

 private:
  std::string_view rest_;
};

}  // namespace yoran

#endif  // YORAN_APP_BATCH_WIRE_H_
