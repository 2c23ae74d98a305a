// What every interpreter of stage 5 may look at.
#ifndef YORAN_INTERPRET_CONTEXT_H_
#define YORAN_INTERPRET_CONTEXT_H_

#include <optional>
#include <string>
#include <string_view>

#include "rulepack/rulepack.h"
#include "types/diagnostic.h"
#include "types/document.h"
#include "types/mention.h"
#include "types/segments.h"
#include "types/text.h"

namespace yoran {

// What the document says about how it writes things; filled by a first look over the mentions.
struct DocumentHabits {
  enum class DecimalMark : std::uint8_t { unknown, point, comma };
  DecimalMark decimal_mark = DecimalMark::unknown;
  std::string country;  // ISO 3166-1 alpha-2 when the document names one and only one for itself
};

struct InterpretContext {
  const Document& document;
  const Text& text;
  const Segments& segments;
  const RulePack& rules;
  std::optional<DatePoint> reference_date;
  std::string region;  // --region, ISO 3166-1 alpha-2, or empty
  DocumentHabits habits;
  Diagnostics* diagnostics;            // never null
  const Mentions* mentions = nullptr;  // null: nothing is known of labels

  [[nodiscard]] std::string_view folded() const { return text.folded; }
  [[nodiscard]] std::string_view at(TextSpan span) const { return text.at(span); }
  // The letter before is a label's: what begins here is no part of its word.
  [[nodiscard]] bool is_glued(std::uint32_t position) const {
    return mentions != nullptr && mentions->is_glued(position);
  }
  [[nodiscard]] SourceSpan source(TextSpan span) const { return source_of(document, text, span); }
};

}  // namespace yoran

#endif  // YORAN_INTERPRET_CONTEXT_H_
