#!/bin/sh
# Copies ECharts with its licence from the npm package that tests/package.json pins into the package's own folder,
# so that 看板 and the page need no network. Run it after changing the pinned version.
set -eu
cd "$(dirname "$0")/.."

from=tests/node_modules/echarts
to=src/planbook/outputs/vendored

[ -d "$from" ] || { echo "Run scripts/setup_tests.sh first." >&2; exit 1; }
mkdir -p "$to"
cp "$from/dist/echarts.min.js" "$to/echarts.min.js"
cp "$from/LICENSE" "$to/echarts.LICENSE.txt"
cp "$from/NOTICE" "$to/echarts.NOTICE.txt"
