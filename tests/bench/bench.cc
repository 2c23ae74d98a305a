// The pipeline against the machine's limit, over the same bytes and in the same run.
//
// limit/*     copy, UTF-8 validation, ICU's NFC quick check, one RE2 DFA pass of a pattern that never
// matches: library
//             code only. For HTML and legacy charsets it is taken on the UTF-8 form of the same text.
// pipeline/*  extract() and the JSON of every record, per document.
// stage/*     one stage alone, on what the stages before it made.
//
// scripts/bench prints the ratios. Corpora are generated with a fixed seed; the benchmark reads no files.
#include <benchmark/benchmark.h>
#include <re2/re2.h>
#include <simdjson.h>
#include <unicode/normalizer2.h>
#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include <map>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include "emit/json_writer.h"
#include "normalize.h"
#include "pipeline.h"
#include "read/read.h"
#include "recognize.h"
#include "segment.h"

namespace yoran {
namespace {

// ---- Corpora: documents of about 5 KB, 2 MB of each kind. ----

struct Corpus {
  std::string name;
  std::string ending;   // of the documents' names
  std::string charset;  // of `documents`
  std::vector<std::string> documents;
  std::vector<std::string> utf8;  // the same as UTF-8, markup gone: what the limit is taken on
};

constexpr std::size_t kDocumentBytes = 5000;
constexpr std::size_t kCorpusBytes = 2U << 20U;

class Writer {
 public:
  explicit Writer(unsigned seed) : random_(seed) {}
  std::size_t below(std::size_t limit) { return random_() % limit; }
  std::string pick(const std::vector<std::string>& of) { return of[below(of.size())]; }
  std::string number(std::size_t limit) { return std::to_string(below(limit) + 1); }

  std::string grouped(std::size_t limit) {
    std::string digits = number(limit);
    for (std::size_t i = digits.size(); i > 3; i -= 3) digits.insert(i - 3, ",");
    return digits;
  }

