// From one document to what is printed of it.
#ifndef YORAN_APP_BATCH_EXTRACTOR_H_
#define YORAN_APP_BATCH_EXTRACTOR_H_

#include <string>
#include <string_view>
#include <vector>

#include "app/batch/profile.h"
#include "app/batch/run_log.h"
#include "app/command_line.h"
#include "app/extract_options.h"
#include "app/input/document_source.h"
#include "app/input/input_report.h"

namespace yoran {

// What one input gives: texts for both streams, an exit code, and a line of the manifest.
struct Printed {
  std::vector<std::string> records;  // JSON, one each
  std::string text;                  // for people
  std::string errors;
  int exit = kExitOk;
  InputReport report;
  std::string rejected_bytes;  // if they are to be kept

  [[nodiscard]] std::size_t bytes() const;  // that it needs while it waits
};

class Extractor {
 public:
  // `profile` may be null.
  Extractor(const Arguments& arguments, const RulePack& rules, const RunLog& log, Profile* profile);

  // Thread-safe.
  [[nodiscard]] Printed run(SourceDocument document) const;
  // Of a document that could be read, but not worked on.
  [[nodiscard]] Printed reject(SourceDocument document, const Diagnostic& fault) const;

 private:
  [[nodiscard]] Printed run_untimed(SourceDocument document) const;
  [[nodiscard]] Printed extract_from(const SourceDocument& document, std::string bytes) const;
  [[nodiscard]] Printed report_fault(const std::string& name, const Diagnostic& fault) const;
  [[nodiscard]] Printed report_container(const SourceDocument& container) const;
  std::size_t print(Extraction& extraction, Printed& printed) const;
  [[nodiscard]] std::string envelope(const Extraction& extraction,
                                     const std::vector<std::string>& records) const;
  void report(const std::string& name, const Extraction& extraction, Printed& printed) const;

  const RulePack& rules_;
  const RunLog& log_;
  Profile* profile_;
  ExtractOptions options_;
  WriteOptions write_;
  StrictCheck strict_;
  TextStyle text_style_;
  bool pretty_;
  bool as_text_;
  bool keep_rejects_;
};

}  // namespace yoran

#endif  // YORAN_APP_BATCH_EXTRACTOR_H_
