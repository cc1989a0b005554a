#include "runner.h"

namespace {

void head(Writer& writer, Kind kind, uint32_t calls) {
  writer.restart();
  writer.u16(kMagic);
  writer.u8(kVersion);
  writer.u8(static_cast<uint8_t>(kind));
  writer.varint(calls);
}

void refused(Writer& writer, Refusal why, uint32_t calls = 0) {
  head(writer, Kind::Refused, calls);
  writer.u8(static_cast<uint8_t>(why));
}

// A failure of no step of the list: what it found cannot be told.
void untold(Writer& writer, HRESULT result, uint32_t calls) {
  head(writer, Kind::Failed, calls);
  writer.varint(0);
  writer.varint(0);
  writer.u32(static_cast<uint32_t>(result));
  writer.varint(0);
}

// What Outlook says when too much is open, and when a value is too long.
constexpr HRESULT kTooManyOpen = static_cast<HRESULT>(0x80040305u);

Kind kindOf(Execution::Stop stop) {
  switch (stop) {
    case Execution::Stop::Done: return Kind::Done;
    case Execution::Stop::Stale: return Kind::Stale;
    case Execution::Stop::Failed: return Kind::Failed;
    case Execution::Stop::Paused: return Kind::Paused;
    case Execution::Stop::Refused: return Kind::Refused;
  }
  return Kind::Refused;
}

bool isName(const OLECHAR* name, const char* wanted) {
  while (*wanted != 0 && (*name | 0x20) == (*wanted | 0x20)) {
    name++;
    wanted++;
  }
  return *wanted == 0 && *name == 0;
}

const VARIANT* behind(const VARIANT* value) {
  return value->vt == (VT_BYREF | VT_VARIANT) && value->pvarVal != nullptr ? value->pvarVal : value;
}

// The array of bytes that an argument holds; null when it is none.
SAFEARRAY* bytesOf(const VARIANT* value) {
  SAFEARRAY* array = value->vt == (VT_ARRAY | VT_UI1) ? value->parray : nullptr;
  if (value->vt == (VT_ARRAY | VT_UI1 | VT_BYREF) && value->pparray != nullptr) array = *value->pparray;
  return array != nullptr && SafeArrayGetDim(array) == 1 && SafeArrayGetElemsize(array) == 1 ? array : nullptr;
}

HRESULT asBytes(const Writer& writer, VARIANT* out) {
  SAFEARRAY* array = SafeArrayCreateVector(VT_UI1, 0, static_cast<ULONG>(writer.size()));
  void* data = nullptr;
  if (array == nullptr) return E_OUTOFMEMORY;
  const HRESULT hr = SafeArrayAccessData(array, &data);
  if (FAILED(hr)) {
    SafeArrayDestroy(array);
    return hr;
  }
  memcpy(data, writer.data(), writer.size());
  SafeArrayUnaccessData(array);
  out->vt = VT_ARRAY | VT_UI1;
  out->parray = array;
  return S_OK;
}

}  // namespace

HRESULT Runner::QueryInterface(REFIID iid, void** out) {
  if (out == nullptr) return E_POINTER;
  *out = nullptr;
  if (!IsEqualIID(iid, IID_IUnknown) && !IsEqualIID(iid, IID_IDispatch)) return E_NOINTERFACE;
  *out = static_cast<IDispatch*>(this);
  AddRef();
  return S_OK;
}

ULONG Runner::AddRef() { return static_cast<ULONG>(InterlockedIncrement(&references_)); }

ULONG Runner::Release() {
  const LONG left = InterlockedDecrement(&references_);
  if (left > 0) return static_cast<ULONG>(left);
  // While it dies it may be taken and given back again.
  references_ = 1 << 20;
  close();
  destroy(this);
  return 0;
}

HRESULT Runner::GetTypeInfoCount(UINT* count) {
  if (count == nullptr) return E_POINTER;
  *count = 0;
  return S_OK;
}

HRESULT Runner::GetTypeInfo(UINT, LCID, ITypeInfo** out) {
  if (out != nullptr) *out = nullptr;
  return E_NOTIMPL;
}

HRESULT Runner::GetIDsOfNames(REFIID, OLECHAR** names, UINT count, LCID, DISPID* ids) {
  if (names == nullptr || ids == nullptr || count == 0) return E_INVALIDARG;
  for (UINT at = 0; at < count; at++) ids[at] = DISPID_UNKNOWN;
  if (names[0] == nullptr || !isName(names[0], "Run")) return DISP_E_UNKNOWNNAME;
  ids[0] = kRunId;
  return count == 1 ? S_OK : DISP_E_UNKNOWNNAME;
}

