#include "app/batch/batch_output.h"

#include <chrono>
#include <utility>

#include "app/command_line.h"

namespace yoran {
namespace {

constexpr std::size_t kBufferSize = 1U << 18U;
constexpr std::chrono::milliseconds kLongestWait{200};  // more than that is not lost to a kill

}  // namespace

void BatchOutput::open() {
  parts_.prepare();
  manifest_.open(parts_.manifest_path());
  manifest_.lock();
}

void BatchOutput::begin(const NextInput& list) {
  if (!manifest_.is_open()) open();
  manifest_.cut(0);  // an old one must not speak of new parts
  parts_.begin();
  if (rejects_ != nullptr) rejects_->open(0);
  append_manifest_head(pending_lines_, settings_);
  list_inputs(list);
}

// Writes the list behind a head that is pending.
void BatchOutput::list_inputs(const NextInput& list) {
  const std::uint64_t list_at = size_of_file(parts_.manifest_path()) + pending_lines_.size();
  left_ = 0;
  while (const auto input = list()) {
    ++left_;
    append_manifest_input(pending_lines_, *input);
    if (pending_lines_.size() > kBufferSize) flush();
  }
  append_manifest_listed(pending_lines_, left_);
  flush();
  inputs_.emplace(parts_.manifest_path(), list_at, left_, 0);
}

void BatchOutput::resume(const NextInput& list, const std::function<std::string(const Input&)>& content) {
  open();
  const std::string path = parts_.manifest_path();
  auto state = read_manifest(path, [this](std::size_t part) { return parts_.available(part); });
  if (!state) return begin(list);
  if (state->settings != settings_)
    throw UsageError("'" + path + "' is of a run with other rules or options",
                     "give the same ones, or leave --resume out to begin anew");
  manifest_.cut(state->kept);
  parts_.resume(state->position);
  if (rejects_ != nullptr) rejects_->open(state->rejects_end);
  tally_ = std::move(state->tally);
  members_done_ = state->members;
  left_ = state->listed - state->done;
  if (!state->is_complete()) {
    inputs_.emplace(path, state->list_at, state->listed, state->done);
    return;
  }
  const DoneInputs done(path);
  const NextInput changed = [&]() -> std::optional<Input> {
    for (;;) {
      auto input = list();
      if (!input || !done.has(input->path, content(*input))) return input;
    }
  };
  auto first = changed();
  if (!first) return;
  append_manifest_head(pending_lines_, settings_);
  list_inputs([&] { return first ? std::exchange(first, std::nullopt) : changed(); });
}

void BatchOutput::add(std::string_view records, const InputReport& report, std::string_view rejected_bytes) {
  tally_.add(report);
  if (rejects_ != nullptr && report.outcome == "rejected") rejects_->add(report, rejected_bytes);
  if (parts_.is_full_for(records.size(), report.records)) {
    flush();
    manifest_.sync();  // it must not tell of less than a part that has its name
    parts_.close();
  }
  parts_.write(records, report.records);
  append_manifest_report(pending_lines_, report, parts_.position(),
                         rejects_ == nullptr ? 0 : rejects_->end());
  const bool late = std::chrono::steady_clock::now() - flushed_ > kLongestWait;
  if (late || pending_lines_.size() > kBufferSize) flush();
}

void BatchOutput::flush() {
  flushed_ = std::chrono::steady_clock::now();
  parts_.flush();
  manifest_.write(pending_lines_);
  pending_lines_.clear();
}

void BatchOutput::finish() {
  flush();
  manifest_.sync();
  parts_.finish();
}

}  // namespace yoran
