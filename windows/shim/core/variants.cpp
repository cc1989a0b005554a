#include "variants.h"

#include <math.h>

#include "program.h"

namespace {

constexpr uint32_t kMostElements = 8u << 20;
// @source an Automation date counts days; a second is the least that Outlook tells apart
constexpr double kSecondsADay = 86400.0;

// Empty, Null, Nothing and what was left out are all the same to a program.
bool isNothing(const VARIANT& value) {
  switch (value.vt) {
    case VT_EMPTY:
    case VT_NULL:
      return true;
    case VT_ERROR:
      return value.scode == DISP_E_PARAMNOTFOUND;
    case VT_DISPATCH:
    case VT_UNKNOWN:
      return value.punkVal == nullptr;
    default:
      return false;
  }
}

void leftOut(VARIANT* out) {
  out->vt = VT_ERROR;
  out->scode = DISP_E_PARAMNOTFOUND;
}

Refusal readList(Reader& reader, const Scope& scope, VARIANT* out) {
  const uint32_t count = reader.varint();
  SAFEARRAY* array = SafeArrayCreateVector(VT_VARIANT, 0, count);
  if (array == nullptr) return Refusal::NoMemory;
  out->vt = VT_ARRAY | VT_VARIANT;
  out->parray = array;
  if (count == 0) return Refusal::None;
  void* data = nullptr;
  if (FAILED(SafeArrayAccessData(array, &data))) return Refusal::NoMemory;
  Refusal why = Refusal::None;
  for (uint32_t at = 0; at < count && why == Refusal::None; at++) why = readValue(reader, scope, static_cast<VARIANT*>(data) + at);
  SafeArrayUnaccessData(array);
  return why;
}

Refusal readBytes(Reader& reader, VARIANT* out) {
  const uint32_t count = reader.varint();
  const uint8_t* from = reader.take(count);
  SAFEARRAY* array = SafeArrayCreateVector(VT_UI1, 0, count);
  if (array == nullptr) return Refusal::NoMemory;
  out->vt = VT_ARRAY | VT_UI1;
  out->parray = array;
  void* data = nullptr;
  if (count == 0 || from == nullptr) return Refusal::None;
  if (FAILED(SafeArrayAccessData(array, &data))) return Refusal::NoMemory;
  memcpy(data, from, count);
  SafeArrayUnaccessData(array);
  return Refusal::None;
}

Refusal readText(Reader& reader, VARIANT* out) {
  const uint32_t units = reader.varint();
  const uint8_t* from = reader.take(static_cast<size_t>(units) * 2);
  // The bytes may lie at an odd address, so they are copied as bytes.
  BSTR text = SysAllocStringLen(nullptr, units);
  if (text == nullptr) return Refusal::NoMemory;
  if (from != nullptr) memcpy(text, from, static_cast<size_t>(units) * 2);
  out->vt = VT_BSTR;
  out->bstrVal = text;
  return Refusal::None;
}

void writeNumber(Writer& writer, double number) {
  const bool whole = number >= -2147483648.0 && number <= 2147483647.0 && number == trunc(number) && !(number == 0 && signbit(number));
  if (whole) {
    const uint32_t bits = static_cast<uint32_t>(static_cast<int32_t>(number));
    writer.tag(Tag::Int);
    writer.varint((bits << 1) ^ ((bits & 0x80000000u) != 0 ? 0xFFFFFFFFu : 0u));
  } else {
    writer.tag(Tag::Double);
    writer.f64(number);
  }
}

int32_t readInt(Reader& reader) {
  const uint32_t bits = reader.varint();
  return static_cast<int32_t>((bits >> 1) ^ ((bits & 1) != 0 ? 0xFFFFFFFFu : 0u));
}

void writeText(Writer& writer, BSTR text) {
  const uint32_t units = text == nullptr ? 0 : SysStringLen(text);
  writer.tag(Tag::Text);
  writer.varint(units);
  if (units > 0) writer.put(text, static_cast<size_t>(units) * 2);
}

bool writeObject(Writer& writer, IUnknown* unknown, bool isDispatch, Kept& kept) {
  if (unknown == nullptr) {
    writer.tag(Tag::Null);
    return writer.ok();
  }
  IDispatch* object = nullptr;
  if (isDispatch) {
    object = static_cast<IDispatch*>(unknown);
    object->AddRef();
  } else if (FAILED(unknown->QueryInterface(IID_IDispatch, reinterpret_cast<void**>(&object))) || object == nullptr) {
    return false;
  }
  const uint32_t number = kept.keep(object);
  object->Release();
  writer.tag(Tag::Object);
  writer.u32(number);
  return number != 0 && writer.ok();
}

// An element of an array, or what a by-reference value points at, as a value that owns nothing. False: no such type here.
bool shallow(VARTYPE type, const void* from, VARIANT* out) {
  VariantInit(out);
  if (from == nullptr) return false;
  if (type == VT_VARIANT) {
    memcpy(out, from, sizeof(VARIANT));
    return (out->vt & VT_BYREF) == 0;
  }
  out->vt = type;
  switch (type) {
    case VT_I1: case VT_UI1:
      memcpy(&out->bVal, from, 1);
      return true;
    case VT_I2: case VT_UI2: case VT_BOOL:
      memcpy(&out->iVal, from, 2);
      return true;
    case VT_I4: case VT_UI4: case VT_INT: case VT_UINT: case VT_R4: case VT_ERROR:
      memcpy(&out->lVal, from, 4);
      return true;
    case VT_I8: case VT_UI8: case VT_R8: case VT_DATE: case VT_CY:
      memcpy(&out->llVal, from, 8);
      return true;
    case VT_BSTR: case VT_DISPATCH: case VT_UNKNOWN:
      memcpy(&out->byref, from, sizeof(void*));
      return true;
    case VT_DECIMAL:
      memcpy(&out->decVal, from, sizeof(DECIMAL));
      out->vt = VT_DECIMAL;
      return true;
    default:
      if ((type & VT_ARRAY) == 0 || (type & VT_BYREF) != 0) return false;
      memcpy(&out->parray, from, sizeof(void*));
      return true;
  }
}

struct Bounds {
  uint32_t rows;
  uint32_t columns;  // 1 where there is one dimension
  UINT dimensions;
};

bool boundsOf(SAFEARRAY* array, Bounds* out) {
  out->dimensions = SafeArrayGetDim(array);
  if (out->dimensions < 1 || out->dimensions > 2) return false;
  uint32_t sizes[2] = {0, 1};
  for (UINT at = 0; at < out->dimensions; at++) {
    LONG low = 0;
    LONG high = -1;
    if (FAILED(SafeArrayGetLBound(array, at + 1, &low)) || FAILED(SafeArrayGetUBound(array, at + 1, &high))) return false;
    const int64_t size = static_cast<int64_t>(high) - low + 1;
    if (size < 0 || size > kMostElements) return false;
    sizes[at] = static_cast<uint32_t>(size);
  }
  out->rows = sizes[0];
  out->columns = sizes[1];
  return static_cast<uint64_t>(out->rows) * out->columns <= kMostElements;
}

bool writeElements(Writer& writer, const uint8_t* data, VARTYPE type, UINT size, const Bounds& bounds, Kept& kept, unsigned depth) {
  writer.tag(Tag::List);
  writer.varint(bounds.rows);
  for (uint32_t row = 0; row < bounds.rows && writer.ok(); row++) {
    if (bounds.dimensions == 2) {
      writer.tag(Tag::List);
      writer.varint(bounds.columns);
    }
    // The first index varies fastest.
    for (uint32_t column = 0; column < bounds.columns && writer.ok(); column++) {
      VARIANT element;
      const size_t at = row + static_cast<size_t>(column) * bounds.rows;
      if (!shallow(type, data + at * size, &element) || !writeValue(writer, element, kept, depth + 1)) return false;
    }
  }
  return writer.ok();
}

bool writeArray(Writer& writer, SAFEARRAY* array, VARTYPE type, Kept& kept, unsigned depth) {
  if (array == nullptr) {
    writer.tag(Tag::Null);
    return writer.ok();
  }
  Bounds bounds;
  void* data = nullptr;
  const UINT size = SafeArrayGetElemsize(array);
  if (depth >= kMostValueDepth || size == 0 || !boundsOf(array, &bounds) || FAILED(SafeArrayAccessData(array, &data))) return false;
  bool told = true;
  if (type == VT_UI1 && bounds.dimensions == 1) {
    writer.tag(Tag::Bytes);
    writer.varint(bounds.rows);
    writer.put(data, bounds.rows);
  } else {
    told = writeElements(writer, static_cast<const uint8_t*>(data), type, size, bounds, kept, depth);
  }
  SafeArrayUnaccessData(array);
  return told && writer.ok();
}

// Seconds since the Automation epoch; a negative date counts its days backwards and its time of day forwards.
double secondsOf(double date) {
  const double days = trunc(date);
  return days * kSecondsADay + round(fabs(date - days) * kSecondsADay);
}

bool equalText(const VARIANT& value, Reader& reader) {
  const uint32_t units = reader.varint();
  const uint8_t* from = reader.take(static_cast<size_t>(units) * 2);
  if (value.vt != VT_BSTR || from == nullptr) return false;
  const uint32_t own = value.bstrVal == nullptr ? 0 : SysStringLen(value.bstrVal);
  return own == units && (units == 0 || memcmp(value.bstrVal, from, static_cast<size_t>(units) * 2) == 0);
}

bool equalBytes(const VARIANT& value, Reader& reader) {
  const uint32_t count = reader.varint();
  const uint8_t* from = reader.take(count);
  Bounds bounds;
  if (value.vt != (VT_ARRAY | VT_UI1) || value.parray == nullptr || from == nullptr) return false;
  if (!boundsOf(value.parray, &bounds) || bounds.dimensions != 1 || bounds.rows != count) return false;
  void* data = nullptr;
  if (FAILED(SafeArrayAccessData(value.parray, &data))) return false;
  const bool same = count == 0 || memcmp(data, from, count) == 0;
  SafeArrayUnaccessData(value.parray);
  return same;
}

bool equalList(const VARIANT& value, Reader& reader) {
  const uint32_t count = reader.varint();
  const size_t before = reader.at();
  Bounds bounds = {0, 0, 0};
  void* data = nullptr;
  const VARTYPE type = value.vt & ~VT_ARRAY;
  bool same = (value.vt & (VT_ARRAY | VT_BYREF)) == VT_ARRAY && value.parray != nullptr && boundsOf(value.parray, &bounds) &&
              bounds.dimensions == 1 && bounds.rows == count && SUCCEEDED(SafeArrayAccessData(value.parray, &data));
  const UINT size = data == nullptr ? 0 : SafeArrayGetElemsize(value.parray);
  for (uint32_t at = 0; at < count && same; at++) {
    VARIANT element;
    same = shallow(type, static_cast<const uint8_t*>(data) + static_cast<size_t>(at) * size, &element) && equalsConstant(element, reader);
  }
  if (data != nullptr) SafeArrayUnaccessData(value.parray);
  if (!same) {
    // What was not compared is stepped over, from where the list began.
    reader.seek(before);
    for (uint32_t at = 0; at < count && reader.ok(); at++) skipValue(reader, 0, false);
  }
  return same;
}

}  // namespace

