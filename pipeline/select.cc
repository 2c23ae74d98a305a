#include "select.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "types/evidence.h"
#include "types/utf8.h"

namespace yoran {
namespace {

// What a candidate's place is worth. Steps are a dozen apart: a layout outweighs what stands beside the
// value, a place in a footer outweighs the layout.
constexpr std::int32_t kLayoutScore[kLayouts] = {58, 52, 52, 60, 54, 60, 50, 46, 48, 0};
constexpr std::int32_t kUnitScore = 8;
constexpr std::string_view kMunicipal = "municipal";  // of a date: the day of a merger, of a new status
constexpr std::int32_t kStatusScore = 5;              // the day is that of the status which the subject has
constexpr std::int32_t kAsOfScore = 4;
// A figure older than that, seen from the last date of its page, is history. Pages are of this century.
constexpr std::int32_t kFreshYears = 25;
constexpr std::int32_t kThisCentury = 2000;
constexpr std::int32_t kTotalScore = 4;
constexpr std::int32_t kWeakLabelPenalty = 30;  // more than being newer is worth
constexpr std::int32_t kFurniturePenalty = 24;  // header, footer, navigation, aside
constexpr std::int32_t kAgreementScore = 3;     // another place names the same body
constexpr char32_t kFirstIdeograph = 0x3400;
constexpr std::int32_t kNewerWithin = 16;  // a newer figure wins over one better placed by at most this
constexpr double kStrayRatio = 1.5;  // two undated statements of prose this far apart are not about one thing
constexpr std::int32_t kNearYears = 15;  // within so many years no body grows by this factor
constexpr double kNearGrowth = 8;
constexpr double kSameFigure = 0.005;  // two figures this near are one
// Claims are compared with one another: so many of a field, and no page is worth more.
constexpr std::size_t kMostClaims = 100;
constexpr std::size_t kMostSubjects = 100;

std::string value_text(const Candidate& candidate) {
  if (const auto* date = std::get_if<Date>(&candidate.value)) return to_edtf(*date);
  if (const auto* name = std::get_if<Name>(&candidate.value)) return name->value;
  if (const auto* phone = std::get_if<Phone>(&candidate.value))
    return phone->e164.empty() ? phone->stated : phone->e164;
  if (const auto* url = std::get_if<Url>(&candidate.value)) return url->value;
  if (const auto* email = std::get_if<Email>(&candidate.value)) return email->value;
  if (const auto* address = address_in(candidate.value)) return address->full_address;
  const auto amount = static_cast<std::int64_t>(candidate.amount);
  return static_cast<double>(amount) == candidate.amount ? std::to_string(amount)
                                                         : std::to_string(candidate.amount);
}

std::string as_of_text(const Candidate& candidate) {
  return candidate.as_of ? to_edtf(candidate.as_of->date) : std::string();
}

bool is_figure(const FieldRules& field) {
  return field.type == FieldType::count || field.type == FieldType::number ||
         field.type == FieldType::quantity;
}

bool near(double a, double b) { return std::abs(a - b) <= kSameFigure * std::max(std::abs(a), std::abs(b)); }

bool same_value(const Candidate& a, const Candidate& b) {
  if (a.value.index() != b.value.index() && (a.amount == 0 || b.amount == 0)) return false;
  if (a.amount != 0 || b.amount != 0) return near(a.amount, b.amount);
  return value_text(a) == value_text(b);
}

bool holds(std::string_view whole, std::string_view part) {
  return std::search(whole.begin(), whole.end(), part.begin(), part.end(),
                     [](char a, char b) { return ascii_lower(a) == ascii_lower(b); }) != whole.end();
}

// One name says the other: "Leeds" and "City of Leeds".
bool same_body(std::string_view a, std::string_view b) {
  return !a.empty() && !b.empty() && (holds(a, b) || holds(b, a));
}

// What a value says that is not printed.
std::vector<std::string> assumed_of(const Value& value) {
  std::vector<std::string> assumed;
  const auto add = [&](bool is, const char* name) {
    if (is) assumed.emplace_back(name);
  };
  if (const auto* date = std::get_if<Date>(&value)) {
    add(date->assumed_year, "year");
    add(date->relative, "reference_date");
  }
  if (const auto* url = std::get_if<Url>(&value)) add(url->assumed_scheme, "scheme");
  if (const auto* phone = std::get_if<Phone>(&value)) {
    add(phone->assumed_region, "country");
    add(phone->assumed_area_code, "area_code");
  }
  if (const auto* address = address_in(value)) assumed = address->assumed;
  return assumed;
}

// One name is the other without the words that say its kind before it: "Leeds", "City of Leeds".
bool is_core(const NameRules& names, std::string_view core, std::string_view whole) {
  if (core.size() >= whole.size() || !whole.ends_with(core)) return false;
  std::string_view before = whole.substr(0, whole.size() - core.size());
  if (before.back() != ' ') return false;
  before.remove_suffix(1);
  const auto is_word = [&](NameRules::Category category) {
    const auto word = names.words.longest(before, 0, category);
    return word && word->size == before.size();
  };
  return is_word(NameRules::prefix) || is_word(NameRules::determiner);
}

class PartSelector {
 public:
  PartSelector(const SelectInput& input, std::span<Candidate> candidates, Trace* trace)
      : input_(input), candidates_(candidates), trace_(trace) {}

