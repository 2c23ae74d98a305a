#include "interpret/address_parser.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "interpret/address_country.h"
#include "rulepack/guards.h"
#include "types/ascii.h"

namespace yoran {
namespace {

constexpr std::size_t kMaxPieces = 24;
constexpr std::uint32_t kMaxLocality = 60;
constexpr std::size_t kMaxInlineStreet = 60;
constexpr std::size_t kShortestVerb = 4;
constexpr std::size_t kShortestTown = 3;     // before a hyphen and a code
constexpr std::size_t kMostHouseDigits = 3;  // postal codes of digits have more, or a form that is known

class Parser {
 public:
  Parser(std::vector<Piece> pieces, bool labelled, BlockForm form, const AddressLines& lines,
         const InterpretContext& context)
      : lines_(lines),
        context_(context),
        rules_(context.rules),
        places_(context.rules.addresses),
        text_(context.folded()),
        pieces_(std::move(pieces)),
        labelled_(labelled),
        form_(form),
        score_(labelled ? 2 : 0) {}

  std::optional<FoundAddress> parse() {
    if (pieces_.empty() || pieces_.size() > kMaxPieces || is_bare_remark()) return std::nullopt;
    read_country();
    if (is_list_of_countries()) return std::nullopt;
    if (country_ == nullptr) guess_country();
    if (country_ == nullptr && !labelled_) return std::nullopt;
    if (is_japan())
      return std::nullopt;  // addresses of Japan have interpreters of their own, in either script
    if (country_ != nullptr) read_postal_code();
    read_roles();
    read_region();
    read_locality();
    if (locality_.empty()) read_row();
    move_no_number();
    read_street();
    read_rest();
    if (!is_address()) return std::nullopt;
    return finish();
  }

 private:
  [[nodiscard]] std::string_view view(TextSpan span) const { return text_.substr(span.start, span.size()); }
  [[nodiscard]] std::string_view view(std::size_t piece) const { return view(pieces_[piece].span); }
  [[nodiscard]] bool is_free(std::size_t piece) const {
    return pieces_[piece].role == PieceRole::unknown && !pieces_[piece].span.empty();
  }

  // --- Country ---

  // The country a whole piece names; articles and brackets do not count.
  [[nodiscard]] const Country* country_named(std::string_view piece) const {
    piece = trimmed(piece);
    while (!piece.empty() && (piece.back() == '.' || piece.back() == ')') && places_.find(piece).empty())
      piece.remove_suffix(1);
    if (piece.starts_with('(')) piece.remove_prefix(1);
    for (const std::uint32_t place : places_.find(piece)) {
      if (places_.place(place).kind == PlaceKind::country) return places_.country(place);
    }
    const std::size_t article = places_.at(piece, 0, AddressWord::article);
    if (article > 0 && article < piece.size()) {
      for (const std::uint32_t place : places_.find(trimmed(piece.substr(article)))) {
        if (places_.place(place).kind == PlaceKind::country) return places_.country(place);
      }
    }
    return nullptr;
  }

  void take_country(std::size_t piece, TextSpan span, const Country* country) {
    country_ = country;
    country_piece_ = static_cast<std::uint32_t>(piece);
    country_span_ = span;
    pieces_[piece].role = PieceRole::country;
    score_ += 1;
    if (span == pieces_[piece].span) return;
    // The rest of the piece stands for itself.
    Piece rest = pieces_[piece];
    rest.role = PieceRole::unknown;
    rest.span = span.start > rest.span.start ? trimmed_span(text_, {rest.span.start, span.start})
                                             : trimmed_span(text_, {span.end, rest.span.end});
    pieces_[piece].span = span;
    if (rest.span.empty()) return;
    const bool before = rest.span.start < span.start;
    pieces_.insert(pieces_.begin() + static_cast<std::ptrdiff_t>(piece + (before ? 0 : 1)), rest);
    if (before) ++country_piece_;
  }

  void read_country() {
    for (std::size_t i = pieces_.size(); i-- > 0;) {
      const Country* country = country_named(view(i));
      if (country == nullptr) continue;
      // Behind a territory stands the state it belongs to.
      if (i > 0 && i + 1 >= pieces_.size()) {
        const TextSpan whole = pieces_[i - 1].span;
        const TextSpan front = before_digits(whole);
        const TextSpan name = front.empty() ? whole : front;
        const Country* territory = country_named(view(name));
        const bool own =
            territory != nullptr && territory != country &&
            (front.empty() ? !is_state(*country, *territory)
                           : places_.is_postal_code(*territory, trimmed(view({name.end, whole.end}))));
        if (own) {
          pieces_[i].role = PieceRole::country;
          return take_country(i - 1, name, territory);
        }
      }
      // On a line of its own in front it says which office this is, too.
      if (i == 0 && pieces_.size() > 1 && pieces_[1].row != pieces_[0].row)
        address_.label = std::string(view(i));
      return take_country(i, pieces_[i].span, country);
    }
    for (std::size_t i = pieces_.size(); i-- > 0;) {
      if (const auto span = country_tail(pieces_[i].span)) {
        country_in_piece_ = true;
        return take_country(i, *span, country_named(view(*span)));
      }
      if (i + 1 == pieces_.size() && read_country_code(i)) return;
      const TextSpan front = before_digits(pieces_[i].span);
      if (front.empty()) continue;
      const Country* country = country_named(view(front));
      if (country != nullptr && !is_state_with_code(i, front, *country))
        return take_country(i, front, country);
    }
  }

  // The state of the name, not the country: the United States share the calling code with their territories.
  [[nodiscard]] bool is_state(const Country& country, const Country& other) const {
    return &country == places_.country("US") && other.calling_code != country.calling_code &&
           places_.region_of(country.place, places_.place(other.place).name) != kNone;
  }

  // "Georgia 30301": the code is one of the United States, which have a state of the name.
  [[nodiscard]] bool is_state_with_code(std::size_t index, TextSpan name, const Country& country) const {
    const Country* states = places_.country("US");
    const std::string_view code = trimmed(view({name.end, pieces_[index].span.end}));
    return states != nullptr && places_.region_of(states->place, view(name)) != kNone &&
           places_.is_postal_code(*states, code) && !places_.is_postal_code(country, code);
  }

  // Another country stands between the parts, not in front of them: a list.
  [[nodiscard]] bool is_list_of_countries() const {
    for (std::size_t i = 1; i < pieces_.size() && country_ != nullptr; ++i) {
      if (pieces_[i].role == PieceRole::country) continue;
      const TextSpan front = before_digits(pieces_[i].span);
      const Country* other = country_named(view(front.empty() ? pieces_[i].span : front));
      if (other != nullptr && other != country_ && region_named(view(i)) == kNone &&
          !is_known_city(view(i)) && (front.empty() || region_named(view(front)) == kNone))
        return true;
    }
    return false;
  }

  // "Rotterdam NL": two capitals behind a town of that country.
  bool read_country_code(std::size_t index) {
    const TextSpan piece = pieces_[index].span;
    if (piece.size() < 5 || text_[piece.end - 3] != ' ') return false;
    const Country* country = places_.country(view({piece.end - 2, piece.end}));
    if (country == nullptr) return false;
    const auto meanings = places_.find(trimmed(view({piece.start, piece.end - 3})));
    const bool town = std::any_of(meanings.begin(), meanings.end(), [&](std::uint32_t place) {
      return places_.place(place).kind == PlaceKind::city && places_.place(place).parent == country->place;
    });
    if (town) take_country(index, {piece.end - 2, piece.end}, country);
    return town;
  }

