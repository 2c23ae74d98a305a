#include "facts.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <set>
#include <sstream>
#include <utility>

namespace yoran {
namespace {

using Json = nlohmann::json;

// Keys of facts that say something about another key, or are dealt with by name.
const std::set<std::string> kOneFields = {"subject",    "head",    "population",
                                          "households", "density", "established"};
const std::set<std::string> kKnownKeys = {"subject",
                                          "subject_also",
                                          "subject_kind",
                                          "head",
                                          "head_also",
                                          "population",
                                          "population_as_of",
                                          "population_others",
                                          "households",
                                          "households_as_of",
                                          "area_km2",
                                          "households_others",
                                          "area_others_km2",
                                          "density",
                                          "area_assumed_unit",
                                          "established",
                                          "established_others",
                                          "dates",
                                          "addresses",
                                          "phones",
                                          "faxes",
                                          "extensions",
                                          "urls",
                                          "emails",
                                          "more"};
// Fields whose facts stand in `more`, with the value or, of sister cities, all values.
const std::set<std::string> kMoreFields = {"elevation", "budget", "employees",     "member_since", "flower",
                                           "tree",      "bird",   "sister_cities", "website"};

// Without blanks: "門川 大作" is 門川大作.
std::string squeezed(const Json& text) {
  std::string out;
  const std::string in = text.is_string() ? text.get<std::string>() : text.dump();
  for (std::size_t i = 0; i < in.size(); ++i) {
    if (in.compare(i, 3, "\xE3\x80\x80") == 0) {
      i += 2;
    } else if (in[i] != ' ' && in[i] != '\n') {
      out += in[i];
    }
  }
  return out;
}

bool same_number(const Json& a, const Json& b, double tolerance) {
  if (!a.is_number() || !b.is_number()) return false;
  return std::abs(a.get<double>() - b.get<double>()) <= tolerance * std::abs(a.get<double>());
}

bool same_value(const Json& expected, const Json& found, double tolerance = 1e-9) {
  return expected.is_number() ? same_number(expected, found, tolerance)
                              : squeezed(expected) == squeezed(found);
}

Json member(const Json& object, const std::string& key) {
  return object.is_object() ? object.value(key, Json()) : Json();
}

Json list(const Json& object, const std::string& key) {
  const Json value = member(object, key);
  return value.is_array() ? value : Json::array();
}

bool contains(const Json& values, const Json& wanted, double tolerance = 1e-9) {
  return std::any_of(values.begin(), values.end(),
                     [&](const Json& value) { return same_value(value, wanted, tolerance); });
}

std::set<std::string> words(const std::string& text) {
  std::string spaced = text;
  std::replace(spaced.begin(), spaced.end(), ',', ' ');
  std::istringstream in(spaced);
  std::set<std::string> found;
  for (std::string word; in >> word;) found.insert(word);
  return found;
}

// Pairs the items of two lists in order so that the sum of scores is largest; kNoPartner where there is none.
constexpr std::size_t kNoPartner = SIZE_MAX;
std::vector<std::size_t> align(std::size_t left, std::size_t right,
                               const std::function<int(std::size_t, std::size_t)>& score) {
  std::vector<std::vector<int>> best(left + 1, std::vector<int>(right + 1, 0));
  for (std::size_t i = left; i-- > 0;) {
    for (std::size_t j = right; j-- > 0;) {
      best[i][j] = std::max({best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + score(i, j)});
    }
  }
  std::vector<std::size_t> partner(left, kNoPartner);
  for (std::size_t i = 0, j = 0; i < left && j < right;) {
    const int paired = score(i, j);
    if (paired > 0 && best[i][j] == best[i + 1][j + 1] + paired) {
      partner[i++] = j++;
    } else if (best[i][j] == best[i + 1][j]) {
      ++i;
    } else {
      ++j;
    }
  }
  return partner;
}

class Comparison {
 public:
  explicit Comparison(std::vector<Gap>& gaps) : gaps_(gaps) {}

  void record(const Json& facts, const Json& fields, const std::string& path, bool whole_lists) {
    for (const auto& [key, value] : facts.items()) {
      if (!kKnownKeys.contains(key)) gap(path + "." + key, "no such key of facts");
    }
    for (const std::string& id : kOneFields) one(facts, fields, path, id, id, id + "_others", 1e-9);
    const Json stated_unit = member(member(member(fields, "area"), "stated"), "unit");
    const double tolerance = stated_unit.is_null() || stated_unit == "km2" ? 1e-9 : 0.01;
    one(facts, fields, path, "area", "area_km2", "area_others_km2", tolerance);
    equal(member(facts, "subject_kind"), member(member(fields, "subject"), "kind"), path + ".subject_kind");
    for (const std::string id : {"population", "households"}) {
      equal(member(facts, id + "_as_of"), member(member(fields, id), "as_of"), path + "." + id + "_as_of");
    }
    assumed_unit(facts, fields, path);
    if (facts.contains("more")) more(facts.at("more"), fields, path + ".more.");
    if (!whole_lists) return;
    equal(list(facts, "dates"), values(list(fields, "dates")), path + ".dates");
    equal(list(facts, "urls"), values(list(fields, "urls")), path + ".urls");
    equal(list(facts, "emails"), values(list(fields, "emails")), path + ".emails");
    phones(facts, list(fields, "phones"), path);
    addresses(list(facts, "addresses"), list(fields, "addresses"), path + ".addresses");
  }

