// Records of a batch in files that an interruption does not spoil: the parts, the manifest beside them, and
// what was rejected.
//
// Records are written before the line of the manifest that tells of them: what an interruption leaves behind
// the last whole line is cut off, and the batch goes on from there.
#ifndef YORAN_APP_BATCH_BATCH_OUTPUT_H_
#define YORAN_APP_BATCH_BATCH_OUTPUT_H_

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "app/batch/manifest.h"
#include "app/batch/part_files.h"
#include "app/batch/rejects.h"
#include "app/batch/tally.h"
#include "app/input/input.h"
#include "app/input/input_report.h"

namespace yoran {

using NextInput = std::function<std::optional<Input>()>;

class BatchOutput {
 public:
  // `settings`: a digest of all that the output depends on. `rejects` may be null.
  BatchOutput(PartOptions parts, std::string settings, Rejects* rejects)
      : parts_(std::move(parts)), settings_(std::move(settings)), rejects_(rejects) {}

  // What `list` gives is written down, and then worked on.
  void begin(const NextInput& list);
  // Goes on with what an earlier run had listed and not finished. If it was through, with those of `list`
  // that are new or have changed, which `content` tells: what DoneInputs::has() takes. Throws UsageError if
  // the earlier run had other settings.
  void resume(const NextInput& list, const std::function<std::string(const Input&)>& content);

  // Inputs still to be worked on, in order.
  [[nodiscard]] std::optional<Input> next_input() { return inputs_ ? inputs_->next() : std::nullopt; }
  [[nodiscard]] std::size_t inputs_left() const { return left_; }
  // Of the first of them, a container: so many of its documents are done already.
  [[nodiscard]] std::size_t members_done() const { return members_done_; }

  // For each input in order.
  void add(std::string_view records, const InputReport& report, std::string_view rejected_bytes);
  // What was added is in the files.
  void flush();
  // All inputs are done: the output takes its name.
  void finish();

  // Of all runs so far.
  [[nodiscard]] const Tally& tally() const { return tally_; }

 private:
  void open();
  void list_inputs(const NextInput& list);

  PartFiles parts_;
  std::string settings_;
  Rejects* rejects_;
  std::optional<ManifestInputs> inputs_;
  std::size_t left_ = 0;
  std::size_t members_done_ = 0;
  Tally tally_;
  std::chrono::steady_clock::time_point flushed_;
  std::string pending_lines_;
  AppendFile manifest_;
};

}  // namespace yoran

#endif  // YORAN_APP_BATCH_BATCH_OUTPUT_H_
