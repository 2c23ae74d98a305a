#include "interpret/address_world.h"

#include <algorithm>
#include <optional>
#include <span>
#include <string>

#include "interpret/address_parser.h"
#include "interpret/address_pieces.h"
#include "interpret/address_strips.h"
#include "rulepack/guards.h"
#include "types/ascii.h"
#include "types/byte_set.h"

namespace yoran {
namespace {

constexpr std::size_t kMaxStrips = 9;
constexpr std::uint32_t kMaxSentence = 600;
constexpr std::size_t kMostInline = 6;  // pieces of an address in a sentence
constexpr std::size_t kLongestOffice = 80;
constexpr char32_t kDegree = 0xB0;
constexpr std::uint32_t kMapDecimals = 4;

// Bytes at which a piece may end: a blank may lead to a sign that divides.
constexpr ByteSet kMayDivide(",;|\t ");

// A degree, or a decimal number as fine as those of maps.
bool has_coordinate(std::string_view text) {
  std::uint32_t decimals = 0;
  bool point = false;
  for (std::uint32_t i = 0; i < text.size(); i += size_at(text, i)) {
    if (code_point_at(text, i) == kDegree) return true;
    if (is_ascii_digit(text[i])) {
      if (point && ++decimals >= kMapDecimals) return true;
      continue;
    }
    point = text[i] == '.' && i > 0 && is_ascii_digit(text[i - 1]);
    decimals = 0;
  }
  return false;
}

bool has_digits(std::string_view text) { return std::any_of(text.begin(), text.end(), is_ascii_digit); }

// Finds the strips of the text that belong to one address and has them parsed.
class BlockFinder {
 public:
  BlockFinder(const Mentions& mentions, const AddressLines& lines, const InterpretContext& context)
      : mentions_(mentions),
        lines_(lines),
        context_(context),
        rules_(context.rules),
        places_(context.rules.addresses),
        text_(context.folded()),
        strips_(lines, context) {}

  std::vector<FoundAddress> run(const std::vector<FoundAddress>& known) {
    taken_.assign(lines_.size(), false);
    for (const FoundAddress& found : known) {
      for (std::uint32_t line = found.first_line; line <= found.last_line && line < lines_.size(); ++line)
        taken_[line] = true;
    }
    mark_triggers();
    for (std::uint32_t line = 0; line < lines_.size(); ++line) {
      if (!triggers_[line] || taken_[line] || lines_.line(line).kind == BlockKind::title) continue;
      if (strips_.is_prose(lines_.line(line).span) && !has_digits(lines_.text(line))) continue;
      // By index: looking at neighbours makes more strips.
      const std::size_t count = strips_.of(line).size();
      for (std::size_t i = 0; i < count; ++i) try_strip(Strip(strips_.of(line)[i]));
    }
    return std::move(result_);
  }

 private:
  using Block = std::vector<Strip>;

  // Lines with the name of a place, a word of addresses or a postal code, and what a word such as "Address"
  // leads to.
  void mark_triggers() {
    triggers_.assign(lines_.size(), false);
    for (const WordMention& word : mentions_.words) {
      if (word.category == static_cast<std::uint16_t>(WordCategory::place) && is_trigger(word))
        triggers_[word.line] = true;
    }
    for (const Mention& mention : mentions_.mentions) {
      if (mention.kind == MentionKind::postal_code) triggers_[mention.line] = true;
      const std::string_view word = view(mention.span);
      if (mention.kind == MentionKind::date && std::all_of(word.begin(), word.end(), is_ascii_letter))
        months_.push_back(mention.span);
    }
    for (std::uint32_t line = 0; line < lines_.size(); ++line) {
      const std::string_view text = lines_.text(line);
      if (places_.at(text, 0, AddressWord::label) > 0 || ends_in_state(text)) triggers_[line] = true;
    }
  }

  // "12 Main St, Hiram, GA": two capitals behind a comma at the end.
  [[nodiscard]] bool ends_in_state(std::string_view text) const {
    constexpr std::size_t kCode = 2;
    if (text.ends_with('.')) text.remove_suffix(1);
    if (text.size() < 3 * kCode || !text.substr(text.size() - 2 * kCode).starts_with(", ")) return false;
    const std::string_view code = text.substr(text.size() - kCode);
    const Country* states = places_.country("US");
    return states != nullptr && has_digits(text) && std::all_of(code.begin(), code.end(), is_ascii_upper) &&
           places_.region_of(states->place, code) != kNone;
  }

