#include "interpret/address_romaji.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>

#include "interpret/address_pieces.h"
#include "rulepack/guards.h"
#include "types/ascii.h"

namespace yoran {
namespace {

constexpr std::size_t kMaxChain = 8;         // places, code and country of one address
constexpr std::uint32_t kMaxHead = 240;      // bytes before the chain that may belong to it
constexpr std::uint32_t kMaxLinesAbove = 3;  // of the head
constexpr std::size_t kMaxPieces = 5;
constexpr std::size_t kMaxTownWords = 6;

enum class ItemKind : std::uint8_t { place, postal_code, country };

struct Item {
  ItemKind kind = ItemKind::place;
  TextSpan span;
  std::uint32_t entry = 0;  // place: of the word
  TextSpan code;            // postal code
};

// Quarter and block, wherever they stand.
struct Quarter {
  TextSpan town;
  TextSpan block;
  bool numbered_town = false;  // "5-chome"
  std::uint32_t start = 0;     // of what was taken
  std::uint32_t end = 0;
};

// What the names of a chain mean together.
struct Meaning {
  std::vector<std::uint32_t> cities;  // what the smallest may be
  std::uint32_t prefecture = kNone;
  TextSpan prefecture_span;  // empty: not printed
  std::string city_text;
};

class Finder {
 public:
  Finder(const Mentions& mentions, const AddressLines& lines, const InterpretContext& context)
      : lines_(lines), rules_(context.rules), places_(context.rules.addresses), text_(context.folded()) {
    collect(mentions);
  }

  std::vector<FoundAddress> run() {
    for (std::size_t first = 0; first < items_.size();) {
      const std::size_t last = chain_end(first);
      if (auto found = parse({items_.data() + first, last - first})) {
        covered_ = found->span.end;
        result_.push_back(std::move(*found));
      }
      first = last;
    }
    return std::move(result_);
  }

 private:
  using Chain = std::span<const Item>;
  using Places = std::vector<std::uint32_t>;

  [[nodiscard]] std::string_view view(TextSpan span) const { return text_.substr(span.start, span.size()); }
  [[nodiscard]] std::uint32_t size_at(std::uint32_t position, AddressWord meaning) const {
    return static_cast<std::uint32_t>(places_.at(text_, position, meaning));
  }

  static bool is_japanese(PlaceKind kind) { return kind >= PlaceKind::prefecture && kind <= PlaceKind::ward; }
  [[nodiscard]] bool is_japan(std::uint32_t place) const {
    return places_.place(place).kind == PlaceKind::country && places_.place(place).code == "JP";
  }

  // --- Items ---

  // Places in Latin script, the longest at each start, and Japanese postal codes, in text order.
  void collect(const Mentions& mentions) {
    for (const WordMention& word : mentions.words) {
      if (word.category != static_cast<std::uint16_t>(WordCategory::place)) continue;
      if (!is_latin(word.span.start) || is_part_of_compound(word.span)) continue;
      const auto meanings = places_.places_of(word.entry);
      const auto any = [&](auto&& test) { return std::any_of(meanings.begin(), meanings.end(), test); };
      const bool place = any([&](std::uint32_t index) { return is_japanese(places_.place(index).kind); });
      if (!place && !any([&](std::uint32_t index) { return is_japan(index); })) continue;
      const Item item{place ? ItemKind::place : ItemKind::country, word.span, word.entry, {}};
      if (!items_.empty() && items_.back().span.start == word.span.start) {
        if (items_.back().span.end < word.span.end) items_.back() = item;
      } else if (items_.empty() || items_.back().span.end <= word.span.start) {
        items_.push_back(item);
      }
    }
    if (items_.empty()) return;
    for (const Mention& mention : mentions.mentions) {
      if (mention.kind != MentionKind::postal_code || mention.pattern == kNone) continue;
      if ((rules_.entity_patterns[mention.pattern].flags & kPostalJapan) == 0) continue;
      items_.push_back({ItemKind::postal_code, mention.span, 0,
                        mention.captures[static_cast<std::size_t>(PostalCapture::code)]});
    }
    std::sort(items_.begin(), items_.end(), [](const Item& a, const Item& b) {
      return std::pair(a.span.start, b.span.end) < std::pair(b.span.start, a.span.end);
    });
    // A code without the words before it.
    const auto inside = [](const Item& a, const Item& b) { return b.span.end <= a.span.end; };
    items_.erase(std::unique(items_.begin(), items_.end(), inside), items_.end());
  }

