// One program at work: it can stop between two calls when its time is over, and go on later where it stopped.
#pragma once
#include "program.h"
#include "variants.h"

// Milliseconds of a clock that never goes back; each platform brings its own.
uint64_t nowMilliseconds();

class Execution {
 public:
  enum class Stop { Done, Stale, Failed, Paused, Refused };

  Execution(IDispatch* application, Kept* kept) : application_(application), kept_(kept) { application_->AddRef(); }
  Execution(const Execution&) = delete;
  ~Execution();

  // Takes the request over, which begins behind the header at `from`. None: it may run.
  Refusal load(const uint8_t* request, size_t size, size_t from);

  // Runs on for `budget` milliseconds, at least one call.
  // @param closing becomes true when Outlook takes the add-in away in the middle of a call: no further call is made then
  Stop run(uint32_t budget, const bool* closing);

  // What came of it, as the response says it; valid after `run`.
  void write(Writer& writer, Stop stop);

  // Calls made by the last `run`.
  uint32_t calls() const { return calls_; }
  Refusal refusal() const { return refusal_; }
  bool tooManyObjects() const { return tooManyObjects_; }

 private:
  struct Loop {
    uint32_t step;
    int32_t count;
    int32_t at;
    bool between;  // before taking the next object
    VARIANT* collected;  // step.count lists of `room` values, one behind the other
    uint32_t rounds;
    uint32_t room;
  };

  Stop step();
  Stop loopStep();
  bool collect(Loop& loop);
  bool finishLoop();
  Stop invokeStep(const Step& step);
  Stop expectStep(const Step& step);
  Stop eachStep(const Step& step);
  Stop refuse(Refusal why);
  Stop failed(const Step& step, uint32_t member, HRESULT result);
  void set(uint32_t slot, VARIANT* value);
  void unset(uint32_t slot);
  HRESULT invoke(IDispatch* on, const OLECHAR* name, WORD flags, VARIANT* args, uint32_t count, VARIANT* result);
  HRESULT callNamed(uint32_t slot, const OLECHAR* name, WORD flags, VARIANT* args, uint32_t count, VARIANT* result);
  bool overBudget() const;
  void writeDone(Writer& writer);

  IDispatch* application_;
  Kept* kept_;
  List<uint8_t> request_;
  Program program_;
  List<Slot> slots_;
  Loop loops_[kMostDepth];
  uint32_t depth_ = 0;
  uint32_t pc_ = 0;
  uint64_t end_ = 0;
  const bool* closing_ = nullptr;
  uint32_t calls_ = 0;
  Refusal refusal_ = Refusal::None;
  bool tooManyObjects_ = false;
  // What a failure or a stale value is told with.
  uint32_t failedStep_ = 0;
  uint32_t failedMember_ = 0;  // 0 = none, 1 = Item, 2 and up = names
  HRESULT failedResult_ = S_OK;
  BSTR failedText_ = nullptr;
  uint32_t staleSlot_ = 0;
};
