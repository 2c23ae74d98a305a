// yoran eval: recall and precision of the loaded rules on a user's own gold.
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <nlohmann/json.hpp>

#include "app/commands.h"
#include "app/console.h"
#include "app/extract_options.h"
#include "app/input/json_lines.h"
#include "app/rules_source.h"
#include "emit/display.h"

namespace yoran {
namespace {

using Json = nlohmann::json;

struct Tally {
  std::size_t gold = 0;
  std::size_t found = 0;
  std::size_t right = 0;
};

// Numbers by value; objects by the members the gold names; everything else as it is.
bool same(const Json& gold, const Json& claim) {
  const Json& value = claim.is_object() && claim.contains("value") ? claim.at("value") : claim;
  if (gold.is_number() && value.is_number()) return gold.get<double>() == value.get<double>();
  if (gold.is_string() && claim.is_object() && claim.contains("full_address"))
    return gold == claim.at("full_address");
  if (!gold.is_object()) return gold == value;
  if (!claim.is_object()) return false;
  return std::all_of(gold.items().begin(), gold.items().end(), [&claim](const auto& item) {
    return claim.contains(item.key()) && claim.at(item.key()) == item.value();
  });
}

std::vector<Json> claims_of(const Json& fields, const std::string& id) {
  std::vector<Json> claims;
  if (!fields.contains(id)) return claims;
  const Json& field = fields.at(id);
  if (field.is_array()) return field.get<std::vector<Json>>();
  claims.push_back(field);
  for (const Json& other : field.value("others", Json::array())) claims.push_back(other);
  return claims;
}

class Evaluation {
 public:
  Evaluation(const Arguments& arguments, const RulePack& rules)
      : rules_(rules), options_(extract_options(arguments)), show_errors_(arguments.has("errors")) {}

  void judge(const Json& item) {
    const std::vector<Json> records = extract_fields(item);
    const Json expect = item.value("expect", Json::object());
    for (const auto& [id, values] : expect.items()) {
      std::vector<Json> claims;
      for (const Json& fields : records) {
        for (Json& claim : claims_of(fields, id)) claims.push_back(std::move(claim));
      }
      const std::vector<Json> gold =
          values.is_array() ? values.get<std::vector<Json>>() : std::vector<Json>{values};
      compare(item, id, gold, std::move(claims));
    }
  }

  [[nodiscard]] std::string table() const {
    std::string out = "field             gold   found  right  recall  precision\n";
    for (const auto& [id, tally] : tallies_) {
      char line[160];
      std::snprintf(line, sizeof line, "%-16s %5zu   %5zu  %5zu  %6s  %9s\n", id.c_str(), tally.gold,
                    tally.found, tally.right, share(tally.right, tally.gold).c_str(),
                    share(tally.right, tally.found).c_str());
      out += line;
    }
    return out;
  }

  [[nodiscard]] std::string json() const {
    Json out = Json::object();
    for (const auto& [id, tally] : tallies_) {
      Json& row = out[id] = {{"gold", tally.gold}, {"found", tally.found}, {"right", tally.right}};
      if (tally.gold > 0) row["recall"] = static_cast<double>(tally.right) / static_cast<double>(tally.gold);
      if (tally.found > 0)
        row["precision"] = static_cast<double>(tally.right) / static_cast<double>(tally.found);
    }
    return out.dump(2) + "\n";
  }

  [[nodiscard]] const std::string& errors() const { return errors_; }

 private:
  static std::string share(std::size_t part, std::size_t whole) {
    if (whole == 0) return "-";
    char text[16];
    std::snprintf(text, sizeof text, "%.3f", static_cast<double>(part) / static_cast<double>(whole));
    return text;
  }

  [[nodiscard]] std::vector<Json> extract_fields(const Json& item) const {
    ExtractOptions options = options_;
    const auto text_of = [&item](const char* key) {
      const auto found = item.find(key);
      return found != item.end() && found->is_string() ? found->get<std::string>() : std::string();
    };
    options.charset = "UTF-8";
    options.media_type = media_type_of(text_of("format") == "html" ? "text/html" : text_of("media_type"));
    if (const std::string day = text_of("reference_date"); !day.empty())
      options.reference_date = parse_iso_day(day);
    if (const std::string region = text_of("region"); is_region(region)) options.region = region;
    const std::string text = text_of("text");
    const Extraction extraction = extract_safely(text, options, rules_);
    std::vector<Json> records;
    for (const Record& record : extraction.records) {
      std::string json;
      write_record(json, record, rules_, nullptr);
      records.push_back(Json::parse(json).at("fields"));
    }
    return records;
  }

  void compare(const Json& item, const std::string& id, const std::vector<Json>& gold,
               std::vector<Json> claims) {
    Tally& tally = tallies_[id];
    tally.gold += gold.size();
    tally.found += claims.size();
    for (const Json& value : gold) {
      const auto hit = std::find_if(claims.begin(), claims.end(),
                                    [&value](const Json& claim) { return same(value, claim); });
      if (hit == claims.end()) {
        note("missed", item, id, value);
        continue;
      }
      ++tally.right;
      claims.erase(hit);
    }
    for (const Json& claim : claims)
      note("false ", item, id,
           claim.contains("value") ? claim.at("value") : claim.value("full_address", Json()));
  }

  void note(const char* what, const Json& item, const std::string& id, const Json& value) {
    if (!show_errors_) return;
    errors_ += std::string(what) + "  " + item.value("id", Json()).dump() + "  " + id + "  " +
               visible(value.dump()) + "\n";
  }

  const RulePack& rules_;
  ExtractOptions options_;
  bool show_errors_;
  std::map<std::string, Tally> tallies_;
  std::string errors_;
};

}  // namespace

int run_eval(const Arguments& arguments) {
  if (arguments.positionals().empty()) throw UsageError("which gold?", "yoran eval GOLD.jsonl");
  const auto rules = load_rules_of(arguments);
  Evaluation evaluation(arguments, *rules);
  int exit = kExitOk;
  const TextStyle style = style_for(arguments, STDERR_FILENO);
  for (const std::string& path : arguments.positionals()) {
    exit = worse_exit(exit, for_each_json_line(path, style, [&](const Json& item, std::uint32_t) {
                        evaluation.judge(item);
                      }));
  }
  write_stdout(evaluation.errors() +
               (arguments.value("format") == "json" ? evaluation.json() : evaluation.table()));
  return exit;
}

}  // namespace yoran
