// Generated texts to measure with: the same bytes each time, so that figures of two days compare.
#ifndef YORAN_TESTS_BENCH_CORPORA_H_
#define YORAN_TESTS_BENCH_CORPORA_H_

#include <string>
#include <vector>

namespace yoran {

struct Corpus {
  std::string name;
  std::string ending;   // of the documents' names
  std::string charset;  // of `documents`
  std::vector<std::string> documents;
  std::vector<std::string> utf8;  // the same as UTF-8, markup gone: what the limit is taken on
};

inline constexpr const char* kCorpora[] = {"ja", "en", "dense", "html", "cp932", "huge", "small"};

// About `bytes` of one kind:
//   ja, en   prose with one profile, 5 KB a document
//   dense    tables of figures in full-width digits, 5 KB a document
//   html     `ja` as HTML          cp932   `ja` in Shift_JIS
//   huge     `ja` as one document  small   `ja` in documents of 500 bytes
[[nodiscard]] Corpus make_corpus(const std::string& name, std::size_t bytes);

[[nodiscard]] std::size_t bytes_of(const std::vector<std::string>& texts);

}  // namespace yoran

#endif  // YORAN_TESTS_BENCH_CORPORA_H_
