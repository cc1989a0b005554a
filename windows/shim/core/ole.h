// Automation's types. The fuzzer, which runs where Windows is not, brings small ones of its own.
#pragma once
#ifdef SHIM_FUZZ
#include "../fuzz/fake-ole.h"
#else
#ifndef WIN32_LEAN_AND_MEAN
#define WIN32_LEAN_AND_MEAN
#endif
#include <windows.h>
#include <ole2.h>
#include <oleauto.h>
#endif
