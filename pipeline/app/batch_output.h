// Records of a batch in a file that an interruption does not spoil.
//
// While the batch runs, records go to FILE.partial, and FILE.manifest.jsonl gets one line for each input:
//   {"manifest":1,"settings":SHA256,"inputs":N}         the first line; rules and options, by their digest
//   {"input":NAME}                                      N lines: the list is frozen when the batch begins
//   {"name":NAME,"sha256":...,"bytes":...,"outcome":"ok|partial|rejected|skipped","records":...,
//    "reason":CODE,"ms":...,"end":BYTES}                the records of this input end here in the output
// Records are written before the line that tells of them: what an interruption leaves behind the last whole
// line is cut off, and the batch goes on from there. At the end the output is synced to disk and takes its
// name.
#ifndef YORAN_APP_BATCH_OUTPUT_H_
#define YORAN_APP_BATCH_OUTPUT_H_

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "app/input.h"

namespace yoran {

// What became of one input: its line of the manifest.
struct InputReport {
  std::string name;
  std::string sha256;  // empty: it could not be read
  std::uint64_t bytes = 0;
  std::string outcome = "ok";
  std::size_t records = 0;
  std::string reason;  // the code of the diagnostic that says why; empty if all is well
  std::uint64_t milliseconds = 0;
};

class BatchOutput {
 public:
  // Begins anew, or goes on with the inputs that an earlier run had listed and not finished. Throws
  // UsageError if that run had other settings, OutputError if a file cannot be written.
  BatchOutput(std::string path, std::string settings, bool resume, std::vector<Input> inputs);
  ~BatchOutput();
  BatchOutput(const BatchOutput&) = delete;
  BatchOutput& operator=(const BatchOutput&) = delete;

  // Inputs still to be worked on, in order.
  [[nodiscard]] const std::vector<Input>& inputs() const { return inputs_; }

  // For each input in order.
  void add(std::string_view records, const InputReport& report);
  // What was added is in the files.
  void flush();
  // All inputs are done: the output takes its name.
  void finish();

  // One line: how many inputs, and what became of them; those of earlier runs included.
  [[nodiscard]] std::string summary() const;
  [[nodiscard]] bool any_rejected() const { return counts_[kRejected] > 0; }

 private:
  static constexpr std::array<std::string_view, 4> kOutcomes = {"ok", "partial", "rejected", "skipped"};
  static constexpr std::size_t kRejected = 2;

  void begin(std::vector<Input> inputs);
  bool read_manifest();
  void count(std::string_view outcome, std::size_t records);

  std::string path_;
  std::string settings_;
  std::vector<Input> inputs_;
  std::array<std::size_t, 4> counts_{};
  std::size_t records_ = 0;
  std::uint64_t end_ = 0;  // of what the manifest tells of
  std::string pending_records_;
  std::string pending_lines_;
  int records_file_ = -1;
  int manifest_file_ = -1;
};

}  // namespace yoran

#endif  // YORAN_APP_BATCH_OUTPUT_H_
