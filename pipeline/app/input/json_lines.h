// Files of JSON Lines that people give to commands: read whole, each line fenced before it is parsed.
#ifndef YORAN_APP_INPUT_JSON_LINES_H_
#define YORAN_APP_INPUT_JSON_LINES_H_

#include <functional>
#include <nlohmann/json.hpp>
#include <string>

#include "emit/diagnostic_text.h"

namespace yoran {

// Calls `use` with every object and its line number; blank lines are skipped. What is unreadable or no JSON
// object is reported on standard error. Returns an exit code.
int for_each_json_line(const std::string& path, const TextStyle& style,
                       const std::function<void(const nlohmann::json&, std::uint32_t)>& use);

}  // namespace yoran

#endif  // YORAN_APP_INPUT_JSON_LINES_H_
