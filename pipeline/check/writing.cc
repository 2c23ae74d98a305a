// Checks of how a text is written, whatever it says.
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <algorithm>

#include "check/context.h"

namespace yoran {
namespace {

constexpr std::size_t kWide = 3;            // bytes of a full-width form in UTF-8
constexpr unsigned char kFromAscii = 0x60;  // its last byte is this far from its ASCII form

// The ASCII form of the full-width sign that begins here, 0xEF 0xBC and one byte more; 0: there is none.
char narrow_form(std::string_view text, std::size_t at) {
  if (at + kWide > text.size()) return 0;
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
  if (byte(0) != 0xEF || byte(1) != 0xBC || byte(2) < kFromAscii + ' ' || byte(2) > kFromAscii + '?')
    return 0;
  return static_cast<char>(byte(2) - kFromAscii);
}

bool is_wide_digit(std::string_view text, std::size_t at) { return is_ascii_digit(narrow_form(text, at)); }

// Full-width digits, with the commas and points between them.
std::size_t wide_number_at(std::string_view text, std::size_t at) {
  const std::size_t start = at;
  while (is_wide_digit(text, at)) {
    at += kWide;
    const char mark = narrow_form(text, at);
    if ((mark == ',' || mark == '.') && is_wide_digit(text, at + kWide)) at += kWide;
  }
  return at - start;
}

// Runs of digits of either width.
struct DigitRuns {
  std::vector<DecodedSpan> wide;
  std::vector<DecodedSpan> narrow;
};

DigitRuns digit_runs(std::string_view text) {
  DigitRuns runs;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t start = i;
    i += wide_number_at(text, i);
    const bool wide = i > start;
    while (!wide && i < text.size() && is_ascii_digit(text[i])) ++i;
    // One digit alone is full-width in many houses' style, whatever they do with longer numbers.
    const std::size_t digits = (i - start) / (wide ? kWide : 1);
    if (digits > 1)
      (wide ? runs.wide : runs.narrow)
          .push_back({static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(i)});
    if (i == start) ++i;
  }
  return runs;
}

std::string narrowed(std::string_view wide) {
  std::string number;
  for (std::size_t i = 0; i < wide.size(); i += kWide) number += narrow_form(wide, i);
  return number;
}

// Addresses of the network have ASCII digits in any document.
void drop_contacts(std::vector<DecodedSpan>& runs, const CheckContext& context) {
  std::size_t next = 0;
  std::vector<DecodedSpan> contacts;
  for (const Reading& reading : context.input.readings) {
    if (reading.kind == MentionKind::url || reading.kind == MentionKind::email)
      contacts.push_back(context.input.text.decoded(reading.span));
  }
  std::erase_if(runs, [&](DecodedSpan run) {
    while (next < contacts.size() && contacts[next].end <= run.start) ++next;
    return next < contacts.size() && contacts[next].overlaps(run);
  });
}

// The addresses that the tags of a page hold, where a reader of the page does not see them.
void check_links(const CheckRule& rule, CheckContext& context) {
  static const RE2 kLink(R"re((?i)\s(?:href|src)\s*=\s*(?:"([^"]*)"|'([^']*)'))re", RE2::Quiet);
  const std::string_view text = context.input.document.lines.text();
  re2::StringPiece groups[3];
  for (std::size_t at = 0; at < text.size() && kLink.Match({text.data(), text.size()}, at, text.size(),
                                                           RE2::UNANCHORED, groups, 3);) {
    at = static_cast<std::size_t>(groups[0].data() + groups[0].size() - text.data());
    const re2::StringPiece address = groups[1].empty() ? groups[2] : groups[1];
    for (const auto& re : rule.patterns) {
      re2::StringPiece match;
      if (!re->Match(address, 0, address.size(), RE2::UNANCHORED, &match, 1)) continue;
      const auto start = static_cast<std::uint32_t>(match.data() - text.data());
      const DecodedSpan span{start, start + static_cast<std::uint32_t>(match.size())};
      context.report(rule, context.input.document.lines.source_of(span), rule.title);
      break;
    }
  }
}

}  // namespace

void check_pattern(const CheckRule& rule, CheckContext& context) {
  if (rule.links && context.input.document.media_type == MediaType::html) check_links(rule, context);
  constexpr int kGroups = 10;  // what a replacement can name
  const std::string& text = context.input.document.text;
  for (const auto& re : rule.patterns) {
    re2::StringPiece groups[kGroups];
    const int count = std::min(re->NumberOfCapturingGroups() + 1, kGroups);
    for (std::size_t at = 0;
         at < text.size() && re->Match(text, at, text.size(), RE2::UNANCHORED, groups, count);) {
      const auto start = static_cast<std::uint32_t>(groups[0].data() - text.data());
      const DecodedSpan span{start, start + static_cast<std::uint32_t>(groups[0].size())};
      at = std::max<std::size_t>(span.end, at + 1);
      if (span.empty()) continue;
      const SourceSpan source = source_of(context.input.document, span);
      // What could not be decoded is no text of the document.
      const bool as_written =
          slice(context.input.document.source, source) == slice(std::string_view(text), span);
      if (context.input.document.lossy && !as_written) continue;
      std::vector<Edit> edits;
      std::string replacement;
      if (rule.replacement && re->Rewrite(&replacement, *rule.replacement, groups, count))
        edits.push_back({source, std::move(replacement)});
      context.report(rule, source, rule.title, {}, std::move(edits));
    }
  }
}

void check_mixed_digits(const CheckRule& rule, CheckContext& context) {
  DigitRuns runs = digit_runs(context.input.document.text);
  drop_contacts(runs.narrow, context);
  if (runs.wide.empty() || runs.narrow.empty()) return;
  const bool mostly_wide = runs.wide.size() > runs.narrow.size();
  const auto& fewer = mostly_wide ? runs.narrow : runs.wide;
  std::vector<Edit> edits;
  if (!mostly_wide) {
    for (const DecodedSpan run : runs.wide)
      edits.push_back(
          {source_of(context.input.document, run), narrowed(slice(context.input.document.text, run))});
  }
  context.report(rule, source_of(context.input.document, fewer.front()),
                 "numbers with full-width digits: " + std::to_string(runs.wide.size()) +
                     ", with ASCII digits: " + std::to_string(runs.narrow.size()),
                 {}, std::move(edits));
}

void check_not_composed(const CheckRule& rule, CheckContext& context) {
  static const RE2 kMarked("\\pL\\p{Mn}+", RE2::Quiet);
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
  if (U_FAILURE(status)) return;
  const std::string& text = context.input.document.text;
  std::vector<Edit> edits;
  re2::StringPiece match;
  for (std::size_t at = 0;
       at < text.size() && kMarked.Match(text, at, text.size(), RE2::UNANCHORED, &match, 1);) {
    const auto start = static_cast<std::uint32_t>(match.data() - text.data());
    const DecodedSpan span{start, start + static_cast<std::uint32_t>(match.size())};
    at = span.end;
    const auto letters =
        icu::UnicodeString::fromUTF8({match.data(), static_cast<std::int32_t>(match.size())});
    const icu::UnicodeString composed = nfc->normalize(letters, status);
    if (U_FAILURE(status) || composed == letters) continue;
    std::string replacement;
    composed.toUTF8String(replacement);
    edits.push_back({source_of(context.input.document, span), std::move(replacement)});
  }
  if (edits.empty()) return;
  const SourceSpan first = edits.front().at;
  const std::string message = std::to_string(edits.size()) +
                              (edits.size() == 1 ? " letter is" : " letters are") +
                              " written as a letter and a mark behind it";
  context.report(rule, first, message, {}, std::move(edits));
}

}  // namespace yoran
