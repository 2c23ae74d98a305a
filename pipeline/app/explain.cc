// yoran explain: what was considered for each field, what won and why.
#include <unistd.h>

#include <algorithm>

#include "app/commands.h"
#include "app/console.h"
#include "app/extract_options.h"
#include "app/input/input.h"
#include "app/rules_source.h"
#include "emit/display.h"

namespace yoran {
namespace {

constexpr std::size_t kWidestValue = 48;

std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : std::string(separator)) + part;
  return text;
}

// How a date or number was read, and how it might be read instead.
struct ReadingNotes {
  std::vector<std::string> why;
  std::vector<std::string> others;
};

std::string other_reading(const Value& value) {
  if (const auto* date = std::get_if<Date>(&value)) return to_edtf(*date);
  if (const auto* number = std::get_if<Number>(&value)) return number->value.to_string();
  if (const auto* quantity = std::get_if<Quantity>(&value)) return quantity->number.value.to_string();
  return {};
}

void add_note(Bound bound, std::vector<std::string>& why) {
  if (bound == Bound::minimum) why.emplace_back("a lower bound");
  if (bound == Bound::maximum) why.emplace_back("an upper bound");
}

void add_notes(const Date& date, const RulePack& rules, std::vector<std::string>& why) {
  if (date.era < rules.calendar.eras.size())
    why.push_back("era " + rules.calendar.eras[date.era].id + ", year " + std::to_string(date.era_year));
  if (date.fiscal_year) why.push_back("fiscal year " + std::to_string(*date.fiscal_year));
  if (date.assumed_year) why.emplace_back("the year is that of another date");
  if (date.relative) why.emplace_back("counted from the reference date");
  add_note(date.bound, why);
}

void add_notes(const Number& number, std::vector<std::string>& why) {
  if (number.multiplier > 1)
    why.push_back(number.stated.to_string() + " times " + std::to_string(number.multiplier));
  add_note(number.bound, why);
}

// Of the mention that a candidate took its value from: they share their span.
ReadingNotes notes_of(const TraceEntry& entry, const std::vector<MentionClaim>& mentions,
                      const RulePack& rules) {
  const auto mention =
      std::lower_bound(mentions.begin(), mentions.end(), entry.span.start,
                       [](const MentionClaim& m, std::uint32_t at) { return m.evidence.span.start < at; });
  ReadingNotes notes;
  if (mention == mentions.end() || mention->evidence.span.start != entry.span.start) return notes;
  if (const auto* date = std::get_if<Date>(&mention->value)) add_notes(*date, rules, notes.why);
  if (const auto* number = std::get_if<Number>(&mention->value)) add_notes(*number, notes.why);
  if (const auto* quantity = std::get_if<Quantity>(&mention->value)) {
    add_notes(quantity->number, notes.why);
    if (quantity->unit != kNone) notes.why.push_back("unit " + rules.units.units[quantity->unit].code);
  }
  for (const Value& value : mention->alternatives) notes.others.push_back(other_reading(value));
  return notes;
}

void write_entry(std::string& out, const TraceEntry& entry, const ReadingNotes& notes, bool many_parts) {
  out += entry.won ? "  won   " : "  lost  ";
  out += padded(shortened(visible(entry.value), kWidestValue), 16) + "  ";
  if (many_parts) out += "part " + std::to_string(entry.part) + "  ";
  out += std::to_string(entry.at.line) + ":" + std::to_string(entry.at.column) + "  " + entry.rule;
  out += "  score " + std::to_string(entry.score) + "\n";
  const auto detail = [&out](std::string_view name, const std::string& text) {
    if (!text.empty())
      out += "          " + padded(std::string(name), 8) + shortened(visible(text), kWidestValue) + "\n";
  };
  detail("text", entry.text == entry.value ? "" : entry.text);
  detail("read", joined(notes.why, "; "));
  detail("or", joined(notes.others, ", "));
  detail("label", entry.label);
  detail("as of", entry.as_of);
  detail("of", entry.of);
  if (!entry.reasons.empty())
    out += "          " + padded("why", 8) + visible(joined(entry.reasons, "; ")) + "\n";
}

void write_field(std::string& out, const FieldRules& field, const Extraction& extraction,
                 const RulePack& rules, bool many_parts) {
  std::vector<const TraceEntry*> entries;
  for (const TraceEntry& entry : extraction.trace) {
    if (entry.field == field.id) entries.push_back(&entry);
  }
  out += field.id + (entries.empty() ? ": nothing was considered\n" : "\n");
  std::stable_sort(entries.begin(), entries.end(), [](const TraceEntry* a, const TraceEntry* b) {
    return std::tuple(a->part, !a->won) < std::tuple(b->part, !b->won);
  });
  for (const TraceEntry* entry : entries)
    write_entry(out, *entry, notes_of(*entry, extraction.mentions, rules), many_parts);
}

