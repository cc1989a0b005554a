#pragma once
#include "../office/words.h"

// Tells the user that the agent does not answer, in a window of a thread of its own; one at a time.
void tellNoAnswer(Language language);
