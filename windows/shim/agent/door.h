// The add-in's door to the agent, on Outlook's main thread: hands the agent the runner when it has come, takes it back when it
// has gone, and forwards clicks. All waiting is the link's, on a thread of its own.
#pragma once
#include "../core/runner.h"
#include "../office/words.h"
#include "link.h"

class Door {
 public:
  // Null when there is no memory: the add-in then only shows its buttons.
  static Door* open(IDispatch* application, Language language);
  // Gives everything back, and the door itself.
  void close();
  void click(int command) { link_->click(command); }

 private:
  friend Door* create<Door>();
  friend void destroy<Door>(Door*);
  Door() = default;
  ~Door() = default;
  static LRESULT CALLBACK windowProc(HWND window, UINT message, WPARAM wide, LPARAM lng);
  void come();
  void gone();

  IDispatch* application_ = nullptr;
  HWND window_ = nullptr;
  Link* link_ = nullptr;
  Runner* runner_ = nullptr;
};
