// Bytes of the wire form (docs/windows-shim.md): little-endian; counts and indexes as LEB128 of at most 32 bits.
#pragma once
#include "memory.h"

constexpr uint16_t kMagic = 0x4D42;  // 'BM'
constexpr uint8_t kVersion = 1;

// What a request may hold at most. Whatever is beyond is refused before its first step.
constexpr size_t kMostRequestBytes = 16u << 20;
constexpr size_t kMostResponseBytes = 64u << 20;
constexpr uint32_t kMostSteps = 200000;
constexpr uint32_t kMostSlots = 200000;
constexpr uint32_t kMostArgs = 32;
constexpr uint32_t kMostDepth = 4;        // of `each` within `each`
constexpr uint32_t kMostValueDepth = 8;   // of lists within lists
constexpr uint32_t kMostKept = 4096;      // objects at a time
constexpr uint32_t kMostNameUnits = 128;  // UTF-16 units of a member's name

enum class Op : uint8_t { Run = 1, Resume = 2, Release = 3 };
enum class Kind : uint8_t { Done = 0, Stale = 1, Failed = 2, Paused = 3, Refused = 4, Released = 5 };
enum class Tag : uint8_t {
  Null = 0, False = 1, True = 2, Int = 3, Double = 4, Text = 5, Bytes = 6, Date = 7, Error = 8, Object = 9, Slot = 10, List = 11,
};
enum class StepOp : uint8_t { Get = 1, Put = 2, Call = 3, Expect = 4, Each = 5, Release = 6 };
constexpr uint8_t kStepMask = 0x0F;
constexpr uint8_t kOptional = 0x10;
constexpr uint8_t kHasAs = 0x20;

// Why a request is refused.
enum class Refusal : uint8_t {
  None = 0,
  Malformed = 1,      // not in the wire form
  Version = 2,        // another version of it
  TooMuch = 3,        // beyond a limit
  UnknownObject = 4,  // an object that is not kept
  UnsetHandle = 5,    // a step uses a handle that nothing has set
  NothingPaused = 6,  // nothing to resume
  NoMemory = 7,
};

// Reads within bounds; after the first read beyond them every answer is zero and `ok` is false.
class Reader {
 public:
  Reader(const uint8_t* data, size_t size, size_t from = 0) : data_(data), size_(size), at_(from) {}

  bool ok() const { return ok_; }
  void fail() { ok_ = false; }
  size_t at() const { return at_; }
  void seek(size_t at) { at_ = at <= size_ ? at : size_; }
  size_t left() const { return ok_ ? size_ - at_ : 0; }

  const uint8_t* take(size_t count) {
    if (!ok_ || count > size_ - at_) {
      ok_ = false;
      return nullptr;
    }
    const uint8_t* from = data_ + at_;
    at_ += count;
    return from;
  }
  uint8_t u8() {
    const uint8_t* from = take(1);
    return from == nullptr ? 0 : *from;
  }
  uint16_t u16() { return plain<uint16_t>(); }
  uint32_t u32() { return plain<uint32_t>(); }
  double f64() { return plain<double>(); }
  uint32_t varint();

 private:
  template <class T>
  T plain() {
    T value{};
    const uint8_t* from = take(sizeof(T));
    if (from != nullptr) memcpy(&value, from, sizeof(T));
    return value;
  }

  const uint8_t* data_;
  size_t size_;
  size_t at_;
  bool ok_ = true;
};

// Writes until memory or the limit ends; then `ok` is false.
class Writer {
 public:
  bool ok() const { return ok_; }
  size_t size() const { return bytes_.size(); }
  const uint8_t* data() const { return bytes_.data(); }
  void restart() {
    bytes_.shrink(0);
    ok_ = true;
  }

  void put(const void* from, size_t count) {
    if (!ok_ || count > kMostResponseBytes - bytes_.size()) ok_ = false;
    else ok_ = bytes_.append(static_cast<const uint8_t*>(from), count);
  }
  void u8(uint8_t value) { put(&value, 1); }
  void tag(Tag value) { u8(static_cast<uint8_t>(value)); }
  void u16(uint16_t value) { put(&value, 2); }
  void u32(uint32_t value) { put(&value, 4); }
  void f64(double value) { put(&value, 8); }
  void varint(uint32_t value);

 private:
  List<uint8_t> bytes_;
  bool ok_ = true;
};
