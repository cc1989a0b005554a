#include "notice.h"

#include "link.h"

namespace {

volatile LONG shown = 0;

DWORD WINAPI show(void* language) {
  HMODULE library = libraryHandle;
  const Language spoken = static_cast<Language>(reinterpret_cast<INT_PTR>(language));
  MessageBoxW(nullptr, noAnswer(spoken), L"BlueMind", MB_OK | MB_ICONINFORMATION | MB_SETFOREGROUND);
  InterlockedExchange(&shown, 0);
  FreeLibraryAndExitThread(library, 0);
}

}  // namespace

void tellNoAnswer(Language language) {
  if (InterlockedExchange(&shown, 1) != 0) return;
  HMODULE pinned = nullptr;
  HANDLE thread = nullptr;
  if (GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS, reinterpret_cast<const wchar_t*>(&libraryHandle), &pinned))
    thread = CreateThread(nullptr, 64 * 1024, show, reinterpret_cast<void*>(static_cast<INT_PTR>(language)), 0, nullptr);
  if (thread != nullptr) return void(CloseHandle(thread));
  if (pinned != nullptr) FreeLibrary(pinned);
  InterlockedExchange(&shown, 0);
}
