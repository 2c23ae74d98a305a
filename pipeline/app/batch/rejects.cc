#include "app/batch/rejects.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "app/input/base64.h"
#include "emit/display.h"
#include "emit/json_writer.h"

namespace yoran {
namespace {

namespace fs = std::filesystem;

// A name for the bytes of an input: the same for the same bytes, and no path.
std::string file_name(const InputReport& report) {
  constexpr std::size_t kDigest = 16;
  constexpr std::size_t kName = 100;
  std::string name = report.name.substr(report.name.find_last_of('/') + 1);
  if (name.size() > kName) name.erase(0, name.size() - kName);  // its ending may tell the media type
  std::replace_if(
      name.begin(), name.end(), [](unsigned char c) { return c < ' ' || c == 0x7F; }, '_');
  return report.sha256.substr(0, kDigest) + "-" + name;
}

}  // namespace

Rejects::Rejects(const std::string& path) : path_(path) {
  if (!names_folder(path)) return;
  folder_ = path;
  path_ = (fs::path(path) / "rejects.jsonl").string();
}

void Rejects::open(std::uint64_t end) {
  if (!folder_.empty()) make_folder(folder_);
  end_ = std::min(end, size_of_file(path_));
  file_.open(path_, end_);
}

void Rejects::add(const InputReport& report, std::string_view bytes) {
  std::string line = "{\"id\":";
  append_json(line, well_formed(report.name));
  if (!report.sha256.empty()) line += fmt::format(R"(,"sha256":"{}")", report.sha256);
  line += fmt::format(R"(,"bytes":{},"reason":"{}","message":)", report.bytes, report.reason);
  append_json(line, report.message);
  if (!folder_.empty() && !report.sha256.empty()) {
    const std::string name = file_name(report);
    AppendFile copy;
    copy.open((fs::path(folder_) / name).string(), 0);
    copy.write(bytes);
    copy.close();
    line += ",\"file\":";
    append_json(line, well_formed(name));
  } else if (folder_.empty() && !bytes.empty()) {
    line += is_valid_utf8(bytes) ? ",\"text\":" : ",\"bytes_base64\":";
    append_json(line, is_valid_utf8(bytes) ? std::string(bytes) : encode_base64(bytes));
  }
  line += "}\n";
  file_.write(line);
  end_ += line.size();
}

}  // namespace yoran
