# shellcheck shell=bash
# What the commands of bench/ share: packages, peers' libraries, programs. Sourced from the project's root, after
# tools/setup.sh. Says what it does on standard error.

# unpack PACKAGE FOLDER: the files of a Debian package under .deps/, not installed: nothing else on the machine changes.
unpack() {
  local package=$1 folder=.deps/$2
  [[ -d $folder ]] && return
  echo "Unpacking $package into $folder" >&2
  local work
  work=$(mktemp -d)
  if ! (cd "$work" && apt-get download -q "$package" >&2) &&
    ! (refresh_package_lists && cd "$work" && apt-get download -q "$package" >&2); then
    rm -rf "$work"
    return 1
  fi
  mkdir -p .deps
  dpkg-deb -x "$work"/"$package"_*.deb "$work"/files
  mv "$work"/files "$folder"
  rm -rf "$work"
}

packages_for_bench() {
  echo python3-numpy python3-scipy python3-sklearn python3-soundfile sonic-pi-samples time \
    python3-dev pybind11-dev
}

# Says which packages are missing instead of installing them: the machine is the user's.
require_bench_packages() {
  local package missing=()
  for package in $(packages_for_bench); do
    dpkg-query -W -f '${db:Status-Status}' "$package" 2> /dev/null | grep -qx installed || missing+=("$package")
  done
  [[ ${#missing[@]} -eq 0 ]] && return
  echo "Missing; as root: apt-get install ${missing[*]}" >&2
  return 1
}

# numpy on Debian may run on the reference BLAS, ten times slower than OpenBLAS: the peers get OpenBLAS.
# One thread each side; what runs on more says so itself.
use_openblas() {
  unpack libopenblas0-pthread openblas || echo "No OpenBLAS could be fetched." >&2
  local folder
  for folder in "$PWD"/.deps/openblas/usr/lib/*/openblas-pthread; do
    [[ -d $folder ]] && export LD_LIBRARY_PATH=$folder${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
  done
  export OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 PYTHONDONTWRITEBYTECODE=1
}

fetch_music() {
  [[ -d /usr/share/games/wesnoth/1.16/data/core/music ]] ||
    unpack wesnoth-1.16-music wesnoth-music ||
    echo "No wesnoth-1.16-music: long recordings will be samples strung together." >&2
}

# build_bench FOLDER [SOURCE]: the programs that are measured.
build_bench() {
  local folder=$1 source=${2:-.}
  if command -v ccache > /dev/null; then
    export CMAKE_CXX_COMPILER_LAUNCHER=ccache CCACHE_NOHASHDIR=1
  fi
  cmake -S "$source" -B "$folder" -G Ninja -DCMAKE_BUILD_TYPE=Release -DPARTWISE_BENCH=ON --log-level=WARNING >&2
  cmake --build "$folder" --target partwise_bench_factorize partwise_program -- --quiet >&2
  # Fails where today's benchmark meets the kernels of an older version; without it there is less to tell.
  cmake --build "$folder" --target partwise_bench_kernels -- --quiet > "$folder/kernels.log" 2>&1 ||
    echo "No benchmark of the kernels in $folder: see kernels.log there." >&2
}
