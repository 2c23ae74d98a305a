#include "rulepack/rulepack.h"

#include <openssl/evp.h>
#include <simdjson.h>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace yoran {
namespace {

bool has_ending(std::string_view path, std::string_view ending) { return path.ends_with(ending); }

std::string sha256_of(std::span<const RuleFile> files) {
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> digest(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  EVP_DigestInit_ex(digest.get(), EVP_sha256(), nullptr);
  for (const RuleFile& file : files) {
    EVP_DigestUpdate(digest.get(), file.path.c_str(), file.path.size() + 1);
    EVP_DigestUpdate(digest.get(), file.text.data(), file.text.size());
    EVP_DigestUpdate(digest.get(), "", 1);
  }
  std::array<unsigned char, 32> bytes{};
  EVP_DigestFinal_ex(digest.get(), bytes.data(), nullptr);
  std::string hex;
  for (const unsigned char byte : bytes) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    hex += kDigits[byte >> 4U];
    hex += kDigits[byte & 15U];
  }
  return hex;
}

// [folds]: a replacement and the characters that become it.
std::vector<std::pair<char32_t, std::string>> read_folds(TableReader& root) {
  std::vector<std::pair<char32_t, std::string>> folds;
  for (const auto& [replacement, items] : root.lists("folds")) {
    for (const TableReader::Item& item : items) {
      for (std::size_t i = 0; i < item.text.size();) {
        const char32_t c = code_point_at(item.text, i);
        folds.emplace_back(c, replacement.text);
        i += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
      }
    }
  }
  return folds;
}

class Loader {
 public:
  explicit Loader(std::span<const RuleFile> files) : files_(files), pack_(std::make_shared<RulePack>()) {}

  LoadedRules load() {
    pack_->files.assign(files_.begin(), files_.end());
    check_folders();
    parse_lexicons();
    // Folding comes first: every other word is folded as the text will be. Patterns come after the lists they
    // name.
    read_lexicons(true);
    pack_->folds = FoldTable::build(folds_);
    read_lexicons(false);
    lexicons_.clear();
    read_tables();
    read_entities();
    read_fields();
    read_checks();
    if (errors_.empty()) finish();
    std::stable_sort(errors_.begin(), errors_.end(), [](const RuleError& a, const RuleError& b) {
      return std::tuple(a.path, a.at.line, a.at.column) < std::tuple(b.path, b.at.line, b.at.column);
    });
    LoadedRules loaded;
    loaded.errors = std::move(errors_);
    if (loaded.errors.empty()) loaded.pack = std::move(pack_);
    return loaded;
  }

 private:
  static std::string_view folder_of(const RuleFile& file) {
    return std::string_view(file.path).substr(0, file.path.find('/'));
  }

  void check_folders() {
    constexpr std::string_view kFolders[] = {"fields", "entities", "lexicon", "gazetteer", "checks"};
    for (const RuleFile& file : pack_->files) {
      if (!has_ending(file.path, ".toml") ||
          std::find(std::begin(kFolders), std::end(kFolders), folder_of(file)) != std::end(kFolders))
        continue;
      errors_.push_back({file.path,
                         {},
                         "rule.unknown-folder",
                         "rule files stand in fields, entities, lexicon, gazetteer or checks",
                         ""});
    }
  }

  // Each document goes before the next one comes: their memory is reused.
  template <class Read>
  void for_each_document(std::string_view folder, Read read) {
    for (const RuleFile& file : pack_->files) {
      if (!has_ending(file.path, ".toml") || folder_of(file) != folder) continue;
      if (auto document = RuleDocument::parse(file.path, file.text, errors_)) read(std::move(*document));
    }
  }

  void parse_lexicons() {
    for_each_document("lexicon", [&](RuleDocument document) { lexicons_.push_back(std::move(document)); });
  }

  // The root of a file after its format key.
  TableReader open(const RuleDocument& document) {
    TableReader root = document.root(errors_);
    const auto format = root.integer("format");
    if (!format) {
      root.error(root.at(), "rule.missing-key", "missing key 'format'", "format = 1");
    } else if (*format != 1) {
      root.error_at("format", "rule.bad-value", "unknown format " + std::to_string(*format),
                    "this version reads format 1");
    }
    return root;
  }

  void check_unique(std::string_view kind, const std::string& id, TableReader& root, std::string_view table) {
    if (id.empty() || ids_.insert(std::string(kind) + "/" + id).second) return;
    root.error(root.at(table), "rule.duplicate-id",
               "a second " + std::string(kind) + " has the id '" + id + "'");
  }

  void read_lexicons(bool folds_only) {
    for (const RuleDocument& document : lexicons_) {
      RuleErrors ignored;
      TableReader probe = document.root(ignored);
      auto probe_head = probe.table("lexicon");
      const bool is_folds = probe_head && probe_head->string("type") == "folds";
      if (is_folds == folds_only) read_lexicon(document);
    }
  }

