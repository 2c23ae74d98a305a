// A program of someone else's: reads one line, prints its record. Fails if anything is not as it should be.
#include <yoran/emit/json_writer.h>
#include <yoran/pipeline.h>

#include <cstdio>
#include <string>

int main() {
  const yoran::LoadedRules rules = yoran::load_rules(yoran::default_rule_files());
  if (!rules.pack) return 1;
  const std::string text = "Population: 52,340 (2020)\nArea: 120.5 km2\n";
  const yoran::Extraction result = yoran::extract(text, {.name = "profile.txt"}, *rules.pack);
  if (result.outcome != yoran::Outcome::ok || result.records.size() != 1) return 2;
  std::string json;
  yoran::write_record(json, result.records.front(), *rules.pack, &result.document->lines);
  std::puts(json.c_str());
  return json.find("52340") != std::string::npos && json.find("120.5") != std::string::npos ? 0 : 3;
}