  // "Nishi-Shinjuku", "Hakata-Ekimae": quarters that have the name of the town in theirs.
  [[nodiscard]] bool is_part_of_compound(TextSpan word) const {
    const auto letter = [&](std::uint32_t at) { return at < text_.size() && is_ascii_letter(text_[at]); };
    const bool before = word.start > 1 && text_[word.start - 1] == '-' && letter(word.start - 2);
    return before || (word.end < text_.size() && text_[word.end] == '-' && letter(word.end + 1));
  }

  // ASCII or a Latin letter with a mark.
  [[nodiscard]] bool is_latin(std::uint32_t position) const { return code_point_at(text_, position) < 0x250; }

  // The first item that is no part of the chain that begins with `first`.
  [[nodiscard]] std::size_t chain_end(std::size_t first) const {
    bool closed = false;  // a code or country behind a place: no place follows
    bool place = false;
    std::size_t last = first;
    for (; last < items_.size() && last - first < kMaxChain; ++last) {
      const Item& item = items_[last];
      if (last > first && !is_joint({items_[last - 1].span.end, item.span.start}, item)) break;
      if (item.kind == ItemKind::place && closed) break;
      place = place || item.kind == ItemKind::place;
      closed = closed || (place && item.kind != ItemKind::place);
    }
    return last;
  }

  // Between two items: blanks, commas, one line end.
  [[nodiscard]] bool is_joint(TextSpan gap, const Item& next) const {
    if (gap.size() > 12) return false;
    bool line_end = false;
    for (const char c : view(gap)) {
      if (c == '\n') {
        if (line_end) return false;
        line_end = true;
      } else if (c != ' ' && c != ',' && c != '\t' && c != '(') {
        return false;
      }
    }
    if (!line_end) return true;
    if (!lines_.joined(lines_.line_of(gap.start == 0 ? 0 : gap.start - 1))) return false;
    return next.kind != ItemKind::place || ends_piece(next.span.end);
  }

  // A comma, the line's end or a code: "Osaka Office" is none of the places above it.
  [[nodiscard]] bool ends_piece(std::uint32_t at) const {
    const std::uint32_t next = skip_blanks(text_, at, static_cast<std::uint32_t>(text_.size()));
    return next >= text_.size() || text_[next] == ',' || text_[next] == '\n' || text_[next] == '(' ||
           (next > at && is_ascii_digit(text_[next]));
  }

  // --- Pieces before the chain ---

  // The text before `end`, up to a comma or the line's start; goes on to the line above. Nearest first.
  [[nodiscard]] std::vector<TextSpan> pieces_before(std::uint32_t end, std::uint32_t covered) const {
    std::vector<TextSpan> pieces;
    std::uint32_t line = lines_.line_of(end);
    const std::uint32_t last_line = line;
    const std::uint32_t floor = std::max(covered, end > kMaxHead ? end - kMaxHead : 0);
    for (std::uint32_t stop = end; pieces.size() < kMaxPieces;) {
      const std::uint32_t from = std::max(lines_.line(line).span.start, floor);
      std::uint32_t start = stop;
      const TextSpan row = {from, end};
      while (start > from && !is_border(start - 1) && !is_sentence_lead(places_, text_, start - 1, row))
        --start;
      const TextSpan piece = trimmed_span(text_, {behind_glued_label(start, line), stop});
      if (!piece.empty()) pieces.push_back(piece);
      if (start > from) {
        if (text_[start - 1] != ',') break;
        stop = start - 1;
        continue;
      }
      if (line == 0 || from == floor || last_line - line >= kMaxLinesAbove || !lines_.joined(line - 1)) break;
      stop = lines_.line(--line).span.end;
      if (lines_.contact_in(lines_.line(line).span.start, stop) != stop) break;
    }
    return pieces;
  }