  [[nodiscard]] bool is_trigger(const WordMention& word) const {
    const auto meanings = places_.places_of(word.entry);
    return std::any_of(meanings.begin(), meanings.end(), [&](std::uint32_t meaning) {
      const PlaceKind kind = places_.place(meaning).kind;
      if (kind <= PlaceKind::city || kind == PlaceKind::sign) return true;
      return static_cast<unsigned char>(text_[word.span.start]) < 0x80;
    });
  }

  void try_strip(const Strip& strip) {
    if (strip.span.start < covered_) return;
    if (strip.prose) return try_sentence(strip);
    if (!may_belong(strip) || is_office(strip) || is_remark(strip)) return;
    const Block line = with_country(strip);
    const Block block = block_around(strip);
    // What a line alone has to have is more than what a block has.
    const bool alone =
        std::equal(line.begin(), line.end(), block.begin(), block.end(),
                   [](const Strip& a, const Strip& b) { return a.line == b.line && a.index == b.index; });
    if (!alone && accept(parse(line, BlockForm::line))) return;
    if (accept(parse(block, BlockForm::lines))) return;
    // A line too many at the head: a remark, another organisation's name.
    const auto self = std::find_if(block.begin(), block.end(),
                                   [&](const Strip& other) { return other.span.start == strip.span.start; });
    if (self != block.begin() && self != block.end())
      accept(parse(Block(self, block.end()), BlockForm::lines));
  }

  bool accept(std::optional<FoundAddress> found) {
    if (!found) return false;
    covered_ = found->span.end;
    result_.push_back(std::move(*found));
    return true;
  }

  // --- Blocks ---

  [[nodiscard]] std::string_view view(TextSpan span) const { return text_.substr(span.start, span.size()); }

  // May be part of an address that has several strips.
  [[nodiscard]] bool may_belong(const Strip& strip) const {
    const BlockKind kind = lines_.line(strip.line).kind;
    return kind != BlockKind::heading && kind != BlockKind::title && kind != BlockKind::term &&
           !strip.prose && strip.span.start >= covered_ && !taken_[strip.line] &&
           !strips_.is_label_line(strip.line) &&
           !places_.is(trimmed(lines_.text(strip.line)), AddressWord::area);
  }

  // A line that says whose the address below is: "Brussels Office".
  [[nodiscard]] bool is_office(const Strip& strip) const {
    if (strip.index > 0 || strip.lead != StripLead::none) return false;
    const std::string_view text = view(strip.span);
    return text.size() <= kLongestOffice && text.find(',') == std::string_view::npos && !has_digits(text) &&
           places_.before(text, text.size(), AddressWord::office) > 0;
  }

  [[nodiscard]] bool is_country(const Strip& strip) const {
    std::string_view text = view(strip.span);
    while (text.ends_with('.') && places_.find(text).empty()) text.remove_suffix(1);
    const auto names_country = [&](std::string_view name) {
      const auto meanings = places_.find(name);
      return std::any_of(meanings.begin(), meanings.end(), [&](std::uint32_t place) {
        return places_.place(place).kind == PlaceKind::country;
      });
    };
    if (names_country(text)) return true;
    const std::size_t article = places_.at(text, 0, AddressWord::article);
    return article > 0 && article < text.size() && names_country(trimmed(text.substr(article)));
  }

  // A list of parts that ends in a country: nothing is missing below.
  [[nodiscard]] bool ends_in_country(const Strip& strip) const {
    const std::string_view text = view(strip.span);
    const std::size_t comma = text.rfind(',');
    if (comma == std::string_view::npos) return is_country(strip);
    Strip last = strip;
    last.span = trimmed_span(text_, {strip.span.start + static_cast<std::uint32_t>(comma), strip.span.end});
    return is_country(last);
  }

  // A code that stands alone behind the country.
  [[nodiscard]] bool is_short_code(const Strip& strip) const {
    return strip.span.size() >= 3 && strip.span.size() <= 10 && has_digits(view(strip.span));
  }

