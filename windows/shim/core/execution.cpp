#include "execution.h"

namespace {

constexpr uint32_t kMemberItem = 1;
constexpr uint32_t kMemberNames = 2;
constexpr int32_t kMostObjects = 1000000;
constexpr uint32_t kMostMessage = 1000;

const OLECHAR kCount[] = L"Count";
const OLECHAR kItem[] = L"Item";

void clearExcep(EXCEPINFO* info) {
  SysFreeString(info->bstrSource);
  SysFreeString(info->bstrDescription);
  SysFreeString(info->bstrHelpFile);
}

}  // namespace

Execution::~Execution() {
  for (uint32_t at = 0; at < depth_; at++) {
    Loop& loop = loops_[at];
    const uint32_t lists = program_.steps[loop.step].count;
    for (uint32_t list = 0; list < lists; list++)
      for (uint32_t round = 0; round < loop.rounds; round++) VariantClear(&loop.collected[list * loop.room + round]);
    free(loop.collected);
  }
  for (size_t at = 0; at < slots_.size(); at++)
    if (slots_[at].set) VariantClear(&slots_[at].value);
  SysFreeString(failedText_);
  application_->Release();
}

Refusal Execution::load(const uint8_t* request, size_t size, size_t from) {
  if (!request_.append(request, size)) return Refusal::NoMemory;
  Reader reader(request_.data(), request_.size(), from);
  const Refusal why = program_.parse(reader);
  if (why != Refusal::None) return why;
  if (!slots_.zeroed(program_.slots)) return Refusal::NoMemory;
  VARIANT value;
  VariantInit(&value);
  value.vt = VT_DISPATCH;
  value.pdispVal = application_;
  application_->AddRef();
  set(0, &value);
  for (size_t at = 0; at < program_.given.size(); at++) {
    const Given& given = program_.given[at];
    IDispatch* object = kept_->find(given.object);
    if (object == nullptr) return Refusal::UnknownObject;
    object->AddRef();
    value.vt = VT_DISPATCH;
    value.pdispVal = object;
    set(given.slot, &value);
  }
  return Refusal::None;
}

void Execution::set(uint32_t slot, VARIANT* value) {
  unset(slot);
  slots_[slot].value = *value;
  slots_[slot].set = true;
}

void Execution::unset(uint32_t slot) {
  if (!slots_[slot].set) return;
  VARIANT old = slots_[slot].value;
  slots_[slot].set = false;
  VariantClear(&old);
}

bool Execution::overBudget() const { return calls_ > 0 && nowMilliseconds() >= end_; }

Execution::Stop Execution::refuse(Refusal why) {
  refusal_ = why;
  return Stop::Refused;
}

Execution::Stop Execution::failed(const Step& step, uint32_t member, HRESULT result) {
  failedStep_ = step.outer;
  failedMember_ = member;
  failedResult_ = result;
  return Stop::Failed;
}

Execution::Stop Execution::run(uint32_t budget, const bool* closing) {
  calls_ = 0;
  end_ = nowMilliseconds() + budget;
  closing_ = closing;
  for (;;) {
    const bool loopEnd = depth_ > 0 && pc_ == program_.steps[loops_[depth_ - 1].step].end;
    if (!loopEnd && pc_ >= program_.steps.size()) return Stop::Done;
    const Stop stop = loopEnd ? loopStep() : step();
    if (stop != Stop::Done) return stop;
  }
}

// One step. Done: go on.
Execution::Stop Execution::step() {
  const Step& step = program_.steps[pc_];
  switch (step.op) {
    case StepOp::Release:
      unset(step.on);
      pc_++;
      return Stop::Done;
    case StepOp::Expect:
      return expectStep(step);
    case StepOp::Each:
      return overBudget() ? Stop::Paused : eachStep(step);
    default:
      return overBudget() ? Stop::Paused : invokeStep(step);
  }
}

