#include "interpret/phone.h"

#include <phonenumbers/phonenumberutil.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "interpret/dialled.h"
#include "interpret/number_plan.h"
#include "rulepack/guards.h"
#include "rulepack/word_index.h"

namespace yoran {
namespace {

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

constexpr std::size_t kMaxDigits = 15;  // of E.164, country code included
constexpr std::size_t kMaxNational = 13;
constexpr std::size_t kMinLocal = 5;  // a number inside one exchange, beside a label
constexpr std::size_t kMinInternational = 7;
constexpr std::size_t kMinUnlabelled = 9;
constexpr std::size_t kMinWithArea = 8;  // of each number where a slash parts two
constexpr std::size_t kMinWithoutRegion = 10;
constexpr std::uint32_t kLabelReach = 160;  // bytes looked back for a label
constexpr std::uint32_t kLabelCell = 60;    // a longer cell or line is no label
constexpr std::uint32_t kLinesAbove = 3;

// ---- the run of digit groups

struct Group {
  std::uint32_t start = 0;
  std::uint32_t end = 0;
  std::string digits;
  std::string_view before;  // what stands between the group before, or the start of the run, and this one
};
using Groups = std::vector<Group>;

Groups groups_of(const InterpretContext& context, TextSpan span) {
  constexpr std::size_t kUsual = 4;
  const std::string_view text = context.folded();
  Groups groups;
  groups.reserve(kUsual);
  std::uint32_t behind = span.start;  // the group before
  for (std::uint32_t i = span.start; i < span.end;) {
    const std::uint32_t end = i + size_at(text, i);
    const auto digit =
        is_ascii_digit(text[i]) ? text[i] : context.rules.contacts.digit(code_point_at(text, i));
    if (digit) {
      if (groups.empty() || behind < i) groups.push_back({i, i, "", text.substr(behind, i - behind)});
      groups.back().digits += *digit;
      groups.back().end = behind = end;
    }
    i = end;
  }
  return groups;
}

bool has(std::string_view text, char c) { return text.find(c) != std::string_view::npos; }
bool has_any(std::string_view text, std::string_view chars) {
  return text.find_first_of(chars) != std::string_view::npos;
}

std::string digits_of(const Groups& groups, std::size_t first, std::size_t last) {
  std::string digits;
  for (std::size_t i = first; i < last; ++i) digits += groups[i].digits;
  return digits;
}

std::size_t count_digits(const Groups& groups) {
  std::size_t count = 0;
  for (const Group& group : groups) count += group.digits.size();
  return count;
}

bool every_gap_is(const Groups& groups, std::size_t last, std::string_view gap) {
  for (std::size_t i = 1; i < last; ++i) {
    if (groups[i].before != gap) return false;
  }
  return true;
}

int number_of(const Group& group) { return group.digits.size() > 4 ? 99999 : std::stoi(group.digits); }
bool is_year(const Group& group) {
  return group.digits.size() == 4 && number_of(group) >= 1800 && number_of(group) <= 2199;
}
bool is_small(const Group& group, int limit) {
  return group.digits.size() <= 2 && number_of(group) >= 1 && number_of(group) <= limit;
}

// 2020-01-31, 31/1/2020, 1-31-20, 2019-2020, 2019/20; what follows the date may be a time.
bool looks_like_date(const Groups& groups, std::size_t last) {
  if (last < 2) return false;
  const auto joined = [&](std::size_t i) {
    return groups[i].before == "-" || groups[i].before == "/" || groups[i].before == ".";
  };
  if (is_year(groups[0]) && joined(1)) {
    if (is_small(groups[1], 12) && (last == 2 || groups[2].digits.size() <= 2)) return true;
    if (last == 2 && (is_year(groups[1]) || groups[1].digits.size() == 2)) return true;
  }
  if (is_year(groups[0]) && is_year(groups[1])) return true;
  if (last < 3 || !joined(1) || groups[1].before != groups[2].before) return false;
  const bool day_month = (is_small(groups[0], 31) && is_small(groups[1], 12)) ||
                         (is_small(groups[0], 12) && is_small(groups[1], 31));
  return day_month && (is_year(groups[2]) || (last == 3 && groups[2].digits.size() == 2));
}

bool looks_like_address_of_machine(const Groups& groups, std::size_t last) {
  if (last != 4 || !every_gap_is(groups, last, ".")) return false;
  return std::all_of(groups.begin(), groups.begin() + 4,
                     [](const Group& g) { return g.digits.size() <= 3 && number_of(g) <= 255; });
}

// Decimal numbers, book numbers, cards: forms that digits in groups have elsewhere.
bool looks_like_other(const Groups& groups, std::size_t last) {
  if (last == 2 && groups[1].before == ".") return true;
  const std::string digits = digits_of(groups, 0, last);
  if (digits.size() == 13 && last >= 4 && (digits.starts_with("978") || digits.starts_with("979")))
    return true;
  if (last == 3 && groups[0].digits.size() == 3 && groups[1].digits.size() == 2 &&
      groups[2].digits.size() == 4)
    return true;
  return last >= 3 &&
         std::all_of(groups.begin(), groups.begin() + 3, [](const Group& g) { return g.digits.size() == 4; });
}

// A figure inside a row of figures that blanks divide, told by its neighbours alone: tables are full of them,
// and the questions below cost much more.
bool is_inside_row(std::string_view text, TextSpan span) {
  const bool figure_before =
      span.start > 1 && text[span.start - 1] == ' ' && is_ascii_digit(text[span.start - 2]);
  if (!figure_before || text[span.start] == '0' || !is_ascii_digit(text[span.start])) return false;
  return std::all_of(text.begin() + span.start, text.begin() + span.end,
                     [](char c) { return c == ' ' || is_ascii_digit(c); });
}

// ---- what the number is called

constexpr std::uint32_t bit(ContactWord word) { return 1U << static_cast<unsigned>(word); }
constexpr std::uint32_t kKinds =
    bit(ContactWord::voice) | bit(ContactWord::fax) | bit(ContactWord::mobile) | bit(ContactWord::toll_free);
constexpr bool is_detail(ContactWord word) {
  return word == ContactWord::detail || word == ContactWord::own_line;
}
constexpr std::uint32_t kBoth = bit(ContactWord::voice) | bit(ContactWord::fax);

struct Called {
  std::uint32_t kinds = 0;  // bits of ContactWord, of kKinds and `shared`
  bool direct = false;      // nothing but marks and linking words between
  bool in_list = false;     // further numbers between, the last followed by a mark of a list
  bool denied = false;      // the word says it is no telephone number
  bool touches = false;     // a word ends right before the number
  bool own_line = false;    // "direct": a telephone number if no label says otherwise
  [[nodiscard]] bool found() const { return kinds != 0 && (direct || in_list); }
};

struct Hit {
  std::uint32_t start = 0;
  std::uint32_t end = 0;
  ContactWord word = ContactWord::link;
};

// The words of a part of the text. A word that is glued to a floor, as in 8FTEL, counts too.
std::vector<Hit> words_between(const InterpretContext& context, std::uint32_t start, std::uint32_t end) {
  std::vector<Hit> hits;
  const std::string_view text = context.folded().substr(0, end);
  const WordIndex& words = context.rules.contacts.words();
  bool glued = false;
  for (std::uint32_t i = start; i < end;) {
    const bool inside = i > start && is_ascii_letter(text[i]) && is_ascii_letter(text[i - 1]);
    if (!inside) glued = i > start && is_ascii_letter(text[i]) && is_ascii_digit(text[i - 1]);
    std::optional<WordMatch> match;
    if (!inside && context.rules.contacts.may_begin_word(text, i)) match = words.longest(context.folded(), i);
    if (inside && glued) match = words.longest(context.folded().substr(i), 0);
    if (match && i + match->size <= end && (!inside || match->size >= 3)) {
      hits.push_back({i, i + match->size, static_cast<ContactWord>(match->word->category)});
      i += match->size;
    } else {
      i += size_at(text, i);
    }
  }
  return hits;
}

struct Gap {
  bool letters = false;
  bool digits = false;
  bool list = false;   // ends in a mark that separates numbers of a list
  bool cells = false;  // a border of cells drawn with bars or tabs
};

Gap gap_between(const InterpretContext& context, std::uint32_t start, std::uint32_t end) {
  Gap gap;
  for (std::uint32_t i = start; i < end;) {
    const char32_t c = code_point_at(context.folded(), i);
    if (c >= '0' && c <= '9') {
      gap.digits = true;
      gap.list = false;
    } else if (u_isalpha(static_cast<UChar32>(c)) != 0) {
      gap.letters = true;
    } else if (c != ' ' && c != '(' && c != ')' && c != '-' && c != '+' && c != '[' && c != ']') {
      gap.list = true;
    }
    gap.cells = gap.cells || c == '|' || c == '\t';
    i += size_at(context.folded(), i);
  }
  return gap;
}

bool has_letters(const InterpretContext& context, std::uint32_t start, std::uint32_t end) {
  for (std::uint32_t i = start; i < end; i += size_at(context.folded(), i)) {
    if (u_isalpha(static_cast<UChar32>(code_point_at(context.folded(), i))) != 0) return true;
  }
  return false;
}

// "FAX: town hall 03-...": a label with a colon says the kind of the first number behind it, over other
// words.
std::uint32_t kind_with_colon(const InterpretContext& context, const std::vector<Hit>& hits,
                              std::uint32_t number) {
  for (auto hit = hits.rbegin(); hit != hits.rend(); ++hit) {
    if (gap_between(context, hit->end, number).digits) return 0;
    if (hit->word == ContactWord::link || is_detail(hit->word)) continue;
    return context.folded()[hit->end] == ':' ? bit(hit->word) & kKinds : 0;
  }
  return 0;
}

// Walks back from the number over the words before it. Answers false if the start of the part was reached
// without one that decides.
bool walk_back(const InterpretContext& context, std::uint32_t start, std::uint32_t number, bool below,
               Called& name) {
  const std::vector<Hit> hits = words_between(context, start, number);
  std::uint32_t position = number;
  bool far = false;
  if (!hits.empty()) name.touches = name.touches || hits.back().end == number;
  for (auto hit = hits.rbegin(); hit != hits.rend(); ++hit) {
    const Gap gap = gap_between(context, hit->end, position);
    if (gap.letters && name.kinds == 0 && !far) name.kinds = kind_with_colon(context, hits, number);
    // The cell of the number says its kind: the head of the row may name several.
    if (gap.letters || (name.kinds != 0 && (gap.digits || gap.cells))) return true;
    const bool usable = !gap.digits || gap.list || below;
    far = far || gap.digits;
    position = hit->start;
    switch (hit->word) {
      case ContactWord::own_line:
        name.own_line = name.own_line || !far;
        break;
      case ContactWord::link:
      case ContactWord::through:
      case ContactWord::detail:
      case ContactWord::area_code:
        break;
      case ContactWord::not_phone:
      case ContactWord::extension:
        if (name.kinds == 0 && !far) name.denied = true;
        return true;
      case ContactWord::url:
      case ContactWord::email:
        return true;
      default:
        if (!usable && hit->word != ContactWord::fax) return true;
        name.kinds |= bit(hit->word);
        name.direct = name.direct || !far;
        name.in_list = name.in_list || (far && usable);
    }
  }
  return name.kinds != 0 || has_letters(context, start, position);
}

// All kinds named in a short cell or line that is nothing but a label.
void take_label(const InterpretContext& context, TextSpan span, Called& name) {
  if (span.size() > kLabelCell || gap_between(context, span.start, span.end).digits) return;
  for (const Hit& hit : words_between(context, span.start, span.end)) {
    if ((bit(hit.word) & (kKinds | bit(ContactWord::shared))) != 0) name.kinds |= bit(hit.word);
    if (hit.word == ContactWord::not_phone && name.kinds == 0) name.denied = true;
  }
  name.direct = name.kinds != 0;
  if (name.kinds != 0) name.denied = false;
}

void take_cell_labels(const InterpretContext& context, std::uint32_t cell_index, Called& name) {
  const std::vector<GridCell>& cells = context.segments.cells;
  const GridCell& cell = cells[cell_index];
  constexpr std::uint32_t kReach = 64;  // cells looked at: a row may have many thousands
  for (std::uint32_t i = cell_index;
       i-- > 0 && cell_index - i <= kReach && cells[i].table == cell.table && cells[i].row == cell.row;) {
    if (cells[i].span.empty()) continue;
    take_label(context, cells[i].span, name);
    break;
  }
  if (name.kinds != 0 || cell.table >= context.segments.grids.size()) return;
  const Grid& grid = context.segments.grids[cell.table];
  const std::uint32_t last = std::min({grid.last_cell, cell_index, grid.first_cell + 4 * kReach});
  for (std::uint32_t i = grid.first_cell; i < last; ++i) {
    if (cells[i].row != cells[grid.first_cell].row && !cells[i].header) break;
    const bool above = cells[i].column <= cell.column && cell.column < cells[i].column + cells[i].column_span;
    if (above && cells[i].row < cell.row) take_label(context, cells[i].span, name);
  }
}

void read_labels(const InterpretContext& context, std::uint32_t line, std::uint32_t number, Called& name) {
  const std::vector<Line>& lines = context.segments.lines;
  if (line >= lines.size()) return;
  const auto from = [&](std::uint32_t index, std::uint32_t end) {
    std::uint32_t start = std::max(lines[index].span.start, end > kLabelReach ? end - kLabelReach : 0);
    while (start < end && (static_cast<unsigned char>(context.folded()[start]) & 0xC0U) == 0x80U) ++start;
    return start;
  };
  if (walk_back(context, from(line, number), number, false, name)) return;
  if (from(line, number) != lines[line].span.start) return;
  for (std::uint32_t up = 1; up <= kLinesAbove && up <= line && lines[line - up].cell == lines[line].cell;
       ++up) {
    const TextSpan above = lines[line - up].span;
    if (above.size() > kLabelCell) break;
    if (walk_back(context, from(line - up, above.end), above.end, true, name)) break;
  }
  if (name.kinds == 0 && !name.denied && lines[line].cell != kNone)
    take_cell_labels(context, lines[line].cell, name);
}

Called name_before(const InterpretContext& context, std::uint32_t line, std::uint32_t number) {
  Called name;
  read_labels(context, line, number, name);
  if (name.kinds == 0 && !name.denied && name.own_line) {
    name.kinds = bit(ContactWord::voice);
    name.direct = true;
  }
  return name;
}

// ---- behind the number

struct Tail {
  std::string extension;
  std::uint32_t end = 0;    // of the number with its extension
  std::uint32_t kinds = 0;  // a label behind the number: "(fax)"
  bool in_brackets = false;
};

// The end of one mark of punctuation or blank of any script; `position` if there is none.
std::uint32_t behind_mark(std::string_view text, std::uint32_t position) {
  if (position >= text.size() || text[position] == '\n') return position;
  const auto c = static_cast<UChar32>(code_point_at(text, position));
  return c == ' ' || u_ispunct(c) != 0 ? position + size_at(text, position) : position;
}

std::uint32_t skip(std::string_view text, std::uint32_t position, std::string_view chars) {
  while (position < text.size() && has(chars, text[position])) ++position;
  return position;
}

std::optional<std::uint32_t> word_end(const InterpretContext& context, std::uint32_t position,
                                      ContactWord word) {
  const auto match =
      context.rules.contacts.words().longest(context.folded(), position, static_cast<std::uint16_t>(word));
  if (!match) return std::nullopt;
  return position + match->size;
}

// "234, 235": further short numbers behind one that ends at `end`.
std::uint32_t list_end(std::string_view text, std::uint32_t end, std::size_t longest) {
  for (int step = 0; step < 6; ++step) {
    const std::uint32_t next = skip(text, behind_mark(text, end), " ");
    std::uint32_t stop = next;
    while (stop < text.size() && is_ascii_digit(text[stop])) ++stop;
    const bool goes_on = stop < text.size() && has("-(", text[stop]);
    const bool listed = next > end && stop > next && stop - next <= longest && !has("()[]-:", text[end]) &&
                        text[end] != ' ' && !goes_on;
    if (!listed) return end;
    end = stop;
  }
  return end;
}

// "(main line) ext. 12", ", x12": words of detail are looked through.
void read_extension(const InterpretContext& context, std::string_view text, std::uint32_t end, Tail& tail) {
  constexpr std::size_t kMaxExtension = 7;
  std::uint32_t position = end;
  for (int step = 0; step < 6 && position < text.size(); ++step) {
    if (const auto behind = word_end(context, position, ContactWord::extension)) {
      const std::uint32_t start = skip(text, *behind, " .:#()-");
      std::uint32_t stop = start;
      while (stop < text.size() && is_ascii_digit(text[stop])) ++stop;
      if (stop > start && stop - start <= kMaxExtension) {
        const std::string_view between = text.substr(end, start - end);
        const bool open =
            std::count(between.begin(), between.end(), '(') > std::count(between.begin(), between.end(), ')');
        tail.extension = text.substr(start, stop - start);
        stop = list_end(text, stop, kMaxExtension);
        tail.end = open && stop < text.size() && text[stop] == ')' ? stop + 1 : stop;
      }
      return;
    }
    auto detail = word_end(context, position, ContactWord::detail);
    if (!detail) detail = word_end(context, position, ContactWord::own_line);
    const std::uint32_t next = detail ? *detail : behind_mark(text, position);
    if (next == position) return;
    position = next;
  }
}

// "(FAX)", "[mobile]"; without brackets only at the end of the line or before a mark.
void read_label_behind(const InterpretContext& context, std::string_view text, std::uint32_t end,
                       Tail& tail) {
  std::uint32_t position = skip(text, end, " ");
  const bool bracket = position < text.size() && has("([", text[position]);
  if (bracket) ++position;
  const std::uint32_t start = position;
  while (position < text.size()) {
    std::optional<std::uint32_t> behind;
    for (const ContactWord word :
         {ContactWord::voice, ContactWord::fax, ContactWord::mobile, ContactWord::toll_free,
          ContactWord::shared, ContactWord::detail, ContactWord::own_line, ContactWord::link}) {
      const auto stop = word_end(context, position, word);
      if (!stop || (behind && *stop <= *behind)) continue;
      behind = stop;
      if ((bit(word) & (kKinds | bit(ContactWord::shared))) != 0) tail.kinds |= bit(word);
    }
    if (!behind) break;
    position = skip(text, *behind, " /&.");
  }
  if (position == start) return;
  const bool mark = behind_mark(text, position) > position && text[position] != ':';
  const bool closed =
      bracket ? position < text.size() && has(")]", text[position]) : position >= text.size() || mark;
  if (!closed) tail.kinds = 0;
  tail.in_brackets = bracket;
}

bool begins_with_label(const InterpretContext& context, std::uint32_t position) {
  for (const ContactWord word : {ContactWord::voice, ContactWord::fax, ContactWord::mobile,
                                 ContactWord::extension, ContactWord::toll_free, ContactWord::through}) {
    if (word_end(context, position, word)) return true;
  }
  return false;
}

// What touches the end of a number that makes it something else.
bool may_end(const InterpretContext& context, std::string_view text, std::uint32_t end, bool grouped) {
  if (end >= text.size()) return true;
  const char c = text[end];
  const char next = end + 1 < text.size() ? text[end + 1] : ' ';
  if (is_ascii_letter(c)) return begins_with_label(context, end);
  if (has("@%=_&$*^\\", c)) return false;
  return !is_ascii_digit(next) || !has(grouped ? "-.:" : "-.,:", c);
}

// What touches its start.
bool may_start(const InterpretContext& context, std::uint32_t start, const Called& name) {
  if (start == 0) return true;
  const std::string_view text = context.folded();
  const char c = text[start - 1];
  const bool digit_before = start > 1 && is_ascii_digit(text[start - 2]);
  if (is_ascii_letter(c)) return name.touches;
  if (has("=_&@#%*+^\\", c)) return false;
  if (digit_before && has("-.:,", c)) return c == ',' && (name.in_list || name.direct);
  return true;
}

// ---- libphonenumber

struct Parsed {
  PhoneNumber number;
  PhoneNumberUtil::PhoneNumberType type = PhoneNumberUtil::UNKNOWN;
  bool valid = false;
  bool possible = false;
};

constexpr std::string_view kJapan = "JP";

const PhoneNumberUtil& book() { return *PhoneNumberUtil::GetInstance(); }

bool take_digits(const std::string& dialled, const std::string& region, PhoneNumber& number) {
  const bool plain = dialled.starts_with('+') ? split_international(dialled.substr(1), number)
                                              : region == kJapan && split_japanese(dialled, number);
  return plain || book().Parse(dialled, region, &number) == PhoneNumberUtil::NO_PARSING_ERROR;
}

std::optional<Parsed> parse(const std::string& dialled, const std::string& region) {
  Parsed parsed;
  if (!take_digits(dialled, region, parsed.number)) return std::nullopt;
  // The plans of some countries know codes for calls inside them that are longer than E.164 allows.
  std::string national;
  book().GetNationalSignificantNumber(parsed.number, &national);
  if (std::to_string(parsed.number.country_code()).size() + national.size() > kMaxDigits) return std::nullopt;
  // The library calls a number valid if its type is known; asking for both would cost twice.
  parsed.type = number_type(parsed.number);
  parsed.valid = parsed.type != PhoneNumberUtil::UNKNOWN;
  parsed.possible =
      parsed.valid || book().IsPossibleNumberWithReason(parsed.number) == PhoneNumberUtil::IS_POSSIBLE;
  return parsed;
}

std::string e164_of(const PhoneNumber& number) {
  std::string national;
  book().GetNationalSignificantNumber(number, &national);
  return "+" + std::to_string(number.country_code()) + national;
}

// The groups in which the number is written for callers abroad, without the country code.
std::vector<std::string> standard_groups(const PhoneNumber& number) {
  std::string formatted;
  book().Format(number, PhoneNumberUtil::INTERNATIONAL, &formatted);
  std::vector<std::string> groups;
  bool open = false;
  for (const char c : formatted) {
    if (is_ascii_digit(c)) {
      if (!open) groups.emplace_back();
      groups.back() += c;
    }
    open = is_ascii_digit(c);
  }
  if (!groups.empty()) groups.erase(groups.begin());
  return groups;
}

bool grouped_as_usual(const Groups& groups, std::size_t last, const PhoneNumber& number) {
  const std::vector<std::string> usual = standard_groups(number);
  return usual.size() == last &&
         std::equal(usual.begin(), usual.end(), groups.begin(),
                    [](const std::string& a, const Group& b) { return a == b.digits; });
}

// A number for calls inside a country is written with the digit that leads out of the own town, or in the
// usual groups.
bool written_for(const std::string& region, const Groups& groups, std::size_t last, const std::string& digits,
                 const Parsed& parsed, bool labelled) {
  if (parsed.number.country_code() != book().GetCountryCodeForRegion(region)) return true;
  std::string national;
  book().GetNationalSignificantNumber(parsed.number, &national);
  if (national.size() < digits.size()) return true;
  std::string prefix;
  book().GetNddPrefixForRegion(region, true, &prefix);
  if (labelled && (prefix.empty() || prefix == "1")) return true;
  return grouped_as_usual(groups, last, parsed.number);
}

PhoneKind kind_of(PhoneNumberUtil::PhoneNumberType type) {
  switch (type) {
    case PhoneNumberUtil::MOBILE:
      return PhoneKind::mobile;
    case PhoneNumberUtil::TOLL_FREE:
      return PhoneKind::toll_free;
    default:
      return PhoneKind::voice;
  }
}

// ---- one number

struct Found {
  std::size_t last = 0;  // groups taken
  std::string e164;      // empty: incomplete
  std::string stated;
  std::string extension;
  PhoneKind kind = PhoneKind::voice;
  bool assumed_region = false;
};

Found complete(std::size_t last, const Parsed& parsed, bool assumed_region) {
  return {last, e164_of(parsed.number), "", "", kind_of(parsed.type), assumed_region};
}

// The digits of a number that begins with a country code: "+81-(0)3-", "[43] (1)", "(011) [52]", "(81-3)".
struct Dialled {
  std::string digits;
  bool certain = false;  // a sign says that it is a country code
};

std::optional<Dialled> international(const Groups& groups, std::size_t last) {
  Dialled dialled;
  std::size_t first = last;
  for (std::size_t i = 0; i < last && i < 2; ++i) {
    const std::string_view behind = i + 1 < groups.size() ? std::string_view(groups[i + 1].before) : "";
    const bool boxed = has(groups[i].before, '[') && behind.starts_with("]") && groups[i].digits.size() <= 3;
    if ((i == 0 && has(groups[i].before, '+')) || (boxed && groups[i].digits[0] != '0')) first = i;
  }
  // "81-(0)299-": nobody prints the zero in brackets but behind a country code.
  if (last > 2 && groups[1].digits == "0" && has(groups[1].before, '(') && has(groups[2].before, ')') &&
      groups[0].digits.size() <= 3 && groups[0].digits[0] != '0')
    first = 0;
  dialled.certain = first < last;
  if (!dialled.certain) {
    const bool joint =
        last > 2 && has(groups[0].before, '(') && !has(groups[1].before, ')') && has(groups[2].before, ')');
    if (!joint || groups[0].digits[0] == '0') return std::nullopt;
    first = 0;
  }
  for (std::size_t i = first; i < last; ++i) {
    const std::string_view behind = i + 1 < groups.size() ? std::string_view(groups[i + 1].before) : "";
    const bool trunk = i > first && groups[i].digits == "0" && has(groups[i].before, '(') && has(behind, ')');
    if (!trunk) dialled.digits += groups[i].digits;
  }
  return dialled;
}

// A slash, or one mark of another script, that sets a further number of a series apart: not what parts the
// groups of the number itself.
bool is_series_mark(const Groups& groups, std::size_t index) {
  constexpr std::size_t kWholeNumber = 5;  // digits that need no group behind them
  if (index == 0) return false;
  const std::string_view gap = groups[index].before;
  const bool wide =
      !gap.empty() && static_cast<unsigned char>(gap[0]) >= 0x80 && gap.size() == size_at(gap, 0);
  if (!wide && !has(gap, '/')) return false;
  return groups[0].digits.size() >= kWholeNumber || (index > 1 && gap != groups[1].before);
}

// The last digits of a further number of a series: 4633/34. Longer ones are numbers of their own.
bool is_series_tail(const Groups& groups, std::size_t index) {
  constexpr std::size_t kLongest = 4;
  if (index >= groups.size() || !is_series_mark(groups, index)) return false;
  if (index + 1 < groups.size() && !is_series_mark(groups, index + 1)) return false;
  const std::size_t size = groups[index].digits.size();
  return size >= 2 && size <= kLongest &&
         size <= groups[index - 1].digits.size() + (is_series_mark(groups, index - 1) ? kLongest : 0);
}

class Reader {
 public:
  Reader(const InterpretContext& context, const Groups& groups, const Called& name,
         std::vector<std::string> regions, std::string_view text)
      : context_(context), groups_(groups), name_(name), regions_(std::move(regions)), text_(text) {}

