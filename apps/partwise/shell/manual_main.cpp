// partwise_manual_writer FOLDER DATE: writes the manual page and the shells' completions.
#include <cstdio>
#include <fstream>
#include <string>

#include "shell/manual.hpp"

namespace {

bool write_file(const std::string& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.close();
  if (!file) std::fprintf(stderr, "cannot write %s\n", path.c_str());
  return !file.fail();
}

}  // namespace

int main(int argc, char** argv) {
  using namespace partwise::manual;
  if (argc != 3) {
    std::fprintf(stderr, "usage: partwise_manual_writer FOLDER DATE\n");
    return 2;
  }
  const std::string folder = std::string(argv[1]) + "/";
  const bool written = write_file(folder + "partwise.1", man_page(argv[2])) &&
                       write_file(folder + "partwise.bash", bash_completion()) &&
                       write_file(folder + "_partwise", zsh_completion()) &&
                       write_file(folder + "partwise.fish", fish_completion());
  return written ? 0 : 1;
}
