// The pipeline against the machine's limit, over the same bytes and in the same run.
//
// limit/*     copy, UTF-8 validation, ICU's NFC quick check, one RE2 DFA pass of a pattern that never
// matches:
//             library code only. For HTML and legacy charsets it is taken on the UTF-8 form of the same text.
// pipeline/*  extract() and the JSON of every record, per document.
// stage/*     one stage alone, on what the stages before it made; `write` is the JSON of the records.
//
// scripts/bench prints the ratios. Two more uses, without a clock:
//   yoran_bench --write KIND BYTES FOLDER   writes the documents of a corpus
//   yoran_bench --count                     runs each kind once for callgrind, one dump of counters each
#include <benchmark/benchmark.h>
#include <re2/re2.h>
#include <simdjson.h>
#include <unicode/normalizer2.h>
#include <valgrind/callgrind.h>

#include <cstdio>
#include <fstream>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "corpora.h"
#include "emit/json_writer.h"
#include "interpret/interpret.h"
#include "link/link.h"
#include "normalize.h"
#include "pipeline.h"
#include "read/read.h"
#include "recognize.h"
#include "segment.h"
#include "select.h"
#include "validate.h"

namespace yoran {
namespace {

constexpr std::size_t kCorpusBytes = 2U << 20U;
constexpr std::size_t kHugeBytes = 8U << 20U;
constexpr std::size_t kCountedBytes = 100'000;

const std::vector<Corpus>& corpora() {
  static const std::vector<Corpus> kMade = [] {
    std::vector<Corpus> made;
    for (const std::string name : kCorpora)
      made.push_back(make_corpus(name, name == "huge" ? kHugeBytes : kCorpusBytes));
    return made;
  }();
  return kMade;
}

const RulePack& rules() {
  static const LoadedRules kRules = load_rules(default_rule_files());
  if (!kRules.pack) throw std::runtime_error(kRules.errors.front().to_string());
  return *kRules.pack;
}

// ---- What is measured. ----

void limit(benchmark::State& state, const Corpus& corpus) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
  const re2::RE2 never("[0-9]{3}@@[a-z]+##");
  std::string copy;
  for (auto _ : state) {
    for (const std::string& text : corpus.utf8) {
      copy.assign(text);
      bool fine = simdjson::validate_utf8(copy.data(), copy.size());
      fine =
          fine && nfc->isNormalizedUTF8({copy.data(), static_cast<std::int32_t>(copy.size())}, status) != 0;
      fine = re2::RE2::PartialMatch(copy, never) || fine;
      benchmark::DoNotOptimize(fine);
    }
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * bytes_of(corpus.utf8)));
}

struct Produced {
  std::size_t records = 0;
  std::size_t bytes = 0;
};

void run_pipeline(const Corpus& corpus, Produced& produced) {
  ExtractOptions options;
  options.name = "document." + corpus.ending;
  std::string out;
  for (const std::string& document : corpus.documents) {
    const Extraction result = extract(document, options, rules());
    for (const Record& record : result.records) {
      out.clear();
      write_record(out, record, rules(), &result.document->lines);
      produced.bytes += out.size();
      ++produced.records;
    }
  }
}

// Source bytes of the UTF-8 form count, so that rates compare to the limit.
void pipeline(benchmark::State& state, const Corpus& corpus) {
  Produced produced;
  for (auto _ : state) run_pipeline(corpus, produced);
  const auto rounds = static_cast<double>(state.iterations());
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * bytes_of(corpus.utf8)));
  state.counters["records_per_document"] =
      static_cast<double>(produced.records) / rounds / static_cast<double>(corpus.documents.size());
  state.counters["output_per_byte"] =
      static_cast<double>(produced.bytes) / rounds / static_cast<double>(bytes_of(corpus.documents));
}

// What every stage of one document has made; each has what the next one needs.
struct Prepared {
  Document document;
  Text text;
  Segments segments;
  Mentions mentions;
  Diagnostics diagnostics;
  std::vector<Reading> readings;
  Linked linked;
  SourceInfo source;
  std::vector<Record> records;
};

Document read_document(const std::string& bytes, const Corpus& corpus) {
  ReadResult result = read(bytes, {64U << 20U, std::nullopt, "", "document." + corpus.ending});
  if (!result.document) throw std::runtime_error("the corpus is rejected");
  return std::move(*result.document);
}

std::vector<Reading> interpret_document(const Prepared& with, Diagnostics& diagnostics) {
  InterpretContext context{with.document, with.text, with.segments, rules(), {}, {}, {}, &diagnostics};
  return interpret(with.mentions, context);
}

Linked link_document(const Prepared& with) {
  return link(LinkContext(with.document, with.text, with.segments, with.mentions, with.readings, rules()),
              Split::automatic);
}

std::vector<Record> select_document(const Prepared& with, Linked linked) {
  std::vector<Record> records = select(
      SelectInput{with.document, with.text, with.segments, rules(), with.source}, std::move(linked), nullptr);
  for (Record& record : records) validate(record, rules());
  return records;
}

