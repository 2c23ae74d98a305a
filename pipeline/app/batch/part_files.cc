#include "app/batch/part_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <regex>
#include <system_error>

#include "app/command_line.h"
#include "app/input/zstd_file.h"

namespace yoran {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kBufferSize = 1U << 18U;

bool exists(const std::string& path) {
  std::error_code ignored;
  return fs::exists(path, ignored);
}

// The number of a part by the name of its file; -1: it is none of ours.
long part_number(const std::string& name) {
  static const std::regex kPart(R"(part-([0-9]{5,9})\.(jsonl|txt)(\.zst)?(\.partial|\.packed|\.unpacked)?)");
  std::smatch match;
  return std::regex_match(name, match, kPart) ? std::stol(match[1]) : -1;
}

}  // namespace

std::string PartFiles::manifest_path() const {
  return options_.folder ? (fs::path(options_.path) / "manifest.jsonl").string()
                         : options_.path + ".manifest.jsonl";
}

std::string PartFiles::name_of(std::size_t part) const {
  if (!options_.folder) return options_.path;
  const std::string name = fmt::format("part-{:05}{}{}", part, options_.ending, options_.zstd ? ".zst" : "");
  return (fs::path(options_.path) / name).string();
}

std::uint64_t PartFiles::finished_size(std::size_t part) const {
  const std::string name = name_of(part);
  return options_.zstd ? zstd_content_size(name) : size_of_file(name);
}

std::uint64_t PartFiles::available(std::size_t part) const {
  const std::string partial = partial_of(part);
  return exists(partial) ? size_of_file(partial) : finished_size(part);
}

void PartFiles::remove_parts(std::size_t from) const {
  std::error_code fault;
  for (const fs::directory_entry& entry : fs::directory_iterator(options_.path, fault)) {
    const long number = part_number(entry.path().filename().string());
    if (number >= static_cast<long>(from)) fs::remove(entry.path(), fault);
  }
}

void PartFiles::begin() {
  position_ = {};
  finished_ = false;
  if (!options_.folder) return file_.open(partial_of(0), 0);
  remove_parts(0);
}

void PartFiles::prepare() const {
  if (!options_.folder) return;
  make_folder(options_.path);
  std::error_code fault;
  for (const fs::directory_entry& entry : fs::directory_iterator(options_.path, fault)) {
    const std::string name = entry.path().filename().string();
    if (part_number(name) < 0 && name != "manifest.jsonl")
      throw UsageError("'" + options_.path + "' holds other files, such as '" + name + "'",
                       "the output needs a folder of its own");
  }
}

void PartFiles::resume(const Position& position) {
  position_ = position;
  if (options_.folder) remove_parts(position.part + 1);
  const std::string partial = partial_of(position.part);
  if (exists(partial)) return file_.open(partial, position.bytes);
  finished_ = exists(name_of(position.part)) && finished_size(position.part) == position.bytes;
  if (!finished_ && position.bytes > 0) unpack(position.bytes);
}

// The finished part becomes one that can grow.
void PartFiles::unpack(std::uint64_t bytes) {
  const std::string name = name_of(position_.part);
  const std::string unpacked = name + ".unpacked";
  if (options_.zstd) {
    decompress_file(name, unpacked, bytes);
  } else {
    std::error_code fault;
    fs::copy_file(name, unpacked, fs::copy_options::overwrite_existing, fault);
    if (fault) fail_to("copy", name, fault.value());
    cut_file(unpacked, bytes);
  }
  rename_synced(unpacked, partial_of(position_.part));
  if (options_.folder) std::remove(name.c_str());
  file_.open(partial_of(position_.part), bytes);
}

bool PartFiles::is_full_for(std::uint64_t bytes, std::uint64_t records) const {
  if (!options_.folder || bytes == 0) return false;
  if (finished_) return true;
  if (position_.bytes == 0) return false;
  return records > options_.max_records - std::min(options_.max_records, position_.records) ||
         bytes > options_.max_bytes - std::min(options_.max_bytes, position_.bytes);
}

void PartFiles::open() {
  if (finished_ && options_.folder) position_ = {position_.part + 1, 0, 0};
  if (finished_ && !options_.folder)
    unpack(position_.bytes);
  else
    file_.open(partial_of(position_.part), position_.bytes);
  finished_ = false;
}

void PartFiles::write(std::string_view text, std::uint64_t records) {
  if (text.empty()) return;
  if (!file_.is_open()) open();
  pending_ += text;
  position_.bytes += text.size();
  position_.records += records;
  if (pending_.size() > kBufferSize) flush();
}

void PartFiles::flush() {
  if (pending_.empty()) return;
  file_.write(pending_);
  pending_.clear();
}

void PartFiles::close() {
  if (!file_.is_open()) return;
  flush();
  file_.close();
  const std::string partial = partial_of(position_.part);
  const std::string name = name_of(position_.part);
  if (options_.zstd) {
    const std::string packed = name + ".packed";
    compress_file(partial, packed);
    rename_synced(packed, name);
    std::remove(partial.c_str());
  } else {
    rename_synced(partial, name);
  }
  finished_ = true;
}

void PartFiles::finish() {
  if (!file_.is_open() && !finished_) open();
  close();
}

}  // namespace yoran
