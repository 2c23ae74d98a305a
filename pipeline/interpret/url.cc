#include "interpret/url.h"

#include <unicode/bytestream.h>
#include <unicode/idna.h>
#include <unicode/locid.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <memory>

#include "rulepack/guards.h"
#include "rulepack/word_index.h"
#include "types/ascii.h"

namespace yoran {
namespace {

constexpr std::size_t kMaxLabel = 63;
constexpr std::size_t kMaxHost = 253;
constexpr std::size_t kMaxTail = 4096;  // what follows the host; keeps the cost linear on one endless line

bool is_ascii_byte(char c) { return static_cast<unsigned char>(c) < 0x80; }
bool is_host_byte(char c) { return is_ascii_alnum(c) || c == '-' || c == '_'; }

UScriptCode script_of(char32_t c) {
  UErrorCode status = U_ZERO_ERROR;
  return uscript_getScript(static_cast<UChar32>(c), &status);
}

// Scripts written without blanks between words: their letters may be glued to an address without belonging to
// it.
bool is_unspaced(char32_t c) {
  const UScriptCode script = script_of(c);
  return script == USCRIPT_HAN || script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA ||
         script == USCRIPT_HANGUL || c == 0x30FC;
}

bool is_name_code_point(char32_t c) {
  const auto type = u_charType(static_cast<UChar32>(c));
  return u_isalnum(static_cast<UChar32>(c)) != 0 || type == U_NON_SPACING_MARK ||
         type == U_COMBINING_SPACING_MARK;
}

bool is_host_code_point(char32_t c) {
  return is_name_code_point(c) || (u_charType(static_cast<UChar32>(c)) == U_OTHER_SYMBOL && c > 0x2000);
}

// Marks that take no room, except the joiners: those are part of the spelling of some scripts.
bool is_invisible(char32_t c) {
  return u_charType(static_cast<UChar32>(c)) == U_FORMAT_CHAR && c != 0x200C && c != 0x200D;
}

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_ascii_digit);
}

std::string lower_ascii(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), ascii_lower);
  return result;
}

// ---- host

// The end of the label at `start`; `ascii_end` is where its ASCII letters stop.
std::size_t label_end(std::string_view text, std::size_t start, std::size_t& ascii_end) {
  std::size_t end = start;
  while (end < text.size() && is_host_byte(text[end])) ++end;
  ascii_end = end;
  while (end < text.size()) {
    if (is_ascii_byte(text[end]) ? !is_host_byte(text[end]) : !is_host_code_point(code_point_at(text, end)))
      break;
    end += size_at(text, end);
  }
  return end;
}

bool is_good_label(std::string_view label, bool among_last_two) {
  if (label.empty() || label.size() > 3 * kMaxLabel || label.front() == '-' || label.back() == '-')
    return false;
  if (among_last_two && label.find('_') != std::string_view::npos) return false;
  const bool ascii = std::all_of(label.begin(), label.end(), is_ascii_byte);
  return ascii ? label.size() <= kMaxLabel && label.back() != '_'
               : !lower_ascii(label.substr(0, 4)).starts_with("xn--");
}

bool are_good_labels(std::string_view host) {
  const std::size_t last = host.rfind('.');
  for (std::size_t start = 0; start <= host.size();) {
    const std::size_t end = std::min(host.find('.', start), host.size());
    const bool among_last_two = last == std::string_view::npos || end >= last;
    if (!is_good_label(host.substr(start, end - start), among_last_two)) return false;
    start = end + 1;
  }
  return true;
}

bool is_ipv4(std::string_view host) {
  std::size_t parts = 0;
  for (std::size_t start = 0; start <= host.size(); ++parts) {
    const std::size_t end = std::min(host.find('.', start), host.size());
    const std::string_view part = host.substr(start, end - start);
    if (!all_digits(part) || part.size() > 3 || (part.size() == 3 && part > "255")) return false;
    start = end + 1;
  }
  return parts == 4;
}

