#include "interpret/address_jp.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "interpret/address_block.h"
#include "rulepack/guards.h"

namespace yoran {
namespace {

constexpr std::uint32_t kMaxTown = 150;  // bytes; the longest directions of Kyoto have 40 characters
constexpr std::uint32_t kMaxProseTown = 45;
constexpr std::uint32_t kMaxBuilding = 150;
constexpr std::uint32_t kMaxPostalGap = 40;  // between a postal code and the place it belongs to
constexpr std::uint32_t kMaxLines = 4;       // of one address

// The places a text names, one after the other: prefecture, county, municipality, ward.
struct PlaceChain {
  std::uint32_t prefecture = kNone;
  bool prefecture_printed = false;
  std::vector<std::uint32_t> cities;  // what the name may mean: municipalities, wards, merged ones
  TextSpan prefecture_span;
  TextSpan city_span;  // county to ward
  std::uint32_t end = 0;
};

struct Town {
  TextSpan span;
  std::uint32_t end = 0;       // where the block may begin
  bool has_unit = false;       // a number with a unit of quarters
  bool has_direction = false;  // of streets, as in Kyoto
  bool stopped = false;        // by running text
};

class Finder {
 public:
  Finder(const Mentions& mentions, const AddressLines& lines, const InterpretContext& context)
      : mentions_(mentions),
        lines_(lines),
        context_(context),
        rules_(context.rules),
        places_(context.rules.addresses),
        text_(context.folded()) {}

  std::vector<FoundAddress> run() {
    collect();
    std::uint32_t covered = 0;
    for (const std::uint32_t start : starts_) {
      if (start < covered) continue;
      auto found = parse(start, covered);
      if (!found) continue;
      covered = found->span.end;
      result_.push_back(std::move(*found));
    }
    return std::move(result_);
  }

 private:
  using Places = std::vector<std::uint32_t>;
  using Named = std::vector<std::pair<std::uint32_t, std::uint32_t>>;  // position, place

  [[nodiscard]] std::uint32_t size_at(std::uint32_t position, AddressWord meaning) const {
    return static_cast<std::uint32_t>(places_.at(text_, position, meaning));
  }
  [[nodiscard]] std::size_t size_before(std::uint32_t position, AddressWord meaning) const {
    const std::uint32_t from = position > 90 ? position - 90 : 0;
    const std::string_view window = text_.substr(from, position - from);
    return places_.before(window, window.size(), meaning);
  }
  [[nodiscard]] std::string at(TextSpan span) const {
    return std::string(text_.substr(span.start, span.size()));
  }

  static bool is_japanese(PlaceKind kind) {
    return kind >= PlaceKind::prefecture && kind <= PlaceKind::merged;
  }

  void collect() {
    for (const WordMention& word : mentions_.words) {
      if (word.category != static_cast<std::uint16_t>(WordCategory::place)) continue;
      if (static_cast<unsigned char>(text_[word.span.start]) < 0x80) continue;
      const auto places = places_.places_of(word.entry);
      if (std::none_of(places.begin(), places.end(),
                       [&](std::uint32_t place) { return is_japanese(places_.place(place).kind); }))
        continue;
      if (starts_.empty() || starts_.back() != word.span.start) starts_.push_back(word.span.start);
      for (const std::uint32_t place : places) note(place, word.span);
    }
    for (const Mention& mention : mentions_.mentions) {
      if (mention.kind != MentionKind::postal_code) continue;
      // The same code without the words before it.
      if (!postals_.empty() && postals_.back()->span.end >= mention.span.end) continue;
      postals_.push_back(&mention);
    }
    for (Places* named : {&prefectures_named_, &fully_named_}) {
      std::sort(named->begin(), named->end());
      named->erase(std::unique(named->begin(), named->end()), named->end());
    }
  }

  // Prefectures and cities of the document: evidence for names that repeat.
  void note(std::uint32_t index, TextSpan span) {
    const Place& place = places_.place(index);
    if (place.kind == PlaceKind::prefecture) {
      if (last_prefecture_.first != kNone && span.start < last_prefecture_.first) return;  // inside another
      prefectures_.push_back({span.start, index});
      prefectures_named_.push_back(index);
      last_prefecture_ = {span.end, index};
    } else if (place.kind == PlaceKind::municipality) {
      cities_.push_back({span.start, index});
      if (last_prefecture_ == std::pair(span.start, place.parent)) fully_named_.push_back(index);
    }
  }

  // --- Places ---

  // The longest name at a position whose meanings pass a test; those meanings.
  template <class Test>
  std::uint32_t longest(std::uint32_t position, std::vector<std::uint32_t>& meanings, Test&& test) const {
    std::uint32_t size = 0;
    for (const WordMatch& found : names_at(position)) {
      std::vector<std::uint32_t> kept;
      for (const std::uint32_t place : places_.places_of(found.word->entry)) {
        if (test(places_.place(place))) kept.push_back(place);
      }
      if (kept.empty()) continue;
      size = found.size;
      meanings = std::move(kept);
    }
    return size;
  }

  // The names of places that begin at a position, shortest first. Asked several times for one position.
  [[nodiscard]] const std::vector<WordMatch>& names_at(std::uint32_t position) const {
    if (position == named_) return names_;
    named_ = position;
    names_.clear();
    rules_.words.match(text_, position, [&](const WordMatch& found) {
      if (found.word->category == static_cast<std::uint16_t>(WordCategory::place)) names_.push_back(found);
    });
    return names_;
  }

