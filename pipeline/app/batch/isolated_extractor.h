// --isolate: documents and what is printed of them, as requests and answers of child processes.
#ifndef YORAN_APP_BATCH_ISOLATED_EXTRACTOR_H_
#define YORAN_APP_BATCH_ISOLATED_EXTRACTOR_H_

#include <string>
#include <string_view>

#include "app/batch/extractor.h"
#include "app/input/document_source.h"

namespace yoran {

class IsolatedExtractor {
 public:
  explicit IsolatedExtractor(const Extractor& extractor) : extractor_(extractor) {}

  // In the child.
  [[nodiscard]] std::string serve(std::string_view request) const;

  // In the parent; see ChildPool.
  [[nodiscard]] std::string request(const SourceDocument& document) const;
  [[nodiscard]] Printed result(const SourceDocument& document, std::string_view answer) const;
  [[nodiscard]] Printed failure(SourceDocument document, const Diagnostic& fault) const;
  [[nodiscard]] std::size_t weigh(const Printed& printed) const { return printed.bytes(); }

 private:
  const Extractor& extractor_;
};

}  // namespace yoran

#endif  // YORAN_APP_BATCH_ISOLATED_EXTRACTOR_H_