Execution::Stop Execution::expectStep(const Step& step) {
  const Slot& slot = slots_[step.on];
  if (!slot.set) return refuse(Refusal::UnsetHandle);
  Reader reader(request_.data(), request_.size(), step.bytes);
  for (uint32_t at = 0; at < step.count && reader.ok(); at++) {
    if (!equalsConstant(slot.value, reader)) continue;
    pc_++;
    return Stop::Done;
  }
  staleSlot_ = step.on;
  return Stop::Stale;
}

Execution::Stop Execution::invokeStep(const Step& step) {
  if (!slots_[step.on].set) return refuse(Refusal::UnsetHandle);
  VARIANT args[kMostArgs];
  VARIANT result;
  VariantInit(&result);
  Reader reader(request_.data(), request_.size(), step.bytes);
  const Scope scope = {slots_.data(), kept_};
  Refusal why = Refusal::None;
  uint32_t read = 0;
  // Automation takes arguments last to first.
  while (read < step.count && why == Refusal::None) why = readValue(reader, scope, &args[step.count - 1 - read++]);
  HRESULT hr = S_OK;
  if (why == Refusal::None) {
    OLECHAR name[kMostNameUnits + 1];
    const Name& units = program_.names[step.member];
    memcpy(name, request_.data() + units.bytes, units.units * sizeof(OLECHAR));
    name[units.units] = 0;
    const bool isObject = step.count > 0 && args[0].vt == VT_DISPATCH;
    // What is put empty is no argument that was left out.
    if (step.op == StepOp::Put && args[0].vt == VT_ERROR && args[0].scode == DISP_E_PARAMNOTFOUND) VariantInit(&args[0]);
    const WORD flags = step.op == StepOp::Get   ? DISPATCH_PROPERTYGET
                       : step.op == StepOp::Put ? (isObject ? DISPATCH_PROPERTYPUTREF : DISPATCH_PROPERTYPUT)
                                                : (DISPATCH_METHOD | DISPATCH_PROPERTYGET);
    hr = callNamed(step.on, name, flags, args, step.count, &result);
  }
  for (uint32_t at = 0; at < read; at++) VariantClear(&args[step.count - 1 - at]);
  if (why != Refusal::None) return refuse(why);
  if (FAILED(hr)) {
    VariantClear(&result);
    if ((step.flags & kOptional) == 0 || *closing_) return failed(step, step.member + kMemberNames, hr);
    SysFreeString(failedText_);
    failedText_ = nullptr;
    result.vt = VT_ERROR;
    result.scode = hr;
  }
  if ((step.flags & kHasAs) != 0) set(step.as, &result);
  else VariantClear(&result);
  pc_++;
  return Stop::Done;
}

Execution::Stop Execution::eachStep(const Step& step) {
  if (!slots_[step.on].set) return refuse(Refusal::UnsetHandle);
  VARIANT result;
  VariantInit(&result);
  const HRESULT hr = callNamed(step.on, kCount, DISPATCH_PROPERTYGET, nullptr, 0, &result);
  double number = 0;
  const bool counted = SUCCEEDED(hr) && numberOf(result, &number) && number >= 1;
  VariantClear(&result);
  if (FAILED(hr)) return failed(step, kMemberItem, hr);
  Loop loop = {};
  loop.step = pc_;
  loop.count = !counted ? 0 : number > kMostObjects ? kMostObjects : static_cast<int32_t>(number);
  if (step.most < static_cast<uint32_t>(loop.count)) loop.count = static_cast<int32_t>(step.most);
  loop.between = true;
  loops_[depth_++] = loop;
  pc_ = step.end;
  return Stop::Done;
}