  void read_lexicon(const RuleDocument& document) {
    TableReader root = open(document);
    auto head = root.table("lexicon");
    if (!head) {
      root.error(root.at(), "rule.missing-key", "missing table [lexicon]");
      return;
    }
    const std::string id = head->required_string("id");
    const std::string type = head->required_string("type");
    for (const std::string_view key : {"description", "source", "licence"}) (void)head->string(key);
    head->finish();
    check_unique("lexicon", id, root, "lexicon");
    read_lexicon_of(type, root, *head);
    root.finish();
  }

  void read_lexicon_of(const std::string& type, TableReader& root, TableReader& head) {
    const FoldTable& folds = pack_->folds;
    if (type == "folds") {
      folds_ = read_folds(root);
    } else if (type == "layout") {
      pack_->layout.read(root, folds);
    } else if (type == "numerals" || type == "counters") {
      pack_->numbers.read(root, folds, pack_->lists);
    } else if (type == "units") {
      pack_->units.read(root, folds, pack_->lists);
    } else if (type == "eras" || type == "calendar") {
      pack_->calendar.read(root, folds, pack_->lists);
    } else if (type == "contacts") {
      pack_->contacts.read(root, folds, pack_->lists);
    } else if (type == "addresses") {
      pack_->addresses.read(root, folds, pack_->lists);
    } else if (type == "names") {
      pack_->names.read(root, folds);
    } else if (type == "linking") {
      pack_->linking.read(root, folds);
    } else if (type == "words") {
      read_word_lists(root);
    } else if (!type.empty()) {
      const std::vector<std::string> known = {"folds",     "layout", "numerals", "counters",
                                              "units",     "eras",   "calendar", "contacts",
                                              "addresses", "names",  "linking",  "words"};
      head.error_at("type", "rule.unknown-type", "unknown type '" + type + "'", suggestion(type, known));
    }
  }

  void read_word_lists(TableReader& root) {
    for (const auto& [name, items] : root.lists("words")) {
      std::vector<std::string>& list = pack_->lists[name.text];
      for (const TableReader::Item& item : items) list.push_back(pack_->folds.fold(item.text));
    }
  }

  // What TOML says of itself is said of a table here.
  bool is_utf8(const RuleFile& file) {
    if (simdjson::validate_utf8(file.text)) return true;
    std::uint32_t line = 1;
    for (std::string_view rest = file.text; !rest.empty(); ++line) {
      const std::string_view row = rest.substr(0, rest.find('\n'));
      if (!simdjson::validate_utf8(row)) break;
      rest.remove_prefix(std::min(row.size() + 1, rest.size()));
    }
    errors_.push_back({file.path, {line, 1}, "rule.invalid-utf8", "the line is not UTF-8", ""});
    return false;
  }

  void read_tables() {
    for (const RuleFile& file : pack_->files) {
      if (!has_ending(file.path, ".tsv") || !is_utf8(file)) continue;
      if (has_ending(file.path, "lunisolar_months.tsv")) {
        pack_->calendar.read_tsv(file.path, file.text, errors_);
      } else if (has_ending(file.path, "tlds.tsv")) {
        pack_->contacts.read_tlds(file.path, file.text, errors_);
      } else {
        pack_->addresses.read_tsv(file.path, file.text, pack_->folds, errors_);
      }
    }
    for (auto& [name, words] : pack_->lists) {
      std::stable_sort(words.begin(), words.end(),
                       [](const auto& a, const auto& b) { return a.size() > b.size(); });
    }
  }

  void read_entities() {
    const std::array vocabularies = {number_vocabulary(),     date_vocabulary(),  phone_vocabulary(),
                                     url_vocabulary(),        email_vocabulary(), address_vocabulary(),
                                     postal_code_vocabulary()};
    for_each_document("entities", [&](const RuleDocument& document) {
      TableReader root = open(document);
      LoadedEntity entity = read_entity(root, pack_->lists, pack_->folds, vocabularies);
      check_unique("entity", entity.rules.id, root, "entity");
      pack_->entities.push_back(std::move(entity.rules));
      for (EntityPattern& pattern : entity.patterns) {
        check_unique("pattern", pattern.id, root, "entity");
        pack_->entity_patterns.push_back(std::move(pattern));
      }
    });
  }

  void read_fields() {
    std::vector<LoadedField> fields;
    for_each_document("fields", [&](const RuleDocument& document) {
      TableReader root = open(document);
      fields.push_back(read_field(root, pack_->lists, pack_->folds));
      check_unique("field", fields.back().rules.id, root, "field");
    });
    std::stable_sort(fields.begin(), fields.end(), [](const LoadedField& a, const LoadedField& b) {
      return std::pair(a.order, a.rules.id) < std::pair(b.order, b.rules.id);
    });
    for (LoadedField& field : fields) pack_->fields.push_back(std::move(field.rules));
  }

