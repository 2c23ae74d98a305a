#include "corpora.h"

#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <random>
#include <stdexcept>

namespace yoran {
namespace {

constexpr unsigned kSeed = 20260101;
constexpr std::size_t kDocumentBytes = 5000;
constexpr std::size_t kSmallBytes = 200;

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

std::string sparse(Writer& writer, bool japanese, std::size_t bytes) {
  std::string text = japanese ? japanese_profile(writer) : english_profile(writer);
  while (text.size() < bytes) {
    for (int i = 0; i < 5; ++i) text += writer.pick(japanese ? kSentences : kEnglish);
    text += "\n";
  }
  return text;
}

std::string dense(Writer& writer, std::size_t bytes) {
  std::string text = "町丁別人口\n";
  while (text.size() < bytes) {
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

std::string document(const std::string& kind, Writer& writer, std::size_t bytes) {
  if (kind == "dense") return dense(writer, kDocumentBytes);
  std::string text = sparse(writer, kind != "en",
                            kind == "huge"    ? bytes
                            : kind == "small" ? kSmallBytes
                                              : kDocumentBytes);
  // Shift_JIS has no superscripts.
  for (std::size_t at = 0; kind == "cp932" && (at = text.find("²", at)) != std::string::npos;)
    text.replace(at, 2, "2");
  return text;
}

}  // namespace

Corpus make_corpus(const std::string& name, std::size_t bytes) {
  Corpus corpus{name, name == "html" ? "html" : "txt", name == "cp932" ? "Shift_JIS" : "UTF-8", {}, {}};
  Writer writer(kSeed);
  for (std::size_t size = 0; size < bytes; size += corpus.utf8.back().size())
    corpus.utf8.push_back(document(name, writer, bytes));
  for (const std::string& text : corpus.utf8)
    corpus.documents.push_back(name == "cp932" ? in_cp932(text) : name == "html" ? as_html(text) : text);
  return corpus;
}

std::size_t bytes_of(const std::vector<std::string>& texts) {
  std::size_t bytes = 0;
  for (const std::string& text : texts) bytes += text.size();
  return bytes;
}

}  // namespace yoran
