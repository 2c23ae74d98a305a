#include "app/batch_output.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <system_error>
#include <utility>

#include "app/command_line.h"
#include "app/console.h"
#include "app/request.h"
#include "emit/json_writer.h"

namespace yoran {
namespace {

constexpr std::size_t kBufferSize = 1U << 18U;
constexpr std::uint64_t kMaxManifest = 16ULL << 30U;

[[noreturn]] void fail(const std::string& what, const std::string& path, int number) {
  throw OutputError("cannot " + what + " '" + path + "': " + std::generic_category().message(number), false);
}

int open_file(const std::string& path, int flags) {
  const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC, 0666);
  if (descriptor < 0) fail("write", path, errno);
  return descriptor;
}

void cut(const std::string& path, std::uint64_t size) {
  if (::truncate(path.c_str(), static_cast<off_t>(size)) != 0) fail("shorten", path, errno);
}

void sync_and_close(int& descriptor, const std::string& path) {
  if (::fsync(descriptor) != 0 || ::close(std::exchange(descriptor, -1)) != 0) fail("write", path, errno);
}

std::string partial_of(const std::string& path) { return path + ".partial"; }
std::string manifest_of(const std::string& path) { return path + ".manifest.jsonl"; }

// A name may hold any bytes, a JSON string only characters.
void append_name(std::string& out, std::string_view key, const std::string& name) {
  std::string quoted;
  append_json(quoted, name);
  const nlohmann::json read = nlohmann::json::parse(quoted, nullptr, false);
  if (read.is_string() && read.get<std::string>() == name) {
    out += "\"" + std::string(key) + "\":" + quoted;
    return;
  }
  out += "\"" + std::string(key) + "_bytes\":[";
  for (const char byte : name) {
    if (out.back() != '[') out += ',';
    out += std::to_string(static_cast<unsigned char>(byte));
  }
  out += ']';
}

std::string name_in(const nlohmann::json& line, const std::string& key) {
  if (line.contains(key)) return line[key].get<std::string>();
  std::string name;
  for (const nlohmann::json& byte : line.at(key + "_bytes")) name += static_cast<char>(byte.get<unsigned>());
  return name;
}

}  // namespace

BatchOutput::BatchOutput(std::string path, std::string settings, bool resume, std::vector<Input> inputs)
    : path_(std::move(path)), settings_(std::move(settings)) {
  if (!resume || !read_manifest()) {
    begin(std::move(inputs));
    return;
  }
  if (!std::filesystem::exists(partial_of(path_))) return;  // it was through
  records_file_ = open_file(partial_of(path_), O_WRONLY | O_CREAT | O_APPEND);
  manifest_file_ = open_file(manifest_of(path_), O_WRONLY | O_APPEND);
}

BatchOutput::~BatchOutput() {
  if (records_file_ >= 0) ::close(records_file_);
  if (manifest_file_ >= 0) ::close(manifest_file_);
}

void BatchOutput::begin(std::vector<Input> inputs) {
  inputs_ = std::move(inputs);
  records_file_ = open_file(partial_of(path_), O_WRONLY | O_CREAT | O_TRUNC);
  manifest_file_ = open_file(manifest_of(path_), O_WRONLY | O_CREAT | O_TRUNC);
  pending_lines_ =
      R"({"manifest":1,"settings":")" + settings_ + R"(","inputs":)" + std::to_string(inputs_.size()) + "}\n";
  for (const Input& input : inputs_) {
    pending_lines_ += '{';
    append_name(pending_lines_, "input", input.path);
    pending_lines_ += "}\n";
    if (pending_lines_.size() > kBufferSize) flush();
  }
  flush();
}

