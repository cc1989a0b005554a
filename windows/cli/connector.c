/*
 * connector.exe: the connector's command line in a console. The agent is a program without a console; this one starts it with the same
 * words, hands on what it writes, and ends with its exit code. Where input is a console, the agent gets none: passwords are piped.
 * Whoever ends this program ends what it started, but not the windows that this opened.
 */
#include <windows.h>

typedef struct { HANDLE from, to; } Relay;

static const wchar_t AGENT[] = L"BlueMindConnector.exe";
static const DWORD LONGEST = 32768;

static DWORD WINAPI relay(LPVOID given) {
  Relay *way = given;
  char bytes[4096];
  DWORD got, put;
  while (ReadFile(way->from, bytes, sizeof bytes, &got, NULL) && got > 0)
    if (!WriteFile(way->to, bytes, got, &put, NULL)) break;
  return 0;
}

static BOOL is_console(HANDLE handle) {
  DWORD mode;
  return GetConsoleMode(handle, &mode);
}

/* What follows the program's own name, quotes and all. */
static const wchar_t *words(const wchar_t *line) {
  BOOL quoted = FALSE;
  for (; *line != 0 && (quoted || (*line != L' ' && *line != L'\t')); line++)
    if (*line == L'"') quoted = !quoted;
  return line;
}

/* An output for the agent: the given one, or, for a console, a pipe of which `way` tells the other end. */
static HANDLE output(DWORD which, Relay *way) {
  SECURITY_ATTRIBUTES inherited = { sizeof inherited, NULL, TRUE };
  HANDLE given = GetStdHandle(which), end;
  way->from = NULL;
  way->to = given;
  if (!is_console(given)) {
    SetHandleInformation(given, HANDLE_FLAG_INHERIT, HANDLE_FLAG_INHERIT);
    return given;
  }
  if (!CreatePipe(&way->from, &end, &inherited, 0)) return given;
  SetHandleInformation(way->from, HANDLE_FLAG_INHERIT, 0);
  return end;
}

static HANDLE input(void) {
  SECURITY_ATTRIBUTES inherited = { sizeof inherited, NULL, TRUE };
  HANDLE given = GetStdHandle(STD_INPUT_HANDLE);
  if (is_console(given)) return CreateFileW(L"NUL", GENERIC_READ, FILE_SHARE_READ, &inherited, OPEN_EXISTING, 0, NULL);
  SetHandleInformation(given, HANDLE_FLAG_INHERIT, HANDLE_FLAG_INHERIT);
  return given;
}

/* Ends with this program, however that ends; what it starts itself goes on. */
static void tie(HANDLE process) {
  JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits = { 0 };
  HANDLE job = CreateJobObjectW(NULL, NULL);
  limits.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE | JOB_OBJECT_LIMIT_SILENT_BREAKAWAY_OK;
  if (job == NULL) return;
  SetInformationJobObject(job, JobObjectExtendedLimitInformation, &limits, sizeof limits);
  AssignProcessToJobObject(job, process);
}

static wchar_t program[32768], line[65536];

static BOOL command(void) {
  DWORD length = GetModuleFileNameW(NULL, program, LONGEST);
  while (length > 0 && program[length - 1] != L'\\') length--;
  if (length + lstrlenW(AGENT) + 1 > LONGEST) return FALSE;
  lstrcpyW(program + length, AGENT);
  const wchar_t *rest = words(GetCommandLineW());
  if (lstrlenW(program) + lstrlenW(rest) + 3 > 65536) return FALSE;
  lstrcpyW(line, L"\"");
  lstrcatW(line, program);
  lstrcatW(line, L"\"");
  /* Alone it is asked for help; the agent alone would open a window. */
  lstrcatW(line, *rest == 0 ? L" --help" : rest);
  return TRUE;
}

int main(void) {
  STARTUPINFOW start = { .cb = sizeof start, .dwFlags = STARTF_USESTDHANDLES };
  PROCESS_INFORMATION started;
  Relay out, err;
  HANDLE threads[2];
  DWORD code = 1, waiting = 0;
  UINT page = GetConsoleOutputCP();
  if (!command()) return 1;
  start.hStdInput = input();
  start.hStdOutput = output(STD_OUTPUT_HANDLE, &out);
  start.hStdError = output(STD_ERROR_HANDLE, &err);
  if (!CreateProcessW(program, line, NULL, NULL, TRUE, CREATE_SUSPENDED, NULL, NULL, &start, &started)) return 1;
  tie(started.hProcess);
  ResumeThread(started.hThread);
  SetConsoleOutputCP(CP_UTF8);
  if (out.from != NULL) {
    CloseHandle(start.hStdOutput);
    threads[waiting++] = CreateThread(NULL, 0, relay, &out, 0, NULL);
  }
  if (err.from != NULL) {
    CloseHandle(start.hStdError);
    threads[waiting++] = CreateThread(NULL, 0, relay, &err, 0, NULL);
  }
  WaitForSingleObject(started.hProcess, INFINITE);
  /* The rest of what it wrote; a window that it opened may hold the pipe for longer. */
  if (waiting > 0) WaitForMultipleObjects(waiting, threads, TRUE, 500);
  if (page != 0) SetConsoleOutputCP(page);
  GetExitCodeProcess(started.hProcess, &code);
  return (int)code;
}
