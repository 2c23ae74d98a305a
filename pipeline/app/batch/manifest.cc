#include "app/batch/manifest.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <iterator>
#include <nlohmann/json.hpp>

#include "app/batch/output_file.h"
#include "app/input/request.h"
#include "emit/display.h"
#include "emit/json_writer.h"
#include "source_digest.h"

namespace yoran {
namespace {

constexpr std::uint64_t kMaxLine = 1U << 24U;

// A name may hold any bytes, a JSON string only characters.
void append_name(std::string& out, std::string_view key, const std::string& name) {
  if (is_valid_utf8(name)) {
    out += fmt::format("\"{}\":", key);
    append_json(out, name);
    return;
  }
  out += fmt::format("\"{}_bytes\":[", key);
  for (const char byte : name)
    out += fmt::format("{}{}", out.back() == '[' ? "" : ",", static_cast<unsigned char>(byte));
  out += ']';
}

std::string name_in(const nlohmann::json& line, const std::string& key) {
  if (const auto found = line.find(key); found != line.end()) return found->get<std::string>();
  std::string name;
  for (const nlohmann::json& byte : line.at(key + "_bytes")) name += static_cast<char>(byte.get<unsigned>());
  return name;
}

bool has_name(const nlohmann::json& line, const std::string& key) {
  return line.contains(key) || line.contains(key + "_bytes");
}

// Whole lines of a manifest, as long as they are fit to be read.
class ManifestLines {
 public:
  explicit ManifestLines(const std::string& path)
      : descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)),
        pieces_(descriptor_),
        lines_([this] { return pieces_.next(); }, kMaxLine) {}
  ~ManifestLines() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  ManifestLines(const ManifestLines&) = delete;
  ManifestLines& operator=(const ManifestLines&) = delete;

  [[nodiscard]] bool is_open() const { return descriptor_ >= 0; }
  [[nodiscard]] std::uint64_t after() const { return after_; }
  bool next(nlohmann::json& line) {
    const auto text = lines_.next();
    if (!text || !text->ended || text->too_long || json_fault(text->text)) return false;
    line = nlohmann::json::parse(text->text, nullptr, false);
    after_ = text->after;
    return line.is_object();
  }

 private:
  int descriptor_;
  FilePieces pieces_;
  LineReader lines_;
  std::uint64_t after_ = 0;
};

InputReport report_in(const nlohmann::json& line) {
  InputReport report;
  report.name = name_in(line, "name");
  report.sha256 = line.value("sha256", "");
  report.bytes = line.value("bytes", std::uint64_t{0});
  report.outcome = line.value("outcome", "");
  report.records = line.value("records", std::size_t{0});
  report.reason = line.value("reason", "");
  report.milliseconds = line.value("ms", std::uint64_t{0});
  report.member = line.value("member", std::size_t{0});
  return report;
}

// One line after the other changes what is known; false: this line does not follow from those before.
class StateReader {
 public:
  explicit StateReader(const std::function<std::uint64_t(std::size_t)>& available) : available_(available) {}

  bool take(const nlohmann::json& line, std::uint64_t after) {
    try {
      if (!take_fit(line, after)) return false;
    } catch (const nlohmann::json::exception&) {
      return false;  // a member of another type
    }
    state_.kept = before_ = after;
    return true;
  }
  ManifestState& state() { return state_; }

 private:
  bool take_fit(const nlohmann::json& line, std::uint64_t after) {
    if (line.contains("manifest")) return take_head(line, after);
    if (has_name(line, "input")) return !state_.list_whole && ++state_.listed > 0;
    if (line.contains("listed")) {
      state_.list_whole = line["listed"] == state_.listed;
      return state_.list_whole;
    }
    return has_name(line, "name") && take_report(line);
  }

  bool take_head(const nlohmann::json& line, std::uint64_t after) {
    if (state_.list_at > 0 && !state_.is_complete()) return false;
    state_.settings = line.value("settings", "");
    state_.block_at = before_;
    state_.list_at = after;
    state_.listed = state_.done = state_.members = 0;
    state_.list_whole = false;
    return true;
  }

  bool take_report(const nlohmann::json& line) {
    PartFiles::Position next = state_.position;
    next.part = line.value("part", next.part);
    if (next.part != state_.position.part) next.records = 0;
    next.bytes = line.value("end", next.bytes);
    const InputReport report = report_in(line);
    next.records += report.records;
    if (!state_.list_whole || state_.done >= state_.listed || !is_there(next)) return false;
    state_.tally.add(report);
    state_.position = next;
    state_.rejects_end = line.value("rejects_end", state_.rejects_end);
    state_.members = report.member;
    if (report.member == 0) ++state_.done;
    return true;
  }

  bool is_there(const PartFiles::Position& position) {
    if (!known_ || position.part != known_part_) known_ = available_(known_part_ = position.part);
    return position.bytes <= *known_;
  }

