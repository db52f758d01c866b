#!/usr/bin/env bash
# Installs the peers into a throw-away virtual environment, then measures them and us. Arguments go to compare.py.
set -euo pipefail
cd "$(dirname "$0")"
root=$(cd ../../.. && pwd)
environment=$root/.venv-peers

missing=()
for package in python3-venv libegl1 libgl1-mesa-dri; do
  status=$(dpkg-query --show --showformat '${db:Status-Status}' "$package" 2>/dev/null || true)
  [ "$status" = installed ] || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
  echo "error: the peers draw through Mesa's EGL; as root, run: apt-get install ${missing[*]}" >&2
  exit 1
fi
if ! cmp -s requirements.txt "$environment/installed.txt"; then
  rm -rf "$environment"
  python3 -m venv "$environment"
  "$environment/bin/pip" install --quiet --requirement requirements.txt
  cp requirements.txt "$environment/installed.txt"
fi

ours=()
rehearse=$root/.build/release/rehearse
experiment=$root/Experiments/benchmarks/tabletop/experiment.yaml
if [ -x "$rehearse" ] && [ -f "$experiment" ]; then
  ours=(--rehearse "$rehearse" --experiment "$experiment")
else
  echo "rehearse is not built (make build): measuring the peers only" >&2
fi
cd "$root"
exec "$environment/bin/python" Experiments/benchmarks/peers/compare.py --pictures results/peers "${ours[@]}" "$@"
