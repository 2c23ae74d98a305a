// The fast recogniser misses nothing: a naive engine tries every pattern at every place of every line,
// without triggers, look-ahead filters and steps back, and each of its matches must lie inside a mention of
// the same kind that the fast one has found.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "../golden/samples.h"
#include "normalize.h"
#include "read/read.h"
#include "recognize.h"
#include "segment.h"

namespace yoran {
namespace {

constexpr std::uint32_t kWindow = 400;  // bytes a pattern may look at, as in recognize.cc

struct Recognised {
  Document document;
  Text text;
  Segments segments;
};

Recognised prepare(const std::string& bytes, const std::string& name) {
  ReadResult input = read(bytes, {64U << 20U, std::nullopt, "", name});
  if (!input.document) throw std::runtime_error(name + " is rejected");
  Recognised made{std::move(*input.document), {}, {}};
  made.text = normalize(made.document, default_rules().folds);
  made.segments = segment(made.document, made.text, default_rules().layout);
  return made;
}

// Neither inside a character nor inside a run of digits or a word of ASCII letters.
bool may_begin(std::string_view text, std::uint32_t at, std::uint32_t line_start) {
  if ((static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) return false;
  if (at == line_start) return true;
  return !(is_ascii_digit(text[at]) && is_ascii_digit(text[at - 1])) &&
         !(is_ascii_letter(text[at]) && is_ascii_letter(text[at - 1]));
}

// A word counts only whole: no letter touches a letter at its ends, no digit a digit.
bool begins(std::string_view text, const std::string& literal) {
  return text.size() >= literal.size() &&
         std::equal(literal.begin(), literal.end(), text.begin(),
                    [](char a, char b) { return ascii_lower(a) == ascii_lower(b); }) &&
         (text.size() == literal.size() || !joins(literal.back(), text[literal.size()]));
}

bool any_begins(std::string_view text, const std::vector<std::string>& literals) {
  return std::any_of(literals.begin(), literals.end(),
                     [&](const std::string& literal) { return begins(text, literal); });
}

bool digits_fit(const EntityPattern& pattern, std::string_view rest) {
  const std::size_t size = std::min(rest.find_first_not_of("0123456789"), rest.size());
  if (size == 0) return false;
  if (pattern.digits != 0 && (size > 31 || (pattern.digits >> size & 1U) == 0)) return false;
  return pattern.next.empty() || any_begins(rest.substr(size), pattern.next);
}

// What a rule says of its place beside its pattern, compared literal by literal: the words or digits it
// starts from, and that it begins as far to the left of them as its characters reach.
bool is_place_of(const EntityPattern& pattern, std::string_view text, std::uint32_t at, TextSpan line) {
  const auto reaches = [&](std::uint32_t i) { return pattern.back[static_cast<unsigned char>(text[i])]; };
  if (pattern.walks_back && at > line.start && reaches(at - 1)) return false;
  for (std::uint32_t i = at; i < line.end; ++i) {
    const std::string_view rest = text.substr(i, line.end - i);
    const bool inside = i > line.start && joins(text[i - 1], text[i]);
    if (!inside && (pattern.starts_with_digit ? digits_fit(pattern, rest) : any_begins(rest, pattern.starts)))
      return true;
    if (!pattern.walks_back || i - at > 64 || !reaches(i)) return false;
  }
  return false;
}

std::size_t longest_form(const EntityPattern& pattern, std::string_view window) {
  std::size_t longest = 0;
  for (const EntityForm& form : pattern.forms) {
    re2::StringPiece whole;
    const re2::StringPiece text(window.data(), window.size());
    if (form.re->Match(text, 0, text.size(), RE2::ANCHOR_START, &whole, 1))
      longest = std::max(longest, whole.size());
  }
  return longest;
}

// Bytes of the match, if there is one. Without an RE2 it is the longest literal or the run of digits.
std::size_t match_size(const EntityPattern& pattern, std::string_view window) {
  if (!pattern.forms.empty() && pattern.capture_of_trigger < 0) return longest_form(pattern, window);
  const auto with_forms = [&](std::size_t trigger) {
    if (pattern.forms.empty()) return trigger;
    const std::size_t rest = longest_form(pattern, window.substr(trigger));
    return rest == 0 ? 0 : trigger + rest;
  };
  if (pattern.starts_with_digit)
    return with_forms(std::min(window.find_first_not_of("0123456789"), window.size()));
  std::size_t longest = 0;
  for (const std::string& literal : pattern.starts) {
    if (begins(window, literal)) longest = std::max(longest, with_forms(literal.size()));
  }
  return longest;
}

std::vector<Mention> naive_mentions(const Recognised& made, const RulePack& rules) {
  const std::string_view text = made.text.folded;
  std::vector<Mention> found;
  for (const Line& line : made.segments.lines) {
    for (std::uint32_t at = line.span.start; at < line.span.end; ++at) {
      if (!may_begin(text, at, line.span.start)) continue;
      std::uint32_t end = std::min(line.span.end, at + kWindow);
      while (end < line.span.end && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
      const std::string_view window = text.substr(at, end - at);
      for (std::uint32_t i = 0; i < rules.entity_patterns.size(); ++i) {
        const EntityPattern& pattern = rules.entity_patterns[i];
        if (!is_place_of(pattern, text, at, line.span)) continue;
        const std::size_t size = match_size(pattern, window);
        if (size == 0) continue;
        Mention mention;
        mention.kind = pattern.kind;
        mention.pattern = i;
        mention.span = {at, at + static_cast<std::uint32_t>(size)};
        if (pattern.guards.allow(text, mention.span)) found.push_back(mention);
      }
    }
  }
  return found;
}

// Naive matches that no mention of the kind covers, as "pattern: text".
std::vector<std::string> missed(const Recognised& made, const RulePack& fast) {
  const std::vector<Mention> mentions = recognize(made.text, made.segments, fast).mentions;
  std::vector<std::string> result;
  for (const Mention& naive : naive_mentions(made, default_rules())) {
    const auto covers = [&](const Mention& mention) {
      return mention.kind == naive.kind && mention.span.contains(naive.span);
    };
    if (std::none_of(mentions.begin(), mentions.end(), covers)) {
      result.push_back(default_rules().entity_patterns[naive.pattern].id + ": " +
                       std::string(made.text.at(naive.span)));
    }
  }
  return result;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

// Lines of a text moved about, and pieces of lines lost.
std::string mutated(const std::string& text, unsigned seed) {
  std::mt19937 random(seed);
  std::vector<std::string> lines;
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    lines.push_back(text.substr(start, end - start));
    start = end + 1;
  }
  for (std::string& line : lines) {
    if (line.empty() || random() % 4 != 0) continue;
    std::size_t cut = random() % line.size();
    while (cut > 0 && (static_cast<unsigned char>(line[cut]) & 0xC0U) == 0x80U) --cut;
    line = line.substr(cut) + (random() % 2 == 0 ? " " : "") + line.substr(0, cut);
  }
  std::shuffle(lines.begin(), lines.end(), random);
  return joined(lines);
}

class Naive : public testing::TestWithParam<std::string> {};

TEST_P(Naive, FindsNothingMore) {
  const std::string bytes = read_file(GetParam());
  EXPECT_EQ(joined(missed(prepare(bytes, GetParam()), default_rules())), "");
}

TEST_P(Naive, FindsNothingMoreInMutations) {
  const std::string decoded = prepare(read_file(GetParam()), GetParam()).document.text;
  for (unsigned seed = 1; seed <= 3; ++seed) {
    EXPECT_EQ(joined(missed(prepare(mutated(decoded, seed), "x.txt"), default_rules())), "") << seed;
  }
}

INSTANTIATE_TEST_SUITE_P(Samples, Naive, testing::ValuesIn(sample_documents()),
                         [](const auto& sample) { return test_name(sample.param); });

// The comparison can fail: without one of its triggers the fast recogniser does miss something.
TEST(NaiveComparison, SeesALostTrigger) {
  constexpr std::string_view kTrigger = "starts = \"digit\"";
  std::vector<RuleFile> files;
  for (const RuleFile& file : default_rule_files()) {
    std::string rules(file.text);
    for (std::size_t at = rules.find(kTrigger); at != std::string::npos; at = rules.find(kTrigger))
      rules.replace(at, kTrigger.size(), "starts = \"no such word\"");
    files.emplace_back(file.path, std::move(rules));
  }
  const LoadedRules crippled = load_rules(files);
  ASSERT_NE(crippled.pack, nullptr);
  std::size_t count = 0;
  for (const std::string& document : sample_documents())
    count += missed(prepare(read_file(document), document), *crippled.pack).size();
  EXPECT_GT(count, 0U);
}

}  // namespace
}  // namespace yoran
