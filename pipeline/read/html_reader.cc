#include "read/html_reader.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "read/html_tokenizer.h"
#include "types/ascii.h"

namespace yoran {
namespace {

// --- Elements ---

// Elements that do the same here share one name.
enum Tag : std::uint8_t {
  kOther,  // in truth one of kBuckets tags behind kTags, by a hash of the name
  kParagraph,
  kOption,
  kHeading,
  kList,
  kItem,
  kDescriptions,
  kTerm,
  kDefinition,
  kTable,
  kCaption,
  kRowGroup,
  kRow,
  kCell,
  kHeader,
  kNavigation,
  kMain,
  kFooter,
  kAside,
  kArticle,
  kLegend,
  kTitle,
  kPreformatted,
  kRaw,
  kTemplate,
  kSelect,
  kSvg,
  kMath,
  kRuby,
  kReading,
  kSuperscript,
  kBreak,
  kEmpty,
  kTags
};
constexpr std::size_t kBuckets = 64;

enum Flags : std::uint8_t {
  kNoFlags = 0,
  kBlock = 1,    // the text before and behind it are blocks of their own
  kVoid = 2,     // has no content
  kAlways = 4,   // on the stack, as blocks are
  kHidden = 8,   // its content is not text of the page
  kPhrase = 16,  // style sheets set one apart from the next
};

struct Element {
  std::string_view name;
  std::uint8_t tag = kOther;
  std::uint8_t flags = kNoFlags;
};

constexpr Element kElements[] = {
    {"p", kParagraph, kBlock},
    {"div", kOther, kBlock},
    {"address", kOther, kBlock},
    {"blockquote", kOther, kBlock},
    {"body", kOther, kBlock},
    {"center", kOther, kBlock},
    {"details", kOther, kBlock},
    {"dialog", kOther, kBlock},
    {"fieldset", kOther, kBlock},
    {"figure", kOther, kBlock},
    {"form", kOther, kBlock},
    {"frameset", kOther, kBlock},
    {"head", kOther, kBlock},
    {"hgroup", kOther, kBlock},
    {"html", kOther, kBlock},
    {"optgroup", kOption, kBlock},
    {"option", kOption, kBlock},
    {"search", kOther, kBlock},
    {"summary", kOther, kBlock},
    {"hr", kEmpty, kBlock | kVoid},
    {"h1", kHeading, kBlock},
    {"h2", kHeading, kBlock},
    {"h3", kHeading, kBlock},
    {"h4", kHeading, kBlock},
    {"h5", kHeading, kBlock},
    {"h6", kHeading, kBlock},
    {"ul", kList, kBlock},
    {"ol", kList, kBlock},
    {"menu", kList, kBlock},
    {"dir", kList, kBlock},
    {"li", kItem, kBlock},
    {"dl", kDescriptions, kBlock},
    {"dt", kTerm, kBlock},
    {"dd", kDefinition, kBlock},
    {"table", kTable, kBlock},
    {"caption", kCaption, kBlock},
    {"thead", kRowGroup, kBlock},
    {"tbody", kRowGroup, kBlock},
    {"tfoot", kRowGroup, kBlock},
    {"tr", kRow, kBlock},
    {"td", kCell, kBlock},
    {"th", kCell, kBlock},
    {"header", kHeader, kBlock},
    {"nav", kNavigation, kBlock},
    {"main", kMain, kBlock},
    {"footer", kFooter, kBlock},
    {"aside", kAside, kBlock},
    {"article", kArticle, kBlock},
    {"section", kArticle, kBlock},
    {"figcaption", kLegend, kBlock},
    {"legend", kLegend, kBlock},
    {"title", kTitle, kBlock},
    {"pre", kPreformatted, kBlock},
    {"listing", kPreformatted, kBlock},
    {"textarea", kPreformatted, kBlock},
    {"xmp", kPreformatted, kBlock},
    {"plaintext", kPreformatted, kBlock},
    {"script", kRaw, kAlways | kHidden},
    {"style", kRaw, kAlways | kHidden},
    {"iframe", kRaw, kAlways | kHidden},
    {"noembed", kRaw, kAlways | kHidden},
    {"noframes", kRaw, kAlways | kHidden},
    {"template", kTemplate, kAlways | kHidden},
    {"select", kSelect, kAlways | kHidden},
    {"datalist", kSelect, kAlways | kHidden},
    {"svg", kSvg, kAlways | kHidden},
    {"math", kMath, kAlways},
    {"ruby", kRuby, kAlways},
    {"rt", kReading, kAlways | kHidden},
    {"rp", kReading, kAlways | kHidden},
    {"rtc", kReading, kAlways | kHidden},
    {"rb", kEmpty, kVoid},
    {"sup", kSuperscript, kNoFlags},
    {"br", kBreak, kVoid},
    {"span", kOther, kPhrase},
    {"label", kOther, kPhrase},
    {"b", kOther, kPhrase},
    {"strong", kOther, kPhrase},
    {"area", kEmpty, kVoid},
    {"base", kEmpty, kVoid},
    {"basefont", kEmpty, kVoid},
    {"bgsound", kEmpty, kVoid},
    {"col", kEmpty, kVoid},
    {"embed", kEmpty, kVoid},
    {"frame", kEmpty, kVoid},
    {"image", kEmpty, kVoid},
    {"img", kEmpty, kVoid},
    {"input", kEmpty, kVoid},
    {"keygen", kEmpty, kVoid},
    {"link", kEmpty, kVoid},
    {"meta", kEmpty, kVoid},
    {"param", kEmpty, kVoid},
    {"source", kEmpty, kVoid},
    {"track", kEmpty, kVoid},
    {"wbr", kEmpty, kVoid},
};

// The first eight bytes of a name as a number; few names are longer.
constexpr std::uint64_t key_of(std::string_view name) {
  std::uint64_t key = 0;
  for (std::size_t i = 0; i < name.size() && i < 8; ++i) key = key << 8 | static_cast<unsigned char>(name[i]);
  return key;
}

constexpr std::size_t kSlots = 512;
constexpr std::size_t slot_of(std::uint64_t key) { return (key * 0x9E3779B97F4A7C15U) >> 55; }

// Open addressing over kElements; index + 1.
struct Slot {
  std::uint64_t key = 0;
  std::uint8_t element = 0;
};
constexpr auto kElementSlots = [] {
  std::array<Slot, kSlots> slots{};
  for (std::size_t i = 0; i < std::size(kElements); ++i) {
    const std::uint64_t key = key_of(kElements[i].name);
    std::size_t slot = slot_of(key);
    while (slots[slot].element != 0) slot = (slot + 1) % kSlots;
    slots[slot] = {key, static_cast<std::uint8_t>(i + 1)};
  }
  return slots;
}();

Element element_named(std::string_view name) {
  const std::uint64_t key = key_of(name);
  const std::size_t first = slot_of(key);
  Element element{name, kOther, kNoFlags};
  for (std::size_t slot = first; kElementSlots[slot].element != 0; slot = (slot + 1) % kSlots) {
    if (kElementSlots[slot].key != key) continue;
    const Element& known = kElements[kElementSlots[slot].element - 1U];
    if (name.size() > 8 ? known.name != name : known.name.size() != name.size()) continue;
    element = known;
    break;
  }
  if (element.tag == kOther) element.tag = static_cast<std::uint8_t>(kTags + first % kBuckets);
  return element;
}

// --- Attributes ---

constexpr bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r'; }

bool is_word(std::string_view text, std::string_view word) {
  return text.size() == word.size() && std::equal(text.begin(), text.end(), word.begin(),
                                                  [](char a, char b) { return ascii_lower(a) == b; });
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

// Does a style attribute hide its element? Declarations one after the other, the last one of a property
// counts.
bool hides(std::string_view style) {
  bool display = false;
  bool visibility = false;
  while (!style.empty()) {
    const std::size_t end = std::min(style.find(';'), style.size());
    const std::string_view declaration = style.substr(0, end);
    style.remove_prefix(std::min(end + 1, style.size()));
    const std::size_t colon = declaration.find(':');
    if (colon == std::string_view::npos) continue;
    const std::string_view property = trim(declaration.substr(0, colon));
    std::string_view value = trim(declaration.substr(colon + 1));
    value = trim(value.substr(0, value.find('!')));
    if (is_word(property, "display")) display = is_word(value, "none");
    if (is_word(property, "visibility")) visibility = is_word(value, "hidden") || is_word(value, "collapse");
  }
  return display || visibility;
}

std::optional<Region> region_of_role(std::string_view role) {
  role = trim(role);
  role = role.substr(0, role.find(' '));
  if (is_word(role, "banner")) return Region::header;
  if (is_word(role, "navigation")) return Region::navigation;
  if (is_word(role, "main")) return Region::content;
  if (is_word(role, "contentinfo")) return Region::footer;
  if (is_word(role, "complementary")) return Region::aside;
  return std::nullopt;
}

std::optional<Region> region_of_id(std::string_view id) {
  if (is_word(id, "header")) return Region::header;
  if (is_word(id, "footer")) return Region::footer;
  if (is_word(id, "nav") || is_word(id, "navigation") || is_word(id, "breadcrumb")) return Region::navigation;
  return std::nullopt;
}

struct Attributes {
  bool hidden = false;
  std::optional<Region> region;
};

Attributes attributes_of(const HtmlToken& token) {
  Attributes found;
  std::optional<Region> by_id;
  for (const HtmlAttribute& attribute : token.attributes) {
    const std::string_view name = attribute.name;
    if (name.size() < 2 || name.size() > 6) continue;
    if (is_word(name, "hidden")) found.hidden = true;
    if (is_word(name, "style")) found.hidden |= hides(attribute.value);
    if (is_word(name, "role")) found.region = region_of_role(attribute.value);
    if (is_word(name, "id")) by_id = region_of_id(attribute.value);
  }
  if (!found.region) found.region = by_id;
  return found;
}

// colspan and rowspan: digits at the start; what is not a number is 1.
std::uint32_t span_of(const HtmlToken& token, std::string_view attribute_name, std::uint32_t zero_means) {
  for (const HtmlAttribute& attribute : token.attributes) {
    if (!is_word(attribute.name, attribute_name)) continue;
    const std::string_view value = trim(attribute.value);
    std::uint32_t number = 0;
    std::size_t i = 0;
    for (; i < value.size() && is_ascii_digit(value[i]); ++i)
      number = std::min(number * 10 + static_cast<std::uint32_t>(value[i] - '0'), kMaxSpan);
    if (i == 0) return 1;
    return number == 0 ? zero_means : number;
  }
  return 1;
}

// --- Tables ---

// The rows of one table as they come, after
// https://html.spec.whatwg.org/multipage/tables.html#forming-a-table.
class Grid {
 public:
  explicit Grid(std::uint32_t index) : index_(index) {}

  [[nodiscard]] std::uint32_t index() const { return index_; }

  void begin_row(Table& table) {
    row_ = table.rows++;
    column_ = 0;
    next_ = 0;
    std::erase_if(spanning_, [this](const Spanning& above) { return above.end_row <= row_; });
  }

  // Puts a cell into the current row.
  void place(Cell& cell, std::uint32_t cell_index, Table& table) {
    skip_spanned();
    cell.table = index_;
    cell.row = row_;
    cell.column = std::min(column_, kMaxColumns - 1);
    cell.column_span = std::min(cell.column_span, kMaxColumns - cell.column);
    column_ = cell.column + cell.column_span;
    table.columns = std::max(table.columns, column_);
    if (cell.row_span == 1) return;
    if (spanning_.size() >= kMaxSpanning) {
      cell.row_span = 1;
      return;
    }
    spanning_.insert(spanning_.begin() + static_cast<std::ptrdiff_t>(next_),
                     {cell.column, column_, row_ + cell.row_span, cell_index});
    ++next_;
  }

  // No cell reaches out of its group of rows.
  void end_group(const Table& table, std::vector<Cell>& cells) {
    for (const Spanning& above : spanning_) {
      Cell& cell = cells[above.cell];
      cell.row_span = std::min(cell.row_span, table.rows - cell.row);
    }
    spanning_.clear();
    next_ = 0;
  }

 private:
  struct Spanning {
    std::uint32_t start_column;
    std::uint32_t end_column;
    std::uint32_t end_row;
    std::uint32_t cell;
  };

  void skip_spanned() {
    for (; next_ < spanning_.size() && spanning_[next_].start_column <= column_; ++next_)
      column_ = std::max(column_, spanning_[next_].end_column);
  }

  std::uint32_t index_;
  std::uint32_t row_ = 0;
  std::uint32_t column_ = 0;
  std::size_t next_ = 0;            // first of spanning_ right of column_
  std::vector<Spanning> spanning_;  // by start_column
};

// --- Text ---

constexpr unsigned char kLastBlank = 0x20;

constexpr char32_t kWideOpen = 0xFF08;
constexpr char32_t kWideClose = 0xFF09;
constexpr char32_t kWideZero = 0xFF10;
constexpr char32_t kWideNine = 0xFF19;
constexpr char32_t kWideBracket = 0xFF3B;

// The character of one or three bytes at a place of UTF-8 text; others are none of those asked for here.
char32_t character_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) {
    return static_cast<char32_t>(static_cast<unsigned char>(text[at + i]));
  };
  if (byte(0) >> 4 != 0xE || text.size() - at < 3) return byte(0);
  return (byte(0) & 0xF) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F);
}