// At the end of a round: collects what it found, takes the next object or ends the loop.
Execution::Stop Execution::loopStep() {
  Loop& loop = loops_[depth_ - 1];
  const Step& step = program_.steps[loop.step];
  if (!loop.between) {
    if (!collect(loop)) return refuse(Refusal::NoMemory);
    loop.between = true;
  }
  if (loop.at >= loop.count) return finishLoop() ? Stop::Done : refuse(Refusal::NoMemory);
  if (overBudget()) return Stop::Paused;
  VARIANT index;
  VARIANT object;
  VariantInit(&index);
  VariantInit(&object);
  index.vt = VT_I4;
  index.lVal = ++loop.at;
  if (!slots_[step.on].set) return refuse(Refusal::UnsetHandle);
  const HRESULT hr = callNamed(step.on, kItem, DISPATCH_METHOD | DISPATCH_PROPERTYGET, &index, 1, &object);
  if (FAILED(hr)) {
    VariantClear(&object);
    return failed(step, kMemberItem, hr);
  }
  set(step.as, &object);
  loop.between = false;
  pc_ = loop.step + 1;
  return Stop::Done;
}

// Moves the collected handles of a finished round into their lists and forgets all others of the round.
bool Execution::collect(Loop& loop) {
  const Step& step = program_.steps[loop.step];
  if (loop.rounds == loop.room && step.count > 0) {
    const uint32_t room = loop.room == 0 ? 8 : loop.room * 2;
    VARIANT* lists = static_cast<VARIANT*>(malloc(static_cast<size_t>(room) * step.count * sizeof(VARIANT)));
    if (lists == nullptr) return false;
    for (uint32_t list = 0; list < step.count && loop.rounds > 0; list++)
      memcpy(static_cast<void*>(lists + list * room), loop.collected + list * loop.room, loop.rounds * sizeof(VARIANT));
    free(loop.collected);
    loop.collected = lists;
    loop.room = room;
  }
  Reader reader(request_.data(), request_.size(), step.bytes);
  for (uint32_t list = 0; list < step.count; list++) {
    Slot& slot = slots_[reader.varint()];
    VARIANT* into = &loop.collected[list * loop.room + loop.rounds];
    VariantInit(into);
    if (slot.set) *into = slot.value;
    slot.set = false;
  }
  loop.rounds++;
  unset(step.as);
  for (uint32_t at = loop.step + 1; at < step.end; at++) {
    const Step& inner = program_.steps[at];
    if (inner.op == StepOp::Each) {
      unset(inner.as);
      Reader slots(request_.data(), request_.size(), inner.bytes);
      for (uint32_t list = 0; list < inner.count; list++) unset(slots.varint());
    } else if ((inner.flags & kHasAs) != 0) {
      unset(inner.as);
    }
  }
  return true;
}

// Turns the lists of a loop into the values of their handles.
bool Execution::finishLoop() {
  Loop& loop = loops_[depth_ - 1];
  const Step& step = program_.steps[loop.step];
  Reader reader(request_.data(), request_.size(), step.bytes);
  bool told = true;
  for (uint32_t list = 0; list < step.count; list++) {
    const uint32_t slot = reader.varint();
    VARIANT value;
    void* data = nullptr;
    VariantInit(&value);
    value.parray = SafeArrayCreateVector(VT_VARIANT, 0, loop.rounds);
    if (value.parray != nullptr) value.vt = VT_ARRAY | VT_VARIANT;
    const bool made = value.parray != nullptr && (loop.rounds == 0 || SUCCEEDED(SafeArrayAccessData(value.parray, &data)));
    for (uint32_t round = 0; round < loop.rounds; round++) {
      VARIANT* from = &loop.collected[list * loop.room + round];
      if (made) memcpy(static_cast<VARIANT*>(data) + round, from, sizeof(VARIANT));
      else VariantClear(from);
    }
    if (data != nullptr) SafeArrayUnaccessData(value.parray);
    if (made) set(slot, &value);
    else VariantClear(&value);
    told = told && made;
  }
  free(loop.collected);
  pc_ = step.end;
  depth_--;
  return told;
}

