// The address parsers: any text as lines, cells and headings, with the contacts that are read from it. Every
// address lies inside the text, in order, covers no contact, and names a country of the table or none.
#include <algorithm>

#include "fuzz_input.h"
#include "interpret/address.h"
#include "interpret/email.h"
#include "interpret/url.h"
#include "normalize.h"
#include "read/read.h"
#include "recognize.h"
#include "segment.h"

namespace yoran {
namespace {

std::vector<Reading> contacts_of(const Mentions& mentions, InterpretContext& context) {
  std::vector<Reading> contacts;
  for (const Mention& mention : mentions.mentions) {
    std::optional<Reading> reading;
    if (mention.kind == MentionKind::url) reading = interpret_url(mention, context);
    if (mention.kind == MentionKind::email) reading = interpret_email(mention, context);
    const bool apart = contacts.empty() || (reading && contacts.back().span.end <= reading->span.start);
    if (reading && apart) contacts.push_back(std::move(*reading));
  }
  return contacts;
}

void check(const std::vector<Reading>& addresses, const std::vector<Reading>& contacts,
           const InterpretContext& context) {
  std::uint32_t end = 0;
  for (const Reading& reading : addresses) {
    require(reading.span.start >= end && !reading.span.empty(), "addresses follow one another");
    require(reading.span.end <= context.folded().size(), "addresses lie inside the text");
    require(reading.line < context.segments.lines.size(), "addresses begin in a line");
    end = reading.span.end;
    const Address& address = *address_in(reading.value);
    require(address.country.empty() || context.rules.addresses.country(address.country) != nullptr,
            "countries are those of the table");
    const bool covers = std::any_of(contacts.begin(), contacts.end(), [&](const Reading& contact) {
      return reading.pieces.empty() && reading.span.contains(contact.span);
    });
    require(!covers || address.country == "JP", "no address covers a contact");
  }
}

}  // namespace
}  // namespace yoran

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > yoran::kMaxInput) return 0;
  const yoran::FuzzInput bytes = yoran::fuzz_input(data, size);
  const yoran::RulePack& rules = yoran::default_rules();
  const yoran::ReadResult input =
      yoran::read(bytes.bytes, {yoran::kMaxInput, bytes.media_type, bytes.charset, ""});
  if (!input.document) return 0;
  yoran::Text text = yoran::normalize(*input.document, rules.folds);
  const yoran::Segments segments = yoran::segment(*input.document, text, rules.layout);
  const yoran::Mentions mentions = yoran::recognize(text, segments, rules);
  yoran::Diagnostics diagnostics;
  yoran::InterpretContext context{*input.document, text, segments, rules, std::nullopt, "", {}, &diagnostics};
  const std::vector<yoran::Reading> contacts = yoran::contacts_of(mentions, context);
  std::vector<yoran::Reading> addresses;
  yoran::interpret_addresses(mentions, contacts, context, addresses);
  yoran::check(addresses, contacts, context);
  return 0;
}
