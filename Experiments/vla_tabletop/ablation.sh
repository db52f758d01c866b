#!/usr/bin/env bash
# What each part of the table's policy is worth: one epoch without rollouts a row, all else as in training.yaml, then 220 episodes
# of seed 900000. Prints a Markdown table; about 12 minutes a row on two cores. A row whose folder is complete is not trained again.
#   make demonstrations-tabletop && Experiments/vla_tabletop/ablation.sh [row …]
set -euo pipefail
cd "$(dirname "$0")/../.."
rehearse=${REHEARSE:-.build/release/rehearse}
out=results/ablation
mkdir -p "$out"

declare -A changes=(
  [as-shipped]=""
  [no-proprioception]="model.proprioception=false"
  [no-grounding]="groundingWeight=0"
  [no-augmentation]="augmentation.share=0"
  [width-32]="model.width=32"
  [chunk-16]="model.chunk=16"
  [huber]="loss={huber: 0.1} groundingWeight=0.5"
  [static-camera-alone]='evaluation.overrides=["cameras=[static]","imageSize=112"]'
  [wrist-camera-alone]='evaluation.overrides=["cameras=[wrist]","imageSize=96"]'
)
rows=("$@")
if [ ${#rows[@]} -eq 0 ]; then
  rows=(as-shipped no-proprioception no-grounding no-augmentation width-32 chunk-16 huber static-camera-alone wrist-camera-alone)
fi

echo "| row | success of 220 | action loss, held back | within 0.1 |"
echo "|---|---|---|---|"
for row in "${rows[@]}"; do
  options=(--set epochs=1 --set "rollouts.epochs=[]" --set schedule.T0=1200)
  # Values may hold blanks: a change begins where a key does.
  while IFS= read -r change; do
    [ -z "$change" ] || options+=(--set "$change")
  done < <(sed -E 's/ ([a-zA-Z.]+=)/\n\1/g' <<<"${changes[$row]}")
  "$rehearse" train Experiments/vla_tabletop/training.yaml "${options[@]}" --out "$out/$row" >"$out-$row.log" 2>&1 ||
    { tail -n 5 "$out-$row.log" >&2; exit 1; }
  sed -nE "s/^epoch 1: .*held back: ([0-9.]+), [0-9.]+, ([0-9.]+ %); in the loop: ([0-9.]+ %).*/| $row | \3 | \1 | \2 |/p" "$out-$row.log"
done
