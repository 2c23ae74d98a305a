// Addresses outside Japan, and Japanese ones in Latin script: blocks of one to eight lines and inline forms.
//
// A line with a place name, a postal code or a word such as Street is looked at together with the lines it
// touches. The block is cut at commas and line ends into pieces; country, postal code, region, locality, box,
// street, unit and organisation take theirs, in this order, each from where its country writes it. A block is
// an address when anchors that do not depend on each other say so: see is_address. Cost: linear; a block has
// at most kMaxLines lines and kMaxPieces pieces.
#ifndef YORAN_INTERPRET_ADDRESS_WORLD_H_
#define YORAN_INTERPRET_ADDRESS_WORLD_H_

#include <vector>

#include "interpret/address_lines.h"
#include "interpret/address_parts.h"
#include "interpret/context.h"
#include "types/mention.h"

namespace yoran {

// `known`: addresses found already; nothing is looked for on their lines.
[[nodiscard]] std::vector<FoundAddress> find_world_addresses(const Mentions& mentions,
                                                             const AddressLines& lines,
                                                             const InterpretContext& context,
                                                             const std::vector<FoundAddress>& known);

}  // namespace yoran

#endif  // YORAN_INTERPRET_ADDRESS_WORLD_H_
