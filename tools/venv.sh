#!/bin/sh
# Make a virtual environment, or keep the one there is: tools/venv.sh PYTHON FOLDER
set -eu
python=$1
folder=$2

if ! "$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; then
    found=$("$python" --version 2>&1) || found="no $python"
    echo "Autoencoder Lab needs Python 3.11, 3.12 or 3.13; found: $found." >&2
    echo "Install one and name it: make run PYTHON=python3.11" >&2
    exit 1
fi

if "$folder/bin/python" -m pip --version >/dev/null 2>&1; then
    exit 0
fi

if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    echo "This Python cannot make virtual environments: its venv module is missing." >&2
    echo "On Debian or Ubuntu: apt-get install python3-venv" >&2
    exit 1
fi
"$python" -m venv --clear "$folder"
