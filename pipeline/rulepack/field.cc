#include "rulepack/field.h"

#include <algorithm>

#include "rulepack/fold_table.h"

namespace yoran {
namespace {

constexpr std::string_view kLayoutNames[kLayouts] = {"same_line", "next_line",  "previous_line", "row",
                                                     "column",    "definition", "section",       "sentence",
                                                     "pattern",   "mention"};

constexpr std::pair<std::string_view, FieldType> kTypes[] = {
    {"count", FieldType::count}, {"number", FieldType::number},   {"quantity", FieldType::quantity},
    {"date", FieldType::date},   {"address", FieldType::address}, {"subject", FieldType::subject},
    {"head", FieldType::head},   {"text", FieldType::text},       {"name", FieldType::name},
    {"phone", FieldType::phone}, {"url", FieldType::url},         {"email", FieldType::email}};

constexpr std::pair<std::string_view, PatternStep::Kind> kSlots[] = {
    {"number", PatternStep::Kind::number},
    {"quantity", PatternStep::Kind::quantity},
    {"date", PatternStep::Kind::date},
    {"unit", PatternStep::Kind::unit},
    {"name", PatternStep::Kind::name}};

constexpr std::string_view kSlotCaptures[] = {"value", "as_of", "of", "title", "unit", ""};

template <class Table>
std::vector<std::string> names_of(const Table& table) {
  std::vector<std::string> names;
  for (const auto& [name, value] : table) names.emplace_back(name);
  return names;
}

// A slot at `position` of the pattern: "{number}" or "(?P<value>{number})".
struct Slot {
  PatternStep::Kind kind = PatternStep::Kind::piece;
  std::string capture;
  std::size_t size = 0;
};

std::optional<Slot> slot_at(std::string_view pattern, std::size_t position) {
  Slot slot;
  std::string_view rest = pattern.substr(position);
  const std::size_t whole = rest.size();
  const bool captured = rest.starts_with("(?P<");
  if (captured) {
    const std::size_t close = rest.find('>');
    if (close == std::string_view::npos) return std::nullopt;
    slot.capture = std::string(rest.substr(4, close - 4));
    rest.remove_prefix(close + 1);
  }
  if (!rest.starts_with('{')) return std::nullopt;
  const std::size_t close = rest.find('}');
  if (close == std::string_view::npos) return std::nullopt;
  const std::string_view name = rest.substr(1, close - 1);
  rest.remove_prefix(close + 1);
  if (captured && !rest.starts_with(')')) return std::nullopt;
  if (captured) rest.remove_prefix(1);
  for (const auto& [known, kind] : kSlots) {
    if (known != name) continue;
    slot.kind = kind;
    slot.size = whole - rest.size();
    return slot;
  }
  return std::nullopt;
}

// The plain characters a piece begins with: what triggers the pattern.
std::string literal_prefix(std::string_view piece) {
  std::string prefix;
  for (std::size_t i = 0; i < piece.size(); ++i) {
    if (std::string_view("\\.+*?()|[]{}^$").find(piece[i]) != std::string_view::npos) {
      // A repeated or optional character belongs to the operator behind it.
      if (std::string_view("*?{").find(piece[i]) != std::string_view::npos && !prefix.empty()) {
        while (!prefix.empty() && (static_cast<unsigned char>(prefix.back()) & 0xC0) == 0x80)
          prefix.pop_back();
        if (!prefix.empty()) prefix.pop_back();
      }
      if (piece[i] == '|') return {};
      break;
    }
    prefix += piece[i];
  }
  return prefix;
}

// RE2 knows the bounds of patterns that say they are anchored.
std::shared_ptr<const RE2> anchored(const std::string& piece) {
  return std::make_shared<const RE2>("^(?:" + piece + ")", RE2::Quiet);
}

// A piece that may be empty in the text, such as an optional blank between two slots, has no bounds.
void bound(PatternStep& piece) {
  constexpr int kBoundSize = 8;
  piece.bounded =
      piece.re->PossibleMatchRange(&piece.lowest, &piece.highest, kBoundSize) && !piece.lowest.empty();
}

class FieldLoader {
 public:
  FieldLoader(TableReader& root, const WordLists& lists, const FoldTable& folds)
      : root_(root), lists_(lists), folds_(folds) {}

  LoadedField read() {
    loaded_.rules.path = root_.path();
    if (auto head = root_.table("field")) {
      read_head(*head);
      head->finish();
    } else {
      root_.error(root_.at(), "rule.missing-key", "missing table [field]");
    }
    for (TableReader& table : root_.tables("pattern")) read_pattern(table);
    loaded_.rules.examples = read_examples(root_);
    root_.finish();
    return std::move(loaded_);
  }

