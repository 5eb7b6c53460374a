// A sound file into a folder of parts, with report, factors and hits: 04_whole_run IN OUT [K]
#include <cstdio>
#include <cstdlib>
#include <partwise/run.hpp>

namespace {

void separate_into_folder(const char* in, const char* out, int num_components) {
  using namespace partwise;
  RunOptions options;
  options.output = out;
  options.analysis.factorize.num_components = num_components;
  Reducer reducer(available_threads());
  const RunControl control;
  Run run = Run::open({in}, options, codec_services(), reducer, control);
  run.analyse(reducer, control);
  const WrittenRun written = run.write(run.options(), reducer, control);
  std::printf("%zu parts in %s\n", written.parts.size(), written.folder.c_str());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr, "usage: 04_whole_run IN OUT [K]\n");
    return static_cast<int>(partwise::ErrorCode::usage);
  }
  try {
    separate_into_folder(argv[1], argv[2], argc > 3 ? std::atoi(argv[3]) : 6);
  } catch (const partwise::Error& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return static_cast<int>(error.code());
  }
}
