#include <algorithm>
#include <measure/kernel_rows.hpp>
#include <measure/test_data.hpp>
#include <memory>
#include <nmf/frame_chunks.hpp>

namespace partwise::bench {
namespace {

using Table = kernels::KernelTable<float>;

// What a kernel asks for itself, for each component.
constexpr Index kScratchFloats = std::max<Index>(
    kernels::kBetaScratchBytes / static_cast<Index>(sizeof(float)), 2 * kernels::kDescendFrames);

/// A block of frames, factors, and room for what the kernels leave.
struct Block {
  explicit Block(Index k)
      : components(k),
        x(positive_matrix(kBins, nmf::kBlockFrames, 1)),
        w(positive_matrix(kBins, k, 2)),
        h(positive_matrix(k, nmf::kBlockFrames, 3)),
        h_start(h),
        gram(k, k),
        tall(kBins, k),
        tall_too(kBins, k),
        wide(k, nmf::kBlockFrames),
        wide_too(k, nmf::kBlockFrames),
        model(kBins, nmf::kBlockFrames),
        scratch(kScratchFloats, k) {
    kernels::kernel_table<float>().multiply_transposed(
        {w.data(), w.stride(), w.data(), w.stride(), gram.data(), gram.stride(), kBins, k, k});
    kernels::kernel_table<float>().multiply_transposed({w.data(), w.stride(), x.data(), x.stride(),
                                                        wide.data(), wide.stride(), kBins, k,
                                                        nmf::kBlockFrames});
  }
  Index components;
  Matrix<float> x, w, h, h_start, gram, tall, tall_too, wide, wide_too, model, scratch;
};

kernels::BetaArgs<float> beta_args(Block& b, double beta, bool objective) {
  kernels::BetaArgs<float> args{};
  args.x = b.x.data();
  args.x_stride = b.x.stride();
  args.w = b.w.data();
  args.w_stride = b.w.stride();
  args.h = b.h.data();
  args.h_stride = b.h.stride();
  args.rows = kBins;
  args.components = b.components;
  args.cols = nmf::kBlockFrames;
  args.beta = beta;
  args.model_below = 1e-12f;  // as the solver's, for data of a peak near 1
  args.model_replacement = args.model_below;
  args.want_objective = objective;
  args.scratch = b.scratch.data();
  return args;
}

void add_products(std::vector<KernelRow>& rows, const std::shared_ptr<Block>& b, double cells) {
  const Index k = b->components, frames = nmf::kBlockFrames;
  const double flops = 2 * cells * static_cast<double>(k);
  rows.push_back({"W H", k, flops, 0, [b, k, frames](const Table& table) {
                    table.multiply({b->w.data(), b->w.stride(), b->h.data(), 1, b->h.stride(),
                                    b->model.data(), b->model.stride(), kBins, k, frames});
                  }});
  rows.push_back({"W' V", k, flops, 0, [b, k, frames](const Table& table) {
                    table.multiply_transposed({b->w.data(), b->w.stride(), b->x.data(),
                                               b->x.stride(), b->wide.data(), b->wide.stride(),
                                               kBins, k, frames});
                  }});
  rows.push_back({"V H' added", k, flops, 0, [b, k, frames](const Table& table) {
                    table.multiply({b->x.data(), b->x.stride(), b->h.data(), b->h.stride(), 1,
                                    b->tall.data(), b->tall.stride(), kBins, frames, k, true});
                  }});
}

void add_weighted(std::vector<KernelRow>& rows, const std::shared_ptr<Block>& b, double cells,
                  double beta, const std::string& loss) {
  const Index k = b->components;
  const double product = 2 * cells * static_cast<double>(k);
  // The model, and a product with the numerators; with the denominators too where they are not 1.
  const double flops = product * (beta == 1 ? 2 : 3);
  const kernels::BetaSums<float> wide{b->wide.data(), b->wide_too.data(), b->wide.stride()};
  const kernels::BetaSums<float> tall{b->tall.data(), b->tall_too.data(), b->tall.stride()};
  for (const bool objective : {false, true}) {
    rows.push_back({loss + " W' ratio" + (objective ? ", objective" : ""), k, flops, cells,
                    [b, beta, objective, wide](const Table& table) {
                      table.beta_correlate(beta_args(*b, beta, objective), wide);
                    }});
  }
  rows.push_back({loss + " ratio H'", k, flops, cells, [b, beta, tall](const Table& table) {
                    table.beta_accumulate(beta_args(*b, beta, false), tall);
                  }});
}

void add_descent(std::vector<KernelRow>& rows, const std::shared_ptr<Block>& b) {
  const Index k = b->components, frames = nmf::kBlockFrames;
  for (const Index sweeps : {Index{1}, Index{4}}) {
    const double flops = 2 * static_cast<double>(k * k * frames * sweeps);
    rows.push_back({"descent, " + std::to_string(sweeps) + (sweeps == 1 ? " sweep" : " sweeps"), k,
                    flops, 0, [b, k, frames, sweeps](const Table& table) {
                      // From the same H every time: at the minimum there is less to do.
                      std::copy_n(b->h_start.data(), b->h.stride() * frames, b->h.data());
                      table.descend({b->gram.data(), b->gram.stride(), b->wide.data(),
                                     b->wide.stride(), b->h.data(), b->h.stride(), k, frames,
                                     sweeps, b->scratch.data()});
                    }});
  }
}

}  // namespace

std::vector<KernelRow> kernel_rows(Index components) {
  const double cells = static_cast<double>(kBins * nmf::kBlockFrames);
  std::vector<KernelRow> rows;
  // Each group has a block of its own: the descent changes H.
  const auto block = std::make_shared<Block>(components);
  add_products(rows, block, cells);
  add_weighted(rows, block, cells, 1, "KL");
  add_weighted(rows, block, cells, 0, "IS");
  add_descent(rows, std::make_shared<Block>(components));
  return rows;
}

}  // namespace partwise::bench
