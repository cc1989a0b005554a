#include "link.h"

#include "agent-program.h"
#include "notice.h"

namespace {

constexpr DWORD kSendMilliseconds = 2000;
constexpr DWORD kStopMilliseconds = 100;
// So long a click waits for an agent that starts or hangs before the user is told.
constexpr ULONGLONG kClickMilliseconds = 30000;
constexpr ULONGLONG kStartAgainMilliseconds = 15000;
// A pipe whose name is there but which nobody serves yet is looked at again so often.
constexpr DWORD kLookMilliseconds = 1000;
// A connection that ends sooner was none: the next one waits, longer each time.
constexpr ULONGLONG kShortMilliseconds = 10000;
constexpr ULONGLONG kFirstPauseMilliseconds = 250;
constexpr unsigned kMostDoublings = 8;
// The same where the key is not there yet that could be watched.
constexpr DWORD kLookWithoutWatchMilliseconds = 10000;

// A line of JSON, all of it ASCII.
class Line {
 public:
  Line& text(const char* text) {
    ok_ = ok_ && bytes_.append(text, strlen(text));
    return *this;
  }
  Line& number(uint32_t number) {
    char digits[10];
    size_t at = sizeof digits;
    do {
      digits[--at] = static_cast<char>('0' + number % 10);
      number /= 10;
    } while (number > 0);
    ok_ = ok_ && bytes_.append(digits + at, sizeof digits - at);
    return *this;
  }
  Line& hex(const uint8_t* bytes, size_t count) {
    static const char kDigits[] = "0123456789abcdef";
    for (size_t at = 0; at < count && ok_; at++) {
      const char two[2] = {kDigits[bytes[at] >> 4], kDigits[bytes[at] & 15]};
      ok_ = bytes_.append(two, 2);
    }
    return *this;
  }
  bool ok() const { return ok_; }
  const char* data() const { return bytes_.data(); }
  size_t size() const { return bytes_.size(); }

 private:
  List<char> bytes_;
  bool ok_ = true;
};

}  // namespace

Link* Link::start(HWND window, Language language) {
  Link* link = create<Link>();
  if (link == nullptr) return nullptr;
  InitializeCriticalSection(&link->lock_);
  link->window_ = window;
  link->language_ = language;
  link->stop_ = CreateEventW(nullptr, TRUE, FALSE, nullptr);
  link->wake_ = CreateEventW(nullptr, FALSE, FALSE, nullptr);
  link->changed_ = CreateEventW(nullptr, FALSE, FALSE, nullptr);
  link->reading_.hEvent = CreateEventW(nullptr, TRUE, FALSE, nullptr);
  link->writing_.hEvent = CreateEventW(nullptr, TRUE, FALSE, nullptr);
  // The thread keeps the library loaded until it has ended by itself.
  HMODULE pinned = nullptr;
  const bool ready = link->stop_ != nullptr && link->wake_ != nullptr && link->changed_ != nullptr &&
                     link->reading_.hEvent != nullptr && link->writing_.hEvent != nullptr &&
                     GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS,
                                        reinterpret_cast<const wchar_t*>(&libraryHandle), &pinned);
  if (ready) link->thread_ = CreateThread(nullptr, 64 * 1024, threadMain, link, 0, nullptr);
  if (link->thread_ == nullptr) {
    if (pinned != nullptr) FreeLibrary(pinned);
    destroy(link);
    return nullptr;
  }
  return link;
}

Link::~Link() {
  HANDLE handles[] = {thread_, stop_, wake_, changed_, reading_.hEvent, writing_.hEvent};
  for (HANDLE handle : handles)
    if (handle != nullptr) CloseHandle(handle);
  if (key_ != nullptr) RegCloseKey(key_);
  destroy(lines_);
  DeleteCriticalSection(&lock_);
}

void Link::release() {
  if (InterlockedDecrement(&references_) == 0) destroy(this);
}

void Link::stop() {
  SetEvent(stop_);
  // It may be starting a program or waiting for a disk: then it ends later, by itself.
  WaitForSingleObject(thread_, kStopMilliseconds);
  release();
}

