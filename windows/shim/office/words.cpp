#include "words.h"

namespace {

struct Heading {
  const wchar_t* word;
  const wchar_t* label[2];
  const wchar_t* text[2];
};

// The groups of the backstage.
const Heading kHeadings[] = {
    {L"now",
     {L"Synchronization", L"Synchronisation"},
     {L"Your calendars and address books of BlueMind, kept in step with Outlook.",
      L"Vos calendriers et carnets d\u2019adresses BlueMind, tenus \u00e0 jour avec Outlook."}},
    {L"shown",
     {L"What you see in Outlook", L"Ce que vous voyez dans Outlook"},
     {L"Choose calendars and address books, and look after your own.",
      L"Choisissez les calendriers et les carnets d\u2019adresses, et g\u00e9rez les v\u00f4tres."}},
    {L"account",
     {L"Account and options", L"Compte et options"},
     {L"The account that Outlook is connected to, and how the connector works.",
      L"Le compte auquel Outlook est connect\u00e9, et le fonctionnement du connecteur."}},
};

// LanguageSettings.LanguageID(msoLanguageIDUI)
constexpr LONG kLanguageOfWindows = 2;

bool same(const wchar_t* left, const wchar_t* right) {
  while (*left != 0 && *left == *right) {
    left++;
    right++;
  }
  return *left == *right;
}

const wchar_t* lastPart(const wchar_t* id) {
  const wchar_t* part = id;
  for (const wchar_t* at = id; *at != 0; at++)
    if (*at == L'_') part = at + 1;
  return part;
}

const Heading* headingOf(const wchar_t* id) {
  for (const Heading& heading : kHeadings)
    if (same(lastPart(id), heading.word)) return &heading;
  return nullptr;
}

HRESULT property(IDispatch* on, const wchar_t* name, VARIANT* args, UINT count, VARIANT* result) {
  DISPID id = DISPID_UNKNOWN;
  OLECHAR* names = const_cast<OLECHAR*>(name);
  HRESULT hr = on->GetIDsOfNames(IID_NULL, &names, 1, LOCALE_USER_DEFAULT, &id);
  if (FAILED(hr)) return hr;
  DISPPARAMS params = {args, nullptr, count, 0};
  return on->Invoke(id, IID_NULL, LOCALE_USER_DEFAULT, DISPATCH_PROPERTYGET, &params, result, nullptr, nullptr);
}

// The number of Outlook's language; 0 when it does not say.
LANGID outlooksLanguage(IDispatch* application) {
  VARIANT settings;
  VARIANT number;
  VARIANT which;
  VariantInit(&settings);
  VariantInit(&number);
  VariantInit(&which);
  which.vt = VT_I4;
  which.lVal = kLanguageOfWindows;
  LANGID found = 0;
  if (SUCCEEDED(property(application, L"LanguageSettings", nullptr, 0, &settings)) && settings.vt == VT_DISPATCH &&
      settings.pdispVal != nullptr && SUCCEEDED(property(settings.pdispVal, L"LanguageID", &which, 1, &number)) && number.vt == VT_I4)
    found = static_cast<LANGID>(number.lVal);
  VariantClear(&number);
  VariantClear(&settings);
  return found;
}

}  // namespace

const Command kCommand[kCommands] = {
    {L"synchronize", "synchronize",
     {L"Synchronize", L"Synchroniser"},
     {L"Brings Outlook and BlueMind up to date now.", L"Met Outlook et BlueMind \u00e0 jour maintenant."}},
    {L"connect", "connect",
     {L"Connect", L"Connexion"},
     {L"The account that Outlook is connected to.", L"Le compte auquel Outlook est connect\u00e9."}},
    {L"calendars", "calendars",
     {L"Calendars", L"Calendriers"},
     {L"Choose the calendars to see in Outlook.", L"Choisissez les calendriers \u00e0 voir dans Outlook."}},
    {L"books", "books",
     {L"Address books", L"Carnets d\u2019adresses"},
     {L"Choose the address books to see in Outlook.", L"Choisissez les carnets d\u2019adresses \u00e0 voir dans Outlook."}},
    {L"ownbooks", "own-books",
     {L"My address books", L"Mes carnets d\u2019adresses"},
     {L"Make, rename and delete address books of your own.",
      L"Cr\u00e9ez, renommez et supprimez vos propres carnets d\u2019adresses."}},
    {L"options", "options",
     {L"Advanced options", L"Options avanc\u00e9es"},
     {L"How the connector works, and its report for support.", L"Le fonctionnement du connecteur et son rapport pour l\u2019assistance."}},
    {L"status", "status",
     {L"Status", L"\u00c9tat"},
     {L"What was synchronized last, and what needs your attention.",
      L"Ce qui a \u00e9t\u00e9 synchronis\u00e9 en dernier, et ce qui demande votre attention."}},
};

int commandOf(const wchar_t* id) {
  for (int at = 0; at < kCommands; at++)
    if (same(lastPart(id), kCommand[at].word)) return at;
  return -1;
}

const wchar_t* labelOf(const wchar_t* id, Language language) {
  const int which = commandOf(id);
  if (which >= 0) return kCommand[which].label[static_cast<int>(language)];
  const Heading* heading = headingOf(id);
  return heading == nullptr ? L"" : heading->label[static_cast<int>(language)];
}

const wchar_t* textOf(const wchar_t* id, Language language) {
  const int which = commandOf(id);
  if (which >= 0) return kCommand[which].text[static_cast<int>(language)];
  const Heading* heading = headingOf(id);
  return heading == nullptr ? L"" : heading->text[static_cast<int>(language)];
}

const wchar_t* noAnswer(Language language) {
  return language == Language::French
             ? L"Le connecteur BlueMind ne r\u00e9pond pas. D\u00e9marrez-le depuis le menu D\u00e9marrer, puis r\u00e9essayez."
             : L"The BlueMind Connector does not answer. Start it from the Start menu, then try again.";
}

Language languageOf(IDispatch* application) {
  LANGID language = application == nullptr ? 0 : outlooksLanguage(application);
  if (language == 0) language = GetUserDefaultUILanguage();
  return PRIMARYLANGID(language) == LANG_FRENCH ? Language::French : Language::English;
}