 private:
  std::mt19937 random_;
};

std::string wide(std::string text) {
  std::string out;
  for (const char letter : text) {
    if (letter >= '0' && letter <= '9') {
      out += "\xEF\xBC";
      out += static_cast<char>(0x90 + (letter - '0'));
    } else if (letter == ',') {
      out += "，";
    } else {
      out += letter;
    }
  }
  return out;
}

const std::vector<std::string> kPlaces = {"緑が丘市", "青葉町", "北浜村", "白石市",
                                          "美里町",   "大川市", "朝日町"};
const std::vector<std::string> kSentences = {"市の中央を流れる川のほとりには、春になると多くの人が訪れる。",
                                             "この町では昔から紙と布の生産が盛んであった。",
                                             "山のふもとに広がる畑では、夏に野菜が、秋に果物がとれる。",
                                             "駅前の通りには新しい店が並び、週末には市が立つ。",
                                             "祭りの日には子どもたちが太鼓をたたき、通りを歩く。",
                                             "港からは島へ渡る船が出ており、朝と夕方に客を運ぶ。"};
const std::vector<std::string> kEnglish = {
    "The river runs through the middle of the town and draws many visitors in spring. ",
    "Paper and cloth have been made here for as long as anyone remembers. ",
    "The fields below the hills give vegetables in summer and fruit in autumn. ",
    "New shops line the street in front of the station, and there is a market at weekends. ",
    "Boats leave for the islands every morning and every evening. "};

std::string japanese_profile(Writer& writer) {
  const std::string place = writer.pick(kPlaces);
  return place + "\n人口 " + writer.grouped(900000) + "人（2020年" + writer.number(12) +
         "月1日現在）\n面積 " + writer.number(900) + "." + writer.number(99) + "km²\n市制施行 昭和29年4月" +
         writer.number(28) + "日\n電話 093-582-" + std::to_string(1000 + writer.below(9000)) + "\n";
}

std::string english_profile(Writer& writer) {
  return "Greenhill\nPopulation: " + writer.grouped(900000) + " (" + writer.number(12) +
         "/1/2020)\nArea: " + writer.number(900) + ".5 km2\nIncorporated: April " + writer.number(28) +
         ", 1954\nPhone: +1 202-555-" + std::to_string(1000 + writer.below(9000)) + "\n";
}

std::string sparse(Writer& writer, bool japanese) {
  std::string text = japanese ? japanese_profile(writer) : english_profile(writer);
  while (text.size() < kDocumentBytes) {
    for (int i = 0; i < 5; ++i) text += writer.pick(japanese ? kSentences : kEnglish);
    text += "\n";
  }
  return text;
}

std::string dense(Writer& writer) {
  std::string text = "町丁別人口\n";
  while (text.size() < kDocumentBytes) {
    text += writer.pick(kPlaces) + "\t" + wide(writer.grouped(90000)) + "人\t" + wide(writer.grouped(40000)) +
            "世帯\t" + wide(writer.number(400) + "." + writer.number(99)) + "㎢\t令和" +
            wide(writer.number(6)) + "年１０月１日\n";
  }
  return text;
}

std::string as_html(const std::string& text) {
  std::string html = "<!DOCTYPE html><html><head><title>要覧</title></head><body><div class=\"main\">\n";
  std::size_t start = 0;
  while (start < text.size()) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    html += "<p class=\"text\">" + text.substr(start, end - start) + "</p>\n";
    start = end + 1;
  }
  return html + "</div></body></html>\n";
}

std::string in_cp932(const std::string& utf8) {
  UErrorCode status = U_ZERO_ERROR;
  UConverter* converter = ucnv_open("Shift_JIS", &status);
  const icu::UnicodeString text = icu::UnicodeString::fromUTF8(utf8);
  std::string bytes(utf8.size() + 16, '\0');
  const std::int32_t size = ucnv_fromUChars(converter, bytes.data(), static_cast<std::int32_t>(bytes.size()),
                                            text.getBuffer(), text.length(), &status);
  ucnv_close(converter);
  if (U_FAILURE(status)) throw std::runtime_error("cannot encode the corpus");
  bytes.resize(static_cast<std::size_t>(size));
  return bytes;
}

template <class Make>
Corpus corpus(const std::string& name, const std::string& ending, const std::string& charset, Make make) {
  Corpus made{name, ending, charset, {}, {}};
  Writer writer(20260101);
  for (std::size_t size = 0; size < kCorpusBytes; size += made.utf8.back().size())
    made.utf8.push_back(make(writer));
  for (const std::string& text : made.utf8) {
    made.documents.push_back(charset != "UTF-8" ? in_cp932(text) : ending == "html" ? as_html(text) : text);
  }
  return made;
}

const std::vector<Corpus>& corpora() {
  static const std::vector<Corpus> kCorpora = [] {
    const auto ja = [](Writer& writer) { return sparse(writer, true); };
    std::vector<Corpus> made;
    made.push_back(corpus("ja", "txt", "UTF-8", ja));
    made.push_back(corpus("en", "txt", "UTF-8", [](Writer& writer) { return sparse(writer, false); }));
    made.push_back(corpus("dense", "txt", "UTF-8", dense));
    made.push_back(corpus("html", "html", "UTF-8", ja));
    made.push_back(corpus("cp932", "txt", "Shift_JIS", [](Writer& writer) {
      std::string text = sparse(writer, true);
      for (std::size_t at = 0; (at = text.find("²", at)) != std::string::npos;) text.replace(at, 2, "2");
      return text;
    }));
    return made;
  }();
  return kCorpora;
}

std::size_t bytes_of(const std::vector<std::string>& texts) {
  std::size_t bytes = 0;
  for (const std::string& text : texts) bytes += text.size();
  return bytes;
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

// Source bytes of the UTF-8 form count, so that rates compare to the limit.
void pipeline(benchmark::State& state, const Corpus& corpus) {
  ExtractOptions options;
  options.name = "document." + corpus.ending;
  std::string out;
  std::size_t records = 0;
  std::size_t written = 0;
  for (auto _ : state) {
    for (const std::string& document : corpus.documents) {
      const Extraction result = extract(document, options, rules());
      for (const Record& record : result.records) {
        out.clear();
        write_record(out, record, rules(), &result.document->lines);
        written += out.size();
        ++records;
      }
    }
  }
  const auto rounds = static_cast<double>(state.iterations());
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * bytes_of(corpus.utf8)));
  state.counters["records_per_document"] =
      static_cast<double>(records) / rounds / static_cast<double>(corpus.documents.size());
  state.counters["output_per_byte"] =
      static_cast<double>(written) / rounds / static_cast<double>(bytes_of(corpus.documents));
}