  [[nodiscard]] std::uint32_t prefecture_of(std::uint32_t index) const {
    const Place& place = places_.place(index);
    if (place.kind == PlaceKind::prefecture) return index;
    if (place.parent == kNone) return kNone;
    return place.kind == PlaceKind::ward ? places_.place(place.parent).parent : place.parent;
  }

  [[nodiscard]] PlaceChain chain_at(std::uint32_t position) const {
    PlaceChain chain;
    chain.end = position;
    std::vector<std::uint32_t> meanings;
    if (const std::uint32_t size = longest(
            position, meanings, [](const Place& place) { return place.kind == PlaceKind::prefecture; })) {
      chain.prefecture = meanings.front();
      chain.prefecture_printed = true;
      chain.prefecture_span = {position, position + size};
      chain.end = position + size;
    }
    read_city(chain, next_part(chain.end));
    return chain;
  }

  // Steps over blanks, and over a line end inside a block.
  [[nodiscard]] std::uint32_t next_part(std::uint32_t position) const {
    const auto size = static_cast<std::uint32_t>(text_.size());
    std::uint32_t next = skip_blanks(text_, position, size);
    if (next < size && text_[next] == '\n' && lines_.joined(lines_.line_of(position)))
      next = skip_blanks(text_, next + 1, size);
    return next;
  }

  void read_city(PlaceChain& chain, std::uint32_t position) const {
    std::vector<std::uint32_t> counties;
    std::vector<std::uint32_t> cities;
    const auto fits = [&](std::uint32_t parent) {
      return chain.prefecture == kNone || parent == chain.prefecture;
    };
    std::uint32_t start = position;
    const std::uint32_t county_size = longest(position, counties, [&](const Place& place) {
      return place.kind == PlaceKind::county && fits(place.parent);
    });
    const auto in_county = [&](const Place& place) {
      return std::find(counties.begin(), counties.end(), place.county) != counties.end();
    };
    if (county_size > 0) {
      start = next_part(position + county_size);
      const std::uint32_t size = longest(start, cities, [&](const Place& place) {
        return (place.kind == PlaceKind::municipality || place.kind == PlaceKind::merged) && in_county(place);
      });
      if (size > 0) return finish_city(chain, position, start + size, std::move(cities));
    }
    start = position;
    const std::uint32_t size = longest(start, cities, [&](const Place& place) {
      const bool own = place.kind == PlaceKind::municipality || place.kind == PlaceKind::merged;
      if (own) return fits(place.parent);
      return place.kind == PlaceKind::ward && place.parent != kNone &&
             fits(places_.place(place.parent).parent) && chain.prefecture == kNone;
    });
    if (size == 0) return;
    // Living names go before those that are history.
    if (std::any_of(cities.begin(), cities.end(), [&](std::uint32_t city) { return is_living(city); }))
      std::erase_if(cities, [&](std::uint32_t city) { return !is_living(city); });
    finish_city(chain, position, start + size, std::move(cities));
  }

  [[nodiscard]] bool is_living(std::uint32_t city) const {
    return places_.place(city).kind != PlaceKind::merged;
  }

  void finish_city(PlaceChain& chain, std::uint32_t start, std::uint32_t end,
                   std::vector<std::uint32_t> cities) const {
    std::vector<std::uint32_t> wards;
    const std::uint32_t next = next_part(end);
    const std::uint32_t size = longest(next, wards, [&](const Place& place) {
      return place.kind == PlaceKind::ward &&
             std::find(cities.begin(), cities.end(), place.parent) != cities.end();
    });
    if (size > 0) {
      cities = std::move(wards);
      end = next + size;
    }
    chain.cities = std::move(cities);
    chain.city_span = {start, end};
    chain.end = end;
  }

  // --- Quarter ---

  // Reads until the block begins or nothing of a quarter follows.
  [[nodiscard]] Town town_at(std::uint32_t start, std::uint32_t limit) const {
    Town town;
    std::uint32_t at = start;
    const std::uint32_t far = std::min(limit, start + kMaxTown);
    while (at < far) {
      const char c = text_[at];
      if (c == '\n' || c == '(' || c == ')' || c == '\t' || c == ',' || c == '.' || c == '/') break;
      if (c == ' ') {
        const std::uint32_t next = skip_blanks(text_, at, far);
        if (next < far && next - at == 1 && continues_town(next)) {
          at = next;
          continue;
        }
        break;
      }
      const std::uint32_t number = number_end(rules_, text_.substr(0, limit), at);
      if (number > at) {
        const std::uint32_t unit = size_at(number, AddressWord::town_unit);
        const std::uint32_t block_unit = size_at(number, AddressWord::block_unit);
        if (unit > 0 && unit >= block_unit && number + unit <= limit) {
          at = number + unit;
          const bool quarter = size_at(number, AddressWord::hyphen_unit) == unit;
          town.has_unit = town.has_unit || quarter;
          town.stopped = quarter && at < limit && is_hiragana(code_point_at(text_, at)) && !links_number(at);
          if (town.stopped) break;
          continue;
        }
        if (is_numbered_name(start, at, number)) {
          at = number + block_unit;
          continue;
        }
        if (is_ascii_digit(c)) break;
        if (block_unit > 0 && at > start) break;
        at = number;
        continue;
      }
      if (size_at(at, AddressWord::no_block) > 0) break;
      if (const std::uint32_t direction = size_at(at, AddressWord::direction); direction > 0 && at > start) {
        town.has_direction = true;
        at += direction;
        continue;
      }
      if (is_ascii_letter(c)) {
        town.stopped = at + 1 >= limit || text_[at + 1] != '-';
        break;
      }
      if (static_cast<unsigned char>(c) < 0x80 || size_at(at, AddressWord::town_stop) > 0 ||
          size_at(at, AddressWord::lies_at) > 0) {
        town.stopped = true;
        break;
      }
      at += yoran::size_at(text_, at);
    }
    town.end = at;
    while (at > start && text_[at - 1] == ' ') --at;
    town.span = {start, at};
    return town;
  }