  // What stands before the last words that hold digits.
  [[nodiscard]] TextSpan before_digits(TextSpan piece) const {
    const PieceTokens words(view(piece));
    std::size_t count = words.tokens().size();
    while (count > 0 && has_digit(words.token(count - 1))) --count;
    if (count == 0 || count == words.tokens().size()) return {};
    return {piece.start, piece.start + words.tokens()[count - 1].end};
  }

  // A country's name at the end of a piece, behind a blank.
  [[nodiscard]] std::optional<TextSpan> country_tail(TextSpan piece) const {
    std::uint32_t at = piece.end;
    for (std::uint32_t words = 0; words < 4 && at > piece.start; ++words) {
      while (at > piece.start && text_[at - 1] != ' ' && text_[at - 1] != '-') --at;
      if (at == piece.start) return std::nullopt;
      const Country* country = country_named(view({at, piece.end}));
      if (country != nullptr && places_.region_of(country->place, view(piece)) != kNone)
        return std::nullopt;  // "South Wales"
      if (country != nullptr && !ends_organisation(piece, at)) return TextSpan{at, piece.end};
      --at;
    }
    return std::nullopt;
  }

  // "Bank of X", "Republic of X": the name belongs to what stands before it.
  [[nodiscard]] bool ends_organisation(TextSpan piece, std::uint32_t at) const {
    const std::string_view before = trimmed(view({piece.start, at}));
    const std::size_t blank = before.rfind(' ');
    const std::string_view last = blank == std::string_view::npos ? before : before.substr(blank + 1);
    const bool lower = !last.empty() && is_ascii_lower(last.front());
    return lower || last == "&" || PieceWords(rules_, before).has_organisation();
  }

  void guess_country() {
    const CountryEvidence evidence(lines_, context_);
    const CountryGuess guess = evidence.guess(pieces_);
    country_ = guess.country;
    score_ += guess.strength;
  }

  // --- Postal code ---

  void read_postal_code() {
    for (const bool whole_pieces : {false, true}) {
      for (std::size_t i = pieces_.size(); i-- > 0;) {
        if (pieces_[i].role != PieceRole::unknown) continue;
        const auto span = postal_in(i, whole_pieces);
        if (!span) continue;
        code_ = *span;
        code_piece_ = i;
        score_ += 2;
        return part_bracketed_code();
      }
    }
    if (country_piece_ != kNone || labelled_) read_plain_code();
  }

  // "(04524) 110 Sejong-daero": what follows the brackets is a piece of its own.
  void part_bracketed_code() {
    const TextSpan piece = pieces_[code_piece_].span;
    if (code_.start != piece.start + 1 || text_[piece.start] != '(' || code_.end >= piece.end ||
        text_[code_.end] != ')')
      return;
    Piece rest = pieces_[code_piece_];
    rest.span = trimmed_span(text_, {code_.end + 1, piece.end});
    pieces_[code_piece_].span.end = code_.end + 1;
    if (rest.span.empty()) return;
    pieces_.insert(pieces_.begin() + static_cast<std::ptrdiff_t>(code_piece_) + 1, rest);
    if (country_piece_ != kNone && country_piece_ > code_piece_) ++country_piece_;
  }

  // Digits in the place of a code that do not have the form the table knows: next to the country, before or
  // behind a town or alone.
  void read_plain_code() {
    const std::size_t last = last_place();
    for (std::size_t i = last; i-- > 0 && last - i <= 2;) {
      if (pieces_[i].role != PieceRole::unknown) continue;
      const PieceWords words(rules_, view(i));
      const auto& tokens = words.tokens();
      if (tokens.empty() || tokens.size() > 4 || words.has_po_box() || words.has_street_word()) continue;
      for (const std::size_t token : {std::size_t{0}, tokens.size() - 1}) {
        const std::string_view code = words.token(token);
        const bool digits = std::all_of(code.begin(), code.end(), is_ascii_digit);
        const bool led = places_.is(code.substr(0, 2), AddressWord::kept_lead) && code.size() >= 5;
        const bool district = tokens.size() == 1 && is_district_code(code);
        if (!led && !district && (!digits || code.size() < 3 || code.size() > 6)) continue;
        if (i == 0 && !is_known_city(beside_token(i, words, token))) continue;
        code_ = {pieces_[i].span.start + tokens[token].start, pieces_[i].span.start + tokens[token].end};
        code_piece_ = i;
        generic_code_ = true;
        score_ += 1;
        return;
      }
    }
  }

  // "E10": the first half of a code, of letters and digits.
  [[nodiscard]] static bool is_district_code(std::string_view code) {
    return code.size() >= 2 && code.size() <= 4 && is_ascii_upper(code.front()) && has_digit(code) &&
           std::all_of(code.begin(), code.end(),
                       [](char c) { return is_ascii_digit(c) || is_ascii_upper(c); });
  }

  // What stands beside the first or the last token of a piece.
  [[nodiscard]] std::string_view beside_token(std::size_t piece, const PieceWords& words,
                                              std::size_t token) const {
    const std::string_view whole = view(piece);
    return trimmed(token == 0 ? whole.substr(words.tokens()[0].end)
                              : whole.substr(0, words.tokens()[token].start));
  }

  // A postal code in a piece: the last tokens, one or two, that have the country's form. Without letters
  // beside it only when the whole piece is the code (second look).
  [[nodiscard]] std::optional<TextSpan> postal_in(std::size_t index, bool whole) const {
    const TextSpan piece = pieces_[index].span;
    const PieceTokens words(view(piece));
    const auto& tokens = words.tokens();
    std::optional<TextSpan> best;
    for (std::size_t i = tokens.size(); i-- > 0 && !best;) {
      for (const std::size_t count : {std::size_t{2}, std::size_t{1}}) {
        if (i + 1 < count) continue;
        const std::size_t first = i + 1 - count;
        TextSpan span{piece.start + tokens[first].start, piece.start + tokens[i].end};
        span = without_lead(span);
        if (span.empty() || !(is_code(view(span)) || is_led_code(view(span)))) continue;
        if (!may_be_code(PieceWords(rules_, view(piece)), first, i)) continue;
        best = span;
        break;
      }
    }
    if (!best) return std::nullopt;
    const bool alone = tokens.size() <= 2 && best->end == piece.end && only_lead({piece.start, best->start});
    return alone == whole ? best : std::nullopt;
  }

  [[nodiscard]] bool is_code(std::string_view code) const {
    if (code.ends_with('.')) code.remove_suffix(1);
    if (places_.is_postal_code(*country_, code)) return true;
    // "110 021": digits in groups.
    if (code.size() < 6 || code.size() > 7 || code[3] != ' ') return false;
    std::string digits(code);
    digits.erase(3, 1);
    return std::all_of(digits.begin(), digits.end(), is_ascii_digit) &&
           places_.is_postal_code(*country_, digits);
  }

  [[nodiscard]] bool is_led_code(std::string_view code) const {
    std::size_t letters = 0;
    while (letters < code.size() && is_ascii_letter(code[letters])) ++letters;
    if (letters == 0 || !places_.is(code.substr(0, letters), AddressWord::kept_lead)) return false;
    if (letters < code.size() && code[letters] == '-') ++letters;
    return letters < code.size() && is_code(code.substr(letters));
  }

