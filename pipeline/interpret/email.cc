#include "interpret/email.h"

#include <algorithm>

#include "interpret/url.h"
#include "rulepack/guards.h"
#include "rulepack/word_index.h"

namespace yoran {
namespace {

constexpr std::size_t kMaxLocal = 64;

bool is_good_local(std::string_view local) {
  return !local.empty() && local.size() <= kMaxLocal && local.front() != '.' && local.back() != '.' &&
         local.find("..") == std::string_view::npos && std::count(local.begin(), local.end(), '"') % 2 == 0;
}

bool is_literal_address(std::string_view domain) {
  return domain.size() > 4 && domain.front() == '[' && domain.back() == ']' &&
         std::count(domain.begin(), domain.end(), '.') == 3;
}

// A domain whose dots are written otherwise: runs of letters, digits and hyphens joined by anything else.
std::string with_dots(std::string_view domain, const WordLists& lists) {
  const auto list = lists.find("mail_dot");
  std::string result;
  for (std::size_t i = 0; i < domain.size();) {
    std::size_t size = 0;
    if (list != lists.end()) {
      for (const std::string& word : list->second) {
        const bool equal =
            domain.size() - i >= word.size() &&
            std::equal(word.begin(), word.end(), domain.begin() + static_cast<std::ptrdiff_t>(i),
                       [](char a, char b) { return ascii_lower(a) == ascii_lower(b); });
        if (equal) size = std::max(size, word.size());
      }
    }
    result += size > 0 ? '.' : domain[i];
    i += std::max<std::size_t>(size, 1);
  }
  return result;
}

// A word between two names is a mark of a mailbox only if the first looks like the name of one.
bool looks_like_local(std::string_view local) {
  return std::any_of(local.begin(), local.end(),
                     [](char c) { return is_ascii_digit(c) || c == '_' || c == '+'; });
}

struct Mailbox {
  std::string local;
  std::string domain;
  std::size_t end = 0;
};

std::optional<Mailbox> read_plain(std::string_view text, TextSpan local, TextSpan domain,
                                  const ContactRules& rules) {
  const std::string_view host_text = slice(text, domain);
  if (is_literal_address(host_text))
    return Mailbox{std::string(slice(text, local)), std::string(host_text), domain.end};
  const auto host = read_host(text.substr(0, domain.end), domain.start, rules);
  if (!host || !host->known_tld) return std::nullopt;
  const std::string_view name = text.substr(host->start, host->end - host->start);
  return Mailbox{std::string(slice(text, local)), lower_host(name), host->end};
}

std::optional<Mailbox> read_hidden(std::string_view text, TextSpan local, TextSpan domain,
                                   const RulePack& rules) {
  const std::string name = with_dots(slice(text, domain), rules.lists);
  const auto host = read_host(name, 0, rules.contacts);
  if (!host || !host->known_tld) return std::nullopt;
  // What is left out at the end has the same length in both forms: dots of a sentence.
  const std::size_t end = domain.end - (name.size() - host->end);
  return Mailbox{with_dots(slice(text, local), rules.lists), lower_host(name.substr(0, host->end)), end};
}

}  // namespace

std::optional<Reading> interpret_email(const Mention& mention, InterpretContext& context) {
  const auto& patterns = context.rules.entity_patterns;
  const std::uint32_t flags = mention.pattern < patterns.size() ? patterns[mention.pattern].flags : 0;
  const TextSpan local = mention.captures[static_cast<std::size_t>(EmailCapture::local)];
  const TextSpan domain = mention.captures[static_cast<std::size_t>(EmailCapture::domain)];
  const std::string_view text = context.folded();
  if (!is_good_local(context.at(local))) return std::nullopt;
  const auto mailbox = (flags & kEmailHidden) != 0 ? read_hidden(text, local, domain, context.rules)
                                                   : read_plain(text, local, domain, context.rules.contacts);
  if (!mailbox) return std::nullopt;
  if ((flags & kEmailSpoken) != 0 && !looks_like_local(mailbox->local) &&
      !has_word_before(context, mention.line, local.start, ContactWord::email)) {
    return std::nullopt;
  }
  Reading reading;
  reading.kind = MentionKind::email;
  reading.span = {local.start, static_cast<std::uint32_t>(mailbox->end)};
  reading.line = mention.line;
  reading.pattern = mention.pattern;
  reading.value = Email{mailbox->local + "@" + mailbox->domain};
  return reading;
}

}  // namespace yoran
