// The manifest of a batch: JSON Lines that say which inputs there are and what became of each.
//
//   {"manifest":1,"settings":SHA256}                    rules and options, by their digest
//   {"input":NAME}                                      one for each: the list is frozen when the batch
//   begins;
//                                                       with outcome, reason and message if that is settled
//   {"listed":N}                                        the list is whole
//   {"name":NAME,"sha256":...,"bytes":...,"outcome":"ok|partial|rejected|skipped","records":...,
//    "reason":CODE,"ms":...,"part":K,"end":BYTES}       its records end there, in the part of this number
//
// The documents in an archive have lines of their own ("member":1, 2, ...), before that of the archive
// ("members":N).
//
// A batch that is run again over more inputs adds another such block for those that are new or have changed.
#ifndef YORAN_APP_BATCH_MANIFEST_H_
#define YORAN_APP_BATCH_MANIFEST_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/batch/part_files.h"
#include "app/batch/tally.h"
#include "app/input/input.h"
#include "app/input/input_report.h"
#include "app/input/line_reader.h"

namespace yoran {

// Append one line to `out`.
void append_manifest_head(std::string& out, std::string_view settings);
void append_manifest_input(std::string& out, const Input& input);
void append_manifest_listed(std::string& out, std::size_t count);
void append_manifest_report(std::string& out, const InputReport& report, const PartFiles::Position& position,
                            std::uint64_t rejects_end);

// How far an earlier run got.
struct ManifestState {
  std::string settings;
  std::uint64_t block_at = 0;  // where the last block begins
  std::uint64_t list_at = 0;   // and its list
  std::size_t listed = 0;
  bool list_whole = false;
  std::size_t done = 0;     // inputs of that list
  std::size_t members = 0;  // of the container that comes next, in which documents were worked on already
  std::uint64_t kept = 0;   // bytes: what stands behind is torn or tells of records that are not there
  PartFiles::Position position;
  std::uint64_t rejects_end = 0;
  Tally tally;
  [[nodiscard]] bool is_complete() const { return list_whole && done == listed; }
};

// None: there is no manifest with a whole list. `available` tells the size of a part.
[[nodiscard]] std::optional<ManifestState> read_manifest(
    const std::string& path, const std::function<std::uint64_t(std::size_t part)>& available);

// The list of a manifest, read again piece by piece.
class ManifestInputs {
 public:
  ManifestInputs(const std::string& path, std::uint64_t list_at, std::size_t listed, std::size_t done);
  ~ManifestInputs();
  ManifestInputs(const ManifestInputs&) = delete;
  ManifestInputs& operator=(const ManifestInputs&) = delete;
  [[nodiscard]] std::optional<Input> next();

 private:
  int descriptor_;
  FilePieces pieces_;
  LineReader lines_;
  std::size_t left_;
};

// Which inputs a manifest tells of, with the content they had last: 16 bytes for each.
class DoneInputs {
 public:
  explicit DoneInputs(const std::string& manifest_path);
  // `content`: the SHA-256, or the code of the fault of what cannot be read.
  [[nodiscard]] bool has(const std::string& name, const std::string& content) const;

 private:
  std::vector<std::pair<std::uint64_t, std::uint64_t>> keys_;  // name and content; sorted by name
};

}  // namespace yoran

#endif  // YORAN_APP_BATCH_MANIFEST_H_