struct Prepared {
  std::vector<Document> documents;
  std::vector<Text> texts;
  std::vector<Segments> segments;
};

Document read_document(const std::string& bytes, const Corpus& corpus) {
  ReadResult result = read(bytes, {64U << 20U, std::nullopt, "", "document." + corpus.ending});
  if (!result.document) throw std::runtime_error("the corpus is rejected");
  return std::move(*result.document);
}

Prepared& prepared(const Corpus& corpus) {
  static std::map<std::string, Prepared> all;
  Prepared& made = all[corpus.name];
  if (!made.documents.empty()) return made;
  for (const std::string& bytes : corpus.documents) made.documents.push_back(read_document(bytes, corpus));
  for (const Document& document : made.documents) {
    made.texts.push_back(normalize(document, rules().folds));
    made.segments.push_back(segment(document, made.texts.back(), rules().layout));
  }
  return made;
}

template <class Work>
void stage(benchmark::State& state, const Corpus& corpus, Work work) {
  for (auto _ : state) {
    for (std::size_t i = 0; i < corpus.documents.size(); ++i) work(i);
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * bytes_of(corpus.utf8)));
}

void register_stages(const Corpus& corpus) {
  benchmark::RegisterBenchmark(("stage/read/" + corpus.name).c_str(), [&corpus](benchmark::State& state) {
    stage(state, corpus,
          [&](std::size_t i) { benchmark::DoNotOptimize(read_document(corpus.documents[i], corpus)); });
  });
  benchmark::RegisterBenchmark(
      ("stage/normalize/" + corpus.name).c_str(), [&corpus](benchmark::State& state) {
        const Prepared& with = prepared(corpus);
        stage(state, corpus,
              [&](std::size_t i) { benchmark::DoNotOptimize(normalize(with.documents[i], rules().folds)); });
      });
  benchmark::RegisterBenchmark(("stage/segment/" + corpus.name).c_str(), [&corpus](benchmark::State& state) {
    Prepared& with = prepared(corpus);
    stage(state, corpus, [&](std::size_t i) {
      benchmark::DoNotOptimize(segment(with.documents[i], with.texts[i], rules().layout));
    });
  });
  benchmark::RegisterBenchmark(
      ("stage/recognize/" + corpus.name).c_str(), [&corpus](benchmark::State& state) {
        const Prepared& with = prepared(corpus);
        stage(state, corpus, [&](std::size_t i) {
          benchmark::DoNotOptimize(recognize(with.texts[i], with.segments[i], rules()));
        });
      });
}

void register_all() {
  for (const Corpus& corpus : corpora()) {
    benchmark::RegisterBenchmark(("limit/" + corpus.name).c_str(),
                                 [&corpus](benchmark::State& state) { limit(state, corpus); });
    benchmark::RegisterBenchmark(("pipeline/" + corpus.name).c_str(),
                                 [&corpus](benchmark::State& state) { pipeline(state, corpus); });
    register_stages(corpus);
  }
  benchmark::RegisterBenchmark("load_rules", [](benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(load_rules(default_rule_files()));
  });
}

}  // namespace
}  // namespace yoran

int main(int count, char** words) {
  yoran::register_all();
  benchmark::Initialize(&count, words);
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}