// By document.
std::vector<Prepared>& prepared(const Corpus& corpus) {
  static std::map<std::string, std::vector<Prepared>> all;
  std::vector<Prepared>& made = all[corpus.name];
  if (!made.empty()) return made;
  made.resize(corpus.documents.size());
  for (std::size_t i = 0; i < made.size(); ++i) {
    Prepared& with = made[i];
    with.document = read_document(corpus.documents[i], corpus);
    with.text = normalize(with.document, rules().folds);
    with.segments = segment(with.document, with.text, rules().layout);
    with.mentions = recognize(with.text, with.segments, rules());
    with.readings = interpret_document(with, with.diagnostics);
    with.linked = link_document(with);
    with.records = select_document(with, with.linked);
  }
  return made;
}

using Stage = void (*)(Prepared&, const std::string& bytes, const Corpus&);

constexpr std::pair<const char*, Stage> kStages[] = {
    {"read", [](Prepared&, const std::string& bytes,
                const Corpus& corpus) { benchmark::DoNotOptimize(read_document(bytes, corpus)); }},
    {"normalize", [](Prepared& with, const std::string&,
                     const Corpus&) { benchmark::DoNotOptimize(normalize(with.document, rules().folds)); }},
    {"segment",
     [](Prepared& with, const std::string&, const Corpus&) {
       benchmark::DoNotOptimize(segment(with.document, with.text, rules().layout));
     }},
    {"recognize",
     [](Prepared& with, const std::string&, const Corpus&) {
       benchmark::DoNotOptimize(recognize(with.text, with.segments, rules()));
     }},
    {"interpret",
     [](Prepared& with, const std::string&, const Corpus&) {
       Diagnostics diagnostics;
       benchmark::DoNotOptimize(interpret_document(with, diagnostics));
     }},
    {"link", [](Prepared& with, const std::string&,
                const Corpus&) { benchmark::DoNotOptimize(link_document(with)); }},
    {"select",  // with validate, and a copy of the candidates
     [](Prepared& with, const std::string&, const Corpus&) {
       benchmark::DoNotOptimize(select_document(with, with.linked));
     }},
    {"write", [](Prepared& with, const std::string&, const Corpus&) {
       std::string out;
       for (const Record& record : with.records) write_record(out, record, rules(), &with.document.lines);
       benchmark::DoNotOptimize(out);
     }}};

void measure_stage(benchmark::State& state, const Corpus& corpus, Stage stage) {
  std::vector<Prepared>& with = prepared(corpus);
  for (auto _ : state) {
    for (std::size_t i = 0; i < with.size(); ++i) stage(with[i], corpus.documents[i], corpus);
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * bytes_of(corpus.utf8)));
}

void register_all() {
  for (const Corpus& corpus : corpora()) {
    benchmark::RegisterBenchmark(("limit/" + corpus.name).c_str(),
                                 [&corpus](benchmark::State& state) { limit(state, corpus); });
    benchmark::RegisterBenchmark(("pipeline/" + corpus.name).c_str(),
                                 [&corpus](benchmark::State& state) { pipeline(state, corpus); });
    for (const auto& [name, stage] : kStages) {
      benchmark::RegisterBenchmark(
          ("stage/" + std::string(name) + "/" + corpus.name).c_str(),
          [&corpus, stage = stage](benchmark::State& state) { measure_stage(state, corpus, stage); });
    }
  }
  benchmark::RegisterBenchmark("load_rules", [](benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(load_rules(default_rule_files()));
  });
}

// ---- Without a clock. ----

void write_corpus(const std::string& name, std::size_t bytes, const std::string& folder) {
  const Corpus corpus = make_corpus(name, bytes);
  for (std::size_t i = 0; i < corpus.documents.size(); ++i) {
    std::ofstream(folder + "/" + std::to_string(i) + "." + corpus.ending, std::ios::binary)
        << corpus.documents[i];
  }
}

// A first round fills caches and starts lazy tables; the second one is counted.
void count_instructions() {
  for (const char* const name : kCorpora) {
    const Corpus corpus = make_corpus(name, kCountedBytes);
    Produced produced;
    run_pipeline(corpus, produced);
    CALLGRIND_START_INSTRUMENTATION;
    CALLGRIND_ZERO_STATS;
    run_pipeline(corpus, produced);
    CALLGRIND_DUMP_STATS_AT(name);
    CALLGRIND_STOP_INSTRUMENTATION;
    std::printf("%s %zu\n", name, bytes_of(corpus.utf8));
  }
}

}  // namespace
}  // namespace yoran

int main(int count, char** words) {
  const std::vector<std::string> arguments(words, words + count);
  if (count == 5 && arguments[1] == "--write") {
    yoran::write_corpus(arguments[2], std::stoul(arguments[3]), arguments[4]);
    return 0;
  }
  if (count == 2 && arguments[1] == "--count") {
    yoran::count_instructions();
    return 0;
  }
  yoran::register_all();
  benchmark::Initialize(&count, words);
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}
