// What holds for every sample, in whatever bytes it comes: evidence is what the source holds at its span, and
// other bytes give the same values at the same characters.
#include <gtest/gtest.h>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <ctime>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <random>
#include <thread>

#include "../golden/samples.h"
#include "decoded_source.h"
#include "emit/json_writer.h"
#include "pipeline.h"
#include "variants.h"

namespace yoran {
namespace {

using Json = nlohmann::json;

// Records and mentions of an input as JSON, and the input read again by the oracle.
struct Observed {
  Json records = Json::array();
  Json mentions;
  MediaType media_type = MediaType::plain;
  std::string charset;
};

Observed observe(const std::string& bytes, const std::string& name, const std::string& charset = {}) {
  ExtractOptions options;
  options.name = name;
  options.charset = charset;
  options.mentions = true;
  const Extraction result = extract(bytes, options, default_rules());
  Observed observed;
  if (!result.document) throw std::runtime_error(name + " is rejected");
  for (const Record& record : result.records) {
    std::string json;
    write_record(json, record, default_rules(), &result.document->lines);
    observed.records.push_back(Json::parse(json));
  }
  std::string mentions;
  write_mentions(mentions, result.mentions, default_rules());
  observed.mentions = Json::parse(mentions);
  observed.media_type = result.document->media_type;
  observed.charset = result.document->charset;
  return observed;
}

// Calls for everything with a span, with its place in the JSON.
using VisitSpan = std::function<void(const std::string& path, const Json& spanned)>;
void visit_spans(const Json& json, const std::string& path, const VisitSpan& visit) {
  if (json.is_object() && json.contains("start") && json.contains("end")) visit(path, json);
  for (const auto& [key, value] : json.items()) {
    if (value.is_structured()) visit_spans(value, path + "/" + key, visit);
  }
}
void visit_spans(const Observed& observed, const VisitSpan& visit) {
  visit_spans(observed.records, "/records", visit);
  visit_spans(observed.mentions, "/mentions", visit);
}

// ---- Evidence is what the source holds. ----

void expect_text(const std::string& shown, const std::u32string& held, MediaType type) {
  const std::u32string text = to_utf32(shown);
  if (type != MediaType::html) {
    EXPECT_EQ(to_utf8(text), to_utf8(held));
    return;
  }
  // Blanks collapse in HTML; both ends are exact.
  EXPECT_EQ(to_utf8(without_blanks(text)), to_utf8(without_blanks(without_markup(held))));
  ASSERT_FALSE(text.empty());
  EXPECT_TRUE(held.front() == text.front() || held.front() == U'&') << to_utf8(held);
  EXPECT_TRUE(held.back() == text.back() || held.back() == U';') << to_utf8(held);
}

void expect_exact_evidence(const Observed& observed, const DecodedSource& source) {
  visit_spans(observed, [&](const std::string& path, const Json& spanned) {
    SCOPED_TRACE(path + " " + spanned.dump());
    const auto range =
        source.range(spanned.at("start").get<std::uint32_t>(), spanned.at("end").get<std::uint32_t>());
    ASSERT_TRUE(range) << "an end is inside a character";
    if (spanned.contains("text")) {
      expect_text(spanned.at("text").get<std::string>(), source.text(*range), observed.media_type);
    }
    if (spanned.contains("line")) {
      const LineColumn place = source.place(range->first);
      EXPECT_EQ(spanned.at("line"), place.line);
      EXPECT_EQ(spanned.at("column"), place.column);
    }
    for (const Json& piece : spanned.value("spans", Json::array())) {
      EXPECT_TRUE(source.range(piece.at(0).get<std::uint32_t>(), piece.at(1).get<std::uint32_t>())) << piece;
    }
  });
}

// ---- Other bytes, the same values. ----

std::string comparable(const std::string& text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
  icu::UnicodeString composed = nfc->normalize(icu::UnicodeString::fromUTF8(text), status);
  std::u32string out;
  std::string utf8;
  composed.toUTF8String(utf8);
  for (const char32_t letter : with_lf(to_utf32(utf8))) {
    out += letter >= 0xFF10 && letter <= 0xFF19 ? letter - 0xFF10 + U'0' : letter;
  }
  return to_utf8(out);
}

// Without what depends on the bytes; strings composed, digits narrow.
Json comparable(const Json& json) {
  if (json.is_string()) return comparable(json.get<std::string>());
  if (!json.is_structured()) return json;
  Json out = json.is_array() ? Json::array() : Json::object();
  for (const auto& [key, value] : json.items()) {
    if (json.is_array()) {
      out.push_back(comparable(value));
    } else if (key != "start" && key != "end" && key != "line" && key != "column" && key != "spans") {
      out[key] = comparable(value);
    }
  }
  return out;
}

// Fields and the codes of diagnostics; what `read` says is about the bytes.
Json values_of(const Observed& observed) {
  Json all = Json::array();
  for (const Json& record : observed.records) {
    Json codes = Json::array();
    for (const Json& diagnostic : record.value("diagnostics", Json::array())) {
      const std::string code = diagnostic.at("code").get<std::string>();
      if (!code.starts_with("read.")) codes.push_back(code);
    }
    all.push_back({{"fields", comparable(record.at("fields"))}, {"codes", std::move(codes)}});
  }
  return {{"records", std::move(all)}, {"mentions", comparable(observed.mentions)}};
}

// Which characters of the document each span covers; inserted ones do not count.
using Places = std::map<std::string, std::pair<std::size_t, std::size_t>>;
Places places_of(const Observed& observed, const DecodedSource& source,
                 const std::vector<std::size_t>& origins) {
  Places places;
  visit_spans(observed, [&](const std::string& path, const Json& spanned) {
    const auto range =
        source.range(spanned.at("start").get<std::uint32_t>(), spanned.at("end").get<std::uint32_t>());
    if (!range || path.find("/diagnostics/") != std::string::npos) return;
    std::pair<std::size_t, std::size_t> place{kInserted, 0};
    for (std::size_t i = range->first; i < range->last; ++i) {
      if (origins.at(i) == kInserted) continue;
      place.first = std::min(place.first, origins[i]);
      place.second = std::max(place.second, origins[i] + 1);
    }
    places[path] = place;
  });
  return places;
}

class Sample : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    bytes_ = read_file(GetParam());
    observed_ = observe(bytes_, GetParam());
    source_ = std::make_unique<DecodedSource>(bytes_, observed_.charset);
    text_ = source_->text();
    std::vector<std::size_t> origins(text_.size());
    for (std::size_t i = 0; i < origins.size(); ++i) origins[i] = i;
    places_ = places_of(observed_, *source_, origins);
  }

