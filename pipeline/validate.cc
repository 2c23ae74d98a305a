#include "validate.h"

#include <simdjson.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <variant>

#include "rulepack/name_rules.h"
#include "types/ascii.h"
#include "types/date.h"

namespace yoran {
namespace {

constexpr double kExactIntegers = 9007199254740992.0;  // 2^53: what JSON readers keep
constexpr std::int32_t kMostDigits = 60;               // zeros beside the up to 18 digits of a decimal
constexpr double kTolerance = 0.10;  // of figures that follow from one another, if no check states another

bool is_utf8(std::string_view text) { return simdjson::validate_utf8(text.data(), text.size()); }

template <class Test>
bool is_all(std::string_view text, Test test) {
  return std::all_of(text.begin(), text.end(), test);
}

bool is_digits(std::string_view text, std::size_t size) {
  return text.size() == size && is_all(text, is_ascii_digit);
}
bool is_country(std::string_view text) { return text.size() == 2 && is_all(text, is_ascii_upper); }

int two_digits(std::string_view text) { return (text[0] - '0') * 10 + (text[1] - '0'); }

// "-10", "-10-01", "-21" behind a year.
bool is_month_and_day(std::string_view rest, int year, bool any_year) {
  if (rest.size() < 3 || rest[0] != '-' || !is_digits(rest.substr(1, 2), 2)) return false;
  const int month = two_digits(rest.substr(1));
  rest.remove_prefix(3);
  const bool part_of_year =
      (month >= 21 && month <= 24) || (month >= 33 && month <= 36) || month == 40 || month == 41;
  if (rest.empty() && part_of_year) return !any_year;
  if (month < 1 || month > 12) return false;
  if (rest.empty()) return true;
  if (rest.size() != 3 || rest[0] != '-' || !is_digits(rest.substr(1), 2)) return false;
  const int day = two_digits(rest.substr(1));
  return day >= 1 && day <= days_in_month(any_year ? 2000 : year, month);
}

bool is_edtf_point(std::string_view text) {
  if (!text.empty() && std::string_view("~?%").find(text.back()) != std::string_view::npos)
    text.remove_suffix(1);
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  if (text.size() < 4) return false;
  const std::string_view year = text.substr(0, 4);
  const std::string_view rest = text.substr(4);
  if (year == "XXXX") return !negative && is_month_and_day(rest, 0, true);
  if (is_digits(year, 4)) {
    const int number = two_digits(year) * 100 + two_digits(year.substr(2));
    if (negative && number == 0) return false;
    return rest.empty() || is_month_and_day(rest, negative ? -number : number, false);
  }
  const bool decade = is_digits(year.substr(0, 3), 3) && year[3] == 'X';
  const bool century = is_digits(year.substr(0, 2), 2) && year.substr(2) == "XX";
  return rest.empty() && (decade || century);
}

bool is_url(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon < 2 || colon > 20 || colon + 1 == text.size()) return false;
  const auto in_scheme = [](char c) {
    return is_ascii_lower(c) || is_ascii_digit(c) || c == '+' || c == '.' || c == '-';
  };
  return is_ascii_lower(text[0]) && is_all(text.substr(0, colon), in_scheme);
}

bool is_email(std::string_view text) {
  const std::size_t at = text.rfind('@');
  if (at == std::string_view::npos || text.find_first_of("\r\n") != std::string_view::npos) return false;
  return at >= 1 && at <= 100 && at + 1 < text.size() && text.size() - at - 1 <= 255;
}

bool is_member_name(std::string_view text) {
  const auto in_name = [](char c) { return is_ascii_lower(c) || c == '_'; };
  return !text.empty() && text.size() <= 32 && is_ascii_lower(text[0]) && is_all(text, in_name);
}

bool is_rule_name(std::string_view text) {
  const auto in_name = [](char c) {
    return is_ascii_lower(c) || is_ascii_upper(c) || is_ascii_digit(c) || c == '_' || c == '.' || c == '-' ||
           c == '/';
  };
  return !text.empty() && text.size() <= 128 && is_all(text, in_name);
}

bool is_era_name(std::string_view text) {
  const auto in_name = [](char c) { return is_ascii_lower(c) || is_ascii_digit(c) || c == '_' || c == '-'; };
  const bool begins = !text.empty() && (is_ascii_lower(text[0]) || is_ascii_digit(text[0]));
  return begins && text.size() <= 40 && is_all(text, in_name);
}

bool is_figure(FieldType type) {
  return type == FieldType::count || type == FieldType::number || type == FieldType::quantity;
}

// What one claim has to be; the first fault found is its answer.
class ClaimCheck {
 public:
  ClaimCheck(const FieldRules& field, const RulePack& rules, const SourceInfo& source)
      : field_(field), rules_(rules), source_(source) {}

