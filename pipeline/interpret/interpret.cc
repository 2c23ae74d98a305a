#include "interpret/interpret.h"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <utility>

#include "interpret/address.h"
#include "interpret/combine_dates.h"
#include "interpret/date.h"
#include "interpret/email.h"
#include "interpret/number.h"
#include "interpret/numeral.h"
#include "interpret/phone.h"
#include "interpret/url.h"

namespace yoran {
namespace {

bool by_start(const Reading& a, const Reading& b) { return a.span.start < b.span.start; }

// Answers whether a span touches a taken one. Taken spans are added in batches; questions are logarithmic.
class TakenSpans {
 public:
  void add(const std::vector<Reading>& readings) {
    add_if(readings, [](const Reading&) { return true; });
  }

  template <class Accept>
  void add_if(const std::vector<Reading>& readings, Accept accepts) {
    for (const Reading& reading : readings) {
      if (!accepts(reading)) continue;
      if (reading.pieces.empty()) spans_.push_back(reading.span);
      spans_.insert(spans_.end(), reading.pieces.begin(), reading.pieces.end());
    }
    std::sort(spans_.begin(), spans_.end());
    // Nested and overlapping spans become one, so that a neighbour search is enough.
    std::size_t kept = 0;
    for (const TextSpan span : spans_) {
      if (kept > 0 && span.start < spans_[kept - 1].end) {
        spans_[kept - 1].end = std::max(spans_[kept - 1].end, span.end);
      } else {
        spans_[kept++] = span;
      }
    }
    spans_.resize(kept);
  }

  // Whether one taken span holds all of this one.
  [[nodiscard]] bool covers(TextSpan span) const {
    const auto after = behind(span.start);
    return after != spans_.begin() && std::prev(after)->end >= span.end;
  }

  [[nodiscard]] bool overlaps(TextSpan span) const {
    const auto after = behind(span.start);
    if (after != spans_.begin() && std::prev(after)->overlaps(span)) return true;
    return after != spans_.end() && after->overlaps(span);
  }

 private:
  // The first taken span that begins behind a position.
  [[nodiscard]] std::vector<TextSpan>::const_iterator behind(std::uint32_t position) const {
    return std::upper_bound(spans_.begin(), spans_.end(), position,
                            [](std::uint32_t at, TextSpan taken) { return at < taken.start; });
  }

  std::vector<TextSpan> spans_;  // sorted, disjoint
};

// Stable. Readings are large and mostly in order already: places are sorted, and each reading moves once.
template <class Before>
void sort_readings(std::vector<Reading>& readings, Before&& before) {
  if (std::is_sorted(readings.begin(), readings.end(), before)) return;
  std::vector<std::uint32_t> order(readings.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return before(readings[a], readings[b]); });
  std::vector<Reading> sorted;
  sorted.reserve(readings.size());
  for (const std::uint32_t place : order) sorted.push_back(std::move(readings[place]));
  readings = std::move(sorted);
}

// Of readings that overlap, the one that begins first stays; of those that begin together, the longest.
// Readings of one span (a shared telephone and fax number) stay together.
void drop_overlaps(std::vector<Reading>& readings) {
  sort_readings(readings, [](const Reading& a, const Reading& b) {
    return std::pair(a.span.start, b.span.end) < std::pair(b.span.start, a.span.end);
  });
  std::size_t kept = 0;
  for (Reading& reading : readings) {
    if (kept > 0 && reading.span.overlaps(readings[kept - 1].span) && reading.span != readings[kept - 1].span)
      continue;
    if (&readings[kept] != &reading) readings[kept] = std::move(reading);
    ++kept;
  }
  readings.resize(kept);
}

class Interpreter {
 public:
  Interpreter(const Mentions& mentions, InterpretContext& context) : mentions_(mentions), context_(context) {}