  Record run(std::uint32_t part) {
    part_ = part;
    for (const Candidate& candidate : candidates_) {
      if (const auto* date = std::get_if<Date>(&candidate.value))
        latest_year_ = std::max(latest_year_, date->first.year);
    }
    std::vector<std::vector<Candidate*>> by_field(input_.rules.fields.size());
    for (Candidate& candidate : candidates_) by_field[candidate.field].push_back(&candidate);
    for (std::uint32_t f = 0; f < by_field.size(); ++f) select_field(f, by_field[f]);
    drop_lonely_subject();
    return std::move(record_);
  }

 private:
  [[nodiscard]] const FieldRules& rules_of(std::uint32_t field) const { return input_.rules.fields[field]; }

  void select_field(std::uint32_t f, const std::vector<Candidate*>& all) {
    std::vector<Candidate*> own;
    own.reserve(all.size());
    for (Candidate* candidate : all) {
      score(*candidate);
      if (candidate->rejected.empty()) own.push_back(candidate);
    }
    const FieldRules& field = rules_of(f);
    if (field.many) {
      select_many(field, own);
    } else if (field.type == FieldType::subject) {
      select_subject(field, own);
    } else if (field.type == FieldType::head) {
      select_head(field, own);
    } else {
      select_one(field, own);
    }
    for (const Candidate* candidate : all) trace(field, *candidate);
  }

  void score(Candidate& candidate) {
    const FieldRules& field = rules_of(candidate.field);
    const Line& line = input_.segments.lines[candidate.line];
    if (line.region != Region::content) candidate.score -= kFurniturePenalty;
    if (candidate.label_rank != LabelRank::full) candidate.score -= kWeakLabelPenalty;
    if (field.type == FieldType::subject || field.type == FieldType::head) return;
    candidate.score += kLayoutScore[static_cast<std::size_t>(candidate.layout)];
    const bool unit = candidate.assumed.empty() && !(candidate.stated_unit.empty() && candidate.unit.empty());
    if (unit) candidate.score += kUnitScore;
    if (candidate.as_of && candidate.as_of->date.first.year + kFreshYears >= latest_year_)
      candidate.score += kAsOfScore;
    if (candidate.total) candidate.score += kTotalScore;
    if (field.type == FieldType::date && !field.many) {
      const std::string status = status_of(candidate);
      const bool said = !status.empty() && is_status(subject_kind_);
      if (said && status == subject_kind_) candidate.score += kStatusScore;
      if (said && status != subject_kind_)
        candidate.rejected = "the day of another status than the subject has";
      const bool merged = candidate.label.empty() && candidate.kind == kMunicipal;
      if (merged && !subject_kind_.empty() && !is_territory(subject_kind_))
        candidate.rejected = "the day of a municipality, which the subject is not";
    }
    if (candidate.institution && is_territory(subject_kind_))
      candidate.rejected = "said of an institution, which the subject is not";
    if (!is_figure(field)) return;
    const auto below = [&](const Decimal& limit) { return candidate.amount < limit.to_double(); };
    if ((field.range_min && below(*field.range_min)) ||
        (field.range_max && candidate.amount > field.range_max->to_double())) {
      candidate.rejected = "outside the range of the field";
      if (!candidate.label.empty())
        diagnose(Severity::warning, field.id + ".out-of-range",
                 "the figure is outside the range of the field", candidate);
    }
  }

