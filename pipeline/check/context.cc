#include "check/context.h"

#include <algorithm>

#include "types/date.h"

namespace yoran {
namespace {

bool is_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_ascii_digit);
}

int two_digits(std::string_view text) { return (text[0] - '0') * 10 + (text[1] - '0'); }

DayRange days_of_months(std::int32_t year, int first, int last) {
  return {days_from_civil(year, first, 1), days_from_civil(year, last, days_in_month(year, last))};
}

// The part of a year that a month's number of EDTF names, as its first and last month.
std::optional<std::pair<int, int>> months_of(int code) {
  if (code >= 1 && code <= 12) return std::pair(code, code);
  if (code >= 33 && code <= 36) return std::pair((code - 33) * 3 + 1, (code - 33) * 3 + 3);
  if (code == 40 || code == 41) return std::pair((code - 40) * 6 + 1, (code - 40) * 6 + 6);
  if (code >= 21 && code <= 24) return std::pair(1, 12);  // a season: somewhere in the year
  return std::nullopt;
}

std::optional<DayRange> days_of_point(std::string_view edtf) {
  while (!edtf.empty() && std::string_view("~?%").find(edtf.back()) != std::string_view::npos)
    edtf.remove_suffix(1);
  if (edtf.size() < 4) return std::nullopt;
  const std::string_view year_text = edtf.substr(0, 4);
  if (is_digits(year_text.substr(0, 2)) && year_text[3] == 'X') {
    const std::int32_t century = two_digits(year_text) * 100;
    const bool decade = is_ascii_digit(year_text[2]);
    const std::int32_t first = decade ? century + (year_text[2] - '0') * 10 : century;
    return DayRange{days_from_civil(first, 1, 1), days_from_civil(first + (decade ? 9 : 99), 12, 31)};
  }
  if (!is_digits(year_text)) return std::nullopt;
  const std::int32_t year = two_digits(year_text) * 100 + two_digits(year_text.substr(2));
  if (edtf.size() == 4) return days_of_months(year, 1, 12);
  if (edtf.size() < 7 || !is_digits(edtf.substr(5, 2))) return std::nullopt;
  const auto months = months_of(two_digits(edtf.substr(5)));
  if (!months) return std::nullopt;
  if (edtf.size() == 7) return days_of_months(year, months->first, months->second);
  if (edtf.size() != 10 || !is_digits(edtf.substr(8))) return std::nullopt;
  const std::int64_t day = days_from_civil(year, months->first, two_digits(edtf.substr(8)));
  return DayRange{day, day};
}

}  // namespace

void CheckContext::report(const CheckRule& rule, std::optional<SourceSpan> at, std::string message,
                          std::vector<RelatedPlace> related, std::vector<Edit> edits) {
  Diagnostic diagnostic;
  diagnostic.message = std::move(message);
  diagnostic.at = at;
  diagnostic.related = std::move(related);
  diagnostic.edits = std::move(edits);
  report(rule, std::move(diagnostic));
}

void CheckContext::report(const CheckRule& rule, Diagnostic diagnostic) {
  if (counts_.empty() || counts_.back().first != &rule) counts_.emplace_back(&rule, 0);
  diagnostic.severity = rule.severity;
  diagnostic.code = rule.id;
  // Two readings of one place, such as a shared telephone and fax number, have one fault.
  if (!findings_.empty() && findings_.back() == diagnostic) return;
  if (++counts_.back().second > kMostFindings) return;
  if (diagnostic.at) reported_.emplace(rule.kind, diagnostic.at->start);
  findings_.push_back(std::move(diagnostic));
}

bool CheckContext::has_reported(CheckKind kind, SourceSpan at) const {
  return reported_.contains({kind, at.start});
}

Diagnostics CheckContext::take() {
  std::stable_sort(findings_.begin(), findings_.end(), [](const Diagnostic& a, const Diagnostic& b) {
    return a.at.value_or(SourceSpan{}).start < b.at.value_or(SourceSpan{}).start;
  });
  for (const auto& [rule, count] : counts_) {
    if (count <= kMostFindings) continue;
    findings_.push_back({rule->severity,
                         rule->id,
                         std::to_string(count - kMostFindings) + " more: " + rule->title,
                         {},
                         "",
                         ""});
  }
  counts_.clear();
  return std::exchange(findings_, {});
}

std::string CheckContext::shown(TextSpan span) const {
  return std::string(slice(input.document.text, input.text.decoded(span)));
}

std::string CheckContext::place(SourceSpan span) const {
  const LineColumn at = input.document.lines.at(span.start);
  return std::to_string(at.line) + ":" + std::to_string(at.column);
}

std::span<const Reading> CheckContext::readings_in(TextSpan span) const {
  const auto before = [](const Reading& reading, std::uint32_t position) {
    return reading.span.start < position;
  };
  const auto all = input.readings;
  const auto first = std::lower_bound(all.begin(), all.end(), span.start, before);
  const auto last = std::lower_bound(first, all.end(), span.end, before);
  return {first, last};
}

std::optional<DayRange> days_of(std::string_view edtf) {
  const std::size_t slash = edtf.find('/');
  if (slash == std::string_view::npos) return days_of_point(edtf);
  const auto first = days_of_point(edtf.substr(0, slash));
  const auto last = days_of_point(edtf.substr(slash + 1));
  if (!first || !last) return std::nullopt;
  return DayRange{first->first, last->last};
}

std::string_view bare(std::string_view folded) {
  constexpr std::string_view kMarks = " \t\n:*-|";
  const std::size_t first = folded.find_first_not_of(kMarks);
  if (first == std::string_view::npos) return {};
  return folded.substr(first, folded.find_last_not_of(kMarks) - first + 1);
}

bool same_word(std::string_view a, std::string_view b) {
  std::size_t i = 0;
  for (const char c : a) {
    if (c == ' ') continue;
    while (i < b.size() && b[i] == ' ') ++i;
    if (i == b.size() || ascii_lower(b[i++]) != ascii_lower(c)) return false;
  }
  while (i < b.size() && b[i] == ' ') ++i;
  return i == b.size() && !a.empty();
}

std::uint32_t word_in(std::string_view text, const std::vector<std::string>& words) {
  for (std::uint32_t i = 0; i < words.size(); ++i) {
    for (std::string_view rest = words[i]; !rest.empty();) {
      const std::size_t end = std::min(rest.find('|'), rest.size());
      if (same_word(text, rest.substr(0, end))) return i;
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  return kNone;
}

}  // namespace yoran
