// The output of a batch: one file, or a folder of parts (part-00000.jsonl, part-00001.jsonl, ...), perhaps
// compressed.
//
// A part grows under the name PART.partial, always uncompressed, so that it can be cut back to any position;
// when it is full it is synced to disk and takes its name. The records of one input are never divided.
#ifndef YORAN_APP_BATCH_PART_FILES_H_
#define YORAN_APP_BATCH_PART_FILES_H_

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include "app/batch/output_file.h"

namespace yoran {

struct PartOptions {
  std::string path;
  bool folder = false;
  bool zstd = false;
  std::string ending = ".jsonl";                                          // of the parts in a folder
  std::uint64_t max_records = std::numeric_limits<std::uint64_t>::max();  // of a part in a folder
  std::uint64_t max_bytes = std::numeric_limits<std::uint64_t>::max();    // uncompressed
};

class PartFiles {
 public:
  // Everything before it has been written.
  struct Position {
    std::size_t part = 0;
    std::uint64_t bytes = 0;    // of that part, uncompressed
    std::uint64_t records = 0;  // of that part
  };

  explicit PartFiles(PartOptions options) : options_(std::move(options)) {}

  // What is there of a part, uncompressed.
  [[nodiscard]] std::uint64_t available(std::size_t part) const;
  // The folder is there; throws UsageError if it is somebody else's.
  void prepare() const;
  // Removes the parts that are there; of a single file only what was not finished.
  void begin();
  // Cuts back what stands behind the position.
  void resume(const Position& position);

  // Whether the records of the next input belong in a new part: call close() before write().
  [[nodiscard]] bool is_full_for(std::uint64_t bytes, std::uint64_t records) const;
  void write(std::string_view text, std::uint64_t records);
  void flush();
  // The current part, if one is open, takes its name.
  void close();
  // All is written: there is an output, even if it is empty.
  void finish();
  [[nodiscard]] const Position& position() const { return position_; }

  // Where the parts go, for messages and for the name of the manifest.
  [[nodiscard]] const std::string& path() const { return options_.path; }
  [[nodiscard]] std::string manifest_path() const;

 private:
  [[nodiscard]] std::string name_of(std::size_t part) const;
  [[nodiscard]] std::string partial_of(std::size_t part) const { return name_of(part) + ".partial"; }
  [[nodiscard]] std::uint64_t finished_size(std::size_t part) const;
  void remove_parts(std::size_t from) const;
  void unpack(std::uint64_t bytes);
  void open();

  PartOptions options_;
  Position position_;
  bool finished_ = false;  // the current part has its name
  std::string pending_;
  AppendFile file_;
};

}  // namespace yoran

#endif  // YORAN_APP_BATCH_PART_FILES_H_
