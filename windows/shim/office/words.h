// The add-in's words in English and French; the names of windows are those of src/dialogs/locales.
#pragma once
#include "../core/ole.h"

enum class Language { English, French };

// What one can ask the agent for, by the last part of a control's id.
struct Command {
  const wchar_t* word;  // in ids
  const char* name;     // as the agent knows it
  const wchar_t* label[2];
  const wchar_t* text[2];
};

constexpr int kCommands = 7;
extern const Command kCommand[kCommands];

// The number of the command that a control's id ends in; -1: none.
int commandOf(const wchar_t* id);

// A control's label, and what it says beside it; '' where there is nothing to say.
const wchar_t* labelOf(const wchar_t* id, Language language);
const wchar_t* textOf(const wchar_t* id, Language language);

// What the user is told when a click reaches nobody.
const wchar_t* noAnswer(Language language);

// The language of Outlook's own windows, Windows' where Outlook does not say.
Language languageOf(IDispatch* application);
