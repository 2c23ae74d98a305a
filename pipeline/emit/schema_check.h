// Records against their JSON Schema, by a general validator: for --strict, `yoran validate` and the tests.
// The hot path relies on validate() instead.
#ifndef YORAN_EMIT_SCHEMA_CHECK_H_
#define YORAN_EMIT_SCHEMA_CHECK_H_

#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "rulepack/rulepack.h"

namespace yoran {

class SchemaCheck {
 public:
  explicit SchemaCheck(const RulePack& rules, bool evidence = true);
  explicit SchemaCheck(std::string_view schema);  // any other JSON Schema, draft-07
  ~SchemaCheck();
  SchemaCheck(SchemaCheck&&) noexcept;
  SchemaCheck& operator=(SchemaCheck&&) noexcept;

  // Empty if the record is valid; else what is wrong, with its place: "/fields/area/unit: ...". Const and
  // thread-safe.
  [[nodiscard]] std::string fault(const nlohmann::json& record) const;
  // The same for a record as written; what is not JSON is a fault.
  [[nodiscard]] std::string fault(std::string_view record) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// One question; keep a SchemaCheck for many.
[[nodiscard]] bool schema_valid(const nlohmann::json& record, const RulePack& rules);

}  // namespace yoran

#endif  // YORAN_EMIT_SCHEMA_CHECK_H_
