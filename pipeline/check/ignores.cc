// Comments that suppress findings:
//
//   <!-- yoran-ignore figure.unit-assumed, text.mixed-digits -->
//   # yoran-ignore figure.unit-assumed          in plain text, at the start of a line; also with //
//   <!-- yoran-ignore-file figure.as-of-missing -->
//
// A comment counts for its own line; alone on its line, for the next one that is not empty too. They are
// looked for in the source decoded as a whole, where markup comments are.
#include <algorithm>
#include <map>

#include "check/context.h"

namespace yoran {
namespace {

constexpr std::string_view kMark = "yoran-ignore";
constexpr std::string_view kWholeFile = "-file";
constexpr std::size_t kMostComments = 10'000;

struct Ignore {
  std::string id;
  SourceSpan at;
  std::uint32_t first_line = 0;  // 0: the whole file
  std::uint32_t last_line = 0;
  bool used = false;
};

bool is_blank(char c) { return c == ' ' || c == '\t'; }
bool ends_line(char c) { return c == '\n' || c == '\r'; }
bool in_id(char c) { return is_ascii_alnum(c) || c == '.' || c == '-' || c == '_'; }

class IgnoreReader {
 public:
  explicit IgnoreReader(const Document& document) : document_(document), source_(document.lines.text()) {}

  std::vector<Ignore> read() {
    std::size_t comments = 0;
    for (std::size_t at = source_.find(kMark); at != std::string_view::npos && comments < kMostComments;
         at = source_.find(kMark, at + kMark.size())) {
      const std::size_t open = comment_before(at);
      if (open == std::string_view::npos) continue;
      ++comments;
      read_comment(open, at + kMark.size());
    }
    return std::move(ignores_);
  }

 private:
  // Where the comment opens whose first word is at `at`.
  [[nodiscard]] std::size_t comment_before(std::size_t at) const {
    std::size_t end = at;
    while (end > 0 && is_blank(source_[end - 1])) --end;
    const std::string_view before = source_.substr(0, end);
    for (const std::string_view opener : {"<!--", "//", "#"}) {
      if (!before.ends_with(opener)) continue;
      const std::size_t open = end - opener.size();
      const bool markup = opener == "<!--";
      if (markup || (document_.media_type == MediaType::plain && begins_line(open))) return open;
    }
    return std::string_view::npos;
  }

  [[nodiscard]] bool begins_line(std::size_t at) const {
    while (at > 0 && is_blank(source_[at - 1])) --at;
    return at == 0 || ends_line(source_[at - 1]);
  }

  void read_comment(std::size_t open, std::size_t at) {
    const bool whole_file = source_.substr(at).starts_with(kWholeFile);
    if (whole_file) at += kWholeFile.size();
    const std::size_t line_end = std::min(source_.find_first_of("\r\n", at), source_.size());
    const std::size_t closed = std::min(source_.substr(0, line_end).find("-->", at), line_end);
    const std::size_t behind = std::min(closed + 3, line_end);
    Ignore ignore;
    if (!whole_file) {
      ignore.first_line = line_of(open);
      ignore.last_line = ignore.first_line;
      if (begins_line(open) && is_empty(behind, line_end))
        ignore.last_line = next_line(line_end, ignore.first_line);
    }
    while (at < closed) {
      while (at < closed && !in_id(source_[at])) ++at;
      const std::size_t start = at;
      while (at < closed && in_id(source_[at])) ++at;
      if (at == start) break;
      // "--" before ">" belongs to the end of the comment.
      ignore.id = std::string(source_.substr(start, at - start));
      ignore.at = source_of(start, at);
      ignores_.push_back(ignore);
    }
  }

  [[nodiscard]] bool is_empty(std::size_t from, std::size_t to) const {
    return std::all_of(source_.begin() + static_cast<std::ptrdiff_t>(from),
                       source_.begin() + static_cast<std::ptrdiff_t>(to), is_blank);
  }

  // The next line with something on it.
  [[nodiscard]] std::uint32_t next_line(std::size_t line_end, std::uint32_t line) const {
    const std::size_t next = source_.find_first_not_of(" \t\r\n", line_end);
    if (next == std::string_view::npos) return line;
    return line_of(next);
  }

  [[nodiscard]] SourceSpan source_of(std::size_t start, std::size_t end) const {
    return document_.lines.source_of({static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(end)});
  }

  [[nodiscard]] std::uint32_t line_of(std::size_t at) const {
    return document_.lines.at(source_of(at, at).start).line;
  }

  const Document& document_;
  std::string_view source_;
  std::vector<Ignore> ignores_;
};

bool covers(const Ignore& ignore, std::uint32_t line) {
  return ignore.first_line == 0 || (line >= ignore.first_line && line <= ignore.last_line);
}

const CheckRule* rule_of(CheckKind kind, const RulePack& rules) {
  const auto found = std::find_if(rules.checks.begin(), rules.checks.end(),
                                  [kind](const CheckRule& rule) { return rule.kind == kind; });
  return found == rules.checks.end() ? nullptr : &*found;
}

void report_ignores(const std::vector<Ignore>& ignores, CheckContext& context) {
  const RulePack& rules = context.input.rules;
  std::vector<std::string> known;
  for (const CheckRule& rule : rules.checks) known.push_back(rule.id);
  for (const Ignore& ignore : ignores) {
    const bool exists = rules.check(ignore.id) != nullptr;
    const CheckRule* rule = rule_of(exists ? CheckKind::unused_ignore : CheckKind::unknown_ignore, rules);
    if (ignore.used || rule == nullptr) continue;
    Diagnostic said;
    said.at = ignore.at;
    said.message = exists ? ignore.id + " finds nothing here" : "no check has the id '" + ignore.id + "'";
    if (!exists) said.hint = suggestion(ignore.id, known);
    context.report(*rule, std::move(said));
  }
}

}  // namespace

CheckResult apply_ignores(CheckContext& context) {
  std::vector<Ignore> ignores = IgnoreReader(context.input.document).read();
  Diagnostics all = context.take();
  if (ignores.empty()) return {std::move(all), {}};
  std::multimap<std::string, Ignore*> by_id;
  for (Ignore& ignore : ignores) by_id.emplace(ignore.id, &ignore);
  CheckResult result;
  for (Diagnostic& finding : all) {
    const std::uint32_t line = finding.at ? context.input.document.lines.at(finding.at->start).line : 0;
    bool ignored = false;
    const auto [first, last] = by_id.equal_range(finding.code);
    for (auto next = first; next != last; ++next) {
      if (!covers(*next->second, line)) continue;
      next->second->used = true;
      ignored = true;
    }
    (ignored ? result.ignored : result.findings).push_back(std::move(finding));
  }
  report_ignores(ignores, context);
  for (Diagnostic& finding : context.take()) result.findings.push_back(std::move(finding));
  return result;
}

}  // namespace yoran