  // The longest number that begins with the first group.
  std::optional<Found> read() {
    if (looks_like_address_of_machine(groups_, groups_.size())) return std::nullopt;
    if (auto found = longest([&](std::size_t last) { return with_country_code(last); })) return found;
    if (has(groups_[0].before, '+')) return with_hyphened_extension();
    if (auto found = longest([&](std::size_t last) { return in_regions(last, false); })) return found;
    if (auto found = longest([&](std::size_t last) { return with_exit_code(last); })) return found;
    if (auto found = longest([&](std::size_t last) { return with_bare_code(last); })) return found;
    if (auto found = in_regions(groups_.size(), true)) return found;
    return longest([&](std::size_t last) { return incomplete(last); });
  }

  // In one region, asked later.
  std::optional<Found> read_in(const std::string& region) {
    regions_ = {region};
    return in_regions(groups_.size(), false);
  }

 private:
  template <class Try>
  std::optional<Found> longest(Try attempt) {
    const std::size_t all = groups_.size();
    // 4633/34 are two numbers, also where the country's numbers may be two digits longer.
    std::size_t first = all;
    while (first > 1 && is_series_tail(groups_, first - 1)) --first;
    if (first < all) {
      if (auto found = attempt(first)) return found;
    }
    for (std::size_t last = all; last > 0; --last) {
      if (!may_stop(last)) continue;
      if (auto found = attempt(last)) return found;
    }
    return std::nullopt;
  }

