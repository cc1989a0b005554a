// As much of Automation as the interpreter uses, for machines without Windows: the same names, the same layout of what is read and
// written, and every text, array and reference counted by the sanitizers.
#pragma once
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef int32_t HRESULT, LONG, SCODE, DISPID;
typedef uint32_t ULONG, UINT, LCID, DWORD;
typedef uint16_t WORD, VARTYPE;
typedef int16_t VARIANT_BOOL;
typedef wchar_t OLECHAR;  // 16 bits: built with -fshort-wchar
typedef OLECHAR* BSTR;
typedef double DATE;

struct GUID {
  uint32_t a;
  uint16_t b, c;
  uint8_t d[8];
};
typedef const GUID& REFIID;
inline bool IsEqualIID(REFIID left, REFIID right) { return memcmp(&left, &right, sizeof(GUID)) == 0; }
inline const GUID IID_NULL = {0, 0, 0, {0}};
inline const GUID IID_IUnknown = {0, 0, 0, {0xC0, 0, 0, 0, 0, 0, 0, 0x46}};
inline const GUID IID_IDispatch = {0x00020400, 0, 0, {0xC0, 0, 0, 0, 0, 0, 0, 0x46}};

constexpr HRESULT code(uint32_t value) { return static_cast<HRESULT>(value); }
constexpr HRESULT S_OK = 0;
constexpr HRESULT E_NOTIMPL = code(0x80004001), E_NOINTERFACE = code(0x80004002), E_POINTER = code(0x80004003);
constexpr HRESULT E_OUTOFMEMORY = code(0x8007000E), E_INVALIDARG = code(0x80070057);
constexpr HRESULT DISP_E_MEMBERNOTFOUND = code(0x80020003), DISP_E_PARAMNOTFOUND = code(0x80020004);
constexpr HRESULT DISP_E_TYPEMISMATCH = code(0x80020005), DISP_E_UNKNOWNNAME = code(0x80020006);
constexpr HRESULT DISP_E_EXCEPTION = code(0x80020009), DISP_E_BADPARAMCOUNT = code(0x8002000E);
constexpr HRESULT RPC_E_DISCONNECTED = code(0x80010108), RPC_E_SERVERCALL_RETRYLATER = code(0x8001010A);
#define FAILED(hr) ((hr) < 0)
#define SUCCEEDED(hr) ((hr) >= 0)
#define STDMETHODCALLTYPE

enum : VARTYPE {
  VT_EMPTY = 0, VT_NULL = 1, VT_I2 = 2, VT_I4 = 3, VT_R4 = 4, VT_R8 = 5, VT_CY = 6, VT_DATE = 7, VT_BSTR = 8, VT_DISPATCH = 9,
  VT_ERROR = 10, VT_BOOL = 11, VT_VARIANT = 12, VT_UNKNOWN = 13, VT_DECIMAL = 14, VT_I1 = 16, VT_UI1 = 17, VT_UI2 = 18, VT_UI4 = 19,
  VT_I8 = 20, VT_UI8 = 21, VT_INT = 22, VT_UINT = 23, VT_ARRAY = 0x2000, VT_BYREF = 0x4000,
};
constexpr VARIANT_BOOL VARIANT_TRUE = -1, VARIANT_FALSE = 0;
constexpr WORD DISPATCH_METHOD = 1, DISPATCH_PROPERTYGET = 2, DISPATCH_PROPERTYPUT = 4, DISPATCH_PROPERTYPUTREF = 8;
constexpr DISPID DISPID_UNKNOWN = -1, DISPID_PROPERTYPUT = -3;
constexpr LCID LOCALE_USER_DEFAULT = 0x400;

struct IUnknown {
  virtual HRESULT QueryInterface(REFIID iid, void** out) = 0;
  virtual ULONG AddRef() = 0;
  virtual ULONG Release() = 0;
};
struct ITypeInfo;
struct IDispatch;
struct DECIMAL {
  WORD reserved;
  uint8_t scale, sign;
  uint32_t high;
  uint64_t low;
};
struct CY {
  int64_t int64;
};

// What a SAFEARRAY holds, two dimensions at most.
struct SAFEARRAY {
  UINT dimensions;
  VARTYPE type;
  UINT size;
  LONG low[3];
  ULONG count[3];
  void* data;
};

struct VARIANT {
  union {
    struct {
      VARTYPE vt;
      WORD reserved[3];
      union {
        int64_t llVal;
        uint64_t ullVal;
        LONG lVal;
        ULONG ulVal;
        int16_t iVal;
        uint16_t uiVal;
        uint8_t bVal;
        char cVal;
        float fltVal;
        double dblVal;
        DATE date;
        VARIANT_BOOL boolVal;
        SCODE scode;
        BSTR bstrVal;
        IUnknown* punkVal;
        IDispatch* pdispVal;
        SAFEARRAY* parray;
        SAFEARRAY** pparray;
        VARIANT* pvarVal;
        void* byref;
        CY cyVal;
      };
    };
    DECIMAL decVal;
  };
};

struct DISPPARAMS {
  VARIANT* rgvarg;
  DISPID* rgdispidNamedArgs;
  UINT cArgs;
  UINT cNamedArgs;
};
struct EXCEPINFO {
  WORD wCode;
  WORD wReserved;
  BSTR bstrSource, bstrDescription, bstrHelpFile;
  DWORD dwHelpContext;
  void* pvReserved;
  HRESULT (*pfnDeferredFillIn)(EXCEPINFO*);
  SCODE scode;
};
struct IDispatch : IUnknown {
  virtual HRESULT GetTypeInfoCount(UINT* count) = 0;
  virtual HRESULT GetTypeInfo(UINT index, LCID lcid, ITypeInfo** out) = 0;
  virtual HRESULT GetIDsOfNames(REFIID iid, OLECHAR** names, UINT count, LCID lcid, DISPID* ids) = 0;
  virtual HRESULT Invoke(DISPID id, REFIID iid, LCID lcid, WORD flags, DISPPARAMS* params, VARIANT* result, EXCEPINFO* info,
                         UINT* wrong) = 0;
};

inline LONG InterlockedIncrement(LONG* value) { return ++*value; }
inline LONG InterlockedDecrement(LONG* value) { return --*value; }

BSTR SysAllocStringLen(const OLECHAR* text, UINT units);
void SysFreeString(BSTR text);
UINT SysStringLen(BSTR text);
inline void VariantInit(VARIANT* value) { memset(static_cast<void*>(value), 0, sizeof *value); }
HRESULT VariantClear(VARIANT* value);
HRESULT VariantCopy(VARIANT* to, const VARIANT* from);
SAFEARRAY* SafeArrayCreateVector(VARTYPE type, LONG low, ULONG count);
HRESULT SafeArrayDestroy(SAFEARRAY* array);
HRESULT SafeArrayAccessData(SAFEARRAY* array, void** data);
HRESULT SafeArrayUnaccessData(SAFEARRAY* array);
inline UINT SafeArrayGetDim(SAFEARRAY* array) { return array->dimensions; }
inline UINT SafeArrayGetElemsize(SAFEARRAY* array) { return array->size; }
HRESULT SafeArrayGetLBound(SAFEARRAY* array, UINT dimension, LONG* out);
HRESULT SafeArrayGetUBound(SAFEARRAY* array, UINT dimension, LONG* out);
HRESULT VarR8FromDec(const DECIMAL* from, double* out);

// For the fuzzer: an array of one to three dimensions.
SAFEARRAY* makeArray(VARTYPE type, UINT dimensions, const ULONG* counts);