  // The strip the text goes on with.
  [[nodiscard]] std::optional<Strip> below(const Strip& strip) {
    if (strip.closed) return std::nullopt;
    const auto own = strips_.of(strip.line);
    if (strip.index + 1 < own.size()) return own[strip.index + 1];
    if (!lines_.joined(strip.line)) return std::nullopt;
    const auto next = strips_.of(strip.line + 1);
    if (next.empty() || begins_late(next.front())) return std::nullopt;
    return next.front();
  }

  [[nodiscard]] std::optional<Strip> above(const Strip& strip) {
    const auto own = strips_.of(strip.line);
    if (strip.index > 0)
      return own[strip.index - 1].closed ? std::nullopt : std::optional(own[strip.index - 1]);
    if (strip.line == 0 || begins_late(strip) || !lines_.joined(strip.line - 1)) return std::nullopt;
    const auto before = strips_.of(strip.line - 1);
    if (before.empty() || before.back().closed) return std::nullopt;
    return before.back();
  }

  // A contact stands before it in its line.
  [[nodiscard]] bool begins_late(const Strip& strip) const {
    const std::uint32_t start = lines_.line(strip.line).span.start;
    return lines_.contact_in(start, strip.span.start) < strip.span.start;
  }

  // A strip that holds all of an address, and the country below it.
  [[nodiscard]] Block with_country(const Strip& strip) {
    Block block = {strip};
    if (const auto next = below(strip); next && may_belong(*next) && is_country(*next))
      block.push_back(*next);
    return block;
  }

  [[nodiscard]] Block block_around(const Strip& strip) {
    Block block = {strip};
    extend_up(block);
    extend_down(block);
    return block;
  }

  // What "Name:" leads to begins a block of its own.
  [[nodiscard]] static bool opens(const Strip& strip) {
    return strip.lead == StripLead::label || strip.lead == StripLead::name;
  }

  void extend_up(Block& block) {
    while (block.size() < kMaxStrips && !opens(block.front())) {
      const auto before = above(block.front());
      if (!before || !may_belong(*before) || is_office(*before)) return;
      if (is_country(*before)) {
        // A country may head a block, if it is not the end of the one above.
        const auto further = above(*before);
        if (block.size() == 1 && (!further || further->span.start < covered_))
          block.insert(block.begin(), *before);
        return;
      }
      if (is_remark(*before) || ends_in_country(*before)) return;
      block.insert(block.begin(), *before);
    }
  }

  // "Mayor: A. Name" above an address is no part of it.
  [[nodiscard]] bool is_remark(const Strip& strip) const {
    if (strip.lead != StripLead::name) return false;
    std::vector<Piece> pieces;
    cut(strip, 0, pieces);
    return std::none_of(pieces.begin(), pieces.end(), [&](const Piece& piece) {
      const PieceWords words(rules_, view(piece.span));
      return words.has_house_number() || words.has_street_word() || words.has_building() || words.is_unit() ||
             words.has_po_box();
    });
  }

  void extend_down(Block& block) {
    while (block.size() < kMaxStrips) {
      const auto next = below(block.back());
      if (!next || !may_belong(*next) || opens(*next) || is_office(*next)) return;
      if (is_country(block.back())) {
        // Behind a country: the state a territory belongs to, or the code.
        if (block.size() > 1 && !is_country(*next) && !is_short_code(*next)) return;
      } else if (ends_in_country(block.back())) {
        return;
      }
      block.push_back(*next);
    }
  }

  // --- Pieces ---

  std::optional<FoundAddress> parse(const Block& block, BlockForm form) {
    std::vector<Piece> pieces;
    for (std::uint32_t row = 0; row < block.size(); ++row) cut(block[row], row, pieces);
    const Strip& first = block.front();
    const bool label_above =
        first.index == 0 && first.line > 0 && first.lead == StripLead::none && leads_to(first.line - 1);
    if (std::any_of(pieces.begin(), pieces.end(), [&](const Piece& piece) {
          return is_date(piece.span) || has_coordinate(view(piece.span));
        }))
      return std::nullopt;
    const bool labelled = first.lead == StripLead::label || label_above;
    auto found = parse_address(std::move(pieces), labelled, form, lines_, context_);
    if (found && opens(first)) found->lead = first.lead_span;
    return found;
  }