void Link::click(int command) {
  EnterCriticalSection(&lock_);
  bool there = false;
  for (int at = 0; at < waiting_; at++) there = there || (clicks_[at].command == command && clicks_[at].number == 0);
  if (!there && waiting_ < kCommands) clicks_[waiting_++] = {command, 0, GetTickCount64() + kClickMilliseconds};
  LeaveCriticalSection(&lock_);
  SetEvent(wake_);
}

void Link::introduce(const uint8_t* bytes, size_t count) {
  EnterCriticalSection(&lock_);
  introduction_.shrink(0);
  introduced_ = introduction_.append(bytes, count);
  LeaveCriticalSection(&lock_);
  SetEvent(wake_);
}

DWORD WINAPI Link::threadMain(void* self) {
  Link* link = static_cast<Link*>(self);
  HMODULE library = libraryHandle;
  link->work();
  link->release();
  FreeLibraryAndExitThread(library, 0);
}

void Link::work() {
  for (;;) {
    if (pipe_ == INVALID_HANDLE_VALUE) tryConnect();
    startAgentIfWanted();
    if (pipe_ != INVALID_HANDLE_VALUE && !(sendIntroduction() && sendClicks())) disconnect();
    settle();
    HANDLE handles[] = {stop_, wake_, changed_, reading_.hEvent};
    const DWORD count = pipe_ == INVALID_HANDLE_VALUE ? 3 : 4;
    const DWORD which = WaitForMultipleObjects(count, handles, FALSE, wait());
    if (which == WAIT_OBJECT_0) break;
    if (which == WAIT_OBJECT_0 + 2) watching_ = false;
    if (which == WAIT_OBJECT_0 + 3 && !readMore()) disconnect();
  }
  if (pipe_ != INVALID_HANDLE_VALUE) disconnect();
}

void Link::tryConnect() {
  if (GetTickCount64() < connectAgain_) return;
  if (!watching_) {
    // First the watch, then the look: what changes in between is not missed.
    if (key_ != nullptr) RegCloseKey(key_);
    key_ = openOwnKey();
    watching_ = key_ != nullptr &&
                RegNotifyChangeKeyValue(key_, FALSE, REG_NOTIFY_CHANGE_LAST_SET, changed_, TRUE) == ERROR_SUCCESS;
  }
  HANDLE pipe = key_ == nullptr ? INVALID_HANDLE_VALUE : connectToAgent(key_);
  busy_ = pipe == INVALID_HANDLE_VALUE && key_ != nullptr && GetLastError() == ERROR_PIPE_BUSY;
  if (pipe != INVALID_HANDLE_VALUE) connected(pipe);
}

void Link::connected(HANDLE pipe) {
  pipe_ = pipe;
  connectedAt_ = GetTickCount64();
  greeted_ = false;
  lines_ = create<Lines>();
  EnterCriticalSection(&lock_);
  introduced_ = false;
  // What the last agent took and never answered is for this one.
  for (int at = 0; at < waiting_; at++) clicks_[at].number = 0;
  LeaveCriticalSection(&lock_);
  lastNumber_ = 0;
  if (lines_ == nullptr || !startRead()) return disconnect();
  PostMessageW(window_, kAgentCame, 0, 0);
}

void Link::disconnect() {
  CancelIo(pipe_);
  DWORD ignored = 0;
  // The buffer is the system's until the read has ended.
  if (readPending_) GetOverlappedResult(pipe_, &reading_, &ignored, TRUE);
  readPending_ = false;
  CloseHandle(pipe_);
  pipe_ = INVALID_HANDLE_VALUE;
  destroy(lines_);
  lines_ = nullptr;
  const ULONGLONG now = GetTickCount64();
  if (now - connectedAt_ >= kShortMilliseconds) shortOnes_ = 0;
  connectAgain_ = now + (kFirstPauseMilliseconds << (shortOnes_ < kMostDoublings ? shortOnes_ : kMostDoublings));
  shortOnes_++;
  PostMessageW(window_, kAgentGone, 0, 0);
}

bool Link::startRead() {
  ResetEvent(reading_.hEvent);
  readPending_ = ReadFile(pipe_, buffer_, sizeof buffer_, nullptr, &reading_) || GetLastError() == ERROR_IO_PENDING;
  return readPending_;
}

