#include "emit/json_writer.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstring>
#include <variant>

#include "emit/display.h"
#include "emit/version.h"
#include "types/ascii_run.h"

namespace yoran {
namespace {

// 0: as it is; 'u': \u00xx; else the letter behind the backslash.
constexpr std::array<char, 256> kEscapes = [] {
  std::array<char, 256> table{};
  for (std::size_t c = 0; c < 0x20; ++c) table[c] = 'u';
  table['\b'] = 'b', table['\f'] = 'f', table['\n'] = 'n', table['\r'] = 'r', table['\t'] = 't';
  table['"'] = '"', table['\\'] = '\\';
  return table;
}();

// Whether any of eight bytes is below a blank, a quote or a backslash.
bool any_escape(std::uint64_t bytes) {
  const auto below_each = [](std::uint64_t each, std::uint64_t limit) {
    return (each - kEachByte * limit) & ~each;
  };
  const std::uint64_t found = below_each(bytes, 0x20U) | below_each(bytes ^ kEachByte * '"', 1U) |
                              below_each(bytes ^ kEachByte * '\\', 1U);
  return (found & kEachByte * 0x80U) != 0;
}

constexpr double kExactIntegers = 9007199254740992.0;  // 2^53
constexpr double kPlainBelow = 1e21;                   // larger numbers are written with an exponent

// The end of a text that is written piece by piece: room is made in steps, and what is left of it is given
// back when all is written.
class Tail {
 public:
  explicit Tail(std::string& out, std::size_t step = 0) : out_(out), used_(out.size()), step_(step) {}
  Tail(const Tail&) = delete;
  Tail& operator=(const Tail&) = delete;
  ~Tail() { out_.resize(used_); }

  void put(char c) {
    room(1)[0] = c;
    ++used_;
  }
  void put(std::string_view text) {
    std::memcpy(room(text.size()), text.data(), text.size());
    used_ += text.size();
  }
  void put_quoted(std::string_view utf8) {
    put('"');
    for (; !utf8.empty(); utf8.remove_prefix(std::min(kPart, utf8.size())))
      put_escaped(utf8.substr(0, kPart));
    put('"');
  }
  void put_key(std::string_view name) {
    char* const at = room(name.size() + 3);
    *at = '"';
    std::memcpy(at + 1, name.data(), name.size());
    at[name.size() + 1] = '"', at[name.size() + 2] = ':';
    used_ += name.size() + 3;
  }
  template <class... Number>
  void put_number(Number... number) {
    char* const at = room(kLongestNumber);
    used_ += static_cast<std::size_t>(std::to_chars(at, at + kLongestNumber, number...).ptr - at);
  }

 private:
  static constexpr std::size_t kPart = 1024;  // of a text whose escapes may need six times the room
  static constexpr std::size_t kLongestNumber = 64;

  char* room(std::size_t most) {
    if (out_.size() - used_ < most) out_.resize(used_ + std::max(most, step_));
    return out_.data() + used_;
  }

  void put_escaped(std::string_view utf8) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    char* at = room(6 * utf8.size());
    for (std::size_t i = 0; i < utf8.size(); ++i) {
      for (; i + 8 <= utf8.size() && !any_escape(eight_bytes(utf8, i)); i += 8, at += 8)
        std::memcpy(at, utf8.data() + i, 8);
      if (i == utf8.size()) break;
      const char c = utf8[i];
      const auto byte = static_cast<unsigned char>(c);
      const char escape = kEscapes[byte];
      if (escape == 0) {
        *at++ = c;
        continue;
      }
      *at++ = '\\', *at++ = escape;
      if (escape == 'u') *at++ = '0', *at++ = '0', *at++ = kDigits[byte >> 4U], *at++ = kDigits[byte & 15U];
    }
    used_ = static_cast<std::size_t>(at - out_.data());
  }

  std::string& out_;
  std::size_t used_;
  std::size_t step_;  // least room made at once
};

void put_json(Tail& out, std::string_view utf8) { out.put_quoted(utf8); }
void put_json(Tail& out, std::int64_t number) { out.put_number(number); }
void put_json(Tail& out, double number) {
  const bool plain = std::abs(number) < kPlainBelow && (number == 0 || std::abs(number) >= 1e-6);
  if (plain)
    out.put_number(number, std::chars_format::fixed);
  else
    out.put_number(number);
}

// Objects and arrays with commas where they belong.
class Writer {
 public:
  explicit Writer(std::string& out) : out_(out, kStep) {}

