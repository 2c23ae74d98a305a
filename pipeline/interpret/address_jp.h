// Japanese addresses in Japanese script: postal code, prefecture, municipality, quarter, block, building.
//
// The parse begins at the name of a prefecture or municipality and goes on by the form of what follows; names
// of quarters are not known, only how they end: at a number, at a mark, at the end of the line. Numbers
// before a unit such as the chome belong to the quarter, the others are the block. What is not far enough
// from a mere mention of a place is dropped: see is_address. Cost: linear; a parse looks at kMaxTown and
// kMaxBuilding bytes.
#ifndef YORAN_INTERPRET_ADDRESS_JP_H_
#define YORAN_INTERPRET_ADDRESS_JP_H_

#include <vector>

#include "interpret/address_lines.h"
#include "interpret/address_parts.h"
#include "interpret/context.h"
#include "types/mention.h"

namespace yoran {

[[nodiscard]] std::vector<FoundAddress> find_japanese_addresses(const Mentions& mentions,
                                                                const AddressLines& lines,
                                                                const InterpretContext& context);

}  // namespace yoran

#endif  // YORAN_INTERPRET_ADDRESS_JP_H_
