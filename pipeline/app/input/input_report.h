// What became of one input.
#ifndef YORAN_APP_INPUT_INPUT_REPORT_H_
#define YORAN_APP_INPUT_INPUT_REPORT_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace yoran {

inline constexpr std::array<std::string_view, 4> kOutcomes = {"ok", "partial", "rejected", "skipped"};

struct InputReport {
  std::string name{};
  std::string sha256{};  // empty: it could not be read
  std::uint64_t bytes = 0;
  std::string outcome = "ok";  // of kOutcomes
  std::size_t records = 0;
  std::string reason{};   // the code of the diagnostic that says why; empty if all is well
  std::string message{};  // of that diagnostic
  std::uint64_t milliseconds = 0;
  std::size_t member = 0;                // its number in its container, from 1; 0: it is an input of its own
  std::optional<std::size_t> members{};  // of a container: the documents in it
};

}  // namespace yoran

#endif  // YORAN_APP_INPUT_INPUT_REPORT_H_
