#include "emit/text.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "emit/display.h"

namespace yoran {
namespace {

constexpr std::size_t kWidestValue = 56;
constexpr std::size_t kWidestNotes = 48;

// 1234567.5 -> 1,234,567.5
std::string grouped(std::string digits) {
  const std::size_t first = digits.starts_with('-') ? 1 : 0;
  if (digits.find('e') != std::string::npos) return digits;
  std::size_t i = std::min(digits.find('.'), digits.size());
  while (i > first + 3) digits.insert(i -= 3, 1, ',');
  return digits;
}

std::string number_text(double number) {
  std::string text;
  append_json(text, number);
  return grouped(std::move(text));
}

bool is_figure(const Value& value) {
  return std::holds_alternative<Number>(value) || std::holds_alternative<Quantity>(value);
}

std::string date_text(const Date& date) {
  std::string text = to_edtf(date);
  if (date.fiscal_year) text += " (fiscal " + std::to_string(*date.fiscal_year) + ")";
  if (date.bound == Bound::minimum) text += " (since)";
  if (date.bound == Bound::maximum) text += " (until)";
  return text;
}

std::string phone_text(const Phone& phone) {
  std::string text = phone.e164.empty() ? phone.stated : phone.e164;
  if (!phone.extension.empty()) text += " ext. " + phone.extension;
  return text;
}

std::string address_text(const Address& address) {
  std::string text = address.full_address;
  const std::string& who = address.label.empty() ? address.organization : address.label;
  if (!who.empty()) text = who + ": " + text;
  return text;
}

std::string plain_text(const Value& value) {
  if (const auto* date = std::get_if<Date>(&value)) return date_text(*date);
  if (const auto* phone = std::get_if<Phone>(&value)) return phone_text(*phone);
  if (const auto* url = std::get_if<Url>(&value)) return url->value;
  if (const auto* email = std::get_if<Email>(&value)) return email->value;
  if (const auto* address = address_in(value)) return address_text(*address);
  if (const auto* name = std::get_if<Name>(&value)) return name->value;
  if (const auto* number = std::get_if<Number>(&value)) return grouped(number->value.to_string());
  if (const auto* quantity = std::get_if<Quantity>(&value))
    return grouped(quantity->number.value.to_string());
  return {};
}

std::string kind_of(const Claim& claim) {
  if (!claim.kind.empty()) return claim.kind;
  if (const auto* name = std::get_if<Name>(&claim.value))
    return name->title.empty() ? name->kind : name->title;
  if (const auto* phone = std::get_if<Phone>(&claim.value)) {
    constexpr std::string_view kNames[] = {"", "fax", "mobile", "toll free"};
    return std::string(kNames[static_cast<std::size_t>(phone->kind)]);
  }
  return {};
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

// What is said about a claim: whose it is, when, how sure.
std::string notes_of(const Claim& claim) {
  std::vector<std::string> notes;
  if (std::string kind = kind_of(claim); !kind.empty()) notes.push_back(std::move(kind));
  if (!claim.of.empty()) notes.push_back("of " + claim.of);
  if (!claim.as_of.empty()) notes.push_back("as of " + claim.as_of);
  if (!claim.assumed.empty()) notes.push_back("assumed: " + joined(claim.assumed));
  if (!claim.alternatives.empty()) {
    std::string text = "or ";
    for (const Value& value : claim.alternatives) text += (text.size() > 3 ? ", " : "") + plain_text(value);
    notes.push_back(std::move(text));
  }
  return joined(notes);
}

struct Row {
  std::array<std::string, 4> cells;  // field, value, notes, place
};

std::string place_of(const Evidence& evidence) {
  return std::to_string(evidence.at.line) + ":" + std::to_string(evidence.at.column);
}

void add_rows(std::vector<Row>& rows, const FieldRules& field, const Claim& claim, bool further) {
  std::string value = readable(claim.value, claim.amount, field);
  if (!claim.unit.empty()) value += " " + claim.unit;
  rows.push_back({{further ? "" : field.id, shortened(visible(value), kWidestValue),
                   shortened(visible(notes_of(claim)), kWidestNotes), place_of(claim.evidence)}});
  for (const Claim& other : claim.others) add_rows(rows, field, other, true);
}

void write_rows(std::string& out, const std::vector<Row>& rows) {
  std::array<std::size_t, 3> widths{};
  for (const Row& row : rows) {
    for (std::size_t i = 0; i < widths.size(); ++i)
      widths[i] = std::max(widths[i], display_width(row.cells[i]));
  }
  for (const Row& row : rows) {
    out += "  ";
    for (std::size_t i = 0; i < widths.size(); ++i) {
      if (widths[i] > 0) out += padded(row.cells[i], widths[i] + 2);
    }
    out += row.cells[3] + "\n";
  }
}

}  // namespace

std::string readable(const Value& value, double amount, const FieldRules& field) {
  if (!is_figure(value)) return plain_text(value);
  return number_text(field.type == FieldType::count ? std::round(amount) : amount);
}

void write_text(std::string& out, const Record& record, const RulePack& rules, const WriteOptions& options,
                const TextStyle& style) {
  const SourceInfo& source = record.source;
  if (style.color) out += "\x1b[1m";
  out += visible(source.name);
  if (style.color) out += "\x1b[0m";
  if (source.parts > 1) out += " #" + std::to_string(source.part);
  out += "  (" + source.media_type + ", " + source.charset + ")\n";
  std::vector<Row> rows;
  for (const Field& field : record.fields) {
    const FieldRules* field_rules = rules.field(field.id);
    const auto& wanted = options.fields;
    if (!wanted.empty() && std::find(wanted.begin(), wanted.end(), field.id) == wanted.end()) continue;
    if (field_rules == nullptr) continue;
    for (const Claim& claim : field.claims)
      add_rows(rows, *field_rules, claim, &claim != &field.claims.front());
  }
  write_rows(out, rows);
}

void write_text(std::string& out, const std::vector<MentionClaim>& mentions) {
  std::vector<Row> rows;
  for (const MentionClaim& mention : mentions) {
    std::string value = plain_text(mention.value);
    if (!mention.unit.empty()) value += " " + mention.unit;
    rows.push_back({{mention.kind, shortened(visible(value), kWidestValue),
                     shortened(visible(mention.evidence.text), kWidestNotes), place_of(mention.evidence)}});
  }
  write_rows(out, rows);
}

}  // namespace yoran
