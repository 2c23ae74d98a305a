// Prints what ICU and libphonenumber know about the regions named on the command line, for make_gazetteer,
// which compiles and runs it. Not part of yoran itself.
//
//   g++ -std=c++17 country_names.cc $(pkg-config --cflags --libs icu-i18n icu-uc) -lphonenumber
//
// First line: "# ICU <version>". Then one line a region, tab separated: code, English name, Japanese name,
// English short name, Japanese short name, name in the region's most likely language (empty: none known),
// calling code (0: none).
#include <phonenumbers/phonenumberutil.h>
#include <unicode/locdspnm.h>
#include <unicode/locid.h>
#include <unicode/unistr.h>
#include <unicode/uversion.h>

#include <iostream>
#include <memory>
#include <string>

namespace {

std::string Utf8(const icu::UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

std::string Name(const std::string& region, const icu::Locale& display) {
  icu::UnicodeString name;
  icu::Locale("", region.c_str()).getDisplayCountry(display, name);
  return Utf8(name);
}

std::string ShortName(const std::string& region, const icu::Locale& display) {
  UDisplayContext length[] = {UDISPCTX_LENGTH_SHORT};
  std::unique_ptr<icu::LocaleDisplayNames> names(icu::LocaleDisplayNames::createInstance(display, length, 1));
  icu::UnicodeString name;
  names->regionDisplayName(region.c_str(), name);
  return Utf8(name);
}

std::string LocalName(const std::string& region) {
  icu::Locale locale(("und_" + region).c_str());
  UErrorCode status = U_ZERO_ERROR;
  locale.addLikelySubtags(status);
  const std::string name = Name(region, locale);
  const bool known = U_SUCCESS(status) && *locale.getLanguage() != '\0' && name != region;
  return known ? name : "";
}

void PrintRegion(const std::string& region) {
  const icu::Locale en("en");
  const icu::Locale ja("ja");
  const auto& phones = *i18n::phonenumbers::PhoneNumberUtil::GetInstance();
  std::cout << region << '\t' << Name(region, en) << '\t' << Name(region, ja) << '\t' << ShortName(region, en)
            << '\t' << ShortName(region, ja) << '\t' << LocalName(region) << '\t'
            << phones.GetCountryCodeForRegion(region) << '\n';
}

}  // namespace

int main(int argc, char** argv) {
  std::cout << "# ICU " << U_ICU_VERSION << '\n';
  for (int i = 1; i < argc; ++i) PrintRegion(argv[i]);
  return 0;
}
