#include "interpret/address_world.h"

#include <algorithm>
#include <optional>
#include <string>

#include "interpret/address_block.h"
#include "interpret/address_country.h"
#include "interpret/address_pieces.h"
#include "rulepack/guards.h"

namespace yoran {
namespace {

constexpr std::uint32_t kMaxLines = 9;
constexpr std::size_t kMaxPieces = 24;
constexpr std::uint32_t kMaxLine = 130;      // bytes; a longer line is running text
constexpr std::uint32_t kMaxListLine = 240;  // the same with commas that divide it
constexpr std::uint32_t kMaxLocality = 60;
constexpr std::size_t kMaxInlineStreet = 60;

enum class BlockForm : std::uint8_t {
  lines,     // whole lines
  line,      // one line that must hold all of an address
  sentence,  // a part of running text
};

class Parser {
 public:
  Parser(const AddressLines& lines, const InterpretContext& context)
      : lines_(lines),
        context_(context),
        rules_(context.rules),
        places_(context.rules.addresses),
        text_(context.folded()) {}

  // Reads the pieces of one block; none if they are no address.
  std::optional<FoundAddress> parse(std::vector<Piece> pieces, bool labelled, BlockForm form) {
    pieces_ = std::move(pieces);
    address_ = {};
    labelled_ = labelled;
    form_ = form;
    street_piece_ = kNone;
    street_span_ = {};
    region_ = {};
    generic_code_ = false;
    city_state_ = false;
    score_ = labelled ? 2 : 0;
    code_ = {};
    locality_ = {};
    country_piece_ = kNone;
    country_ = nullptr;
    if (pieces_.empty() || pieces_.size() > kMaxPieces) return std::nullopt;
    read_country();
    if (country_ == nullptr) guess_country();
    if (country_ != nullptr) read_postal_code();
    read_roles();
    read_region();
    read_locality();
    read_street();
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
        if (const Country* territory = country_named(view(i - 1));
            territory != nullptr && territory != country) {
          pieces_[i].role = PieceRole::country;
          return take_country(i - 1, pieces_[i - 1].span, territory);
        }
      }
      // A country in front of a line of places is an organisation's name unless it opens the block.
      return take_country(i, pieces_[i].span, country);
    }
    for (std::size_t i = pieces_.size(); i-- > 0;) {
      if (const auto span = country_tail(pieces_[i].span))
        return take_country(i, *span, country_named(view(*span)));
      if (i + 1 == pieces_.size() && read_country_code(i)) return;
      const TextSpan front = before_digits(pieces_[i].span);
      if (front.empty()) continue;
      if (const Country* country = country_named(view(front))) return take_country(i, front, country);
    }
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
    const PieceWords words(rules_, view(piece));
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
      if (country_named(view({at, piece.end})) != nullptr && !ends_organisation(piece, at))
        return TextSpan{at, piece.end};
      --at;
    }
    return std::nullopt;
  }

  // "Bank of X", "Republic of X": the name belongs to what stands before it.
  [[nodiscard]] bool ends_organisation(TextSpan piece, std::uint32_t at) const {
    const std::string_view before = trimmed(view({piece.start, at}));
    const std::size_t blank = before.rfind(' ');
    const std::string_view last = blank == std::string_view::npos ? before : before.substr(blank + 1);
    const bool lower = !last.empty() && last.front() >= 'a' && last.front() <= 'z';
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
        return;
      }
    }
    if (country_piece_ != kNone || labelled_) read_plain_code();
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
      if (i == 0 && tokens.size() == 1) continue;
      for (const std::size_t token : {std::size_t{0}, tokens.size() - 1}) {
        const std::string_view code = words.token(token);
        const bool digits = std::all_of(code.begin(), code.end(), is_ascii_digit);
        const bool led = places_.is(code.substr(0, 2), AddressWord::kept_lead) && code.size() >= 5;
        if (!led && (!digits || code.size() < 3 || code.size() > 6)) continue;
        code_ = {pieces_[i].span.start + tokens[token].start, pieces_[i].span.start + tokens[token].end};
        code_piece_ = i;
        generic_code_ = true;
        score_ += 1;
        return;
      }
    }
  }

  // A postal code in a piece: the last tokens, one or two, that have the country's form. Without letters
  // beside it only when the whole piece is the code (second look).
  [[nodiscard]] std::optional<TextSpan> postal_in(std::size_t index, bool whole) const {
    const TextSpan piece = pieces_[index].span;
    const PieceWords words(rules_, view(piece));
    const auto& tokens = words.tokens();
    std::optional<TextSpan> best;
    for (std::size_t i = tokens.size(); i-- > 0 && !best;) {
      for (const std::size_t count : {std::size_t{2}, std::size_t{1}}) {
        if (i + 1 < count) continue;
        const std::size_t first = i + 1 - count;
        TextSpan span{piece.start + tokens[first].start, piece.start + tokens[i].end};
        span = without_lead(span);
        if (span.empty() || !(is_code(view(span)) || is_led_code(view(span)))) continue;
        if (!may_be_code(words, first, i)) continue;
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
    return places_.is_postal_code(*country_, code);
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
    const bool digits = std::all_of(code.begin(), code.end(), is_ascii_digit);
    if (!digits || first != last) return true;
    if (code.size() >= 5) return first > 0 || !words.has_street_word();
    if (first > 0 && places_.is(words.token(first - 1), AddressWord::house_number)) return false;
    return !words.has_street_word() && !words.has_po_box();
  }

  // Without the letters of the country or the word for postal codes before it: "D-53113", "CEP 70165-900".
  [[nodiscard]] TextSpan without_lead(TextSpan span) const {
    const std::string_view code = view(span);
    if (is_code(code)) return span;
    const std::size_t hyphen = code.find('-');
    if (hyphen != std::string_view::npos && places_.is(code.substr(0, hyphen), AddressWord::postal_lead))
      return kept_or(span, {span.start + static_cast<std::uint32_t>(hyphen) + 1, span.end},
                     code.substr(0, hyphen));
    // A town glued on: "7600-Praia".
    if (hyphen != std::string_view::npos && hyphen + 1 < code.size() && !is_ascii_digit(code[hyphen + 1]) &&
        is_code(code.substr(0, hyphen)))
      return {span.start, span.start + static_cast<std::uint32_t>(hyphen)};
    std::uint32_t letters = span.start;
    while (letters < span.end && is_ascii_letter(text_[letters])) ++letters;
    if (letters > span.start && letters < span.end && is_ascii_digit(text_[letters]) &&
        places_.is(view({span.start, letters}), AddressWord::postal_lead))
      return kept_or(span, {letters, span.end}, view({span.start, letters}));
    return span;
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
    return after.empty() ? before : after;
  }

  [[nodiscard]] TextSpan clean(TextSpan span) const {
    span = trimmed_span(text_, span);
    while (!span.empty() &&
           (text_[span.end - 1] == '-' || text_[span.end - 1] == ':' || text_[span.end - 1] == ' '))
      --span.end;
    while (!span.empty() &&
           (text_[span.start] == '-' || text_[span.start] == ' ' || text_[span.start] == '.'))
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
      if (region_named(view(beside)) != kNone && !is_known_city(view(beside)))
        return take_region(beside, kNone);
      if (const TextSpan tail = region_tail(beside); !tail.empty()) return take_region(tail, kNone);
    }
    const std::size_t last = last_place();
    for (std::size_t i = last; i-- > 0;) {
      if (!is_free(i) || (!code_.empty() && i == code_piece_)) continue;
      const std::string_view piece = view(i);
      if (region_named(piece) != kNone) {
        if (is_last_locality(i)) break;
        pieces_[i].role = PieceRole::region;
        return take_region(pieces_[i].span, i);
      }
      if (const TextSpan tail = region_tail(pieces_[i].span); !tail.empty() && last - i <= 2)
        return take_region(tail, kNone);
      if (last - i > 3) break;
    }
  }

  // A short form, or a name, behind a town: "Melbourne VIC", "Sao Paulo - SP".
  [[nodiscard]] TextSpan region_tail(TextSpan piece) const {
    if (is_known_city(view(piece))) return {};
    std::uint32_t at = piece.end;
    for (std::uint32_t words = 0; words < 4 && at > piece.start; ++words) {
      while (at > piece.start && text_[at - 1] != ' ' && text_[at - 1] != '-' && text_[at - 1] != '/') --at;
      if (at == piece.start) return {};
      const std::string_view tail = view({at, piece.end});
      const bool upper = !tail.empty() && tail.front() >= 'A' && tail.front() <= 'Z';
      const bool short_form =
          tail.size() <= 4 && upper && (tail.size() < 2 || !(tail[1] >= 'a' && tail[1] <= 'z'));
      if (region_named(tail) != kNone && (short_form || tail.size() > 4)) return {at, piece.end};
      --at;
      while (at > piece.start && (text_[at - 1] == ' ' || text_[at - 1] == '-')) --at;
    }
    return {};
  }

  void take_region(TextSpan span, std::size_t piece) {
    (void)piece;
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
    return country_piece_ == 1 && !code_.empty() && code_piece_ == 0 && pieces_[0].line == pieces_[1].line &&
           pieces_[2].line != pieces_[1].line;
  }

  // A region that has the town's name and is the only piece left for it.
  [[nodiscard]] bool is_last_locality(std::size_t index) {
    if (!code_.empty() && !beside_code().empty()) return false;
    if (country_ != nullptr && is_known_city(places_.place(country_->place).name))
      return city_state_ = true, false;
    const bool known = is_known_city(view(index));
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
      if (i == index || !is_plain_name(i) || (street_piece_ != kNone && i < street_piece_)) continue;
      if (!code_.empty() && i == code_piece_) continue;
      // Without a street the first line is the organisation's.
      if (street_piece_ == kNone && i == 0 && pieces_.size() > 3) continue;
      return known;
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
      if (!is_free(i) || (!code_.empty() && i == code_piece_)) continue;
      const PieceWords words(rules_, view(i));
      Piece& piece = pieces_[i];
      if (is_japanese_place(i)) {
        piece.role = PieceRole::locality;
        if (locality_.empty()) locality_ = piece.span;
      } else if (words.is_care_of()) {
        piece.role = PieceRole::care_of;
      } else if (words.has_po_box() &&
                 !(words.has_street_word() && words.has_house_number() && !view(i).starts_with('P'))) {
        piece.role = PieceRole::po_box;
        score_ += 2;
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

  // "No. 2, Siwei 3rd Road": the number is a piece of its own before the street.
  void join_number_before(bool& number) {
    if (street_piece_ == kNone || street_piece_ == 0) return;
    const Piece& before = pieces_[street_piece_ - 1];
    if (before.role != PieceRole::unknown || before.line != pieces_[street_piece_].line) return;
    if ((!code_.empty() && street_piece_ - 1 == code_piece_) ||
        !PieceWords(rules_, view(street_piece_ - 1)).only_number())
      return;
    pieces_[street_piece_].span.start = before.span.start;
    pieces_.erase(pieces_.begin() + static_cast<std::ptrdiff_t>(--street_piece_));
    if (country_piece_ != kNone && country_piece_ > street_piece_) --country_piece_;
    if (!code_.empty() && code_piece_ > street_piece_) --code_piece_;
    number = true;
  }

  // A ward, city or prefecture in Latin script.
  [[nodiscard]] bool is_japanese_place(std::size_t index) const {
    if (country_ == nullptr || places_.place(country_->place).code != "JP") return false;
    const auto meanings = places_.find(trimmed(view(index)));
    return std::any_of(meanings.begin(), meanings.end(), [&](std::uint32_t place) {
      return places_.place(place).kind >= PlaceKind::prefecture &&
             places_.place(place).kind <= PlaceKind::ward;
    });
  }

  [[nodiscard]] bool is_street(const PieceWords& words, std::size_t index) const {
    if (words.is_unit() && !words.has_street_word()) return false;
    if (words.only_number()) return false;
    if (words.has_street_word() && words.has_house_number()) return true;
    if (words.has_street_word()) return !words.has_organisation() || later_street(index) == kNone;
    if (is_number_next(index) && is_plain_name(index)) return later_street(index) == kNone;
    if (!words.has_house_number() || words.tokens().size() < 2) return false;
    // A name and a number without a word of streets: the last resort, unless it is a town with its district.
    const TextSpan city = known_city_at(pieces_[index].span);
    if (!city.empty() && words.tokens().size() <= 2) return false;
    return later_street(index) == kNone && words.tokens().size() <= 6;
  }

  // "Viaduto do Cha, 15": a number is the next piece of the line.
  [[nodiscard]] bool is_number_next(std::size_t index) const {
    return index + 1 < pieces_.size() && pieces_[index + 1].line == pieces_[index].line &&
           is_free(index + 1) && (code_.empty() || index + 1 != code_piece_) &&
           PieceWords(rules_, view(index + 1)).only_number();
  }

  // A later piece with a street's word.
  [[nodiscard]] std::uint32_t later_street(std::size_t index) const {
    for (std::size_t i = index + 1; i < pieces_.size(); ++i) {
      if (!is_free(i) || (!code_.empty() && i == code_piece_)) continue;
      if (PieceWords(rules_, view(i)).has_street_word()) return static_cast<std::uint32_t>(i);
    }
    return kNone;
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
        if (!is_free(i) || (!code_.empty() && i == code_piece_)) continue;
        const TextSpan span = without_region(pieces_[i].span);
        if (span.empty() || (known && (!is_town_with_district(span) || (!code_.empty() && !generic_code_))))
          continue;
        if (!known && (span.size() > kMaxLocality || is_before_street(i))) continue;
        if (!known && PieceWords(rules_, view(span)).has_organisation() &&
            (street_piece_ == kNone || !known_city_in_street().empty()))
          continue;
        if (!known && is_abbreviation(view(span)) && i > 0 && is_plain_name(i - 1)) {
          if (region_.empty()) take_region(span, i), pieces_[i].role = PieceRole::region;
          continue;
        }
        locality_ = span;
        pieces_[i].role = PieceRole::locality;
        if (is_known_city(view(span))) score_ += 1;
        return;
      }
    }
    if (const TextSpan city = known_city_in_street(); !city.empty()) return take_city_of_street(city);
    take_locality_from_street();
    if (!locality_.empty() || country_piece_ == kNone) return;
    // States that are one city.
    if (street_piece_ != kNone || !code_.empty()) locality_ = country_span_;
  }

  // States that are one city: what else is printed is a quarter.
  bool take_city_state() {
    if (country_piece_ == kNone || !is_known_city(places_.place(country_->place).name)) return false;
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

  // A known town, or one with a number behind it: "Dublin 4".
  [[nodiscard]] bool is_town_with_district(TextSpan span) const {
    if (is_known_city(view(span))) return true;
    const TextSpan city = known_city_at(span);
    if (city.empty()) return false;
    const std::uint32_t next = skip_blanks(text_, city.end, span.end);
    return next < span.end && is_ascii_digit(text_[next]) && span.end - next <= 3;
  }

  static bool is_abbreviation(std::string_view text) {
    return text.size() <= 3 &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  }

  // The town at the head of the street's piece, in the order from large to small.
  [[nodiscard]] TextSpan known_city_in_street() const {
    return street_piece_ == kNone ? TextSpan{} : known_city_at(pieces_[street_piece_].span);
  }

  void take_city_of_street(TextSpan city) {
    locality_ = city;
    score_ += 1;
    TextSpan& street = pieces_[street_piece_].span;
    if (city.end < street.end) street.start = skip_blanks(text_, city.end, street.end);
  }

  [[nodiscard]] bool is_before_street(std::size_t index) const {
    return street_piece_ != kNone && index < street_piece_ && street_piece_ + 1 < pieces_.size() &&
           pieces_[street_piece_ + 1].role != PieceRole::country;
  }

  [[nodiscard]] TextSpan without_region(TextSpan span) const {
    if (span.empty() || region_.empty() || region_.start < span.start || region_.end > span.end) return span;
    return clean({span.start, region_.start});
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
      take_street_part({beside.start, cut});
    } else if (words.has_street_word() || words.has_po_box()) {
      take_street_part(beside);
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

  // "18312 Brooklyn Ct Gresham OR": the town is what follows the street in its piece.
  void take_locality_from_street() {
    if (street_piece_ == kNone) return;
    const TextSpan span = without_region(pieces_[street_piece_].span);
    const PieceWords words(rules_, view(span));
    if (!words.has_street_word() || words.street_end() >= span.size()) return;
    if (region_.empty() && country_piece_ == kNone &&
        !is_known_city(view(clean({span.start + words.street_end(), span.end}))))
      return;
    const TextSpan rest = clean({span.start + words.street_end(), span.end});
    if (rest.empty() || is_ascii_digit(text_[rest.start])) return;
    locality_ = rest;
    pieces_[street_piece_].span = trimmed_span(text_, {span.start, rest.start});
  }

  void take_street_part(TextSpan span) {
    span = trimmed_span(text_, span);
    if (span.empty()) return;
    const PieceWords words(rules_, view(span));
    if (words.has_po_box()) {
      address_.po_box = std::string(view(span));
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
        add_building(view({cut, street.end}));
        street = trimmed_span(text_, {street.start, cut});
      }
      street.end = std::max(street.end, street_line_end(street));
      street_span_ = street;
      address_.street_address = std::string(view(street));
    }
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
      const Piece& piece = pieces_[i];
      if (street_span_.contains(piece.span)) continue;
      if (piece.role == PieceRole::unit || piece.role == PieceRole::building) add_building(view(i));
      if (piece.role == PieceRole::po_box && address_.po_box.empty()) take_box(i);
      if (piece.role == PieceRole::care_of && address_.care_of.empty())
        address_.care_of = std::string(view(i));
    }
    read_organisation();
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

  // On a line of its own all of it is the street, to where a unit begins; in a list of pieces only its
  // number.
  [[nodiscard]] std::uint32_t street_line_end(TextSpan street) const {
    std::uint32_t end = street.end;
    const std::uint32_t line = pieces_[street_piece_].line;
    bool own = true;
    for (const Piece& piece : pieces_) {
      if (piece.line == line && piece.role == PieceRole::locality &&
          (piece.span == locality_ ? !inline_locality_is_quarter(piece) : true))
        own = false;
      if (piece.line == line && piece.span == pieces_[code_.empty() ? street_piece_ : code_piece_].span &&
          !code_.empty())
        own = false;
    }
    for (std::size_t i = street_piece_ + 1; i < pieces_.size() && pieces_[i].line == line; ++i) {
      const PieceRole role = pieces_[i].role;
      if (role == PieceRole::house_number ||
          (own && (role == PieceRole::unknown || role == PieceRole::locality)) || is_direction(i)) {
        end = pieces_[i].span.end;
      } else {
        break;
      }
    }
    return end;
  }

  [[nodiscard]] bool is_direction(std::size_t piece) const {
    return places_.is(trimmed(view(piece)), AddressWord::quarter_letters);
  }
  // A town on the street's line while the code has a line of its own stays part of that line.
  [[nodiscard]] bool inline_locality_is_quarter(const Piece&) const {
    return !code_.empty() && pieces_[code_piece_].line != pieces_[street_piece_].line;
  }

  void add_building(std::string_view words) {
    std::string& building = address_.building_name_etc;
    if (!building.empty()) building += ", ";
    building += trimmed(words);
  }

  // What stands before all other pieces and is none of them.
  void read_organisation() {
    const std::size_t first_place = street_piece_ != kNone ? street_piece_ : pieces_.size();
    for (std::size_t i = 0; i < first_place && i < pieces_.size(); ++i) {
      if (pieces_[i].role != PieceRole::unknown || pieces_[i].span.empty()) continue;
      if (!code_.empty() && i == code_piece_) continue;
      const bool own_line = i + 1 >= pieces_.size() || pieces_[i + 1].line != pieces_[i].line;
      const PieceWords words(rules_, view(i));
      if (!words.has_organisation() && !(own_line && i == 0 && !labelled_)) continue;
      if (words.has_organisation()) score_ += 1;
      pieces_[i].role = PieceRole::organisation;
      if (address_.organization.empty()) address_.organization = std::string(view(i));
    }
  }

  // --- Decision ---

  [[nodiscard]] bool is_address() const {
    if (country_ == nullptr && !labelled_) return false;
    const bool street = !address_.street_address.empty();
    const bool placed = !code_.empty() || !locality_.empty();
    if (!placed) return false;
    const bool box = !address_.po_box.empty();
    const bool body = street || box || !address_.building_name_etc.empty() || !address_.organization.empty();
    const bool printed = country_piece_ != kNone || !region_.empty();
    if (form_ != BlockForm::lines && !((street || box) && (!code_.empty() || printed))) return false;
    if (form_ == BlockForm::sentence && address_.street_address.size() > kMaxInlineStreet) return false;
    if (body && score_ >= 3) return street || box || !code_.empty() || labelled_ || country_piece_ != kNone;
    // A street and a country, each on its line.
    if (street && country_piece_ != kNone && !locality_.empty() && locality_ != country_span_ &&
        pieces_.back().line >= pieces_.front().line + 2)
      return true;
    if (labelled_) return score_ >= 3;
    // A code and its town with the country or region: all of an address that is printed.
    return !code_.empty() && !locality_.empty() && score_ >= 3 && pieces_.size() <= 6;
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
    if (!locality_.empty()) address_.locality = std::string(trimmed(view(locality_)));
    address_.full_address = full_address();
    const bool street = !address_.street_address.empty() || !address_.po_box.empty();
    address_.match_level = street ? (has_digit(address_.street_address) || !address_.po_box.empty() ? 8 : 3)
                           : !address_.locality.empty() ? 2
                                                        : 1;
    if (address_.country == "JP") make_japanese();
    found.address = std::move(address_);
    return found;
  }

  static bool has_digit(std::string_view text) {
    return std::any_of(text.begin(), text.end(), is_ascii_digit);
  }

  [[nodiscard]] std::string full_address() const {
    std::string result;
    std::uint32_t line = kNone;
    for (const Piece& piece : pieces_) {
      if (piece.span.empty() || piece.role == PieceRole::organisation || piece.role == PieceRole::attention)
        continue;
      if (!result.empty()) result += joint_before(piece, line);
      result += view(piece.span);
      line = piece.line;
    }
    return result;
  }

  [[nodiscard]] std::string_view joint_before(const Piece& piece, std::uint32_t line) const {
    if (piece.line != line) return ", ";
    std::uint32_t at = piece.span.start;
    while (at > 0 && text_[at - 1] == ' ') --at;
    return at > 0 && (text_[at - 1] == ',' || text_[at - 1] == ';') ? ", " : " ";
  }

  // Japan in Latin script: prefecture, city with its ward, quarter and block.
  void make_japanese() {
    std::vector<std::uint32_t> cities;
    std::uint32_t prefecture = kNone;
    std::string city;
    address_.prefecture = address_.region;
    address_.region.clear();
    for (const Piece& piece : pieces_) {
      if (piece.span.empty() || piece.role == PieceRole::country) continue;
      const TextSpan span = !code_.empty() && piece.span.contains(code_) ? beside_code() : piece.span;
      const auto meanings = places_.find(trimmed(view(span)));
      std::vector<std::uint32_t> here;
      bool is_prefecture = false;
      for (const std::uint32_t meaning : meanings) {
        const PlaceKind kind = places_.place(meaning).kind;
        if (kind == PlaceKind::prefecture) is_prefecture = true, prefecture = meaning;
        if (kind == PlaceKind::municipality || kind == PlaceKind::ward) here.push_back(meaning);
      }
      const bool last = &piece == &pieces_.back() || is_prefecture;
      if (is_prefecture && (here.empty() || !city.empty() || last)) {
        if (here.empty() || !city.empty()) {
          address_.prefecture = std::string(trimmed(view(span)));
          continue;
        }
      }
      if (here.empty()) continue;
      if (!city.empty()) city += ", ";
      city += trimmed(view(span));
      if (cities.empty()) cities = here;
    }
    if (city.empty()) city = address_.locality == address_.prefecture ? "" : address_.locality;
    address_.city_and_county = city;
    address_.locality.clear();
    if (prefecture != kNone) {
      std::erase_if(cities, [&](std::uint32_t place) {
        const Place& found = places_.place(place);
        const std::uint32_t own =
            found.kind == PlaceKind::ward ? places_.place(found.parent).parent : found.parent;
        return own != prefecture;
      });
    }
    if (cities.size() == 1) address_.local_government_code = places_.place(cities.front()).code;
    std::erase_if(address_.postal_code, [](char c) { return !is_ascii_digit(c); });
    split_street();
  }

  // "2-1-2 Kasumigaseki": the block leads.
  void split_street() {
    std::string& street = address_.street_address;
    std::size_t end = 0;
    while (end < street.size() && (is_ascii_digit(street[end]) || street[end] == '-')) ++end;
    if (end == 0 || end >= street.size() || street[end] != ' ') return;
    address_.city_block = street.substr(0, end);
    street = street.substr(end + 1);
  }

  const AddressLines& lines_;
  const InterpretContext& context_;
  const RulePack& rules_;
  const AddressRules& places_;
  std::string_view text_;
  std::vector<Piece> pieces_;
  Address address_;
  const Country* country_ = nullptr;
  std::uint32_t country_piece_ = kNone;
  TextSpan country_span_;
  TextSpan code_;
  std::size_t code_piece_ = 0;
  TextSpan region_;
  TextSpan locality_;
  TextSpan street_span_;
  std::uint32_t street_piece_ = kNone;
  std::int32_t score_ = 0;
  bool labelled_ = false;
  BlockForm form_ = BlockForm::lines;
  bool generic_code_ = false;
  bool city_state_ = false;
};

// The lines of the text that belong to one address.
class BlockFinder {
 public:
  BlockFinder(const Mentions& mentions, const AddressLines& lines, const InterpretContext& context)
      : mentions_(mentions),
        lines_(lines),
        context_(context),
        rules_(context.rules),
        places_(context.rules.addresses),
        text_(context.folded()),
        parser_(lines, context) {}

  std::vector<FoundAddress> run(const std::vector<FoundAddress>& known) {
    taken_.assign(lines_.size(), false);
    for (const FoundAddress& found : known) take(found);
    triggers_.assign(lines_.size(), false);
    for (const WordMention& word : mentions_.words) {
      if (word.category == static_cast<std::uint16_t>(WordCategory::place) && is_trigger(word))
        triggers_[word.line] = true;
    }
    for (const Mention& mention : mentions_.mentions) {
      if (mention.kind == MentionKind::postal_code) triggers_[mention.line] = true;
    }
    for (std::uint32_t line = 0; line < lines_.size(); ++line) {
      if (!taken_[line] && (triggers_[line] || label_size(line) > 0)) try_line(line);
    }
    return std::move(result_);
  }

 private:
  void take(const FoundAddress& found) {
    for (std::uint32_t line = found.first_line; line <= found.last_line && line < lines_.size(); ++line)
      taken_[line] = true;
  }

  [[nodiscard]] bool is_trigger(const WordMention& word) const {
    const auto meanings = places_.places_of(word.entry);
    return std::any_of(meanings.begin(), meanings.end(), [&](std::uint32_t meaning) {
      const PlaceKind kind = places_.place(meaning).kind;
      if (kind <= PlaceKind::city || kind == PlaceKind::sign) return true;
      return static_cast<unsigned char>(text_[word.span.start]) < 0x80;
    });
  }

  void try_line(std::uint32_t line) {
    if (lines_.line(line).kind == BlockKind::title) return;
    if (is_running_text(line)) return try_sentences(line);
    if (!may_belong(line) || is_office_line(line)) return;
    if (accept(parse_lines(line, single_end(line), BlockForm::line))) return;
    const std::uint32_t first = block_start(line);
    std::uint32_t last = block_end(line, first);
    if (accept(parse_lines(first, last, BlockForm::lines))) return;
    // A block that holds a line too many at its head: an organisation's own list, a remark.
    if (first < line) accept(parse_lines(line, last, BlockForm::lines));
  }

  bool accept(std::optional<FoundAddress> found) {
    if (!found) return false;
    take(*found);
    result_.push_back(std::move(*found));
    return true;
  }

  // --- Lines ---

  [[nodiscard]] TextSpan content(std::uint32_t line) const {
    TextSpan span = lines_.line(line).span;
    span.start += label_size(line);
    span.end = std::max(span.start, lines_.contact_words_in(span.start, span.end));
    return span;
  }

  // "Address: ", with the colon and what leads to it.
  [[nodiscard]] std::uint32_t label_size(std::uint32_t line) const {
    const TextSpan span = lines_.line(line).span;
    const std::string_view text = text_.substr(span.start, span.size());
    const auto size = static_cast<std::uint32_t>(places_.at(text, 0, AddressWord::label));
    if (size == 0) return 0;
    std::uint32_t at = skip_blanks(text, size, static_cast<std::uint32_t>(text.size()));
    if (at >= text.size() || (text[at] != ':' && text[at] != '|' && text[at] != '\t' && at < size + 2))
      return 0;
    if (text[at] == ':' || text[at] == '|') ++at;
    return skip_blanks(text, at, static_cast<std::uint32_t>(text.size()));
  }

  [[nodiscard]] bool is_label_line(std::uint32_t line) const {
    std::string_view text = trimmed(lines_.text(line));
    while (!text.empty() && (text.back() == ':' || text.back() == ')' || text.back() == ']'))
      text.remove_suffix(1);
    if (!text.empty() && (text.front() == '(' || text.front() == '[')) text.remove_prefix(1);
    return places_.is(text, AddressWord::label);
  }

  [[nodiscard]] bool is_running_text(std::uint32_t line) const {
    const std::string_view text = lines_.text(line);
    if (text.size() > kMaxListLine) return true;
    const auto commas = static_cast<std::uint32_t>(std::count(text.begin(), text.end(), ','));
    if (text.size() > kMaxLine && commas < 3) return true;
    return text.size() > 40 && lower_words(text) >= 4;
  }

  // Words without a capital: running text has many, addresses a few particles.
  static std::size_t lower_words(std::string_view text) {
    std::size_t words = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
      const bool begins = i == 0 || text[i - 1] == ' ';
      if (!begins || text[i] < 'a' || text[i] > 'z') continue;
      std::size_t end = i;
      while (end < text.size() && is_ascii_letter(text[end])) ++end;
      if (end - i >= 2) ++words;
    }
    return words;
  }

  // May be a line of an address at all.
  [[nodiscard]] bool may_belong(std::uint32_t line) const {
    const Line& at = lines_.line(line);
    if (at.kind == BlockKind::heading || at.kind == BlockKind::title) return false;
    if (is_running_text(line) || is_label_line(line) || is_area(line)) return false;
    const std::uint32_t label = label_size(line);
    if (label == 0 && is_contact_line(line)) return false;
    return !content(line).empty();
  }

  [[nodiscard]] bool is_area(std::uint32_t line) const {
    return places_.is(trimmed(lines_.text(line)), AddressWord::area);
  }

  // "Tel: ...", or a line that a contact begins.
  [[nodiscard]] bool is_contact_line(std::uint32_t line) const {
    const TextSpan span = lines_.line(line).span;
    if (content_before_contact(span).empty()) return true;
    const std::string_view text = text_.substr(span.start, span.size());
    const auto size = static_cast<std::uint32_t>(places_.at(text, 0, AddressWord::contact));
    if (size == 0 || places_.at(text, 0, AddressWord::po_box) > size) return false;
    const std::uint32_t next = skip_blanks(text, size, static_cast<std::uint32_t>(text.size()));
    return next >= text.size() || text[next] == ':' || text[next] == '.' || text[next] == '/' ||
           text[next] == '+' || text[next] == '(' || (size > 1 && is_ascii_digit(text[next]));
  }

  [[nodiscard]] TextSpan content_before_contact(TextSpan span) const {
    return trimmed_span(text_, {span.start, lines_.contact_words_in(span.start, span.end)});
  }

  // Says whose the address below is: "Brussels Office".
  [[nodiscard]] bool is_office_line(std::uint32_t line) const {
    const std::string_view text = trimmed(lines_.text(line));
    if (text.size() > 80 || text.find(',') != std::string_view::npos || has_digits(text)) return false;
    return places_.before(text, text.size(), AddressWord::office) > 0;
  }

  static bool has_digits(std::string_view text) {
    return std::any_of(text.begin(), text.end(), is_ascii_digit);
  }

  // A line that holds all of an address, and the country below it.
  [[nodiscard]] std::uint32_t single_end(std::uint32_t line) const {
    const bool more = lines_.joined(line) && !taken_[line + 1] && is_country_line(line + 1);
    return more ? line + 1 : line;
  }

  [[nodiscard]] bool is_country_line(std::uint32_t line) const {
    std::string_view text = trimmed(text_.substr(content(line).start, content(line).size()));
    while (text.ends_with('.') && places_.find(text).empty()) text.remove_suffix(1);
    const auto is_country = [&](std::string_view name) {
      const auto meanings = places_.find(name);
      return std::any_of(meanings.begin(), meanings.end(), [&](std::uint32_t place) {
        return places_.place(place).kind == PlaceKind::country;
      });
    };
    if (is_country(text)) return true;
    const std::size_t article = places_.at(text, 0, AddressWord::article);
    return article > 0 && article < text.size() && is_country(trimmed(text.substr(article)));
  }

  [[nodiscard]] std::uint32_t block_start(std::uint32_t line) const {
    std::uint32_t first = line;
    if (label_size(first) > 0) return first;
    while (first > 0 && line - first + 1 < kMaxLines && !taken_[first - 1] && lines_.joined(first - 1) &&
           may_belong(first - 1) && !is_country_line(first - 1) && !is_office_line(first - 1)) {
      --first;
      if (label_size(first) > 0) break;
    }
    if (first > 0 && first == line && !taken_[first - 1] && lines_.joined(first - 1) &&
        is_country_line(first - 1) && (first == 1 || !lines_.joined(first - 2)))
      --first;
    return first;
  }

  [[nodiscard]] std::uint32_t block_end(std::uint32_t line, std::uint32_t first) const {
    std::uint32_t last = line;
    const auto ends = [&](std::uint32_t at) {
      if (content(at).end < lines_.line(at).span.end) return true;  // a contact closes the line
      return is_country_line(at) && at > first;
    };
    while (last + 1 < lines_.size() && last + 1 - first < kMaxLines && lines_.joined(last) &&
           !taken_[last + 1]) {
      const std::uint32_t next = last + 1;
      if (ends(last) && !(is_country_line(last) && (is_country_line(next) || is_short_code(next)))) break;
      if (!may_belong(next) || label_size(next) > 0 || is_office_line(next)) break;
      last = next;
    }
    return last;
  }

  // A code that stands alone behind the country.
  [[nodiscard]] bool is_short_code(std::uint32_t line) const {
    const std::string_view text = trimmed(lines_.text(line));
    return text.size() <= 10 && has_digits(text) && text.size() >= 3;
  }

  // --- Pieces ---

  std::optional<FoundAddress> parse_lines(std::uint32_t first, std::uint32_t last, BlockForm form) {
    std::vector<Piece> pieces;
    for (std::uint32_t line = first; line <= last; ++line) cut(content(line), line, pieces);
    const bool labelled = label_size(first) > 0 || (first > 0 && is_label_line(first - 1));
    auto found = parser_.parse(std::move(pieces), labelled, form);
    return found;
  }

  void cut(TextSpan span, std::uint32_t line, std::vector<Piece>& pieces) const {
    std::uint32_t start = span.start;
    const auto add = [&](std::uint32_t end) {
      TextSpan piece = trimmed_span(text_, {start, end});
      if (!piece.empty()) pieces.push_back({piece, line, PieceRole::unknown});
    };
    for (std::uint32_t at = span.start; at < span.end; ++at) {
      const char c = text_[at];
      const bool grouped = c == ',' && at > span.start && at + 1 < span.end &&
                           is_ascii_digit(text_[at - 1]) && is_ascii_digit(text_[at + 1]);
      if (grouped) continue;
      const bool dash = c == '-' && at > span.start && text_[at - 1] == ' ' && at + 1 < span.end &&
                        text_[at + 1] == ' ' && at + 2 < span.end && !is_ascii_digit(text_[at + 2]) &&
                        is_ascii_digit(text_[at - 2]);
      if (c != ',' && c != ';' && c != '|' && !dash) continue;
      add(at);
      start = at + 1;
    }
    add(span.end);
  }

  // --- Running text ---

  // The sentences of a long line that hold a trigger; in each the pieces from the street on.
  void try_sentences(std::uint32_t line) {
    if (!triggers_[line]) return;
    const Line& at = lines_.line(line);
    std::uint32_t start = at.span.start;
    while (start < at.span.end) {
      const std::uint32_t end = sentence_end(start, at.span.end);
      if (end - start <= kMaxSentence) try_sentence({start, end}, line);
      start = end;
    }
  }

  static constexpr std::uint32_t kMaxSentence = 600;

  [[nodiscard]] std::uint32_t sentence_end(std::uint32_t start, std::uint32_t end) const {
    for (std::uint32_t at = start; at + 2 < end; ++at) {
      if ((text_[at] == '.' || text_[at] == ';') && text_[at + 1] == ' ' && at > start + 4 &&
          text_[at - 1] >= 'a' && text_[at - 1] <= 'z' && text_[at - 2] >= 'a' && text_[at - 3] >= 'a' &&
          text_[at + 2] >= 'A' && text_[at + 2] <= 'Z')
        return at + 1;
    }
    return end;
  }

  void try_sentence(TextSpan span, std::uint32_t line) {
    std::vector<Piece> pieces;
    span.end = lines_.contact_words_in(span.start, span.end);
    cut(span, line, pieces);
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      const std::string_view text = text_.substr(pieces[i].span.start, pieces[i].span.size());
      const PieceWords words(rules_, text);
      if (!words.has_street_word() && !words.has_po_box()) continue;
      std::vector<Piece> rest(pieces.begin() + static_cast<std::ptrdiff_t>(i), pieces.end());
      rest.front().span.start += address_start(words, text);
      if (rest.front().span.empty() || !is_ascii_digit(text_[rest.front().span.start])) {
        if (!words.has_po_box()) continue;
      }
      shorten(rest);
      if (rest.size() < 2) continue;
      if (accept(parser_.parse(std::move(rest), false, BlockForm::sentence))) return;
    }
  }

  // Behind the last word in small letters before the number of the street.
  static std::uint32_t address_start(const PieceWords& words, std::string_view text) {
    std::uint32_t start = 0;
    for (std::size_t i = 0; i < words.tokens().size(); ++i) {
      const std::string_view token = words.token(i);
      if (is_ascii_digit(token.front())) return words.tokens()[i].start;
      if (token.front() >= 'a' && token.front() <= 'z') start = words.tokens()[i].end;
    }
    return skip_blanks(text, start, static_cast<std::uint32_t>(text.size()));
  }

  // The sentence goes on behind the address: a piece that begins in small letters is none, one that turns to
  // small letters ends there.
  void shorten(std::vector<Piece>& pieces) const {
    constexpr std::size_t kMostInline = 6;
    for (std::size_t i = 1; i < pieces.size(); ++i) {
      TextSpan& span = pieces[i].span;
      if (span.end > span.start && text_[span.end - 1] == '.') --span.end;
      std::uint32_t at = span.start;
      for (bool cut = false; at < span.end && !cut;) {
        std::uint32_t end = at;
        while (end < span.end && text_[end] != ' ') ++end;
        const bool lower = text_[at] >= 'a' && text_[at] <= 'z' &&
                           places_.at(text_.substr(0, end), at, AddressWord::article) == 0;
        if (lower) {
          cut = true;
          span.end = at;
          while (span.end > span.start && text_[span.end - 1] == ' ') --span.end;
          pieces.resize(span.empty() ? i : i + 1);
          return;
        }
        at = skip_blanks(text_, end, span.end);
      }
      if (i >= kMostInline) return pieces.resize(i);
    }
  }

  const Mentions& mentions_;
  const AddressLines& lines_;
  const InterpretContext& context_;
  const RulePack& rules_;
  const AddressRules& places_;
  std::string_view text_;
  Parser parser_;
  std::vector<bool> taken_;
  std::vector<bool> triggers_;
  std::vector<FoundAddress> result_;
};

}  // namespace

std::vector<FoundAddress> find_world_addresses(const Mentions& mentions, const AddressLines& lines,
                                               const InterpretContext& context,
                                               const std::vector<FoundAddress>& known) {
  return BlockFinder(mentions, lines, context).run(known);
}

}  // namespace yoran
