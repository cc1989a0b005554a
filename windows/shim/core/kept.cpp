#include "kept.h"

#include "wire.h"

uint32_t Kept::keep(IDispatch* object) {
  const Entry entry = {next_, object};
  if (entries_.size() >= kMostKept || next_ == 0xFFFFFFFF || !entries_.push(entry)) return 0;
  object->AddRef();
  return next_++;
}

size_t Kept::place(uint32_t number) const {
  size_t low = 0;
  size_t high = entries_.size();
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    if (entries_[middle].number < number) low = middle + 1;
    else high = middle;
  }
  return low;
}

IDispatch* Kept::find(uint32_t number) const {
  const size_t at = place(number);
  return at < entries_.size() && entries_[at].number == number ? entries_[at].object : nullptr;
}

void Kept::release(uint32_t number) {
  const size_t at = place(number);
  if (at >= entries_.size() || entries_[at].number != number) return;
  IDispatch* object = entries_[at].object;
  // Out of the list first: giving an object back may run code that comes in here again.
  entries_.remove(at);
  object->Release();
}

void Kept::releaseFrom(uint32_t mark) {
  while (entries_.size() > 0 && entries_[entries_.size() - 1].number >= mark) {
    IDispatch* object = entries_[entries_.size() - 1].object;
    entries_.shrink(entries_.size() - 1);
    object->Release();
  }
}