  // "Address1-1-1, Honmachi": pages that lost their markup run the label into the block.
  [[nodiscard]] std::uint32_t behind_glued_label(std::uint32_t start, std::uint32_t line) const {
    if (start != lines_.line(line).span.start) return start;
    const std::uint32_t behind = start + size_at(start, AddressWord::label);
    return behind < text_.size() && is_ascii_digit(text_[behind]) ? behind : start;
  }

  [[nodiscard]] bool is_border(std::uint32_t at) const {
    return std::string_view(",:;()|\t").find(text_[at]) != std::string_view::npos;
  }

  [[nodiscard]] std::vector<TextSpan> words_of(TextSpan piece) const {
    std::vector<TextSpan> words;
    for (std::uint32_t at = piece.start; at < piece.end;) {
      at = skip_blanks(text_, at, piece.end);
      std::uint32_t end = at;
      while (end < piece.end && text_[end] != ' ' && text_[end] != '\t') ++end;
      if (end > at) words.push_back({at, end});
      at = end;
    }
    return words;
  }

  // "2-1-2", "488", "A-5"
  [[nodiscard]] bool is_block(TextSpan word) const {
    std::string_view text = view(word);
    if (text.size() > 2 && text[1] == '-' && is_ascii_upper(text[0])) text.remove_prefix(2);
    if (text.empty() || text.size() > 16 || !is_ascii_digit(text.front()) || !is_ascii_digit(text.back()))
      return false;
    std::uint32_t run = 0;
    for (const char c : text) {
      if (c != '-' && !is_ascii_digit(c)) return false;
      run = c == '-' ? 0 : run + 1;
      if (run > 5) return false;
    }
    return true;
  }

  // "5-chome", "1-jo", "12ban", and the unit as a word of its own.
  [[nodiscard]] bool is_numbered(TextSpan word) const {
    std::uint32_t at = word.start;
    while (at < word.end && is_ascii_digit(text_[at])) ++at;
    if (at > word.start && at < word.end && text_[at] == '-') ++at;
    const std::string_view whole = text_.substr(0, word.end);
    const std::size_t size = places_.at(whole.substr(at), 0, AddressWord::romaji_unit);
    return size > 0 && at + size == word.end;
  }

  // A word of a quarter's name.
  [[nodiscard]] bool is_name(TextSpan word) const {
    const char c = text_[word.start];
    const bool capital = is_ascii_upper(c) || static_cast<unsigned char>(c) >= 0x80;
    return capital && is_latin(word.start) && text_[word.end - 1] != '.' &&
           view(word).find_first_of("@/&#") == std::string_view::npos;
  }

  // --- Quarter ---

  [[nodiscard]] bool names_only(const std::vector<TextSpan>& words, std::size_t first, bool& numbered) const {
    if (words.size() - first > kMaxTownWords) return false;
    for (std::size_t i = first; i < words.size(); ++i) {
      if (is_numbered(words[i])) {
        numbered = true;
        continue;
      }
      const bool counts = is_block(words[i]) && i + 1 < words.size() && is_numbered(words[i + 1]);
      if (!counts && !is_name(words[i])) return false;
    }
    return true;
  }

