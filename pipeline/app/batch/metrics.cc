#include "app/batch/metrics.h"

#include <fmt/format.h>

#include <string_view>

#include "app/check/fix.h"
#include "app/console.h"
#include "emit/version.h"

namespace yoran {
namespace {

constexpr std::chrono::seconds kInterval{5};

void head(std::string& out, std::string_view name, std::string_view type, std::string_view help) {
  out += fmt::format("# HELP {0} {1}\n# TYPE {0} {2}\n", name, help, type);
}

}  // namespace

std::string Metrics::text(const Tally& tally, bool finished, double seconds) const {
  std::string out;
  head(out, "yoran_build_info", "gauge", "Version of the program and digest of its rules.");
  out += fmt::format("yoran_build_info{{version=\"{}\",rules_sha256=\"{}\"}} 1\n", kVersion, rules_sha256_);
  head(out, "yoran_inputs_total", "counter", "Inputs by outcome.");
  for (const std::string_view outcome : kOutcomes)
    out += fmt::format("yoran_inputs_total{{outcome=\"{}\"}} {}\n", outcome, tally.of(outcome));
  head(out, "yoran_reasons_total", "counter", "Inputs that were not ok, by the code of the diagnostic.");
  for (const auto& [code, count] : tally.reasons())
    out += fmt::format("yoran_reasons_total{{code=\"{}\"}} {}\n", code, count);
  head(out, "yoran_records_total", "counter", "Records written.");
  out += fmt::format("yoran_records_total {}\n", tally.records());
  head(out, "yoran_input_bytes_total", "counter", "Bytes of the documents read.");
  out += fmt::format("yoran_input_bytes_total {}\n", tally.bytes());
  head(out, "yoran_input_seconds", "histogram", "Time spent on an input.");
  std::size_t sum = 0;
  for (std::size_t i = 0; i < kTimeBounds.size(); ++i) {
    sum += tally.times()[i];
    out += fmt::format("yoran_input_seconds_bucket{{le=\"{}\"}} {}\n",
                       static_cast<double>(kTimeBounds[i]) / 1000, sum);
  }
  out += fmt::format("yoran_input_seconds_bucket{{le=\"+Inf\"}} {}\n", tally.inputs());
  out += fmt::format("yoran_input_seconds_sum {:.3f}\n", static_cast<double>(tally.milliseconds()) / 1000);
  out += fmt::format("yoran_input_seconds_count {}\n", tally.inputs());
  head(out, "yoran_run_seconds", "gauge", "Time since the run began.");
  out += fmt::format("yoran_run_seconds {:.3f}\n", seconds);
  head(out, "yoran_run_finished", "gauge", "1 when all inputs are done.");
  out += fmt::format("yoran_run_finished {}\n", finished ? 1 : 0);
  return out;
}

void Metrics::tick(const Tally& tally) {
  if (path_.empty() || Clock::now() - last_ < kInterval) return;
  last_ = Clock::now();
  write(tally, false);
}

void Metrics::write(const Tally& tally, bool finished) const {
  if (path_.empty()) return;
  const double seconds = std::chrono::duration<double>(Clock::now() - start_).count();
  if (const std::string fault = write_atomically(path_, text(tally, finished, seconds)); !fault.empty())
    throw OutputError("cannot write '" + path_ + "': " + fault, false);
}

}  // namespace yoran
