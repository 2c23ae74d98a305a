// The documents in an archive, or the one in a compressed file.
#ifndef YORAN_APP_INPUT_ARCHIVE_MEMBERS_H_
#define YORAN_APP_INPUT_ARCHIVE_MEMBERS_H_

#include <string>

#include "app/input/archive_stream.h"
#include "app/input/container.h"

namespace yoran {

class ArchiveMembers : public Container {
 public:
  ArchiveMembers(const ContainerFile& file, const ContainerOptions& options);
  [[nodiscard]] std::optional<ContainedDocument> next() override;
  [[nodiscard]] const std::optional<Diagnostic>& fault() const override { return stream_.fault(); }

 private:
  [[nodiscard]] ContainedDocument read(std::string name);

  ArchiveStream stream_;
  std::string only_name_;  // of the document in a compressed file
  std::uint64_t max_document_;
};

}  // namespace yoran

#endif  // YORAN_APP_INPUT_ARCHIVE_MEMBERS_H_
