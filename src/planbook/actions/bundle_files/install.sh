#!/bin/sh
# Installs planbook from this folder, for this user, without administrator rights and without internet.
set -eu
cd "$(dirname "$0")"
version=$(cat python-version.txt)
for python in "python$version" python3 python; do
    if command -v "$python" >/dev/null 2>&1 &&
        [ "$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')" = "$version" ]; then
        exec "$python" install.py "$@"
    fi
done
echo "需要 Python $version，请先安装（见 manual/excel.md）。" >&2
exit 1
