// Checks of places, postal codes and telephone numbers.
#include <phonenumbers/phonenumberutil.h>

#include <algorithm>

#include "check/context.h"

namespace yoran {
namespace {

bool is_place(const WordMention& word) {
  return word.category == static_cast<std::uint16_t>(WordCategory::place);
}

// The prefecture that a place of Japan is in; kNone if it is none.
std::uint32_t prefecture_of(std::uint32_t index, const AddressRules& places) {
  while (index < places.places().size()) {
    const Place& place = places.place(index);
    if (place.kind == PlaceKind::prefecture) return index;
    if (place.kind == PlaceKind::country) return kNone;
    index = place.parent;
  }
  return kNone;
}

bool is_municipality(PlaceKind kind) { return kind == PlaceKind::municipality || kind == PlaceKind::merged; }

// The prefecture whose name as its table writes it stands here; kNone if there is none.
std::uint32_t prefecture_at(const WordMention& word, const AddressRules& places, std::string_view text) {
  for (const std::uint32_t index : places.places_of(word.entry)) {
    if (places.place(index).kind == PlaceKind::prefecture && places.place(index).name == text) return index;
  }
  return kNone;
}

// What the words that begin behind a prefecture say: one is in it, or the longest is elsewhere.
struct Behind {
  bool fits = false;
  TextSpan span;                    // of the longest municipality
  std::uint32_t elsewhere = kNone;  // the prefecture it is in
};

bool is_ideograph(char32_t c) { return c >= 0x3400 && c <= 0x9FFF; }

class PrefectureCheck {
 public:
  PrefectureCheck(const CheckRule& rule, CheckContext& context)
      : rule_(rule), context_(context), places_(context.input.rules.addresses) {}

  void run() {
    for (const WordMention& word : context_.input.mentions.words) {
      if (!is_place(word)) continue;
      const std::uint32_t prefecture = prefecture_at(word, places_, context_.at(word.span));
      if (prefecture != kNone) check(word, prefecture);
    }
  }

 private:
  void check(const WordMention& word, std::uint32_t prefecture) {
    const Behind behind = read_behind(word.span.end, prefecture);
    if (behind.fits || behind.elsewhere == kNone) return;
    // A longer name that merely begins like a municipality's.
    if (is_ideograph(code_point_before(context_.input.text.folded, word.span.start))) return;
    context_.report(rule_, context_.source(behind.span),
                    context_.shown(behind.span) + " is in " +
                        std::string(places_.place(behind.elsewhere).name) + ", not in " +
                        context_.shown(word.span),
                    {{context_.source(word.span), "the prefecture stated"}});
  }

  [[nodiscard]] Behind read_behind(std::uint32_t start, std::uint32_t prefecture) const {
    Behind behind;
    for (const WordMention& next : context_.input.mentions.words_in({start, start + 1})) {
      if (!is_place(next)) continue;
      for (const std::uint32_t index : places_.places_of(next.entry)) {
        const std::uint32_t home = prefecture_of(index, places_);
        if (home == kNone) continue;
        if (home == prefecture || places_.place(index).kind == PlaceKind::ward) behind.fits = true;
        const Place& place = places_.place(index);
        const bool whole = is_municipality(place.kind) && place.name == context_.at(next.span);
        if (whole && next.span.size() > behind.span.size()) {
          behind.span = next.span;
          behind.elsewhere = home;
        }
      }
    }
    return behind;
  }

  const CheckRule& rule_;
  CheckContext& context_;
  const AddressRules& places_;
};

// Calls visit(position) behind every place where one of the words stands, with marks and blanks after it.
template <class Visit>
void for_words(const CheckRule& rule, const CheckContext& context, Visit&& visit) {
  const std::string_view text = context.input.text.folded;
  for (const std::string& word : rule.words) {
    for (std::size_t at = text.find(word); at != std::string_view::npos;
         at = text.find(word, at + word.size())) {
      std::size_t behind = at + word.size();
      while (behind < text.size() && (text[behind] == ' ' || text[behind] == ':')) ++behind;
      visit(behind);
    }
  }
}

// Digits with single hyphens or blanks beside hyphens between them, from `start`.
TextSpan digits_at(std::string_view text, std::size_t start, std::string_view marks) {
  std::size_t end = start;
  for (std::size_t i = start; i < text.size(); ++i) {
    if (is_ascii_digit(text[i]))
      end = i + 1;
    else if (marks.find(text[i]) == std::string_view::npos)
      break;
  }
  return {static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(end)};
}

std::size_t count_digits(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), is_ascii_digit));
}

