#include "app/input/json_documents.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <utility>

#include "app/input/input.h"
#include "app/input/request.h"

namespace yoran {
namespace {

// An escaped character takes up to six bytes for one.
constexpr std::uint64_t kEscaped = 6;
constexpr std::uint64_t kOtherFields = 1U << 20U;

}  // namespace

JsonDocuments::JsonDocuments(const ContainerFile& file, const ContainerOptions& options)
    : stream_(file, ArchiveStream::Form::raw, options.limits),
      lines_([this] { return stream_.piece(); }, options.limits.max_document * kEscaped + kOtherFields),
      max_members_(options.limits.max_members),
      max_document_(options.limits.max_document),
      text_field_(options.text_field),
      id_field_(options.id_field) {
  if (!stream_.next_entry()) fault_ = stream_.fault();
}

std::optional<ContainedDocument> JsonDocuments::next() {
  while (!fault_) {
    const auto line = lines_.next();
    fault_ = stream_.fault() ? stream_.fault() : stream_.entry_fault();
    if (!line || fault_) break;  // the line that a fault cuts off is not whole
    ++number_;
    if (line->text.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    if (++documents_ <= max_members_) return read(*line);
    fault_ = archive_fault("archive.too-many-members",
                           fmt::format("the file has more than {} lines", max_members_), "see --max-members");
  }
  return std::nullopt;
}

ContainedDocument JsonDocuments::read(const LineReader::Line& line) const {
  ContainedDocument document{std::to_string(number_), ""};
  document.charset = "UTF-8";
  if (line.too_long) {
    document.fault = too_large(max_document_);
    return document;
  }
  document.fault = json_fault(line.text);
  if (document.fault) return document;
  const nlohmann::json object = nlohmann::json::parse(line.text, nullptr, false);
  if (!object.is_object()) {
    document.fault = archive_fault("json.not-an-object", "the line is not a JSON object");
    return document;
  }
  if (const auto id = object.find(id_field_); id != object.end())
    document.name = id->is_string() ? id->get<std::string>() : id->dump();
  const auto text = object.find(text_field_);
  if (text == object.end() || !text->is_string())
    document.fault =
        archive_fault("json.no-text", "the object has no string '" + text_field_ + "'", "see --text-field");
  else if (text->get_ref<const std::string&>().size() > max_document_)
    document.fault = too_large(max_document_);
  else
    document.bytes = text->get<std::string>();
  return document;
}

}  // namespace yoran