  void gap(std::string path, std::string message) { gaps_.push_back({std::move(path), std::move(message)}); }

  void equal(const Json& expected, const Json& found, const std::string& path) {
    if (expected != found) gap(path, "expected " + expected.dump() + ", found " + found.dump());
  }

  static Json values(const Json& claims) {
    Json all = Json::array();
    for (const Json& claim : claims) all.push_back(member(claim, "value"));
    return all;
  }

 private:
  void more(const Json& facts, const Json& fields, const std::string& path) {
    for (const std::string& id : kMoreFields) {
      const Json field = member(fields, id);
      equal(member(facts, id), field.is_array() ? values(field) : member(field, "value"), path + id);
    }
  }

  // A field of one value: the primary claim, and others only from the list of what they may be.
  void one(const Json& facts, const Json& fields, const std::string& path, const std::string& id,
           const std::string& key, const std::string& others_key, double tolerance) {
    const Json claim = member(fields, id);
    const Json expected = member(facts, key);
    const Json found = member(claim, "value");
    const bool right = expected.is_null() ? found.is_null()
                                          : same_value(expected, found, tolerance) ||
                                                contains(list(facts, id + "_also"), found, tolerance);
    if (!right) gap(path + "." + key, "expected " + expected.dump() + ", found " + found.dump());
    if (id == "subject" || id == "head" || id == "density") return;
    for (const Json& other : list(claim, "others")) {
      const Json value = member(other, "value");
      if (same_value(expected, value, tolerance) || contains(list(facts, others_key), value, 0.01)) continue;
      gap(path + "." + others_key, "not among what others may be: " + value.dump());
    }
  }

  void assumed_unit(const Json& facts, const Json& fields, const std::string& path) {
    const Json area = member(fields, "area");
    if (area.is_null() || !facts.contains("area_km2")) return;
    const bool expected = member(facts, "area_assumed_unit") == true;
    equal(expected, contains(list(area, "assumed"), "unit"), path + ".area_assumed_unit");
  }

  void phones(const Json& facts, const Json& found, const std::string& path) {
    Json voices = Json::array();
    Json faxes = Json::array();
    Json extensions = Json::object();
    for (const Json& phone : found) {
      const Json value = member(phone, "value");
      if (value.is_null()) continue;  // could not be completed: a diagnostic, not a number
      (member(phone, "kind") == "fax" ? faxes : voices).push_back(value);
      if (phone.contains("extension")) extensions[value.get<std::string>()] = phone.at("extension");
    }
    equal(list(facts, "phones"), voices, path + ".phones");
    equal(list(facts, "faxes"), faxes, path + ".faxes");
    equal(facts.value("extensions", Json::object()), extensions, path + ".extensions");
  }

  // ---- Addresses ----

  static int alikeness(const Json& expected, const Json& found) {
    static const std::map<std::string, int> kWeights = {
        {"postal_code", 3}, {"street_address", 3},  {"po_box", 3}, {"city_block", 2},
        {"locality", 2},    {"city_and_county", 2}, {"country", 1}};
    int score = 0;
    for (const auto& [key, weight] : kWeights) {
      if (expected.contains(key) && found.contains(key) && same_value(expected.at(key), found.at(key)))
        score += weight;
    }
    return score;
  }

  void addresses(const Json& expected, const Json& found, const std::string& path) {
    const std::vector<std::size_t> partner =
        align(expected.size(), found.size(),
              [&](std::size_t i, std::size_t j) { return alikeness(expected[i], found[j]); });
    std::set<std::size_t> used;
    for (std::size_t i = 0; i < expected.size(); ++i) {
      const std::string at = path + "." + std::to_string(i);
      if (partner[i] == kNoPartner) {
        gap(at, "not found: " + expected[i].dump());
        continue;
      }
      used.insert(partner[i]);
      address(expected[i], found[partner[i]], at);
    }
    for (std::size_t j = 0; j < found.size(); ++j) {
      if (!used.contains(j))
        gap(path + ".extra", "no such address: " + member(found[j], "full_address").dump());
    }
  }