HRESULT Execution::callNamed(uint32_t slot, const OLECHAR* name, WORD flags, VARIANT* args, uint32_t count, VARIANT* result) {
  IDispatch* on = objectOf(slots_[slot].value);
  if (on == nullptr) return DISP_E_TYPEMISMATCH;
  if (*closing_) return RPC_E_DISCONNECTED;
  // What the call does may come back in and release the object.
  on->AddRef();
  calls_++;
  const HRESULT hr = invoke(on, name, flags, args, count, result);
  on->Release();
  return hr;
}

HRESULT Execution::invoke(IDispatch* on, const OLECHAR* name, WORD flags, VARIANT* args, uint32_t count, VARIANT* result) {
  DISPID id = DISPID_UNKNOWN;
  OLECHAR* names = const_cast<OLECHAR*>(name);
  HRESULT hr = on->GetIDsOfNames(IID_NULL, &names, 1, LOCALE_USER_DEFAULT, &id);
  if (FAILED(hr)) return hr;
  const bool puts = (flags & (DISPATCH_PROPERTYPUT | DISPATCH_PROPERTYPUTREF)) != 0;
  DISPID put = DISPID_PROPERTYPUT;
  DISPPARAMS params = {args, puts ? &put : nullptr, count, puts ? 1u : 0u};
  EXCEPINFO info;
  memset(&info, 0, sizeof info);
  UINT wrong = 0;
  hr = on->Invoke(id, IID_NULL, LOCALE_USER_DEFAULT, flags, &params, puts ? nullptr : result, &info, &wrong);
  // Objects are put by reference where the member takes that, as `Set` of Visual Basic does.
  if (hr == DISP_E_MEMBERNOTFOUND && flags == DISPATCH_PROPERTYPUTREF)
    hr = on->Invoke(id, IID_NULL, LOCALE_USER_DEFAULT, DISPATCH_PROPERTYPUT, &params, nullptr, &info, &wrong);
  if (hr == DISP_E_EXCEPTION) {
    if (info.pfnDeferredFillIn != nullptr) info.pfnDeferredFillIn(&info);
    hr = FAILED(info.scode) ? info.scode : info.wCode != 0 ? static_cast<HRESULT>(0x800A0000u | info.wCode) : DISP_E_EXCEPTION;
    SysFreeString(failedText_);
    failedText_ = info.bstrDescription;
    info.bstrDescription = nullptr;
  }
  clearExcep(&info);
  return hr;
}

void Execution::write(Writer& writer, Stop stop) {
  switch (stop) {
    case Stop::Done:
      writeDone(writer);
      return;
    case Stop::Stale:
      writer.varint(staleSlot_);
      if (!writeValue(writer, slots_[staleSlot_].value, *kept_)) tooManyObjects_ = true;
      return;
    case Stop::Failed: {
      uint32_t units = failedText_ == nullptr ? 0 : SysStringLen(failedText_);
      if (units > kMostMessage) units = kMostMessage;
      writer.varint(failedStep_);
      writer.varint(failedMember_);
      writer.u32(static_cast<uint32_t>(failedResult_));
      writer.varint(units);
      if (units > 0) writer.put(failedText_, static_cast<size_t>(units) * 2);
      return;
    }
    case Stop::Paused:
      writer.varint(pc_ < program_.steps.size() ? program_.steps[pc_].outer : 0);
      return;
    case Stop::Refused:
      writer.u8(static_cast<uint8_t>(refusal_));
      return;
  }
}

void Execution::writeDone(Writer& writer) {
  for (size_t at = 0; at < program_.returns.size(); at++) {
    const Slot& slot = slots_[program_.returns[at]];
    if (!slot.set) {
      refusal_ = Refusal::UnsetHandle;
      return;
    }
    if (!writeValue(writer, slot.value, *kept_)) {
      tooManyObjects_ = true;
      return;
    }
  }
}
