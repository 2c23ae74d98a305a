// Archives, compressed files, WARC and JSON Lines: any bytes give documents within the limits or a fault that
// says why the reading stopped.
#include <sys/mman.h>
#include <unistd.h>

#include "app/input/container.h"
#include "fuzz_input.h"

namespace yoran {
namespace {

constexpr std::uint64_t kMaxDocument = 64U << 10U;
constexpr std::uint64_t kMaxMembers = 50;

// The first byte says what the rest is; letters, so that seeds can be made by hand.
ContainerOptions options_of(std::uint8_t first) {
  ContainerOptions options;
  options.kind = static_cast<ContainerKind>(1 + first % 4);
  options.limits.max_document = kMaxDocument;
  options.limits.max_members = kMaxMembers;
  options.limits.max_unpacked = 4U << 20U;
  return options;
}

// A file in memory: containers are read from descriptors.
class MemoryFile {
 public:
  explicit MemoryFile(std::string_view bytes) : descriptor_(memfd_create("container", MFD_CLOEXEC)) {
    require(descriptor_ >= 0, "a file in memory is made");
    require(write(descriptor_, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()),
            "it takes all bytes");
    lseek(descriptor_, 0, SEEK_SET);
  }
  ~MemoryFile() { close(descriptor_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  [[nodiscard]] int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
};

void check(const ContainedDocument& document) {
  require(!document.name.empty(), "a document has a name");
  require(document.bytes.size() <= kMaxDocument, "a document is no larger than allowed");
  require(!document.fault || (document.bytes.empty() && !document.fault->code.empty()),
          "a document has bytes or a fault with a code");
}

}  // namespace
}  // namespace yoran

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace yoran;
  if (size == 0 || size > kMaxInput) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const MemoryFile file(bytes);
  const auto container =
      open_container({"container.bin", file.descriptor(), bytes.size()}, options_of(data[0]));
  std::size_t documents = 0;
  while (const auto document = container->next()) {
    check(*document);
    require(++documents <= kMaxMembers + 1, "there are no more documents than allowed");
  }
  require(!container->fault() || !container->fault()->message.empty(), "a fault says what it is");
  require(!container->next(), "behind the end there is nothing");
  return 0;
}
