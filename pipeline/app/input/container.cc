#include "app/input/container.h"

#include <algorithm>
#include <array>
#include <utility>

#include "app/input/archive_members.h"
#include "app/input/input_walk.h"
#include "app/input/json_documents.h"
#include "app/input/warc_documents.h"

namespace yoran {

std::string_view without_compression(std::string_view name) {
  constexpr std::array<std::string_view, 4> kEndings = {".gz", ".zst", ".bz2", ".xz"};
  const std::string ending = ending_of(name);
  const bool packed = std::find(kEndings.begin(), kEndings.end(), ending) != kEndings.end();
  return name.substr(0, name.size() - (packed ? ending.size() : 0));
}

ContainerKind container_kind(std::string_view name) {
  constexpr std::array<std::string_view, 7> kArchives = {".zip", ".7z",   ".tar", ".tgz",
                                                         ".tbz", ".tbz2", ".txz"};
  const std::string_view inner = without_compression(name);
  const std::string ending = ending_of(inner);
  if (std::find(kArchives.begin(), kArchives.end(), ending) != kArchives.end()) return ContainerKind::archive;
  if (ending == ".warc") return ContainerKind::warc;
  if (inner.size() < name.size() && is_text_like(inner)) return ContainerKind::compressed;
  return ContainerKind::none;
}

std::unique_ptr<Container> open_container(const ContainerFile& file, const ContainerOptions& options) {
  switch (options.kind) {
    case ContainerKind::warc:
      return std::make_unique<WarcDocuments>(file, options.limits);
    case ContainerKind::json_lines:
      return std::make_unique<JsonDocuments>(file, options);
    default:
      return std::make_unique<ArchiveMembers>(file, options);
  }
}

Diagnostic archive_fault(std::string code, std::string message, std::string hint) {
  return {Severity::error, std::move(code), std::move(message), std::nullopt, "", std::move(hint)};
}

}  // namespace yoran
