// A large value that is kept apart, so that what holds it is small. It is copied and compared as the value.
#ifndef YORAN_TYPES_BOXED_H_
#define YORAN_TYPES_BOXED_H_

#include <memory>
#include <utility>

namespace yoran {

template <class T>
class Boxed {
 public:
  Boxed(T value) : value_(std::make_unique<T>(std::move(value))) {}  // NOLINT: it stands for the value
  Boxed(const Boxed& other) : value_(other.value_ ? std::make_unique<T>(*other.value_) : nullptr) {}
  Boxed(Boxed&&) noexcept = default;
  Boxed& operator=(const Boxed& other) {
    if (this != &other) *this = Boxed(other);
    return *this;
  }
  Boxed& operator=(Boxed&&) noexcept = default;
  ~Boxed() = default;

  [[nodiscard]] T& operator*() { return *value_; }
  [[nodiscard]] const T& operator*() const { return *value_; }

  friend bool operator==(const Boxed& a, const Boxed& b) { return *a == *b; }

 private:
  std::unique_ptr<T> value_;  // null only in what was moved from
};

}  // namespace yoran

#endif  // YORAN_TYPES_BOXED_H_
