// Japanese addresses in Latin script, in the English order (block, quarter, city, prefecture, code) or in the
// Japanese one. Anchored at the names of places: a chain of them, then the quarter and block beside it.
#ifndef YORAN_INTERPRET_ADDRESS_ROMAJI_H_
#define YORAN_INTERPRET_ADDRESS_ROMAJI_H_

#include <vector>

#include "interpret/address_lines.h"
#include "interpret/address_parts.h"
#include "interpret/context.h"
#include "types/mention.h"

namespace yoran {

[[nodiscard]] std::vector<FoundAddress> find_romaji_addresses(const Mentions& mentions,
                                                              const AddressLines& lines,
                                                              const InterpretContext& context);

}  // namespace yoran

#endif  // YORAN_INTERPRET_ADDRESS_ROMAJI_H_