  // A number that leads or ends a street is a house's, except before a town that is known or behind a region.
  [[nodiscard]] bool may_be_code(const PieceWords& words, std::size_t first, std::size_t last) const {
    const std::string_view code = words.token(first);
    if (code.data() > text_.data() && code.data()[-1] == '(' && !is_whole_in_brackets(code)) return false;
    // The number of a box: the first in its piece.
    if (words.has_po_box() && is_first_number(words, first) &&
        !places_.is(words.token(0), AddressWord::postal_label))
      return false;
    const bool digits = std::all_of(code.begin(), code.end(), is_ascii_digit);
    if (!digits || first != last) return true;
    if (code.size() >= 5) return first > 0 || !words.has_street_word() || is_whole_in_brackets(code);
    if (first > 0 && places_.is(words.token(first - 1), AddressWord::house_number)) return false;
    // "1 American Avenue 0082 Yerevan": between a street and a known town.
    if (first > 0 && words.has_street_word() && last + 1 < words.tokens().size() &&
        is_known_city(words.text().substr(words.tokens()[last + 1].start)))
      return true;
    return !words.has_street_word() && !words.has_po_box();
  }

  // "(04524)": an area code in brackets is shorter, or more follows inside.
  [[nodiscard]] bool is_whole_in_brackets(std::string_view code) const {
    const std::size_t end = static_cast<std::size_t>(code.data() - text_.data()) + code.size();
    return code.size() >= 5 && end < text_.size() && text_[end] == ')';
  }

  [[nodiscard]] static bool is_first_number(const PieceWords& words, std::size_t index) {
    for (std::size_t i = 0; i < index; ++i) {
      if (has_digit(words.token(i))) return false;
    }
    return true;
  }

  // Without the letters of the country or the word for postal codes before it: "D-53113", "CEP 70165-900".
  [[nodiscard]] TextSpan without_lead(TextSpan span) const {
    const std::string_view code = view(span);
    if (is_code(code)) return span;
    const std::size_t hyphen = code.find('-');
    if (hyphen != std::string_view::npos && is_lead(code.substr(0, hyphen)))
      return kept_or(span, {span.start + static_cast<std::uint32_t>(hyphen) + 1, span.end},
                     code.substr(0, hyphen));
    // A town glued on: "Dhaka-1207", "7600-Praia".
    const std::size_t last = code.find(' ') == std::string_view::npos ? code.rfind('-') : 0;
    if (last != std::string_view::npos && last >= kShortestTown && is_ascii_letter(code[last - 1]) &&
        is_code(code.substr(last + 1)))
      return {span.start + static_cast<std::uint32_t>(last) + 1, span.end};
    if (hyphen != std::string_view::npos && hyphen + 1 < code.size() && !is_ascii_digit(code[hyphen + 1]) &&
        is_code(code.substr(0, hyphen)))
      return {span.start, span.start + static_cast<std::uint32_t>(hyphen)};
    std::uint32_t letters = span.start;
    while (letters < span.end && is_ascii_letter(text_[letters])) ++letters;
    if (letters > span.start && letters < span.end && is_ascii_digit(text_[letters]) &&
        is_lead(view({span.start, letters})))
      return kept_or(span, {letters, span.end}, view({span.start, letters}));
    return span;
  }

  [[nodiscard]] bool is_lead(std::string_view letters) const {
    return places_.is(letters, AddressWord::postal_lead) || places_.country_of_lead(letters) == country_;
  }

  // The code with its letters where they belong to it.
  [[nodiscard]] TextSpan kept_or(TextSpan whole, TextSpan digits, std::string_view lead) const {
    if (!places_.is(lead, AddressWord::kept_lead) || !is_code(view(digits))) return digits;
    return whole;
  }

  [[nodiscard]] bool only_lead(TextSpan lead) const {
    std::string_view words = trimmed(view(lead));
    while (!words.empty() && (words.back() == ':' || words.back() == '-')) words.remove_suffix(1);
    return words.empty() || places_.is(words, AddressWord::postal_label) ||
           places_.is(words, AddressWord::postal_lead);
  }

  // --- Region ---

  static std::string without_dots(std::string_view text) {
    std::string result(text);
    std::erase(result, '.');
    return result;
  }

  [[nodiscard]] std::uint32_t region_named(std::string_view text) const {
    text = trimmed(text);
    if (country_ == nullptr || text.empty()) return kNone;
    if (const std::uint32_t region = places_.region_of(country_->place, text); region != kNone) return region;
    if (const std::uint32_t region = places_.region_of(country_->place, without_dots(text)); region != kNone)
      return region;
    const std::size_t blank = text.rfind(' ');
    if (blank != std::string_view::npos && places_.is(text.substr(blank + 1), AddressWord::region_suffix))
      return places_.region_of(country_->place, text.substr(0, blank));
    return kNone;
  }

  // What stands beside the postal code in its piece.
  [[nodiscard]] TextSpan beside_code() const {
    if (code_.empty()) return {};
    const TextSpan piece = pieces_[code_piece_].span;
    TextSpan before = clean({piece.start, code_.start});
    const TextSpan after = clean({code_.end, piece.end});
    while (!before.empty() && only_lead_tail(before)) before = clean(before);
    // "DK 2100", where no region has those letters: "CO 80202".
    if (places_.is(view(before), AddressWord::postal_lead) && region_named(view(before)) == kNone)
      before = {};
    return after.empty() ? before : after;
  }

  [[nodiscard]] TextSpan clean(TextSpan span) const {
    span = trimmed_span(text_, span);
    while (!span.empty() && std::string_view("-:/( ").find(text_[span.end - 1]) != std::string_view::npos)
      --span.end;
    while (!span.empty() && std::string_view("-.) ").find(text_[span.start]) != std::string_view::npos)
      ++span.start;
    return span;
  }

  // Takes a word for postal codes, or the letters of the country, from the end.
  bool only_lead_tail(TextSpan& span) const {
    const std::string_view words = view(span);
    const std::size_t label = places_.before(words, words.size(), AddressWord::postal_label);
    if (label > 0) return span.end -= static_cast<std::uint32_t>(label), true;
    if (is_ascii_letter(text_[span.end - 1]) && text_[code_.start - 1] == '-') {
      const std::size_t blank = words.rfind(' ');
      const std::string_view last = blank == std::string_view::npos ? words : words.substr(blank + 1);
      if (places_.is(last, AddressWord::postal_lead))
        return span.end -= static_cast<std::uint32_t>(last.size()), true;
    }
    return false;
  }

  void read_region() {
    region_ = {};
    if (country_ == nullptr) return;
    const TextSpan beside = beside_code();
    if (!beside.empty()) {
      if (region_named(view(beside)) != kNone && !is_known_city(view(beside)) && !is_town_of_region(beside))
        return take_region(beside);
      if (const TextSpan tail = region_tail(beside); !tail.empty()) return take_region(tail);
    }
    const std::size_t last = last_place();
    for (std::size_t i = last; i-- > 0;) {
      if (!is_free(i) || is_code_piece(i)) continue;
      const std::string_view piece = view(i);
      if (region_named(piece) != kNone) {
        if (is_last_locality(i)) break;
        pieces_[i].role = PieceRole::region;
        take_region(pieces_[i].span);
        return mark_inner_region(i);
      }
      if (const TextSpan tail = region_tail(pieces_[i].span); !tail.empty() && last - i <= 2)
        return take_region(tail);
      if (last - i > 3) break;
    }
  }

