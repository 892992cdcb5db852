#!/usr/bin/env bash
# The pods of the overlay dev without Kubernetes: podman plays what kubectl renders (deploy-k8s/pods says what had to be changed, and what
# podman leaves out) on a bridge network: a Redis, the back office, three silos. They are called from outside, at their own addresses; one
# silo is stopped. An alias on the network stands for each Service, and this script for the probes. Needs root, kubectl, the image of
# deploy-k8s/image.sh, and redis-server on a Debian of the same release: its version is this machine's, not the overlay's.
#
#   deploy-k8s/pods.sh
set -euo pipefail
cd "$(dirname "$0")/.."

run=classound-$$
work=$(mktemp -d)
trap 'clean >/dev/null 2>&1 || true; rm -rf "$work"' EXIT
fail() { printf 'FAILED: %s\n' "$1"; exit 1; }

. deploy-k8s/podman.sh

documents() { awk -v kind="$1" -v name="${2:-}" 'BEGIN {RS = "---\n"; ORS = RS} $0 ~ "(^|\n)kind: " kind "\n" && $0 ~ "\n  name: " name' "$work/dev.yaml"; }
named() { documents "$1" "$2" | grep -oP '^  name: \K.*'; }
field() { documents Deployment "${deployment[$1]}" | grep -m1 -oP "^ +$2: \K.*"; } # POD NAME: the first of that name
container() { podman ps --all --noheading --format '{{.Names}}' --filter "name=^$run-$1-pod"; }
inside() { podman exec "$(container "$1")" "${@:2}"; }
clean() {
  podman pod rm --force $(podman pod ps --quiet --filter "name=^$run-")
  podman secret rm "$(named Secret classound-redis)"
  podman volume rm "$run-data" "$(named ConfigMap redis)"
  podman network rm "$run"
}

declare -A address started deployment
play() { # POD DEPLOYMENT ADDRESS [KIND that it needs too]
  address[$1]=$3 started[$1]=$EPOCHREALTIME deployment[$1]=$2
  { documents ConfigMap; documents "${4:-none}"; documents Deployment "$2"; } |
    sed "s/^  name: $2\$/  name: $run-$1/; s/ redis-data\$/ $run-data/; s/ temporary\$/ $run-$1/; s/ ADDRESS\$/ $3/" |
    podman kube play --network "$run:ip=$3,alias=$2" - >"$work/play.log" 2>&1 || fail "$1 cannot be played: $(cat "$work/play.log")"
}
ready() { # POD...
  local pod waiting=" $* "
  while [ -n "${waiting// /}" ]; do
    for pod in $waiting; do
      if curl -fs -m 2 -o /dev/null "http://${address[$pod]}:5081$(field "$pod" path)"; then
        printf '%s: ready after %.1f s\n' "$pod" "$(bc <<<"$EPOCHREALTIME - ${started[$pod]}")"
        waiting=${waiting/ $pod / }
      fi
    done
    [ $((SECONDS - waits_since)) -lt 120 ] || fail "not ready:$waiting: $(for pod in $waiting; do podman logs "$(container "$pod")" 2>&1 | tail -2; done)"
    sleep 0.1
  done
}

held() { test "$3" = "$4" || fail "$1: $2 is '$4', where the overlay has '$3'"; } # POD WHAT ASKED FOUND
as_asked() { # POD SETTING=VALUE...
  local setting
  held "$1" user "$(field "$1" runAsUser):$(field "$1" runAsGroup)" "$(inside "$1" sh -c 'echo "$(id -u):$(id -g)"')"
  held "$1" "memory limit" "$(field "$1" memory | numfmt --from=iec-i)" "$(podman inspect --format '{{.HostConfig.Memory}}' "$(container "$1")")"
  held "$1" "read-only root" "$(field "$1" readOnlyRootFilesystem)" "$(podman inspect --format '{{.HostConfig.ReadonlyRootfs}}' "$(container "$1")")"
  held "$1" "capabilities, no-new-privileges, seccomp" "0000000000000000 1 2 " "$(inside "$1" awk '/^(CapBnd|NoNewPrivs|Seccomp):/ {printf "%s ", $2}' /proc/1/status)"
  for setting in "${@:2}"; do held "$1" "${setting%%=*}" "${setting#*=}" "$(inside "$1" printenv "${setting%%=*}")"; done
}

step "what the overlay renders, a Redis of this machine's, the Secret"
mkdir "$work/redis"
kubectl kustomize deploy-k8s/pods >"$work/dev.yaml"
install -D -t "$work/redis/usr/bin" "$(command -v redis-server)" "$(command -v redis-cli)"
install -D -t "$work/redis/usr/lib/x86_64-linux-gnu" $(ldd "$work"/redis/usr/bin/* | grep -oP '=> \K/\S+' | sort -u)
printf 'FROM localhost/classound-base:local\nCOPY . /\n' >"$work/Containerfile"
podman build --quiet --tag localhost/classound-redis:local -f "$work/Containerfile" "$work/redis" >/dev/null
podman image inspect --format '{{index .RepoTags 0}}: {{.Size}} bytes' localhost/classound:0.1.0 localhost/classound-redis:local
# podman takes a Secret's data as JSON.
documents Secret | sed -nE 's/^  (configuration): (.*)$/{"\1": "\2"}/p' | podman secret create "$(named Secret classound-redis)" - >/dev/null
dotnet build -c Release -v quiet src/Classound.Cli >/dev/null
net=$(podman network inspect "$(podman network create "$run")" | grep -oP '"gateway": "\K[0-9]+\.[0-9]+\.[0-9]+')

step "the pods"
waits_since=$SECONDS
play redis redis "$net.10" PersistentVolumeClaim
play back-office classound-back-office "$net.11"
for n in 1 2 3; do play "silo-$n" classound-silo "$net.2$n"; done
ready back-office silo-1 silo-2 silo-3

step "they are what the overlay asks for"
settings=$(documents ConfigMap classound | sed -nE 's/^  (CLASSOUND__[A-Z]+): "?([^"]*)"?$/\1=\2/p')
own() { documents Deployment "${deployment[$1]}" | awk '/- name: / {name = $3} /^ +value: / && name ~ /^CLASSOUND__/ {print name "=" $2}'; } # POD
as_asked redis
held redis "its rule for what is acknowledged" always "$(inside redis redis-cli config get appendfsync | tail -1)"
for pod in back-office silo-1 silo-2 silo-3; do
  as_asked "$pod" $settings $(own "$pod" | sed "s/=ADDRESS$/=${address[$pod]}/") CLASSOUND__REDIS=redis:6379
done

cli() { dotnet run --no-build -c Release --project src/Classound.Cli -- --server "http://${address[$1]}:5080" "${@:2}"; }
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
podman stop --time "$(field silo-1 terminationGracePeriodSeconds)" "$(container silo-1)" >/dev/null
held silo-1 "its exit code" 0 "$(podman inspect --format '{{.State.ExitCode}}' "$(container silo-1)")"
cli silo-3 call end smoke c2 --duration-ms 61500 | grep -q SETTLED || fail "c2 was not settled"
cli back-office totals smoke "$(TZ=Europe/Rome date +%Y-%m)" | tee "$work/totals"
grep -qE 'SUM +│ +│ +2 ' "$work/totals" || fail "the totals are not those of two calls"
step "three silos and the back office serve calls"