  // Behind a blank: the number of the block, or a quarter that was set apart.
  [[nodiscard]] bool continues_town(std::uint32_t position) const {
    const std::uint32_t number = number_end(rules_, text_, position);
    if (number > position) return is_ascii_digit(text_[position]);
    return size_at(position, AddressWord::town_prefix) > 0;
  }

  // Between two numbers of a block.
  [[nodiscard]] bool links_number(std::uint32_t at) const {
    const std::uint32_t link = size_at(at, AddressWord::block_link);
    return link > 0 && number_end(rules_, text_, at + link) > at + link;
  }

  // "No. 1" inside a name: an ordinal before the number, or more digits behind its unit.
  [[nodiscard]] bool is_numbered_name(std::uint32_t start, std::uint32_t number, std::uint32_t end) const {
    if (number == start || size_before(number, AddressWord::ordinal) == 0) return false;
    const std::uint32_t unit = size_at(end, AddressWord::block_unit);
    return unit > 0 && number_end(rules_, text_, end + unit) > end + unit;
  }

  // --- Building ---

  // The end of a building's name that begins at `start`; `start` if there is none.
  [[nodiscard]] std::uint32_t building_end(std::uint32_t start, std::uint32_t limit, bool alone) const {
    std::uint32_t at = start;
    std::uint32_t named = start;  // behind the last word of buildings
    const std::uint32_t far = std::min(limit, start + kMaxBuilding);
    bool sentence = false;
    std::uint32_t depth = 0;
    while (at < far) {
      const char c = text_[at];
      if (c == '\n' || c == '\t' || c == '|') break;
      if (c == '(') ++depth;
      if (c == ')' && depth-- == 0) break;
      if (is_slash_apart(at)) break;
      if (const std::uint32_t size = building_word_at(at); size > 0 && at + size <= far) {
        at += size;
        named = at;
        continue;
      }
      if (named > start && size_at(at, AddressWord::town_stop) > 0 && !may_list(at)) break;
      if (size_at(at, AddressWord::town_stop) > 0 && !may_list(at)) sentence = true;
      if (sentence && named == start) return start;
      at += yoran::size_at(text_, at);
    }
    const bool whole = at >= limit || (at < text_.size() && text_[at] == '\n');
    if (whole && alone && !sentence && at - start <= 90) named = at;
    while (named > start && text_[named - 1] == ' ') --named;
    return named;
  }

  // A slash between blanks: the same again in another language.
  [[nodiscard]] bool is_slash_apart(std::uint32_t at) const {
    return text_[at] == '/' && at > 0 && text_[at - 1] == ' ' && at + 1 < text_.size() &&
           text_[at + 1] == ' ';
  }

  // A building's word; one letter of floors counts only behind a digit.
  [[nodiscard]] std::uint32_t building_word_at(std::uint32_t at) const {
    return size_at(at, AddressWord::building);
  }

  // A comma between floors: digits follow.
  [[nodiscard]] bool may_list(std::uint32_t at) const {
    const std::uint32_t next = at + yoran::size_at(text_, at);
    return next < text_.size() && is_ascii_digit(text_[next]);
  }

  [[nodiscard]] bool is_building_line(std::uint32_t line) const {
    const TextSpan span = lines_.line(line).span;
    if (span.size() > kMaxBuilding || lines_.contact_in(span.start, span.end) != span.end) return false;
    if (size_at(span.start, AddressWord::contact) > 0 || is_ascii_digit(text_[span.start])) return false;
    if (starts_address(span.start)) return false;
    std::uint32_t last = span.start;
    for (std::uint32_t at = span.start; at < span.end; at += yoran::size_at(text_, at)) {
      if (const std::uint32_t size = building_word_at(at)) last = std::max(last, at + size);
      if (at >= last && size_at(at, AddressWord::town_stop) > 0) return false;
    }
    return last == span.end || !care_of_in(text_.substr(span.start, span.size())).empty();
  }

  // A municipality and what may be its quarter; its office is none.
  [[nodiscard]] bool starts_address(std::uint32_t position) const {
    if (!starts_place(position)) return false;
    const PlaceChain chain = chain_at(position);
    return !chain.cities.empty() && size_at(chain.end, AddressWord::not_town) == 0;
  }

  // The first part between blanks that says at whose place: its offsets in `text`; empty if there is none.
  [[nodiscard]] TextSpan care_of_in(std::string_view text) const {
    constexpr std::uint32_t kShortest = 9;  // bytes: two characters and the word
    for (std::uint32_t start = 0; start < text.size();) {
      const auto end = static_cast<std::uint32_t>(std::min(text.find(' ', start), text.size()));
      const std::string_view part = text.substr(start, end - start);
      if (part.size() >= kShortest && static_cast<unsigned char>(part.front()) >= 0x80 &&
          places_.has_ending(part, AddressWord::care_of))
        return {start, end};
      start = skip_blanks(text, end, static_cast<std::uint32_t>(text.size()));
    }
    return {};
  }

