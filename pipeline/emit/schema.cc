#include "emit/schema.h"

#include <initializer_list>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "emit/version.h"
#include "rulepack/name_rules.h"

namespace yoran {
namespace {

using Json = nlohmann::ordered_json;

// Patterns are matched by std::regex in some validators: ASCII, anchored, no repeat without a bound.
const std::string kMonthDay = "(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?";
const std::string kEdtfPoint = "(-?([0-9]{3}X|[0-9]{2}XX|[0-9]{4}(-(" + kMonthDay +
                               "|2[1-4]|3[3-6]|4[01]))?)|XXXX-" + kMonthDay + ")[~?%]?";
const std::string kEdtf = "^(" + kEdtfPoint + "(/(" + kEdtfPoint + "|\\.\\.))?|\\.\\./" + kEdtfPoint + ")$";
constexpr const char* kE164 = "^\\+[1-9][0-9]{1,14}$";
constexpr const char* kSha256 = "^[0-9a-f]{64}$";
constexpr const char* kDecimal = "^-?[0-9]{1,80}(\\.[0-9]{1,80})?$";
constexpr const char* kRuleName = "^[A-Za-z0-9_./-]{1,128}$";
constexpr const char* kMemberName = "^[a-z][a-z_]{0,31}$";
constexpr const char* kCode = "^[a-z][a-z0-9_-]{0,63}\\.[a-z][a-z0-9-]{0,63}$";

Json ref(const std::string& name) { return {{"$ref", "#/definitions/" + name}}; }
Json text() { return {{"type", "string"}, {"minLength", 1}}; }
Json matching(const std::string& pattern) { return {{"type", "string"}, {"pattern", pattern}}; }
Json integer(std::int64_t minimum) { return {{"type", "integer"}, {"minimum", minimum}}; }
Json only(Json value) { return {{"const", std::move(value)}}; }
Json array_of(Json items, int at_least = 1) {
  return {{"type", "array"}, {"minItems", at_least}, {"items", std::move(items)}};
}
Json one_of(const std::vector<std::string>& values) { return {{"type", "string"}, {"enum", values}}; }

// A closed object, put together key by key.
class Object {
 public:
  Object& required(const std::string& key, Json schema) {
    required_.push_back(key);
    return optional(key, std::move(schema));
  }
  Object& optional(const std::string& key, Json schema) {
    properties_[key] = std::move(schema);
    return *this;
  }
  Object& also(const char* keyword, Json value) {
    more_[keyword] = std::move(value);
    return *this;
  }
  [[nodiscard]] Json json() const {
    Json schema = {{"type", "object"}, {"additionalProperties", false}};
    if (!required_.empty()) schema["required"] = required_;
    schema["properties"] = properties_;
    for (const auto& [keyword, value] : more_.items()) schema[keyword] = value;
    return schema;
  }

 private:
  std::vector<std::string> required_;
  Json properties_ = Json::object();
  Json more_ = Json::object();
};

Object span() { return Object().required("start", integer(0)).required("end", integer(0)); }

Json evidence(bool with_rule) {
  Object object;
  object.required("text", text());
  object.required("start", integer(0)).required("end", integer(0));
  object.required("line", integer(1)).required("column", integer(1));
  const Json pair = {{"type", "array"}, {"minItems", 2}, {"maxItems", 2}, {"items", integer(0)}};
  object.optional("spans", array_of(pair));
  if (with_rule) object.required("rule", matching(kRuleName));
  object.optional("label", span().required("text", text()).json());
  return object.json();
}

// Certainty follows from the members beside it.
Json certainty_rules() {
  const auto when = [](Json condition, Json consequence) {
    return Json{{"if", std::move(condition)}, {"then", std::move(consequence)}};
  };
  const auto has = [](const char* key) { return Json{{"required", {key}}}; };
  const auto is = [](const char* value) { return Json{{"properties", {{"certainty", only(value)}}}}; };
  return Json{
      {"allOf",
       {when(has("alternatives"), is("ambiguous")), when(is("ambiguous"), has("alternatives")),
        when(is("inferred"), has("assumed")),
        when(has("assumed"), {{"properties", {{"certainty", {{"enum", {"inferred", "ambiguous"}}}}}}})}}};
}

Json diagnostic() {
  return Object()
      .required("severity", one_of({"info", "warning", "error"}))
      .required("code", matching(kCode))
      .required("message", text())
      .optional("at", span().required("line", integer(1)).required("column", integer(1)).json())
      .optional("rule", text())
      .optional("hint", text())
      .json();
}

class FieldSchema {
 public:
  FieldSchema(const FieldRules& field, bool evidence) : field_(field), evidence_(evidence) {}