  // A date in words, or a text that begins with one: what it stands among is a programme or a list of books.
  [[nodiscard]] bool is_date(TextSpan piece) const {
    const auto month = std::lower_bound(months_.begin(), months_.end(), piece.start,
                                        [](TextSpan word, std::uint32_t at) { return word.start < at; });
    if (month == months_.end() || month->end > piece.end) return false;
    const std::string_view before = view({piece.start, month->start});
    const std::string_view after = trimmed(view({month->end, piece.end}));
    if (std::any_of(before.begin(), before.end(), is_ascii_letter)) return false;
    const bool year = after.size() >= 4 && std::all_of(after.begin(), after.begin() + 4, is_ascii_digit);
    return year || std::none_of(after.begin(), after.end(), is_ascii_letter);
  }

  // The line is a word for addresses and belongs to the next one: above it, its term, the head of its row.
  [[nodiscard]] bool leads_to(std::uint32_t line) const {
    if (!strips_.is_label_line(line)) return false;
    const Line& label = lines_.line(line);
    if (lines_.adjoins(line) || label.kind == BlockKind::heading || label.kind == BlockKind::term)
      return true;
    const std::span<const GridCell> row = lines_.row_of(line + 1);
    return std::any_of(row.begin(), row.end(),
                       [&](const GridCell& cell) { return cell.span.contains(label.span); });
  }

  void cut(const Strip& strip, std::uint32_t row, std::vector<Piece>& pieces) const {
    const TextSpan span = strip.span;
    std::uint32_t start = span.start;
    const auto add = [&](std::uint32_t end) {
      const TextSpan piece = trimmed_span(text_, {start, end});
      if (!piece.empty()) pieces.push_back({piece, strip.line, row, PieceRole::unknown});
    };
    std::uint32_t at = span.start;
    while ((at = kMayDivide.find(text_, at, span.end)) < span.end) {
      const TextSpan divider = text_[at] == ' ' ? spaced_divider(at + 1, span) : divider_at(at, span);
      ++at;
      if (divider.empty()) continue;
      add(divider.start);
      start = at = divider.end;
    }
    add(span.end);
  }

  [[nodiscard]] TextSpan divider_at(std::uint32_t at, TextSpan span) const {
    const bool figure = text_[at] == ',' && at > span.start && at + 1 < span.end &&
                        is_ascii_digit(text_[at - 1]) && is_ascii_digit(text_[at + 1]);
    return {at, figure ? at : at + 1};
  }

  // A sign that divides two pieces only between blanks, behind the first of them.
  [[nodiscard]] TextSpan spaced_divider(std::uint32_t at, TextSpan span) const {
    if (at + 1 >= span.end) return {};
    const std::uint32_t behind = at + size_at(text_, at);
    if (behind >= span.end || text_[behind] != ' ') return {};
    const char c = text_[at];
    const bool divides = c == '-'   ? at >= span.start + 2 && is_ascii_digit(text_[at - 2])
                         : c == '/' ? true
                                    : rules_.layout.bullets.contains(code_point_at(text_, at));
    return {at, divides ? behind : at};
  }

  // --- Running text ---

  // The pieces of a sentence from a street or box on.
  void try_sentence(const Strip& strip) {
    if (strip.span.size() > kMaxSentence || !has_digits(view(strip.span))) return;
    std::vector<Piece> pieces;
    cut(strip, 0, pieces);
    if (strip.lead == StripLead::sentence && try_led(strip, pieces)) return;
    // Most pieces have no number, as streets and boxes have, or words behind them, no town.
    for (std::size_t i = 0; i + 1 < pieces.size(); ++i) {
      const std::string_view text = view(pieces[i].span);
      if (!has_digits(text) || is_words(pieces[i + 1].span)) continue;
      if (!PieceWords::may_lead_to_door(rules_, text)) continue;
      const PieceWords words(rules_, text);
      if (!words.has_street_word() && !words.has_po_box()) continue;
      std::vector<Piece> rest(pieces.begin() + static_cast<std::ptrdiff_t>(i), pieces.end());
      rest.front().span.start += address_start(words, text);
      if (rest.front().span.empty()) continue;
      if (!is_ascii_digit(text_[rest.front().span.start]) && !words.has_po_box()) continue;
      shorten(rest);
      if (accept(parse_address(std::move(rest), false, BlockForm::sentence, lines_, context_))) return;
    }
  }

