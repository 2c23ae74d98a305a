#include "app/input/warc_documents.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "app/extract_options.h"
#include "app/input/input.h"
#include "read/charset.h"
#include "types/ascii.h"

namespace yoran {
namespace {

constexpr std::uint64_t kMaxLine = 1U << 16U;
constexpr std::size_t kMaxFields = 1000;
constexpr std::uint64_t kMaxHead = 1U << 18U;  // of an answer

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), ascii_lower);
  return out;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  const std::size_t first = std::min(text.find_first_not_of(kBlanks), text.size());
  text.remove_prefix(first);
  return text.substr(0, text.find_last_not_of(kBlanks) + 1);
}

// "Name: value"; lines of another form are left out.
void add_field(std::string_view line, HeaderFields& fields) {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || fields.size() > kMaxFields) return;
  fields.emplace(lower(trimmed(line.substr(0, colon))), trimmed(line.substr(colon + 1)));
}

std::string field(const HeaderFields& fields, std::string_view name) {
  const auto found = fields.find(name);
  return found == fields.end() ? std::string() : found->second;
}

std::optional<std::uint64_t> number(std::string_view text, int base) {
  std::uint64_t value = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (fault != std::errc() || end == text.data()) return std::nullopt;
  return value;
}

// The value of charset= in a content type, if it is one that can be read.
std::string charset_of(const std::string& content_type) {
  const std::string type = lower(content_type);
  const std::size_t at = type.find("charset=");
  if (at == std::string::npos) return {};
  std::string_view label = std::string_view(type).substr(at + 8);
  label = trimmed(label.substr(0, label.find(';')));
  while (label.starts_with('"') || label.starts_with('\'')) label.remove_prefix(1);
  while (label.ends_with('"') || label.ends_with('\'')) label.remove_suffix(1);
  return find_charset(label) ? std::string(label) : std::string();
}

// The next line without its end, taken off; none: there is no whole one.
std::optional<std::string_view> take_line(std::string_view& rest) {
  const std::size_t end = rest.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view line = trimmed(rest.substr(0, end));
  rest.remove_prefix(end + 1);
  return line;
}

// Chunks put together; none: they are not well formed.
std::optional<std::string> joined_chunks(std::string_view body) {
  std::string out;
  for (;;) {
    const auto line = take_line(body);
    const auto size = line ? number(*line, 16) : std::nullopt;
    if (!size || *size > body.size()) return std::nullopt;
    if (*size == 0) return out;
    out += body.substr(0, *size);
    body.remove_prefix(*size);
    (void)take_line(body);
  }
}

std::optional<Diagnostic> unpack(std::string& body, const ContainerLimits& limits) {
  ArchiveStream stream(body, ArchiveStream::Form::raw, limits);
  std::string out;
  if (stream.next_entry()) {
    for (auto piece = stream.piece(); !piece.empty(); piece = stream.piece()) {
      out += piece;
      if (out.size() > limits.max_document) return too_large(limits.max_document);
    }
  }
  if (stream.fault()) return stream.fault();
  if (stream.entry_fault()) return stream.entry_fault();
  body = std::move(out);
  return std::nullopt;
}

}  // namespace