  // "London, Greater London, England": a region inside the one that was taken is no town.
  void mark_inner_region(std::size_t region) {
    if (region == 0 || !is_free(region - 1)) return;
    const std::string_view inner = view(region - 1);
    if (region_named(inner) != kNone && !is_known_city(inner) && !is_last_locality(region - 1))
      pieces_[region - 1].role = PieceRole::region;
  }

  // "Costilla County": a name that says it is no town.
  [[nodiscard]] bool says_region(TextSpan span) const {
    const std::string_view name = view(span);
    const std::size_t blank = name.rfind(' ');
    return blank != std::string_view::npos && places_.is(name.substr(blank + 1), AddressWord::region_suffix);
  }

  // A short form, or a name, behind a town: "Melbourne VIC", "Sao Paulo - SP".
  [[nodiscard]] TextSpan region_tail(TextSpan piece) const {
    if (is_known_city(view(piece))) return {};
    const TextSpan town = known_city_end(piece);
    std::uint32_t at = piece.end;
    TextSpan longest;  // "South Wales"
    for (std::uint32_t words = 0; words < 4 && at > piece.start; ++words) {
      while (at > piece.start && text_[at - 1] != ' ' && text_[at - 1] != '-' && text_[at - 1] != '/') --at;
      if (at == piece.start) break;
      const std::string_view tail = view({at, piece.end});
      const bool upper = !tail.empty() && is_ascii_upper(tail.front());
      const bool word = tail.size() > 1 && is_ascii_lower(tail[1]);
      const bool short_form = tail.size() <= 4 && upper && !word;
      if (region_named(tail) != kNone && (short_form || tail.size() > 4)) longest = {at, piece.end};
      --at;
      while (at > piece.start && (text_[at - 1] == ' ' || text_[at - 1] == '-')) --at;
    }
    // "New Delhi" is a town, not one in Delhi.
    const bool ends_town = !town.empty() && !longest.empty() && town.start < longest.start;
    return ends_town ? TextSpan{} : longest;
  }

  void take_region(TextSpan span) {
    region_ = span;
    address_.region = std::string(view(span));
    score_ += 1;
  }

  // One past the last piece that may hold town or region.
  [[nodiscard]] std::size_t last_place() const {
    std::size_t last = pieces_.size();
    const bool leads = country_piece_ != kNone && country_piece_ + 1 < pieces_.size() &&
                       (country_piece_ == 0 || code_piece_before_country());
    if (country_piece_ != kNone && !leads) last = country_piece_;
    return last;
  }

  // "860000 China" and what follows: the country leads a block of large to small.
  [[nodiscard]] bool code_piece_before_country() const {
    return country_piece_ == 1 && !code_.empty() && code_piece_ == 0 && pieces_[0].row == pieces_[1].row &&
           pieces_[2].row != pieces_[1].row;
  }

  // A region that has the town's name and is the only piece left for it.
  [[nodiscard]] bool is_last_locality(std::size_t index) {
    if (!code_.empty() && !beside_code().empty()) return false;
    if (is_city_state()) return false;
    const bool known = is_known_city(view(index));
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
      if (i == index || !is_plain_name(i) || (street_piece_ != kNone && i < street_piece_)) continue;
      if (is_code_piece(i)) continue;
      // Without a street the first line is the organisation's.
      if (street_piece_ == kNone && i == 0 && pieces_.size() > 3) continue;
      return known;
    }
    return true;
  }

  // "2010 Neuchatel": behind the code, with no other name left for the town.
  [[nodiscard]] bool is_town_of_region(TextSpan beside) const {
    if (beside.start < code_.end) return false;
    for (std::size_t i = street_piece_ == kNone ? 0 : street_piece_ + 1; i < pieces_.size(); ++i) {
      if (i != code_piece_ && is_plain_name(i)) return false;
    }
    return true;
  }

  // Could be a town: no number, no street, no organisation.
  [[nodiscard]] bool is_plain_name(std::size_t index) const {
    if (!is_free(index) || pieces_[index].span.size() > kMaxLocality) return false;
    const PieceWords words(rules_, view(index));
    return !words.has_street_word() && !words.has_house_number() && !words.has_po_box() && !words.is_unit() &&
           !words.has_organisation() && !words.has_building() && words.tokens().size() <= 5;
  }

  [[nodiscard]] bool is_known_city(std::string_view text) const {
    for (const std::uint32_t place : places_.find(trimmed(text))) {
      const Place& found = places_.place(place);
      if (found.kind == PlaceKind::city && (country_ == nullptr || found.parent == country_->place))
        return true;
    }
    return false;
  }

  // --- Roles that words give ---

  void read_roles() {
    street_piece_ = kNone;
    bool number = false;
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
      if (!is_free(i) || is_code_piece(i)) continue;
      const PieceWords words(rules_, view(i));
      Piece& piece = pieces_[i];
      if (words.is_care_of()) {
        piece.role = PieceRole::care_of;
      } else if (words.has_po_box() && !is_street_beside_box(words, view(i))) {
        score_ += 2;
        take_box_piece(i, words.po_box_start());
      } else if (street_piece_ == kNone && is_street(words, i)) {
        piece.role = PieceRole::street;
        street_piece_ = static_cast<std::uint32_t>(i);
        number = number || words.has_house_number();
      } else if (words.is_unit()) {
        piece.role = PieceRole::unit;
        score_ += 1;
      } else if (words.only_number() && street_piece_ != kNone && i == street_piece_ + 1) {
        piece.role = PieceRole::house_number;
        number = true;
      } else if (words.has_building()) {
        piece.role = PieceRole::building;
        score_ += 1;
      } else if (words.is_attention()) {
        piece.role = PieceRole::attention;
      }
    }
    join_number_before(number);
    if (street_piece_ != kNone) score_ += number ? 2 : 1;
  }

  // "Ports Authority - P.O. Box 95009": what stands before the box is a piece of its own.
  void take_box_piece(std::size_t index, std::uint32_t start) {
    const TextSpan name = clean({pieces_[index].span.start, pieces_[index].span.start + start});
    if (!name.empty() && pieces_.size() < kMaxPieces) {
      Piece front = pieces_[index];
      front.span = name;
      pieces_.insert(pieces_.begin() + static_cast<std::ptrdiff_t>(index), front);
      pieces_[index + 1].span.start += start;
      if (country_piece_ != kNone && country_piece_ >= index) ++country_piece_;
      if (!code_.empty() && code_piece_ >= index) ++code_piece_;
      ++index;
    }
    pieces_[index].role = PieceRole::po_box;
  }

  // "No. 2, Siwei 3rd Road": the number is a piece of its own before the street.
  void join_number_before(bool& number) {
    if (street_piece_ == kNone || street_piece_ == 0) return;
    const Piece& before = pieces_[street_piece_ - 1];
    if (before.role != PieceRole::unknown || before.row != pieces_[street_piece_].row) return;
    if ((!code_.empty() && street_piece_ - 1 == code_piece_) ||
        !PieceWords(rules_, view(street_piece_ - 1)).only_number())
      return;
    pieces_[street_piece_].span.start = before.span.start;
    pieces_.erase(pieces_.begin() + static_cast<std::ptrdiff_t>(--street_piece_));
    if (country_piece_ != kNone && country_piece_ > street_piece_) --country_piece_;
    if (!code_.empty() && code_piece_ > street_piece_) --code_piece_;
    number = true;
  }

  // A street whose name holds a word for boxes.
  static bool is_street_beside_box(const PieceWords& words, std::string_view piece) {
    return words.has_street_word() && words.has_house_number() && !piece.starts_with('P');
  }