  // The status that a municipality had from the day on: the word for it begins with the word for a kind of
  // municipality, in the label or, of a pattern, behind the date. Empty: none is said.
  [[nodiscard]] std::string status_of(const Candidate& candidate) const {
    return candidate.label.empty() ? status_behind(candidate.span.end) : status_at(candidate.label.start);
  }

  [[nodiscard]] static bool is_status(std::string_view kind) {
    return kind == "city" || kind == "town" || kind == "village" || kind == "ward";
  }

  [[nodiscard]] std::string status_at(std::uint32_t position) const {
    const NameRules& names = input_.rules.names;
    const auto word = names.words.longest(input_.text.folded, position, NameRules::suffix);
    if (!word || !is_status(names.kinds[word->word->entry])) return {};
    return names.kinds[word->word->entry];
  }

  // Right behind a date, or behind one particle or mark.
  [[nodiscard]] std::string status_behind(std::uint32_t position) const {
    const std::string_view text = input_.text.folded;
    while (position < text.size() && text[position] == ' ') ++position;
    std::string status = status_at(position);
    if (!status.empty() || code_point_at(text, position) >= kFirstIdeograph) return status;
    return status_at(position + size_at(text, position));
  }

  [[nodiscard]] bool is_foreign(const Candidate& candidate) const {
    if (candidate.of.empty() || candidate.total) return false;
    if (candidate.wider) return true;
    const std::string_view of = input_.text.at(candidate.of);
    if (subject_.empty()) return true;
    if (!candidate.bracketed) return !same_body(of, subject_);
    // The name before the brackets is the subject's whole name; kana may have cut `of` short.
    return of.size() > subject_.size() ||
           !std::string_view(input_.text.folded).substr(0, candidate.of.end).ends_with(subject_);
  }

  void drop_fallbacks(std::vector<Candidate*>& own) const {
    const auto fallback = [](const Candidate* candidate) {
      return candidate->label_rank == LabelRank::fallback;
    };
    const bool better = std::any_of(own.begin(), own.end(), [&](const Candidate* candidate) {
      return !fallback(candidate) && !is_foreign(*candidate);
    });
    if (!better) return;
    for (Candidate* candidate : own) {
      if (fallback(candidate)) candidate->rejected = "a label that counts only where no other gives a figure";
    }
    std::erase_if(own, fallback);
  }