// What an earlier run has done. False: nothing that could be continued.
bool BatchOutput::read_manifest() {
  const InputBytes manifest = read_input(manifest_of(path_), kMaxManifest);
  if (manifest.fault) return false;
  const bool renamed = !std::filesystem::exists(partial_of(path_));
  std::error_code missing;
  const std::uint64_t written = std::filesystem::file_size(renamed ? path_ : partial_of(path_), missing);
  if (missing) return false;

  std::string_view rest = manifest.bytes;
  const auto next = [&rest](nlohmann::json& line) {
    const std::size_t end = rest.find('\n');
    if (end == std::string_view::npos || json_fault(rest.substr(0, end))) return false;
    line = nlohmann::json::parse(rest.substr(0, end), nullptr, false);
    if (!line.is_object()) return false;
    rest.remove_prefix(end + 1);
    return true;
  };
  nlohmann::json line;
  if (!next(line) || !line.contains("manifest")) return false;
  if (line.value("settings", "") != settings_)
    throw UsageError("'" + manifest_of(path_) + "' is of a run with other rules or options",
                     "give the same ones, or leave --resume out to begin anew");
  const auto count_of_inputs = line.value("inputs", std::size_t{0});
  for (std::size_t i = 0; i < count_of_inputs; ++i) {
    if (!next(line)) return false;  // it did not even get through its list
    inputs_.push_back({name_in(line, "input"), std::nullopt});
  }
  std::size_t done = 0;
  std::size_t kept = manifest.bytes.size() - rest.size();
  while (done < inputs_.size() && next(line) && line.value("end", written + 1) <= written) {
    count(line.value("outcome", ""), line.value("records", std::size_t{0}));
    end_ = line.value("end", end_);
    kept = manifest.bytes.size() - rest.size();
    ++done;
  }
  inputs_.erase(inputs_.begin(), inputs_.begin() + static_cast<std::ptrdiff_t>(done));
  if (renamed && inputs_.empty()) return true;
  if (renamed) return false;
  cut(manifest_of(path_), kept);
  cut(partial_of(path_), end_);
  return true;
}

void BatchOutput::count(std::string_view outcome, std::size_t records) {
  const auto* const found = std::find(kOutcomes.begin(), kOutcomes.end(), outcome);
  if (found != kOutcomes.end()) ++counts_[static_cast<std::size_t>(found - kOutcomes.begin())];
  records_ += records;
}

void BatchOutput::add(std::string_view records, const InputReport& report) {
  count(report.outcome, report.records);
  pending_records_ += records;
  end_ += records.size();
  std::string& out = pending_lines_;
  out += '{';
  append_name(out, "name", report.name);
  if (!report.sha256.empty()) out += R"(,"sha256":")" + report.sha256 + '"';
  out += ",\"bytes\":" + std::to_string(report.bytes) + R"(,"outcome":")" + report.outcome +
         R"(","records":)" + std::to_string(report.records);
  if (!report.reason.empty()) out += R"(,"reason":")" + report.reason + '"';
  out += ",\"ms\":" + std::to_string(report.milliseconds) + ",\"end\":" + std::to_string(end_) + "}\n";
  if (pending_records_.size() + pending_lines_.size() > kBufferSize) flush();
}

void BatchOutput::flush() {
  if (const int fault = write_all(records_file_, pending_records_)) fail("write", partial_of(path_), fault);
  pending_records_.clear();
  if (const int fault = write_all(manifest_file_, pending_lines_)) fail("write", manifest_of(path_), fault);
  pending_lines_.clear();
}

void BatchOutput::finish() {
  if (records_file_ < 0) return;  // an earlier run was through
  flush();
  sync_and_close(records_file_, partial_of(path_));
  sync_and_close(manifest_file_, manifest_of(path_));
  if (std::rename(partial_of(path_).c_str(), path_.c_str()) != 0) fail("write", path_, errno);
  // The new name has to reach the disk too.
  const std::string folder = std::filesystem::absolute(path_).parent_path().string();
  if (const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); descriptor >= 0) {
    ::fsync(descriptor);
    ::close(descriptor);
  }
}

std::string BatchOutput::summary() const {
  std::size_t all = 0;
  std::string text;
  for (std::size_t i = 0; i < kOutcomes.size(); ++i) {
    all += counts_[i];
    if (counts_[i] > 0) text += ", " + std::to_string(counts_[i]) + " " + std::string(kOutcomes[i]);
  }
  return std::to_string(all) + (all == 1 ? " input: " : " inputs: ") + std::to_string(records_) +
         (records_ == 1 ? " record" : " records") + text;
}

}  // namespace yoran