  [[nodiscard]] bool is_japan() const {
    return country_ != nullptr && places_.place(country_->place).code == "JP";
  }

  [[nodiscard]] bool is_street(const PieceWords& words, std::size_t index) const {
    if (words.is_unit() && !words.has_street_word()) return false;
    if (words.only_number() || is_remark(index)) return false;
    if (words.has_street_word()) {
      if (words.has_house_number()) return true;
      const bool other = words.has_organisation() || words.has_building();
      return !has_later_street(index, !other);
    }
    // A name and a number without a word of streets: the last resort.
    if (is_behind_country(index) || has_later_street(index, false)) return false;
    if (is_number_next(index) && is_plain_name(index)) return !names_place(view(index));
    const std::size_t tokens = words.tokens().size();
    if (!words.has_house_number() || tokens < 2 || tokens > 6 || is_figure(view(index))) return false;
    // Digits at both ends are a date: "10 June 2019".
    if (tokens > 2 && is_ascii_digit(words.token(0).front()) &&
        is_ascii_digit(words.token(tokens - 1).front()))
      return false;
    // A town with its district, or a place and a year.
    const std::string_view number = words.token(tokens - 1);
    const std::string_view name = trimmed(view(index).substr(0, words.tokens()[tokens - 1].start));
    return !is_known_city(name) && !(is_years(number) && names_place(name));
  }

  [[nodiscard]] bool is_behind_country(std::size_t index) const {
    return country_piece_ != kNone && country_piece_ > 0 && index > country_piece_;
  }

  // Words of a sentence: small ones that no name has.
  [[nodiscard]] bool is_remark(std::size_t index) const {
    const PieceWords words(rules_, view(index));
    std::size_t small = 0;
    for (std::size_t i = 0; i < words.tokens().size(); ++i) {
      const std::string_view token = words.token(i);
      const bool lower = is_ascii_lower(token.front()) && token.size() > 1;
      if (lower && !places_.is(token, AddressWord::particle) && !places_.is(token, AddressWord::street))
        ++small;
    }
    return small >= 2;
  }

  // "(2,690,232)": digits in groups.
  [[nodiscard]] static bool is_figure(std::string_view text) {
    for (std::size_t comma = text.find(','); comma != std::string_view::npos;
         comma = text.find(',', comma + 1)) {
      if (comma > 0 && comma + 1 < text.size() && is_ascii_digit(text[comma - 1]) &&
          is_ascii_digit(text[comma + 1]))
        return true;
    }
    return false;
  }

  // "Viaduto do Cha, 15": a number is the next piece of the line.
  [[nodiscard]] bool is_number_next(std::size_t index) const {
    return index + 1 < pieces_.size() && pieces_[index + 1].row == pieces_[index].row && is_free(index + 1) &&
           !is_code_piece(index + 1) && PieceWords(rules_, view(index + 1)).only_number() &&
           !is_years(view(index + 1));
  }

  // "1984", "2007-2016"
  [[nodiscard]] static bool is_years(std::string_view text) {
    const auto is_year = [](std::string_view year) {
      return year.size() == 4 && std::all_of(year.begin(), year.end(), is_ascii_digit) &&
             (year.starts_with("19") || year.starts_with("20"));
    };
    return is_year(text) ||
           (text.size() == 9 && text[4] == '-' && is_year(text.substr(0, 4)) && is_year(text.substr(5)));
  }

  // A later piece with a street's word, and a number if that is asked for.
  [[nodiscard]] bool has_later_street(std::size_t index, bool number) const {
    for (std::size_t i = index + 1; i < pieces_.size(); ++i) {
      if (!is_free(i) || is_code_piece(i)) continue;
      const PieceWords words(rules_, view(i));
      if (words.has_street_word() && (words.has_house_number() || !number)) return true;
    }
    return false;
  }

  // --- Locality ---

  void read_locality() {
    if (!locality_.empty()) return;
    TextSpan beside = without_region(beside_code());
    if (!beside.empty()) {
      split_beside(beside);
      if (!locality_.empty()) return;
    }
    std::size_t from = last_place();
    if (!code_.empty() && beside.empty()) from = std::min(from, code_piece_ + 1);
    if (take_town_behind_code() || take_city_state()) return;
    // A town that is known, else the last plain name.
    for (const bool known : {true, false}) {
      for (std::size_t i = from; i-- > 0;) {
        if (!is_free(i) || is_code_piece(i)) continue;
        const TextSpan span = without_region(pieces_[i].span);
        if (span.empty() || (known && (!is_town_with_district(span) || (!code_.empty() && !generic_code_))))
          continue;
        if (!known && (span.size() > kMaxLocality || is_before_street(i) || !may_be_town(span))) continue;
        if (!known && PieceWords(rules_, view(span)).has_organisation() &&
            (street_piece_ == kNone || !known_city_in_street().empty()))
          continue;
        if (!known && says_region(span) && i > 0 && is_plain_name(i - 1)) {
          if (region_.empty()) take_region(span);
          pieces_[i].role = PieceRole::region;
          continue;
        }
        if (!known && is_abbreviation(view(span)) && i > 0 && is_plain_name(i - 1)) {
          if (region_.empty()) take_region(span), pieces_[i].role = PieceRole::region;
          continue;
        }
        locality_ = span;
        pieces_[i].role = PieceRole::locality;
        if (is_known_city(view(span))) score_ += 1;
        return;
      }
    }
    if (take_name_behind_code()) return;
    if (const TextSpan city = known_city_in_street(); !city.empty()) return take_city_of_street(city);
    take_locality_from_street();
    if (locality_.empty()) take_town_before_street();
    if (!locality_.empty() || country_piece_ == kNone) return;
    // States that are one city.
    if (street_piece_ != kNone || !code_.empty()) locality_ = country_span_;
  }

  // "Budapest, Petofi utca 1, 1052 Hungary": a known town in front when there is none behind.
  void take_town_before_street() {
    if (street_piece_ == kNone || street_piece_ == 0 || !is_free(street_piece_ - 1)) return;
    Piece& before = pieces_[street_piece_ - 1];
    if (!is_known_city(view(before.span))) return;
    locality_ = before.span;
    before.role = PieceRole::locality;
    score_ += 1;
  }

  // The country's name is a town's too.
  [[nodiscard]] bool is_city_state() const {
    return country_piece_ != kNone && is_known_city(view(country_span_));
  }

  // The town stands in another cell of the row.
  void read_row() {
    const std::uint32_t line = pieces_.front().line;
    for (const GridCell& cell : lines_.row_of(line)) {
      if (cell.span.contains(lines_.line(line).span) || !is_known_city(view(cell.span))) continue;
      locality_ = cell.span;
      score_ += 1;
      return;
    }
  }

  // States that are one city: what else is printed is a quarter.
  bool take_city_state() {
    if (!is_city_state()) return false;
    if (street_piece_ == kNone && code_.empty() && address_.po_box.empty()) return false;
    locality_ = country_span_;
    score_ += 1;
    return true;
  }

  // "C.P. 06000, Ciudad de Mexico": a known town behind a code that is a piece of its own.
  bool take_town_behind_code() {
    if (code_.empty() || !beside_code().empty()) return false;
    for (std::size_t i = code_piece_ + 1; i < pieces_.size(); ++i) {
      if (!is_free(i) || !is_known_city(view(without_region(pieces_[i].span)))) continue;
      locality_ = without_region(pieces_[i].span);
      pieces_[i].role = PieceRole::locality;
      score_ += 1;
      return true;
    }
    return false;
  }