IDispatch* objectOf(const VARIANT& value) { return value.vt == VT_DISPATCH ? value.pdispVal : nullptr; }

bool numberOf(const VARIANT& value, double* out) {
  switch (value.vt) {
    case VT_I1: *out = static_cast<int8_t>(value.cVal); return true;
    case VT_UI1: *out = value.bVal; return true;
    case VT_I2: *out = value.iVal; return true;
    case VT_UI2: *out = value.uiVal; return true;
    case VT_I4: case VT_INT: *out = value.lVal; return true;
    case VT_UI4: case VT_UINT: *out = value.ulVal; return true;
    case VT_I8: *out = static_cast<double>(value.llVal); return true;
    case VT_UI8: *out = static_cast<double>(value.ullVal); return true;
    case VT_R4: *out = value.fltVal; return true;
    case VT_R8: *out = value.dblVal; return true;
    case VT_CY: *out = static_cast<double>(value.cyVal.int64) / 10000.0; return true;
    case VT_DECIMAL: return SUCCEEDED(VarR8FromDec(const_cast<DECIMAL*>(&value.decVal), out));
    default: return false;
  }
}

Refusal readValue(Reader& reader, const Scope& scope, VARIANT* out) {
  VariantInit(out);
  const Tag tag = static_cast<Tag>(reader.u8());
  switch (tag) {
    case Tag::Null:
      leftOut(out);
      return Refusal::None;
    case Tag::False:
    case Tag::True:
      out->vt = VT_BOOL;
      out->boolVal = tag == Tag::True ? VARIANT_TRUE : VARIANT_FALSE;
      return Refusal::None;
    case Tag::Int:
      out->vt = VT_I4;
      out->lVal = readInt(reader);
      return Refusal::None;
    case Tag::Double:
    case Tag::Date:
      out->vt = tag == Tag::Date ? VT_DATE : VT_R8;
      out->dblVal = reader.f64();
      return Refusal::None;
    case Tag::Error:
      out->vt = VT_ERROR;
      out->scode = static_cast<SCODE>(reader.u32());
      return Refusal::None;
    case Tag::Text:
      return readText(reader, out);
    case Tag::Bytes:
      return readBytes(reader, out);
    case Tag::Object: {
      IDispatch* object = scope.kept->find(reader.u32());
      if (object == nullptr) return Refusal::UnknownObject;
      object->AddRef();
      out->vt = VT_DISPATCH;
      out->pdispVal = object;
      return Refusal::None;
    }
    case Tag::Slot: {
      const Slot& slot = scope.slots[reader.varint()];
      if (!slot.set) return Refusal::UnsetHandle;
      if (isNothing(slot.value)) {
        leftOut(out);
        return Refusal::None;
      }
      return SUCCEEDED(VariantCopy(out, const_cast<VARIANT*>(&slot.value))) ? Refusal::None : Refusal::NoMemory;
    }
    case Tag::List:
      return readList(reader, scope, out);
  }
  return Refusal::Malformed;
}

