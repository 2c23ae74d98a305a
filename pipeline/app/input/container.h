// Files that hold many documents: archives, WARC files, JSON Lines. They are read as streams, one document at
// a time, and never unpacked to disk.
#ifndef YORAN_APP_INPUT_CONTAINER_H_
#define YORAN_APP_INPUT_CONTAINER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "types/diagnostic.h"
#include "types/document.h"

namespace yoran {

enum class ContainerKind : std::uint8_t {
  none,        // a document
  archive,     // zip, tar, 7z
  compressed,  // one document, by gzip, zstd, bzip2 or xz
  warc,
  json_lines
};

// By the endings of the name: "a.tar.gz", "b.zip", "c.warc.gz", "d.html.zst". Never json_lines, whose
// documents stand in a field that somebody has to name.
[[nodiscard]] ContainerKind container_kind(std::string_view name);
// The name without an ending of gzip, zstd, bzip2 or xz.
[[nodiscard]] std::string_view without_compression(std::string_view name);

// What a hostile file is stopped by.
struct ContainerLimits {
  std::uint64_t max_document = 64U << 20U;  // a larger one is rejected, the others are read
  std::uint64_t max_members = 1'000'000;    // behind them the rest is not read; documents or not
  std::uint64_t max_unpacked = 64ULL << 30U;
  std::uint64_t max_ratio = 500;  // unpacked bytes for each byte of the file, once they are many
};

struct ContainerOptions {
  ContainerKind kind = ContainerKind::none;
  ContainerLimits limits;
  std::string text_field = "text";  // of JSON Lines
  std::string id_field = "id";
};

// A document in a container.
struct ContainedDocument {
  std::string name;
  std::string bytes;
  std::optional<Diagnostic> fault{};  // why there are no bytes
  std::optional<MediaType> media_type{};
  std::string charset{};  // as the container tells; empty: it does not
};

class Container {
 public:
  Container() = default;
  virtual ~Container() = default;
  Container(const Container&) = delete;
  Container& operator=(const Container&) = delete;

  // In the order they stand in; none: the end.
  [[nodiscard]] virtual std::optional<ContainedDocument> next() = 0;
  // Why the end came early.
  [[nodiscard]] virtual const std::optional<Diagnostic>& fault() const = 0;
};

// Where a container is read from.
struct ContainerFile {
  std::string path;
  int descriptor = -1;     // stays open as long as it is read
  std::uint64_t size = 0;  // 0: not known, or it is no file
};
[[nodiscard]] std::unique_ptr<Container> open_container(const ContainerFile& file,
                                                        const ContainerOptions& options);

[[nodiscard]] Diagnostic archive_fault(std::string code, std::string message, std::string hint = {});

}  // namespace yoran

#endif  // YORAN_APP_INPUT_CONTAINER_H_