  // "C.P. 20276, Aguascalientes, Ags.": any name on the line of such a code.
  bool take_name_behind_code() {
    const std::size_t next = code_piece_ + 1;
    if (code_.empty() || !beside_code().empty() || next >= pieces_.size() || !is_plain_name(next) ||
        pieces_[next].row != pieces_[code_piece_].row || !may_be_town(pieces_[next].span))
      return false;
    locality_ = pieces_[next].span;
    pieces_[next].role = PieceRole::locality;
    return true;
  }

  // A known town, or one with a number behind it: "Dublin 4".
  [[nodiscard]] bool is_town_with_district(TextSpan span) const {
    if (is_known_city(view(span))) return true;
    const TextSpan city = known_city_at(span);
    if (city.empty()) return false;
    const std::uint32_t next = skip_blanks(text_, city.end, span.end);
    return next < span.end && is_ascii_digit(text_[next]) && span.end - next <= 3;
  }

  static bool is_abbreviation(std::string_view text) {
    return text.size() <= 3 && std::all_of(text.begin(), text.end(), is_ascii_upper);
  }

  // The town at the head of the street's piece, in the order from large to small.
  [[nodiscard]] TextSpan known_city_in_street() const {
    return street_piece_ == kNone ? TextSpan{} : known_city_at(pieces_[street_piece_].span);
  }

  void take_city_of_street(TextSpan city) {
    locality_ = city;
    score_ += 1;
    TextSpan& street = pieces_[street_piece_].span;
    if (city.end >= street.end) return;
    street.start = skip_blanks(text_, city.end, street.end);
    insert_locality(street_piece_);
  }

  // The town was a part of the street's piece: it gets one of its own at this place.
  void insert_locality(std::size_t at) {
    if (pieces_.size() >= kMaxPieces) return;
    Piece town = pieces_[street_piece_];
    town.span = locality_;
    town.role = PieceRole::locality;
    pieces_.insert(pieces_.begin() + static_cast<std::ptrdiff_t>(at), town);
    if (street_piece_ >= at) ++street_piece_;
    if (country_piece_ != kNone && country_piece_ >= at) ++country_piece_;
    if (!code_.empty() && code_piece_ >= at) ++code_piece_;
  }

  [[nodiscard]] bool is_before_street(std::size_t index) const {
    const bool large_first = country_piece_ != kNone && country_piece_ < index;
    return street_piece_ != kNone && index < street_piece_ && !large_first;
  }

  // Not the middle of a sentence.
  [[nodiscard]] bool may_be_town(TextSpan span) const {
    const std::string_view name = view(span);
    const std::string_view word = name.substr(0, name.find(' '));
    return !word.empty() &&
           (word.front() < 'a' || word.front() > 'z' || places_.is(word, AddressWord::particle) ||
            places_.is(word, AddressWord::no_block));
  }

  [[nodiscard]] TextSpan without_region(TextSpan span) const {
    if (span.empty() || region_.empty() || region_.start < span.start || region_.end > span.end) return span;
    return clean({span.start, region_.start});
  }

  // The digits a text begins with, if they are too few for a postal code.
  [[nodiscard]] static std::size_t short_number(std::string_view text) {
    std::size_t digits = 0;
    while (digits < text.size() && is_ascii_digit(text[digits])) ++digits;
    return digits <= kMostHouseDigits ? digits : 0;
  }

  // "s/n Lima", "Rruga Naim, 14 Tirana": a house's number, or what stands for it, belongs to the street
  // before.
  void move_no_number() {
    const std::string_view words = view(locality_);
    std::size_t size = places_.at(words, 0, AddressWord::no_block);
    if (size == 0 && street_piece_ != kNone && code_.empty() && !has_digit(view(street_piece_)))
      size = short_number(words);
    if (size == 0 || size >= words.size() || words[size] != ' ') return;
    if (street_piece_ != kNone)
      moved_number_ = {locality_.start, locality_.start + static_cast<std::uint32_t>(size)};
    locality_.start += static_cast<std::uint32_t>(size) + 1;
  }

  // Beside the code stands the town, or street and town without a comma.
  void split_beside(TextSpan beside) {
    const TextSpan piece = pieces_[code_piece_].span;
    const PieceWords words(rules_, view(beside));
    const bool after = beside.start > code_.start;
    if (after) {
      // "1075 Budapest kazinczy utca": a known town, then the street.
      if (words.has_street_word()) {
        if (const TextSpan city = known_city_at(beside); !city.empty()) {
          locality_ = city;
          take_street_part({city.end, beside.end});
          score_ += 1;
        }
      }
      if (locality_.empty()) locality_ = beside;
      const TextSpan before = clean({piece.start, code_.start});
      if (!before.empty() && !only_lead(before)) take_street_part(before);
    } else if (words.has_street_word() && words.street_end() < beside.size()) {
      std::uint32_t cut = beside.start + words.street_end();
      cut = behind_unit(cut, beside.end);
      locality_ = clean({cut, beside.end});
      // Without a comma a quarter may stand before the town.
      if (const TextSpan town = known_city_end(locality_); !town.empty() && !is_known_city(view(locality_))) {
        cut = town.start;
        locality_ = town;
      }
      take_street_part({beside.start, cut});
    } else if (words.has_street_word() || words.has_po_box()) {
      take_street_part(beside);
    } else if (says_region(beside) && code_piece_ > 0 && is_plain_name(code_piece_ - 1)) {
      locality_ = pieces_[code_piece_ - 1].span;
      pieces_[code_piece_ - 1].role = PieceRole::locality;
    } else {
      locality_ = beside;
    }
    if (is_known_city(view(locality_))) score_ += 1;
    pieces_[code_piece_].role = PieceRole::postal_code;
  }

  // The rest of a unit behind the street: "# 456", "Apt 3A".
  [[nodiscard]] std::uint32_t behind_unit(std::uint32_t at, std::uint32_t end) const {
    std::uint32_t next = skip_blanks(text_, at, end);
    std::uint32_t word = next;
    while (word < end && text_[word] != ' ') ++word;
    const bool number_sign = places_.is(view({next, word}), AddressWord::house_number) ||
                             places_.is(view({next, word}), AddressWord::unit);
    if (!number_sign) return at;
    next = skip_blanks(text_, word, end);
    word = next;
    while (word < end && text_[word] != ' ') ++word;
    return next < end && is_ascii_digit(text_[next]) ? word : at;
  }

  [[nodiscard]] TextSpan known_city_at(TextSpan span) const {
    std::uint32_t end = span.start;
    TextSpan best;
    while (end < span.end) {
      while (end < span.end && text_[end] != ' ') ++end;
      if (is_known_city(view({span.start, end}))) best = {span.start, end};
      end = skip_blanks(text_, end, span.end);
    }
    return best;
  }

  // The known town a span ends in, if it is not all of it.
  [[nodiscard]] TextSpan known_city_end(TextSpan span) const {
    for (std::uint32_t at = span.start; at < span.end; ++at) {
      if (text_[at] == ' ' && is_known_city(view({at + 1, span.end}))) return {at + 1, span.end};
    }
    return {};
  }

