// Fuzzes what comes from the agent: requests to the runner, over objects that answer with anything and call back in, and the lines of
// the pipe. Mutates a corpus, keeps what reaches new code, and is deterministic for a seed.
//   fuzz SECONDS SEED [CORPUS…]
#include <stddef.h>
#include <stdio.h>
#include <string>
#include <time.h>
#include <vector>

#include "../agent/line.h"
#include "../core/runner.h"

typedef std::vector<uint8_t> Bytes;

// ---- Where the code went, by the compiler's calls; this file is built without them.
static uint8_t edges[1 << 16];
static uintptr_t before = 0;
extern "C" void __sanitizer_cov_trace_pc() {
  const uintptr_t here = reinterpret_cast<uintptr_t>(__builtin_return_address(0));
  edges[(here ^ (before >> 1)) & 0xFFFF] = 1;
  before = here;
}

static uint64_t state = 1;
static uint32_t next() {
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return static_cast<uint32_t>(state >> 16);
}
static uint32_t below(uint32_t limit) { return limit == 0 ? 0 : next() % limit; }

// ---- Objects that answer with anything.
static uint64_t fakeNow = 0;
uint64_t nowMilliseconds() { return fakeNow; }
static int living = 0;
static int depth = 0;
static Runner* runner = nullptr;
static uint32_t choices = 1;  // what objects answer is chosen by the input too
static uint32_t choose(uint32_t limit) {
  choices = choices * 1664525u + 1013904223u;
  return (choices >> 8) % limit;
}

static void anything(VARIANT* out, int level);
static Bytes callBack;

struct Fake final : IDispatch {
  LONG references = 1;
  Fake() { living++; }
  HRESULT QueryInterface(REFIID iid, void** out) override {
    *out = nullptr;
    if (!IsEqualIID(iid, IID_IDispatch) && !IsEqualIID(iid, IID_IUnknown)) return E_NOINTERFACE;
    if (choose(8) == 0) return E_NOINTERFACE;
    *out = this;
    AddRef();
    return S_OK;
  }
  ULONG AddRef() override { return static_cast<ULONG>(++references); }
  ULONG Release() override {
    if (--references > 0) return static_cast<ULONG>(references);
    living--;
    delete this;
    return 0;
  }
  HRESULT GetTypeInfoCount(UINT*) override { return E_NOTIMPL; }
  HRESULT GetTypeInfo(UINT, LCID, ITypeInfo**) override { return E_NOTIMPL; }
  HRESULT GetIDsOfNames(REFIID, OLECHAR** names, UINT, LCID, DISPID* ids) override {
    if (choose(32) == 0) return DISP_E_UNKNOWNNAME;
    *ids = names[0][0];
    return S_OK;
  }
  HRESULT Invoke(DISPID id, REFIID, LCID, WORD, DISPPARAMS* params, VARIANT* result, EXCEPINFO* info, UINT*) override {
    fakeNow += choose(20);
    for (UINT at = 0; at < params->cArgs; at++) (void)*reinterpret_cast<volatile VARTYPE*>(&params->rgvarg[at].vt);
    if (choose(40) == 0 && depth < 2 && runner != nullptr) reenter();
    if (id == 'C' && result != nullptr) {  // Count
      result->vt = VT_I4;
      result->lVal = static_cast<LONG>(choose(5));
      return S_OK;
    }
    switch (choose(12)) {
      case 0: {
        info->bstrDescription = SysAllocStringLen(L"no", 2);
        info->bstrSource = choose(2) == 0 ? nullptr : SysAllocStringLen(nullptr, 0);
        info->scode = choose(2) == 0 ? 0 : code(0x8004010F);
        info->wCode = static_cast<WORD>(choose(2) * 1000);
        return DISP_E_EXCEPTION;
      }
      case 1:
        return choose(2) == 0 ? DISP_E_MEMBERNOTFOUND : code(0x80004005);
      default:
        if (result != nullptr) anything(result, 0);
        return S_OK;
    }
  }
  // While Outlook waits in a call, other calls come in, and the add-in may be taken away.
  static void reenter() {
    depth++;
    Writer writer;
    if (choose(6) == 0) runner->close();
    else if (choose(2) == 0) runner->tick();
    else runner->answer(callBack.data(), callBack.size(), writer);
    depth--;
  }
};

