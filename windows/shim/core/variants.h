// Between the wire form's values and VARIANTs, and what two values being equal means.
#pragma once
#include "kept.h"
#include "ole.h"
#include "wire.h"

// A handle's value while a program runs.
struct Slot {
  VARIANT value;
  bool set;
};

// What reading an argument needs.
struct Scope {
  const Slot* slots;
  const Kept* kept;
};

// Reads one value, checked before by skipValue, into `out`, which the caller clears.
Refusal readValue(Reader& reader, const Scope& scope, VARIANT* out);

// Writes a value; objects are kept. False when it cannot be told: too deep, too many objects, a type without a form.
bool writeValue(Writer& writer, const VARIANT& value, Kept& kept, unsigned depth = 0);

// Whether the value equals the constant that the reader stands before; the reader goes behind it. Objects equal nothing.
bool equalsConstant(const VARIANT& value, Reader& reader);

// A number of whatever numeric type; false when it is none.
bool numberOf(const VARIANT& value, double* out);

// The object of a value, without a reference for the caller; null when it is none.
IDispatch* objectOf(const VARIANT& value);
