#include "rulepack/address_rules.h"

#include <algorithm>
#include <bit>

#include "rulepack/fold_table.h"
#include "types/document.h"
#include "types/utf8.h"

namespace yoran {
namespace {

constexpr std::array<std::string_view, kAddressWords> kWordNames = {
    "town_unit",     "block_unit",      "block_link",      "no_block",
    "numeral",       "direction",       "town_prefix",     "lies_at",
    "not_town",      "town_stop",       "counted",         "building",
    "building_part", "care_of",         "romaji_unit",     "street",
    "street_ending", "house_number",    "po_box",          "box_number",
    "unit",          "building_name",   "organisation",    "office",
    "label",         "physical",        "postal",          "postal_label",
    "area",          "contact",         "attention",       "article",
    "region_suffix", "locality_prefix", "quarter_letters", "postal_lead",
    "hyphen_unit",   "ordinal",         "closed_unit",     "kept_lead",
    "seated",        "seat_label",      "facility",        "component",
    "particle",      "floor",           "office_in",       "sentence_lead"};

// Words that make a line worth a look wherever they stand.
constexpr AddressWord kSigns[] = {AddressWord::po_box, AddressWord::street};
constexpr std::size_t kShortestSign = 5;  // shorter ones are common words of some language
constexpr std::size_t kLongestAreaCode = 4;
constexpr std::size_t kShortestLoose = 4;  // names of fewer letters need their case

template <class... Parts>
std::string joined(const Parts&... parts) {
  std::string text;
  (text.append(parts), ...);
  return text;
}

char last_letter(std::string_view text) { return ascii_lower(text.back()); }

// Of the two bytes a text ends in, without case: other bytes may share it.
std::size_t ending_key(char before, char last) {
  const auto low = [](char c) { return static_cast<unsigned char>(c) & 31U; };
  return std::size_t{low(before)} << 5U | low(last);
}

// Without ASCII case, compared from the end on, where most words differ.
bool ends_in(std::string_view text, std::string_view word) {
  return text.size() >= word.size() &&
         std::equal(word.rbegin(), word.rend(), text.rbegin(),
                    [](char x, char y) { return ascii_lower(x) == ascii_lower(y); });
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::size_t letters_in(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return c != '.' && c != ' '; }));
}

bool is_ideograph(std::string_view character) {
  return character.size() >= 3 && static_cast<unsigned char>(character[0]) >= 0xE4;
}