// Where the name that begins at host.start stops; fills the place of the last label and their number.
void find_end(std::string_view text, const ContactRules& rules, HostName& host, std::size_t& first_glue) {
  std::size_t position = host.start;
  first_glue = std::string_view::npos;
  while (true) {
    std::size_t ascii_end = 0;
    std::size_t end = label_end(text, position, ascii_end);
    host.last_label = position;
    ++host.labels;
    if (ascii_end > position && ascii_end < end) {
      if (host.labels > 1 && rules.is_tld(text.substr(position, ascii_end - position))) end = ascii_end;
      first_glue = std::min(first_glue, ascii_end);
    } else if (host.labels > 1 && ascii_end == position) {
      if (const std::size_t size = rules.wide_tld_at(text.substr(position, end - position)); size > 0)
        end = position + size;
    }
    host.end = end;
    const bool more = end + 1 < text.size() && text[end] == '.' &&
                      (is_ascii_byte(text[end + 1]) ? is_host_byte(text[end + 1])
                                                    : is_host_code_point(code_point_at(text, end + 1)));
    if (!more || (ascii_end > position && end == ascii_end && first_glue == ascii_end) ||
        end - host.start > kMaxHost)
      return;
    position = end + 1;
  }
}

// ---- path

bool is_path_byte(char c) {
  constexpr std::string_view kEnds = "<>\"{}|\\^`";
  return c > ' ' && c < 0x7F && kEnds.find(c) == std::string_view::npos;
}

// A run of ideographs or katakana that is a step of the path itself, as encyclopedias have them: it follows a
// separator and ends where the address does. Prose glued behind an address has hiragana or punctuation in it.
std::size_t unspaced_step(std::string_view text, std::size_t start, std::size_t end) {
  constexpr std::string_view kBefore = "/=_#";
  if (kBefore.find(text[start - 1]) == std::string_view::npos) return 0;
  std::size_t i = start;
  while (i < end) {
    if (is_ascii_byte(text[i])) break;
    const char32_t c = code_point_at(text, i);
    if (!is_unspaced(c) || script_of(c) == USCRIPT_HIRAGANA) return 0;
    i += size_at(text, i);
  }
  constexpr std::string_view kAfter = " \n/_#?&=)";
  return i >= end || kAfter.find(text[i]) != std::string_view::npos ? i - start : 0;
}

// A symbol belongs to the path if the path goes on behind it.
bool is_inner_symbol(std::string_view text, std::size_t position, std::size_t limit) {
  const std::size_t next = position + size_at(text, position);
  return u_charType(static_cast<UChar32>(code_point_at(text, position))) == U_OTHER_SYMBOL && next < limit &&
         is_path_byte(text[next]) && text[next] != '(' && text[next] != '[';
}

std::size_t path_end(std::string_view text, std::size_t start, std::size_t limit) {
  std::string open;
  std::size_t i = start;
  while (i < limit) {
    const char c = text[i];
    if (is_ascii_byte(c)) {
      if (!is_path_byte(c)) break;
      if (c == '(' || c == '[') open.push_back(c);
      if (c == ')' || c == ']') {
        if (open.empty() || open.back() != (c == ')' ? '(' : '[')) break;
        open.pop_back();
      }
      ++i;
      continue;
    }
    const char32_t code = code_point_at(text, i);
    if (is_unspaced(code)) {
      const std::size_t step = unspaced_step(text, i, limit);
      if (step == 0) break;
      i += step;
    } else if (is_name_code_point(code) || is_inner_symbol(text, i, limit)) {
      i += size_at(text, i);
    } else {
      break;
    }
  }
  return i;
}

// Without the punctuation of the sentence around it.
std::size_t without_tail(std::string_view text, std::size_t start, std::size_t end) {
  constexpr std::string_view kTail = ".,;:!?*([";
  while (end > start) {
    const char last = text[end - 1];
    const std::string_view path = text.substr(start, end - start);
    const bool odd_quote = last == '\'' && std::count(path.begin(), path.end(), '\'') % 2 == 1;
    if (kTail.find(last) == std::string_view::npos && !odd_quote) break;
    --end;
  }
  return end;
}

std::size_t port_end(std::string_view text, std::size_t start, std::size_t limit) {
  if (start >= limit || text[start] != ':') return start;
  std::size_t end = start + 1;
  while (end < limit && is_ascii_digit(text[end])) ++end;
  return end > start + 1 && end - start <= 6 ? end : start;
}