  // The claim of a field of many values, or one of `others`.
  [[nodiscard]] Json claim() const { return members().json(); }

  [[nodiscard]] Json field() const {
    const std::string name = "claim_" + field_.id;
    if (field_.many) return array_of(ref(name));
    return members().optional("others", array_of(ref(name))).json();
  }

 private:
  [[nodiscard]] Object members() const {
    Object object;
    value_members(object);
    object.optional("of", text());
    object.optional("as_of", ref("edtf"));
    if (evidence_) object.optional("as_of_evidence", ref("as_of_evidence"));
    if (!field_.kinds.empty()) object.optional("kind", one_of(field_.kinds));
    object.optional("assumed", array_of(matching(kMemberName)));
    object.optional("alternatives", array_of(alternative()));
    object.required("certainty", one_of({"stated", "inferred", "ambiguous"}));
    if (evidence_) object.required("evidence", ref("evidence"));
    if (evidence_)
      object.also("dependencies", {{"as_of", {"as_of_evidence"}}, {"as_of_evidence", {"as_of"}}});
    Json rules = Json::array({ref("certainty_rules")});
    if (field_.type == FieldType::phone)
      rules.push_back({{"oneOf", {{{"required", {"value"}}}, {{"required", {"stated"}}}}}});
    if (field_.type == FieldType::address) rules.push_back(japanese_postal_code());
    object.also("allOf", std::move(rules));
    return object;
  }

  void value_members(Object& object) const {
    switch (field_.type) {
      case FieldType::count:
      case FieldType::number:
      case FieldType::quantity:
        return figure_members(object);
      case FieldType::date:
        return date_members(object);
      case FieldType::phone:
        return phone_members(object);
      case FieldType::address:
        return address_members(object);
      case FieldType::url:
        object.required("value", matching("^[a-z][a-z0-9+.-]{1,19}:."));
        object.optional("ascii", text());
        return;
      case FieldType::email:
        object.required("value", matching("^.{1,400}@.{1,255}$"));
        return;
      case FieldType::subject:
        object.required("value", text());
        object.required("kind", one_of(subject_kinds()));
        object.optional("title", text());
        object.optional("local_government_code", matching("^[0-9]{6}$"));
        return;
      case FieldType::head:
      case FieldType::text:
      case FieldType::name:
        object.required("value", text());
        if (field_.kinds.empty()) object.optional("kind", text());
        object.optional("title", text());
        return;
    }
  }

  void figure_members(Object& object) const {
    Json value = {{"type", field_.type == FieldType::count ? "integer" : "number"}};
    if (field_.type == FieldType::count) value["minimum"] = 0;
    if (field_.range_min) value["minimum"] = limit(*field_.range_min);
    if (field_.range_max) value["maximum"] = limit(*field_.range_max);
    object.required("value", std::move(value));
    if (!field_.unit_codes.empty())
      object.required("unit", one_of(units()));
    else if (!field_.unit.empty())
      object.required("unit", only(field_.unit));
    Object stated;
    stated.required("value", matching(kDecimal));
    stated.optional("multiplier", integer(2));
    stated.optional("unit", {{"type", {"string", "null"}}, {"minLength", 1}});
    object.optional("stated", stated.json());
    object.optional("approximate", only(true));
    object.optional("bound", one_of({"min", "max"}));
  }

  [[nodiscard]] std::vector<std::string> units() const {
    std::vector<std::string> units = field_.unit_codes;
    if (!field_.unit.empty()) units.push_back(field_.unit);
    return units;
  }

  static Json limit(const Decimal& decimal) {
    if (const auto integer = decimal.to_integer()) return *integer;
    return decimal.to_double();
  }