  // What stands behind the block: building, at whose place, who is there.
  void fill_building(Address& address, std::string_view text) const {
    text = trimmed(text);
    if (text.size() > 2 && text.front() == '(' && text.back() == ')' && text.find(')') == text.size() - 1)
      text = text.substr(1, text.size() - 2);
    TextSpan care = care_of_in(text);
    if (care.empty()) {
      address.building_name_etc = std::string(text);
      return;
    }
    address.building_name_etc = std::string(trimmed(text.substr(0, care.start)));
    for (TextSpan more = care; !more.empty();) {
      const std::uint32_t next = skip_blanks(text, care.end, static_cast<std::uint32_t>(text.size()));
      more = care_of_in(text.substr(next));
      if (!more.empty()) care.end = next + more.end;
    }
    address.care_of = std::string(text.substr(care.start, care.size()));
    address.organization = std::string(trimmed(text.substr(care.end)));
  }

  [[nodiscard]] bool starts_place(std::uint32_t position) const {
    return std::binary_search(starts_.begin(), starts_.end(), position);
  }

  // --- Postal codes ---

  // The Japanese postal code that ends before `position` with nothing but marks and label words between.
  [[nodiscard]] const Mention* postal_before(std::uint32_t position, std::uint32_t covered) const {
    const auto after =
        std::lower_bound(postals_.begin(), postals_.end(), position,
                         [](const Mention* postal, std::uint32_t at) { return postal->span.start < at; });
    for (auto it = after; it != postals_.begin();) {
      const Mention& postal = **--it;
      if (postal.span.start < covered || postal.span.end + kMaxPostalGap < position) return nullptr;
      if (postal.span.end <= position && is_japan(postal))
        return is_gap({postal.span.end, position}) ? &postal : nullptr;
    }
    return nullptr;
  }

  [[nodiscard]] const Mention* postal_after(std::uint32_t position, std::uint32_t limit) const {
    const auto first =
        std::lower_bound(postals_.begin(), postals_.end(), position,
                         [](const Mention* postal, std::uint32_t at) { return postal->span.start < at; });
    for (auto it = first; it != postals_.end() && (*it)->span.start <= position + kMaxPostalGap; ++it) {
      if (!is_japan(**it) || (*it)->span.end > limit) continue;
      return is_gap({position, (*it)->span.start}) ? *it : nullptr;
    }
    return nullptr;
  }

  [[nodiscard]] bool is_japan(const Mention& postal) const {
    return postal.pattern != kNone && (rules_.entity_patterns[postal.pattern].flags & kPostalJapan) != 0;
  }

  // In the next row of a table, or the next line with its label.
  [[nodiscard]] const Mention* postal_below(std::uint32_t position) const {
    const auto it =
        std::lower_bound(postals_.begin(), postals_.end(), position,
                         [](const Mention* postal, std::uint32_t at) { return postal->span.start < at; });
    if (it == postals_.end() || (*it)->span.start > position + kMaxPostalGap || !is_japan(**it))
      return nullptr;
    const Mention& postal = **it;
    constexpr std::uint32_t kMark = 3;  // bytes of the sign that leads a code, and the address behind it
    const std::string_view gap = text_.substr(position, postal.span.start - position);
    const bool labelled = size_at(postal.span.start, AddressWord::postal_label) > kMark ||
                          places_.before(gap.substr(0, trimmed_size(gap)), trimmed_size(gap),
                                         AddressWord::postal_label) > kMark;
    const auto size = static_cast<std::uint32_t>(text_.size());
    const bool ends = postal.span.end >= size || text_[postal.span.end] == '\n';
    if (!labelled || !ends || !is_gap({position, postal.span.start})) return nullptr;
    return starts_place(next_part(postal.span.end)) ? nullptr : &postal;
  }

  static std::size_t trimmed_size(std::string_view text) {
    const std::size_t last = text.find_last_not_of(" \t\n:");
    return last == std::string_view::npos ? 0 : last + 1;
  }

  [[nodiscard]] bool is_gap(TextSpan gap) const {
    std::uint32_t lines = 0;
    bool labelled = false;
    for (std::uint32_t at = gap.start; at < gap.end;) {
      const char c = text_[at];
      if (c == '\n' && ++lines > (labelled ? 2U : 1U)) return false;
      if (std::string_view(" \t\n():|/[],").find(c) != std::string_view::npos) {
        ++at;
        continue;
      }
      const std::uint32_t size =
          std::max(size_at(at, AddressWord::label), size_at(at, AddressWord::postal_label));
      if (size == 0) return false;
      labelled = true;
      at += size;
    }
    return true;
  }

  // --- The whole ---

