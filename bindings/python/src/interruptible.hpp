#pragma once
#include <pybind11/pybind11.h>

#include <functional>
#include <partwise/factorize.hpp>
#include <partwise/run_control.hpp>

namespace partwise::python {

/// What Python wants to hear of a long call; None: nothing.
struct Listeners {
  /// (iteration, objective) after every iteration, which waits for it; what is true stops.
  pybind11::object on_iteration = pybind11::none();
  /// (stage, share, iteration, objective): where the work stands, some times a second.
  pybind11::object on_progress = pybind11::none();
};

/// Does `work` on a thread of its own while the caller's thread, without the interpreter's lock,
/// waits for it, looks for signals and calls the listeners. A signal's exception (Ctrl-C), an
/// exception of a listener, or on_iteration's returning something true stops `control`; the
/// exceptions are thrown once the work has ended. `work` gets what it is to call after an
/// iteration; empty without on_iteration.
void run_interruptibly(RunControl& control, const Listeners& listeners,
                       const std::function<void(const IterationCallback&)>& work);

}  // namespace partwise::python