  static void date_members(Object& object) {
    object.required("value", ref("edtf"));
    object.optional("fiscal_year", {{"type", "integer"}});
    object.optional("bound", one_of({"min", "max"}));
    const Json era = matching("^[a-z0-9][a-z0-9_-]{0,39}$");
    object.optional("calendar", Object().required("era", era).required("year", integer(1)).json());
  }

  static void phone_members(Object& object) {
    object.optional("value", matching(kE164));
    object.required("kind", one_of({"voice", "fax", "mobile", "toll_free"}));
    object.optional("extension", text());
    object.optional("stated", text());
  }

  static void address_members(Object& object) {
    object.optional("country", matching("^[A-Z]{2}$"));
    for (const char* name :
         {"postal_code", "prefecture", "region", "city_and_county", "locality", "street_address",
          "city_block", "building_name_etc", "care_of", "po_box", "organization"}) {
      object.optional(name, text());
    }
    object.optional("local_government_code", matching("^[0-9]{6}$"));
    object.required("match_level", {{"type", "integer"}, {"enum", {0, 1, 2, 3, 8}}});
    object.optional("label", text());
    object.optional("section", text());
    object.optional("kind", one_of({"physical", "postal"}));
    object.required("full_address", text());
  }

  static Json japanese_postal_code() {
    return {{"if", {{"required", {"country"}}, {"properties", {{"country", only("JP")}}}}},
            {"then", {{"properties", {{"postal_code", {{"pattern", "^[0-9]{7}$"}}}}}}}};
  }

  // Another reading: the same kind of value by itself.
  [[nodiscard]] Json alternative() const {
    switch (field_.type) {
      case FieldType::count:
      case FieldType::number:
      case FieldType::quantity: {
        const Json quantity =
            Object().required("value", {{"type", "number"}}).required("unit", text()).json();
        return {{"anyOf", {{{"type", "number"}}, quantity}}};
      }
      case FieldType::date:
        return ref("edtf");
      case FieldType::phone:
        return matching(kE164);
      default:
        return text();
    }
  }

  const FieldRules& field_;
  bool evidence_;
};

Json generator() {
  return Object()
      .required("name", only(kProgramName))
      .required("version", matching("^[0-9]{1,9}\\.[0-9]{1,9}\\.[0-9]{1,9}[0-9A-Za-z.+-]{0,40}$"))
      .required("rules_sha256", matching(kSha256))
      .json();
}

Json source() {
  return Object()
      .required("name", {{"type", "string"}})
      .required("sha256", matching(kSha256))
      .required("bytes", integer(0))
      .required("media_type", one_of({"text/plain", "text/html", "text/markdown"}))
      .required("charset", matching("^[A-Za-z0-9][A-Za-z0-9_.:()+-]{0,39}$"))
      .required("part", integer(1))
      .required("parts", integer(1))
      .json();
}

}  // namespace

std::string record_schema(const RulePack& rules, bool evidence_wanted) {
  Json definitions = Json::object();
  definitions["edtf"] = matching(kEdtf);
  if (evidence_wanted) definitions["evidence"] = evidence(true);
  if (evidence_wanted) definitions["as_of_evidence"] = evidence(false);
  definitions["certainty_rules"] = certainty_rules();
  definitions["diagnostic"] = diagnostic();
  Object fields;
  for (const FieldRules& field : rules.fields) {
    const FieldSchema schema(field, evidence_wanted);
    definitions["claim_" + field.id] = schema.claim();
    Json whole = schema.field();
    if (!field.description.empty()) whole["description"] = field.description;
    fields.optional(field.id, std::move(whole));
  }
  Object record;
  record.required("schema", only(kRecordFormat));
  record.required("id", matching("^[0-9a-f]{64}#[1-9][0-9]{0,9}$"));
  record.required("generator", generator());
  record.required("source", source());
  record.required("languages", array_of(matching("^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$"), 0));
  record.required("fields", fields.json());
  record.required("diagnostics", array_of(ref("diagnostic"), 0));
  Json schema = {{"$schema", "http://json-schema.org/draft-07/schema#"}, {"title", kRecordFormat}};
  const Json members = record.json();
  for (const auto& [keyword, value] : members.items()) schema[keyword] = value;
  schema["definitions"] = std::move(definitions);
  return schema.dump(2) + "\n";
}

}  // namespace yoran
