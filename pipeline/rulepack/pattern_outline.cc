#include "rulepack/pattern_outline.h"

#include "types/ascii.h"
#include "types/utf8.h"

namespace yoran {
namespace {

constexpr std::uint32_t kLongestCharacter = 4;  // bytes
constexpr PatternOutline kNothing{0, false};
constexpr PatternOutline kAnyCharacter{kLongestCharacter, false};

std::uint32_t sum(std::uint32_t a, std::uint32_t b) {
  return a > PatternOutline::kEndless - b ? PatternOutline::kEndless : a + b;
}

std::uint32_t product(std::uint32_t a, std::uint32_t b) {
  return b != 0 && a > PatternOutline::kEndless / b ? PatternOutline::kEndless : a * b;
}

// Without case two letters of ASCII have forms that others share: the sign of Kelvin, the long s.
std::uint32_t longest_form(char c) {
  if (static_cast<unsigned char>(c) >= 0x80) return kLongestCharacter;
  const char letter = ascii_lower(c);
  return letter == 'k' ? 3 : letter == 's' ? 2 : 1;
}

class Outliner {
 public:
  explicit Outliner(std::string_view pattern) : pattern_(pattern) {}

  PatternOutline run() {
    const PatternOutline whole = alternatives();
    return known_ && ends() ? whole : PatternOutline();
  }

 private:
  [[nodiscard]] bool ends() const { return next_ >= pattern_.size(); }
  [[nodiscard]] bool is_next(std::string_view text) const { return pattern_.substr(next_).starts_with(text); }
  bool take(std::string_view text) {
    if (!is_next(text)) return false;
    next_ += text.size();
    return true;
  }

  PatternOutline alternatives() {
    PatternOutline any = sequence();
    while (take("|")) {
      const PatternOutline other = sequence();
      any = {std::max(any.longest, other.longest), any.needs_cjk && other.needs_cjk};
    }
    return any;
  }

  PatternOutline sequence() {
    PatternOutline all = kNothing;
    while (!ends() && !is_next("|") && !is_next(")")) {
      const PatternOutline part = repeated();
      all = {sum(all.longest, part.longest), all.needs_cjk || part.needs_cjk};
    }
    return all;
  }

  PatternOutline repeated() {
    PatternOutline part = atom();
    for (;;) {
      if (take("?")) {
        part.needs_cjk = false;
      } else if (take("*")) {
        part = {};
      } else if (take("+")) {
        part.longest = PatternOutline::kEndless;
      } else if (is_next("{") && next_ + 1 < pattern_.size() && is_ascii_digit(pattern_[next_ + 1])) {
        part = counted(part);
      } else {
        return part;
      }
    }
  }

  // {n}, {n,} and {n,m}
  PatternOutline counted(PatternOutline part) {
    ++next_;
    const std::uint32_t least = number();
    std::uint32_t most = least;
    if (take(",")) most = is_next("}") ? PatternOutline::kEndless : number();
    known_ = take("}") && known_;
    return {product(part.longest, most), part.needs_cjk && least > 0};
  }

  std::uint32_t number() {
    constexpr std::uint32_t kMost = 1000;  // RE2 takes no more
    std::uint32_t value = 0;
    while (!ends() && is_ascii_digit(pattern_[next_]))
      value = std::min(value * 10 + static_cast<std::uint32_t>(pattern_[next_++] - '0'), kMost);
    return value;
  }

  PatternOutline atom() {
    const char c = pattern_[next_];
    if (c == '(') return group();
    if (c == '[') return set();
    if (c == '\\') return escape();
    if (take("^") || take("$")) return kNothing;
    if (take(".")) return kAnyCharacter;
    next_ += size_at(pattern_, next_);
    return {longest_form(c), is_cjk_lead(c)};
  }

  // Named, numbered, or with flags, which may stand alone.
  PatternOutline group() {
    ++next_;
    if (take("?")) {
      const std::size_t head = pattern_.find_first_of(":>)", next_);
      if (head == std::string_view::npos) return unknown();
      const bool alone = pattern_[head] == ')';
      next_ = head + 1;
      if (alone) return kNothing;
    }
    const PatternOutline inside = alternatives();
    return take(")") ? inside : unknown();
  }

  PatternOutline set() {
    ++next_;
    bool cjk = !take("^");
    for (bool first = true; !ends() && (first || !is_next("]")); first = false) {
      const char c = pattern_[next_];
      cjk = cjk && is_cjk_lead(c);
      if (c == '[' || (c == '\\' && next_ + 1 < pattern_.size() && is_ascii_letter(pattern_[next_ + 1])))
        return unknown();  // classes by name
      next_ += c == '\\' ? 2 : size_at(pattern_, next_);
    }
    return take("]") ? PatternOutline{kLongestCharacter, cjk} : unknown();
  }

  PatternOutline escape() {
    ++next_;
    if (ends()) return unknown();
    const char c = pattern_[next_++];
    if (c == 'b' || c == 'B') return kNothing;
    if (c == 'd' || c == 's' || !is_ascii_alnum(c)) return kAnyCharacter;
    return unknown();
  }

  PatternOutline unknown() {
    known_ = false;
    next_ = pattern_.size();
    return {};
  }

  std::string_view pattern_;
  std::size_t next_ = 0;
  bool known_ = true;
};

}  // namespace

PatternOutline outline_of(std::string_view pattern) { return Outliner(pattern).run(); }

}  // namespace yoran