  // Too long for any number, with a last group behind a hyphen: an extension as China writes it.
  std::optional<Found> with_hyphened_extension() const {
    const Group& tail = groups_.back();
    const std::size_t last = groups_.size() - 1;
    if (last == 0 || tail.before != "-" || tail.digits.size() > 5 ||
        !may_end(context_, text_, tail.end, true))
      return std::nullopt;
    auto found = with_country_code(last);
    if (!found) return std::nullopt;
    found->last = groups_.size();
    found->extension = tail.digits;
    return found;
  }

  // A number does not stop before a hyphen or dot that goes on to further digits.
  [[nodiscard]] bool may_stop(std::size_t last) const {
    if (!may_end(context_, text_, groups_[last - 1].end, last > 1)) return false;
    if (last == groups_.size()) return true;
    const std::string_view gap = groups_[last].before;
    // A row of groups that blanks divide is a row of figures unless it is called something.
    if (gap == " " && last > 1 && groups_[last - 1].before == " " && !name_.found()) return false;
    return gap != "-" && gap != "." && gap != " - ";
  }

  [[nodiscard]] std::optional<Found> with_country_code(std::size_t last) const {
    const auto dialled = international(groups_, last);
    if (!dialled || dialled->digits.size() < kMinInternational || dialled->digits.size() > kMaxDigits)
      return std::nullopt;
    const auto parsed = parse("+" + dialled->digits, "ZZ");
    if (!parsed) return std::nullopt;
    if (parsed->valid) return complete(last, *parsed, false);
    if (!dialled->certain) return std::nullopt;
    if (last == groups_.size() && name_.found() && !is_series_tail(groups_, last - 1))
      return complete(last, *parsed, false);
    if (parsed->possible && last == groups_.size() && dialled->digits.size() >= kMinUnlabelled)
      return complete(last, *parsed, false);
    return std::nullopt;
  }

