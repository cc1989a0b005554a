#include "fake-ole.h"

#include <stddef.h>

namespace {

struct Text {
  UINT units;
  OLECHAR first[1];
};

Text* textOf(BSTR text) { return reinterpret_cast<Text*>(reinterpret_cast<char*>(text) - offsetof(Text, first)); }

UINT sizeOf(VARTYPE type) {
  switch (type) {
    case VT_I1: case VT_UI1: return 1;
    case VT_I2: case VT_UI2: case VT_BOOL: return 2;
    case VT_I4: case VT_UI4: case VT_INT: case VT_UINT: case VT_R4: case VT_ERROR: return 4;
    case VT_VARIANT: return sizeof(VARIANT);
    case VT_DECIMAL: return sizeof(DECIMAL);
    default: return 8;
  }
}

size_t lengthOf(const SAFEARRAY* array) {
  size_t length = 1;
  for (UINT at = 0; at < array->dimensions; at++) length *= array->count[at];
  return length;
}

}  // namespace

BSTR SysAllocStringLen(const OLECHAR* text, UINT units) {
  if (units > 0x10000000) return nullptr;
  Text* made = static_cast<Text*>(malloc(offsetof(Text, first) + (static_cast<size_t>(units) + 1) * sizeof(OLECHAR)));
  if (made == nullptr) return nullptr;
  made->units = units;
  if (text != nullptr) memcpy(made->first, text, units * sizeof(OLECHAR));
  made->first[units] = 0;
  return made->first;
}

void SysFreeString(BSTR text) {
  if (text != nullptr) free(textOf(text));
}

UINT SysStringLen(BSTR text) { return text == nullptr ? 0 : textOf(text)->units; }

HRESULT VariantClear(VARIANT* value) {
  const VARIANT old = *value;
  value->vt = VT_EMPTY;
  if ((old.vt & VT_BYREF) != 0) return S_OK;
  if ((old.vt & VT_ARRAY) != 0) return old.parray == nullptr ? S_OK : SafeArrayDestroy(old.parray);
  if (old.vt == VT_BSTR) SysFreeString(old.bstrVal);
  if ((old.vt == VT_DISPATCH || old.vt == VT_UNKNOWN) && old.punkVal != nullptr) old.punkVal->Release();
  return S_OK;
}

HRESULT VariantCopy(VARIANT* to, const VARIANT* from) {
  VariantClear(to);
  *to = *from;
  if ((from->vt & VT_BYREF) != 0) return S_OK;
  if (from->vt == VT_BSTR && from->bstrVal != nullptr) to->bstrVal = SysAllocStringLen(from->bstrVal, SysStringLen(from->bstrVal));
  if ((from->vt == VT_DISPATCH || from->vt == VT_UNKNOWN) && from->punkVal != nullptr) from->punkVal->AddRef();
  if ((from->vt & VT_ARRAY) == 0 || from->parray == nullptr) return S_OK;
  const SAFEARRAY* array = from->parray;
  SAFEARRAY* copy = makeArray(array->type, array->dimensions, array->count);
  const size_t length = lengthOf(array);
  for (size_t at = 0; at < length; at++) {
    char* into = static_cast<char*>(copy->data) + at * array->size;
    const char* out = static_cast<const char*>(array->data) + at * array->size;
    if (array->type == VT_VARIANT) {
      VariantCopy(reinterpret_cast<VARIANT*>(into), reinterpret_cast<const VARIANT*>(out));
    } else {
      VARIANT one;
      VARIANT other;
      VariantInit(&one);
      VariantInit(&other);
      one.vt = array->type;
      memcpy(&one.llVal, out, array->size > 8 ? 8 : array->size);
      VariantCopy(&other, &one);
      memcpy(into, &other.llVal, array->size > 8 ? 8 : array->size);
    }
  }
  to->parray = copy;
  return S_OK;
}

SAFEARRAY* makeArray(VARTYPE type, UINT dimensions, const ULONG* counts) {
  SAFEARRAY* array = static_cast<SAFEARRAY*>(calloc(1, sizeof(SAFEARRAY)));
  array->dimensions = dimensions;
  array->type = type;
  array->size = sizeOf(type);
  for (UINT at = 0; at < dimensions; at++) array->count[at] = counts[at];
  // Exactly as much as there is, so that a read beyond it is seen.
  array->data = calloc(lengthOf(array) == 0 ? 1 : lengthOf(array), array->size);
  return array;
}

SAFEARRAY* SafeArrayCreateVector(VARTYPE type, LONG, ULONG count) {
  return static_cast<uint64_t>(count) * sizeOf(type) > (1u << 28) ? nullptr : makeArray(type, 1, &count);
}

HRESULT SafeArrayDestroy(SAFEARRAY* array) {
  const size_t length = lengthOf(array);
  for (size_t at = 0; at < length; at++) {
    char* element = static_cast<char*>(array->data) + at * array->size;
    if (array->type == VT_VARIANT) VariantClear(reinterpret_cast<VARIANT*>(element));
    if (array->type != VT_BSTR && array->type != VT_DISPATCH && array->type != VT_UNKNOWN) continue;
    VARIANT one;
    VariantInit(&one);
    one.vt = array->type;
    memcpy(&one.byref, element, sizeof(void*));
    VariantClear(&one);
  }
  free(array->data);
  free(array);
  return S_OK;
}

HRESULT SafeArrayAccessData(SAFEARRAY* array, void** data) {
  *data = array->data;
  return S_OK;
}

HRESULT SafeArrayUnaccessData(SAFEARRAY*) { return S_OK; }

HRESULT SafeArrayGetLBound(SAFEARRAY* array, UINT dimension, LONG* out) {
  if (dimension < 1 || dimension > array->dimensions) return DISP_E_UNKNOWNNAME;
  *out = array->low[dimension - 1];
  return S_OK;
}

HRESULT SafeArrayGetUBound(SAFEARRAY* array, UINT dimension, LONG* out) {
  if (dimension < 1 || dimension > array->dimensions) return DISP_E_UNKNOWNNAME;
  *out = array->low[dimension - 1] + static_cast<LONG>(array->count[dimension - 1]) - 1;
  return S_OK;
}

HRESULT VarR8FromDec(const DECIMAL* from, double* out) {
  *out = static_cast<double>(from->low);
  for (unsigned at = 0; at < from->scale; at++) *out /= 10;
  return S_OK;
}
