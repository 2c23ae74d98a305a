// The sample documents, by paths below the repository, in which tests run.
#ifndef YORAN_TESTS_GOLDEN_SAMPLES_H_
#define YORAN_TESTS_GOLDEN_SAMPLES_H_

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

#include "rulepack/rulepack.h"

namespace yoran {

inline std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + path);
  return {std::istreambuf_iterator<char>(in), {}};
}

// samples/<language>/<document>, sorted; not what stands beside a document.
inline std::vector<std::string> sample_documents() {
  std::vector<std::string> documents;
  for (const auto& entry : std::filesystem::recursive_directory_iterator("samples")) {
    const std::string path = entry.path().generic_string();
    const bool inside = std::count(path.begin(), path.end(), '/') == 2;
    if (!entry.is_regular_file() || !inside) continue;
    if (path.ends_with(".facts.json") || path.ends_with(".expected.jsonl")) continue;
    documents.push_back(path);
  }
  std::sort(documents.begin(), documents.end());
  return documents;
}

// "samples/ja/nanae.txt" -> "ja_nanae_txt": names of tests are letters, digits and underscores.
inline std::string test_name(const std::string& document) {
  std::string name = document.substr(document.find('/') + 1);
  for (char& letter : name) {
    if (std::isalnum(static_cast<unsigned char>(letter)) == 0) letter = '_';
  }
  return name;
}

inline const RulePack& default_rules() {
  static const LoadedRules kRules = [] {
    LoadedRules rules = load_rules(default_rule_files());
    if (!rules.pack) throw std::runtime_error("rules/" + rules.errors.front().to_string());
    return rules;
  }();
  return *kRules.pack;
}

}  // namespace yoran

#endif  // YORAN_TESTS_GOLDEN_SAMPLES_H_
