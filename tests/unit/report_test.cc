// Reports: what each format says of the same findings, and where.
#include "emit/report.h"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "app/check/findings.h"
#include "emit/finding_json.h"
#include "emit/schema_check.h"

namespace yoran {
namespace {

const RulePack& rules() {
  static const LoadedRules loaded = load_rules(default_rule_files());
  return *loaded.pack;
}

Findings check_text(std::string_view text, const std::string& path = "page.txt") {
  ExtractOptions options;
  options.name = path;
  options.check.emplace();
  return findings_of(extract(text, options, rules()), path);
}

Report report_of(std::string_view text, const std::string& path = "page.txt") {
  return {check_text(text, path), {path}, 0};
}

std::string written(std::string_view format, const Report& report) {
  std::string out;
  report_writer(format)(out, report, {rules().checks, {}});
  return out;
}

// One finding of everything a format may have to write.
Report full_report() {
  Report report = report_of(
      "\xE4\xBA\xBA\xE5\x8F\xA3\xEF\xBC\x9A"
      "52,340\xE4\xBA\xBA\xEF\xBC\x88\xE7\x94\xB7 25,100\xE4\xBA\xBA"
      "\xE3\x80\x81\xE5\xA5\xB3 27,420\xE4\xBA\xBA\xEF\xBC\x89\n"
      "caf\x65\xCC\x81 2021-04-31\n"
      "# yoran-ignore figure.unit-assumed\nArea: 120.5\n"
      "# yoran-ignore no.such-check\n",
      "a folder/<page> & \"1\"%.txt");
  EXPECT_GT(report.findings.size(), 3U);
  report.findings.front().standing = Standing::baseline;
  report.findings.front().hint = "a, b: 100 %\nnext line \x01";
  report.findings.push_back({"other.html",
                             Severity::error,
                             "field.required",
                             "missing",
                             "",
                             {},
                             {},
                             {},
                             {},
                             "0123",
                             Standing::open});
  report.paths.push_back("other.html");
  report.paths.push_back("clean.html");
  report.left_out = 7;
  return report;
}

std::string file_text(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

// ---- Columns. The date stands behind characters that count differently in each unit.

struct ColumnCase {
  const char* name;
  const char* before;    // on the line, before the date
  std::uint32_t column;  // in code points
  std::uint32_t utf16;
  std::uint32_t utf8;
};

constexpr ColumnCase kColumns[] = {
    {"Ascii", "on ", 4, 4, 4},
    {"Wide", "\xE6\x9C\xAD\xE5\xB9\x8C ", 4, 4, 8},
    {"SquareSign", "\xE3\x88\xB1 ", 3, 3, 5},
    {"CombiningMark", "\xE3\x81\x8B\xE3\x82\x99 ", 4, 4, 8},
    {"EmojiJoined", "\xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7 ", 7, 10, 20},
    {"VariationSelector", "\xE8\x91\x9B\xF3\xA0\x84\x80\xE5\x9F\x8E ", 5, 6, 12},
    {"ByteOrderMark", "\xEF\xBB\xBFon ", 4, 4, 4},
};

class ColumnTest : public testing::TestWithParam<ColumnCase> {};

TEST_P(ColumnTest, EachFormatCountsInItsUnit) {
  const ColumnCase& test = GetParam();
  Report report = report_of(std::string(test.before) + "2021-04-31\n");
  std::erase_if(report.findings, [](const Finding& finding) { return finding.check != "date.impossible"; });
  ASSERT_EQ(report.findings.size(), 1U);
  const Spot& start = report.findings.front().at->start;
  EXPECT_EQ(start.column, test.column);
  EXPECT_EQ(start.utf16, test.utf16);
  EXPECT_EQ(start.utf8, test.utf8);
  const auto holds = [&](std::string_view format, const std::string& text) {
    const std::string out = written(format, report);
    EXPECT_NE(out.find(text), std::string::npos) << format << ": " << out;
  };
  const auto number = [](std::uint32_t value) { return std::to_string(value); };
  holds("text", "page.txt:1:" + number(test.column) + ": error:");
  holds("checkstyle", "column=\"" + number(test.column) + "\"");
  holds("junit", "page.txt:1:" + number(test.column) + ": error:");
  holds("github", ",col=" + number(test.utf16) + ",endColumn=" + number(test.utf16 + 10));
  holds("rdjsonl", "\"start\":{\"line\":1,\"column\":" + number(test.utf8) + "}");
  const auto sarif = nlohmann::json::parse(written("sarif", report));
  EXPECT_EQ(sarif["runs"][0]["columnKind"], "unicodeCodePoints");
  const auto& region = sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"];
  EXPECT_EQ(region["startColumn"], test.column);
  EXPECT_EQ(region["endColumn"], test.column + 10);
  EXPECT_EQ(region["byteOffset"], std::string_view(test.before).size());
}

INSTANTIATE_TEST_SUITE_P(All, ColumnTest, testing::ValuesIn(kColumns),
                         [](const auto& each) { return each.param.name; });

// ---- Formats

TEST(ReportTest, SarifIsValid) {
  const SchemaCheck schema(file_text("tests/schemas/sarif-2.1.0-rtm.5.json"));
  EXPECT_EQ(schema.fault(std::string_view(written("sarif", full_report()))), "");
  EXPECT_EQ(schema.fault(std::string_view(written("sarif", {}))), "");
  // The schema does refuse what is no SARIF.
  EXPECT_NE(schema.fault(std::string_view(R"({"version":"2.1.0","runs":[{"results":[]}]})")), "");
  EXPECT_NE(schema.fault(std::string_view(R"({"version":"2.0.0","runs":[]})")), "");
  // And every object of it is closed.
  const std::string misspelt = R"({"version":"2.1.0","runs":[{"tool":{"driver":{"nam":"yoran"}}}]})";
  EXPECT_NE(schema.fault(std::string_view(misspelt)), "");
}

TEST(ReportTest, SarifRulesHaveHelpAndResultsPointAtThem) {
  const auto run = nlohmann::json::parse(written("sarif", full_report()))["runs"][0];
  const auto& listed = run["tool"]["driver"]["rules"];
  for (const auto& rule : listed) {
    if (rule["id"] == "summary") continue;
    EXPECT_FALSE(rule["help"]["markdown"].get<std::string>().empty()) << rule;
  }
  std::size_t suppressed = 0;
  for (const auto& result : run["results"]) {
    EXPECT_EQ(listed.at(result["ruleIndex"].get<std::size_t>())["id"], result["ruleId"]);
    suppressed += result.contains("suppressions") && !result["suppressions"].empty() ? 1 : 0;
  }
  EXPECT_EQ(suppressed, 2U);  // one in the baseline, one by a comment
  EXPECT_EQ(run["results"].back()["message"]["text"], "7 more findings");
}

TEST(ReportTest, JsonReadsBackAsItWas) {
  for (const Finding& finding : full_report().findings) {
    const auto json = nlohmann::ordered_json::parse(dumped(to_json(finding)));
    EXPECT_EQ(finding_from(json), finding) << json;
  }
  EXPECT_FALSE(finding_from(nlohmann::ordered_json::parse(R"({"path":"x"})")));
  EXPECT_FALSE(finding_from(nlohmann::ordered_json::parse("[]")));
}

TEST(ReportTest, EveryFormatWritesEveryShownFinding) {
  const Report report = full_report();
  for (const std::string_view format :
       {"text", "json", "jsonl", "sarif", "junit", "github", "checkstyle", "rdjsonl", "gitlab"}) {
    const std::string out = written(format, report);
    for (const Finding& finding : report.findings) {
      if (!is_shown(finding)) continue;
      EXPECT_NE(out.find(finding.check), std::string::npos) << format << " " << finding.check;
    }
    EXPECT_NE(out.find("7"), std::string::npos) << format;  // those left out
  }
}

TEST(ReportTest, XmlEscapes) {
  EXPECT_EQ(xml_text("a<b> & \"c\"\n\x01\xFF"),
            "a&lt;b&gt; &amp; &quot;c&quot;&#10;\xEF\xBF\xBD\xEF\xBF\xBD");
}

TEST(ReportTest, GithubKeepsToItsLimitAndSaysSo) {
  Report report;
  for (int i = 0; i < 25; ++i)
    report.findings.push_back({"a,b:c.txt", Severity::error, "x", "100%\nmore", "", {}, {}, {}, {}, "", {}});
  const std::string out = written("github", report);
  EXPECT_EQ(out.find("::error file=a%2Cb%3Ac.txt,title=x::100%25%0Amore\n"), 0U);
  EXPECT_EQ(std::count(out.begin(), out.end(), '\n'), 10);
  EXPECT_NE(out.find("::error title=yoran::16 more findings of this level\n"), std::string::npos);
}

TEST(ReportTest, LimitKeepsTheMostSerious) {
  Report report;
  for (const Severity severity : {Severity::info, Severity::warning, Severity::error, Severity::info})
    report.findings.push_back({"a", severity, "x", "", "", {}, {}, {}, {}, "", {}});
  const Report kept = limited(report, 2);
  ASSERT_EQ(kept.findings.size(), 2U);
  EXPECT_EQ(kept.findings[0].severity, Severity::warning);
  EXPECT_EQ(kept.findings[1].severity, Severity::error);
  EXPECT_EQ(kept.left_out, 2U);
}

TEST(ReportTest, FingerprintsMoveWithTheirLinesAndTellRepeatsApart) {
  const Findings once = check_text("2021-04-31\n");
  const Findings moved = check_text("\n\nA page\n\n2021-04-31\n");
  const Findings twice = check_text("2021-04-31\n2021-04-31\n");
  ASSERT_EQ(once.size(), 1U);
  ASSERT_EQ(moved.size(), 1U);
  ASSERT_EQ(twice.size(), 2U);
  EXPECT_EQ(once[0].fingerprint, moved[0].fingerprint);
  EXPECT_EQ(once[0].fingerprint, twice[0].fingerprint);
  EXPECT_NE(twice[0].fingerprint, twice[1].fingerprint);
}

TEST(ReportTest, ALongLineIsCutAroundThePlace) {
  std::string text(50'000, 'x');
  text += " 2021-04-31 " + std::string(50'000, 'y');
  const Findings findings = check_text(text);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].at->start.column, 50'002U);
  EXPECT_LT(findings[0].frame.text.size(), 400U);
  EXPECT_EQ(findings[0].frame.text.substr(findings[0].frame.column - 1, 10), "2021-04-31");
}

}  // namespace
}  // namespace yoran
