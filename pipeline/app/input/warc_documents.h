// The pages in a WARC file, compressed or not: what servers answered with status 2xx, resources, and
// conversions, if they are text.
//
// libarchive undoes the compression; its reader of WARC drops every page whose address ends in a slash, and
// leaves the head of the answer in front of the page, so the records are read here.
// Source: ISO 28500:2017, RFC 9112 (chunks).
#ifndef YORAN_APP_INPUT_WARC_DOCUMENTS_H_
#define YORAN_APP_INPUT_WARC_DOCUMENTS_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "app/input/archive_stream.h"
#include "app/input/container.h"
#include "app/input/line_reader.h"

namespace yoran {

// Names in lower case.
using HeaderFields = std::map<std::string, std::string, std::less<>>;

class WarcDocuments : public Container {
 public:
  WarcDocuments(const ContainerFile& file, const ContainerLimits& limits);
  [[nodiscard]] std::optional<ContainedDocument> next() override;
  [[nodiscard]] const std::optional<Diagnostic>& fault() const override { return fault_; }

 private:
  [[nodiscard]] std::optional<HeaderFields> read_head();
  [[nodiscard]] std::optional<ContainedDocument> read_record(const HeaderFields& head);
  void fail(const std::string& message);

  ArchiveStream stream_;
  LineReader lines_;
  ContainerLimits limits_;
  std::uint64_t records_ = 0;
  std::optional<Diagnostic> fault_;
};

// The page in an answer of a server: the head read, chunks put together, compression undone. None: it is no
// text. The document has a fault if the page cannot be had.
[[nodiscard]] std::optional<ContainedDocument> page_of_answer(std::string_view answer,
                                                              const ContainerLimits& limits);

}  // namespace yoran

#endif  // YORAN_APP_INPUT_WARC_DOCUMENTS_H_
