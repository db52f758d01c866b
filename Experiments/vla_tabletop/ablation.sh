#!/usr/bin/env bash
# What each part of the table's policy is worth: some 550 steps of 64 samples, without rollouts and chains, all else as in
# training.yaml; then 220 episodes of seed 900000. Two rows at a time, a core each. Prints a Markdown table. A row that is
# complete is not trained again.
#   make demonstrations-tabletop && Experiments/vla_tabletop/ablation.sh [row …]
set -euo pipefail
cd "$(dirname "$0")/../.."
export rehearse=${REHEARSE:-.build/release/rehearse}
export out=results/ablation
mkdir -p "$out"

train() {
  local row=$1
  local -a changes=()
  case $row in
    whole) ;;
    four-hypotheses) changes=(model.hypotheses=4) ;;
    no-proprioception) changes=(model.proprioception=false) ;;
    static-camera-alone) changes=('evaluation.overrides=["cameras=[static]","imageSize=112"]') ;;
    wrist-camera-alone) changes=('evaluation.overrides=["cameras=[wrist]","imageSize=96"]') ;;
    no-grounding) changes=(groundingWeight=0) ;;
    chunk-1) changes=(model.chunk=1 'evaluation.overrides=["executedActions=1"]') ;;
    chunk-16) changes=(model.chunk=16) ;;
    no-augmentation) changes=(augmentation.share=0) ;;
    width-32) changes=(model.width=32) ;;
    *) echo "error: no row is called $row" >&2; return 1 ;;
  esac
  local -a options=(
    --set 'demonstrations=["../../results/demonstrations/tabletop","../../results/demonstrations/tabletop-hard"]'
    --set epochs=1 --set stride=10 --set schedule.T0=600 --set "rollouts.epochs=[]" --set model.hypotheses=1 --set threads=1
    --set evaluation.everyEpochs=1 --set evaluation.workers=1)
  local change
  for change in "${changes[@]}"; do options+=(--set "$change"); done
  "$rehearse" train Experiments/vla_tabletop/training.yaml "${options[@]}" --out "$out/$row" >"$out/$row.log" 2>&1 ||
    { tail -n 5 "$out/$row.log" >&2; return 1; }
}
export -f train

rows=("$@")
if [ ${#rows[@]} -eq 0 ]; then
  rows=(whole four-hypotheses no-proprioception static-camera-alone wrist-camera-alone no-grounding chunk-1 no-augmentation chunk-16 width-32)
fi
printf '%s\n' "${rows[@]}" | xargs -P 2 -I ROW bash -c 'train ROW'

echo "| row | success of 220 | action loss, held back | within 0.1 |"
echo "|---|---|---|---|"
for row in "${rows[@]}"; do
  sed -nE "s/^epoch 1: .*held back: ([0-9.]+), [0-9.]+, ([0-9.]+ %); in the loop: ([0-9.]+ %).*/| $row | \3 | \1 | \2 |/p" "$out/$row.log"
done
