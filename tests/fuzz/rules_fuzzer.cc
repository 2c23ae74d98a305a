// The rule loader: any file in place of a built-in one gives errors with positions, or rules that work.
// The first line of an input is the path of the file.
#include "fuzz_input.h"
#include "pipeline.h"

namespace yoran {
namespace {

// Tables of places are large and read by other code than the rule files; one small table is enough here.
constexpr std::size_t kLargestTable = 3000;

std::vector<RuleFile> small_files() {
  std::vector<RuleFile> files;
  for (const RuleFile& file : default_rule_files()) {
    if (!file.path.ends_with(".tsv")) {
      files.push_back(file);
      continue;
    }
    const std::size_t end = file.text.find('\n', std::min(kLargestTable, file.text.size()));
    files.emplace_back(file.path, std::string(file.text.substr(0, end == std::string::npos ? end : end + 1)));
  }
  return files;
}

}  // namespace
}  // namespace yoran

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // A rule file of a person is below 32 KiB; more only makes rounds slow.
  if (size > (32U << 10U)) return 0;
  static const std::vector<yoran::RuleFile> kFiles = yoran::small_files();
  const std::string input(reinterpret_cast<const char*>(data), size);
  const std::size_t end = std::min(input.find('\n'), input.size());
  yoran::RuleFile file{input.substr(0, end), input.substr(std::min(end + 1, input.size()))};
  const yoran::LoadedRules loaded = yoran::load_rules(yoran::overlay(kFiles, {std::move(file)}));
  yoran::require((loaded.pack == nullptr) == !loaded.errors.empty(), "rules load, or errors say why not");
  for (const yoran::RuleError& error : loaded.errors) {
    yoran::require(
        error.at.line >= 1 && error.at.column >= 1 && !error.code.empty() && !error.message.empty(),
        "an error has a place, a code and a message");
  }
  if (loaded.pack) {
    const std::string text = "Population 12,345 (2020)\nArea 12.5 km2\n";
    (void)yoran::extract(text, {}, *loaded.pack);
  }
  return 0;
}
