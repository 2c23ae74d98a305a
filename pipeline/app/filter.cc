// yoran filter: the filter protocol, version 1. One JSON object in, one out, for each line, until the input
// ends.
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

#include "app/commands.h"
#include "app/console.h"
#include "app/extract_options.h"
#include "app/input/request.h"
#include "app/rules_source.h"

namespace yoran {
namespace {

constexpr std::uint64_t kDefaultMaxLine = 128U << 20U;  // 64 MiB of bytes in base64, with room
constexpr std::size_t kReadSize = 1U << 18U;
constexpr std::size_t kWriteSize = 1U << 16U;
constexpr std::size_t kKeptBuffer = 4U << 20U;  // a larger buffer is given back after the line that needed it

class Filter {
 public:
  Filter(const Arguments& arguments, const RulePack& rules)
      : rules_(rules),
        options_(extract_options(arguments)),
        write_(write_options(arguments, rules)),
        strict_(arguments, rules, write_) {}

  // Appends the answer to one line.
  void answer(std::string_view line, std::string& out) const {
    const Request request = read_request(line, options_);
    if (request.fault) return reject(request.id, *request.fault, out);
    Extraction extraction = extract_safely(request.text, request.options, rules_);
    extraction.diagnostics.insert(extraction.diagnostics.begin(), request.notes.begin(), request.notes.end());
    const std::vector<std::string> records = records_as_json(extraction, rules_, write_, strict_);
    open(request.id, extraction.outcome, out);
    for (const std::string& record : records) {
      if (&record != &records.front()) out += ',';
      out += record;
    }
    const LineIndex* lines = extraction.document == nullptr ? nullptr : &extraction.document->lines;
    close(extraction.diagnostics, lines, extraction.mentions, out);
  }

  // A line that was cut: its beginning may still tell the id.
  void answer_too_long(std::string_view beginning, std::uint64_t max_line, std::string& out) const {
    const Request request = read_request(beginning, options_);
    reject(request.id,
           {Severity::error, "filter.line-too-long",
            "the line is longer than " + std::to_string(max_line) + " bytes", std::nullopt, "",
            "see --max-line"},
           out);
  }

 private:
  void reject(const std::string& id, const Diagnostic& fault, std::string& out) const {
    open(id, Outcome::rejected, out);
    close({fault}, nullptr, {}, out);
  }

  static void open(const std::string& id, Outcome outcome, std::string& out) {
    out += "{\"id\":";
    out += id;
    out += ",\"outcome\":\"";
    out += to_string(outcome);
    out += "\",\"records\":[";
  }

  void close(const Diagnostics& diagnostics, const LineIndex* lines,
             const std::vector<MentionClaim>& mentions, std::string& out) const {
    out += "],\"diagnostics\":";
    write_diagnostics(out, diagnostics, lines);
    if (options_.mentions) {
      out += ",\"mentions\":";
      write_mentions(out, mentions, rules_, write_);
    }
    out += "}\n";
  }

  const RulePack& rules_;
  ExtractOptions options_;
  WriteOptions write_;
  StrictCheck strict_;
};

// Lines from standard input; answers go out whenever no further input is waiting.
class LineLoop {
 public:
  LineLoop(const Filter& filter, std::uint64_t max_line) : filter_(filter), max_line_(max_line) {}

  void run() {
    while (read_more()) {
      for (std::size_t end = next_end(); end != std::string::npos; end = next_end()) take_line(end);
      shorten();
    }
    if (start_ < buffer_.size() || cut_) take_line(buffer_.size());
    flush();
  }

 private:
  [[nodiscard]] std::size_t next_end() {
    const std::size_t end = buffer_.find('\n', searched_);
    searched_ = end == std::string::npos ? buffer_.size() : end;
    return end;
  }

  void take_line(std::size_t end) {
    const std::string_view line = std::string_view(buffer_).substr(start_, end - start_);
    if (cut_ || line.size() > max_line_)
      filter_.answer_too_long(cut_ ? beginning_ : line.substr(0, kBeginning), max_line_, out_);
    else
      filter_.answer(line, out_);
    cut_ = false;
    start_ = std::min(end + 1, buffer_.size());
    searched_ = start_;
    if (out_.size() >= kWriteSize) flush();
  }

  // Moves what is left of a line to the front; of a line that is too long only the beginning is kept.
  void shorten() {
    if (buffer_.size() - start_ > max_line_ || cut_) {
      if (!cut_) beginning_ = buffer_.substr(start_, kBeginning);
      cut_ = true;
      buffer_.clear();
    } else {
      buffer_.erase(0, start_);
    }
    start_ = 0;
    searched_ = buffer_.size();
    if (buffer_.capacity() > kKeptBuffer && buffer_.size() < kReadSize) buffer_.shrink_to_fit();
  }

  bool read_more() {
    if (!out_.empty() && !is_waiting()) flush();
    const std::size_t size = buffer_.size();
    buffer_.resize(size + kReadSize);
    ssize_t got = 0;
    do {
      got = ::read(STDIN_FILENO, buffer_.data() + size, kReadSize);
    } while (got < 0 && errno == EINTR);
    buffer_.resize(size + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    if (got < 0) {
      flush();
      throw UsageError("cannot read standard input: " + std::generic_category().message(errno));
    }
    return got > 0;
  }

  // Whether a read would give something at once.
  static bool is_waiting() {
    pollfd input{STDIN_FILENO, POLLIN, 0};
    return ::poll(&input, 1, 0) > 0;
  }

  void flush() {
    write_stdout(out_);
    out_.clear();
    if (out_.capacity() > kKeptBuffer) out_.shrink_to_fit();
  }

  static constexpr std::size_t kBeginning = 1U << 16U;

  const Filter& filter_;
  std::uint64_t max_line_;
  std::string buffer_;
  std::size_t start_ = 0;     // of the line being read
  std::size_t searched_ = 0;  // no line end before
  bool cut_ = false;          // the line being read is too long; `beginning_` is what is left of it
  std::string beginning_;
  std::string out_;
};

}  // namespace

int run_filter(const Arguments& arguments) {
  if (!arguments.positionals().empty()) throw UsageError("filter reads standard input and takes no path");
  const auto rules = load_rules_of(arguments);
  const Filter filter(arguments, *rules);
  LineLoop(filter, arguments.number("max-line", kDefaultMaxLine)).run();
  return kExitOk;
}

}  // namespace yoran
