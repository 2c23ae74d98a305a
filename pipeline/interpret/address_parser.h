// One block outside Japan: its pieces become the components of an address.
//
// Country, postal code, region, locality, box, street, unit and building take their pieces, in this order,
// each from where its country writes it; what is left in front is the organisation, what is left behind the
// street belongs to it. A block is an address when anchors that do not depend on each other say so: see
// is_address. Cost: linear in the pieces; a block has at most kMaxPieces.
#ifndef YORAN_INTERPRET_ADDRESS_PARSER_H_
#define YORAN_INTERPRET_ADDRESS_PARSER_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "interpret/address_lines.h"
#include "interpret/address_parts.h"
#include "interpret/address_pieces.h"
#include "interpret/context.h"

namespace yoran {

enum class BlockForm : std::uint8_t {
  lines,     // whole lines
  line,      // one line that must hold all of an address
  sentence,  // a part of running text
};

// None if the pieces are no address. `labelled`: a word for addresses leads to them.
[[nodiscard]] std::optional<FoundAddress> parse_address(std::vector<Piece> pieces, bool labelled,
                                                        BlockForm form, const AddressLines& lines,
                                                        const InterpretContext& context);

}  // namespace yoran

#endif  // YORAN_INTERPRET_ADDRESS_PARSER_H_
