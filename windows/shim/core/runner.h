// The object that the agent is handed: it runs programs inside Outlook, on Outlook's main thread. One method, `Run`, takes a
// request and gives a response, both as SAFEARRAYs of bytes (docs/windows-shim.md).
#pragma once
#include "execution.h"

constexpr DISPID kRunId = 1;
constexpr uint32_t kMostBudget = 200;     // milliseconds that a request may take at most
constexpr uint32_t kPausedPatience = 30000;  // milliseconds after which a paused program is given up

class Runner final : public IDispatch {
 public:
  explicit Runner(IDispatch* application) : application_(application) { application_->AddRef(); }

  HRESULT STDMETHODCALLTYPE QueryInterface(REFIID iid, void** out) override;
  ULONG STDMETHODCALLTYPE AddRef() override;
  ULONG STDMETHODCALLTYPE Release() override;
  HRESULT STDMETHODCALLTYPE GetTypeInfoCount(UINT* count) override;
  HRESULT STDMETHODCALLTYPE GetTypeInfo(UINT index, LCID lcid, ITypeInfo** out) override;
  HRESULT STDMETHODCALLTYPE GetIDsOfNames(REFIID iid, OLECHAR** names, UINT count, LCID lcid, DISPID* ids) override;
  HRESULT STDMETHODCALLTYPE Invoke(DISPID id, REFIID iid, LCID lcid, WORD flags, DISPPARAMS* params, VARIANT* result,
                                   EXCEPINFO* info, UINT* wrong) override;

  // Answers a request; false when it cannot be answered now (it is at work, or closed).
  HRESULT answer(const uint8_t* request, size_t size, Writer& writer);
  // Gives everything back; from then on every request is refused.
  void close();
  // Gives up a program that nobody resumes.
  void tick();

  size_t kept() const { return kept_.size(); }

 private:
  ~Runner() = default;
  friend void destroy<Runner>(Runner*);
  void answerRun(Reader& reader, const uint8_t* request, size_t size, Writer& writer);
  void goOn(Execution* execution, Writer& writer);
  void dropPaused();

  LONG references_ = 1;
  IDispatch* application_;
  Kept kept_;
  Execution* paused_ = nullptr;
  uint64_t pausedUntil_ = 0;
  uint32_t budget_ = 0;
  bool working_ = false;
  bool closed_ = false;
};
