// The objects that the agent holds, by number. A number is never given twice.
#pragma once
#include "memory.h"
#include "ole.h"

class Kept {
 public:
  Kept() = default;
  Kept(const Kept&) = delete;
  ~Kept() { releaseAll(); }

  // Keeps one more reference to the object; 0 when there are too many.
  uint32_t keep(IDispatch* object);
  // The object, without a reference for the caller; null when it is not kept.
  IDispatch* find(uint32_t number) const;
  void release(uint32_t number);
  // Gives back all that were kept since `mark`, a value of `next`.
  void releaseFrom(uint32_t mark);
  void releaseAll() { releaseFrom(0); }
  uint32_t next() const { return next_; }
  size_t size() const { return entries_.size(); }

 private:
  struct Entry {
    uint32_t number;
    IDispatch* object;
  };
  size_t place(uint32_t number) const;

  List<Entry> entries_;  // by rising number
  uint32_t next_ = 1;
};
