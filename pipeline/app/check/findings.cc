#include "app/check/findings.h"

#include <algorithm>
#include <map>

#include "emit/display.h"
#include "source_digest.h"

namespace yoran {
namespace {

constexpr std::size_t kFrameBefore = 100;  // code points kept on either side of a place
constexpr std::size_t kFrameAfter = 200;
constexpr std::size_t kFingerprint = 32;  // hexadecimal digits

// Walks along one line for the units a LineIndex does not count. Places come mostly in order, so that a page
// on one line is walked once and not once for each finding.
class LineWalker {
 public:
  explicit LineWalker(const LineIndex& lines) : lines_(lines) {}

  Spot at(std::uint32_t offset) {
    const LineColumn place = lines_.at(offset);
    if (place.line != spot_.line || place.column < spot_.column || line_ == 0) {
      line_ = place.line;
      text_ = lines_.line_text(place.line);
      position_ = 0;
      spot_ = {place.line, 1, 1, 1, 0};
    }
    while (spot_.column < place.column && position_ < text_.size()) {
      const Glyph glyph = glyph_at(text_, position_);
      position_ += glyph.bytes.size();
      ++spot_.column;
      spot_.utf16 += glyph.code_point > 0xFFFF ? 2 : 1;
      spot_.utf8 += static_cast<std::uint32_t>(glyph.bytes.size());
    }
    Spot spot = spot_;
    spot.column = place.column;
    spot.offset = offset;
    return spot;
  }

  // Around the place that at() answered last.
  [[nodiscard]] Frame frame() const {
    Frame frame;
    std::size_t start = position_;
    for (std::size_t i = 0; i < kFrameBefore && start > 0; ++i) {
      --start;
      while (start > 0 && (static_cast<unsigned char>(text_[start]) & 0xC0U) == 0x80U) --start;
      ++frame.column;
    }
    std::size_t end = position_;
    for (std::size_t i = 0; i < kFrameAfter && end < text_.size(); ++i)
      end += glyph_at(text_, end).bytes.size();
    frame.text = well_formed(text_.substr(start, end - start));
    return frame;
  }

 private:
  const LineIndex& lines_;
  std::string_view text_;
  std::uint32_t line_ = 0;  // 0: none yet
  std::size_t position_ = 0;
  Spot spot_;
};

std::string trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(" \t") - first + 1));
}

class Resolver {
 public:
  Resolver(const Document& document, const std::string& path)
      : document_(document),
        path_(path),
        starts_(document.lines),
        ends_(document.lines),
        others_(document.lines) {}

  Finding resolve(const Diagnostic& diagnostic, Standing standing) {
    Finding finding;
    finding.path = path_;
    finding.severity = diagnostic.severity;
    finding.check = diagnostic.code;
    finding.message = well_formed(diagnostic.message);
    finding.hint = well_formed(diagnostic.hint);
    if (can_edit(diagnostic.edits)) finding.edits = diagnostic.edits;
    finding.standing = standing;
    if (diagnostic.at) {
      finding.at = stretch(*diagnostic.at, starts_);
      finding.frame = starts_.frame();
    }
    for (const RelatedPlace& related : diagnostic.related) {
      const Stretch at = stretch(related.at, others_);
      finding.related.push_back({at, others_.frame(), well_formed(related.note)});
    }
    finding.fingerprint = fingerprint(finding);
    return finding;
  }

 private:
  Stretch stretch(SourceSpan span, LineWalker& walker) {
    const Spot end = ends_.at(span.end);
    return {walker.at(span.start), end};
  }

  // Edits are text; in a charset other than UTF-8 only ASCII goes in as it is.
  [[nodiscard]] bool can_edit(const std::vector<Edit>& edits) const {
    const std::string& charset = document_.charset;
    if (charset == "UTF-8" || charset == "US-ASCII") return true;
    if (charset.starts_with("UTF-") || charset.starts_with("ISO-2022")) return false;
    return std::all_of(edits.begin(), edits.end(), [](const Edit& edit) {
      return std::all_of(edit.text.begin(), edit.text.end(),
                         [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    });
  }

  // Of what was found and the line it stands in, not of where the line is; equal ones are counted.
  std::string fingerprint(const Finding& finding) {
    std::string key = finding.path + '\n' + finding.check + '\n';
    if (finding.at) {
      key += trimmed(finding.frame.text) + '\n';
      key += slice(document_.source, SourceSpan{finding.at->start.offset, finding.at->end.offset});
    } else {
      key += finding.message;
    }
    key += '\n' + std::to_string(seen_[key]++);
    return sha256_hex(key).substr(0, kFingerprint);
  }

  const Document& document_;
  const std::string& path_;
  LineWalker starts_;
  LineWalker ends_;
  LineWalker others_;
  std::map<std::string, std::size_t> seen_;
};

}  // namespace

Findings findings_of(const Extraction& extraction, const std::string& path) {
  Findings findings;
  if (extraction.document == nullptr) return findings;
  Resolver resolver(*extraction.document, path);
  for (const Diagnostic& diagnostic : extraction.findings)
    findings.push_back(resolver.resolve(diagnostic, Standing::open));
  for (const Diagnostic& diagnostic : extraction.ignored)
    findings.push_back(resolver.resolve(diagnostic, Standing::ignored));
  std::stable_sort(findings.begin(), findings.end(), [](const Finding& a, const Finding& b) {
    const auto offset = [](const Finding& finding) { return finding.at ? finding.at->start.offset : 0; };
    return offset(a) < offset(b);
  });
  return findings;
}

}  // namespace yoran