  // "2-1-2 Kasumigaseki" behind whatever words, or "Kasumigaseki 2-1-2".
  [[nodiscard]] std::optional<Quarter> quarter_in(TextSpan piece) const {
    const std::vector<TextSpan> words = words_of(piece);
    Quarter quarter;
    for (std::size_t i = words.size(); i-- > 0;) {
      if (!is_block(words[i]) || (i + 1 < words.size() && is_numbered(words[i + 1]))) continue;
      quarter.block = words[i];
      quarter.start = words[i].start;
      quarter.end = piece.end;
      if (i + 1 < words.size()) {
        if (!names_only(words, i + 1, quarter.numbered_town)) return std::nullopt;
        quarter.town = {words[i + 1].start, piece.end};
        return quarter;
      }
      std::size_t first = i;
      while (first > 0 && i - first < kMaxTownWords &&
             (is_name(words[first - 1]) || is_numbered(words[first - 1])))
        --first;
      if (first < i) quarter.town = {words[first].start, words[i - 1].end};
      if (first < i) quarter.start = words[first].start;
      return quarter;
    }
    if (words.empty() || !names_only(words, 0, quarter.numbered_town)) return std::nullopt;
    quarter.town = piece;
    quarter.start = piece.start;
    quarter.end = piece.end;
    return quarter;
  }

  // Reads the quarter from the pieces before the chain; answers how many it took, 0 if there is none.
  [[nodiscard]] std::size_t quarter_before(const std::vector<TextSpan>& pieces, Quarter& quarter) const {
    if (pieces.empty() || lines_.line_of(pieces[0].start) + 1 < lines_.line_of(chain_start_)) return 0;
    const auto nearest = quarter_in(pieces[0]);
    if (!nearest || is_office(pieces[0])) return 0;
    quarter = *nearest;
    if (!quarter.block.empty() && !quarter.town.empty()) return 1;
    if (pieces.size() < 2) return 1;
    const auto further = quarter_in(pieces[1]);
    if (!further || further->block.empty() || !quarter.block.empty()) return 1;
    // The block apart from its quarter, or two quarters, the smaller first.
    quarter.block = further->block;
    quarter.start = further->start;
    if (!further->town.empty()) quarter.town.start = further->town.start;
    return 2;
  }

  [[nodiscard]] bool is_office(TextSpan piece) const {
    const PieceWords words(rules_, view(piece));
    return words.has_organisation() || words.has_po_box() || words.is_care_of() || is_building(piece) ||
           places_.before(view(piece), piece.size(), AddressWord::office) > 0;
  }

  [[nodiscard]] bool is_building(TextSpan piece) const {
    if (PieceWords(rules_, view(piece)).is_unit()) return true;
    for (const TextSpan& word : words_of(piece)) {
      std::uint32_t at = word.start;
      while (at < word.end && is_ascii_digit(text_[at])) ++at;  // "10F"
      const std::size_t size = places_.at(text_.substr(0, word.end), at, AddressWord::building);
      if (size > 0 && at + size == word.end) return true;
    }
    return false;
  }

  // Behind the chain, in the Japanese order: "Kasumigaseki 2-1-2".
  [[nodiscard]] std::optional<Quarter> quarter_after(std::uint32_t at, std::uint32_t limit) const {
    while (at < limit && (text_[at] == ' ' || text_[at] == ',')) ++at;
    std::uint32_t end = at;
    while (end < limit && !is_border(end) && end - at < kMaxHead) ++end;
    const std::vector<TextSpan> words = words_of({at, end});
    Quarter quarter;
    for (std::size_t i = 0; i < words.size() && i <= kMaxTownWords; ++i) {
      const bool counted = i + 1 < words.size() && is_numbered(words[i + 1]);
      if (is_block(words[i]) && !counted) {
        quarter.block = words[i];
        quarter.end = words[i].end;
        quarter.start = at;
        if (i > 0) quarter.town = {at, words[i - 1].end};
        return quarter;
      }
      if (!is_numbered(words[i]) && !is_name(words[i]) && !counted) return std::nullopt;
      quarter.numbered_town = quarter.numbered_town || is_numbered(words[i]);
    }
    return std::nullopt;
  }

  // --- Places ---

  [[nodiscard]] Places meanings_of(const Item& item, PlaceKind kind) const {
    Places kept;
    for (const std::uint32_t place : places_.places_of(item.entry)) {
      if (places_.place(place).kind == kind) kept.push_back(place);
    }
    return kept;
  }

