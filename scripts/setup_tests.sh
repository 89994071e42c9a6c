#!/bin/sh
# Installs what the tests need beside Python: LibreOffice, fonts for Chinese, Poppler, PostgreSQL, Dovecot, Chromium,
# bsdtar (reads .rar), Node and the Node tools of tests/package.json.
set -eu
cd "$(dirname "$0")/.."

packages="libreoffice-calc libreoffice-writer python3-uno fonts-noto-cjk poppler-utils"
packages="$packages postgresql dovecot-imapd chromium libarchive-tools"

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

if command -v apt-get >/dev/null 2>&1; then
    command -v npm >/dev/null 2>&1 || packages="$packages nodejs npm"
    missing=""
    for package in $packages; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q "install ok installed" || missing="$missing $package"
    done
    if [ -n "$missing" ]; then
        as_root apt-get update -q
        # shellcheck disable=SC2086 (a list of words)
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing
    fi
elif command -v brew >/dev/null 2>&1; then
    command -v soffice >/dev/null 2>&1 || brew install --cask libreoffice font-noto-sans-cjk
    command -v pdftoppm >/dev/null 2>&1 || brew install poppler
    command -v npm >/dev/null 2>&1 || brew install node
else
    for tool in soffice pdftoppm npm; do
        command -v "$tool" >/dev/null 2>&1 || { echo "Please install $tool first." >&2; exit 1; }
    done
fi

# The one package is pinned exactly in package.json; npm's lock file would name this platform's binary alone.
cmp -s tests/package.json tests/node_modules/.installed.json || {
    (cd tests && npm install --no-package-lock --no-fund --no-audit --loglevel=error)
    cp tests/package.json tests/node_modules/.installed.json
}
