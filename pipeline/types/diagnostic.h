// What a stage has to say about a document or a rule file, beside its result.
#ifndef YORAN_TYPES_DIAGNOSTIC_H_
#define YORAN_TYPES_DIAGNOSTIC_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "types/span.h"

namespace yoran {

enum class Severity : std::uint8_t { info, warning, error };

[[nodiscard]] constexpr std::string_view to_string(Severity severity) {
  constexpr std::string_view kNames[] = {"info", "warning", "error"};
  return kNames[static_cast<std::size_t>(severity)];
}

// Another place that a message speaks of.
struct RelatedPlace {
  SourceSpan at;
  std::string note;
  friend bool operator==(const RelatedPlace&, const RelatedPlace&) = default;
};

// These bytes of the source are to become this text, which is UTF-8 whatever the source is.
struct Edit {
  SourceSpan at;
  std::string text;
  friend bool operator==(const Edit&, const Edit&) = default;
};

// `code` is a stable kebab word, `stage-or-field.what`; rules/checks/ says more about each.
struct Diagnostic {
  Severity severity = Severity::info;
  std::string code;
  std::string message;           // one sentence, control characters escaped by whoever shows it
  std::optional<SourceSpan> at;  // none: the whole input
  std::string rule;              // the rule that said it, or empty
  std::string hint;              // what would mend it, or empty
  std::vector<RelatedPlace> related{};
  std::vector<Edit> edits{};  // what would surely mend it; empty: a person has to look
  friend bool operator==(const Diagnostic&, const Diagnostic&) = default;
};

using Diagnostics = std::vector<Diagnostic>;

}  // namespace yoran

#endif  // YORAN_TYPES_DIAGNOSTIC_H_
