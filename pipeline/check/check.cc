#include "check/check.h"

#include "check/context.h"

namespace yoran {
namespace {

void run(const CheckRule& rule, CheckContext& context) {
  switch (rule.kind) {
    case CheckKind::stage:
      return check_stage(rule, context);
    case CheckKind::required:
      return check_required(rule, context);
    case CheckKind::empty_label:
      return check_empty_label(rule, context);
    case CheckKind::as_of_missing:
    case CheckKind::as_of_old:
    case CheckKind::as_of_future:
      return check_as_of(rule, context);
    case CheckKind::country_missing:
      return check_country(rule, context);
    case CheckKind::date_order:
      return check_date_order(rule, context);
    case CheckKind::range_order:
      return check_range_order(rule, context);
    case CheckKind::total:
      return check_totals(rule, context);
    case CheckKind::two_units:
      return check_two_units(rule, context);
    case CheckKind::conflict:
      return check_conflict(rule, context);
    case CheckKind::prefecture:
      return check_prefecture(rule, context);
    case CheckKind::postal_code:
      return check_postal_code(rule, context);
    case CheckKind::postal_district:
      return check_postal_district(rule, context);
    case CheckKind::phone:
      return check_phone(rule, context);
    case CheckKind::pattern:
      return check_pattern(rule, context);
    case CheckKind::mixed_digits:
      return check_mixed_digits(rule, context);
    case CheckKind::not_composed:
      return check_not_composed(rule, context);
    case CheckKind::unused_ignore:
    case CheckKind::unknown_ignore:
      return;  // about comments, which are read after all other checks
  }
}

}  // namespace

CheckResult check(const CheckInput& input) {
  CheckContext context(input);
  for (const CheckRule& rule : input.rules.checks) run(rule, context);
  return apply_ignores(context);
}

}  // namespace yoran