std::size_t tail_end(std::string_view text, std::size_t host_end, std::size_t limit) {
  const std::size_t port = port_end(text, host_end, limit);
  if (port >= limit || (text[port] != '/' && text[port] != '?' && text[port] != '#')) return port;
  return without_tail(text, port, path_end(text, port, std::min(limit, port + kMaxTail)));
}

// ---- value

std::string idna_ascii(std::string_view host) {
  static const std::unique_ptr<icu::IDNA> kIdna = [] {
    UErrorCode status = U_ZERO_ERROR;
    return std::unique_ptr<icu::IDNA>(icu::IDNA::createUTS46Instance(
        UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_NONTRANSITIONAL_TO_UNICODE | UIDNA_CHECK_BIDI, status));
  }();
  std::string ascii;
  icu::StringByteSink<std::string> sink(&ascii);
  icu::IDNAInfo info;
  UErrorCode status = U_ZERO_ERROR;
  kIdna->nameToASCII_UTF8(icu::StringPiece(host.data(), static_cast<std::int32_t>(host.size())), sink, info,
                          status);
  return U_FAILURE(status) || info.hasErrors() ? std::string() : ascii;
}

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string result;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      result += c;
    } else {
      result += {'%', kHex[byte >> 4U], kHex[byte & 15U]};
    }
  }
  return result;
}

struct Pieces {
  std::size_t start = 0;       // of the whole
  std::size_t host_start = 0;  // behind scheme and user
  HostName host;
  std::size_t end = 0;
};

std::size_t line_end(const InterpretContext& context, const Mention& mention) {
  const auto& lines = context.segments.lines;
  return mention.line < lines.size() ? lines[mention.line].span.end : context.folded().size();
}

// Behind a mark at the end of the line that closes a sentence, were nothing of the address below it.
std::size_t end_with_open_mark(const Mention& mention, std::size_t end, const InterpretContext& context) {
  return end + 1 == line_end(context, mention) && context.folded()[end] == '?' ? end + 1 : end;
}

// The rest of an address that its line broke off: behind a mark that ends none, a line that holds one piece
// of a path and nothing else. Empty if there is none; a host of its own is none.
TextSpan rest_below(const Mention& mention, std::size_t end, const InterpretContext& context) {
  constexpr std::string_view kOpen = "/-_?&=%";
  constexpr std::string_view kLeads = "/?&#=_";
  const auto& lines = context.segments.lines;
  if (mention.line + 1 >= lines.size() || line_end(context, mention) != end) return {};
  const Line& below = lines[mention.line + 1];
  const std::string_view text = context.folded();
  const std::string_view gap = text.substr(end, below.span.start - end);
  if (below.cell != lines[mention.line].cell || std::count(gap.begin(), gap.end(), '\n') != 1) return {};
  if (below.span.empty() || below.span.size() > kMaxHost) return {};
  const std::string_view rest = text.substr(below.span.start, below.span.size());
  if (kOpen.find(text[end - 1]) == std::string_view::npos &&
      kLeads.find(rest.front()) == std::string_view::npos)
    return {};
  const auto in_path = [](char c) {
    return is_ascii_alnum(c) || std::string_view("/-_?&=%.#~+,").find(c) != std::string_view::npos;
  };
  if (!std::all_of(rest.begin(), rest.end(), in_path) || rest.find_first_of("/.=?") == std::string_view::npos)
    return {};
  const auto host = read_host(text.substr(0, below.span.end), below.span.start, context.rules.contacts);
  if (host && host->known_tld) return {};
  std::uint32_t stop = below.span.end;
  while (stop > below.span.start && (text[stop - 1] == '.' || text[stop - 1] == ',')) --stop;
  return {below.span.start, stop};
}

