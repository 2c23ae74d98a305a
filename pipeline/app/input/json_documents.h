// JSON Lines as documents: the text of each stands in a field of its object. The file may be compressed.
#ifndef YORAN_APP_INPUT_JSON_DOCUMENTS_H_
#define YORAN_APP_INPUT_JSON_DOCUMENTS_H_

#include <cstdint>
#include <string>

#include "app/input/archive_stream.h"
#include "app/input/container.h"
#include "app/input/line_reader.h"

namespace yoran {

class JsonDocuments : public Container {
 public:
  JsonDocuments(const ContainerFile& file, const ContainerOptions& options);
  [[nodiscard]] std::optional<ContainedDocument> next() override;
  [[nodiscard]] const std::optional<Diagnostic>& fault() const override { return fault_; }

 private:
  [[nodiscard]] ContainedDocument read(const LineReader::Line& line) const;

  ArchiveStream stream_;
  LineReader lines_;
  std::uint64_t max_members_;
  std::uint64_t max_document_;
  std::string text_field_;
  std::string id_field_;
  std::uint64_t number_ = 0;  // of the line
  std::uint64_t documents_ = 0;
  std::optional<Diagnostic> fault_;
};

}  // namespace yoran

#endif  // YORAN_APP_INPUT_JSON_DOCUMENTS_H_
