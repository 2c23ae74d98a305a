#include "app/check/check_cache.h"

#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <system_error>

#include "app/check/fix.h"
#include "app/input/input.h"
#include "emit/finding_json.h"
#include "source_digest.h"

namespace yoran {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMaxEntry = 64U << 20U;

}  // namespace

std::string CheckCache::file_of(const std::string& path) const {
  const std::string name = sha256_hex(fs::absolute(path).lexically_normal().string() + '\n' + path);
  return (fs::path(folder_) / name.substr(0, 2) / name.substr(2)).string();
}

// Lines: digest of the rest, what it was made from, findings.
std::optional<Findings> CheckCache::find(const std::string& path, const std::string& made_from) const {
  if (folder_.empty()) return std::nullopt;
  const InputBytes entry = read_input(file_of(path), kMaxEntry);
  if (entry.fault) return std::nullopt;
  const std::string_view bytes = entry.bytes;
  const std::size_t end = bytes.find('\n');
  if (end == std::string_view::npos || bytes.substr(0, end) != sha256_hex(bytes.substr(end + 1)))
    return std::nullopt;
  std::string_view rest = bytes.substr(end + 1);
  const std::string head = basis_ + ' ' + made_from + '\n';
  if (!rest.starts_with(head)) return std::nullopt;
  rest.remove_prefix(head.size());
  const auto json = nlohmann::ordered_json::parse(rest, nullptr, false);
  if (!json.is_array()) return std::nullopt;
  Findings findings;
  for (const auto& item : json) {
    auto finding = finding_from(item);
    if (!finding) return std::nullopt;
    findings.push_back(std::move(*finding));
  }
  return findings;
}

// A cache that cannot be written is no reason to stop.
void CheckCache::keep(const std::string& path, const std::string& made_from, const Findings& findings) const {
  if (folder_.empty()) return;
  auto json = nlohmann::ordered_json::array();
  for (const Finding& finding : findings) json.push_back(to_json(finding));
  const std::string body = basis_ + ' ' + made_from + '\n' + dumped(json);
  const std::string file = file_of(path);
  std::error_code ignored;
  fs::create_directories(fs::path(file).parent_path(), ignored);
  (void)write_atomically(file, sha256_hex(body) + '\n' + body);
}

std::string default_cache_folder() {
  const auto value = [](const char* name) {
    const char* text = std::getenv(name);
    return text == nullptr ? std::string() : std::string(text);
  };
  if (const std::string cache = value("XDG_CACHE_HOME"); !cache.empty()) return cache + "/yoran";
  if (const std::string home = value("HOME"); !home.empty()) return home + "/.cache/yoran";
  return {};
}

}  // namespace yoran