// 0 stands for those of four bytes.
std::uint32_t first_character(std::string_view text) {
  const char32_t character = code_point_at(text, 0);
  return character < 0x10000 ? character : 0;
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

std::vector<std::string_view> split(std::string_view text, char mark) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t at = text.find(mark);
    parts.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

// Matches a pattern against prefixes of a text, for all starts at once: bit i stands for "i bytes are
// matched".
class ShapeMatcher {
 public:
  static constexpr char kAny = '\0';  // stands for any character of the text

  ShapeMatcher(std::string_view pattern, std::string_view text) : pattern_(pattern), text_(text) {}

  std::uint32_t alternatives(std::uint32_t starts) {
    std::uint32_t ends = sequence(starts);
    while (next_ < pattern_.size() && pattern_[next_] == '|') {
      ++next_;
      ends |= sequence(starts);
    }
    return ends;
  }

 private:
  std::uint32_t sequence(std::uint32_t starts) {
    while (next_ < pattern_.size() && pattern_[next_] != '|' && pattern_[next_] != ')')
      starts = repeated(starts);
    return starts;
  }

  std::uint32_t repeated(std::uint32_t starts) {
    const std::size_t atom_start = next_;
    std::uint32_t once = atom(starts);
    const auto [least, most] = counts();
    const std::size_t behind = next_;
    std::uint32_t ends = least == 0 ? starts : 0;
    for (std::uint32_t n = 1; n <= most && once != 0; ++n) {
      if (n >= least) ends |= once;
      if (n == most) break;
      next_ = atom_start;
      once = atom(once);
    }
    next_ = behind;
    return ends;
  }

  std::pair<std::uint32_t, std::uint32_t> counts() {
    if (next_ >= pattern_.size()) return {1, 1};
    if (pattern_[next_] == '?') return ++next_, std::pair{0U, 1U};
    if (pattern_[next_] != '{') return {1, 1};
    ++next_;
    const std::uint32_t least = number();
    std::uint32_t most = least;
    if (next_ < pattern_.size() && pattern_[next_] == ',') ++next_, most = number();
    if (next_ < pattern_.size()) ++next_;  // }
    return {least, most};
  }

  std::uint32_t number() {
    std::uint32_t value = 0;
    while (next_ < pattern_.size() && is_ascii_digit(pattern_[next_]))
      value = std::min<std::uint32_t>(value * 10 + static_cast<std::uint32_t>(pattern_[next_++] - '0'), 99);
    return value;
  }

  std::uint32_t atom(std::uint32_t starts) {
    const char c = pattern_[next_];
    if (c == '(') {
      next_ += pattern_.substr(next_).starts_with("(?:") ? 3 : 1;
      const std::uint32_t ends = alternatives(starts);
      if (next_ < pattern_.size()) ++next_;  // )
      return ends;
    }
    const std::size_t from = next_;
    if (c == '[') {
      next_ = std::min(pattern_.find(']', next_ + 2), pattern_.size() - 1) + 1;
    } else {
      next_ += c == '\\' && next_ + 1 < pattern_.size() ? 2 : 1;
    }
    const std::string_view set = pattern_.substr(from, next_ - from);
    std::uint32_t ends = 0;
    for (std::uint32_t left = starts; left != 0; left &= left - 1) {
      const auto i = static_cast<std::size_t>(std::countr_zero(left));
      if (i < std::min<std::size_t>(text_.size(), 31) && holds(set, text_[i])) ends |= 2U << i;
    }
    return ends;
  }

  static bool holds(std::string_view set, char c) {
    if (c == kAny) return true;
    if (set == "\\d") return is_ascii_digit(c);
    if (set.front() == '\\') return set.back() == c;
    if (set.front() != '[') return set.front() == c;
    for (std::size_t i = 1; i + 1 < set.size(); ++i) {
      if (set[i] == '\\' && i + 2 < set.size()) {
        ++i;
        if (set[i] == 'd' ? is_ascii_digit(c) : set[i] == c) return true;
      } else if (i + 3 < set.size() && set[i + 1] == '-') {
        if (c >= set[i] && c <= set[i + 2]) return true;
        i += 2;
      } else if (set[i] == c) {
        return true;
      }
    }
    return false;
  }

  std::string_view pattern_;
  std::string_view text_;
  std::size_t next_ = 0;
};

}  // namespace

bool matches_shape(std::string_view pattern, std::string_view text) {
  if (pattern.empty() || text.empty() || text.size() > 31) return false;
  ShapeMatcher matcher(pattern, text);
  return (matcher.alternatives(1) >> text.size() & 1U) != 0;
}

std::uint32_t shape_lengths(std::string_view pattern) {
  constexpr std::size_t kLongestCode = 20;
  if (pattern.empty()) return 0;
  const std::string text(kLongestCode, ShapeMatcher::kAny);
  return ShapeMatcher(pattern, text).alternatives(1) & ~1U;
}

bool shape_has_small_letters(std::string_view pattern) {
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const bool digits = pattern[i] == 'd' && i > 0 && pattern[i - 1] == '\\';
    if (is_ascii_lower(pattern[i]) && !digits) return true;
  }
  return false;
}

// A row of a table, its columns by the names in the head.
struct AddressRules::Row {
  std::vector<std::string_view> columns;
  std::vector<std::string_view> cells;

  [[nodiscard]] std::string_view operator[](std::string_view column) const {
    const auto found = std::find(columns.begin(), columns.end(), column);
    const auto index = static_cast<std::size_t>(found - columns.begin());
    return index < cells.size() ? cells[index] : std::string_view();
  }
  [[nodiscard]] std::vector<std::string_view> list(std::string_view column) const {
    const std::string_view cell = (*this)[column];
    return cell.empty() ? std::vector<std::string_view>() : split(cell, '|');
  }
};

