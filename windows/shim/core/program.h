// A program as its list of steps, checked whole before its first step runs.
#pragma once
#include "ole.h"
#include "wire.h"

struct Step {
  StepOp op;
  uint8_t flags;
  uint32_t outer;   // index of the step in the outer list, for outcomes
  uint32_t on;      // slot: object of get, put and call; handle of expect and release; collection of each
  uint32_t member;  // index into names
  uint32_t as;      // slot of the result, or of each's object
  uint32_t count;   // of args, of expect's values, of each's collected slots
  size_t bytes;     // where args, values or collected slots begin in the request
  uint32_t most;    // each: objects at most
  uint32_t end;     // each: the step behind its inner ones
};

struct Name {
  size_t bytes;
  uint32_t units;
};

struct Given {
  uint32_t slot;
  uint32_t object;
};

constexpr uint32_t kNoMost = 0xFFFFFFFF;

// What a request says after its header. Refers to the bytes, which must outlive it.
class Program {
 public:
  // Reads and checks everything. None: it may run.
  Refusal parse(Reader& reader);

  uint32_t slots = 0;
  List<Name> names;
  List<Given> given;
  List<Step> steps;
  List<uint32_t> returns;

 private:
  bool parseNames(Reader& reader);
  bool parseSteps(Reader& reader, uint32_t count, uint32_t depth, uint32_t outer);
  bool parseStep(Reader& reader, uint32_t depth, uint32_t outer);
  bool parseEach(Reader& reader, Step step, uint32_t depth);
  uint32_t slot(Reader& reader);
  bool tooMuch();

  Refusal why_ = Refusal::None;
};

// Steps over one value; false when it is not in the wire form, too deep, or a handle where none may be.
bool skipValue(Reader& reader, uint32_t slots, bool mayBeSlot, uint32_t depth = 0);
