#include "ribbon.h"

// One mistake in it and Outlook shows nothing of it, without a word. Every id ends in the word that words.cpp knows it by.
// @source [MS-CUSTOMUI2]

#define SAYS L" getLabel=\"GetLabel\" getSupertip=\"GetText\" onAction=\"OnAction\""
#define BUTTON(place, word, size, image) \
  L"<button id=\"bluemind_" place L"_" word L"\" size=\"" size L"\" imageMso=\"" image L"\"" SAYS L"/>"
#define GROUP(place)                                           \
  L"<group id=\"bluemind_" place L"_group\" label=\"BlueMind\">" \
  BUTTON(place, L"synchronize", L"large", L"Refresh")          \
  BUTTON(place, L"calendars", L"normal", L"CalendarInsert")    \
  BUTTON(place, L"books", L"normal", L"AddressBook")           \
  BUTTON(place, L"ownbooks", L"normal", L"ContactPictureMenu") \
  BUTTON(place, L"connect", L"normal", L"AccountSettings")     \
  BUTTON(place, L"options", L"normal", L"ControlsGallery")     \
  BUTTON(place, L"status", L"normal", L"Info")                 \
  L"</group>"
#define TAB(mso, place) L"<tab idMso=\"" mso L"\">" GROUP(place) L"</tab>"

#define ITEM(word, image)                                                                                        \
  L"<button id=\"bluemind_file_" word L"\" imageMso=\"" image L"\" isDefinitive=\"true\" style=\"" STYLE L"\"" SAYS \
  L"/>"
#define HEADING(word) L"<group id=\"bluemind_file_" word L"\" getLabel=\"GetLabel\" getHelperText=\"GetText\">"

extern const wchar_t kExplorerId[] = L"Microsoft.Outlook.Explorer";

extern const wchar_t kExplorerMarkup[] =
    L"<customUI xmlns=\"http://schemas.microsoft.com/office/2009/07/customui\">"
    L"<ribbon><tabs>"
    TAB(L"TabMail", L"mail") TAB(L"TabCalendar", L"calendar") TAB(L"TabContacts", L"contacts")
    L"</tabs></ribbon>"
    L"<backstage><tab id=\"bluemind_file_tab\" label=\"BlueMind\" title=\"BlueMind\"><firstColumn>"
#define STYLE L"large"
    HEADING(L"now") L"<primaryItem>" ITEM(L"synchronize", L"Refresh") L"</primaryItem>"
#undef STYLE
#define STYLE L"normal"
    L"<topItems>" ITEM(L"status", L"Info") L"</topItems></group>"
    HEADING(L"shown") L"<topItems>" ITEM(L"calendars", L"CalendarInsert") ITEM(L"books", L"AddressBook")
    ITEM(L"ownbooks", L"ContactPictureMenu") L"</topItems></group>"
    HEADING(L"account") L"<topItems>" ITEM(L"connect", L"AccountSettings") ITEM(L"options", L"ControlsGallery")
    L"</topItems></group>"
    L"</firstColumn></tab></backstage></customUI>";