  const std::function<std::uint64_t(std::size_t)>& available_;
  std::size_t known_part_ = 0;
  std::optional<std::uint64_t> known_;
  ManifestState state_;
  std::uint64_t before_ = 0;
};

std::uint64_t key_of(const std::string& text) {
  const std::string digest = sha256_hex(text);
  std::uint64_t key = 0;
  std::from_chars(digest.data(), digest.data() + 16, key, 16);
  return key;
}

}  // namespace

void append_manifest_head(std::string& out, std::string_view settings) {
  out += fmt::format(R"({{"manifest":1,"settings":"{}"}})", settings);
  out += '\n';
}

void append_manifest_input(std::string& out, const Input& input) {
  out += '{';
  append_name(out, "input", input.path);
  if (input.any_kind) out += ",\"any_kind\":true";
  if (input.fault) {
    out += fmt::format(R"(,"outcome":"{}","reason":"{}","message":)", outcome_of(*input.fault),
                       input.fault->code);
    append_json(out, input.fault->message);
  }
  out += "}\n";
}

void append_manifest_listed(std::string& out, std::size_t count) {
  out += fmt::format("{{\"listed\":{}}}\n", count);
}

void append_manifest_report(std::string& out, const InputReport& report, const PartFiles::Position& position,
                            std::uint64_t rejects_end) {
  out += '{';
  append_name(out, "name", report.name);
  if (report.member > 0) out += fmt::format(",\"member\":{}", report.member);
  if (report.members) out += fmt::format(",\"members\":{}", *report.members);
  if (!report.sha256.empty()) out += fmt::format(R"(,"sha256":"{}")", report.sha256);
  out +=
      fmt::format(R"(,"bytes":{},"outcome":"{}","records":{})", report.bytes, report.outcome, report.records);
  if (!report.reason.empty()) out += fmt::format(R"(,"reason":"{}")", report.reason);
  out += fmt::format(",\"ms\":{},\"part\":{},\"end\":{}", report.milliseconds, position.part, position.bytes);
  if (rejects_end > 0) out += fmt::format(",\"rejects_end\":{}", rejects_end);
  out += "}\n";
}

std::optional<ManifestState> read_manifest(const std::string& path,
                                           const std::function<std::uint64_t(std::size_t)>& available) {
  ManifestLines lines(path);
  if (!lines.is_open()) return std::nullopt;
  StateReader reader(available);
  nlohmann::json line;
  while (lines.next(line) && reader.take(line, lines.after())) continue;
  ManifestState& state = reader.state();
  if (!state.list_whole) {  // the list of the last block was not finished: as if it had not been begun
    if (state.block_at == 0) return std::nullopt;
    state.kept = state.block_at;
    state.listed = state.done;
    state.list_whole = true;
  }
  return std::move(state);
}

ManifestInputs::ManifestInputs(const std::string& path, std::uint64_t list_at, std::size_t listed,
                               std::size_t done)
    : descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)),
      pieces_(descriptor_),
      lines_([this] { return pieces_.next(); }, kMaxLine),
      left_(listed - done) {
  if (descriptor_ < 0) fail_to("read", path, errno);
  ::lseek(descriptor_, static_cast<off_t>(list_at), SEEK_SET);
  for (std::size_t i = 0; i < done; ++i) (void)lines_.next();
}

ManifestInputs::~ManifestInputs() { ::close(descriptor_); }

std::optional<Input> ManifestInputs::next() {
  if (left_ == 0) return std::nullopt;
  --left_;
  const auto text = lines_.next();
  if (!text) return std::nullopt;
  const nlohmann::json line = nlohmann::json::parse(text->text, nullptr, false);
  Input input{name_in(line, "input"), std::nullopt, line.value("any_kind", false)};
  if (const std::string outcome = line.value("outcome", ""); !outcome.empty()) {
    const Severity severity = outcome == "skipped" ? Severity::warning : Severity::error;
    input.fault = Diagnostic{severity, line.value("reason", ""), line.value("message", ""), {}, "", ""};
  }
  return input;
}

DoneInputs::DoneInputs(const std::string& manifest_path) {
  ManifestLines lines(manifest_path);
  for (nlohmann::json line; lines.next(line);) {
    if (!has_name(line, "name") || line.contains("member")) continue;
    const InputReport report = report_in(line);
    std::string content = report.sha256.empty() ? report.reason : report.sha256;
    if (report.name == "-") content.clear();  // it cannot be looked at again
    keys_.emplace_back(key_of(report.name), key_of(content));
  }
  std::stable_sort(keys_.begin(), keys_.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
}

bool DoneInputs::has(const std::string& name, const std::string& content) const {
  const auto behind =
      std::upper_bound(keys_.begin(), keys_.end(), key_of(name),
                       [](std::uint64_t key, const auto& entry) { return key < entry.first; });
  return behind != keys_.begin() && *std::prev(behind) == std::pair(key_of(name), key_of(content));
}

}  // namespace yoran