  void select_one(const FieldRules& field, std::vector<Candidate*>& own) {
    drop_fallbacks(own);
    if (own.empty()) return;
    // Of two that are as well placed the page says first what it is about.
    std::stable_sort(own.begin(), own.end(), [](const Candidate* a, const Candidate* b) {
      return a->score != b->score ? a->score > b->score : a->span.start < b->span.start;
    });
    Candidate* primary = best(own, false);
    // Without a subject the best supported figure stands for the page.
    if (primary == nullptr && subject_.empty()) primary = best(own, true);
    if (primary == nullptr) {
      for (Candidate* candidate : own) candidate->rejected = "about another place than the subject";
      return;
    }
    Field result{field.id, false, {claim(field, *primary)}};
    Claim& claimed = result.claims.front();
    primary->rejected = "won";
    std::vector<const Candidate*> kept = {primary};
    for (Candidate* candidate : own) {
      if (candidate == primary) continue;
      if (kept.size() > kMostClaims) {
        candidate->rejected = "beyond the number of claims a field keeps";
        continue;
      }
      if (std::any_of(kept.begin(), kept.end(),
                      [&](const Candidate* other) { return repeats(*candidate, *other); })) {
        candidate->rejected = "says the same as a better placed one";
        continue;
      }
      // A figure of another place says whose it is, a day does not.
      if (!is_figure(field) && !subject_.empty() && is_foreign(*candidate)) {
        candidate->rejected = "about another place than the subject";
        continue;
      }
      if (is_stray(field, *primary, *candidate)) {
        candidate->rejected = "too far from the primary one to be the subject's, and said of nobody else";
        continue;
      }
      report_conflict(field, *primary, *candidate);
      kept.push_back(candidate);
      claimed.others.push_back(claim(field, *candidate));
      candidate->rejected = "a further claim, not the primary one";
    }
    if (!primary->assumed.empty() && primary->assumed.front() == "unit") {
      diagnose(Severity::info, field.id + ".unit-assumed",
               "no unit is printed; " + unit_of(field, *primary) + " is assumed", *primary);
    }
    record_.fields.push_back(std::move(result));
  }

  // Two mentions of one figure: same value, and neither says another date or place.
  [[nodiscard]] static bool repeats(const Candidate& a, const Candidate& b) {
    return same_value(a, b) && a.kind == b.kind && (!a.as_of || !b.as_of || as_of_text(a) == as_of_text(b));
  }

  // The best of candidates sorted by score, a newer figure before an older one that is placed no better.
  [[nodiscard]] Candidate* best(const std::vector<Candidate*>& sorted, bool foreign) const {
    Candidate* chosen = nullptr;
    for (Candidate* candidate : sorted) {
      if (foreign ? candidate->wider || candidate->bracketed : is_foreign(*candidate)) continue;
      if (chosen == nullptr || is_newer(*candidate, *chosen)) chosen = candidate;
    }
    return chosen;
  }

  [[nodiscard]] static bool is_newer(const Candidate& candidate, const Candidate& chosen) {
    return candidate.as_of && chosen.as_of && candidate.score + kNewerWithin >= chosen.score &&
           as_of_text(candidate) > as_of_text(chosen);
  }

  // Prose names figures of parts, of neighbours and of thresholds without a word that gives them away.
  [[nodiscard]] bool is_stray(const FieldRules& field, const Candidate& primary,
                              const Candidate& other) const {
    const bool prose = other.layout == Layout::sentence || other.layout == Layout::pattern;
    if (!is_figure(field) || !prose || is_foreign(other) || !other.of.empty()) return false;
    const double most =
        other.as_of && as_of_text(other) != as_of_text(primary) ? growth_since(primary, other) : kStrayRatio;
    const double ratio = other.amount / primary.amount;
    return ratio >= most || ratio <= 1 / most;
  }

  // How much a figure of another year may differ from the primary one.
  [[nodiscard]] static double growth_since(const Candidate& primary, const Candidate& other) {
    const bool near = primary.as_of &&
                      std::abs(primary.as_of->date.first.year - other.as_of->date.first.year) <= kNearYears;
    return near ? kNearGrowth : std::numeric_limits<double>::infinity();
  }

  void report_conflict(const FieldRules& field, const Candidate& primary, const Candidate& other) {
    if (!is_figure(field) || is_foreign(other) || as_of_text(primary) != as_of_text(other) ||
        same_value(primary, other))
      return;
    if (primary.kind != other.kind) return;
    const LineColumn at =
        input_.document.lines.at(source_of(input_.document, input_.text, primary.span).start);
    diagnose(Severity::warning, field.id + ".conflict",
             value_text(other) + " here, " + value_text(primary) + " at " + std::to_string(at.line) + ":" +
                 std::to_string(at.column),
             other);
  }

