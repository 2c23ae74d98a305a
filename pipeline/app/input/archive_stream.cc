#include "app/input/archive_stream.h"

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>

#include <algorithm>
#include <clocale>

#include "emit/display.h"
#include "read/charset.h"

namespace yoran {
namespace {

constexpr std::size_t kBlock = 1U << 16U;
constexpr std::uint64_t kHarmless = 16U << 20U;  // so much may be unpacked whatever the ratio

// libarchive turns names into the charset of the locale; the user's is not to show in the output.
class Utf8Names {
 public:
  Utf8Names() : before_(::uselocale(locale())) {}
  ~Utf8Names() { ::uselocale(before_); }
  Utf8Names(const Utf8Names&) = delete;
  Utf8Names& operator=(const Utf8Names&) = delete;

 private:
  static locale_t locale() {
    static const locale_t kUtf8 = ::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
    return kUtf8;
  }
  locale_t before_;
};

}  // namespace

void ArchiveStream::Close::operator()(archive* handle) const { archive_read_free(handle); }

ArchiveStream::ArchiveStream(const ContainerFile& file, Form form, const ContainerLimits& limits)
    : archive_(archive_read_new()), limits_(limits), size_(file.size) {
  prepare(form);
  // By its name a file can be gone back in, as 7z wants it; a pipe cannot be opened twice.
  const int result = file.size > 0 ? archive_read_open_filename(archive_.get(), file.path.c_str(), kBlock)
                                   : archive_read_open_fd(archive_.get(), file.descriptor, kBlock);
  if (result != ARCHIVE_OK) fail("the archive cannot be read");
}

ArchiveStream::ArchiveStream(std::string_view bytes, Form form, const ContainerLimits& limits)
    : archive_(archive_read_new()), limits_(limits), size_(bytes.size()) {
  prepare(form);
  if (archive_read_open_memory(archive_.get(), bytes.data(), bytes.size()) != ARCHIVE_OK)
    fail("the bytes cannot be read");
}

ArchiveStream::~ArchiveStream() = default;

void ArchiveStream::prepare(Form form) {
  archive* const handle = archive_.get();
  archive_read_support_filter_gzip(handle);
  archive_read_support_filter_zstd(handle);
  archive_read_support_filter_bzip2(handle);
  archive_read_support_filter_xz(handle);
  archive_read_support_format_empty(handle);
  if (form == Form::raw) {
    archive_read_support_format_raw(handle);
  } else {
    archive_read_support_format_zip(handle);
    archive_read_support_format_tar(handle);
    archive_read_support_format_7zip(handle);
  }
}

std::string ArchiveStream::why() const {
  const char* const text = archive_error_string(archive_.get());
  return text == nullptr ? "unknown error" : well_formed(text);
}

void ArchiveStream::fail(const std::string& what) {
  if (!fault_) fault_ = archive_fault("archive.damaged", what + ": " + why());
}

bool ArchiveStream::next_entry() {
  constexpr int kRetries = 100;
  const Utf8Names names;
  entry_fault_.reset();
  entry_ = nullptr;
  if (fault_) return false;
  int result = ARCHIVE_RETRY;
  for (int i = 0; i < kRetries && (result == ARCHIVE_RETRY || result == ARCHIVE_FAILED); ++i)
    result = archive_read_next_header(archive_.get(), &entry_);
  if (result != ARCHIVE_OK && result != ARCHIVE_WARN) entry_ = nullptr;
  if (result == ARCHIVE_EOF) return false;
  if (result != ARCHIVE_OK && result != ARCHIVE_WARN) {
    fail(entries_ == 0 ? "the archive cannot be read" : "the archive is damaged behind this");
    return false;
  }
  if (++entries_ > limits_.max_members)
    fault_ = archive_fault("archive.too-many-members",
                           fmt::format("the archive has more than {} members", limits_.max_members),
                           "see --max-members");
  return !fault_;
}

std::string ArchiveStream::name() const {
  const Utf8Names names;
  const char* text = archive_entry_pathname_utf8(entry_);
  if (text == nullptr) text = archive_entry_pathname(entry_);
  std::string name = text == nullptr ? std::string() : text;
  return is_valid_utf8(name) ? name : decode(name, 0, detect_charset(name)).text;
}

bool ArchiveStream::is_file() const {
  return archive_entry_filetype(entry_) == AE_IFREG && archive_entry_hardlink(entry_) == nullptr;
}

bool ArchiveStream::is_folder() const { return archive_entry_filetype(entry_) == AE_IFDIR; }

bool ArchiveStream::is_encrypted() const { return archive_entry_is_encrypted(entry_) != 0; }

std::string_view ArchiveStream::piece() {
  const void* bytes = nullptr;
  std::size_t size = 0;
  la_int64_t offset = 0;
  while (entry_ != nullptr && !fault_ && !entry_fault_ && size == 0) {
    const int result = archive_read_data_block(archive_.get(), &bytes, &size, &offset);
    if (result == ARCHIVE_EOF) return {};
    if (result == ARCHIVE_OK) continue;
    size = 0;
    if (result == ARCHIVE_FATAL) {
      fail("the archive is damaged behind this");
    } else {
      entry_fault_ = archive_fault("archive.damaged-member", "cannot be read: " + why());
    }
  }
  if (size == 0) return {};
  unpacked_ += size;
  check_limits();
  return {static_cast<const char*>(bytes), size};
}

void ArchiveStream::check_limits() {
  if (unpacked_ > limits_.max_unpacked) {
    fault_ = archive_fault("archive.too-large",
                           fmt::format("more than {} bytes come out of the archive", limits_.max_unpacked),
                           "see --max-unpacked");
  }
  const auto read =
      static_cast<std::uint64_t>(std::max<la_int64_t>(archive_filter_bytes(archive_.get(), -1), 1));
  const std::uint64_t packed = size_ > 0 ? size_ : read;
  if (unpacked_ > kHarmless && unpacked_ / packed >= limits_.max_ratio) {
    fault_ = archive_fault(
        "archive.ratio",
        fmt::format("{} bytes come out of {}: more than {} for one", unpacked_, packed, limits_.max_ratio),
        "see --max-ratio");
  }
}

}  // namespace yoran
