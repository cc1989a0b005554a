// Memory without exceptions: whatever allocates says whether it could.
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <new>

// An object on the heap; null when there is no memory. Ends with `destroy`.
template <class T, class... Args>
T* create(Args... args) {
  void* memory = malloc(sizeof(T));
  return memory == nullptr ? nullptr : ::new (memory) T(args...);
}

template <class T>
void destroy(T* object) {
  if (object == nullptr) return;
  object->~T();
  free(object);
}

// A growing list of plain values, which are moved as bytes and never destroyed by it.
template <class T>
class List {
 public:
  List() = default;
  List(const List&) = delete;
  List& operator=(const List&) = delete;
  ~List() { free(items_); }

  size_t size() const { return size_; }
  T& operator[](size_t at) { return items_[at]; }
  const T& operator[](size_t at) const { return items_[at]; }
  T* data() { return items_; }
  const T* data() const { return items_; }

  bool push(const T& item) {
    if (size_ == room_ && !reserve(room_ == 0 ? 8 : room_ * 2)) return false;
    items_[size_++] = item;
    return true;
  }

  bool append(const T* items, size_t count) {
    if (count > room_ - size_) {
      size_t wanted = room_ == 0 ? 64 : room_;
      while (wanted - size_ < count) {
        if (wanted > SIZE_MAX / 4 / sizeof(T)) return false;
        wanted *= 2;
      }
      if (!reserve(wanted)) return false;
    }
    if (count > 0) memcpy(static_cast<void*>(items_ + size_), items, count * sizeof(T));
    size_ += count;
    return true;
  }

  // `count` items of zero bytes in place of all there were.
  bool zeroed(size_t count) {
    if (count > SIZE_MAX / 4 / sizeof(T) || (count > room_ && !reserve(count))) return false;
    if (count > 0) memset(static_cast<void*>(items_), 0, count * sizeof(T));
    size_ = count;
    return true;
  }

  void shrink(size_t size) { size_ = size < size_ ? size : size_; }

  void remove(size_t at) {
    memmove(static_cast<void*>(items_ + at), items_ + at + 1, (size_ - at - 1) * sizeof(T));
    size_--;
  }

 private:
  bool reserve(size_t room) {
    T* items = static_cast<T*>(realloc(static_cast<void*>(items_), room * sizeof(T)));
    if (items == nullptr) return false;
    items_ = items;
    room_ = room;
    return true;
  }

  T* items_ = nullptr;
  size_t size_ = 0;
  size_t room_ = 0;
};
