#include "app/input/archive_members.h"

#include <utility>

#include "app/input/input.h"
#include "app/input/input_walk.h"

namespace yoran {
namespace {

bool is_hidden(std::string_view name) {
  return (name.starts_with('.') && !name.starts_with("./")) || name.find("/.") != std::string_view::npos;
}

Diagnostic skipped(std::string code, std::string message) {
  return {Severity::warning, std::move(code), std::move(message), std::nullopt, "", ""};
}

}  // namespace

ArchiveMembers::ArchiveMembers(const ContainerFile& file, const ContainerOptions& options)
    : stream_(
          file,
          options.kind == ContainerKind::compressed ? ArchiveStream::Form::raw : ArchiveStream::Form::archive,
          options.limits),
      max_document_(options.limits.max_document) {
  if (options.kind == ContainerKind::compressed)
    only_name_ = without_compression(file.path.substr(file.path.find_last_of('/') + 1));
}

// What a folder would be searched for is looked for in an archive too.
std::optional<ContainedDocument> ArchiveMembers::next() {
  while (stream_.next_entry()) {
    std::string name = only_name_.empty() ? stream_.name() : only_name_;
    if (stream_.is_folder() || is_hidden(name)) continue;
    if (container_kind(name) != ContainerKind::none)
      return ContainedDocument{name, "", skipped("archive.nested", "archives in archives are not opened")};
    if (!is_text_like(name)) continue;
    if (!stream_.is_file())
      return ContainedDocument{name, "", skipped("read.not-a-file", "is a link, a pipe or a device")};
    if (stream_.is_encrypted())
      return ContainedDocument{name, "", archive_fault("archive.encrypted", "is encrypted")};
    return read(std::move(name));
  }
  return std::nullopt;
}

ContainedDocument ArchiveMembers::read(std::string name) {
  ContainedDocument document{std::move(name), ""};
  for (std::string_view piece = stream_.piece(); !piece.empty(); piece = stream_.piece()) {
    if (document.fault) continue;
    document.bytes += piece;
    if (document.bytes.size() > max_document_) document.fault = too_large(max_document_);
  }
  if (stream_.fault() || stream_.entry_fault())
    document.fault = stream_.fault() ? stream_.fault() : stream_.entry_fault();
  if (document.fault) document.bytes.clear();
  return document;
}

}  // namespace yoran
