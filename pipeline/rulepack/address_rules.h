// Places and the words of addresses: the gazetteer, the lexicon of type "addresses", and one look-up for
// both. Cost: read in 4 ms and held in about 3 MB of heap; CONTRIBUTING.md says how that was measured.
#ifndef YORAN_RULEPACK_ADDRESS_RULES_H_
#define YORAN_RULEPACK_ADDRESS_RULES_H_

#include <array>
#include <bitset>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "rulepack/entity.h"
#include "rulepack/rule_error.h"
#include "rulepack/table_reader.h"
#include "rulepack/text_store.h"
#include "rulepack/text_table.h"
#include "rulepack/word_index.h"
#include "types/code_point_set.h"

namespace yoran {

struct FoldTable;

enum class PlaceKind : std::uint8_t {
  country,
  region,        // first-level subdivision elsewhere
  city,          // capitals and large cities elsewhere
  prefecture,    // Japan
  county,        // Japan: between prefecture and town
  municipality,  // Japan: city, town, village, special ward
  ward,          // Japan: of a designated city
  merged,        // Japan: a municipality that is part of another one today
  sign,          // no place: a word of an address (street, box, office) that is worth a look at its line
};

// Its texts are the tables' or kept beside them.
struct Place {
  PlaceKind kind = PlaceKind::country;
  std::string_view name;  // as its table writes it, folded
  std::string_view code;  // country: ISO 3166-1; region: its short form or empty; Japan: six digits
  std::uint32_t parent =
      0xFFFFFFFF;  // region, city: country; county, municipality: prefecture; ward: municipality
  std::uint32_t county = 0xFFFFFFFF;  // of a town or village
  std::string_view successor = {};    // merged: what it is today
  std::string_view until = {};        // merged: the day, YYYY-MM-DD
  std::string_view latin = {};        // prefecture: its name in Latin script
};

struct Country {
  std::uint32_t place = 0;
  std::string_view calling_code;
  std::string_view postal_pattern;   // in RE2's syntax, matched by matches_shape
  std::uint32_t postal_lengths = 0;  // bit n: a code may have n bytes
  bool postal_small_letters = false;
  std::string_view postal_prefix;  // may stand before the code
};

// What a word of an address says; the words are in the lexicon, under these names.
enum class AddressWord : std::uint16_t {
  town_unit,
  block_unit,
  block_link,
  no_block,
  numeral,
  direction,
  town_prefix,
  lies_at,
  not_town,
  town_stop,
  counted,
  building,
  building_part,
  care_of,
  romaji_unit,
  street,
  street_ending,
  house_number,
  po_box,
  box_number,
  unit,
  building_name,
  organisation,
  office,
  label,
  physical,
  postal,
  postal_label,
  area,
  contact,
  attention,
  article,
  region_suffix,
  locality_prefix,
  quarter_letters,
  postal_lead,
  hyphen_unit,
  ordinal,
  closed_unit,
  kept_lead,
  seated,
  seat_label,
  facility,
  component,
  particle,
  floor,
  office_in,
  sentence_lead,
};
inline constexpr std::size_t kAddressWords = 48;

class AddressWordSet {
 public:
  constexpr AddressWordSet(std::initializer_list<AddressWord> words) {
    for (const AddressWord word : words) bits_ |= bit(word);
  }
  [[nodiscard]] constexpr bool contains(AddressWord word) const { return (bits_ & bit(word)) != 0; }

 private:
  static_assert(kAddressWords <= 64);
  [[nodiscard]] static constexpr std::uint64_t bit(AddressWord word) {
    return std::uint64_t{1} << static_cast<unsigned>(word);
  }
  std::uint64_t bits_ = 0;
};

class AddressRules {
 public:
  // Reads a lexicon of type "addresses"; `format` and `lexicon` have been read. Leaves lists for {name} in
  // patterns.
  void read(TableReader& root, const FoldTable& folds, WordLists& lists);
  // Reads one of prefectures, municipalities, merged, countries, regions (.tsv), in any order; others are
  // ignored. The text has to outlive the rules.
  void read_tsv(std::string_view path, std::string_view text, const FoldTable& folds, RuleErrors& errors);