// Whether there can be such a number. The plans of the countries in `codes` are known whole; of the others,
// which change, only how long a number is.
bool may_exist(const std::string& e164, const std::vector<std::string>& countries) {
  using i18n::phonenumbers::PhoneNumberUtil;
  const PhoneNumberUtil& plans = *PhoneNumberUtil::GetInstance();
  i18n::phonenumbers::PhoneNumber number;
  if (plans.Parse(e164, "ZZ", &number) != PhoneNumberUtil::NO_PARSING_ERROR) return false;
  const bool known = std::any_of(countries.begin(), countries.end(), [&](const std::string& country) {
    return plans.GetCountryCodeForRegion(country) == number.country_code();
  });
  if (known) return plans.IsValidNumber(number);
  const auto length = plans.IsPossibleNumberWithReason(number);
  return length != PhoneNumberUtil::TOO_SHORT && length != PhoneNumberUtil::TOO_LONG;
}

}  // namespace

void check_prefecture(const CheckRule& rule, CheckContext& context) { PrefectureCheck(rule, context).run(); }

void check_postal_code(const CheckRule& rule, CheckContext& context) {
  constexpr std::size_t kDigits = 7;
  constexpr std::size_t kOldDigits[] = {3, 5};  // before 1998
  for_words(rule, context, [&](std::size_t start) {
    const TextSpan span = digits_at(context.input.text.folded, start, "-");
    const std::string_view code = context.at(span);
    const std::size_t digits = count_digits(code);
    const bool hyphen_right =
        code.find('-') == std::string_view::npos || (code.find('-') == 3 && code.rfind('-') == 3);
    // What is far from seven digits is no attempt at a code.
    if (digits < 2 || (digits == kDigits && hyphen_right)) return;
    if (std::find(std::begin(kOldDigits), std::end(kOldDigits), digits) != std::end(kOldDigits)) return;
    if (code.find('-') == std::string_view::npos && digits < kDigits - 1) return;
    context.report(rule, context.source(span),
                   "'" + context.shown(span) + "' is no postal code of Japan: it has " +
                       std::to_string(digits) + " digits" +
                       (digits == kDigits ? " with the hyphen elsewhere" : ""));
  });
}

void check_postal_district(const CheckRule& rule, CheckContext& context) {
  const AddressRules& places = context.input.rules.addresses;
  for (const Reading& reading : context.input.readings) {
    const auto* address = address_in(reading.value);
    if (address == nullptr || address->country != "JP" || address->postal_code.size() != 7) continue;
    const std::uint32_t district = places.prefecture_of_postal_code(address->postal_code);
    if (district == kNone || address->prefecture.empty()) continue;
    const std::string name(places.place(district).name);
    const auto named = places.find(address->prefecture);
    if (named.empty() || std::find(named.begin(), named.end(), district) != named.end()) continue;
    context.report(rule, context.source(reading.span),
                   "postal codes such as " + address->postal_code + " are of " + name +
                       ", the address is of " + address->prefecture);
  }
}

void check_phone(const CheckRule& rule, CheckContext& context) {
  for (const Reading& reading : context.input.readings) {
    const auto* phone = std::get_if<Phone>(&reading.value);
    if (phone == nullptr || phone->e164.empty() || may_exist(phone->e164, rule.codes)) continue;
    context.report(
        rule, context.source(reading.span),
        "'" + context.shown(reading.span) + "' is no telephone number that exists (" + phone->e164 + ")");
  }
  constexpr std::size_t kLeast = 8;  // digits; extensions and emergency numbers are shorter
  const std::string_view text = context.input.text.folded;
  for_words(rule, context, [&](std::size_t start) {
    const TextSpan span = digits_at(text, start, "-().+ ");
    const std::string_view number = context.at(span);
    const std::size_t first = number.find_first_not_of("( ");
    if (count_digits(number) < kLeast || first == std::string_view::npos) return;
    if (number[first] != '0' && number[first] != '+') return;
    const auto readings = context.readings_in(span);
    const bool known = std::any_of(readings.begin(), readings.end(), [](const Reading& reading) {
      return reading.kind != MentionKind::number;
    });
    if (known) return;
    context.report(rule, context.source(span),
                   "'" + context.shown(span) + "' is no telephone number that exists");
  });
}

}  // namespace yoran