void write_list(std::string& out, std::string_view name, const std::vector<std::string>& texts) {
  out += ",\"" + std::string(name) + "\":[";
  for (const std::string& text : texts) {
    if (&text != &texts.front()) out += ',';
    append_json(out, std::string_view(text));
  }
  out += ']';
}

void write_json(std::string& out, const TraceEntry& entry, const ReadingNotes& notes) {
  const auto member = [&out](std::string_view name, std::string_view text) {
    out += out.ends_with('{') ? "\"" : ",\"";
    out += std::string(name) + "\":";
    append_json(out, text);
  };
  const auto number = [&out](std::string_view name, std::int64_t value) {
    out += ",\"" + std::string(name) + "\":" + std::to_string(value);
  };
  out += '{';
  member("field", entry.field);
  out += std::string(",\"won\":") + (entry.won ? "true" : "false");
  member("value", entry.value);
  member("text", entry.text);
  if (!entry.label.empty()) member("label", entry.label);
  member("layout", entry.layout);
  member("rule", entry.rule);
  if (!entry.as_of.empty()) member("as_of", entry.as_of);
  if (!entry.of.empty()) member("of", entry.of);
  number("start", entry.span.start);
  number("end", entry.span.end);
  number("line", entry.at.line);
  number("column", entry.at.column);
  number("part", entry.part);
  number("score", entry.score);
  if (!notes.why.empty()) write_list(out, "reading", notes.why);
  if (!notes.others.empty()) write_list(out, "alternatives", notes.others);
  write_list(out, "reasons", entry.reasons);
  out += "}\n";
}

std::string explained(const Extraction& extraction, const RulePack& rules, const Arguments& arguments) {
  std::string out;
  const std::vector<std::string> wanted = arguments.list("field");
  const auto is_wanted = [&](const std::string& id) {
    return wanted.empty() || std::find(wanted.begin(), wanted.end(), id) != wanted.end();
  };
  if (arguments.value("format") == "json") {
    for (const TraceEntry& entry : extraction.trace) {
      if (is_wanted(entry.field)) write_json(out, entry, notes_of(entry, extraction.mentions, rules));
    }
    return out;
  }
  const bool many_parts = std::any_of(extraction.trace.begin(), extraction.trace.end(),
                                      [](const TraceEntry& entry) { return entry.part > 1; });
  for (const FieldRules& field : rules.fields) {
    if (is_wanted(field.id)) write_field(out, field, extraction, rules, many_parts);
  }
  return out;
}

void check_fields(const std::vector<std::string>& wanted, const RulePack& rules) {
  for (const std::string& id : wanted) {
    if (rules.field(id) == nullptr) throw UsageError("unknown field '" + id + "'", "see `yoran rules list`");
  }
}

void write_all_diagnostics(const Extraction& extraction, const std::string& path, const TextStyle& style) {
  std::string out;
  const LineIndex* lines = extraction.document == nullptr ? nullptr : &extraction.document->lines;
  for (const Diagnostic& diagnostic : extraction.diagnostics)
    write_diagnostic(out, path, diagnostic, lines, style);
  for (const Record& record : extraction.records) {
    for (const Diagnostic& diagnostic : record.diagnostics)
      write_diagnostic(out, path, diagnostic, lines, style);
  }
  write_stderr(out);
}

}  // namespace

int run_explain(const Arguments& arguments) {
  if (arguments.positionals().size() != 1)
    throw UsageError("explain takes one document", "yoran explain PATH");
  const std::string& path = arguments.positionals().front();
  const auto rules = load_rules_of(arguments);
  check_fields(arguments.list("field"), *rules);
  ExtractOptions options = extract_options(arguments);
  options.name = path;
  options.explain = true;
  options.mentions = true;
  const TextStyle style = style_for(arguments, STDERR_FILENO);
  const InputBytes input = read_input(path, options.max_bytes);
  if (input.fault) {
    std::string out;
    write_diagnostic(out, path, *input.fault, nullptr, style);
    write_stderr(out);
    return kExitRejected;
  }
  const Extraction extraction = extract_safely(input.bytes, options, *rules);
  write_stdout(explained(extraction, *rules, arguments));
  write_all_diagnostics(extraction, path, style);
  return extraction.outcome == Outcome::rejected ? kExitRejected : kExitOk;
}

}  // namespace yoran
