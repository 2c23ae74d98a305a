// From the diagnostics of one document to findings that stand alone.
#ifndef YORAN_APP_CHECK_FINDINGS_H_
#define YORAN_APP_CHECK_FINDINGS_H_

#include <string>

#include "pipeline.h"
#include "types/finding.h"

namespace yoran {

// The findings of an extraction with ExtractOptions::check, in document order.
[[nodiscard]] Findings findings_of(const Extraction& extraction, const std::string& path);

}  // namespace yoran

#endif  // YORAN_APP_CHECK_FINDINGS_H_