bool Link::readMore() {
  DWORD count = 0;
  readPending_ = false;
  if (!GetOverlappedResult(pipe_, &reading_, &count, FALSE) || count == 0) return false;
  if (!lines_->take(buffer_, count)) return false;
  EnterCriticalSection(&lock_);
  for (int at = waiting_ - 1; at >= 0; at--) {
    if (clicks_[at].number == 0 || clicks_[at].number > lines_->acknowledged()) continue;
    for (int next = at; next + 1 < waiting_; next++) clicks_[next] = clicks_[next + 1];
    waiting_--;
  }
  LeaveCriticalSection(&lock_);
  return startRead();
}

bool Link::send(const char* bytes, size_t count) {
  ResetEvent(writing_.hEvent);
  DWORD written = 0;
  if (!WriteFile(pipe_, bytes, static_cast<DWORD>(count), nullptr, &writing_) && GetLastError() != ERROR_IO_PENDING) return false;
  HANDLE handles[] = {writing_.hEvent, stop_};
  if (WaitForMultipleObjects(2, handles, FALSE, kSendMilliseconds) != WAIT_OBJECT_0) CancelIo(pipe_);
  // CancelIo took the read away as well: whatever was cancelled ends this connection.
  return GetOverlappedResult(pipe_, &writing_, &written, TRUE) && written == count;
}

bool Link::sendIntroduction() {
  if (greeted_) return true;
  EnterCriticalSection(&lock_);
  const bool ready = introduced_;
  Line line;
  if (ready) {
    line.text("{\"type\":\"hello\",\"wire\":1,\"shim\":\"" SHIM_VERSION "\",\"bits\":").number(sizeof(void*) * 8);
    line.text(",\"process\":").number(GetCurrentProcessId()).text(",\"runner\":\"");
    line.hex(introduction_.data(), introduction_.size()).text("\"}\n");
  }
  LeaveCriticalSection(&lock_);
  if (!ready) return true;
  greeted_ = true;
  return line.ok() && send(line.data(), line.size());
}

bool Link::sendClicks() {
  if (!greeted_) return true;
  Line line;
  EnterCriticalSection(&lock_);
  for (int at = 0; at < waiting_; at++) {
    if (clicks_[at].number != 0) continue;
    clicks_[at].number = ++lastNumber_;
    line.text("{\"type\":\"click\",\"number\":").number(lastNumber_);
    line.text(",\"command\":\"").text(kCommand[clicks_[at].command].name).text("\"}\n");
  }
  LeaveCriticalSection(&lock_);
  return line.ok() && (line.size() == 0 || send(line.data(), line.size()));
}

// Once with Outlook, and again when there is a click and still no agent: an agent that the user ended stays away otherwise.
void Link::startAgentIfWanted() {
  if (pipe_ != INVALID_HANDLE_VALUE) return;
  EnterCriticalSection(&lock_);
  const bool wanted = waiting_ > 0 || !startedOnce_;
  LeaveCriticalSection(&lock_);
  const ULONGLONG now = GetTickCount64();
  if (!wanted || now < startAgain_) return;
  startedOnce_ = true;
  startAgain_ = now + kStartAgainMilliseconds;
  startAgent();
}

// Clicks that nobody took for too long are given up, and the user is told.
void Link::settle() {
  const ULONGLONG now = GetTickCount64();
  bool lost = false;
  EnterCriticalSection(&lock_);
  for (int at = waiting_ - 1; at >= 0; at--) {
    if (now < clicks_[at].deadline) continue;
    for (int next = at; next + 1 < waiting_; next++) clicks_[next] = clicks_[next + 1];
    waiting_--;
    lost = true;
  }
  LeaveCriticalSection(&lock_);
  if (lost) tellNoAnswer(language_);
}

DWORD Link::wait() {
  EnterCriticalSection(&lock_);
  const bool clicks = waiting_ > 0;
  LeaveCriticalSection(&lock_);
  if (pipe_ != INVALID_HANDLE_VALUE) return clicks ? kLookMilliseconds : INFINITE;
  const ULONGLONG now = GetTickCount64();
  if (now < connectAgain_) return static_cast<DWORD>(connectAgain_ - now);
  if (clicks || busy_ || GetTickCount64() < startAgain_) return kLookMilliseconds;
  return watching_ ? INFINITE : kLookWithoutWatchMilliseconds;
}