 private:
  void read_head(TableReader& head) {
    FieldRules& rules = loaded_.rules;
    rules.id = head.required_string("id");
    rules.description = head.string("description");
    loaded_.order = head.integer("order").value_or(500);
    read_type(head);
    const std::string cardinality = head.string("cardinality", "one");
    rules.many = cardinality == "many";
    if (cardinality != "one" && cardinality != "many") {
      head.error_at("cardinality", "rule.bad-value",
                    "'cardinality' is \"one\" or \"many\", not \"" + cardinality + "\"");
    }
    for (const std::string& label : head.strings("labels")) rules.labels.push_back(folds_.fold(label));
    read_ranked_labels(head, "weak_labels", rules.weak_labels);
    read_ranked_labels(head, "fallback_labels", rules.fallback_labels);
    for (const auto& [word, multiplier] : head.lists("units")) {
      const auto value = Decimal::parse(multiplier.empty() ? "" : multiplier.front().text);
      if (!value || !value->to_integer() || *value->to_integer() <= 0) {
        head.error(word.at, "rule.bad-value",
                   "the multiplier of unit '" + word.text + "' must be a positive integer");
        continue;
      }
      rules.units.push_back({folds_.fold(word.text), *value->to_integer(), {}, false});
    }
    rules.unit = head.string("unit");
    rules.unit_required = head.boolean("unit_required");
    read_unit_codes(head);
    read_range(head);
    read_layouts(head);
    rules.guards = read_guards(head, folds_);
    if (auto value = head.table("value")) {
      rules.value_guards = read_guards(*value, folds_);
      value->finish();
    }
    for (const std::string& word : head.strings("parts")) rules.part_words.push_back(folds_.fold(word));
    for (const std::string& word : head.strings("totals")) rules.total_words.push_back(folds_.fold(word));
    rules.at_start = head.boolean("at_start");
    rules.places = head.boolean("places");
    for (const std::string& word : head.strings("not_values")) rules.not_values.push_back(folds_.fold(word));
    for (const auto& [kind, words] : head.lists("kinds")) {
      rules.kinds.push_back(kind.text);
      for (const TableReader::Item& word : words) {
        rules.kind_of_label.emplace_back(folds_.fold(word.text), kind.text);
        rules.labels.push_back(folds_.fold(word.text));
      }
    }
    read_ranked_labels(head, "institution_labels", rules.institution_labels);
  }

  // Words that say the unit of the claim; they are units too.
  void read_unit_codes(TableReader& head) {
    FieldRules& rules = loaded_.rules;
    const auto unit_of = [&](const std::string& word) -> UnitWord& {
      const auto known = std::find_if(rules.units.begin(), rules.units.end(),
                                      [&](const UnitWord& unit) { return unit.word == word; });
      return known != rules.units.end() ? *known : rules.units.emplace_back(UnitWord{word, 1, {}, false});
    };
    for (const auto& [code, words] : head.lists("unit_codes")) {
      rules.unit_codes.push_back(code.text);
      for (const TableReader::Item& word : words) unit_of(folds_.fold(word.text)).code = code.text;
    }
    for (const TableReader::Item& word : head.items("doubtful_units")) {
      UnitWord& unit = unit_of(folds_.fold(word.text));
      unit.doubtful = true;
      if (unit.code.empty())
        head.error(word.at, "rule.bad-value", "'" + word.text + "' has no code in 'unit_codes'");
    }
  }

  void read_ranked_labels(TableReader& head, std::string_view key, std::vector<std::string>& ranked) {
    for (const std::string& label : head.strings(key)) ranked.push_back(folds_.fold(label));
    auto& labels = loaded_.rules.labels;
    for (const std::string& label : ranked) {
      if (std::find(labels.begin(), labels.end(), label) == labels.end()) labels.push_back(label);
    }
  }

  void read_type(TableReader& head) {
    const std::string type = head.required_string("type");
    for (const auto& [name, value] : kTypes) {
      if (name == type) {
        loaded_.rules.type = value;
        return;
      }
    }
    if (!type.empty()) {
      head.error_at("type", "rule.unknown-type", "unknown type '" + type + "'",
                    suggestion(type, names_of(kTypes)));
    }
  }

  void read_range(TableReader& head) {
    const std::vector<std::int64_t> range = head.integers("range");
    if (range.empty()) return;
    if (range.size() != 2 || range[0] > range[1]) {
      head.error_at("range", "rule.bad-value", "'range' is [smallest, largest]");
      return;
    }
    loaded_.rules.range_min = Decimal{range[0], 0};
    loaded_.rules.range_max = Decimal{range[1], 0};
  }

  void read_layouts(TableReader& head) {
    for (const TableReader::Item& item : head.items("layouts")) {
      const auto* end = std::begin(kLayoutNames) + kLabelLayouts;
      const auto* known = std::find(std::begin(kLayoutNames), end, item.text);
      if (known == end) {
        const std::vector<std::string> all(std::begin(kLayoutNames), end);
        head.error(item.at, "rule.unknown-layout", "unknown layout '" + item.text + "'",
                   suggestion(item.text, all));
        continue;
      }
      loaded_.rules.layouts.push_back(static_cast<Layout>(known - std::begin(kLayoutNames)));
    }
  }

