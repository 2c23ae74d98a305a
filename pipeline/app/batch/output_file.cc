#include "app/batch/output_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <system_error>
#include <thread>
#include <utility>

#include "app/console.h"

namespace yoran {

namespace fs = std::filesystem;

void fail_to(std::string_view what, const std::string& path, int error_number) {
  throw OutputError(
      "cannot " + std::string(what) + " '" + path + "': " + std::generic_category().message(error_number),
      false);
}

std::uint64_t size_of_file(const std::string& path) {
  std::error_code missing;
  const std::uintmax_t size = fs::file_size(path, missing);
  return missing ? 0 : size;
}

void cut_file(const std::string& path, std::uint64_t size) {
  if (::truncate(path.c_str(), static_cast<off_t>(size)) != 0) fail_to("shorten", path, errno);
}

void rename_synced(const std::string& from, const std::string& to) {
  const auto sync = [](const std::string& path, int flags) {
    const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
    if (descriptor < 0) return false;
    const bool done = ::fsync(descriptor) == 0;
    ::close(descriptor);
    return done;
  };
  if (!sync(from, O_RDWR)) fail_to("write", from, errno);
  if (std::rename(from.c_str(), to.c_str()) != 0) fail_to("write", to, errno);
  // Not every file system can do this for folders.
  (void)sync(fs::absolute(to).parent_path().string(), O_RDONLY | O_DIRECTORY);
}

bool names_folder(const std::string& path) {
  std::error_code missing;
  const fs::file_status status = fs::status(path, missing);
  if (fs::exists(status)) return fs::is_directory(status);
  return path.ends_with('/') || !fs::path(path).has_extension();
}

void refuse_device(std::string_view option, const std::string& path) {
  std::error_code missing;
  const fs::file_status status = fs::status(path, missing);
  if (!fs::exists(status) || fs::is_regular_file(status) || fs::is_directory(status)) return;
  throw UsageError("--" + std::string(option) + " takes a file, and '" + path + "' is a device or a pipe");
}

void make_folder(const std::string& path) {
  std::error_code fault;
  fs::create_directories(path, fault);
  if (fault) fail_to("create", path, fault.value());
}

AppendFile::~AppendFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void AppendFile::open(const std::string& path, std::uint64_t size) {
  open(path);
  cut(size);
}

void AppendFile::open(const std::string& path) {
  close();
  path_ = path;
  descriptor_ = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  if (descriptor_ < 0) fail_to("write", path, errno);
}

void AppendFile::lock() {
  using std::chrono::milliseconds;
  // The children of a run that was killed may hold it for a moment more.
  for (milliseconds waited{0};; waited += milliseconds(50)) {
    if (::flock(descriptor_, LOCK_EX | LOCK_NB) == 0) return;
    if (errno != EWOULDBLOCK) return;  // not every file system can
    if (waited > milliseconds(1000)) throw UsageError("another run is writing '" + path_ + "'");
    std::this_thread::sleep_for(milliseconds(50));
  }
}

void AppendFile::cut(std::uint64_t size) {
  if (::ftruncate(descriptor_, static_cast<off_t>(size)) != 0) fail_to("shorten", path_, errno);
}

void AppendFile::write(std::string_view bytes) {
  if (const int fault = write_all(descriptor_, bytes)) fail_to("write", path_, fault);
}

void AppendFile::sync() {
  if (::fsync(descriptor_) != 0) fail_to("write", path_, errno);
}

void AppendFile::close() {
  if (descriptor_ >= 0 && ::close(std::exchange(descriptor_, -1)) != 0) fail_to("write", path_, errno);
}

}  // namespace yoran
