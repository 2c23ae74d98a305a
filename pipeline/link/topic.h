// Figures and days that a sentence gives of something else than the page is about.
#ifndef YORAN_LINK_TOPIC_H_
#define YORAN_LINK_TOPIC_H_

#include <cstddef>
#include <vector>

#include "link/context.h"

namespace yoran {

// "Leeds is a city. Dortmund is one with a population of 587,000": the figures of a sentence about a known
// place that no candidate for the subject names are that one's. So is the day of "Dortmund was founded in
// 882", known or not, and that of "Its first school was founded in 1541"; so are the area and the days of a
// body whose form says its kind, and what a sentence says that goes on about it, "It covers 12 ha". `first`:
// the first candidate that may be a figure or a day.
void name_topics(const LinkContext& context, std::size_t first, std::vector<Candidate>& candidates);

}  // namespace yoran

#endif  // YORAN_LINK_TOPIC_H_