HRESULT Runner::Invoke(DISPID id, REFIID, LCID, WORD flags, DISPPARAMS* params, VARIANT* result, EXCEPINFO*, UINT*) {
  if (id != kRunId || (flags & DISPATCH_METHOD) == 0) return DISP_E_MEMBERNOTFOUND;
  if (params == nullptr || params->cArgs != 1 || params->cNamedArgs != 0 || params->rgvarg == nullptr) return DISP_E_BADPARAMCOUNT;
  SAFEARRAY* array = bytesOf(behind(&params->rgvarg[0]));
  LONG low = 0;
  LONG high = -1;
  if (array == nullptr || FAILED(SafeArrayGetLBound(array, 1, &low)) || FAILED(SafeArrayGetUBound(array, 1, &high))) return DISP_E_TYPEMISMATCH;
  const size_t size = high < low ? 0 : static_cast<size_t>(static_cast<int64_t>(high) - low + 1);
  void* data = nullptr;
  HRESULT hr = SafeArrayAccessData(array, &data);
  if (FAILED(hr)) return hr;
  Writer writer;
  AddRef();
  hr = answer(static_cast<const uint8_t*>(data), size, writer);
  SafeArrayUnaccessData(array);
  if (SUCCEEDED(hr) && result != nullptr) {
    VariantInit(result);
    hr = asBytes(writer, result);
  }
  Release();
  return hr;
}

HRESULT Runner::answer(const uint8_t* request, size_t size, Writer& writer) {
  if (closed_) return RPC_E_DISCONNECTED;
  // A call of Outlook that waits lets other calls in: one program at a time, the other comes again.
  if (working_) return RPC_E_SERVERCALL_RETRYLATER;
  working_ = true;
  Reader reader(request, size);
  if (size > kMostRequestBytes) {
    refused(writer, Refusal::TooMuch);
  } else if (reader.u16() != kMagic) {
    refused(writer, Refusal::Malformed);
  } else if (reader.u8() != kVersion) {
    refused(writer, Refusal::Version);
  } else {
    answerRun(reader, request, size, writer);
  }
  working_ = false;
  if (closed_) {
    // Closed in the middle: what it still held goes now.
    closed_ = false;
    close();
  }
  return writer.ok() ? S_OK : E_OUTOFMEMORY;
}

void Runner::answerRun(Reader& reader, const uint8_t* request, size_t size, Writer& writer) {
  const Op op = static_cast<Op>(reader.u8());
  const uint32_t budget = reader.u16();
  budget_ = budget < kMostBudget ? budget : kMostBudget;
  const uint32_t releases = reader.varint();
  const size_t at = reader.at();
  // Nothing is given back before all of the request is known to be well formed.
  if (!reader.ok() || releases > reader.left() / 4) return refused(writer, Refusal::Malformed);
  reader.take(static_cast<size_t>(releases) * 4);
  Execution* execution = nullptr;
  Refusal why = Refusal::None;
  if (op == Op::Run) {
    execution = create<Execution>(application_, &kept_);
    why = execution == nullptr ? Refusal::NoMemory : execution->load(request, size, reader.at());
  } else if (op == Op::Resume) {
    why = reader.left() != 0 ? Refusal::Malformed : paused_ == nullptr ? Refusal::NothingPaused : Refusal::None;
  } else if (op != Op::Release || reader.left() != 0) {
    why = Refusal::Malformed;
  }
  if (why != Refusal::None) {
    destroy(execution);
    return refused(writer, why);
  }
  Reader numbers(request, size, at);
  for (uint32_t number = 0; number < releases; number++) kept_.release(numbers.u32());
  if (op == Op::Release) return head(writer, Kind::Released, 0);
  if (op == Op::Run) {
    dropPaused();
  } else {
    execution = paused_;
    paused_ = nullptr;
  }
  goOn(execution, writer);
}

void Runner::goOn(Execution* execution, Writer& writer) {
  const uint32_t mark = kept_.next();
  const Execution::Stop stop = execution->run(budget_, &closed_);
  if (stop == Execution::Stop::Refused) {
    refused(writer, execution->refusal(), execution->calls());
  } else {
    head(writer, kindOf(stop), execution->calls());
    execution->write(writer, stop);
    // A response that cannot be finished keeps nothing.
    if (!writer.ok() || execution->tooManyObjects() || execution->refusal() != Refusal::None) {
      const bool memory = !writer.ok();
      kept_.releaseFrom(mark);
      if (execution->refusal() != Refusal::None) refused(writer, execution->refusal(), execution->calls());
      else untold(writer, memory ? E_OUTOFMEMORY : kTooManyOpen, execution->calls());
    }
  }
  if (stop != Execution::Stop::Paused || closed_) return destroy(execution);
  paused_ = execution;
  pausedUntil_ = nowMilliseconds() + kPausedPatience;
}

void Runner::dropPaused() {
  Execution* execution = paused_;
  paused_ = nullptr;
  destroy(execution);
}

void Runner::tick() {
  if (!working_ && paused_ != nullptr && nowMilliseconds() >= pausedUntil_) dropPaused();
}

void Runner::close() {
  if (closed_) return;
  closed_ = true;
  if (working_) return;
  dropPaused();
  kept_.releaseAll();
  IDispatch* application = application_;
  application_ = nullptr;
  if (application != nullptr) application->Release();
}