  std::optional<FoundAddress> parse(std::uint32_t start, std::uint32_t covered) {
    PlaceChain chain = chain_at(start);
    if (chain.cities.empty()) return std::nullopt;
    if (!chain.prefecture_printed && is_inside_word(start)) return std::nullopt;
    const std::uint32_t line = lines_.line_of(start);
    const Mention* postal = postal_before(start, covered);
    const bool labelled = is_labelled(start, line);
    const bool leads =
        leads_line(postal == nullptr ? start : postal->span.start, line) || leads_line(start, line);
    std::uint32_t last_line = lines_.line_of(chain.end - 1);
    const std::uint32_t town_start = next_part(chain.end);
    if (town_start < text_.size()) last_line = std::max(last_line, lines_.line_of(town_start));
    if (last_line > line + kMaxLines) return std::nullopt;
    // The name of a place on a line of its own, the address below it.
    if (town_start > chain.end && last_line > lines_.line_of(chain.end - 1) && starts_address(town_start))
      return std::nullopt;
    std::uint32_t limit = limit_of(last_line, town_start);
    if (town_start >= limit || is_seat(chain, line)) return place_only(chain, postal, line, limit);
    Town town = town_at(town_start, limit);
    std::uint32_t block_start = town.end;
    if (const std::uint32_t next = wrapped_block(town, last_line)) {
      block_start = next;
      limit = limit_of(++last_line, next);
    }
    const AddressBlock block = block_at(rules_, text_, block_start, limit);
    const bool has_block = block.end > block_start;
    const std::uint32_t core_end = has_block ? block.end : town.span.end;
    const bool alone =
        leads && (ends_line(core_end, limit) || (has_block && building_end(core_end, limit, true) == limit));
    const bool announced = postal != nullptr || labelled;
    // A word on the line below is no quarter, if nothing else says so.
    const bool below = town_start > chain.end && lines_.line_of(town_start) > lines_.line_of(chain.end - 1);
    if (below && !has_block && !town.has_unit && postal == nullptr)
      return place_only(chain, postal, line, limit);
    const bool running = !has_block && is_in_running_text(chain, town, announced);
    if (!running && !is_address(chain, town, block, has_block, announced, leads, alone, core_end, limit))
      return place_only(chain, postal, line, limit);
    FoundAddress found;
    Address& address = found.address;
    if (!town.span.empty()) address.street_address = at(town.span);
    if (has_block) address.city_block = at({block_start, block.end});
    std::uint32_t end = core_end;
    if (has_block || (town.has_unit && !running))
      end = read_building(address, core_end, limit, leads, last_line);
    address.match_level = has_block ? 8 : address.street_address.empty() ? 2 : 3;
    finish(found, chain, postal, line, last_line, {start, end});
    return found;
  }

  // A city before which an ideograph stands is the end of another word, unless that word announces an
  // address.
  [[nodiscard]] bool is_inside_word(std::uint32_t start) const {
    const char32_t before = code_point_before(text_, start);
    const bool katakana = is_kana(before) && !is_hiragana(before);
    if (!is_ideograph(before) && !katakana) return false;
    return size_before(start, AddressWord::label) == 0 && size_before(start, AddressWord::office) == 0;
  }

  [[nodiscard]] bool is_labelled(std::uint32_t start, std::uint32_t line) const {
    std::uint32_t at = start;
    const auto is_mark = [](char c) {
      return std::string_view(" \t:)]|/").find(c) != std::string_view::npos;
    };
    while (at > lines_.line(line).span.start && is_mark(text_[at - 1])) --at;
    if (at > lines_.line(line).span.start) {
      const std::size_t wide = code_point_before(text_, at) > 0x7F ? 3 : 0;
      return size_before(at, AddressWord::label) > 0 ||
             (wide > 0 && at > wide &&
              size_before(at - static_cast<std::uint32_t>(wide), AddressWord::label) > 0);
    }
    if (line == 0) return false;
    const std::string_view above = label_text(line - 1);
    return places_.is(above, AddressWord::label) ||
           (above.size() > 6 && places_.is(above.substr(yoran::size_at(above, 0)), AddressWord::label));
  }

  // Nothing but marks and a label stand before it on its line.
  [[nodiscard]] bool leads_line(std::uint32_t start, std::uint32_t line) const {
    std::uint32_t at = lines_.line(line).span.start;
    while (at < start) {
      const char c = text_[at];
      const std::uint32_t word =
          std::max(size_at(at, AddressWord::label), size_at(at, AddressWord::postal_label));
      const char32_t code_point = code_point_at(text_, at);
      if (word > 0) {
        at += word;
      } else if (!is_ascii_alnum(c) && !is_ideograph(code_point) && !is_kana(code_point)) {
        at += yoran::size_at(text_, at);
      } else {
        // The next cell of a row drawn in the text.
        return start > 0 && (text_[start - 1] == '\t' || (start > 1 && text_.substr(start - 2, 2) == "  "));
      }
    }
    return true;
  }

  [[nodiscard]] bool ends_line(std::uint32_t end, std::uint32_t limit) const {
    const std::uint32_t next = skip_blanks(text_, end, limit);
    return next >= limit || text_[next] == '\n' || text_[next] == '(' || text_[next] == '\t';
  }

  // The end of the line, or where a telephone number or the like begins on it.
  [[nodiscard]] std::uint32_t limit_of(std::uint32_t line, std::uint32_t from) const {
    const std::uint32_t end = lines_.line(line).span.end;
    return from >= end ? end : lines_.contact_words_in(from, end);
  }

  // A quarter at the end of its line whose block begins the next one; 0: none.
  [[nodiscard]] std::uint32_t wrapped_block(const Town& town, std::uint32_t line) const {
    if (town.stopped || town.span.empty() || town.end != lines_.line(line).span.end || !lines_.joined(line))
      return 0;
    const TextSpan next = lines_.line(line + 1).span;
    if (!is_ascii_digit(text_[next.start])) return 0;
    if (lines_.contact_in(next.start, next.end) == next.start) return 0;
    const AddressBlock block = block_at(rules_, text_, next.start, next.end);
    return block.numbers > 1 || block.units ? next.start : 0;
  }

