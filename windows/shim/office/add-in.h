// The add-in as Outlook sees it: IDTExtensibility2 for its life, IRibbonExtensibility for its markup, IDispatch for the ribbon's
// callbacks. Whatever Outlook asks is answered from here, at once; nothing waits for the agent.
#pragma once
#include "../agent/door.h"
#include "words.h"

// @source Add-in Designer (MSADDNDR) and Office type libraries: their vtables are IDispatch and these methods.
struct IDTExtensibility2 : public IDispatch {
  virtual HRESULT STDMETHODCALLTYPE OnConnection(IDispatch* application, int mode, IDispatch* instance, SAFEARRAY** custom) = 0;
  virtual HRESULT STDMETHODCALLTYPE OnDisconnection(int mode, SAFEARRAY** custom) = 0;
  virtual HRESULT STDMETHODCALLTYPE OnAddInsUpdate(SAFEARRAY** custom) = 0;
  virtual HRESULT STDMETHODCALLTYPE OnStartupComplete(SAFEARRAY** custom) = 0;
  virtual HRESULT STDMETHODCALLTYPE OnBeginShutdown(SAFEARRAY** custom) = 0;
};
struct IRibbonExtensibility : public IDispatch {
  virtual HRESULT STDMETHODCALLTYPE GetCustomUI(BSTR ribbonId, BSTR* markup) = 0;
};

class AddIn final : public IDTExtensibility2, public IRibbonExtensibility {
 public:
  AddIn();

  HRESULT STDMETHODCALLTYPE QueryInterface(REFIID iid, void** out) override;
  ULONG STDMETHODCALLTYPE AddRef() override;
  ULONG STDMETHODCALLTYPE Release() override;
  HRESULT STDMETHODCALLTYPE GetTypeInfoCount(UINT* count) override;
  HRESULT STDMETHODCALLTYPE GetTypeInfo(UINT index, LCID lcid, ITypeInfo** out) override;
  HRESULT STDMETHODCALLTYPE GetIDsOfNames(REFIID iid, OLECHAR** names, UINT count, LCID lcid, DISPID* ids) override;
  HRESULT STDMETHODCALLTYPE Invoke(DISPID id, REFIID iid, LCID lcid, WORD flags, DISPPARAMS* params, VARIANT* result,
                                   EXCEPINFO* info, UINT* wrong) override;

  HRESULT STDMETHODCALLTYPE OnConnection(IDispatch* application, int mode, IDispatch* instance, SAFEARRAY** custom) override;
  HRESULT STDMETHODCALLTYPE OnDisconnection(int mode, SAFEARRAY** custom) override;
  HRESULT STDMETHODCALLTYPE OnAddInsUpdate(SAFEARRAY** custom) override;
  HRESULT STDMETHODCALLTYPE OnStartupComplete(SAFEARRAY** custom) override;
  HRESULT STDMETHODCALLTYPE OnBeginShutdown(SAFEARRAY** custom) override;

  HRESULT STDMETHODCALLTYPE GetCustomUI(BSTR ribbonId, BSTR* markup) override;

 private:
  ~AddIn();
  friend void destroy<AddIn>(AddIn*);
  void disconnect();
  Language language();

  LONG references_ = 1;
  IDispatch* application_ = nullptr;
  Door* door_ = nullptr;
  int language_ = -1;  // asked once; -1: not yet
};

// Objects and locks that keep the library loaded.
extern LONG libraryUses;
