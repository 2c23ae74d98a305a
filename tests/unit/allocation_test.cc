// The interpreters of dates and numbers allocate nothing for a candidate in the common case: only readings
// with alternatives and diagnostics do.
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <new>
#include <string>

#include "interpret/date.h"
#include "interpret/number.h"
#include "value_text.h"

namespace {
std::atomic<std::size_t> allocations = 0;
}

__attribute__((noinline)) void* operator new(std::size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}
__attribute__((noinline)) void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  ++allocations;
  return std::malloc(size);
}
__attribute__((noinline)) void operator delete(void* memory) noexcept { std::free(memory); }
__attribute__((noinline)) void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace yoran {
namespace {

// Allocations while every date and number of a text is read, the room for the readings not counted.
std::size_t allocations_for(const std::string& text, std::size_t& readings_read) {
  testing_values::Values values;
  testing_values::prepare(text, values);
  const RulePack& rules = testing_values::default_rules();
  const Mentions mentions = recognize(values.text, values.segments, rules);
  InterpretContext context{
      values.document,    values.text, values.segments, rules, parse_iso_day("2020-02-29"), "", {},
      &values.diagnostics};
  std::vector<Reading> readings;
  readings.reserve(mentions.mentions.size() * 2);
  const std::size_t before = allocations;
  for (const Mention& mention : mentions.mentions) {
    if (mention.kind == MentionKind::number) interpret_numbers(mention, context, readings);
    if (mention.kind != MentionKind::date) continue;
    if (auto reading = interpret_date(mention, context)) readings.push_back(std::move(*reading));
  }
  readings_read = readings.size();
  return allocations - before;
}

TEST(Allocation, InterpretersAllocateNothingPerCandidate) {
  const char* const lines[] = {
      "令和2年4月1日現在の人口は12,345人、世帯数は5千6百世帯、職員は780人です。",
      "1889年（明治22年）4月1日から1954年10月1日まで、面積は120.50平方キロメートル（46.5平方マイル）",
      "昨日、約1.2万人が訪れた。二〇二〇年の第3四半期は三割増、時速60キロ、3分の1",
      "On 7 January 1943 and May 3, 1950 half a million people lived on 467 sq mi (1,210 km2).",
      "from 1998 to 2004 the 1980s, Q3 2021, FY2019, 2019-04-01, 25/12/2007, yesterday, twenty-one",
      "慶応4年閏4月21日、安政7年3月17日、平成23・24年度、12世紀",
  };
  for (const char* line : lines) {
    std::size_t readings = 0;
    EXPECT_EQ(allocations_for(line, readings), 0U) << line;
    EXPECT_GE(readings, 4U) << line;
  }
}

}  // namespace
}  // namespace yoran