  [[nodiscard]] bool is_address(const PlaceChain& chain, const Town& town, const AddressBlock& block,
                                bool has_block, bool announced, bool leads, bool alone, std::uint32_t end,
                                std::uint32_t limit) const {
    if (town.span.empty() && !has_block) return false;
    const bool strong = has_block && (block.numbers > 1 || block.units || town.has_unit);
    if (town.stopped && !has_block) return false;
    if (strong)
      return leads || announced ||
             (town.span.size() <= kMaxProseTown && size_at(town.span.start, AddressWord::not_town) < 6);
    if (has_block && (announced || alone)) return true;
    // "Greenvale Road 930 is the seat of": a bare number counts where the words behind say that something is
    // there.
    if (has_block && chain.prefecture_printed && size_at(end, AddressWord::lies_at) > 0) return true;
    if (has_block && leads && follows_break(end, limit)) return true;
    if (has_block) return false;
    if (announced) return alone || follows_break(end, limit) || town.has_unit;
    return alone && (chain.prefecture_printed ? is_quarter(town.span) : town.has_direction);
  }

  // A quarter without a block, and the sentence goes on: only a part of a quarter with its number, or words
  // that say that something lies there, tell it from a mere mention of a place.
  [[nodiscard]] bool is_in_running_text(const PlaceChain& chain, const Town& town, bool announced) const {
    if (!town.stopped || town.span.empty()) return false;
    const bool located = size_at(town.end, AddressWord::lies_at) > 0;
    if (town.has_unit || town.has_direction) return chain.prefecture_printed || located || announced;
    return chain.prefecture_printed && (located || announced) && is_plain_quarter(town.span);
  }

  // Ideographs, with one kana between them at most; the name of no building, station, river.
  [[nodiscard]] bool is_plain_quarter(TextSpan town) const {
    constexpr std::uint32_t kLongestPlain = 30;  // bytes
    constexpr std::uint32_t kLongestWithKana = 12;
    if (town.size() < 6 || town.size() > kLongestPlain || !is_quarter(town)) return false;
    const std::string_view name = text_.substr(town.start, town.size());
    if (places_.has_ending(name, AddressWord::facility)) return false;
    std::uint32_t kana = 0;
    for (std::uint32_t at = town.start; at < town.end; at += yoran::size_at(text_, at)) {
      const char32_t c = code_point_at(text_, at);
      if (is_hiragana(c)) {
        const std::string_view before = text_.substr(town.start, at - town.start);
        if (++kana > 1 || places_.has_ending(before, AddressWord::facility)) return false;
      } else if (!is_ideograph(c) && !is_kana(c)) {
        return false;
      }
    }
    return kana == 0 || (town.size() <= kLongestWithKana && !is_hiragana(code_point_before(text_, town.end)));
  }

  // Prefecture and municipality where a form says that they are the address: a label of that meaning before
  // them, or who has the seat there.
  [[nodiscard]] bool is_seat(const PlaceChain& chain, std::uint32_t line) const {
    if (!chain.prefecture_printed) return false;
    if (size_at(chain.end, AddressWord::seated) > 0) return true;
    const std::uint32_t start = chain.prefecture_span.start;
    if (!ends_claim(chain.end)) return false;
    const TextSpan own = lines_.line(line).span;
    const auto is_mark = [](char c) { return std::string_view(" \t:(").find(c) != std::string_view::npos; };
    std::uint32_t at = start;
    while (at > own.start && is_mark(text_[at - 1])) --at;
    if (at == own.start) return line > 0 && places_.is(label_text(line - 1), AddressWord::seat_label);
    if (at == start && at > own.start + 3 && is_hiragana(code_point_before(text_, at))) at -= 3;
    const auto size = static_cast<std::uint32_t>(size_before(at, AddressWord::seat_label));
    return size > 0 && (at - size == own.start || !is_ideograph(code_point_before(text_, at - size)));
  }

  // Nothing more is said of the place: the line ends, or the sentence.
  [[nodiscard]] bool ends_claim(std::uint32_t at) const {
    if (at >= text_.size() || text_[at] == '\n' || text_[at] == '(' || text_[at] == '\t') return true;
    return size_at(at, AddressWord::town_stop) > 0;
  }

  [[nodiscard]] std::string_view label_text(std::uint32_t line) const {
    std::string_view text = trimmed(lines_.text(line));
    while (!text.empty() && (text.back() == ':' || text.back() == ']' || text.back() == ')'))
      text.remove_suffix(1);
    return text;
  }

  [[nodiscard]] bool follows_break(std::uint32_t end, std::uint32_t limit) const {
    return end >= limit || text_[end] == ' ' || text_[end] == '(' || text_[end] == '\t' || text_[end] == '\n';
  }

  // A name that stands alone behind prefecture and city: no office of the city, no remark on it.
  [[nodiscard]] bool is_quarter(TextSpan town) const {
    const std::string_view name = text_.substr(town.start, town.size());
    if (town.size() > kMaxTown || town.size() < 6)
      return town.size() >= 3 && size_at(town.start, AddressWord::not_town) == 0;
    if (size_at(town.start, AddressWord::not_town) >= 6 || is_hiragana_particle(town.start)) return false;
    return !places_.has_ending(name, AddressWord::building) &&
           !places_.has_ending(name, AddressWord::office) && !places_.has_ending(name, AddressWord::not_town);
  }

  [[nodiscard]] bool is_hiragana_particle(std::uint32_t at) const {
    return is_hiragana(code_point_at(text_, at)) && size_at(at, AddressWord::not_town) > 0;
  }

  // A municipality with a postal code, or as somebody's seat: enough by itself.
  std::optional<FoundAddress> place_only(const PlaceChain& chain, const Mention* postal, std::uint32_t line,
                                         std::uint32_t limit) {
    const bool seat = postal == nullptr && is_seat(chain, line);
    if (postal == nullptr && !seat) return std::nullopt;
    const std::uint32_t next = skip_blanks(text_, chain.end, std::max(chain.end, limit));
    const bool ends = next >= limit || text_[next] == '\n' || text_[next] == '(' || next > chain.end;
    if (!ends && !seat) return std::nullopt;
    FoundAddress found;
    found.address.match_level = 2;
    const std::uint32_t start =
        chain.prefecture_printed ? chain.prefecture_span.start : chain.city_span.start;
    finish(found, chain, postal, line, lines_.line_of(chain.end - 1), {start, chain.end});
    return found;
  }