  // `loose`: a number that no plan knows, but of possible length and called a telephone number.
  [[nodiscard]] std::optional<Found> in_regions(std::size_t last, bool loose) const {
    const std::string digits = digits_of(groups_, 0, last);
    const bool labelled = name_.found();
    const std::size_t least = labelled                  ? kMinLocal
                              : context_.region.empty() ? kMinUnlabelled
                                                        : kMinUnlabelled - 1;
    if (digits.size() < least || digits.size() > kMaxDigits + 3) return std::nullopt;
    if (looks_like_date(groups_, last) || (!labelled && looks_like_other(groups_, last))) return std::nullopt;
    if (!labelled && last == 1 && !stands_alone()) return std::nullopt;
    for (const std::string& region : regions_) {
      if (!may_be_of(region, digits)) continue;
      const auto parsed = parse(digits, region);
      // Nobody prints pagers any more; their codes are those of towns elsewhere.
      if (!parsed || parsed->type == PhoneNumberUtil::PAGER) continue;
      if (parsed->valid && written_for(region, groups_, last, digits, *parsed, labelled) &&
          (digits.size() >= kMinUnlabelled || labelled || grouped_as_usual(groups_, last, parsed->number))) {
        return complete(last, *parsed, true);
      }
      const bool long_enough = digits[0] == '0' && digits.size() >= kMinUnlabelled;
      if (loose && name_.direct && long_enough && parsed->possible) return complete(last, *parsed, true);
    }
    return std::nullopt;
  }

