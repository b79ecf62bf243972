#!/bin/sh
# Format, lint and types of the JavaScript. The app does not need Node, so a machine without it
# goes on; CI does not.
set -eu
cd "$(dirname "$0")"

node_serves() {
    command -v npm >/dev/null && node -e 'process.exit(Number(parseInt(process.versions.node) < 18))'
}

if ! node_serves 2>/dev/null; then
    echo "JavaScript is not checked: that needs Node 18 or later, with npm." >&2
    [ "${CI:-}" != true ] || exit 1
    exit 0
fi

# npm leaves this file in the folder when it has installed everything.
[ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --silent
npm run --silent check
