#!/bin/sh
# Tests the page's modules in node, without a browser. 77: skipped, node is not installed.
here=$(cd "$(dirname "$0")" && pwd)
if ! command -v node > /dev/null; then
  [ "$CI" != true ] || { echo "node is not installed" >&2; exit 1; }
  echo "skipped: node is not installed" >&2
  exit 77
fi
exec node --test "$here"/*.test.mjs