  void address(const Json& expected, const Json& found, const std::string& path) {
    const bool japan = member(expected, "country") == "JP";
    const Json assumed = list(found, "assumed");
    for (const std::string key : {"country", "postal_code", "region", "prefecture", "city_and_county",
                                  "locality", "city_block", "care_of", "po_box", "kind"}) {
      // A prefecture that is not printed may be assumed in either script.
      if (key == "prefecture" && contains(assumed, key) && !member(found, key).is_null()) continue;
      component(expected, found, key, path);
    }
    if (japan) {
      component(expected, found, "street_address", path);
      component(expected, found, "building_name_etc", path);
    } else {
      street_and_building(expected, found, path);
    }
    if (expected.contains("local_government_code")) component(expected, found, "local_government_code", path);
    if (expected.contains("section")) component(expected, found, "section", path);
    label_and_organization(expected, found, path);
    for (const Json& name : list(expected, "assumed")) {
      if (!contains(assumed, name))
        gap(path + ".assumed", "expected " + name.dump() + ", found " + assumed.dump());
    }
  }

  void component(const Json& expected, const Json& found, const std::string& key, const std::string& path) {
    const Json wanted = member(expected, key);
    const Json value = member(found, key);
    const bool right = wanted.is_null() ? value.is_null() : same_value(wanted, value);
    if (!right) gap(path + "." + key, "expected " + wanted.dump() + ", found " + value.dump());
  }

  // Where one ends and the other begins is a matter of taste: together, as a set of words.
  void street_and_building(const Json& expected, const Json& found, const std::string& path) {
    const auto both = [](const Json& address) {
      return words(address.value("street_address", "") + " " + address.value("building_name_etc", ""));
    };
    if (both(expected) == both(found)) return;
    gap(path + ".street_address", "expected " + member(expected, "street_address").dump() + " " +
                                      member(expected, "building_name_etc").dump() + ", found " +
                                      member(found, "street_address").dump() + " " +
                                      member(found, "building_name_etc").dump());
  }

  // They may change places.
  void label_and_organization(const Json& expected, const Json& found, const std::string& path) {
    for (const std::string key : {"label", "organization"}) {
      if (!expected.contains(key)) continue;
      const Json wanted = expected.at(key);
      if (same_value(wanted, member(found, "label")) || same_value(wanted, member(found, "organization")))
        continue;
      gap(path + "." + key, "expected " + wanted.dump() + ", found " + member(found, "label").dump() +
                                " and " + member(found, "organization").dump());
    }
  }

  std::vector<Gap>& gaps_;
};

// What the records claim for a field, others included.
Json all_claims(const std::vector<Json>& records, const std::string& id) {
  Json all = Json::array();
  for (const Json& record : records) {
    const Json field = member(record.at("fields"), id);
    const Json claims = field.is_array() ? field : field.is_null() ? Json::array() : Json::array({field});
    for (const Json& claim : claims) {
      all.push_back(member(claim, "value"));
      for (const Json& other : list(claim, "others")) all.push_back(member(other, "value"));
    }
  }
  return all;
}

// The dates of a directory page: those of all records, each mention once.
Json page_dates(const std::vector<Json>& records) {
  std::map<std::size_t, Json> by_place;
  for (const Json& record : records) {
    for (const Json& date : list(record.at("fields"), "dates")) {
      by_place[date.at("evidence").at("start").get<std::size_t>()] = date.at("value");
    }
  }
  Json dates = Json::array();
  for (const auto& [place, date] : by_place) dates.push_back(date);
  return dates;
}

}  // namespace

std::vector<Gap> compare_with_facts(const Json& facts, const std::vector<Json>& records) {
  std::vector<Gap> gaps;
  Comparison comparison(gaps);
  const Json& expected = facts.at("records");
  const bool directory = facts.contains("page");
  if (expected.size() != records.size()) {
    comparison.gap("records", "expected " + std::to_string(expected.size()) + ", found " +
                                  std::to_string(records.size()));
  }
  for (std::size_t i = 0; i < std::min(expected.size(), records.size()); ++i) {
    comparison.record(expected[i], records[i].at("fields"), "records." + std::to_string(i), !directory);
  }
  if (directory) comparison.equal(list(facts.at("page"), "dates"), page_dates(records), "page.dates");
  const Json never = facts.value("not", Json::object());
  for (const auto& [key, figures] : never.items()) {
    const Json claimed = all_claims(records, key == "area_km2" ? "area" : key);
    for (const Json& figure : figures) {
      if (contains(claimed, figure)) comparison.gap("not." + key + "." + squeezed(figure), "claimed");
    }
  }
  return gaps;
}

}  // namespace yoran