  // Adds all names to the words of running text. The entry is for places_of.
  void add_words(WordIndex& words, std::uint16_t category) const;
  // What a name may mean: several places for names that repeat.
  [[nodiscard]] std::span<const std::uint32_t> places_of(std::uint32_t entry) const {
    return std::span(name_places_).subspan(meanings_[entry].first, meanings_[entry].count);
  }
  [[nodiscard]] std::string_view name(std::uint32_t entry) const { return names_.text(entry); }
  [[nodiscard]] const Place& place(std::uint32_t index) const { return places_[index]; }
  [[nodiscard]] const std::vector<Place>& places() const { return places_; }

  // The meanings of a whole text as a name; ASCII letters compare without case if the name has four or more.
  [[nodiscard]] std::span<const std::uint32_t> find(std::string_view text) const;
  // The region of a country by its short form or any of its names; kNone if there is none.
  [[nodiscard]] std::uint32_t region_of(std::uint32_t country, std::string_view text) const {
    return region_of(places_[country].code, text);
  }
  [[nodiscard]] const Country* country(std::string_view code) const;
  [[nodiscard]] const Country* country(std::uint32_t place) const;
  // The country whose codes have these letters before them: its own code, or "D" as on cars.
  [[nodiscard]] const Country* country_of_lead(std::string_view letters) const;
  [[nodiscard]] const std::vector<Country>& countries() const { return countries_; }
  // True if the whole text is a postal code of the country.
  [[nodiscard]] bool is_postal_code(const Country& country, std::string_view text) const;
  // The prefecture whose postal codes begin with these digits; kNone if unknown.
  [[nodiscard]] std::uint32_t prefecture_of_postal_code(std::string_view digits) const;

  // The prefecture whose telephone numbers begin so, without the 0; kNone if unknown.
  [[nodiscard]] std::uint32_t prefecture_of_phone(std::string_view national) const;

  // False for nearly every place where no word of addresses begins.
  [[nodiscard]] bool may_begin(std::string_view text, std::size_t position) const {
    return words_.may_start(text, position);
  }
  [[nodiscard]] bool may_begin(std::string_view text, std::size_t position, AddressWord meaning) const {
    return words_.may_start(text, position, static_cast<std::uint16_t>(meaning));
  }
  // The longest word of this meaning that begins at `position`; its size or 0.
  [[nodiscard]] std::size_t at(std::string_view text, std::size_t position, AddressWord meaning) const;
  // The longest word of this meaning that ends at `position`; its size or 0.
  [[nodiscard]] std::size_t before(std::string_view text, std::size_t position, AddressWord meaning) const;
  // The whole text is such a word.
  [[nodiscard]] bool is(std::string_view text, AddressWord meaning) const;
  [[nodiscard]] bool is_one_of(std::string_view text, AddressWordSet meanings) const;
  // The text ends in such a word, glued to what stands before it.
  [[nodiscard]] bool has_ending(std::string_view text, AddressWord meaning) const;

 private:
  // What a name means.
  struct Meaning {
    std::uint32_t first = 0;  // into name_places_
    std::uint16_t count = 0;
    bool exact = false;
  };
  struct Row;
  struct Table {
    std::string_view path;
    std::string_view text;
    bool given = false;
    bool read = false;
  };
  static constexpr std::size_t kEndings = 1024;
  static constexpr std::size_t kTables = 5;
  static constexpr std::size_t kFirstOfWorld = 3;  // into the tables: the first that is not about Japan

