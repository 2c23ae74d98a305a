#include "app/input/document_source.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <utility>

#include "app/extract_options.h"

namespace yoran {
namespace {

std::optional<ContainerKind> kind_of(const std::string& format) {
  if (format == "document") return ContainerKind::none;
  if (format == "jsonl") return ContainerKind::json_lines;
  if (format == "archive") return ContainerKind::archive;
  if (format == "warc") return ContainerKind::warc;
  return std::nullopt;
}

bool is_json_lines(std::string_view name) {
  const std::string ending = ending_of(without_compression(name));
  return ending == ".jsonl" || ending == ".ndjson";
}

}  // namespace

InputFormat::InputFormat(const Arguments& arguments) : kind_(kind_of(arguments.value("input-format"))) {
  const bool json = kind_ == ContainerKind::json_lines;
  for (const std::string_view option : {"text-field", "id-field"}) {
    if (arguments.has(option) && !json)
      throw UsageError("--" + std::string(option) + " needs --input-format jsonl");
  }
  ContainerLimits& limits = options_.limits;
  limits.max_document = arguments.number("max-bytes", kDefaultMaxBytes);
  limits.max_members = arguments.number("max-members", limits.max_members);
  limits.max_unpacked = arguments.number("max-unpacked", limits.max_unpacked);
  limits.max_ratio = std::max<std::uint64_t>(arguments.number("max-ratio", limits.max_ratio), 1);
  options_.text_field = arguments.value("text-field", options_.text_field);
  options_.id_field = arguments.value("id-field", options_.id_field);
}

ContainerOptions InputFormat::options_for(const std::string& path) const {
  ContainerOptions options = options_;
  options.kind = kind_.value_or(ContainerKind::none);
  const bool by_name = !kind_ || kind_ == ContainerKind::archive;  // "archive": whichever the name tells
  if (const ContainerKind named = container_kind(path); by_name && named != ContainerKind::none)
    options.kind = named;
  return options;
}

bool InputFormat::wants(std::string_view name) const {
  if (kind_ == ContainerKind::json_lines) return is_json_lines(name);
  const ContainerKind named = container_kind(name);
  if (kind_ == ContainerKind::warc) return named == ContainerKind::warc;
  const bool document = kind_ != ContainerKind::archive && is_text_like(name);
  return document || (kind_ != ContainerKind::none && named != ContainerKind::none);
}

std::optional<SourceDocument> DocumentSource::next() {
  for (;;) {
    if (container_) return next_member();
    auto input = inputs_();
    if (!input) return std::nullopt;
    members_ = 0;
    const ContainerOptions options = format_.options_for(input->path);
    if (input->fault || options.kind == ContainerKind::none) return SourceDocument{std::move(*input)};
    OpenInput open = open_input(*input);  // what is no file, or cannot be read, is so called here
    input->fault = std::move(open.fault);
    if (input->fault) return SourceDocument{std::move(*input)};
    input_ = std::move(*input);
    descriptor_ = open.descriptor;
    container_ = open_container({input_.path, open.descriptor, open.size}, options);
  }
}

std::optional<SourceDocument> DocumentSource::next_member() {
  for (;;) {
    auto document = container_->next();
    if (!document) return end_of_container();
    ++members_;
    if (members_ <= skip_) continue;
    SourceDocument source{{input_.path + "!" + document->name, std::move(document->fault)}};
    source.bytes = std::move(document->bytes);
    source.media_type = document->media_type;
    source.charset = std::move(document->charset);
    source.member = members_;
    return source;
  }
}

SourceDocument DocumentSource::end_of_container() {
  SourceDocument source{std::move(input_)};
  source.members = members_;
  source.input.fault = container_->fault();
  if (!source.input.fault && members_ == 0) {
    source.input.fault = Diagnostic{
        Severity::warning, "archive.no-document", "no document in this archive", std::nullopt, "", ""};
  }
  container_.reset();
  if (descriptor_ > STDIN_FILENO) ::close(descriptor_);
  skip_ = 0;
  return source;
}

}  // namespace yoran
