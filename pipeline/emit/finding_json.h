// A finding as JSON: what `--format json` writes and what the cache keeps.
#ifndef YORAN_EMIT_FINDING_JSON_H_
#define YORAN_EMIT_FINDING_JSON_H_

#include <nlohmann/json_fwd.hpp>
#include <optional>

#include "types/finding.h"

namespace yoran {

[[nodiscard]] nlohmann::ordered_json to_json(const Finding& finding);
// None: it is not what to_json wrote.
[[nodiscard]] std::optional<Finding> finding_from(const nlohmann::ordered_json& json);
// Never throws: bytes that are no UTF-8 become U+FFFD.
[[nodiscard]] std::string dumped(const nlohmann::ordered_json& json, int indent = -1);

}  // namespace yoran

#endif  // YORAN_EMIT_FINDING_JSON_H_