bool writeValue(Writer& writer, const VARIANT& value, Kept& kept, unsigned depth) {
  if ((value.vt & VT_BYREF) != 0) {
    VARIANT pointed;
    return depth < kMostValueDepth && shallow(value.vt & ~VT_BYREF, value.byref, &pointed) &&
           writeValue(writer, pointed, kept, depth + 1);
  }
  if (isNothing(value)) {
    writer.tag(Tag::Null);
    return writer.ok();
  }
  if ((value.vt & VT_ARRAY) != 0) return writeArray(writer, value.parray, value.vt & ~VT_ARRAY, kept, depth);
  double number = 0;
  if (numberOf(value, &number)) {
    writeNumber(writer, number);
    return writer.ok();
  }
  switch (value.vt) {
    case VT_BOOL:
      writer.tag(value.boolVal != 0 ? Tag::True : Tag::False);
      return writer.ok();
    case VT_BSTR:
      writeText(writer, value.bstrVal);
      return writer.ok();
    case VT_DATE:
      writer.tag(Tag::Date);
      writer.f64(value.date);
      return writer.ok();
    case VT_ERROR:
      writer.tag(Tag::Error);
      writer.u32(static_cast<uint32_t>(value.scode));
      return writer.ok();
    case VT_DISPATCH:
      return writeObject(writer, value.pdispVal, true, kept);
    case VT_UNKNOWN:
      return writeObject(writer, value.punkVal, false, kept);
    default:
      return false;
  }
}

bool equalsConstant(const VARIANT& value, Reader& reader) {
  const Tag tag = static_cast<Tag>(reader.u8());
  double number = 0;
  switch (tag) {
    case Tag::Null:
      return isNothing(value);
    case Tag::False:
    case Tag::True:
      return value.vt == VT_BOOL && (value.boolVal != 0) == (tag == Tag::True);
    case Tag::Int: {
      const double wanted = readInt(reader);
      return numberOf(value, &number) && number == wanted;
    }
    case Tag::Double: {
      const double wanted = reader.f64();
      return numberOf(value, &number) && number == wanted;
    }
    case Tag::Date: {
      const double wanted = reader.f64();
      return value.vt == VT_DATE && secondsOf(value.date) == secondsOf(wanted);
    }
    case Tag::Error: {
      const uint32_t wanted = reader.u32();
      return value.vt == VT_ERROR && static_cast<uint32_t>(value.scode) == wanted;
    }
    case Tag::Text:
      return equalText(value, reader);
    case Tag::Bytes:
      return equalBytes(value, reader);
    case Tag::List:
      return equalList(value, reader);
    case Tag::Object:
      reader.u32();
      return false;
    case Tag::Slot:
      break;
  }
  reader.fail();
  return false;
}
