#!/bin/sh
# The tests of the engine spark need Java 17 or newer: found, or installed from Debian's packages where that can be done without
# asking. Where neither goes, the tests fail and say so; nothing is skipped.
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
version=$("$java" -version 2>&1 | sed -n 's/.*version "\(1\.\)\{0,1\}\([0-9]*\).*/\2/p' | head -n 1)
[ "${version:-0}" -ge 17 ] && exit 0
if command -v apt-get >/dev/null 2>&1; then
  if [ "$(id -u)" = 0 ]; then run=; elif sudo -n true 2>/dev/null; then run='sudo -n'; else run=false; fi
  $run apt-get update -qq
  for package in openjdk-17-jre-headless openjdk-21-jre-headless default-jre-headless; do
    $run apt-get install -y -qq --no-install-recommends $package >/dev/null 2>&1 && exit 0
  done
fi
echo 'Java 17 was not found and could not be installed: the tests of the engine spark will fail. Install it, then run "make test" again.' >&2
exit 0