  // Empty: the claim may be written. Repairs what can be repaired without a guess.
  [[nodiscard]] std::string fault(Claim& claim) const {
    settle(claim);
    if (std::string fault = evidence_fault(claim.evidence, true); !fault.empty()) return fault;
    if (std::string fault = value_fault(claim); !fault.empty()) return fault;
    if (!is_utf8(claim.of) || !is_utf8(claim.unit)) return "text that is not UTF-8";
    if (!is_all_of_names(claim.assumed)) return "an assumed member without a proper name";
    const auto& kinds = field_.kinds;
    if (!claim.kind.empty() && std::find(kinds.begin(), kinds.end(), claim.kind) == kinds.end()) {
      return "the kind '" + claim.kind + "', which the field does not know";
    }
    return {};
  }

  [[nodiscard]] bool in_range(const Claim& claim) const {
    if (!is_figure(field_.type)) return true;
    if (field_.range_min && claim.amount < field_.range_min->to_double()) return false;
    return !field_.range_max || claim.amount <= field_.range_max->to_double();
  }

 private:
  // Members that follow from others.
  void settle(Claim& claim) const {
    std::erase_if(claim.alternatives, [this](const Value& value) { return !is_alternative(value); });
    claim.certainty = !claim.alternatives.empty() ? Certainty::ambiguous
                      : !claim.assumed.empty()    ? Certainty::inferred
                                                  : Certainty::stated;
    const auto& codes = field_.unit_codes;
    if (is_figure(field_.type) && std::find(codes.begin(), codes.end(), claim.unit) == codes.end())
      claim.unit = field_.unit;
    const bool as_of_holds =
        is_edtf(claim.as_of) && claim.as_of_evidence && evidence_fault(*claim.as_of_evidence, false).empty();
    if (!as_of_holds) {
      claim.as_of.clear();
      claim.as_of_evidence.reset();
    }
    if (auto* address = address_in(claim.value); address != nullptr && address->full_address.empty()) {
      address->full_address = claim.evidence.text;
      std::replace(address->full_address.begin(), address->full_address.end(), '\n', ' ');
    }
    if (auto* date = std::get_if<Date>(&claim.value)) {
      const auto& eras = rules_.calendar.eras;
      if (date->era >= eras.size() || date->era_year < 1 || !is_era_name(eras[date->era].id))
        date->era = 0xFFFF;
    }
    if (auto* name = std::get_if<Name>(&claim.value); name != nullptr && field_.type == FieldType::subject) {
      const std::vector<std::string>& kinds = subject_kinds();
      if (std::find(kinds.begin(), kinds.end(), name->kind) == kinds.end()) name->kind = "other";
    }
  }

  // Whether another reading can be written: it is of the field's type and well-formed.
  [[nodiscard]] bool is_alternative(const Value& value) const {
    switch (field_.type) {
      case FieldType::count:
      case FieldType::number:
      case FieldType::quantity: {
        if (std::holds_alternative<Number>(value)) return true;
        const auto* quantity = std::get_if<Quantity>(&value);
        return quantity != nullptr && quantity->unit < rules_.units.units.size();
      }
      case FieldType::date:
        return std::holds_alternative<Date>(value) && is_edtf(to_edtf(std::get<Date>(value)));
      case FieldType::phone:
        return std::holds_alternative<Phone>(value) && is_e164(std::get<Phone>(value).e164);
      case FieldType::url:
        return std::holds_alternative<Url>(value) && is_url(std::get<Url>(value).value);
      case FieldType::email:
        return std::holds_alternative<Email>(value) && is_email(std::get<Email>(value).value);
      case FieldType::address: {
        const auto* address = address_in(value);
        return address != nullptr && !address->full_address.empty() && is_address(*address);
      }
      case FieldType::subject:
      case FieldType::head:
      case FieldType::text:
      case FieldType::name:
        return std::holds_alternative<Name>(value) && is_name(std::get<Name>(value));
    }
    return false;
  }

  [[nodiscard]] static bool is_all_of_names(const std::vector<std::string>& names) {
    return std::all_of(names.begin(), names.end(),
                       [](const std::string& name) { return is_member_name(name); });
  }

