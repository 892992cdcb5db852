#!/usr/bin/env bash
# What the overlay dev runs, without Kubernetes: three silos, the back office and a Redis as containers on a network of their own, called
# from outside. The settings are written here and not taken from the overlay: a silo says the address that it finds itself instead of one
# it is given, waits 30 s for Redis, drains for 2 s, and demands a durable store. Needs the image of deploy-k8s/image.sh, and redis-server on
# a Debian of the same release.
#
#   deploy-k8s/pods.sh [IMAGE]      # default classound:0.1.0
set -euo pipefail
cd "$(dirname "$0")/.."

image=${1:-classound:0.1.0}
run=classound-$$
work=$(mktemp -d)
trap 'podman rm -f "$run"-{redis,silo-1,silo-2,silo-3,back-office} >/dev/null 2>&1 || true; podman network rm "$run" >/dev/null 2>&1 || true; rm -rf "$work"' EXIT
fail() { printf 'FAILED: %s\n' "$1"; exit 1; }

. deploy-k8s/podman.sh

start() { # NAME USER ARGUMENT...
  podman run --detach --name "$run-$1" --network "$run" --user "$2" --read-only --cap-drop all --security-opt no-new-privileges \
    --tmpfs /tmp:mode=1777 "${@:3}" >/dev/null
}
address() { podman inspect "$run-$1" | grep -oP '"IPAddress": "\K[0-9.]+' | head -1; }
cli() { dotnet run --no-build -c Release --project src/Classound.Cli -- --server "http://$(address "$1"):5080" "${@:2}"; }
ready() {
  for _ in $(seq 300); do
    if curl -fs -m 2 -o /dev/null "http://$(address "$1"):5081/health/ready"; then return; fi
    sleep 0.2
  done
  fail "$1 is not ready: $(podman logs "$run-$1" 2>&1 | tail -3)"
}

step "a network, and a Redis with the file of settings of the deployment"
dotnet build -c Release -v quiet src/Classound.Cli >/dev/null
podman network create "$run" >/dev/null
start redis 999 --tmpfs /data:mode=1777 -v "$(readlink -f "$(command -v redis-server)")":/usr/bin/redis-server:ro \
  -v /usr/lib/x86_64-linux-gnu:/usr/lib/x86_64-linux-gnu:ro -v "$PWD/deploy-k8s/components/redis/redis.conf":/etc/redis/redis.conf:ro \
  --entrypoint /usr/bin/redis-server localhost/classound-base:local /etc/redis/redis.conf

step "three silos and the back office"
settings=(-e CLASSOUND__STORE=redis -e "CLASSOUND__REDIS=$(address redis):6379" -e CLASSOUND__LOGFORMAT=json -e CLASSOUND__REQUIREDURABLESTORE=true)
start back-office 1654 "${settings[@]}" -e CLASSOUND__ROLE=back-office -e CLASSOUND__SERVICES=billing,rating,provisioning "$image"
for n in 1 2 3; do
  start "silo-$n" 1654 "${settings[@]}" -e CLASSOUND__SERVICES=calls,rating -e CLASSOUND__SILOPORT=11111 -e CLASSOUND__GATEWAYPORT=30000 \
    -e CLASSOUND__DRAINSECONDS=2 "$image"
done
for pod in silo-1 silo-2 silo-3 back-office; do ready "$pod"; done

step "calls from outside, over all silos"
cli back-office price-list import src/Classound.Silo/Demo/sample-price-list.csv --type END_USER --currency EUR --time-zone Europe/Rome \
  --effective 2020-01-01 >/dev/null
cli back-office pbx create smoke --name Smoke --country IT --time-zone Europe/Rome --currency EUR --price-list END_USER --plan CLASSOUND-FLAT-1m \
  --active-from 2024-01-01 --basic 2 >/dev/null
cli back-office did add smoke +390212345678 >/dev/null
call=(--caller +390212345678 --called +41441234567)
cli silo-1 call authorize smoke c1 "${call[@]}" | grep -q GRANTED || fail "c1 was not granted"
cli silo-2 call end smoke c1 --duration-ms 61500 | grep -q SETTLED || fail "c1 was not settled"
cli silo-1 call authorize smoke c2 "${call[@]}" | grep -q GRANTED || fail "c2 was not granted"

step "a silo stops; its call goes on"
podman stop --time 60 "$run-silo-1" >/dev/null
test "$(podman inspect --format '{{.State.ExitCode}}' "$run-silo-1")" = 0 || fail "silo-1 did not end by itself"
cli silo-3 call end smoke c2 --duration-ms 61500 | grep -q SETTLED || fail "c2 was not settled"
cli back-office totals smoke "$(TZ=Europe/Rome date +%Y-%m)" | tee "$work/totals"
grep -qE 'SUM +│ +│ +2 ' "$work/totals" || fail "the totals are not those of two calls"
step "three silos and the back office serve calls"
