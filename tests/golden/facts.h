// Records against the facts that a reader wrote down by hand; samples/README.md says how facts are read.
#ifndef YORAN_TESTS_GOLDEN_FACTS_H_
#define YORAN_TESTS_GOLDEN_FACTS_H_

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace yoran {

// One fact that the records do not meet.
struct Gap {
  std::string path;     // into the facts file: "records.0.addresses.3.postal_code"
  std::string message;  // what was expected and what was found
};

[[nodiscard]] std::vector<Gap> compare_with_facts(const nlohmann::json& facts,
                                                  const std::vector<nlohmann::json>& records);

}  // namespace yoran

#endif  // YORAN_TESTS_GOLDEN_FACTS_H_