Reading reading_of(const Mention& mention, const Pieces& pieces, const InterpretContext& context, bool bare) {
  const auto span = [](std::size_t start, std::size_t end) {
    return TextSpan{static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(end)};
  };
  const std::string_view text = context.folded();
  const std::string head = lower_ascii(text.substr(pieces.start, pieces.host_start - pieces.start));
  const std::string host = lower_host(printed(context, span(pieces.host_start, pieces.host.end)));
  const std::size_t open = end_with_open_mark(mention, pieces.end, context);
  const TextSpan below = rest_below(mention, open, context);
  const std::size_t end = below.empty() ? pieces.end : open;
  std::string tail = printed(context, span(pieces.host.end, end));
  if (!below.empty()) tail += printed(context, below);
  Url url;
  url.assumed_scheme = bare;
  url.value = (bare ? "http://" : head) + host + tail;
  if (!std::all_of(host.begin(), host.end(), is_ascii_byte)) {
    const std::string ascii = idna_ascii(host);
    if (!ascii.empty()) url.ascii = (bare ? "http://" : head) + ascii + percent_encoded(tail);
  }
  Reading reading;
  reading.kind = MentionKind::url;
  reading.span = span(pieces.start, end);
  if (!below.empty()) {
    reading.pieces = {reading.span, below};
    reading.span.end = below.end;
  }
  reading.line = mention.line;
  reading.pattern = mention.pattern;
  reading.value = std::move(url);
  return reading;
}

std::size_t line_start(const InterpretContext& context, const Mention& mention) {
  const auto& lines = context.segments.lines;
  return mention.line < lines.size() ? lines[mention.line].span.start : 0;
}

// Where the line begins, or the value that touches its label there.
std::size_t value_start(const InterpretContext& context, const Mention& mention) {
  const std::size_t start = line_start(context, mention);
  if (context.mentions == nullptr) return start;
  const std::vector<std::uint32_t>& glued = context.mentions->glued;
  const auto after = std::upper_bound(glued.begin(), glued.end(), mention.span.start);
  return after == glued.begin() ? start : std::max<std::size_t>(start, *std::prev(after));
}

// user:password@ before the host.
std::size_t behind_user(std::string_view text, std::size_t start) {
  std::size_t i = start;
  while (i < text.size() && (is_host_byte(text[i]) || text[i] == '.' || text[i] == ':' || text[i] == '%'))
    ++i;
  return i > start && i < text.size() && text[i] == '@' ? i + 1 : start;
}

// Where the scheme begins: with the word before the colon, or inside it where capitals end and small letters
// begin, for a label that touches it: "HPhttps".
std::size_t scheme_start(std::string_view text, std::size_t word, std::size_t colon) {
  const auto small = [&](std::size_t i) { return is_ascii_lower(text[i]); };
  std::size_t start = colon;
  while (start > word && small(start - 1)) --start;
  const bool capital = start > word && is_ascii_upper(text[start - 1]);
  return capital && start < colon && start - word > 1 ? start : word;
}

std::optional<Reading> with_scheme(const Mention& mention, const InterpretContext& context) {
  const std::string_view text = context.folded().substr(0, line_end(context, mention));
  const std::size_t colon = text.find("://", mention.span.start);
  if (colon == std::string_view::npos) return std::nullopt;
  Pieces pieces;
  pieces.start = scheme_start(text, mention.span.start, colon);
  if (!context.rules.contacts.is_scheme(text.substr(pieces.start, colon - pieces.start))) return std::nullopt;
  pieces.host_start = behind_user(text, colon + 3);
  const auto host = read_host(text, pieces.host_start, context.rules.contacts);
  if (!host) return std::nullopt;
  pieces.host = *host;
  const std::string_view name = text.substr(host->start, host->end - host->start);
  const std::string_view last = text.substr(host->last_label, host->end - host->last_label);
  if (!host->known_tld && !host->address) {
    // A name of one label is a machine of the house; the dot behind it would be the start of a name cut off.
    const bool cut_off = host->end < text.size() && text[host->end] == '.';
    if (is_unspaced(code_point_at(last, 0))) return std::nullopt;
    const bool letters = std::none_of(last.begin(), last.end(), [](char c) { return is_ascii_digit(c); });
    if (host->labels == 1 ? cut_off || all_digits(name) : !letters || last.size() < 2) return std::nullopt;
  }
  pieces.end = tail_end(text, host->end, text.size());
  return reading_of(mention, pieces, context, false);
}

// ---- without a scheme