  void open(char bracket) { separate(), out_.put(bracket), first_ = true; }
  void close(char bracket) { out_.put(bracket), first_ = false; }
  void key(std::string_view name) {
    separate();
    out_.put_key(name);
    first_ = true;
  }
  template <class T>
  void value(const T& value) {
    separate();
    put_json(out_, value);
  }
  void raw(std::string_view json) { separate(), out_.put(json); }

  void member(std::string_view name, std::string_view text) { key(name), value(text); }
  void integer(std::string_view name, std::int64_t number) { key(name), value(number); }
  void number(std::string_view name, double number) { key(name), value(number); }
  void truth(std::string_view name) { key(name), raw("true"); }
  void text_if_any(std::string_view name, std::string_view text) {
    if (!text.empty()) member(name, text);
  }
  void strings_if_any(std::string_view name, const std::vector<std::string>& texts) {
    if (texts.empty()) return;
    key(name), open('[');
    for (const std::string& text : texts) value(std::string_view(text));
    close(']');
  }

 private:
  void separate() {
    if (!first_) out_.put(',');
    first_ = false;
  }

  static constexpr std::size_t kStep = 4096;
  Tail out_;
  bool first_ = true;
};

std::string_view to_string(Certainty certainty) {
  constexpr std::string_view kNames[] = {"stated", "inferred", "ambiguous"};
  return kNames[static_cast<std::size_t>(certainty)];
}

std::string_view to_string(PhoneKind kind) {
  constexpr std::string_view kNames[] = {"voice", "fax", "mobile", "toll_free"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::string_view to_string(AddressKind kind) {
  constexpr std::string_view kNames[] = {"", "physical", "postal"};
  return kNames[static_cast<std::size_t>(kind)];
}

const Number* number_of(const Value& value) {
  if (const auto* number = std::get_if<Number>(&value)) return number;
  if (const auto* quantity = std::get_if<Quantity>(&value)) return &quantity->number;
  return nullptr;
}

bool contains(const std::vector<std::string>& texts, std::string_view text) {
  return std::find(texts.begin(), texts.end(), text) != texts.end();
}

class RecordWriter {
 public:
  RecordWriter(std::string& out, const RulePack& rules, const LineIndex* lines, const WriteOptions& options)
      : json_(out), rules_(rules), lines_(lines), options_(options) {}

  void record(const Record& record) {
    json_.open('{');
    json_.member("schema", kRecordFormat);
    id(record.source);
    generator();
    source(record.source);
    json_.key("languages"), json_.open('[');
    for (const std::string& language : record.languages) json_.value(std::string_view(language));
    json_.close(']');
    fields(record.fields);
    json_.key("diagnostics");
    diagnostics(record.diagnostics);
    json_.close('}');
  }

  void diagnostics(const Diagnostics& diagnostics) {
    json_.open('[');
    for (const Diagnostic& diagnostic : diagnostics) this->diagnostic(diagnostic);
    json_.close(']');
  }

  void mentions(const std::vector<MentionClaim>& mentions) {
    json_.open('[');
    for (const MentionClaim& mention : mentions) this->mention(mention);
    json_.close(']');
  }

 private:
  void id(const SourceInfo& source) {
    std::string text = source.sha256;
    text += '#';
    text += std::to_string(source.part);
    json_.member("id", text);
  }

  void generator() {
    json_.key("generator"), json_.open('{');
    json_.member("name", kProgramName);
    json_.member("version", kVersion);
    json_.member("rules_sha256", rules_.sha256);
    json_.close('}');
  }

  void source(const SourceInfo& source) {
    json_.key("source"), json_.open('{');
    if (is_valid_utf8(source.name))
      json_.member("name", source.name);
    else
      json_.member("name", well_formed(source.name));
    json_.member("sha256", source.sha256);
    json_.integer("bytes", static_cast<std::int64_t>(source.bytes));
    json_.member("media_type", source.media_type);
    json_.member("charset", source.charset);
    json_.integer("part", source.part);
    json_.integer("parts", source.parts);
    json_.close('}');
  }

  void fields(const std::vector<Field>& fields) {
    json_.key("fields"), json_.open('{');
    for (const Field& field : fields) {
      if (!options_.fields.empty() && !contains(options_.fields, field.id)) continue;
      const FieldRules* rules = rules_.field(field.id);
      if (rules == nullptr || field.claims.empty()) continue;
      json_.key(field.id);
      if (field.many) json_.open('[');
      for (const Claim& claim : field.claims) this->claim(claim, rules->type);
      if (field.many) json_.close(']');
    }
    json_.close('}');
  }

  void claim(const Claim& claim, FieldType type) {
    json_.open('{');
    value_members(claim, type);
    json_.text_if_any("unit", claim.unit);
    if (const Number* number = number_of(claim.value)) stated_number(*number, claim);
    json_.text_if_any("of", claim.of);
    as_of(claim);
    json_.text_if_any("kind", claim.kind);
    json_.strings_if_any("assumed", claim.assumed);
    alternatives(claim.alternatives, type);
    json_.member("certainty", to_string(claim.certainty));
    if (options_.evidence) json_.key("evidence"), evidence(claim.evidence);
    if (!claim.others.empty()) {
      json_.key("others"), json_.open('[');
      for (const Claim& other : claim.others) this->claim(other, type);
      json_.close(']');
    }
    json_.close('}');
  }

  // `value` and the members that belong to its type.
  void value_members(const Claim& claim, FieldType type) {
    if (number_of(claim.value) != nullptr) {
      json_.key("value");
      if (type == FieldType::count)
        json_.value(static_cast<std::int64_t>(std::llround(claim.amount)));
      else
        json_.value(claim.amount);
    } else if (const auto* date = std::get_if<Date>(&claim.value)) {
      json_.member("value", to_edtf(*date));
      date_members(*date);
    } else if (const auto* phone = std::get_if<Phone>(&claim.value)) {
      json_.text_if_any("value", phone->e164);
      phone_members(*phone);
    } else if (const auto* url = std::get_if<Url>(&claim.value)) {
      json_.member("value", url->value);
      json_.text_if_any("ascii", url->ascii);
    } else if (const auto* email = std::get_if<Email>(&claim.value)) {
      json_.member("value", email->value);
    } else if (const auto* address = address_in(claim.value)) {
      address_members(*address);
    } else if (const auto* name = std::get_if<Name>(&claim.value)) {
      json_.member("value", name->value);
      json_.text_if_any("kind", name->kind);
      json_.text_if_any("title", name->title);
      json_.text_if_any("local_government_code", name->local_government_code);
    }
  }

  void date_members(const Date& date) {
    if (date.fiscal_year) json_.integer("fiscal_year", *date.fiscal_year);
    bound(date.bound);
    if (date.era >= rules_.calendar.eras.size()) return;
    json_.key("calendar"), json_.open('{');
    json_.member("era", rules_.calendar.eras[date.era].id);
    json_.integer("year", date.era_year);
    json_.close('}');
  }

  void phone_members(const Phone& phone) {
    json_.member("kind", to_string(phone.kind));
    json_.text_if_any("extension", phone.extension);
    if (phone.e164.empty()) json_.member("stated", phone.stated);
  }

  void address_members(const Address& address) {
    json_.text_if_any("country", address.country);
    json_.text_if_any("postal_code", address.postal_code);
    json_.text_if_any("prefecture", address.prefecture);
    json_.text_if_any("region", address.region);
    json_.text_if_any("city_and_county", address.city_and_county);
    json_.text_if_any("locality", address.locality);
    json_.text_if_any("street_address", address.street_address);
    json_.text_if_any("city_block", address.city_block);
    json_.text_if_any("building_name_etc", address.building_name_etc);
    json_.text_if_any("care_of", address.care_of);
    json_.text_if_any("po_box", address.po_box);
    json_.text_if_any("organization", address.organization);
    json_.text_if_any("local_government_code", address.local_government_code);
    json_.integer("match_level", address.match_level);
    json_.text_if_any("label", address.label);
    json_.text_if_any("section", address.section);
    json_.text_if_any("kind", to_string(address.kind));
    json_.text_if_any("full_address", address.full_address);
  }

  // What was written, where it is not simply the value: a multiplier, or any measured quantity.
  void stated_number(const Number& number, const Claim& claim) {
    const std::int64_t multiplier = multiplier_of(number, claim);
    if (claim.stated_unit || multiplier > 1) {
      json_.key("stated"), json_.open('{');
      json_.member("value", (number.multiplier == 0 ? number.value : number.stated).to_string());
      if (multiplier > 1) json_.integer("multiplier", multiplier);
      if (claim.stated_unit) {
        json_.key("unit");
        if (claim.stated_unit->empty())
          json_.raw("null");
        else
          json_.value(std::string_view(*claim.stated_unit));
      }
      json_.close('}');
    }
    number_flags(number);
  }

  // What the stated digits were multiplied by: the number's own multiplier and that of the counting word
  // behind it.
  static std::int64_t multiplier_of(const Number& number, const Claim& claim) {
    const double stated = number.stated.to_double();
    if (number.multiplier == 0 || claim.stated_unit || stated == 0) return number.multiplier;
    const double ratio = std::round(claim.amount / stated);
    const bool exact = std::abs(stated * ratio - claim.amount) <= 1e-9 * std::abs(claim.amount);
    return exact && ratio >= 1 && ratio < kExactIntegers ? static_cast<std::int64_t>(ratio)
                                                         : number.multiplier;
  }

  void number_flags(const Number& number) {
    if (number.approximate) json_.truth("approximate");
    bound(number.bound);
  }

  void bound(Bound bound) {
    if (bound == Bound::minimum) json_.member("bound", "min");
    if (bound == Bound::maximum) json_.member("bound", "max");
  }

  void as_of(const Claim& claim) {
    if (claim.as_of.empty()) return;
    json_.member("as_of", claim.as_of);
    if (!claim.as_of_evidence || !options_.evidence) return;
    json_.key("as_of_evidence");
    evidence(*claim.as_of_evidence);
  }

  void alternatives(const std::vector<Value>& values, FieldType type) {
    if (values.empty()) return;
    json_.key("alternatives"), json_.open('[');
    for (const Value& value : values) plain_value(value, type == FieldType::address);
    json_.close(']');
  }

  // A value by itself. Quantities say their unit, for it may differ from the claim's.
  void plain_value(const Value& value, bool address_as_line) {
    if (const auto* quantity = std::get_if<Quantity>(&value)) {
      json_.open('{');
      json_.key("value"), decimal(quantity->number.value);
      json_.member("unit", unit_code(*quantity));
      json_.close('}');
    } else if (const auto* number = std::get_if<Number>(&value)) {
      decimal(number->value);
    } else if (const auto* date = std::get_if<Date>(&value)) {
      json_.value(std::string_view(to_edtf(*date)));
    } else if (const auto* phone = std::get_if<Phone>(&value)) {
      json_.value(std::string_view(phone->e164));
    } else if (const auto* url = std::get_if<Url>(&value)) {
      json_.value(std::string_view(url->value));
    } else if (const auto* email = std::get_if<Email>(&value)) {
      json_.value(std::string_view(email->value));
    } else if (const auto* name = std::get_if<Name>(&value)) {
      json_.value(std::string_view(name->value));
    } else if (const auto* address = address_in(value)) {
      if (address_as_line) return json_.value(std::string_view(address->full_address));
      json_.open('{');
      address_members(*address);
      json_.close('}');
    } else {
      json_.raw("null");
    }
  }

  // Exactly, in plain notation unless that would be absurdly long.
  void decimal(const Decimal& value) {
    const Decimal plain = value.normalized();
    if (plain.exponent <= 21 && plain.exponent >= -30) return json_.raw(plain.to_string());
    json_.raw(std::to_string(plain.digits) + "e" + std::to_string(plain.exponent));
  }

  [[nodiscard]] std::string_view unit_code(const Quantity& quantity) const {
    if (quantity.unit >= rules_.units.units.size()) return {};
    return rules_.units.units[quantity.unit].code;
  }

  void evidence(const Evidence& evidence) {
    json_.open('{');
    json_.member("text", evidence.text);
    span_members(evidence.span);
    json_.integer("line", evidence.at.line);
    json_.integer("column", evidence.at.column);
    if (!evidence.spans.empty()) {
      json_.key("spans"), json_.open('[');
      for (const SourceSpan span : evidence.spans) {
        json_.open('[');
        json_.value(std::int64_t{span.start});
        json_.value(std::int64_t{span.end});
        json_.close(']');
      }
      json_.close(']');
    }
    json_.text_if_any("rule", evidence.rule);
    if (!evidence.label_text.empty()) {
      json_.key("label"), json_.open('{');
      json_.member("text", evidence.label_text);
      span_members(evidence.label_span);
      json_.close('}');
    }
    json_.close('}');
  }

  void span_members(SourceSpan span) {
    json_.integer("start", span.start);
    json_.integer("end", span.end);
  }

  void diagnostic(const Diagnostic& diagnostic) {
    json_.open('{');
    json_.member("severity", yoran::to_string(diagnostic.severity));
    json_.member("code", diagnostic.code);
    json_.member("message", diagnostic.message);
    if (diagnostic.at) {
      json_.key("at"), json_.open('{');
      span_members(*diagnostic.at);
      if (lines_ != nullptr) {
        const LineColumn at = lines_->at(diagnostic.at->start);
        json_.integer("line", at.line);
        json_.integer("column", at.column);
      }
      json_.close('}');
    }
    json_.text_if_any("rule", diagnostic.rule);
    json_.text_if_any("hint", diagnostic.hint);
    json_.close('}');
  }

  void mention(const MentionClaim& mention) {
    json_.open('{');
    json_.member("kind", mention.kind);
    const auto* phone = std::get_if<Phone>(&mention.value);
    if (phone == nullptr || !phone->e164.empty()) {
      json_.key("value");
      mention_value(mention.value);
    }
    if (const auto* date = std::get_if<Date>(&mention.value)) date_members(*date);
    if (phone != nullptr) mention_phone(*phone);
    if (const auto* url = std::get_if<Url>(&mention.value)) json_.text_if_any("ascii", url->ascii);
    json_.text_if_any("unit", mention.unit);
    if (const Number* number = number_of(mention.value)) mention_number(*number);
    json_.strings_if_any("assumed", assumed_of(mention));
    if (!mention.alternatives.empty()) {
      json_.key("alternatives"), json_.open('[');
      for (const Value& value : mention.alternatives) plain_value(value, false);
      json_.close(']');
    }
    if (options_.evidence) json_.key("evidence"), evidence(mention.evidence);
    json_.close('}');
  }

  void mention_value(const Value& value) {
    if (const Number* number = number_of(value))
      decimal(number->value);
    else
      plain_value(value, false);
  }

  // `kind` is taken by the mention itself.
  void mention_phone(const Phone& phone) {
    json_.member("phone_kind", to_string(phone.kind));
    json_.text_if_any("extension", phone.extension);
    if (phone.e164.empty()) json_.member("stated", phone.stated);
  }

  void mention_number(const Number& number) {
    if (number.multiplier > 1) {
      json_.key("stated"), json_.open('{');
      json_.member("value", number.stated.to_string());
      json_.integer("multiplier", number.multiplier);
      json_.close('}');
    }
    number_flags(number);
  }

  static std::vector<std::string> assumed_of(const MentionClaim& mention) {
    std::vector<std::string> assumed = mention.assumed;
    const auto add = [&assumed](bool is, const char* name) {
      if (is && !contains(assumed, name)) assumed.emplace_back(name);
    };
    if (const auto* date = std::get_if<Date>(&mention.value)) {
      add(date->assumed_year, "year");
      add(date->relative, "reference_date");
    }
    if (const auto* url = std::get_if<Url>(&mention.value)) add(url->assumed_scheme, "scheme");
    if (const auto* phone = std::get_if<Phone>(&mention.value)) {
      add(phone->assumed_region, "country");
      add(phone->assumed_area_code, "area_code");
    }
    if (const auto* address = address_in(mention.value)) {
      for (const std::string& name : address->assumed) add(true, name.c_str());
    }
    return assumed;
  }

  Writer json_;
  const RulePack& rules_;
  const LineIndex* lines_;
  const WriteOptions& options_;
};

}  // namespace

void append_json(std::string& out, std::string_view utf8) {
  Tail tail(out);
  put_json(tail, utf8);
}

void append_json(std::string& out, std::int64_t number) {
  Tail tail(out);
  put_json(tail, number);
}

void append_json(std::string& out, double number) {
  Tail tail(out);
  put_json(tail, number);
}

void write_record(std::string& out, const Record& record, const RulePack& rules, const LineIndex* lines,
                  const WriteOptions& options) {
  RecordWriter(out, rules, lines, options).record(record);
}

void write_diagnostics(std::string& out, const Diagnostics& diagnostics, const LineIndex* lines) {
  static const RulePack kNoRules;
  const WriteOptions options;
  RecordWriter(out, kNoRules, lines, options).diagnostics(diagnostics);
}

void write_mentions(std::string& out, const std::vector<MentionClaim>& mentions, const RulePack& rules,
                    const WriteOptions& options) {
  RecordWriter(out, rules, nullptr, options).mentions(mentions);
}

namespace {

void new_line(std::string& out, std::size_t depth) {
  out += '\n';
  out.append(2 * depth, ' ');
}

}  // namespace

std::string indented(std::string_view compact) {
  std::string out;
  std::size_t depth = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < compact.size(); ++i) {
    const char c = compact[i];
    if (quoted) {
      out += c;
      if (c == '\\')
        out += compact[++i];
      else if (c == '"')
        quoted = false;
      continue;
    }
    if (c == '}' || c == ']') {
      --depth;
      if (compact[i - 1] != '{' && compact[i - 1] != '[') new_line(out, depth);
    }
    out += c;
    if (c == '"') quoted = true;
    if (c == ':') out += ' ';
    if (c == ',') new_line(out, depth);
    if (c != '{' && c != '[') continue;
    ++depth;
    if (i + 1 < compact.size() && compact[i + 1] != '}' && compact[i + 1] != ']') new_line(out, depth);
  }
  return out;
}

}  // namespace yoran
