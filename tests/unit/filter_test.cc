#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <random>

#include "app/input/base64.h"
#include "app/input/request.h"

namespace yoran {
namespace {

Request read(std::string_view line) { return read_request(line, {}); }

TEST(Filter, ReadsARequest) {
  const Request request = read(
      R"({"id":"a","text":"x\u3042\n\ud83d\ude00","media_type":"text/html","name":"n","reference_date":"2020-01-31","region":"JP"})");
  EXPECT_FALSE(request.fault);
  EXPECT_EQ(request.id, "\"a\"");
  EXPECT_EQ(request.text, "x\xE3\x81\x82\n\xF0\x9F\x98\x80");
  EXPECT_EQ(request.options.media_type, MediaType::html);
  EXPECT_EQ(request.options.charset, "UTF-8");
  EXPECT_EQ(request.options.name, "n");
  EXPECT_EQ(request.options.region, "JP");
  ASSERT_TRUE(request.options.reference_date);
  EXPECT_EQ(request.options.reference_date->day, 31);
}

TEST(Filter, TheIdComesBackByteForByte) {
  for (const char* id :
       {"1", "1.50e+3", "-0", "null", "true", "\"\\u0041\\/\"", "[1, {\"a\" :2}]", "\"\xE4\xBA\xBA\""}) {
    const Request request = read(std::string(" { \"id\" :  ") + id + " , \"text\":\"t\"} ");
    EXPECT_FALSE(request.fault) << id;
    EXPECT_EQ(request.id, id);
  }
}

struct Bad {
  std::string line;
  const char* code;
  const char* id;
};

TEST(Filter, BadLinesAreRejected) {
  const Bad cases[] = {
      {"", "json.malformed", "null"},
      {"{", "json.malformed", "null"},
      {"x", "json.malformed", "null"},
      {"nul", "json.malformed", "null"},
      {"[]", "filter.not-an-object", "null"},
      {"7", "filter.not-an-object", "null"},
      {R"({"id":1,"text":"a"} x)", "json.malformed", "1"},
      {R"({"id":1,"text":"a",})", "json.malformed", "1"},
      {R"({"id":01,"text":"a"})", "json.malformed", "null"},
      {R"({"id":1,"text":"a)", "json.malformed", "1"},
      {R"({"id":1,"text":"\x"})", "json.malformed", "1"},
      {"{\"id\":1,\"text\":\"a\tb\"}", "json.malformed", "1"},
      {R"({"text":"\ud800","id":1})", "json.lone-surrogate", "1"},
      {R"({"text":"\udc00x","id":1})", "json.lone-surrogate", "1"},
      {R"({"text":"\ud800\u0041","id":1})", "json.lone-surrogate", "1"},
      {R"({"id":"\ud800","text":"a"})", "json.lone-surrogate", "null"},
      {R"({"id":1,"id":2,"text":"a"})", "json.duplicate-key", "null"},
      {R"({"id":1,"text":"a","te\u0078t":"b"})", "json.duplicate-key", "1"},
      {R"({"id":1,"text":"a","x":{"k":1,"k":2}})", "json.duplicate-key", "1"},
      {"{\"id\":1,\"text\":\"\xFF\"}", "json.invalid-utf8", "1"},
      {"{\"id\":\"\xE4\xBA\",\"text\":\"a\"}", "json.invalid-utf8", "null"},
      {R"({"id":1})", "filter.no-text", "1"},
      {R"({"id":1,"text":"a","bytes_base64":"YQ=="})", "filter.no-text", "1"},
      {R"({"id":1,"text":null})", "filter.wrong-type", "1"},
      {R"({"id":1,"text":5})", "filter.wrong-type", "1"},
      {R"({"id":1,"bytes_base64":"YQ="})", "filter.bad-base64", "1"},
      {R"({"id":1,"text":"a","media_type":"image/png"})", "filter.bad-value", "1"},
      {R"({"id":1,"text":"a","region":"Japan"})", "filter.bad-value", "1"},
      {R"({"id":1,"text":"a","reference_date":"2020-02-30"})", "filter.bad-value", "1"},
      {R"({"id":1,"text":"a","x":)" + std::string(200'000, '[') + std::string(200'000, ']') + "}",
       "json.too-deep", "1"},
      {R"({"id":1,"text":"a","x":)" + std::string(200'000, '['), "json.too-deep", "1"},
  };
  for (const Bad& bad : cases) {
    const Request request = read(bad.line);
    ASSERT_TRUE(request.fault) << bad.line.substr(0, 60);
    EXPECT_EQ(request.fault->code, bad.code) << bad.line.substr(0, 60);
    EXPECT_EQ(request.id, bad.id) << bad.line.substr(0, 60);
  }
}

TEST(Filter, NullMeansNotStated) {
  const Request request =
      read(R"({"id":1,"text":"a","region":null,"reference_date":null,"media_type":null})");
  EXPECT_FALSE(request.fault);
}

TEST(Filter, OwnKeysAreTheCallersAffairAndMisspeltOnesAreNamed) {
  EXPECT_TRUE(read(R"({"id":1,"text":"a","source":"x","lang":"ja"})").notes.empty());
  const Request request = read(R"({"id":1,"text":"a","media-type":"text/html"})");
  ASSERT_EQ(request.notes.size(), 1U);
  EXPECT_EQ(request.notes.front().code, "filter.unknown-key");
}

TEST(Filter, Base64) {
  EXPECT_EQ(decode_base64(""), "");
  EXPECT_EQ(decode_base64("YQ=="), "a");
  EXPECT_EQ(decode_base64("YQ"), "a");
  EXPECT_EQ(decode_base64("YWI="), "ab");
  EXPECT_EQ(decode_base64("YWJj"), "abc");
  EXPECT_EQ(decode_base64("/+8A"), std::string("\xFF\xEF\0", 3));
  for (const char* bad : {"Y", "YQ=", "YWJj=", "Y Q=", "YQ===", "====", "YW-_"})
    EXPECT_FALSE(decode_base64(bad)) << bad;
}

// Whatever our scanner accepts nlohmann reads too, and the other way round but for what we refuse on purpose.
TEST(Filter, AgreesWithAnotherReaderOnWhatIsJson) {
  const std::vector<std::string> pieces = {"{",     "}",           "[",  "]",    ",",    ":",
                                           "\"a\"", "\"b\"",       "1",  "-0.5", "true", "null",
                                           " ",     "\"\\u00e9\"", "01", "\"\\", "+",    "."};
  std::mt19937 random(11);
  std::size_t good = 0;
  for (int i = 0; i < 200'000; ++i) {
    std::string text;
    for (std::size_t n = 1 + random() % 7; n > 0; --n) text += pieces[random() % pieces.size()];
    const auto fault = json_fault(text);
    if (fault && fault->code == "json.duplicate-key") continue;
    EXPECT_EQ(!fault, nlohmann::json::accept(text)) << text;
    good += fault ? 0 : 1;
  }
  EXPECT_GT(good, 1000U);
}

}  // namespace
}  // namespace yoran
