#include "app/commands.h"

#include <algorithm>
#include <array>

#include "emit/report.h"
#include "emit/version.h"

namespace yoran {
namespace {

constexpr OptionSpec kRules{"rules", "DIR", "rules that add to or replace the built-in ones", "", true};
constexpr OptionSpec kFields{"fields", "A,B", "write only these fields", "", false};
constexpr OptionSpec kMentions{
    "mentions", "", "also everything typed that was recognised, one object for each input", "", false};
constexpr OptionSpec kNoEvidence{"no-evidence", "", "leave evidence out of the records", "", false};
constexpr OptionSpec kReferenceDate{"reference-date", "YYYY-MM-DD", "the day that relative dates count from",
                                    "", false};
constexpr OptionSpec kRegion{"region", "CC", "country of telephone numbers without country code, such as JP",
                             "", false};
constexpr OptionSpec kSplit{"split", "HOW", "records of a page that describes several bodies (auto)",
                            "auto|never|rows|headings", false};
constexpr OptionSpec kStrict{"strict", "", "hold every record against the JSON Schema too", "", false};
constexpr OptionSpec kMaxBytes{"max-bytes", "N", "refuse larger inputs; K, M and G are understood (64M)", "",
                               false};
constexpr OptionSpec kMaxMentions{
    "max-mentions", "N", "read a document up to so many numbers, dates and names (200000)", "", false};
constexpr OptionSpec kCharset{"charset", "NAME", "the charset of the input, whatever it says itself", "",
                              false};
constexpr OptionSpec kMediaType{"media-type", "TYPE", "instead of what name and content tell",
                                "text/plain|text/html|text/markdown", false};
constexpr OptionSpec kColor{"color", "WHEN", "colours in diagnostics", "auto|always|never", false};
constexpr OptionSpec kQuiet{"quiet", "", "only errors on standard error", "", false};

constexpr OptionSpec kJobs{"jobs", "N", "documents worked on at once (as many as there are cores)", "",
                           false};
constexpr OptionSpec kConfig{"config", "FILE", "instead of the nearest yoran.toml", "", true};
constexpr OptionSpec kNoConfig{"no-config", "", "as if there were no yoran.toml", "", false};

constexpr OptionSpec kExtractOptions[] = {
    kRules,
    {"format", "FORMAT", "how records are written", "jsonl|json|text", false},
    kFields,
    kMentions,
    kNoEvidence,
    {"pretty", "", "indent JSON", "", false},
    kReferenceDate,
    kRegion,
    kSplit,
    kStrict,
    kMaxBytes,
    kMaxMentions,
    kCharset,
    kMediaType,
    {"files-from", "FILE", "also the inputs named there, one a line or ended by NUL; - is standard input", "",
     true},
    {"input-format", "FORMAT", "what the inputs are, if their names do not tell",
     "auto|document|archive|warc|jsonl", false},
    {"text-field", "NAME", "with jsonl: the field that holds the text (text)", "", false},
    {"id-field", "NAME", "with jsonl: the field that names the document (id; else the number of the line)",
     "", false},
    {"max-members", "N", "read an archive up to so many members (1000000)", "", false},
    {"max-unpacked", "N", "and up to so many bytes that come out of it (64G)", "", false},
    {"max-ratio", "N", "and unless it becomes more than so many times larger (500)", "", false},
    {"out", "FILE|DIR", "write there, with a manifest of what became of each input; a folder gets parts", "",
     true},
    {"resume", "", "with --out: go on where an interrupted run stopped; then only what is new or changed", "",
     false},
    {"shard-records", "N", "in a folder: records of a part at most", "", false},
    {"shard-bytes", "N", "in a folder: bytes of a part at most, uncompressed (256M)", "", false},
    {"compress", "HOW", "in a folder: parts end in .zst", "none|zstd", false},
    {"rejects", "FILE|DIR", "keep what was rejected there, with the reason", "", true},
    kJobs,
    {"unordered", "", "to standard output: write records as they come, not in the order of the inputs", "",
     false},
    {"isolate", "", "each document in a child process: a crash costs that document only", "", false},
    {"max-seconds", "N", "with --isolate: reject a document that takes longer (60)", "", false},
    {"max-memory", "N", "with --isolate: reject a document that needs more (2G)", "", false},
    {"progress", "WHEN", "how far it is, on standard error (auto: only on a terminal)", "auto|always|never",
     false},
    {"metrics", "FILE", "write the figures of the run there, for Prometheus", "", true},
    {"profile", "", "at the end: time by stage and by rule", "", false},
    {"log-format", "FORMAT", "how standard error is written", "text|json", false},
    kColor,
    kQuiet,
    kConfig,
    kNoConfig};
constexpr UsageExample kExtractExamples[] = {
    {"yoran city.html", "records as JSON Lines"},
    {"yoran extract --format text pages/", "a table to read, for all documents below a folder"},
    {"curl -s https://... | yoran extract - --fields population,area", "two fields of a page"},
    {"yoran extract --rules my-rules pages/*.html > records.jsonl", "with rules of your own"},
    {"yoran extract --input-format jsonl --text-field body pages.jsonl.zst",
     "texts in a field of JSON Lines"},
    {"yoran extract --out records.jsonl pages/ crawl.warc.gz",
     "a batch; with --resume after an interruption"},
    {"yoran extract --out records/ --compress zstd --rejects rejects.jsonl pages/", "the same in parts"}};

constexpr OptionSpec kFilterOptions[] = {
    kRules,
    kMentions,
    kFields,
    kNoEvidence,
    kReferenceDate,
    kRegion,
    kSplit,
    kStrict,
    kMaxBytes,
    kMaxMentions,
    {"max-line", "N", "refuse longer lines; K, M and G are understood (128M)", "", false},
    kConfig,
    kNoConfig};
constexpr UsageExample kFilterExamples[] = {
    {R"(echo '{"id":1,"text":"Population: 5,678"}' | yoran filter)", "one object in, one object out"}};

constexpr OptionSpec kCheckOptions[] = {
    kRules,
    {"format", "FORMAT", "how findings are written", kReportFormats, false},
    {"output", "FILE", "write the report to a file", "", true},
    {"fail-on", "SEVERITY", "the least severity that gives exit code 1 (error)", "error|warning|info|never",
     false},
    {"only", "A,B", "only these checks", "", false},
    {"max-findings", "N", "write at most so many findings, the most serious first", "", false},
    {"today", "YYYY-MM-DD", "the day that figures may be too old for", "", false},
    kReferenceDate,
    kRegion,
    {"baseline", "FILE", "findings in this file are marked and do not count", "", true},
    {"update-baseline", "", "write the findings to the baseline instead", "", false},
    {"diff-base", "REF", "only findings in lines that differ from a commit (git)", "", false},
    {"diff", "", "show as a unified diff what --fix would change", "", false},
    {"fix", "", "mend what is certain, in the files themselves", "", false},
    {"cache", "DIR", "where findings of unchanged documents are kept (~/.cache/yoran)", "", true},
    {"no-cache", "", "check every document anew", "", false},
    kMaxBytes,
    kJobs,
    kColor,
    kQuiet,
    kConfig,
    kNoConfig};
constexpr UsageExample kCheckExamples[] = {
    {"yoran check pages/", "all documents below a folder; exit code 1 if one has an error"},
    {"yoran check --format sarif --output yoran.sarif", "a report for a code host"},
    {"yoran check --diff-base origin/main", "only what a pull request changes"},
    {"yoran check --baseline yoran-baseline.json --update-baseline", "take note of what there is today"},
    {"yoran check --diff pages/", "what --fix would change"}};
constexpr OptionSpec kConfigShowOptions[] = {kConfig, kNoConfig};
constexpr UsageExample kInitExamples[] = {{"yoran init", "a commented yoran.toml, unless there is one"}};

constexpr OptionSpec kExplainOptions[] = {kRules,
                                          {"field", "A,B", "only these fields", "", false},
                                          {"format", "FORMAT", "how it is written", "text|json", false},
                                          kReferenceDate,
                                          kRegion,
                                          kSplit,
                                          kMaxBytes,
                                          kCharset,
                                          kMediaType,
                                          kColor};
constexpr UsageExample kExplainExamples[] = {
    {"yoran explain city.html --field population", "every figure that was considered"}};

constexpr OptionSpec kRulesTestOptions[] = {kRules, kColor};
constexpr UsageExample kRulesTestExamples[] = {
    {"yoran rules test", "all examples of all rules"},
    {"yoran rules test rules/fields/annual_visitors.toml", "those of a new file"}};
constexpr OptionSpec kRulesListOptions[] = {kRules};
constexpr UsageExample kRulesShowExamples[] = {
    {"yoran rules show population", "a field, as its file has it"},
    {"yoran rules show date/era-day", "a pattern, with its names filled in"}};
constexpr OptionSpec kRulesDiffOptions[] = {{"evidence", "", "compare evidence as well as values", "", false},
                                            kReferenceDate,
                                            kRegion,
                                            kMaxBytes,
                                            kColor};
constexpr UsageExample kRulesDiffExamples[] = {
    {"yoran rules diff rules-old rules-new pages/", "which records change, and how"}};

constexpr OptionSpec kEvalOptions[] = {
    kRules,
    {"errors", "", "also every value that was missed or is false", "", false},
    {"format", "FORMAT", "how the figures are written", "text|json", false},
    kReferenceDate,
    kRegion,
    kColor};
constexpr UsageExample kEvalExamples[] = {{"yoran eval gold.jsonl", "recall and precision of each field"}};

constexpr OptionSpec kValidateOptions[] = {
    kRules, {"no-evidence", "", "the records were written with --no-evidence", "", false}, kColor, kQuiet};
constexpr UsageExample kValidateExamples[] = {
    {"yoran validate records.jsonl", "which lines are no valid records"}};
constexpr OptionSpec kSchemaOptions[] = {
    kRules, {"no-evidence", "", "of records written with --no-evidence", "", false}};
constexpr UsageExample kSchemaExamples[] = {{"yoran schema > record.schema.json", "for other programs"}};
constexpr UsageExample kCompletionExamples[] = {
    {"source <(yoran completion bash)", "in ~/.bashrc"},
    {"yoran completion zsh > ~/.zfunc/_yoran", "in a folder of $fpath"},
    {"yoran completion fish > ~/.config/fish/completions/yoran.fish", ""}};

constexpr Command kCommands[] = {
    {"extract", "[PATH...]",
     "Writes one record for each profile found in files, folders, archives, patterns of names, or standard "
     "input (-).",
     "Archives (zip, 7z, tar, WARC, .gz, .zst, .bz2, .xz) are read without unpacking them to disk.\n"
     "What .yoranignore names below a folder is left out; its form is that of .gitignore.\n"
     "Exit: 0 done, 2 usage or rules at fault, 3 an input was rejected, 4 internal error, 130 interrupted.",
     kExtractExamples, kExtractOptions, run_extract},
    {"filter", "", "Answers each JSON object a line of standard input with one line: protocol version 1.",
     "In: id, text or bytes_base64, and optionally media_type, charset, name, reference_date, region.\n"
     "Out: id, outcome (ok, partial, rejected), records, diagnostics.",
     kFilterExamples, kFilterOptions, run_filter},
    {"check", "[PATH...]", "Reports what is missing, contradictory or unreadable in documents; for CI.",
     "Without a path the current folder. .gitignore is respected.\n"
     "Exit: 0 nothing serious, 1 findings, 2 usage, configuration or rules at fault, 3 an input was "
     "rejected, 4 "
     "internal error.",
     kCheckExamples, kCheckOptions, run_check},
    {"explain", "PATH", "Shows what was considered for each field of a document, what won, and why.", "",
     kExplainExamples, kExplainOptions, run_explain},
    {"rules test", "[FILE...]", "Runs the examples in rule files; exit code 1 if one fails.",
     "Every layout and pattern has to be fired by an example.", kRulesTestExamples, kRulesTestOptions,
     run_rules_test},
    {"rules list",
     "",
     "Lists the loaded fields, entities and patterns.",
     "",
     {},
     kRulesListOptions,
     run_rules_list},
    {"rules show", "ID...", "Shows a rule, its patterns expanded.", "", kRulesShowExamples, kRulesListOptions,
     run_rules_show},
    {"rules diff", "OLD NEW CORPUS...",
     "Shows which records change when the rules in OLD become those in NEW.",
     "Both folders are laid over the built-in rules.", kRulesDiffExamples, kRulesDiffOptions, run_rules_diff},
    {"eval", "GOLD.jsonl...", "Measures recall and precision on gold of your own.",
     "A line of gold: {\"id\": 1, \"text\": \"...\", \"expect\": {\"population\": [5678]}}; fields not named "
     "are not judged.",
     kEvalExamples, kEvalOptions, run_eval},
    {"validate", "RECORDS.jsonl...",
     "Holds records against the JSON Schema; exit code 3 if one is not valid.", "", kValidateExamples,
     kValidateOptions, run_validate},
    {"schema", "", "Writes the JSON Schema of the records that the loaded rules give.", "", kSchemaExamples,
     kSchemaOptions, run_schema},
    {"init",
     "",
     "Writes a commented yoran.toml into the current folder; never over one that is there.",
     "",
     kInitExamples,
     {},
     run_init},
    {"config show",
     "[PATH]",
     "Shows the settings that count for a path, and where each comes from.",
     "",
     {},
     kConfigShowOptions,
     run_config_show},
    {"config schema",
     "",
     "Writes the JSON Schema of yoran.toml, for editors.",
     "",
     {},
     {},
     run_config_schema},
    {"completion",
     "bash|zsh|fish",
     "Writes a completion script for a shell.",
     "",
     kCompletionExamples,
     {},
     run_completion},
    {"man", "", "Writes the manual page, in roff.", "", {}, {}, run_man},
    {"help", "[COMMAND]", "Shows the options of a command.", "", {}, {}, run_help},
    {"version", "", "Shows the version of program and rules.", "", {}, {}, run_version},
};

}  // namespace

std::span<const Command> commands() { return kCommands; }

std::string overview() {
  std::string out =
      "  yoran city.html                       records as JSON Lines\n"
      "  yoran extract --format text pages/    a table to read\n"
      "  yoran check pages/                    faults of documents, for CI\n"
      "  yoran explain city.html               what was considered, what won, why\n"
      "  yoran help extract                    the options of a command\n"
      "\n"
      "yoran PATH... extracts validated records from profile documents, Japanese and English.\n"
      "\n"
      "Commands:\n";
  std::size_t width = 0;
  for (const Command& command : kCommands) width = std::max(width, command.name.size());
  for (const Command& command : kCommands) {
    out += "  " + std::string(command.name) + std::string(width - command.name.size() + 2, ' ') +
           std::string(command.summary) + "\n";
  }
  out += "\nOptions of a command follow it. --version, --help.\n";
  return out;
}

}  // namespace yoran