constexpr bool is_digit_character(char32_t c) {
  return (c >= '0' && c <= '9') || (c >= kWideZero && c <= kWideNine);
}
constexpr bool ends_number(char32_t c) { return is_digit_character(c) || c == ')' || c == kWideClose; }

bool ends_with_number(std::string_view text) {
  if (text.empty()) return false;
  if (static_cast<unsigned char>(text.back()) < 0x80) return ends_number(character_at(text, text.size() - 1));
  return text.size() >= 3 && character_at(text, text.size() - 3) >= kWideOpen &&
         ends_number(character_at(text, text.size() - 3));
}

bool starts_note(char32_t c) {
  return is_digit_character(c) || c == '[' || c == '(' || c == kWideOpen || c == kWideBracket;
}

// --- Phrases ---

constexpr char32_t kFirstKana = 0x3041;
bool is_capital(char32_t c) { return c >= 'A' && c <= 'Z'; }

std::size_t utf8_size(std::string_view text, std::size_t at) {
  if (at >= text.size()) return 0;
  const auto byte = static_cast<unsigned char>(text[at]);
  return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

bool ends_with_letter(std::string_view text) {
  const char last = text.back();
  if (static_cast<unsigned char>(last) < 0x80) return is_capital(static_cast<char32_t>(last & ~0x20));
  return text.size() >= 3 && character_at(text, text.size() - 3) >= kFirstKana &&
         !ends_number(character_at(text, text.size() - 3));
}

char32_t last_byte(std::string_view text) { return static_cast<unsigned char>(text.back()); }

// A label behind its figure; one letter would be a multiplier.
bool is_capitalised(std::string_view word) {
  return word.size() > 1 && is_capital(static_cast<unsigned char>(word[0])) && word[1] >= 'a' &&
         word[1] <= 'z';
}

// A small letter goes on with the word before it.
bool may_start_phrase(char32_t c) { return is_digit_character(c) || is_capital(c) || c >= kFirstKana; }

// --- The reader ---

class Reader {
 public:
  Reader(std::string_view html, std::size_t start, Document& document)
      : html_(html),
        tokenizer_(html, start),
        document_(document),
        text_(document.text),
        map_(document.source_map) {}

  HtmlNotes read() {
    text_.reserve(html_.size());
    const HtmlToken* token = &tokenizer_.next();
    for (; token->kind != HtmlTokenKind::end; token = &tokenizer_.next()) {
      at_ = token->start;
      if (token->kind == HtmlTokenKind::text) {
        if (!state_.hidden) add_text(*token);
      } else if (token->kind == HtmlTokenKind::start_tag) {
        start_tag(*token);
      } else if (token->kind == HtmlTokenKind::end_tag) {
        end_tag(element_named(token->name));
      }
      if (token->unclosed) notes_.unclosed = SourceSpan{token->start, token->end};
    }
    if (token->unclosed) notes_.unclosed = SourceSpan{token->start, token->end};
    at_ = static_cast<std::uint32_t>(html_.size());
    pop_to(0);
    end_block();
    sort_cells();
    return notes_;
  }

 private:
  // What the open elements say of the text inside them.
  struct State {
    BlockKind kind = BlockKind::paragraph;
    std::uint8_t level = 0;
    std::uint8_t lists = 0;  // depth
    Region region = Region::content;
    bool hidden = false;
    bool preformatted = false;
    bool sectioned = false;  // inside main, article and the like a header is not the page's
    std::uint32_t cell = kNone;
    std::uint32_t caption_of = kNone;  // table
  };

  struct Open {
    std::uint8_t tag;
    bool block;
    std::uint16_t previous;  // place of the next outer element of the same tag
    State outside;
  };

  // --- The stack. Places count from 1; 0 is none. ---

  [[nodiscard]] std::uint16_t place(std::uint8_t tag) const { return places_[tag]; }

  // The innermost element whose inside end tags of outer elements do not reach.
  [[nodiscard]] std::uint16_t barrier() const {
    return std::max({place(kTable), place(kCell), place(kCaption), place(kTemplate)});
  }

  // False if the stack is full: the element is flattened.
  bool push(const Element& element) {
    if (stack_.size() >= kMaxDepth) {
      ++overflow_[element.tag];
      overflows_ = true;
      if (!notes_.flattened) notes_.flattened = SourceSpan{at_, at_ + 1};
      return false;
    }
    stack_.push_back({element.tag, (element.flags & kBlock) != 0, place(element.tag), state_});
    places_[element.tag] = static_cast<std::uint16_t>(stack_.size());
    if (element.tag == kSvg || element.tag == kMath) tokenizer_.set_foreign(true);
    return true;
  }

  void pop_to(std::size_t size) {
    if (stack_.size() <= size) return;
    while (stack_.size() > size) pop();
    // What was too deep for the stack stood inside what was popped.
    if (overflows_) overflow_.fill(0);
    overflows_ = false;
  }

  void pop() {
    const Open open = stack_.back();
    if (!open.outside.hidden && (open.block || open.outside.region != state_.region)) end_block();
    if (open.tag == kCell) close_cell(open.outside);
    if (open.tag == kRowGroup) end_group();
    if (open.tag == kTable) {
      end_group();
      grids_.pop_back();
    }
    state_ = open.outside;
    places_[open.tag] = open.previous;
    stack_.pop_back();
    if (open.tag == kSvg || open.tag == kMath) tokenizer_.set_foreign(place(kSvg) != 0 || place(kMath) != 0);
  }

  // Closes the innermost element of a tag if it was opened behind `limit`.
  void close(std::uint8_t tag, std::uint16_t limit) {
    if (place(tag) > limit) pop_to(place(tag) - 1U);
  }

  // --- Tags ---

  void start_tag(const HtmlToken& token) {
    const Element element = element_named(token.name);
    const bool block = (element.flags & kBlock) != 0;
    if (block) begin_block_element(element);
    if (element.tag == kReading) close(kReading, place(kRuby));
    if (element.tag == kBreak) return break_line(token);
    if (element.tag == kEmpty) {
      if (token.name == "rb") close(kReading, place(kRuby));
      if (token.name == "input") close(kSelect, barrier());
      return;
    }
    if (element.tag == kSuperscript && !state_.hidden) begin_superscript();
    if ((element.flags & kPhrase) != 0) begin_phrase();
    if (!close_implied(element)) return;
    const Attributes attributes = token.attributes.empty() ? Attributes{} : attributes_of(token);
    const bool foreign = place(kSvg) != 0 || place(kMath) != 0 || element.tag == kSvg || element.tag == kMath;
    if (foreign && token.self_closing) return;
    const bool changes = (element.flags & (kBlock | kAlways)) != 0 || attributes.hidden || attributes.region;
    // Nested elements of a tag that is on the stack must be there too, else their end tags close the wrong
    // one.
    if (!changes && !state_.hidden && place(element.tag) <= barrier()) return;
    if (attributes.region && !state_.hidden) end_block();
    if (!push(element)) return;
    state_.hidden |= attributes.hidden || (element.flags & kHidden) != 0;
    enter(element, token);
    if (attributes.region) state_.region = *attributes.region;
  }

  void end_tag(const Element& element) {
    if ((element.flags & kBlock) != 0) end_inline();
    if (element.tag == kSuperscript) end_superscript();
    if ((element.flags & kPhrase) != 0) end_phrase();
    if (overflow_[element.tag] > 0) {
      --overflow_[element.tag];
      return;
    }
    if (element.tag == kTable) return close(kTable, 0);
    const bool of_table =
        element.tag == kCell || element.tag == kRow || element.tag == kRowGroup || element.tag == kCaption;
    if (of_table) return close(element.tag, place(kTable));
    if (element.tag == kTemplate) return close(kTemplate, 0);
    if (element.tag == kItem) return close(kItem, std::max(place(kList), barrier()));
    close(element.tag, barrier());
  }

  void begin_block_element(const Element& element) {
    if (element.tag == kTitle && place(kSvg) != 0) return;  // svg has titles of its own
    close(kSvg, 0);
    close(kMath, 0);
    if (element.tag != kOption) {
      if (element.tag != kEmpty) close(kSelect, barrier());
      close(kParagraph, barrier());
    }
    end_inline();
  }

  // A block boundary ends what may only stand in a line.
  void end_inline() {
    if (place(kRuby) != 0 || place(kReading) != 0) {
      close(kReading, barrier());
      close(kRuby, barrier());
    }
    if (!state_.hidden) end_block();
  }

  // Closes the elements whose end tags may be left out before this one. False: it may not stand here.
  bool close_implied(const Element& element) {
    switch (element.tag) {
      case kItem:
        close(kItem, std::max(place(kList), barrier()));
        return true;
      case kTerm:
      case kDefinition:
        close(kTerm, std::max(place(kDescriptions), barrier()));
        close(kDefinition, std::max(place(kDescriptions), barrier()));
        return true;
      case kHeading:
        if (!stack_.empty() && stack_.back().tag == kHeading) pop_to(stack_.size() - 1);
        return true;
      case kSelect:
        close(kSelect, barrier());
        return true;
      case kOption:
        close(kOption, std::max(place(kSelect), barrier()));
        return true;
      case kTable:
        // A table directly in a table, not in a cell, takes its place.
        if (overflow_[kTable] == 0) close(kTable, std::max(place(kCell), place(kCaption)));
        return true;
      case kCaption:
      case kRowGroup:
      case kRow:
      case kCell:
        return close_in_table(element);
      default:
        return true;
    }
  }

  bool close_in_table(const Element& element) {
    const std::uint16_t table = place(kTable);
    if (table == 0 || overflow_[kTable] > 0) return false;
    if (element.tag == kCaption || element.tag == kRowGroup) {
      pop_to(table);
      return true;
    }
    const std::uint16_t group = std::max(table, place(kRowGroup));
    if (element.tag == kRow) {
      pop_to(group);
      return true;
    }
    if (place(kRow) > table) {
      pop_to(place(kRow));
      return true;
    }
    pop_to(group);
    return open_row();
  }

  bool open_row() {
    if (!push({"tr", kRow, kBlock})) return false;
    if (!state_.hidden) grids_.back().begin_row(document_.tables[grids_.back().index()]);
    return true;
  }

  void enter(const Element& element, const HtmlToken& token) {
    switch (element.tag) {
      case kHeading:
        return set_kind(BlockKind::heading, static_cast<std::uint8_t>(token.name[1] - '0'));
      case kList:
        state_.lists = static_cast<std::uint8_t>(std::min(state_.lists + 1, 255));
        return;
      case kItem:
        return set_kind(BlockKind::list_item, std::max<std::uint8_t>(state_.lists, 1));
      case kTerm:
        return set_kind(BlockKind::term, 0);
      case kDefinition:
        return set_kind(BlockKind::definition, 0);
      case kLegend:
        return set_kind(BlockKind::caption, 0);
      case kTable:
        return open_table();
      case kCaption:
        state_.caption_of = grids_.back().index();
        return set_kind(BlockKind::caption, 0);
      case kRowGroup:
        return end_group();
      case kRow:
        if (!state_.hidden) grids_.back().begin_row(document_.tables[grids_.back().index()]);
        return;
      case kCell:
        return open_cell(token);
      case kTitle:
        state_.region = Region::content;
        state_.cell = kNone;
        return set_kind(BlockKind::title, 0);
      case kPreformatted:
        state_.preformatted = true;
        return;
      default:
        return enter_region(element.tag);
    }
  }

  void enter_region(std::uint8_t tag) {
    switch (tag) {
      case kHeader:
        if (!state_.sectioned) state_.region = Region::header;
        return;
      case kFooter:
        if (!state_.sectioned) state_.region = Region::footer;
        return;
      case kNavigation:
        state_.region = Region::navigation;
        break;
      case kAside:
        state_.region = Region::aside;
        break;
      case kMain:
        state_.region = Region::content;
        break;
      case kArticle:
        break;
      default:
        return;
    }
    state_.sectioned = true;
  }

  void set_kind(BlockKind kind, std::uint8_t level) {
    state_.kind = kind;
    state_.level = level;
  }

  // --- Tables ---

  void open_table() {
    grids_.emplace_back(state_.hidden ? kNone : static_cast<std::uint32_t>(document_.tables.size()));
    if (!state_.hidden) document_.tables.push_back({0, 0, state_.cell, {}});
    state_.caption_of = kNone;
  }

  void end_group() {
    if (grids_.back().index() == kNone) return;
    grids_.back().end_group(document_.tables[grids_.back().index()], document_.cells);
  }

  void open_cell(const HtmlToken& token) {
    if (state_.hidden) return;
    Cell cell;
    cell.header = token.name == "th";
    cell.column_span = span_of(token, "colspan", 1);
    cell.row_span = span_of(token, "rowspan", kMaxSpan);
    cell.span = {kNone, kNone};
    const auto index = static_cast<std::uint32_t>(document_.cells.size());
    grids_.back().place(cell, index, document_.tables[grids_.back().index()]);
    document_.cells.push_back(cell);
    state_.cell = index;
    state_.lists = 0;
    state_.caption_of = kNone;
    set_kind(BlockKind::cell, 0);
  }

  void close_cell(const State& outside) {
    if (state_.cell == outside.cell) return;  // hidden
    DecodedSpan& span = document_.cells[state_.cell].span;
    if (span.start != kNone) return extend_cell(outside.cell, span);
    span.start = span.end = static_cast<std::uint32_t>(text_.size());
  }

  void extend_cell(std::uint32_t index, DecodedSpan by) {
    if (index == kNone) return;
    DecodedSpan& span = document_.cells[index].span;
    span = span.start == kNone ? by : cover(span, by);
  }

  // Nested tables come in between; the order of the document becomes the order by table. Rows and columns are
  // in order already.
  void sort_cells() {
    std::vector<Cell>& cells = document_.cells;
    const auto by_table = [](const Cell& a, const Cell& b) { return a.table < b.table; };
    if (std::is_sorted(cells.begin(), cells.end(), by_table)) return;
    std::vector<std::uint32_t> starts(document_.tables.size() + 1);
    for (const Cell& cell : cells) ++starts[cell.table + 1];
    for (std::size_t i = 1; i < starts.size(); ++i) starts[i] += starts[i - 1];
    std::vector<std::uint32_t> places(cells.size());
    std::vector<Cell> sorted(cells.size());
    for (std::size_t i = 0; i < cells.size(); ++i) {
      places[i] = starts[cells[i].table]++;
      sorted[places[i]] = cells[i];
    }
    cells = std::move(sorted);
    for (Block& block : document_.blocks) {
      if (block.cell != kNone) block.cell = places[block.cell];
    }
    for (Table& table : document_.tables) {
      if (table.parent_cell != kNone) table.parent_cell = places[table.parent_cell];
    }
  }

  // --- Text and blocks ---

  void add_text(const HtmlToken& token) {
    if (token.reference) return add_reference(token);
    if (state_.preformatted) return add_preformatted(token.text, token.start);
    const std::string_view text = token.text;
    for (std::size_t i = 0; i < text.size();) {
      if (is_blank(text[i])) {
        pend_blank(token.start + static_cast<std::uint32_t>(i), 1);
        while (i < text.size() && is_blank(text[i])) ++i;
        continue;
      }
      const std::size_t end = end_of_words(text, i);
      if (end == i) {  // NUL is no character of a page
        ++i;
        continue;
      }
      const std::uint32_t from = token.start + static_cast<std::uint32_t>(i);
      begin_text(text.substr(i, end - i));
      text_.append(text, i, end - i);
      map_.append_copy(static_cast<std::uint32_t>(end - i), from);
      content_end_ = text_.size();
      i = end;
    }
  }

  // From a visible character up to blanks that are not one space between two words, or to a NUL.
  static std::size_t end_of_words(std::string_view text, std::size_t at) {
    const std::size_t size = text.size();
    for (;; ++at) {
      while (at<size&& static_cast<unsigned char>(text[at])> kLastBlank) ++at;
      if (at >= size || text[at] == '\0') return at;
      if (!is_blank(text[at])) continue;
      const bool single =
          text[at] == ' ' && at + 1 < size && static_cast<unsigned char>(text[at + 1]) > kLastBlank;
      if (!single) return at;
    }
  }

  void add_reference(const HtmlToken& token) {
    if (token.text.size() == 1 && is_blank(token.text[0]) && !state_.preformatted)
      return pend_blank(token.start, token.end - token.start);
    begin_text(token.text);
    text_.append(token.text);
    map_.append_unit(static_cast<std::uint32_t>(token.text.size()), token.start, token.end - token.start);
    content_end_ = text_.size();
  }

  void add_preformatted(std::string_view text, std::uint32_t from) {
    for (std::size_t i = 0; i < text.size();) {
      // Blanks before the first character say nothing.
      while (!in_block_ && i < text.size() && is_blank(text[i])) ++i;
      const std::size_t end = std::min(text.find('\0', i), text.size());
      if (i < end) {
        const std::string_view piece = text.substr(i, end - i);
        begin_text(piece);
        text_.append(piece);
        map_.append_copy(static_cast<std::uint32_t>(piece.size()), from + static_cast<std::uint32_t>(i));
        const std::size_t last = piece.find_last_not_of(" \t\n\f\r");
        if (last != std::string_view::npos) content_end_ = text_.size() - piece.size() + last + 1;
      }
      i = end + 1;
    }
  }

  void pend_blank(std::uint32_t from, std::uint32_t size) {
    if (blank_size_ == 0 && in_block_) blank_from_ = from, blank_size_ = size;
    superscript_ = note_ended_ = false;
  }

  // Before the characters `next`: a block if none is open, and the blank left pending.
  void begin_text(std::string_view next) {
    if (!in_block_) {
      in_block_ = true;
      block_ = {{static_cast<std::uint32_t>(text_.size()), 0},
                state_.kind,
                state_.level,
                state_.region,
                state_.cell};
      caption_of_ = state_.caption_of;
      blank_size_ = 0;
    }
    if (blank_size_ != 0 && text_.back() != '\n') {
      text_ += ' ';
      map_.append_unit(1, blank_from_, blank_size_);
    }
    blank_size_ = 0;
    if (superscript_ || note_ended_) set_note_apart(next);
    if (phrase_follows_) set_phrase_apart(next);
  }

  void break_line(const HtmlToken& token) {
    if (state_.hidden) return;
    blank_size_ = 0;
    superscript_ = note_ended_ = in_note_ = false;
    text_ += '\n';
    map_.append_unit(1, token.start, token.end - token.start);
  }

  void end_block() {
    blank_size_ = 0;
    superscript_ = note_ended_ = in_note_ = false;
    if (!in_block_) return;
    in_block_ = false;
    block_.span.end = static_cast<std::uint32_t>(content_end_);
    if (text_.back() != '\n') {
      text_ += '\n';
      map_.append_inserted(1, at_);
    }
    document_.blocks.push_back(block_);
    extend_cell(block_.cell, block_.span);
    if (caption_of_ == kNone) return;
    DecodedSpan& caption = document_.tables[caption_of_].caption;
    caption = caption.empty() ? block_.span : cover(caption, block_.span);
  }

  // --- Footnote marks: digits or brackets, raised, right behind a number. A blank keeps them from being read
  // as its last digits. ---

  void begin_superscript() { superscript_ = in_block_ && blank_size_ == 0 && ends_with_number(text_); }

  void end_superscript() {
    superscript_ = false;
    note_ended_ = in_note_;
    in_note_ = false;
  }

  void set_note_apart(std::string_view next) {
    const bool apart =
        superscript_ ? starts_note(character_at(next, 0)) : is_digit_character(character_at(next, 0));
    in_note_ = superscript_ && apart;
    superscript_ = note_ended_ = false;
    if (!apart) return;
    text_ += ' ';
    map_.append_inserted(1, at_);
  }

  // --- Phrases: of two spans that touch, one a label and the other its value, a style sheet makes two. A
  // blank keeps them from being read as one word. Letters styled one by one stay a word. ---

  void begin_phrase() {
    phrase_follows_ = in_block_ && blank_size_ == 0 && phrase_end_ == text_.size();
    phrase_start_ = text_.size();
  }

  void end_phrase() {
    const bool word = text_.size() > phrase_start_ + utf8_size(text_, phrase_start_);
    phrase_end_ = word ? text_.size() : std::string::npos;
  }

  void set_phrase_apart(std::string_view next) {
    phrase_follows_ = false;
    const bool label_first = ends_with_letter(text_) && may_start_phrase(character_at(next, 0));
    if (!label_first && !(is_digit_character(last_byte(text_)) && is_capitalised(next))) return;
    text_ += ' ';
    map_.append_inserted(1, at_);
    phrase_start_ = text_.size();
  }

  std::string_view html_;
  HtmlTokenizer tokenizer_;
  Document& document_;
  std::string& text_;
  OffsetMap& map_;
  HtmlNotes notes_;
  std::uint32_t at_ = 0;  // start of the current token

  State state_;
  std::vector<Open> stack_;
  std::array<std::uint16_t, kTags + kBuckets> places_{};    // of the innermost open element of each tag
  std::array<std::uint32_t, kTags + kBuckets> overflow_{};  // open elements that were flattened
  bool overflows_ = false;
  std::vector<Grid> grids_;  // open tables

  bool in_block_ = false;
  Block block_;
  std::uint32_t caption_of_ = kNone;
  std::size_t content_end_ = 0;  // behind the last visible character
  std::uint32_t blank_from_ = 0;
  std::uint32_t blank_size_ = 0;  // 0: no blank pending
  bool superscript_ = false;      // <sup> right behind a number, nothing in it yet
  bool in_note_ = false;          // in a <sup> that was set apart
  bool note_ended_ = false;       // right behind it
  std::size_t phrase_start_ = 0;  // of the phrase opened last
  std::size_t phrase_end_ =
      std::string::npos;         // behind the phrase closed last, if it is longer than a letter
  bool phrase_follows_ = false;  // one opened where another ended
};

}  // namespace

HtmlNotes read_html(std::string_view html, std::size_t start, Document& document) {
  return Reader(html, start, document).read();
}

}  // namespace yoran
