// What became of the inputs of a run, added up.
#ifndef YORAN_APP_TALLY_H_
#define YORAN_APP_TALLY_H_

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/input_report.h"

namespace yoran {

class Tally {
 public:
  void add(const InputReport& report);

  [[nodiscard]] std::size_t inputs() const;
  [[nodiscard]] std::size_t of(std::string_view outcome) const;
  [[nodiscard]] std::size_t records() const { return records_; }
  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }
  // Codes with how often they occurred, the most frequent first.
  [[nodiscard]] std::vector<std::pair<std::string, std::size_t>> reasons() const;
  // Milliseconds and name of the slowest inputs, the slowest first.
  [[nodiscard]] const std::vector<std::pair<std::uint64_t, std::string>>& slowest() const { return slowest_; }

  // One line: how many inputs, and what became of them.
  [[nodiscard]] std::string line() const;
  // The same with the reasons and the slowest inputs, for people and for programs (members of a JSON object).
  [[nodiscard]] std::string as_text() const;
  [[nodiscard]] std::string as_json() const;

 private:
  std::array<std::size_t, kOutcomes.size()> counts_{};
  std::size_t records_ = 0;
  std::uint64_t bytes_ = 0;
  std::map<std::string, std::size_t, std::less<>> reasons_;
  std::vector<std::pair<std::uint64_t, std::string>> slowest_;
};

}  // namespace yoran

#endif  // YORAN_APP_TALLY_H_