  // Asking costs: in Japan a number begins with 0, also one for calls abroad.
  [[nodiscard]] static bool may_be_of(const std::string& region, const std::string& digits) {
    return region != kJapan || (digits[0] == '0' && digits.size() >= 9);
  }

  // 00 or 011 before the country code.
  [[nodiscard]] std::optional<Found> with_exit_code(std::size_t last) const {
    const std::string digits = digits_of(groups_, 0, last);
    if (looks_like_date(groups_, last)) return std::nullopt;
    for (const std::string_view exit : {"00", "011"}) {
      if (!digits.starts_with(exit) || digits.size() < 11 || digits.size() > kMaxDigits + exit.size())
        continue;
      const auto parsed = parse("+" + digits.substr(exit.size()), "ZZ");
      if (parsed && parsed->valid) return complete(last, *parsed, false);
    }
    return std::nullopt;
  }

  // A country code without a sign before it, the rest in the groups usual for callers from abroad:
  // 81-3-3581-0101.
  [[nodiscard]] std::optional<Found> with_bare_code(std::size_t last) const {
    const std::string& code = groups_[0].digits;
    if (last < 3 || code.size() > 3 || code[0] == '0' || (!name_.found() && code != "1")) return std::nullopt;
    const std::string digits = digits_of(groups_, 0, last);
    if (digits.size() < kMinWithoutRegion || digits.size() > kMaxDigits) return std::nullopt;
    const auto parsed = parse("+" + digits, "ZZ");
    if (!parsed || !parsed->valid || std::to_string(parsed->number.country_code()) != code)
      return std::nullopt;
    if (!grouped_as_usual(Groups(groups_.begin() + 1, groups_.end()), last - 1, parsed->number))
      return std::nullopt;
    return complete(last, *parsed, false);
  }

