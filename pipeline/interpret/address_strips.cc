#include "interpret/address_strips.h"

#include <algorithm>
#include <array>

#include "rulepack/guards.h"
#include "types/ascii.h"
#include "types/byte_set.h"

namespace yoran {
namespace {

constexpr std::uint32_t kLongestLead = 60;   // bytes
constexpr std::uint32_t kShortestPart = 25;  // on both sides of a semicolon that divides addresses
constexpr std::uint32_t kLongestLine = 130;  // a longer one is running text
constexpr std::uint32_t kLongestList = 240;  // the same with commas that divide it
constexpr std::uint32_t kShortestProse = 40;
constexpr std::size_t kShortestCode = 4;  // digits of a code that ends a sentence
constexpr std::size_t kProseWords = 4;    // one less where no number is

constexpr ByteSet kMayCut(". ;:");               // where a strip may end
constexpr ByteSet kMayLead(":\t| ,0123456789");  // where what leads to one may end

// Emphasis of Markdown, rules of tables and what else leads a value without a meaning of its own.
bool is_trim(char c) { return std::string_view(" \t,;|*_").find(c) != std::string_view::npos; }

// An address outside Japan has few kana and ideographs; these begin with 0xE3 to 0xE9.
bool is_mostly_japanese(std::string_view text) {
  const auto is_lead = [](char c) { return static_cast<unsigned char>(c) - 0xE3U <= 6U; };
  const auto characters = std::count_if(text.begin(), text.end(), is_lead);
  return static_cast<std::size_t>(characters) * 6 > text.size();  // of three bytes each, more than half
}

TextSpan trimmed_strip(std::string_view text, TextSpan span) {
  while (span.start < span.end && is_trim(text[span.start])) ++span.start;
  while (span.start < span.end && is_trim(text[span.end - 1])) --span.end;
  return span;
}

}  // namespace

std::span<const Strip> AddressStrips::of(std::uint32_t line) {
  if (ranges_.empty()) ranges_.resize(lines_.size());
  if (!ranges_[line].made) make(line);
  const Range range = ranges_[line];
  return std::span(strips_).subspan(range.first, range.last - range.first);
}

bool AddressStrips::is_label_line(std::uint32_t line) const {
  std::string_view text = trimmed(lines_.text(line));
  const auto is_mark = [](char c) { return std::string_view(":()[]*_ ").find(c) != std::string_view::npos; };
  while (!text.empty() && is_mark(text.back())) text.remove_suffix(1);
  while (!text.empty() && is_mark(text.front())) text.remove_prefix(1);
  return words_.is(text, AddressWord::label);
}

// The gaps between the contacts of the line, each cut further.
void AddressStrips::make(std::uint32_t line) {
  const auto first = static_cast<std::uint32_t>(strips_.size());
  const TextSpan whole = lines_.line(line).span;
  std::uint32_t start = whole.start;
  while (start < whole.end) {
    const std::uint32_t contact = lines_.contact_in(start, whole.end);
    const std::uint32_t end =
        contact == whole.end ? whole.end : std::max(start, lines_.contact_words_in(start, whole.end));
    if (end > start) cut({start, end}, line, end < whole.end);
    if (contact == whole.end) break;
    start = std::max(lines_.contact_end(contact), contact + 1);
  }
  ranges_[line] = {first, static_cast<std::uint32_t>(strips_.size()), true};
}

// Sentences go over the ends of wrapped lines; the lines of an address end there.
void AddressStrips::cut(TextSpan span, std::uint32_t line, bool contact_follows) {
  std::uint32_t start = span.start;
  const bool prose = is_prose(span);
  bool led = false;
  while (start < span.end) {
    const std::uint32_t row = prose || led ? span.end : std::min(span.end, lines_.row_end(line, start));
    const std::uint32_t end = next_cut(start, {start, row});
    const bool leads = end < row && is_sentence_lead(words_, text_, end, {start, row});
    const std::size_t count = strips_.size();
    const std::string_view words = view({start, end});
    if (!leads || std::any_of(words.begin(), words.end(), is_ascii_digit))
      add({start, end}, line, end < row || (end == span.end && contact_follows));
    if (led && strips_.size() > count && strips_.back().lead == StripLead::none) {
      strips_.back().lead = StripLead::sentence;
      strips_.back().prose = true;
    }
    led = leads;
    start = end;
  }
}

// Where the strip that begins at span.start ends: behind a sentence, before a word for addresses, or behind
// words of running text that lead to one.
std::uint32_t AddressStrips::next_cut(std::uint32_t at, TextSpan span) const {
  const std::uint32_t start = at;
  while ((at = kMayCut.find(text_, at, span.end)) < span.end) {
    const char c = text_[at];
    if (c == '.' && ends_sentence(at, span)) return at + 1;
    if (c == ' ' && is_sentence_lead(words_, text_, at, span)) return at;
    if (c == ';' && at - start >= kShortestPart && span.end - at >= kShortestPart) return at + 1;
    if (c == ':' && at > start) {
      const std::uint32_t label = label_before(at, start);
      if (label > start) return label;
    }
    ++at;
  }
  return span.end;
}

// A full stop behind a word that is no abbreviation, at the end or with a capital or a digit behind a blank.
bool AddressStrips::ends_sentence(std::uint32_t dot, TextSpan span) const {
  if (dot < span.start + 4) return false;
  if (dot + 1 < span.end && (dot + 2 >= span.end || text_[dot + 1] != ' ' || is_ascii_lower(text_[dot + 2])))
    return false;
  std::uint32_t word = dot;
  while (word > span.start && text_[word - 1] != ' ' && text_[word - 1] != ',') --word;
  const std::string_view with_dot = view({word, dot + 1});
  if (with_dot.size() < 5 || !is_ascii_lower(text_[dot - 1])) {
    // "U.S.A. Postal address", "N7 9DP. Registered in": the end of a country or of a code.
    return (!words_.find(view({word, dot})).empty() && with_dot.size() >= 4) || ends_code(word, dot, span);
  }
  constexpr AddressWordSet kAbbreviated = {AddressWord::street,        AddressWord::unit,
                                           AddressWord::building_name, AddressWord::organisation,
                                           AddressWord::house_number,  AddressWord::attention,
                                           AddressWord::po_box};
  return !words_.is_one_of(with_dot, kAbbreviated) &&
         !words_.has_ending(with_dot, AddressWord::street_ending);
}

// The full stop behind a code; shorter numbers of houses have one of their own in some countries.
bool AddressStrips::ends_number(std::uint32_t dot, TextSpan span) const {
  std::uint32_t start = dot;
  while (start > span.start && is_ascii_digit(text_[start - 1])) --start;
  return dot - start >= kShortestCode;
}

// A postal code of two words, digits in both, in letters that no abbreviation has; or one of digits behind a
// word with a capital, "MA 01985. Office hours".
bool AddressStrips::ends_code(std::uint32_t word, std::uint32_t dot, TextSpan span) const {
  constexpr std::array<std::string_view, 3> kCountries = {"GB", "CA", "IE"};
  if (word <= span.start || text_[word - 1] != ' ' || dot + 1 >= span.end) return false;
  std::uint32_t start = word - 1;
  while (start > span.start && is_ascii_alnum(text_[start - 1])) --start;
  const std::string_view digits = view({word, dot});
  if (digits.size() >= kShortestCode && std::all_of(digits.begin(), digits.end(), is_ascii_digit))
    return is_ascii_upper(text_[start]);
  const std::string_view code = view({start, dot});
  return std::any_of(kCountries.begin(), kCountries.end(), [&](std::string_view name) {
    const Country* country = words_.country(name);
    return country != nullptr && words_.is_postal_code(*country, code);
  });
}

// Where a word for addresses that ends at the colon begins, with a mark or a sentence's end before it; else
// `start`.
std::uint32_t AddressStrips::label_before(std::uint32_t colon, std::uint32_t start) const {
  const std::string_view text = view({start, colon});
  const std::size_t size = words_.before(text, text.size(), AddressWord::label);
  if (size == 0 || size >= text.size()) return start;
  std::size_t at = text.size() - size;
  while (at > 0 && text[at - 1] == ' ') --at;
  const bool divided = at > 0 && std::string_view(".;|/,)-(*").find(text[at - 1]) != std::string_view::npos;
  return divided ? start + static_cast<std::uint32_t>(text.size() - size) : start;
}

void AddressStrips::add(TextSpan span, std::uint32_t line, bool closed) {
  Strip strip;
  strip.span = trimmed_strip(text_, span);
  strip.line = line;
  strip.closed = closed;
  if (strip.span.empty() || is_contact_words(strip.span) || is_lead_line(strip.span)) return;
  const std::uint32_t last = strip.span.end - 1;
  if (text_[last] == '.' && (ends_number(last, strip.span) || ends_sentence(last, strip.span)))
    strip.span.end = last;
  read_lead(strip);
  if (strip.lead == StripLead::none) read_bare_label(strip);
  if (strip.span.empty() || begins_with_contact(strip.span)) return;
  strip.prose = is_prose(strip.span);
  const bool same_line = !strips_.empty() && strips_.back().line == line;
  strip.index = same_line ? strips_.back().index + 1 : 0;
  strips_.push_back(strip);
}

// "Applications should be sent to": the address is below.
bool AddressStrips::is_lead_line(TextSpan span) const {
  const std::string_view text = view(span);
  return words_.before(text, text.size(), AddressWord::sentence_lead) > 0 &&
         std::none_of(text.begin(), text.end(), is_ascii_digit);
}

// "Address: ", "Berlin office<tab>": the words before the first colon, tab, bar or wide gap.
void AddressStrips::read_lead(Strip& strip) const {
  const TextSpan span = strip.span;
  const std::uint32_t limit = std::min(span.end, span.start + kLongestLead);
  std::uint32_t at = span.start;
  while ((at = kMayLead.find(text_, at, limit)) < limit) {
    const char c = text_[at];
    if (c == ':' && leads_house_number(at, span)) return;
    if (c == '\t' || c == '|' || (c == ':' && text_.substr(at, 3) != "://")) break;
    if (c == ' ' && at + 1 < limit && text_[at + 1] == ' ') break;
    if (c == ',') return;
    if (is_ascii_digit(c)) return read_office(strip, at);
    ++at;
  }
  if (at >= limit) return;
  const TextSpan lead = trimmed_strip(text_, {span.start, at});
  const std::string_view words = view(lead);
  if (words.empty() || words_.is(words, AddressWord::po_box) || words_.is(words, AddressWord::postal_label) ||
      words_.is(words, AddressWord::attention) || words_.is(words, AddressWord::care_of))
    return;
  strip.lead_span = lead;
  strip.span = trimmed_strip(text_, {at + 1, span.end});
  if (words_.at(words, 0, AddressWord::label) > 0 ||
      words_.before(words, words.size(), AddressWord::label) > 0) {
    strip.lead = StripLead::label;
  } else if (words_.is(words, AddressWord::component)) {
    strip.lead = StripLead::component;
  } else if (words_.is(words, AddressWord::contact)) {
    strip.span = {};
  } else {
    strip.lead = StripLead::name;
  }
}

// "Address Akademicka 2A, 44-100 Gliwice": a word that means an address and nothing else, the colon left out.
void AddressStrips::read_bare_label(Strip& strip) const {
  constexpr AddressWordSet kOthers = {AddressWord::office, AddressWord::organisation,
                                      AddressWord::building_name, AddressWord::street};
  const std::string_view text = view(strip.span);
  const std::size_t size = words_.at(text, 0, AddressWord::label);
  if (size == 0 || size + 1 >= text.size()) return;
  // Pages that lost their markup have the address touch it: "Address12 High Street".
  const std::size_t gap = text[size] == ' ' ? 1 : 0;
  if (gap == 0 && !is_ascii_digit(text[size])) return;
  const std::string_view rest = text.substr(size + gap);
  const bool begins = !is_ascii_lower(rest.front()) && words_.at(rest, 0, AddressWord::street) == 0;
  const bool digits = std::any_of(rest.begin(), rest.end(), is_ascii_digit);
  if (!begins || !digits || words_.is_one_of(text.substr(0, size), kOthers)) return;
  strip.lead = StripLead::label;
  strip.lead_span = {strip.span.start, strip.span.start + static_cast<std::uint32_t>(size)};
  strip.span.start += static_cast<std::uint32_t>(size + gap);
}

// "Bulvari No: 5": the word before the colon and the number behind it are of a house.
bool AddressStrips::leads_house_number(std::uint32_t colon, TextSpan span) const {
  const std::uint32_t next = skip_blanks(text_, colon + 1, span.end);
  if (next >= span.end || !is_ascii_digit(text_[next])) return false;
  const std::string_view words = view({span.start, colon});
  const std::size_t size = words_.before(words, words.size(), AddressWord::house_number);
  return size > 0 && size < words.size() && words_.at(words, 0, AddressWord::contact) == 0 &&
         words_.at(words, 0, AddressWord::label) == 0;
}

// "Paris Office 10 rue des Lombards": an office's name of two words or more right before the number of the
// street.
void AddressStrips::read_office(Strip& strip, std::uint32_t number) const {
  const TextSpan lead = trimmed_strip(text_, {strip.span.start, number});
  const std::string_view words = view(lead);
  const std::size_t size = words_.before(words, words.size(), AddressWord::office);
  if (size == 0 || size >= words.size() || lead.end == number) return;
  strip.lead = StripLead::name;
  strip.lead_span = lead;
  strip.span.start = number;
}

bool AddressStrips::is_contact_words(TextSpan span) const {
  std::string_view text = view(span);
  const auto is_mark = [](char c) {
    return std::string_view(" \t:./()[]+-,;|*").find(c) != std::string_view::npos;
  };
  while (!text.empty()) {
    while (!text.empty() && is_mark(text.front())) text.remove_prefix(1);
    if (text.empty()) return true;
    const std::size_t size = words_.at(text, 0, AddressWord::contact);
    if (size == 0) return false;
    text.remove_prefix(size);
  }
  return true;
}

// "Tel: (02) 123", "Fax 8001": words of a contact whose number was not read.
bool AddressStrips::begins_with_contact(TextSpan span) const {
  const std::string_view text = view(span);
  const std::size_t size = words_.at(text, 0, AddressWord::contact);
  if (size == 0 || words_.at(text, 0, AddressWord::po_box) > size) return false;
  const std::uint32_t next = skip_blanks(text, static_cast<std::uint32_t>(size), span.size());
  if (next >= text.size()) return true;
  // A letter needs a mark of its own: "P. R. China" is no telephone.
  const std::string_view marks = size > 1 ? ":./+(" : ":+(";
  return marks.find(text[next]) != std::string_view::npos || (size > 1 && is_ascii_digit(text[next]));
}

bool AddressStrips::is_prose(TextSpan span) const {
  const std::string_view text = view(span);
  if (text.size() > kLongestList) return true;
  if (text.size() > kLongestLine && std::count(text.begin(), text.end(), ',') < 3) return true;
  if (text.size() <= kShortestProse) return false;
  if (is_mostly_japanese(text)) return true;
  const bool digits = std::any_of(text.begin(), text.end(), is_ascii_digit);
  return has_lower_words(text, digits ? kProseWords : kProseWords - 1);
}

// Words without a capital: running text has many, addresses and names a few particles.
bool AddressStrips::has_lower_words(std::string_view text, std::size_t count) const {
  std::size_t words = 0;
  for (std::size_t i = 0; i < text.size() && words < count; ++i) {
    if (!is_ascii_lower(text[i]) || (i > 0 && text[i - 1] != ' ')) continue;
    std::size_t end = i;
    while (end < text.size() && is_ascii_letter(text[end])) ++end;
    if (end - i >= 2 && !words_.is(text.substr(i, end - i), AddressWord::particle)) ++words;
    i = end;
  }
  return words >= count;
}

}  // namespace yoran
