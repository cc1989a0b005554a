#include "agent-program.h"

namespace {

const wchar_t kKey[] = L"Software\\BlueMind\\Connector for Outlook";
constexpr DWORD kMostPath = 1024;
constexpr DWORD kMostToken = 256;

// A text of a key, its environment variables filled in; '' when there is none.
bool readText(HKEY key, const wchar_t* name, wchar_t* out) {
  wchar_t raw[kMostPath];
  DWORD type = 0;
  DWORD bytes = sizeof raw - sizeof(wchar_t);
  out[0] = 0;
  if (RegQueryValueExW(key, name, nullptr, &type, reinterpret_cast<BYTE*>(raw), &bytes) != ERROR_SUCCESS) return false;
  if (type != REG_SZ && type != REG_EXPAND_SZ) return false;
  raw[bytes / sizeof(wchar_t)] = 0;
  if (type == REG_SZ) {
    lstrcpynW(out, raw, kMostPath);
  } else {
    const DWORD length = ExpandEnvironmentStringsW(raw, out, kMostPath);
    if (length == 0 || length > kMostPath) out[0] = 0;
  }
  return out[0] != 0;
}

// The agent's program and arguments: what the user installed, else what was installed for everybody.
bool readAgent(wchar_t* program, wchar_t* arguments) {
  const HKEY roots[] = {HKEY_CURRENT_USER, HKEY_LOCAL_MACHINE};
  for (HKEY root : roots) {
    HKEY key = nullptr;
    if (RegOpenKeyExW(root, kKey, 0, KEY_QUERY_VALUE | KEY_WOW64_64KEY, &key) != ERROR_SUCCESS) continue;
    const bool found = readText(key, L"Agent", program);
    readText(key, L"AgentArguments", arguments);
    RegCloseKey(key);
    if (found) return true;
  }
  return false;
}

// Whether two paths are one file, whatever they are called.
bool sameFile(const wchar_t* left, const wchar_t* right) {
  BY_HANDLE_FILE_INFORMATION info[2] = {};
  const wchar_t* paths[] = {left, right};
  for (int at = 0; at < 2; at++) {
    HANDLE file = CreateFileW(paths[at], 0, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, nullptr, OPEN_EXISTING, 0, nullptr);
    if (file == INVALID_HANDLE_VALUE) return false;
    const bool told = GetFileInformationByHandle(file, &info[at]);
    CloseHandle(file);
    if (!told) return false;
  }
  return info[0].dwVolumeSerialNumber == info[1].dwVolumeSerialNumber && info[0].nFileIndexHigh == info[1].nFileIndexHigh &&
         info[0].nFileIndexLow == info[1].nFileIndexLow;
}

// The user that a process runs as, as a TOKEN_USER.
bool userOf(HANDLE process, BYTE (&out)[kMostToken]) {
  HANDLE token = nullptr;
  if (!OpenProcessToken(process, TOKEN_QUERY, &token)) return false;
  DWORD length = 0;
  const bool told = GetTokenInformation(token, TokenUser, out, kMostToken, &length);
  CloseHandle(token);
  return told;
}

bool runsAsUs(HANDLE process) {
  alignas(TOKEN_USER) BYTE theirs[kMostToken];
  alignas(TOKEN_USER) BYTE ours[kMostToken];
  return userOf(process, theirs) && userOf(GetCurrentProcess(), ours) &&
         EqualSid(reinterpret_cast<TOKEN_USER*>(theirs)->User.Sid, reinterpret_cast<TOKEN_USER*>(ours)->User.Sid);
}

bool isAgent(HANDLE pipe) {
  wchar_t installed[kMostPath];
  wchar_t arguments[kMostPath];
  wchar_t running[kMostPath];
  ULONG id = 0;
  if (!readAgent(installed, arguments) || !GetNamedPipeServerProcessId(pipe, &id)) return false;
  HANDLE process = OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, FALSE, id);
  if (process == nullptr) return false;
  DWORD length = kMostPath;
  const bool right = runsAsUs(process) && QueryFullProcessImageNameW(process, 0, running, &length) && sameFile(installed, running);
  CloseHandle(process);
  return right;
}

}  // namespace

HKEY openOwnKey() {
  HKEY key = nullptr;
  const REGSAM access = KEY_QUERY_VALUE | KEY_NOTIFY | KEY_WOW64_64KEY;
  return RegOpenKeyExW(HKEY_CURRENT_USER, kKey, 0, access, &key) == ERROR_SUCCESS ? key : nullptr;
}

HANDLE connectToAgent(HKEY ownKey) {
  // One agent for each session of the user, so the value's name has the session's number.
  wchar_t value[24];
  wchar_t name[kMostPath];
  DWORD session = 0;
  if (!ProcessIdToSessionId(GetCurrentProcessId(), &session)) return INVALID_HANDLE_VALUE;
  wsprintfW(value, L"Pipe%u", session);
  if (!readText(ownKey, value, name)) return INVALID_HANDLE_VALUE;
  static const wchar_t kLocal[] = L"\\\\.\\pipe\\";
  for (int at = 0; kLocal[at] != 0; at++)
    if (name[at] != kLocal[at]) return INVALID_HANDLE_VALUE;
  // Whoever serves it may ask who we are and do nothing in our name.
  HANDLE pipe = CreateFileW(name, GENERIC_READ | GENERIC_WRITE, 0, nullptr, OPEN_EXISTING,
                            FILE_FLAG_OVERLAPPED | SECURITY_SQOS_PRESENT | SECURITY_IDENTIFICATION, nullptr);
  if (pipe == INVALID_HANDLE_VALUE || isAgent(pipe)) return pipe;
  CloseHandle(pipe);
  SetLastError(ERROR_ACCESS_DENIED);
  return INVALID_HANDLE_VALUE;
}

void startAgent() {
  wchar_t program[kMostPath];
  wchar_t arguments[kMostPath];
  wchar_t line[2 * kMostPath + 8];
  if (!readAgent(program, arguments)) return;
  lstrcpyW(line, L"\"");
  lstrcatW(line, program);
  lstrcatW(line, L"\" ");
  lstrcatW(line, arguments);
  STARTUPINFOW startup = {};
  startup.cb = sizeof startup;
  PROCESS_INFORMATION started = {};
  if (!CreateProcessW(program, line, nullptr, nullptr, FALSE, DETACHED_PROCESS | CREATE_DEFAULT_ERROR_MODE, nullptr, nullptr,
                      &startup, &started))
    return;
  CloseHandle(started.hThread);
  CloseHandle(started.hProcess);
}
