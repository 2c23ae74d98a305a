// Findings of documents that have not changed since they were last checked.
//
// One file for each document, named by its path and replaced when the document changes. An entry says what
// it was made from (bytes, rules, options, version) and ends in a digest of itself: one that is of something
// else, or damaged, is as good as none.
#ifndef YORAN_APP_CHECK_CHECK_CACHE_H_
#define YORAN_APP_CHECK_CHECK_CACHE_H_

#include <optional>
#include <string>

#include "types/finding.h"

namespace yoran {

class CheckCache {
 public:
  // `folder` empty: keeps nothing. `basis`: everything but the document that findings depend on.
  CheckCache(std::string folder, std::string basis) : folder_(std::move(folder)), basis_(std::move(basis)) {}

  // Thread-safe for different documents. `made_from` is the digest of the bytes and of what was asked of
  // this document.
  [[nodiscard]] std::optional<Findings> find(const std::string& path, const std::string& made_from) const;
  void keep(const std::string& path, const std::string& made_from, const Findings& findings) const;
  [[nodiscard]] bool is_open() const { return !folder_.empty(); }

 private:
  [[nodiscard]] std::string file_of(const std::string& path) const;
  std::string folder_;
  std::string basis_;
};

// $XDG_CACHE_HOME/yoran or ~/.cache/yoran; empty if there is no home.
[[nodiscard]] std::string default_cache_folder();

}  // namespace yoran

#endif  // YORAN_APP_CHECK_CHECK_CACHE_H_
