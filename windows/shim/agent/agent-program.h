// Where the agent is, whether it is it, and starting it.
#pragma once
#include "../core/ole.h"

// The user's own key, in which the agent says where its pipe is. Null while there is none.
HKEY openOwnKey();

// Opens the agent's pipe. The process that serves it must be the agent that was installed, run by the same user.
// INVALID_HANDLE_VALUE: no agent, or not the right one.
HANDLE connectToAgent(HKEY ownKey);

// Starts the agent that the installer names, without waiting for it.
void startAgent();
