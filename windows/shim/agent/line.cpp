#include "line.h"

bool Lines::take(const char* bytes, size_t count) {
  for (size_t at = 0; at < count; at++) {
    if (bytes[at] == '\n') {
      if (!line()) return false;
      length_ = 0;
    } else {
      if (length_ == kMostLine) return false;
      line_[length_++] = bytes[at];
    }
  }
  return true;
}

bool Lines::line() {
  static const char kAck[] = "ack ";
  if (length_ < 5 || length_ > 13 || memcmp(line_, kAck, 4) != 0) return false;
  uint32_t number = 0;
  for (size_t at = 4; at < length_; at++) {
    const char digit = line_[at];
    if (digit < '0' || digit > '9') return false;
    number = number * 10 + static_cast<uint32_t>(digit - '0');
  }
  if (number > acknowledged_) acknowledged_ = number;
  return true;
}