  void read_checks() {
    std::vector<std::string> known;
    for (const FieldRules& field : pack_->fields) known.push_back(field.id);
    for_each_document("checks", [&](const RuleDocument& document) {
      TableReader root = open(document);
      CheckRule check = read_check(root, pack_->folds);
      check_unique("check", check.id, root, "check");
      for (const std::string& field : check.fields) {
        if (pack_->field(field) != nullptr) continue;
        root.error(root.at("check"), "rule.unknown-name", "unknown field '" + field + "'",
                   suggestion(field, known));
      }
      pack_->checks.push_back(std::move(check));
    });
    std::stable_sort(pack_->checks.begin(), pack_->checks.end(),
                     [](const CheckRule& a, const CheckRule& b) { return a.id < b.id; });
  }

  void finish() {
    RulePack& pack = *pack_;
    pack.linking.words.build();
    pack.linking.sentences.build();
    pack.names.build();
    for (std::uint32_t i = 0; i < pack.entity_patterns.size(); ++i) {
      const EntityPattern& pattern = pack.entity_patterns[i];
      for (std::size_t byte = 0; byte < pack.digit_patterns.size() && pattern.starts_with_digit; ++byte) {
        if (pattern.next.empty() || pattern.next_bytes[byte]) pack.digit_patterns[byte].push_back(i);
      }
      for (const std::string& word : pattern.starts) add_word(word, WordCategory::entity, i);
    }
    for (std::uint32_t f = 0; f < pack.fields.size(); ++f) {
      for (const std::string& label : pack.fields[f].labels) {
        pack.labels.push_back({f, label});
        add_spaced(label, WordCategory::label, static_cast<std::uint32_t>(pack.labels.size() - 1));
      }
      for (std::uint32_t p = 0; p < pack.fields[f].patterns.size(); ++p) {
        pack.field_patterns.push_back({f, p});
        for (const std::string& word : pack.fields[f].patterns[p].starts) {
          add_word(word, WordCategory::pattern, static_cast<std::uint32_t>(pack.field_patterns.size() - 1));
        }
      }
    }
    for (std::size_t kind = 0; kind < kMentionKinds; ++kind)
      pack.behind_values[kind] = behind_value(static_cast<MentionKind>(kind));
    for (std::uint32_t i = 0; i < pack.names.titles.size(); ++i)
      add_spaced(pack.names.titles[i].word, WordCategory::title, i);
    for (const std::string& word : pack.numbers.start_words()) add_word(word, WordCategory::number, 0);
    pack.addresses.add_words(pack.words, static_cast<std::uint16_t>(WordCategory::place));
    pack.words.build();
    pack.sha256 = sha256_of(pack.files);
  }

  [[nodiscard]] std::optional<PatternStep> behind_value(MentionKind kind) const {
    std::vector<const PatternStep*> pieces;
    for (const FieldPatternRef ref : pack_->field_patterns) {
      const FieldPattern& pattern = pack_->fields[ref.field].patterns[ref.pattern];
      if (!pattern.starts.empty() || !slot_takes(pattern.steps.front().kind, kind)) continue;
      if (!pattern.has_piece_behind_first()) return std::nullopt;
      pieces.push_back(&pattern.steps[1]);
    }
    return any_of_pieces(pieces);
  }

  void add_word(const std::string& word, WordCategory category, std::uint32_t entry) {
    pack_->words.add({word, static_cast<std::uint16_t>(category), entry, false});
  }

  // Short words of ideographs are set out with blanks to fill a column.
  void add_spaced(const std::string& word, WordCategory category, std::uint32_t entry) {
    add_word(word, category, entry);
    constexpr std::size_t kIdeograph = 3;  // bytes
    constexpr std::size_t kLongest = 4;    // ideographs
    const auto ascii = [](char c) {
      return static_cast<unsigned char>(c) < 0xE0U && (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    };
    if (word.size() < 2 * kIdeograph || word.size() > kLongest * kIdeograph ||
        std::any_of(word.begin(), word.end(), ascii))
      return;
    for (std::size_t blanks = 1; blanks <= 3; ++blanks) {
      std::string spaced = word.substr(0, kIdeograph);
      for (std::size_t i = kIdeograph; i < word.size(); i += kIdeograph) {
        spaced.append(blanks, ' ').append(word, i, kIdeograph);
      }
      add_word(spaced, category, entry);
    }
  }

  std::span<const RuleFile> files_;
  std::shared_ptr<RulePack> pack_;
  std::vector<RuleDocument> lexicons_;
  std::vector<std::pair<char32_t, std::string>> folds_;
  std::set<std::string> ids_;
  RuleErrors errors_;
};

}  // namespace

const CheckRule* RulePack::check(std::string_view id) const {
  for (const CheckRule& rule : checks) {
    if (rule.id == id) return &rule;
  }
  return nullptr;
}

const FieldRules* RulePack::field(std::string_view id) const {
  const auto found =
      std::find_if(fields.begin(), fields.end(), [&](const FieldRules& rules) { return rules.id == id; });
  return found == fields.end() ? nullptr : &*found;
}

LoadedRules load_rules(std::span<const RuleFile> files) { return Loader(files).load(); }

}  // namespace yoran
