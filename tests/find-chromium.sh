#!/bin/sh
# The browser tests need Chromium: found, or installed from Debian's packages where that can be done without asking.
# Where neither goes, the tests fail and say so; nothing is skipped.
for name in chromium chromium-browser google-chrome google-chrome-stable; do
  command -v "$name" >/dev/null 2>&1 && exit 0
done
[ -x "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" ] && exit 0
if command -v apt-get >/dev/null 2>&1; then
  if [ "$(id -u)" = 0 ]; then run=; elif sudo -n true 2>/dev/null; then run='sudo -n'; else run=false; fi
  $run apt-get update -qq && $run apt-get install -y -qq --no-install-recommends chromium >/dev/null && exit 0
fi
echo 'Chromium was not found and could not be installed: the browser tests will fail. Install it, then run "make test" again.' >&2
exit 0