  [[nodiscard]] std::uint32_t prefecture_of(std::uint32_t city) const {
    const Place& place = places_.place(city);
    return place.kind == PlaceKind::ward ? places_.place(place.parent).parent : place.parent;
  }

  static bool holds(const Places& places, std::uint32_t place) {
    return std::find(places.begin(), places.end(), place) != places.end();
  }

  // `names` from the smallest to the largest.
  [[nodiscard]] std::optional<Meaning> meaning_of(std::vector<Item> names, std::string_view postal) const {
    Meaning meaning;
    if (names.empty()) return std::nullopt;
    take_prefecture(names, meaning);
    if (names.empty()) return postal.empty() ? std::nullopt : std::optional(std::move(meaning));
    Places wards = meanings_of(names.front(), PlaceKind::ward);
    Places cities = meanings_of(names.front(), PlaceKind::municipality);
    if (names.size() > 1) {
      const Places larger = meanings_of(names[1], PlaceKind::municipality);
      if (!larger.empty())
        std::erase_if(wards, [&](std::uint32_t ward) { return !holds(larger, places_.place(ward).parent); });
      const Places counties = meanings_of(names[1], PlaceKind::county);
      if (!counties.empty())
        std::erase_if(cities,
                      [&](std::uint32_t city) { return !holds(counties, places_.place(city).county); });
    }
    cities.insert(cities.end(), wards.begin(), wards.end());
    if (meaning.prefecture != kNone)
      std::erase_if(cities, [&](std::uint32_t city) { return prefecture_of(city) != meaning.prefecture; });
    if (cities.size() > 1) {
      const std::uint32_t district = places_.prefecture_of_postal_code(postal);
      const auto elsewhere = [&](std::uint32_t city) { return prefecture_of(city) != district; };
      if (!std::all_of(cities.begin(), cities.end(), elsewhere)) std::erase_if(cities, elsewhere);
    }
    if (cities.empty()) return std::nullopt;
    meaning.cities = std::move(cities);
    for (const Item& name : names) {
      if (!meaning.city_text.empty()) meaning.city_text += ", ";
      meaning.city_text += view(name.span);
    }
    return meaning;
  }

  // The largest name is the prefecture, unless it is the city of the ward before it or stands alone as a
  // city.
  void take_prefecture(std::vector<Item>& names, Meaning& meaning) const {
    const Places prefectures = meanings_of(names.back(), PlaceKind::prefecture);
    if (prefectures.empty()) return;
    const Places cities = meanings_of(names.back(), PlaceKind::municipality);
    if (!cities.empty()) {
      if (names.size() == 1) return;
      const Item& before = names[names.size() - 2];
      const auto any_in = [&](PlaceKind kind, const Places& parents) {
        const Places meanings = meanings_of(before, kind);
        return std::any_of(meanings.begin(), meanings.end(),
                           [&](std::uint32_t place) { return holds(parents, places_.place(place).parent); });
      };
      if (any_in(PlaceKind::ward, cities) && !any_in(PlaceKind::municipality, prefectures)) return;
    }
    meaning.prefecture = prefectures.front();
    meaning.prefecture_span = names.back().span;
    names.pop_back();
  }

  // --- The whole ---

  std::optional<FoundAddress> parse(Chain chain) {
    std::vector<Item> names;
    const Item* postal = nullptr;
    const Item* country = nullptr;
    for (const Item& item : chain) {
      if (item.kind == ItemKind::place) names.push_back(item);
      if (item.kind == ItemKind::postal_code) postal = &item;
      if (item.kind == ItemKind::country) country = &item;
    }
    if (names.empty() || chain.front().span.start < covered_) return std::nullopt;
    const std::string code = postal == nullptr ? std::string() : digits_of(postal->code);
    chain_start_ =
        chain.front().kind == ItemKind::postal_code ? names.front().span.start : chain.front().span.start;
    if (chain.front().kind == ItemKind::place) {
      if (auto found = english_order(names, chain, code, country != nullptr))
        return finished(std::move(*found), country);
    }
    if (auto found = japanese_order(names, chain, code, country != nullptr))
      return finished(std::move(*found), country);
    return std::nullopt;
  }

