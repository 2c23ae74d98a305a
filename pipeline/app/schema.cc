// yoran schema: the JSON Schema of records.
#include "emit/schema.h"

#include "app/commands.h"
#include "app/console.h"
#include "app/rules_source.h"

namespace yoran {

int run_schema(const Arguments& arguments) {
  write_stdout(record_schema(*load_rules_of(arguments), !arguments.has("no-evidence")));
  return kExitOk;
}

}  // namespace yoran
