// What the fuzz targets have in common: options from the first bytes of an input, and checks that abort.
#ifndef YORAN_TESTS_FUZZ_FUZZ_INPUT_H_
#define YORAN_TESTS_FUZZ_FUZZ_INPUT_H_

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

#include "rulepack/rulepack.h"
#include "types/document.h"

namespace yoran {

inline void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}

// Inputs are read in one go and kept small: what takes long on 64 KiB takes long by its shape, not by its
// size.
inline constexpr std::size_t kMaxInput = 64U << 10U;

// The first byte says how the rest is to be read; letters, so that seeds can be made by hand.
struct FuzzInput {
  std::optional<MediaType> media_type;
  std::string charset;
  std::string_view bytes;
};

inline FuzzInput fuzz_input(const std::uint8_t* data, std::size_t size) {
  static constexpr std::string_view kCharsets[] = {"",       "UTF-8",       "Shift_JIS",    "EUC-JP",
                                                   "UTF-16", "ISO-2022-JP", "windows-1252", "UTF-16BE"};
  FuzzInput input;
  if (size == 0) return input;
  const unsigned choice = data[0];
  if (choice % 4 != 3) input.media_type = static_cast<MediaType>(choice % 4);
  input.charset = kCharsets[choice / 4 % std::size(kCharsets)];
  input.bytes = {reinterpret_cast<const char*>(data) + 1, size - 1};
  return input;
}

inline const RulePack& default_rules() {
  static const LoadedRules kRules = load_rules(default_rule_files());
  require(kRules.pack != nullptr, "the built-in rules load");
  return *kRules.pack;
}

}  // namespace yoran

#endif  // YORAN_TESTS_FUZZ_FUZZ_INPUT_H_