  [[nodiscard]] FoundAddress finished(FoundAddress found, const Item* country) const {
    found.address.country = "JP";
    if (country == nullptr) found.address.assumed.push_back("country");
    found.first_line = lines_.line_of(found.span.start);
    found.last_line = lines_.line_of(found.span.end - 1);
    return found;
  }

  [[nodiscard]] std::string digits_of(TextSpan code) const {
    std::string digits;
    for (const char c : view(code)) {
      if (is_ascii_digit(c)) digits += c;
    }
    return digits;
  }

  std::optional<FoundAddress> english_order(std::vector<Item> names, Chain chain, std::string code,
                                            bool country) {
    // "1-1 Asahi-machi, Toyama": the name next to the block is a quarter of the place behind it.
    TextSpan quarter_name;
    if (names.size() > 1 && stands_behind_block(names.front().span.start)) {
      quarter_name = names.front().span;
      names.erase(names.begin());
      chain_start_ = quarter_name.end;
    }
    const Item* code_before = code.empty() ? code_before_chain(chain) : nullptr;
    const std::vector<TextSpan> pieces =
        pieces_before(chain_start_, code_before == nullptr ? covered_ : code_before->span.end);
    Quarter quarter;
    const std::size_t taken = quarter_before(pieces, quarter);
    if (taken == 0) return without_block(std::move(names), chain, std::move(code), country, pieces);
    if (code_before != nullptr && !touches(*code_before, quarter.start)) code_before = nullptr;
    if (code_before != nullptr) code = digits_of(code_before->code);
    if (!is_enough(names, quarter, !code.empty(), country)) return std::nullopt;
    auto meaning = meaning_of(std::move(names), code);
    if (!meaning) return std::nullopt;
    FoundAddress found;
    fill(found, *meaning, quarter);
    std::uint32_t start = quarter.start;
    if (code_before != nullptr) {
      start = code_before->span.start;
    } else {
      read_head(found.address, pieces, taken, quarter, start);
    }
    found.address.postal_code = std::move(code);
    finish(found, *meaning, {start, chain.back().span.end});
    return found;
  }

  // "P.O. Box 12, Chuo Post Office, Tokyo 104-8799"; an organisation that is known without its street, as in
  // "Osaka University, Osaka, Japan, 565-0871", where the code says that it is an address.
  [[nodiscard]] std::optional<FoundAddress> without_block(std::vector<Item> names, Chain chain,
                                                          std::string code, bool country,
                                                          const std::vector<TextSpan>& pieces) const {
    if (code.empty() && !country) return std::nullopt;
    const auto box = std::find_if(pieces.begin(), pieces.end(), [&](TextSpan piece) {
      return PieceWords(rules_, view(piece)).has_po_box();
    });
    const bool boxed = box != pieces.end();
    const bool named = box == pieces.end() && !code.empty() && !pieces.empty() &&
                       PieceWords(rules_, view(pieces.back())).has_organisation();
    if (!boxed && !named) return std::nullopt;
    auto meaning = meaning_of(std::move(names), code);
    if (!meaning) return std::nullopt;
    FoundAddress found;
    fill(found, *meaning, {});
    const auto first = boxed ? box : std::prev(pieces.end());
    if (boxed) found.address.po_box = std::string(view(*box));
    if (named) found.address.organization = std::string(view(*first));
    if (boxed && box != pieces.begin()) found.address.organization = std::string(view(*(box - 1)));
    found.address.match_level = boxed ? 8 : 2;
    found.address.postal_code = std::move(code);
    finish(found, *meaning, {first->start, chain.back().span.end});
    return found;
  }

  // A postal code that may lead an address in the English order.
  [[nodiscard]] const Item* code_before_chain(Chain chain) const {
    constexpr int kMaxBetween = 3;  // names of places inside the quarter
    const Item* first = chain.data();
    for (int step = 0; step <= kMaxBetween && first > items_.data(); ++step) {
      --first;
      if (first->span.start < covered_ || first->span.end + kMaxHead < chain_start_) return nullptr;
      if (first->kind == ItemKind::postal_code) return first;
    }
    return nullptr;
  }

