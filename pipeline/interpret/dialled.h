// Telephone numbers as they are dialled -> country code and national number, without PhoneNumberUtil::Parse
// where nothing else is to be found out: its search for everything that a number may begin with takes most of
// the time of reading one.
#ifndef YORAN_INTERPRET_DIALLED_H_
#define YORAN_INTERPRET_DIALLED_H_

#include <string>

namespace i18n::phonenumbers {
class PhoneNumber;
}

namespace yoran {

// A number as it is dialled inside Japan, in one of its usual lengths. False: ask the library, with the
// region.
[[nodiscard]] bool split_japanese(const std::string& digits, i18n::phonenumbers::PhoneNumber& number);

// Country code and national number, the "+" left out. False: ask the library.
[[nodiscard]] bool split_international(const std::string& digits, i18n::phonenumbers::PhoneNumber& number);

}  // namespace yoran

#endif  // YORAN_INTERPRET_DIALLED_H_
