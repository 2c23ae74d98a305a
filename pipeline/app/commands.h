// The commands of the program, one function each.
#ifndef YORAN_APP_COMMANDS_H_
#define YORAN_APP_COMMANDS_H_

#include <span>
#include <string>

#include "app/command_line.h"

namespace yoran {

int run_extract(const Arguments& arguments);
int run_filter(const Arguments& arguments);
int run_check(const Arguments& arguments);
int run_config_show(const Arguments& arguments);
int run_config_schema(const Arguments& arguments);
int run_init(const Arguments& arguments);
int run_explain(const Arguments& arguments);
int run_rules_test(const Arguments& arguments);
int run_rules_list(const Arguments& arguments);
int run_rules_show(const Arguments& arguments);
int run_rules_diff(const Arguments& arguments);
int run_eval(const Arguments& arguments);
int run_validate(const Arguments& arguments);
int run_schema(const Arguments& arguments);
int run_completion(const Arguments& arguments);
int run_man(const Arguments& arguments);
int run_help(const Arguments& arguments);
int run_version(const Arguments& arguments);

// All of them; a command of two words has both in its name: "rules test".
[[nodiscard]] std::span<const Command> commands();

// What `yoran --help` shows.
[[nodiscard]] std::string overview();

}  // namespace yoran

#endif  // YORAN_APP_COMMANDS_H_