// What may stand before a name without scheme; not the rest of a path, a handle or a word of the same script.
bool may_stand_before(std::string_view text, std::size_t start) {
  if (start == 0) return true;
  constexpr std::string_view kNot = "@/_=&%#$\\~+";
  if (is_ascii_byte(text[start - 1])) return kNot.find(text[start - 1]) == std::string_view::npos;
  const char32_t before = code_point_before(text, start);
  return !is_name_code_point(before) || is_unspaced(before);
}

std::optional<std::size_t> walk_back(std::string_view text, std::size_t dot, std::size_t floor) {
  std::size_t start = dot;
  while (start > floor && dot - start < kMaxHost) {
    std::size_t before = start - 1;
    while (before > floor && (static_cast<unsigned char>(text[before]) & 0xC0U) == 0x80U) --before;
    const char32_t c = code_point_at(text, before);
    const bool letter = c >= 0x80 && is_name_code_point(c) && !is_unspaced(c);
    if (!letter && !is_host_byte(text[before]) && text[before] != '.') break;
    start = before;
  }
  const bool begins = start < dot && (is_ascii_alnum(text[start]) || !is_ascii_byte(text[start]));
  return begins && may_stand_before(text, start) ? std::optional(start) : std::nullopt;
}

bool are_single_letters(std::string_view labels) {
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if ((labels[i] == '.') != (i % 2 == 1)) return false;
  }
  return true;
}

// A name without scheme that could as well be a file, a clock time or two sentences run together needs
// support.
bool needs_support(std::string_view text, const HostName& host, const ContactRules& rules) {
  const std::string_view tld = text.substr(host.last_label, host.end - host.last_label);
  const std::string_view rest = text.substr(host.start, host.last_label - 1 - host.start);
  if (std::any_of(tld.begin(), tld.end(), is_ascii_upper)) return true;
  if (std::none_of(rest.begin(), rest.end(), [](char c) { return is_ascii_letter(c) || !is_ascii_byte(c); }))
    return true;
  // Phonetic spelling and the like: outside ASCII both parts of the name are of one script.
  const bool ascii = std::all_of(rest.begin(), rest.end(), is_ascii_byte);
  if (!ascii && is_ascii_byte(tld.front()) && !tld.starts_with("xn--")) return true;
  if (rest.size() == 1) return true;
  return rules.is_doubtful_tld(tld) && (host.labels == 2 || are_single_letters(rest));
}

std::optional<Reading> without_scheme(const Mention& mention, const InterpretContext& context) {
  const ContactRules& rules = context.rules.contacts;
  const std::string_view text = context.folded().substr(0, line_end(context, mention));
  const auto start = walk_back(text, mention.span.start, value_start(context, mention));
  if (!start) return std::nullopt;
  const auto host = read_host(text, *start, rules);
  // Of the top-level domains inside one name only the last one speaks for it.
  if (!host || !host->known_tld || host->last_label != mention.span.start + 1) return std::nullopt;
  if (host->end < text.size() && text[host->end] == '@') return std::nullopt;
  Pieces pieces{*start, *start, *host, tail_end(text, host->end, text.size())};
  const bool supported =
      pieces.end > host->end + 1 || has_word_before(context, mention.line, *start, ContactWord::url);
  if (!supported && needs_support(text, *host, rules)) return std::nullopt;
  return reading_of(mention, pieces, context, true);
}

std::optional<Reading> local_host(const Mention& mention, const InterpretContext& context) {
  const std::string_view text = context.folded().substr(0, line_end(context, mention));
  const std::size_t start = mention.span.start;
  if (!may_stand_before(text, start) ||
      (start > 0 && (is_host_byte(text[start - 1]) || text[start - 1] == '.')))
    return std::nullopt;
  Pieces pieces;
  pieces.start = pieces.host_start = start;
  pieces.host.start = start;
  pieces.host.end = text.find(':', start);
  pieces.end = tail_end(text, pieces.host.end, text.size());
  if (pieces.end == pieces.host.end) return std::nullopt;
  return reading_of(mention, pieces, context, true);
}

