// The line to the agent: a thread that connects to the agent's pipe, starts the agent when it is not there, and sends clicks.
// Outlook's main thread only leaves work here and never waits for it.
#pragma once
#include "../core/memory.h"
#include "../core/ole.h"
#include "../office/words.h"
#include "line.h"

// Posted to the door's window.
constexpr UINT kAgentCame = WM_APP + 1;
constexpr UINT kAgentGone = WM_APP + 2;

// Of this library; set when it is loaded.
extern HINSTANCE libraryHandle;

class Link {
 public:
  // Starts the thread; null when it cannot be started.
  static Link* start(HWND window, Language language);
  // Ends the thread, without waiting for more than a moment, and gives up this reference.
  void stop();
  // Leaves a click; one that already waits is not left twice.
  void click(int command);
  // What the agent is told when it has come: the runner, as bytes. Null: there is none.
  void introduce(const uint8_t* bytes, size_t count);

 private:
  friend Link* create<Link>();
  friend void destroy<Link>(Link*);
  struct Click {
    int command;
    uint32_t number;     // 0: not sent yet
    ULONGLONG deadline;  // when the user is told that nobody takes it
  };

  Link() = default;
  ~Link();
  static DWORD WINAPI threadMain(void* self);
  void work();
  void tryConnect();
  void connected(HANDLE pipe);
  void disconnect();
  bool startRead();
  bool readMore();
  bool send(const char* bytes, size_t count);
  bool sendIntroduction();
  bool sendClicks();
  void startAgentIfWanted();
  void settle();
  DWORD wait();
  void release();

  volatile LONG references_ = 2;  // the door's and the thread's
  HWND window_ = nullptr;
  Language language_ = Language::English;
  HANDLE thread_ = nullptr;
  HANDLE stop_ = nullptr;
  HANDLE wake_ = nullptr;
  HANDLE changed_ = nullptr;  // the agent has said where its pipe is
  HKEY key_ = nullptr;
  CRITICAL_SECTION lock_;

  // Behind the lock.
  Click clicks_[kCommands];
  int waiting_ = 0;
  List<uint8_t> introduction_;
  bool introduced_ = false;

  // The thread's own.
  HANDLE pipe_ = INVALID_HANDLE_VALUE;
  OVERLAPPED reading_ = {};
  OVERLAPPED writing_ = {};
  char buffer_[256];
  Lines* lines_ = nullptr;
  bool greeted_ = false;
  bool readPending_ = false;
  bool watching_ = false;
  ULONGLONG connectedAt_ = 0;
  ULONGLONG connectAgain_ = 0;  // not before
  unsigned shortOnes_ = 0;      // connections in a row that ended at once
  bool busy_ = false;  // its pipe serves somebody else at this moment
  uint32_t lastNumber_ = 0;
  ULONGLONG startAgain_ = 0;  // the agent is not started again before
  bool startedOnce_ = false;
};
