#pragma once
#include <pybind11/pybind11.h>

#include <functional>
#include <partwise/factorize.hpp>
#include <partwise/run_control.hpp>

namespace partwise::python {

/// Does `work` on a thread of its own while the caller's thread, without the interpreter's lock,
/// waits for it, looks for signals and calls `callback(iteration, objective)` if it is not None. A
/// signal's exception (Ctrl-C), an exception of the callback, or its returning something true
/// stops `control`; the exceptions are thrown once the work has ended. `work` gets what it is to
/// call after an iteration; empty without a callback.
void run_interruptibly(RunControl& control, const pybind11::object& callback,
                       const std::function<void(const IterationCallback&)>& work);

}  // namespace partwise::python