// True if a word of the kind stands before a position with nothing but marks between.
bool word_ends(const InterpretContext& context, std::size_t from, std::size_t position, ContactWord kind) {
  const std::string_view text = context.folded().substr(0, position);
  bool found = false;
  for (std::size_t i = from; i < position; i += size_at(text, i)) {
    const auto match = context.rules.contacts.words().longest(text, i, static_cast<std::uint16_t>(kind));
    if (!match) continue;
    std::size_t end = i + match->size;
    found = true;
    for (; end < position; end += size_at(text, end)) {
      if (u_isalnum(static_cast<UChar32>(code_point_at(text, end))) != 0) found = false;
    }
    if (found) return true;
  }
  return false;
}

}  // namespace

std::optional<HostName> read_host(std::string_view text, std::size_t start, const ContactRules& rules) {
  HostName host;
  host.start = start;
  std::size_t first_glue = 0;
  find_end(text, rules, host, first_glue);
  const auto last = [&] { return text.substr(host.last_label, host.end - host.last_label); };
  host.known_tld = host.labels > 1 && rules.is_tld(last());
  if (!host.known_tld && first_glue < host.end && is_unspaced(code_point_at(text, first_glue))) {
    // Prose of a script without blanks stands right behind the name.
    if (text.substr(start, 4) == "xn--") return std::nullopt;
    const std::size_t dot = text.substr(start, first_glue - start).rfind('.');
    host.end = first_glue;
    host.last_label = dot == std::string_view::npos ? start : start + dot + 1;
    host.labels =
        1 + static_cast<std::size_t>(std::count(text.begin() + static_cast<std::ptrdiff_t>(start),
                                                text.begin() + static_cast<std::ptrdiff_t>(first_glue), '.'));
    host.known_tld = host.labels > 1 && rules.is_tld(last());
  }
  const std::string_view name = text.substr(start, host.end - start);
  if (name.empty() || !are_good_labels(name)) return std::nullopt;
  host.address = is_ipv4(name);
  return host;
}

std::string lower_host(std::string_view host) {
  if (std::all_of(host.begin(), host.end(), is_ascii_byte)) return lower_ascii(host);
  std::string result;
  icu::UnicodeString::fromUTF8(icu::StringPiece(host.data(), static_cast<std::int32_t>(host.size())))
      .toLower(icu::Locale::getRoot())
      .toUTF8String(result);
  return result;
}

std::string printed(const InterpretContext& context, TextSpan span) {
  const std::string_view folded = context.at(span);
  const std::string_view original =
      slice(std::string_view(context.document.text), context.text.decoded(span));
  if (folded == original) return std::string(folded);
  constexpr char32_t kFirstWide = 0xFF01;
  constexpr char32_t kLastWide = 0xFF5E;
  std::string result;
  for (std::size_t i = 0; i < original.size();) {
    const std::size_t size = size_at(original, i);
    const char32_t c = code_point_at(original, i);
    if (c >= kFirstWide && c <= kLastWide) {
      result += static_cast<char>(c - kFirstWide + '!');
    } else if (!is_invisible(c)) {
      result += original.substr(i, size);
    }
    i += size;
  }
  return result;
}

bool has_word_before(const InterpretContext& context, std::uint32_t line, std::size_t position,
                     ContactWord kind) {
  constexpr std::size_t kReach = 60;
  const auto& lines = context.segments.lines;
  std::size_t from = position > kReach ? position - kReach : 0;
  while (from > 0 && (static_cast<unsigned char>(context.folded()[from]) & 0xC0U) == 0x80U) --from;
  if (line >= lines.size()) return word_ends(context, from, position, kind);
  if (word_ends(context, std::max<std::size_t>(from, lines[line].span.start), position, kind)) return true;
  if (position != lines[line].span.start || line == 0) return false;
  const TextSpan above = lines[line - 1].span;
  return above.size() <= kReach && word_ends(context, above.start, above.end, kind);
}

std::optional<Reading> interpret_url(const Mention& mention, InterpretContext& context) {
  const auto& patterns = context.rules.entity_patterns;
  const std::uint32_t flags = mention.pattern < patterns.size() ? patterns[mention.pattern].flags : 0;
  if ((flags & kUrlBare) != 0) return without_scheme(mention, context);
  if ((flags & kUrlLocal) != 0) return local_host(mention, context);
  return with_scheme(mention, context);
}

}  // namespace yoran
