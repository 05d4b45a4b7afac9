#!/bin/sh
# Prints the version, which stands in one place only.
set -eu

sed -n 's/^__version__ = "\(.*\)"$/\1/p' "$(dirname "$0")/../../src/tabkeeper/__init__.py"