  [[nodiscard]] std::string evidence_fault(const Evidence& evidence, bool needs_rule) const {
    if (evidence.text.empty()) return "no evidence";
    if (!is_inside(evidence.span)) return "evidence outside the input";
    if (!std::all_of(evidence.spans.begin(), evidence.spans.end(),
                     [this](SourceSpan span) { return is_inside(span); })) {
      return "a piece of evidence outside the input";
    }
    if (!evidence.label_text.empty() && !is_inside(evidence.label_span)) return "a label outside the input";
    if (!is_utf8(evidence.text) || !is_utf8(evidence.label_text)) return "evidence that is not UTF-8";
    if (evidence.at.line == 0 || evidence.at.column == 0) return "evidence without a place";
    return needs_rule && !is_rule_name(evidence.rule) ? "evidence without a rule" : std::string();
  }

  [[nodiscard]] bool is_inside(SourceSpan span) const {
    return span.start <= span.end && span.end <= source_.bytes;
  }

  [[nodiscard]] std::string value_fault(const Claim& claim) const {
    switch (field_.type) {
      case FieldType::count:
      case FieldType::number:
      case FieldType::quantity:
        return figure_fault(claim);
      case FieldType::date:
        return with<Date>(claim, [](const Date& date) { return is_edtf(to_edtf(date)); });
      case FieldType::phone:
        return with<Phone>(claim, is_phone);
      case FieldType::url:
        return with<Url>(claim, [](const Url& url) { return is_url(url.value) && is_utf8(url.value); });
      case FieldType::email:
        return with<Email>(claim,
                           [](const Email& email) { return is_email(email.value) && is_utf8(email.value); });
      case FieldType::address:
        return with<Boxed<Address>>(claim,
                                    [](const Boxed<Address>& address) { return is_address(*address); });
      case FieldType::subject:
      case FieldType::head:
      case FieldType::text:
      case FieldType::name:
        return with<Name>(claim, is_name);
    }
    return "no value";
  }

  template <class Wanted, class Test>
  static std::string with(const Claim& claim, Test test) {
    const auto* value = std::get_if<Wanted>(&claim.value);
    if (value == nullptr) return "a value of another type";
    return test(*value) ? std::string() : "a value that is not well-formed";
  }

  [[nodiscard]] std::string figure_fault(const Claim& claim) const {
    if (!std::holds_alternative<Number>(claim.value) && !std::holds_alternative<Quantity>(claim.value)) {
      return "a value of another type";
    }
    if (!std::isfinite(claim.amount)) return "a value that is no number";
    const auto* quantity = std::get_if<Quantity>(&claim.value);
    const Number& number = quantity == nullptr ? std::get<Number>(claim.value) : quantity->number;
    if (is_too_long(number.stated) || is_too_long(number.value)) return "a number of too many digits";
    if (field_.type != FieldType::count) return {};
    const bool whole = std::abs(claim.amount) < kExactIntegers && claim.amount == std::floor(claim.amount);
    if (!whole) return "a count that is no integer";
    return claim.amount < 0 ? "a count below zero" : std::string();
  }

  static bool is_too_long(const Decimal& decimal) { return std::abs(decimal.exponent) > kMostDigits; }

  static bool is_phone(const Phone& phone) {
    if (!is_utf8(phone.extension) || !is_utf8(phone.stated)) return false;
    return phone.e164.empty() ? !phone.stated.empty() : is_e164(phone.e164);
  }

  static bool is_address(const Address& address) {
    if (!address.country.empty() && !is_country(address.country)) return false;
    if (address.country == "JP" && !address.postal_code.empty() && !is_digits(address.postal_code, 7))
      return false;
    if (!address.local_government_code.empty() && !is_digits(address.local_government_code, 6)) return false;
    if (address.match_level > 3 && address.match_level != 8) return false;
    const std::string* const texts[] = {
        &address.postal_code, &address.prefecture,     &address.region,       &address.city_and_county,
        &address.locality,    &address.street_address, &address.city_block,   &address.building_name_etc,
        &address.care_of,     &address.po_box,         &address.organization, &address.label,
        &address.section,     &address.full_address};
    return std::all_of(std::begin(texts), std::end(texts),
                       [](const std::string* text) { return is_utf8(*text); });
  }

  static bool is_name(const Name& name) {
    const std::string& code = name.local_government_code;
    if (!code.empty() && !is_digits(code, 6)) return false;
    return !name.value.empty() && is_utf8(name.value) && is_utf8(name.title);
  }

  const FieldRules& field_;
  const RulePack& rules_;
  const SourceInfo& source_;
};

class Validator {
 public:
  Validator(Record& record, const RulePack& rules) : record_(record), rules_(rules) {}