  std::vector<Reading> run() {
    see_habits();
    std::vector<Reading> contacts = read_network_names();
    accept(contacts);
    std::vector<Reading> phones = read_phones();
    accept(phones);
    contacts.insert(contacts.end(), phones.begin(), phones.end());
    std::sort(contacts.begin(), contacts.end(), by_start);
    std::vector<Reading> addresses;
    interpret_addresses(mentions_, contacts, context_, addresses);
    std::erase_if(addresses, [&](const Reading& reading) {
      return covers_figure_label(reading.span) || is_date_only(reading.span);
    });
    accept(std::move(addresses));
    std::vector<Reading> dates = read_dates();
    accept(std::move(dates));
    sort_readings(result_, by_start);
    merge(read_numbers());
    complete_phones(result_, context_);  // the addresses beside them tell their countries
    return std::move(result_);
  }

 private:
  [[nodiscard]] bool free(const Mention& mention, MentionKind kind) const {
    return mention.kind == kind && !taken_.overlaps(mention.span);
  }

  // Readings that touch none taken, nor one another.
  void leave_free(std::vector<Reading>& readings) const {
    std::erase_if(readings, [&](const Reading& reading) {
      return reading.pieces.empty() && taken_.overlaps(reading.span);
    });
    drop_overlaps(readings);
  }

  void accept(std::vector<Reading> readings) {
    leave_free(readings);
    taken_.add(readings);
    result_.insert(result_.end(), std::make_move_iterator(readings.begin()),
                   std::make_move_iterator(readings.end()));
  }

  // The last readings, which are most of them in a table: they come between the others.
  void merge(std::vector<Reading> readings) {
    leave_free(readings);
    std::vector<Reading> all;
    all.reserve(result_.size() + readings.size());
    std::merge(std::make_move_iterator(result_.begin()), std::make_move_iterator(result_.end()),
               std::make_move_iterator(readings.begin()), std::make_move_iterator(readings.end()),
               std::back_inserter(all), by_start);
    result_ = std::move(all);
  }

  // No address holds the label of a figure, or of a date with its colon: "Population: ..." between two places
  // is a list of facts.
  [[nodiscard]] bool covers_figure_label(TextSpan span) const {
    for (const WordMention& word : mentions_.words_in(span)) {
      if (static_cast<WordCategory>(word.category) != WordCategory::label) continue;
      const FieldType type = context_.rules.fields[context_.rules.labels[word.entry].field].type;
      if (type == FieldType::count || type == FieldType::number || type == FieldType::quantity) return true;
      const bool colon = context_.text.folded.compare(word.span.end, 1, ":") == 0;
      if (type == FieldType::date && colon) return true;
    }
    return false;
  }

  void see_habits() {
    NumberHabits numbers;
    for (const Mention& mention : mentions_.mentions) {
      if (mention.kind == MentionKind::number) numbers.see(context_.at(mention.span));
    }
    context_.habits.decimal_mark = numbers.decimal_mark();
  }

  // "5 July 1962 (from France)" has the shape of house number, street and country, "in 2014 AD" that of a
  // postal code: an address whose only digits are a date is none.
  [[nodiscard]] bool is_date_only(TextSpan span) const {
    const auto first = std::lower_bound(mentions_.mentions.begin(), mentions_.mentions.end(), span.start,
                                        [](const Mention& m, std::uint32_t at) { return m.span.start < at; });
    for (auto mention = first; mention != mentions_.mentions.end() && mention->span.start < span.end;
         ++mention) {
      if (mention->kind != MentionKind::date ||
          has_flag(*mention, kDateNumeric | kDateRelative | kDateReference)) {
        continue;
      }
      Diagnostics unheard;
      InterpretContext quiet = context_;
      quiet.diagnostics = &unheard;
      const auto reading = interpret_date(*mention, quiet);
      const auto* date = reading ? std::get_if<Date>(&reading->value) : nullptr;
      if (date == nullptr || !date->first.has_year) continue;
      return !has_digit({span.start, std::max(span.start, reading->span.start)}) &&
             !has_digit({std::min(span.end, reading->span.end), span.end});
    }
    return false;
  }

  [[nodiscard]] bool has_digit(TextSpan span) const {
    const std::string_view text = context_.at(span);
    return std::any_of(text.begin(), text.end(), is_ascii_digit);
  }

  std::vector<Reading> read_network_names() {
    std::vector<Reading> readings;
    for (const Mention& mention : mentions_.mentions) {
      auto reading = mention.kind == MentionKind::url     ? interpret_url(mention, context_)
                     : mention.kind == MentionKind::email ? interpret_email(mention, context_)
                                                          : std::nullopt;
      if (reading) readings.push_back(std::move(*reading));
    }
    return readings;
  }

