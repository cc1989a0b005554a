// What is fuzzed, as one unit: built with the compiler's calls that say where the code goes.
#include "../agent/line.cpp"
#include "../core/execution.cpp"
#include "../core/kept.cpp"
#include "../core/program.cpp"
#include "../core/runner.cpp"
#include "../core/variants.cpp"
#include "../core/wire.cpp"