  // Without a country or an area code: only what is called a number or could hardly be anything else.
  [[nodiscard]] std::optional<Found> incomplete(std::size_t last) const {
    const std::string digits = digits_of(groups_, 0, last);
    if (digits.size() > (name_.found() ? kMaxDigits : kMaxNational) || looks_like_date(groups_, last))
      return std::nullopt;
    if (last == 2 && groups_[1].before == ".") return std::nullopt;
    if (holds_two_numbers(last)) return std::nullopt;
    const bool labelled =
        name_.direct ? digits.size() >= kMinLocal : name_.in_list && digits.size() >= kMinLocal;
    const bool shaped = regions_.empty() && digits.size() >= kMinWithoutRegion && has_shape(last);
    const bool named = labelled && name_.kinds != 0;
    if (!named && !shaped) return std::nullopt;
    Found found;
    found.last = last;
    found.stated = digits;
    return found;
  }

  // "021 555 0143/0861 555 014": a slash with digits enough for a number on either side.
  [[nodiscard]] bool holds_two_numbers(std::size_t last) const {
    const std::size_t all = count_digits(groups_);
    std::size_t before = groups_[0].digits.size();
    for (std::size_t i = 1; i < last; before += groups_[i].digits.size(), ++i) {
      if (has(groups_[i].before, '/') && before >= kMinWithArea && all - before >= kMinWithArea) return true;
    }
    return false;
  }

  [[nodiscard]] bool has_shape(std::size_t last) const {
    if (last < 2 || looks_like_other(groups_, last)) return false;
    const std::size_t one = last == 4 && groups_[0].digits == "1" ? 1 : 0;
    const bool american = last - one == 3 && groups_[one].digits.size() == 3 &&
                          groups_[one + 1].digits.size() == 3 && groups_[one + 2].digits.size() == 4;
    if (american || groups_[0].digits[0] == '0') return true;
    const bool bracketed = has(groups_[0].before, '(') && groups_[1].before.starts_with(")");
    return bracketed && !is_year(groups_[0]) && groups_[0].digits.size() <= 4;
  }

  // Bare digits that fill their line.
  [[nodiscard]] bool stands_alone() const {
    if (regions_.empty() || groups_[0].digits[0] != '0') return false;
    const std::uint32_t start = groups_[0].start;
    const bool line_begins = start == 0 || context_.folded()[start - 1] == '\n';
    return line_begins && groups_[0].end == text_.size();
  }

  const InterpretContext& context_;
  const Groups& groups_;
  const Called& name_;
  std::vector<std::string> regions_;
  std::string_view text_;  // up to the end of the line
};

void add_region(std::vector<std::string>& regions, const std::string& region) {
  if (region.size() != 2 || std::find(regions.begin(), regions.end(), region) != regions.end()) return;
  regions.push_back(region);
}

// Countries whose way to write a number is tried without further evidence, likeliest first.
std::vector<std::string> regions_of(const InterpretContext& context, std::uint32_t line) {
  std::vector<std::string> regions;
  add_region(regions, context.region);
  const Segments& segments = context.segments;
  const bool japanese_line = line < segments.lines.size() && segments.lines[line].language == Language::ja;
  if (japanese_line || segments.bytes_ja > segments.bytes_en) add_region(regions, "JP");
  add_region(regions, context.habits.country);
  return regions;
}

// ---- readings

Reading make_reading(const Mention& mention, TextSpan span, Phone phone) {
  Reading reading;
  reading.kind = MentionKind::phone;
  reading.span = span;
  reading.line = mention.line;
  reading.pattern = mention.pattern;
  reading.value = std::move(phone);
  return reading;
}

void add_readings(const Mention& mention, TextSpan span, Phone phone, std::uint32_t kinds,
                  std::vector<Reading>& out) {
  if ((kinds & bit(ContactWord::shared)) != 0 && (kinds & kKinds) != 0) kinds |= kBoth;
  if ((kinds & bit(ContactWord::toll_free)) != 0) phone.kind = PhoneKind::toll_free;
  if ((kinds & bit(ContactWord::mobile)) != 0 && (kinds & kBoth) == 0) phone.kind = PhoneKind::mobile;
  const bool fax = (kinds & bit(ContactWord::fax)) != 0;
  if (!fax || (kinds & (kKinds & ~bit(ContactWord::fax))) != 0)
    out.push_back(make_reading(mention, span, phone));
  if (!fax) return;
  phone.kind = PhoneKind::fax;
  out.push_back(make_reading(mention, span, std::move(phone)));
}

// "TEL/FAX a/b": two words, two numbers, in this order.
std::uint32_t kinds_in_pair(std::uint32_t kinds, bool first) {
  if ((kinds & kBoth) != kBoth || (kinds & bit(ContactWord::shared)) != 0) return kinds;
  return kinds & ~bit(first ? ContactWord::fax : ContactWord::voice);
}

bool another_follows(std::string_view text, std::uint32_t end) {
  const std::uint32_t mark = skip(text, end, " ");
  if (mark >= text.size() || has("()[]-+:.~", text[mark])) return false;
  const std::uint32_t next = skip(text, behind_mark(text, mark), " (+");
  if (next == mark) return false;
  return next + 4 < text.size() && is_ascii_digit(text[next]);
}

// "5501~3", "4900 through 4909": the first number stands for all.
std::uint32_t range_end(const InterpretContext& context, std::string_view text, std::uint32_t end,
                        std::size_t longest) {
  const std::uint32_t mark = skip(text, end, " ");
  std::uint32_t next = mark;
  if (mark < text.size() && text[mark] == '~') {
    next = mark + 1;
  } else if (const auto behind = word_end(context, mark, ContactWord::through)) {
    next = *behind;
  }
  if (next == mark) return end;
  const std::uint32_t start = skip(text, next, " ");
  std::uint32_t stop = start;
  while (stop < text.size() && is_ascii_digit(text[stop])) ++stop;
  const bool short_enough = stop > start && stop - start <= longest;
  return short_enough && may_end(context, text, stop, true) ? stop : end;
}

std::uint32_t close_bracket(std::string_view text, const Groups& groups, std::size_t last,
                            std::uint32_t end) {
  int open = 0;
  for (std::size_t i = 0; i < last; ++i) {
    for (const char c : groups[i].before) open += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
  }
  return open > 0 && end < text.size() && has(")]", text[end]) ? end + 1 : end;
}

// The bracket a mention begins with belongs to the number only if it closes inside it.
bool opening_is_needed(const Groups& groups, std::size_t last) {
  if (!has_any(groups[0].before, "([")) return true;
  for (std::size_t i = 1; i < last; ++i) {
    if (has_any(groups[i].before, ")]")) return true;
    if (has_any(groups[i].before, "([")) return false;
  }
  return false;
}

const std::string& rule_of(const InterpretContext& context, const Reading& reading) {
  static const std::string kNoRule;
  const auto& patterns = context.rules.entity_patterns;
  return reading.pattern < patterns.size() ? patterns[reading.pattern].id : kNoRule;
}

}  // namespace

void interpret_phone(const Mention& mention, InterpretContext& context, std::vector<Reading>& out) {
  if (!out.empty() && out.back().span.end > mention.span.start) return;  // inside the number read last
  if (is_inside_row(context.folded(), mention.span)) return;
  if (mention.span.size() < kMinLocal) return;  // bytes, and each digit takes one at least
  const Groups groups = groups_of(context, mention.span);
  const std::size_t digit_count = count_digits(groups);
  if (digit_count < kMinLocal) return;
  const auto& lines = context.segments.lines;
  const std::string_view text = context.folded().substr(
      0, mention.line < lines.size() ? lines[mention.line].span.end : context.folded().size());
  Called name = name_before(context, mention.line, mention.span.start);
  if (name.denied || !may_start(context, mention.span.start, name)) return;
  Tail tail;
  if (!name.direct) read_label_behind(context, text, groups.back().end, tail);
  if (tail.kinds != 0 && tail.in_brackets) name.kinds = tail.kinds, name.direct = true;
  if (!name.found() && digit_count < kMinInternational) return;  // whatever country it were of
  const auto found = Reader(context, groups, name, regions_of(context, mention.line), text).read();
  if (!found || !opening_is_needed(groups, found->last)) return;
  tail = {};
  tail.end = close_bracket(text, groups, found->last, groups[found->last - 1].end);
  tail.end = range_end(context, text, tail.end, groups[found->last - 1].digits.size());
  read_label_behind(context, text, tail.end, tail);
  read_extension(context, text, tail.end, tail);
  Phone phone;
  phone.e164 = found->e164;
  phone.stated = found->stated;
  phone.extension = tail.extension.empty() ? found->extension : tail.extension;
  phone.kind = found->kind;
  phone.assumed_region = found->assumed_region;
  std::uint32_t kinds = tail.kinds != 0
                            ? tail.kinds | ((tail.kinds & bit(ContactWord::shared)) != 0 ? name.kinds : 0)
                            : name.kinds;
  const bool series =
      is_series_tail(groups, found->last) && may_end(context, text, groups[found->last].end, true);
  if (tail.kinds == 0 && (series || (name.direct && another_follows(text, tail.end))))
    kinds = kinds_in_pair(name.kinds, true);
  if (tail.kinds == 0 && name.in_list && !name.direct) kinds = kinds_in_pair(name.kinds, false);
  add_readings(mention, {mention.span.start, tail.end}, phone, kinds, out);
  if (!series) return;
  for (std::size_t i = found->last; is_series_tail(groups, i); ++i) {
    const std::string& digits = groups[i].digits;
    for (std::string* whole : {&phone.e164, &phone.stated}) {
      if (whole->size() > digits.size()) whole->replace(whole->size() - digits.size(), digits.size(), digits);
    }
    add_readings(mention, {groups[i].start, groups[i].end}, phone, kinds_in_pair(name.kinds, false), out);
  }
}

namespace {

// ---- completing

// What a complete number says about others near by.
struct Donor {
  std::string region;
  std::string country_code;
  std::string area_code;       // empty: the number is not of a town
  std::size_t local_size = 0;  // digits behind the area code
};

Donor donor_of(const std::string& e164) {
  PhoneNumber number;
  if (!take_digits(e164, "ZZ", number)) return {};
  Donor donor;
  book().GetRegionCodeForNumber(number, &donor.region);
  donor.country_code = std::to_string(number.country_code());
  std::string national;
  book().GetNationalSignificantNumber(number, &national);
  const auto area_size =
      static_cast<std::size_t>(std::max(0, book().GetLengthOfGeographicalAreaCode(number)));
  donor.area_code = national.substr(0, area_size);
  donor.local_size = national.size() - area_size;
  return donor;
}

class Completer {
  static constexpr std::size_t kReach = 40;  // readings, whatever their lines