  std::vector<Reading> read_phones() {
    std::vector<Reading> readings;
    for (const Mention& mention : mentions_.mentions) {
      if (free(mention, MentionKind::phone)) interpret_phone(mention, context_, readings);
    }
    return readings;
  }

  std::vector<Reading> read_dates() {
    std::vector<Reading> readings;
    std::uint32_t end = 0;
    for (const Mention& mention : mentions_.mentions) {
      if (!free(mention, MentionKind::date) || mention.span.start < end || is_relative(mention)) continue;
      auto reading = interpret_date(mention, context_);
      if (!reading) continue;
      end = reading->span.end;
      readings.push_back(std::move(*reading));
    }
    read_relative_dates(readings);
    drop_overlaps(readings);
    // The parts of a date that no calendar has are no numbers.
    taken_.add_if(readings, [](const Reading& reading) {
      return reading.kind == MentionKind::date && std::holds_alternative<std::monostate>(reading.value);
    });
    combine_dates(readings, context_);
    return readings;
  }

  // Words such as "last year", when there is a day to count from; what is a date with its year stays one.
  void read_relative_dates(std::vector<Reading>& readings) {
    if (!context_.reference_date) context_.reference_date = stated_day(readings, context_);
    if (!context_.reference_date) return;
    TakenSpans dated;
    dated.add_if(readings, [](const Reading& reading) {
      const auto* date = std::get_if<Date>(&reading.value);
      return date != nullptr && date->first.has_year && !date->relative;
    });
    for (const Mention& mention : mentions_.mentions) {
      if (!free(mention, MentionKind::date) || !is_relative(mention)) continue;
      auto reading = interpret_date(mention, context_);
      if (!reading || dated.overlaps(reading->span)) continue;
      // Two words of one expression may both lead to the whole of it.
      if (readings.empty() || readings.back().span != reading->span) readings.push_back(std::move(*reading));
    }
  }

  [[nodiscard]] bool is_relative(const Mention& mention) const { return has_flag(mention, kDateRelative); }

  [[nodiscard]] bool has_flag(const Mention& mention, std::uint32_t flag) const {
    return mention.pattern != kNone && (context_.rules.entity_patterns[mention.pattern].flags & flag) != 0;
  }

  std::vector<Reading> read_numbers() {
    std::vector<Reading> readings;
    // Runs inside a date or an address: their readings are dropped, and are wanted only where the unit of one
    // may reach into the next run outside.
    std::vector<const Mention*> inside;
    for (const Mention& mention : mentions_.mentions) {
      if (mention.kind != MentionKind::number) continue;
      if (!inside.empty() && !may_reach(*inside.back(), mention)) inside.clear();
      inside.push_back(&mention);
      if (taken_.covers(mention.span)) continue;
      for (const Mention* run : inside) interpret_numbers(*run, context_, readings);
      inside.clear();
    }
    std::erase_if(readings, [&](const Reading& reading) { return begins_place(reading.span); });
    return readings;
  }

  // Whether what is read out of a run of numerals may end inside the next one.
  static bool may_reach(const Mention& run, const Mention& next) {
    return next.span.start < run.span.end ||
           (next.line == run.line && next.span.start < run.span.end + kLookAhead);
  }

  // The numerals that the name of a town begins with: Shimanto is no 40,010 towns.
  [[nodiscard]] bool begins_place(TextSpan numerals) const {
    if (static_cast<unsigned char>(context_.text.folded[numerals.start]) < 0x80) return false;
    const auto words = mentions_.words_in({numerals.start, numerals.start + 1});
    return std::any_of(words.begin(), words.end(), [&](const WordMention& word) {
      return static_cast<WordCategory>(word.category) == WordCategory::place && word.span.end > numerals.end;
    });
  }

  const Mentions& mentions_;
  InterpretContext& context_;
  TakenSpans taken_;
  std::vector<Reading> result_;
};

}  // namespace

std::vector<Reading> interpret(const Mentions& mentions, InterpretContext& context) {
  context.mentions = &mentions;
  return Interpreter(mentions, context).run();
}

}  // namespace yoran
