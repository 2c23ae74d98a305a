// libarchive behind an interface of ours: entries and their bytes in pieces, within limits.
#ifndef YORAN_APP_INPUT_ARCHIVE_STREAM_H_
#define YORAN_APP_INPUT_ARCHIVE_STREAM_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "app/input/container.h"

struct archive;
struct archive_entry;

namespace yoran {

class ArchiveStream {
 public:
  enum class Form : std::uint8_t { archive, raw };  // raw: one entry, whatever compresses it undone

  ArchiveStream(const ContainerFile& file, Form form, const ContainerLimits& limits);
  // The same from memory, which must outlive this.
  ArchiveStream(std::string_view bytes, Form form, const ContainerLimits& limits);
  ~ArchiveStream();
  ArchiveStream(const ArchiveStream&) = delete;
  ArchiveStream& operator=(const ArchiveStream&) = delete;

  // False: the end, or fault() says why not.
  bool next_entry();
  // Of the current entry: UTF-8; other names are decoded by what they look like.
  [[nodiscard]] std::string name() const;
  [[nodiscard]] bool is_file() const;
  [[nodiscard]] bool is_folder() const;
  [[nodiscard]] bool is_encrypted() const;
  // The next bytes of the entry, which live until the next call; empty: its end, or entry_fault() or fault()
  // says why not.
  [[nodiscard]] std::string_view piece();

  [[nodiscard]] const std::optional<Diagnostic>& entry_fault() const { return entry_fault_; }
  [[nodiscard]] const std::optional<Diagnostic>& fault() const { return fault_; }

 private:
  void prepare(Form form);
  void fail(const std::string& what);
  [[nodiscard]] std::string why() const;
  void check_limits();

  struct Close {
    void operator()(archive* handle) const;
  };
  std::unique_ptr<archive, Close> archive_;
  archive_entry* entry_ = nullptr;
  ContainerLimits limits_;
  std::uint64_t size_ = 0;
  std::uint64_t entries_ = 0;
  std::uint64_t unpacked_ = 0;
  std::optional<Diagnostic> entry_fault_;
  std::optional<Diagnostic> fault_;
};

}  // namespace yoran

#endif  // YORAN_APP_INPUT_ARCHIVE_STREAM_H_