 public:
  Completer(std::vector<Reading>& readings, InterpretContext& context)
      : readings_(readings), context_(context) {}

  void run() {
    const bool addresses = std::any_of(readings_.begin(), readings_.end(), [](const Reading& reading) {
      return address_in(reading.value) != nullptr;
    });
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < readings_.size(); ++i) {
      if (incomplete(i)) open.push_back(i);
    }
    if (open.empty() && !addresses) return;
    learn();
    for (std::size_t i = 0; addresses && i < readings_.size(); ++i) correct_country(i);
    for (const std::size_t i : open) complete_country(i);
    for (const std::size_t i : open) {
      if (incomplete(i)) complete_area(i);
    }
    if (std::any_of(open.begin(), open.end(), [&](std::size_t i) { return incomplete(i); })) {
      const std::string code = stated_area_code();
      for (const std::size_t i : open) {
        if (!code.empty() && incomplete(i)) complete_with(i, code);
      }
    }
    for (const std::size_t i : open) {
      if (incomplete(i)) report(readings_[i]);
    }
  }

 private:
  void learn() {
    donors_.resize(readings_.size());
    for (std::size_t i = 0; i < readings_.size(); ++i) {
      const auto* phone = std::get_if<Phone>(&readings_[i].value);
      if (phone != nullptr && !phone->e164.empty() && !phone->assumed_area_code)
        donors_[i] = donor_of(phone->e164);
    }
  }

  [[nodiscard]] bool incomplete(std::size_t i) const {
    const auto* phone = std::get_if<Phone>(&readings_[i].value);
    return phone != nullptr && phone->e164.empty();
  }

  [[nodiscard]] std::uint32_t section_of(const Reading& reading) const {
    const auto& lines = context_.segments.lines;
    return reading.line < lines.size() ? lines[reading.line].section : kNone;
  }

  // The country that an address or a number with its country says.
  [[nodiscard]] std::string country_at(std::size_t i) const {
    if (const auto* address = address_in(readings_[i].value)) return address->country;
    return donors_[i].region;
  }

  [[nodiscard]] bool near(std::size_t a, std::size_t b, std::uint32_t lines) const {
    const auto [first, last] = std::minmax(readings_[a].line, readings_[b].line);
    return last - first <= lines;
  }

  [[nodiscard]] bool is_address(std::size_t i) const { return address_in(readings_[i].value) != nullptr; }

