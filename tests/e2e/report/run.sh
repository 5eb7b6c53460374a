#!/bin/sh
# run.sh MAKE_REPORT FOLDER: writes reports into FOLDER and opens them in a browser.
# 77: skipped, something that the test needs is not installed.
# PARTWISE_NODE_MODULES: the folder that holds playwright-core (default .deps/browser/node_modules).
# PARTWISE_CHROMIUM: the browser (default: chromium). PARTWISE_SCREENSHOTS: where pictures go.
here=$(cd "$(dirname "$0")" && pwd)
skip() { echo "skipped: $1" >&2; exit 77; }

PARTWISE_NODE_MODULES=${PARTWISE_NODE_MODULES:-$here/../../../.deps/browser/node_modules}
PARTWISE_CHROMIUM=${PARTWISE_CHROMIUM:-$(command -v chromium)}
command -v node >/dev/null || skip "node is not installed"
[ -x "$PARTWISE_CHROMIUM" ] || skip "chromium is not installed"
[ -d "$PARTWISE_NODE_MODULES/playwright-core" ] || skip "playwright-core is not in $PARTWISE_NODE_MODULES"

PARTWISE_MAKE_REPORT=$1
PARTWISE_PAGES=$2
export PARTWISE_NODE_MODULES PARTWISE_CHROMIUM PARTWISE_MAKE_REPORT PARTWISE_PAGES
exec node --test "$here/report.test.mjs"
