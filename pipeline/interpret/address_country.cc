#include "interpret/address_country.h"

#include <algorithm>
#include <array>
#include <string>

namespace yoran {
namespace {

constexpr std::uint32_t kLinesBelow = 6;  // where the telephone numbers of a block stand
constexpr std::size_t kLongestHeading = 90;
constexpr std::uint32_t kShortestCode = 4;     // digits glued to a town
constexpr std::uint32_t kLongestDistrict = 2;  // digits behind a town

// Countries whose codes cannot be taken for another one's or for a number.
constexpr std::array<std::string_view, 6> kOwnForms = {"GB", "CA", "NL", "BR", "PT", "IE"};
// Countries that write a region's short form before the code.
constexpr std::array<std::string_view, 3> kRegionForms = {"US", "CA", "AU"};

// A code has a digit, in the word itself or in the one behind it.
bool may_be_code(const PieceTokens& words, std::size_t token) {
  const auto has_digit = [&](std::size_t i) {
    const std::string_view word = i < words.tokens().size() ? words.token(i) : std::string_view();
    return std::any_of(word.begin(), word.end(), is_ascii_digit);
  };
  return has_digit(token) || has_digit(token + 1);
}

bool is_letter_before(std::string_view text, std::uint32_t at) {
  return static_cast<unsigned char>(text[at - 1]) >= 0x80 || is_ascii_letter(text[at - 1]);
}

bool is_one_of(const Country* country, const std::vector<const Country*>& countries) {
  return std::find(countries.begin(), countries.end(), country) != countries.end();
}

// The last name of a host: "uk" of "http://www.leeds.gov.uk/about" and of "info@leeds.gov.uk".
std::string_view top_domain(const Reading& contact) {
  std::string_view host;
  if (const auto* url = std::get_if<Url>(&contact.value)) {
    host = url->value;
    const std::size_t scheme = host.find("://");
    if (scheme != std::string_view::npos) host.remove_prefix(scheme + 3);
    host = host.substr(0, host.find_first_of(":/?#"));
  } else if (const auto* email = std::get_if<Email>(&contact.value)) {
    host = email->value;
  }
  const std::size_t dot = host.rfind('.');
  return dot == std::string_view::npos ? std::string_view() : host.substr(dot + 1);
}

std::string without_dots(std::string_view text) {
  std::string result(text);
  std::erase(result, '.');
  return result;
}

}  // namespace

CountryGuess CountryEvidence::guess(const std::vector<Piece>& pieces) const {
  if (const Country* country = by_region(pieces)) return {country, 0};
  const std::vector<const Country*> of_town = by_town(pieces);
  const Country* own_form = by_code(pieces);
  const Country* lead = by_lead(pieces);
  if (lead != nullptr && (of_town.empty() || is_one_of(lead, of_town))) return {lead, 1};
  // A code of a form that no other country has is surer than the name of a quarter: "Tangier, Taunton, TA1
  // 4BL".
  if (own_form != nullptr && of_town.size() <= 1) return {own_form, 1};
  if (of_town.size() == 1) return {of_town.front(), 0};
  const auto possible = [&](const Country* country) {
    return country != nullptr && (of_town.empty() || is_one_of(country, of_town));
  };
  if (const Country* country = by_heading(pieces.front().line); possible(country)) return {country, 0};
  if (own_form != nullptr && possible(own_form)) return {own_form, 1};
  if (const Country* country = by_phone(pieces.back().line); possible(country)) return {country, 0};
  if (const Country* country = by_document(); possible(country)) return {country, 0};
  if (const Country* country = by_host(pieces); possible(country)) return {country, 0};
  return {of_town.empty() ? nullptr : of_town.front(), 0};
}

// "Denver CO 80202": short form and code of one country, side by side.
const Country* CountryEvidence::by_region(const std::vector<Piece>& pieces) const {
  std::string_view before;
  for (const Piece& piece : pieces) {
    const PieceTokens words(view(piece.span));
    for (std::size_t i = 0; i < words.tokens().size(); ++i) {
      const std::string_view token = words.token(i);
      const bool code_here = may_be_code(words, i);
      for (const std::string_view code : kRegionForms) {
        const Country* country = code_here ? places_.country(code) : nullptr;
        if (country == nullptr) continue;
        const bool two =
            i + 1 < words.tokens().size() &&
            places_.is_postal_code(*country, std::string(token) + " " + std::string(words.token(i + 1)));
        if (!two && !places_.is_postal_code(*country, token)) continue;
        if (!before.empty() && places_.region_of(country->place, without_dots(before)) != kNone)
          return country;
      }
      before = token;
    }
  }
  // A short form at the end, a street before it.
  const PieceTokens last(view(pieces.back().span));
  const Country* country = places_.country("US");
  if (country != nullptr && last.tokens().size() > 1) {
    const std::string_view token = last.token(last.tokens().size() - 1);
    if (token.size() == 2 && token[0] <= 'Z' && token[1] <= 'Z' &&
        places_.region_of(country->place, token) != kNone)
      return country;
  }
  return by_last_region(pieces);
}

// "304 Main Street, Wiley, Colorado": a street with its number, a town, and the region as a piece of its own.
const Country* CountryEvidence::by_last_region(const std::vector<Piece>& pieces) const {
  constexpr std::size_t kFewest = 3;
  if (pieces.size() < kFewest) return nullptr;
  const PieceWords street(context_.rules, view(pieces[pieces.size() - kFewest].span));
  if (!street.has_street_word() || !is_ascii_digit(street.token(0).front())) return nullptr;
  const std::string_view name = view(pieces.back().span);
  const Country* only = nullptr;
  for (const std::string_view code : kRegionForms) {
    const Country* country = places_.country(code);
    if (country == nullptr || places_.region_of(country->place, name) == kNone) continue;
    if (only != nullptr) return nullptr;
    only = country;
  }
  return only;
}

// "Dhaka-1207", "Praha 8": the town without a code that is glued to it or the number of its district.
TextSpan CountryEvidence::without_number(TextSpan piece) const {
  std::uint32_t end = piece.end;
  while (end > piece.start && is_ascii_digit(text_[end - 1])) --end;
  const std::uint32_t digits = piece.end - end;
  if (digits == 0 || end <= piece.start + 1 || !is_letter_before(text_, end - 1)) return piece;
  const bool glued = text_[end - 1] == '-' && digits >= kShortestCode;
  const bool district = text_[end - 1] == ' ' && digits <= kLongestDistrict;
  return glued || district ? TextSpan{piece.start, end - 1} : piece;
}

// The countries that have the last town among the pieces; several for a name that repeats.
std::vector<const Country*> CountryEvidence::by_town(const std::vector<Piece>& pieces) const {
  std::vector<const Country*> countries;
  for (auto piece = pieces.rbegin(); piece != pieces.rend(); ++piece) {
    const PieceWords words(context_.rules, view(without_number(piece->span)));
    const auto& tokens = words.tokens();
    // The longest run of words at either end that is a town.
    for (std::size_t count = std::min<std::size_t>(tokens.size(), 4); count > 0; --count) {
      for (const std::size_t first : {tokens.size() - count, std::size_t{0}, std::size_t{1}}) {
        if (count < tokens.size() && words.has_street_word() && first + count < tokens.size()) continue;
        // Not the last: behind a code, as in "69205 Lyon Cedex 01".
        if (first + count > tokens.size()) continue;
        if (first == 1 && first + count < tokens.size() && !is_ascii_digit(words.token(0).front())) continue;
        const TextSpan span{piece->span.start + tokens[first].start,
                            piece->span.start + tokens[first + count - 1].end};
        add_countries_of(span, countries);
        if (!countries.empty()) return countries;
      }
    }
  }
  return countries;
}

void CountryEvidence::add_countries_of(TextSpan town, std::vector<const Country*>& countries) const {
  for (const std::uint32_t place : places_.find(view(town))) {
    const Place& found = places_.place(place);
    const bool japanese = found.kind == PlaceKind::prefecture ||
                          ((found.kind == PlaceKind::ward || found.kind == PlaceKind::municipality) &&
                           view(town).find('-') != std::string_view::npos);
    const Country* country = japanese                        ? places_.country("JP")
                             : found.kind == PlaceKind::city ? places_.country(found.parent)
                                                             : nullptr;
    if (country != nullptr && std::find(countries.begin(), countries.end(), country) == countries.end())
      countries.push_back(country);
  }
}

// The country named by the line above, the row or the headings.
const Country* CountryEvidence::by_heading(std::uint32_t line) const {
  // Not the end of what stands above.
  const bool own = line > 0 && (lines_.joined(line - 1) ||
                                (lines_.adjoins(line - 1) && (line == 1 || !lines_.joined(line - 2))));
  if (own) {
    if (const Country* country = named_in(lines_.text(line - 1))) return country;
  }
  if (const Country* country = by_row(line)) return country;
  std::uint32_t section = lines_.line(line).section;
  for (std::uint32_t depth = 0; section != kNone && depth < 3; ++depth) {
    const Section& at = context_.segments.sections[section];
    if (at.heading != kNone && at.level > 1) {
      if (const Country* country = named_in(lines_.text(at.heading))) return country;
    }
    section = at.parent;
  }
  return nullptr;
}

// Another cell of the row of a table.
const Country* CountryEvidence::by_row(std::uint32_t line) const {
  for (const GridCell& cell : lines_.row_of(line)) {
    if (cell.span.contains(lines_.line(line).span)) continue;
    if (const Country* country = named_in(context_.at(cell.span))) return country;
  }
  return nullptr;
}

// The country, or the country of the one town, that a text consists of, but for words of offices, or that it
// ends in: "Embassy of A in B", "Office (B)". "Embassy of A" may be anywhere.
const Country* CountryEvidence::named_in(std::string_view text) const {
  text = trimmed(text);
  if (text.empty() || text.size() > kLongestHeading) return nullptr;
  for (int words = 0; words < 3 && !text.empty(); ++words) {
    if (const Country* country = meaning(text)) return country;
    const std::size_t office = places_.before(text, text.size(), AddressWord::office);
    if (office == 0) break;
    text = trimmed(text.substr(0, text.size() - office));
  }
  while (!text.empty() && (text.back() == ')' || text.back() == ':')) text.remove_suffix(1);
  std::size_t at = text.size();
  for (int words = 0; words < 6 && at > 0; ++words) {
    at = text.find_last_of(" (", at - 1);
    if (at == std::string_view::npos || at == 0) return nullptr;
    if (!leads_to_place(trimmed(text.substr(0, at + 1)))) continue;
    std::string_view name = trimmed(text.substr(at + 1));
    if (const std::size_t article = places_.at(name, 0, AddressWord::article);
        article > 0 && article < name.size())
      name = trimmed(name.substr(article));
    if (const Country* country = meaning(name)) return country;
  }
  return nullptr;
}

bool CountryEvidence::leads_to_place(std::string_view text) const {
  return !text.empty() && (std::string_view("(-,:|/").find(text.back()) != std::string_view::npos ||
                           places_.before(text, text.size(), AddressWord::office_in) > 0);
}

const Country* CountryEvidence::meaning(std::string_view name) const {
  const Country* result = nullptr;
  for (const std::uint32_t place : places_.find(trimmed(name))) {
    const Place& found = places_.place(place);
    if (found.kind == PlaceKind::country) return places_.country(place);
    if (found.kind != PlaceKind::city) continue;
    if (result != nullptr && result != places_.country(found.parent)) return nullptr;
    result = places_.country(found.parent);
  }
  return result;
}

const Country* CountryEvidence::by_code(const std::vector<Piece>& pieces) const {
  std::array<const Country*, kOwnForms.size()> countries{};
  std::transform(kOwnForms.begin(), kOwnForms.end(), countries.begin(),
                 [&](std::string_view code) { return places_.country(code); });
  for (auto piece = pieces.rbegin(); piece != pieces.rend(); ++piece) {
    const PieceTokens words(view(piece->span));
    for (std::size_t i = 0; i < words.tokens().size(); ++i) {
      if (!may_be_code(words, i)) continue;
      const std::string_view one = words.token(i);
      const std::string two = i + 1 < words.tokens().size()
                                  ? std::string(one) + " " + std::string(words.token(i + 1))
                                  : std::string();
      for (const Country* country : countries) {
        if (country == nullptr) continue;
        if (places_.is_postal_code(*country, one) || (!two.empty() && places_.is_postal_code(*country, two)))
          return country;
      }
    }
  }
  return nullptr;
}

// "D-35037 Marburg": the letters of a country before a code of its form, and a town.
const Country* CountryEvidence::by_lead(const std::vector<Piece>& pieces) const {
  for (const Piece& piece : pieces) {
    const PieceTokens words(view(piece.span));
    if (words.tokens().size() < 2) continue;
    const std::string_view first = words.token(0);
    const std::size_t hyphen = first.find('-');
    if (hyphen == std::string_view::npos) continue;
    const Country* country = places_.country_of_lead(first.substr(0, hyphen));
    if (country == nullptr || PieceWords(context_.rules, view(piece.span)).has_street_word()) continue;
    const std::string code(first.substr(hyphen + 1));
    const bool one = places_.is_postal_code(*country, code);
    const bool two = places_.is_postal_code(*country, code + " " + std::string(words.token(1)));
    const std::size_t town = two ? 2 : 1;
    if ((one || two) && town < words.tokens().size() && !is_ascii_digit(words.token(town).front()))
      return country;
  }
  return nullptr;
}

// The contacts of the block and those below it before another section or cell begins.
std::span<const Reading> CountryEvidence::contacts_below(std::uint32_t last_line) const {
  std::uint32_t until = last_line;
  while (until + 1 < lines_.size() && until < last_line + kLinesBelow &&
         lines_.line(until + 1).section == lines_.line(last_line).section &&
         lines_.line(until + 1).cell == lines_.line(last_line).cell)
    ++until;
  const auto all = lines_.contacts_from(lines_.line(last_line).span.start);
  const auto end = std::partition_point(all.begin(), all.end(), [&](const Reading& contact) {
    return contact.span.start < lines_.line(until).span.end;
  });
  return all.first(static_cast<std::size_t>(end - all.begin()));
}

// A host of a country near the block, which holds a postal code of the country's form.
const Country* CountryEvidence::by_host(const std::vector<Piece>& pieces) const {
  for (const Reading& contact : contacts_below(pieces.back().line)) {
    const std::string_view domain = top_domain(contact);
    if (domain.size() != 2) continue;
    std::string code(domain);
    std::transform(code.begin(), code.end(), code.begin(),
                   [](char c) { return is_ascii_lower(c) ? static_cast<char>(c - 32) : c; });
    if (code == "UK") code = "GB";  // the one domain of a country that is no code of it
    const Country* country = places_.country(code);
    if (country == nullptr) continue;
    for (const Piece& piece : pieces) {
      const PieceWords words(context_.rules, view(piece.span));
      // Before the town or behind it.
      if (words.tokens().size() < 2 || words.has_street_word() || words.has_po_box()) continue;
      if (places_.is_postal_code(*country, words.token(0)) ||
          places_.is_postal_code(*country, words.token(words.tokens().size() - 1)))
        return country;
    }
  }
  return nullptr;
}

// The first number of the block, or below it.
const Country* CountryEvidence::by_phone(std::uint32_t last_line) const {
  for (const Reading& contact : contacts_below(last_line)) {
    const auto* phone = std::get_if<Phone>(&contact.value);
    if (phone == nullptr || phone->e164.empty() || phone->assumed_region) continue;
    return by_calling_code(std::string_view(phone->e164).substr(1));
  }
  return nullptr;
}

const Country* CountryEvidence::by_calling_code(std::string_view e164) const {
  constexpr std::array<std::string_view, 6> kMain = {"US", "RU", "GB",
                                                     "FI", "IT", "AU"};  // of codes that several share
  const Country* best = nullptr;
  for (const Country& country : places_.countries()) {
    if (country.calling_code.empty() || !e164.starts_with(country.calling_code)) continue;
    const bool longer = best == nullptr || country.calling_code.size() > best->calling_code.size();
    const bool main = best != nullptr && country.calling_code == best->calling_code &&
                      std::find(kMain.begin(), kMain.end(), places_.place(country.place).code) != kMain.end();
    if (longer || main) best = &country;
  }
  return best;
}

// What the document is about: its title or first heading names a country and nothing else.
const Country* CountryEvidence::by_document() const {
  if (const Country* country = places_.country(context_.habits.country)) return country;
  constexpr std::uint32_t kFirstLines = 8;
  for (std::uint32_t i = 0; i < std::min(lines_.size(), kFirstLines); ++i) {
    const BlockKind kind = lines_.line(i).kind;
    if (kind != BlockKind::heading && kind != BlockKind::title) continue;
    if (const Country* country = named_in(lines_.text(i))) return country;
  }
  return nullptr;
}

}  // namespace yoran