  std::uint32_t read_building(Address& address, std::uint32_t end, std::uint32_t limit, bool leads,
                              std::uint32_t& last_line) const {
    std::uint32_t start = skip_blanks(text_, end, limit);
    if (start < limit && text_[start] == ',') start = skip_blanks(text_, start + 1, limit);
    const bool apart = start > end;
    if (start < limit && postal_after(end, limit) == nullptr) {
      const char32_t first = code_point_at(text_, start);
      const bool particle = !apart && is_hiragana(first);
      const std::uint32_t stop =
          particle || size_at(start, AddressWord::contact) > 0 ? start : building_end(start, limit, leads);
      if (stop > start) {
        fill_building(address, text_.substr(start, stop - start));
        return stop;
      }
      if (!ends_line(end, limit)) return end;
    }
    if (limit == lines_.line(last_line).span.end && ends_line(end, limit) && lines_.joined(last_line) &&
        is_building_line(last_line + 1)) {
      const TextSpan next = lines_.line(++last_line).span;
      fill_building(address, text_.substr(next.start, next.size()));
      return next.end;
    }
    return end;
  }

  void finish(FoundAddress& found, const PlaceChain& chain, const Mention* postal, std::uint32_t line,
              std::uint32_t last_line, TextSpan span) {
    Address& address = found.address;
    if (postal == nullptr) {
      const Mention* after = postal_after(span.end, lines_.line(last_line).span.end);
      if (after == nullptr) after = postal_below(span.end);
      if (after != nullptr) {
        address.postal_code = postal_text(*after);
        const std::uint32_t close = after->span.end;
        const bool bracket = close < text_.size() && text_[close] == ')';
        span.end = bracket ? close + 1 : close;
      }
    } else {
      address.postal_code = postal_text(*postal);
      if (skip_marks(postal->span.end) < span.start) found.pieces = {postal->span, span};
      span.start = postal->span.start;
      line = lines_.line_of(span.start);
    }
    address.country = "JP";
    if (chain.prefecture_printed) address.prefecture = at(chain.prefecture_span);
    address.city_and_county = without_blanks(at(chain.city_span));
    const Places cities = choose(chain.cities, address.postal_code, span, line);
    if (cities.size() == 1) {
      fill_place(found, chain, cities.front());
    } else {
      // Bounded for documents that repeat such a name without end; two are left to say that it is not clear.
      const std::size_t most = alternatives_ < kMaxAlternatives ? cities.size() : 2;
      for (std::size_t i = 0; i < std::min(most, cities.size()); ++i) {
        FoundAddress other;
        other.address = address;
        fill_place(other, chain, cities[i]);
        other.address.full_address = full_address(other.address, cities[i]);
        found.alternatives.push_back(std::move(other.address));
      }
      alternatives_ += found.alternatives.size();
    }
    address.full_address = full_address(address, cities.size() == 1 ? cities.front() : kNone);
    found.span = span;
    found.first_line = line;
    found.last_line = lines_.line_of(span.end - 1);
  }

  // In one line; with the city of a ward where only the ward is printed.
  [[nodiscard]] std::string full_address(const Address& address, std::uint32_t city) const {
    std::string result = address.prefecture;
    if (city != kNone && places_.place(city).kind == PlaceKind::ward) {
      const std::string_view parent = places_.place(places_.place(city).parent).name;
      if (address.city_and_county.size() <= places_.place(city).name.size()) result += parent;
    }
    result += address.city_and_county + short_form(rules_, address.street_address, address.city_block);
    for (const std::string* part : {&address.building_name_etc, &address.care_of, &address.organization}) {
      if (!part->empty()) result += " " + *part;
    }
    return result;
  }

  void fill_place(FoundAddress& found, const PlaceChain& chain, std::uint32_t city) const {
    const Place& place = places_.place(city);
    found.address.local_government_code = place.code;
    const std::uint32_t prefecture = prefecture_of(city);
    if (!chain.prefecture_printed && prefecture != kNone) {
      found.address.prefecture = places_.place(prefecture).name;
      found.address.assumed.push_back("prefecture");
    }
    if (place.kind != PlaceKind::merged) return;
    found.merged = city;
    found.merged_span = chain.city_span;
  }

  // Past what stands between a code and the place without a word.
  [[nodiscard]] std::uint32_t skip_marks(std::uint32_t at) const {
    while (at < text_.size() && std::string_view(" \t\n)").find(text_[at]) != std::string_view::npos) ++at;
    return at;
  }

  [[nodiscard]] std::string postal_text(const Mention& postal) const {
    const TextSpan code = postal.captures[static_cast<std::size_t>(PostalCapture::code)];
    std::string digits;
    for (std::uint32_t at = code.start; at < code.end; at += yoran::size_at(text_, at)) {
      if (const auto digit = rules_.contacts.digit(code_point_at(text_, at))) digits += *digit;
    }
    return digits;
  }

  static std::string without_blanks(std::string text) {
    std::erase_if(text, [](char c) { return c == ' ' || c == '\n' || c == '\t'; });
    return text;
  }

  // --- Evidence for names that repeat ---

