// Files that are written: every fault is an OutputError that names the file.
#ifndef YORAN_APP_BATCH_OUTPUT_FILE_H_
#define YORAN_APP_BATCH_OUTPUT_FILE_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace yoran {

[[noreturn]] void fail_to(std::string_view what, const std::string& path, int error_number);

// Bytes of a file; 0: there is none.
[[nodiscard]] std::uint64_t size_of_file(const std::string& path);
void cut_file(const std::string& path, std::uint64_t size);
// Its bytes are on the disk before it has its new name, and the name is on the disk afterwards.
void rename_synced(const std::string& from, const std::string& to);

// Whether an option that takes FILE|DIR means a folder: it is one, ends in a slash, or is nothing yet and has
// no ending such as ".jsonl".
[[nodiscard]] bool names_folder(const std::string& path);
// Throws UsageError if a device or a pipe stands where a file is to be replaced or cut back.
void refuse_device(std::string_view option, const std::string& path);
void make_folder(const std::string& path);

// A file that grows at its end.
class AppendFile {
 public:
  AppendFile() = default;
  ~AppendFile();
  AppendFile(const AppendFile&) = delete;
  AppendFile& operator=(const AppendFile&) = delete;

  // `size`: what is kept of the file that is there.
  void open(const std::string& path, std::uint64_t size);
  void open(const std::string& path);  // all of it
  [[nodiscard]] bool is_open() const { return descriptor_ >= 0; }
  // Throws UsageError if another process has it locked and does not let go for a second.
  void lock();
  void cut(std::uint64_t size);
  void write(std::string_view bytes);
  void sync();
  void close();

 private:
  std::string path_;
  int descriptor_ = -1;
};

}  // namespace yoran

#endif  // YORAN_APP_BATCH_OUTPUT_FILE_H_