void AddressRules::read(TableReader& root, const FoldTable& folds, WordLists& lists) {
  read_words(root, folds, lists);
  for (const auto& [name, items] : root.lists("variants")) {
    std::vector<std::string>& group = variants_.emplace_back();
    group.push_back(folds.fold(name.text));
    for (const TableReader::Item& item : items) group.push_back(folds.fold(item.text));
    for (const std::string& character : group) varied_.insert(first_character(character));
  }
  for (const auto& [name, items] : root.lists("postal_districts")) {
    for (const TableReader::Item& item : items) postal_districts_[item.text] = name.text;
  }
  for (const auto& [name, items] : root.lists("romaji_kinds")) {
    for (const TableReader::Item& item : items) romaji_kinds_[name.text].push_back(item.text);
  }
  for (const auto& [name, items] : root.lists("area_codes")) {
    for (const TableReader::Item& item : items) area_codes_[item.text] = name.text;
  }
  for (const auto& [name, items] : root.lists("postal_leads")) {
    for (const TableReader::Item& item : items) postal_leads_[item.text] = name.text;
  }
  for (const auto& [name, items] : root.lists("cities")) {
    std::vector<std::string>& names = cities_.emplace_back(name.text, std::vector<std::string>()).second;
    for (const TableReader::Item& item : items) names.push_back(folds.fold(item.text));
  }
  for (const auto& [name, items] : root.lists("regions")) {
    std::vector<std::string>& names =
        more_regions_.emplace_back(name.text, std::vector<std::string>()).second;
    for (const TableReader::Item& item : items) names.push_back(folds.fold(item.text));
  }
}

void AddressRules::read_words(TableReader& root, const FoldTable& folds, WordLists& lists) {
  const std::vector<std::string> known(kWordNames.begin(), kWordNames.end());
  for (const auto& [name, items] : root.lists("words")) {
    const auto found = std::find(kWordNames.begin(), kWordNames.end(), name.text);
    if (found == kWordNames.end()) {
      root.error(name.at, "rule.unknown-key", "unknown kind of word '" + name.text + "'",
                 suggestion(name.text, known));
      continue;
    }
    const auto meaning = static_cast<std::uint16_t>(found - kWordNames.begin());
    std::vector<std::string>& list = lists_[meaning];
    for (const TableReader::Item& item : items) list.push_back(folds.fold(item.text));
    std::erase(list, std::string());
    std::stable_sort(list.begin(), list.end(),
                     [](const auto& a, const auto& b) { return a.size() > b.size(); });
    for (const std::string& word : list) words_.add({word, meaning, 0, false});
    std::vector<std::string>& pattern_list = lists["address_" + name.text];
    pattern_list.insert(pattern_list.end(), list.begin(), list.end());
    std::stable_sort(list.begin(), list.end(),
                     [](const auto& a, const auto& b) { return last_letter(a) < last_letter(b); });
    for (const std::string& word : list) add_ending(word, meaning);
  }
  words_.build();
  const std::uint32_t sign = add_place({PlaceKind::sign, "", "", kNone, kNone});
  for (const AddressWord meaning : kSigns) {
    for (const std::string& word : lists_[static_cast<std::size_t>(meaning)]) {
      if (word.size() >= kShortestSign) add_name(word, sign);
    }
  }
}

void AddressRules::add_ending(std::string_view word, std::uint16_t meaning) {
  std::bitset<kEndings>& endings = endings_[meaning];
  if (word.size() > 1) {
    endings.set(ending_key(word[word.size() - 2], word.back()));
    return;
  }
  for (char before = 0; before < 32; ++before) endings.set(ending_key(before, word.back()));
}

