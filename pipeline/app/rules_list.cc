// yoran rules list, yoran rules show: what is loaded.
#include <unistd.h>

#include <algorithm>
#include <array>

#include "app/commands.h"
#include "app/console.h"
#include "app/rules_source.h"
#include "emit/display.h"

namespace yoran {
namespace {

constexpr std::string_view kTypes[] = {"count", "number", "quantity", "date", "address", "subject",
                                       "head",  "text",   "phone",    "url",  "email"};

using Row = std::array<std::string, 3>;

void write_rows(std::string& out, const std::vector<Row>& rows) {
  std::array<std::size_t, 2> widths{};
  for (const Row& row : rows) {
    for (std::size_t i = 0; i < widths.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  for (const Row& row : rows)
    out += padded(row[0], widths[0] + 2) + padded(row[1], widths[1] + 2) + row[2] + "\n";
}

std::string_view file_text(const RulePack& pack, const std::string& path) {
  for (const RuleFile& file : pack.files) {
    if (file.path == path) return file.text;
  }
  return {};
}

void show_entity_pattern(std::string& out, const EntityPattern& pattern, const RuleSet& rules) {
  out += rules.shown_path(pattern.path) + ":" + std::to_string(pattern.at.line) + ": " + pattern.id + "\n";
  if (pattern.starts_with_digit) out += "  starts with a digit\n";
  if (!pattern.starts.empty())
    out += "  starts with one of " + std::to_string(pattern.starts.size()) + " literals\n";
  for (const EntityForm& form : pattern.forms) out += "  " + visible(form.expanded) + "\n";
}

void show_field_pattern(std::string& out, const FieldRules& field, const FieldPattern& pattern,
                        const RuleSet& rules) {
  out += rules.shown_path(field.path) + ": " + field.id + "/" + pattern.id + "\n";
  for (const PatternStep& step : pattern.steps) {
    constexpr std::string_view kSlots[] = {"", "{number}", "{quantity}", "{date}", "{unit}", "{name}"};
    if (step.kind == PatternStep::Kind::piece)
      out += "  " + visible(step.expanded) + "\n";
    else
      out += "  " + std::string(kSlots[static_cast<std::size_t>(step.kind)]) +
             (step.capture.empty() ? "" : " -> " + step.capture) + "\n";
  }
}

// A file as it is, comments and examples included: they say most about a rule.
void show_file(std::string& out, const std::string& path, const RulePack& pack, const RuleSet& rules) {
  out += "# " + rules.shown_path(path) + "\n";
  out += file_text(pack, path);
  if (!out.ends_with('\n')) out += '\n';
}

bool show(std::string& out, const std::string& id, const RulePack& pack, const RuleSet& rules) {
  const std::size_t before = out.size();
  for (const EntityRules& entity : pack.entities) {
    if (entity.id == id) show_file(out, entity.path, pack, rules);
  }
  for (const EntityPattern& pattern : pack.entity_patterns) {
    if (pattern.id == id || pattern.id.substr(0, pattern.id.find('/')) == id)
      show_entity_pattern(out, pattern, rules);
  }
  for (const FieldRules& field : pack.fields) {
    if (field.id == id) show_file(out, field.path, pack, rules);
    for (const FieldPattern& pattern : field.patterns) {
      if (field.id == id || field.id + "/" + pattern.id == id) show_field_pattern(out, field, pattern, rules);
    }
  }
  for (const CheckRule& check : pack.checks) {
    if (check.id == id) show_file(out, check.path, pack, rules);
  }
  return out.size() > before;
}

std::vector<std::string> all_ids(const RulePack& pack) {
  std::vector<std::string> ids;
  ids.reserve(pack.entities.size() + pack.entity_patterns.size() + pack.checks.size());
  for (const EntityRules& entity : pack.entities) ids.push_back(entity.id);
  for (const EntityPattern& pattern : pack.entity_patterns) ids.push_back(pattern.id);
  for (const FieldRules& field : pack.fields) {
    ids.push_back(field.id);
    for (const FieldPattern& pattern : field.patterns) ids.push_back(field.id + "/" + pattern.id);
  }
  for (const CheckRule& check : pack.checks) ids.push_back(check.id);
  return ids;
}

}  // namespace

int run_rules_list(const Arguments& arguments) {
  const RuleSet rules = rules_of(arguments);
  const auto pack = compile(rules, style_for(arguments, STDERR_FILENO));
  std::vector<Row> rows = {{"ID", "KIND", "FILE"}};
  for (const FieldRules& field : pack->fields) {
    const std::string many = field.many ? ", many" : "";
    rows.push_back({field.id, "field: " + std::string(kTypes[static_cast<std::size_t>(field.type)]) + many,
                    rules.shown_path(field.path)});
    for (const FieldPattern& pattern : field.patterns)
      rows.push_back({field.id + "/" + pattern.id, "sentence", rules.shown_path(field.path)});
  }
  for (const EntityRules& entity : pack->entities) {
    rows.push_back(
        {entity.id, "entity: " + std::string(to_string(entity.kind)), rules.shown_path(entity.path)});
    for (const EntityPattern& pattern : pack->entity_patterns) {
      if (pattern.path != entity.path) continue;
      rows.push_back(
          {pattern.id, "pattern", rules.shown_path(pattern.path) + ":" + std::to_string(pattern.at.line)});
    }
  }
  for (const CheckRule& check : pack->checks) {
    rows.push_back(
        {check.id,
         "check: " + std::string(to_string(check.kind)) + ", " + std::string(to_string(check.severity)),
         rules.shown_path(check.path)});
  }
  std::string out;
  write_rows(out, rows);
  write_stdout(out);
  return kExitOk;
}

int run_rules_show(const Arguments& arguments) {
  if (arguments.positionals().empty())
    throw UsageError("which rule?", "yoran rules show ID; see `yoran rules list`");
  const RuleSet rules = rules_of(arguments);
  const auto pack = compile(rules, style_for(arguments, STDERR_FILENO));
  std::string out;
  for (const std::string& id : arguments.positionals()) {
    if (show(out, id, *pack, rules)) continue;
    throw UsageError("no rule has the id '" + id + "'",
                     suggestion(id, all_ids(*pack), "see `yoran rules list`"));
  }
  write_stdout(out);
  return kExitOk;
}

}  // namespace yoran