  void expect_same(const Variant& variant) {
    SCOPED_TRACE(variant.name);
    const Observed other = observe(variant.bytes, GetParam(), variant.declared ? variant.charset : "");
    EXPECT_EQ(other.charset, variant.charset);
    const DecodedSource source(variant.bytes, variant.charset);
    ASSERT_EQ(source.characters().size(), variant.origins.size());
    expect_exact_evidence(other, source);
    const Json expected = values_of(observed_);
    const Json found = values_of(other);
    EXPECT_EQ(expected, found) << Json::diff(expected, found).dump(1);
    if (expected != found) return;
    EXPECT_EQ(places_, places_of(other, source, variant.origins));
  }

  std::string bytes_;
  Observed observed_;
  std::unique_ptr<DecodedSource> source_;
  std::u32string text_;
  Places places_;
};

TEST_P(Sample, EvidenceIsWhatTheSourceHolds) { expect_exact_evidence(observed_, *source_); }

TEST_P(Sample, CharsetsChangeNothing) {
  const std::vector<Variant> variants = charset_variants(text_);
  EXPECT_GE(variants.size(), 3U);  // those of Unicode hold every text
  for (const Variant& variant : variants) expect_same(variant);
}

TEST_P(Sample, DecompositionChangesNothing) { expect_same(decomposed(text_)); }

