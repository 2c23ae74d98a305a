#include "rulepack/table_reader.h"

#include <algorithm>
#include <cmath>
#include <sstream>

#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

namespace yoran {
namespace {

RulePosition position_of(const toml::source_region& region) {
  return {region.begin.line, region.begin.column};
}

const toml::table& as_table(const void* table) { return *static_cast<const toml::table*>(table); }

std::string_view type_name(const toml::node& node) {
  switch (node.type()) {
    case toml::node_type::table:
      return "a table";
    case toml::node_type::array:
      return "an array";
    case toml::node_type::string:
      return "a string";
    case toml::node_type::integer:
      return "an integer";
    case toml::node_type::floating_point:
      return "a float";
    case toml::node_type::boolean:
      return "a boolean";
    default:
      return "a date or time";
  }
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
    }
  }
  return row[b.size()];
}

std::string json_of(const toml::node& node) {
  std::ostringstream out;
  if (const auto* text = node.as_string()) {
    out << '"';
    for (const char c : text->get()) {
      if (c == '"' || c == '\\') out << '\\';
      if (c == '\n')
        out << "\\n";
      else if (c == '\t')
        out << "\\t";
      else
        out << c;
    }
    out << '"';
  } else if (const auto* list = node.as_array()) {
    out << '[';
    for (std::size_t i = 0; i < list->size(); ++i) out << (i == 0 ? "" : ",") << json_of((*list)[i]);
    out << ']';
  } else if (const auto* map = node.as_table()) {
    out << '{';
    bool first = true;
    for (const auto& [key, value] : *map) {
      out << (first ? "" : ",") << '"' << key.str() << "\":" << json_of(value);
      first = false;
    }
    out << '}';
  } else if (const auto* integer = node.as_integer()) {
    out << integer->get();
  } else if (const auto* real = node.as_floating_point()) {
    out.precision(15);
    out << real->get();
  } else if (const auto* truth = node.as_boolean()) {
    out << (truth->get() ? "true" : "false");
  }
  return out.str();
}

}  // namespace

std::string nearest(std::string_view word, const std::vector<std::string>& known) {
  std::string best;
  std::size_t best_distance = std::max<std::size_t>(2, word.size() / 3) + 1;
  for (const std::string& candidate : known) {
    const std::size_t distance = edit_distance(word, candidate);
    if (distance < best_distance) {
      best_distance = distance;
      best = candidate;
    }
  }
  return best;
}

std::string suggestion(std::string_view word, const std::vector<std::string>& known, std::string otherwise) {
  const std::string near = nearest(word, known);
  return near.empty() ? std::move(otherwise) : "did you mean '" + near + "'?";
}

struct RuleDocument::Impl {
  toml::table table;
};

RuleDocument::RuleDocument() = default;
RuleDocument::RuleDocument(RuleDocument&&) noexcept = default;
RuleDocument& RuleDocument::operator=(RuleDocument&&) noexcept = default;
RuleDocument::~RuleDocument() = default;

std::optional<RuleDocument> RuleDocument::parse(std::string path, std::string_view text, RuleErrors& errors) {
  auto result = toml::parse(text, std::string_view(path));
  if (!result) {
    errors.push_back({path, position_of(result.error().source()), "rule.not-toml",
                      std::string(result.error().description()), ""});
    return std::nullopt;
  }
  RuleDocument document;
  document.impl_ = std::make_unique<Impl>(Impl{std::move(result).table()});
  document.path_ = std::make_unique<std::string>(std::move(path));
  return document;
}

TableReader RuleDocument::root(RuleErrors& errors) const { return {&impl_->table, path_.get(), &errors}; }

TableReader::TableReader(const void* table, const std::string* path, RuleErrors* errors)
    : table_(table), path_(path), errors_(errors) {}

void TableReader::error(RulePosition at, std::string_view code, std::string message, std::string hint) {
  errors_->push_back({*path_, at, std::string(code), std::move(message), std::move(hint)});
}

RulePosition TableReader::at() const { return position_of(as_table(table_).source()); }

RulePosition TableReader::at(std::string_view key) const {
  const toml::node* node = as_table(table_).get(key);
  return node == nullptr ? at() : position_of(node->source());
}

bool TableReader::has(std::string_view key) const { return as_table(table_).contains(key); }

// Finds the node of a key, notes that it was asked for, and reports a wrong type.
#define YORAN_ASK(key)      \
  asked_.emplace_back(key); \
  const toml::node* node = as_table(table_).get(key)

static std::string expected(std::string_view key, std::string_view wanted, const toml::node& node) {
  return "'" + std::string(key) + "' must be " + std::string(wanted) + ", not " +
         std::string(type_name(node));
}

std::string TableReader::required_string(std::string_view key) {
  if (!has(key)) {
    asked_.emplace_back(key);
    error(at(), "rule.missing-key", "missing key '" + std::string(key) + "'");
    return {};
  }
  std::string value = string(key);
  if (value.empty() && as_table(table_).get(key)->is_string()) {
    error_at(key, "rule.empty-value", "'" + std::string(key) + "' is empty");
  }
  return value;
}

std::string TableReader::string(std::string_view key, std::string_view fallback) {
  YORAN_ASK(key);
  if (node == nullptr) return std::string(fallback);
  if (const auto* text = node->as_string()) return text->get();
  error_at(key, "rule.wrong-type", expected(key, "a string", *node));
  return std::string(fallback);
}

std::optional<std::int64_t> TableReader::integer(std::string_view key) {
  YORAN_ASK(key);
  if (node == nullptr) return std::nullopt;
  if (const auto* value = node->as_integer()) return value->get();
  error_at(key, "rule.wrong-type", expected(key, "an integer", *node));
  return std::nullopt;
}