  std::uint32_t add_place(const Place& place);
  void add_name(std::string_view text, std::uint32_t place, bool exact = false);
  void add_variants(std::string_view text, std::uint32_t place);
  void add_romaji(std::string_view romaji, std::uint32_t place);
  void read_words(TableReader& root, const FoldTable& folds, WordLists& lists);
  void add_ending(std::string_view word, std::uint16_t meaning);
  void read_table(std::size_t index, const FoldTable& folds, RuleErrors& errors);
  void read_prefecture(const Row& row);
  void read_municipality(const Row& row);
  void read_merged(const Row& row);
  void read_country(const Row& row);
  void read_region(const Row& row);
  // The words of the list that end in the letter in which the text ends; none if no word ends in its last
  // two.
  [[nodiscard]] std::span<const std::string> ending_as(std::string_view text, AddressWord meaning) const;
  [[nodiscard]] std::uint32_t prefecture_named(std::string_view name) const { return place_of_key(name); }
  [[nodiscard]] std::uint32_t region_of(std::string_view country, std::string_view text) const;
  [[nodiscard]] std::uint32_t place_of_key(std::string_view key) const;
  void set_key(std::string_view key, std::uint32_t place);
  // The county of this name, added if it is new; kNone: no name.
  std::uint32_t county_of(std::string_view prefecture, std::string_view name, std::string_view romaji);
  void add_region_key(std::string_view country, std::string_view form, std::uint32_t place);

  std::array<Table, kTables> tables_;  // while loading
  std::vector<Place> places_;
  std::vector<Country> countries_;
  std::unordered_map<std::string_view, std::uint32_t> country_of_code_;  // into countries_
  std::unordered_map<std::uint32_t, std::uint32_t> country_of_place_;    // into countries_
  TextTable names_;
  std::vector<Meaning> meanings_;           // by name
  std::vector<std::uint32_t> name_places_;  // the places of each name side by side
  TextTable region_keys_;                   // country code, tab, any form
  std::vector<std::uint32_t> regions_;      // by key: place
  TextTable keys_;                          // prefecture, county and city names
  std::vector<std::uint32_t> key_places_;   // by key
  std::vector<std::vector<std::string>> variants_;
  CodePointSet varied_;  // the first characters of variants
  std::vector<std::pair<std::string, std::vector<std::string>>> cities_;
  std::vector<std::pair<std::string, std::vector<std::string>>> more_regions_;
  std::unordered_map<std::string, std::string> postal_districts_;           // two digits: prefecture
  std::unordered_map<std::string, std::vector<std::string>> romaji_kinds_;  // "shi": what it is in English
  std::unordered_map<std::string, std::string> area_codes_;                 // first digits: prefecture
  std::unordered_map<std::string, std::string> postal_leads_;               // letters: country
  WordIndex words_;                                                         // category: AddressWord
  TextStore texts_;
  std::array<std::vector<std::string>, kAddressWords> lists_;  // by last letter, then longest first
  std::array<std::bitset<kEndings>, kAddressWords> endings_;   // keys of the last two letters
};

[[nodiscard]] EntityVocabulary postal_code_vocabulary();
[[nodiscard]] EntityVocabulary address_vocabulary();

// Captures of a postal code: the code without the words before it, and a town beside it.
enum class PostalCapture : std::uint8_t { code, town };
// Flags of its patterns.
inline constexpr std::uint32_t kPostalJapan = 1U << 0U;  // three and four digits, marked as Japanese
inline constexpr std::uint32_t kPostalBare = 1U << 1U;   // digits only: proves nothing alone

// Whether the whole text has the form `pattern` (literals, \d, classes, groups, |, ?, {n}, {n,m}); a text
// beyond 31 bytes has none. Linear: pattern times text.
[[nodiscard]] bool matches_shape(std::string_view pattern, std::string_view text);
// The lengths that texts of a pattern may have: bit n stands for n bytes, up to 20.
[[nodiscard]] std::uint32_t shape_lengths(std::string_view pattern);

}  // namespace yoran

#endif  // YORAN_RULEPACK_ADDRESS_RULES_H_
