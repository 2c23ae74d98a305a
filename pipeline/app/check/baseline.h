// Findings that a repository has taken note of: told apart, not counted.
#ifndef YORAN_APP_CHECK_BASELINE_H_
#define YORAN_APP_CHECK_BASELINE_H_

#include <set>
#include <string>

#include "types/finding.h"

namespace yoran {

class Baseline {
 public:
  // Throws UsageError if the file is no baseline. A file that does not exist is an empty one.
  static Baseline read(const std::string& file);
  // All open and known findings; throws UsageError if the file cannot be written.
  static void write(const std::string& file, const Findings& findings);

  // Gives findings that are in it the standing `baseline`.
  void mark(Findings& findings);
  // Entries that no finding was marked by: those faults are mended.
  [[nodiscard]] std::size_t unused() const { return fingerprints_.size() - used_.size(); }

 private:
  std::set<std::string> fingerprints_;
  std::set<std::string> used_;
};

}  // namespace yoran

#endif  // YORAN_APP_CHECK_BASELINE_H_
