// Stage 5, the kind `address`: postal addresses of all countries.
// In:     names of places among the words, postal codes among the mentions, the contacts already read.
// Out:    readings that cover the whole printed address and no contact; the components as printed, what
// follows from
//         them named in `assumed`; whose it is (label) and under which heading (section).
// Errors: address.merged-municipality (info): the place is part of another one today.
// Source: address model of the Government Interoperability Framework of Japan (Digital Agency);
// libaddressinput for the
//         formats of postal codes; UPU S42 for the order of components.
// Cost:   linear in lines and names; a parse is bounded by constants of address_jp and address_world.
#ifndef YORAN_INTERPRET_ADDRESS_H_
#define YORAN_INTERPRET_ADDRESS_H_

#include <span>
#include <vector>

#include "interpret/context.h"
#include "types/mention.h"

namespace yoran {

// `contacts`: accepted telephone numbers, URLs and mailboxes, in text order.
void interpret_addresses(const Mentions& mentions, std::span<const Reading> contacts,
                         InterpretContext& context, std::vector<Reading>& out);

}  // namespace yoran

#endif  // YORAN_INTERPRET_ADDRESS_H_
