// What the agent says over the pipe: lines `ack N`, nothing else.
#pragma once
#include "../core/memory.h"

// Puts lines together from whatever pieces they come in.
class Lines {
 public:
  // Takes bytes in; false when they are not what an agent says.
  bool take(const char* bytes, size_t count);
  // The highest click that the agent has taken so far.
  uint32_t acknowledged() const { return acknowledged_; }

 private:
  bool line();

  static constexpr size_t kMostLine = 32;
  char line_[kMostLine];
  size_t length_ = 0;
  uint32_t acknowledged_ = 0;
};
