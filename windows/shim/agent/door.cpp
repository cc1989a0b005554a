#include "door.h"

namespace {

const wchar_t kWindowClass[] = L"BlueMindConnectorAddIn";
constexpr UINT_PTR kTimer = 1;
constexpr UINT kTimerMilliseconds = 10000;

// The interface as bytes that another process of the same user can take up, once.
bool marshalled(IDispatch* object, List<uint8_t>* out) {
  IStream* stream = nullptr;
  if (FAILED(CreateStreamOnHGlobal(nullptr, TRUE, &stream)) || stream == nullptr) return false;
  bool made = SUCCEEDED(CoMarshalInterface(stream, IID_IDispatch, object, MSHCTX_LOCAL, nullptr, MSHLFLAGS_NORMAL));
  HGLOBAL memory = nullptr;
  LARGE_INTEGER none = {};
  ULARGE_INTEGER end = {};
  made = made && SUCCEEDED(stream->Seek(none, STREAM_SEEK_CUR, &end)) && SUCCEEDED(GetHGlobalFromStream(stream, &memory));
  void* bytes = made ? GlobalLock(memory) : nullptr;
  made = bytes != nullptr && out->append(static_cast<const uint8_t*>(bytes), static_cast<size_t>(end.QuadPart));
  if (bytes != nullptr) GlobalUnlock(memory);
  stream->Release();
  return made;
}

}  // namespace

Door* Door::open(IDispatch* application, Language language) {
  Door* door = create<Door>();
  if (door == nullptr) return nullptr;
  WNDCLASSEXW cls = {};
  cls.cbSize = sizeof cls;
  cls.lpfnWndProc = windowProc;
  cls.hInstance = libraryHandle;
  cls.lpszClassName = kWindowClass;
  RegisterClassExW(&cls);
  door->window_ = CreateWindowExW(0, kWindowClass, L"", 0, 0, 0, 0, 0, HWND_MESSAGE, nullptr, libraryHandle, nullptr);
  door->link_ = door->window_ == nullptr ? nullptr : Link::start(door->window_, language);
  if (door->link_ == nullptr) {
    if (door->window_ != nullptr) DestroyWindow(door->window_);
    destroy(door);
    return nullptr;
  }
  door->application_ = application;
  application->AddRef();
  SetWindowLongPtrW(door->window_, GWLP_USERDATA, reinterpret_cast<LONG_PTR>(door));
  return door;
}

void Door::close() {
  SetWindowLongPtrW(window_, GWLP_USERDATA, 0);
  gone();
  link_->stop();
  DestroyWindow(window_);
  UnregisterClassW(kWindowClass, libraryHandle);
  application_->Release();
  destroy(this);
}

LRESULT CALLBACK Door::windowProc(HWND window, UINT message, WPARAM wide, LPARAM lng) {
  Door* door = reinterpret_cast<Door*>(GetWindowLongPtrW(window, GWLP_USERDATA));
  if (door == nullptr) return DefWindowProcW(window, message, wide, lng);
  switch (message) {
    case kAgentCame:
      door->come();
      return 0;
    case kAgentGone:
      door->gone();
      return 0;
    case WM_TIMER:
      if (door->runner_ != nullptr) door->runner_->tick();
      return 0;
    default:
      return DefWindowProcW(window, message, wide, lng);
  }
}

void Door::come() {
  gone();
  List<uint8_t> bytes;
  runner_ = create<Runner>(application_);
  if (runner_ != nullptr && marshalled(runner_, &bytes)) {
    link_->introduce(bytes.data(), bytes.size());
    SetTimer(window_, kTimer, kTimerMilliseconds, nullptr);
  } else {
    link_->introduce(nullptr, 0);
  }
}

void Door::gone() {
  Runner* runner = runner_;
  runner_ = nullptr;
  if (runner == nullptr) return;
  KillTimer(window_, kTimer);
  runner->close();
  CoDisconnectObject(runner, 0);
  runner->Release();
}
