#include "link/name_text.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>

#include "link/gap.h"

namespace yoran {
namespace {

constexpr std::uint32_t kLongestText = 300;  // bytes

UScriptCode script_of(char32_t c) {
  UErrorCode status = U_ZERO_ERROR;
  return uscript_getScript(static_cast<UChar32>(c), &status);
}

// The characters of the document, not the folded ones; blanks of any width are one blank.
std::string as_printed(const LinkContext& context, TextSpan span) {
  const std::string_view source = slice(context.document.text, context.text.decoded(span));
  std::string name;
  for (std::uint32_t i = 0; i < source.size(); i += size_at(source, i)) {
    const char32_t c = code_point_at(source, i);
    if (u_isUWhiteSpace(static_cast<UChar32>(c)) == 0) {
      name.append(source, i, size_at(source, i));
    } else if (!name.empty() && name.back() != ' ') {
      name += ' ';
    }
  }
  return name;
}

}  // namespace

bool is_kanji(char32_t c) { return script_of(c) == USCRIPT_HAN; }
bool is_katakana(char32_t c) {
  return script_of(c) == USCRIPT_KATAKANA || c == 0x30FC || c == 0x30FB || c == 0xFF1D || c == '=';
}
bool is_cjk(char32_t c) { return is_kanji(c) || is_katakana(c) || is_hiragana(c); }
bool is_upper(char32_t c) { return u_isupper(static_cast<UChar32>(c)) != 0; }
bool is_latin_word(char32_t c) {
  return script_of(c) == USCRIPT_LATIN || c == '\'' || c == '-' || c == '.' || c == 0x2019;
}

TextSpan trimmed(std::string_view text, TextSpan span) {
  while (span.start < span.end && text[span.start] == ' ') ++span.start;
  while (span.end > span.start && text[span.end - 1] == ' ') --span.end;
  return span;
}

Candidate name_candidate(const LinkContext& context, std::uint32_t field, TextSpan span, std::string kind,
                         Layout layout) {
  Candidate candidate;
  candidate.field = field;
  candidate.span = span;
  candidate.line = context.line_at(span.start);
  candidate.layout = layout;
  candidate.value = Name{as_printed(context, span), std::move(kind), {}, {}};
  return candidate;
}

TextSpan labelled_text(const LinkContext& context, const WordMention& label) {
  const std::string_view text = context.folded();
  const Line& line = context.line(label.line);
  const GridCell* cell = context.cell_of(label.line, label.span.start);
  const std::uint32_t end = cell == nullptr ? line.span.end : std::min(line.span.end, cell->span.end);
  std::uint32_t at = skip_gap(text, label.span.end, end);
  if (at < end) {
    const std::uint32_t separator = linking_word(context, at, LinkRules::separator);
    return separator == 0 && at == label.span.end ? TextSpan{} : trimmed(text, {at + separator, end});
  }
  if (cell != nullptr) {
    const GridCell* next = context.cell_at(cell->table, cell->row, cell->column + cell->column_span);
    return next == nullptr ? TextSpan{} : next->span;
  }
  const std::uint32_t below = label.line + 1;
  const bool definition = line.kind == BlockKind::term && below < context.segments.lines.size() &&
                          context.line(below).kind == BlockKind::definition;
  return definition ? context.line(below).span : TextSpan{};
}

std::optional<Candidate> link_text(const LinkContext& context, const WordMention& label) {
  const TextSpan span = labelled_text(context, label);
  if (span.empty() || span.size() > kLongestText) return std::nullopt;
  const bool alone = context.cell_of(label.line, label.span.start) != nullptr ||
                     context.line(label.line).kind == BlockKind::term;
  Candidate candidate = name_candidate(context, context.rules.labels[label.entry].field, span, {},
                                       alone ? Layout::row : Layout::same_line);
  candidate.label = label.span;
  return candidate;
}

}  // namespace yoran