  void select_many(const FieldRules& field, std::vector<Candidate*>& own) {
    if (own.empty()) return;
    std::stable_sort(own.begin(), own.end(),
                     [](const Candidate* a, const Candidate* b) { return a->span.start < b->span.start; });
    Field result{field.id, true, {}};
    result.claims.reserve(own.size());
    std::unordered_set<std::string> named;
    for (Candidate* candidate : own) {
      // What a label announces is a fact, said once or twice; without labels each mention counts.
      if (!candidate->label.empty() && !named.insert(value_text(*candidate)).second) {
        candidate->rejected = "says the same as an earlier one";
        continue;
      }
      result.claims.push_back(claim(field, *candidate));
      candidate->rejected = "won";
    }
    record_.fields.push_back(std::move(result));
  }

  void select_subject(const FieldRules& field, std::vector<Candidate*>& own) {
    // Places that agree support one another, and one of them may know the kind.
    const std::span<Candidate*> first(own.data(), std::min(own.size(), kMostSubjects));
    for (Candidate* a : first) {
      for (const Candidate* b : first) {
        if (a == b || !same_body(std::get<Name>(a->value).value, std::get<Name>(b->value).value)) continue;
        Name& name = std::get<Name>(a->value);
        const Name& other = std::get<Name>(b->value);
        a->score += kAgreementScore;
        if (name.kind.empty()) name.kind = other.kind;
        // A heading may be the short name; the short name of a sentence is only short.
        if (a->layout != Layout::sentence && is_core(input_.rules.names, name.value, other.value)) {
          a->score = std::max(a->score, b->score) + kAgreementScore;
          if (!other.kind.empty()) name.kind = other.kind;
        }
      }
    }
    const auto winner = std::max_element(
        own.begin(), own.end(), [](const Candidate* a, const Candidate* b) { return a->score < b->score; });
    if (winner == own.end()) return;
    subject_ = std::get<Name>((*winner)->value).value;
    subject_kind_ = std::get<Name>((*winner)->value).kind;
    Field result{field.id, false, {claim(field, **winner)}};
    Name& name = std::get<Name>(result.claims.front().value);
    kind_is_said_ = !name.kind.empty() && (name.kind != "other" || (*winner)->layout == Layout::section);
    if (name.kind.empty()) name.kind = "other";
    for (Candidate* candidate : own)
      candidate->rejected = candidate == *winner ? "won" : "less well placed than the subject chosen";
    record_.fields.push_back(std::move(result));
  }

  void select_head(const FieldRules& field, std::vector<Candidate*>& own) {
    for (Candidate* candidate : own) {
      if (heads_another(*candidate)) candidate->rejected = "head of another body than the subject";
      if (!may_bear(std::get<Name>(candidate->value).title))
        candidate->rejected = "a title of other bodies than the subject";
    }
    std::erase_if(own, [](const Candidate* candidate) { return !candidate->rejected.empty(); });
    if (own.empty()) return;
    std::stable_sort(own.begin(), own.end(),
                     [](const Candidate* a, const Candidate* b) { return a->score > b->score; });
    Field result{field.id, false, {claim(field, *own.front())}};
    own.front()->rejected = "won";
    std::unordered_set<std::string_view> names = {std::get<Name>(own.front()->value).value};
    for (std::size_t i = 1; i < own.size(); ++i) {
      const std::string& name = std::get<Name>(own[i]->value).value;
      const bool seen = !names.insert(name).second;
      const bool full = names.size() > kMostClaims;
      own[i]->rejected = seen   ? "says the same as a better placed one"
                         : full ? "beyond the number of claims a field keeps"
                                : "a further claim, not the primary one";
      if (seen || full) continue;
      result.claims.front().others.push_back(claim(field, *own[i]));
    }
    record_.fields.push_back(std::move(result));
  }