  [[nodiscard]] bool touches(const Item& code, std::uint32_t start) const {
    const std::string_view gap = text_.substr(code.span.end, start - code.span.end);
    return gap.size() < 12 && gap.find_first_not_of(" ,\t\n") == std::string_view::npos;
  }

  void finish(FoundAddress& found, const Meaning& meaning, TextSpan span) const {
    found.span = span;
    found.address.full_address = line_of_text(span);
    if (meaning.cities.size() < 2 || !found.address.prefecture.empty()) return;
    for (const std::uint32_t city : meaning.cities) {
      Address other = found.address;
      other.prefecture = places_.place(prefecture_of(city)).latin;
      other.full_address += ", " + other.prefecture;
      found.alternatives.push_back(std::move(other));
    }
  }

  std::optional<FoundAddress> japanese_order(std::vector<Item> names, Chain chain, std::string code,
                                             bool country) const {
    if (chain.back().kind != ItemKind::place) return std::nullopt;
    const std::uint32_t line = lines_.line_of(chain.back().span.start);
    const std::uint32_t limit = lines_.contact_words_in(chain.back().span.end, lines_.line(line).span.end);
    const auto quarter = quarter_after(chain.back().span.end, limit);
    if (!quarter || quarter->town.empty()) return std::nullopt;
    std::reverse(names.begin(), names.end());
    if (!is_enough(names, *quarter, !code.empty(), country)) return std::nullopt;
    const auto meaning = meaning_of(std::move(names), code);
    if (!meaning) return std::nullopt;
    FoundAddress found;
    fill(found, *meaning, *quarter);
    TextSpan span = {chain.front().span.start, quarter->end};
    const TextSpan rest = trimmed_span(text_, {quarter->end, limit});
    if (!rest.empty() && rest.size() < 80 && is_building(rest)) {
      found.address.building_name_etc = std::string(view(rest));
      span.end = rest.end;
    }
    found.address.postal_code = std::move(code);
    finish(found, *meaning, span);
    return found;
  }

  [[nodiscard]] bool stands_behind_block(std::uint32_t at) const {
    const TextSpan own = lines_.line(lines_.line_of(at)).span;
    std::uint32_t end = at;
    while (end > own.start && text_[end - 1] == ' ') --end;
    std::uint32_t start = end;
    while (start > own.start && (is_ascii_digit(text_[start - 1]) || text_[start - 1] == '-')) --start;
    return end < at && start < end && is_block({start, end});
  }

  [[nodiscard]] bool leads_line(std::uint32_t at) const {
    return at == lines_.line(lines_.line_of(at)).span.start || text_[at - 1] == ':' ||
           (at > 1 && text_[at - 2] == ':');
  }

  // Names and numbers prove little: dates, scores and pages are written so too. A postal code does; else
  // several numbers beside a name that says its kind, as in "Naka-ku", or three numbers beside two names.
  [[nodiscard]] bool is_enough(const std::vector<Item>& names, const Quarter& quarter, bool code,
                               bool country) const {
    const std::string_view block = view(quarter.block);
    const auto numbers = 1 + std::count(block.begin(), block.end(), '-');
    const bool kind =
        std::any_of(names.begin(), names.end(), [&](const Item& name) { return has_hyphen(name.span); });
    const bool leads = leads_line(quarter.start);
    if (block.empty())
      return kind && (code ? quarter.numbered_town || leads : country && quarter.numbered_town);
    if (code) return numbers > 1 || !quarter.town.empty();
    if (begins_with_year(block)) return false;
    if (numbers > 2) return kind || country || names.size() > 1;
    if (numbers > 1 || quarter.numbered_town) return kind;
    return kind && leads && quarter.block.start == quarter.start && !quarter.town.empty();
  }

