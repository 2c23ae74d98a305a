// Documents in archives, in WARC files and in JSON Lines.
#include "app/input/container.h"

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "app/input/line_reader.h"
#include "app/input/warc_documents.h"

namespace yoran {
namespace {

namespace fs = std::filesystem;

// A file that goes away again.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& name)
      : path_((fs::temp_directory_path() / ("yoran-container-test-" + name + std::to_string(::getpid())))
                  .string()) {}
  ~TemporaryFile() { std::remove(path_.c_str()); }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

struct Entry {
  const char* name;
  const char* text;
};

using SetUp = int (*)(archive*);

void write_archive(const std::string& path, SetUp format, SetUp filter, const std::vector<Entry>& entries,
                   const char* options = nullptr, const char* password = nullptr) {
  archive* const out = archive_write_new();
  ASSERT_EQ(format(out), ARCHIVE_OK) << archive_error_string(out);
  ASSERT_EQ(filter(out), ARCHIVE_OK) << archive_error_string(out);
  ASSERT_EQ(archive_write_set_options(out, options == nullptr ? "" : options), ARCHIVE_OK);
  if (password != nullptr) archive_write_set_passphrase(out, password);
  ASSERT_EQ(archive_write_open_filename(out, path.c_str()), ARCHIVE_OK);
  for (const Entry& entry : entries) {
    archive_entry* const head = archive_entry_new();
    archive_entry_set_pathname(head, entry.name);
    archive_entry_set_filetype(head, AE_IFREG);
    archive_entry_set_size(head, static_cast<la_int64_t>(std::string_view(entry.text).size()));
    ASSERT_GE(archive_write_header(out, head), ARCHIVE_WARN) << archive_error_string(out);
    archive_write_data(out, entry.text, std::string_view(entry.text).size());
    archive_entry_free(head);
  }
  ASSERT_EQ(archive_write_free(out), ARCHIVE_OK);
}

// "name=text" or "name:code", with blanks between, and "!code" if the end came early.
std::string contents(const std::string& path, ContainerOptions options) {
  const int descriptor = ::open(path.c_str(), O_RDONLY);
  const auto container = open_container({path, descriptor, fs::file_size(path)}, options);
  std::string out;
  while (const auto document = container->next())
    out += document->name + (document->fault ? ":" + document->fault->code : "=" + document->bytes) + " ";
  if (container->fault()) out += "!" + container->fault()->code;
  ::close(descriptor);
  return out;
}

struct ArchiveCase {
  const char* name;
  SetUp format;
  SetUp filter;
  std::vector<Entry> entries;
  const char* contents;
  const char* options = nullptr;
  const char* password = nullptr;
};

TEST(ContainerTest, Archives) {
  const std::vector<Entry> two = {{"a.txt", "A"}, {"d/b.html", "B"}};
  const ArchiveCase cases[] = {
      {"zip", archive_write_set_format_zip, archive_write_add_filter_none, two, "a.txt=A d/b.html=B "},
      {"7z", archive_write_set_format_7zip, archive_write_add_filter_none, two, "a.txt=A d/b.html=B "},
      {"pax", archive_write_set_format_pax, archive_write_add_filter_xz, two, "a.txt=A d/b.html=B "},
      {"ustar", archive_write_set_format_ustar, archive_write_add_filter_bzip2, two, "a.txt=A d/b.html=B "},
      {"gnutar", archive_write_set_format_gnutar, archive_write_add_filter_zstd, two, "a.txt=A d/b.html=B "},
      {"name in Shift_JIS",
       archive_write_set_format_ustar,
       archive_write_add_filter_none,
       {{"\x8B\xE3\x8F\x42.txt", "A"}},
       "\xE4\xB9\x9D\xE5\xB7\x9E.txt=A "},
      {"encrypted",
       archive_write_set_format_zip,
       archive_write_add_filter_none,
       {{"a.txt", "A"}},
       "a.txt:archive.encrypted ",
       "zip:encryption=zipcrypt",
       "secret"},
      {"no document", archive_write_set_format_zip, archive_write_add_filter_none, {{"a.png", "A"}}, ""},
      {"hidden",
       archive_write_set_format_zip,
       archive_write_add_filter_none,
       {{"./a.txt", "A"}, {"__MACOSX/._a.txt", "B"}, {".b.txt", "C"}},
       "./a.txt=A "},
      {"too large",
       archive_write_set_format_zip,
       archive_write_add_filter_none,
       {{"a.txt", "0123456789x"}, {"b.txt", "B"}},
       "a.txt:read.too-large b.txt=B "},
  };
  for (const ArchiveCase& test : cases) {
    SCOPED_TRACE(test.name);
    const TemporaryFile file("archive");
    write_archive(file.path(), test.format, test.filter, test.entries, test.options, test.password);
    ContainerOptions options;
    options.kind = ContainerKind::archive;
    options.limits.max_document = 10;
    EXPECT_EQ(contents(file.path(), options), test.contents);
  }
}

struct BytesCase {
  const char* name;
  ContainerKind kind;
  std::string bytes;
  const char* contents;
};

TEST(ContainerTest, FilesOfBytes) {
  const std::string head =
      "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: u\r\nContent-Type: text/plain\r\n";
  const BytesCase cases[] = {
      {"empty WARC", ContainerKind::warc, "", ""},
      {"no WARC", ContainerKind::warc, "hello\n", "!archive.damaged"},
      {"two records", ContainerKind::warc,
       head + "Content-Length: 1\r\n\r\nA\r\n\r\n" + head + "content-length:2\r\n\r\nBC\r\n\r\n",
       "u=A u=BC "},
      {"bare line ends", ContainerKind::warc,
       "WARC/1.1\nWARC-Type: resource\nContent-Type: text/html\nContent-Length: 1\n\nA\n\n", "1=A "},
      {"address in brackets", ContainerKind::warc,
       "WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: <u>\r\nContent-Type: "
       "text/plain\r\nContent-Length: 1\r\n\r\nA\r\n\r\n",
       "u=A "},
      {"other types", ContainerKind::warc,
       "WARC/1.0\r\nWARC-Type: metadata\r\nContent-Type: text/plain\r\nContent-Length: 1\r\n\r\nA\r\n\r\n",
       ""},
      {"no length", ContainerKind::warc, head + "\r\nA\r\n", "!archive.damaged"},
      {"negative length", ContainerKind::warc, head + "Content-Length: -1\r\n\r\nA", "!archive.damaged"},
      {"cut off", ContainerKind::warc, head + "Content-Length: 9\r\n\r\nA", "!archive.damaged"},
      {"too large", ContainerKind::warc, head + "Content-Length: 11\r\n\r\n0123456789x\r\n\r\n",
       "u:read.too-large "},
      {"endless head", ContainerKind::warc, "WARC/1.0\r\n" + std::string(1 << 18, 'x'), "!archive.damaged"},
      {"lines", ContainerKind::json_lines, "{\"text\":\"A\"}\n\r\n{\"id\":\"x\",\"text\":\"B\"}", "1=A x=B "},
      {"id that is no string", ContainerKind::json_lines, R"({"id":[1],"text":"A"})", "[1]=A "},
      {"faults", ContainerKind::json_lines, "{}\n{\"text\":1}\n[]\nx\n{\"text\":\"A\",\"text\":\"B\"}\n",
       "1:json.no-text 2:json.no-text 3:json.not-an-object 4:json.malformed 5:json.duplicate-key "},
      {"long text", ContainerKind::json_lines, "{\"text\":\"0123456789x\"}\n{\"text\":\"A\"}\n",
       "1:read.too-large 2=A "},
      {"no archive", ContainerKind::archive, "hello", "!archive.damaged"},
      {"empty archive", ContainerKind::archive, "", ""},
  };
  for (const BytesCase& test : cases) {
    SCOPED_TRACE(test.name);
    const TemporaryFile file("bytes");
    std::ofstream(file.path(), std::ios::binary) << test.bytes;
    ContainerOptions options;
    options.kind = test.kind;
    options.limits.max_document = 10;
    EXPECT_EQ(contents(file.path(), options), test.contents);
  }
}

struct AnswerCase {
  const char* name;
  std::string answer;
  const char* page;  // null: it is none
};

TEST(ContainerTest, AnswersOfServers) {
  const AnswerCase cases[] = {
      {"plain", "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nA", "A"},
      {"no content type", "HTTP/1.0 200\r\n\r\nA", "A"},
      {"image", "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nA", nullptr},
      {"not found", "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\nA", "archive.http-status"},
      {"no head", "A", "archive.damaged-member"},
      {"head without end", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n", "archive.damaged-member"},
      {"chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;x=y\r\nA\r\n2\r\nBC\r\n0\r\n\r\n",
       "ABC"},
      {"chunks that were joined", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nABC", "ABC"},
      {"chunk longer than all", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nA",
       "ffffffffffffffff\r\nA"},
      {"too large", "HTTP/1.1 200 OK\r\n\r\n" + std::string(30, 'x'), "read.too-large"},
      {"unknown coding", "HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\nA", "archive.content-encoding"},
  };
  ContainerLimits limits;
  limits.max_document = 20;
  for (const AnswerCase& test : cases) {
    SCOPED_TRACE(test.name);
    const auto page = page_of_answer(test.answer, limits);
    ASSERT_EQ(page.has_value(), test.page != nullptr);
    if (!page) continue;
    EXPECT_EQ(page->fault ? page->fault->code : page->bytes, test.page);
  }
}

struct NameCase {
  const char* name;
  ContainerKind kind;
};

TEST(ContainerTest, KindsByName) {
  constexpr NameCase kCases[] = {
      {"a.zip", ContainerKind::archive},
      {"a.TAR.GZ", ContainerKind::archive},
      {"a.tgz", ContainerKind::archive},
      {"a.tar.zst", ContainerKind::archive},
      {"a.7z", ContainerKind::archive},
      {"a.warc", ContainerKind::warc},
      {"a.warc.gz", ContainerKind::warc},
      {"a.html.gz", ContainerKind::compressed},
      {"a.txt.zst", ContainerKind::compressed},
      {"README.xz", ContainerKind::compressed},
      {"a.jsonl.zst", ContainerKind::none},
      {"a.txt", ContainerKind::none},
      {"zip", ContainerKind::none},
      {"a.png.gz", ContainerKind::none},
      {"d.zip/page.txt", ContainerKind::none},
      {"", ContainerKind::none},
  };
  for (const NameCase& test : kCases) EXPECT_EQ(container_kind(test.name), test.kind) << test.name;
}

struct LineCase {
  const char* name;
  std::vector<std::string> pieces;
  const char* lines;  // each with "|" behind it, "~" if it was too long, "$" if it has no end
};

TEST(LineReaderTest, LinesOfPieces) {
  const LineCase cases[] = {
      {"nothing", {}, ""},
      {"one line", {"ab\n"}, "ab|"},
      {"no end", {"ab"}, "ab$|"},
      {"across pieces", {"a", "b\nc", "d\n"}, "ab|cd|"},
      {"empty lines", {"\n", "\n\na"}, "|||a$|"},
      {"as long as may be", {"abcd\n"}, "abcd|"},
      {"too long", {"abcde\nf\n"}, "abcd~|f|"},
      {"too long across pieces", {"ab", "cd", "ef\ng"}, "abcd~|g$|"},
      {"an end alone in a piece", {"ab", "\n", "c"}, "ab|c$|"},
  };
  for (const LineCase& test : cases) {
    SCOPED_TRACE(test.name);
    std::size_t at = 0;
    LineReader reader([&] { return at < test.pieces.size() ? test.pieces[at++] : std::string_view(); }, 4);
    std::string found;
    while (const auto line = reader.next())
      found += std::string(line->text) + (line->too_long ? "~" : "") + (line->ended ? "|" : "$|");
    EXPECT_EQ(found, test.lines);
  }
}

}  // namespace
}  // namespace yoran
