#!/bin/sh
# run.sh TEST MAKE_REPORT PROGRAM FOLDER: writes reports into FOLDER and runs TEST.test.mjs on them in a browser.
# 77: skipped, something that the test needs is not installed.
# PARTWISE_NODE_MODULES: the folder that holds playwright-core and axe-core (default .deps/browser/node_modules).
# PARTWISE_CHROMIUM: the browser (default: chromium). PARTWISE_SCREENSHOTS: where pictures go (default:
# FOLDER/screenshots).
here=$(cd "$(dirname "$0")" && pwd)
skip() { echo "skipped: $1" >&2; exit 77; }

PARTWISE_NODE_MODULES=${PARTWISE_NODE_MODULES:-$here/../../../.deps/browser/node_modules}
PARTWISE_CHROMIUM=${PARTWISE_CHROMIUM:-$(command -v chromium)}
command -v node >/dev/null || skip "node is not installed"
[ -x "$PARTWISE_CHROMIUM" ] || skip "chromium is not installed"
for package in playwright-core axe-core; do
  [ -d "$PARTWISE_NODE_MODULES/$package" ] || skip "$package is not in $PARTWISE_NODE_MODULES"
done

PARTWISE_MAKE_REPORT=$2
PARTWISE_PROGRAM=$3
PARTWISE_PAGES=$4
export PARTWISE_NODE_MODULES PARTWISE_CHROMIUM PARTWISE_MAKE_REPORT PARTWISE_PROGRAM PARTWISE_PAGES
exec node --test "$here/$1.test.mjs"