  // "18312 Brooklyn Ct Gresham OR": the town is what follows the street in its piece.
  void take_locality_from_street() {
    if (street_piece_ == kNone) return;
    const TextSpan span = without_region(pieces_[street_piece_].span);
    const PieceWords words(rules_, view(span));
    if (!words.has_street_word() || words.street_end() >= span.size()) return;
    if (region_.empty() && country_piece_ == kNone &&
        !is_known_city(view(clean({span.start + words.street_end(), span.end}))))
      return;
    const bool word_leads = words.street_end() <= words.tokens().front().end;
    const TextSpan rest = behind_numbers(clean({span.start + words.street_end(), span.end}), word_leads);
    if (rest.empty()) return;
    locality_ = rest;
    pieces_[street_piece_].span = trimmed_span(text_, {span.start, rest.start});
    insert_locality(street_piece_ + 1);
  }

  // "Rua Direita 32 Lisboa": the house's number belongs to the street whose word leads it. Without one nobody
  // can tell where such a street ends. "Main Road Kingston 2": a number at the end is the town's.
  [[nodiscard]] TextSpan behind_numbers(TextSpan rest, bool word_leads) const {
    if (rest.empty() || is_ascii_digit(text_[rest.start])) return {};
    const PieceWords words(rules_, view(rest));
    for (std::size_t i = words.tokens().size(); i-- > 0;) {
      if (!has_digit(words.token(i))) continue;
      if (i + 1 == words.tokens().size()) break;
      const std::uint32_t bracket = rest.start + words.tokens()[i].end;
      return clean({bracket + (text_[bracket] == ')' ? 1U : 0U), rest.end});
    }
    return word_leads ? TextSpan{} : rest;
  }

  void take_street_part(TextSpan span) {
    span = trimmed_span(text_, span);
    if (span.empty()) return;
    const PieceWords words(rules_, view(span));
    if (words.has_po_box()) {
      address_.po_box = std::string(view({span.start + words.po_box_start(), span.end}));
      score_ += 2;
      return;
    }
    if (street_piece_ == kNone && (words.has_street_word() || words.has_house_number())) {
      address_.street_address = std::string(view(span));
      street_span_ = span;
      score_ += words.has_house_number() || words.number_start() > 0 ? 2 : 1;
    }
  }

  // --- Street, building, organisation ---

