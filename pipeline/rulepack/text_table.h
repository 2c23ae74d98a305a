// Numbers for texts, from 0 in the order in which they were added: an open hash table that finds a text as it
// is or without regard to ASCII case.
#ifndef YORAN_RULEPACK_TEXT_TABLE_H_
#define YORAN_RULEPACK_TEXT_TABLE_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "rulepack/text_store.h"

namespace yoran {

class TextTable {
 public:
  // The number of the text; it is new if that is the size before.
  std::uint32_t add(std::string_view text);

  // kNone: there is no such text.
  [[nodiscard]] std::uint32_t find(std::string_view text) const;
  // Without ASCII case; of several texts the one that was added first.
  [[nodiscard]] std::uint32_t find_loosely(std::string_view text) const;

  [[nodiscard]] std::string_view text(std::uint32_t number) const { return texts_[number]; }
  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(texts_.size()); }

 private:
  template <class Equal>
  [[nodiscard]] std::uint32_t find_if(std::string_view text, std::uint32_t hash, Equal equal) const;
  void put(std::uint32_t number);
  void grow();

  TextStore store_;
  std::vector<std::string_view> texts_;  // by number
  std::vector<std::uint32_t> hashes_;    // by number; texts that differ in case only have the same
  // Numbers plus 1; 0 is free. A power of two, at most half full. Nothing is removed, so that of texts with
  // one hash the first comes first.
  std::vector<std::uint32_t> slots_;
};

}  // namespace yoran

#endif  // YORAN_RULEPACK_TEXT_TABLE_H_
