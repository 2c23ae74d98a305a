// Every [[example]] of the rule files as a test of its own, run by the same code as `yoran rules test`.
// Names hold letters, digits and underscores only: a `:` separates filters, and a test so named would run as
// no test.
#include <gtest/gtest.h>

#include <cctype>
#include <string>
#include <utility>

#include "app/rule_examples.h"

namespace yoran {
namespace {

class ExampleTest : public testing::Test {
 public:
  ExampleTest(const RulePack& rules, RuleExample example) : rules_(rules), example_(std::move(example)) {}
  void TestBody() override {
    const ExampleResult result = run_example(rules_, example_);
    EXPECT_TRUE(result.passed) << "rules/" << result.path << ":" << result.at.line << ":" << result.at.column
                               << ": " << result.message << "\n  " << result.line << "\n  " << result.found;
  }

 private:
  const RulePack& rules_;
  RuleExample example_;
};

// "fields/population.toml", 7 -> "fields_population_7".
std::string test_name(const RuleExample& example) {
  std::string name = example.example->path.substr(0, example.example->path.rfind('.'));
  for (char& letter : name) {
    if (std::isalnum(static_cast<unsigned char>(letter)) == 0) letter = '_';
  }
  return name + "_" + std::to_string(example.number);
}

}  // namespace
}  // namespace yoran

int main(int count, char** words) {
  testing::InitGoogleTest(&count, words);
  const yoran::LoadedRules rules = yoran::load_rules(yoran::default_rule_files());
  for (const yoran::RuleError& error : rules.errors)
    std::fprintf(stderr, "rules/%s\n", error.to_string().c_str());
  if (!rules.pack) return 1;
  for (const yoran::RuleExample& example : yoran::list_examples(*rules.pack)) {
    testing::RegisterTest(
        "Example", yoran::test_name(example).c_str(), nullptr, nullptr, example.example->path.c_str(),
        static_cast<int>(example.example->at.line),
        [&rules, example]() -> testing::Test* { return new yoran::ExampleTest(*rules.pack, example); });
  }
  return RUN_ALL_TESTS();
}
