// The type of a telephone number, and whether any plan knows it: PhoneNumberUtil::GetNumberType, from the
// same number plans. The library has ICU match the dozen patterns of a plan one by one; here those of one
// region are one automaton, which takes a number in a single pass.
//
// The plans are libphonenumber's own (their messages are in phonemetadata.pb.h), those of the version
// installed.
#ifndef YORAN_INTERPRET_NUMBER_PLAN_H_
#define YORAN_INTERPRET_NUMBER_PLAN_H_

#include <phonenumbers/phonenumberutil.h>

namespace yoran {

[[nodiscard]] i18n::phonenumbers::PhoneNumberUtil::PhoneNumberType number_type(
    const i18n::phonenumbers::PhoneNumber& number);

}  // namespace yoran

#endif  // YORAN_INTERPRET_NUMBER_PLAN_H_