  [[nodiscard]] bool has_hyphen(TextSpan span) const {
    return view(span).find('-') != std::string_view::npos;
  }

  static bool begins_with_year(std::string_view block) {
    const std::string_view first = block.substr(0, block.find('-'));
    return first.size() == 4 && first >= "1800" && first < "2200";
  }

  void fill(FoundAddress& found, const Meaning& meaning, const Quarter& quarter) const {
    Address& address = found.address;
    address.street_address = line_of_text(quarter.town);
    address.city_block = std::string(view(quarter.block));
    address.city_and_county = meaning.city_text;
    address.match_level = quarter.block.empty() ? 3 : 8;
    std::uint32_t prefecture = meaning.prefecture;
    if (meaning.cities.size() == 1)
      address.local_government_code = places_.place(meaning.cities.front()).code;
    if (prefecture == kNone) prefecture = common_prefecture(meaning.cities);
    if (!meaning.prefecture_span.empty()) {
      address.prefecture = std::string(view(meaning.prefecture_span));
    } else if (prefecture != kNone) {
      address.prefecture = places_.place(prefecture).latin;
      address.assumed.push_back("prefecture");
    }
  }

  [[nodiscard]] std::uint32_t common_prefecture(const Places& cities) const {
    if (cities.empty()) return kNone;
    const std::uint32_t first = prefecture_of(cities.front());
    const bool same = std::all_of(cities.begin(), cities.end(),
                                  [&](std::uint32_t city) { return prefecture_of(city) == first; });
    return same ? first : kNone;
  }

  // What stands before the block: floor and building, at whose place, who is there.
  void read_head(Address& address, const std::vector<TextSpan>& pieces, std::size_t taken,
                 const Quarter& quarter, std::uint32_t& start) const {
    const TextSpan last = pieces[taken - 1];
    if (const TextSpan lead = trimmed_span(text_, {last.start, quarter.start}); !lead.empty()) {
      if (!is_building(lead)) return;  // running text
      address.building_name_etc = std::string(view(lead));
      start = lead.start;
    }
    const std::uint32_t line = lines_.line_of(quarter.start);
    for (std::size_t i = taken; i < pieces.size(); ++i) {
      const TextSpan piece = pieces[i];
      const PieceWords words(rules_, view(piece));
      if (words.is_care_of()) {
        const std::uint32_t behind = piece.start + size_at(piece.start, AddressWord::care_of);
        address.care_of = std::string(view(trimmed_span(text_, {behind, piece.end})));
      } else if (is_building(piece)) {
        address.building_name_etc =
            std::string(view(piece)) +
            (address.building_name_etc.empty() ? "" : ", " + address.building_name_etc);
      } else {
        // The first piece of the line says who is there: a hall, or an organisation.
        const bool first = lines_.line_of(piece.start) == line && piece.start == lines_.line(line).span.start;
        if (!first || words.tokens().size() > kMaxTownWords || !is_name(words_of(piece).front())) return;
        (words.has_building() ? address.label : address.organization) = std::string(view(piece));
      }
      start = piece.start;
    }
  }

  // The printed text in one line.
  [[nodiscard]] std::string line_of_text(TextSpan span) const {
    std::string result;
    for (const char c : view(span)) {
      if (c == '\n') {
        while (!result.empty() && (result.back() == ' ' || result.back() == ',')) result.pop_back();
        result += ", ";
      } else if (c != ' ' || (!result.empty() && result.back() != ' ')) {
        result += c;
      }
    }
    return result;
  }

  const AddressLines& lines_;
  const RulePack& rules_;
  const AddressRules& places_;
  std::string_view text_;
  std::vector<Item> items_;
  std::uint32_t chain_start_ = 0;
  std::uint32_t covered_ = 0;
  std::vector<FoundAddress> result_;
};

}  // namespace

std::vector<FoundAddress> find_romaji_addresses(const Mentions& mentions, const AddressLines& lines,
                                                const InterpretContext& context) {
  return Finder(mentions, lines, context).run();
}

}  // namespace yoran