  [[nodiscard]] bool heads_another(const Candidate& candidate) const {
    return !candidate.of.empty() && !subject_.empty() && !same_body(input_.text.at(candidate.of), subject_);
  }

  // Ambassadors head embassies; who visits a town as one does not head it. A hospital, school or museum may
  // have the name of the organisation that runs it.
  [[nodiscard]] bool may_bear(std::string_view title) const {
    const auto& titles = input_.rules.names.titles;
    const bool runs = subject_kind_ == "organisation" && !is_ascii_letter(title.front());
    return std::none_of(titles.begin(), titles.end(), [&](const Title& known) {
      return !known.kind.empty() && known.kind != subject_kind_ && !(runs && known.kind == "other") &&
             known.word.size() == title.size() &&
             std::equal(title.begin(), title.end(), known.word.begin(),
                        [](char a, char b) { return ascii_lower(a) == ascii_lower(b); });
    });
  }

  // A heading alone is no profile: a subject whose kind nothing says needs a claim beside it that is more
  // than a date or an address of the web, which any page has.
  void drop_lonely_subject() {
    bool fact = false;
    bool other = false;
    for (const Field& field : record_.fields) {
      const FieldRules* rules = input_.rules.field(field.id);
      if (rules != nullptr && rules->type == FieldType::subject) continue;
      other = true;
      fact = fact || !field.many || rules == nullptr ||
             (rules->type != FieldType::date && rules->type != FieldType::url);
    }
    if (!other) return record_.fields.clear();
    if (kind_is_said_ || fact) return;
    std::erase_if(record_.fields, [&](const Field& field) {
      const FieldRules* rules = input_.rules.field(field.id);
      return rules != nullptr && rules->type == FieldType::subject;
    });
  }

  [[nodiscard]] static std::string unit_of(const FieldRules& field, const Candidate& candidate) {
    return candidate.unit.empty() ? field.unit : std::string(candidate.unit);
  }

  [[nodiscard]] std::string rule_of(const FieldRules& field, const Candidate& candidate) const {
    if (candidate.layout == Layout::mention)
      return candidate.pattern.empty() ? field.id + "/mention" : std::string(candidate.pattern);
    if (candidate.layout == Layout::pattern) return (field.id + "/").append(candidate.pattern);
    return field.id + "/" + std::string(to_string(candidate.layout));
  }

  [[nodiscard]] Claim claim(const FieldRules& field, const Candidate& candidate) const {
    Claim result;
    result.value = candidate.value;
    result.amount = candidate.amount;
    result.unit = unit_of(field, candidate);
    if (field.type == FieldType::quantity) result.stated_unit = candidate.stated_unit;
    if (is_figure(field) && is_foreign(candidate))
      result.of = std::string(slice(input_.document.text, input_.text.decoded(candidate.of)));
    result.kind = candidate.kind;
    result.assumed = assumed_of(candidate.value);
    result.assumed.insert(result.assumed.end(), candidate.assumed.begin(), candidate.assumed.end());
    result.alternatives = candidate.alternatives;
    result.certainty = !candidate.alternatives.empty() ? Certainty::ambiguous
                       : !result.assumed.empty()       ? Certainty::inferred
                                                       : Certainty::stated;
    result.evidence = evidence_of(input_.document, input_.text, candidate.span, rule_of(field, candidate),
                                  candidate.pieces);
    if (!candidate.label.empty()) {
      result.evidence.label_text =
          std::string(slice(input_.document.text, input_.text.decoded(candidate.label)));
      result.evidence.label_span = source_of(input_.document, input_.text, candidate.label);
    }
    if (candidate.as_of) {
      result.as_of = to_edtf(candidate.as_of->date);
      result.as_of_evidence = evidence_of(input_.document, input_.text, candidate.as_of->span, "");
    }
    return result;
  }

  void diagnose(Severity severity, std::string code, std::string message, const Candidate& at) {
    record_.diagnostics.push_back({severity, std::move(code), std::move(message),
                                   source_of(input_.document, input_.text, at.span),
                                   rule_of(rules_of(at.field), at), ""});
  }

