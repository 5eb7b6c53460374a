#include <Eigen/QR>
#include <Eigen/SVD>
#include <algorithm>
#include <cmath>
#include <kernels/kernel_table.hpp>
#include <nmf/frame_chunks.hpp>
#include <nmf/over_processes.hpp>
#include <nmf/random_numbers.hpp>
#include <nmf/starts.hpp>

namespace partwise::nmf {
namespace {

// scikit-learn 1.2.1, utils/extmath.py: extra columns, and power iterations for few or many
// triplets.
constexpr Index kOversampling = 10;
constexpr double kFewShare = 0.1;
constexpr int kIterationsForFew = 7;
constexpr int kIterationsForMany = 4;

/// Products of the data with thin matrices, frame block by frame block.
template <class T>
class DataProducts {
 public:
  DataProducts(const ScaledData<T>& data, Reducer& reducer) : data_(data), reducer_(reducer) {}

  /// V' Y [T x n] for Y [F x n]; every process gets the rows of all.
  [[nodiscard]] Eigen::MatrixXd transposed_times(const Eigen::MatrixXd& y) const {
    const Matrix<T> thin = to_matrix(y);
    Eigen::MatrixXd out = Eigen::MatrixXd::Zero(data_.all_frames(), y.cols());
    for_chunks([&](Index /*chunk*/, Index first, Index count, MatrixView<const T> block) {
      Matrix<T> product(y.cols(), count);
      kernels::kernel_table<T>().multiply_transposed(
          {thin.data(), thin.stride(), block.data, block.stride, product.data(), product.stride(),
           block.rows, thin.cols(), count});
      for (Index n = 0; n < count; ++n) {
        for (Index j = 0; j < y.cols(); ++j) {
          out(data_.first_frame() + first + n, j) = static_cast<double>(product(j, n));
        }
      }
    });
    if (data_.frames() != data_.all_frames()) reduce(out);
    return out;
  }

  /// V Z [F x n] for Z [T x n]; chunks are added in order.
  [[nodiscard]] Eigen::MatrixXd times(const Eigen::MatrixXd& z) const {
    std::vector<Eigen::MatrixXd> sums(static_cast<std::size_t>(FrameChunks(data_.frames()).count()),
                                      Eigen::MatrixXd::Zero(data_.bins(), z.cols()));
    for_chunks([&](Index chunk, Index first, Index count, MatrixView<const T> block) {
      const Matrix<T> rows = to_matrix(z.middleRows(data_.first_frame() + first, count));
      Matrix<T> product(data_.bins(), z.cols());
      kernels::kernel_table<T>().multiply({block.data, block.stride, rows.data(), 1, rows.stride(),
                                           product.data(), product.stride(), data_.bins(), count,
                                           z.cols()});
      for (Index j = 0; j < z.cols(); ++j) {
        for (Index f = 0; f < data_.bins(); ++f)
          sums[chunk](f, j) += static_cast<double>(product(f, j));
      }
    });
    Eigen::MatrixXd out = sums[0];
    for (std::size_t c = 1; c < sums.size(); ++c) out += sums[c];
    reduce(out);
    return out;
  }

 private:
  void reduce(Eigen::MatrixXd& sums) const {
    reducer_.reduce({sums.data(), static_cast<std::size_t>(sums.size())});
  }

  template <class Body>
  void for_chunks(const Body& body) const {
    const FrameChunks chunks(data_.frames());
    reducer_.for_each(chunks.count(), [&](Index chunk) {
      Matrix<T> scratch(data_.bins(), kBlockFrames);
      const Index end = chunks.end(chunk);
      for (Index first = chunks.begin(chunk); first < end; first += kBlockFrames) {
        const Index count = std::min(kBlockFrames, end - first);
        body(chunk, first, count, data_.block(first, count, scratch));
      }
    });
  }

  static Matrix<T> to_matrix(const Eigen::Ref<const Eigen::MatrixXd>& from) {
    Matrix<T> out(from.rows(), from.cols());
    for (Index c = 0; c < out.cols(); ++c) {
      for (Index r = 0; r < out.rows(); ++r) out(r, c) = static_cast<T>(from(r, c));
    }
    return out;
  }