std::optional<double> TableReader::number(std::string_view key) {
  YORAN_ASK(key);
  if (node == nullptr) return std::nullopt;
  if (const auto* value = node->as_integer()) return static_cast<double>(value->get());
  if (const auto* value = node->as_floating_point()) return value->get();
  error_at(key, "rule.wrong-type", expected(key, "a number", *node));
  return std::nullopt;
}

bool TableReader::boolean(std::string_view key, bool fallback) {
  YORAN_ASK(key);
  if (node == nullptr) return fallback;
  if (const auto* value = node->as_boolean()) return value->get();
  error_at(key, "rule.wrong-type", expected(key, "true or false", *node));
  return fallback;
}

std::optional<LocalDay> TableReader::day(std::string_view key) {
  YORAN_ASK(key);
  if (node == nullptr) return std::nullopt;
  if (const auto* value = node->as_date())
    return LocalDay{value->get().year, value->get().month, value->get().day};
  error_at(key, "rule.wrong-type", expected(key, "a date such as 2019-05-01", *node));
  return std::nullopt;
}

std::vector<TableReader::Item> TableReader::items(std::string_view key) {
  YORAN_ASK(key);
  std::vector<Item> result;
  if (node == nullptr) return result;
  if (const auto* text = node->as_string()) return {{text->get(), position_of(node->source())}};
  const auto* list = node->as_array();
  if (list == nullptr) {
    error_at(key, "rule.wrong-type", expected(key, "a string or an array of strings", *node));
    return result;
  }
  for (const toml::node& element : *list) {
    if (const auto* text = element.as_string()) {
      result.push_back({text->get(), position_of(element.source())});
    } else {
      error(position_of(element.source()), "rule.wrong-type", expected(key, "an array of strings", element));
    }
  }
  return result;
}

std::vector<std::string> TableReader::strings(std::string_view key) {
  std::vector<std::string> result;
  for (Item& item : items(key)) result.push_back(std::move(item.text));
  return result;
}

std::vector<std::int64_t> TableReader::integers(std::string_view key) {
  YORAN_ASK(key);
  std::vector<std::int64_t> result;
  if (node == nullptr) return result;
  const auto* list = node->as_array();
  if (list == nullptr) {
    error_at(key, "rule.wrong-type", expected(key, "an array of integers", *node));
    return result;
  }
  for (const toml::node& element : *list) {
    if (const auto* value = element.as_integer()) {
      result.push_back(value->get());
    } else {
      error(position_of(element.source()), "rule.wrong-type", expected(key, "an array of integers", element));
    }
  }
  return result;
}

std::vector<std::pair<TableReader::Item, std::vector<TableReader::Item>>> TableReader::lists(
    std::string_view key) {
  YORAN_ASK(key);
  std::vector<std::pair<Item, std::vector<Item>>> result;
  if (node == nullptr) return result;
  const auto* map = node->as_table();
  if (map == nullptr) {
    error_at(key, "rule.wrong-type", expected(key, "a table", *node));
    return result;
  }
  for (const auto& [name, value] : *map) {
    const RulePosition place = position_of(value.source());
    std::vector<Item> values;
    if (const auto* text = value.as_string()) {
      values.push_back({text->get(), place});
    } else if (const auto* integer = value.as_integer()) {
      values.push_back({std::to_string(integer->get()), place});
    } else if (const auto* list = value.as_array()) {
      for (const toml::node& element : *list) {
        if (const auto* word = element.as_string()) {
          values.push_back({word->get(), position_of(element.source())});
        } else {
          error(position_of(element.source()), "rule.wrong-type",
                expected(name.str(), "an array of strings", element));
        }
      }
    } else {
      error(place, "rule.wrong-type",
            expected(name.str(), "a string, an integer or an array of strings", value));
    }
    result.emplace_back(Item{std::string(name.str()), position_of(name.source())}, std::move(values));
  }
  // toml++ keeps tables sorted by key; the order of the file is the order of places.
  std::sort(result.begin(), result.end(), [](const auto& a, const auto& b) {
    return std::pair(a.first.at.line, a.first.at.column) < std::pair(b.first.at.line, b.first.at.column);
  });
  return result;
}

std::optional<TableReader> TableReader::table(std::string_view key) {
  YORAN_ASK(key);
  if (node == nullptr) return std::nullopt;
  if (const auto* map = node->as_table()) return TableReader(map, path_, errors_);
  error_at(key, "rule.wrong-type", expected(key, "a table", *node));
  return std::nullopt;
}

std::vector<TableReader> TableReader::tables(std::string_view key) {
  YORAN_ASK(key);
  std::vector<TableReader> result;
  if (node == nullptr) return result;
  const auto* list = node->as_array();
  if (list == nullptr) {
    error_at(key, "rule.wrong-type",
             expected(key, "an array of tables, [[" + std::string(key) + "]]", *node));
    return result;
  }
  for (const toml::node& element : *list) {
    if (const auto* map = element.as_table()) {
      result.push_back(TableReader(map, path_, errors_));
    } else {
      error(position_of(element.source()), "rule.wrong-type", expected(key, "an array of tables", element));
    }
  }
  return result;
}

std::optional<std::string> TableReader::json(std::string_view key) {
  YORAN_ASK(key);
  if (node == nullptr) return std::nullopt;
  return json_of(*node);
}

#undef YORAN_ASK

void TableReader::finish() {
  for (const auto& [key, value] : as_table(table_)) {
    if (std::find(asked_.begin(), asked_.end(), key.str()) != asked_.end()) continue;
    error(position_of(key.source()), "rule.unknown-key", "unknown key '" + std::string(key.str()) + "'",
          suggestion(key.str(), asked_));
  }
}

}  // namespace yoran
