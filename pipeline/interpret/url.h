// Stage 5, the kind `url`: where an address of the web ends, and its normal form.
// In:     a mention that begins with a scheme, or with the dot before a top-level domain.
// Out:    scheme and host in lower case, the rest as printed; `ascii` where the host is not ASCII.
// Errors: none; what has no plausible host is no address.
// Source: RFC 3986, UTS #46; for the ends in running text the conventions of twitter-text and linkify-it.
#ifndef YORAN_INTERPRET_URL_H_
#define YORAN_INTERPRET_URL_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "interpret/context.h"

namespace yoran {

[[nodiscard]] std::optional<Reading> interpret_url(const Mention& mention, InterpretContext& context);

// A host name in running text.
struct HostName {
  std::size_t start = 0;
  std::size_t end = 0;
  std::size_t last_label = 0;  // where it begins
  std::size_t labels = 0;
  bool known_tld = false;
  bool address = false;  // four numbers
};

// Reads the host that begins at `start`, letters of other scripts included; what is glued behind a top-level
// domain is not part of it. None if no name stands there.
[[nodiscard]] std::optional<HostName> read_host(std::string_view text, std::size_t start,
                                                const ContactRules& rules);

// In lower case, Unicode kept.
[[nodiscard]] std::string lower_host(std::string_view host);

// The text of a folded span as printed, without the differences of width: dashes and letters stay what they
// were.
[[nodiscard]] std::string printed(const InterpretContext& context, TextSpan span);

// True if a word of this kind stands right before a position of the line, or in the cell or line that labels
// it.
[[nodiscard]] bool has_word_before(const InterpretContext& context, std::uint32_t line, std::size_t position,
                                   ContactWord kind);

}  // namespace yoran

#endif  // YORAN_INTERPRET_URL_H_