  const ScaledData<T>& data_;
  Reducer& reducer_;
};

/// An orthonormal basis of the columns' span.
Eigen::MatrixXd orthonormal(const Eigen::MatrixXd& columns) {
  const Index rank = std::min(columns.rows(), columns.cols());
  const Eigen::HouseholderQR<Eigen::MatrixXd> qr(columns);
  return qr.householderQ() * Eigen::MatrixXd::Identity(columns.rows(), rank);
}

Matrix<double> first_columns(const Eigen::MatrixXd& from, Index count) {
  Matrix<double> out(from.rows(), count);
  for (Index c = 0; c < count; ++c) {
    for (Index r = 0; r < out.rows(); ++r) out(r, c) = from(r, c);
  }
  return out;
}

/// Makes the largest |entry| of every column of z positive; u follows.
void flip_signs(Eigen::MatrixXd& u, Eigen::MatrixXd& z) {
  for (Index c = 0; c < z.cols(); ++c) {
    Index at = 0;
    z.col(c).cwiseAbs().maxCoeff(&at);
    if (z(at, c) < 0) {
      z.col(c) *= -1;
      u.col(c) *= -1;
    }
  }
}

}  // namespace

template <class T>
SingularTriplets randomized_svd(const ScaledData<T>& data, Index count, std::uint32_t seed,
                                Reducer& reducer, const RunControl& control) {
  const DataProducts<T> products(data, reducer);
  const Index bins = data.bins(), frames = data.all_frames();
  // scikit-learn sees V' [T x F], and turns it when it has fewer rows than columns: then M = V.
  const bool m_is_v = frames < bins;
  const auto times = [&](const Eigen::MatrixXd& q) {
    return m_is_v ? products.times(q) : products.transposed_times(q);
  };
  const auto transposed_times = [&](const Eigen::MatrixXd& q) {
    return m_is_v ? products.transposed_times(q) : products.times(q);
  };

  const Index columns = count + kOversampling;
  NormalNumbers normal(seed);
  Eigen::MatrixXd q(m_is_v ? frames : bins, columns);
  for (Index r = 0; r < q.rows(); ++r) {
    for (Index c = 0; c < columns; ++c) q(r, c) = normal();
  }
  const bool few =
      static_cast<double>(count) < kFewShare * static_cast<double>(std::min(bins, frames));
  for (int i = 0; i < (few ? kIterationsForFew : kIterationsForMany); ++i) {
    check_stop(control, reducer);
    q = orthonormal(times(q));
    check_stop(control, reducer);
    q = orthonormal(transposed_times(q));
  }
  q = orthonormal(times(q));

  check_stop(control, reducer);
  // B = Q'M = (R' P') with M'Q = P R: the small SVD of R' gives B's.
  const Eigen::MatrixXd b_transposed = transposed_times(q);
  const Eigen::MatrixXd p = orthonormal(b_transposed);
  const Eigen::MatrixXd r = p.transpose() * b_transposed;
  // R is square and small. Eigen's BDCSVD gives the same and takes half a minute to compile.
  const Eigen::JacobiSVD<Eigen::MatrixXd, Eigen::NoQRPreconditioner> svd(
      r.transpose(), Eigen::ComputeThinU | Eigen::ComputeThinV);
  Eigen::MatrixXd left = q * svd.matrixU();  // of M
  Eigen::MatrixXd right = p * svd.matrixV();

  SingularTriplets out;
  Eigen::MatrixXd& u = m_is_v ? left : right;
  Eigen::MatrixXd& z = m_is_v ? right : left;
  flip_signs(u, z);
  out.u = first_columns(u, count);
  out.z = first_columns(z, count);
  for (Index k = 0; k < count; ++k) out.s.push_back(svd.singularValues()(k));
  return out;
}

template SingularTriplets randomized_svd(const ScaledData<float>&, Index, std::uint32_t, Reducer&,
                                         const RunControl&);
template SingularTriplets randomized_svd(const ScaledData<double>&, Index, std::uint32_t, Reducer&,
                                         const RunControl&);

}  // namespace partwise::nmf