// Tables name rows of others: they are read in this order, each when those before it of its group have been.
void AddressRules::read_tsv(std::string_view path, std::string_view text, const FoldTable& folds,
                            RuleErrors& errors) {
  constexpr std::array<std::string_view, kTables> kNames = {"prefectures.tsv", "municipalities.tsv",
                                                            "merged.tsv", "countries.tsv", "regions.tsv"};
  const auto known =
      std::find_if(kNames.begin(), kNames.end(), [&](std::string_view name) { return path.ends_with(name); });
  if (known == kNames.end()) return;
  Table& table = tables_[static_cast<std::size_t>(known - kNames.begin())];
  table = {path, text, true, false};
  for (std::size_t i = 0; i < kTables; ++i) {
    const bool first = i == 0 || kNames[i] == kNames[kFirstOfWorld];
    if (!tables_[i].given || tables_[i].read || (!first && !tables_[i - 1].read)) continue;
    read_table(i, folds, errors);
  }
}

void AddressRules::read_table(std::size_t index, const FoldTable& folds, RuleErrors& errors) {
  using Reader = void (AddressRules::*)(const Row&);
  constexpr std::array<Reader, kTables> kReaders = {
      &AddressRules::read_prefecture, &AddressRules::read_municipality, &AddressRules::read_merged,
      &AddressRules::read_country, &AddressRules::read_region};
  Table& table = tables_[index];
  table.read = true;
  const auto rows = static_cast<std::size_t>(std::count(table.text.begin(), table.text.end(), '\n'));
  places_.reserve(places_.size() + rows + rows / 4);  // counties and cities beside them
  Row row;
  std::uint32_t number = 0;
  for (std::string_view line : split(table.text, '\n')) {
    ++number;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) continue;
    if (line.front() == '#') {
      row.columns = split(line.substr(std::min<std::size_t>(line.size(), 2)), '\t');
      continue;
    }
    row.cells = split(line, '\t');
    for (std::string_view& cell : row.cells) {
      if (!folds.leaves(cell)) cell = texts_.keep(folds.fold(cell));
    }
    if (row.cells.size() > row.columns.size() || row.cells.front().empty()) {
      errors.push_back({std::string(table.path),
                        {number, 1},
                        "rule.bad-table",
                        "the row does not fit the columns of the head",
                        ""});
      continue;
    }
    (this->*kReaders[index])(row);
  }
}

std::uint32_t AddressRules::add_place(const Place& place) {
  places_.push_back(place);
  return static_cast<std::uint32_t>(places_.size() - 1);
}

// The places of a name stand side by side: when those of an older one become more, they move to the end.
void AddressRules::add_name(std::string_view text, std::uint32_t place, bool exact) {
  if (text.empty()) return;
  const std::uint32_t name = names_.add(text);
  const auto end = static_cast<std::uint32_t>(name_places_.size());
  if (name == meanings_.size()) {
    meanings_.push_back({end, 0, exact});
  }
  Meaning& meaning = meanings_[name];
  const std::span<const std::uint32_t> known = places_of(name);
  if (std::find(known.begin(), known.end(), place) != known.end()) return;
  if (meaning.first + meaning.count != end) {
    for (std::uint32_t i = 0; i < meaning.count; ++i)
      name_places_.push_back(std::uint32_t{name_places_[meaning.first + i]});
    meaning.first = end;
  }
  name_places_.push_back(place);
  ++meaning.count;
}

// The name with each group of interchangeable characters replaced throughout; groups combine.
void AddressRules::add_variants(std::string_view text, std::uint32_t place) {
  constexpr std::size_t kMostForms = 24;
  bool varies = false;
  for (std::size_t i = 0; i < text.size(); i += size_at(text, i))
    varies |= varied_.contains(first_character(text.substr(i)));
  if (!varies) return add_name(text, place);
  std::vector<std::string> forms = {std::string(text)};
  for (const std::vector<std::string>& group : variants_) {
    const auto member = std::find_if(group.begin(), group.end(), [&](const std::string& character) {
      // A kana that begins a name is no particle and stays.
      const std::size_t at = text.find(character);
      return at != std::string_view::npos && (at > 0 || is_ideograph(character));
    });
    if (member == group.end()) continue;
    const std::size_t known = forms.size();
    for (std::size_t i = 0; i < known; ++i) {
      for (const std::string& other : group) {
        if (other != *member && forms.size() < kMostForms)
          forms.push_back(replaced(forms[i], *member, other));
      }
    }
  }
  for (const std::string& form : forms) add_name(form, place);
}