  // What the name means here: the kinds of evidence are asked in turn, the first that leaves one place
  // decides.
  [[nodiscard]] Places choose(Places cities, std::string_view postal, TextSpan span,
                              std::uint32_t line) const {
    keep(cities, [&](std::uint32_t city) {
      return prefecture_of(city) == places_.prefecture_of_postal_code(postal);
    });
    for (std::uint32_t section = lines_.line(line).section; section != kNone && cities.size() > 1;
         section = context_.segments.sections[section].parent) {
      const std::uint32_t heading = context_.segments.sections[section].heading;
      if (heading == kNone) break;
      const TextSpan words = lines_.line(heading).span;
      keep(cities, [&](std::uint32_t city) {
        return is_named(prefectures_, prefecture_of(city), words) ||
               is_named(cities_, places_.place(city).parent, words);
      });
    }
    if (cities.size() > 1) {
      const std::uint32_t prefecture = prefecture_of_phone_near(span);
      keep(cities, [&](std::uint32_t city) { return prefecture_of(city) == prefecture; });
    }
    if (cities.size() > 1) choose_by_document(cities, span.start);
    return cities;
  }

  // Leaves those that pass the test, if any does.
  template <class Test>
  static void keep(Places& cities, Test&& test) {
    if (cities.size() > 1 && std::any_of(cities.begin(), cities.end(), test))
      std::erase_if(cities, [&](std::uint32_t city) { return !test(city); });
  }

  static bool is_named(const Named& named, std::uint32_t place, TextSpan in) {
    const auto first = std::lower_bound(named.begin(), named.end(), std::pair(in.start, std::uint32_t{0}));
    return std::any_of(first, std::upper_bound(first, named.end(), std::pair(in.end, std::uint32_t{0})),
                       [&](const auto& entry) { return entry.second == place; });
  }

  // The telephone number below an address, or right above it, is of the same town.
  [[nodiscard]] std::uint32_t prefecture_of_phone_near(TextSpan span) const {
    constexpr std::uint32_t kLinesBelow = 6;
    constexpr std::uint32_t kLinesAbove = 2;
    const std::uint32_t line = lines_.line_of(span.end - 1);
    for (const Reading& contact : lines_.contacts_from(span.end)) {
      if (contact.line > line + kLinesBelow) break;
      if (const std::uint32_t prefecture = prefecture_of_phone(contact); prefecture != kNone)
        return prefecture;
    }
    const std::uint32_t above = std::max(line, kLinesAbove) - kLinesAbove;
    std::uint32_t last = kNone;
    for (const Reading& contact : lines_.contacts_from(lines_.line(above).span.start)) {
      if (contact.span.end > span.start) break;
      if (const std::uint32_t prefecture = prefecture_of_phone(contact); prefecture != kNone)
        last = prefecture;
    }
    return last;
  }

  [[nodiscard]] std::uint32_t prefecture_of_phone(const Reading& contact) const {
    constexpr std::string_view kJapan = "+81";
    const auto* phone = std::get_if<Phone>(&contact.value);
    if (phone == nullptr || !phone->e164.starts_with(kJapan)) return kNone;
    return places_.prefecture_of_phone(std::string_view(phone->e164).substr(kJapan.size()));
  }

  // The one that the document names with its prefecture; a ward of the city named last before it; the one
  // whose prefecture is the only one named.
  void choose_by_document(Places& cities, std::uint32_t at) const {
    keep_only(cities, [&](std::uint32_t city) { return holds(fully_named_, city); });
    if (cities.size() == 1) return;
    std::uint32_t looked = 0;
    for (auto it = std::lower_bound(cities_.begin(), cities_.end(), std::pair(at, std::uint32_t{0}));
         it != cities_.begin() && looked < kMaxEvidence; ++looked) {
      --it;
      const auto is_parent = [&](std::uint32_t city) {
        return places_.place(city).kind == PlaceKind::ward && places_.place(city).parent == it->second;
      };
      keep(cities, is_parent);
      if (cities.size() == 1) return;
    }
    keep_only(cities, [&](std::uint32_t city) { return holds(prefectures_named_, prefecture_of(city)); });
  }

  // The same as keep, but only where it leaves one.
  template <class Test>
  static void keep_only(Places& cities, Test&& test) {
    if (std::count_if(cities.begin(), cities.end(), test) == 1) keep(cities, test);
  }

  static bool holds(const Places& sorted, std::uint32_t place) {
    return std::binary_search(sorted.begin(), sorted.end(), place);
  }

  static constexpr std::uint32_t kMaxEvidence = 50;
  static constexpr std::size_t kMaxAlternatives = 5000;  // in one document

  const Mentions& mentions_;
  const AddressLines& lines_;
  const InterpretContext& context_;
  const RulePack& rules_;
  const AddressRules& places_;
  std::string_view text_;
  mutable std::uint32_t named_ = kNone;  // the position of names_
  mutable std::vector<WordMatch> names_;
  std::vector<std::uint32_t> starts_;
  std::vector<const Mention*> postals_;
  std::pair<std::uint32_t, std::uint32_t> last_prefecture_{kNone, kNone};  // where it ends, which
  Named prefectures_;                                                      // in text order
  Named cities_;
  Places prefectures_named_;  // sorted
  Places fully_named_;        // cities behind their prefecture, sorted
  std::vector<FoundAddress> result_;
  std::size_t alternatives_ = 0;
};

}  // namespace

std::vector<FoundAddress> find_japanese_addresses(const Mentions& mentions, const AddressLines& lines,
                                                  const InterpretContext& context) {
  return Finder(mentions, lines, context).run();
}

}  // namespace yoran
