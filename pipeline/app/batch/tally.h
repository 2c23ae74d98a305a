// What became of the inputs of a run, added up.
#ifndef YORAN_APP_BATCH_TALLY_H_
#define YORAN_APP_BATCH_TALLY_H_

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/input/input_report.h"

namespace yoran {

// Upper bounds of the classes of time that are counted, in milliseconds; one more class is above them all.
inline constexpr std::array<std::uint64_t, 7> kTimeBounds = {1, 10, 100, 1000, 10'000, 60'000, 600'000};

class Tally {
 public:
  void add(const InputReport& report);

  [[nodiscard]] std::size_t inputs() const;
  // Without the documents in containers.
  [[nodiscard]] std::size_t own_inputs() const { return own_inputs_; }
  [[nodiscard]] std::size_t of(std::string_view outcome) const;
  [[nodiscard]] std::size_t records() const { return records_; }
  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }
  [[nodiscard]] std::uint64_t milliseconds() const { return milliseconds_; }
  // How many inputs took how long; see kTimeBounds.
  [[nodiscard]] const std::array<std::size_t, kTimeBounds.size() + 1>& times() const { return times_; }
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
  std::size_t own_inputs_ = 0;
  std::uint64_t bytes_ = 0;
  std::uint64_t milliseconds_ = 0;
  std::array<std::size_t, kTimeBounds.size() + 1> times_{};
  std::map<std::string, std::size_t, std::less<>> reasons_;
  std::vector<std::pair<std::uint64_t, std::string>> slowest_;
};

}  // namespace yoran

#endif  // YORAN_APP_BATCH_TALLY_H_