// "Chuo-ku": with the kind behind a hyphen, a blank, in English or in its other reading; without it when that
// is long enough to be no word.
void AddressRules::add_romaji(std::string_view romaji, std::uint32_t place) {
  const std::size_t hyphen = romaji.rfind('-');
  if (hyphen == std::string_view::npos) return add_name(romaji, place, true);
  const std::string stem(romaji.substr(0, hyphen));
  const std::string kind(romaji.substr(hyphen + 1));
  add_name(romaji, place);
  add_name(stem + ' ' + kind, place, true);
  const bool long_stem = stem.size() >= 4;
  for (const std::string& other : romaji_kinds_[kind]) {
    if (other.front() != '-') {
      add_name(std::string(stem).append(" ").append(other), place, true);
    } else if (long_stem) {
      add_name(stem + other, place);
    }
  }
  if (places_[place].kind == PlaceKind::municipality && long_stem) add_name(stem, place, true);
}

std::uint32_t AddressRules::place_of_key(std::string_view key) const {
  const std::uint32_t found = keys_.find(key);
  return found == kNone ? kNone : key_places_[found];
}

void AddressRules::set_key(std::string_view key, std::uint32_t place) {
  const std::uint32_t number = keys_.add(key);
  if (number == key_places_.size()) key_places_.emplace_back();
  key_places_[number] = place;
}

void AddressRules::read_prefecture(const Row& row) {
  const std::string_view name = row["name"];
  const std::string_view romaji = row["romaji"];
  const std::uint32_t index =
      add_place({PlaceKind::prefecture, name, row["code"], kNone, kNone, {}, {}, romaji});
  set_key(name, index);
  add_variants(name, index);
  add_name(romaji, index, true);
  for (const std::string_view alias : row.list("aliases")) add_name(alias, index, true);
}

std::uint32_t AddressRules::county_of(std::string_view prefecture, std::string_view name,
                                      std::string_view romaji) {
  if (name.empty()) return kNone;
  const std::string key = joined(prefecture, name);
  const std::uint32_t known = place_of_key(key);
  if (known != kNone) return known;
  const std::uint32_t county = add_place({PlaceKind::county, name, "", prefecture_named(prefecture), kNone});
  set_key(key, county);
  add_variants(name, county);
  add_romaji(romaji, county);
  return county;
}

void AddressRules::read_municipality(const Row& row) {
  const std::string_view prefecture = row["prefecture"];
  const std::string_view city = row["city"];
  const std::string_view ward = row["ward"];
  const std::string_view county_name = row["county"];
  const std::uint32_t county = county_of(prefecture, county_name, row["county_romaji"]);
  const std::string city_key = joined(prefecture, county_name, "/", city);
  Place place{PlaceKind::municipality, city, row["code"], prefecture_named(prefecture), county};
  place.until = row["last"];
  if (!ward.empty()) {
    place.kind = PlaceKind::ward;
    place.name = ward;
    place.parent = place_of_key(city_key);
    place.county = kNone;
  }
  const std::uint32_t index = add_place(place);
  if (ward.empty()) set_key(city_key, index);
  add_variants(place.name, index);
  add_romaji(row["romaji"], index);
  add_romaji(row["macrons"], index);
}