  void trace(const FieldRules& field, const Candidate& candidate) const {
    if (trace_ == nullptr) return;
    TraceEntry entry;
    entry.field = field.id;
    entry.value = value_text(candidate);
    entry.text = std::string(slice(input_.document.text, input_.text.decoded(candidate.span)));
    if (!candidate.label.empty()) entry.label = std::string(input_.text.at(candidate.label));
    entry.layout = std::string(to_string(candidate.layout));
    entry.rule = rule_of(field, candidate);
    entry.as_of = as_of_text(candidate);
    if (!candidate.of.empty()) entry.of = std::string(input_.text.at(candidate.of));
    entry.span = source_of(input_.document, input_.text, candidate.span);
    entry.at = input_.document.lines.at(entry.span.start);
    entry.part = part_ + 1;
    entry.score = candidate.score;
    entry.won = candidate.rejected == "won";
    if (!entry.won) entry.reasons.emplace_back(candidate.rejected);
    trace_->push_back(std::move(entry));
  }

  const SelectInput& input_;
  std::span<Candidate> candidates_;  // of the part
  Trace* trace_;
  std::uint32_t part_ = 0;
  std::string subject_;
  std::string subject_kind_;
  bool kind_is_said_ = false;                // by the form of the subject's name or by a sentence
  std::int32_t latest_year_ = kThisCentury;  // that a date of the part names
  Record record_;
};

std::vector<std::string> languages_of(const Segments& segments) {
  std::vector<std::string> languages;
  if (segments.bytes_ja > 0) languages.emplace_back("ja");
  if (segments.bytes_en > 0) languages.emplace_back("en");
  if (segments.bytes_en > segments.bytes_ja) std::reverse(languages.begin(), languages.end());
  return languages;
}

}  // namespace

std::vector<Record> select(const SelectInput& input, Linked linked, Trace* trace) {
  std::vector<Record> records;
  std::vector<Candidate>& candidates = linked.candidates;
  // Parts hold runs of candidates, so that a directory of a thousand bodies is not walked a thousand times.
  const auto by_part = [](const Candidate& a, const Candidate& b) { return a.part < b.part; };
  if (!std::is_sorted(candidates.begin(), candidates.end(), by_part))
    std::stable_sort(candidates.begin(), candidates.end(), by_part);
  auto first = candidates.begin();
  for (std::uint32_t part = 0; part < linked.parts; ++part) {
    const auto last = std::find_if(first, candidates.end(),
                                   [&](const Candidate& candidate) { return candidate.part != part; });
    Record record = PartSelector(input, {first, last}, trace).run(part);
    first = last;
    if (record.fields.empty()) continue;
    record.source = input.source;
    record.source.part = static_cast<std::uint32_t>(records.size() + 1);
    record.languages = languages_of(input.segments);
    records.push_back(std::move(record));
  }
  for (Record& record : records) record.source.parts = static_cast<std::uint32_t>(records.size());
  return records;
}

std::vector<MentionClaim> list_mentions(const SelectInput& input, std::span<const Reading> readings) {
  std::vector<MentionClaim> claims;
  for (const Reading& reading : readings) {
    if (reading.kind == MentionKind::postal_code) continue;
    MentionClaim claim;
    claim.kind = std::string(to_string(reading.kind));
    claim.value = reading.value;
    claim.alternatives = reading.alternatives;
    if (const auto* quantity = std::get_if<Quantity>(&reading.value))
      claim.unit = input.rules.units.units[quantity->unit].code;
    claim.assumed = assumed_of(reading.value);
    const std::string rule =
        reading.pattern == kNone ? claim.kind : input.rules.entity_patterns[reading.pattern].id;
    claim.evidence = evidence_of(input.document, input.text, reading.span, rule, reading.pieces);
    claims.push_back(std::move(claim));
  }
  return claims;
}

}  // namespace yoran
