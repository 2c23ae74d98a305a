#include "emit/schema_check.h"

#include <exception>
#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include "emit/schema.h"

namespace yoran {

struct SchemaCheck::Impl {
  valijson::Schema schema;
};

SchemaCheck::SchemaCheck(const RulePack& rules, bool evidence)
    : SchemaCheck(record_schema(rules, evidence)) {}

SchemaCheck::SchemaCheck(std::string_view schema) : impl_(std::make_unique<Impl>()) {
  const nlohmann::json document = nlohmann::json::parse(schema);
  valijson::SchemaParser parser(valijson::SchemaParser::kDraft7);
  parser.populateSchema(valijson::adapters::NlohmannJsonAdapter(document), impl_->schema);
}

SchemaCheck::~SchemaCheck() = default;
SchemaCheck::SchemaCheck(SchemaCheck&&) noexcept = default;
SchemaCheck& SchemaCheck::operator=(SchemaCheck&&) noexcept = default;

namespace {

// The validator reports the innermost fault first and then every object around it; the first says most.
std::string first_fault(valijson::ValidationResults& results) {
  valijson::ValidationResults::Error error;
  if (!results.popError(error)) return "not valid";
  std::string place;
  for (const std::string& step : error.context) {
    if (step == "<root>") continue;
    const bool bracketed = step.size() > 2 && step.front() == '[' && step.back() == ']';
    place += "/" + (bracketed ? step.substr(1, step.size() - 2) : step);
  }
  return (place.empty() ? "/" : place) + ": " + error.description;
}

}  // namespace

std::string SchemaCheck::fault(const nlohmann::json& record) const {
  try {
    thread_local valijson::Validator validator;  // keeps the patterns it has compiled, which take it 50 ms
    valijson::ValidationResults results;
    if (validator.validate(impl_->schema, valijson::adapters::NlohmannJsonAdapter(record), &results))
      return {};
    return first_fault(results);
  } catch (const std::exception& fault) {
    return std::string("the validator gave up: ") + fault.what();
  }
}

std::string SchemaCheck::fault(std::string_view record) const {
  const nlohmann::json document = nlohmann::json::parse(record, nullptr, false);
  if (document.is_discarded()) return "/: not JSON";
  return fault(document);
}

bool schema_valid(const nlohmann::json& record, const RulePack& rules) {
  return SchemaCheck(rules).fault(record).empty();
}

}  // namespace yoran