void AddressRules::read_merged(const Row& row) {
  const std::string_view name = row["old_name"];
  const std::string_view prefecture = row["prefecture"];
  // A name that is still in use says nothing about an old one.
  for (const std::uint32_t place : find(name)) {
    const Place& known = places_[place];
    if (known.kind == PlaceKind::municipality && known.parent == prefecture_named(prefecture)) return;
  }
  const std::string_view successor = texts_.keep(joined(row["new_county"], row["new_name"]));
  const std::uint32_t index = add_place({PlaceKind::merged, name, row["new_code"],
                                         prefecture_named(prefecture), kNone, successor, row["date"]});
  add_variants(name, index);
  const std::uint32_t county = county_of(prefecture, row["old_county"], {});  // may add a place
  places_[index].county = county;
}

void AddressRules::read_country(const Row& row) {
  const std::string_view country_code = row["code"];
  const std::uint32_t index = add_place({PlaceKind::country, row["name_en"], country_code, kNone, kNone});
  country_of_code_[country_code] = static_cast<std::uint32_t>(countries_.size());
  country_of_place_[index] = static_cast<std::uint32_t>(countries_.size());
  countries_.push_back({index, row["calling_code"], row["postal_pattern"],
                        shape_lengths(row["postal_pattern"]), shape_has_small_letters(row["postal_pattern"]),
                        row["postal_prefix"]});
  add_name(row["name_en"], index);
  add_name(row["name_ja"], index);
  for (const std::string_view column : {"aliases_en", "aliases_ja", "aliases_local"}) {
    for (const std::string_view alias : row.list(column))
      add_name(alias, index, letters_in(alias) < kShortestLoose);
  }
  for (const auto& [code, names] : cities_) {
    if (code != country_code) continue;
    for (const std::string& name : names)
      add_name(name, add_place({PlaceKind::city, texts_.keep(name), "", index, kNone}), true);
  }
  for (const auto& [code, names] : more_regions_) {
    if (code != country_code) continue;
    for (const std::string& name : names)
      add_region_key(code, name, add_place({PlaceKind::region, texts_.keep(name), "", index, kNone}));
  }
}

void AddressRules::add_region_key(std::string_view country, std::string_view form, std::uint32_t place) {
  const std::uint32_t known = region_of(country, form);
  if (known != kNone) return;
  region_keys_.add(joined(country, "\t", form));
  regions_.push_back(place);
}

void AddressRules::read_region(const Row& row) {
  const std::string_view country_code = row["country"];
  const Country* country = this->country(country_code);
  if (country == nullptr) return;
  const std::string_view iso = row["iso"];
  const std::string_view code = row["code"];
  const bool short_code = code.size() <= 4 && is_ascii(code);
  const std::uint32_t index = add_place(
      {PlaceKind::region, row["name"], short_code ? code : std::string_view(), country->place, kNone});
  if (short_code) add_region_key(country_code, code, index);
  if (!iso.empty() && !is_ascii_digit(iso[0])) add_region_key(country_code, iso, index);
  std::vector<std::string_view> forms = row.list("aliases");
  forms.insert(forms.begin(), {row["name"], row["latin"]});
  for (const std::string_view form : forms) {
    if (form.empty()) continue;
    add_region_key(country_code, form, index);
    // Names of three letters and two ideographs are too common for running text.
    if (form.size() >= 4) add_name(form, index, true);
  }
}

void AddressRules::add_words(WordIndex& words, std::uint16_t category) const {
  for (std::uint32_t i = 0; i < names_.size(); ++i)
    words.add({names_.text(i), category, i, meanings_[i].exact});
}

std::span<const std::uint32_t> AddressRules::find(std::string_view text) const {
  std::uint32_t name = names_.find(text);
  if (name == kNone && letters_in(text) >= kShortestLoose) name = names_.find_loosely(text);
  return name == kNone ? std::span<const std::uint32_t>() : places_of(name);
}

std::uint32_t AddressRules::region_of(std::string_view country, std::string_view text) const {
  const std::uint32_t found = region_keys_.find_loosely(joined(country, "\t", text));
  return found == kNone ? kNone : regions_[found];
}

const Country* AddressRules::country(std::string_view code) const {
  const auto found = country_of_code_.find(code);
  return found == country_of_code_.end() ? nullptr : &countries_[found->second];
}

