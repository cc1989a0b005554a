#include "add-in.h"

#include "ribbon.h"

namespace {

// @source the type libraries named above
const IID kAddInIid = {0xB65AD801, 0xABAF, 0x11D0, {0xBB, 0x8B, 0x00, 0xA0, 0xC9, 0x0F, 0x27, 0x44}};
const IID kRibbonIid = {0x000C0396, 0x0000, 0x0000, {0xC0, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x46}};

enum Callback : DISPID { kGetLabel = 1, kGetText = 2, kOnAction = 3 };
struct CallbackName {
  const wchar_t* name;
  DISPID id;
};
const CallbackName kCallbacks[] = {{L"GetLabel", kGetLabel}, {L"GetText", kGetText}, {L"OnAction", kOnAction}};

constexpr UINT kMostId = 128;

// The id of the control that a callback is called for; '' when it has none.
void idOf(const DISPPARAMS* params, wchar_t (&out)[kMostId]) {
  out[0] = 0;
  if (params == nullptr || params->cArgs < 1 || params->rgvarg == nullptr) return;
  // Arguments come last to first: the control is the last one.
  const VARIANT& control = params->rgvarg[params->cArgs - 1];
  IDispatch* object = objectOf(control);
  if (object == nullptr) return;
  DISPID id = DISPID_UNKNOWN;
  wchar_t name[] = L"Id";
  OLECHAR* names = name;
  if (FAILED(object->GetIDsOfNames(IID_NULL, &names, 1, LOCALE_USER_DEFAULT, &id))) return;
  DISPPARAMS none = {nullptr, nullptr, 0, 0};
  VARIANT value;
  VariantInit(&value);
  if (SUCCEEDED(object->Invoke(id, IID_NULL, LOCALE_USER_DEFAULT, DISPATCH_PROPERTYGET, &none, &value, nullptr, nullptr)) &&
      value.vt == VT_BSTR && value.bstrVal != nullptr)
    lstrcpynW(out, value.bstrVal, kMostId);
  VariantClear(&value);
}

HRESULT answerText(const wchar_t* text, VARIANT* result) {
  if (result == nullptr) return S_OK;
  VariantInit(result);
  BSTR copy = SysAllocString(text);
  if (copy == nullptr) return E_OUTOFMEMORY;
  result->vt = VT_BSTR;
  result->bstrVal = copy;
  return S_OK;
}

}  // namespace

AddIn::AddIn() { InterlockedIncrement(&libraryUses); }

AddIn::~AddIn() {
  disconnect();
  InterlockedDecrement(&libraryUses);
}

HRESULT AddIn::QueryInterface(REFIID iid, void** out) {
  if (out == nullptr) return E_POINTER;
  *out = nullptr;
  if (IsEqualIID(iid, IID_IUnknown) || IsEqualIID(iid, IID_IDispatch) || IsEqualIID(iid, kAddInIid))
    *out = static_cast<IDTExtensibility2*>(this);
  else if (IsEqualIID(iid, kRibbonIid))
    *out = static_cast<IRibbonExtensibility*>(this);
  else
    return E_NOINTERFACE;
  AddRef();
  return S_OK;
}

ULONG AddIn::AddRef() { return static_cast<ULONG>(InterlockedIncrement(&references_)); }

ULONG AddIn::Release() {
  const LONG left = InterlockedDecrement(&references_);
  if (left == 0) destroy(this);
  return static_cast<ULONG>(left);
}

HRESULT AddIn::GetTypeInfoCount(UINT* count) {
  if (count == nullptr) return E_POINTER;
  *count = 0;
  return S_OK;
}

HRESULT AddIn::GetTypeInfo(UINT, LCID, ITypeInfo** out) {
  if (out != nullptr) *out = nullptr;
  return E_NOTIMPL;
}

HRESULT AddIn::GetIDsOfNames(REFIID, OLECHAR** names, UINT count, LCID, DISPID* ids) {
  if (names == nullptr || ids == nullptr || count == 0) return E_INVALIDARG;
  for (UINT at = 0; at < count; at++) ids[at] = DISPID_UNKNOWN;
  if (names[0] != nullptr)
    for (const CallbackName& callback : kCallbacks)
      if (lstrcmpiW(names[0], callback.name) == 0) ids[0] = callback.id;
  return ids[0] != DISPID_UNKNOWN && count == 1 ? S_OK : DISP_E_UNKNOWNNAME;
}

HRESULT AddIn::Invoke(DISPID id, REFIID, LCID, WORD, DISPPARAMS* params, VARIANT* result, EXCEPINFO*, UINT*) {
  wchar_t control[kMostId];
  switch (id) {
    case kGetLabel:
      idOf(params, control);
      return answerText(labelOf(control, language()), result);
    case kGetText:
      idOf(params, control);
      return answerText(textOf(control, language()), result);
    case kOnAction: {
      idOf(params, control);
      const int command = commandOf(control);
      if (command >= 0 && door_ != nullptr) door_->click(command);
      return S_OK;
    }
    default:
      return DISP_E_MEMBERNOTFOUND;
  }
}

Language AddIn::language() {
  if (language_ >= 0) return static_cast<Language>(language_);
  const Language found = languageOf(application_);
  // Before it is connected it cannot ask Outlook: it asks again.
  if (application_ != nullptr) language_ = static_cast<int>(found);
  return found;
}

HRESULT AddIn::OnConnection(IDispatch* application, int, IDispatch*, SAFEARRAY**) {
  if (application == nullptr || application_ != nullptr) return S_OK;
  application_ = application;
  application_->AddRef();
  door_ = Door::open(application_, language());
  return S_OK;
}

void AddIn::disconnect() {
  Door* door = door_;
  door_ = nullptr;
  if (door != nullptr) door->close();
  IDispatch* application = application_;
  application_ = nullptr;
  language_ = -1;
  if (application != nullptr) application->Release();
}

HRESULT AddIn::OnDisconnection(int, SAFEARRAY**) {
  disconnect();
  return S_OK;
}

HRESULT AddIn::OnAddInsUpdate(SAFEARRAY**) { return S_OK; }
HRESULT AddIn::OnStartupComplete(SAFEARRAY**) { return S_OK; }

HRESULT AddIn::OnBeginShutdown(SAFEARRAY**) {
  disconnect();
  return S_OK;
}

HRESULT AddIn::GetCustomUI(BSTR ribbonId, BSTR* markup) {
  if (markup == nullptr) return E_POINTER;
  const bool explorer = ribbonId != nullptr && lstrcmpiW(ribbonId, kExplorerId) == 0;
  *markup = SysAllocString(explorer ? kExplorerMarkup : L"");
  return *markup == nullptr ? E_OUTOFMEMORY : S_OK;
}