static void anArray(VARIANT* out, int level) {
  static const VARTYPE kTypes[] = {VT_UI1, VT_I2, VT_I4, VT_R8, VT_BSTR, VT_VARIANT, VT_DISPATCH, VT_BOOL, VT_DATE, VT_CY};
  const VARTYPE type = kTypes[choose(10)];
  const ULONG counts[3] = {choose(4), choose(3), choose(2)};
  const UINT dimensions = 1 + choose(3);
  SAFEARRAY* array = makeArray(type, dimensions, counts);
  array->low[0] = static_cast<LONG>(choose(3)) - 1;
  size_t length = counts[0];
  for (UINT at = 1; at < dimensions; at++) length *= counts[at];
  for (size_t at = 0; at < length; at++) {
    char* element = static_cast<char*>(array->data) + at * array->size;
    if (type == VT_VARIANT) anything(reinterpret_cast<VARIANT*>(element), level + 1);
    BSTR text = type == VT_BSTR ? SysAllocStringLen(L"text", choose(5)) : nullptr;
    IDispatch* object = type == VT_DISPATCH && choose(2) == 0 ? new Fake : nullptr;
    if (text != nullptr) memcpy(element, &text, sizeof text);
    if (object != nullptr) memcpy(element, &object, sizeof object);
  }
  out->vt = VT_ARRAY | type;
  out->parray = choose(16) == 0 ? (SafeArrayDestroy(array), nullptr) : array;
}

static void anything(VARIANT* out, int level) {
  VariantInit(out);
  switch (choose(level > 6 ? 10 : 13)) {
    case 0: out->vt = VT_NULL; return;
    case 1: out->vt = VT_BOOL; out->boolVal = VARIANT_TRUE; return;
    case 2: out->vt = VT_I4; out->lVal = static_cast<LONG>(choose(0xFFFFFF)) - 0x7FFFFF; return;
    case 3: out->vt = VT_R8; out->dblVal = choose(2) == 0 ? 0.5 : 0.0 / static_cast<double>(choose(2)); return;
    case 4: out->vt = VT_DATE; out->date = static_cast<double>(choose(90000)) - 40000.25; return;
    case 5: out->vt = VT_ERROR; out->scode = code(0x8004010F); return;
    case 6: out->vt = VT_CY; out->cyVal.int64 = 12345; return;
    case 7: out->decVal = {0, static_cast<uint8_t>(choose(29)), 0, 0, 77}; out->vt = VT_DECIMAL; return;
    case 8: out->vt = static_cast<VARTYPE>(choose(40)); if (out->vt == VT_VARIANT) out->vt = 99; return;
    case 9: out->vt = VT_BSTR; out->bstrVal = choose(4) == 0 ? nullptr : SysAllocStringLen(L"some text", choose(10)); return;
    case 10: out->vt = choose(4) == 0 ? VT_UNKNOWN : VT_DISPATCH; out->pdispVal = choose(8) == 0 ? nullptr : new Fake; return;
    default: anArray(out, level); return;
  }
}

// ---- One input: some requests in a row, one behind the other with their lengths.
static void tryRunner(const Bytes& input) {
  choices = 1;
  for (uint8_t byte : input) choices = choices * 31 + byte;
  fakeNow = 1000;
  Fake* application = new Fake;
  runner = create<Runner>(application);
  size_t at = 0;
  while (at < input.size()) {
    const size_t rest = input.size() - at - 1;
    // A length of 255: all that is left.
    const size_t length = input[at] == 255 || input[at] > rest ? rest : input[at];
    // Exactly as long as it is, so that a read beyond it is seen.
    Bytes request(input.begin() + static_cast<ptrdiff_t>(at) + 1, input.begin() + static_cast<ptrdiff_t>(at + 1 + length));
    request.shrink_to_fit();
    callBack = request;
    Writer writer;
    const HRESULT result = runner->answer(request.data(), request.size(), writer);
    if (SUCCEEDED(result) && writer.size() < 5) abort();
    if (choose(8) == 0) fakeNow += 40000;
    if (choose(8) == 0) runner->tick();
    at += 1 + length;
  }
  runner->close();
  runner->Release();
  runner = nullptr;
  application->Release();
  if (living != 0) {
    fprintf(stderr, "%d objects were not given back\n", living);
    abort();
  }
}

