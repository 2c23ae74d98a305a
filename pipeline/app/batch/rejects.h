// --rejects: what failed is kept, with the reason.
//
// A file gets one JSON object for each rejected input:
//   {"id":NAME,"sha256":...,"bytes":N,"reason":CODE,"message":...,"text":... or "bytes_base64":...}
// which can be given to `yoran filter`. A folder gets the bytes in a file of their own, named in "file", and
// the objects in rejects.jsonl. What could not be read has neither.
#ifndef YORAN_APP_BATCH_REJECTS_H_
#define YORAN_APP_BATCH_REJECTS_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "app/batch/output_file.h"
#include "app/input/input_report.h"

namespace yoran {

class Rejects {
 public:
  explicit Rejects(const std::string& path);

  // `end`: what earlier runs have kept.
  void open(std::uint64_t end);
  void add(const InputReport& report, std::string_view bytes);
  [[nodiscard]] std::uint64_t end() const { return end_; }

 private:
  std::string folder_;  // empty: there is none
  std::string path_;    // of the objects
  AppendFile file_;
  std::uint64_t end_ = 0;
};

}  // namespace yoran

#endif  // YORAN_APP_BATCH_REJECTS_H_
