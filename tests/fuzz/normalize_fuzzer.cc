// normalize: any valid UTF-8 is folded, the map covers it, and folding the folded text changes nothing.
#include <unicode/bytestream.h>
#include <unicode/unistr.h>

#include "fuzz_input.h"
#include "normalize.h"

namespace yoran {
namespace {

Document document_of(std::string text) {
  Document document;
  document.source_map.append_copy(static_cast<std::uint32_t>(text.size()), 0);
  document.text = std::move(text);
  return document;
}

void check(const Document& document, const Text& text) {
  const auto size = static_cast<std::uint32_t>(text.folded.size());
  require(text.map.size() == size, "the map covers the folded text");
  std::uint32_t previous = 0;
  for (std::uint32_t at = 0; at < size; ++at) {
    const DecodedSpan origin = text.decoded({at, at + 1});
    require(origin.start <= origin.end && origin.end <= document.text.size(), "origins are inside the text");
    require(previous <= origin.start, "origins increase");
    previous = origin.start;
  }
}

}  // namespace
}  // namespace yoran

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // The walk over all bytes is slow beside what is tested.
  if (size > yoran::kMaxInput / 8) return 0;
  std::string utf8;
  icu::UnicodeString::fromUTF8({reinterpret_cast<const char*>(data), static_cast<std::int32_t>(size)})
      .toUTF8String(utf8);  // bad bytes become U+FFFD
  const yoran::FoldTable& folds = yoran::default_rules().folds;
  const yoran::Document document = yoran::document_of(std::move(utf8));
  const yoran::Text text = yoran::normalize(document, folds);
  yoran::check(document, text);
  const yoran::Document folded = yoran::document_of(text.folded);
  yoran::require(yoran::normalize(folded, folds).folded == text.folded, "folding twice is folding once");
  return 0;
}
