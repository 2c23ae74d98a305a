// What the program calls itself, in records and in --version. CMakeLists.txt says the same version; a test
// compares.
#ifndef YORAN_EMIT_VERSION_H_
#define YORAN_EMIT_VERSION_H_

#include <string_view>

namespace yoran {

inline constexpr std::string_view kProgramName = "yoran";
inline constexpr std::string_view kVersion = "0.1.0";
inline constexpr std::string_view kRecordFormat = "yoran.record/1";

}  // namespace yoran

#endif  // YORAN_EMIT_VERSION_H_
