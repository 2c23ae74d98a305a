// From inputs to documents, one at a time: an input is one, or a container of many.
//
// Of a container every document comes with its number, and then, at the end, the container itself, so that
// each input has exactly one outcome of its own.
#ifndef YORAN_APP_INPUT_DOCUMENT_SOURCE_H_
#define YORAN_APP_INPUT_DOCUMENT_SOURCE_H_

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "app/command_line.h"
#include "app/input/container.h"
#include "app/input/input.h"
#include "app/input/input_walk.h"

namespace yoran {

struct SourceDocument {
  Input input;                         // "archive.zip!a/b.html" for a document in a container
  std::optional<std::string> bytes{};  // read already; none: of a file of this name
  std::optional<MediaType> media_type{};
  std::string charset{};
  std::size_t member = 0;                // its number in its container, from 1
  std::optional<std::size_t> members{};  // of a container that is through: the documents in it
};

// --input-format, --text-field, --id-field, --max-members, --max-unpacked, --max-ratio.
class InputFormat {
 public:
  explicit InputFormat(const Arguments& arguments);
  // How a file of this name is read.
  [[nodiscard]] ContainerOptions options_for(const std::string& path) const;
  // Which files a folder is searched for.
  [[nodiscard]] bool wants(std::string_view name) const;

 private:
  std::optional<ContainerKind> kind_;  // none: by the name
  ContainerOptions options_;
};

class DocumentSource {
 public:
  using NextInput = std::function<std::optional<Input>()>;

  // `members_done`: so many documents of the first input, a container, are passed over.
  DocumentSource(NextInput inputs, const InputFormat& format, std::size_t members_done)
      : inputs_(std::move(inputs)), format_(format), skip_(members_done) {}
  [[nodiscard]] std::optional<SourceDocument> next();

 private:
  [[nodiscard]] std::optional<SourceDocument> next_member();
  [[nodiscard]] SourceDocument end_of_container();

  NextInput inputs_;
  const InputFormat& format_;
  std::size_t skip_;
  Input input_;  // the container that is open
  int descriptor_ = -1;
  std::unique_ptr<Container> container_;
  std::size_t members_ = 0;
};

}  // namespace yoran

#endif  // YORAN_APP_INPUT_DOCUMENT_SOURCE_H_