const Country* AddressRules::country_of_lead(std::string_view letters) const {
  const auto found = postal_leads_.find(std::string(letters));
  return country(found == postal_leads_.end() ? letters : std::string_view(found->second));
}

const Country* AddressRules::country(std::uint32_t place) const {
  const auto found = country_of_place_.find(place);
  return found == country_of_place_.end() ? nullptr : &countries_[found->second];
}

bool AddressRules::is_postal_code(const Country& country, std::string_view text) const {
  // Every postal code has a digit and one of a few lengths, and most have no small letter: most words are
  // done with here.
  return text.size() < 32 && (country.postal_lengths >> text.size() & 1U) != 0 &&
         std::any_of(text.begin(), text.end(), is_ascii_digit) &&
         (country.postal_small_letters || std::none_of(text.begin(), text.end(), is_ascii_lower)) &&
         matches_shape(country.postal_pattern, text);
}

std::uint32_t AddressRules::prefecture_of_postal_code(std::string_view digits) const {
  const auto found = postal_districts_.find(std::string(digits.substr(0, 2)));
  return found == postal_districts_.end() ? kNone : prefecture_named(found->second);
}

std::uint32_t AddressRules::prefecture_of_phone(std::string_view national) const {
  for (std::size_t size = std::min(national.size(), kLongestAreaCode); size > 0; --size) {
    const auto found = area_codes_.find(std::string(national.substr(0, size)));
    if (found != area_codes_.end()) return prefecture_named(found->second);
  }
  return kNone;
}

std::size_t AddressRules::at(std::string_view text, std::size_t position, AddressWord meaning) const {
  const auto found = words_.longest(text, position, static_cast<std::uint16_t>(meaning));
  return found ? found->size : 0;
}

std::span<const std::string> AddressRules::ending_as(std::string_view text, AddressWord meaning) const {
  const std::vector<std::string>& list = lists_[static_cast<std::size_t>(meaning)];
  if (text.empty()) return {};
  const char before = text.size() > 1 ? text[text.size() - 2] : '\0';
  if (!endings_[static_cast<std::size_t>(meaning)][ending_key(before, text.back())]) return {};
  const char last = last_letter(text);
  const auto first = std::lower_bound(list.begin(), list.end(), last,
                                      [](const auto& word, char c) { return last_letter(word) < c; });
  const auto behind = std::upper_bound(first, list.end(), last,
                                       [](char c, const auto& word) { return c < last_letter(word); });
  return {first, behind};
}

std::size_t AddressRules::before(std::string_view text, std::size_t position, AddressWord meaning) const {
  const std::string_view head = text.substr(0, position);
  for (const std::string& word : ending_as(head, meaning)) {
    if (!ends_in(head, word)) continue;
    const std::size_t start = position - word.size();
    const bool glued = start > 0 && is_ascii_alnum(text[start - 1]) && is_ascii_alnum(word.front()) &&
                       is_ascii_digit(text[start - 1]) == is_ascii_digit(word.front());
    if (!glued) return word.size();
  }
  return 0;
}

bool AddressRules::is(std::string_view text, AddressWord meaning) const {
  return !text.empty() && at(text, 0, meaning) == text.size();
}

bool AddressRules::is_one_of(std::string_view text, AddressWordSet meanings) const {
  bool found = false;
  if (!words_.may_start(text, 0)) return found;
  words_.match(text, 0, [&](const WordMatch& match) {
    found |= match.size == text.size() && meanings.contains(static_cast<AddressWord>(match.word->category));
  });
  return found;
}

bool AddressRules::has_ending(std::string_view text, AddressWord meaning) const {
  const std::span<const std::string> list = ending_as(text, meaning);
  return std::any_of(list.begin(), list.end(), [&](const std::string& word) {
    return text.size() > word.size() && ends_in(text, word);
  });
}

EntityVocabulary postal_code_vocabulary() {
  return {MentionKind::postal_code, {"code", "town"}, {"japan", "bare"}};
}
EntityVocabulary address_vocabulary() { return {MentionKind::address, {}, {}}; }

}  // namespace yoran