  // The country of the address that a number stands under: of the block above, or of the one that follows at
  // once.
  [[nodiscard]] std::string country_of_address(std::size_t index) const {
    constexpr std::uint32_t kAbove = 8;  // lines
    constexpr std::uint32_t kBelow = 2;
    const std::uint32_t section = section_of(readings_[index]);
    for (std::size_t i = index;
         i-- > 0 && index - i < kReach && near(i, index, kAbove) && section_of(readings_[i]) == section;) {
      if (is_address(i)) return country_at(i);
    }
    for (std::size_t i = index + 1; i < readings_.size() && i - index < kReach && near(i, index, kBelow) &&
                                    section_of(readings_[i]) == section;
         ++i) {
      if (is_address(i)) return country_at(i);
    }
    return {};
  }

  // Best first: the address, numbers on the same lines, a script that only one country writes.
  [[nodiscard]] std::vector<std::string> countries_near(std::size_t index) const {
    constexpr std::uint32_t kNear = 1;  // lines
    std::vector<std::string> countries;
    add_region(countries, country_of_address(index));
    if (!countries.empty()) return countries;
    const std::uint32_t section = section_of(readings_[index]);
    for (std::size_t i = index;
         i-- > 0 && index - i < kReach && near(i, index, kNear) && section_of(readings_[i]) == section;) {
      add_region(countries, country_at(i));
    }
    for (std::size_t i = index + 1; i < readings_.size() && i - index < kReach && near(i, index, kNear) &&
                                    section_of(readings_[i]) == section;
         ++i) {
      add_region(countries, country_at(i));
    }
    if (context_.segments.bytes_ja > 0) add_region(countries, "JP");
    return countries;
  }

  // A number read in the way of the document's country stands under an address of another one.
  void correct_country(std::size_t index) {
    Reading& reading = readings_[index];
    auto* phone = std::get_if<Phone>(&reading.value);
    if (phone == nullptr || !phone->assumed_region || phone->assumed_area_code || phone->e164.empty()) return;
    const std::string country = country_of_address(index);
    if (country.empty() || country == country_at(index)) return;
    Groups groups = groups_of(context_, reading.span);
    const std::string& own = phone->extension;
    if (!own.empty() && groups.size() > 1 && groups.back().digits == own) groups.pop_back();
    if (const auto found = read_in(country, groups, reading.span.end)) fill(*phone, found->e164, found->kind);
  }

  std::optional<Found> read_in(const std::string& country, const Groups& groups, std::uint32_t end) const {
    if (groups.empty()) return std::nullopt;
    Called name;
    name.kinds = bit(ContactWord::voice);
    name.direct = true;
    auto found = Reader(context_, groups, name, {}, context_.folded().substr(0, end)).read_in(country);
    return found && !found->e164.empty() ? found : std::nullopt;
  }

  void complete_country(std::size_t index) {
    Reading& reading = readings_[index];
    auto& phone = std::get<Phone>(reading.value);
    const Groups groups = without_extension(groups_of(context_, reading.span), phone.stated);
    for (const std::string& country : countries_near(index)) {
      const auto found = read_in(country, groups, reading.span.end);
      if (!found) continue;
      fill(phone, found->e164, found->kind);
      phone.assumed_region = true;
      donors_[index] = donor_of(phone.e164);
      return;
    }
  }

  static Groups without_extension(Groups groups, const std::string& stated) {
    while (groups.size() > 1 && count_digits(groups) > stated.size()) groups.pop_back();
    return groups;
  }

  // A number without area code takes the one of the nearest number of its town.
  void complete_area(std::size_t index) {
    const std::string local = std::get<Phone>(readings_[index].value).stated;
    if (local.size() < kMinLocal || local[0] == '0') return;
    for (std::size_t distance = 1; distance < std::min(kReach, readings_.size()); ++distance) {
      if (distance <= index && try_area_of(index - distance, index, local)) return;
      if (index + distance < readings_.size() && try_area_of(index + distance, index, local)) return;
    }
  }

  // The area code that the document says its numbers lack; empty if it says none, or several.
  [[nodiscard]] std::string stated_area_code() const {
    constexpr std::size_t kLongest = 5;
    std::string code;
    for (const Word& word : context_.rules.contacts.words().words()) {
      if (word.category != static_cast<std::uint16_t>(ContactWord::area_code)) continue;
      const std::string_view text = context_.folded();
      for (std::size_t at = text.find(word.text); at != std::string_view::npos;
           at = text.find(word.text, at + 1)) {
        auto start = static_cast<std::uint32_t>(at + word.text.size());
        if (const auto link = word_end(context_, start, ContactWord::link)) start = *link;
        start = skip(text, start, " :([");
        std::uint32_t end = start;
        while (end < text.size() && is_ascii_digit(text[end])) ++end;
        const std::string_view digits = text.substr(start, end - start);
        if (digits.size() < 2 || digits.size() > kLongest || digits[0] != '0') continue;
        if (!code.empty() && code != digits) return {};
        code = digits;
      }
    }
    return code;
  }

  void complete_with(std::size_t index, const std::string& code) {
    auto& phone = std::get<Phone>(readings_[index].value);
    if (phone.stated.empty() || phone.stated[0] == '0') return;
    for (const std::string& country : countries_near(index)) {
      const auto whole = parse(code + phone.stated, country);
      if (!whole || !whole->valid) continue;
      fill(phone, e164_of(whole->number), PhoneKind::voice);
      phone.assumed_region = true;
      phone.assumed_area_code = true;
      return;
    }
  }

  bool try_area_of(std::size_t from, std::size_t index, const std::string& local) {
    const Donor& donor = donors_[from];
    if (donor.area_code.empty() || donor.local_size != local.size()) return false;
    const std::string whole = "+" + donor.country_code + donor.area_code + local;
    const auto completed = parse(whole, "ZZ");
    if (!completed || !completed->valid) return false;
    auto& phone = std::get<Phone>(readings_[index].value);
    fill(phone, whole, PhoneKind::voice);
    phone.assumed_region = true;
    phone.assumed_area_code = true;
    return true;
  }

  static void fill(Phone& phone, std::string e164, PhoneKind kind) {
    phone.e164 = std::move(e164);
    phone.stated.clear();
    if (phone.kind == PhoneKind::voice) phone.kind = kind;
  }

  void report(const Reading& reading) {
    Diagnostic diagnostic;
    diagnostic.code = "phone.incomplete";
    diagnostic.message =
        "the number lacks its country or area code: " + std::get<Phone>(reading.value).stated;
    diagnostic.at = context_.source(reading.span);
    diagnostic.rule = rule_of(context_, reading);
    diagnostic.hint = "name the country with --region";
    context_.diagnostics->push_back(std::move(diagnostic));
  }

  std::vector<Reading>& readings_;
  InterpretContext& context_;
  std::vector<Donor> donors_;  // by reading; empty for all but complete numbers
};

}  // namespace

void complete_phones(std::vector<Reading>& readings, InterpretContext& context) {
  Completer(readings, context).run();
}

}  // namespace yoran