  void read_street() {
    if (street_piece_ != kNone) {
      TextSpan street = pieces_[street_piece_].span;
      const PieceWords words(rules_, view(street));
      if (words.unit_start() != PieceWords::kNowhere && words.unit_start() > 0) {
        const std::uint32_t cut = street.start + words.unit_start();
        add_to(address_.building_name_etc, view({cut, street.end}));
        street = trimmed_span(text_, {street.start, cut});
      }
      street = without_town(street);
      street_span_ = street;
      address_.street_address = std::string(view(street));
      if (!moved_number_.empty()) add_to(address_.street_address, view(moved_number_));
    }
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
      const Piece& piece = pieces_[i];
      if (piece.role == PieceRole::unit || piece.role == PieceRole::building)
        add_to(address_.building_name_etc, view(i));
      if (piece.role == PieceRole::house_number) add_to(address_.street_address, view(i));
      if (piece.role == PieceRole::po_box && address_.po_box.empty()) take_box(i);
      if (piece.role == PieceRole::care_of && address_.care_of.empty())
        address_.care_of = std::string(trimmed(view(i).substr(places_.at(view(i), 0, AddressWord::care_of))));
    }
  }

  // "Wien Rathausstrasse 8, 1010 Wien": the town is said twice. Not of "London Road": only where what follows
  // is a street by its own ending.
  [[nodiscard]] TextSpan without_town(TextSpan street) const {
    const std::string_view town = trimmed(view(locality_));
    const std::string_view words = view(street);
    if (town.empty() || !words.starts_with(town) || words.size() < town.size() + 2 ||
        words[town.size()] != ' ')
      return street;
    const TextSpan rest{street.start + static_cast<std::uint32_t>(town.size()) + 1, street.end};
    const std::string_view word = view(rest).substr(0, view(rest).find(' '));
    return places_.has_ending(word, AddressWord::street_ending) ? rest : street;
  }

  // The code may be glued to the box's number: "P.O. Box 30075-00100".
  void take_box(std::size_t index) {
    TextSpan box = pieces_[index].span;
    const std::size_t hyphen = view(box).rfind('-');
    if (code_.empty() && country_ != nullptr && hyphen != std::string_view::npos) {
      const TextSpan tail{box.start + static_cast<std::uint32_t>(hyphen) + 1, box.end};
      if (is_code(view(trimmed_span(text_, tail)))) {
        code_ = trimmed_span(text_, tail);
        code_piece_ = index;
        box = clean({box.start, tail.start - 1});
      }
    }
    address_.po_box = std::string(view(box));
  }

  void add_to(std::string& component, std::string_view words) {
    if (!component.empty()) component += ", ";
    component += trimmed(words);
  }

  // Pieces nothing has claimed. In front of the body of the address stands whose it is; between its parts a
  // building; behind the street a part of town.
  void read_rest() {
    const auto is_body = [](PieceRole role) {
      return role == PieceRole::street || role == PieceRole::po_box || role == PieceRole::unit ||
             role == PieceRole::building || role == PieceRole::house_number;
    };
    bool body = false;
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
      const Piece& piece = pieces_[i];
      if (piece.role == PieceRole::locality || is_code_piece(i)) {
        if (street_piece_ == kNone || i > street_piece_) return;
        continue;
      }
      body = body || is_body(piece.role);
      if (!is_free(i)) continue;
      if (!body) {
        read_head(i);
      } else if (street_piece_ == kNone || i < street_piece_) {
        const bool street_follows = street_piece_ != kNone;
        const bool building = street_follows || !address_.street_address.empty();
        add_to(building ? address_.building_name_etc : address_.street_address, view(i));
      } else {
        add_to(address_.street_address, view(i));
      }
    }
  }

  // A name in front: a place of which the address says more, an organisation, or the building.
  void read_head(std::size_t index) {
    const std::string_view name = view(index);
    const PieceWords words(rules_, name);
    if (words.has_organisation()) score_ += 1;
    // "Plot 21" where no street has a word; digits alone are the number of an entry.
    if (words.only_number() && street_piece_ == kNone) {
      if (!std::all_of(name.begin(), name.end(), is_ascii_digit)) add_to(address_.street_address, name);
      return;
    }
    const bool place = !locality_.empty() && names_place(name);
    const bool numbered = has_digit(name) && street_piece_ != kNone && !place;
    if (!words.has_organisation() && (labelled_ || numbered)) {
      const bool street = labelled_ && street_piece_ == kNone;
      return add_to(street ? address_.street_address : address_.building_name_etc, name);
    }
    if (place) {
      pieces_[index].role = PieceRole::attention;
      address_.label = std::string(name);
    } else if (is_place_and_number(name)) {
      score_ -= 2;  // "Paris 2024": one of a list
    } else if (address_.organization.empty()) {
      pieces_[index].role = PieceRole::organisation;
      address_.organization = std::string(name);
      head_ = index;
    } else if (address_.label.empty() && words.has_organisation() &&
               pieces_[index].row > pieces_[head_].row) {
      // Two lines: the first says which of its places the organisation means.
      pieces_[index].role = PieceRole::organisation;
      address_.label = std::exchange(address_.organization, std::string(name));
    } else if (words.has_organisation()) {
      pieces_[index].role = PieceRole::organisation;
      add_to(address_.organization, name);
    } else {
      add_to(address_.building_name_etc, name);
    }
  }

  [[nodiscard]] bool is_place_and_number(std::string_view text) const {
    const std::size_t blank = text.rfind(' ');
    return blank != std::string_view::npos && has_digit(text.substr(blank)) &&
           names_place(text.substr(0, blank));
  }

  [[nodiscard]] bool names_place(std::string_view name) const {
    const auto meanings = places_.find(name);
    return std::any_of(meanings.begin(), meanings.end(),
                       [&](std::uint32_t place) { return places_.place(place).kind <= PlaceKind::city; });
  }

  [[nodiscard]] bool is_code_piece(std::size_t index) const { return !code_.empty() && index == code_piece_; }

  // --- Decision ---

  [[nodiscard]] bool is_address() const {
    const bool street = !address_.street_address.empty();
    const bool placed = !code_.empty() || !locality_.empty();
    if (!placed) return false;
    const bool box = !address_.po_box.empty();
    const bool body = street || box || !address_.building_name_etc.empty() || !address_.organization.empty();
    if ((!body && code_.empty()) || has_loose_year() || is_description()) return false;
    const bool printed = (country_piece_ != kNone && !country_in_piece_) || !region_.empty();
    const bool known_body =
        !address_.building_name_etc.empty() || PieceWords(rules_, address_.organization).has_organisation();
    const bool whole = street || box || (known_body && !code_.empty() && country_piece_ != kNone);
    if (form_ == BlockForm::line && locality_.empty()) return false;
    const bool complete = whole && (!code_.empty() || printed);
    if (form_ != BlockForm::lines && !complete) return false;
    if (form_ == BlockForm::sentence && address_.street_address.size() > kMaxInlineStreet) return false;
    if (body && score_ >= 3) return street || box || !code_.empty() || labelled_ || country_piece_ != kNone;
    // A street and a country, each on its line.
    if (street && country_piece_ != kNone && !locality_.empty() && locality_ != country_span_ &&
        pieces_.back().row >= pieces_.front().row + 2)
      return true;
    if (labelled_) return score_ >= 3;
    // A code and its town with the country or region: all of an address that is printed.
    return !code_.empty() && !locality_.empty() && score_ >= 3 && pieces_.size() <= 6;
  }

  // "Location: Western Africa, bordering the Gulf of Guinea", "Lyon, Marseille, Nice": no digit, and words of
  // a sentence or nothing that only addresses have.
  [[nodiscard]] bool is_description() const {
    if (!code_.empty() || !address_.po_box.empty()) return false;
    bool signs = false;
    bool prose = false;
    for (const Piece& piece : pieces_) {
      if (has_digit(view(piece.span))) return false;
      const PieceWords words(rules_, view(piece.span));
      signs = signs || words.has_street_word() || words.has_building() || words.has_organisation() ||
              words.is_unit();
      prose = prose || begins_small(words);
    }
    return prose || (!signs && !is_quarter_of_town());
  }

  // "The fleet was dispersed": one piece, no digit and no word that only addresses have.
  [[nodiscard]] bool is_bare_remark() const {
    if (pieces_.size() > 1 || has_digit(view(0))) return false;
    const PieceWords words(rules_, view(0));
    return !words.has_street_word() && !words.has_building() && !words.has_organisation() && !words.is_unit();
  }

  // "bordering the sea": a word in small letters that is no street's.
  [[nodiscard]] bool begins_small(const PieceWords& words) const {
    if (words.tokens().empty()) return false;
    const std::string_view first = words.token(0);
    return first.size() >= kShortestVerb && std::all_of(first.begin(), first.end(), is_ascii_letter) &&
           first.front() >= 'a' && words.street_end() < words.tokens().front().end;
  }

  // "Maharajgunj, Kathmandu": a name no table knows before a town that is known.
  [[nodiscard]] bool is_quarter_of_town() const {
    std::size_t names = 0;
    bool unknown = false;
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
      const PieceRole role = pieces_[i].role;
      if (role == PieceRole::region || i == country_piece_) continue;
      if (names++ == 0) unknown = !names_place(view(i));
    }
    return names == 2 && unknown && is_known_city(view(locality_));
  }

  // A year between commas: a list of events or of books.
  [[nodiscard]] bool has_loose_year() const {
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
      if (is_free(i) && !is_code_piece(i) && is_years(view(i))) return true;
    }
    return false;
  }

  std::optional<FoundAddress> finish() {
    FoundAddress found;
    const Piece* first = nullptr;
    const Piece* last = nullptr;
    for (const Piece& piece : pieces_) {
      if (piece.span.empty()) continue;
      if (first == nullptr) first = &piece;
      last = &piece;
    }
    found.span = {first->span.start, last->span.end};
    found.first_line = first->line;
    found.last_line = last->line;
    if (country_ != nullptr) {
      address_.country = places_.place(country_->place).code;
      if (country_piece_ == kNone) address_.assumed.push_back("country");
    }
    if (!code_.empty()) {
      std::string_view code = view(code_);
      if (code.ends_with('.')) code.remove_suffix(1);
      address_.postal_code = std::string(code);
    }
    // A country in the place of its only town; where it has postal codes there are several.
    if (!locality_.empty() && (locality_ != country_span_ || code_.empty() || is_city_state()))
      address_.locality = std::string(trimmed(view(locality_)));
    address_.full_address = full_address();
    const bool street = !address_.street_address.empty() || !address_.po_box.empty();
    address_.match_level = street ? (has_digit(address_.street_address) || !address_.po_box.empty() ? 8 : 3)
                           : !address_.locality.empty() ? 2
                                                        : 1;
    found.address = std::move(address_);
    return found;
  }

  static bool has_digit(std::string_view text) {
    return std::any_of(text.begin(), text.end(), is_ascii_digit);
  }

  [[nodiscard]] std::string full_address() const {
    std::string result;
    std::uint32_t row = kNone;
    for (const Piece& piece : pieces_) {
      if (piece.span.empty() || piece.role == PieceRole::organisation || piece.role == PieceRole::attention)
        continue;
      if (!result.empty()) result += joint_before(piece, row);
      result += view(piece.span);
      row = piece.row;
    }
    return result;
  }

  [[nodiscard]] std::string_view joint_before(const Piece& piece, std::uint32_t row) const {
    if (piece.row != row) return ", ";
    std::uint32_t at = piece.span.start;
    while (at > 0 && text_[at - 1] == ' ') --at;
    return at > 0 && (text_[at - 1] == ',' || text_[at - 1] == ';') ? ", " : " ";
  }

  const AddressLines& lines_;
  const InterpretContext& context_;
  const RulePack& rules_;
  const AddressRules& places_;
  std::string_view text_;
  std::vector<Piece> pieces_;
  bool labelled_;
  BlockForm form_;
  std::int32_t score_;
  Address address_;
  const Country* country_ = nullptr;
  std::uint32_t country_piece_ = kNone;
  TextSpan country_span_;
  bool country_in_piece_ = false;  // other words stand before it without a comma
  TextSpan code_;
  std::size_t code_piece_ = 0;
  bool generic_code_ = false;  // not of the country's form
  TextSpan region_;
  TextSpan locality_;
  std::uint32_t street_piece_ = kNone;
  TextSpan street_span_;
  TextSpan moved_number_;
  std::size_t head_ = 0;  // the piece of the organisation
};

}  // namespace

std::optional<FoundAddress> parse_address(std::vector<Piece> pieces, bool labelled, BlockForm form,
                                          const AddressLines& lines, const InterpretContext& context) {
  return Parser(std::move(pieces), labelled, form, lines, context).parse();
}

}  // namespace yoran