std::optional<ContainedDocument> page_of_answer(std::string_view answer, const ContainerLimits& limits) {
  ContainedDocument page;
  const std::string_view status = take_line(answer).value_or("");
  HeaderFields fields;
  for (;;) {
    const auto line = take_line(answer);
    if (!line || !status.starts_with("HTTP/")) {
      page.fault = archive_fault("archive.damaged-member", "the answer of the server has no head");
      return page;
    }
    if (line->empty()) break;
    add_field(*line, fields);
  }
  const std::string type = field(fields, "content-type");
  page.media_type = media_type_of(type);
  if (!page.media_type && !type.empty()) return std::nullopt;
  page.charset = charset_of(type);
  const std::size_t blank = status.find(' ');
  if (blank == std::string_view::npos || status.substr(blank + 1, 1) != "2") {
    page.fault = Diagnostic{Severity::warning,
                            "archive.http-status",
                            "the server answered '" + std::string(status) + "'",
                            {},
                            "",
                            ""};
    return page;
  }
  page.bytes = answer;
  if (lower(field(fields, "transfer-encoding")).find("chunked") != std::string::npos) {
    // Some writers join the chunks and leave the head as it was.
    if (auto joined = joined_chunks(page.bytes)) page.bytes = std::move(*joined);
  }
  const std::string coding = lower(field(fields, "content-encoding"));
  if (coding == "gzip" || coding == "x-gzip" || coding == "zstd") {
    page.fault = unpack(page.bytes, limits);
  } else if (!coding.empty() && coding != "identity") {
    page.fault = archive_fault("archive.content-encoding", "cannot be unpacked: '" + coding + "'");
  }
  if (page.bytes.size() > limits.max_document) page.fault = too_large(limits.max_document);
  if (page.fault) page.bytes.clear();
  return page;
}

WarcDocuments::WarcDocuments(const ContainerFile& file, const ContainerLimits& limits)
    : stream_(file, ArchiveStream::Form::raw, limits),
      lines_([this] { return stream_.piece(); }, kMaxLine),
      limits_(limits) {
  if (!stream_.next_entry()) fault_ = stream_.fault();
}

void WarcDocuments::fail(const std::string& message) {
  fault_ = stream_.fault() ? stream_.fault() : stream_.entry_fault();
  if (!fault_) fault_ = archive_fault("archive.damaged", message);
}

// None: the end, or a fault.
std::optional<HeaderFields> WarcDocuments::read_head() {
  auto line = lines_.next();
  while (line && trimmed(line->text).empty()) line = lines_.next();
  if (!line) {
    if (stream_.fault() || stream_.entry_fault()) fail("");
    return std::nullopt;
  }
  if (!line->text.starts_with("WARC/")) {
    fail(fmt::format("no WARC record begins before byte {}", line->after));
    return std::nullopt;
  }
  HeaderFields fields;
  for (line = lines_.next(); line && !trimmed(line->text).empty(); line = lines_.next())
    add_field(line->text, fields);
  return fields;
}

std::optional<ContainedDocument> WarcDocuments::next() {
  while (!fault_) {
    const auto head = read_head();
    if (!head) break;
    if (++records_ > limits_.max_members)
      fault_ = archive_fault("archive.too-many-members",
                             fmt::format("the file has more than {} records", limits_.max_members),
                             "see --max-members");
    else if (auto document = read_record(*head))
      return document;
  }
  return std::nullopt;
}

std::optional<ContainedDocument> WarcDocuments::read_record(const HeaderFields& head) {
  const auto size = number(field(head, "content-length"), 10);
  if (!size) {
    fail("a WARC record without its length");
    return std::nullopt;
  }
  const std::string type = lower(field(head, "warc-type"));
  const bool answer =
      type == "response" && lower(field(head, "content-type")).starts_with("application/http");
  const auto media_type = media_type_of(field(head, "content-type"));
  const bool wanted = answer || ((type == "resource" || type == "conversion") && media_type);
  std::string block;
  if (!lines_.read(*size, wanted ? limits_.max_document + kMaxHead : 0, block)) {
    fail("a WARC record is cut off");
    return std::nullopt;
  }
  if (!wanted) return std::nullopt;
  ContainedDocument document{"", std::move(block), std::nullopt, media_type,
                             charset_of(field(head, "content-type"))};
  if (*size > limits_.max_document + (answer ? kMaxHead : 0)) {
    document.fault = too_large(limits_.max_document);
    document.bytes.clear();
  } else if (answer) {
    auto page = page_of_answer(document.bytes, limits_);
    if (!page) return std::nullopt;
    document = std::move(*page);
  }
  std::string address = field(head, "warc-target-uri");
  if (address.starts_with('<') && address.ends_with('>')) address = address.substr(1, address.size() - 2);
  document.name = address.empty() ? std::to_string(records_) : address;
  return document;
}

}  // namespace yoran
