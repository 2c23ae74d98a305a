// yoran rules diff OLD NEW CORPUS...: what a change of rules changes in records.
#include <unistd.h>

#include <map>
#include <nlohmann/json.hpp>
#include <utility>

#include "app/commands.h"
#include "app/console.h"
#include "app/extract_options.h"
#include "app/input/input_walk.h"
#include "app/rules_source.h"
#include "emit/display.h"

namespace yoran {
namespace {

using Json = nlohmann::ordered_json;

// Where a value stands in a result: "#1 population", "#1 addresses[2]", "#1 population.others[0]".
using Claims = std::map<std::string, Json>;

void collect(const std::string& name, const Json& claim, Claims& claims) {
  Json flat = claim;
  flat.erase("others");
  claims[name] = std::move(flat);
  if (!claim.contains("others")) return;
  std::size_t i = 0;
  for (const Json& other : claim.at("others"))
    collect(name + ".others[" + std::to_string(i++) + "]", other, claims);
}

Claims claims_of(const Extraction& extraction, const RulePack& rules, const WriteOptions& write) {
  Claims claims;
  for (const Record& record : extraction.records) {
    std::string text;
    write_record(text, record, rules, nullptr, write);
    const Json json = Json::parse(text);
    for (const auto& [id, field] : json.at("fields").items()) {
      const std::string name = "#" + std::to_string(record.source.part) + " " + id;
      if (!field.is_array()) {
        collect(name, field, claims);
        continue;
      }
      std::size_t i = 0;
      for (const Json& claim : field) collect(name + "[" + std::to_string(i++) + "]", claim, claims);
    }
  }
  return claims;
}

std::string differences(const Claims& before, const Claims& after) {
  std::string out;
  for (const auto& [name, claim] : before) {
    const auto other = after.find(name);
    if (other != after.end() && other->second == claim) continue;
    out += "  - " + name + " " + visible(claim.dump()) + "\n";
    if (other != after.end()) out += "  + " + name + " " + visible(other->second.dump()) + "\n";
  }
  for (const auto& [name, claim] : after) {
    if (!before.contains(name)) out += "  + " + name + " " + visible(claim.dump()) + "\n";
  }
  return out;
}

std::shared_ptr<const RulePack> rules_in(const std::string& folder, const TextStyle& style) {
  RuleSet rules = built_in_rules();
  rules.lay_over_folder(folder);
  return compile(rules, style);
}

}  // namespace

int run_rules_diff(const Arguments& arguments) {
  const std::vector<std::string>& words = arguments.positionals();
  if (words.size() < 3)
    throw UsageError("two rule folders and a corpus are needed", "yoran rules diff OLD NEW CORPUS...");
  const TextStyle style = style_for(arguments, STDERR_FILENO);
  const auto before = rules_in(words[0], style);
  const auto after = rules_in(words[1], style);
  ExtractOptions options = extract_options(arguments);
  WriteOptions write;
  write.evidence = arguments.has("evidence");
  std::size_t changed = 0;
  std::size_t read_inputs = 0;
  int exit = kExitOk;
  for (const Input& input : expand_inputs({words.begin() + 2, words.end()})) {
    const InputBytes bytes = read_input(input, options.max_bytes);
    if (bytes.fault) {
      std::string error;
      write_diagnostic(error, input.path, *bytes.fault, nullptr, style);
      write_stderr(error);
      if (bytes.fault->severity == Severity::error) exit = kExitRejected;
      continue;
    }
    options.name = input.path;
    ++read_inputs;
    const std::string difference =
        differences(claims_of(extract_safely(bytes.bytes, options, *before), *before, write),
                    claims_of(extract_safely(bytes.bytes, options, *after), *after, write));
    if (difference.empty()) continue;
    ++changed;
    write_stdout(visible(input.path) + "\n" + difference);
  }
  write_stdout(std::to_string(changed) + " of " + std::to_string(read_inputs) + " inputs changed\n");
  return exit;
}

}  // namespace yoran
