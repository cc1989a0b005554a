// What the add-in shows, as Office's markup.
#pragma once

// The markup of Outlook's main window; its words come from callbacks, so that it is the same in every language.
extern const wchar_t kExplorerMarkup[];
// The name under which Outlook asks for it.
extern const wchar_t kExplorerId[];