  void read_pattern(TableReader& table) {
    FieldPattern pattern;
    pattern.id = table.required_string("id");
    pattern.kind = table.string("kind");
    pattern.scoped = table.boolean("scoped");
    pattern.institution = table.boolean("institution");
    pattern.guards = read_guards(table, folds_);
    pattern.source = table.required_string("re");
    read_steps(table, folds_.fold(pattern.source), pattern);
    for (const std::string& word : table.strings("starts")) pattern.starts.push_back(folds_.fold(word));
    if (pattern.starts.empty() && !pattern.steps.empty() &&
        pattern.steps.front().kind == PatternStep::Kind::piece) {
      const std::string prefix = literal_prefix(first_piece_);
      if (prefix.empty()) {
        table.error_at("re", "rule.no-trigger", "a pattern begins with a literal or a slot, or has 'starts'");
      } else {
        pattern.starts.push_back(prefix);
      }
    }
    if (std::none_of(pattern.steps.begin(), pattern.steps.end(),
                     [](const auto& step) { return step.capture == "value"; })) {
      table.error_at("re", "rule.no-value",
                     "a pattern needs a slot (?P<value>{number}), {quantity}, {date} or {name}");
    }
    table.finish();
    loaded_.rules.patterns.push_back(std::move(pattern));
  }

  void read_steps(TableReader& table, const std::string& source, FieldPattern& pattern) {
    std::string piece;
    first_piece_.clear();
    const auto end_piece = [&] {
      if (piece.empty()) return;
      if (pattern.steps.empty()) first_piece_ = piece;
      std::string expanded = "(?i)" + expand_pattern(table, "re", piece, lists_, {});
      auto re = anchored(expanded);
      if (!re->ok()) {
        table.error_at("re", "rule.bad-pattern", re->error() + ": '" + re->error_arg() + "'");
      } else {
        PatternStep& step = pattern.steps.emplace_back();
        step.re = std::move(re);
        step.expanded = std::move(expanded);
        step.outline = outline_of(step.expanded);
        // The first piece is tried at words of the index only.
        if (pattern.steps.size() > 1) bound(step);
      }
      piece.clear();
    };
    for (std::size_t i = 0; i < source.size();) {
      if (const auto slot = slot_at(source, i)) {
        end_piece();
        if (std::find(std::begin(kSlotCaptures), std::end(kSlotCaptures), slot->capture) ==
            std::end(kSlotCaptures)) {
          table.error_at("re", "rule.unknown-capture", "unknown capture '" + slot->capture + "'");
        }
        PatternStep& step = pattern.steps.emplace_back();
        step.kind = slot->kind;
        step.capture = slot->capture;
        i += slot->size;
      } else {
        piece += source[i++];
        if (piece.back() == '\\' && i < source.size()) piece += source[i++];
      }
    }
    end_piece();
  }

  TableReader& root_;
  const WordLists& lists_;
  const FoldTable& folds_;
  LoadedField loaded_;
  std::string first_piece_;
};

}  // namespace

std::optional<std::uint32_t> PatternStep::match(std::string_view text) const {
  if (!may_match(text)) return std::nullopt;
  re2::StringPiece whole;
  if (!re->Match(text, 0, text.size(), RE2::ANCHOR_START, &whole, 1)) return std::nullopt;
  return static_cast<std::uint32_t>(whole.size());
}

bool PatternStep::matches(std::string_view text) const {
  return may_match(text) && re->Match(text, 0, text.size(), RE2::ANCHOR_START, nullptr, 0);
}

bool slot_takes(PatternStep::Kind slot, MentionKind kind) {
  switch (slot) {
    case PatternStep::Kind::number:
      return kind == MentionKind::number;
    case PatternStep::Kind::quantity:
      return kind == MentionKind::quantity || kind == MentionKind::number;
    case PatternStep::Kind::date:
      return kind == MentionKind::date;
    default:
      return false;
  }
}

std::optional<PatternStep> any_of_pieces(const std::vector<const PatternStep*>& pieces) {
  PatternStep any;
  for (const PatternStep* piece : pieces) {
    if (!any.expanded.empty()) any.expanded += '|';
    any.expanded.append("(?:").append(piece->expanded).append(")");
  }
  any.re = anchored(any.expanded);
  if (!any.re->ok()) return std::nullopt;
  any.outline = outline_of(any.expanded);
  bound(any);
  return any;
}

std::string_view to_string(Layout layout) { return kLayoutNames[static_cast<std::size_t>(layout)]; }

LoadedField read_field(TableReader& root, const WordLists& lists, const FoldTable& folds) {
  return FieldLoader(root, lists, folds).read();
}

}  // namespace yoran