  void run() {
    for (Field& field : record_.fields) check(field);
    std::erase_if(record_.fields, [](const Field& field) { return field.claims.empty(); });
    check_rates();
    std::erase_if(record_.diagnostics,
                  [](const Diagnostic& d) { return !is_utf8(d.message) || !is_utf8(d.hint); });
  }

 private:
  void check(Field& field) {
    const FieldRules* rules = rules_.field(field.id);
    if (rules == nullptr) {
      field.claims.clear();
      return;
    }
    const ClaimCheck check(*rules, rules_, record_.source);
    for (Claim& claim : field.claims)
      std::erase_if(claim.others, [&](Claim& other) { return is_bad(field, check, other); });
    if (field.many) {
      std::erase_if(field.claims, [&](Claim& claim) { return is_bad(field, check, claim); });
    } else if (!field.claims.empty() && is_bad(field, check, field.claims.front())) {
      promote(field);
    }
  }

  // The next best claim about the subject takes the place of a primary one that cannot be written.
  static void promote(Field& field) {
    std::vector<Claim> others = std::move(field.claims.front().others);
    field.claims.clear();
    const auto next =
        std::find_if(others.begin(), others.end(), [](const Claim& claim) { return claim.of.empty(); });
    if (next == others.end()) return;
    Claim primary = std::move(*next);
    others.erase(next);
    primary.others = std::move(others);
    field.claims.push_back(std::move(primary));
  }

  bool is_bad(const Field& field, const ClaimCheck& check, Claim& claim) {
    if (const std::string fault = check.fault(claim); !fault.empty()) {
      report(Severity::error, field.id + ".invalid", "a claim was dropped: " + fault, claim);
      return true;
    }
    if (check.in_range(claim)) return false;
    report(Severity::warning, field.id + ".out-of-range",
           "a figure outside the range of the field was dropped", claim);
    return true;
  }

  // A field whose unit is a quotient must agree with fields of the two units, if the record has them.
  void check_rates() {
    for (const Field& field : record_.fields) {
      const FieldRules* rules = rules_.field(field.id);
      const std::size_t slash = rules->unit.find('/');
      if (field.many || !is_figure(rules->type) || slash == std::string::npos) continue;
      const Claim* above = figure_in(std::string_view(rules->unit).substr(0, slash));
      const Claim* below = figure_in(std::string_view(rules->unit).substr(slash + 1));
      if (above != nullptr && below != nullptr && below->amount > 0) check_rate(field, *above, *below);
    }
  }

  [[nodiscard]] const Claim* figure_in(std::string_view unit) const {
    for (const Field& field : record_.fields) {
      if (!field.many && !field.claims.empty() && field.claims.front().unit == unit)
        return &field.claims.front();
    }
    return nullptr;
  }

  void check_rate(const Field& field, const Claim& above, const Claim& below) {
    const Claim& claim = field.claims.front();
    const double expected = above.amount / below.amount;
    const std::string code = field.id + ".mismatch";
    const CheckRule* check = rules_.check(code);
    const double tolerance = check == nullptr ? kTolerance : check->tolerance;
    if (std::abs(claim.amount - expected) <= tolerance * std::abs(expected)) return;
    report(Severity::warning, code,
           "'" + claim.evidence.text + "' differs by more than " +
               std::to_string(std::lround(100 * tolerance)) + " % from what the others give: '" +
               above.evidence.text + "' by '" + below.evidence.text + "'",
           claim);
    Diagnostic& said = record_.diagnostics.back();
    for (const Claim* other : {&above, &below})
      said.related.push_back({other->evidence.span, other->evidence.text});
  }

  void report(Severity severity, std::string code, std::string message, const Claim& claim) {
    Diagnostic diagnostic{severity, std::move(code), std::move(message), {}, claim.evidence.rule, ""};
    const SourceSpan span = claim.evidence.span;
    if (span.start <= span.end && span.end <= record_.source.bytes) diagnostic.at = span;
    record_.diagnostics.push_back(std::move(diagnostic));
  }

  Record& record_;
  const RulePack& rules_;
};

}  // namespace

bool is_edtf(std::string_view text) {
  if (text.starts_with("../")) return is_edtf_point(text.substr(3));
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return is_edtf_point(text);
  const std::string_view last = text.substr(slash + 1);
  return is_edtf_point(text.substr(0, slash)) && (last == ".." || is_edtf_point(last));
}

bool is_e164(std::string_view text) {
  if (text.size() < 3 || text.size() > 16 || text[0] != '+' || text[1] == '0') return false;
  return is_all(text.substr(1), is_ascii_digit);
}

void validate(Record& record, const RulePack& rules) { Validator(record, rules).run(); }

}  // namespace yoran