TEST_P(Sample, WideDigitsChangeNothing) { expect_same(with_wide_digits(text_, observed_.media_type)); }

TEST_P(Sample, LineEndsChangeNothing) { expect_same(with_crlf(text_)); }

TEST_P(Sample, FillerChangesNothing) { expect_same(with_filler(text_, observed_.media_type)); }

INSTANTIATE_TEST_SUITE_P(Samples, Sample, testing::ValuesIn(sample_documents()),
                         [](const auto& sample) { return test_name(sample.param); });

// The oracle is not blind: evidence that is off by one character is noticed.
TEST(Oracle, NoticesShiftedEvidence) {
  const std::string bytes = read_file("samples/ja/nanae.txt");
  const DecodedSource source(bytes, "UTF-8");
  const Observed observed = observe(bytes, "samples/ja/nanae.txt");
  std::size_t seen = 0;
  visit_spans(observed, [&](const std::string& path, const Json& spanned) {
    if (!spanned.contains("text")) return;
    const auto range =
        source.range(spanned.at("start").get<std::uint32_t>(), spanned.at("end").get<std::uint32_t>());
    ASSERT_TRUE(range) << path;
    EXPECT_NE(spanned.at("text"), to_utf8(source.text({range->first, range->last - 1}))) << path;
    EXPECT_FALSE(
        source.range(spanned.at("start").get<std::uint32_t>() + 1, spanned.at("end").get<std::uint32_t>()) &&
        source.characters()[range->first].code_point >= 0x80)
        << path;
    ++seen;
  });
  EXPECT_GE(seen, 20U);
}

// Five charsets are not promised by any one sample, but all of them must have had their turn.
TEST(Variants, EveryCharsetIsTried) {
  std::map<std::string, int> tried;
  for (const std::string& document : sample_documents()) {
    const std::string bytes = read_file(document);
    const DecodedSource source(bytes, observe(bytes, document).charset);
    for (const Variant& variant : charset_variants(source.text())) ++tried[variant.name];
  }
  for (const std::string name :
       {"UTF-8", "UTF-8 with BOM", "UTF-16LE with BOM", "Shift_JIS", "EUC-JP", "ISO-2022-JP"}) {
    EXPECT_GE(tried[name], 8) << name;
  }
}

TEST(Threads, ChangeNothing) {
  const std::vector<std::string> documents = sample_documents();
  std::vector<Json> serial;
  for (const std::string& document : documents)
    serial.push_back(observe(read_file(document), document).records);
  std::vector<std::thread> threads;
  for (unsigned seed = 0; seed < 4; ++seed) {
    threads.emplace_back([&, seed] {
      std::vector<std::size_t> order(documents.size());
      for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
      std::shuffle(order.begin(), order.end(), std::mt19937(seed));
      for (const std::size_t i : order) {
        EXPECT_EQ(observe(read_file(documents[i]), documents[i]).records, serial[i]) << documents[i];
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

// Ten times the text takes about ten times as long, in one line or heading as well: names are looked for in
// all.
TEST(Cost, GrowsWithTheText) {
  const auto seconds = [](const std::string& before, const std::string& piece, std::size_t bytes) {
    std::string text = before;
    while (text.size() < bytes) text += piece;
    text += "八戸市は";
    const std::clock_t start = std::clock();  // processor time: other programs do not count
    EXPECT_TRUE(extract(text, {}, default_rules()).document);
    return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  };
  for (const char* before : {"", "<h1>"}) {
    for (const char* piece :
         {"や", "八戸市や", "緑が丘市の話です。", "本会は、", "みどり「", "(院長)", "2020|", "1950年に市"}) {
      const double small = seconds(before, piece, 20'000);
      EXPECT_LT(seconds(before, piece, 200'000), 40 * small + 0.2) << before << piece;
    }
  }
}

}  // namespace
}  // namespace yoran
