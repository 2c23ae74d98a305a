// Which date a figure is as of.
#ifndef YORAN_LINK_AS_OF_H_
#define YORAN_LINK_AS_OF_H_

#include <optional>
#include <vector>

#include "link/context.h"

namespace yoran {

// Looks behind the value, around it on its line, on the lines beside it, in the caption and in the headings
// above. Only the first place is trusted without a word that marks the date.
// Sentences that date a field without giving its value: "population and households are those of 1 January
// 2020".
class AsOfStatements {
 public:
  explicit AsOfStatements(const LinkContext& context);
  // The nearest one of the candidate's field in its section or one around it, before the candidate if any is.
  [[nodiscard]] std::optional<AsOf> find(const LinkContext& context, const Candidate& candidate) const;

 private:
  struct Statement {
    std::uint32_t section = kNone;
    AsOf as_of;
  };
  std::vector<std::vector<Statement>> by_field_;  // by position
};

[[nodiscard]] std::optional<AsOf> find_as_of(const LinkContext& context, const AsOfStatements& statements,
                                             const Candidate& candidate);

}  // namespace yoran

#endif  // YORAN_LINK_AS_OF_H_
