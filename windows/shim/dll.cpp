// The library's doors: COM asks for the class, and whether nobody uses it any more.
#include "office/add-in.h"

// {7B0E3C5A-4D0B-4F0E-9C1B-6B6D2F1A8E51}; the installer registers it.
static const CLSID kClass = {0x7B0E3C5A, 0x4D0B, 0x4F0E, {0x9C, 0x1B, 0x6B, 0x6D, 0x2F, 0x1A, 0x8E, 0x51}};

LONG libraryUses = 0;
HINSTANCE libraryHandle = nullptr;

namespace {

// One for the library; it is not counted.
class Factory final : public IClassFactory {
 public:
  HRESULT STDMETHODCALLTYPE QueryInterface(REFIID iid, void** out) override {
    if (out == nullptr) return E_POINTER;
    *out = nullptr;
    if (!IsEqualIID(iid, IID_IUnknown) && !IsEqualIID(iid, IID_IClassFactory)) return E_NOINTERFACE;
    *out = static_cast<IClassFactory*>(this);
    return S_OK;
  }
  ULONG STDMETHODCALLTYPE AddRef() override { return 2; }
  ULONG STDMETHODCALLTYPE Release() override { return 1; }
  HRESULT STDMETHODCALLTYPE CreateInstance(IUnknown* outer, REFIID iid, void** out) override {
    if (out == nullptr) return E_POINTER;
    *out = nullptr;
    if (outer != nullptr) return CLASS_E_NOAGGREGATION;
    AddIn* addIn = create<AddIn>();
    if (addIn == nullptr) return E_OUTOFMEMORY;
    const HRESULT hr = addIn->QueryInterface(iid, out);
    addIn->Release();
    return hr;
  }
  HRESULT STDMETHODCALLTYPE LockServer(BOOL lock) override {
    if (lock) InterlockedIncrement(&libraryUses);
    else InterlockedDecrement(&libraryUses);
    return S_OK;
  }
};

Factory factory;

}  // namespace

uint64_t nowMilliseconds() {
  // Ticks are too coarse for a budget of some tens of milliseconds.
  static LARGE_INTEGER frequency = {};
  LARGE_INTEGER now;
  if (frequency.QuadPart == 0) QueryPerformanceFrequency(&frequency);
  QueryPerformanceCounter(&now);
  return static_cast<uint64_t>(now.QuadPart) / (static_cast<uint64_t>(frequency.QuadPart) / 1000);
}

extern "C" HRESULT WINAPI DllGetClassObject(REFCLSID cls, REFIID iid, void** out) {
  if (out == nullptr) return E_POINTER;
  *out = nullptr;
  return IsEqualCLSID(cls, kClass) ? factory.QueryInterface(iid, out) : CLASS_E_CLASSNOTAVAILABLE;
}

extern "C" HRESULT WINAPI DllCanUnloadNow() { return libraryUses == 0 ? S_OK : S_FALSE; }

extern "C" BOOL WINAPI DllMain(HINSTANCE library, DWORD reason, void*) {
  if (reason == DLL_PROCESS_ATTACH) {
    libraryHandle = library;
    DisableThreadLibraryCalls(library);
  }
  return TRUE;
}

// What the compiler asks for in the place of the C++ library.
extern "C" void __cxa_pure_virtual() { abort(); }
void operator delete(void* memory) noexcept { free(memory); }
void operator delete(void* memory, size_t) noexcept { free(memory); }