static void tryLines(const Bytes& input) {
  Lines lines;
  size_t at = 0;
  while (at < input.size()) {
    const size_t wanted = 1u + input[at] % 7u;
    const size_t count = wanted < input.size() - at ? wanted : input.size() - at;
    if (!lines.take(reinterpret_cast<const char*>(input.data()) + at, count)) return;
    at += count;
  }
  if (lines.acknowledged() > 999999999) abort();
}

static Bytes mutated(const std::vector<Bytes>& corpus) {
  Bytes bytes = corpus[below(static_cast<uint32_t>(corpus.size()))];
  for (uint32_t times = 1 + below(6); times > 0; times--) {
    const uint32_t at = below(static_cast<uint32_t>(bytes.size()) + 1);
    switch (below(7)) {
      case 0: if (at < bytes.size()) bytes[at] ^= static_cast<uint8_t>(1 << below(8)); break;
      case 1: if (at < bytes.size()) bytes[at] = static_cast<uint8_t>(next()); break;
      case 2: bytes.insert(bytes.begin() + at, static_cast<uint8_t>(below(16))); break;
      case 3: if (at < bytes.size()) bytes.erase(bytes.begin() + at); break;
      case 4: bytes.resize(at); break;
      case 5: {
        static const uint8_t kOdd[] = {0, 1, 0x7F, 0x80, 0xFF, 0x10, 0x20};
        if (at < bytes.size()) bytes[at] = kOdd[below(sizeof kOdd)];
        break;
      }
      default: {
        const Bytes& other = corpus[below(static_cast<uint32_t>(corpus.size()))];
        const uint32_t from = below(static_cast<uint32_t>(other.size()) + 1);
        const uint32_t count = below(static_cast<uint32_t>(other.size()) - from + 1);
        bytes.insert(bytes.begin() + at, other.begin() + from, other.begin() + from + count);
      }
    }
  }
  if (bytes.size() > 4096) bytes.resize(4096);
  return bytes;
}

static Bytes fileAt(const char* path) {
  Bytes bytes;
  FILE* file = fopen(path, "rb");
  if (file == nullptr) {
    perror(path);
    exit(2);
  }
  for (int one = fgetc(file); one != EOF; one = fgetc(file)) bytes.push_back(static_cast<uint8_t>(one));
  fclose(file);
  return bytes;
}

int main(int count, char** arguments) {
  const long seconds = count > 1 ? atol(arguments[1]) : 5;
  state = count > 2 ? strtoull(arguments[2], nullptr, 10) * 2 + 1 : 1;
  std::vector<Bytes> corpus = {{}, {4, 'a', 'c', 'k', ' ', '7', '\n'}};
  for (int at = 3; at < count; at++) corpus.push_back(fileAt(arguments[at]));
  static uint8_t known[1 << 16];
  size_t reached = 0;
  unsigned long runs = 0;
  const time_t end = time(nullptr) + seconds;
  for (; time(nullptr) < end || runs < corpus.size(); runs++) {
    const Bytes input = runs < corpus.size() ? corpus[runs] : mutated(corpus);
    memset(edges, 0, sizeof edges);
    tryRunner(input);
    tryLines(input);
    size_t found = 0;
    for (size_t at = 0; at < sizeof edges; at++)
      if (edges[at] != 0 && known[at] == 0) known[at] = 1, found++;
    reached += found;
    if (found > 0 && runs >= corpus.size() && corpus.size() < 4000) corpus.push_back(input);
  }
  printf("%lu inputs, %zu edges, corpus of %zu\n", runs, reached, corpus.size());
  return 0;
}
