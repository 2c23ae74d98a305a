#include "app/batch/isolated_extractor.h"

#include <utility>

#include "app/batch/wire.h"

namespace yoran {
namespace {

void put_fault(std::string& out, const std::optional<Diagnostic>& fault) {
  put_number(out, fault ? 1 : 0);
  if (!fault) return;
  put_number(out, static_cast<std::uint64_t>(fault->severity));
  for (const std::string& text : {fault->code, fault->message, fault->hint}) put_text(out, text);
}

std::optional<Diagnostic> take_fault(WireReader& in) {
  if (in.number() == 0) return std::nullopt;
  Diagnostic fault;
  fault.severity = static_cast<Severity>(in.number());
  fault.code = in.text();
  fault.message = in.text();
  fault.hint = in.text();
  return fault;
}

// A number that may be missing.
template <class T>
void put_optional(std::string& out, const std::optional<T>& value) {
  put_number(out, value ? static_cast<std::uint64_t>(*value) + 1 : 0);
}

template <class T>
std::optional<T> take_optional(WireReader& in) {
  const std::uint64_t number = in.number();
  return number == 0 ? std::nullopt : std::optional(static_cast<T>(number - 1));
}

SourceDocument document_in(std::string_view request) {
  WireReader in(request);
  SourceDocument document;
  document.input.path = in.text();
  document.input.fault = take_fault(in);
  document.input.any_kind = in.number() != 0;
  if (in.number() != 0) document.bytes = in.text();
  document.media_type = take_optional<MediaType>(in);
  document.charset = in.text();
  document.member = in.number();
  document.members = take_optional<std::size_t>(in);
  return document;
}

}  // namespace

std::string IsolatedExtractor::request(const SourceDocument& document) const {
  std::string out;
  put_text(out, document.input.path);
  put_fault(out, document.input.fault);
  put_number(out, document.input.any_kind ? 1 : 0);
  put_number(out, document.bytes ? 1 : 0);
  if (document.bytes) put_text(out, *document.bytes);
  put_optional(out, document.media_type);
  put_text(out, document.charset);
  put_number(out, document.member);
  put_optional(out, document.members);
  return out;
}

std::string IsolatedExtractor::serve(std::string_view request) const {
  const Printed printed = extractor_.run(document_in(request));
  std::string out;
  put_number(out, printed.records.size());
  for (const std::string& record : printed.records) put_text(out, record);
  for (const std::string& text : {printed.text, printed.errors, printed.rejected_bytes}) put_text(out, text);
  put_number(out, static_cast<std::uint64_t>(printed.exit));
  const InputReport& report = printed.report;
  for (const std::string& text : {report.sha256, report.outcome, report.reason, report.message})
    put_text(out, text);
  for (const std::uint64_t number : {report.bytes, std::uint64_t{report.records}, report.milliseconds})
    put_number(out, number);
  return out;
}

Printed IsolatedExtractor::result(const SourceDocument& document, std::string_view answer) const {
  WireReader in(answer);
  Printed printed;
  printed.records.resize(in.number());
  for (std::string& record : printed.records) record = in.text();
  for (std::string* text : {&printed.text, &printed.errors, &printed.rejected_bytes}) *text = in.text();
  printed.exit = static_cast<int>(in.number());
  InputReport& report = printed.report;
  report.name = document.input.path;
  report.member = document.member;
  report.members = document.members;
  for (std::string* text : {&report.sha256, &report.outcome, &report.reason, &report.message})
    *text = in.text();
  report.bytes = in.number();
  report.records = in.number();
  report.milliseconds = in.number();
  return printed;
}

Printed IsolatedExtractor::failure(SourceDocument document, const Diagnostic& fault) const {
  return extractor_.reject(std::move(document), fault);
}

}  // namespace yoran
