#include "emit/finding_json.h"

#include <nlohmann/json.hpp>

namespace yoran {
namespace {

using Json = nlohmann::ordered_json;

Json to_json(const Spot& spot) {
  return {{"line", spot.line},
          {"column", spot.column},
          {"column_utf16", spot.utf16},
          {"column_utf8", spot.utf8},
          {"offset", spot.offset}};
}

Json to_json(const Stretch& at) { return {{"start", to_json(at.start)}, {"end", to_json(at.end)}}; }
Json to_json(const Frame& frame) { return {{"text", frame.text}, {"column", frame.column}}; }

Spot spot_from(const Json& json) {
  return {json.at("line").get<std::uint32_t>(), json.at("column").get<std::uint32_t>(),
          json.at("column_utf16").get<std::uint32_t>(), json.at("column_utf8").get<std::uint32_t>(),
          json.at("offset").get<std::uint32_t>()};
}

Stretch stretch_from(const Json& json) { return {spot_from(json.at("start")), spot_from(json.at("end"))}; }
Frame frame_from(const Json& json) {
  return {json.at("text").get<std::string>(), json.at("column").get<std::uint32_t>()};
}

template <class Enum>
Enum named(const std::string& name, std::initializer_list<Enum> all) {
  for (const Enum value : all) {
    if (to_string(value) == name) return value;
  }
  return *all.begin();
}

}  // namespace

Json to_json(const Finding& finding) {
  Json json = {{"path", finding.path},
               {"severity", to_string(finding.severity)},
               {"check", finding.check},
               {"message", finding.message},
               {"standing", to_string(finding.standing)},
               {"fingerprint", finding.fingerprint}};
  if (!finding.hint.empty()) json["hint"] = finding.hint;
  if (finding.at) {
    json["at"] = to_json(*finding.at);
    json["frame"] = to_json(finding.frame);
  }
  for (const RelatedSpot& related : finding.related)
    json["related"].push_back(
        {{"note", related.note}, {"at", to_json(related.at)}, {"frame", to_json(related.frame)}});
  for (const Edit& edit : finding.edits)
    json["edits"].push_back({{"start", edit.at.start}, {"end", edit.at.end}, {"text", edit.text}});
  return json;
}

std::optional<Finding> finding_from(const Json& json) {
  try {
    Finding finding;
    finding.path = json.at("path").get<std::string>();
    finding.severity =
        named(json.at("severity").get<std::string>(), {Severity::info, Severity::warning, Severity::error});
    finding.check = json.at("check").get<std::string>();
    finding.message = json.at("message").get<std::string>();
    finding.standing = named(json.at("standing").get<std::string>(),
                             {Standing::open, Standing::baseline, Standing::ignored});
    finding.fingerprint = json.at("fingerprint").get<std::string>();
    finding.hint = json.value("hint", std::string());
    if (json.contains("at")) {
      finding.at = stretch_from(json.at("at"));
      finding.frame = frame_from(json.at("frame"));
    }
    if (json.contains("related")) {
      for (const Json& related : json.at("related"))
        finding.related.push_back({stretch_from(related.at("at")), frame_from(related.at("frame")),
                                   related.at("note").get<std::string>()});
    }
    if (json.contains("edits")) {
      for (const Json& edit : json.at("edits"))
        finding.edits.push_back({{edit.at("start").get<std::uint32_t>(), edit.at("end").get<std::uint32_t>()},
                                 edit.at("text").get<std::string>()});
    }
    return finding;
  } catch (const nlohmann::json::exception&) {
    return std::nullopt;
  }
}

std::string dumped(const Json& json, int indent) {
  return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

}  // namespace yoran
