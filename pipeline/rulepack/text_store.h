// Copies of texts, in a few large blocks; what it hands out stays in place for as long as the store lives.
#ifndef YORAN_RULEPACK_TEXT_STORE_H_
#define YORAN_RULEPACK_TEXT_STORE_H_

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

namespace yoran {

class TextStore {
 public:
  std::string_view keep(std::string_view text) {
    if (text.size() > room_) add_block(text.size());
    char* copy = next_;
    std::copy(text.begin(), text.end(), copy);
    next_ += text.size();
    room_ -= text.size();
    return {copy, text.size()};
  }

 private:
  static constexpr std::size_t kBlock = 32U << 10U;

  void add_block(std::size_t least) {
    room_ = std::max(kBlock, least);
    blocks_.push_back(std::make_unique_for_overwrite<char[]>(room_));
    next_ = blocks_.back().get();
  }

  std::vector<std::unique_ptr<char[]>> blocks_;
  char* next_ = nullptr;
  std::size_t room_ = 0;
};

}  // namespace yoran

#endif  // YORAN_RULEPACK_TEXT_STORE_H_
