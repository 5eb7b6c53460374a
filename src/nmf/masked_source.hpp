#pragma once
#include <memory>
#include <partwise/data_source.hpp>

namespace partwise::nmf {

/// V with zeros where the weights of the same shape are 0: what such a cell holds is never seen.
template <class T>
[[nodiscard]] std::shared_ptr<const DataSource<T>> masked_source(
    std::shared_ptr<const DataSource<T>> v, std::shared_ptr<const DataSource<T>> weights);

}  // namespace partwise::nmf