  // "... is located at": the pieces from the first on, and the lines below where the address goes on there.
  bool try_led(const Strip& strip, std::vector<Piece> pieces) {
    const TextSpan first = pieces.front().span;
    const std::uint32_t lower = first_foreign_word(first);
    if (lower < first.end) {
      pieces.front().span = trimmed_span(text_, {first.start, lower});
      const std::uint32_t town = behind_in({lower, first.end});
      if (pieces.front().span.empty())
        pieces.clear();
      else if (town == first.end)
        pieces.resize(1);
      else
        pieces.insert(pieces.begin() + 1, {{town, first.end}, strip.line, 0, PieceRole::unknown});
    }
    shorten(pieces);
    if (!pieces.empty() &&
        accept(parse_address(std::move(pieces), false, BlockForm::sentence, lines_, context_)))
      return true;
    if (strip.closed || strips_.is_prose(strip.span)) return false;
    Block block = {strip};
    extend_down(block);
    return block.size() > 1 && accept(parse(block, BlockForm::lines));
  }

  // "145 Industrial Drive in Hiram": where the town begins; the end if there is none.
  [[nodiscard]] std::uint32_t behind_in(TextSpan span) const {
    const auto size = static_cast<std::uint32_t>(places_.at(text_, span.start, AddressWord::office_in));
    const std::uint32_t next = skip_blanks(text_, span.start + size, span.end);
    return size > 0 && next < span.end && is_ascii_upper(text_[next]) ? next : span.end;
  }

  // The first word in small letters that names have not inside.
  [[nodiscard]] std::uint32_t first_foreign_word(TextSpan span) const {
    for (std::uint32_t at = first_lower_word(span); at < span.end;) {
      std::uint32_t end = at;
      while (end < span.end && text_[end] != ' ') ++end;
      const std::uint32_t next = skip_blanks(text_, end, span.end);
      if (next >= span.end || !places_.is(view({at, end}), AddressWord::particle)) return at;
      at = first_lower_word({next, span.end});
    }
    return span.end;
  }

  // Behind the last word in small letters before the number of the street.
  static std::uint32_t address_start(const PieceWords& words, std::string_view text) {
    std::uint32_t start = 0;
    for (std::size_t i = 0; i < words.tokens().size(); ++i) {
      const std::string_view token = words.token(i);
      if (is_ascii_digit(token.front())) return words.tokens()[i].start;
      if (is_ascii_lower(token.front())) start = words.tokens()[i].end;
    }
    return skip_blanks(text, start, static_cast<std::uint32_t>(text.size()));
  }

  // The sentence goes on behind the address: it ends where a piece turns to small letters.
  void shorten(std::vector<Piece>& pieces) const {
    for (std::size_t i = 1; i < pieces.size(); ++i) {
      TextSpan& span = pieces[i].span;
      if (i >= kMostInline || is_words(span)) return pieces.resize(i);
      if (text_[span.end - 1] == '.') --span.end;
      const std::uint32_t lower = first_lower_word(span);
      if (lower == span.end) continue;
      span = trimmed_span(text_, {span.start, lower});
      return pieces.resize(i + 1);
    }
  }

  // "the new office": the piece begins in small letters.
  [[nodiscard]] bool is_words(TextSpan piece) const {
    return is_ascii_lower(text_[piece.start]) && first_lower_word(piece) < piece.end;
  }

  [[nodiscard]] std::uint32_t first_lower_word(TextSpan span) const {
    for (std::uint32_t at = span.start; at < span.end;) {
      const std::uint32_t word = at;
      while (at < span.end && text_[at] != ' ') ++at;
      if (is_ascii_lower(text_[word]) && places_.at(text_.substr(0, at), word, AddressWord::article) == 0)
        return word;
      at = skip_blanks(text_, at, span.end);
    }
    return span.end;
  }

  const Mentions& mentions_;
  const AddressLines& lines_;
  const InterpretContext& context_;
  const RulePack& rules_;
  const AddressRules& places_;
  std::string_view text_;
  AddressStrips strips_;
  std::vector<bool> taken_;  // lines of addresses that are known
  std::vector<bool> triggers_;
  std::vector<TextSpan> months_;  // names of months, by start
  std::uint32_t covered_ = 0;     // what is found ends here
  std::vector<FoundAddress> result_;
};

}  // namespace

std::vector<FoundAddress> find_world_addresses(const Mentions& mentions, const AddressLines& lines,
                                               const InterpretContext& context,
                                               const std::vector<FoundAddress>& known) {
  return BlockFinder(mentions, lines, context).run(known);
}

}  // namespace yoran
